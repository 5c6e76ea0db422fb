from django.template import Context, Template
from django.utils import translation

MENU = Template(
    "{% load i18n unchanging %}"
    '{% unchanging place %}{% translate "Menu" %} {{ counter }}{% endunchanging %}'
)


def shown(language, **values):
    with translation.override(language):
        return MENU.render(Context({"place": "here", **values}))


def test_what_does_not_change_is_made_once_per_language_and_value():
    assert shown("en", counter=1) == "Menu 1"
    assert shown("de", counter=2) == "Menü 2"
    assert shown("en", counter=3) == "Menu 1"
    assert shown("de", counter=4) == "Menü 2"
    assert shown("en", counter=5, place="there") == "Menu 5"
