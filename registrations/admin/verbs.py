"""Admins of rows that only verbs change: shown to read, or saved by a verb."""

from typing import Any

from django import forms
from django.contrib import admin

from registrations.models import Refused


class ReadAdmin(admin.ModelAdmin):
    """Rows that staff read, and act on by actions and buttons only."""

    def has_add_permission(self, request):
        return False

    def has_delete_permission(self, request, row=None):
        return False

    def save_model(self, request, row, form, change):
        """Nothing: the row as it was read must not replace what a verb wrote since."""

    def render_change_form(self, request, context, *args, **kwargs):
        context.update(show_save=False, show_save_and_continue=False)
        return super().render_change_form(request, context, *args, **kwargs)


class RefusalForm(forms.ModelForm):
    """Holds what a verb has refused, beside the field that asked for it."""

    refusal = ""
    asks: str | None = None

    def clean(self):
        cleaned = super().clean()
        if self.refusal:
            self.add_error(self.asks, self.refusal)
        return cleaned


class VerbAdmin(admin.ModelAdmin):
    """Shows the form again, filled, when a verb of `save_model` refuses.

    The verb runs after the form was found valid. What it raises takes everything
    back; then the form is made once more, and the refusal stands beside the field
    that `request.asks` names, or above all fields.
    """

    form = RefusalForm

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        try:
            return super().changeform_view(request, object_id, form_url, extra_context)
        except Refused as refusal:
            request.refusal = str(refusal)
        return super().changeform_view(request, object_id, form_url, extra_context)

    def get_form(self, request, obj=None, change=False, **kwargs):
        form: Any = super().get_form(request, obj, change, **kwargs)
        form.refusal = getattr(request, "refusal", "")
        form.asks = getattr(request, "asks", None)
        return form
