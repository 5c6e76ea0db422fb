from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.views.decorators.cache import cache_control

from conferences import remembered
from conferences.models import Edition
from partnerships import throttling
from partnerships.page_cache import cached_page
from registrations import places
from registrations.forms import BeginForm
from registrations.models import Delegation, Question
from registrations.views.pages import FormPage, private


def staff_on_behalf(request):
    """The member of staff who enters for a municipality, if the address says so.

    Only then the session is looked at: visitors have none.
    """
    if "behalf" not in request.GET:
        return None
    may = request.user.has_perm("registrations.add_delegation")
    return request.user if may else None


@cached_page()
def start(request, series_slug, edition_slug):
    """What you will need: everything that is asked, before anything is."""
    texts = ("audience", "costs")
    editions = Edition.objects.published().for_registration(but=texts)
    edition = get_object_or_404(editions, series__slug=series_slug, slug=edition_slug)
    phase = edition.phase()
    if phase == Edition.Phase.NONE:
        raise Http404
    is_open = phase == Edition.Phase.OPEN
    context = {
        "edition": edition,
        "phase": phase,
        "is_open": is_open,
        "is_full": is_open and places.is_full(edition),
        "questions": questions_of(edition),
        "begin": reverse("registrations:begin", args=[series_slug, edition_slug]),
    }
    return render(request, "registrations/start.html", context)


def edition_to_enter(series_slug, edition_slug, *, by_staff) -> Edition:
    """The published edition of an address; staff enter into a hidden one as well."""
    try:
        edition = remembered.edition(series__slug=series_slug, slug=edition_slug)
    except Edition.DoesNotExist as unknown:
        raise Http404 from unknown
    if not (by_staff or edition.is_published):
        raise Http404
    return edition


def questions_of(edition) -> list[Question]:
    """What it asks beside the fixed fields."""
    return list(edition.questions.asked().of_registration())


# The browser may keep the page for its back button, so that the key stays the same.
@method_decorator(cache_control(private=True, max_age=0), name="get")
@method_decorator(private, name="post")
class BeginView(FormPage):
    """The first step makes the draft and its personal link."""

    form_class = BeginForm
    template_name = "registrations/contact.html"

    def dispatch(self, request, *args, **kwargs):
        self.staff = staff_on_behalf(request)
        self.edition = edition_to_enter(**kwargs, by_staff=self.staff is not None)
        if self.staff is None and not self.edition.is_open():
            return redirect("registrations:start", **kwargs)
        return super().dispatch(request, *args, **kwargs)

    def save(self, form):
        form_key = form.cleaned_data["form_key"]
        is_sent_again = Delegation.objects.filter(form_key=form_key).exists()
        if self.staff is None and not is_sent_again:
            who = throttling.machine_of(self.request)
            throttling.pass_or_refuse(throttling.REGISTRATIONS, who)
        delegation, is_new = Delegation.objects.start(
            self.edition,
            form_key=form_key,
            contact=form.contact,
            by=self.staff,
        )
        if not delegation.is_draft or delegation.edition_id != self.edition.pk:
            return redirect("registrations:link")
        side = delegation.german_side
        token = None
        if not is_new:
            token = side.change_contact(by=self.staff or side, **form.contact)
        token = token or side.mint_link()
        return redirect(f"registrations:{delegation.open_question}", token=token)

    def get_context_data(self, **kwargs):
        edition = self.edition
        back = reverse("registrations:start", args=[edition.series.slug, edition.slug])
        by_staff = self.staff is not None
        return super().get_context_data(
            edition=edition, number=1, back=back, by_staff=by_staff, **kwargs
        )
