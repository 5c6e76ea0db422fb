"""Documentations of the conferences, and their files."""

from django.contrib import admin
from django.db.models import Count
from django.template.defaultfilters import filesizeformat
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from conferences.admin.programme import OfEditionFilter
from conferences.admin.uploads import PublicationFileForm
from conferences.models import Publication, PublicationFile
from partnerships.admin import NamedCells
from partnerships.chooser import Chooser


class PublicationFileInline(NamedCells, admin.TabularInline):
    model = PublicationFile
    form = PublicationFileForm
    fields = ["language", "upload", "present", "pages"]
    readonly_fields = ["present"]
    extra = 0

    @admin.display(description=_("on the site"))
    def present(self, file):
        if not file.pk:
            return "–"
        words = filesizeformat(file.size)
        return format_html('<a href="{}">PDF, {}</a>', file.get_absolute_url(), words)


@admin.register(Publication)
class PublicationAdmin(Chooser, admin.ModelAdmin):
    list_display = ["__str__", "edition", "published_year", "languages", "file_count"]
    list_filter = [OfEditionFilter]
    list_select_related = ["edition__series__region"]
    search_fields = ["series", "=number"]
    fields = [
        "edition",
        ("series", "number"),
        ("published_year", "published_month"),
        "languages",
    ]
    autocomplete_fields = ["edition"]
    inlines = [PublicationFileInline]
    takes_files = True
    list_help = _(
        "Documentations such as Material 85. They stand on the page of their "
        "conference once it is over; with a file they can be loaded there."
    )
    form_help = _(
        "One PDF for each language. It is published as you send it: please look into "
        "its properties for names that should not be there."
    )

    def get_queryset(self, request):
        rows = Publication.objects.order_by("-edition", "series", "number")
        return rows.annotate(counted=Count("files"))

    @admin.display(description=_("files"), ordering="counted")
    def file_count(self, publication):
        return publication.counted or "–"
