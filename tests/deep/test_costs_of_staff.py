"""A megabyte in each field of the admin alone is refused beside it, and costs little.

All else of its form is sent as it was shown. A field into which nobody types may also
be read as if nothing had been sent.
"""

from urllib.parse import quote_plus, urlencode

import pytest
from django import forms

from tests.access.addresses import addresses
from tests.access.asked import asked, fields_in, taken
from tests.access.table_staff import PAGES
from tests.access.test_bodies import ANSWERED
from tests.deep.test_costs import MEGABYTE, MOST_SECONDS, PLAIN, SIGNS, timed
from tests.texts import filling
from tests.texts.test_admin_forms import NO_WORDS, all_forms, sent_with

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.any_database,
    pytest.mark.usefixtures("kept_files"),
]

OF_STAFF = [name for name in addresses() if "admin" in name]
NEW_ROW = "-__prefix__-"
# A row is chosen as well: ModelChoiceField is a ChoiceField.
NOT_TYPED = (forms.ChoiceField, forms.BooleanField, forms.FileField)
REFUSED = (400, 413)
NOT_KEPT = {"admin:registrations_editionquestions_preview"}  # looks, and saves nothing
FEWEST = 600  # fields into which somebody of the staff types


def opened(world, name):
    """An address as its page is shown; of decisions, with a row chosen."""
    page = asked(world, name)
    query = {"chosen": world.words["delegation"]} if name in PAGES else {}
    answer = page.client.get(page.path, query)
    return page, answer, taken(answer) if is_page(answer) else ""


def is_page(answer) -> bool:
    return answer["Content-Type"].startswith("text/html") and bool(answer.context)


def every_form(answer):
    """Also the rows of a list that can be changed there."""
    yield from all_forms(answer)
    listed = answer.context.get("cl")
    yield from getattr(getattr(listed, "formset", None), "forms", ())


def shown_in(answer, text: str) -> dict:
    """What a browser would send; of the buttons only the one that saves."""
    page = {name: values[0] for name, values in fields_in(text).items()}
    rows = {name: page[name] for name in page if name.endswith("-TOTAL_FORMS")}
    sent = dict(page)
    for form in every_form(answer):
        sent |= filling.filled(form, "Wort")
    sent |= sent_with(answer, "Wort") | rows | {"_save": "1"}
    return {
        name: value
        for name, value in sent.items()
        if name == "_save" or not name.startswith(("_", "action"))
    }


def is_typed(field) -> bool:
    is_hidden = field.widget.is_hidden or field.disabled
    return not (is_hidden or isinstance(field, NOT_TYPED))


def typed_names(answer) -> set[str]:
    return {
        form.add_prefix(name)
        for form in every_form(answer)
        for name, field in form.fields.items()
        if is_typed(field)
    }


def belongs(name: str, fields: set[str]) -> bool:
    """A day and its time are two parts of one field."""
    return name in fields or name.rpartition("_")[0] in fields


def refused(answer) -> set[str]:
    return {
        form.add_prefix(name)
        for form in every_form(answer)
        if form.is_bound
        for name in form.errors
    }


def with_a_megabyte(sent: dict, name: str, sign: str) -> tuple[str, dict]:
    """Of a row that is not there yet, the first that is."""
    kept = {one: value for one, value in sent.items() if NEW_ROW not in one}
    rows, is_new, field = name.partition(NEW_ROW)
    if is_new:
        total = f"{rows}-TOTAL_FORMS"
        name = f"{rows}-{kept[total]}-{field}"
        kept[total] = int(kept[total]) + 1
    return name, kept | {name: sign * (MEGABYTE // len(quote_plus(sign)))}


def check(page, sent: dict, field: str, sign: str, is_of_words: bool) -> None:
    name, whole = with_a_megabyte(sent, field, sign)
    body = urlencode(whole, doseq=True)
    how = {"path": page.path, "data": body, "content_type": PLAIN}
    with filling.rolled_back():
        answer, took = timed(page, method="POST", **how)
    assert took <= MOST_SECONDS, (field, sign)
    assert answer.status_code in ANSWERED, (field, sign, answer.status_code)
    if is_of_words and answer.status_code not in REFUSED:
        assert answer.status_code == 200, (field, sign)
        found = refused(answer)  # of a password also what is typed once more
        assert found if field in NO_WORDS else belongs(name, found), (field, found)


@pytest.mark.parametrize("name", OF_STAFF)
def test_a_megabyte_in_one_field_of_staff_is_refused_and_costs_little(world, name):
    _page, answer, text = opened(world, name)
    if not text:
        return
    typed, sent = typed_names(answer) & set(fields_in(text)), shown_in(answer, text)
    typed = set() if name in NOT_KEPT else typed

    for number, field in enumerate(sent):  # all signs at once: see `test_costs`
        sign = SIGNS[number % len(SIGNS)]
        check(asked(world, name), sent, field, sign, belongs(field, typed))


def test_the_walk_finds_the_fields_of_staff(world):
    found = 0
    for name in OF_STAFF:
        _page, answer, text = opened(world, name)
        found += len(typed_names(answer)) if text else 0

    assert found >= FEWEST, found
