"""No text of a user becomes markup, and none is taken over as it was typed.

Whoever declares a text safe, or takes a field of Django that cleans nothing, stands
here: how often, and why nothing can come of it.
"""

import ast
import re
from collections import Counter
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
OURS = ("config", "partnerships", "conferences", "registrations")
SAFE = {
    "config/admin/second_factor.py": (1, "squares of a QR code, without any text"),
    "partnerships/templatetags/kern.py": (2, "joined of what format_html has made"),
    "partnerships/templatetags/content.py": (1, "the parser of Markdown escapes"),
    "partnerships/templatetags/public.py": (2, "nothing; and JSON without < > &"),
    "partnerships/templatetags/worldmap.py": (6, "drawn by us; no text of anybody"),
    "conferences/templatetags/pictures.py": (1, "one of two constants"),
}
# Fields of Django that clean nothing; ours stand in plain_text.py and staff_text.py.
RAW = {
    "partnerships/forms.py": (1, "the random key of a form, held against a pattern"),
    "partnerships/filters.py": (1, "never bound; what it shows went by as_query"),
    "registrations/forms/choice.py": (1, "a fingerprint: compared, never kept"),
    "registrations/admin/prepared.py": (1, "a fingerprint: compared, never kept"),
    "config/admin/second_factor.py": (2, "a code: compared, never kept"),
}
DECLARES = {"mark_safe", "SafeString", "SafeText", "html_safe", "__html__"}
RAW_FIELDS = {"CharField", "EmailField", "URLField", "RegexField", "JSONField"}
BUILDS = {"format_html", "format_html_join"}
IN_TEMPLATES = re.compile(r"\|\s*safe|autoescape")
IN_SCRIPTS = re.compile(
    r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|createContextualFragment"
    r"|DOMParser|srcdoc|setHTMLUnsafe|\beval\(|new Function"
)


def calls(tree):
    """Each call, with the name it is called by and what stands before the dot."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            yield node, "", node.func.id
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            yield node, getattr(node.func.value, "id", ""), node.func.attr


def declared(tree) -> int:
    """How often a text is declared safe; Markup by a method counts as well."""
    methods = [n for n in ast.walk(tree) if isinstance(n, ast.FunctionDef)]
    called = [name for _node, _of, name in calls(tree) if name in DECLARES]
    return len(called) + sum(one.name in DECLARES for one in methods)


def raw_fields(tree) -> int:
    return sum(of == "forms" and name in RAW_FIELDS for _node, of, name in calls(tree))


def built(tree) -> list[int]:
    """Lines in which format_html is given words that are put together before."""
    assigned: dict[str, list[ast.expr]] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign):
            for target in node.targets:
                if isinstance(target, ast.Name):
                    assigned.setdefault(target.id, []).append(node.value)
    found = []
    for node, _of, name in calls(tree):
        if name not in BUILDS:
            continue
        for pattern in node.args[: 1 + (name == "format_html_join")]:
            values = assigned.get(getattr(pattern, "id", "-"), [pattern])
            if not all(map(is_constant, values)):
                found.append(node.lineno)
    return found


def is_constant(node) -> bool:
    """One text as it stands in the code, or its translation."""
    if isinstance(node, ast.Call):
        is_translated = getattr(node.func, "id", "") in {"_", "gettext", "pgettext"}
        return is_translated and all(isinstance(one, ast.Constant) for one in node.args)
    return isinstance(node, ast.Constant | ast.Name)


def in_code(find) -> Counter:
    found = {
        str(path.relative_to(ROOT)): find(ast.parse(path.read_text()))
        for room in OURS
        for path in (ROOT / room).rglob("*.py")
        if "migrations" not in path.parts
    }
    return Counter({path: count for path, count in found.items() if count})


def counted(table) -> dict[str, int]:
    return {path: count for path, (count, _reason) in table.items()}


def test_only_what_is_named_here_is_declared_safe():
    assert in_code(declared) == counted(SAFE)


def test_only_what_is_named_here_takes_a_text_as_it_was_typed():
    assert in_code(raw_fields) == counted(RAW)


def test_no_markup_is_put_together_before_it_is_escaped():
    assert in_code(lambda tree: len(built(tree))) == {}


@pytest.mark.parametrize(
    ("folder", "endings", "forbidden"),
    [
        ("templates", {".html", ".txt", ".xml"}, IN_TEMPLATES),
        ("templates", {".html"}, IN_SCRIPTS),
        ("static", {".js", ".svg", ".html"}, IN_SCRIPTS),
    ],
)
def test_neither_template_nor_script_writes_markup(folder, endings, forbidden):
    found = [
        str(path.relative_to(ROOT))
        for path in sorted((ROOT / folder).rglob("*"))
        if path.suffix in endings and "vendor" not in path.parts
        if forbidden.search(path.read_text())
    ]

    assert found == []


@pytest.mark.parametrize(
    "line",
    [
        "format_html(f'<b>{name}</b>')",
        "format_html('<b>%s</b>' % name)",
        "format_html('<b>' + name + '</b>')",
        "format_html('<b>{}</b>'.format(name))",
        "pattern = f'<b>{name}</b>'\nhtml.format_html(pattern)",
        "format_html_join(', ', f'<b>{name}</b>', rows)",
        "format_html(_('<b>%s</b>' % name))",
    ],
)
def test_markup_that_is_put_together_before_is_found(line):
    assert built(ast.parse(line))


@pytest.mark.parametrize(
    ("find", "line"),
    [
        (declared, "mark_safe(name)"),
        (declared, "safestring.SafeString(name)"),
        (declared, "class Name:\n    def __html__(self):\n        return self"),
        (raw_fields, "name = forms.CharField()"),
        (raw_fields, "self.fields['x'] = forms.URLField()"),
    ],
)
def test_what_is_not_named_would_be_found(find, line):
    assert find(ast.parse(line))


@pytest.mark.parametrize("text", ["{{ a|safe }}", "{{ a | safe }}", "{% autoescape %}"])
def test_an_unescaped_template_would_be_found(text):
    assert IN_TEMPLATES.search(text)
