"""What staff do about offers: by hand to one, back from one, past one."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from registrations.admin.decisions import Decision
from registrations.models import Delegation

State = Delegation.State


def is_waiting(row) -> bool:
    return row.state == State.WAITING


ALL = (
    Decision(
        name="offer_places",
        title=_("Offer places"),
        action=_("Offer places to the chosen delegations"),
        help=_(
            "The free places are offered to this delegation, although it is not its "
            "turn. If others wait longer, give a reason: it stands in the history."
        ),
        button=_("Offer the places and send the letters"),
        fits=is_waiting,
        done=ngettext_lazy(
            "Places offered to %(count)d delegation.",
            "Places offered to %(count)d delegations.",
            "count",
        ),
        reason="optional",
    ),
    Decision(
        name="withdraw_offer",
        title=_("Withdraw the offer"),
        action=_("Withdraw the chosen offers"),
        help=_(
            "The delegation goes back to the waiting list and keeps its number. Its "
            "places are offered to the next."
        ),
        button=_("Withdraw the offer and send the letters"),
        fits=lambda row: row.state == State.OFFERED,
        done=ngettext_lazy(
            "%(count)d offer withdrawn.", "%(count)d offers withdrawn.", "count"
        ),
        reason="required",
    ),
    Decision(
        name="pass_over",
        title=_("Pass over"),
        action=_("Pass over the chosen delegations"),
        help=_(
            "Freed places are offered to others first, until you take this back. The "
            "delegation keeps its number, and gets no letter."
        ),
        button=_("Pass over"),
        fits=lambda row: is_waiting(row) and row.passed_over_at is None,
        done=ngettext_lazy(
            "%(count)d delegation passed over.",
            "%(count)d delegations passed over.",
            "count",
        ),
        reason="required",
    ),
    Decision(
        name="ask_again",
        title=_("No longer pass over"),
        action=_("No longer pass over the chosen delegations"),
        help=_("Freed places are offered to the delegation again when it is its turn."),
        button=_("No longer pass over"),
        # Only who waits is passed over: it ends with the waiting.
        fits=lambda row: row.passed_over_at is not None,
        done=ngettext_lazy(
            "%(count)d delegation is no longer passed over.",
            "%(count)d delegations are no longer passed over.",
            "count",
        ),
        reason="optional",
    ),
)
