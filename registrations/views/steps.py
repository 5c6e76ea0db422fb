"""The steps after the first, each saved when it is valid."""

from partnerships.models import Municipality, Partnership
from registrations import forms, places, rules
from registrations.models import AlreadyRegistered, Refused
from registrations.views.pages import DraftPage, SidePage
from registrations.views.questions import AnswersShown, go_to_questions


class TownSearch(DraftPage):
    """Searches among the towns that staff have checked, and lets choose one."""

    form_class = forms.TownForm
    refused_field = "town"

    def towns(self):
        raise NotImplementedError

    @property
    def chosen_before(self):
        raise NotImplementedError

    @property
    def query(self):
        return self.request.GET.get("q", "")

    def get_form_kwargs(self):
        found, self.are_more = forms.search(self.towns().checked(), self.query)
        before = self.chosen_before
        if before and not self.query:
            found = [before]
        self.found = found
        chosen = found[0] if len(found) == 1 else before
        return {**super().get_form_kwargs(), "towns": found, "chosen": chosen}

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        return {
            **context,
            "query": self.query,
            "found": self.found,
            "are_more": self.are_more,
        }


class MunicipalityView(TownSearch):
    template_name = "registrations/municipality.html"
    number = 2

    def towns(self):
        return Municipality.objects.german()

    @property
    def chosen_before(self):
        return self.delegation.german_municipality

    def save(self, form):
        self.delegation.choose_municipality(form.chosen)
        return self.go("partnership")


class MunicipalityEnterView(DraftPage):
    """A municipality that is not listed; staff check it later."""

    form_class = forms.TownEnterForm
    template_name = "registrations/municipality_enter.html"
    number = 2

    def get_initial(self):
        return {"name": self.request.GET.get("q", "")}

    def save(self, form):
        self.delegation.choose_municipality(form.enter())
        return self.go("partnership")


class PartnershipPage(DraftPage):
    """What needs a municipality first, and tells of rules that are broken."""

    names_towns = True
    number = 3

    def is_here(self):
        return super().is_here() and self.delegation.german_municipality_id is not None

    def choose(self, partnership):
        self.delegation.choose_partnership(partnership)
        return self.told()

    def told(self):
        if rules.unasked(self.delegation):
            return self.go("admission")
        return self.go_on()


class PartnershipView(PartnershipPage):
    form_class = forms.PartnershipForm
    template_name = "registrations/partnership.html"
    refused_field = "partnership"

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "delegation": self.delegation}

    def save(self, form):
        if form.is_other:
            return self.go("partner-town")
        if form.is_none:
            self.delegation.come_alone()
            return self.told()
        return self.choose(form.chosen)


class PartnerTownView(TownSearch, PartnershipPage):
    template_name = "registrations/partner_town.html"

    def towns(self):
        return Municipality.objects.foreign()

    @property
    def chosen_before(self):
        partnership = self.delegation.partnership
        return partnership.partner if partnership else None

    def save(self, form):
        return self.choose(
            Partnership.objects.enter(self.delegation.german_municipality, form.chosen)
        )


class PartnerTownEnterView(PartnershipPage):
    form_class = forms.PartnerTownEnterForm
    template_name = "registrations/partner_town_enter.html"
    refused_field = "name"

    def get_initial(self):
        return {"name": self.request.GET.get("q", "")}

    def save(self, form):
        return self.choose(
            Partnership.objects.enter(self.delegation.german_municipality, form.enter())
        )


class PartnerView(SidePage):
    """The partner's contact; the German side may also change it later."""

    form_class = forms.PartnerForm
    template_name = "registrations/partner.html"
    names_towns = True
    number = 3

    def is_here(self):
        has_partner = self.delegation.kind == self.delegation.Kind.PARTNERSHIP
        return has_partner and self.delegation.partnership_id is not None

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "side": self.delegation.partner_side}

    def save(self, form):
        self.delegation.partner_side.change_contact(by=self.by, **form.cleaned_data)
        return self.go_on()


class NumbersView(SidePage):
    """How many come; a draft is asked for the names next.

    The German side says both numbers, the partner its own.
    """

    template_name = "registrations/numbers.html"
    names_towns = True
    number = 4
    is_for_partner = True

    def get_form_class(self):
        return forms.NumbersForm if self.side.is_german else forms.OwnNumberForm

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "delegation": self.delegation}

    def save(self, form):
        try:
            self.delegation.change_numbers(form.planned, online=form.online, by=self.by)
        except Refused as refusal:
            self.refused_field = refusal.which
            raise
        if not self.delegation.is_draft:
            return self.go("delegation")
        return self.go("admission" if rules.unasked(self.delegation) else "names")


class NamesView(DraftPage):
    """Who comes from the German side, as far as it is known."""

    form_class = forms.PeopleForm
    template_name = "registrations/names.html"
    number = 4

    def is_here(self):
        return super().is_here() and self.side.planned > 0

    def get_form_kwargs(self):
        return {
            **super().get_form_kwargs(),
            "side": self.side,
            "people": self.side.people,
            "count": min(self.side.planned, forms.MOST_ON_A_PAGE),
        }

    def save(self, form):
        self.side.name_people(form.answers(), by=self.by)
        return go_to_questions(self)


class CheckView(AnswersShown, DraftPage):
    """All answers, what is missing, what is in the way, and the button."""

    http_method_names = ["get", "head", "options"]
    template_name = "registrations/check.html"
    names_towns = True
    number = 5

    def get_context_data(self, **kwargs):
        delegation, edition = self.delegation, self.delegation.edition
        obstacles = {
            "missing": delegation.unanswered(),
            "broken": rules.broken(delegation),
            "twin": self.refusal_of_twin(),
            "is_closed": self.by is self.side and not edition.is_open(),
        }
        waits = places.somebody_waits(edition)
        return super().get_context_data(
            **obstacles,
            is_ready=not any(obstacles.values()),
            will_wait=waits or not places.fit(edition, delegation.planned_places()),
            **kwargs,
        )

    def refusal_of_twin(self):
        first = self.delegation.twin()
        return AlreadyRegistered(first) if first else None


class SubmitView(DraftPage):
    """The button of the check page, which says itself what is in the way."""

    names_towns = True
    http_method_names = ["post"]

    def post(self, request, *args, **kwargs):
        try:
            self.delegation.submit(by=self.by)
        except Refused:
            return self.go("check")
        return self.go("delegation")


class GuestsView(DraftPage):
    """Staff enter guests, who belong to no municipality."""

    http_method_names = ["post"]

    def is_here(self):
        return super().is_here() and self.by is not self.side

    def post(self, request, *args, **kwargs):
        self.delegation.come_as_guests()
        return self.go_on()
