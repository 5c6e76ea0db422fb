from contextlib import contextmanager
from contextvars import ContextVar

from django.db import connection, models
from django.utils.translation import gettext_lazy as _

# Written out: they go with each row that is saved and each page that is asked for,
# and to build them takes ten times as long as to run them.
READ = 'SELECT "number" FROM "partnerships_contentversion" WHERE id = 1'
RAISE = 'UPDATE "partnerships_contentversion" SET "number" = "number" + 1 WHERE id = 1'

# Within `one_content`: what was answered already, None while nobody has asked.
_answered: ContextVar[list[int | None] | None] = ContextVar("answered", default=None)


class ContentVersion(models.Model):
    """The one row that tells every machine whether published content changed."""

    number = models.PositiveBigIntegerField(_("number"), default=0)

    class Meta:
        verbose_name = _("content version")
        verbose_name_plural = _("content version")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(pk=1), name="partnerships_contentversion_one_row"
            )
        ]

    def __str__(self):
        return str(self.number)


@contextmanager
def one_content():
    """Whoever asks for the content version in here gets one answer, of one query.

    Around each request: what it shows is the content as it was when it first asked,
    or as it has changed it itself.
    """
    before = _answered.set([None])
    try:
        yield
    finally:
        _answered.reset(before)


def content_version() -> int:
    """The number that says which state of the published content this is."""
    answered = _answered.get()
    if answered is None:
        return _read()
    known = answered[0]
    if known is None:
        known = answered[0] = _read()
    return known


def _read() -> int:
    with connection.cursor() as cursor:
        cursor.execute(READ)
        row = cursor.fetchone()
    return row[0] if row else 0


def raise_content_version() -> None:
    """Say, in the transaction of a change, that public pages are to be made anew.

    Call it last: the row stays locked until the transaction ends. Bulk writes
    send no signal and call it themselves.
    """
    if answered := _answered.get():
        answered[0] = None
    with connection.cursor() as cursor:
        cursor.execute(RAISE)
        is_there = cursor.rowcount > 0
    if not is_there:
        ContentVersion.objects.get_or_create(pk=1, defaults={"number": 1})
