"""Nothing is known about people that the register does not name."""

from collections import Counter

import pytest
from django.apps import apps
from django.db import models
from modeltranslation.fields import TranslationField

from registrations import register

OURS = [
    model._meta.label
    for model in apps.get_app_config("registrations").get_models()
    if not model._meta.proxy
]


@pytest.mark.parametrize(
    "name",
    [
        *OURS,
        "conferences.Speaker",
        "conferences.Contribution",
        "partnerships.Correction",
        "conferences.Picture",
        "partnerships.ThrottleCount",
        "partnerships.ThrottleKey",
        "admin.LogEntry",
        "sessions.Session",
        "auth.User",
        "axes.AccessAttempt",
        "otp_totp.TOTPDevice",
        "otp_static.StaticDevice",
        "otp_static.StaticToken",
    ],
)
def test_every_field_stands_in_the_register_or_is_said_not_to_be_personal(name):
    personal = Counter(
        field
        for entry in register.REGISTER
        if entry.model == name
        for field in entry.fields
    )
    declared = personal + Counter(register.NOT_PERSONAL.get(name, ()))
    fields = [
        field.name
        for field in apps.get_model(name)._meta.concrete_fields
        if not (field.primary_key and field.name == "id")
        and not isinstance(field, TranslationField)
    ]

    assert declared == Counter(fields)


def test_every_e_mail_address_of_the_site_stands_in_the_register():
    found = {
        f"{model._meta.label}.{field.name}"
        for app in ("registrations", "conferences", "partnerships")
        for model in apps.get_app_config(app).get_models()
        for field in model._meta.concrete_fields
        if isinstance(field, models.EmailField) and not model._meta.proxy
    }
    registered = {
        f"{entry.model}.{field}"
        for entry in register.REGISTER
        for field in entry.fields
    }

    assert found <= registered
