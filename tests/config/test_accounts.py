"""Administrators help who has lost the second factor."""

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Permission
from django.core.management import CommandError, call_command
from django.urls import reverse

from config import second_factor
from tests.factories import staff
from tests.signing_in import StaffClient, app_of

pytestmark = pytest.mark.django_db

ACCOUNTS = reverse("admin:auth_user_changelist")


def reset(client, account, **more):
    chosen = {"action": "reset_second_factor", "_selected_action": account.pk}
    return client.post(ACCOUNTS, {**chosen, **more}, follow=True)


@pytest.fixture
def anna():
    account = staff()
    app_of(account)
    second_factor.make_recovery_codes(account)
    return account


def test_a_reset_is_confirmed_first(admin_client, anna):
    page = reset(admin_client, anna).content.decode()

    assert anna.username in page
    assert 'name="confirmed"' in page
    assert second_factor.is_enrolled(anna)


def test_a_reset_ends_app_codes_and_sessions_and_is_written_down(
    admin_client, admin_user, anna
):
    office = StaffClient()
    office.force_login(anna)

    page = reset(admin_client, anna, confirmed="1").content.decode()

    assert "Ein zweiter Faktor wurde zurückgesetzt" in page
    assert not second_factor.is_enrolled(anna)
    assert second_factor.recovery_codes_left(anna) == 0
    assert office.get(reverse("admin:index")).status_code == 302
    entry = LogEntry.objects.get()
    assert (entry.user, entry.object_id) == (admin_user, str(anna.pk))
    assert entry.change_message == "Zweiter Faktor zurückgesetzt."


def test_only_administrators_reset(client, anna):
    manager = staff("auth.view_user", "auth.change_user")
    client.force_login(manager)

    reset(client, anna, confirmed="1")

    assert client.get(ACCOUNTS).status_code == 200
    assert second_factor.is_enrolled(anna)


@pytest.mark.parametrize("how_many", [1, 3])
def test_the_list_says_who_has_one_at_the_same_cost(
    admin_client, django_assert_num_queries, how_many
):
    for _number in range(how_many):
        app_of(staff())
    without = staff()

    with django_assert_num_queries(8):
        response = admin_client.get(ACCOUNTS)

    rows = response.context["cl"].result_list
    assert [row.username for row in rows if not row.has_app] == [without.username]


def test_the_only_administrator_is_helped_on_the_machine(anna, capsys):
    call_command("reset_second_factor", anna.username)

    assert not second_factor.is_enrolled(anna)
    assert Permission.objects.exists()
    with pytest.raises(CommandError, match="no account “nobody”"):
        call_command("reset_second_factor", "nobody")
