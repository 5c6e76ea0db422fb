from registrations.forms.contact import BeginForm, ContactForm, PartnerForm
from registrations.forms.link import LinkForm
from registrations.forms.page import ConfirmForm, PageForm
from registrations.forms.partnership import PartnershipForm
from registrations.forms.people import MOST_ON_A_PAGE, NumbersForm, PeopleForm
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
    "ConfirmForm",
    "ConsentsForm",
    "ContactForm",
    "LinkForm",
    "NeedsForm",
    "NumbersForm",
    "PageForm",
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
