"""Who asks an address for what it does not offer is told so in words."""

import pytest
from django.urls import reverse
from django.utils import translation

from tests.registrations.answers import address, draft

pytestmark = pytest.mark.django_db

WORDS = {
    "de": "Das geht unter dieser Adresse nicht",
    "en": "This is not possible at this address",
    "fr": "Ce n’est pas possible à cette adresse",
    "es": "Esto no es posible en esta dirección",
    "uk": "За цією адресою це неможливо",
}


@pytest.mark.parametrize("language", WORDS)
def test_a_page_that_is_only_read_refuses_in_the_reader_s_language(client, language):
    with translation.override(language):
        found = reverse("conferences:contact")

    got = client.post(found, {"name": "A"})

    assert (got.status_code, got.headers["Allow"]) == (405, "GET, HEAD")
    assert WORDS[language] in got.text
    assert int(got.headers["Content-Length"]) == len(got.content)


def test_a_button_that_is_opened_like_a_page_is_told_so_and_kept_by_nobody(client):
    _delegation, token = draft()

    got = client.get(address("submit", token))

    assert (got.status_code, got.headers["Allow"]) == (405, "POST")
    assert WORDS["en"] in got.text
    assert "no-store" in got.headers["Cache-Control"]


def test_an_address_of_staff_is_told_in_german(admin_client):
    got = admin_client.get(reverse("admin:logout"))

    assert got.status_code == 405
    assert WORDS["de"] in got.text
