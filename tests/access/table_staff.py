"""The tables of the admin: who sees, adds, changes and deletes which rows, and more.

Whoever has not got in is led to the sign-in, and to the second factor; staff without
the permission get 403, and change nothing.
"""

from dataclasses import dataclass

from tests.access.who import (
    NEEDS,
    NO_ONE,
    ONLY_CHIEF,
    REGISTRATION,
    STAFF,
    TEXTS,
    VISA,
    staff,
)

Who = frozenset[str]
EDITORS = staff(TEXTS)
REGISTRARS = staff(REGISTRATION)
BOTH = staff(TEXTS, REGISTRATION)
# Who reads what is sensitive, or takes a list of people, is written down.
HISTORY, LOG = ("registrations_historyentry",), ("django_admin_log",)


@dataclass(frozen=True)
class Rows:
    """The usual pages of the rows of one model."""

    see: Who
    add: Who = NO_ONE
    change: Who = NO_ONE
    delete: Who = NO_ONE
    noted: tuple[str, ...] = ()  # where it is written who opened one


TEXT = Rows(EDITORS, add=EDITORS, change=EDITORS, delete=EDITORS)
ACCOUNTS = Rows(ONLY_CHIEF, add=ONLY_CHIEF, change=ONLY_CHIEF, delete=ONLY_CHIEF)

ROWS = {
    "auth.group": ACCOUNTS,
    "auth.user": ACCOUNTS,
    "conferences.edition": Rows(BOTH, add=EDITORS, change=EDITORS, delete=EDITORS),
    "conferences.editionprogramme": Rows(EDITORS, change=EDITORS),
    "conferences.news": TEXT,
    "conferences.page": Rows(EDITORS, add=EDITORS, change=EDITORS),
    "conferences.picture": TEXT,
    "conferences.publication": TEXT,
    "conferences.room": TEXT,
    "conferences.series": Rows(BOTH, add=EDITORS, change=EDITORS, delete=EDITORS),
    "conferences.session": TEXT,
    "conferences.speaker": TEXT,
    "partnerships.correction": Rows(EDITORS, change=EDITORS, delete=EDITORS),
    "partnerships.country": Rows(BOTH, add=EDITORS, change=EDITORS, delete=EDITORS),
    "partnerships.goal": TEXT,
    "partnerships.municipality": Rows(BOTH, add=EDITORS, change=BOTH, delete=EDITORS),
    "partnerships.partnership": Rows(BOTH, add=EDITORS, change=BOTH, delete=EDITORS),
    "partnerships.programme": TEXT,
    "partnerships.region": Rows(BOTH, add=EDITORS, change=EDITORS, delete=EDITORS),
    # Those who read sensitive data find them by the delegation.
    "registrations.delegation": Rows(
        staff(REGISTRATION, NEEDS, VISA), change=REGISTRARS
    ),
    "registrations.editionchoice": Rows(REGISTRARS, change=REGISTRARS),
    "registrations.editionfigures": Rows(REGISTRARS),
    "registrations.editionplaces": Rows(BOTH, change=REGISTRARS),
    "registrations.editionquestions": Rows(REGISTRARS, change=REGISTRARS),
    "registrations.enteredmunicipality": Rows(REGISTRARS, change=REGISTRARS),
    "registrations.historyentry": Rows(REGISTRARS),
    "registrations.letter": Rows(REGISTRARS, change=REGISTRARS),
    "registrations.lettertext": Rows(
        REGISTRARS, add=REGISTRARS, change=REGISTRARS, delete=REGISTRARS
    ),
    "registrations.offer": Rows(REGISTRARS),
    "registrations.personalneeds": Rows(staff(NEEDS), noted=HISTORY),
    "registrations.prepareddecision": Rows(REGISTRARS, change=REGISTRARS),
    "registrations.question": Rows(
        REGISTRARS, add=REGISTRARS, change=REGISTRARS, delete=REGISTRARS
    ),
    "registrations.reminderrule": Rows(
        REGISTRARS, add=REGISTRARS, change=REGISTRARS, delete=REGISTRARS
    ),
    "registrations.request": Rows(REGISTRARS, change=REGISTRARS),
    "registrations.side": Rows(REGISTRARS, change=REGISTRARS),
    "registrations.visadata": Rows(staff(VISA), noted=HISTORY),
}

# New ones begin on a page of their own: of the conference that they are for.
ADDED_WITH = {"registrations.question": "?edition={shown_id}"}
# A conference has one of these from the start: there is no page to add one, for nobody.
NO_PAGE_TO_ADD = {"conferences.editionprogramme", "registrations.editionchoice"}

# Our own actions above a list; nobody else is offered them, and sent they do nothing.
ACTIONS = {
    "auth.user.reset_second_factor": ONLY_CHIEF,
    "conferences.picture.agree": EDITORS,
    "partnerships.correction.mark_done": EDITORS,
    "partnerships.correction.mark_not_taken": EDITORS,
    "partnerships.partnership.publish": BOTH,
    "registrations.delegation.ask_again": REGISTRARS,
    "registrations.delegation.export_participants": REGISTRARS,
    "registrations.delegation.looked_at": REGISTRARS,
    "registrations.delegation.offer_places": REGISTRARS,
    "registrations.delegation.pass_over": REGISTRARS,
    "registrations.delegation.prepare_approval": REGISTRARS,
    "registrations.delegation.prepare_refusal": REGISTRARS,
    "registrations.delegation.reopen": REGISTRARS,
    "registrations.delegation.send_link": REGISTRARS,
    "registrations.delegation.send_partner_link": REGISTRARS,
    "registrations.delegation.take_back": REGISTRARS,
    "registrations.delegation.withdraw": REGISTRARS,
    "registrations.delegation.withdraw_offer": REGISTRARS,
    "registrations.editionplaces.export_participants": REGISTRARS,
    "registrations.editionplaces.take_over_partnerships": EDITORS,
    "registrations.editionquestions.add_usual_questions": REGISTRARS,
    "registrations.enteredmunicipality.mark_checked": REGISTRARS,
    "registrations.letter.send_again": REGISTRARS,
    "registrations.personalneeds.export_texts": staff(NEEDS),
    "registrations.request.grant": REGISTRARS,
    "registrations.request.refuse": REGISTRARS,
    "registrations.visadata.export_texts": staff(VISA),
}


@dataclass(frozen=True)
class Page:
    """One more page of the admin; `of` and `not_of` as in the table of the public."""

    who: Who
    of: str = ""
    not_of: tuple[str, ...] = ()
    get: int = 200
    is_sent: bool = False  # by a button, and never opened
    noted: tuple[str, ...] = ()


def decision(model: str, *names: str) -> dict[str, Page]:
    """The page before the button of each; the rows are chosen in its query."""
    return {f"admin:registrations_{model}_{name}": Page(REGISTRARS) for name in names}


_CHOICE = "admin:registrations_editionchoice"
PAGES = {
    "admin:index": Page(STAFF),
    "admin:jsi18n": Page(STAFF),
    "admin:password_change": Page(STAFF),
    "admin:password_change_done": Page(STAFF),
    "admin:second_factor_own": Page(STAFF),
    "admin:view_on_site": Page(STAFF, "type shown_id", ("type 0", "0 1"), get=302),
    "admin/(?P<url>.*)$": Page(STAFF, "nowhere", get=404),
    "admin:auth_user_password_change": Page(ONLY_CHIEF, "user", ("0",)),
    **decision("delegation", "prepare_approval", "prepare_refusal", "take_back"),
    **decision("delegation", "withdraw", "reopen", "offer_places", "withdraw_offer"),
    **decision("delegation", "pass_over", "ask_again"),
    **decision("delegation", "send_link", "send_partner_link"),
    **decision("request", "grant", "refuse"),
    "admin:registrations_delegation_on_behalf": Page(REGISTRARS),
    "admin:registrations_delegation_looked_at": Page(
        REGISTRARS, "delegation", ("0",), is_sent=True
    ),
    "admin:registrations_prepareddecision_edition": Page(
        REGISTRARS, "shown_id", ("0",)
    ),
    f"{_CHOICE}_person": Page(
        REGISTRARS, "shown_id person", ("other_id person", "0 person", "shown_id 0")
    ),
    f"{_CHOICE}_clear": Page(
        REGISTRARS, "shown_id talk_id", ("other_id talk_id", "shown_id elsewhere_id")
    ),
    f"{_CHOICE}_attendance": Page(
        REGISTRARS,
        "shown_id talk_id",
        ("other_id talk_id", "shown_id elsewhere_id"),
        noted=LOG,
    ),
    "admin:registrations_editionquestions_preview": Page(
        REGISTRARS, "shown_id de", ("0 de",)
    ),
    "admin:registrations_editionquestions_clone": Page(EDITORS, "shown_id", ("0",)),
    "admin:registrations_editionplaces_board": Page(REGISTRARS, "shown_id", ("0",)),
    "admin:registrations_editionfigures_erasure": Page(REGISTRARS),
    "admin:registrations_enteredmunicipality_merge": Page(
        REGISTRARS, "entered", ("0", "town_id")
    ),
    "admin:registrations_lettertext_preview": Page(REGISTRARS),
    "admin:registrations_side_erase": Page(REGISTRARS, "side", ("0",)),
}

# Where each page of the way in leads who is nobody, who has given the password, and who
# is in; 200: it is shown.
WAY_IN = {
    "admin:login": (200, "admin:second_factor", "admin:index"),
    "admin:second_factor": ("admin:login", "admin:second_factor_enrol", "admin:index"),
    "admin:second_factor_enrol": ("admin:login", 200, "admin:second_factor"),
    "admin:logout": (405, 405, 405),  # a button
}

# Rows that a field of a form offers are offered to who may see such rows: see `ROWS`.
OFFERING = "admin:autocomplete"

# The overview of an app is for who may see any of its rows.
OVERVIEW = "admin:app_list"
APPS = {
    "auth": ONLY_CHIEF,
    "conferences": BOTH,
    "partnerships": BOTH,
    "registrations": STAFF,
}
