"""What staff decide about a delegation, and how each page reads."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from registrations.admin.decisions import Decision
from registrations.models import Delegation, Refused

State = Delegation.State


def approve(delegation, by, reason):
    return delegation.approve(by=by, reason=reason)


def decline(delegation, by, reason):
    return delegation.decline(by=by, reason=reason)


def withdraw(delegation, by, reason):
    if delegation.state == delegation.State.WITHDRAWN:
        return False
    return delegation.withdraw(by=by, reason=reason)


def reopen(delegation, by, reason):
    return delegation.reopen(by=by, reason=reason)


def send_link(delegation, by, reason):
    return delegation.german_side.send_link(by=by)


def send_partner_link(delegation, by, reason):
    if delegation.partner_side.invited_at is None:
        raise Refused(_("The partner has not been written to yet."))
    return delegation.partner_side.send_link(by=by)


ALL = (
    Decision(
        name="approve",
        title=_("Approve"),
        help=_(
            "A waiting delegation takes its places now, if they fit. If it is not "
            "the first that waits, give a reason: it stands in the history."
        ),
        button=_("Approve and send the letters"),
        act=approve,
        fits=lambda row: row.state in (State.SUBMITTED, State.WAITING),
        done=lambda count: ngettext(
            "%(count)d delegation approved.", "%(count)d delegations approved.", count
        ),
        reason="optional",
    ),
    Decision(
        name="decline",
        title=_("Decline"),
        help=_(
            "Their places come free at once. Freed places go to nobody by themselves."
        ),
        button=_("Decline and send the letters"),
        act=decline,
        fits=lambda row: row.is_live and row.state != State.OFFERED,
        done=lambda count: ngettext(
            "%(count)d delegation declined.", "%(count)d delegations declined.", count
        ),
        reason="required",
    ),
    Decision(
        name="withdraw",
        title=_("Withdraw"),
        help=_(
            "For a delegation that told you that it does not come. Its places come "
            "free at once."
        ),
        button=_("Withdraw and send the letters"),
        act=withdraw,
        fits=lambda row: row.is_live,
        done=lambda count: ngettext(
            "%(count)d delegation withdrawn.", "%(count)d delegations withdrawn.", count
        ),
        reason="required",
    ),
    Decision(
        name="reopen",
        title=_("Reopen"),
        help=_(
            "A declined or withdrawn delegation is taken in again, as if it were new: "
            "it holds places if nobody waits and they fit, or it waits."
        ),
        button=_("Reopen and send the letters"),
        act=reopen,
        fits=lambda row: row.state in (State.DECLINED, State.WITHDRAWN),
        done=lambda count: ngettext(
            "%(count)d delegation reopened.", "%(count)d delegations reopened.", count
        ),
        reason="required",
    ),
    Decision(
        name="send_link",
        title=_("Send the personal link again"),
        help=_(
            "The German contact gets a fresh link by letter. Older links keep working."
        ),
        button=_("Send the letters"),
        act=send_link,
        done=lambda count: ngettext(
            "New link for %(count)d delegation.",
            "New links for %(count)d delegations.",
            count,
        ),
    ),
    Decision(
        name="send_partner_link",
        title=_("Send the partner's link again"),
        help=_(
            "The partner's contact gets a fresh link by letter. Older links keep "
            "working."
        ),
        button=_("Send the letters"),
        act=send_partner_link,
        fits=lambda row: row.partner_side.invited_at is not None,
        done=lambda count: ngettext(
            "New link for %(count)d partner.",
            "New links for %(count)d partners.",
            count,
        ),
    ),
)
