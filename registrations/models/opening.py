"""What every page under a personal link reads before all else."""

from django.db.models import F
from django.utils import timezone

from conferences import remembered
from partnerships.statement import Statement
from registrations import towns
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


def open_side(token: str, *, names_towns=False) -> Side | None:
    """The side whose door a personal link opens; None for a dead link.

    It knows the other side and the edition; for pages that name municipalities also
    these with their countries, as far as they are chosen.
    """
    both = _BEHIND.ask(timezone.now(), hashed(token))
    opened = next((side for side in both if side.pk == side.opened), None)
    if opened is None:
        return None
    delegation = ROW.one(opened.delegation_id)
    delegation.know_sides(both)
    delegation.edition = remembered.edition(pk=delegation.edition_id)
    if names_towns:
        _load_towns(delegation)
    return opened


def _load_towns(delegation: Delegation) -> None:
    if delegation.partnership_id is not None:
        partnership = towns.partnership(delegation.partnership_id)
        delegation.partnership = partnership
        if delegation.german_municipality_id == partnership.german_id:
            delegation.german_municipality = partnership.german
    elif delegation.german_municipality_id is not None:
        delegation.german_municipality = towns.town(delegation.german_municipality_id)
