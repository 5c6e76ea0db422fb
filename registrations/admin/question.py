from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modeltranslation.admin import TranslationAdmin, TranslationTabularInline

from partnerships.admin import ByLanguage, NamedCells
from registrations.admin.filters import EditionFilter
from registrations.models import EditionQuestions, Option, Question

CHANGELIST = "admin:registrations_editionquestions_changelist"


class QuestionForm(forms.ModelForm):
    """The condition is one list of answers; the question they belong to follows."""

    asked_if = forms.MultipleChoiceField(
        label=_("Only asked if the answer is"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Nothing ticked: always. Please tick answers of one question."),
    )
    is_retired = forms.BooleanField(
        label=_("Not asked any more"),
        required=False,
        help_text=_("What was answered stays, and stands in the table."),
    )

    class Meta:
        model = Question
        fields = [
            "edition",
            "key",
            "type",
            "scope",
            "stage",
            "label",
            "help",
            "required_for",
            "is_personal",
            "erased_after",
            "order",
        ]
        widgets = {"edition": forms.HiddenInput}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        begun_at = self.data.get("edition") or self.initial.get("edition")
        edition = self.instance.edition_id or begun_at
        field = self.fields["asked_if"]
        field.choices = self._answers(edition)  # type: ignore[attr-defined]  # choices
        parent = self.instance.condition_on_id
        self.initial["asked_if"] = [
            f"{parent}:{value}" for value in self.instance.condition_values
        ]
        self.initial["is_retired"] = self.instance.retired_at is not None

    def _answers(self, edition) -> list:
        """All answers on which this question may depend, by their question."""
        others = Question.objects.filter(edition=edition, type__in=Question.MAY_DECIDE)
        return [
            (
                str(other),
                [
                    (f"{other.pk}:{value}", label)
                    for value, label in other.values_that_decide()
                ],
            )
            for other in others.exclude(pk=self.instance.pk).prefetch_related("options")
        ]

    def clean(self):
        cleaned: dict[str, Any] = super().clean() or {}
        chosen = [one.split(":", 1) for one in cleaned.get("asked_if", [])]
        if len({key for key, _value in chosen}) > 1:
            message = _("Please tick answers of one question only.")
            self.add_error("asked_if", forms.ValidationError(message, code="several"))
            return cleaned
        self.instance.condition_on_id = int(chosen[0][0]) if chosen else None
        self.instance.condition_values = [value for _key, value in chosen]
        if not cleaned.get("is_retired"):
            self.instance.retired_at = None
        elif self.instance.retired_at is None:
            self.instance.retired_at = timezone.now()
        return cleaned


class OptionInline(NamedCells, TranslationTabularInline):
    model = Option
    extra = 3
    fields = ["label", "order", "is_offered"]
    verbose_name_plural = _("answers to choose (only for one or several of them)")

    def has_delete_permission(self, request, question=None):
        """What somebody may have chosen is no longer offered, but stays."""
        if question is not None and question.answers.exists():
            return False
        return super().has_delete_permission(request, question)


@admin.register(Question)
class QuestionAdmin(ByLanguage, TranslationAdmin):
    """One question; reached from the questions of its conference."""

    form = QuestionForm
    list_display = ["__str__", "edition", "stage", "scope", "type", "retired_at"]
    list_filter = [EditionFilter, "stage", "scope"]
    list_select_related = ["edition__series__region"]
    fieldsets = [
        (None, {"fields": ["edition", "label", "help"]}),
        (
            _("What is asked"),
            {"fields": ["type", "scope", "stage", "key", "order"]},
        ),
        (_("Who must answer"), {"fields": ["required_for", "asked_if"]}),
        (_("Personal data"), {"fields": ["is_personal", "erased_after"]}),
        (_("Later"), {"fields": ["is_retired"]}),
    ]
    inlines = [OptionInline]
    list_help = _("All questions of all conferences. New ones begin at a conference.")
    form_help = _(
        "Please do not ask for health, belief or passports here: the second stage of a "
        "conference has its own protected fields for that."
    )

    def get_readonly_fields(self, request, question=None):
        return ["key", "type", "scope", "stage"] if question else []

    def has_delete_permission(self, request, question=None):
        if question is not None and question.answers.exists():
            return False
        return super().has_delete_permission(request, question)

    def get_actions(self, request):
        """None: deleting many at once would not ask whether they were answered."""
        return {}

    def get_prepopulated_fields(self, request, question=None):
        return {} if question else {"key": ["label_de"]}

    def add_view(self, request, form_url="", extra_context=None):
        edition = (request.POST or request.GET).get("edition", "")
        known = edition.isascii() and edition.isdigit()
        if not known or not EditionQuestions.objects.filter(pk=edition).exists():
            return HttpResponseRedirect(reverse(CHANGELIST))
        return super().add_view(request, form_url, extra_context)

    def response_post_save_add(self, request, question):
        return self.to_edition(question)

    def response_post_save_change(self, request, question):
        return self.to_edition(question)

    def to_edition(self, question):
        address = "admin:registrations_editionquestions_change"
        return HttpResponseRedirect(reverse(address, args=[question.edition_id]))
