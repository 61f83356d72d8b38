"""Run the notebooks, and store them with their outputs for readers on a forge.

python -m campaigns.notebooks [NAME...]   writes notebooks/NAME.ipynb for all, or for those named
"""

from __future__ import annotations

import json
import sys
import time
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jupytext

SOURCES = Path(__file__).parents[1] / "notebooks"
_METADATA = {
    "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}


def sources() -> list[Path]:
    """The notebooks as Python files, in their order."""
    return sorted(SOURCES.glob("[0-9]*.py"))


def stored(path: Path) -> Path:
    """Where the notebook of a source is stored."""
    return path.with_suffix(".ipynb")


def cells(notebook: Any) -> list[tuple[str, str]]:
    """The cells of a notebook without their outputs: kind and text."""
    return [(cell["cell_type"], "".join(cell["source"])) for cell in notebook["cells"]]


def executed(path: Path) -> dict[str, Any]:
    """The notebook of a source, run from top to bottom, as plain data.

    Args:
        path: a Python file in Jupytext's percent format.

    Returns:
        What nbformat 4.5 describes, the same at every run but for what the notebook measures.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of the notebook machinery, not of ours
        from nbclient import NotebookClient

        notebook = jupytext.read(path)
        NotebookClient(notebook, timeout=300, kernel_name="python3").execute()
    told: dict[str, Any] = json.loads(jupytext.writes(notebook, fmt="ipynb"))
    told["metadata"] = _METADATA
    for number, cell in enumerate(told["cells"]):
        cell["id"], cell["metadata"] = f"cell-{number}", {}
        for output in cell.get("outputs", []):
            output.get("metadata", {}).clear()
    return told


def shown(notebook: Any) -> Iterator[str]:
    """What each cell prints, as text, in however many pieces it came; pictures are left out."""
    for cell in notebook["cells"]:
        texts = (
            output.get("text", output.get("data", {}).get("text/plain", ""))
            for output in cell.get("outputs", [])
        )
        yield "".join(map("".join, texts))


def main(names: list[str]) -> int:
    """Write the notebooks that are named, or all."""
    for path in sources():
        if names and path.stem not in names:
            continue
        began = time.perf_counter()
        text = json.dumps(executed(path), indent=1, ensure_ascii=False, sort_keys=True)
        stored(path).write_text(text + "\n", encoding="utf-8")
        print(f"{stored(path).name}: {len(text):,} bytes, {time.perf_counter() - began:.0f} s")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
