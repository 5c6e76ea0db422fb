"""Names that people and towns really have, and texts that only look like one."""

import unicodedata

import pytest
from django.core.exceptions import ValidationError

from partnerships.plain_text import LinesField

NAMES = [
    # Latin letters, with marks above, below and through them.
    "Nguyễn Thị Minh Khai",
    "Đặng Lê Nguyên Vũ",
    unicodedata.normalize("NFD", "Trần Hưng Đạo"),
    "Ọláìyá Ọlájùmọ̀kẹ́",
    "Ŋgũgĩ wa Thiong’o",
    "Ɓúbàkàr Ɗàn Ƙàsìm",
    "Łukasz Żółć",
    "Þóra Æsa Guðjónsdóttir",
    "İbrahim Şişli Çağlayan",
    "Ştefan Țuțuianu",
    "Ňuša Ďurišová-Ťažká",
    "Åse Øverbø",
    "Großmann-Süß",
    "GROẞMANN",
    "Şəhriyar Əliyev",
    "Saʻid Kamehameha",
    "Māori Whāngārei",
    "q̃ x̌ J̌",  # no composed form exists for these
    "Ñandú Peña",
    "Ḥāfiẓ Šīrāzī",
    # Hyphens, apostrophes, brackets, figures, particles, titles.
    "O’Connor-d'Ávila",
    "Jean-Luc (Lucien) M. Żółć, 3.",
    "Dr. h. c. von und zu Müller-Lüdenscheidt jun.",
    "N'Diaye Ba",
    "‘Abdu’l-Bahá",
    "X Æ A-12",
    "Smith & Söhne “Nord-Süd” e. V.",
    "50 % Klima: a/b; c = d + e",
    "C# (Deutschland)",
    "O'Neill -- DROP",
    "null",
    # One name only, one letter only, the longest.
    "Suharto",
    "E",
    "Ö",
    "李",
    "n" * 200,
    "Ü" * 200,
    # Right to left, with and without marks of vowels.
    "عبد الرحمن بن خالد",
    "مُحَمَّد بْن سَلْمَان",
    "פְּנִינָה שָׁלוֹם",
    "בן־גוריון",
    "Ali علي Ali",
    "علی\u200cرضا می\u200cخواه",  # a joiner parts letters of one word
    "Mona \u200fمنى\u200e Ali",  # marks of direction
    "ܡܪܝܡ",
    "ߣߌߟߊ",
    # Other scripts.
    "አበበ ቢቂላ",
    "ნინო ჯავახიშვილი",
    "Արամ Խաչատրյան",
    "Олександр Ґрін-Їжак",
    "Ольга Ёлкина",
    "Ελένη Παπαδοπούλου",
    "तेंदुलकर सचिन",
    "क्\u200dष श्री",  # a joiner keeps the half form of a letter
    "ක්\u200dරිෂාන්",
    "മോഹന്\u200d ലാല്\u200d",  # a joiner at the end of a word
    "বাংলা রবীন্দ্রনাথ",
    "தமிழ்ச்செல்வன்",
    "สมชาย ใจดี",
    "ខ្មែរ សុខា",
    "မြန်မာ အောင်",
    "བསྟན་འཛིན་",
    "ᠮᠣᠩᠭᠣᠯ",
    "山田　太郎",
    "김대중",
    "𠮷野家",  # beyond the first 65,536 signs
    "𞤀𞤣𞤤𞤢𞤥",
    # Pictures beside letters, also such as are joined of several.
    "Café Welt 🌍",
    "Team 👩🏽\u200d🌾 Land",
    "Familie 👨\u200d👩\u200d👧",
    "Verein 🏳️\u200d🌈",
]
# The hardest of them, where each takes a request of its own.
HARD = [
    unicodedata.normalize("NFD", "Trần Hưng Đạo"),
    "علی\u200cرضا می\u200cخواه",
    "Verein 🏳️\u200d🌈 & “𠮷野家” O'Neill",
]
# What no text may hold, whoever types it, in one line or in several.
UNSEEN = {
    **{f"U+{code:X}": f"Erika {chr(code)}retsuM" for code in range(0x202A, 0x202F)},
    **{f"U+{code:X}": f"Erika {chr(code)}Muster" for code in range(0x2066, 0x206A)},
    "NUL": "Erika\0Muster",
    "bell": "Erika\aMuster",
    "escape": "Erika\x1b[0m",
    "C1": "Erika\x9bMuster",
    "zero width": "Erika\u200bMuster",
    "word joiner": "Erika\u2060Muster",
    "byte order mark": "\ufeffErika",
    "tags": "Erika\U000e0041\U000e0042",
    "private use": "Erika\ue000",
    "lone surrogate": "Erika\ud800Muster",
}
NOTHING_SEEN = {
    "only zero width": "\u200b\u200b",
    "only a joiner": "\u200d",
    "only Hangul filler": "\u3164",
    "only a Braille blank": "\u2800",
    "only a mark of direction": "\u200f",
    "only a selector": "\ufe0f",
    "only combining": "\u0301",
}
BREAKS = {
    "LF": "Erika\nMuster",
    "CRLF": "Erika\r\nBcc: all@example.org",
    "CR": "Erika\rMuster",
    "NEL": "Erika\x85Muster",
    "U+2028": "Erika\u2028Muster",
    "U+2029": "Erika\u2029Muster",
    "VT": "Erika\vMuster",
}


def composed(name: str) -> str:
    return unicodedata.normalize("NFC", name)


def tricks(field) -> dict[str, str]:
    """What a field must refuse."""
    found = {**UNSEEN, **NOTHING_SEEN}
    return found if isinstance(field, LinesField) else {**found, **BREAKS}


def check(field, name: str) -> None:
    """It keeps each name that is not too long, and refuses each trick."""
    for typed in map(composed, NAMES):
        if len(typed) <= field.most:
            assert field.clean(typed) == typed, name
    check_refused(field, tricks(field).values(), name)


def check_refused(field, texts, name: str) -> None:
    """In one sentence each."""
    for text in texts:
        with pytest.raises(ValidationError) as caught:
            field.clean(text)
        assert len(caught.value.messages) == 1, (name, text)
