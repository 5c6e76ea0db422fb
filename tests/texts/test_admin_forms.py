"""Each form of the admin keeps real names too, and names what nobody can see."""

import pytest
from django import forms
from django.contrib.admin.helpers import AdminForm
from django.test.utils import ContextList

from partnerships.plain_text import PlainField
from tests.access.table_staff import PAGES
from tests.access.test_staff import ROWS_AND_PAGES, path, usual_address
from tests.access.who import CHIEF
from tests.texts import filling, names

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]

USUAL = [pair for pair in ROWS_AND_PAGES if pair[1] in ("add", "change")]
# Fields of text that are no words: each with the reason.
NO_WORDS = {
    "code": "of the second factor: signs of another kind are just wrong",
    "username": "Django's own, for signing in",
    "password": "any sign may be in a password",
    "password1": "any sign may be in a password",
    "password2": "any sign may be in a password",
    "old_password": "any sign may be in a password",
    "new_password1": "any sign may be in a password",
    "new_password2": "any sign may be in a password",
    "slug": "a word in an address: ASCII only",
    "key": "a word in an address: ASCII only",
}


def fields_of(form):
    """Those into which words are typed."""
    return {
        name: field
        for name, field in form.fields.items()
        if isinstance(field, forms.CharField) and not field.widget.is_hidden
        if name not in NO_WORDS and not field.disabled
    }


def all_forms(response):
    """Also the rows below a form, and the empty one of which new rows are made."""
    yield from filling.forms_of(response)
    layers = response.context if isinstance(response.context, ContextList) else ()
    for layer in layers:
        for part in layer.dicts:
            if isinstance(part.get("adminform"), AdminForm):
                yield part["adminform"].form
            for inline in part.get("inline_admin_formsets", ()):
                yield from [*inline.formset.forms, inline.formset.empty_form]


def check(response):
    found = 0
    for form in all_forms(response):
        for name, field in fields_of(form).items():
            assert isinstance(field, PlainField), f"{type(form).__name__}.{name}"
            found += 1
            if filling.is_free(field):
                names.check(field, name)
            else:
                names.check_refused(field, filling.broken(field), name)
    return found


@pytest.mark.parametrize(("model", "page"), USUAL)
def test_each_field_of_a_row_is_cleaned(world, model, page):
    check(world.clients[CHIEF].get(usual_address(world, model, page), follow=True))


@pytest.mark.parametrize("name", PAGES)
def test_each_field_of_another_page_is_cleaned(world, name):
    query = {"chosen": world.words["delegation"]}

    check(world.clients[CHIEF].get(path(world, name, PAGES[name].of), query))


def sent_with(response, text):
    """What a browser sends once a text stands in each field of a row and below it."""
    sent = {}
    for layer in response.context:
        for part in layer.dicts:
            if isinstance(part.get("adminform"), AdminForm):
                sent |= filling.filled(part["adminform"].form, text)
            for inline in part.get("inline_admin_formsets", ()):
                management = inline.formset.management_form
                count = len(inline.formset.initial_forms)
                for name in ("TOTAL_FORMS", "INITIAL_FORMS"):
                    sent[management.add_prefix(name)] = count
                for form in inline.formset.initial_forms:
                    sent |= filling.filled(form, text)
    return sent


@pytest.mark.parametrize("model", [m for m, page in USUAL if page == "change"])
def test_each_row_keeps_a_real_name(world, model):
    client = world.clients[CHIEF]
    page = usual_address(world, model, "change")
    response = client.get(page)
    shown = response.context.get("adminform")
    fields = list(filling.texts(shown.form)) if shown else []

    for typed in names.HARD if fields else ():
        with filling.rolled_back():
            answer = filling.send(client, page, sent_with(response, typed))
            again = (
                [one.errors for one in all_forms(answer) if one.errors]
                if answer.status_code == 200
                else []
            )
            assert not again, again
            kept = set(filling.everything_kept())
        assert any(names.composed(typed) in one for one in kept)
