"""What the public sees of pictures: galleries and portraits."""

import re

import pytest

from conferences.models import Picture, Publication, PublicationFile
from tests.conferences.pages import address, html, past
from tests.conferences.sessions import SpeakerFactory, let_out, path, released
from tests.factories import EditionFactory
from tests.pictures import PictureFactory

pytestmark = pytest.mark.django_db


def gallery_of(page) -> list[str]:
    return re.findall(r'class="gallery__link" href="([^"]+)"', page)


def test_a_picture_stands_in_every_width_and_format(client):
    edition = EditionFactory()
    picture = PictureFactory(edition=edition, caption_de="Ein Baum", photographer="Eva")

    page = html(client, address(edition))

    start = f"/media/{picture.digest}"
    for ending in ("webp", "jpg"):
        widths = (320, 640, 1280, 1600)
        srcset = ", ".join(f"{start}/{one}.{ending} {one}w" for one in widths)
        assert f'srcset="{srcset}"' in page
    assert 'width="640" height="480" alt="Vier Menschen pflanzen einen Baum"' in page
    assert 'loading="lazy"' in page
    assert "Ein Baum" in page
    assert "Foto: Eva" in page


def test_a_description_in_another_language_says_so(client):
    edition = EditionFactory()
    PictureFactory(edition=edition, alt_de="", alt_en="Four people")

    page = html(client, address(edition))

    assert 'alt="Four people" lang="en"' in page


def test_what_staff_typed_stays_text(client):
    edition = EditionFactory()
    evil = '"><script>alert(1)</script>'
    PictureFactory(edition=edition, alt_de=evil, caption_de=evil, photographer=evil)

    page = html(client, address(edition))

    assert "&lt;script&gt;alert(1)" in page
    assert "<script>alert(1)" not in page


@pytest.mark.parametrize(
    "values",
    [
        {"consent": Picture.Consent.OPEN},
        {"consent": Picture.Consent.WITHDRAWN},
        {"alt_de": "", "alt_en": ""},
        {"prepared_at": None},
    ],
    ids=["no consent", "withdrawn", "no description", "not prepared"],
)
def test_a_picture_that_lacks_something_is_not_shown(client, values):
    edition = EditionFactory()
    shown = PictureFactory(edition=edition)
    PictureFactory(edition=edition, **values)

    for where in (address(edition), path("gallery", edition, language="de")):
        assert gallery_of(html(client, where)) == [shown.largest]


def test_withdrawn_consent_is_seen_at_once(client):
    edition = EditionFactory()
    picture = PictureFactory(edition=edition)
    assert gallery_of(html(client, address(edition))) == [picture.largest]

    picture.consent = Picture.Consent.WITHDRAWN
    picture.save()

    assert gallery_of(html(client, address(edition))) == []


@pytest.mark.parametrize(("how_many", "is_linked"), [(12, False), (13, True)])
def test_the_page_of_a_conference_shows_the_first_twelve(client, how_many, is_linked):
    edition = EditionFactory()
    rows = [PictureFactory(edition=edition, order=-i % 40) for i in range(how_many)]

    page = html(client, address(edition))

    first = sorted(rows, key=lambda row: (row.order, row.pk))[:12]
    assert gallery_of(page) == [picture.largest for picture in first]
    assert ("Alle Bilder dieser Konferenz" in page) is is_linked


def test_the_gallery_has_pages(client):
    edition = EditionFactory()
    rows = PictureFactory.create_batch(25, edition=edition)
    where = path("gallery", edition)

    assert len(gallery_of(html(client, where))) == 24
    assert gallery_of(html(client, f"{where}?page=2")) == [rows[24].largest]
    assert gallery_of(html(client, f"{where}?page=99")) == [rows[24].largest]


def test_a_gallery_without_pictures_says_so(client):
    page = html(client, path("gallery", EditionFactory()))

    assert "There are no pictures of this conference yet." in page


def test_the_gallery_of_a_hidden_conference_is_for_staff(client, admin_client):
    edition = EditionFactory(published_at=None)
    PictureFactory(edition=edition)
    where = path("gallery", edition)

    assert client.get(where).status_code == 404
    shown = admin_client.get(where)
    assert len(gallery_of(shown.content.decode())) == 1
    assert "no-store" in shown.headers["Cache-Control"]


def test_who_shares_a_conference_shares_its_first_picture(client):
    edition = EditionFactory()
    picture = PictureFactory(edition=edition)

    page = html(client, address(edition))

    assert (
        f'property="og:image" content="http://localhost:8000{picture.largest}"' in page
    )
    assert 'og:image:alt" content="Vier Menschen pflanzen einen Baum"' in page


def test_search_engines_are_told_of_pictures_and_their_gallery(client):
    edition = EditionFactory()
    picture = PictureFactory(edition=edition)
    without = EditionFactory()
    PictureFactory(edition=without, consent=Picture.Consent.OPEN)

    page = html(client, address(edition))
    sitemap = client.get("/sitemap-conferences.xml").content.decode()

    assert f'"image": ["http://localhost:8000{picture.largest}"]' in page
    found = re.findall("<loc>http://localhost:8000([^<]+)</loc>", sitemap)
    assert path("gallery", edition) in found
    assert path("edition", without) in found
    assert path("gallery", without) not in found


def test_a_page_without_pictures_shares_none(client):
    assert "og:image" not in html(client, address(EditionFactory()))


def a_speaker(**values):
    edition = EditionFactory()
    speaker = SpeakerFactory(edition=edition, name="Paula Muster")
    session = released(edition)
    session.contributions.create(speaker=speaker)
    let_out(edition)
    portrait = PictureFactory(
        edition=None, speaker=speaker, alt_de="", alt_en="", **values
    )
    return edition, session, speaker, portrait


def test_a_portrait_stands_on_the_page_of_the_person(client):
    edition, session, speaker, portrait = a_speaker()

    page = html(client, path("speaker", edition, speaker.slug))
    lists = html(client, path("session", edition, session.slug))

    assert f'src="{portrait.address(640, "jpg")}"' in page
    assert 'alt="Paula Muster"' in page
    assert f'src="{portrait.address(320, "jpg")}"' in lists
    assert 'alt=""' in lists  # the name stands beside it
    assert gallery_of(html(client, address(edition))) == []


def test_a_portrait_without_consent_is_not_shown(client):
    edition, session, speaker, portrait = a_speaker(consent=Picture.Consent.OPEN)

    for where in (
        path("speaker", edition, speaker.slug),
        path("session", edition, session.slug),
    ):
        page = html(client, where)
        assert "Paula Muster" in page
        assert portrait.digest not in page


def test_a_new_portrait_needs_no_release_of_the_programme(client):
    edition, session, speaker, _portrait = a_speaker()
    session.refresh_from_db()
    copy = session.released
    speaker.portrait.delete()

    page = html(client, path("speaker", edition, speaker.slug))

    session.refresh_from_db()
    assert session.released == copy
    assert "<picture>" not in page


def test_publications_say_what_there_is_to_load(client):
    edition = past(2016)
    publication = Publication.objects.create(
        edition=edition,
        series="Material",
        number=85,
        published_year=2017,
        published_month=3,
    )
    for language, pages in (("de", 48), ("en", None)):
        PublicationFile.objects.create(
            publication=publication,
            language=language,
            pages=pages,
            digest="a" * 32,
            size=2_400_000,
        )

    page = html(client, address(edition)).replace("\xa0", " ")

    assert "Material, Nr. 85 (März 2017)" in page
    link = f'<a href="/media/{"a" * 32}/material-85-de.pdf" hreflang="de"'
    assert f'{link} type="application/pdf">Deutsch (PDF, 2,3 MB, 48 Seiten)</a>' in page
    assert "Englisch (PDF, 2,3 MB)</a>" in page


def test_a_publication_without_a_file_is_named_all_the_same(client):
    edition = past(2016)
    Publication.objects.create(edition=edition, series="Material", number=85)

    page = html(client, address(edition))

    assert "Material, Nr. 85" in page
    assert "PDF" not in page
