"""The world of `tests/access`, whose every address is asked here at length."""

from tests.access.conftest import kept_files, world

__all__ = ["kept_files", "world"]
