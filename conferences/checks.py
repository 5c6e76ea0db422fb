"""What `manage.py check --deploy` has to say about the texts of the site."""

from django.core import checks
from django.db import DatabaseError

from conferences.models import Page


def texts_have_no_gaps(app_configs, **kwargs):
    """Warn of what only the organiser can write, before it is read in public.

    Where there is no database yet, there are no texts to warn of.
    """
    try:
        pages = list(Page.objects.all())
    except DatabaseError:
        return []
    return [
        checks.Warning(
            f"The text “{page.key}” still has gaps: {'; '.join(page.gaps)}.",
            hint="Fill them in the admin, under the texts of the site.",
            obj=page,
            id="conferences.W001",
        )
        for page in pages
        if page.gaps
    ]
