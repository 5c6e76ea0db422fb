"""A form that is sent twice at the same moment makes one suggestion."""

import pytest
from django.test import Client

from partnerships.models import Correction
from tests.factories import PartnershipFactory
from tests.partnerships.test_corrections import TYPED, form_of
from tests.registrations.test_at_once import at_once, meet

__all__ = ["meet"]

pytestmark = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]


def test_a_button_pressed_twice_makes_one_suggestion(meet):
    about = PartnershipFactory()
    meet(type(Correction.objects.all()), "create", before=True)

    def post():
        typed = {**TYPED, "form_key": "k" * 32}
        return Client().post(form_of(about), typed).status_code

    outcomes = at_once(post, post)

    assert outcomes == [302, 302]
    assert Correction.objects.count() == 1
