"""Staff say who speaks and moderates, with a portrait."""

from django.contrib import admin
from django.db import models
from django.utils.translation import gettext_lazy as _

from conferences.admin.pictures import PortraitInline
from conferences.admin.programme import SHORT_TEXTS, AtAnEdition
from conferences.models import Speaker
from partnerships.admin import ByLanguage, LabelField


@admin.register(Speaker)
class SpeakerAdmin(ByLanguage, AtAnEdition):
    list_display = ["name", "edition", "organisation", "municipality"]
    search_fields = ["name", "organisation"]
    fields = [
        "edition",
        "name",
        "slug",
        "function",
        "organisation",
        "municipality",
        "about",
    ]
    list_select_related = ["edition__series__region", "municipality__country"]
    autocomplete_fields = ["edition", "municipality"]
    formfield_overrides = {
        **SHORT_TEXTS,
        models.ForeignKey: {"form_class": LabelField},
    }
    inlines = [PortraitInline]
    set_once = ["edition", "slug"]
    prepopulated = {"slug": ["name"]}
    takes_files = True
    list_help = _("Who speaks or moderates, with the function at that conference.")
    form_help = _(
        "The page of a person is public as soon as one of the person's sessions is "
        "released. Please ask the person first."
    )

    def get_queryset(self, request):
        return Speaker.objects.order_by("-edition", "name", "pk")
