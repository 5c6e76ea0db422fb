from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connection, models


@dataclass(frozen=True)
class _Made:
    """The SQL of a query, and how a row of it becomes a row of the model."""

    model: Any
    sql: str
    names: list[str]  # of the columns that the model has, which stand together; or none
    columns: slice
    turned: list[tuple[int, list[Callable], Any]]  # from what the database keeps
    noted: dict[str, int]  # annotations, each with its place

    @classmethod
    def of(cls, rows: models.QuerySet):
        compiler = rows.query.get_compiler(DEFAULT_DB_ALIAS)
        sql, _examples = compiler.as_sql()
        expressions = [expression for expression, *_words in compiler.select]
        is_whole = rows.query.default_cols  # a row of the model, not of values
        places = compiler.klass_info["select_fields"] if is_whole else []
        columns = slice(places[0], places[-1] + 1) if places else slice(0)
        turned = compiler.get_converters(expressions).items()
        return cls(
            model=rows.model,
            sql=sql,
            names=[column.target.attname for column in expressions[columns]],
            columns=columns,
            turned=[(place, turns, what) for place, (turns, what) in turned],
            noted=compiler.annotation_col_map or {},
        )

    def row(self, values) -> Any:
        found = list(values)
        for place, turns, expression in self.turned:
            for turn in turns:
                found[place] = turn(found[place], expression, connection)
        if not self.names:
            return tuple(found)
        row = self.model.from_db(DEFAULT_DB_ALIAS, self.names, found[self.columns])
        for name, place in self.noted.items():
            setattr(row, name, found[place])
        return row


class Statement:
    """A query that nearly every request asks, whose SQL is made once.

    For forty columns Django takes three times as long to make the SQL as the database
    takes to answer. `rows` builds the query with examples of its values; `ask` takes
    the values in the order in which they stand in the SQL. Relations are not loaded.
    The rows of `values_list` are tuples.
    """

    def __init__(self, rows: Callable[[], models.QuerySet]):
        self._rows = rows

    @cached_property
    def _made(self) -> _Made:
        return _Made.of(self._rows())

    def ask(self, *values) -> list[Any]:
        adapted = [connection.ops.adapt_unknown_value(value) for value in values]
        with connection.cursor() as cursor:
            cursor.execute(self._made.sql, adapted)
            return [self._made.row(row) for row in cursor.fetchall()]

    def one(self, *values) -> Any:
        """The row of these values; raises DoesNotExist of its model."""
        for row in self.ask(*values):
            return row
        raise self._made.model.DoesNotExist
