"""What the tests of the registration share: answers, addresses, delegations."""

import re

from django.urls import reverse

from tests.factories import (
    DelegationFactory,
    EditionFactory,
    berlin,
    submitted,
)

CONTACT = {
    "contact_name": "Erika Muster",
    "contact_email": "erika.muster@example.org",
    "contact_phone": "+49 641 123456",
    "writes_for": "municipality",
    "organisation": "",
    "language": "de",
}
PARTNER = {
    "contact_name": "Ama Mensah",
    "contact_email": "ama.mensah@example.org",
    "language": "en",
}
PERSON = {
    "given_names_1": "Erika",
    "family_name_1": "Muster",
    "organisation_1": "",
    "organisation_kind_1": "administration",
    "function_1": "",
    "role_1": "member",
    "email_1": "",
    "language_1": "de",
}
# Of an edition whose delegations change nothing any more without asking.
OVER = {"changes_until": berlin("2020-02-01 12:00")}
NAME_FOLLOWS = {"role_2": "member", "language_2": "de"}


def begin_address(edition):
    return reverse("registrations:begin", args=[edition.series.slug, edition.slug])


def begun(client, edition, **answers):
    """Sends the first form as it was shown; returns the response."""
    page = client.get(begin_address(edition))
    key = page.context["form"]["form_key"].value()
    return client.post(begin_address(edition), {**CONTACT, "form_key": key, **answers})


def token_of(response):
    return re.search(r"/(?:anmeldung|registration)/([\w-]{32})/", response.url)[1]


def address(name, token, *args):
    return reverse(f"registrations:{name}", args=[token, *args])


def draft(**values):
    """A draft with a personal link; returns it and the link's token."""
    values = {"german__planned": 0, "partner__planned": 0, **values}
    delegation = DelegationFactory(**values)
    return delegation, delegation.german_side.mint_link()


def empty_draft(**values):
    return draft(partnership=None, partner__contact_email="", **values)


def registered(**values):
    """A submitted delegation with a link from the form; returns it and the token."""
    edition = values.pop("edition", None) or EditionFactory()
    delegation = submitted(edition, **values)
    return delegation, delegation.german_side.mint_link()


STEPS = ["contact", "municipality", "partnership", "partner", "people", "check"]
