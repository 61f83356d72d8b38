"""Every notebook runs from top to bottom, as a newcomer would run it."""

import warnings
from pathlib import Path

import jupytext
import pytest

NOTEBOOKS = sorted((Path(__file__).parent.parent / "notebooks").glob("*.py"))


@pytest.mark.heavy
@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_runs(path: Path) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of the notebook machinery, not of ours
        from nbclient import NotebookClient

        notebook = jupytext.read(path)
        NotebookClient(notebook, timeout=120, kernel_name="python3").execute()
    printed = [out for cell in notebook.cells for out in cell.get("outputs", [])]
    assert printed
    assert not any(out.output_type == "error" or out.get("name") == "stderr" for out in printed)


def test_there_is_a_notebook() -> None:
    assert NOTEBOOKS
