"""The commands that let staff in."""

import stat

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from django.core.management import CommandError, call_command
from django.urls import reverse

from config import second_factor
from config.management.commands.staff_groups import GROUPS
from tests.factories import staff
from tests.signing_in import app_of

pytestmark = pytest.mark.django_db


def allowed(group):
    """What a group may do: app.verb_model."""
    return {
        f"{row.content_type.app_label}.{row.codename}"
        for row in Group.objects.get(name=group).permissions.select_related(
            "content_type"
        )
    }


def test_who_registers_may_do_the_whole_work_without_deleting_delegations():
    call_command("staff_groups")

    found = allowed("Anmeldung")

    assert {
        "registrations.add_delegation",
        "registrations.change_delegation",
        "registrations.change_request",
        "registrations.change_letter",
        "registrations.change_editionplaces",
        "registrations.change_enteredmunicipality",
        "registrations.view_participant",
        "registrations.view_historyentry",
        "conferences.view_edition",
    } <= found
    assert not found & {
        "registrations.delete_delegation",
        "registrations.change_historyentry",
        "registrations.delete_historyentry",
        "registrations.delete_letter",
        "conferences.change_edition",
    }
    assert not {name for name in found if name.startswith(("auth.", "admin."))}
    assert not {name for name in found if ".read_" in name}


def test_who_looks_after_partnerships_checks_what_visitors_suggest():
    call_command("staff_groups")

    who = [name for name in GROUPS if "partnerships.change_correction" in allowed(name)]
    assert who == ["Redaktion"]


@pytest.mark.parametrize(
    ("group", "permission"),
    [
        ("Ernährung und Barrierefreiheit", "registrations.read_personalneeds"),
        ("Visum", "registrations.read_visadata"),
    ],
)
def test_sensitive_data_are_for_groups_of_their_own(group, permission):
    call_command("staff_groups")

    assert allowed(group) == {permission, "registrations.view_delegation"}


def test_who_edits_content_sees_how_full_a_conference_is_but_nobody_who_comes():
    call_command("staff_groups")

    found = allowed("Redaktion")

    assert {"conferences.change_edition", "partnerships.add_partnership"} <= found
    assert {
        name for name in found if not name.startswith(("conferences.", "partnerships."))
    } == {"registrations.view_editionplaces"}
    assert "partnerships.change_contentversion" not in found


def test_making_the_groups_again_keeps_what_was_added_by_hand():
    call_command("staff_groups")
    extra = Permission.objects.get(codename="view_user")
    Group.objects.get(name="Redaktion").permissions.add(extra)
    before = {name: allowed(name) for name in ("Redaktion", "Anmeldung")}

    call_command("staff_groups")

    assert {name: allowed(name) for name in ("Redaktion", "Anmeldung")} == before
    assert Group.objects.count() == 4


@pytest.fixture
def var(settings, tmp_path):
    settings.VAR_DIR = tmp_path / "var"
    return settings.VAR_DIR


def first_login(var):
    """The lines of the file that the command writes."""
    call_command("staff_login", verbosity=0)
    return (var / "admin-password.txt").read_text().splitlines()


def test_the_first_login_stands_in_a_file_for_its_owner_only(var):
    password = first_login(var)[0]

    user = get_user_model().objects.get(is_staff=True, is_superuser=True)
    assert user.check_password(password)
    assert stat.S_IMODE((var / "admin-password.txt").stat().st_mode) == 0o600


def test_the_file_is_enough_to_get_in_without_a_phone(client, var):
    lines = first_login(var)
    admin = get_user_model().objects.get()
    codes = [line for line in lines if line.count("-") == 3]
    [address] = [line for line in lines if line.startswith("otpauth://totp/")]

    client.send_password(admin, lines[0])
    landed = client.post(reverse("admin:second_factor"), {"code": codes[0]})

    assert landed.status_code == 302
    assert client.get(reverse("admin:index")).status_code == 200
    assert (len(codes), address) == (10, app_of(admin).config_url)


def test_the_command_says_the_code_of_now(var, capsys):
    call_command("staff_login")

    code = capsys.readouterr().out.split()[-1]
    assert second_factor.verify(get_user_model().objects.get(), code)


def test_the_first_login_is_made_once(var):
    lines = first_login(var)

    assert first_login(var) == lines
    assert get_user_model().objects.count() == 1


def test_an_older_first_login_gets_its_second_factor(var):
    get_user_model().objects.create_superuser("admin", password="alt")
    var.mkdir()
    (var / "admin-password.txt").write_text("alt\n")

    lines = first_login(var)

    assert (lines[0], len(lines)) == ("alt", 16)
    assert second_factor.is_enrolled(get_user_model().objects.get())


def test_outside_development_no_login_is_made(settings, tmp_path):
    settings.VAR_DIR = tmp_path
    settings.DEVELOPMENT = False

    with pytest.raises(CommandError, match="Only for development"):
        call_command("staff_login")

    assert (list(tmp_path.iterdir()), get_user_model().objects.count()) == ([], 0)


def test_who_may_not_open_a_page_is_told_so_in_german(client):
    client.force_login(staff("conferences.view_edition"))

    answer = client.get(reverse("admin:registrations_letter_changelist"))
    page = answer.content.decode()

    assert answer.status_code == 403
    assert "<h1>Ihr Konto darf das nicht öffnen</h1>" in page
    assert f'<a href="{reverse("admin:index")}">Zur Startseite der Verwaltung' in page
