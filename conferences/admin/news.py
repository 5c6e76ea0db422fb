from django.conf import settings
from django.contrib import admin
from django.contrib.admin.widgets import AdminTextareaWidget
from django.db import models
from django.db.models import F
from django.utils.translation import gettext_lazy as _
from modeltranslation.admin import TranslationAdmin

from conferences.models import News
from partnerships.admin import ByLanguage, PublishedFilter, in_every_language
from partnerships.chooser import Chooser


@admin.register(News)
class NewsAdmin(ByLanguage, Chooser, TranslationAdmin):
    list_display = ["title", "published_at", "series", "edition", "is_demonstration"]
    list_filter = [
        PublishedFilter,
        ("series", admin.RelatedOnlyFieldListFilter),
        "is_demonstration",
    ]
    list_select_related = ["series", "edition__series__region"]
    search_fields = in_every_language("title", "teaser", "text")
    ordering = [F("published_at").desc(nulls_first=True), "-pk"]
    fieldsets = [
        (
            None,
            {
                "fields": ["title", "slug", "teaser", "text"],
            },
        ),
        (
            _("What it is about"),
            {
                "description": _("Both may stay empty: it stands among all news then."),
                "fields": ["series", "edition"],
            },
        ),
        (_("When it is shown"), {"fields": ["published_at", "is_demonstration"]}),
    ]
    formfield_overrides = {
        models.TextField: {"widget": AdminTextareaWidget(attrs={"rows": 8})}
    }
    autocomplete_fields = ["series", "edition"]
    list_help = _(
        "What you tell the public. The newest three stand on the home page, all of "
        "them on a page of their own and in the feed."
    )
    form_help = _("“View on site” shows the page, also while it is not published yet.")

    def get_readonly_fields(self, request, news=None):
        return ["slug"] if news else []

    def get_prepopulated_fields(self, request, news=None):
        return {} if news else {"slug": [f"title_{settings.LANGUAGE_CODE}"]}
