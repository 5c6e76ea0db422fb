"""A backup brings everything back, and nobody who is to be forgotten."""

import gzip
import json
import os
import shutil
import sqlite3
import stat
import tarfile
from collections import namedtuple
from contextlib import closing
from pathlib import Path
from urllib.parse import urlsplit

import psycopg2
import pytest

from config import backup, dumps, restore
from tests import dumping, server

FILL = """
from datetime import timedelta
from django.contrib.auth.models import User
from django.contrib.sessions.models import Session
from django.utils import timezone
from registrations.models import Letter
from tests.factories import DelegationFactory
now = timezone.now()
staff = User.objects.create_user("staff", password="secret-password")
Session.objects.create(session_key="k" * 32, session_data="x",
                       expire_date=now + timedelta(hours=1))
kept = DelegationFactory(state="submitted", submitted_at=now)
DelegationFactory(saved_at=now - timedelta(days=31))
for state in ("queued", "sending", "sent"):
    letter = Letter.objects.write(kept.german_side, "submitted")
    Letter.objects.filter(pk=letter.pk).update(state=state)
DelegationFactory().delete()  # its number is not given again
"""


class Site:
    """Somebody's site on SQLite: its database, its uploads, its commands."""

    def __init__(self, folder: Path):
        self.folder, self.media = folder, folder / "media"
        self.file, self.backups = folder / "site.sqlite3", folder / "backups"
        self.environment = {**os.environ, "VAR_DIR": str(folder)}
        self.environment.pop("DATABASE_URL", None)

    def manage(self, *arguments) -> str:
        return server.manage(self.environment, *arguments)

    @property
    def backup(self) -> Path:
        return max(self.backups.glob("backup-*.tar.gz"))

    def ask(self, question):
        with closing(sqlite3.connect(self.file)) as opened:
            return [row for (row,) in opened.execute(question)]

    def everything(self) -> list[str]:
        """Tables, rows, next numbers and triggers; not that a restoration was noted."""
        with closing(sqlite3.connect(self.file)) as opened:
            return [line for line in opened.iterdump() if "nightlyrun" not in line]

    def state(self):
        """How many delegations and sessions there are, and what became of letters."""
        return [
            *self.ask("SELECT count(*) FROM registrations_delegation"),
            *self.ask("SELECT count(*) FROM django_session"),
            self.ask("SELECT state FROM registrations_letter ORDER BY id"),
        ]


def fill(site) -> None:
    site.manage("migrate", "-v0")
    site.manage("shell", "-v0", "-c", FILL)
    (site.media / "pictures").mkdir(parents=True)
    (site.media / "pictures" / "größe.bin").write_bytes(os.urandom(2000))
    (site.media / "empty.txt").write_bytes(b"")
    site.backups.mkdir()
    site.manage("backup", str(site.backups))


@pytest.fixture(scope="module")
def filled(tmp_path_factory):
    """A site with rows and files, and a backup of it."""
    if os.environ.get("DATABASE_URL", "").startswith("postgres"):
        pytest.skip("runs with the tests on SQLite")
    site = Site(tmp_path_factory.mktemp("filled"))
    fill(site)
    return site


@pytest.fixture
def site(filled, tmp_path):
    """A copy of that site, with its backup."""
    shutil.copytree(filled.folder, tmp_path / "var")
    return Site(tmp_path / "var")


def test_a_backup_is_one_file_for_its_owner_only(filled):
    [file] = filled.backups.iterdir()

    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    with tarfile.open(file) as archive:
        names = archive.getnames()
        manifest = json.load(archive.extractfile("manifest.json"))
    media = ["media/empty.txt", "media/pictures/größe.bin"]
    assert names == ["database", *media, "manifest.json"]
    assert manifest["database"] == "sqlite"
    assert "config.0001_nightly_runs" in manifest["migrations"]
    assert set(manifest["files"]) == {"database", *media}


def test_a_backup_holds_no_key(filled):
    key = (filled.folder / "field-key.txt").read_bytes()

    assert key not in gzip.decompress(filled.backup.read_bytes())


def test_everything_comes_back_on_an_empty_folder(site):
    site.manage("erase")  # a restoration would erase the same
    rows, files = site.everything(), dumping.files_in(site.media)
    site.manage("backup", str(site.backups), "--keep", "1")
    for file in site.folder.glob("site.sqlite3*"):
        file.unlink()
    shutil.rmtree(site.media)

    site.manage("restore", str(site.backup), "--moved")

    assert site.everything() == rows
    assert dumping.files_in(site.media) == files
    assert stat.S_IMODE(site.file.stat().st_mode) == 0o600
    assert [*site.folder.glob(".*"), *site.media.glob(".*")] == []


def test_what_is_over_does_not_come_back(site):
    (site.media / "newer.txt").write_text("newer")

    told = site.manage("restore", str(site.backup), "--replace")

    assert "drafts erased: 1" in told
    assert site.state() == [1, 0, ["in_doubt", "in_doubt", "sent"]]
    assert not (site.media / "newer.txt").exists()


def test_after_a_move_letters_wait_on_and_sessions_last(site):
    site.manage("restore", str(site.backup), "--replace", "--moved")

    assert site.state() == [1, 1, ["queued", "sending", "sent"]]


def test_an_older_backup_gets_the_migrations_that_it_lacks(site):
    site.manage("migrate", "config", "zero", "-v0")
    site.manage("backup", str(site.backups), "--keep", "1")

    site.manage("restore", str(site.backup), "--replace")

    assert site.ask("SELECT count(*) FROM config_nightlyrun") == [1]


def test_what_the_site_holds_is_given_up_only_when_asked(site):
    before = site.everything()

    with pytest.raises(RuntimeError, match="The database is not empty: --replace"):
        site.manage("restore", str(site.backup))

    assert site.everything() == before


def test_uploads_are_given_up_only_when_asked(filled, tmp_path):
    nothing = dumps.Sqlite(tmp_path / "site.sqlite3")

    with pytest.raises(dumps.Unable, match="media is not empty: --replace"):
        restore.must_be_empty(nothing, filled.media)

    assert restore.must_be_empty(nothing, tmp_path / "media") is None


def changed(site, folder, change) -> Path:
    """The backup with a file of it changed: `change` gets name and content."""
    with tarfile.open(site.backup) as old, tarfile.open(folder / "x", "w:gz") as new:
        for member in old:
            read = old.extractfile(member)
            name, content = change(member.name, read.read() if read else b"")
            (folder / "member").write_bytes(content)
            new.add(folder / "member", name)
    return folder / "x"


def in_manifest(old: bytes, new: bytes):
    return lambda name, text: (
        name,
        text.replace(old, new) if name == "manifest.json" else text,
    )


@pytest.mark.parametrize(
    ("change", "line"),
    [
        (lambda name, text: (name, text + b"x" * ("empty" in name)), "is damaged"),
        (lambda name, text: (name.replace("empty", "e"), text), "is damaged"),
        (in_manifest(b'"format": 1', b'"format": 2'), "that this version can read"),
        (in_manifest(b'"sqlite"', b'"postgresql"'), "for postgresql, and the site us"),
        (
            in_manifest(b"0001_nightly", b"0009_newer"),
            "config.0009_newer_runs: install",
        ),
        (in_manifest(b"empty.txt", b"../../e"), "is damaged"),
    ],
)
def test_a_backup_that_does_not_fit_is_refused(filled, tmp_path, change, line):
    file, database = changed(filled, tmp_path, change), dumps.Sqlite(filled.file)

    with pytest.raises(dumps.Unable, match=line):
        restore.must_fit(restore.checked(file), database)


def test_a_file_outside_of_its_folder_is_refused(filled, tmp_path):
    def climb(name, text):
        return name.replace("empty", "../e"), text.replace(b"/empty", b"/../e")

    with pytest.raises(dumps.Unable, match=r"is damaged: media/\.\./e\.txt"):
        restore.checked(changed(filled, tmp_path, climb))


def test_half_a_backup_is_refused(filled, tmp_path):
    whole = filled.backup.read_bytes()
    (tmp_path / "half").write_bytes(whole[: len(whole) // 2])

    with pytest.raises(dumps.Unable, match="cannot be read to its end"):
        restore.checked(tmp_path / "half")


def test_a_site_that_runs_is_not_replaced(site):
    database = dumps.Sqlite(site.file)
    with closing(sqlite3.connect(site.file)) as running:
        running.execute("PRAGMA journal_mode=WAL")
        running.execute("SELECT 1 FROM django_migrations").fetchone()

        with pytest.raises(dumps.Unable, match="stop the site and its worker first"):
            database.must_be_at_rest()

    assert database.must_be_at_rest() is None


def test_a_key_that_is_missing_is_told(filled, settings):
    archive = restore.checked(filled.backup)
    [key] = [(filled.folder / "field-key.txt").read_text()]

    settings.FIELD_KEYS = ["another", key]
    assert not restore.opens_no_field(archive)
    settings.FIELD_KEYS = ["another"]
    assert restore.opens_no_field(archive)


def test_all_but_the_newest_are_deleted(tmp_path):
    for day in range(1, 4):
        (tmp_path / f"backup-2020010{day}T000000Z.tar.gz").touch()
    (tmp_path / "notes.txt").touch()

    assert backup.forget_old(tmp_path, keep=2) == 1
    assert {file.name[:15] for file in tmp_path.iterdir()} == {
        "backup-20200102",
        "backup-20200103",
        "notes.txt",
    }


@pytest.mark.django_db
def test_without_room_nothing_is_written(filled, tmp_path, monkeypatch):
    usage = namedtuple("usage", "free")(9 * 2**20)
    monkeypatch.setattr("config.backup.shutil.disk_usage", lambda folder: usage)

    with pytest.raises(dumps.Unable, match=r"^Not enough room in .*, 9 MB are free\.$"):
        backup.make(dumps.Sqlite(filled.file), filled.media, tmp_path)

    assert [*tmp_path.iterdir()] == []


@pytest.mark.django_db
def test_a_disk_that_fills_up_leaves_nothing(filled, tmp_path, monkeypatch):
    def full(*args):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("config.backup._add_manifest", full)

    with pytest.raises(dumps.Unable, match="No space left on device"):
        backup.make(dumps.Sqlite(filled.file), filled.media, tmp_path)

    assert [*tmp_path.iterdir()] == []


@pytest.fixture
def on_postgresql(tmp_path):
    """An empty database in the server of the tests, with programs of its version."""
    url = urlsplit(os.environ["DATABASE_URL"])._replace(path="/postgres").geturl()
    with server.database("backup_test", url) as environment:
        path = dumping.programs_for(url)
        if path is None:
            pytest.skip("no pg_dump of the server's version")
        site = Site(tmp_path)
        site.environment = {**environment, "VAR_DIR": str(tmp_path), "PATH": path}
        yield site


@pytest.mark.postgresql
def test_everything_comes_back_on_postgresql(on_postgresql):
    site = on_postgresql
    fill(site)
    site.manage("erase")
    site.manage("backup", str(site.backups), "--keep", "1")
    compare = ("shell", "-v0", "-c", dumping.EVERYTHING)
    rows = site.manage(*compare)
    site.manage("flush", "--no-input", "-v0")
    (site.media / "empty.txt").unlink()

    with pytest.raises(RuntimeError, match="The database is not empty: --replace"):
        site.manage("restore", str(site.backup))
    with (
        closing(psycopg2.connect(site.environment["DATABASE_URL"])),
        pytest.raises(RuntimeError, match="1 others use the database: stop"),
    ):
        site.manage("restore", str(site.backup), "--replace")
    site.manage("restore", str(site.backup), "--replace", "--moved")

    assert site.manage(*compare) == rows
    assert (site.media / "empty.txt").exists()


@pytest.mark.postgresql
def test_without_its_program_a_backup_says_what_to_install(on_postgresql):
    on_postgresql.environment["PATH"] = "/nowhere"
    on_postgresql.backups.mkdir()

    with pytest.raises(RuntimeError, match="pg_dump was not found: apt-get install"):
        on_postgresql.manage("backup", str(on_postgresql.backups))
