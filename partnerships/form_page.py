"""A page with one form, and what it says when it is sent too late."""

from django.views.generic import FormView

from partnerships.throttling import TooOften


def is_outdated(request) -> bool:
    """Whether the CSRF check failed: the page is shown again, nothing is saved."""
    return getattr(request, "is_outdated", False)


class FormPage(FormView):
    """A page with one form; `save` says which page follows."""

    http_method_names = ["get", "head", "options", "post"]

    def post(self, request, *args, **kwargs):
        form = self.get_form()
        if is_outdated(request):
            form.ask_once_more()
            return self.form_invalid(form)
        return self.form_valid(form) if form.is_valid() else self.form_invalid(form)

    def form_valid(self, form):
        try:
            return self.save(form)
        except TooOften as refusal:
            form.add_error(None, str(refusal))
            context = self.get_context_data(form=form)
            wait = {"Retry-After": str(refusal.seconds)}
            return self.render_to_response(context, status=429, headers=wait)

    def save(self, form):
        raise NotImplementedError
