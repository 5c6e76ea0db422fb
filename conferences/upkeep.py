"""What the worker does for files: prepare pictures, sweep away what no row names."""

from conferences import files
from conferences.models import Picture, PublicationFile


def prepare_due(is_stopped=lambda: False) -> int:
    """Prepare every picture that is due; returns how many."""
    count = 0
    while not is_stopped() and Picture.objects.prepare_next():
        count += 1
    return count


def sweep() -> int:
    """Delete the files of pictures and documents that are gone."""
    models = (Picture, PublicationFile)
    return files.sweep(
        {digest for model in models for digest in model.objects.digests()}
    )
