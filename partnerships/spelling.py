"""How names of towns are compared, so that other spellings find them."""

import unicodedata
from functools import lru_cache

from django.utils.text import slugify

# Letters that Unicode does not take apart into a base letter and an accent.
_LETTERS = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i"}
)
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue"})


@lru_cache(maxsize=2048)  # names of countries, sorted for every list of them
def fold(text: str) -> str:
    """The text without case, accents and double spaces: "São Tomé" → "sao tome"."""
    text = unicodedata.normalize("NFKD", text.casefold()).translate(_LETTERS)
    text = "".join(sign for sign in text if not unicodedata.combining(sign))
    return " ".join(text.split())


def search_words(*names: str) -> str:
    """All spellings under which the names are found, folded, one after the other.

    Umlauts are found plain and as two letters: Münster, Munster and Muenster.
    """
    found = []
    for name in names:
        composed = unicodedata.normalize("NFC", name.casefold())
        for spelling in (fold(composed), fold(composed.translate(_UMLAUTS))):
            if spelling and spelling not in found:
                found.append(spelling)
    return " | ".join(found)


def as_slug(name: str) -> str:
    """The name as a word in an address: "Gießen" → "giessen", "Köln" → "koeln"."""
    return slugify(search_words(name).split(" | ")[-1])[:80] or "kommune"
