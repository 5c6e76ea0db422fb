"""Staff see what people wish for, give the places by lot, tell them, and mend."""

from collections.abc import Callable
from dataclasses import dataclass

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Q
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from partnerships.admin import PublishedFilter
from partnerships.staff_text import StaffLinesField
from registrations import choice, workshop_lists
from registrations.admin.verbs import ReadAdmin
from registrations.models import EditionChoice, Participant, Refused

# The pages name people, so they are for those who may see them.
NEEDED = "registrations.view_participant"


@dataclass(frozen=True)
class Deed:
    """One button of the page: the verb, and what is said once it is done."""

    act: Callable[[EditionChoice, str], int | None]
    done: str | Promise  # with %(count)d


DEEDS = {
    "ask": Deed(
        lambda edition, seen: edition.ask_to_choose(),
        ngettext_lazy(
            "%(count)d letter is on its way.",
            "%(count)d letters are on their way.",
            "count",
        ),
    ),
    "draw": Deed(lambda edition, seen: int(edition.draw()), _("The lots are drawn.")),
    "give": Deed(
        lambda edition, seen: edition.give_places(has_seen=seen),
        ngettext_lazy(
            "%(count)d place was given.", "%(count)d places were given.", "count"
        ),
    ),
    "tell": Deed(
        lambda edition, seen: edition.tell_all(),
        ngettext_lazy(
            "%(count)d letter is on its way.",
            "%(count)d letters are on their way.",
            "count",
        ),
    ),
    "fill": Deed(
        lambda edition, seen: edition.fill(),
        ngettext_lazy(
            "%(count)d person moved up.", "%(count)d people moved up.", "count"
        ),
    ),
}


class ReasonForm(forms.Form):
    reason = StaffLinesField(
        label=_("Reason"),
        most=2000,
        help_text=_("It stands in the history, and in the letter to the person."),
        widget=forms.Textarea(attrs={"rows": 3, "class": "vLargeTextField"}),
    )


class SeatForm(ReasonForm):
    """One session, to give a place in or to take back."""

    def __init__(self, *args, workshops, **kwargs):
        super().__init__(*args, **kwargs)
        offered = [(str(one.item.pk), _in_a_list(one)) for one in workshops]
        self.fields["session"] = forms.ChoiceField(
            label=_("Workshop"), choices=[("", "–"), *offered]
        )
        self.order_fields(["session", "reason"])


def _in_a_list(workshop) -> str:
    return _("%(workshop)s (%(free)d free)") % {
        "workshop": choice.what(workshop.item),
        "free": workshop.free,
    }


@admin.register(EditionChoice)
class EditionChoiceAdmin(ReadAdmin):
    list_display = ["__str__", "closes", "wish_count", "seat_count", "told"]
    list_filter = [PublishedFilter, ("series", admin.RelatedOnlyFieldListFilter)]
    search_fields = ["city", "=year"]
    list_help = _(
        "Which workshops people wish for, and who gets a place. Tick in a session that "
        "participants choose it, release the programme, and write on the page of the "
        "conference from when to when people can choose."
    )

    def get_queryset(self, request):
        wished = Count("sessions__wishes__participant", distinct=True)
        has_place = Q(sessions__seats__isnull=False)
        has_place &= Q(sessions__seats__waiting_number=None)
        seats = Count("sessions__seats", filter=has_place, distinct=True)
        rows = EditionChoice.objects.with_series().select_related("allotment")
        return rows.annotate(wished=wished, seats=seats)

    def get_urls(self):
        view = self.admin_site.admin_view
        name = "registrations_editionchoice"
        return [
            path(
                "<int:edition>/person/<int:person>/",
                view(self.person_view),
                name=f"{name}_person",
            ),
            path(
                "<int:edition>/clear/<int:session>/",
                view(self.clear_view),
                name=f"{name}_clear",
            ),
            path(
                "<int:edition>/people/<int:session>.csv",
                view(self.attendance_view),
                name=f"{name}_attendance",
            ),
            *super().get_urls(),
        ]

    @admin.display(description=_("choice of workshops closes"))
    def closes(self, edition):
        return edition.choice_closes_at

    @admin.display(description=_("people who wished"), ordering="wished")
    def wish_count(self, edition):
        return edition.wished or "–"

    @admin.display(description=_("places given"), ordering="seats")
    def seat_count(self, edition):
        return edition.seats or "–"

    @admin.display(description=_("told at"))
    def told(self, edition):
        lots = getattr(edition, "allotment", None)
        return lots and lots.sent_at

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        """How it stands, and the one step that comes next."""
        edition = self.get_object(request, unquote(object_id or ""))
        if edition is None:
            raise Http404
        self.allow(request, edition, writes=request.method == "POST")
        if request.method == "POST":
            return self.carry_out(request, edition)
        lots = edition.lots()
        outlook = self.outlook(request, edition, lots)
        context = {
            "title": _("Choice of workshops: %(edition)s") % {"edition": edition},
            "lots": lots,
            "outlook": outlook,
            "overview": workshop_lists.overview(edition, outlook and outlook.results),
        }
        return self.page(request, edition, "choice", context)

    def outlook(self, request, edition, lots):
        """What giving the places would do, where that is the question now."""
        if lots is None or lots.sent_at or not edition.choice_has_closed():
            return None
        is_asked = lots.made_at is None or "anew" in request.GET
        return edition.outlook() if is_asked else None

    def carry_out(self, request, edition):
        deed = DEEDS.get(request.POST.get("do", ""))
        if deed is None:
            raise Http404
        try:
            count = deed.act(edition, request.POST.get("seen", ""))
        except Refused as refusal:
            self.message_user(request, str(refusal), messages.WARNING)
            return to_page(edition)
        if count is None:
            again = _("Something was changed meanwhile. Please look once more.")
            self.message_user(request, again, messages.WARNING)
            return to_page(edition)
        return self.told_and_logged(request, edition, deed.done % {"count": count})

    def person_view(self, request, edition, person):
        """Give one person a place, or take one back, with a reason."""
        edition = self.found(request, edition)
        person = get_object_or_404(Participant.objects.coming_to(edition), pk=person)
        overview = workshop_lists.overview(edition)
        form = SeatForm(request.POST or None, workshops=overview.with_lost)
        if form.is_valid():
            takes_out = "_take_out" in request.POST
            verb = edition.take_out if takes_out else edition.seat
            session = edition.sessions.get(pk=form.cleaned_data["session"])
            reason = form.cleaned_data["reason"]
            try:
                verb(person, session, by=request.user, reason=reason)
            except Refused as refusal:
                form.add_error(None, str(refusal))
            else:
                words = _("Saved: %(person)s") % {"person": person}
                return self.told_and_logged(request, edition, words)
        context = {
            "title": _("Workshops: %(person)s") % {"person": person},
            "person": person,
            "form": form,
            "rows": overview.of(person),
            "wished": wishes_in_words(edition, person),
        }
        return self.page(request, edition, "choice_person", context)

    def clear_view(self, request, edition, session):
        """Take back all places of a session that does not take place any more."""
        edition = self.found(request, edition)
        session = get_object_or_404(edition.sessions, pk=session)
        form = ReasonForm(request.POST or None)
        if form.is_valid():
            reason = form.cleaned_data["reason"]
            try:
                edition.clear(session, by=request.user, reason=reason)
            except Refused as refusal:
                form.add_error(None, str(refusal))
            else:
                words = _("Saved: %(session)s") % {"session": session}
                return self.told_and_logged(request, edition, words)
        title = _("Take back all places: %(session)s") % {"session": session}
        context = {"title": title, "form": form}
        return self.page(request, edition, "choice_clear", context)

    def attendance_view(self, request, edition, session):
        """Who has a place, as a table; who took it stands in the log."""
        edition = self.found(request, edition)
        session = get_object_or_404(edition.sessions, pk=session)
        words = _("List of people exported: %(session)s") % {"session": session}
        self.log_change(request, edition, str(words))
        table = workshop_lists.attendance(edition, session)
        response = HttpResponse(table, content_type="text/csv; charset=utf-8")
        name = f"{edition.slug}-{session.slug}.csv"
        response["Content-Disposition"] = f'attachment; filename="{name}"'
        return response

    def found(self, request, key) -> EditionChoice:
        edition = get_object_or_404(self.get_queryset(request), pk=key)
        self.allow(request, edition, writes=request.method == "POST")
        return edition

    def allow(self, request, edition, *, writes: bool) -> None:
        """Who writes may change; who reads may see, and see people."""
        may = self.has_view_or_change_permission(request, edition)
        if writes:
            may = self.has_change_permission(request, edition)
        if not (may and request.user.has_perm(NEEDED)):
            raise PermissionDenied

    def told_and_logged(self, request, edition, words):
        self.log_change(request, edition, str(words))
        self.message_user(request, words, messages.SUCCESS)
        return to_page(edition)

    def page(self, request, edition, name, context):
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "edition": edition,
            "may_change": self.has_change_permission(request, edition),
            **context,
        }
        template = f"admin/registrations/{name}.html"
        return TemplateResponse(request, template, context)


def to_page(edition):
    name = "admin:registrations_editionchoice_change"
    return HttpResponseRedirect(reverse(name, args=[edition.pk]))


def wishes_in_words(edition, person) -> list[tuple[str, list[str]]]:
    """When, and the titles, the dearest first."""
    found = choice.of_people(edition, [person])
    return [
        (choice.when(slot), [choice.title_of(item) for item in items])
        for slot, items in (found.wished(person) if found else ())
    ]
