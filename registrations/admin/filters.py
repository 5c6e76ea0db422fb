from django.conf import settings
from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from conferences.models import Edition


class EditionFilter(admin.SimpleListFilter):
    """By conference; one query, where Django's own would ask for each name."""

    title = _("conference")
    parameter_name = "edition"
    path = "edition"

    def lookups(self, request, model_admin):
        editions = Edition.objects.with_series().exclude(delegations=None).distinct()
        return [(str(edition.pk), str(edition)) for edition in editions]

    def queryset(self, request, queryset):
        if (self.value() or "").isdecimal():
            return queryset.filter(**{self.path: self.value()})
        return queryset


class AheadFilter(admin.SimpleListFilter):
    """Conferences ahead, unless another choice is made."""

    title = _("time")
    parameter_name = "time"

    def lookups(self, request, model_admin):
        return [("over", _("over")), ("all", _("all"))]

    def choices(self, changelist):
        """The first choice is what nobody has to choose; Django calls it “All”."""
        first, *others = super().choices(changelist)
        return [{**first, "display": _("ahead")}, *others]

    def queryset(self, request, queryset):
        if self.value() == "all":
            return queryset
        if self.value() == "over":
            return queryset.exclude(pk__in=queryset.model.objects.ahead().values("pk"))
        return queryset.ahead()


class SideEditionFilter(EditionFilter):
    path = "side__delegation__edition"


class HistoryEditionFilter(EditionFilter):
    path = "delegation__edition"


class YesNoFilter(admin.SimpleListFilter):
    """Whether a column has a value. Set `title`, `parameter_name` and `path`."""

    path = ""

    def lookups(self, request, model_admin):
        return [("yes", _("yes")), ("no", _("no"))]

    def queryset(self, request, queryset):
        if self.value() in {"yes", "no"}:
            is_empty = self.value() == "no"
            return queryset.filter(**{f"{self.path}__isnull": is_empty})
        return queryset


class ToLookAtFilter(YesNoFilter):
    title = _("review")
    parameter_name = path = "needs_review_since"


class AnsweredFilter(YesNoFilter):
    title = _("answered")
    parameter_name = "answered"
    path = "answered_at"


class EndedFilter(YesNoFilter):
    title = _("ended")
    parameter_name = "ended"
    path = "ended_at"


class ConfirmedFilter(YesNoFilter):
    """Whether the German contact has shown that the address is theirs."""

    title = _("confirmation of the address")
    parameter_name = "confirmed"

    def queryset(self, request, queryset):
        if self.value() not in {"yes", "no"}:
            return queryset
        is_empty = self.value() == "no"
        return queryset.filter(
            sides__which="german", sides__confirmed_at__isnull=is_empty
        )


class LanguageFilter(admin.SimpleListFilter):
    title = _("language")
    parameter_name = "language"

    def lookups(self, request, model_admin):
        return settings.LANGUAGES

    def queryset(self, request, queryset):
        return queryset.filter(language=self.value()) if self.value() else queryset
