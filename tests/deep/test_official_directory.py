"""The real directory, which is not part of the project: name it in the environment.

OFFICIAL_DIRECTORY=/path/to/AuszugGV.csv pytest tests/deep/test_official_directory.py
"""

import os
import time
from pathlib import Path

import pytest
from django.core.management import call_command

from partnerships import directory_import
from partnerships.masterdata import Report
from partnerships.models import Municipality
from partnerships.official_directory import read

PATH = os.environ.get("OFFICIAL_DIRECTORY", "")

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(
        not PATH, reason="OFFICIAL_DIRECTORY names no file: NOT TRIED with the real one"
    ),
]


def test_the_seeded_municipalities_are_recognised(seeded):
    report = Report()
    path = Path(PATH)

    comparison = directory_import.compare(read(path, report), path, report)

    with_key = Municipality.objects.german().exclude(ags="").count()
    assert report.faults == []
    assert comparison.changed == []
    assert comparison.gone == []
    assert comparison.same == with_key


def test_all_municipalities_are_taken_over_within_a_minute(seeded):
    slugs = dict(Municipality.objects.exclude(ags="").values_list("ags", "slug"))
    begun = time.monotonic()

    call_command("import_municipalities", PATH, "--save", verbosity=0)

    assert time.monotonic() - begun < 60
    assert Municipality.objects.german().count() > 11_000
    assert (
        slugs.items() <= dict(Municipality.objects.values_list("ags", "slug")).items()
    )


def test_a_second_import_finds_nothing_new(seeded):
    call_command("import_municipalities", PATH, "--save", verbosity=0)
    report = Report()
    path = Path(PATH)

    comparison = directory_import.compare(read(path, report), path, report)

    assert (comparison.new, comparison.changed, comparison.gone) == ([], [], [])
