from django.urls import URLPattern, URLResolver, include, path
from django.utils.translation import gettext_lazy as _

from conferences import views, views_news
from conferences.feeds import NewsFeed

app_name = "conferences"

edition_urlpatterns = [
    path("", views.edition, name="edition"),
    path(_("calendar.ics"), views.calendar, name="calendar"),
]

conference_urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.series_list, name="list"),
    path("<slug:series_slug>/", views.series, name="series"),
    path("<slug:series_slug>/<slug:edition_slug>/", include(edition_urlpatterns)),
]

news_urlpatterns: list[URLPattern | URLResolver] = [
    path("", views_news.NewsListView.as_view(), name="news"),
    path("feed/", NewsFeed(), name="feed"),
    path("<slug:slug>/", views_news.news_item, name="news-item"),
]

urlpatterns = [
    path("", views.home, name="home"),
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
