"""Every public page, with its other languages, for search engines.

No demonstration, nothing under a personal link, no form; of the municipalities those
that have a partnership: thousands more have a page that says that we know of none.
"""

from collections.abc import Iterable

from django.contrib.sitemaps import Sitemap
from django.db.models import Exists, OuterRef

from conferences.models import Edition, News, Page, Picture, Series, Session
from partnerships import addresses
from partnerships.models import Municipality, Partnership


class Pages(Sitemap):
    """Rows, or names of addresses; each row is one page in every language."""

    limit = 200  # rows, not addresses: this times the number of languages
    name = ""

    def where(self, row) -> tuple[str, Iterable]:
        """The name of the address, and its words."""
        return self.name, [row]

    def get_urls(self, page=1, site=None, protocol=None):
        rows = self.paginator.page(page).object_list
        return [entry for row in rows for entry in entries(*self.where(row))]


def entries(name: str, words: Iterable) -> list[dict]:
    """One for each language, and each names them all."""
    pages = addresses.in_each_language(name, words)
    alternates = [
        {"lang_code": code, "location": address}
        for code, address in addresses.alternates(pages).items()
    ]
    return [
        {"location": address, "alternates": alternates} for address in pages.values()
    ]


class TextPages(Pages):
    """Pages without rows of their own, and the texts that are written already."""

    LISTS = (
        "conferences:home",
        "conferences:list",
        "conferences:news",
        "partnerships:list",
    )

    def items(self):
        written = Page.objects.exclude(key__in=Page.ON_HOME).order_by("pk")
        keys = written.values_list("key", flat=True)
        return [*self.LISTS, *(f"conferences:{key}" for key in keys)]

    def where(self, row):
        return row, []


class SeriesPages(Pages):
    name = "conferences:series"

    def items(self):
        return Series.objects.order_by("slug").values_list("slug", flat=True)


class EditionPages(Pages):
    """Each with its gallery, if there is a picture that may be shown."""

    def items(self):
        pictures = Picture.objects.presentable().filter(edition=OuterRef("pk"))
        rows = Edition.objects.published().counted()
        rows = rows.annotate(has_gallery=Exists(pictures))
        words = ("series__slug", "slug", "has_gallery")
        pages = []
        for series, slug, has_gallery in rows.order_by(*words).values_list(*words):
            names = ["edition", "gallery"] if has_gallery else ["edition"]
            pages += [(f"conferences:{name}", (series, slug)) for name in names]
        return pages

    def where(self, row):
        return row


class ProgrammePages(Pages):
    """Released programmes, and their sessions."""

    def items(self):
        shown = Edition.objects.published().counted()
        rows = Session.objects.filter(edition__in=shown, released__isnull=False)
        words = ("edition__series__slug", "edition__slug", "slug")
        sessions = list(rows.order_by(*words).values_list(*words))
        return [*dict.fromkeys(words[:2] for words in sessions), *sessions]

    def where(self, row):
        is_programme = len(row) == 2
        return f"conferences:{'programme' if is_programme else 'session'}", row


class NewsPages(Pages):
    name = "conferences:news-item"

    def items(self):
        rows = News.objects.published().counted()
        return rows.order_by("slug").values_list("slug", flat=True)


class PartnershipPages(Pages):
    name = "partnerships:detail"

    def items(self):
        rows = Partnership.objects.published()
        return rows.order_by("slug").values_list("slug", flat=True)


class CountryPages(Pages):
    """Countries to which a public partnership leads."""

    name = "partnerships:country"

    def items(self):
        shown = Partnership.objects.published().order_by()
        codes = shown.values_list("partner__country__iso2", flat=True).distinct()
        return sorted(code.lower() for code in codes)


class MunicipalityPages(Pages):
    name = "partnerships:municipality"

    def items(self):
        shown = Partnership.objects.published().order_by()
        rows = Municipality.objects.checked().filter(
            pk__in=shown.values("german").union(shown.values("partner"))
        )
        return rows.order_by("slug").values_list("slug", flat=True)


SECTIONS = {
    "pages": TextPages,
    "series": SeriesPages,
    "conferences": EditionPages,
    "programmes": ProgrammePages,
    "news": NewsPages,
    "partnerships": PartnershipPages,
    "countries": CountryPages,
    "municipalities": MunicipalityPages,
}
