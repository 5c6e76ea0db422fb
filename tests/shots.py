"""`make shots`: pictures of every page and state, de and en, at three widths.

They lie in `shots/<language>-<width>/`, which git ignores; the home page is copied
into `docs/` by hand when the README's picture is to be renewed.
"""

import shutil
from pathlib import Path

import pytest
from django.core.management import call_command

from tests.browser import tour

FOLDER = Path(__file__).resolve().parent.parent / "shots"


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 768, 1280])
@pytest.mark.parametrize("language", ["de", "en"])
def test_shots(browser, live_server, language, width, scheme):
    call_command("seed", verbosity=0)
    call_command("demo", verbosity=0)
    folder = FOLDER / f"{language}-{width}-{scheme}"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    stops = tour.stops(language)
    page = browser.new_page(
        viewport={"width": width, "height": 900}, color_scheme=scheme
    )
    for number, stop in enumerate(stops, 1):
        tour.open_stop(page, live_server.url, stop)
        page.screenshot(path=folder / f"{number:02d}-{stop.name}.png", full_page=True)
    page.close()

    assert len(list(folder.glob("*.png"))) == len(stops)
