from registrations.models.capacity import EditionPlaces
from registrations.models.delegation import Delegation
from registrations.models.entered import EnteredMunicipality
from registrations.models.history import HistoryEntry
from registrations.models.letter import Letter, LetterText
from registrations.models.link import PersonalLink, PersonLink
from registrations.models.locking import AlreadyRegistered, Refused
from registrations.models.offer import Offer
from registrations.models.participant import Participant
from registrations.models.reminder import Reminder, ReminderRule
from registrations.models.request import Request
from registrations.models.side import Side

__all__ = [
    "AlreadyRegistered",
    "Delegation",
    "EditionPlaces",
    "EnteredMunicipality",
    "HistoryEntry",
    "Letter",
    "LetterText",
    "Offer",
    "Participant",
    "PersonLink",
    "PersonalLink",
    "Refused",
    "Reminder",
    "ReminderRule",
    "Request",
    "Side",
]
