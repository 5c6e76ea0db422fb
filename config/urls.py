from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("admin/", admin.site.urls),
    *i18n_patterns(
        path("", include("registrations.urls")),
        path("", include("partnerships.urls")),
        path("", include("conferences.urls")),
    ),
]

handler400 = "registrations.views.bad_request"
