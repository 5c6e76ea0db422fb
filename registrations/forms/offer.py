from django.utils.translation import gettext_lazy, ngettext

from partnerships.forms import PageForm
from registrations.forms.people import number_field


class OfferForm(PageForm):
    """How many of the places that an offer holds are taken: all, or fewer."""

    german = number_field(gettext_lazy("People from the German side"), 1)
    partner = number_field(gettext_lazy("People from the partner side"), 0)

    def __init__(self, *args, delegation, **kwargs):
        super().__init__(*args, **kwargs)
        for side in (delegation.german_side, delegation.partner_side):
            self.initial[side.which] = side.held
            self.fields[side.which].help_text = ngettext(
                "The offer holds %(count)d place.",
                "The offer holds %(count)d places.",
                side.held,
            ) % {"count": side.held}
        if delegation.partner_side.held == 0:
            del self.fields["partner"]
