"""What is no page of ours, asked of the site as it is served: gunicorn, and nginx.

Neither gives out a source, a secret, a list of files or the echo of a request. That the
same doors do give out what is public shows that they were asked at all.
"""

from tests import server
from tests.deep import raw
from tests.deep.raw import Request
from tests.test_refusals import NO_PAGES

REFUSED = {400, 403, 404, 405}
METHODS = (b"TRACE", b"TRACK", b"CONNECT", b"PUT", b"DELETE", b"PROPFIND")
MARK = b"t7ped"
SHEET = b"/static/css/site.css"
PUBLIC = {"gunicorn": (b"/de/",), "nginx": (b"/de/", SHEET)}
# What would stand in a file, a list or a page of an error.
GIVEN_AWAY = (b"Traceback", b"Index of", b"[core]", b"SECRET_KEY=", b"root:", MARK)


def shown(door: raw.Door) -> list[str]:
    """Whatever was answered by something else than a refusal, or says too much."""
    asked = [Request(path.encode(), method=b"GET") for path in NO_PAGES]
    asked += [
        Request(path, (b"X-Own: " + MARK,), method=method)
        for method in METHODS
        for path in (b"/de/", b"/admin/", SHEET)
    ]
    return [
        f"{door.name}: {one.method.decode()} {one.path.decode()}: {status}"
        for one in asked
        for status, answer in [door.ask(one)]
        if status not in REFUSED or any(words in answer for words in GIVEN_AWAY)
    ]


def missing(door: raw.Door) -> list[str]:
    return [
        f"{door.name}: {path.decode()} is not there"
        for path in PUBLIC[door.name]
        if door.ask(Request(path, method=b"GET"))[0] != 200
    ]


def report() -> bool:
    with server.database("hidden") as environment:
        server.manage(environment, "migrate", "--verbosity", "0")
        with raw.site(environment) as (_leader, doors):
            found = [line for door in doors for line in shown(door) + missing(door)]
    names = ", ".join(door.name for door in doors)
    print(
        f"{len(NO_PAGES)} addresses that are none and {len(METHODS)} methods to "
        f"{names}: {len(found)} wrong -> {'WRONG' if found else 'right'}",
        flush=True,
    )
    for line in found:
        print(f"  {line}", flush=True)
    return not found
