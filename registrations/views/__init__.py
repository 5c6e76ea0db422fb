from registrations.views.failure import bad_request, csrf_failure
from registrations.views.links import LinkView, link_sent
from registrations.views.offer import DeclineOfferView, OfferView
from registrations.views.partner import (
    ComeView,
    HandOverView,
    NotComingView,
    PartnerLinkView,
    PartnerPersonView,
    PartnerReplaceView,
    PartnerTakeOutView,
    handed_over,
)
from registrations.views.people import PersonView, ReplaceView, TakeOutView
from registrations.views.person import OwnPageView
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
    "ComeView",
    "ConfirmView",
    "ContactView",
    "DeclineOfferView",
    "DelegationView",
    "GuestsView",
    "HandOverView",
    "LinkView",
    "MunicipalityEnterView",
    "MunicipalityView",
    "NamesView",
    "NotComingView",
    "NumbersView",
    "OfferView",
    "OwnPageView",
    "PartnerLinkView",
    "PartnerPersonView",
    "PartnerReplaceView",
    "PartnerTakeOutView",
    "PartnerTownEnterView",
    "PartnerTownView",
    "PartnerView",
    "PartnershipView",
    "PersonView",
    "ReplaceView",
    "SubmitView",
    "TakeOutView",
    "WithdrawView",
    "bad_request",
    "csrf_failure",
    "handed_over",
    "link_sent",
    "start",
]
