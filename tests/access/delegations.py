"""A delegation in each stage, with living and dead links of both sides and a person."""

from dataclasses import dataclass, field
from datetime import timedelta

from django.utils import timezone

from registrations.models import Delegation, PersonalLink, PersonLink, Question
from tests.access.who import DEAD, GERMAN, PARTNER, PERSON
from tests.factories import (
    DelegationFactory,
    EditionFactory,
    ParticipantFactory,
    QuestionFactory,
    submitted,
)
from tests.people import approved

UNKNOWN, REVOKED, EXPIRED = DEAD


@dataclass
class Stage:
    """The links by whose they are, and the people by whose link may open them."""

    delegation: Delegation
    links: dict[str, str] = field(default_factory=dict)
    dead: dict[str, dict[str, str]] = field(default_factory=dict)
    people: dict[str, int] = field(default_factory=dict)
    on_behalf: int = 0


def stages(edition) -> dict[str, Stage]:
    """Of one conference that asks everything, by stage; and an offer of another."""
    for stage in Question.Stage:
        for scope in ("side", "person"):
            QuestionFactory(edition=edition, stage=stage, scope=scope)
    return {
        "draft": _stage(DelegationFactory(edition=edition)),
        "submitted": _stage(submitted(edition, partner=2)),
        "approved": _stage(_approved(edition)),
        "offered": _stage(_offered()),
    }


def _approved(edition):
    delegation = approved(edition=edition)
    delegation.edition.second_stage.visa_for = "both"
    return delegation


def _offered():
    full = EditionFactory(capacity_people=2)
    holding, waiting = submitted(full), submitted(full)
    holding.withdraw(by=holding.german_side)
    return Delegation.objects.get(pk=waiting.pk)


def _stage(delegation) -> Stage:
    stage = Stage(delegation)
    sides = {GERMAN: delegation.german_side, PARTNER: delegation.partner_side}
    for who, side in sides.items():
        person = ParticipantFactory(side=side, entered_by=side.which)
        stage.people[who] = person.pk
        _keys(stage, who, lambda side=side: side.mint_link("letter"), PersonalLink)
        if who == GERMAN:
            _keys(stage, PERSON, lambda one=person: one.links.mint(one), PersonLink)
    partner = sides[PARTNER]
    stage.on_behalf = ParticipantFactory(side=partner, entered_by="german").pk
    return stage


def _keys(stage, who, mint, model):
    """A link that opens, one that was revoked, and one that has expired."""
    before = timezone.now() - timedelta(days=1)
    stage.dead[who] = {UNKNOWN: "no-such-link"}
    for name, change in (
        (REVOKED, {"revoked_at": before}),
        (EXPIRED, {"expires_at": before}),
    ):
        stage.dead[who][name] = mint()
        model.objects.filter(pk=model.objects.latest("pk").pk).update(**change)
    stage.links[who] = mint()
