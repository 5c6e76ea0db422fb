"""What comes out of a printer: the content, on as few sheets as it needs."""

import re

import pytest
from django.core.management import call_command

from conferences.models import Edition
from registrations.models import Delegation
from tests.browser import tour

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

# What leads elsewhere or waits for a click.
ON_SCREEN_ONLY = [
    ".site-header nav",
    ".menu",
    ".skip-link",
    ".site-footer nav",
    ".breadcrumbs",
    ".filters",
    ".chips",
    ".pagination",
    ".views",
    ".programme-views",
    ".button",
    ".skip-map",
    ".no-print",
    ".summary dd + dd",
]
# An A4 sheet without its margins, upright and across, at 96 dots per inch.
UPRIGHT, ACROSS = (642, 972), (1009, 680)
VISIBLE = "all => all.filter(one => one.checkVisibility()).length"


@pytest.fixture
def paper(page, seeded):
    """Opens a stop of the tour by its name, as paper shows it."""
    call_command("demo", verbosity=0)
    stops = {stop.name: stop for stop in tour.stops("de")}

    def opened(name, size=UPRIGHT):
        page.set_viewport_size(dict(zip(("width", "height"), size, strict=True)))
        page.emulate_media(media="print")
        page.goto(stops[name].path)
        return page

    return opened


def visible(page, selector):
    return page.eval_on_selector_all(selector, VISIBLE)


def sheets(page) -> int:
    """On A4; a style sheet may say that it lies across."""
    pdf = page.pdf(format="A4", prefer_css_page_size=True)
    return len(re.findall(rb"/Type /Page\b", pdf))


def test_what_waits_for_a_click_is_not_printed(paper):
    names = [
        "home",
        "programme",
        "programme-grid",
        "session",
        "edition-open",
        "partnerships",
        "partnerships-found",
        "partnerships-map",
        "start-open",
        "status-submitted",
        "step-check",
    ]
    found, there = {}, set()

    for name in names:
        page = paper(name)
        for selector in ON_SCREEN_ONLY:
            if page.locator(selector).count():
                there.add(selector)
            if visible(page, selector):
                found.setdefault(name, []).append(selector)

    assert found == {}
    assert there == set(ON_SCREEN_ONLY)


def test_a_table_of_rooms_lies_across(paper):
    page = paper("programme-grid", ACROSS)

    columns = page.locator(".grid").nth(1).locator("thead th").all()
    boxes = [column.bounding_box() for column in columns]
    pdf = page.pdf(format="A4", prefer_css_page_size=True)
    sizes = re.findall(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", pdf)
    assert len(boxes) == 5
    assert max(box["x"] + box["width"] for box in boxes) <= ACROSS[0]
    assert sizes
    assert all(float(width) > float(height) for width, height in sizes)


def test_the_whole_programme_is_printed(paper):
    page = paper("programme")

    released = Edition.objects.get(is_demonstration=True).sessions.count()
    assert visible(page, ".session") == released > 10
    assert sheets(page) == 2


def test_a_short_page_is_one_sheet(paper):
    names = ("session", "speaker", "edition-afrika-2025", "country")

    assert {name: sheets(paper(name)) for name in names} == dict.fromkeys(names, 1)


def test_paper_is_white_in_the_dark_scheme_too(paper):
    page = paper("session")
    page.emulate_media(media="print", color_scheme="dark")

    ground = "() => getComputedStyle(document.body).backgroundColor"
    muted = "() => getComputedStyle(document.querySelector('.facts dt')).color"
    assert page.evaluate(ground) == "rgb(255, 255, 255)"
    assert page.evaluate(muted) == "rgb(51, 51, 51)"


def test_the_confirmation_keeps_its_reference_on_paper(paper):
    page = paper("status-submitted")

    edition = Edition.objects.get(is_demonstration=True)
    row = edition.delegations.filter(state=Delegation.State.SUBMITTED).first()
    assert row.reference in page.inner_text("main")
