from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.contrib.sitemaps.views import sitemap
from django.urls import include, path

from conferences import media_views, sitemap_views
from conferences.news_views import robots
from conferences.sitemaps import SECTIONS
from config import health
from partnerships.page_cache import cached_page

urlpatterns = [
    path("admin/", admin.site.urls),
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("robots.txt", robots, name="robots"),
    path(
        "media/<slug:digest>/<int:width>.<slug:ending>",
        media_views.picture,
        name="picture",
    ),
    path("media/<slug:digest>/<slug:name>.pdf", media_views.document, name="document"),
    path("sitemap.xml", sitemap_views.index, name="sitemap-index"),
    path(
        "sitemap-<slug:section>.xml",
        cached_page("p")(sitemap),
        {"sitemaps": SECTIONS},
        name="sitemap",
    ),
    *i18n_patterns(
        path("", include("registrations.urls")),
        path("", include("partnerships.urls")),
        path("", include("conferences.urls")),
    ),
]

handler400 = "registrations.views.bad_request"
handler500 = "config.failure.server_error"
