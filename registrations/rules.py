"""The rules of an edition that staff may lift for a delegation, and who breaks one."""

from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from conferences import remembered
from partnerships.models import Country
from partnerships.remembered import remember
from registrations.models.request import Request

Rule = Request.Rule


@dataclass(frozen=True)
class Broken:
    """A rule that a delegation breaks, and what to tell the one who reads it."""

    rule: Request.Rule
    message: str

    @property
    def page(self) -> str:
        """The name of the page where an answer would mend it."""
        is_number = self.rule in {Rule.GERMAN_MOST, Rule.PARTNER_MOST}
        return "people" if is_number else "partnership"


def broken(delegation, on=None) -> list[Broken]:
    """What stands against a delegation on a day, without what staff have admitted."""
    on = on or timezone.localdate()
    found = [*_country(delegation, on), *_partner(delegation), *_numbers(delegation)]
    return [one for one in found if not is_admitted(delegation, one.rule)]


def unasked(delegation) -> list[Broken]:
    """What stands against a delegation, and nobody has asked the organiser about."""
    found = broken(delegation)
    if not found:
        return []
    asked = Request.objects.unanswered().filter(side__delegation=delegation)
    rules = set(asked.values_list("rule", flat=True))
    return [one for one in found if one.rule not in rules]


def is_admitted(delegation, rule: str) -> bool:
    """Whether staff have lifted a rule for a delegation."""
    return Request.objects.filter(
        side__delegation=delegation,
        kind=Request.Kind.ADMISSION,
        rule=rule,
        granted=True,
    ).exists()


def _country(delegation, on):
    if delegation.partnership is None:
        return
    country = delegation.partnership.partner.country
    if _is_oda_listed(country, on) is False:
        yield Broken(
            Rule.ODA,
            _(
                "%(country)s is not on the list of countries that officially receive "
                "development aid. The conferences are addressed to those countries."
            )
            % {"country": country},
        )
    if not is_addressed(delegation.edition, country):
        yield Broken(
            Rule.COUNTRY,
            _("This conference is not addressed to %(country)s.")
            % {"country": country},
        )


def _is_oda_listed(country, on) -> bool | None:
    return remember(("ODA", country.pk, on), lambda: country.is_oda_listed(on))


def is_addressed(edition, country) -> bool:
    """As `Edition.eligible_countries`, asked about one; none at all is everybody."""
    chosen = remembered.countries_chosen(edition)
    if chosen:
        return country.pk in chosen
    region = edition.series.region_id
    if country.region_id == region:
        return True
    return not Country.objects.filter(region=region).exists()


def _partner(delegation):
    if delegation.kind == delegation.Kind.GUESTS or delegation.edition.partner_optional:
        return
    has_answered = delegation.german_side.planned > 0
    nobody_comes = has_answered and delegation.partner_side.planned == 0
    if delegation.kind == delegation.Kind.MUNICIPALITY or nobody_comes:
        yield Broken(
            Rule.PARTNER, _("This conference expects delegations with a partner.")
        )


def _numbers(delegation):
    if delegation.kind == delegation.Kind.GUESTS:
        return
    for side, rule in (
        (delegation.german_side, Rule.GERMAN_MOST),
        (delegation.partner_side, Rule.PARTNER_MOST),
    ):
        if message := too_many(delegation.edition, side.which, side.planned):
            yield Broken(rule, message)


def too_many(edition, which: str, planned: int) -> str:
    """Why this number of people is above what one delegation may bring; or empty."""
    most = getattr(edition, f"{which}_most")
    if most is None or planned <= most:
        return ""
    if which == "german":
        words = ngettext(
            "At most %(most)d person of the German side can come.",
            "At most %(most)d people of the German side can come.",
            most,
        )
    else:
        words = ngettext(
            "At most %(most)d person of the partner can come.",
            "At most %(most)d people of the partner can come.",
            most,
        )
    return words % {"most": most}
