from django.urls import URLPattern, URLResolver, include, path
from django.utils.translation import gettext_lazy as _

from partnerships import correction_views, views

app_name = "partnerships"


def corrections(kind: str, prefix: str) -> list[URLPattern]:
    """The form that suggests one, and the page that follows it."""
    about, form = {"kind": kind}, correction_views.CorrectionView.as_view()
    sent = correction_views.sent
    return [
        path(_("correction/"), form, about, name=f"{prefix}correction"),
        path(_("correction/sent/"), sent, about, name=f"{prefix}correction-sent"),
    ]


partnership_urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.PartnershipListView.as_view(), name="list"),
    path(
        _("countries/<slug:iso2>/"), views.CountryDetailView.as_view(), name="country"
    ),
    path("<slug:slug>/", views.PartnershipDetailView.as_view(), name="detail"),
    path("<slug:slug>/", include(corrections("partnership", ""))),
]

municipality_urlpatterns = [
    path("", views.MunicipalityDetailView.as_view(), name="municipality"),
    *corrections("municipality", "municipality-"),
]

urlpatterns = [
    path(_("partnerships/"), include(partnership_urlpatterns)),
    path(_("municipalities/<slug:slug>/"), include(municipality_urlpatterns)),
]
