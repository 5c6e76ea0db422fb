import pytest
from django.utils import translation

from tests.factories import GermanyFactory
from tests.partnerships.directory import HEADER


@pytest.fixture
def in_german():
    with translation.override("de"):
        yield


@pytest.fixture
def directory(tmp_path):
    """Writes a file of the form of the official directory, and returns its path."""
    GermanyFactory()

    def write(*lines, encoding="utf-8-sig"):
        path = tmp_path / "AuszugGV.csv"
        path.write_text("\n".join([HEADER, *lines, ""]), encoding=encoding)
        return path

    return write
