"""No word of a visitor is a piece of SQL, or says which column is looked at."""

import ast
from pathlib import Path

from tests.test_house import FLOORS, ROOT

LOOKS = {"filter", "exclude", "get", "order_by", "annotate", "alias", "aggregate"}
LOOKS |= {"values", "values_list", "distinct", "update", "create", "get_or_create"}
FROM_OUTSIDE = {"GET", "POST", "COOKIES", "META", "headers", "body"}
RAW = {"extra", "RawSQL"}
# Names of our own databases, tables and settings, which no placeholder can stand for.
OWN_NAMES = {"config/dumps.py": 6, "registrations/overwriting.py": 1}


def tainted(node: ast.AST) -> bool:
    """Whether it is read from a request."""
    return any(
        isinstance(one, ast.Attribute)
        and one.attr in FROM_OUTSIDE
        and "request" in ast.unparse(one.value)
        for one in ast.walk(node)
    )


def called(node: ast.Call) -> str:
    if isinstance(node.func, ast.Attribute):
        return node.func.attr
    return node.func.id if isinstance(node.func, ast.Name) else ""


def steers(node: ast.Call) -> bool:
    """A column, or all names of a look-up, that a request says."""
    names = [one.value for one in node.keywords if one.arg is None]
    return called(node) in LOOKS and any(map(tainted, [*names, *_columns(node)]))


def _columns(node: ast.Call) -> list[ast.expr]:
    return node.args if called(node) != "get" else []  # of a dictionary


def is_put_together(node: ast.Call) -> bool:
    """SQL that is no constant of the code."""
    if called(node) not in ("execute", "executemany", "raw") or not node.args:
        return False
    return isinstance(node.args[0], ast.JoinedStr | ast.BinOp | ast.Call)


def faults(source: str) -> dict[str, int]:
    calls = [one for one in ast.walk(ast.parse(source)) if isinstance(one, ast.Call)]
    found = {
        "steered": sum(map(steers, calls)),
        "raw": sum(called(one) in RAW for one in calls),
        "put together": sum(map(is_put_together, calls)),
    }
    return {name: count for name, count in found.items() if count}


def code() -> list[Path]:
    files = [path for room in FLOORS for path in sorted((ROOT / room).rglob("*.py"))]
    return [path for path in files if "migrations" not in path.parts]


def test_no_request_steers_a_query():
    found = {str(path.relative_to(ROOT)): faults(path.read_text()) for path in code()}

    assert {name: what for name, what in found.items() if what} == {
        name: {"put together": count} for name, count in OWN_NAMES.items()
    }


def test_what_is_steered_would_be_seen():
    assert faults("rows.filter(**request.GET.dict())") == {"steered": 1}
    assert faults("rows.order_by(self.request.GET['o'])") == {"steered": 1}
    assert faults("rows.extra(where=[word])") == {"raw": 1}
    assert faults("rows.annotate(a=RawSQL(word))") == {"raw": 1}
    assert faults("cursor.execute(f'SELECT {word}')") == {"put together": 1}
    assert faults("cursor.execute('SELECT %s' % word)") == {"put together": 1}
    assert faults("request.GET.get('q')") == {}
    assert faults("cursor.execute(READ, [word])") == {}
