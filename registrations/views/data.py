"""All that we know of who holds a link: to read, to take along, and to have erased."""

from django.http import JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from registrations import forgetting, own_data
from registrations.views.own import OwnPart
from registrations.views.pages import SidePage, private

READ = ["get", "head", "options"]


class DataView(SidePage):
    """The contact and the people of one's own side, in words."""

    http_method_names = READ
    template_name = "registrations/data.html"
    is_for_partner = True

    def data(self) -> list[own_data.Part]:
        return own_data.of_side(self.side)

    def get_context_data(self, **kwargs):
        return super().get_context_data(data=self.data(), **kwargs)


class DataFileView(DataView):
    """The same as a file for programs, with everything that only they can read."""

    def get(self, request, *args, **kwargs):
        reference = self.delegation.reference
        return JsonResponse(
            own_data.as_json(self.delegation, self.data()),
            json_dumps_params={"ensure_ascii": False, "indent": 2},
            headers={"Content-Disposition": f'attachment; filename="{reference}.json"'},
        )


class OwnDataView(OwnPart, DataView):
    """What we know of one person."""

    def data(self) -> list[own_data.Part]:
        return own_data.of_person(self.person)


class OwnDataFileView(OwnDataView, DataFileView):
    """The same as a file for programs."""


class EraseView(SidePage):
    """A contact has the own side erased, after reading what that means."""

    template_name = "registrations/erase.html"
    is_for_partner = True
    names_towns = True

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
@require_safe
def erased(request):
    waits = request.GET.get("when") == "tonight"
    return render(request, "registrations/erased.html", {"waits": waits})
