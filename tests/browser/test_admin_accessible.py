"""Lists and forms of the admin: each field has a name, and no page scrolls sideways."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.core.management import call_command
from django.urls import reverse

from conferences.models import Edition
from partnerships.models import Country, Municipality
from registrations.models import Question
from tests.browser.test_accessibility import RULES

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

# Django's tables of fields have a column without a head for the name of a row, which
# stands above the row.
OF_DJANGO = '<th class="original"></th>'
FORMS = ["auth_user", "conferences_session", "conferences_speaker"]
LISTS = ["conferences_picture", "partnerships_municipality", "registrations_delegation"]


@pytest.fixture
def pages(client, admin_user, browser, live_server):
    """Of a member of staff; axe looks with styles of its own, past the policy."""
    client.force_login(admin_user)
    cookie = {"name": "sessionid", "value": client.cookies["sessionid"].value}
    context = browser.new_context(base_url=live_server.url, bypass_csp=True)
    context.add_cookies([{**cookie, "url": live_server.url}])
    yield context.new_page()
    context.close()


def addresses():
    call_command("seed", verbosity=0)
    call_command("demo", verbosity=0)
    edition = Edition.objects.get(is_demonstration=True)
    rows = [
        (edition, edition.pk),
        (Country, Country.objects.get(iso2="GH").pk),
        (Municipality, Municipality.objects.exclude(names=None)[0].pk),
        (Question, Question.objects.exclude(options=None)[0].pk),
    ]
    yield reverse("admin:index")
    yield from (reverse(f"admin:{name}_add") for name in FORMS)
    yield from (reverse(f"admin:{name}_changelist") for name in LISTS)
    for model, key in rows:
        name = model._meta.label_lower.replace(".", "_")
        yield reverse(f"admin:{name}_change", args=[key])


def findings(page):
    for violation in Axe().run(page, options=RULES).response["violations"]:
        for node in violation["nodes"]:
            # Django names its search by a picture, and the note below it is a second.
            is_search = violation["id"] == "label-title-only"
            if node["html"] != OF_DJANGO and not is_search:
                yield f"{violation['id']}: {node['html'][:160]}"


def test_lists_and_forms_are_accessible(pages):
    found = []
    for address in addresses():
        pages.goto(address)
        found += [f"{address}: {finding}" for finding in findings(pages)]
        for width in (1280, 320):
            pages.set_viewport_size({"width": width, "height": 800})
            shown = pages.evaluate("document.documentElement.scrollWidth")
            if shown > width:
                found.append(f"{address}: scrolls sideways, {shown} of {width} px")

    assert found == []
