"""The list of the sitemaps, by the address of the site."""

from django.contrib.sitemaps.views import SitemapIndexItem, x_robots_tag
from django.template.response import TemplateResponse
from django.urls import reverse

from conferences.sitemaps import SECTIONS
from partnerships.addresses import whole
from partnerships.page_cache import cached_page


@cached_page("p")
@x_robots_tag
def index(request):
    """As Django's own, which names the host that was asked for it."""
    items = [
        SitemapIndexItem(whole(reverse("sitemap", args=[name]) + query))
        for name, section in SECTIONS.items()
        for query in parts(section().paginator.num_pages)
    ]
    context = {"sitemaps": items}
    kind = "application/xml"
    return TemplateResponse(request, "sitemap_index.xml", context, content_type=kind)


def parts(count: int) -> list[str]:
    """What names each page of a section; the first goes without."""
    return ["", *(f"?p={page}" for page in range(2, count + 1))]
