"""Each address of the resolver as somebody asks it for whom it is: from the tables."""

from copy import deepcopy
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

from django.urls import NoReverseMatch, reverse

from tests.access.addresses import addresses, model_admins, usual_pages
from tests.access.table_links import BEHALF, LINKED
from tests.access.table_public import PUBLIC
from tests.access.table_staff import ADDED_WITH, APPS, OVERVIEW, PAGES, ROWS
from tests.access.who import CHIEF, HALF, NOBODY
from tests.signing_in import StaffClient

USUAL = {
    name: (model, page)
    for model in ROWS
    for page, name in usual_pages(model).items()
    if name in addresses()
}
HALF_WAY = ("admin:second_factor", "admin:second_factor_enrol")


@dataclass(frozen=True)
class Asked:
    """The address of a page, and a browser of who may open it."""

    path: str
    client: StaffClient

    def fields(self) -> dict[str, list[str]]:
        """What the forms of the page would send, by the names of their fields."""
        page = self.client.get(self.path)
        text = taken(page)
        if not page["Content-Type"].startswith("text/html"):
            return {}
        return fields_in(text)


def taken(answer) -> str:
    """An answer to its end, as a browser takes it; of a file no text.

    To close it by hand would end the request twice, and with it the connection to
    PostgreSQL on which the rows of a whole file of tests stand.
    """
    if not answer.streaming:
        return answer.content.decode()
    for _part in answer:
        continue
    return ""


@dataclass
class Fields(HTMLParser):
    found: dict[str, list[str]] = field(default_factory=dict)

    def __post_init__(self):
        super().__init__()

    def handle_starttag(self, tag, attributes):
        named = dict(attributes)
        if tag in ("input", "textarea", "select", "button") and named.get("name"):
            values = self.found.setdefault(named["name"], [])
            values.append(named.get("value") or "")


def fields_in(text: str) -> dict[str, list[str]]:
    reader = Fields()
    reader.feed(text)
    return reader.found


def asked(world, name: str) -> Asked:
    who, path = _found(world, name)
    client = StaffClient()
    client.cookies = deepcopy(world.clients[who].cookies)
    return Asked(path, client)


def _found(world, name: str) -> tuple[str, str]:
    if name in PUBLIC:
        return NOBODY, reverse(name, args=world.arguments(PUBLIC[name].of))
    if name in LINKED:
        return NOBODY, _linked(world, name)
    if name in USUAL:
        return CHIEF, _usual(world, *USUAL[name])
    if name in HALF_WAY:
        return HALF, reverse(name)
    if name == "admin:login":
        return NOBODY, reverse(name)
    if name == OVERVIEW:
        return CHIEF, reverse(name, args=[next(iter(APPS))])
    words = PAGES[name].of if name in PAGES else ""
    try:
        return CHIEF, reverse(name, args=world.arguments(words))
    except NoReverseMatch:  # the one that catches all that is none
        return CHIEF, f"/admin/{words}"


def _linked(world, name: str) -> str:
    row = LINKED[name]
    stage, who = world.stages[row.stage], row.whose[0]
    arguments: list[Any] = [stage.links[who]]
    if row.about:
        arguments += [stage.on_behalf if row.about == BEHALF else stage.people[who]]
    return reverse(name, args=arguments)


def _usual(world, model: str, page: str) -> str:
    name = usual_pages(model)[page]
    row = world.row(model_admins()[model].model)
    if page == "add":
        return reverse(name) + ADDED_WITH.get(model, "").format(**world.words)
    if page == "old":
        return "/" + name.replace("<path:object_id>", str(row))
    return reverse(name, args=[] if page == "changelist" else [row])
