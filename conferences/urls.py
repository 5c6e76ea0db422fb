from django.urls import URLPattern, URLResolver, include, path
from django.utils.translation import gettext_lazy as _

from conferences import (
    gallery_views,
    news_views,
    programme_views,
    search_views,
    views,
)
from conferences.feeds import NewsFeed
from partnerships.page_cache import cached_page

app_name = "conferences"

speaker_urlpatterns = [
    path("<slug:slug>/", programme_views.person, name="speaker"),
]

session_urlpatterns = [
    path("", programme_views.session, name="session"),
    path(_("calendar.ics"), programme_views.calendar, name="session-calendar"),
]

programme_urlpatterns: list[URLPattern | URLResolver] = [
    path("", programme_views.overview, name="programme"),
    path(_("calendar.ics"), programme_views.calendar, name="programme-calendar"),
    path("schedule.json", programme_views.schedule, name="schedule"),
    path(_("people/"), include(speaker_urlpatterns)),
    path("<slug:slug>/", include(session_urlpatterns)),
]

edition_urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.edition, name="edition"),
    path(_("calendar.ics"), views.calendar, name="calendar"),
    path(_("programme/"), include(programme_urlpatterns)),
    path(_("pictures/"), gallery_views.gallery, name="gallery"),
]

conference_urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.series_list, name="list"),
    path("<slug:series_slug>/", views.series, name="series"),
    path("<slug:series_slug>/<slug:edition_slug>/", include(edition_urlpatterns)),
]

news_urlpatterns: list[URLPattern | URLResolver] = [
    path("", news_views.NewsListView.as_view(), name="news"),
    path("feed/", cached_page()(NewsFeed()), name="feed"),
    path("<slug:slug>/", news_views.news_item, name="news-item"),
]

urlpatterns = [
    path("", views.home, name="home"),
    path(_("search/"), search_views.results, name="search"),
    path(_("conferences/"), include(conference_urlpatterns)),
    path(_("news/"), include(news_urlpatterns)),
    path(_("about-us/"), views.page, {"key": "about"}, name="about"),
    path(_("contact/"), views.page, {"key": "contact"}, name="contact"),
    path(_("imprint/"), views.page, {"key": "imprint"}, name="imprint"),
    path(_("privacy/"), views.page, {"key": "privacy"}, name="privacy"),
    path(
        _("accessibility/"), views.page, {"key": "accessibility"}, name="accessibility"
    ),
    path(
        _("easy-language/"), views.page, {"key": "easy-language"}, name="easy-language"
    ),
    path(_("sources/"), views.page, {"key": "sources"}, name="sources"),
]
