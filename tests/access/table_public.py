"""The table of what everybody may read: no link, no account.

`of` is what stands in the address; `not_of` says what the same address does not show:
rows that are hidden, or that belong to another conference. `hidden` is shown to the
named staff only, who see it before the public does.
"""

from dataclasses import dataclass

from tests.access.who import REGISTRATION, TEXTS, staff

READ = 405  # for whoever sends something to what is only read
FORM = 200  # of an empty one: the page once more, and nothing is written


@dataclass(frozen=True)
class Public:
    of: str = ""
    not_of: tuple[str, ...] = ()
    hidden: str = ""
    seen_by: frozenset[str] = frozenset()
    get: int = 200
    post: int = READ


EDITORS = staff(TEXTS)
# Who registers delegations knows the conferences before they are public.
KNOW = staff(TEXTS, REGISTRATION)
# The first conference is public, as is `other`; the slugs are those of the world.
NO_EDITION = ("afrika nowhere", "ukraine shown")
FOREIGN_SESSION = ("afrika other talk", "afrika shown elsewhere", "afrika shown draft")
FOREIGN_SPEAKER = ("afrika other paula", "afrika shown silent")
FILE = "0" * 32

PUBLIC = {
    # What machines read.
    "healthz": Public(),
    "readyz": Public(get=503),  # no night has been run in a test
    "robots": Public(),
    "sitemap-index": Public(),
    "sitemap": Public("pages", ("nowhere",)),
    "picture": Public(
        f"{FILE} 320 webp",
        (f"{'9' * 32} 320 webp", f"{FILE} 321 webp", f"{FILE} 320 svg"),
        hidden=f"{'1' * 32} 320 webp",
        seen_by=EDITORS,
    ),
    "document": Public(
        f"{FILE} material-85-de",
        (f"{'9' * 32} material-85-de", f"{FILE} material-86-de"),
        hidden=f"{'1' * 32} material-86-de",
        seen_by=EDITORS,
    ),
    # The pages of texts.
    "conferences:home": Public(),
    "conferences:about": Public(),
    "conferences:contact": Public(),
    "conferences:imprint": Public(),
    "conferences:privacy": Public(),
    "conferences:accessibility": Public(),
    "conferences:easy-language": Public(),
    "conferences:sources": Public(),
    "conferences:search": Public(),
    # News.
    "conferences:news": Public(),
    "conferences:feed": Public(),
    "conferences:news-item": Public(
        "news",
        ("nowhere",),
        hidden="hidden-news",
        seen_by=EDITORS,
    ),
    # Conferences and their programmes.
    "conferences:list": Public(),
    "conferences:series": Public("afrika", ("nowhere",)),
    "conferences:edition": Public("afrika shown", NO_EDITION, "afrika hidden", KNOW),
    "conferences:calendar": Public("afrika shown", NO_EDITION, "afrika hidden", KNOW),
    "conferences:gallery": Public("afrika shown", NO_EDITION, "afrika hidden", KNOW),
    "conferences:programme": Public("afrika shown", NO_EDITION, "afrika hidden", KNOW),
    "conferences:programme-calendar": Public(
        "afrika shown", NO_EDITION, "afrika hidden", KNOW
    ),
    "conferences:schedule": Public("afrika shown", NO_EDITION, "afrika hidden", KNOW),
    "conferences:session": Public(
        "afrika shown talk", FOREIGN_SESSION, "afrika hidden secret", KNOW
    ),
    "conferences:session-calendar": Public(
        "afrika shown talk", FOREIGN_SESSION, "afrika hidden secret", KNOW
    ),
    "conferences:speaker": Public("afrika shown paula", FOREIGN_SPEAKER),
    # Partnerships and municipalities.
    "partnerships:list": Public(),
    "partnerships:country": Public("na", ("xx",)),
    "partnerships:detail": Public("pair", ("hidden-pair", "nowhere")),
    "partnerships:correction": Public("pair", ("hidden-pair", "nowhere"), post=FORM),
    "partnerships:correction-sent": Public("pair", ("hidden-pair", "nowhere")),
    "partnerships:municipality": Public("town", ("unchecked", "nowhere")),
    "partnerships:municipality-correction": Public(
        "town", ("unchecked", "nowhere"), post=FORM
    ),
    "partnerships:municipality-correction-sent": Public(
        "town", ("unchecked", "nowhere")
    ),
    # Before there is a personal link, and after it is dead.
    "registrations:start": Public("afrika shown", (*NO_EDITION, "afrika hidden")),
    "registrations:begin": Public(
        "afrika shown", (*NO_EDITION, "afrika hidden"), post=FORM
    ),
    "registrations:link": Public(post=FORM),
    "registrations:link-sent": Public(),
    "registrations:handed-over": Public(),
    "registrations:erased": Public(),
}
