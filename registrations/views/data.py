"""Who holds a link has erased what we know."""

from django.shortcuts import redirect, render
from django.urls import reverse

from registrations import forgetting
from registrations.views.own import OwnPart
from registrations.views.pages import SidePage, private


class EraseView(SidePage):
    """A contact has the own side erased, after reading what that means."""

    template_name = "registrations/erase.html"
    is_for_partner = True
    names_partnership = True

    def save(self, form):
        return self.go_away(forgetting.erase_side(self.side, by=self.side))

    def go_away(self, is_done: bool):
        """To a page that no link opens: this one is dead, or will be tonight."""
        query = {} if is_done else {"when": "tonight"}
        return redirect(reverse("registrations:erased", query=query))


class OwnEraseView(OwnPart, EraseView):
    """A person has the own data erased, whoever entered them."""

    template_name = "registrations/person/erase.html"

    def save(self, form):
        return self.go_away(forgetting.erase_person(self.person, by=self.person))


@private
def erased(request):
    waits = request.GET.get("when") == "tonight"
    return render(request, "registrations/erased.html", {"waits": waits})
