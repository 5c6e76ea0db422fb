"""One whole registration over HTTP, from the start page to the status page."""

import re

from tests.server import Answer, Client

FORM_KEY = re.compile(r'name="form_key" value="([^"]+)"')
TOWN = re.compile(r'name="town"[^>]*value="(\d+)"|value="(\d+)"[^>]*name="town"')


class Visitor(Client):
    """Follows where an answer leads, and says so when it does not."""

    def go_on(self, answer: Answer, *, to: str) -> Answer:
        if answer.status != 302 or to not in answer.location:
            raise RuntimeError(f"{answer.status} to {answer.location!r}, not {to!r}")
        self.path = answer.location
        return self.get(self.path)


def register(port: int, demonstration: str, number: int) -> int:
    """Hand in a delegation with a partner town that is entered; returns requests."""
    visitor = Visitor(port)
    begin = f"{demonstration}anmeldung/beginnen/"
    visitor.get(f"{demonstration}anmeldung/")
    page = visitor.get(begin)
    answer = visitor.post(begin, contact(page))
    visitor.go_on(answer, to="/kommune/")
    found = visitor.get(f"{visitor.path}?q=Hildesheim")
    town = TOWN.search(found.text)
    answer = visitor.post(
        f"{visitor.path}?q=Hildesheim", {"town": town and (town[1] or town[2])}
    )
    visitor.go_on(answer, to="/partnerschaft/")
    answer = visitor.post(visitor.path, {"partnership": "other"})
    visitor.go_on(answer, to="/partnerschaft/")
    enter_partner(visitor, number)
    answer = visitor.post(visitor.path, {"german": "2", "partner": "2"})
    visitor.go_on(answer, to="/personen/")
    answer = visitor.post(visitor.path, people())
    check = visitor.go_on(answer, to="/pruefen/")
    assert f"Benchtown {number}" in check.text
    answer = visitor.post(visitor.path.replace("/pruefen/", "/absenden/"), {})
    status = visitor.go_on(answer, to="/anmeldung/")
    assert "LAT" in status.text
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


def enter_partner(visitor: Visitor, number: int) -> None:
    enter = f"{visitor.path.rpartition('/partnerschaft/')[0]}/partnerschaft/eintragen/"
    visitor.get(enter)
    town = {"name": f"Benchtown {number}", "country": "NI", "kind": ""}
    answer = visitor.post(enter, town)
    visitor.go_on(answer, to="/partnerschaft/")
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
