from registrations.admin.delegation import DelegationAdmin
from registrations.admin.edition_choice import EditionChoiceAdmin
from registrations.admin.edition_questions import EditionQuestionsAdmin
from registrations.admin.entered import EnteredMunicipalityAdmin
from registrations.admin.erasure import EditionFiguresAdmin
from registrations.admin.history import HistoryEntryAdmin
from registrations.admin.letters import LetterAdmin, LetterTextAdmin
from registrations.admin.offers import OfferAdmin
from registrations.admin.places import EditionPlacesAdmin
from registrations.admin.prepared import PreparedDecisionAdmin
from registrations.admin.question import QuestionAdmin
from registrations.admin.reminders import ReminderRuleAdmin
from registrations.admin.requests import RequestAdmin
from registrations.admin.sensitive import PersonalNeedsAdmin, VisaDataAdmin
from registrations.admin.side import SideAdmin

__all__ = [
    "DelegationAdmin",
    "EditionChoiceAdmin",
    "EditionFiguresAdmin",
    "EditionPlacesAdmin",
    "EditionQuestionsAdmin",
    "EnteredMunicipalityAdmin",
    "HistoryEntryAdmin",
    "LetterAdmin",
    "LetterTextAdmin",
    "OfferAdmin",
    "PersonalNeedsAdmin",
    "PreparedDecisionAdmin",
    "QuestionAdmin",
    "ReminderRuleAdmin",
    "RequestAdmin",
    "SideAdmin",
    "VisaDataAdmin",
]
