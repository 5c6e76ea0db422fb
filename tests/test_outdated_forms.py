"""A form whose cookie is gone comes back filled, and with a button that goes on.

Every form that a visitor can send, on every page and in every state of the tour.
"""

import re

import pytest
from django.test import Client

from tests.browser import tour
from tests.factories import EditionFactory
from tests.registrations.answers import CONTACT, begin_address

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demonstrated")]

FORM = re.compile(r'<form[^>]*method="post"[^>]*>.*?</form>', re.S)
ACTION = re.compile(r'<form[^>]*action="([^"]*)"')
TEXT = re.compile(r'<(?:input[^>]*type="(?:text|email|tel)"|textarea)[^>]*>')
NAME = re.compile(r'name="([^"]+)"')
TYPED = "Was ich schrieb"


def forms(page: str):
    """Where each form goes, and its fields for text."""
    main = page[page.index("<main") : page.index("</main>")]
    for form in FORM.findall(main):
        action = ACTION.match(form)
        fields = [name for field in TEXT.findall(form) for name in NAME.findall(field)]
        yield action[1] if action else "", fields


def sent_without_a_cookie(address, fields):
    client = Client(enforce_csrf_checks=True)
    return client.post(address, dict.fromkeys(fields, TYPED))


def test_what_was_typed_comes_back_with_a_button_that_works():
    lost, tried = {}, 0
    for stop in tour.stops("de"):
        page = Client().get(stop.path).content.decode()
        for action, fields in forms(page):
            address = action or stop.path
            answer = sent_without_a_cookie(address, fields)
            body = answer.content.decode()
            tried += 1
            if answer.status_code != 403:
                lost[stop.name, address] = answer.status_code
            elif fields and body.count(TYPED) < len(fields):
                lost[stop.name, address] = fields
            elif fields and "csrfmiddlewaretoken" not in body:
                lost[stop.name, address] = "no button"

    assert lost == {}
    assert tried > 60


def test_a_form_from_before_the_key_was_changed_is_taken(settings):
    address = begin_address(EditionFactory())
    client = Client(enforce_csrf_checks=True)
    page = client.get(address).content.decode()
    fields = dict(re.findall(r'name="(csrf[a-z]*|form_key)" value="([^"]+)"', page))
    settings.SECRET_KEY = "another key, and the old one is gone"

    answer = client.post(address, {**CONTACT, **fields})

    assert answer.status_code == 302
