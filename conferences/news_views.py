from django.conf import settings
from django.shortcuts import get_object_or_404, render
from django.utils.cache import add_never_cache_headers
from django.utils.decorators import method_decorator
from django.views.generic import ListView

from conferences.models import News
from partnerships.page_cache import cached_page


@method_decorator(cached_page("page"), name="dispatch")
class NewsListView(ListView):
    paginate_by = 10

    def get_queryset(self):
        return News.objects.published().for_lists()

    def paginate_queryset(self, queryset, page_size):
        """A page that does not exist is the nearest one that does."""
        paginator = self.get_paginator(queryset, page_size)
        page = paginator.get_page(self.request.GET.get("page"))
        return paginator, page, page.object_list, page.has_other_pages()


@cached_page()
def news_item(request, slug):
    shown = find_news(request, slug)
    context = {"news": shown, "is_preview": not shown.is_published}
    response = render(request, "conferences/news_detail.html", context)
    if not shown.is_published:
        add_never_cache_headers(response)
    return response


def find_news(request, slug) -> News:
    """The published item; staff with the permission see a hidden one as well.

    The person is looked up for hidden ones only, so that a published page varies
    by nothing.
    """
    rows = News.objects.with_region().filter(slug=slug)
    rows = rows.select_related("edition__series__region")
    return rows.published().first() or get_object_or_404(
        rows.previewable_by(request.user)
    )


@cached_page()
def robots(request):
    context = {"site": settings.SITE_ADDRESS}
    return render(request, "conferences/robots.txt", context, "text/plain")
