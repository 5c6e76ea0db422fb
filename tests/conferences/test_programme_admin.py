"""Staff prepare the programme in the admin and release it there."""

from urllib.parse import urlencode

import pytest
from django.urls import reverse

from conferences.models import Contribution, Session
from partnerships.models import Goal
from tests.conferences.pages import html
from tests.conferences.sessions import (
    RoomFactory,
    SessionFactory,
    SpeakerFactory,
    at,
    let_out,
    path,
    released,
)
from tests.factories import EditionFactory, staff

pytestmark = pytest.mark.django_db

SESSIONS = "admin:conferences_session"
RELEASES = "admin:conferences_editionprogramme"


def release_page(edition):
    return reverse(f"{RELEASES}_change", args=[edition.pk])


def typed(edition, **values):
    return {
        "edition": edition.pk,
        "kind": "workshop",
        "title_de": "Trinkwasser",
        "slug": "trinkwasser",
        "starts_at_0": "06.09.2100",
        "starts_at_1": "10:00",
        "ends_at_0": "06.09.2100",
        "ends_at_1": "11:00",
        "contributions-TOTAL_FORMS": "0",
        "contributions-INITIAL_FORMS": "0",
        **values,
    }


def messages_of(response):
    return [str(message) for message in response.context["messages"]]


def test_times_are_typed_as_the_clocks_at_the_conference_show_them(admin_client):
    edition = EditionFactory(time_zone="America/Bogota")

    admin_client.post(reverse(f"{SESSIONS}_add"), typed(edition))

    assert Session.objects.get().starts_at == at(edition, 10)


@pytest.mark.parametrize("edition", ["", "x", "0", "999999999"])
def test_a_session_without_an_edition_comes_back_filled(admin_client, edition):
    response = admin_client.post(
        reverse(f"{SESSIONS}_add"), {**typed(EditionFactory()), "edition": edition}
    )

    assert "Trinkwasser" in response.text
    assert "edition" in response.context["adminform"].form.errors


def test_a_session_that_people_choose_is_asked_for_its_places(admin_client):
    session = typed(EditionFactory(), is_by_choice="on")
    address = reverse(f"{SESSIONS}_add")

    response = admin_client.post(address, session)
    admin_client.post(address, {**session, "capacity": "5"})

    assert response.context["adminform"].form.non_field_errors() == [
        "Ein Programmpunkt, den Teilnehmende wählen, braucht eine Zahl von Plätzen. "
        "Bitte tragen Sie sie ein."
    ]
    assert (Session.objects.get().capacity, Session.objects.get().is_by_choice) == (
        5,
        True,
    )


def test_staff_are_told_of_a_room_that_is_taken(admin_client):
    edition = EditionFactory()
    room = RoomFactory(edition=edition, name_de="Saal")
    SessionFactory(edition=edition, room=room, title_de="Eröffnung")
    SessionFactory(edition=edition, room=room, hour=15)

    response = admin_client.post(
        reverse(f"{SESSIONS}_add"), typed(edition, room=room.pk), follow=True
    )

    assert "Saal: zur gleichen Zeit wie „Eröffnung“." in messages_of(response)


def test_who_saves_a_session_is_led_to_its_release(admin_client):
    edition = EditionFactory()

    response = admin_client.post(
        reverse(f"{SESSIONS}_add"), typed(edition), follow=True
    )

    assert f'<a href="{release_page(edition)}">' in messages_of(response)[0]


def test_who_saves_what_is_public_already_is_led_nowhere(admin_client):
    edition = EditionFactory()
    values = typed(edition)
    admin_client.post(reverse(f"{SESSIONS}_add"), values, follow=True)
    let_out(edition)
    session = Session.objects.get()

    response = admin_client.post(
        reverse(f"{SESSIONS}_change", args=[session.pk]), values, follow=True
    )

    assert release_page(edition) not in " ".join(messages_of(response))


def test_who_may_not_release_is_not_led_there(client):
    edition = EditionFactory()
    client.force_login(staff("conferences.view_session", "conferences.add_session"))

    response = client.post(reverse(f"{SESSIONS}_add"), typed(edition), follow=True)

    assert Session.objects.exists()
    assert release_page(edition) not in " ".join(messages_of(response))


def somebody(speaker):
    return {
        "contributions-TOTAL_FORMS": "1",
        "contributions-0-speaker": speaker.pk,
        "contributions-0-role": "speaker",
        "contributions-0-order": "0",
    }


OTHER_ROOM = (
    "Dieser Raum gehört zu einer anderen Konferenz. Bitte wählen Sie einen Raum dieser "
    "Konferenz."
)
OTHER_PERSON = (
    "Diese Person ist bei einer anderen Konferenz eingetragen. Bitte tragen Sie sie "
    "auch bei dieser ein."
)


def addresses():
    """Of the form of a new session, and of one that is there, with its conference."""
    session = SessionFactory()
    yield reverse(f"{SESSIONS}_add"), session.edition
    yield reverse(f"{SESSIONS}_change", args=[session.pk]), session.edition


@pytest.mark.parametrize("number", [0, 1], ids=["new", "saved"])
def test_a_room_of_another_conference_is_refused(admin_client, number):
    page, edition = list(addresses())[number]

    response = admin_client.post(page, typed(edition, room=RoomFactory().pk))

    form = response.context["adminform"].form
    assert form.errors == {"room": [OTHER_ROOM]}
    assert not Session.objects.filter(room__isnull=False).exists()


@pytest.mark.parametrize("number", [0, 1], ids=["new", "saved"])
def test_a_person_of_another_conference_is_refused(admin_client, number):
    page, edition = list(addresses())[number]

    response = admin_client.post(page, typed(edition, **somebody(SpeakerFactory())))

    formset = response.context["inline_admin_formsets"][0].formset
    assert formset.errors == [{"speaker": [OTHER_PERSON]}]
    assert not Contribution.objects.exists()


@pytest.mark.parametrize("number", [0, 1], ids=["new", "saved"])
def test_rooms_and_people_of_the_conference_are_taken(admin_client, number):
    page, edition = list(addresses())[number]
    room, speaker = RoomFactory(edition=edition), SpeakerFactory(edition=edition)

    admin_client.post(page, typed(edition, room=room.pk, **somebody(speaker)))

    session = Session.objects.get(slug=Session.objects.latest("pk").slug)
    assert (session.room, list(session.speakers.all())) == (room, [speaker])


@pytest.mark.parametrize(
    ("field", "factory"), [("room", RoomFactory), ("speaker", SpeakerFactory)]
)
def test_staff_choose_among_what_the_conference_has(admin_client, field, factory):
    session = SessionFactory()
    own, _other = factory(edition=session.edition), factory()
    model = "contribution" if field == "speaker" else "session"
    form = reverse(f"{SESSIONS}_change", args=[session.pk])
    of_field = {"app_label": "conferences", "model_name": model, "field_name": field}

    address = f"{reverse('admin:autocomplete')}?edition={session.edition_id}"
    assert f'data-ajax--url="{address}"' in admin_client.get(form).text
    found = admin_client.get(f"{address}&{urlencode(of_field)}").json()["results"]

    assert [row["id"] for row in found] == [str(own.pk)]


def test_a_release_says_what_is_of_another_conference(admin_client):
    session = SessionFactory(title_de="Trinkwasser", room=RoomFactory(name_de="Saal"))

    page = admin_client.get(release_page(session.edition))

    assert f'Saal: <a href="/admin/conferences/session/{session.pk}/' in page.text
    assert 'name="seen"' not in page.text
    assert "kann nichts freigegeben werden" in page.text


def test_what_is_released_is_not_deleted(admin_client):
    public, prepared = released(), SessionFactory()

    def answer(row):
        page = reverse(f"{SESSIONS}_delete", args=[row.pk])
        return admin_client.post(page, {"post": "yes"}).status_code

    assert (answer(public), answer(prepared)) == (403, 302)
    assert list(Session.objects.all()) == [public]


def test_the_list_has_no_action_that_deletes(admin_client):
    SessionFactory()

    page = admin_client.get(reverse(f"{SESSIONS}_changelist"))

    assert "delete_selected" not in page.text


def test_the_address_of_a_session_stays(admin_client):
    session = SessionFactory(slug="water")

    admin_client.post(
        reverse(f"{SESSIONS}_change", args=[session.pk]), typed(session.edition)
    )

    session.refresh_from_db()
    assert (session.slug, session.title_de) == ("water", "Trinkwasser")


def test_a_release_shows_what_would_change_and_publishes_it(admin_client, client):
    session = SessionFactory(title_de="Trinkwasser")
    speaker = SpeakerFactory(edition=session.edition)
    for row in (session, SessionFactory(edition=session.edition)):
        row.contributions.create(speaker=speaker)

    page = admin_client.get(release_page(session.edition))
    assert changes_on(page)[0] == ("Trinkwasser", ["neu"])
    assert f"{speaker.name}: „Trinkwasser“ und" in " ".join(page.text.split())
    seen = page.context["seen"]
    response = admin_client.post(
        release_page(session.edition), {"seen": seen}, follow=True
    )

    assert messages_of(response) == ["2 Programmpunkte wurden freigegeben."]
    assert "Nichts: Alles Vorbereitete ist öffentlich." in response.text
    public = html(client, path("programme", session.edition, language="de"))
    assert "Trinkwasser" in public


def changes_on(page):
    return [(str(session), lines) for session, lines in page.context["changes"]]


def test_a_change_shows_what_is_public_and_what_comes(admin_client):
    session = released(title_de="Trinkwasser", abstract_de="Alt.", capacity=20)
    edition = session.edition
    session.title_de, session.abstract_de = "Sauberes Wasser", "Neu."
    session.starts_at, session.ends_at = at(edition, 13), at(edition, 14)
    session.room = RoomFactory(edition=edition, name_de="Aula")
    session.capacity, session.is_cancelled = None, True
    session.languages = "de es"
    session.save()
    session.contributions.create(speaker=SpeakerFactory(edition=edition))

    page = admin_client.get(release_page(edition))

    day = "6. September 2100"
    assert changes_on(page) == [
        (
            "Sauberes Wasser",
            [
                "Titel: Trinkwasser → Sauberes Wasser",
                "Worum es geht",
                f"Beginnt: {day}, 10:00 Uhr (Berlin) → {day}, 13:00 Uhr (Berlin)",
                f"Endet: {day}, 11:00 Uhr (Berlin) → {day}, 14:00 Uhr (Berlin)",
                "Raum: – → Aula",
                "Gesprochene Sprachen: – → Deutsch, Spanisch",
                "Plätze: 20 → –",
                "Fällt aus: nein → ja",
                "Referent*innen und Moderator*innen",
            ],
        )
    ]
    assert "Trinkwasser → Sauberes Wasser" in page.text


def test_a_title_that_changes_in_another_language_is_only_named(admin_client):
    session = released(title_de="Trinkwasser", title_fr="Eau")
    session.title_fr = "Eau potable"
    session.save()

    page = admin_client.get(release_page(session.edition))

    assert changes_on(page) == [("Trinkwasser", ["Titel"])]


@pytest.mark.parametrize("seen", ["", "x", "0" * 64])
def test_who_has_not_seen_what_is_prepared_now_looks_once_more(admin_client, seen):
    session = SessionFactory()

    response = admin_client.post(
        release_page(session.edition), {"seen": seen}, follow=True
    )

    assert messages_of(response) == [
        "Inzwischen wurde etwas geändert. Bitte sehen Sie noch einmal hin."
    ]
    session.refresh_from_db()
    assert not session.is_released


def test_who_may_only_look_releases_nothing(client):
    session = SessionFactory()
    page = release_page(session.edition)
    client.force_login(staff("conferences.view_editionprogramme"))

    response = client.get(page)

    assert response.status_code == 200
    assert "<form" not in response.text.partition("Was eine Freigabe ändert")[2]
    assert client.post(page, {"seen": response.context["seen"]}).status_code == 403
    session.refresh_from_db()
    assert not session.is_released


def test_who_may_do_something_else_sees_no_release(client):
    client.force_login(staff("conferences.view_session"))

    assert client.get(release_page(EditionFactory())).status_code == 403


def test_an_unknown_conference_has_no_release(admin_client):
    page = reverse(f"{RELEASES}_change", args=["nothing"])

    assert admin_client.get(page).status_code == 404


@pytest.mark.parametrize("query", ["?edition=x", "?edition=0"])
def test_an_unknown_conference_has_no_sessions(admin_client, query):
    assert admin_client.get(reverse(f"{SESSIONS}_changelist") + query).status_code < 400


@pytest.mark.parametrize("name", [SESSIONS, RELEASES])
@pytest.mark.parametrize("how_many", [1, 5])
def test_the_lists_cost_the_same_however_long(
    admin_client, django_assert_num_queries, name, how_many
):
    for _number in range(how_many):
        released()
    queries = {SESSIONS: 10, RELEASES: 8}[name]

    with django_assert_num_queries(queries):
        admin_client.get(reverse(f"{name}_changelist"))


@pytest.mark.parametrize("how_many", [1, 5])
def test_a_release_costs_the_same_however_much_is_prepared(
    admin_client, django_assert_num_queries, how_many
):
    edition = EditionFactory()
    for number in range(how_many):
        room = RoomFactory(edition=edition)
        session = SessionFactory(edition=edition, room=room)
        session.contributions.create(speaker=SpeakerFactory(edition=edition))
        session.goals.add(Goal.objects.create(number=number + 1, name_en="x"))

    with django_assert_num_queries(9):
        admin_client.get(release_page(edition))
