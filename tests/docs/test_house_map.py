"""The map of the house is drawn from the imports."""

from __future__ import annotations

import sys
from functools import cache
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[2] / "docs" / "_ext"))

from house_map import arrows, as_svg, as_text, levels

CHAIN = {"top": {"middle", "low"}, "middle": {"low"}, "low": set()}


def test_a_room_stands_above_what_it_imports() -> None:
    assert levels(CHAIN) == [["low"], ["middle"], ["top"]]
    assert as_svg(CHAIN).count("<line") == 2  # low is reached through the middle
    assert as_text(CHAIN).splitlines()[0] == "top"


def test_a_circle_shares_a_level() -> None:
    assert levels({"a": {"b"}, "b": {"a"}, "c": {"a"}}) == [["a", "b"], ["c"]]


def test_imports_are_read_from_the_files(tmp_path: Path) -> None:
    for room, text in (("one", "from bounds.two.x import y\nimport bounds.two"), ("two", "")):
        (tmp_path / room).mkdir()
        (tmp_path / room / "x.py").write_text(text)
    assert arrows(tmp_path) == {"one": {"two"}, "two": set()}


@cache
def the_house() -> list[list[str]]:
    return levels(arrows())


@pytest.mark.heavy
def test_every_room_is_on_the_map() -> None:
    rooms = {path.parent.name for path in Path("bounds").glob("*/__init__.py")}
    rooms |= {path.stem for path in Path("bounds").glob("[!_]*.py")}
    assert {room for level in the_house() for room in level} == rooms


def test_a_room_of_one_file_is_a_room(tmp_path: Path) -> None:
    (tmp_path / "alone.py").write_text("import bounds.one")
    (tmp_path / "__init__.py").write_text("import bounds.alone")
    (tmp_path / "one").mkdir()
    (tmp_path / "one" / "x.py").write_text("import bounds.unknown")
    assert arrows(tmp_path) == {"alone": {"one"}, "one": set()}


def test_a_room_that_is_not_listed_is_told() -> None:
    with pytest.raises(ValueError, match="no level for a"):
        levels({"a": {"b"}})


@pytest.mark.heavy
def test_the_house_has_levels() -> None:
    rooms = the_house()
    assert rooms[0] == ["certify"]
    assert rooms[-1] == ["cli"]
