"""The steps of the registration, as a person takes them on the screen."""

from django.urls import reverse
from playwright.sync_api import expect

from registrations.models import Delegation


def start(page, edition):
    path = reverse("registrations:start", args=[edition.series.slug, edition.slug])
    page.goto(path)
    page.get_by_role("link", name="Begin the registration").first.click()


def go_on(page):
    page.get_by_role("button", name="Continue").click()


def write_contact(page, association=""):
    page.get_by_label("Your name").fill("Erika Muster")
    page.get_by_label("Your e-mail address").fill("erika.muster@example.org")
    if association:
        page.get_by_label("for an association or institution").check()
        page.get_by_label("Name of the association").fill(association)
    go_on(page)


def find_town(page, name):
    page.locator("main").get_by_label("Name of the municipality").fill(name)
    page.locator("main").get_by_role("button", name="Search").click()


def choose(page, label):
    page.get_by_label(label).check()
    go_on(page)


def write_partner(page):
    page.get_by_label("Name of the contact").fill("Ama Mensah")
    page.get_by_label("E-mail address of the contact").fill("ama@example.org")
    choose(page, "English")


def write_people(page, german="2", partner="1"):
    page.get_by_label("People from the German side").fill(german)
    if partner:
        page.get_by_label("People from the partner side").fill(partner)
    go_on(page)


def name_nobody_and_register(page):
    go_on(page)
    page.get_by_role("button", name="Register the delegation").click()
    reference = Delegation.objects.get(state="submitted").reference
    expect(page.get_by_text(reference, exact=True)).to_be_visible()


def heading(page, words):
    expect(page.get_by_role("heading", level=1)).to_have_text(words)
