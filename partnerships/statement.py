from collections.abc import Callable
from functools import cached_property
from typing import Any

from django.db import models


class Statement:
    """A query that nearly every request asks, whose SQL is made once.

    For forty columns Django takes three times as long to make the SQL as the database
    takes to answer. `rows` builds the query with examples of its values; `ask` takes
    the values in the order in which they stand in the SQL. Relations are not loaded.
    """

    def __init__(self, rows: Callable[[], models.QuerySet]):
        self._rows = rows

    @cached_property
    def _made(self) -> tuple[type[models.Model], str]:
        rows = self._rows()
        return rows.model, rows.query.sql_with_params()[0]

    def ask(self, *values) -> list[Any]:
        model, sql = self._made
        return list(model._default_manager.raw(sql, values))

    def one(self, *values) -> Any:
        """The row of these values; raises DoesNotExist of its model."""
        for row in self.ask(*values):
            return row
        raise self._made[0].DoesNotExist  # type: ignore[attr-defined]  # each has one
