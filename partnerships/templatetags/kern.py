"""The controls of the crispy template pack "kern", and its error summary.

Controls are put together here: Django renders one template per input and one per
option, which for a list of countries cost more than all else on the page.
"""

from django import forms, template
from django.conf import settings
from django.forms.utils import flatatt
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language_info
from django.utils.translation import gettext as _

register = template.Library()

BLANK = forms.Field.default_error_messages["required"]


@register.filter
def messages_of(field) -> list[str]:
    """The errors of a field; "required" names the field, since a list repeats it."""
    texts = []
    for error in field.errors.as_data():
        if error.code == "required" and error.message == BLANK:
            texts.append(_missing(field))
        else:
            texts.extend(str(message) for message in error.messages)
    return texts


def _missing(field) -> str:
    """Names the field. A label may be a question: its mark would meet a full stop."""
    label = str(field.label)
    if label.endswith("?"):
        return _("Please answer “%(question)s”.") % {"question": label}
    if isinstance(field.field.widget, forms.widgets.ChoiceWidget):
        return _("Please choose: %(label)s.") % {"label": label}
    return _("Please fill in: %(label)s.") % {"label": label}


def address_of(field) -> str:
    """The id of the first control of a field."""
    return field.id_for_label or f"{field.auto_id}_0"


@register.inclusion_tag("components/error_summary.html")
def error_summary(*forms_of_page):
    """What is to be corrected in one or several forms, each line with its field."""
    lines: list[tuple[str, str]] = []
    for form in forms_of_page:
        if not form or not form.is_bound:
            continue
        lines.extend(("", message) for message in form.non_field_errors())
        for field in form:
            for message in messages_of(field) if field.errors else ():
                lines.append((address_of(field), message))
    return {"lines": lines}


@register.simple_tag
def control(field) -> SafeString:
    """The input, select or group of choices of a bound field, without its label."""
    widget = field.field.widget
    widget.is_localized = field.field.localize
    attrs = field.build_widget_attrs({}, widget)
    if field.auto_id and "id" not in widget.attrs:
        attrs.setdefault("id", field.auto_id)
    context = widget.get_context(field.html_name, field.value(), attrs)["widget"]
    failed = "--error" if field.errors else ""
    if isinstance(widget, forms.RadioSelect):  # checkbox groups are its children
        return choices(context, failed)
    if isinstance(widget, forms.Select):
        return select(context, failed)
    if isinstance(widget, forms.Textarea):
        return format_html(
            '<textarea name="{}"{}>\n{}</textarea>',
            context["name"],
            flatatt(dressed(context["attrs"], "kern-form-input__input", failed)),
            context["value"] or "",
        )
    if isinstance(widget, forms.widgets.Input):
        return box(context, failed)
    return field.as_widget()


def dressed(attrs: dict, block: str, failed: str) -> dict:
    own = attrs.get("class", "")
    words = [block, f"{block}{failed}" if failed else "", own]
    return {**attrs, "class": " ".join(word for word in words if word)}


def box(context: dict, failed: str) -> SafeString:
    blocks = {
        "checkbox": "kern-form-check__checkbox",
        "radio": "kern-form-check__radio",
        "hidden": "",
    }
    block = blocks.get(context["type"], "kern-form-input__input")
    attrs = dressed(context["attrs"], block, failed) if block else context["attrs"]
    value = context["value"]
    return format_html(
        '<input type="{}" name="{}"{}{}>',
        context["type"],
        context["name"],
        "" if value is None else format_html(' value="{}"', value),
        flatatt(attrs),
    )


def select(context: dict, failed: str) -> SafeString:
    groups = []
    for name, options, _index in context["optgroups"]:
        lines = mark_safe("".join(map(option_line, options)))  # noqa: S308 escaped there
        groups.append(
            format_html('<optgroup label="{}">{}</optgroup>', name, lines)
            if name
            else lines
        )
    attrs = dressed(context["attrs"], "kern-form-input__select", failed)
    return format_html(
        '<div class="kern-form-input__select-wrapper">'
        '<select name="{}"{}>{}</select></div>',
        context["name"],
        flatatt(attrs),
        mark_safe("".join(groups)),  # noqa: S308 made of safe strings
    )


def option_line(option: dict) -> str:
    """Plain text work: a list of countries has 150 of these."""
    chosen = " selected" if option["selected"] else ""
    language = spoken(option)
    lang = f' lang="{language}"' if language else ""
    value = conditional_escape(option["value"])
    label = conditional_escape(option["label"])
    return f'<option value="{value}"{lang}{chosen}>{label}</option>'


def choices(context: dict, failed: str) -> SafeString:
    rows = []
    for _name, options, _index in context["optgroups"]:
        for option in options:
            language = spoken(option)
            rows.append(
                (
                    box(option, failed),
                    option["attrs"].get("id", ""),
                    flatatt({"lang": language}) if language else "",
                    option["label"],
                )
            )
    return format_html_join(
        "",
        '<div class="kern-form-check">{}'
        '<label class="kern-label" for="{}"{}>{}</label></div>',
        rows,
    )


def spoken(option: dict) -> str:
    """The language of a choice that names a language in that language itself."""
    code = str(option["value"])
    if code not in dict(settings.LANGUAGES):
        return ""
    own_name = get_language_info(code)["name_local"]
    return code if str(option["label"]).casefold() == own_name.casefold() else ""
