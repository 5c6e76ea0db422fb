from django.shortcuts import redirect, render
from django.utils.decorators import method_decorator
from django.views.decorators.http import require_safe

from partnerships import throttling
from registrations.forms import LinkForm
from registrations.models import Participant, Side
from registrations.views.pages import FormPage, private


@method_decorator(private, name="dispatch")
class LinkView(FormPage):
    """Asks for the link again: the same answer whether the address is known or not."""

    form_class = LinkForm
    template_name = "registrations/link.html"

    def save(self, form):
        answers = form.cleaned_data
        who = throttling.machine_of(self.request)
        throttling.pass_or_refuse(throttling.LINKS, who)
        throttling.pass_or_refuse(throttling.LINKS_TO_ONE_ADDRESS, answers["email"])
        for people in (Side.objects, Participant.objects):
            people.send_links(answers["email"], answers["reference"])
        return redirect("registrations:link-sent")


@private
@require_safe
def link_sent(request):
    return render(request, "registrations/link_sent.html")
