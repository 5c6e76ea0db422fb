"""What every page under a personal link reads before all else."""

from django.db.models import F
from django.utils import timezone

from conferences import remembered
from partnerships.models import Municipality, Partnership
from partnerships.statement import Statement
from registrations.models.delegation import ROW, Delegation
from registrations.models.link import hashed, opens
from registrations.models.side import Side

# Both sides of the delegation whose door a link opens; `opened` is the link's own.
_BEHIND = Statement(
    lambda: (
        Side.objects.filter(**opens("", path="delegation__sides__links__"))
        .annotate(opened=F("delegation__sides__pk"))
        .order_by()
    )
)
_PARTNERSHIP = Statement(lambda: Partnership.objects.filter(pk=0).order_by())
_TOWN = Statement(lambda: Municipality.objects.filter(pk=0).order_by())


def open_side(token: str, *, names_partnership=False) -> Side | None:
    """The side whose door a personal link opens; None for a dead link.

    It knows the other side and the edition; for pages that name both municipalities
    also these with their countries.
    """
    both = _BEHIND.ask(timezone.now(), hashed(token))
    opened = next((side for side in both if side.pk == side.opened), None)
    if opened is None:
        return None
    delegation = ROW.one(opened.delegation_id)
    delegation.know_sides(both)
    delegation.edition = remembered.edition(pk=delegation.edition_id)
    if names_partnership:
        _load_partnership(delegation)
    return opened


def _load_partnership(delegation: Delegation) -> None:
    """Three statements that are made once take less than one that joins four tables."""
    if delegation.partnership_id is None:
        return
    partnership = _PARTNERSHIP.one(delegation.partnership_id)
    partnership.german = _TOWN.one(partnership.german_id)
    partnership.partner = _TOWN.one(partnership.partner_id)
    countries = remembered.countries()
    for town in (partnership.german, partnership.partner):
        if country := countries.get(town.country_id):
            town.country = country
    delegation.partnership = partnership
    if delegation.german_municipality_id == partnership.german_id:
        delegation.german_municipality = partnership.german
