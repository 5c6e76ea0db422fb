"""25 strings of people who are erased, looked for in the bytes of every file.

The site runs on a database of its own; everything about one person and one contact is
written, letters to them are sent, their pages are opened, and the database counts its
statistics. A nightly run without a request is the control: all strings are there. Then
both ask over HTTP, the night comes, and no file may hold one of them. On PostgreSQL the
site is the role that the guide makes, with what the guide grants it and nothing more.

What is sealed (diet, visa) must never be found, before or after.
"""

import json
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import psycopg2

from tests import postgres, server

ROLE = "site"
RELOAD = "SELECT pg_reload_conf()"
QUIET = server.ROOT / "deploy" / "quiet.sql"
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
    """What stands in the files, and in the write-ahead log as the site left it."""
    log = found_in(files_of(environment)[1])
    on_disk(environment)
    return found_in(files_of(environment)[0]), log


@contextmanager
def as_the_guide_says(environment):
    """The same for the site: its database is its own, and it rules no other thing."""
    parts = urlsplit(environment["DATABASE_URL"])
    if parts.scheme == "sqlite":
        yield environment
        return
    place = parts.netloc.rpartition("@")[2]
    _asked(environment, f"CREATE ROLE {ROLE} LOGIN")
    _asked(environment, f'ALTER DATABASE "{parts.path[1:]}" OWNER TO {ROLE}')
    _asked(environment, *postgres.statements_of(QUIET))
    # As on every server that may crash: the log gets a page before it is changed.
    images = _asked(environment, "SHOW full_page_writes")
    _asked(environment, "ALTER SYSTEM SET full_page_writes = on", RELOAD)
    url = parts._replace(netloc=f"{ROLE}@{place}").geturl()
    try:
        yield {**environment, "DATABASE_URL": url}
    finally:
        _asked(environment, "ALTER SYSTEM RESET wal_recycle")
        _asked(environment, f"ALTER SYSTEM SET full_page_writes = {images}", RELOAD)
        _asked(environment, f"REASSIGN OWNED BY {ROLE} TO CURRENT_USER")
        _asked(environment, f"DROP OWNED BY {ROLE}", f"DROP ROLE {ROLE}")


def run(name: str, url: str | None) -> dict:
    """What was found: before anybody asked, and after the night; and who is left."""
    kind = urlsplit(url or "sqlite").scheme
    with (
        server.database(f"canaries-{kind}", url) as ours,
        as_the_guide_says(ours) as its,
    ):
        server.manage(its, "migrate", "--verbosity", "0")
        server.manage(its, "seed", "--verbosity", "0")
        doors = json.loads(server.manage(its, "shell", "-c", WRITE).splitlines()[-1])
        server.manage(its, "send_letters", "--once")
        if url:
            _asked(its, "ANALYZE")
        with server.gunicorn(its) as (port, _leader):
            for door in doors.values():
                assert server.Client(port).get(door).status == 200
            server.manage(its, "erase")
            before, _log = look(ours)
            for door in ("person", "side"):
                visitor = server.Client(port)
                visitor.get(doors[door])
                assert visitor.post(doors[door], {}).status == 302
            # Nothing of ours may settle what the night has to.
            at_once, log_before = map(found_in, files_of(ours))
            server.manage(its, "erase")
            after, log = look(ours)
        left = json.loads(server.manage(its, "shell", "-c", LEFT).splitlines()[-1])
    return {
        "name": name,
        "before": before,
        "log_before": log_before,
        "at_once": at_once,
        "after": after,
        "log": log,
        "left": left,
    }


def report(name: str, url: str | None) -> bool:
    result = run(name, url)
    before, after = {*result["before"]}, {*result["after"]}
    logged = {*result["log_before"]}
    is_right = before == {*OPEN} and result["left"] == [31, 30, 1]
    is_right &= not (result["after"] or result["log"])
    is_right &= url is None or bool(logged)
    print(
        f"{name}: of {len(OPEN)} strings {len(before & {*OPEN})} were found before "
        f"anybody asked, {len(result['at_once'])} right after, {len(after)} after the "
        f"night; in the write-ahead log {len(logged)} before and {len(result['log'])} "
        f"after the night; sealed ones {len((before | logged) & {*SEALED})} "
        f"-> {'right' if is_right else 'WRONG'}",
        flush=True,
    )
    for when in ("before", "after", "log"):
        odd = {*OPEN} ^ before if when == "before" else {*result[when]}
        for one in sorted(odd):
            print(f"  {when}: {one} in {result[when].get(one, 'no file')}", flush=True)
    return is_right
