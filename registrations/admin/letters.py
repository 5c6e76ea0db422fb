from django import forms
from django.conf import settings
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from conferences.models import Edition
from partnerships.chooser import Chooser
from partnerships.staff_text import StaffLineField, StaffLinesField
from registrations import letters
from registrations.admin.decisions import KEY
from registrations.admin.filters import LanguageFilter, SideEditionFilter
from registrations.admin.verbs import ReadAdmin
from registrations.models import Delegation, Letter, LetterText
from registrations.placeholders import PLACEHOLDERS


@admin.register(Letter)
class LetterAdmin(ReadAdmin):
    list_display = ["written_at", "kind", "delegation", "which", "in_language"]
    list_display += ["state", "attempts", "sent_at"]
    list_filter = ["state", "kind", LanguageFilter, SideEditionFilter]
    search_fields = ["side__delegation__reference", "sent_to", "side__contact_email"]
    date_hierarchy = "written_at"
    fieldsets = [
        (None, {"fields": ["kind", "delegation", "which", "in_language"]}),
        (
            _("Sending"),
            {
                "description": _(
                    "In doubt: sending broke off in the middle. Look whether it has "
                    "arrived before you send it again."
                ),
                "fields": ["state", "written_at", "due_at", "attempts", "error"],
            },
        ),
        (_("Letter"), {"fields": ["sent_at", "sent_to", "words"]}),
    ]
    readonly_fields = [
        "kind",
        "delegation",
        "which",
        "in_language",
        "state",
        "written_at",
        "due_at",
        "attempts",
        "error",
        "sent_at",
        "sent_to",
        "words",
    ]
    actions = ["send_again"]
    list_help = _(
        "The outbox. Letters that failed or are in doubt wait for you: filter by "
        "their state and send them again."
    )
    form_help = _("Personal links are left out of the copy, so that nobody uses them.")

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("side__delegation")

    @admin.display(description=_("delegation"), ordering="side__delegation__reference")
    def delegation(self, letter):
        return letter.side.delegation

    @admin.display(description=_("side"), ordering="side__which")
    def which(self, letter):
        return letter.side.get_which_display()

    @admin.display(description=_("language"), ordering="language")
    def in_language(self, letter):
        return dict(settings.LANGUAGES).get(letter.language, letter.language)

    @admin.display(description=_("text"))
    def words(self, letter):
        """The copy of what was sent, or what would be sent now."""
        if letter.sent_at:
            subject, body = letter.subject, letter.body
        else:
            try:
                mail = letters.rendered(letter)
            except letters.NoText:
                return _("There is no text for this letter yet.")
            subject, body = mail.subject, mail.body
        return format_html(
            '<strong>{}</strong><pre class="mail-body">{}</pre>', subject, body
        )

    @admin.action(
        description=_("Send the chosen letters again"), permissions=["change"]
    )
    def send_again(self, request, queryset):
        again = [letter for letter in queryset if letter.send_again()]
        message = ngettext(
            "%(count)d letter will be sent again.",
            "%(count)d letters will be sent again.",
            len(again),
        )
        self.message_user(request, message % {"count": len(again)})
        for letter in queryset:
            if letter not in again:
                why = _("only what failed or is in doubt is sent again.")
                self.message_user(request, f"{letter}: {why}", messages.WARNING)


class PreviewForm(forms.Form):
    """A text as it was typed, and the delegation whose data it is tried with."""

    kind = forms.ChoiceField(choices=Letter.Kind.choices, widget=forms.HiddenInput)
    language = forms.ChoiceField(choices=settings.LANGUAGES, widget=forms.HiddenInput)
    edition: forms.ModelChoiceField = forms.ModelChoiceField(
        Edition.objects.all(), required=False, widget=forms.HiddenInput
    )
    subject = StaffLineField(label=_("subject"), widget=forms.HiddenInput)
    body = StaffLinesField(label=_("text"), strip=False, widget=forms.HiddenInput)

    def __init__(self, typed):
        super().__init__(typed)
        self.delegations = Delegation.objects.order_by("-started_at")
        edition = typed.get("edition", "")
        if KEY.fullmatch(edition):
            self.delegations = self.delegations.filter(edition=edition)
        self.fields["delegation"] = forms.ModelChoiceField(
            self.delegations, label=_("delegation"), required=False
        )

    def clean(self):
        cleaned = super().clean() or {}
        words = {name: cleaned.get(name, "") for name in ("subject", "body")}
        LetterText(**words).clean()
        return cleaned

    def preview(self):
        """The chosen delegation, or the newest, the text, and what it makes of it."""
        typed = dict(self.cleaned_data)
        delegation = typed.pop("delegation") or self.delegations.first()
        text = LetterText(**typed)
        mail = letters.preview(text, delegation.german_side) if delegation else None
        return {"delegation": delegation, "letter": text, "mail": mail}


@admin.register(LetterText)
class LetterTextAdmin(Chooser, admin.ModelAdmin):
    list_display = ["kind", "language", "edition", "subject"]
    list_display_links = ["kind", "subject"]
    list_filter = ["kind", "language"]
    list_select_related = ["edition__series__region"]
    search_fields = ["subject", "body"]
    fieldsets = [
        (None, {"fields": ["kind", "language", "edition"]}),
        (_("Words"), {"fields": ["subject", "body", "placeholders"]}),
    ]
    readonly_fields = ["placeholders"]
    autocomplete_fields = ["edition"]
    list_help = _(
        "The words of all letters. A conference can have texts of its own; without "
        "one it uses that for all."
    )
    form_help = _("“Preview” shows what you typed with real data and saves nothing.")

    def has_delete_permission(self, request, text=None):
        """Without the text for all conferences a letter could not be written."""
        if text is not None and text.edition_id is None:
            return False
        return super().has_delete_permission(request, text)

    @admin.display(description=_("placeholders"))
    def placeholders(self, text):
        rows = format_html_join("", "<dt>{{{}}}</dt><dd>{}</dd>", PLACEHOLDERS.items())
        return format_html('<dl class="placeholders">{}</dl>', rows)

    def get_urls(self):
        preview = path(
            "preview/",
            self.admin_site.admin_view(self.preview),
            name="registrations_lettertext_preview",
        )
        return [preview, *super().get_urls()]

    def preview(self, request):
        """What the typed text makes of a delegation's data; nothing is saved."""
        sees_people = request.user.has_perm("registrations.view_delegation")
        if not (sees_people and self.has_view_or_change_permission(request)):
            raise PermissionDenied
        form = PreviewForm(request.POST)
        context = {
            **self.admin_site.each_context(request),
            "opts": self.model._meta,
            "title": _("Preview of a letter"),
            "form": form,
            **(form.preview() if form.is_valid() else {}),
        }
        return TemplateResponse(request, "admin/registrations/preview.html", context)
