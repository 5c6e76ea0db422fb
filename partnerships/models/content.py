from django.db import connection, models
from django.utils.translation import gettext_lazy as _

# Written out: it goes with each row that is saved, and to build it takes ten times
# as long as to run it.
RAISE = 'UPDATE "partnerships_contentversion" SET "number" = "number" + 1 WHERE id = 1'


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


def raise_content_version() -> None:
    """Say, in the transaction of a change, that public pages are to be made anew.

    Call it last: the row stays locked until the transaction ends. Bulk writes
    send no signal and call it themselves.
    """
    with connection.cursor() as cursor:
        cursor.execute(RAISE)
        is_there = cursor.rowcount > 0
    if not is_there:
        ContentVersion.objects.get_or_create(pk=1, defaults={"number": 1})
