"""What databases keep of rows that are gone, until something else is written there.

Deleting a row only says that its place is free. So after each nightly run the tables
that hold personal data are written anew, without what is gone:

* SQLite by VACUUM; then the write-ahead log is emptied.
* PostgreSQL by VACUUM FULL, with indexes and long values, and ANALYZE, since its
  statistics hold samples of values; then these are written anew as well. ANALYZE
  keeps the old samples of a table that has become empty: they go when the type of a
  column is set, also to what it is. Last the write-ahead log begins a new file, and
  a checkpoint throws the others away, if `deploy/quiet.sql` was carried out.

Backups keep what they hold until they are thrown away.

Each table is locked for the moment in which it is copied, some thousand rows at most.
"""

import logging
from collections import defaultdict

from django.apps import apps
from django.db import DatabaseError, connection

from registrations.register import REGISTER

logger = logging.getLogger(__name__)
# Whoever reads for longer keeps a table from being written anew; nobody waits behind.
PATIENCE = "5s"
# Where PostgreSQL keeps samples of values.
SAMPLES = ("pg_catalog.pg_statistic", "pg_catalog.pg_statistic_ext_data")
# A message that no one reads, as long as a file of the log: the next one begins.
FILL_LOG = """
    SELECT pg_logical_emit_message(false, '', repeat(' ',
        pg_size_bytes(current_setting('wal_segment_size'))::int)),
        current_setting('wal_recycle') = 'on'
"""
# Columns of which an empty table still has samples, and what sets their type.
LEFT_OVER = """
    SELECT format('ALTER TABLE %%I ALTER COLUMN %%I TYPE %%s', relname, a.attname,
                  format_type(a.atttypid, a.atttypmod))
    FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
    JOIN pg_stats s ON s.tablename = c.relname AND s.attname = a.attname
    WHERE c.oid = %s::regclass AND a.attname = ANY(%s)
      AND c.reltuples = 0 AND s.schemaname = c.relnamespace::regnamespace::text
"""


def overwrite() -> bool:
    """Write what is left anew. False: not everything, it is tried again next night."""
    if connection.in_atomic_block:
        return False
    if connection.vendor == "sqlite":
        return _overwrite_file()
    done = [_overwrite_table(table, names) for table, names in _tables().items()]
    done += [_overwrite_table(table, []) for table in SAMPLES]
    return all([*done, _turn_log()])


def _tables() -> dict[str, list[str]]:
    """The tables of the register, each with its columns that stand there."""
    found: dict[str, list[str]] = defaultdict(list)
    for entry in REGISTER:
        options = apps.get_model(entry.model)._meta
        columns = [options.get_field(name).column for name in entry.fields]
        found[options.db_table] += columns
    return found


def _overwrite_file() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("VACUUM")
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            [is_busy, *_pages] = cursor.fetchone()
    except DatabaseError as reason:
        logger.warning("the database is not written anew: %s", reason)
        return False
    return not is_busy


def _overwrite_table(table: str, columns: list[str]) -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SET lock_timeout = %s", [PATIENCE])
            cursor.execute(f"VACUUM (FULL, ANALYZE) {table}")
            for statement in _without_samples(cursor, table, columns):
                cursor.execute(statement)
    except DatabaseError as reason:
        logger.warning("%s is not written anew: %s", table, reason)
        return False
    finally:
        with connection.cursor() as cursor:
            cursor.execute("RESET lock_timeout")
    return True


def _without_samples(cursor, table: str, columns: list[str]) -> list[str]:
    if not columns:
        return []
    cursor.execute(LEFT_OVER, [table, columns])
    return [statement for (statement,) in cursor.fetchall()]


def _turn_log() -> bool:
    """Whether the write-ahead log now holds only what came after the tables."""
    try:
        with connection.cursor() as cursor:
            cursor.execute(FILL_LOG)
            [_message, keeps_files] = cursor.fetchone()
            cursor.execute("CHECKPOINT")
    except DatabaseError as reason:
        logger.warning("the write-ahead log keeps what is gone: %s", reason)
        return False
    if keeps_files:
        logger.warning("the write-ahead log keeps what is gone: wal_recycle is on")
    return not keeps_files
