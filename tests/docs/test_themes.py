"""Pictures for both themes, and indices in the text of the pages."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[2] / "docs" / "_ext"))

from figure_pages import STATIC, drawn_for_both_themes
from themes import DARK, for_both_themes
from typeset_text import with_indices

PICTURE = b'<svg><metadata/><defs/><path style="fill: #0072b2; stroke: #000000"/></svg>'


def test_each_colour_of_a_picture_has_a_dark_one() -> None:
    told = for_both_themes(PICTURE).decode()
    assert f'[style*="fill: #0072b2"] {{ fill: {DARK["#0072b2"]} !important; }}' in told
    assert f'[style*="stroke: #000000"] {{ stroke: {DARK["#000000"]} !important; }}' in told
    with pytest.raises(KeyError):
        for_both_themes(PICTURE.replace(b"#0072b2", b"#123456"))


def test_light_and_dark_colours_differ_from_their_grounds() -> None:
    def light(colour: str) -> int:
        return sum(int(colour[at : at + 2], 16) for at in (1, 3, 5))

    assert all(re.fullmatch("#[0-9a-f]{6}", each) for pair in DARK.items() for each in pair)
    assert light(DARK["#ffffff"]) < 100 < 600 < light(DARK["#000000"])


def test_an_index_is_lowered_and_code_is_left_alone() -> None:
    assert [node.astext() for node in with_indices("ε_cr(Δ) and ε_max")] == [
        *("ε", "cr", "(Δ) and ε", "max"),
    ]
    assert [node.tagname for node in with_indices("C_0")] == ["#text", "subscript"]
    for plain in ("eps_cr", "bounds.A_b", "A_blue_b"):
        assert "".join(node.astext() for node in with_indices(plain)) == plain
        assert all(node.tagname == "#text" for node in with_indices(plain))


@pytest.mark.heavy
def test_the_first_pages_figure_is_what_its_command_writes() -> None:
    wide, narrow = drawn_for_both_themes("printed-and-proved")
    assert (STATIC / "printed-and-proved.svg").read_bytes() == wide
    assert (STATIC / "printed-and-proved-narrow.svg").read_bytes() == narrow
