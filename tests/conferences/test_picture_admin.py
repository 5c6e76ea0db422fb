"""Staff upload pictures, portraits and documents in the admin."""

import re

import pytest
from django.contrib.admin.models import LogEntry
from django.urls import reverse
from django.utils import timezone

from conferences import files
from conferences.models import Picture, Publication, PublicationFile
from tests.conferences.sessions import SpeakerFactory
from tests.conferences.test_media import PDF
from tests.factories import EditionFactory, staff
from tests.hostile import NOISE, SVG, halved
from tests.pictures import PictureFactory, as_bytes, drawn, kept, prepared, upload

pytestmark = pytest.mark.django_db

ADD = reverse("admin:conferences_picture_add")
LIST = reverse("admin:conferences_picture_changelist")


def change(picture):
    return reverse("admin:conferences_picture_change", args=[picture.pk])


def typed(edition, *uploads, **values):
    return {
        "edition": edition.pk,
        "upload": list(uploads),
        "alt_de": "Vier Menschen",
        "photographer": "Eva",
        "consent": "nobody",
        "order": "3",
        **values,
    }


def errors_of(response):
    return dict(response.context["adminform"].form.errors)


def files_kept():
    return {path.name for path in files.private_folder().iterdir()}


def test_a_picture_is_uploaded_and_waits_for_the_worker(admin_client):
    edition = EditionFactory()

    response = admin_client.post(ADD, typed(edition, upload()))

    assert response.status_code == 302
    picture = Picture.objects.get()
    assert (picture.edition, picture.width, picture.height) == (edition, 400, 300)
    assert picture.prepared_at is None
    assert files_kept() == {picture.digest}


def test_several_pictures_share_consent_but_not_what_can_be_seen(admin_client):
    colours = ["red", "green", "blue"]
    uploads = [upload(as_bytes(drawn(colour=one))) for one in colours]

    response = admin_client.post(ADD, typed(EditionFactory(), *uploads), follow=True)

    assert "3 Bilder sind gespeichert." in response.text
    rows = Picture.objects.order_by("pk")
    assert [row.alt_de for row in rows] == ["Vier Menschen", None, None]
    assert {(row.photographer, row.consent) for row in rows} == {("Eva", "nobody")}
    assert files_kept() == {row.digest for row in rows}


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (SVG, "In der Datei steckt noch etwas anderes als ein Bild."),
        (b"no picture", "Das ist kein Bild, das wir lesen können."),
        (halved(as_bytes(NOISE)), "Das Bild ist beschädigt"),
    ],
)
def test_a_refused_file_is_told_in_german_and_nothing_typed_is_lost(
    admin_client, content, words
):
    response = admin_client.post(ADD, typed(EditionFactory(), upload(content, "x.jpg")))

    [message] = errors_of(response)["upload"]
    assert message.startswith(f"x.jpg: {words}")
    assert 'value="Vier Menschen"' in response.text
    assert 'value="Eva"' in response.text
    assert not Picture.objects.exists()
    assert files_kept() == set()


def test_a_file_that_is_too_large_is_told_so(admin_client):
    big = upload(as_bytes(drawn()) + b"\0" * 26 * 2**20)

    response = admin_client.post(ADD, typed(EditionFactory(), big))

    assert errors_of(response)["upload"] == [
        "picture.jpg: Die Datei ist größer als 25 MB. Bitte wählen Sie eine kleinere."
    ]


def test_each_of_several_refused_files_is_named(admin_client):
    uploads = [upload(b"x", "a.jpg"), upload(), upload(SVG, "b.jpg")]

    response = admin_client.post(ADD, typed(EditionFactory(), *uploads))

    names = [message.split(":")[0] for message in errors_of(response)["upload"]]
    assert names == ["a.jpg", "b.jpg"]


def test_a_disk_that_takes_nothing_is_told(admin_client, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "file"
    settings.MEDIA_ROOT.write_text("in the way")

    response = admin_client.post(ADD, typed(EditionFactory(), upload()))

    assert "Es fehlt Speicherplatz" in errors_of(response)["upload"][0]


def test_a_new_picture_needs_a_file(admin_client):
    assert "upload" in errors_of(admin_client.post(ADD, typed(EditionFactory())))


@pytest.mark.parametrize("edition", ["", "x", "0", "9" * 30])
def test_a_picture_without_a_conference_comes_back_filled(admin_client, edition):
    response = admin_client.post(
        ADD, {**typed(EditionFactory(), upload()), "edition": edition}
    )

    assert "edition" in errors_of(response)
    assert 'value="Vier Menschen"' in response.text


def test_a_picture_is_not_put_into_a_gallery_twice(admin_client):
    edition = EditionFactory()
    admin_client.post(ADD, typed(edition, upload()))

    response = admin_client.post(ADD, typed(edition, upload()))

    assert errors_of(response) == {"upload": ["Dieses Bild ist schon in der Galerie."]}
    assert admin_client.post(ADD, typed(EditionFactory(), upload())).status_code == 302


def test_consent_needs_its_day(admin_client):
    response = admin_client.post(
        ADD, typed(EditionFactory(), upload(), consent="given")
    )

    assert errors_of(response)["__all__"] == [
        "Bitte geben Sie an, an welchem Tag sie eingewilligt haben."
    ]


def test_texts_are_changed_without_sending_the_file_again(admin_client):
    picture = prepared()

    admin_client.post(
        change(picture), {"alt_de": "Neu", "consent": "nobody", "order": 1}
    )

    changed = Picture.objects.get()
    assert (changed.alt_de, changed.digest) == ("Neu", picture.digest)
    assert changed.prepared_at == picture.prepared_at


def test_another_file_is_prepared_anew(admin_client):
    picture = prepared()
    other = upload(as_bytes(drawn(500, 400)))

    admin_client.post(
        change(picture),
        {"upload": [other], "alt_de": "Neu", "consent": "nobody", "order": 1},
    )

    changed = Picture.objects.get()
    assert (changed.width, changed.prepared_at) == (500, None)
    assert changed.digest != picture.digest


def test_the_list_shows_the_picture_and_what_is_missing(admin_client):
    shown, bare = prepared(), kept(consent="open", alt_de="", alt_en="")
    Picture.objects.filter(pk=bare.pk).update(failure="disk")

    page = admin_client.get(LIST).text

    assert f'src="/media/{shown.digest}/320.jpg"' in page
    assert "öffentlich mit seiner Konferenz" in page
    missing = ("die Einwilligung fehlt", "es fehlt die Beschreibung")
    for words in ("Es fehlt Speicherplatz", *missing):
        assert words in page


def test_consent_is_noted_for_several_at_once(admin_client):
    open_one = PictureFactory(consent="open")
    withdrawn = PictureFactory(consent="withdrawn")
    chosen = {"action": "agree", "_selected_action": [open_one.pk, withdrawn.pk]}

    response = admin_client.post(LIST, chosen, follow=True)

    open_one.refresh_from_db()
    assert (open_one.consent, open_one.consent_on) == ("given", timezone.localdate())
    withdrawn.refresh_from_db()
    assert withdrawn.consent == "withdrawn"
    assert "1 Bild: Einwilligung vermerkt." in response.text
    assert LogEntry.objects.filter(object_id=open_one.pk).count() == 1


def test_the_portrait_of_a_speaker_is_uploaded_with_the_person(admin_client):
    speaker = SpeakerFactory()
    page = reverse("admin:conferences_speaker_change", args=[speaker.pk])
    portrait = {
        "portrait-TOTAL_FORMS": "1",
        "portrait-INITIAL_FORMS": "0",
        "portrait-0-upload": upload(),
        "portrait-0-consent": "given",
        "portrait-0-consent_on": "01.02.2026",
    }

    response = admin_client.post(page, {"name": "Paula Muster", **portrait})

    assert response.status_code == 302
    assert speaker.portrait.consent == "given"
    assert not Picture.objects.gallery().exists()


def test_a_refused_portrait_loses_nothing_typed(admin_client):
    page = reverse("admin:conferences_speaker_change", args=[SpeakerFactory().pk])
    portrait = {
        "portrait-TOTAL_FORMS": "1",
        "portrait-INITIAL_FORMS": "0",
        "portrait-0-upload": upload(b"x", "x.jpg"),
        "portrait-0-consent": "nobody",
    }

    response = admin_client.post(page, {"name": "Neuer Name", **portrait})

    assert "x.jpg: Das ist kein Bild" in response.text
    assert 'value="Neuer Name"' in response.text


def publication_form(publication, content, **values):
    return {
        "edition": publication.edition_id,
        "series": publication.series,
        "number": publication.number,
        "files-TOTAL_FORMS": "1",
        "files-INITIAL_FORMS": "0",
        "files-0-language": "de",
        "files-0-upload": upload(content, "x.pdf"),
        "files-0-pages": "48",
        **values,
    }


def a_publication():
    return Publication.objects.create(
        edition=EditionFactory(), series="Material", number=85
    )


def test_a_document_is_uploaded(admin_client):
    publication = a_publication()
    page = reverse("admin:conferences_publication_change", args=[publication.pk])

    response = admin_client.post(page, publication_form(publication, PDF))

    assert response.status_code == 302
    file = PublicationFile.objects.get()
    assert (file.language, file.size, file.pages) == ("de", len(PDF), 48)
    assert f"PDF, {len(PDF)}" in admin_client.get(page).text.replace("\xa0", " ")


def test_a_document_that_is_no_pdf_is_told_so(admin_client):
    publication = a_publication()
    page = reverse("admin:conferences_publication_change", args=[publication.pk])

    response = admin_client.post(page, publication_form(publication, b"<html>"))

    assert "Das ist kein PDF." in response.text
    assert re.search(r'name="files-0-pages" value="48"', response.text)
    assert not PublicationFile.objects.exists()


def test_who_may_only_look_at_pictures_sends_none(client):
    client.force_login(staff("conferences.view_picture"))

    response = client.post(ADD, typed(EditionFactory(), upload()))

    assert response.status_code == 413
    assert not Picture.objects.exists()


@pytest.mark.parametrize("how_many", [1, 3])
def test_the_list_costs_the_same_however_long(
    admin_client, django_assert_num_queries, how_many
):
    edition = EditionFactory()
    PictureFactory.create_batch(how_many, edition=edition)

    with django_assert_num_queries(8):
        response = admin_client.get(LIST)

    assert response.text.count('class="preview"') == how_many
