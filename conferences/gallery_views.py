from django.core.paginator import Paginator
from django.shortcuts import render
from django.utils.cache import add_never_cache_headers

from conferences.models import Picture
from conferences.views import find_edition
from partnerships.page_cache import cached_page

ON_A_PAGE = 24


@cached_page("page")
def gallery(request, series_slug, edition_slug):
    """All pictures of an edition; a page that does not exist is the nearest one."""
    edition = find_edition(request, series_slug, edition_slug)
    pictures = Picture.objects.filter(edition=edition).presentable()
    page = Paginator(pictures, ON_A_PAGE).get_page(request.GET.get("page"))
    context = {"edition": edition, "page_obj": page, "picture": next(iter(page), None)}
    response = render(request, "conferences/gallery.html", context)
    if not edition.is_published:
        add_never_cache_headers(response)
    return response
