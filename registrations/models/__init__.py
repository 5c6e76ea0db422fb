from registrations.models.answer import Answer
from registrations.models.capacity import EditionPlaces
from registrations.models.delegation import Delegation
from registrations.models.edition_choice import EditionChoice
from registrations.models.edition_questions import EditionQuestions
from registrations.models.entered import EnteredMunicipality
from registrations.models.figures import EditionFigures
from registrations.models.history import HistoryEntry
from registrations.models.letter import Letter
from registrations.models.letter_text import LetterText
from registrations.models.link import PersonalLink, PersonLink
from registrations.models.locking import AlreadyRegistered, Refused
from registrations.models.offer import Offer
from registrations.models.opening import open_side
from registrations.models.option import Option
from registrations.models.participant import Participant
from registrations.models.prepared import PreparedDecision
from registrations.models.question import Question, Whom
from registrations.models.reminder import Reminder, ReminderRule
from registrations.models.request import Request
from registrations.models.seat import Allotment, Seat, Wish
from registrations.models.second_stage import (
    Consent,
    PersonalNeeds,
    SecondStage,
    VisaData,
)
from registrations.models.side import Side

__all__ = [
    "Allotment",
    "AlreadyRegistered",
    "Answer",
    "Consent",
    "Delegation",
    "EditionChoice",
    "EditionFigures",
    "EditionPlaces",
    "EditionQuestions",
    "EnteredMunicipality",
    "HistoryEntry",
    "Letter",
    "LetterText",
    "Offer",
    "Option",
    "Participant",
    "PersonLink",
    "PersonalLink",
    "PersonalNeeds",
    "PreparedDecision",
    "Question",
    "Refused",
    "Reminder",
    "ReminderRule",
    "Request",
    "Seat",
    "SecondStage",
    "Side",
    "VisaData",
    "Whom",
    "Wish",
    "open_side",
]
