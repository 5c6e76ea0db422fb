"""The participants of conferences as a table that opens in a spreadsheet program."""

import csv
import io
import re
import unicodedata

from django.utils.translation import gettext as _

from conferences.models import Edition
from registrations import questions
from registrations.models import Consent, Delegation, Participant, SecondStage

# What a spreadsheet program may take for the beginning of a formula.
_FORMULA = frozenset("=+-@")
# No key of a question holds a colon.
CONSENT = "consent:"
_PHONE = re.compile(r"\+[0-9 ()/.\-]+")
_SPACES = {"Cc", "Cf", "Zs", "Zl", "Zp"}


def harmless(value: str) -> str:
    """The value as a cell that is never a formula; phone numbers stay as they are.

    Programs skip spaces and invisible signs before a formula, and some read its
    first sign in full width as well. An apostrophe in front makes it a text.
    """
    value = value.replace("\0", "")
    if _PHONE.fullmatch(value):
        return value
    for sign in value:
        if unicodedata.category(sign) in _SPACES:
            continue
        is_formula = unicodedata.normalize("NFKC", sign) in _FORMULA
        return f"'{value}" if is_formula else value
    return value


def editions_of(delegations):
    return Edition.objects.filter(pk__in=delegations.order_by().values("edition"))


def participants(delegations) -> list[list[str]]:
    """One row per place of those that are live; unnamed places say so."""
    live = Delegation.objects.live().filter(pk__in=delegations.values("pk"))
    # Read once: who hands in meanwhile is in the next table.
    chosen = list(live.with_all().order_by("edition", "reference"))
    asked = Asked(editions_of(delegations), chosen)
    rows = []
    for delegation in chosen:
        for side in (delegation.german_side, delegation.partner_side):
            start = _of_side(delegation, side)
            rows += [
                [*start, *_of_person(person), *asked.cells(side, person)]
                for person in side.people
            ]
            unnamed = [*start, "", _("name follows"), *[""] * 6, *asked.cells(side)]
            rows += [unnamed] * side.unnamed
    return rows


class Asked:
    """The columns of the questions of some editions, one for each key.

    Then those of the consents, where an edition asks for them.
    """

    def __init__(self, editions, delegations=()):
        self.sheets: dict[int, questions.Sheet] = {}
        self.columns: dict[str, str] = {}
        for edition in editions:
            own = [one for one in delegations if one.edition_id == edition.pk]
            self.sheets |= questions.sheets(edition, own)
            for question in edition.questions.all():
                self.columns.setdefault(question.key, str(question))
        self.given: set[tuple[int, str]] = set()
        if SecondStage.objects.filter(edition__in=editions).exists():
            self._add_consents(delegations)

    def _add_consents(self, delegations) -> None:
        for what in Consent.What:
            self.columns[f"{CONSENT}{what}"] = _("consent to %(what)s") % {
                "what": what.label
            }
        given = Consent.objects.given().filter(
            participant__side__delegation__in=[one.pk for one in delegations]
        )
        self.given = set(given.values_list("participant", "what"))

    def cells(self, side, person=None) -> list[str]:
        """What counts now, in the order of the columns."""
        sheet = self.sheets[side.delegation_id]
        about_all = sheet.items(questions.Scope.DELEGATION, side.delegation.german_side)
        items = [*about_all, *sheet.items(questions.Scope.SIDE, side)]
        if person:
            items += sheet.of_person(person, side)
        words = {item.question.key: item.words for item in items if item.is_shown}
        for what in Consent.What:
            if person and (person.pk, what.value) in self.given:
                words[f"{CONSENT}{what}"] = _("yes")
        return [words.get(key, "") for key in self.columns]


def csv_file(rows: list[list[str]], editions=()) -> bytes:
    """Participants below their header."""
    return table([[*_header(), *Asked(editions).columns.values()], *rows])


def table(rows: list[list[str]]) -> bytes:
    """UTF-8 with a mark and semicolons: so German spreadsheet programs open it.

    Every cell is quoted, so that none is parted by a program that expects commas.
    """
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", quoting=csv.QUOTE_ALL)
    for row in rows:
        writer.writerow([harmless(cell) for cell in row])
    return text.getvalue().encode("utf-8-sig")


def _header() -> list[str]:
    person = Participant._meta.get_field
    names = ["given_names", "family_name", "organisation", "organisation_kind"]
    names += ["function", "role", "email", "language"]
    return [
        _("conference"),
        _("reference"),
        _("state"),
        _("side"),
        _("municipality"),
        _("country"),
        _("contact's telephone"),
        *(str(person(name).verbose_name) for name in names),  # type: ignore[union-attr]  # real columns
    ]


def _of_side(delegation, side) -> list[str]:
    town = delegation.german_municipality
    if not side.is_german:
        town = delegation.partnership.partner if delegation.partnership else None
    return [
        str(delegation.edition),
        delegation.reference,
        delegation.get_state_display(),
        side.get_which_display(),
        str(town or side.organisation),
        str(town.country) if town else "",
        side.contact_phone,
    ]


def _of_person(person) -> list[str]:
    return [
        person.given_names,
        person.family_name,
        person.organisation,
        person.get_organisation_kind_display(),
        person.function,
        person.get_role_display(),
        person.email,
        person.get_language_display(),
    ]
