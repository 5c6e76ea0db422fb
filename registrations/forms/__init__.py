from registrations.forms.choice import ChoiceForm
from registrations.forms.contact import BeginForm, ContactForm, PartnerForm
from registrations.forms.link import LinkForm
from registrations.forms.offer import OfferForm
from registrations.forms.page import ConfirmForm
from registrations.forms.partner import (
    HandOverForm,
    NotComingForm,
    OwnNumberForm,
    PartnerContactForm,
)
from registrations.forms.partnership import PartnershipForm
from registrations.forms.people import MOST_ON_A_PAGE, NumbersForm, PeopleForm
from registrations.forms.person import OwnDataForm
from registrations.forms.questions import PreviewForm, QuestionsForm
from registrations.forms.request import AdmissionForm, ChangeForm, WithdrawForm
from registrations.forms.second_stage import ConsentsForm, NeedsForm, VisaForm
from registrations.forms.town import (
    PartnerTownEnterForm,
    TownEnterForm,
    TownForm,
    search,
)

__all__ = [
    "MOST_ON_A_PAGE",
    "AdmissionForm",
    "BeginForm",
    "ChangeForm",
    "ChoiceForm",
    "ConfirmForm",
    "ConsentsForm",
    "ContactForm",
    "HandOverForm",
    "LinkForm",
    "NeedsForm",
    "NotComingForm",
    "NumbersForm",
    "OfferForm",
    "OwnDataForm",
    "OwnNumberForm",
    "PartnerContactForm",
    "PartnerForm",
    "PartnerTownEnterForm",
    "PartnershipForm",
    "PeopleForm",
    "PreviewForm",
    "QuestionsForm",
    "TownEnterForm",
    "TownForm",
    "VisaForm",
    "WithdrawForm",
    "search",
]
