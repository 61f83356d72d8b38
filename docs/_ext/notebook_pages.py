"""The directive `notebooks`: every notebook, to download and to open where Jupyter is at hand.

The notebooks are kept as Python files; the site has them as .ipynb, in the folder `notebooks`.
Links to Colab and Binder need the address of the repository on GitHub, which `[project.urls]` of
pyproject.toml gives under `Repository`; without it there are none.
"""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

import jupytext
from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

import bounds

ROOT = Path(bounds.__file__).parents[1]
SOURCES = ROOT / "notebooks"
PAGES_BRANCH = "gh-pages"
_GITHUB = re.compile(r"https://github\.com/([\w.-]+/[\w.-]+?)(?:\.git)?/?")


def notebooks() -> list[Path]:
    """The notebooks, in their order."""
    return sorted(SOURCES.glob("[0-9]*.py"))


def title_of(path: Path) -> str:
    """The first heading."""
    match = re.search(r"^# # (.*)$", path.read_text(encoding="utf-8"), re.MULTILINE)
    assert match is not None, f"{path.name} has no heading"
    return match[1]


def repository() -> str | None:
    """OWNER/NAME on GitHub, if pyproject.toml names it."""
    told = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    match = _GITHUB.fullmatch(told["project"].get("urls", {}).get("Repository", ""))
    return match[1] if match else None


def links(name: str, home: str | None) -> dict[str, str]:
    """Where a notebook can be had and opened: what, and the address.

    Args:
        name: of its file, without an ending.
        home: OWNER/NAME of the repository.
    """
    found = {"download": f"notebooks/{name}.ipynb"}
    if home is not None:
        found["Colab"] = (
            f"https://colab.research.google.com/github/{home}/blob/{PAGES_BRANCH}"
            f"/notebooks/{name}.ipynb"
        )
        found["Binder"] = (
            f"https://mybinder.org/v2/gh/{home}/HEAD?urlpath=lab/tree/notebooks/{name}.ipynb"
        )
    return found


def as_notebook(path: Path, home: str | None) -> str:
    """A notebook as .ipynb; where its repository is known, it installs the package first."""
    notebook: Any = jupytext.read(path)
    if home is not None:
        install = f"%pip install -q 'robust-mean-bounds[figures] @ git+https://github.com/{home}'"
        first = {
            "cell_type": "code",
            "id": "install",
            "metadata": {},
            "execution_count": None,
            "outputs": [],
            "source": install,
        }
        notebook.cells.insert(0, type(notebook.cells[0])(first))
    for number, cell in enumerate(notebook.cells):
        cell["id"] = f"cell-{number}"  # else each build has others
    return str(jupytext.writes(notebook, fmt="ipynb"))


class Notebooks(SphinxDirective):
    """A list of the notebooks."""

    def run(self) -> list[nodes.Node]:
        """One item each."""
        home, items = repository(), nodes.bullet_list()
        for path in notebooks():
            told = nodes.paragraph("", f"{title_of(path)}: ")
            for place, (what, address) in enumerate(links(path.stem, home).items()):
                told += nodes.Text(", " if place else "")
                told += nodes.reference("", what, refuri=address, internal=what == "download")
            items += nodes.list_item("", told)
        return [items]


def _write(app: Sphinx, failure: Exception | None) -> None:
    if failure is None and app.builder.format == "html":
        folder, home = Path(app.outdir) / "notebooks", repository()
        folder.mkdir(exist_ok=True)
        for path in notebooks():
            (folder / f"{path.stem}.ipynb").write_text(as_notebook(path, home), encoding="utf-8")


def setup(app: Sphinx) -> dict[str, bool]:
    """Register the directive."""
    app.add_directive("notebooks", Notebooks)
    app.connect("build-finished", _write)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
