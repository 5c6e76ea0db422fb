"""Every address of the sitemaps, on the facts and the demonstration."""

import re

import pytest
from django.conf import settings

from conferences.sitemaps import SECTIONS

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demonstrated")]


# The facts hold none of these, and the demonstration's stand in no sitemap.
INVENTED = {"news", "pictures", "programmes"}


def addresses(client, section):
    body = client.get(f"/sitemap-{section}.xml").content.decode()
    return re.findall("<loc>([^<]+)</loc>", body)


@pytest.mark.parametrize("section", [name for name in SECTIONS if name not in INVENTED])
def test_every_address_opens_a_page_of_that_address(client, section):
    found = addresses(client, section)

    assert len(found) >= 25
    for address in found[:: max(1, len(found) // 25)]:
        page = client.get(address.removeprefix(settings.SITE_ADDRESS))
        assert page.status_code == 200, address
        assert f'rel="canonical" href="{address}"' in page.content.decode()


def test_no_registration_and_no_demonstration_has_an_address(client):
    found = [address for section in SECTIONS for address in addresses(client, section)]

    assert len(found) > 1000
    for word in ("demonstration", "anmeldung", "registration", "inscripcion"):
        assert not [address for address in found if word in address], word
