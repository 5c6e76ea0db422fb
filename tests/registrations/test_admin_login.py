"""Every page of the admin, our own ones too, leads to the login first."""

import pytest
from django.contrib import admin
from django.urls import URLResolver, reverse

from tests.factories import staff

pytestmark = pytest.mark.django_db

ARGUMENTS = {"IntConverter": 1, "StringConverter": "de", "PathConverter": "1"}


def addresses():
    """The pages of all models, with an argument of each kind that they take."""
    for model in admin.site.get_urls():
        if not isinstance(model, URLResolver):
            continue
        for page in model.url_patterns:
            taken = page.pattern.converters.values()
            arguments = [ARGUMENTS[type(one).__name__] for one in taken]
            if page.name:
                yield reverse(f"admin:{page.name}", args=arguments)


def test_who_is_not_of_the_staff_opens_no_page_whatever_the_permissions(client):
    somebody = staff()
    somebody.is_staff, somebody.is_superuser = False, True
    somebody.save()
    client.force_login(somebody)

    led_to = {page: client.get(page).headers.get("Location") for page in addresses()}

    login = reverse("admin:login")
    assert reverse("admin:registrations_delegation_withdraw") in led_to
    assert led_to == {page: f"{login}?next={page}" for page in led_to}


def test_who_has_given_only_the_password_opens_no_page(client, admin_user):
    client.force_password(admin_user)

    led_to = {page: client.get(page).headers.get("Location") for page in addresses()}

    login = reverse("admin:login")
    assert reverse("admin:registrations_personalneeds_changelist") in led_to
    assert led_to == {page: f"{login}?next={page}" for page in led_to}
