"""How forms for staff name a translated field in one of its languages."""

from django.utils.translation import get_language_info


def in_language(field: str, code: str) -> str:
    return f"{field} ({get_language_info(code)['name_translated']})"
