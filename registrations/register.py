"""The register of personal data: what we keep about people, why, and how long.

Every field of `registrations`, and of the other models that are about people, stands
either in REGISTER or in NOT_PERSONAL, and a test holds both against the models: who
adds a field decides here what becomes of it.
`registrations.erasure` does what the rules say.
"""

from dataclasses import dataclass
from enum import Enum

from django.utils.translation import gettext_noop as _


class Rule(Enum):
    """When a field is erased."""

    DELEGATION = _("with an idle draft, or some time after the conference")
    QUESTION = _("with the people, or sooner where its question says so")
    NEEDS = _("some days after the conference, as the edition says")
    VISA = _("some days after the conference, or when the delegation does not come")
    LINK = _("when the link expires, else with its delegation")
    TRACE = _("with the row it tells of, else some time after the conference")
    DAY = _("a day later")
    SESSION = _("when the session expires")
    ATTEMPT = _("the night after it no longer locks anybody out")
    ACCOUNT = _("when the organiser deletes the account of who leaves")
    CORRECTION = _("some time after its answer, at the latest a year after it was sent")
    PICTURE = _("hidden when consent ends; its file goes within hours of its row")
    PUBLIC = _("when the organiser changes it: it is published on purpose")


class Readers(Enum):
    """Who may read a field."""

    SIDE = _("the side itself and staff for registrations")
    STAFF = _("staff for registrations")
    NEEDS = _("the side itself and staff who may read diet and accessibility")
    VISA = _("the side itself and staff who write letters for visas")
    EDITORS = _("staff for partnerships")
    NOBODY = _("nobody; the site compares it")
    ADMINISTRATORS = _("administrators")
    EVERYBODY = _("everybody")


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
        _("to reach the one who registers the delegation"),
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
        _("to know who comes: lists, badges, and whether the rules are kept"),
        Readers.SIDE,
        Rule.DELEGATION,
    ),
    Personal(
        "registrations.Request",
        ("text", "reason"),
        _("to decide what a side asks for, and to say why"),
        Readers.SIDE,
        Rule.DELEGATION,
    ),
    Personal(
        "registrations.Letter",
        ("context", "error", "sent_to", "subject", "body"),
        _("to send letters, and to show later what was said to whom"),
        Readers.STAFF,
        Rule.DELEGATION,
    ),
    Personal(
        "registrations.PersonalLink",
        ("token_hash",),
        _("to open a side's pages for whoever holds the link"),
        Readers.NOBODY,
        Rule.LINK,
    ),
    Personal(
        "registrations.PersonLink",
        ("token_hash",),
        _("to open a person's own page for whoever holds the link"),
        Readers.NOBODY,
        Rule.LINK,
    ),
    Personal(
        "registrations.HistoryEntry",
        ("actor", "reason"),
        _("to show who decided what, and why"),
        Readers.STAFF,
        Rule.DELEGATION,
    ),
    Personal(
        "registrations.Offer",
        ("made_by",),
        _("to show who offered places by hand"),
        Readers.STAFF,
        Rule.DELEGATION,
    ),
    Personal(
        "registrations.PreparedDecision",
        ("reason", "prepared_by"),
        _("to look at decisions before they are sent, and to say why"),
        Readers.STAFF,
        Rule.DELEGATION,
    ),
    Personal(
        "registrations.Delegation",
        ("note", "entered_by"),
        _("to hand a delegation over from one member of staff to another"),
        Readers.STAFF,
        Rule.DELEGATION,
    ),
    Personal(
        "registrations.Answer",
        ("side", "participant", "value", "words"),
        _("to prepare the conference as its own questions say"),
        Readers.SIDE,
        Rule.QUESTION,
    ),
    Personal(
        "registrations.PersonalNeeds",
        ("participant", "diet", "accessibility", "agreed_at", "saved_at"),
        _("to cook for everybody and to let everybody take part"),
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
        _("to write the letter with which a person asks for a visa"),
        Readers.VISA,
        Rule.VISA,
    ),
    Personal(
        "registrations.Consent",
        ("participant", "what", "wording", "given_at", "withdrawn_at"),
        _("to know and to show who has agreed to photos and to the list"),
        Readers.SIDE,
        Rule.DELEGATION,
    ),
    Personal(
        "partnerships.Correction",
        ("text", "source", "name", "organisation", "email", "language", "note"),
        _("to check what somebody says is wrong, and to ask back"),
        Readers.EDITORS,
        Rule.CORRECTION,
    ),
    Personal(
        "registrations.Wish",
        ("participant", "session", "rank"),
        _("to give places in workshops as people wish"),
        Readers.SIDE,
        Rule.DELEGATION,
    ),
    Personal(
        "registrations.Seat",
        ("participant", "session", "waiting_number", "how", "grounds", "given_at"),
        _("to know who takes part in which workshop, and who waits for a place"),
        Readers.SIDE,
        Rule.DELEGATION,
    ),
    Personal(
        "registrations.Seat",
        ("reason",),
        _("to show why staff gave a place"),
        Readers.STAFF,
        Rule.DELEGATION,
    ),
    Personal(
        "admin.LogEntry",
        ("user", "object_repr", "change_message"),
        _("to show who changed what in the admin"),
        Readers.ADMINISTRATORS,
        Rule.TRACE,
    ),
    Personal(
        "partnerships.ThrottleCount",
        ("who",),
        _("to stop scripts that register or ask for links without end"),
        Readers.NOBODY,
        Rule.DAY,
    ),
    Personal(
        "partnerships.ThrottleKey",
        ("secret",),
        _("to stop them without keeping an address"),
        Readers.NOBODY,
        Rule.DAY,
    ),
    Personal(
        "sessions.Session",
        ("session_key", "session_data"),
        _("to keep staff logged in"),
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
        _("to let staff in, and nobody else"),
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
        _("to stop who guesses passwords"),
        Readers.NOBODY,
        Rule.ATTEMPT,
    ),
    Personal(
        "otp_totp.TOTPDevice",
        ("user", "key", "created_at", "last_used_at"),
        _("to compare what an authenticator app shows"),
        Readers.NOBODY,
        Rule.ACCOUNT,
    ),
    Personal(
        "otp_static.StaticDevice",
        ("user", "created_at", "last_used_at"),
        _("to let somebody in whose app is lost"),
        Readers.NOBODY,
        Rule.ACCOUNT,
    ),
    Personal(
        "otp_static.StaticToken",
        ("device", "token"),
        _("to compare a recovery code"),
        Readers.NOBODY,
        Rule.ACCOUNT,
    ),
    Personal(
        "conferences.Edition",
        ("contact_email", "contact_phone"),
        _("to reach the organiser of a conference"),
        Readers.EVERYBODY,
        Rule.PUBLIC,
    ),
    Personal(
        "conferences.Speaker",
        ("name", "slug", "function", "organisation", "municipality", "about"),
        _("to announce who speaks and moderates, as the person has agreed"),
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
        _("to show a conference and who speaks there, as those in the picture agreed"),
        Readers.EVERYBODY,
        Rule.PICTURE,
    ),
    Personal(
        "conferences.Contribution",
        ("speaker", "role"),
        _("to announce who speaks and moderates in which session"),
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
        "key",
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
    "registrations.Participant": {"entered_by", "informed_at", "key"},
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
    "registrations.EditionFigures": {
        "edition",
        "people",
        "german",
        "partner",
        "online",
        "delegations",
        "partnerships",
        "countries",
        "frozen_at",
    },
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
    "partnerships.ThrottleCount": {"purpose", "begins_at", "count"},
    "partnerships.ThrottleKey": {"day"},
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
