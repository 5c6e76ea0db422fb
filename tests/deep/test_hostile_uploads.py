"""Each form that takes a file refuses each hostile picture, sent as a browser does."""

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile

from conferences import files
from tests.access.who import CHIEF
from tests.hostile import HOSTILE
from tests.pictures import upload
from tests.texts.filling import rolled_back
from tests.texts.test_admin_forms import all_forms, sent_with
from tests.texts.test_file_names import TAKE, rows_for, takers

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.any_database,
    pytest.mark.usefixtures("kept_files"),
]


@pytest.fixture(scope="module")
def found():
    """Looked for once, by the first test, which has the settings of a test."""
    return []


@pytest.fixture
def places(world, found):
    """Each field for a file: the model, the address, and the rest of its form."""
    found += (
        ()
        if found
        else [
            (model, path, {**sent_with(page, "Wort"), **rows_for(fields)}, field)
            for model, path, page, fields in takers(world, world.clients[CHIEF])
            for field in fields
        ]
    )
    return found


def refused(answer) -> set[str]:
    return {
        form.add_prefix(name)
        for form in all_forms(answer)
        if form.is_bound
        for name in form.errors
    }


def lying() -> set:
    return {path for path in settings.MEDIA_ROOT.rglob("*") if path.is_file()}


def test_every_form_that_takes_a_file_is_tried(places):
    assert {model for model, *_more in places} == TAKE


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_picture_is_refused_by_every_form(world, places, name):
    make, _why = HOSTILE[name]
    content, client = make(), world.clients[CHIEF]
    files.private_folder()
    before = lying()

    for _model, path, sent, field in places:
        file = SimpleUploadedFile("picture.jpg", content, "image/jpeg")
        with rolled_back():
            answer = client.post(path, {**sent, field: file})
        assert answer.status_code == 200, (path, field)
        assert field in refused(answer), (path, field)
    assert lying() == before


def test_a_picture_that_is_one_is_not_refused(world, places):
    """The control: by the forms for pictures, which differ from those for documents."""
    taken = set()
    for model, path, sent, field in places:
        with rolled_back():
            answer = world.clients[CHIEF].post(path, {**sent, field: upload()})
        is_shown_again = answer.status_code == 200
        if not (is_shown_again and field in refused(answer)):
            taken.add(model)

    assert taken == TAKE - {"conferences.publication"}
