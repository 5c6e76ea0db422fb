"""Statements that are made once answer as the queries of which they are made."""

import pytest

from partnerships.models import Municipality
from partnerships.statement import Statement
from tests.factories import MunicipalityFactory

pytestmark = pytest.mark.django_db


def test_rows_are_those_of_the_values_that_are_asked_for():
    towns = [MunicipalityFactory(name=name) for name in ("Aachen", "Bonn")]
    statement = Statement(lambda: Municipality.objects.filter(pk=0).order_by())

    assert [statement.ask(town.pk) for town in towns] == [[town] for town in towns]
    with pytest.raises(Municipality.DoesNotExist):
        statement.one(0)


def test_rows_of_values_are_tuples():
    town = MunicipalityFactory(name="Aachen")
    statement = Statement(
        lambda: Municipality.objects.filter(pk=0).order_by().values_list("name", "pk")
    )

    assert statement.ask(town.pk) == [("Aachen", town.pk)]
