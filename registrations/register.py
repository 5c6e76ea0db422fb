"""The register of personal data: what we keep about people, why, and how long.

Every field of `registrations`, and of the other models that are about people, stands
either in REGISTER or in NOT_PERSONAL, and a test holds both against the models: who
adds a field decides here what becomes of it.
`registrations.erasure` does what the rules say.
"""

from dataclasses import dataclass
from enum import Enum


class Rule(Enum):
    """When a field is erased."""

    DELEGATION = "with an idle draft, or some time after the conference"
    QUESTION = "with the people, or sooner where its question says so"
    NEEDS = "some days after the conference, as the edition says"
    VISA = "some days after the conference, or when the delegation does not come"
    LINK = "when the link expires, else with its delegation"
    TRACE = "with the row it tells of, else some time after the conference"
    SESSION = "when the session expires"
    ATTEMPT = "the night after it no longer locks anybody out"
    ACCOUNT = "when the organiser deletes the account of who leaves"
    CORRECTION = "some time after its answer, at the latest a year after it was sent"
    PICTURE = "hidden when consent ends; its file goes within hours of its row"
    PUBLIC = "when the organiser changes it: it is published on purpose"


class Readers(Enum):
    """Who may read a field."""

    SIDE = "the side itself and staff for registrations"
    STAFF = "staff for registrations"
    NEEDS = "the side itself and staff who may read diet and accessibility"
    VISA = "the side itself and staff who write letters for visas"
    EDITORS = "staff for partnerships"
    NOBODY = "nobody; the site compares it"
    ADMINISTRATORS = "administrators"
    EVERYBODY = "everybody"


@dataclass(frozen=True)
class Personal:
    """Fields of one model that say something about a person, and why we keep them."""

    model: str
    fields: tuple[str, ...]
    purpose: str
    readers: Readers
    rule: Rule


REGISTER = (
    Personal(
        "registrations.Side",
        ("contact_name", "contact_email", "contact_phone", "organisation"),
        "to reach the one who registers the delegation",
        Readers.SIDE,
        Rule.DELEGATION,
    ),
    Personal(
        "registrations.Participant",
        (
            "side",
            "given_names",
            "family_name",
            "organisation",
            "organisation_kind",
            "function",
            "role",
            "email",
            "language",
        ),
        "to know who comes: lists, badges, and whether the rules are kept",
        Readers.SIDE,
        Rule.DELEGATION,
    ),
    Personal(
        "registrations.Request",
        ("text", "reason"),
        "to decide what a side asks for, and to say why",
        Readers.SIDE,
        Rule.DELEGATION,
    ),
    Personal(
        "registrations.Letter",
        ("context", "error", "sent_to", "subject", "body"),
        "to send letters, and to show later what was said to whom",
        Readers.STAFF,
        Rule.DELEGATION,
    ),
    Personal(
        "registrations.PersonalLink",
        ("token_hash",),
        "to open a side's pages for whoever holds the link",
        Readers.NOBODY,
        Rule.LINK,
    ),
    Personal(
        "registrations.PersonLink",
        ("token_hash",),
        "to open a person's own page for whoever holds the link",
        Readers.NOBODY,
        Rule.LINK,
    ),
    Personal(
        "registrations.HistoryEntry",
        ("actor", "reason"),
        "to show who decided what, and why",
        Readers.STAFF,
        Rule.DELEGATION,
    ),
    Personal(
        "registrations.Offer",
        ("made_by",),
        "to show who offered places by hand",
        Readers.STAFF,
        Rule.DELEGATION,
    ),
    Personal(
        "registrations.PreparedDecision",
        ("reason", "prepared_by"),
        "to look at decisions before they are sent, and to say why",
        Readers.STAFF,
        Rule.DELEGATION,
    ),
    Personal(
        "registrations.Delegation",
        ("note", "entered_by"),
        "to hand a delegation over from one member of staff to another",
        Readers.STAFF,
        Rule.DELEGATION,
    ),
    Personal(
        "registrations.Answer",
        ("side", "participant", "value", "words"),
        "to prepare the conference as its own questions say",
        Readers.SIDE,
        Rule.QUESTION,
    ),
    Personal(
        "registrations.PersonalNeeds",
        ("participant", "diet", "accessibility", "agreed_at", "saved_at"),
        "to cook for everybody and to let everybody take part",
        Readers.NEEDS,
        Rule.NEEDS,
    ),
    Personal(
        "registrations.VisaData",
        (
            "participant",
            "needs_letter",
            "passport_name",
            "issuing_country",
            "birth_date",
            "passport_number",
            "saved_at",
        ),
        "to write the letter with which a person asks for a visa",
        Readers.VISA,
        Rule.VISA,
    ),
    Personal(
        "registrations.Consent",
        ("participant", "what", "wording", "given_at", "withdrawn_at"),
        "to know and to show who has agreed to photos and to the list",
        Readers.SIDE,
        Rule.DELEGATION,
    ),
    Personal(
        "partnerships.Correction",
        ("text", "source", "name", "organisation", "email", "language", "note"),
        "to check what somebody says is wrong, and to ask back",
        Readers.EDITORS,
        Rule.CORRECTION,
    ),
    Personal(
        "registrations.Wish",
        ("participant", "session", "rank"),
        "to give places in workshops as people wish",
        Readers.SIDE,
        Rule.DELEGATION,
    ),
    Personal(
        "registrations.Seat",
        ("participant", "session", "waiting_number", "how", "grounds", "given_at"),
        "to know who takes part in which workshop, and who waits for a place",
        Readers.SIDE,
        Rule.DELEGATION,
    ),
    Personal(
        "registrations.Seat",
        ("reason",),
        "to show why staff gave a place",
        Readers.STAFF,
        Rule.DELEGATION,
    ),
    Personal(
        "admin.LogEntry",
        ("user", "object_repr", "change_message"),
        "to show who changed what in the admin",
        Readers.ADMINISTRATORS,
        Rule.TRACE,
    ),
    Personal(
        "sessions.Session",
        ("session_key", "session_data"),
        "to keep staff logged in",
        Readers.NOBODY,
        Rule.SESSION,
    ),
    Personal(
        "auth.User",
        (
            "username",
            "first_name",
            "last_name",
            "email",
            "password",
            "last_login",
            "date_joined",
        ),
        "to let staff in, and nobody else",
        Readers.ADMINISTRATORS,
        Rule.ACCOUNT,
    ),
    Personal(
        "axes.AccessAttempt",
        (
            "username",
            "ip_address",
            "user_agent",
            "http_accept",
            "path_info",
            "attempt_time",
            "get_data",
            "post_data",
        ),
        "to stop who guesses passwords",
        Readers.NOBODY,
        Rule.ATTEMPT,
    ),
    Personal(
        "otp_totp.TOTPDevice",
        ("user", "key", "created_at", "last_used_at"),
        "to compare what an authenticator app shows",
        Readers.NOBODY,
        Rule.ACCOUNT,
    ),
    Personal(
        "otp_static.StaticDevice",
        ("user", "created_at", "last_used_at"),
        "to let somebody in whose app is lost",
        Readers.NOBODY,
        Rule.ACCOUNT,
    ),
    Personal(
        "otp_static.StaticToken",
        ("device", "token"),
        "to compare a recovery code",
        Readers.NOBODY,
        Rule.ACCOUNT,
    ),
    Personal(
        "conferences.Edition",
        ("contact_email", "contact_phone"),
        "to reach the organiser of a conference",
        Readers.EVERYBODY,
        Rule.PUBLIC,
    ),
    Personal(
        "conferences.Speaker",
        ("name", "slug", "function", "organisation", "municipality", "about"),
        "to announce who speaks and moderates, as the person has agreed",
        Readers.EVERYBODY,
        Rule.PUBLIC,
    ),
    Personal(
        "conferences.Picture",
        (
            "speaker",
            "digest",
            "alt",
            "caption",
            "photographer",
            "consent",
            "consent_on",
            "consent_note",
        ),
        "to show the conference and who speaks there, as those in the picture agreed",
        Readers.EVERYBODY,
        Rule.PICTURE,
    ),
    Personal(
        "conferences.Contribution",
        ("speaker", "role"),
        "to announce who speaks and moderates in which session",
        Readers.EVERYBODY,
        Rule.PUBLIC,
    ),
)

# What says nothing about a person, or nothing once the fields above are empty.
NOT_PERSONAL: dict[str, set[str]] = {
    "conferences.Speaker": {"edition"},
    "conferences.Contribution": {"session", "order"},
    "partnerships.Correction": {
        "partnership",
        "municipality",
        "form_key",
        "asked_at",
        "answered_at",
        "outcome",
    },
    "conferences.Picture": {
        "edition",
        "width",
        "height",
        "order",
        "due_at",
        "prepared_at",
        "failure",
    },
    "registrations.Delegation": {
        "edition",
        "reference",
        "form_key",
        "kind",
        "state",
        "german_municipality",
        "partnership",
        "queue_number",
        "passed_over_at",
        "started_at",
        "saved_at",
        "submitted_at",
        "needs_review_since",
        "reminders_off",
    },
    "registrations.ReminderRule": {"edition", "what", "days", "deadline", "is_on"},
    "registrations.Reminder": {"side", "rule", "what", "written_at"},
    "registrations.Side": {
        "delegation",
        "which",
        "language",
        "planned",
        "online",
        "held",
        "confirmed_at",
        "contact_by",
        "invited_at",
        "answer",
    },
    "registrations.Request": {
        "side",
        "kind",
        "rule",
        "asked_at",
        "answered_at",
        "granted",
    },
    "registrations.PreparedDecision": {"delegation", "verdict", "prepared_at"},
    "registrations.Letter": {
        "kind",
        "side",
        "participant",
        "language",
        "state",
        "written_at",
        "due_at",
        "lease_until",
        "attempts",
        "message_id",
        "sent_at",
    },
    "registrations.Offer": {
        "delegation",
        "german",
        "partner",
        "made_at",
        "expires_at",
        "ended_at",
        "outcome",
        "asked_above",
    },
    "registrations.Allotment": {"edition", "seed", "drawn_at", "made_at", "sent_at"},
    "registrations.LetterText": {"kind", "language", "edition", "subject", "body"},
    "registrations.Participant": {"entered_by", "informed_at"},
    "registrations.PersonLink": {
        "participant",
        "created_at",
        "expires_at",
        "revoked_at",
    },
    "registrations.PersonalLink": {
        "side",
        "purpose",
        "created_at",
        "expires_at",
        "revoked_at",
    },
    "registrations.HistoryEntry": {"delegation", "at", "actor_kind", "verb", "changes"},
    "registrations.Question": {
        "edition",
        "key",
        "type",
        "scope",
        "stage",
        "label",
        "help",
        "required_for",
        "condition_on",
        "condition_values",
        "is_personal",
        "erased_after",
        "order",
        "retired_at",
    },
    "registrations.Option": {"question", "key", "label", "order", "is_offered"},
    "registrations.SecondStage": {
        "edition",
        "answers_until",
        "asks_diet",
        "asks_accessibility",
        "asks_photos",
        "asks_list",
        "visa_for",
        "asks_birth_date",
        "asks_passport_number",
        "needs_erased_after",
        "visa_erased_after",
    },
    "registrations.Answer": {"question", "delegation", "wording", "answered_at"},
    "admin.LogEntry": {"action_time", "content_type", "object_id", "action_flag"},
    "sessions.Session": {"expire_date"},
    "axes.AccessAttempt": {"failures_since_start"},
    "otp_totp.TOTPDevice": {
        "name",
        "confirmed",
        "throttling_failure_timestamp",
        "throttling_failure_count",
        "step",
        "t0",
        "digits",
        "tolerance",
        "drift",
        "last_t",
    },
    "otp_static.StaticDevice": {
        "name",
        "confirmed",
        "throttling_failure_timestamp",
        "throttling_failure_count",
    },
    "auth.User": {"is_superuser", "is_staff", "is_active"},
}


def blank(model: str) -> dict[str, str]:
    """The text fields that a model has in the register, empty."""
    [entry] = [entry for entry in REGISTER if entry.model == model]
    return dict.fromkeys(entry.fields, "")
