"""The worker prepares each picture once, and sweeps away what no row names."""

import os
import time
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from conferences import files, upkeep
from conferences.models import Picture
from conferences.models.picture import LEASE, PAUSE
from tests.conferences.sessions import SpeakerFactory
from tests.factories import EditionFactory
from tests.pictures import PictureFactory, as_bytes, drawn, kept, prepared, upload
from tests.test_content_version import version

pytestmark = pytest.mark.django_db


def fresh(picture):
    return Picture.objects.get(pk=picture.pk)


def names(folder):
    return {path.name for path in folder.iterdir()}


def make_old(*folders):
    before = time.time() - files.GRACE_SECONDS - 10
    for folder in folders:
        for path in folder.iterdir():
            os.utime(path, (before, before))


def test_the_worker_prepares_what_was_uploaded():
    picture = kept()
    assert fresh(picture).prepared_at is None

    call_command("send_letters", once=True)

    assert fresh(picture).prepared_at is not None
    assert names(files.public(picture.digest)) == {
        "320.jpg",
        "320.webp",
        "400.jpg",
        "400.webp",
    }


def test_pages_are_made_anew_once_a_picture_is_there():
    kept()
    before = version()

    upkeep.prepare_due()

    assert version() > before


def test_taking_gives_each_picture_once():
    kept()

    taken = [Picture.objects.take(), Picture.objects.take()]

    assert [picture is None for picture in taken] == [False, True]


def test_a_picture_that_another_worker_took_a_moment_before_is_not_taken():
    kept()

    def other_worker_is_faster(execute, sql, *rest):
        result = execute(sql, *rest)
        if "ORDER BY" in sql:
            Picture.objects.update(due_at=timezone.now() + LEASE)
        return result

    with connection.execute_wrapper(other_worker_is_faster):
        taken = Picture.objects.take()

    assert taken is None


def test_a_worker_that_died_leaves_the_picture_to_another():
    picture = kept()
    at = timezone.now()
    Picture.objects.take(at)

    assert Picture.objects.take(at + LEASE - timedelta(seconds=1)) is None
    assert Picture.objects.take(at + LEASE) == picture


def test_a_failure_is_shown_to_staff_and_tried_again():
    picture = kept()
    files.private(picture.digest).unlink()

    upkeep.prepare_due()

    failed = fresh(picture)
    assert failed.prepared_at is None
    assert failed.failure == "broken"
    assert not Picture.objects.due().exists()
    assert Picture.objects.due(timezone.now() + PAUSE).exists()


def test_a_full_disk_is_told_and_forgotten_once_there_is_room(settings, tmp_path):
    picture = kept()
    public = tmp_path / "media" / "public"
    public.write_text("in the way of the folder")
    upkeep.prepare_due()
    assert fresh(picture).failure == "disk"

    public.unlink()
    Picture.objects.update(due_at=timezone.now())
    upkeep.prepare_due()

    assert fresh(picture).failure == ""
    assert fresh(picture).prepared_at is not None


def test_a_picture_that_got_another_file_meanwhile_is_not_called_prepared():
    picture = kept()
    taken = Picture.objects.take()
    other, facts = "f" * 32, {"width": 900, "height": 600}
    picture.receive(other, **facts)
    picture.save()

    taken.prepare()

    assert fresh(picture).prepared_at is None


def test_one_picture_that_fails_does_not_keep_the_others_back():
    bad, good = kept(), kept(as_bytes(drawn(500, 400)))
    files.private(bad.digest).unlink()

    assert upkeep.prepare_due() == 2

    assert fresh(good).prepared_at is not None


def test_the_files_of_a_deleted_picture_are_swept_away():
    stays, goes = prepared(), prepared(as_bytes(drawn(500, 400)))
    goes.delete()
    make_old(files.private_folder(), files.public_folder())

    upkeep.sweep()

    assert names(files.private_folder()) == {stays.digest}
    assert names(files.public_folder()) == {stays.digest}


def test_the_portrait_of_a_deleted_speaker_is_swept_away():
    speaker = SpeakerFactory()
    prepared(speaker=speaker, edition=None)
    speaker.delete()
    make_old(files.private_folder(), files.public_folder())

    upkeep.sweep()

    assert names(files.private_folder()) | names(files.public_folder()) == set()


def test_one_file_of_two_pictures_stays_as_long_as_one_of_them():
    stays = prepared()
    PictureFactory(edition=EditionFactory(), digest=stays.digest).delete()
    make_old(files.private_folder(), files.public_folder())

    upkeep.sweep()

    assert names(files.public_folder()) == {stays.digest}


def test_what_was_just_sent_is_left_alone():
    """Its row may not be saved yet."""
    from conferences import pictures

    digest, _facts = pictures.keep(upload())

    upkeep.sweep()

    assert names(files.private_folder()) == {digest}


def test_who_sends_a_file_again_keeps_it_from_being_swept_away():
    from conferences import pictures

    digest, _facts = pictures.keep(upload())
    make_old(files.private_folder())
    pictures.keep(upload())

    upkeep.sweep()

    assert names(files.private_folder()) == {digest}
