"""A room's `__init__` lists what it imports, and nothing else."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
ROOMS = [
    str(path.relative_to(ROOT))
    for top in ("bounds", "proofs_check")
    for path in sorted((ROOT / top).rglob("__init__.py"))
    if "__all__" in path.read_text(encoding="utf-8") and path.parent.name != "bounds"
]


def listed_and_given(source: str) -> tuple[list[str], set[str]]:
    """`__all__`, and the public names that the module imports, assigns or defines.

    What stands under `if TYPE_CHECKING` is given when it is asked for.
    """
    listed: list[str] = []
    given: set[str] = set()
    body = ast.parse(source).body
    late = [node for part in body if isinstance(part, ast.If) for node in part.body]
    for node in (*body, *late):
        if isinstance(node, ast.ImportFrom) and node.module != "__future__":
            given |= {name.asname or name.name for name in node.names}
        elif isinstance(node, ast.Assign):
            (target,) = node.targets
            if isinstance(target, ast.Name) and target.id == "__all__":
                listed = ast.literal_eval(node.value)
            elif isinstance(target, ast.Name):
                given.add(target.id)
        elif isinstance(node, ast.FunctionDef | ast.ClassDef):
            given.add(node.name)
    return listed, {name for name in given if not name.startswith("_")}


def _is_code(node: ast.stmt) -> bool:
    """A definition, or a call."""
    if isinstance(node, ast.Expr):
        return isinstance(node.value, ast.Call)
    return isinstance(node, ast.FunctionDef | ast.ClassDef)


@pytest.mark.parametrize("room", ROOMS)
def test_a_room_lists_what_it_gives(room: str) -> None:
    """One that is a table of contents alone; one that holds code imports more for itself."""
    source = (ROOT / room).read_text(encoding="utf-8")
    listed, given = listed_and_given(source)
    assert len(listed) == len(set(listed))
    assert set(listed) <= given
    assert set(listed) == given or any(map(_is_code, ast.parse(source).body))


def test_a_name_too_many_or_too_few_is_seen() -> None:
    listed, given = listed_and_given("from a import b, c\n__all__ = ['b', 'd']\n")
    assert set(listed) - given == {"d"}
    assert given - set(listed) == {"c"}


def test_there_are_rooms() -> None:
    assert {"bounds/lower/__init__.py", "bounds/upper/__init__.py"} <= set(ROOMS)
