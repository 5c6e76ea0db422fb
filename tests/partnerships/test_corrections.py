"""Whoever knows better suggests a correction, and it is written down once."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from django.db import IntegrityError
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation

from partnerships import throttling
from partnerships.models import ContentVersion, Correction, Partnership
from tests.conferences.pages import address, html
from tests.factories import MunicipalityFactory, PartnershipFactory

pytestmark = pytest.mark.django_db

TYPED = {
    "text": "Die Partnerschaft besteht seit 1998, nicht seit 1989.",
    "source": "https://example.org/partnerschaft",
    "name": "Erika Muster",
    "organisation": "Stadt Musterstadt",
    "email": "erika.muster@example.org",
}
BAD_LINES = [
    "",
    "\u200b\u200b",
    "\u202eEvil",
    "Erika\nMuster",
    "Erika\x00",
    "Erika \ufffd",
    "E" * 10_000,
    "<script>alert(1)</script>",
]
# What several lines of free text may hold, where one line may not.
FREE = {"Erika\nMuster", "<script>alert(1)</script>"}
REFUSED = [
    *(("text", value) for value in BAD_LINES if value not in FREE),
    *(
        (name, value)
        for name in ("name", "organisation", "email")
        for value in BAD_LINES
    ),
]
BAD_ADDRESSES = [
    "javascript:alert(1)",
    "javascript://example.org/%0aalert(1)",
    "data:text/html,x",
    "nur Worte",
    "https://",
    "https://example.org/\u200b\n",
    "https://example.org/" + "x" * 500,
    "\x00",
]


@pytest.fixture(params=["partnership", "municipality"])
def about(request):
    if request.param == "partnership":
        return PartnershipFactory()
    return MunicipalityFactory()


def form_of(row, language="de", ending=""):
    is_pair = isinstance(row, Partnership)
    name = f"{'' if is_pair else 'municipality-'}correction{ending}"
    with translation.override(language):
        return reverse(f"partnerships:{name}", args=[row.slug])


def key_of(page):
    return page.context["form"]["form_key"].value()


def sent(client, row, **answers):
    """The form as it was shown, filled in and sent."""
    key = key_of(client.get(form_of(row)))
    return client.post(form_of(row), {**TYPED, "form_key": key, **answers})


def test_the_page_leads_to_the_form(client, about):
    assert f'<a href="{form_of(about)}">Korrektur vorschlagen</a>' in html(
        client, address(about)
    )


def test_the_form_says_what_happens_with_the_data(client, about):
    page = html(client, form_of(about))

    assert "Was Sie schreiben, liest nur das Organisationsteam." in page
    assert "Wir löschen alles 6 Monate, nachdem wir den Vorschlag bearbeitet" in page
    assert '<meta name="robots" content="noindex">' in page


def test_a_suggestion_is_written_down_with_the_language_of_its_page(client, about):
    response = client.post(
        form_of(about, "fr"), {**TYPED, "form_key": "k" * 32}, follow=True
    )

    row = Correction.objects.get()
    assert {name: getattr(row, name) for name in TYPED} == TYPED
    assert (row.about, row.language, row.outcome) == (about, "fr", "")
    assert response.redirect_chain == [(form_of(about, "fr", "-sent"), 302)]
    assert "Merci de votre proposition" in response.text


def test_a_form_sent_twice_makes_one_suggestion(client, about):
    typed = {**TYPED, "form_key": key_of(client.get(form_of(about)))}

    first = client.post(form_of(about), typed)
    second = client.post(form_of(about), typed)

    assert (first.status_code, second.url) == (302, first.url)
    assert Correction.objects.count() == 1


def test_a_form_sent_again_says_what_it_said_last(client, about):
    typed = {**TYPED, "form_key": "k" * 32}
    client.post(form_of(about), typed)

    client.post(form_of(about), {**typed, "text": "Doch seit 1989."})

    assert [row.text for row in Correction.objects.all()] == ["Doch seit 1989."]


@pytest.mark.parametrize("other", ["answered", "about another"])
def test_what_is_sent_anew_takes_the_place_of_nothing(client, about, other):
    typed = {**TYPED, "form_key": "k" * 32}
    client.post(form_of(about), typed)
    if other == "answered":
        Correction.objects.answer(Correction.Outcome.DONE)
    else:
        about = PartnershipFactory()

    client.post(form_of(about), {**typed, "text": "Doch seit 1989."})

    texts = {row.text for row in Correction.objects.all()}
    assert texts == {TYPED["text"], "Doch seit 1989."}


@pytest.mark.parametrize(("name", "value"), REFUSED)
def test_a_bad_line_is_refused_and_the_rest_comes_back(client, name, value):
    response = sent(client, PartnershipFactory(), **{name: value})

    form = response.context["form"]
    assert list(form.errors) == [name]
    assert len(form.errors[name]) == 1
    for other in TYPED.keys() - {name}:
        assert form[other].value() == TYPED[other]
    assert key_of(response)
    assert not Correction.objects.exists()


@pytest.mark.parametrize("value", BAD_ADDRESSES)
def test_only_the_address_of_a_page_is_a_source(client, value):
    response = sent(client, PartnershipFactory(), source=value)

    assert list(response.context["form"].errors) == ["source"]
    assert not Correction.objects.exists()


@pytest.mark.parametrize(
    ("value", "kept"),
    [
        ("", ""),
        ("www.example.org/über", "https://www.example.org/über"),
        ("http://example.org", "http://example.org"),
    ],
)
def test_a_source_may_be_left_out_and_needs_no_scheme(client, value, kept):
    sent(client, PartnershipFactory(), source=value)

    assert Correction.objects.get().source == kept


@pytest.mark.parametrize(
    "text", ["Zeile eins.\nZeile zwei.", "<b>Nguyễn Thị</b>", "محمد بن سلمان"]
)
def test_a_text_keeps_its_lines_and_signs(client, text):
    sent(client, PartnershipFactory(), text=text)

    assert Correction.objects.get().text == text


@pytest.mark.parametrize("key", ["", "x", "k" * 41, "k" * 31 + "ü", "\x00" * 32])
def test_a_form_that_lost_its_key_comes_back_filled_with_a_new_one(client, key):
    response = client.post(form_of(PartnershipFactory()), {**TYPED, "form_key": key})

    assert list(response.context["form"].errors) == ["__all__"]
    assert TYPED["text"] in response.text
    assert len(key_of(response)) == 32
    assert not Correction.objects.exists()


def test_a_form_without_its_cookie_comes_back_filled(about):
    client = Client(enforce_csrf_checks=True)

    response = client.post(form_of(about), {**TYPED, "form_key": "k" * 32})

    assert response.status_code == 403
    assert TYPED["text"] in response.text
    assert "csrfmiddlewaretoken" in response.text
    assert not Correction.objects.exists()


def test_the_form_sets_no_cookie_but_the_one_that_guards_it(client, about):
    sent(client, about)
    client.get(form_of(about, ending="-sent"))

    assert set(client.cookies) == {"csrftoken"}


def test_nobody_keeps_what_was_typed(client, about):
    page, refused = client.get(form_of(about)), sent(client, about, name="")

    assert page.headers["Cache-Control"] == "private, max-age=0"
    assert refused.headers["Cache-Control"] == "private, no-store"


def hidden_partnership():
    return PartnershipFactory(published_at=None)


def with_an_unchecked_town():
    return PartnershipFactory(german=MunicipalityFactory(checked_at=None))


def unchecked_town():
    return MunicipalityFactory(checked_at=None)


@pytest.mark.parametrize(
    "made", [hidden_partnership, with_an_unchecked_town, unchecked_town]
)
def test_what_has_no_page_cannot_be_corrected(client, made):
    row = made()

    answers = [
        client.get(form_of(row)),
        client.post(form_of(row), {**TYPED, "form_key": "k" * 32}),
        client.get(form_of(row, ending="-sent")),
    ]

    assert [answer.status_code for answer in answers] == [404] * 3
    assert not Correction.objects.exists()


def test_a_suggestion_changes_no_published_content(client, about):
    before = ContentVersion.objects.get().number

    sent(client, about)
    Correction.objects.get().save()

    assert ContentVersion.objects.get().number == before


def test_the_form_costs_two_queries_at_most(
    client, about, django_assert_max_num_queries
):
    with django_assert_max_num_queries(2):
        client.get(form_of(about))


def correction(**values):
    what = {} if "municipality" in values else {"partnership": PartnershipFactory()}
    key = f"key-{Correction.objects.count():028d}"
    return Correction.objects.create(
        **{**TYPED, "language": "de", "form_key": key, **what, **values}
    )


@pytest.mark.parametrize(
    ("values", "name"),
    [
        ({"partnership": None}, "about_one_of_the_two"),
        ({"outcome": "done"}, "answered_with_an_outcome"),
        ({"answered_at": datetime(2027, 1, 1, tzinfo=UTC)}, "answered_with_an_outcome"),
    ],
)
def test_the_database_keeps_a_suggestion_whole(values, name):
    with pytest.raises(IntegrityError, match=name):
        correction(**values)


def test_a_suggestion_is_about_one_thing():
    with pytest.raises(IntegrityError, match="about_one_of_the_two"):
        correction(partnership=PartnershipFactory(), municipality=MunicipalityFactory())


def test_an_answer_closes_what_is_open_and_nothing_else():
    answered = correction(outcome="done", answered_at=timezone.now())
    correction()

    assert Correction.objects.answer(Correction.Outcome.NOT_TAKEN) == 1

    answered.refresh_from_db()
    assert answered.outcome == "done"
    assert not Correction.objects.open().exists()


def test_a_script_is_stopped_with_the_filled_form(client, monkeypatch):
    limit = replace(throttling.CORRECTIONS, most=1)
    monkeypatch.setattr(throttling, "CORRECTIONS", limit)
    now = timezone.now()  # no span of time ends in between
    monkeypatch.setattr(throttling.timezone, "now", lambda: now)
    where = form_of(PartnershipFactory())
    answers = []
    for _time in range(2):
        key = key_of(client.get(where))
        answers.append(client.post(where, {**TYPED, "form_key": key}))

    assert [answer.status_code for answer in answers] == [302, 429]
    assert int(answers[1]["Retry-After"]) > 0
    assert TYPED["text"] in answers[1].content.decode()
    assert Correction.objects.count() == 1
