from django.db.models import Prefetch
from django.views.generic import DetailView, ListView

from partnerships.filters import Filters
from partnerships.models import Municipality, Partnership


class PartnershipListView(ListView):
    paginate_by = 25

    def get_queryset(self):
        self.filters = Filters(self.request.GET, Partnership.objects.published())
        # As a list: a manager would build a QuerySet for every row that is shown.
        goals = Prefetch("goals", to_attr="listed_goals")
        return self.filters.rows().with_municipalities().prefetch_related(goals)

    def paginate_queryset(self, queryset, page_size):
        """A page that does not exist is the nearest one that does."""
        paginator = self.get_paginator(queryset, page_size)
        page = paginator.get_page(self.request.GET.get("page"))
        return paginator, page, page.object_list, page.has_other_pages()

    def get_context_data(self, **kwargs):
        return super().get_context_data(filters=self.filters, **kwargs)


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


class MunicipalityDetailView(DetailView):
    queryset = Municipality.objects.checked().select_related("country__region")

    def get_context_data(self, **kwargs):
        partnerships = Partnership.objects.published().of(self.object)
        return super().get_context_data(
            partnerships=partnerships.with_municipalities(),
            hosted=hosted_editions(self.object),
            **kwargs,
        )


def hosted_editions(host) -> list:
    """The published editions of which a partnership or municipality was a host."""
    rows = host.hosted.select_related("edition__series__region")
    editions = [row.edition for row in rows if row.edition.is_published]
    return sorted(editions, key=lambda edition: edition.year, reverse=True)
