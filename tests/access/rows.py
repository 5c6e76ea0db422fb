"""All that stands in the database, to see what was written there."""

from django.db import connection

Rows = dict[str, frozenset[tuple]]

# Sessions of staff are prolonged by whatever page they open.
ASIDE = {"django_session"}


def standing() -> Rows:
    """Each row as it stands in its table, with its key as the first column."""
    found = {}
    with connection.cursor() as cursor:
        for table in connection.introspection.django_table_names():
            if table not in ASIDE:
                cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608 our own name
                found[table] = frozenset(cursor.fetchall())
    return found


def written(before: Rows, now: Rows) -> dict[str, set]:
    """The keys of all rows that are new, changed or gone, by table."""
    return {
        table: {row[0] for row in before[table] ^ rows}
        for table, rows in now.items()
        if before[table] != rows
    }
