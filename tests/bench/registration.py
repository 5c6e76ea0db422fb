"""One whole registration over HTTP, from the start page to the status page."""

import re
from dataclasses import dataclass
from urllib.parse import urlencode

from tests.server import Answer, Client

FORM_KEY = re.compile(r'name="form_key" value="([^"]+)"')
REFERENCE = re.compile(r"\b[A-Z]{3}[0-9]{2}-[2-9A-Z]{4}\b")
TOWN = re.compile(r'name="town"[^>]*value="(\d+)"|value="(\d+)"[^>]*name="town"')


class Visitor(Client):
    """Follows where an answer leads, and says so when it does not."""

    def go_on(self, answer: Answer, *, to: str) -> Answer:
        if answer.status != 302 or to not in answer.location:
            raise RuntimeError(f"{answer.status} to {answer.location!r}, not {to!r}")
        self.path = answer.location
        return self.get(self.path)


@dataclass(frozen=True)
class Way:
    """The partner that is registered with: a listed one, or a town that is entered."""

    municipality: str = "Hildesheim"
    partnership: str = ""
    partner_town: str = ""


def register(port: int, demonstration: str, way: Way, visitor_class=Visitor) -> int:
    """Hand in a delegation of two and two people; returns how many requests it took."""
    visitor = visitor_class(port)
    begin = f"{demonstration}anmeldung/beginnen/"
    visitor.get(f"{demonstration}anmeldung/")
    page = visitor.get(begin)
    answer = visitor.post(begin, contact(page))
    visitor.go_on(answer, to="/kommune/")
    search = f"{visitor.path}?{urlencode({'q': way.municipality})}"
    town = TOWN.search(visitor.get(search).text)
    answer = visitor.post(search, {"town": town and (town[1] or town[2])})
    visitor.go_on(answer, to="/partnerschaft/")
    if way.partner_town:
        enter_partner(visitor, way.partner_town)
    else:
        answer = visitor.post(visitor.path, {"partnership": way.partnership})
        visitor.go_on(answer, to="/partnerschaft/kontakt/")
    name_partner(visitor)
    answer = visitor.post(visitor.path, {"german": "2", "partner": "2"})
    visitor.go_on(answer, to="/personen/")
    answer = visitor.post(visitor.path, people())
    check = visitor.go_on(answer, to="/pruefen/")
    assert way.municipality in check.text
    assert way.partner_town in check.text
    answer = visitor.post(visitor.path.replace("/pruefen/", "/absenden/"), {})
    status = visitor.go_on(answer, to="/anmeldung/")
    assert REFERENCE.search(status.text)
    return visitor.requests


def contact(page: Answer) -> dict[str, str]:
    key = FORM_KEY.search(page.text)
    return {
        "form_key": key[1] if key else "",
        "contact_name": "Erika Muster",
        "contact_email": "erika.muster@example.org",
        "writes_for": "municipality",
        "language": "de",
    }


def enter_partner(visitor: Visitor, name: str) -> None:
    answer = visitor.post(visitor.path, {"partnership": "other"})
    visitor.go_on(answer, to="/partnerschaft/")
    enter = f"{visitor.path.rpartition('/partnerschaft/')[0]}/partnerschaft/eintragen/"
    visitor.get(enter)
    town = {"name": name, "country": "NI", "kind": ""}
    visitor.go_on(visitor.post(enter, town), to="/partnerschaft/")


def name_partner(visitor: Visitor) -> None:
    partner = {
        "contact_name": "Ama Muster",
        "contact_email": "ama.muster@example.org",
        "language": "en",
    }
    visitor.go_on(visitor.post(visitor.path, partner), to="/personen/")


def people() -> dict[str, str]:
    found: dict[str, str] = {}
    for number in (1, 2):
        found |= {
            f"given_names_{number}": "Erika",
            f"family_name_{number}": f"Muster {number}",
            f"organisation_{number}": "Stadt Hildesheim",
            f"organisation_kind_{number}": "administration",
            f"function_{number}": "Koordination",
            f"role_{number}": "member",
            f"email_{number}": "",
            f"language_{number}": "de",
        }
    return found
