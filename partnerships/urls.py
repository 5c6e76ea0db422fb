from django.urls import include, path
from django.utils.translation import gettext_lazy as _

from partnerships import views

app_name = "partnerships"

partnership_urlpatterns = [
    path("", views.PartnershipListView.as_view(), name="list"),
    path(
        _("countries/<slug:iso2>/"), views.CountryDetailView.as_view(), name="country"
    ),
    path("<slug:slug>/", views.PartnershipDetailView.as_view(), name="detail"),
]

urlpatterns = [
    path(_("partnerships/"), include(partnership_urlpatterns)),
    path(
        _("municipalities/<slug:slug>/"),
        views.MunicipalityDetailView.as_view(),
        name="municipality",
    ),
]
