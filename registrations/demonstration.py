"""One open edition that does not exist, with invented delegations, to try things out.

It is made through the same verbs as on the site, so that its history, places and
numbers are those of a real one.
"""

import re
from datetime import datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import transaction
from django.utils import timezone

from conferences.demonstration import add_programme
from conferences.demonstration_pictures import add_pictures
from conferences.models import Edition, Series
from partnerships.masterdata import Report, Row, rows
from partnerships.models import Partnership
from registrations import places
from registrations.models import (
    Delegation,
    EditionPlaces,
    EditionQuestions,
    Letter,
    Participant,
    SecondStage,
    Whom,
    Wish,
)

DATA = Path(__file__).parent / "data" / "demonstration"
BERLIN = ZoneInfo("Europe/Berlin")
SLUG = "demonstration"
CAPACITY = 60


@transaction.atomic
def load(series: Series, at: datetime | None = None) -> bool:
    """Add the demonstration to a series. False: it is there, nothing was changed."""
    if series.editions.filter(slug=SLUG).exists():
        return False
    at = at or timezone.now()
    edition = _edition(series, at)
    add_programme(edition)
    add_pictures(edition)
    _ask_more(edition)
    staff, is_new = get_user_model().objects.get_or_create(
        username="demo", defaults={"is_active": False, "first_name": "Demonstration"}
    )
    if is_new:
        staff.set_unusable_password()
        staff.save()
    columns = ["german_key", "partner_key", "outcome", "german_people"]
    columns += ["german_planned", "partner_people", "partner_planned"]
    for row in rows(DATA / "delegations.csv", columns, Report()):
        partnership = Partnership.objects.filter(
            german__slug=row["german_key"], partner__slug=row["partner_key"]
        ).first()
        if partnership:
            delegation = _draft(row, edition, partnership)
            _hand_in(row["outcome"], edition, delegation, staff, at)
    _choose(edition, at)
    # Nobody is there to read them: example.org takes no mail.
    Letter.objects.filter(side__delegation__edition=edition).delete()
    return True


def _edition(series: Series, at: datetime) -> Edition:
    """Open since two weeks and for four months; Monday to Wednesday in nine."""
    today = at.astimezone(BERLIN).date()
    first = today + timedelta(days=285)
    first += timedelta(days=-first.weekday() % 7)
    return Edition.objects.create(
        series=series,
        slug=SLUG,
        is_demonstration=True,
        year=first.year,
        starts_on=first,
        ends_on=first + timedelta(days=2),
        city="Musterstadt",
        contact_email="organisation@example.org",
        published_at=at,
        opens_at=_instant(today - timedelta(days=14), time(9)),
        closes_at=_instant(today + timedelta(days=120), time(23, 59)),
        changes_until=_instant(first - timedelta(days=28), time(23, 59)),
        choice_opens_at=_instant(today - timedelta(days=7), time(9)),
        choice_closes_at=_instant(first - timedelta(days=14), time(23, 59)),
        capacity_people=CAPACITY,
        german_most=4,
        partner_most=4,
        partner_paid=2,
        needs_administration=True,
        has_person_pages=True,
        **_texts(),
    )


def _ask_more(edition: Edition) -> None:
    """Who is approved is asked for everything that a conference can ask."""
    EditionQuestions.objects.get(pk=edition.pk).add_usual_questions()
    SecondStage.objects.filter(edition=edition).update(
        visa_for=Whom.PARTNER, asks_birth_date=True, asks_passport_number=True
    )


def _choose(edition: Edition, at: datetime) -> None:
    """What some of the people who are coming wish for."""
    coming = {one.full_name: one for one in Participant.objects.coming_to(edition)}
    sessions = dict(edition.sessions.values_list("slug", "pk"))
    columns = {"firsts": Wish.Rank.FIRST, "seconds": Wish.Rank.SECOND}
    for row in rows(DATA / "wishes.csv", ["name", *columns], Report()):
        if person := coming.get(row["name"]):
            wishes = {
                sessions[slug]: rank.value
                for column, rank in columns.items()
                for slug in row.listed(column)
            }
            person.side.choose(person, wishes, by=person, at=at)


def _instant(day, clock: time) -> datetime:
    return datetime.combine(day, clock, BERLIN)


def _texts() -> dict[str, str]:
    """The translated fields: "# " and a field's name begin each part of a file."""
    texts = {}
    for code, _language in settings.LANGUAGES:
        path = DATA / f"edition.{code}.md"
        if path.exists():
            parts = re.split(r"^# (\w+)\n", path.read_text("utf-8"), flags=re.MULTILINE)
            for name, text in zip(parts[1::2], parts[2::2], strict=True):
                texts[f"{name}_{code}"] = text.strip()
    return texts


def _draft(row: Row, edition: Edition, partnership: Partnership) -> Delegation:
    name = row.listed("german_people")[0]
    delegation, _is_new = Delegation.objects.start(
        edition,
        form_key=f"demonstration-{edition.pk}-{row.line}",
        contact={
            "contact_name": name,
            "contact_email": _address(name),
            "language": "de",
        },
    )
    delegation.choose_partnership(partnership)
    _answer(row, delegation)
    return delegation


def _answer(row: Row, delegation: Delegation) -> None:
    """Contacts, numbers and some of the names of both sides."""
    german, partner = delegation.german_side, delegation.partner_side
    german.confirm()
    partner.contact_name = row.listed("partner_people")[0]
    partner.contact_email = _address(partner.contact_name)
    partner.language = "en"
    partner.save()
    for side in (german, partner):
        side.change_planned(row.number(f"{side.which}_planned"), by=german)
        for index, name in enumerate(row.listed(f"{side.which}_people")):
            side.save_person(_person(name, index, side.language), by=side)


def _person(name: str, index: int, language: str) -> Participant:
    given_names, _space, family_name = name.rpartition(" ")
    kinds = Participant.OrganisationKind
    return Participant(
        given_names=given_names,
        family_name=family_name,
        organisation="" if index == 0 else "Partnerschaftsverein (erfunden)",
        organisation_kind=kinds.CIVIL_SOCIETY if index else kinds.ADMINISTRATION,
        email=_address(name),
        language=language,
    )


def _address(name: str) -> str:
    plain = name.lower().translate(str.maketrans("ãáéíóú ", "aaeiou."))
    return f"{plain}@example.org"


def _hand_in(
    outcome: str, edition: Edition, delegation: Delegation, staff, at: datetime
) -> None:
    """Submit, and do what became of it.

    Nobody is left on the waiting list: who tries the registration would have to
    wait as well. One has waited and taken an offer: its history shows how that goes.
    """
    if outcome == "draft":
        return
    capacity = EditionPlaces.objects.get(pk=edition.pk)
    if outcome == "waited":
        capacity.change_capacity(people=places.held(edition).people)
    delegation.submit(by=delegation.german_side, at=at)
    if outcome == "waited":
        capacity.change_capacity(people=CAPACITY)
        german, partner = delegation.german_side, delegation.partner_side
        delegation.take_offer(german.planned, partner.planned, by=german)
    if outcome in ("approved", "waited"):
        delegation.partner_side.come(by=delegation.partner_side)
        delegation.approve(by=staff)
    elif outcome == "declined":
        delegation.decline(by=staff, reason="Diese Absage ist erfunden.")
    elif outcome == "withdrawn":
        delegation.withdraw(by=delegation.german_side, reason="Erfunden.")
