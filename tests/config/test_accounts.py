"""Administrators help who has lost the second factor."""

import re

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Group, Permission, User
from django.core.management import CommandError, call_command
from django.urls import reverse

from config import second_factor
from tests.factories import staff
from tests.signing_in import PASSWORD, StaffClient, app_of

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


def test_a_group_names_its_rights_in_german(admin_client):
    page = admin_client.get(reverse("admin:auth_group_add")).content.decode()

    assert "Delegationen: ansehen" in page
    assert "Angaben für Visumschreiben: Darf geschützte Angaben lesen" in page
    assert "Can " not in page
    assert "TOTP" not in page


def test_an_account_is_given_its_groups_by_ticking(admin_client, anna):
    call_command("staff_groups")
    group = Group.objects.get(name="Redaktion")
    address = reverse("admin:auth_user_change", args=[anna.pk])

    page = admin_client.get(address).content.decode()
    typed = {"username": anna.username, "is_active": "on", "groups": [group.pk]}
    admin_client.post(address, typed)

    assert "Passwort geben" in page
    assert "assword" not in re.sub(r"<[^>]*>|Passwort", "", page)
    assert list(anna.groups.all()) == [group]


def test_a_right_that_only_one_account_has_outlives_its_form(admin_client):
    alone = staff("conferences.view_edition")
    address = reverse("admin:auth_user_change", args=[alone.pk])

    admin_client.post(address, {"username": alone.username, "is_active": "on"})

    assert [right.codename for right in alone.user_permissions.all()] == [
        "view_edition"
    ]


def test_a_new_account_always_has_a_password(admin_client, anna):
    anna.set_password("ein anderes Passwort")
    anna.save()
    pages = [
        reverse("admin:auth_user_add"),
        reverse("admin:auth_user_password_change", args=[anna.pk]),
    ]
    shown = "".join(admin_client.get(address).content.decode() for address in pages)
    typed = {"password1": PASSWORD, "password2": PASSWORD}
    admin_client.post(pages[0], {**typed, "username": "neu"})
    admin_client.post(pages[1], typed)

    assert 'name="password2"' in shown
    assert "usable_password" not in re.sub(r"<(?:link|script)[^>]*>", "", shown)
    new = User.objects.get(username="neu")
    anna.refresh_from_db()
    assert [one.check_password(PASSWORD) for one in (new, anna)] == [True, True]
