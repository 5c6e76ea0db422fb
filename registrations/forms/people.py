from crispy_forms.layout import Fieldset, Layout
from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext_lazy

from partnerships.forms import PageForm
from partnerships.plain_text import EmailField, LineField
from registrations.forms.page import language_choices, offer
from registrations.models import Participant

# A page of names stays a page; further people are named on the status page.
MOST_ON_A_PAGE = 20
MOST_PEOPLE = 99
OFF = {"autocomplete": "off"}


def number_field(label, least: int) -> forms.IntegerField:
    words = {
        "invalid": gettext_lazy("Please write a whole number, such as 3."),
        "min_value": ngettext_lazy(
            "Please write at least %(limit_value)d.",
            "Please write at least %(limit_value)d.",
            "limit_value",
        ),
        "max_value": gettext_lazy(
            "Please write at most %(limit_value)d; write to us for more."
        ),
    }
    return forms.IntegerField(
        label=label,
        min_value=least,
        max_value=MOST_PEOPLE,
        error_messages=words,
        widget=forms.TextInput(
            attrs={
                "inputmode": "numeric",
                "class": "kern-form-input__input--short",
                **OFF,
            }
        ),
    )


class NumbersForm(PageForm):
    """How many people come from each side."""

    german = number_field(gettext_lazy("People from the German side"), 1)
    partner = number_field(gettext_lazy("People from the partner side"), 0)

    german_online = number_field(gettext_lazy("German side: people online"), 0)
    partner_online = number_field(gettext_lazy("Partner side: people online"), 0)

    def __init__(self, *args, delegation, **kwargs):
        super().__init__(*args, **kwargs)
        edition = delegation.edition
        self._ask_for_online(delegation)
        if "german" in self.fields:
            self.initial["german"] = delegation.german_side.planned or None
            self.fields["german"].help_text = at_most(edition.german_most)
        if delegation.kind != delegation.Kind.PARTNERSHIP:
            del self.fields["partner"]
            return
        answered = bool(delegation.german_side.planned)
        self.initial["partner"] = delegation.partner_side.planned if answered else None
        self.fields["partner"].help_text = " ".join(
            part
            for part in (at_most(edition.partner_most), paid(edition.partner_paid))
            if part
        )

    def _ask_for_online(self, delegation) -> None:
        """Only where the conference offers both ways."""
        for side in (delegation.german_side, delegation.partner_side):
            name = f"{side.which}_online"
            if name not in self.fields:
                continue
            if not delegation.edition.offers_both or (
                side.which == "partner" and not delegation.has_partner
            ):
                del self.fields[name]
                continue
            self.initial[name] = side.online
            self.fields[name].required = False
            self.fields[name].help_text = _(
                "They need no place. We hold places for people on site only."
            )

    @property
    def planned(self) -> dict[str, int]:
        return {
            which: self.cleaned_data[which]
            for which in ("german", "partner")
            if which in self.cleaned_data
        }

    @property
    def online(self) -> dict[str, int]:
        """An empty field is nobody."""
        return {
            which: self.cleaned_data[f"{which}_online"] or 0
            for which in ("german", "partner")
            if f"{which}_online" in self.cleaned_data
        }


def at_most(most: int | None) -> str:
    if most is None:
        return ""
    return _("At most %(most)d per delegation.") % {"most": most}


def paid(count: int | None) -> str:
    if count is None:
        return ""
    return _("Travel is paid for %(count)d of them.") % {"count": count}


class PeopleForm(PageForm):
    """Persons of a side, each in a group of fields that may stay empty."""

    TYPED = (
        "given_names",
        "family_name",
        "organisation",
        "organisation_kind",
        "function",
        "email",
    )

    NEEDED = ("family_name", "organisation_kind")

    def __init__(self, *args, side, people, count, is_needed=False, **kwargs):
        super().__init__(*args, **kwargs)
        self.count, self.is_needed = count, is_needed
        for number in range(1, count + 1):
            person = people[number - 1] if number <= len(people) else None
            self._add_person(number, person, side.language)
            self._offer_languages(f"language_{number}", side.delegation.edition)

    def _add_person(self, number, person, language) -> None:
        for name, field in person_fields(is_needed=self.is_needed).items():
            key = f"{name}_{number}"
            self.fields[key] = field
            # Who names a person answers these: they are not called optional.
            field.widget.is_required = field.required or name in self.NEEDED
            if person is not None:
                self.initial[key] = getattr(person, name)
        if person is None:
            self.initial[f"language_{number}"] = language

    def _offer_languages(self, key: str, edition) -> None:
        """Those of the conference, where it names them."""
        offered = [one for one in language_choices() if one[0] in edition.spoken]
        if not offered:
            return
        offer(self, key, offered)
        self.fields[key].label = _("Language at the conference")
        if self.initial.get(key) not in edition.spoken:
            self.initial[key] = offered[0][0]

    @property
    def helper(self):
        helper = super().helper
        names = list(person_fields())
        helper.layout = Layout(
            *(
                Fieldset(
                    self._title(number) if self.count > 1 else "",
                    *(f"{name}_{number}" for name in names),
                )
                for number in range(1, self.count + 1)
            )
        )
        return helper

    def clean(self):
        answers = super().clean()
        for number in range(1, self.count + 1):
            if not self.is_needed and self._is_begun(number):
                self._check_person(number)
        return answers

    def _is_begun(self, number) -> bool:
        keys = [f"{name}_{number}" for name in self.TYPED]
        return any(self.cleaned_data.get(key) or key in self.errors for key in keys)

    def _check_person(self, number) -> None:
        needed = {
            "family_name": _(
                "Please write the family name, or leave all fields empty."
            ),
            "organisation_kind": _("Please choose the kind of organisation."),
        }
        for name, message in needed.items():
            key = f"{name}_{number}"
            if key not in self.errors and not self.cleaned_data.get(key):
                if self.count > 1:
                    message = f"{self._title(number)}: {message}"
                self.add_error(key, forms.ValidationError(message, code="missing"))

    def _title(self, number) -> str:
        return _("Person %(number)d") % {"number": number}

    def answers(self) -> list[dict | None]:
        """One per person, as fields of a participant; None: the name follows."""
        found: list[dict | None] = []
        for number in range(1, self.count + 1):
            person = {
                name: self.cleaned_data[f"{name}_{number}"] for name in person_fields()
            }
            found.append(person if person["family_name"] else None)
        return found


def person_fields(*, is_needed=False) -> dict[str, forms.Field]:
    """Fresh fields for one person, in the order of the page."""
    kinds = [("", gettext_lazy("Please choose")), *Participant.OrganisationKind.choices]
    text = forms.TextInput(attrs=OFF)
    return {
        "given_names": LineField(
            label=gettext_lazy("Given names"),
            required=False,
            help_text=gettext_lazy("As in the passport."),
            widget=text,
        ),
        "family_name": LineField(
            label=gettext_lazy("Family name"),
            required=is_needed,
            help_text=gettext_lazy("If a person has only one name, it goes here."),
            widget=text,
        ),
        "organisation": LineField(
            label=gettext_lazy("Organisation"),
            required=False,
            help_text=gettext_lazy("Such as the town, an association, a company."),
            widget=text,
        ),
        "organisation_kind": forms.ChoiceField(
            label=gettext_lazy("Kind of organisation"),
            required=is_needed,
            choices=kinds,
        ),
        "function": LineField(
            label=gettext_lazy("Function"),
            required=False,
            help_text=gettext_lazy("Such as mayor, coordinator, teacher."),
            widget=text,
        ),
        "role": forms.ChoiceField(
            label=gettext_lazy("Role in the delegation"),
            choices=Participant.Role.choices,
        ),
        "email": EmailField(
            label=gettext_lazy("E-mail address"),
            required=False,
            widget=forms.EmailInput(attrs=OFF),
        ),
        "language": forms.ChoiceField(
            label=gettext_lazy("Preferred language"), choices=language_choices
        ),
    }
