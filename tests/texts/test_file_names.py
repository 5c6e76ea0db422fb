"""A file may be called anything: its name makes no element and no header."""

import pytest
from django import forms
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import models

from conferences.admin.uploads import DocumentField, PicturesField
from tests.access.test_staff import usual_address
from tests.access.who import CHIEF
from tests.texts import names, payloads
from tests.texts.test_admin_forms import USUAL, all_forms, sent_with
from tests.texts.test_markup import alive

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]

NAMES = [*payloads.PAYLOADS, names.BREAKS["CRLF"], names.UNSEEN["U+202E"], "../../a"]
# The rows of which a form, or a form below it, takes a file.
TAKE = {
    "conferences.picture",
    "conferences.publication",
    "conferences.speaker",
}


def fields_for_files(form) -> list[str]:
    return [
        form.add_prefix(name)
        for name, field in form.fields.items()
        if isinstance(field, forms.FileField)
    ]


def takers(world, client):
    """Each address with a form that takes files, the page, and the fields for them."""
    for model, page in USUAL:
        path = usual_address(world, model, page)
        response = client.get(path, follow=True)
        found = {
            field.replace("__prefix__", "0")
            for form in all_forms(response)
            for field in fields_for_files(form)
        }
        if found:
            yield model, path, response, sorted(found)


def rows_for(fields) -> dict:
    """The rows below a form that take these files, also where none is shown yet."""
    parts = [one.rsplit("-", 2) for one in fields if "-" in one]
    return {f"{prefix}-TOTAL_FORMS": int(row) + 1 for prefix, row, _name in parts}


def test_the_name_of_a_file_stays_text(world):
    client, shown, found = world.clients[CHIEF], 0, set()

    for model, path, page, fields in takers(world, client):
        found.add(model)
        typed = {**sent_with(page, "Wort"), **rows_for(fields)}
        for name in NAMES:
            named = name.encode(errors="surrogatepass").decode(errors="replace")
            files = {one: _file(f"{named}.jpg") for one in fields}
            answer = client.post(path, {**typed, **files})
            assert answer.status_code == 200, (model, name)
            assert alive(answer) == [], (model, name)
            shown += "src=x onerror" in answer.content.decode()

    assert found == TAKE
    assert shown  # the message names the file


def kinds(above) -> set[type]:
    return {above}.union(*map(kinds, above.__subclasses__()))


def test_each_field_for_files_looks_into_them(world):
    """Whatever forms and models there are: no other kind takes a file."""
    columns = {
        column
        for model in apps.get_models()
        for column in model._meta.get_fields()
        if isinstance(column, models.FileField)
    }
    taking = {
        type(field)
        for form in kinds(forms.BaseForm)
        for field in getattr(form, "base_fields", {}).values()
        if isinstance(field, forms.FileField)
    }

    assert columns == set()
    assert taking == {PicturesField, DocumentField}


def _file(name):
    """What is neither a picture nor a document, so that the form comes back."""
    made = SimpleUploadedFile("a.jpg", b"nothing", "image/jpeg")
    made._name = name  # as it is sent: Django would clean it here already
    return made
