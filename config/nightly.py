"""The work of each night: doing it twice, or on two machines, harms nothing."""

from config.models import NightlyRun
from registrations import erasure


def run() -> dict[str, int]:
    """Erase what is due, expired sessions too, and note that it was done."""
    figures = dict(erasure.erase())
    NightlyRun.objects.finish(figures)
    return figures
