"""What staff decide about a delegation, and how each page reads."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from registrations.admin import offer_decisions
from registrations.admin.decisions import Decision
from registrations.admin.prepared import way_on
from registrations.models import Delegation, PreparedDecision, Refused

State = Delegation.State
Verdict = PreparedDecision.Verdict


def prepared(row) -> PreparedDecision | None:
    return getattr(row, "prepared", None)


def preparing(verdict):
    """The act of noting a decision that is sent later."""

    def act(row, by, reason):
        PreparedDecision.objects.prepare(row, verdict, by=by, reason=reason)

    return act


def take_back(row, by, reason) -> bool:
    before = prepared(row)
    return before is not None and before.take_back(by=by)


def reason_before(row) -> str:
    before = prepared(row)
    return before.reason if before else ""


def send_partner_link(delegation, by, reason):
    if delegation.partner_side.invited_at is None:
        raise Refused(_("The partner has not been written to yet."))
    return delegation.partner_side.send_link(by=by)


ALL = (
    Decision(
        name="prepare_approval",
        title=_("Prepare an approval"),
        action=_("Prepare approvals of the chosen delegations"),
        help=_(
            "Nothing is sent yet: next you look at the letters and send them together. "
            "A delegation that does not wait longest needs a reason."
        ),
        button=_("Prepare, then look at the letters"),
        fits=lambda row: not row.why_state_forbids_approving(),
        act=preparing(Verdict.APPROVE),
        done=ngettext_lazy(
            "%(count)d approval prepared.", "%(count)d approvals prepared.", "count"
        ),
        reason="optional",
        reason_before=reason_before,
        way_on=way_on,
    ),
    Decision(
        name="prepare_refusal",
        title=_("Prepare a refusal"),
        action=_("Prepare refusals of the chosen delegations"),
        help=_(
            "Nothing is sent yet: next you look at the letters and send them together. "
            "Without a reason a refusal is not sent. You can write it later."
        ),
        button=_("Prepare, then look at the letters"),
        fits=lambda row: not row.why_state_forbids_declining(),
        act=preparing(Verdict.DECLINE),
        done=ngettext_lazy(
            "%(count)d refusal prepared.", "%(count)d refusals prepared.", "count"
        ),
        reason="optional",
        reason_before=reason_before,
        way_on=way_on,
    ),
    Decision(
        name="take_back",
        title=_("Take back what is prepared"),
        action=_("Take back prepared decisions"),
        help=_("The delegation is undecided again. Nobody outside learns of it."),
        button=_("Take back"),
        fits=lambda row: prepared(row) is not None,
        act=take_back,
        done=ngettext_lazy(
            "%(count)d prepared decision taken back.",
            "%(count)d prepared decisions taken back.",
            "count",
        ),
        way_on=way_on,
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
