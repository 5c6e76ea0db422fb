"""25 strings of people who are erased, looked for in the bytes of every file.

The site runs on a database of its own; everything about one person and one contact is
written, letters to them are sent, their pages are opened, and the database counts its
statistics. A nightly run without a request is the control: all strings are there. Then
both ask over HTTP, the night comes, and no file may hold one of them.

What is sealed (diet, visa) must never be found, before or after.
"""

import json
from pathlib import Path
from urllib.parse import urlsplit

import psycopg2

from tests import server

OPEN = (
    *("contact-name", "contact-mail", "contact-phone", "association"),
    *("given-name", "family-name", "employer", "function", "person-mail"),
    *("answer-value", "answer-words", "answer-of-side", "consent"),
    *("request-text", "request-reason", "letter-reason", "letter-error"),
    *("letter-subject", "letter-body", "letter-sent-to", "other-letter"),
    *("history-reason", "note", "prepared-reason", "admin-log"),
)
SEALED = ("diet", "access", "passport-name", "country", "birth-date", "passport-number")
HEARD = "zq"  # begins each string, and no word of any language


def canary(name: str) -> str:
    return f"{HEARD}{name.replace('-', '')}{HEARD}"


WRITE = """
import json
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.auth import get_user_model
from django.contrib.contenttypes.models import ContentType
from django.urls import reverse
from django.utils import timezone, translation
from registrations.models import *
from tests.deep.canaries import canary as c
from tests.factories import (EditionFactory, ParticipantFactory, QuestionFactory,
                             submitted)

staff = get_user_model().objects.create_user("staff")
edition = EditionFactory(number=99)
bystanders = [submitted(edition, german=1) for number in range(30)]
contact = dict(german__contact_name=c("contact-name"),
    german__contact_email=c("contact-mail") + "@example.org",
    german__contact_phone=c("contact-phone"), german__organisation=c("association"))
delegation = submitted(edition, german=2, partner=1, **contact)
side, partner = delegation.german_side, delegation.partner_side
ParticipantFactory(side=partner, family_name="Bleibt")
person = ParticipantFactory(side=side, given_names=c("given-name"),
    family_name=c("family-name"), organisation=c("employer"), function=c("function"),
    email=c("person-mail") + "@example.org")
own = dict(delegation=delegation, side=side, wording="W")
Answer.objects.create(question=QuestionFactory(edition=edition), participant=person,
    value=c("answer-value"), words=c("answer-words"), **own)
Answer.objects.create(question=QuestionFactory(edition=edition, scope="side"),
    value="", words=c("answer-of-side"), **own)
Consent.objects.create(participant=person, what="photos", wording=c("consent"))
PersonalNeeds.objects.create(participant=person, diet=c("diet"),
    accessibility=c("access"))
VisaData.objects.create(participant=person, passport_name=c("passport-name"),
    issuing_country=c("country"), birth_date=c("birth-date"),
    passport_number=c("passport-number"))
Request.objects.create(side=side, kind="change", text=c("request-text"),
    reason=c("request-reason"), answered_at=timezone.now(), granted=True)
letter = Letter.objects.write(side, "approved", reason=c("letter-reason"))
Letter.objects.filter(pk=letter.pk).update(state="sent", error=c("letter-error"),
    subject=c("letter-subject"), body=c("letter-body"), sent_to=c("letter-sent-to"))
told = Letter.objects.write(partner, "approved")
Letter.objects.filter(pk=told.pk).update(state="sent",
    body=c("contact-name") + " / " + c("other-letter"))
Letter.objects.write(side, "new_link")
delegation.history.record(delegation, "change_contact", by=side,
    reason=c("history-reason"))
PreparedDecision.objects.prepare(delegation, "decline", by=staff,
    reason=c("prepared-reason") + ", sagt " + c("contact-name"))
Delegation.objects.filter(pk=delegation.pk).update(
    note=c("note") + " von " + c("family-name"))
LogEntry.objects.create(user=staff, object_id=str(side.pk), action_flag=CHANGE,
    content_type=ContentType.objects.get_for_model(Side), object_repr=c("admin-log"))
translation.activate("de")
print(json.dumps({
    "side": reverse("registrations:erase", args=[side.mint_link()]),
    "person": reverse("registrations:own-erase", args=[person.links.mint(person)]),
}))
"""
# Nothing that concerns nobody else may go with them.
LEFT = """
import json
from registrations.models import Delegation, Participant, Side
print(json.dumps([Delegation.objects.count(),
    Side.objects.filter(which="german").exclude(contact_name="").count(),
    Participant.objects.count()]))
"""


def found_in(files, wanted=OPEN + SEALED) -> dict[str, list[str]]:
    """Which strings stand in which files; what is deleted meanwhile holds none."""
    names = {canary(name).encode(): name for name in wanted}
    found: dict[str, list[str]] = {}
    for file in files:
        try:
            content = file.read_bytes()
        except OSError:
            continue
        for sign, name in names.items():
            if sign in content or sign.decode().encode("utf-16-le") in content:
                found.setdefault(name, []).append(file.name)
    return found


def files_of(environment) -> tuple[list[Path], list[Path]]:
    """All that the site and its database keep; and PostgreSQL's write-ahead log.

    The folder `mails` stands for the letter boxes of the readers: what was sent is
    theirs. Static files are not ours to search: they are the same for everybody.
    """
    ours = Path(environment["VAR_DIR"])
    kept = [file for file in ours.rglob("*") if file.is_file() and file.parts]
    kept = [file for file in kept if not {"mails", "static"} & {*file.parts}]
    if environment["DATABASE_URL"].startswith("sqlite"):
        return kept, []
    data = Path(_asked(environment, "SHOW data_directory"))
    rest = [file for file in data.rglob("*") if file.is_file()]
    log = [file for file in rest if "pg_wal" in file.parts]
    return [*kept, *(file for file in rest if file not in log)], log


def _asked(environment, *statements: str) -> str:
    connection = psycopg2.connect(environment["DATABASE_URL"])
    connection.autocommit = True
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
        row = cursor.fetchone() if cursor.description else None
    connection.close()
    return str(row[0]) if row else ""


def on_disk(environment) -> None:
    """Everything that the server still holds in memory is written to its files."""
    if not environment["DATABASE_URL"].startswith("sqlite"):
        _asked(environment, "CHECKPOINT")


def look(environment) -> tuple[dict, dict]:
    on_disk(environment)
    files, log = files_of(environment)
    return found_in(files), found_in(log)


def turned(environment) -> dict:
    """What the write-ahead log holds once it has been overwritten in turn."""
    filled = "SELECT pg_logical_emit_message(false, 'x', repeat('x', 1000000))"
    for _time in range(4):
        _asked(environment, *[filled] * 64, "SELECT pg_switch_wal()", "CHECKPOINT")
    return found_in(files_of(environment)[1])


def run(name: str, url: str | None) -> dict:
    """What was found: before anybody asked, and after the night; and who is left."""
    with server.database(f"canaries-{urlsplit(url or 'sqlite').scheme}", url) as own:
        server.manage(own, "migrate", "--verbosity", "0")
        server.manage(own, "seed", "--verbosity", "0")
        doors = json.loads(server.manage(own, "shell", "-c", WRITE).splitlines()[-1])
        server.manage(own, "send_letters", "--once")
        if url:
            _asked(own, "ANALYZE")
        with server.gunicorn(own) as (port, _leader):
            for door in doors.values():
                assert server.Client(port).get(door).status == 200
            server.manage(own, "erase")
            before, _log = look(own)
            for door in ("person", "side"):
                visitor = server.Client(port)
                visitor.get(doors[door])
                assert visitor.post(doors[door], {}).status == 302
            at_once, _log = look(own)
            server.manage(own, "erase")
            after, log = look(own)
            later = turned(own) if url else {}
        left = json.loads(server.manage(own, "shell", "-c", LEFT).splitlines()[-1])
    return {
        "name": name,
        "before": before,
        "at_once": at_once,
        "after": after,
        "log": log,
        "later": later,
        "left": left,
    }


def report(name: str, url: str | None) -> bool:
    result = run(name, url)
    before, after = {*result["before"]}, {*result["after"]}
    is_right = before == {*OPEN} and result["left"] == [31, 30, 1]
    is_right &= not (result["after"] or result["later"])
    print(
        f"{name}: of {len(OPEN)} strings {len(before & {*OPEN})} were found before "
        f"anybody asked, {len(result['at_once'])} right after, {len(after)} after the "
        f"night; sealed ones {len(before & {*SEALED})}; in the write-ahead log "
        f"{len(result['log'])}, and {len(result['later'])} once that has turned "
        f"-> {'right' if is_right else 'WRONG'}",
        flush=True,
    )
    for when in ("before", "after"):
        odd = {*OPEN} ^ before if when == "before" else after
        for one in sorted(odd):
            print(f"  {when}: {one} in {result[when].get(one, 'no file')}", flush=True)
    return is_right
