import logging
from collections.abc import Callable

from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.views.decorators.http import require_safe

from partnerships import throttling
from registrations.forms import LinkForm
from registrations.models import Participant, Side
from registrations.views.pages import FormPage, private

logger = logging.getLogger(__name__)


class AnsweredFirst(HttpResponseRedirect):
    """Leads on, and does its work once that answer is out.

    For work that must not be noticed by the time it takes. Should it fail, nobody
    waits for it any more: it is only logged.
    """

    def __init__(self, to: str, work: Callable[[], object]):
        super().__init__(to)
        self.work = work

    def close(self):
        try:
            self.work()
        except Exception:
            logger.exception("what was to follow an answer was not done")
        finally:
            super().close()


@method_decorator(private, name="dispatch")
class LinkView(FormPage):
    """Asks for the link again: the same answer whether the address is known or not.

    In the same time, too: letters to an address that is known are written afterwards.
    """

    form_class = LinkForm
    template_name = "registrations/link.html"

    def save(self, form):
        email, reference = (form.cleaned_data[key] for key in ("email", "reference"))
        who = throttling.machine_of(self.request)
        throttling.pass_or_refuse(throttling.LINKS, who)
        throttling.pass_or_refuse(throttling.LINKS_TO_ONE_ADDRESS, email)

        def send():
            for people in (Side.objects, Participant.objects):
                people.send_links(email, reference)

        return AnsweredFirst(reverse("registrations:link-sent"), send)


@private
@require_safe
def link_sent(request):
    return render(request, "registrations/link_sent.html")
