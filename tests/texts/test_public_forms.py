"""Each form of each public page: real names stay, tricks are named, nothing is lost."""

import pytest
from django.test import Client
from django.urls import reverse

from registrations.models import Side
from tests.access.table_links import LINKED
from tests.access.table_public import PUBLIC
from tests.access.test_links import address
from tests.texts import filling, names
from tests.texts.filling import rolled_back

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]

PAGES = [(name, "") for name in PUBLIC]
PAGES += [(name, who) for name, row in LINKED.items() for who in row.whose]
# Forms whose words are looked for, and kept nowhere.
ONLY_ASKS = {"registrations:link"}


def path_of(world, name, who):
    if who:
        token = world.stages[LINKED[name].stage].links[who]
        return address(world, name, token, who=who)
    return reverse(name, args=PUBLIC[name].of.split())


def form_of(response):
    """The form of the page that is typed into, if it has one."""
    typed = [form for form in filling.forms_of(response) if filling.texts(form)]
    assert len(typed) <= 1  # else look at all of them
    return typed[0] if typed else None


def opened(world, name, who):
    """The form of a page, and where it is sent; None where nothing is typed."""
    path = path_of(world, name, who)
    response = Client().get(path, follow=True)
    if response.redirect_chain:
        path = response.redirect_chain[-1][0]
    return path, form_of(response)


def test_most_pages_with_a_form_are_reached(world):
    """The walk finds what it is to look at."""
    found = [page for page in PAGES if opened(world, *page)[1]]

    assert len(found) > 25


@pytest.mark.parametrize(("name", "who"), PAGES)
def test_each_field_keeps_names_and_names_tricks(world, name, who):
    _path, form = opened(world, name, who)

    for one in filling.texts(form) if form else ():
        names.check(form.fields[one], one)
    for one, field in form.fields.items() if form else ():
        if isinstance(field, filling.HAS_A_FORM_OF_ITS_OWN):
            names.check_refused(field, filling.broken(field), one)


@pytest.mark.parametrize(("name", "who"), PAGES)
def test_each_form_keeps_a_real_name(world, name, who):
    path, form = opened(world, name, who)
    handed_in = Side.objects.exclude(delegation__state="draft")
    handed_in.filter(planned__gt=0).update(planned=9)  # room for one more

    for typed in names.HARD if form else ():
        with rolled_back():
            sent = filling.filled(form, typed)
            response = filling.send(Client(), path, sent)
            assert response.status_code == 302, form_of(response).errors
            kept = set(filling.everything_kept())
        for field in filling.texts(form):
            text = names.composed(typed[: form.fields[field].most]).strip()
            assert any(text in one for one in kept) or name in ONLY_ASKS, field


@pytest.mark.parametrize(("name", "who"), PAGES)
def test_each_form_names_what_is_wrong_and_loses_nothing(world, name, who):
    path, form = opened(world, name, who)
    good = filling.filled(form, "Wort") if form else {}

    for field in filling.texts(form) if form else ():
        for what in ("U+202E", "NUL", "lone surrogate"):
            sent = {**good, field: names.UNSEEN[what]}
            response = filling.send(Client(), path, sent)
            assert response.status_code == 200, (field, what)
            again = form_of(response)
            assert list(again.errors) == [field], (field, what)
            assert len(again.errors[field]) == 1
            shown = {one: again[one].value() for one in filling.texts(form)}
            assert shown | {field: "Wort"} == {one: good[one] for one in shown}
            assert shown[field].startswith("Erika")
            assert not set(shown[field]) & set("\0\u202e\ud800")
