"""The site with the yardstick, where no page is answered from memory."""

from tests.bench.wsgi import application  # isort: skip  # before any model

from partnerships import page_cache

page_cache.PAGES.most_bytes = 0

__all__ = ["application"]
