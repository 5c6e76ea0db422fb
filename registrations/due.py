"""What the next run would erase: by rule and edition, how many, and since when due."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.contrib.sessions.models import Session
from django.db.models import Count, Min

from conferences.models import Edition
from registrations import erasure, erasure_log, forgetting
from registrations.models import (
    PersonalLink,
    PersonalNeeds,
    PersonLink,
    VisaData,
)

END_OF_TIME = 10_000


@dataclass(frozen=True)
class Due:
    """Rows that one rule erases; `since` is unknown where no row says it."""

    rule: str
    edition: Edition | None
    count: int
    since: datetime | None


def due(at: datetime) -> list[Due]:
    """The conferences in their order, then what belongs to none."""
    found = [*_requested(), *_drafts(at), *_people(at), *_answers(at)]
    found += [
        *_sensitive("needs", PersonalNeeds, at),
        *_sensitive("visa", VisaData, at),
    ]
    found += [*_links(at), *_of_no_edition(at)]
    return sorted(found, key=_order)


def _order(one: Due) -> tuple[int, int]:
    edition = one.edition
    return (edition.year, edition.pk) if edition else (END_OF_TIME, 0)


def _requested() -> Iterator[Due]:
    """Who asked, and had to wait for a letter that was under way."""
    since = {
        entry.key: datetime.fromisoformat(entry.at) for entry in erasure_log.entries()
    }
    people, sides = forgetting.asked()
    by_edition = defaultdict(list)
    for person in people:
        by_edition[person.side.delegation.edition_id].append(since[person.key])
    for side in sides:
        by_edition[side.delegation.edition_id].append(since[side.key])
    for edition, moments in _with_editions(by_edition):
        yield Due("request", edition, len(moments), min(moments))


def _drafts(at) -> Iterator[Due]:
    rows = erasure.due_drafts(at).order_by().values("edition")
    found = rows.annotate(count=Count("pk"), saved=Min("saved_at"))
    for edition, row in _with_editions({row["edition"]: row for row in found}):
        idle = row["saved"] + erasure.DRAFTS_LAST
        yield Due(
            "draft", edition, row["count"], min(idle, erasure.erased_from(edition))
        )


def _people(at) -> Iterator[Due]:
    rows = erasure.due_delegations(at).order_by().values("edition")
    found = {row["edition"]: row["count"] for row in rows.annotate(count=Count("pk"))}
    for edition, count in _with_editions(found):
        yield Due("people", edition, count, erasure.erased_from(edition))


def _answers(at) -> Iterator[Due]:
    rows = erasure.due_answers(at).order_by()
    found = rows.values("question__edition", "question__erased_after")
    by_edition = defaultdict(list)
    for row in found.annotate(count=Count("pk")):
        by_edition[row["question__edition"]].append(row)
    for edition, rows_of_one in _with_editions(by_edition):
        days = min(row["question__erased_after"] for row in rows_of_one)
        count = sum(row["count"] for row in rows_of_one)
        yield Due("answer", edition, count, erasure.erased_from(edition, days))


def _sensitive(rule, model, at) -> Iterator[Due]:
    path = "participant__side__delegation__edition"
    rows = erasure.due_of_people(model, at).order_by().values(path)
    found = {row[path]: row["count"] for row in rows.annotate(count=Count("pk"))}
    for edition, count in _with_editions(found):
        since = erasure.sensitive_erased_from(model, edition)
        yield Due(rule, edition, count, since)


def _links(at) -> Iterator[Due]:
    for model, path in (
        (PersonalLink, "side__delegation__edition"),
        (PersonLink, "participant__side__delegation__edition"),
    ):
        rows = model.objects.filter(expires_at__lte=at).order_by().values(path)
        counted = rows.annotate(count=Count("pk"), since=Min("expires_at"))
        for edition, row in _with_editions({row[path]: row for row in counted}):
            yield Due("link", edition, row["count"], row["since"])


def _of_no_edition(at) -> Iterator[Due]:
    sessions = Session.objects.filter(expire_date__lte=at)
    counted = sessions.aggregate(count=Count("pk"), since=Min("expire_date"))
    traces = sum(rows.count() for rows in erasure.traces_of_gone_rows())
    for found in (
        Due("session", None, counted["count"], counted["since"]),
        Due("trace", None, traces, None),
        Due("throttle", None, erasure.forget_throttles(at, dry_run=True), None),
    ):
        if found.count:
            yield found


def _with_editions(found: dict) -> Iterator[tuple]:
    """The editions of a dictionary's keys, each with its value."""
    editions = Edition.objects.with_series().select_related("second_stage")
    for edition in editions.filter(pk__in=found):
        yield edition, found[edition.pk]
