"""Staff fill the galleries, and say of each picture who agreed to show it."""

from django.contrib import admin
from django.db import transaction
from django.utils import timezone
from django.utils.html import format_html_join
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from conferences.admin import refusals
from conferences.admin.programme import AtAnEdition
from conferences.admin.uploads import PictureForm, preview
from conferences.models import Picture
from partnerships.admin import ByLanguage, NamedCells, in_every_language

CONSENT = ["consent", "consent_on", "consent_note"]


def obstacles(picture) -> list:
    """Why it is not public, in words; empty where nothing stands in the way."""
    found = []
    if picture.failure:
        found.append(refusals.OF_PICTURES[picture.failure])
    elif picture.prepared_at is None:
        found.append(_("is being prepared"))
    if not picture.is_agreed:
        found.append(_("consent is missing"))
    if not picture.is_described:
        found.append(_("what can be seen is not described"))
    return found


@admin.register(Picture)
class PictureAdmin(NamedCells, ByLanguage, AtAnEdition):
    list_display = ["shown", "alt_de", "edition", "order", "consent", "state"]
    list_display_links = ["shown"]
    list_editable = ["alt_de", "order"]
    list_filter = [*AtAnEdition.list_filter, "consent"]
    search_fields = [*in_every_language("alt", "caption"), "photographer"]
    form = PictureForm
    fieldsets = [
        (None, {"fields": ["edition", "upload", "shown", "state"]}),
        (
            _("What it shows"),
            {
                "fields": ["alt", "caption", "photographer", "order"],
            },
        ),
        (
            _("Consent to show it"),
            {
                "description": _(
                    "Of all who can be recognised. A picture without it stays hidden."
                ),
                "fields": [*CONSENT],
            },
        ),
    ]
    actions = ["agree"]
    set_once = ["edition", "shown", "state"]
    takes_files = True
    list_help = _(
        "The pictures of the conferences. The public sees those whose consent is "
        "noted and that are described for people who do not see them."
    )
    form_help = _(
        "What is in a file besides the picture, such as the place where it was taken, "
        "is not published."
    )

    def get_queryset(self, request):
        return Picture.objects.gallery().order_by("-edition", "order", "pk")

    def get_readonly_fields(self, request, picture=None):
        return self.set_once if picture else ["shown", "state"]

    def get_list_select_related(self, request):
        return [*self.list_select_related, "speaker"]

    def save_model(self, request, picture, form, change):
        """The first of the files that were sent, and one like it for each other."""
        super().save_model(request, picture, form, change)
        if not change:
            picture.add_others(form.others)
            message = ngettext(
                "%(count)d picture is saved. It is public once it is described and "
                "consent is noted: you see below what is missing.",
                "%(count)d pictures are saved. Each is public once it is described and "
                "consent is noted: you see below what is missing.",
                1 + len(form.others),
            )
            self.message_user(request, message % {"count": 1 + len(form.others)})

    @admin.display(description=_("picture"))
    def shown(self, picture):
        return preview(picture)

    @admin.display(description=_("state"))
    def state(self, picture):
        if not picture.pk:
            return _("The site prepares the picture once it is saved.")
        if found := obstacles(picture):
            return format_html_join("", "<div>{}</div>", [(one,) for one in found])
        return _("public with its conference")

    @admin.action(
        description=_("Note for the chosen pictures: those in them agreed today"),
        permissions=["change"],
    )
    @transaction.atomic
    def agree(self, request, queryset):
        today = timezone.localdate()
        changed = [one for one in queryset if one.note_consent(today)]
        for picture in changed:
            words = str(_("Consent noted: %(day)s")) % {"day": today}
            self.log_change(request, picture, words)
        message = ngettext(
            "%(count)d picture: consent noted.",
            "%(count)d pictures: consent noted.",
            len(changed),
        )
        self.message_user(request, message % {"count": len(changed)})


class PortraitInline(admin.StackedInline):
    """The portrait of a speaker; the name says what can be seen."""

    model = Picture
    form = PictureForm
    fields = ["upload", "shown", "state", "photographer", *CONSENT]
    readonly_fields = ["shown", "state"]
    extra = 0
    verbose_name = verbose_name_plural = _("portrait")

    shown, state = PictureAdmin.shown, PictureAdmin.state
