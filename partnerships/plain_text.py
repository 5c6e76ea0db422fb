"""What a visitor types, as plain text: real names pass, tricks are refused in words.

A refused text is shown again without the signs that nobody can see, so that one
look and one press of the button are enough.
"""

import re
import unicodedata

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import (
    ProhibitNullCharactersValidator,
    URLValidator,
    validate_email,
)
from django.utils.translation import gettext_lazy as _

LOST = "\N{REPLACEMENT CHARACTER}"
# They join or part letters inside a word (Persian, Hindi, Sinhala).
JOINERS = "\N{ZERO WIDTH NON-JOINER}\N{ZERO WIDTH JOINER}"
# The class of signs that take a consonant its vowel; a joiner may follow at the end.
VIRAMA = 9
# They only say in which direction a sign without one is read (Arabic, Hebrew).
DIRECTIONS = "\N{LEFT-TO-RIGHT MARK}\N{RIGHT-TO-LEFT MARK}\N{ARABIC LETTER MARK}"
# Letters and signs that are drawn as nothing.
BLANKS = "\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0"
UNSEEN_CATEGORIES = {"Cc", "Cf", "Co", "Cs", "Zl", "Zp"}
LINE_BREAK = re.compile(r"[\n\r\v\f\x85\u2028\u2029]+")
# The wide space of Japanese stands in names as it is.
SPACES = re.compile(r"[^\S\u3000]+")
ADDRESS = re.compile(r"://|\bwww\.", re.IGNORECASE)
is_address_of_page = URLValidator(schemes=["http", "https"])
PHONE = re.compile(r"\+?[0-9 ()/.\-]+")
LONGEST_QUERY = 100

MESSAGES = {
    "lost": _("A sign was lost on the way (�). Please type it again."),
    "line_break": _("Please write this on one line."),
    "unreadable": _("There is nothing to read here. Please write it with letters."),
    "unseen": _(
        "There were signs in it that nobody can see. We have taken them out: "
        "please check the text and go on."
    ),
    "markup": _("Please leave out the signs < and >."),
    "address": _("Please leave out internet addresses here."),
    "too_long": _("Please use at most %(most)d signs; these are %(count)d."),
    "email": _("Please write an e-mail address such as name@example.org."),
    "page": _("Please write the address of a page, such as https://example.org/page."),
    "phone": _("Please write the number with digits, such as +49 641 123456."),
}


def refusal(code: str, **params) -> ValidationError:
    return ValidationError(MESSAGES[code], code=code, params=params)


def is_unseen(sign: str) -> bool:
    if sign in JOINERS or sign in DIRECTIONS:
        return False
    return sign in BLANKS or unicodedata.category(sign) in UNSEEN_CATEGORIES


def unseen_in(text: str, keep: str = "") -> set[str]:
    """Each sign is looked up once, however often it stands there."""
    return {sign for sign in {*text} - {*keep} if is_unseen(sign)}


def is_readable(text: str) -> bool:
    """Whether there is at least one letter or digit that can be seen."""
    return any(
        unicodedata.category(sign)[0] in "LN" and sign not in BLANKS for sign in {*text}
    )


def without_unseen(text: str, keep: str = "") -> str:
    unseen = unseen_in(text, keep)
    return text.translate(dict.fromkeys(map(ord, unseen))) if unseen else text


def _joins_nothing(text: str) -> bool:
    """Whether a joiner stands anywhere but inside a word or a picture."""
    if not {*JOINERS} & {*text}:
        return False
    padded = f" {text} "
    return any(
        sign in JOINERS and not _is_joined(padded[index - 1], padded[index + 1])
        for index, sign in enumerate(padded)
    )


def _is_joined(before: str, after: str) -> bool:
    """Two letters, two pictures that are drawn as one, or a bare consonant's end."""
    if unicodedata.combining(before) == VIRAMA:
        return True
    first, second = (unicodedata.category(sign) for sign in (before, after))
    if second == "So":
        return first in {"So", "Sk", "Mn"}
    return first[0] in "LM" and second[0] in "LM"


def check_line(text: str, most: int) -> None:
    """Raise the one thing that is wrong with a name, a town or a function."""
    if LOST in text:
        raise refusal("lost")
    if not is_readable(text):
        raise refusal("unreadable")
    if LINE_BREAK.search(text):
        raise refusal("line_break")
    if unseen_in(text) or _joins_nothing(text):
        raise refusal("unseen")
    if "<" in text or ">" in text:
        raise refusal("markup")
    if ADDRESS.search(text):
        raise refusal("address")
    if len(text) > most:
        raise refusal("too_long", most=most, count=len(text))


def check_lines(text: str, most: int) -> None:
    """Raise the one thing that is wrong with a text of several lines."""
    if LOST in text:
        raise refusal("lost")
    if not is_readable(text):
        raise refusal("unreadable")
    if unseen_in(text, keep="\n\t"):
        raise refusal("unseen")
    if len(text) > most:
        raise refusal("too_long", most=most, count=len(text))


def as_query(text: str) -> str:
    """What somebody searches for, harmless for every database: cut, never refused."""
    kept = without_unseen(text[:LONGEST_QUERY].replace("\t", " "))
    return SPACES.sub(" ", kept).strip()


class PlainField(forms.CharField):
    """One message at a time, and no `maxlength`, which would cut what is pasted.

    `max_length` is what a column of a model calls `most`.
    """

    def __init__(self, *, most: int = 200, max_length: int | None = None, **kwargs):
        super().__init__(**kwargs)
        self.most = max_length or most
        self.validators = [
            validator
            for validator in self.validators
            if not isinstance(validator, ProhibitNullCharactersValidator)
        ]
        self.validators.append(self.check_text)

    def check_text(self, text: str) -> None:
        raise NotImplementedError

    def to_python(self, value):
        text = super().to_python(value)
        return unicodedata.normalize("NFC", text) if text else text


class LineField(PlainField):
    """One line: the name of a person, a town, an organisation, a function."""

    def check_text(self, text):
        check_line(text, self.most)

    def to_python(self, value):
        text = super().to_python(value)
        return re.sub(" {2,}", " ", text) if text else text

    def prepare_value(self, value):
        if not isinstance(value, str):
            return value
        return without_unseen(LINE_BREAK.sub(" ", value).replace("\t", " "))


class LinesField(PlainField):
    """Several lines of free text."""

    widget = forms.Textarea

    def __init__(self, *, most: int = 4000, **kwargs):
        super().__init__(most=most, **kwargs)

    def check_text(self, text):
        check_lines(text, self.most)

    def to_python(self, value):
        text = super().to_python(value)
        return LINE_BREAK.sub(_as_newlines, text) if text else text

    def prepare_value(self, value):
        return without_unseen(value, "\r\n\t") if isinstance(value, str) else value


def _as_newlines(found: re.Match) -> str:
    return "\n" * len(found[0].replace("\r\n", "\n"))


class EmailField(LineField):
    """An e-mail address without control signs, also in its quoted forms."""

    widget = forms.EmailInput

    def __init__(self, **kwargs):
        super().__init__(most=254, **kwargs)

    def check_text(self, text):
        if not text.isprintable() or " " in text or LOST in text:
            raise refusal("email")
        if len(text) > self.most:
            raise refusal("too_long", most=self.most, count=len(text))
        try:
            validate_email(text)
        except ValidationError:
            raise refusal("email") from None


class PhoneField(LineField):
    """A telephone number as people write it; the plus sign stays."""

    widget = forms.TextInput(attrs={"type": "tel"})

    def __init__(self, **kwargs):
        super().__init__(most=40, **kwargs)

    def check_text(self, text):
        if len(text) > self.most:
            raise refusal("too_long", most=self.most, count=len(text))
        if not PHONE.fullmatch(text) or sum(sign.isdigit() for sign in text) < 5:
            raise refusal("phone")


class AddressField(LineField):
    """The address of a page on the internet; without a scheme it is one by https.

    `assume_scheme` is what a column of a model would say of that.
    """

    widget = forms.URLInput

    def __init__(self, *, assume_scheme: str | None = None, **kwargs):
        super().__init__(most=500, **kwargs)

    def to_python(self, value):
        text = super().to_python(value)
        return text if not text or "://" in text else f"https://{text}"

    def check_text(self, text):
        if len(text) > self.most:
            raise refusal("too_long", most=self.most, count=len(text))
        if any(is_unseen(sign) for sign in text):
            raise refusal("unseen")
        try:
            is_address_of_page(text)
        except ValidationError:
            raise refusal("page") from None
