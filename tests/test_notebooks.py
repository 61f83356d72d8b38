"""Every notebook runs from top to bottom, and is stored with what it prints."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import jupytext
import pytest

from campaigns import notebooks

SOURCES = notebooks.sources()
TIMES = re.compile(r"\d+\.\d+ s\b")
NUMBERS = re.compile(r"[\d.e+-]*\d[\d.e+-]*")
DRAWN = ("6_lists_of_possible_means",)
"""Their estimator tosses secret coins, so that each run measures other numbers."""


def stored(path: Path) -> Any:
    return json.loads(notebooks.stored(path).read_text(encoding="utf-8"))


@pytest.mark.heavy
@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.stem)
def test_a_notebook_runs_and_prints_what_is_stored(path: Path) -> None:
    notebook = notebooks.executed(path)
    printed = [out for cell in notebook["cells"] for out in cell.get("outputs", [])]
    assert printed
    assert not any(out["output_type"] == "error" or out.get("name") == "stderr" for out in printed)
    differs = NUMBERS if path.stem in DRAWN else TIMES
    then, now = (
        [differs.sub("", text).split() for text in notebooks.shown(one)]
        for one in (stored(path), notebook)
    )
    assert then == now, "write it again: python -m campaigns.notebooks"


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.stem)
def test_a_stored_notebook_is_in_step_with_its_source(path: Path) -> None:
    notebook = stored(path)
    assert notebooks.cells(notebook) == notebooks.cells(jupytext.read(path)), (
        "write it again: python -m campaigns.notebooks"
    )
    code = [cell for cell in notebook["cells"] if cell["cell_type"] == "code"]
    assert [cell["execution_count"] for cell in code] == list(range(1, len(code) + 1))


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.stem)
def test_a_notebook_says_what_running_it_needs(path: Path) -> None:
    first = stored(path)["cells"][0]
    assert first["cell_type"] == "markdown"
    assert re.search(r"To run it you need .*pip install", "".join(first["source"]))


def test_there_is_a_notebook() -> None:
    assert SOURCES
    assert {path.stem for path in notebooks.SOURCES.glob("*.ipynb")} == {
        path.stem for path in SOURCES
    }
