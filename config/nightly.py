"""The work of each night: doing it twice, or on two machines, harms nothing."""

from config.models import NightlyRun
from registrations import erasure, forgetting, overwriting


def run() -> dict[str, int]:
    """Erase what is due and who asked for it, and note that it was done.

    Then nothing that is gone is left in the files of the database.
    """
    figures = {**erasure.erase(), "who asked for it": forgetting.erase_again()}
    overwriting.overwrite()
    NightlyRun.objects.finish(figures)
    return figures
