"""What our own style sheets promise: see also the tokens in 10-tokens.css."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.urls import reverse

STATIC = Path(settings.BASE_DIR) / "static"
PARTS = sorted((STATIC / "css/site").glob("*.css"))
OURS = [*PARTS, STATIC / "css/admin.css"]

PHYSICAL = re.compile(
    r"(?:^|[{;])\s*(?:(?:margin|padding|border|scroll-padding)-(?:top|right|bottom|left)|top"
    r"|right|bottom|left|width|height|(?:min|max)-(?:width|height))[a-z-]*:"
    r"|text-align:\s*(?:left|right)",
    re.MULTILINE,
)
COLOUR = re.compile(r"#[0-9a-f]{3,8}\b|\b(?:rgb|hsl|oklch)a?\(", re.IGNORECASE)
TOKEN = re.compile(r"^\s*--[\w-]+:[^;]+;", re.MULTILINE)
FONTS = sorted((STATIC / "vendor").glob("fira-sans-*/*.woff2"))


def name(path):
    return path.name


@pytest.mark.parametrize("path", OURS, ids=name)
def test_own_styles_use_logical_properties_only(path):
    assert PHYSICAL.findall(path.read_text()) == []


@pytest.mark.parametrize("path", OURS, ids=name)
def test_colours_stand_in_tokens_only(path):
    assert COLOUR.findall(TOKEN.sub("", path.read_text())) == []


def tokens(text, start):
    """The custom properties of the block that begins so."""
    block = text[text.index(start) :].partition("{")[2].partition("\n  }\n")[0]
    return dict(re.findall(r"^\s*(--[\w-]+):\s*([^;]+);", block, re.MULTILINE))


def test_the_dark_scheme_chosen_in_the_admin_is_that_of_the_site():
    site = tokens((STATIC / "css/site/10-tokens.css").read_text(), ":root:not([data-")
    css = (STATIC / "css/admin.css").read_text()
    start = css.index('html[data-theme="dark"] {')
    chosen = css[start : css.index("}", start)]
    admin = dict(re.findall(r"(--[\w-]+): ([^;]+);", chosen))
    used = {name for name in re.findall(r"var\((--[\w-]+)\)", css) if name in site}

    assert admin == {name: site[name] for name in used}


@pytest.mark.parametrize("path", OURS, ids=name)
def test_nothing_is_imported_or_fetched_from_elsewhere(path):
    text = path.read_text()

    assert "@import" not in text
    addresses = re.findall(r"url\([\"']?([^)\"']{0,30})", text)
    assert [a for a in addresses if not a.startswith(("/static/", "data:image/"))] == []


@pytest.mark.django_db
def test_the_admin_has_the_tokens_of_the_site_before_its_own_styles(client):
    page = client.get(reverse("admin:login")).content.decode()

    ours = re.findall(r'href="/static/(css/[^"]+)"', page)
    assert ours == ["css/site/10-tokens.css", "css/admin.css"]


def test_each_subset_of_the_font_is_light():
    assert [path.name for path in FONTS] == [
        "cyrillic-400.woff2",
        "cyrillic-600.woff2",
        "latin-400.woff2",
        "latin-600.woff2",
    ]
    assert [p.name for p in FONTS if p.stat().st_size > 25_000] == []


def test_the_vendored_design_system_brings_no_font_of_its_own():
    (kern,) = (STATIC / "vendor").glob("kern-*/kern.min.css")

    assert "@font-face" not in kern.read_text()
