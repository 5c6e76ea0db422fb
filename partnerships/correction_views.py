"""Whoever knows better suggests a correction, which staff check."""

from django.shortcuts import get_object_or_404, redirect, render
from django.utils.decorators import method_decorator
from django.utils.translation import get_language
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from partnerships import throttling
from partnerships.form_page import FormPage
from partnerships.forms import CorrectionForm
from partnerships.models import Correction, Municipality, Partnership

# By what it is about: the page that says thank you.
SENT = {
    "partnership": "partnerships:correction-sent",
    "municipality": "partnerships:municipality-correction-sent",
}


def find(kind: str, slug: str) -> Partnership | Municipality:
    """What has a public page, and so can be corrected."""
    if kind == "partnership":
        partnerships = Partnership.objects.published().with_municipalities()
        return get_object_or_404(partnerships, slug=slug)
    towns = Municipality.objects.checked().select_related("country")
    return get_object_or_404(towns, slug=slug)


# The browser may keep the page for its back button, so that the key stays the same.
@method_decorator(cache_control(private=True, max_age=0), name="get")
@method_decorator(cache_control(private=True, no_store=True), name="post")
class CorrectionView(FormPage):
    form_class = CorrectionForm
    template_name = "partnerships/correction.html"

    def dispatch(self, request, *args, **kwargs):
        self.about = find(kwargs["kind"], kwargs["slug"])
        return super().dispatch(request, *args, **kwargs)

    def save(self, form):
        throttling.pass_or_refuse(
            throttling.CORRECTIONS, throttling.machine_of(self.request)
        )
        Correction.objects.suggest(
            self.about, language=get_language(), **form.cleaned_data
        )
        return redirect(SENT[self.kwargs["kind"]], slug=self.about.slug)

    def get_context_data(self, **kwargs):
        return super().get_context_data(about=self.about, **kwargs)


@require_safe
def sent(request, kind, slug):
    context = {"about": find(kind, slug)}
    return render(request, "partnerships/correction_sent.html", context)
