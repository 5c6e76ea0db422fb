"""Whole addresses of pages, as others keep them: search engines, readers of feeds."""

from django.conf import settings
from django.urls import reverse
from django.utils import translation

# Whoever reads none of the languages of the site is most likely to read this one.
FOR_ALL_OTHERS = "en"


def whole(path: str) -> str:
    return settings.SITE_ADDRESS + path


def in_each_language(name: str, args=(), kwargs=None) -> dict[str, str]:
    """One page, by the code of the language."""
    found = {}
    for code, _language in settings.LANGUAGES:
        with translation.override(code):
            found[code] = whole(reverse(name, args=args, kwargs=kwargs))
    return found


def alternates(addresses: dict[str, str]) -> dict[str, str]:
    """As `hreflang` names them: each language, and whoever reads none of them."""
    return {**addresses, "x-default": addresses[FOR_ALL_OTHERS]}
