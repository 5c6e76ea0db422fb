"""A control: the site without page cache, where each template is read anew."""

from tests.bench.uncached_wsgi import application  # isort: skip  # before any model

from django.template import engines
from django.template.loaders import cached


def forget_first(self, name, skip=None):
    self.reset()
    return find(self, name, skip)


find = cached.Loader.get_template
cached.Loader.get_template = forget_first  # type: ignore[method-assign]
assert engines.all()

__all__ = ["application"]
