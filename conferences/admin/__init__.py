from conferences.admin import (
    edition,
    news,
    pictures,
    programme,
    publications,
    release,
    speakers,
)

__all__ = [
    "edition",
    "news",
    "pictures",
    "programme",
    "publications",
    "release",
    "speakers",
]
