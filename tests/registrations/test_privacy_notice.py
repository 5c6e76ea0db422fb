"""The privacy notice names what the register says that we keep, in every language."""

import re

import pytest
from django.conf import settings

from conferences import seeding
from partnerships.masterdata import Report
from registrations.register import REGISTER

# Which words of the notice tell of which fields; a new field wants words of its own.
TOLD = {
    "registrations.Side": {
        "contact persons of both sides their name": "contact_name",
        "their e-mail address and when it was confirmed": "contact_email",
        "telephone number and organisation if given": "contact_phone organisation",
    },
    "registrations.Participant": {
        "of the people you name their name": "given_names family_name",
        "the side they belong to": "side",
        "their organisation and its kind": "organisation organisation_kind",
        "function, role, e-mail address if given": "function role email",
        "preferred language": "language",
    },
    "registrations.Request": {
        "your requests to us and our answers with their reasons": "text reason"
    },
    "registrations.Letter": {
        "the e-mails that we send you": "context subject",
        "to whom, with which text": "sent_to body",
        "whether sending failed": "error",
    },
    "registrations.PersonalLink": {"do not store links in plain text": "token_hash"},
    "registrations.PersonLink": {"for their own page": "token_hash"},
    "registrations.HistoryEntry": {
        "what changed in the registration, when, by whom and why": "actor reason"
    },
    "registrations.Offer": {"changed, decided, offered or entered": "made_by"},
    "registrations.PreparedDecision": {
        "decisions it prepares": "reason",
        "changed, decided, offered or entered": "prepared_by",
    },
    "registrations.Delegation": {
        "notes of the organising team on your registration": "note",
        "changed, decided, offered or entered": "entered_by",
    },
    "registrations.Answer": {
        "your answers to the questions of the conference": (
            "side participant value words"
        )
    },
    "registrations.PersonalNeeds": {
        "diet, and what you need to take part": "participant diet accessibility",
        "we also store when you agreed": "agreed_at saved_at",
    },
    "registrations.VisaData": {
        "for a visa letter whether you need one": "participant needs_letter saved_at",
        "your name as in the passport": "passport_name",
        "the country that issued it": "issuing_country",
        "your date of birth": "birth_date",
        "the number of your passport": "passport_number",
    },
    "registrations.Consent": {
        "whether you consent to photos and to the list": "participant what",
        "in which words, when, and when you withdraw it": (
            "wording given_at withdrawn_at"
        ),
    },
    "registrations.Wish": {"which workshops you wish for": "participant session rank"},
    "registrations.Seat": {
        "in which you have a place": "participant session",
        "on the waiting list": "waiting_number",
        "since when, and how it came": "given_at how grounds",
        "and why": "reason",
    },
    "partnerships.Correction": {
        "your suggestion and the source that you name": "text source",
        "with your name, your municipality or organisation": "name organisation",
        "your e-mail address, the language in which you wrote": "email language",
        "our note on it": "note",
    },
    "partnerships.ThrottleCount": {
        "a hash of the internet address or of the e-mail address": "who"
    },
    "partnerships.ThrottleKey": {"a key that lasts a day": "secret"},
    "admin.LogEntry": {
        "who changed, decided": "user",
        "entered what": "object_repr change_message",
    },
    "sessions.Session": {"we store a session": "session_key session_data"},
    "auth.User": {
        "user name, name, e-mail address": "username first_name last_name email",
        "your password as a hash": "password",
        "since when it exists and when you last signed in": "date_joined last_login",
    },
    "axes.AccessAttempt": {
        "we remember the user name, the internet address": "username ip_address",
        "the name of the browser": "user_agent http_accept",
        "the page and the time": "path_info attempt_time get_data post_data",
    },
    "otp_totp.TOTPDevice": {
        "the key of your authenticator app": "user key",
        "when both were made and last used": "created_at last_used_at",
    },
    "otp_static.StaticDevice": {
        "your recovery codes": "user",
        "when both were made and last used": "created_at last_used_at",
    },
    "otp_static.StaticToken": {"your recovery codes": "device token"},
    "conferences.Edition": {
        "an e-mail address and a telephone number of the organising team": (
            "contact_email contact_phone"
        )
    },
    "conferences.Speaker": {
        "your name, function, organisation, municipality": (
            "name slug function organisation municipality"
        ),
        "a text about you": "about",
    },
    "conferences.Picture": {
        "a portrait if you like": "speaker",
        "a description, a caption and the name of the photographer": (
            "alt caption photographer"
        ),
        "whether and when you agreed": "consent consent_on",
        "a note on where your consent is kept": "consent_note",
        "a checksum": "digest",
    },
    "conferences.Contribution": {"your part in the programme": "speaker role"},
}
LANGUAGES = [code for code, _name in settings.LANGUAGES]


def notice(language):
    texts = seeding.read_texts("privacy", Report())
    return texts[f"text_{language}"]


def test_every_personal_field_has_words_in_the_notice():
    registered = {(entry.model, field) for entry in REGISTER for field in entry.fields}
    told = {
        (model, field)
        for model, phrases in TOLD.items()
        for fields in phrases.values()
        for field in fields.split()
    }

    assert told == registered


def test_the_notice_has_all_these_words():
    words = notice("en")
    phrases = {phrase for phrases in TOLD.values() for phrase in phrases}

    assert {phrase for phrase in phrases if phrase not in words} == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_notice_has_the_same_parts_in_every_language(language):
    def parts(text):
        """The outline: what begins each block, and how long it is in lines."""
        return [
            (re.match(r"## |- |\[\[|", block)[0], block.count("\n"))
            for block in text.strip().split("\n\n")
        ]

    assert parts(notice(language)) == parts(notice("en"))
