from django.conf import settings
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Q
from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.urls import path
from django.utils import translation
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from conferences.admin.zones import AtTheConference
from partnerships.admin import PublishedFilter
from registrations import questions
from registrations.admin.cloning import CloningAdmin
from registrations.forms import PreviewForm
from registrations.models import (
    Delegation,
    EditionQuestions,
    Participant,
    Question,
    SecondStage,
    Side,
)


class SecondStageInline(admin.StackedInline):
    """Without it, nothing is asked after the approval."""

    model = SecondStage
    fieldsets = [
        (None, {"fields": ["answers_until"]}),
        (
            _("For each person"),
            {"fields": ["asks_diet", "asks_accessibility", "asks_photos", "asks_list"]},
        ),
        (
            _("For the visa"),
            {"fields": ["visa_for", "asks_birth_date", "asks_passport_number"]},
        ),
        (_("Erasure"), {"fields": ["needs_erased_after", "visa_erased_after"]}),
    ]
    can_delete = False
    extra = 0


@admin.register(EditionQuestions)
class EditionQuestionsAdmin(AtTheConference, CloningAdmin):
    """What a conference asks beside the fixed fields."""

    list_display = ["__str__", "question_count", "retired_count"]
    list_filter = [PublishedFilter, ("series", admin.RelatedOnlyFieldListFilter)]
    search_fields = ["city", "=year"]
    fields = ["questions_shown"]
    readonly_fields = ["questions_shown"]
    inlines = [SecondStageInline]
    actions = ["add_usual_questions"]
    list_help = _(
        "What each conference asks beside names, functions and contacts. The action "
        "begins the second stage with the usual questions about travel and stay."
    )
    form_help = _(
        "The questions in their order. Each has a page of its own; the preview shows "
        "them as delegations see them. Below: what is asked after the approval."
    )

    def get_queryset(self, request):
        asked = Q(questions__retired_at=None, questions__isnull=False)
        return EditionQuestions.objects.with_series().annotate(
            asked=Count("questions", filter=asked, distinct=True),
            retired=Count(
                "questions",
                filter=Q(questions__retired_at__isnull=False),
                distinct=True,
            ),
        )

    def has_add_permission(self, request):
        return False

    def has_delete_permission(self, request, edition=None):
        return False

    def save_model(self, request, edition, form, change):
        """Nothing of the conference itself is changed here."""

    @admin.display(description=_("questions"), ordering="asked")
    def question_count(self, edition):
        return edition.asked

    @admin.display(description=_("not asked any more"), ordering="retired")
    def retired_count(self, edition):
        return edition.retired or "–"

    @admin.display(description=_("questions"))
    def questions_shown(self, edition):
        rows = edition.questions.select_related("condition_on").prefetch_related(
            "options", "condition_on__options"
        )
        return render_to_string(
            "admin/registrations/_questions.html",
            {
                "edition": edition,
                "rows": [(row, condition_in_words(row)) for row in rows],
                "languages": settings.LANGUAGES,
            },
        )

    @admin.action(
        description=_("Ask about travel and stay after the approval"),
        permissions=["change"],
    )
    def add_usual_questions(self, request, queryset):
        count = sum(edition.add_usual_questions() for edition in queryset)
        message = ngettext(
            "%(count)d question was added.", "%(count)d questions were added.", count
        )
        self.message_user(request, message % {"count": count})

    def get_urls(self):
        preview = path(
            "<int:pk>/preview/<str:language>/",
            self.admin_site.admin_view(self.preview),
            name="registrations_editionquestions_preview",
        )
        return [preview, *super().get_urls()]

    def preview(self, request, pk, language):
        """All questions as delegations see them, in one of the languages."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        edition = get_object_or_404(EditionQuestions, pk=pk)
        if language not in dict(settings.LANGUAGES):
            language = settings.LANGUAGE_CODE
        with translation.override(language):
            request.LANGUAGE_CODE = language
            context = {"edition": edition, "parts": parts_of(edition)}
            template = "registrations/questions_preview.html"
            return TemplateResponse(request, template, context).render()


def condition_in_words(question: Question) -> str:
    parent = question.condition_on
    if parent is None:
        return ""
    labels = {value: str(label) for value, label in parent.values_that_decide()}
    answers = " / ".join(labels.get(one, one) for one in question.condition_values)
    return f"{parent}: {answers}"


def parts_of(edition) -> list[tuple[str, str, PreviewForm]]:
    """The forms of a delegation that does not exist: of each stage and scope."""
    delegation = Delegation(pk=0, edition=edition)
    side = Side(pk=0, delegation=delegation, which=Side.Which.GERMAN)
    person = Participant(pk=0, side=side)
    sheet = questions.sheets(edition, [delegation])[0]

    def form_of(stage, scope):
        someone = person if scope == Question.Scope.PERSON else None

        def items(typed):
            return sheet.items(scope, side, someone, stage=stage, typed=typed)

        return PreviewForm(asks=items)

    forms = [
        (str(stage.label), str(scope.label), form_of(stage, scope))
        for stage in Question.Stage
        for scope in Question.Scope
    ]
    return [part for part in forms if part[2].fields]
