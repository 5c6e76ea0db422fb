"""What all pages under a personal link have in common."""

from django.core.exceptions import ObjectDoesNotExist
from django.db import IntegrityError
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.views.decorators.cache import cache_control

from partnerships import form_page
from partnerships.forms import PageForm
from registrations.forms import ConfirmForm
from registrations.models import Refused, Side, open_side
from registrations.models.locking import is_staff

NO_ROBOTS = "noindex, nofollow"


def private(view):
    """Nobody keeps, indexes or passes on a page that a personal link opens."""

    @cache_control(no_store=True, private=True)
    def page(request, *args, **kwargs):
        response = view(request, *args, **kwargs)
        response["X-Robots-Tag"] = NO_ROBOTS
        response["Referrer-Policy"] = "same-origin"
        return response

    return page


def dead_link(request):
    return render(request, "registrations/dead_link.html", status=404)


class FormPage(form_page.FormPage):
    """A page with one form that is saved by a verb, which may refuse."""

    refused_field: str | None = None

    def form_valid(self, form):
        try:
            return super().form_valid(form)
        except Refused as refusal:
            is_asked = self.refused_field in form.fields
            form.add_error(self.refused_field if is_asked else None, str(refusal))
            context = self.get_context_data(form=form, refusal=refusal)
            return self.render_to_response(context)


class SidePage(FormPage):
    """A page of a side, found by its personal link; most are the German side's."""

    form_class: type[PageForm] = ConfirmForm
    number: int | None = None  # of the step, where the page is one
    is_for_drafts = True
    names_towns = False  # on the page, so that they are loaded with the side
    is_for_partner = False  # whether the partner's link opens it too
    is_for_german = True
    is_for_others = True  # for delegations that are no drafts any more

    @method_decorator(private)
    def dispatch(self, request, *args, **kwargs):
        try:
            return self.answer(request, *args, **kwargs)
        except (ObjectDoesNotExist, IntegrityError):
            # A row was merged, deleted or erased while this page was asked for: a
            # new page answers the same request from what is there now.
            page = type(self)()
            page.setup(request, *args, **kwargs)
            return page.answer(request, *args, **kwargs)

    def answer(self, request, *args, **kwargs):
        self.token = kwargs["token"]
        found = self.opened()
        if found is None or not self.is_for(found):
            return dead_link(request)
        self.side = found
        self.delegation = found.delegation
        if not self.is_here():
            return self.go_home()
        return super().dispatch(request, *args, **kwargs)

    def opened(self) -> Side | None:
        """The side that the link opens; None for a dead link."""
        return open_side(self.token, names_towns=self.names_towns)

    def is_for(self, side) -> bool:
        """Whether a link of this side opens the page."""
        if side.is_german:
            return self.is_for_german
        return self.is_for_partner and not side.delegation.is_draft

    def is_here(self) -> bool:
        """Whether this page is for the delegation as it is now."""
        return self.is_for_drafts if self.delegation.is_draft else self.is_for_others

    @property
    def by(self):
        """Who acts: staff where they enter on behalf, else the side itself."""
        user = self.request.user if self.delegation.entered_by_id else None
        if user and user.has_perm("registrations.add_delegation"):
            return user
        return self.side

    @property
    def by_staff(self) -> bool:
        return is_staff(self.by)

    def go_home(self):
        """To the page from which all others of this link are found."""
        return self.go("delegation")

    def go(self, name, **kwargs):
        return redirect(f"registrations:{name}", token=self.token, **kwargs)

    def go_back(self, done="saved"):
        """To the status page, which says what was done: no session could tell it."""
        query = {"done": done}
        path = reverse("registrations:delegation", args=[self.token], query=query)
        return redirect(path)

    def go_on(self):
        """To the next open question of a draft, else back to the status page."""
        if self.delegation.is_draft:
            return self.go(self.delegation.open_question)
        return self.go_back()

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            token=self.token,
            side=self.side,
            delegation=self.delegation,
            edition=self.delegation.edition,
            number=self.number if self.delegation.is_draft else None,
            by_staff=self.by_staff,
            **kwargs,
        )


class DraftPage(SidePage):
    """A step of the registration; once it is submitted, the status page is due."""

    is_for_others = False


class RegisteredPage(SidePage):
    """A page for what has been submitted; a draft goes on with its steps."""

    is_for_drafts = False
