"""What a process remembers is never older than the content version."""

from contextvars import Context
from datetime import timedelta

import pytest
import time_machine
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation

from conferences import programme, remembered
from conferences.models import Edition
from conferences.programme import address
from partnerships import remembered as remembering
from partnerships.models import (
    ContentVersion,
    content,
    content_version,
    one_content,
    raise_content_version,
)
from partnerships.worldmap import map_of_all
from registrations.forms import PartnerTownEnterForm
from tests.conferences.sessions import (
    SessionFactory,
    SpeakerFactory,
    let_out,
    released,
)
from tests.factories import (
    CountryFactory,
    EditionFactory,
    PartnershipFactory,
    PartnerTownFactory,
    berlin,
)

pytestmark = pytest.mark.django_db(transaction=True)


def test_an_edition_is_read_once(django_assert_num_queries):
    edition = EditionFactory()
    remembered.edition(pk=edition.pk)

    with django_assert_num_queries(1):  # the content version
        again = remembered.edition(pk=edition.pk)
        assert again.series.region.code


def test_an_edit_shows_at_once():
    edition = EditionFactory(city="Leipzig")
    remembered.edition(pk=edition.pk)

    edition.city = "Halle"
    edition.save()

    assert remembered.edition(pk=edition.pk).city == "Halle"


def test_what_another_process_changed_shows_at_once():
    edition = EditionFactory(city="Leipzig")
    remembered.edition(pk=edition.pk)

    Edition.objects.update(city="Halle")  # sends no signal here, as over there
    raise_content_version()

    assert remembered.edition(pk=edition.pk).city == "Halle"


def test_nobody_gets_what_another_changed_in_memory():
    edition = EditionFactory(city="Leipzig")
    remembered.edition(pk=edition.pk).city = "Halle"

    assert remembered.edition(pk=edition.pk).city == "Leipzig"


def test_what_is_rolled_back_is_not_remembered():
    edition = EditionFactory(city="Leipzig")
    with transaction.atomic():
        edition.city = "Halle"
        edition.save()
        assert remembered.edition(pk=edition.pk).city == "Halle"
        transaction.set_rollback(True)
    raise_content_version()

    assert remembered.edition(pk=edition.pk).city == "Leipzig"


def test_an_unknown_edition_is_none():
    for _time in range(2):
        with pytest.raises(Edition.DoesNotExist):
            remembered.edition(series__slug="afrika", slug="1900")


def test_the_list_of_countries_is_read_once_for_each_language():
    CountryFactory(iso2="GE", name_en="Georgia", name_de="Georgien")

    for language, name in (("en", "Georgia"), ("de", "Georgien"), ("en", "Georgia")):
        with translation.override(language):
            assert ("GE", name) in PartnerTownEnterForm().fields["country"].choices


NINE = berlin("2027-03-22 09:00")


def countries_on_the_map():
    return [str(row.country) for row in map_of_all().network.countries]


def partnership_with(name_de, name_en, iso2, published_at=NINE):
    country = CountryFactory(iso2=iso2, name_de=name_de, name_en=name_en)
    partner = PartnerTownFactory(country=country)
    return PartnershipFactory(partner=partner, published_at=published_at)


@time_machine.travel(NINE, tick=False)
def test_the_map_of_all_is_read_once(django_assert_num_queries):
    partnership_with("Ghana", "Ghana", "GH")
    map_of_all()

    with django_assert_num_queries(1):  # the content version
        assert countries_on_the_map() == ["Ghana"]


def test_the_map_of_all_shows_a_partnership_from_the_instant_of_its_publication():
    with time_machine.travel(NINE, tick=False) as clock:
        partnership_with("Ghana", "Ghana", "GH")
        for minutes, name, iso2 in [(5, "Togo", "TG"), (9, "Benin", "BJ")]:
            partnership_with(name, name, iso2, NINE + timedelta(minutes=minutes))

        found = [countries_on_the_map()]
        for minutes in (4, 5, 8, 9):
            clock.move_to(NINE + timedelta(minutes=minutes))
            found.append(countries_on_the_map())

    assert found == [
        ["Ghana"],
        ["Ghana"],
        ["Ghana", "Togo"],
        ["Ghana", "Togo"],
        ["Benin", "Ghana", "Togo"],
    ]


@time_machine.travel(NINE, tick=False)
def test_the_map_of_all_is_sorted_in_each_language():
    partnership_with("Ägypten", "Egypt", "EG")
    partnership_with("Elfenbeinküste", "Côte d'Ivoire", "CI")

    for language, first in (("de", "Ägypten"), ("en", "Côte d'Ivoire")):
        with translation.override(language):
            assert countries_on_the_map()[0] == first


@time_machine.travel(NINE, tick=False)
def test_the_published_editions_are_read_once(django_assert_num_queries):
    edition = EditionFactory(published_at=NINE)
    remembered.published_editions()

    with django_assert_num_queries(1):  # the content version
        assert remembered.published_editions() == [edition]


def test_an_edition_is_among_them_from_the_instant_of_its_publication():
    with time_machine.travel(NINE, tick=False) as clock:
        edition = EditionFactory(published_at=NINE + timedelta(minutes=5))
        EditionFactory(series=edition.series, published_at=None)
        found = [remembered.published_editions()]
        for minutes in (4, 5):
            clock.move_to(NINE + timedelta(minutes=minutes))
            found.append(remembered.published_editions())

    assert found == [[], [], [edition]]


def test_a_request_asks_once_which_content_there_is(django_assert_num_queries):
    with one_content(), django_assert_num_queries(1):
        assert content_version() == content_version()


def test_a_page_asks_once_which_content_there_is(client):
    EditionFactory()
    with CaptureQueriesContext(connection) as queries:
        assert client.get("/de/").status_code == 200

    assert [one["sql"] for one in queries].count(content.READ) == 1


def test_a_request_sees_what_it_has_changed_itself():
    with one_content():
        before = content_version()
        raise_content_version()

        assert content_version() == before + 1


def test_the_next_request_sees_what_another_process_changed():
    with one_content():
        before = content_version()
        in_a_request_that_began_later(raise_content_version)

    assert content_version() == before + 1
    with one_content():
        assert content_version() == before + 1


def test_who_asked_before_a_change_leaves_alone_what_others_know_since():
    edition = EditionFactory(city="Leipzig")
    with one_content():
        before = content_version()
        ContentVersion.objects.update(number=before + 1)
        in_a_request_that_began_later(lambda: remembered.edition(pk=edition.pk))
        Edition.objects.update(city="Halle")  # and nobody says so

        assert remembered.edition(pk=edition.pk).city == "Halle"  # read, not remembered
        assert in_a_request_that_began_later(
            lambda: remembered.edition(pk=edition.pk).city
        ) == ("Leipzig")


def in_a_request_that_began_later(ask):
    return Context().run(ask)


def test_a_published_edition_is_read_once(django_assert_num_queries):
    words = address(EditionFactory())
    remembered.published_edition(*words)

    with django_assert_num_queries(1):  # the content version
        assert not remembered.published_edition(*words).has_programme


def test_an_edition_is_there_from_the_instant_of_its_publication():
    edition = EditionFactory(published_at=timezone.now() + timedelta(hours=1))

    with pytest.raises(Edition.DoesNotExist):
        remembered.published_edition(*address(edition))
    with time_machine.travel(timezone.now() + timedelta(hours=2)):
        assert remembered.published_edition(*address(edition)) == edition


def test_an_address_of_no_edition_is_not_remembered():
    raise_content_version()
    kept = remembering._known_at(content_version())

    with pytest.raises(Edition.DoesNotExist):
        remembered.published_edition("nowhere", "1999")

    assert not kept


def test_a_programme_is_read_once(django_assert_num_queries):
    session = released(EditionFactory(), title_en="Water")
    programme.released(session.edition)

    with django_assert_num_queries(1):  # the content version
        [item] = programme.released(session.edition)
    assert item.texts.title_en == "Water"


def test_what_is_released_shows_at_once():
    session = released(EditionFactory(), title_en="Water")
    programme.released(session.edition)

    session.title_en = "Waste"
    session.save()
    let_out(session.edition)

    [item] = programme.released(session.edition)
    assert item.texts.title_en == "Waste"


def test_who_takes_part_in_a_session_shows_at_once():
    session = SessionFactory(edition=EditionFactory())
    speaker = SpeakerFactory(edition=session.edition, name="Ama Mensah")
    session.contributions.create(speaker=speaker)
    let_out(session.edition)
    programme.released(session.edition)

    speaker.name = "Kofi Mensah"
    speaker.save()

    assert "Kofi Mensah" in programme.released(session.edition)[0].names
