"""A member of staff who may do everything, signed in with both factors."""

from tests import server

SIGN_IN = """
from django.contrib.auth import get_user_model
from tests.signing_in import StaffClient
users = get_user_model().objects
user = users.create_superuser(f"staff-{users.count()}")
client = StaffClient()
client.force_login(user)
print(client.cookies["sessionid"].value)
"""


def key_of_a_session(environment) -> str:
    return server.manage(environment, "shell", "-v0", "-c", SIGN_IN).strip()


def signed_in(environment, port: int) -> server.Client:
    key = key_of_a_session(environment)
    return server.Client(port, cookies={"sessionid": key})
