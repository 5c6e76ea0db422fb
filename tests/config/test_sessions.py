"""A session of staff ends: after a pause, after ten hours, with the password."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.conf import settings
from django.contrib.sessions.models import Session
from django.urls import reverse
from django_otp.plugins.otp_totp.models import TOTPDevice

from tests.factories import EditionFactory, staff
from tests.signing_in import PASSWORD, StaffClient, app_of, code_of

pytestmark = pytest.mark.django_db

START = datetime(2027, 5, 31, 8, 0, tzinfo=UTC)
PAUSE = timedelta(minutes=30)
SECOND = timedelta(seconds=1)
INDEX = reverse("admin:index")
LOGIN = reverse("admin:login")


@pytest.fixture
def clock():
    with time_machine.travel(START, tick=False) as clock:
        yield clock


@pytest.fixture
def in_office(clock, client, admin_user):
    client.force_login(admin_user)
    return client


def is_in(client, page=INDEX):
    return client.get(page).status_code == 200


@pytest.mark.parametrize(("pause", "stays"), [(PAUSE - SECOND, True), (PAUSE, False)])
def test_a_pause_ends_it(clock, in_office, pause, stays):
    clock.shift(pause)

    assert is_in(in_office) is stays


def test_each_page_of_the_admin_begins_the_pause_anew(clock, in_office):
    for _time in range(3):
        clock.shift(PAUSE - SECOND)
        assert is_in(in_office)


@pytest.mark.parametrize("page", [LOGIN, "/de/"])
def test_no_other_page_does(clock, client, admin_user, page):
    """The login page sees that somebody comes, but not that it is still the same."""
    app_of(admin_user)
    client.force_password(admin_user)
    clock.shift(PAUSE - SECOND)
    client.get(page)
    clock.shift(SECOND)

    client.get(reverse("admin:second_factor"))

    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize(("left", "stays"), [(SECOND, True), (0 * SECOND, False)])
def test_ten_hours_end_it_however_busy_somebody_is(clock, in_office, left, stays):
    until = START + timedelta(hours=10) - left
    while datetime.now(UTC) + PAUSE - SECOND < until:
        clock.shift(PAUSE - SECOND)
        assert is_in(in_office)
    clock.move_to(until)

    assert is_in(in_office) is stays


def test_another_app_does_not_make_the_day_longer(clock, in_office, admin_user):
    ends = in_office.session["ends_at"]
    clock.shift(PAUSE - SECOND)
    own = reverse("admin:second_factor_own")
    enrol = in_office.post(own, {"code": code_of(app_of(admin_user)), "another_app": 1})
    in_office.get(enrol.url)
    new = TOTPDevice(key=in_office.session["key_of_new_app"])

    brought = in_office.post(enrol.url, {"code": code_of(new)})

    assert brought.context["codes"]
    assert in_office.session["ends_at"] == ends


def test_a_changed_password_ends_all_other_sessions(client, admin_user):
    admin_user.set_password(PASSWORD)
    admin_user.save()
    elsewhere, half = StaffClient(), StaffClient()
    for browser in (client, elsewhere):
        browser.force_login(admin_user)
    half.force_password(admin_user)
    new = "ein ganz anderes Passwort"
    typed = {"old_password": PASSWORD, "new_password1": new, "new_password2": new}

    changed = client.post(reverse("admin:password_change"), typed)

    assert changed.status_code == 302
    assert (is_in(client), is_in(elsewhere)) == (True, False)
    assert half.get(reverse("admin:second_factor")).url.startswith(LOGIN)


def test_an_account_that_was_closed_is_out_at_once(in_office, admin_user):
    admin_user.is_active = False
    admin_user.save()

    assert not is_in(in_office)


def test_who_is_no_longer_staff_sees_nothing_hidden_in_the_session_of_before(client):
    hidden = EditionFactory(published_at=None).get_absolute_url()
    left = staff("conferences.view_edition")
    client.force_login(left)
    before = client.get(hidden).status_code
    left.is_staff = False
    left.save()

    assert (before, client.get(hidden).status_code) == (200, 404)


def test_signing_out_ends_it_for_who_kept_the_cookie(in_office):
    cookie = in_office.cookies["sessionid"].value
    in_office.post(reverse("admin:logout"))
    thief = StaffClient()
    thief.cookies["sessionid"] = cookie

    assert not is_in(thief)
    assert not Session.objects.exists()


def test_the_cookie_goes_with_the_browser_and_no_script_reads_it(client, admin_user):
    app = app_of(admin_user)
    client.force_password(admin_user)

    answer = client.post(reverse("admin:second_factor"), {"code": code_of(app)})

    cookie = answer.cookies[settings.SESSION_COOKIE_NAME]
    assert (cookie["httponly"], cookie["samesite"]) == (True, "Lax")
    assert (cookie["max-age"], cookie["expires"]) == ("", "")


def test_public_pages_set_no_cookie_for_staff_either(in_office):
    page = EditionFactory().get_absolute_url()

    assert not in_office.get(page).cookies
