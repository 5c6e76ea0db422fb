"""The public pages of a programme show what was released, and nothing else."""

import gzip
from datetime import timedelta

import pytest

from conferences.models import Contribution
from tests.conferences.pages import address, html
from tests.conferences.sessions import (
    RoomFactory,
    SessionFactory,
    SpeakerFactory,
    at,
    let_out,
    path,
    released,
)
from tests.factories import EditionFactory, MunicipalityFactory, staff

pytestmark = pytest.mark.django_db


@pytest.fixture
def edition():
    return EditionFactory()


def titles(client, edition, query=""):
    response = client.get(path("programme", edition) + query)
    days = response.context["days"]
    return [item.texts.title_en for _day, items in days for item in items]


def test_the_programme_shows_the_days_in_order(client, edition):
    SessionFactory(
        edition=edition, title_en="Third", hour=9, starts_at=at(edition, 9, 1)
    )
    SessionFactory(edition=edition, title_en="Second", hour=14)
    SessionFactory(edition=edition, title_en="First", hour=9)
    let_out(edition)

    page = html(client, path("programme", edition))

    assert titles(client, edition) == ["First", "Second", "Third"]
    assert page.count('<h2 id="day-') == 2
    assert "Monday, 6 September 2100" in page


def test_what_is_prepared_does_not_change_the_order(client, edition):
    first = SessionFactory(edition=edition, title_en="First")
    SessionFactory(edition=edition, title_en="Second")
    let_out(edition)
    first.refresh_from_db()
    first.ends_at += timedelta(days=1)
    first.starts_at += timedelta(days=1)
    first.save()

    assert titles(client, edition) == ["First", "Second"]


def test_nothing_prepared_is_public(client, edition):
    session = released(edition, title_en="Released")
    SessionFactory(edition=edition, title_en="Only prepared")
    session.title_en = "Changed since"
    session.save()

    assert titles(client, edition) == ["Released"]


def test_what_was_only_prepared_has_no_page(client, edition):
    session = SessionFactory(edition=edition)
    speaker = SpeakerFactory(edition=edition)
    session.contributions.create(speaker=speaker)

    for name, slug in (("session", session.slug), ("speaker", speaker.slug)):
        assert client.get(path(name, edition, slug)).status_code == 404


def test_a_session_that_moves_keeps_its_address(client, edition):
    session = released(edition, title_en="Safe water")
    before = session.get_absolute_url()
    session.starts_at += timedelta(days=1)
    session.ends_at += timedelta(days=1)
    session.save()
    let_out(edition)

    assert "Tuesday, 7 September 2100" in html(client, before)


def test_a_cancelled_session_stays_and_says_so(client, edition):
    session = released(edition)
    session.is_cancelled = True
    session.save()
    let_out(edition)

    assert "This session does not take place." in html(
        client, path("session", edition, session.slug)
    )
    assert "cancelled" in html(client, path("programme", edition))


@pytest.mark.parametrize(
    ("over", "words"),
    [(False, "The programme follows."), (True, "No programme of this conference")],
)
def test_without_sessions_the_page_says_so(client, over, words):
    dates = {"year": 2020, "starts_on": None, "ends_on": None} if over else {}
    edition = EditionFactory(**dates)

    assert words in html(client, path("programme", edition))


def test_the_page_of_the_edition_leads_to_the_programme_once_it_is_released(
    client, edition
):
    session = SessionFactory(edition=edition)
    there = f'href="{path("programme", edition)}"'
    assert there not in html(client, address(edition, "en"))

    let_out(session.edition)

    assert there in html(client, address(edition, "en"))


def test_a_session_names_who_speaks_and_who_moderates(client, edition):
    session = SessionFactory(edition=edition)
    town = MunicipalityFactory(name="Hildesheim")
    paula = SpeakerFactory(edition=edition, name="Paula", municipality=town)
    carlos = SpeakerFactory(edition=edition, name="Carlos")
    session.contributions.create(speaker=paula)
    session.contributions.create(speaker=carlos, role=Contribution.Role.MODERATOR)
    let_out(edition)

    page = html(client, path("session", edition, session.slug))
    person = html(client, path("speaker", edition, paula.slug))

    assert "Paula</a>" in page
    assert "Carlos</a> (moderates)" in page
    assert "Hildesheim and its partnerships" in person
    assert session.title_en in person


def test_a_row_names_the_municipality_of_who_speaks(client, edition):
    session = SessionFactory(edition=edition)
    town = MunicipalityFactory(name="Hildesheim")
    for name, place, role in (
        ("Paula", town, Contribution.Role.SPEAKER),
        ("Carlos", None, Contribution.Role.MODERATOR),
        ("Lucía", town, Contribution.Role.MODERATOR),
        ("Jan", None, Contribution.Role.SPEAKER),
    ):
        speaker = SpeakerFactory(edition=edition, name=name, municipality=place)
        session.contributions.create(speaker=speaker, role=role)
    let_out(edition)

    page = html(client, path("programme", edition))

    assert "Paula (Hildesheim)" in page
    assert "Carlos (moderates)" in page
    assert "Lucía (Hildesheim, moderates)" in page
    assert "Jan (" not in page


def test_calendars_come_before_the_data_for_other_software(client, edition):
    released(edition)

    page = html(client, path("programme", edition))

    day = page.index("calendar.ics?day=2100-09-06")
    assert page.index("calendar.ics") < day < page.index("schedule.json")


@pytest.mark.parametrize("name", ["edition", "programme", "gallery"])
def test_the_menu_says_that_a_page_belongs_to_the_conferences(client, edition, name):
    page = html(client, path(name, edition))

    assert page.count('aria-current="true">Conferences</a>') == 2
    assert page.count('aria-current="true"') == 2


def test_each_session_and_each_person_has_a_page_of_its_own(client, edition):
    for title, name in (("Water", "Paula"), ("Energy", "Carlos")):
        session = SessionFactory(
            edition=edition, title_en=title, slug=title.lower(), abstract_en=title
        )
        speaker = SpeakerFactory(edition=edition, name=name)
        session.contributions.create(speaker=speaker)
    let_out(edition)

    session = html(client, path("session", edition, "energy"))
    person = html(client, path("speaker", edition, "carlos"))
    calendar = client.get(path("session-calendar", edition, "energy")).text

    for page in (session, person, calendar):
        assert "Energy" in page
        assert "Water" not in page
    assert "Paula" not in session


@pytest.mark.parametrize("name", ["speaker", "session", "session-calendar"])
def test_what_there_is_not_has_no_page(client, edition, name):
    released(edition)

    assert client.get(path(name, edition, "nobody")).status_code == 404


def test_the_page_of_a_person_costs_the_same_however_much_it_shows(
    client, django_assert_num_queries, edition
):
    town = MunicipalityFactory(name="Hildesheim")
    paula = SpeakerFactory(edition=edition, municipality=town)
    for _number in range(3):
        session = SessionFactory(edition=edition)
        session.contributions.create(speaker=paula)
        session.contributions.create(speaker=SpeakerFactory(edition=edition))
    let_out(edition)
    page = path("speaker", edition, paula.slug)
    client.get(page)

    with django_assert_num_queries(4):
        client.get(page)


def test_the_published_programme_may_be_kept(client, edition):
    session = released(edition)
    pages = [path("programme", edition), path("session", edition, session.slug)]
    pages += [path("programme-calendar", edition), path("schedule", edition)]

    for page in pages:
        assert "no-store" not in client.get(page).headers.get("Cache-Control", "")


def test_a_municipality_that_nobody_checked_has_no_link(client, edition):
    session = SessionFactory(edition=edition)
    town = MunicipalityFactory(name="Hildesheim", checked_at=None)
    paula = SpeakerFactory(edition=edition, municipality=town)
    session.contributions.create(speaker=paula)
    let_out(edition)

    assert town.get_absolute_url() not in html(
        client, path("speaker", edition, paula.slug)
    )


def test_a_person_who_was_deleted_is_left_out(client, edition):
    session = SessionFactory(edition=edition)
    paula = SpeakerFactory(edition=edition, name="Paula Muster")
    session.contributions.create(speaker=paula)
    let_out(edition)
    paula.delete()

    assert "Paula" not in html(client, path("programme", edition))


def test_texts_are_escaped(client, edition):
    texts = {"title_en": "<script>", "abstract_en": "<img src=x>"}
    room = RoomFactory(edition=edition, name_en="<img src=x>")
    session = SessionFactory(edition=edition, room=room, **texts)
    speaker = SpeakerFactory(edition=edition, name="<img src=x>")
    session.contributions.create(speaker=speaker)
    let_out(edition)

    for name in (["programme"], ["session", session.slug]):
        page = html(client, path(name[0], edition, *name[1:]))
        assert "<img src=x>" not in page
        assert "&lt;script&gt;" in page


def test_a_text_of_another_language_says_so(client, edition):
    released(edition, title_de="Wasser", title_en="")

    assert '<span lang="de">Wasser</span>' in html(client, path("programme", edition))


def test_times_are_those_of_the_clocks_at_the_conference(client):
    edition = EditionFactory(time_zone="America/Bogota")
    released(edition, hour=9)

    assert ">09:00</time>" in html(client, path("programme", edition))


def test_the_programme_of_a_hidden_edition_is_for_staff(client):
    edition = EditionFactory(published_at=None)
    session = released(edition)
    pages = [path("programme", edition), path("session", edition, session.slug)]
    pages.append(path("programme-calendar", edition))
    assert [client.get(page).status_code for page in pages] == [404, 404, 404]

    client.force_login(staff("conferences.view_edition"))

    for page in pages:
        response = client.get(page)
        assert response.status_code == 200
        assert "no-store" in response["Cache-Control"]


@pytest.mark.parametrize("how_many", [2, 60])
def test_the_programme_costs_the_same_however_long_and_is_small(
    client, django_assert_num_queries, edition, how_many
):
    room = RoomFactory(edition=edition)
    for number in range(how_many):
        session = SessionFactory(edition=edition, room=room, hour=8 + number % 12)
        session.contributions.create(speaker=SpeakerFactory(edition=edition))
    let_out(edition)

    for query in ("", "?view=grid"):
        with django_assert_num_queries(4):
            response = client.get(path("programme", edition) + query)
        assert len(gzip.compress(response.content)) <= 40_000
