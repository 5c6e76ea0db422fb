"""Why somebody has a place in a session, or waits for one, in words for staff."""

from django.utils.translation import gettext as _


def why(
    how: str,
    reason: str = "",
    *,
    lot: int | None = None,
    last: int | None = None,
    came_forward: bool = False,
) -> str:
    """`how` and the figures are those of `allotment.Result`; `reason` is staff's."""
    if lot is None:
        return _("By staff: %(reason)s") % {"reason": reason}
    words = _BY_LOT[how](lot, last)
    if came_forward:
        return words + " " + _("Drew before others: an earlier time was no first wish.")
    return words


def _first(lot, last) -> str:
    return _("First wish, with lot %(lot)d.") % {"lot": lot}


def _second(lot, last) -> str:
    return _("Second wish. %(full)s") % {"full": _full(lot, last)}


def _waits(lot, last) -> str:
    return _("Waits. %(full)s") % {"full": _full(lot, last)}


def _moved_up(lot, last) -> str:
    return _("Moved up: a place came free. Lot: %(lot)d.") % {"lot": lot}


def _full(lot, last) -> str:
    if last is None:
        return _(
            "There was no place to draw for in the first wish; own lot: %(lot)d."
        ) % {"lot": lot}
    return _("The first wish was full with lot %(last)d; own lot: %(lot)d.") % {
        "last": last,
        "lot": lot,
    }


_BY_LOT = {
    "first": _first,
    "second": _second,
    "waits": _waits,
    "moved_up": _moved_up,
}
