"""Staff record after a conference which partnerships took part."""

from datetime import date

import pytest
from django.contrib.admin.models import LogEntry
from django.urls import reverse

from partnerships.models import ContentVersion
from registrations import archive
from registrations.models import Delegation, Refused
from tests.conferences.pages import address, html
from tests.factories import (
    DelegationFactory,
    EditionFactory,
    MunicipalityFactory,
    PartnershipFactory,
    staff,
)

pytestmark = pytest.mark.django_db
LIST = reverse("admin:registrations_editionplaces_changelist")


def over(**values):
    days = {"starts_on": date(2020, 5, 4), "ends_on": date(2020, 5, 6)}
    return EditionFactory(year=2020, **days, **values)


def of(edition, state="approved", **values):
    """The partnership of a delegation in this state."""
    return DelegationFactory(edition=edition, state=state, **values).partnership


def act(client, *editions):
    chosen = [edition.pk for edition in editions]
    data = {"action": "take_over_partnerships", "_selected_action": chosen}
    response = client.post(f"{LIST}?time=all", data, follow=True)
    return [str(message) for message in response.context["messages"]]


def test_partnerships_of_approved_delegations_took_part():
    edition = over()
    came = of(edition)
    for number, state in enumerate(set(Delegation.State) - {"approved"}):
        of(edition, state, queue_number=number if state == "waiting" else None)
    without = {"kind": "municipality", "german_municipality": MunicipalityFactory()}
    of(edition, partnership=None, **without)
    of(over())

    assert archive.take_over_partnerships(edition) == 1

    assert list(edition.attending.all()) == [came]


def test_what_staff_recorded_stays_and_is_counted_once():
    edition = over()
    recorded, came = PartnershipFactory(), of(edition)
    edition.attending.add(recorded, came)

    assert archive.take_over_partnerships(edition) == 0

    assert set(edition.attending.all()) == {recorded, came}


def test_nobody_has_taken_part_before_a_conference_is_over():
    edition = EditionFactory()
    of(edition)

    with pytest.raises(Refused, match="not over yet"):
        archive.take_over_partnerships(edition)

    assert not edition.attending.exists()


def test_the_record_raises_the_content_version():
    edition = over()
    of(edition)
    before = ContentVersion.objects.get().number

    archive.take_over_partnerships(edition)

    assert ContentVersion.objects.get().number > before


def test_staff_are_told_what_was_recorded_for_each_conference(admin_client):
    past, ahead = over(), EditionFactory()
    for edition in (past, past, ahead):
        of(edition)

    assert act(admin_client, past, ahead) == [
        f"{past}: 2 Partnerschaften wurden zu den teilnehmenden hinzugefügt.",
        f"{ahead}: Die Konferenz ist noch nicht vorbei.",
    ]
    assert [entry.object_id for entry in LogEntry.objects.all()] == [str(past.pk)]


def test_the_page_of_the_conference_shows_who_took_part(admin_client, client):
    edition = over()
    partnership = of(edition)

    act(admin_client, edition)

    page = html(client, address(edition))
    assert "Diese Partnerschaften haben teilgenommen" in page
    assert address(partnership) in page


def test_who_may_not_change_a_conference_records_nothing(client):
    edition = over()
    of(edition)
    client.force_login(staff("registrations.change_editionplaces"))

    act(client, edition)

    assert not edition.attending.exists()
