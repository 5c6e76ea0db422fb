"""The crispy template pack: what a reader, a keyboard and a screen reader get."""

import pytest
from crispy_forms.helper import FormHelper
from crispy_forms.layout import Field, Fieldset, Layout
from django import forms
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils import translation
from html5lib import parse


class ExampleForm(forms.Form):
    name = forms.CharField(label="Name", help_text="As in the passport.")
    note = forms.CharField(label="Note", required=False, widget=forms.Textarea)
    role = forms.ChoiceField(
        label="Role", widget=forms.RadioSelect, choices=[("a", "One"), ("b", "<Two>")]
    )
    language = forms.ChoiceField(
        label="Language", choices=[("de", "Deutsch"), ("en", "English")]
    )
    topics = forms.MultipleChoiceField(
        label="Topics",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        choices=[("x", "Water"), ("y", "Waste")],
    )
    agreed = forms.BooleanField(label="I agree")

    @property
    def helper(self):
        helper = FormHelper()
        helper.form_tag = False
        helper.layout = Layout(
            Fieldset("Person", Field("name", autocomplete="name"), "note"),
            "role",
            "language",
            "topics",
            "agreed",
        )
        return helper


@pytest.fixture
def page():
    def render(data=None, form_class=ExampleForm):
        with translation.override("en"):
            context = {"form": form_class(data), "submit_label": "Continue"}
            html = render_to_string(
                "components/form.html", context, RequestFactory().get("/")
            )
        return parse(html, namespaceHTMLElements=False)

    return render


def by_id(tree, name):
    found = [element for element in tree.iter() if element.get("id") == name]
    assert len(found) == 1, name
    return found[0]


def words(element):
    return " ".join("".join(element.itertext()).split())


def test_a_form_has_one_token_and_one_button(page):
    tree = page()

    tokens = [e for e in tree.iter("input") if e.get("name") == "csrfmiddlewaretoken"]
    assert (len(tokens), len(list(tree.iter("form")))) == (1, 1)
    assert [words(button) for button in tree.iter("button")] == ["Continue"]


def test_an_unbound_form_has_no_summary(page):
    assert not [e for e in page().iter() if e.get("class") == "error-summary"]


def test_each_line_of_the_summary_leads_to_its_field_with_its_words(page):
    tree = page({"language": "de"})

    summary = next(e for e in tree.iter() if e.get("class") == "error-summary")
    lines = [(a.get("href"), words(a)) for a in summary.iter("a")]
    assert lines == [
        ("#id_name", "Please fill in: Name."),
        ("#id_role_0", "Please choose: Role."),
        ("#id_agreed", "Please fill in: I agree."),
    ]
    for href, message in lines:
        by_id(tree, href[1:])
        field = href[1:].removesuffix("_0")
        assert words(by_id(tree, f"{field}_error")) == message


def test_a_label_that_is_a_question_is_quoted_in_the_error(page):
    class QuestionForm(forms.Form):
        number = forms.IntegerField(label="How many people will come?")

        helper = FormHelper()

    tree = page({}, QuestionForm)

    assert words(by_id(tree, "id_number_error")) == (
        "Please answer “How many people will come?”."
    )


def test_the_summary_has_a_heading_and_takes_the_focus(page):
    tree = page({})

    summary = next(e for e in tree.iter() if e.get("class") == "error-summary")
    assert {"tabindex": "-1", "autofocus": "", "role": "alert"}.items() <= dict(
        summary.attrib
    ).items()
    assert summary.get("aria-labelledby") == next(summary.iter("h2")).get("id")


def test_hint_and_error_describe_the_control(page):
    name = by_id(page({}), "id_name")

    assert name.get("aria-describedby") == "id_name_helptext id_name_error"
    assert name.get("aria-invalid") == "true"
    assert name.get("autocomplete") == "name"


def test_the_hint_stands_before_the_control_and_the_error_after(page):
    html = list(page({}).iter())
    places = [
        html.index(by_id(page_tree, name))
        for page_tree in [html[0]]
        for name in ("id_name_helptext", "id_name", "id_name_error")
    ]

    assert places == sorted(places)


def test_optional_is_a_word_and_required_has_no_star(page):
    labels = [words(label) for label in page().iter("label")]

    assert "Note – optional" in labels
    assert "Name" in labels
    assert not [label for label in labels if "*" in label]


def test_choices_stand_in_a_fieldset_with_a_legend(page):
    fieldset = by_id(page({}), "id_role")

    assert fieldset.tag == "fieldset"
    assert words(next(fieldset.iter("legend"))) == "Role"
    assert fieldset.get("aria-describedby") == "id_role_error"
    assert [words(label) for label in fieldset.iter("label")] == ["One", "<Two>"]


def test_what_was_sent_stays(page):
    tree = page({"name": '"><b>', "note": "\n<two>", "role": "b", "topics": ["y"]})

    assert by_id(tree, "id_name").get("value") == '"><b>'
    assert by_id(tree, "id_note").text == "\n<two>"
    assert by_id(tree, "id_role_1").get("checked") is not None
    assert by_id(tree, "id_topics_0").get("checked") is None
    assert by_id(tree, "id_topics_1").get("checked") is not None


def test_the_own_name_of_a_language_carries_its_language(page):
    options = list(by_id(page(), "id_language").iter("option"))

    assert [(o.get("value"), o.get("lang")) for o in options] == [
        ("de", "de"),
        ("en", "en"),
    ]


def test_an_option_is_text(page):
    class TownForm(forms.Form):
        town = forms.ChoiceField(choices=[('"><b>', "<i>Town</i>")])

    (option,) = by_id(page(form_class=TownForm), "id_town").iter("option")

    assert (option.get("value"), words(option)) == ('"><b>', "<i>Town</i>")


def test_a_form_without_a_layout_shows_all_its_fields(page):
    class PlainForm(forms.Form):
        one = forms.CharField()
        two = forms.EmailField()

    tree = page({"two": "no address"}, PlainForm)

    assert by_id(tree, "id_one").get("type") == "text"
    assert words(by_id(tree, "id_two_error")) == "Enter a valid email address."
