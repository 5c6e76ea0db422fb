"""The registration as a person sees it: each way through, on the screen."""

import re

import pytest
from playwright.sync_api import expect

from partnerships.models import Municipality, Partnership
from registrations.models import Delegation, Letter
from tests.browser.steps import (
    choose,
    find_town,
    go_on,
    heading,
    name_nobody_and_register,
    start,
    write_contact,
    write_partner,
    write_people,
)
from tests.factories import (
    CountryFactory,
    EditionFactory,
    GermanyFactory,
    MunicipalityFactory,
    PartnershipFactory,
    PartnerTownFactory,
    submitted,
)

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_the_usual_way_leads_to_a_registered_delegation(page, javascript):
    partnership = PartnershipFactory(german__name="Gießen", partner__name="Swakopmund")
    start(page, EditionFactory())
    write_contact(page)
    find_town(page, "giessen")
    choose(page, re.compile("Gießen"))
    choose(page, re.compile("Swakopmund"))
    write_partner(page)
    write_people(page)
    person = page.get_by_role("group", name="Person 1")
    person.get_by_label("Given names").fill("Erika")
    person.get_by_label("Family name").fill("Muster")
    person.get_by_label("Kind of organisation").select_option("administration")
    go_on(page)

    page.get_by_role("button", name="Register the delegation").click()

    delegation = Delegation.objects.get()
    heading(page, "Gießen – Swakopmund")
    expect(page.get_by_text(delegation.reference, exact=True)).to_be_visible()
    assert delegation.state == "submitted"
    assert delegation.partnership == partnership
    assert [str(person) for person in delegation.german_side.people] == ["Erika Muster"]


def test_a_town_that_is_not_listed_is_entered(page):
    GermanyFactory()
    CountryFactory()
    start(page, EditionFactory())
    write_contact(page)
    find_town(page, "Neudorf")
    page.get_by_role("link", name="The municipality is not listed").click()
    expect(page.get_by_label("Name of the municipality")).to_have_value("Neudorf")

    page.get_by_label("Kind", exact=True).select_option("municipality")
    page.get_by_label("Federal state").select_option("Hessen")
    go_on(page)

    heading(page, "With which partner will you come?")
    assert Municipality.objects.get(name="Neudorf").checked_at is None


def test_a_partner_town_that_is_not_listed_is_entered(page):
    MunicipalityFactory(name="Gießen")
    CountryFactory()
    start(page, EditionFactory())
    write_contact(page)
    find_town(page, "Gießen")
    choose(page, re.compile("Gießen"))
    choose(page, "another partnership")
    find_town(page, "Lüderitz")
    page.get_by_role("link", name="The municipality is not listed").click()
    page.get_by_label("Country").select_option("Namibia")
    go_on(page)
    write_partner(page)
    write_people(page)

    name_nobody_and_register(page)

    assert str(Partnership.objects.get()) == "Gießen – Lüderitz"
    assert Partnership.objects.get().published_at is None


def test_a_partnership_that_is_not_listed_is_made_of_two_towns(page):
    MunicipalityFactory(name="Gießen")
    PartnerTownFactory(name="Swakopmund")
    start(page, EditionFactory())
    write_contact(page)
    find_town(page, "Gießen")
    choose(page, re.compile("Gießen"))
    choose(page, "another partnership")
    find_town(page, "swakop")
    choose(page, re.compile("Swakopmund"))
    write_partner(page)
    write_people(page)

    name_nobody_and_register(page)

    assert str(Partnership.objects.get()) == "Gießen – Swakopmund"


def test_a_municipality_without_a_partnership_registers(page):
    MunicipalityFactory(name="Gießen")
    start(page, EditionFactory(partner_optional=True))
    write_contact(page)
    find_town(page, "Gießen")
    choose(page, re.compile("Gießen"))
    choose(page, "We have no partnership yet")
    write_people(page, partner="")

    name_nobody_and_register(page)

    assert Delegation.objects.get().kind == "municipality"


def test_an_association_registers_through_its_municipality(page):
    PartnershipFactory(german__name="Gießen", partner__name="Swakopmund")
    start(page, EditionFactory())
    write_contact(page, association="Partnerschaftsverein e. V.")
    expect(page.get_by_text("An association or institution chooses")).to_be_visible()
    find_town(page, "Gießen")
    choose(page, re.compile("Gießen"))
    choose(page, re.compile("Swakopmund"))
    write_partner(page)
    write_people(page)

    name_nobody_and_register(page)

    side = Delegation.objects.get().german_side
    assert side.organisation == "Partnerschaftsverein e. V."


def test_a_second_delegation_is_told_who_was_first(page):
    partnership = PartnershipFactory(german__name="Gießen", partner__name="Swakopmund")
    earlier = submitted(EditionFactory(), partnership=partnership)
    start(page, earlier.edition)
    write_contact(page)
    find_town(page, "Gießen")
    choose(page, re.compile("Gießen"))

    choose(page, re.compile("Swakopmund"))

    words = f"{partnership} is already registered as {earlier.reference}."
    summary = page.get_by_role("alert")
    expect(summary.get_by_role("link", name=words)).to_be_visible()
    expect(page.get_by_text("Please speak with the contact")).to_be_visible()
    assert Letter.objects.filter(kind="second_delegation").count() == 1


def test_a_country_that_does_not_fit_may_ask_and_is_admitted(page, admin_user):
    CountryFactory()
    brazil = CountryFactory(iso2="BR", name_en="Brazil", region=None)
    PartnershipFactory(
        german__name="Köln", partner__name="Rio de Janeiro", partner__country=brazil
    )
    start(page, EditionFactory())
    write_contact(page)
    find_town(page, "Koeln")
    choose(page, re.compile("Köln"))
    choose(page, re.compile("Rio de Janeiro"))
    heading(page, "This does not fit the conference")
    expect(
        page.get_by_text("This conference is not addressed to Brazil.")
    ).to_be_visible()
    page.get_by_label("Why should your delegation come").fill("Wir lernen voneinander.")
    page.get_by_role("button", name="Send the request").click()
    expect(page.get_by_text("Your request has been sent")).to_be_visible()
    page.get_by_role("link", name="Go on with the other questions").click()
    write_partner(page)
    write_people(page)
    go_on(page)
    expect(page.get_by_text("You cannot register yet")).to_be_visible()
    request = Delegation.objects.get().german_side.requests.get()
    request.answer(granted=True, reason="Gern.", by=admin_user)

    page.reload()
    page.get_by_role("button", name="Register the delegation").click()

    heading(page, "Köln – Rio de Janeiro")
    assert Delegation.objects.get().state == "submitted"
