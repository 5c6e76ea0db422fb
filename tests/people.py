"""Delegations about which everything is known, for what erases or exports it."""

from datetime import UTC, date, datetime, timedelta

from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.auth import get_user_model
from django.contrib.contenttypes.models import ContentType

from registrations.models import (
    Answer,
    Consent,
    Delegation,
    HistoryEntry,
    Letter,
    Offer,
    PersonalNeeds,
    PreparedDecision,
    Request,
    Seat,
    SecondStage,
    VisaData,
    Wish,
)
from tests.conferences.sessions import SessionFactory
from tests.factories import (
    DelegationFactory,
    EditionFactory,
    ParticipantFactory,
    QuestionFactory,
)

AT = datetime(2027, 5, 31, 12, 0, tzinfo=UTC)
INSTANT = timedelta(microseconds=1)
ADMISSION = {"kind": Request.Kind.ADMISSION, "rule": Request.Rule.ODA}


def draft(**values):
    delegation = DelegationFactory(**{"saved_at": AT - timedelta(days=30), **values})
    side = delegation.german_side
    ParticipantFactory(side=side)
    side.mint_link()
    Letter.objects.write(side, Letter.Kind.CONTINUE_LINK)
    HistoryEntry.objects.record(delegation, HistoryEntry.Verb.START, by=side)
    return delegation


# What a form sends of somebody who needs a letter for a visa.
VISA = {
    "needs_letter": "yes",
    "passport_name": "ERIKA MUSTER",
    "issuing_country": "Namibia",
    "birth_date": "8.9.1980",
    "passport_number": "C01X00T47",
}


def approved(**values):
    """A delegation that is coming, to a conference that asks everything."""
    delegation = DelegationFactory(
        **{
            "state": Delegation.State.APPROVED,
            "german__held": 2,
            "partner__held": 2,
            **values,
        }
    )
    SecondStage.objects.get_or_create(
        edition=delegation.edition,
        defaults={
            "visa_for": "both",
            "asks_birth_date": True,
            "asks_passport_number": True,
        },
    )
    return delegation


def long_over(**values):
    return EditionFactory(
        year=2027,
        starts_on=date(2027, 1, 10),
        ends_on=date(2027, 1, 12),
        **values,
    )


def everything_about(edition):
    """A delegation with a value in every personal field of its rows."""
    staff = get_user_model().objects.create_user("staff")
    delegation = draft(
        edition=edition,
        state=Delegation.State.APPROVED,
        note="Erika",
        entered_by=staff,
        german__contact_phone="+49 30 1",
        german__organisation="Verein Erika",
        german__held=2,
    )
    side = delegation.german_side
    Request.objects.create(
        side=side,
        text="Erika",
        reason="Erika",
        answered_at=AT,
        granted=True,
        **ADMISSION,
    )
    side.letters.update(
        context={"reason": "Erika"},
        error="Erika",
        sent_to="erika@example.org",
        subject="Erika",
        body="Erika",
        state=Letter.State.SENT,
    )
    side.participants.update(
        organisation="Erika",
        function="Erika",
        email="erika@example.org",
    )
    Offer.objects.create(
        delegation=delegation,
        german=1,
        partner=0,
        made_by=staff,
        made_at=AT,
        expires_at=AT + INSTANT,
        ended_at=AT,
        outcome=Offer.Outcome.TAKEN,
    )
    PreparedDecision.objects.prepare(delegation, "decline", by=staff, reason="Erika")
    _all_that_is_asked_later(side)
    delegation.history.record(
        delegation, HistoryEntry.Verb.APPROVE, by=staff, reason="Erika"
    )
    return delegation


def _all_that_is_asked_later(side):
    person = side.participants.get()
    workshop = SessionFactory(
        edition=side.delegation.edition, starts_at=AT, ends_at=AT + INSTANT
    )
    Wish.objects.create(participant=person, session=workshop, rank=1)
    Seat.objects.create(
        participant=person,
        session=workshop,
        how="waits",
        waiting_number=1,
        grounds={"lot": 1},
        reason="Erika",
    )
    Answer.objects.create(
        question=QuestionFactory(edition=side.delegation.edition),
        delegation=side.delegation,
        side=side,
        participant=person,
        value="Erika",
        wording="W",
        words="Erika",
    )
    Consent.objects.create(
        participant=person, what="photos", wording="Ja.", withdrawn_at=AT
    )
    texts = dict.fromkeys(PersonalNeeds.SEALED, "Erika")
    PersonalNeeds.objects.create(participant=person, agreed_at=AT, **texts)
    texts = dict.fromkeys(VisaData.SEALED, "Erika")
    VisaData.objects.create(participant=person, needs_letter=True, **texts)


def logged(row):
    staff, _created = get_user_model().objects.get_or_create(username="staff")
    return LogEntry.objects.create(
        user=staff,
        content_type=ContentType.objects.get_for_model(row),
        object_id=str(row.pk),
        object_repr="Erika",
        action_flag=CHANGE,
    )
