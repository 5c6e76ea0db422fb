"""The site whose disk is in trouble, and what is asked of it meanwhile."""

import io
import json
import os
from collections import Counter
from dataclasses import dataclass, field

from PIL import Image

from tests import server
from tests.bench import registration
from tests.deep import disks

PREPARE = """
import json
from datetime import date
from django.contrib.auth import get_user_model
from django.urls import reverse
from django.utils import translation
from conferences import documents
from conferences.models import Publication, PublicationFile
from tests.conferences.sessions import SpeakerFactory
from tests.conferences.test_media import PDF
from tests.factories import EditionFactory, ParticipantFactory, submitted
from tests.pictures import as_bytes, drawn, kept, prepared, upload
from tests.signing_in import StaffClient
translation.activate("de")
edition = EditionFactory()
days = {"starts_on": date(2020, 1, 10), "ends_on": date(2020, 1, 12)}
over = EditionFactory(year=2020, **days)
shown = prepared(edition=edition, alt_de="Baum")
kept(as_bytes(drawn(500, 400)), edition=edition, alt_de="Garten")
publication = Publication.objects.create(edition=over, series="Material", number=85)
digest, size = documents.keep(upload(PDF))
file = PublicationFile.objects.create(
    publication=publication, language="en", digest=digest, size=size)
side = submitted(edition, german=4).german_side
people = [ParticipantFactory(side=side) for _number in range(4)]
client = StaffClient()
user = get_user_model().objects.create_superuser("erika")
client.force_login(user)
speaker = SpeakerFactory(edition=edition)
print(json.dumps({
    "session": client.cookies["sessionid"].value,
    "edition": edition.get_absolute_url(),
    "edition_pk": edition.pk,
    "public": [reverse("conferences:home"), edition.get_absolute_url(),
               reverse("partnerships:list"), reverse("conferences:news"),
               shown.largest, file.get_absolute_url()],
    "over": over.pk,
    "speaker_page": reverse("admin:conferences_speaker_change", args=[speaker.pk]),
    "delegations": reverse("admin:registrations_delegation_changelist"),
    "delegation": side.delegation.pk,
    "people": [reverse("registrations:own-erase", args=[one.links.mint(one)])
               for one in people],
}))
"""
FACTS = """
import json
from conferences.models import Picture, PublicationFile
from django.db import connection
from registrations import erasure_log
from registrations.models import Participant
whole = "ok"
if connection.vendor == "sqlite":
    with connection.cursor() as cursor:
        whole = cursor.execute("PRAGMA integrity_check").fetchone()[0]
print(json.dumps({
    "named": sorted({one for model in (Picture, PublicationFile)
                     for one in model.objects.digests()}),
    "rows": Picture.objects.count() + PublicationFile.objects.count(),
    "unprepared": Picture.objects.filter(prepared_at=None).count(),
    "people": Participant.objects.count(),
    "erasures": len(list(erasure_log.entries())),
    "whole": whole,
}))
"""
DUE_NOW = """
from django.utils import timezone
from conferences.models import Picture
Picture.objects.filter(prepared_at=None).update(due_at=timezone.now())
"""
WORKER = ["send_letters", "--once"]
ADD_PICTURE = "/admin/conferences/picture/add/"
ADD_PUBLICATION = "/admin/conferences/publication/add/"
NO_ROOM = "Es fehlt Speicherplatz"
LATER = "Bitte versuchen Sie es gleich noch einmal"
ASK_THE_TEAM = "Das geht im Augenblick nicht"
TYPED = "Vier Menschen pflanzen einen Baum"


def noise(side: int) -> bytes:
    """A picture that is large as a file."""
    file = io.BytesIO()
    Image.effect_noise((side, side), 90).convert("RGB").save(file, "JPEG", quality=95)
    return file.getvalue()


@dataclass
class Found:
    """What a state of the disk led to."""

    statuses: Counter = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)

    def expect(self, holds: object, what: str) -> None:
        if not holds:
            self.wrong.append(what)

    def __str__(self):
        return f"answers {dict(self.statuses)}, wrong: {self.wrong or 'nothing'}"


class Visitor(server.Client):
    """Asks anew each time: between two questions the site would hang up."""

    def send(self, *arguments):
        self.hang_up()
        return super().send(*arguments)


class Site:
    """What visitors and staff ask of it, and what is to be seen then."""

    def __init__(self, environment: dict, port: int, facts: dict):
        self.environment, self.port, self.facts = environment, port, facts
        # SQLite cannot write either: the site says so of everything that would.
        self.may_be_away = "sqlite:" in environment["DATABASE_URL"]
        self.number = self.erased = self.noted_erasures = 0

    def in_trouble(self) -> Found:
        """While the disk takes nothing, or too little."""
        self.begin()
        self.read()
        for send in (self.picture, self.document, self.portrait):
            answer = send()
            if not self.says_later(answer):
                self.expect(NO_ROOM in answer.text, f"{send.__name__}: not told why")
                self.expect(TYPED in answer.text, f"{send.__name__}: typed in vain")
        self.export()
        self.register()
        answer = self.erase()
        is_told = answer.status == 302 or ASK_THE_TEAM in answer.text
        self.expect(is_told or self.says_later(answer), "erasure: not told")
        self.expect(not self.calls_its_disk_good(503), "readyz: calls the disk good")
        for words in (["backup", self.environment["VAR_DIR"]], WORKER):
            said = self.command(*words)
            is_plain = self.may_be_away or "Traceback" not in said
            self.expect(is_plain, f"{words[0]}: {said[-300:]}")
        return self.found

    def with_room(self) -> Found:
        """The same once there is room, without a restart."""
        self.may_be_away = False
        self.begin()
        self.read()
        for send in (self.picture, self.document, self.portrait, self.erase):
            answer = send()
            self.expect(answer.status == 302, f"{send.__name__}: not done")
        self.export()
        self.register()
        server.manage(self.environment, "shell", "-v0", "-c", DUE_NOW)
        for words in (WORKER, ["nightly"]):
            self.expect("Traceback" not in self.command(*words), f"{words[0]}: fails")
        self.erased = self.noted_erasures
        self.expect(self.calls_its_disk_good(200), "readyz: calls the disk bad")
        self.expect(self.known()["unprepared"] == 0, "a picture was not prepared")
        return self.found

    def begin(self) -> None:
        self.found = Found()
        self.expect = self.found.expect
        self.visitor, self.staff = Visitor(self.port), Visitor(self.port)
        self.staff.cookies["sessionid"] = self.facts["session"]

    def noted(self, answer: server.Answer, what: str) -> server.Answer:
        self.found.statuses[answer.status] += 1
        is_ours = answer.status >= 500 and not self.says_later(answer)
        self.expect(not is_ours, f"{what}: {answer.status}")
        return answer

    def says_later(self, answer: server.Answer) -> bool:
        return self.may_be_away and answer.status == 503 and LATER in answer.text

    def read(self) -> None:
        for path in self.facts["public"]:
            answer = self.noted(self.visitor.get(path), path)
            self.expect(answer.status == 200, f"{path}: cannot be read")

    def picture(self) -> server.Answer:
        values = {"edition": self.facts["edition_pk"], "alt_de": TYPED, "order": 0}
        values |= {"consent": "nobody"}
        return self.send(ADD_PICTURE, values, "upload", noise(800))

    def document(self) -> server.Answer:
        values = {"edition": self.facts["over"], "series": TYPED, "number": 86}
        values |= {"files-TOTAL_FORMS": 1, "files-INITIAL_FORMS": 0}
        values |= {"files-0-language": "de"}
        content = b"%PDF-1.7\n" + os.urandom(300_000) + b"\n%%EOF\n"
        return self.send(ADD_PUBLICATION, values, "files-0-upload", content)

    def portrait(self) -> server.Answer:
        values: dict = {"name": TYPED, "portrait-0-consent": "nobody"}
        values |= {"portrait-TOTAL_FORMS": 1, "portrait-INITIAL_FORMS": 0}
        page = self.facts["speaker_page"]
        return self.send(page, values, "portrait-0-upload", noise(700))

    def send(self, page: str, values: dict, name: str, content: bytes):
        self.noted(self.staff.get(page), page)
        return self.noted(self.staff.upload(page, values, name, content), page)

    def export(self) -> None:
        """The participants as a table."""
        page = self.facts["delegations"]
        self.noted(self.staff.get(page), page)
        chosen = {"_selected_action": self.facts["delegation"]}
        chosen |= {"action": "export_participants"}
        answer = self.noted(self.staff.post(page, chosen), "export")
        is_there = answer.status == 200 and "Muster" in answer.text
        self.expect(is_there or self.says_later(answer), "export: no table")

    def register(self) -> None:
        path = f"{self.facts['edition']}anmeldung/beginnen/"
        page = self.noted(self.visitor.get(path), path)
        answer = self.noted(
            self.visitor.post(path, registration.contact(page)), "registration"
        )
        is_begun = answer.status == 302
        self.expect(is_begun or self.says_later(answer), "registration: not begun")

    def erase(self) -> server.Answer:
        """One person asks for it; whoever was told that it is done is gone."""
        page = self.facts["people"][self.number]
        self.number += 1
        self.noted(self.visitor.get(page), "erasure")
        answer = self.noted(self.visitor.post(page, {}), "erasure")
        if answer.status == 302:
            self.noted_erasures += 1
            self.erased += "tonight" not in answer.location
        return answer

    def calls_its_disk_good(self, status: int) -> bool:
        answer = self.visitor.get("/readyz")
        self.expect(answer.status == status, f"readyz: {answer.status}")
        return json.loads(answer.text)["checks"]["disk"]["ok"]

    def command(self, *words: str) -> str:
        try:
            return server.manage(self.environment, *words, by=disks.AS_ANYBODY)
        except RuntimeError as error:
            return str(error)

    def known(self) -> dict:
        """What the database and the log of erasures say."""
        said = server.manage(self.environment, "shell", "-v0", "-c", FACTS)
        return json.loads(said)
