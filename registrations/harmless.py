"""What a visitor typed, as a letter may say it.

It is put on one line, and whatever a mail program would turn into a link is broken up
by spaces: an invisible sign would not do, since browsers leave such signs out of an
address.
"""

import re
import unicodedata

# Signs that join the parts of an address: all that browsers read as a dot, and ":".
_JOINT = re.compile(r"([.:․。．｡：])(?=[^\s.])")
_AT = re.compile(r"\s*([@＠﹫])\s*")
_BREAKS = {"Cc", "Zl", "Zp"}
_OVERRIDES = {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"}


def harmless(text: str) -> str:
    """What a visitor typed, on one line, and nothing in it can become a link."""
    kept = "".join(
        sign for sign in text if unicodedata.bidirectional(sign) not in _OVERRIDES
    )
    return on_one_line(_AT.sub(r" \1 ", _JOINT.sub(r"\1 ", on_one_line(kept))))


def on_one_line(text: str) -> str:
    """Without breaks and double spaces; a wide space of Japanese stays one."""
    spaced = "".join(
        " " if unicodedata.category(sign) in _BREAKS else sign for sign in text
    )
    return " ".join(filter(None, spaced.split(" ")))
