"""The people on the site: who reads, who registers, staff, and partners who answer.

Each is a thread with a connection of its own, which it ends before it thinks, and
notes of every answer what was asked, how long it took and how many queries it cost.
"""

import itertools
import json
import random
import re
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from urllib.parse import urlencode, urlsplit

from tests import server
from tests.bench import registration
from tests.deep import staff

LOCATION = re.compile(r"<loc>([^<]+)</loc>")
CHANGE = re.compile(r"/admin/registrations/delegation/(\d+)/change/")
# Keys, numbers and names differ from page to page of one kind.
VARYING = re.compile(r"[\w-]{32}|\d+")
# What a page may take that is the same for everybody, and made anew or not.
MOST_QUERIES = 8
# Pages are compressed for them, which takes memory, and kept so.
AS_BROWSERS = {"Accept-Encoding": "br"}
HASTY = {"readers": 4, "registrants": 2, "staff": 1, "partners": 1}
MOST_SECONDS = 600
TOWNS = ("Ghana", "berg", "Kyjiw", "Nirgendwo", "Gießen", "san")

PREPARE = """
import json
from django.urls import reverse
from django.utils import translation
from tests.factories import EditionFactory, PartnershipFactory, submitted
edition = EditionFactory(number=99, capacity_people=100_000)
translation.activate("de")
ways, partners = [], []
for number in range({ways}):
    partnership = PartnershipFactory(german__name=f"Ort{{number:04d}}")
    ways.append([partnership.german.name, partnership.pk])
for number in range({partners}):
    side = submitted(edition, partner=3).partner_side
    token = side.mint_link("letter")
    partners.append([reverse("registrations:" + name, args=[token])
                     for name in ("delegation", "come", "person-add", "data")])
print(json.dumps([edition.get_absolute_url(), ways, partners]))
"""


@dataclass(frozen=True)
class Note:
    """One answer, as its reader saw it."""

    at: float
    kind: str
    status: int
    milliseconds: float
    queries: int


@dataclass
class World:
    """What the people know of the site, and what they have noted."""

    port: int
    edition: str
    ways: Iterator[list]
    partners: Iterator[list]
    public: list[str]
    session: str
    thinks: tuple[float, float] = (0, 0)
    notes: list[Note] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)
    done: threading.Event = field(default_factory=threading.Event)


def world(environment, port: int, *, ways: int, partners: int, thinks) -> World:
    """The seed, the demonstration, and a conference with room for everybody."""
    prepare = PREPARE.format(ways=ways, partners=partners)
    made = server.manage(environment, "shell", "-v0", "-c", prepare)
    edition, registrants, answering = json.loads(made)
    return World(
        port,
        edition,
        itertools.cycle(registrants),
        itertools.cycle(answering),
        public_pages(port),
        staff.key_of_a_session(environment),
        thinks,
    )


def public_pages(port: int) -> list[str]:
    """Every address that the site tells to search engines, in every language."""
    reader = server.Client(port, headers=AS_BROWSERS)
    sections = LOCATION.findall(reader.get("/sitemap.xml").text)
    found = [
        urlsplit(location).path
        for section in sections
        for location in LOCATION.findall(reader.get(_within(section)).text)
    ]
    reader.hang_up()
    assert len({path[:4] for path in found}) == 5, "not every language"
    return found


def _within(address: str) -> str:
    parts = urlsplit(address)
    return f"{parts.path}?{parts.query}" if parts.query else parts.path


class Over(Exception):
    """The time is up: whoever is on the site leaves it where they are."""


class Person(registration.Visitor):
    """Somebody who reads for a while before each thing that they do."""

    def __init__(self, world: World, draw: random.Random, **values):
        super().__init__(world.port, headers=AS_BROWSERS, **values)
        self.world, self.draw = world, draw

    def send(self, method, path, body=None):
        if self.world.thinks[1]:
            self.hang_up()
        if self.world.done.wait(self.draw.uniform(*self.world.thinks)):
            raise Over
        began = time.perf_counter()
        answer = super().send(method, path, body)
        taken = 1000 * (time.perf_counter() - began)
        queries = int(answer.headers.get("X-Queries", 0))
        kind = f"{method} {kind_of(path)}"
        note = Note(time.monotonic(), kind, answer.status, taken, queries)
        self.world.notes.append(note)
        return answer


def kind_of(path: str) -> str:
    """Without what differs; of a public page no more than its first two words."""
    kind = VARYING.sub("…", path.partition("?")[0])
    if kind.startswith("/admin/") or "/anmeldung/…/" in kind:
        return kind
    parts = kind.split("/")
    parts[3:-1] = ["…" for _name in parts[3:-1]]
    return "/".join(parts)


def read(world: World, draw: random.Random) -> None:
    """Public pages in one's language, the search, and addresses with odd words."""
    reader = Person(world, draw)
    language = draw.choice(("de", "de", "en", "fr", "es", "uk"))
    mine = [path for path in world.public if path.startswith(f"/{language}/")]
    for _page in range(6):
        reader.get(draw.choice(mine))
    reader.get(f"{draw.choice(mine)}?utm_source={draw.getrandbits(60)}")
    word = urlencode({"q": draw.choice(TOWNS)})
    reader.get(f"/de/suche/?{word}")
    reader.get(f"/de/partnerschaften/?{word}")
    reader.get("/de/partnerschaften/?view=map")
    reader.hang_up()


def register(world: World, draw: random.Random) -> None:
    name, key = next(world.ways)
    way = registration.Way(municipality=name, partnership=str(key))
    registration.register(world.port, world.edition, way, lambda _: Person(world, draw))


def answer(world: World, draw: random.Random) -> None:
    """The partner says that it comes, and names somebody."""
    page, come, add, data = next(world.partners)
    partner = Person(world, draw)
    if come in partner.get(page).text:
        partner.post(come, {})
        partner.get(page)
    partner.get(add)
    person = {
        "given_names_1": "Ama",
        "family_name_1": f"Mensah {draw.getrandbits(30)}",
        "organisation_kind_1": "administration",
        "role_1": "member",
        "language_1": "en",
    }
    partner.go_on(partner.post(add, person), to="/anmeldung/")
    partner.get(data)
    partner.hang_up()


def administer(world: World, draw: random.Random) -> None:
    """Staff look a delegation up, read letters and figures, and take a table home."""
    member = Person(world, draw, cookies={"sessionid": world.session})
    delegations = "/admin/registrations/delegation/"
    member.get("/admin/")
    listed = CHANGE.findall(member.get(delegations).text)
    member.get(f"{delegations}?{urlencode({'q': 'AFR'})}")
    chosen = draw.choice(listed)
    member.get(f"{delegations}{chosen}/change/")
    export = [("action", "export_participants")]
    export += [("_selected_action", key) for key in listed[:20]]
    member.get(delegations)
    member.post(delegations, export)
    for model in ("letter", "historyentry", "editionplaces", "side", "request"):
        member.get(f"/admin/registrations/{model}/")
    member.get("/admin/partnerships/partnership/?q=berg")
    member.hang_up()


Habit = Callable[[World, random.Random], None]
HABITS: dict[str, Habit] = {
    "readers": read,
    "registrants": register,
    "staff": administer,
    "partners": answer,
}


def live(world: World, habit: Habit, seed: int) -> None:
    """Do the same again and again, until the time is up."""
    draw = random.Random(seed)  # noqa: S311 what next, not a secret
    while not world.done.is_set():
        try:
            habit(world, draw)
        except Over:
            return
        except Exception as error:
            # Whatever it is, it is what somebody ran into.
            world.failures.append(f"{habit.__name__}: {type(error).__name__} {error}")
            if world.done.wait(1):
                return


def arrive(world: World, people: dict[str, int]) -> list[threading.Thread]:
    """They come one after the other, so that they do not act in step."""
    habits = [HABITS[kind] for kind, count in people.items() for _one in range(count)]
    threads = [
        threading.Thread(target=live, args=(world, habit, seed))
        for seed, habit in enumerate(habits)
    ]
    for thread in threads:
        thread.start()
    return threads


def errors(world: World) -> list[str]:
    """What nobody should have run into."""
    refused = [note for note in world.notes if note.status not in (200, 302)]
    return [*world.failures, *(f"{note.status} to {note.kind}" for note in refused)]


def hurry(world: World, requests: int) -> None:
    """A few people ask without a pause until so many requests were answered."""
    hasty = replace(world, thinks=(0, 0), done=threading.Event())
    people = arrive(hasty, HASTY)
    try:
        until_asked(hasty, requests)
    finally:
        hasty.done.set()
        for one in people:
            one.join()


def until_asked(world: World, requests: int) -> None:
    ends = time.monotonic() + MOST_SECONDS
    while len(world.notes) < requests and time.monotonic() < ends:
        time.sleep(0.1)


def more_queries(early: list[Note], late: list[Note], least: int = 4) -> list[str]:
    """The kinds of pages that take more queries than they did, and than a page may."""
    before, after = _most_queries(early, least), _most_queries(late, least)
    return sorted(
        kind
        for kind in before.keys() & after.keys()
        if after[kind] > max(before[kind] + 1, MOST_QUERIES)
    )


def _most_queries(notes: list[Note], least: int) -> dict[str, int]:
    """Of each kind, but for one: the first who registers in ten minutes costs more."""
    found = defaultdict(list)
    for note in notes:
        found[note.kind].append(note.queries)
    return {
        k: sorted(counts)[-2] for k, counts in found.items() if len(counts) >= least
    }
