"""The pages before the admin lets somebody in, and what it offers across its pages."""

import pytest
from django.urls import reverse

from tests.access.addresses import model_admins
from tests.access.table_staff import APPS, OFFERING, OVERVIEW, ROWS, WAY_IN
from tests.access.who import CHIEF, DISMISSED, HALF, NOBODY, OUTSIDE, STAFF

pytestmark = pytest.mark.django_db
LOGIN = reverse("admin:login")
FIELDS = [
    (found.model._meta, name)
    for found in model_admins().values()
    for name in found.autocomplete_fields
]


def led(response):
    """The page that somebody is led to, else the code of the answer."""
    if response.status_code == 302:
        return response.url.partition("?")[0]
    return response.status_code


def shown(leads):
    return reverse(leads) if isinstance(leads, str) else leads


@pytest.mark.parametrize("name", WAY_IN)
def test_each_page_of_the_way_in_leads_further(world, unchanged, name):
    nobody, half, inside = map(shown, WAY_IN[name])
    found = reverse(name)

    with unchanged():
        got = {who: led(client.get(found)) for who, client in world.clients.items()}

    assert got == {
        **dict.fromkeys(STAFF, inside),
        **{NOBODY: nobody, HALF: half, DISMISSED: nobody},
    }


def test_staff_without_the_second_factor_are_led_to_it(world):
    for page in ("admin:index", "admin:auth_user_changelist"):
        chain = world.clients[HALF].get(reverse(page), follow=True).redirect_chain
        assert chain[-1][0].startswith(reverse("admin:second_factor_enrol"))


@pytest.mark.parametrize("app", APPS)
def test_only_who_sees_something_in_an_app_sees_its_overview(world, unchanged, app):
    found = reverse(OVERVIEW, args=[app])

    with unchanged():
        got = {who: led(client.get(found)) for who, client in world.clients.items()}

    staff = {who: 200 if who in APPS[app] else 404 for who in STAFF}
    assert got == {**staff, **dict.fromkeys(OUTSIDE, LOGIN)}


@pytest.mark.parametrize(("model", "name"), FIELDS)
def test_a_field_offers_rows_to_who_may_see_them(world, unchanged, model, name):
    about = {
        "app_label": model.app_label,
        "model_name": model.model_name,
        "field_name": name,
    }
    rows = model.get_field(name).related_model._meta.label_lower

    with unchanged():
        got = {
            who: led(client.get(reverse(OFFERING), about))
            for who, client in world.clients.items()
        }

    staff = {who: 200 if who in ROWS[rows].see else 403 for who in STAFF}
    assert got == {**staff, **dict.fromkeys(OUTSIDE, LOGIN)}
    assert CHIEF in ROWS[rows].see
