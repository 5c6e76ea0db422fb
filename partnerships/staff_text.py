"""What staff type in the admin: any words, but no sign that nobody can see.

They may write what a visitor may not, such as "<" or the address of a page. Whatever
is refused comes back without the signs that nobody can see, as it does for visitors.
"""

import unicodedata

from partnerships import plain_text
from partnerships.plain_text import BLANKS, LOST, refusal

LONGEST = 100_000


def check(text: str, most: int, breaks: str = "") -> None:
    """Raise the one thing that is wrong; `breaks`: what may part its lines."""
    if LOST in text:
        raise refusal("lost")
    if not any(map(is_seen, {*text})):
        raise refusal("unreadable")
    kept = text.translate(dict.fromkeys(map(ord, breaks)))
    if plain_text.LINE_BREAK.search(kept):
        raise refusal("line_break")
    if plain_text.unseen_in(kept):
        raise refusal("unseen")
    if len(text) > most:
        raise refusal("too_long", most=most, count=len(text))


def is_seen(sign: str) -> bool:
    return unicodedata.category(sign)[0] in "LNPS" and sign not in BLANKS


class StaffLineField(plain_text.LineField):
    """One line: a name, a title, a caption."""

    def check_text(self, text):
        check(text, self.most)


class StaffLinesField(plain_text.LinesField):
    """Several lines: a text of a page or a letter, a reason, a note."""

    def __init__(self, *, most: int = LONGEST, **kwargs):
        super().__init__(most=most, **kwargs)

    def check_text(self, text):
        check(text, self.most, "\n\t")
