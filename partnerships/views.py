from django.db.models import Prefetch
from django.db.models.functions import Lower
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils.decorators import method_decorator
from django.views.generic import DetailView, ListView

from partnerships import countries, network
from partnerships.filters import LOOKUPS, Filters
from partnerships.models import Country, Municipality, Partnership
from partnerships.page_cache import cached_page
from partnerships.worldmap import WorldMap


class PartnershipRowsView(ListView):
    """Rows of partnerships, 25 on a page."""

    paginate_by = 25

    def paginate_queryset(self, queryset, page_size):
        """A page that does not exist is the nearest one that does."""
        towns = queryset.select_related(None).select_related("german", "partner")
        paginator = self.get_paginator(towns, page_size)
        page = paginator.get_page(self.request.GET.get("page"))
        page.object_list = rows = list(page.object_list)
        countries.give_to(town for row in rows for town in (row.german, row.partner))
        return paginator, page, page.object_list, page.has_other_pages()


@method_decorator(cached_page("q", *LOOKUPS, "view", "page"), name="dispatch")
class PartnershipListView(PartnershipRowsView):
    """What was found, as rows or, with `?view=map`, as a map of the world."""

    def get_queryset(self):
        self.filters = Filters(self.request.GET)
        return with_goals(self.filters.rows())

    def get_paginate_by(self, queryset):
        return None if self.filters.is_map else self.paginate_by

    def get_template_names(self):
        if self.filters.is_map:
            return ["partnerships/partnership_map.html"]
        return super().get_template_names()

    def get_context_data(self, **kwargs):
        context = super().get_context_data(filters=self.filters, **kwargs)
        if self.filters.is_map:
            found = network.network(self.filters.rows())
            context["map"] = WorldMap(found, self.filters.address)
        return context


@method_decorator(cached_page("page"), name="dispatch")
class CountryDetailView(PartnershipRowsView):
    """Who in Germany works with a country; one without partnerships has no page."""

    template_name = "partnerships/country_detail.html"

    def get_queryset(self):
        countries = Country.objects.annotate(word=Lower("iso2"))
        self.country: Country = get_object_or_404(
            countries.select_related("region__series"), word=self.kwargs["iso2"]
        )
        self.rows = Partnership.objects.published().filter(
            partner__country=self.country
        )
        return with_goals(self.rows)

    def get_context_data(self, **kwargs):
        context = super().get_context_data(country=self.country, **kwargs)
        if not context["paginator"].count:
            raise Http404
        return {
            **context,
            "german_towns": self.rows.values("german").distinct().count(),
            "is_oda_listed": self.country.is_oda_listed(),
        }


@method_decorator(cached_page(), name="dispatch")
class PartnershipDetailView(DetailView):
    def get_queryset(self):
        rows = Partnership.objects.published().with_municipalities()
        return rows.select_related("partner__country__region__series")

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            hosted=hosted_editions(self.object),
            attended=self.object.editions.published().with_series(),
            **kwargs,
        )


@method_decorator(cached_page(), name="dispatch")
class MunicipalityDetailView(DetailView):
    queryset = Municipality.objects.checked().select_related("country__region")

    def get_context_data(self, **kwargs):
        partnerships = Partnership.objects.published().of(self.object)
        return super().get_context_data(
            partnerships=partnerships.with_municipalities(),
            hosted=hosted_editions(self.object),
            **kwargs,
        )


def with_goals(rows):
    """As a list: a manager would build a QuerySet for every row that is shown."""
    goals = Prefetch("goals", to_attr="listed_goals")
    return rows.with_municipalities().prefetch_related(goals)


def hosted_editions(host) -> list:
    """The published editions of which a partnership or municipality was a host."""
    rows = host.hosted.select_related("edition__series__region")
    editions = [row.edition for row in rows if row.edition.is_published]
    return sorted(editions, key=lambda edition: edition.year, reverse=True)
