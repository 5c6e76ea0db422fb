"""Four rooms on four floors: imports run only down."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
FLOORS = ["partnerships", "conferences", "registrations", "config"]


def imported(source: str) -> set[str]:
    """The rooms that a module imports from, wherever in it the import stands."""
    rooms = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            rooms |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            rooms.add(node.module.split(".")[0])
    return rooms & {*FLOORS, "tests"}


@pytest.mark.parametrize("room", FLOORS)
def test_imports_run_only_down(room):
    allowed = set(FLOORS[: FLOORS.index(room) + 1])

    upward = {
        str(path.relative_to(ROOT)): rooms - allowed
        for path in sorted((ROOT / room).rglob("*.py"))
        if (rooms := imported(path.read_text())) - allowed
    }

    assert upward == {}


def test_an_upward_import_would_be_seen():
    source = "def late():\n    from registrations import places\n"

    assert imported(source) == {"registrations"}
