"""Staff sign in with two factors; between them they are nobody."""

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.urls import reverse
from django_otp.plugins.otp_static.models import StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

from config import second_factor
from tests.factories import EditionFactory, staff
from tests.signing_in import PASSWORD, StaffClient, app_of, code_of, wrong_code

pytestmark = pytest.mark.django_db

INDEX = reverse("admin:index")
LOGIN = reverse("admin:login")
CODE = reverse("admin:second_factor")
ENROL = reverse("admin:second_factor_enrol")
OWN = reverse("admin:second_factor_own")


@pytest.fixture
def anna():
    return get_user_model().objects.create_user(
        "anna", password=PASSWORD, is_staff=True, is_superuser=True
    )


def is_in(client):
    return client.get(INDEX).status_code == 200


def send(client, code, page=CODE, **more):
    return client.post(page, {"code": code, **more})


def test_the_password_leads_to_the_code_and_the_code_to_the_page_asked_for(
    client, anna
):
    app = app_of(anna)
    wanted = reverse("admin:conferences_news_changelist")

    asked = client.get(wanted)
    typed = {"username": "anna", "password": PASSWORD, "next": wanted}
    second = client.post(asked.url, typed, follow=True)
    landed = send(client, code_of(app), next=wanted)

    assert second.redirect_chain[-1][0].startswith(CODE)
    assert f'name="next" value="{wanted}"' in second.content.decode()
    assert (landed.status_code, landed.url) == (302, wanted)
    assert is_in(client)


@pytest.mark.parametrize("name", ["anna", "nobody"])
def test_a_wrong_password_is_refused_in_words_that_tell_nothing(client, anna, name):
    typed = {"username": name, "password": "not the password"}

    page = client.post(LOGIN, typed)

    assert page.context["form"].non_field_errors() == [
        "Bitte prüfen Sie Benutzernamen und Passwort. Groß- und Kleinschreibung zählt."
    ]


def test_between_the_two_steps_there_is_no_menu_of_the_admin(client, anna):
    client.force_password(anna)

    assert 'id="nav-sidebar"' not in client.get(ENROL).content.decode()
    send(client, code_of(app_of(anna)))
    assert 'id="nav-sidebar"' in client.get(OWN).content.decode()


def test_the_second_step_leads_to_no_other_site(client, anna):
    app = app_of(anna)
    client.force_password(anna)

    landed = send(client, code_of(app), next="https://example.org/")

    assert landed.url == INDEX


def test_the_password_alone_opens_nothing(client, anna):
    app_of(anna)
    client.force_password(anna)

    for page in (INDEX, OWN, reverse("admin:password_change")):
        assert client.get(page).url == f"{LOGIN}?next={page}"
    assert (
        client.get(f"{LOGIN}?next={OWN}").url
        == f"{CODE}?next=%2Fadmin%2F{OWN[7:].replace('/', '%2F')}"
    )


def test_the_password_alone_gives_no_right_on_public_pages(client):
    editor = get_user_model().objects.create_user("e", is_staff=True)
    editor.user_permissions.add(Permission.objects.get(codename="view_edition"))
    hidden = EditionFactory(published_at=None).get_absolute_url()

    client.force_password(editor)
    half = client.get(hidden).status_code
    client.force_login(editor)

    assert (half, client.get(hidden).status_code) == (404, 200)


def test_who_has_given_the_password_may_go_again(client, anna):
    app_of(anna)
    client.force_password(anna)

    answer = client.post(reverse("admin:logout"))

    assert answer.status_code == 200
    assert client.get(CODE).url.startswith(LOGIN)


@pytest.mark.parametrize("page", [CODE, ENROL])
def test_without_the_password_no_code_is_asked_for(client, page):
    assert client.get(page).url == f"{LOGIN}?next={INDEX}"
    assert send(client, "123456", page).url == f"{LOGIN}?next={INDEX}"


def test_who_is_not_of_the_staff_is_asked_for_no_code(client):
    somebody = get_user_model().objects.create_user("somebody")
    client.force_password(somebody)

    assert client.get(ENROL).url == f"{LOGIN}?next={INDEX}"


def test_a_wrong_code_is_refused_in_words(client, anna):
    app = app_of(anna)
    client.force_password(anna)

    page = send(client, wrong_code(app)).content.decode()

    assert "Dieser Code stimmt nicht" in page
    assert '<a href="#id_code">' in page
    assert not is_in(client)


def test_a_code_of_the_app_counts_once(client, anna):
    app = app_of(anna)
    code = code_of(app)
    other = StaffClient()
    for browser in (client, other):
        browser.force_password(anna)

    send(client, code)
    send(other, code)

    assert (is_in(client), is_in(other)) == (True, False)


def test_after_a_wrong_code_the_right_one_has_to_wait(client, anna, time_machine):
    app = app_of(anna)
    client.force_password(anna)
    for _time in range(3):
        TOTPDevice.objects.update(throttling_failure_timestamp=None)
        send(client, wrong_code(app))

    page = send(client, code_of(app)).content.decode()

    assert "Bitte versuchen Sie es in 4 Sekunden noch einmal" in page
    assert not is_in(client)


def test_a_recovery_code_counts_once(client, anna):
    app_of(anna)
    code, *_others = second_factor.make_recovery_codes(anna)
    other = StaffClient()
    for browser in (client, other):
        browser.force_password(anna)

    send(client, f" {code.upper()} ")
    send(other, code)

    assert (is_in(client), is_in(other)) == (True, False)
    assert second_factor.recovery_codes_left(anna) == 9


def test_the_last_recovery_codes_are_counted_down(client, anna):
    app_of(anna)
    *used, code = second_factor.make_recovery_codes(anna)[:7]
    for one in used:
        second_factor.verify(anna, one)
    client.force_password(anna)

    send(client, code)

    assert "noch 3 Wiederherstellungscodes" in client.get(INDEX).content.decode()


def test_no_recovery_code_can_be_read_in_the_database(anna):
    codes = second_factor.make_recovery_codes(anna)

    stored = set(StaticToken.objects.values_list("token", flat=True))
    assert len(stored) == len(codes) == 10
    assert not stored & {code.replace("-", "") for code in codes}


def test_mistyping_the_app_for_years_does_not_close_the_way_back(client, anna):
    app = app_of(anna)
    code, *_others = second_factor.make_recovery_codes(anna)
    client.force_password(anna)
    TOTPDevice.objects.update(throttling_failure_count=30)

    send(client, wrong_code(app))
    send(client, code)

    assert is_in(client)


@pytest.mark.parametrize(
    "code", ["", " ", "12345", "abc", "١٢٣٤٥٦", "-12345", "ß" * 40]
)
def test_what_is_no_code_is_refused(client, anna, code):
    app_of(anna)
    client.force_password(anna)

    answer = send(client, code)

    assert (answer.status_code, list(answer.context["form"].errors)) == (200, ["code"])


def test_pages_with_secrets_are_kept_nowhere(client, anna):
    client.force_password(anna)

    assert "no-store" in client.get(ENROL).headers["Cache-Control"]


def test_nobody_reads_the_keys_of_others(admin_client):
    assert admin_client.get("/admin/otp_totp/totpdevice/").status_code == 404
    assert admin_client.get("/admin/otp_static/staticdevice/").status_code == 404
    assert admin_client.get("/admin/axes/accessattempt/").status_code == 404


def test_signing_in_gives_the_session_a_new_key(client, anna):
    app = app_of(anna)
    client.force_password(anna)
    before = client.session.session_key

    send(client, code_of(app))

    assert client.session.session_key != before


def test_staff_find_their_second_factor_on_every_page(client):
    client.force_login(staff())

    assert f'href="{OWN}"' in client.get(INDEX).content.decode()
