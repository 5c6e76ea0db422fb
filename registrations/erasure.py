"""Erases personal data when the rules of `registrations.register` say so."""

from collections import Counter
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta

from axes.models import AccessAttempt
from django.conf import settings
from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.models import Session
from django.db import DatabaseError, models, transaction
from django.db.models import CharField, Exists, OuterRef, Q
from django.db.models.functions import Cast
from django.utils import timezone

from conferences.models import Edition
from partnerships.models import Correction
from partnerships.models.throttle import forget_throttles
from registrations.models import (
    Answer,
    Delegation,
    EditionFigures,
    HistoryEntry,
    Letter,
    Offer,
    Participant,
    PersonalLink,
    PersonalNeeds,
    PersonLink,
    PreparedDecision,
    Question,
    Reminder,
    Request,
    Side,
    VisaData,
)
from registrations.models.second_stage import NEEDS_LAST_DAYS, VISA_DATA_LAST_DAYS
from registrations.register import blank

# A draft that nobody saved for so long is erased.
DRAFTS_LAST = timedelta(days=30)
# People, contacts and letters are erased so many days after a conference's last day.
PEOPLE_LAST_DAYS = 90
# Of sensitive rows: which field of the second stage says how long they last.
SENSITIVE_LAST = {
    PersonalNeeds: ("needs_erased_after", NEEDS_LAST_DAYS),
    VisaData: ("visa_erased_after", VISA_DATA_LAST_DAYS),
}


def erase(at: datetime | None = None, *, dry_run: bool = False) -> Counter[str]:
    """Erase what is due, each delegation in a transaction of its own.

    Returns how many of each; with `dry_run` it counts and erases nothing. What is
    busy, or has a letter under way, waits for the next run.
    """
    at = at or timezone.now()
    counts: Counter[str] = Counter()
    for name, due, erase_one in (
        ("drafts", due_drafts, _erase_draft),
        ("delegations of past conferences", due_delegations, _erase_people),
    ):
        counts[name] = sum(
            dry_run or _erased(delegation, due(at), erase_one) for delegation in due(at)
        )
    for name, rows in (
        ("answers with a day of their own", due_answers(at)),
        ("diet and accessibility", due_of_people(PersonalNeeds, at)),
        ("data for visas", due_of_people(VisaData, at)),
        ("expired links", PersonalLink.objects.filter(expires_at__lte=at)),
        ("expired links", PersonLink.objects.filter(expires_at__lte=at)),
        ("suggested corrections", Correction.objects.to_erase(at)),
        ("expired sessions", Session.objects.filter(expire_date__lte=at)),
        ("wrong passwords", old_attempts(at)),
        *(("traces in the log of the admin", rows) for rows in traces_of_gone_rows()),
    ):
        counts[name] += rows.count() if dry_run else rows.delete()[0]
    counts["throttles of past days"] = forget_throttles(at, dry_run=dry_run)
    return counts


def old_attempts(at: datetime) -> models.QuerySet[AccessAttempt]:
    """Wrong passwords that lock nobody out any more."""
    return AccessAttempt.objects.filter(
        attempt_time__lte=at - settings.AXES_COOLOFF_TIME
    )


def due_drafts(at: datetime) -> models.QuerySet[Delegation]:
    """Drafts that nobody saved for long, or whose conference is long over.

    While a request is open, and as long again after its answer, a draft is kept: who
    asked shall find it.
    """
    idle_since = at - DRAFTS_LAST
    talked = Request.objects.filter(side__delegation=OuterRef("pk")).filter(
        Q(answered_at=None) | Q(answered_at__gt=idle_since)
    )
    idle = Q(saved_at__lte=idle_since) & ~Exists(talked)
    return Delegation.objects.draft().filter(idle | Q(edition__in=_long_over(at)))


def due_delegations(at: datetime) -> models.QuerySet[Delegation]:
    """What was handed in for a conference that is long over, and still names people."""
    theirs = {"side__delegation": OuterRef("pk")}
    own = {"delegation": OuterRef("pk")}
    contact = Side.objects.filter(**own).exclude(**blank("registrations.Side"))
    asked = Request.objects.filter(**theirs).exclude(**blank("registrations.Request"))
    return Delegation.objects.handed_in().filter(
        Exists(contact)
        | Exists(asked)
        | Exists(Participant.objects.filter(**theirs))
        | Exists(Answer.objects.filter(**own, question__is_personal=True))
        | Exists(Letter.objects.filter(**theirs))
        | Exists(PersonalLink.objects.filter(**theirs))
        | Exists(HistoryEntry.objects.filter(**own))
        | Exists(Offer.objects.filter(made_by__isnull=False, **own))
        | Exists(PreparedDecision.objects.filter(**own))
        | ~Q(note="")
        | Q(entered_by__isnull=False),
        edition__in=_long_over(at),
    )


def due_answers(at: datetime) -> models.QuerySet[Answer]:
    """Answers to questions whose own number of days after the conference is over."""
    own_day = Question.objects.select_related("edition").filter(
        Exists(Answer.objects.filter(question=OuterRef("pk")))
    )
    due = [
        one
        for one in own_day
        if one.erased_after is not None
        and erased_from(one.edition, one.erased_after) <= at
    ]
    return Answer.objects.filter(question__in=due)


def due_of_people(model, at: datetime) -> models.QuerySet:
    """Sensitive rows whose days after the conference are over."""
    path = "participant__side__delegation__edition"
    editions = Edition.objects.select_related("second_stage").filter(
        pk__in=model.objects.values(path)
    )
    due = [one.pk for one in editions if sensitive_erased_from(model, one) <= at]
    return model.objects.filter(**{f"{path}__in": due})


def sensitive_erased_from(model, edition: Edition) -> datetime:
    """The instant from which sensitive rows of a conference are erased."""
    name, default = SENSITIVE_LAST[model]
    stage = getattr(edition, "second_stage", None)
    return erased_from(edition, getattr(stage, name, default))


def erased_from(edition: Edition, days: int = PEOPLE_LAST_DAYS) -> datetime:
    """The instant from which nobody who came to a conference is named any more."""
    last = edition.ends_on or date(edition.year, 12, 31)
    first_day = last + timedelta(days=days + 1)
    return datetime.combine(first_day, time.min, edition.zone)


def _long_over(at) -> list[Edition]:
    editions = Edition.objects.filter(delegations__isnull=False).distinct()
    return [edition for edition in editions if erased_from(edition) <= at]


def _erased(delegation, due, erase_one) -> bool:
    """Erase one under its lock, if it is still due and none of its letters goes out."""
    try:
        with transaction.atomic():
            Edition.objects.select_for_update().get(pk=delegation.edition_id)
            letters = Letter.objects.filter(side__delegation=delegation)
            states = letters.select_for_update(of=("self",)).values_list("state")
            if (Letter.State.SENDING,) in states or not due.contains(delegation):
                return False
            erase_one(delegation)
    except DatabaseError:
        return False
    return True


def _erase_draft(delegation) -> None:
    delegation.delete()


def _erase_people(delegation) -> None:
    """The figures stay: state, places, numbers, counted once. Who it was is gone.

    A line of the history cannot be changed, and its reason may name somebody: so the
    lines go as a whole.
    """
    EditionFigures.objects.freeze(delegation.edition)
    sides = delegation.sides.all()
    requests = Request.objects.filter(side__delegation=delegation)
    forget_traces([delegation, *sides, *requests])
    for model in (Participant, Letter, PersonalLink, Reminder):
        model.objects.filter(side__delegation=delegation).delete()
    delegation.answers.filter(question__is_personal=True).delete()
    delegation.history.all().delete()
    delegation.offers.update(made_by=None)
    PreparedDecision.objects.filter(delegation=delegation).delete()
    requests.update(**blank("registrations.Request"))
    sides.update(**blank("registrations.Side"))
    Delegation.objects.filter(pk=delegation.pk).update(note="", entered_by=None)


def forget_traces(rows: Iterable[models.Model]) -> None:
    """Drop what the log of the admin says about rows that stay."""
    for row in rows:
        content_type = ContentType.objects.get_for_model(row)
        LogEntry.objects.filter(content_type=content_type, object_id=row.pk).delete()


def traces_of_gone_rows():
    ours = (Delegation, Side, Participant, Letter, PersonalLink, Request)
    for model in (*ours, Correction):
        rows = model._base_manager.annotate(named=Cast("pk", CharField()))
        yield LogEntry.objects.filter(
            ~Exists(rows.filter(named=OuterRef("object_id"))),
            content_type=ContentType.objects.get_for_model(model),
        )
