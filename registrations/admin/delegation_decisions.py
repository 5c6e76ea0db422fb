"""What staff decide about a delegation, and how each page reads."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from registrations.admin import offer_decisions
from registrations.admin.decisions import Decision
from registrations.models import Delegation, Refused

State = Delegation.State


def send_partner_link(delegation, by, reason):
    if delegation.partner_side.invited_at is None:
        raise Refused(_("The partner has not been written to yet."))
    return delegation.partner_side.send_link(by=by)


ALL = (
    Decision(
        name="approve",
        title=_("Approve"),
        action=_("Approve the chosen delegations"),
        help=_(
            "A waiting delegation takes its places now, if they fit. If it is not "
            "the first that waits, give a reason: it stands in the history."
        ),
        button=_("Approve and send the letters"),
        fits=lambda row: row.state in (State.SUBMITTED, State.WAITING),
        done=ngettext_lazy(
            "%(count)d delegation approved.", "%(count)d delegations approved.", "count"
        ),
        reason="optional",
    ),
    Decision(
        name="decline",
        title=_("Decline"),
        action=_("Decline the chosen delegations"),
        help=_("Their places come free at once and are offered to those that wait."),
        button=_("Decline and send the letters"),
        fits=lambda row: row.is_live and row.state != State.OFFERED,
        done=ngettext_lazy(
            "%(count)d delegation declined.", "%(count)d delegations declined.", "count"
        ),
        reason="required",
    ),
    Decision(
        name="withdraw",
        title=_("Withdraw"),
        action=_("Withdraw the chosen delegations"),
        help=_(
            "For a delegation that told you that it does not come. Its places come "
            "free at once and are offered to those that wait."
        ),
        button=_("Withdraw and send the letters"),
        fits=lambda row: row.is_live,
        done=ngettext_lazy(
            "%(count)d delegation withdrawn.",
            "%(count)d delegations withdrawn.",
            "count",
        ),
        reason="required",
    ),
    Decision(
        name="reopen",
        title=_("Reopen"),
        action=_("Reopen the chosen delegations"),
        help=_(
            "A declined or withdrawn delegation is taken in again, as if it were new: "
            "it holds places if nobody waits and they fit, or it waits."
        ),
        button=_("Reopen and send the letters"),
        fits=lambda row: row.state in (State.DECLINED, State.WITHDRAWN),
        done=ngettext_lazy(
            "%(count)d delegation reopened.", "%(count)d delegations reopened.", "count"
        ),
        reason="required",
    ),
    *offer_decisions.ALL,
    Decision(
        name="send_link",
        title=_("Send the personal link again"),
        action=_("Send the personal link again"),
        help=_(
            "The German contact gets a fresh link by letter. Older links keep working."
        ),
        button=_("Send the letters"),
        act=lambda row, by, reason: row.german_side.send_link(by=by),
        done=ngettext_lazy(
            "New link for %(count)d delegation.",
            "New links for %(count)d delegations.",
            "count",
        ),
    ),
    Decision(
        name="send_partner_link",
        title=_("Send the partner's link again"),
        action=_("Send the partner's link again"),
        help=_(
            "The partner's contact gets a fresh link by letter. Older links keep "
            "working."
        ),
        button=_("Send the letters"),
        act=send_partner_link,
        fits=lambda row: row.partner_side.invited_at is not None,
        done=ngettext_lazy(
            "New link for %(count)d partner.",
            "New links for %(count)d partners.",
            "count",
        ),
    ),
)
