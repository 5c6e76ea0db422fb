from registrations.views.failure import bad_request, csrf_failure
from registrations.views.links import LinkView, link_sent
from registrations.views.people import PersonView, ReplaceView, TakeOutView
from registrations.views.questions import PersonQuestionsView, QuestionsView
from registrations.views.second_stage import (
    ConsentsView,
    NeedsView,
    SecondPersonView,
    SecondQuestionsView,
    SecondStageView,
    VisaView,
)
from registrations.views.start import BeginView, start
from registrations.views.status import (
    AdmissionView,
    CalendarView,
    ChangeView,
    ConfirmView,
    ContactView,
    DelegationView,
    WithdrawView,
)
from registrations.views.steps import (
    CheckView,
    GuestsView,
    MunicipalityEnterView,
    MunicipalityView,
    NamesView,
    NumbersView,
    PartnershipView,
    PartnerTownEnterView,
    PartnerTownView,
    PartnerView,
    SubmitView,
)

__all__ = [
    "AdmissionView",
    "BeginView",
    "CalendarView",
    "ChangeView",
    "CheckView",
    "ConfirmView",
    "ConsentsView",
    "ContactView",
    "DelegationView",
    "GuestsView",
    "LinkView",
    "MunicipalityEnterView",
    "MunicipalityView",
    "NamesView",
    "NeedsView",
    "NumbersView",
    "PartnerTownEnterView",
    "PartnerTownView",
    "PartnerView",
    "PartnershipView",
    "PersonQuestionsView",
    "PersonView",
    "QuestionsView",
    "ReplaceView",
    "SecondPersonView",
    "SecondQuestionsView",
    "SecondStageView",
    "SubmitView",
    "TakeOutView",
    "VisaView",
    "WithdrawView",
    "bad_request",
    "csrf_failure",
    "link_sent",
    "start",
]
