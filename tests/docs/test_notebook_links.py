"""Links to Colab and Binder, once the repository has an address."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[2] / "docs" / "_ext"))

import notebook_pages as pages


def test_without_an_address_a_notebook_can_be_downloaded() -> None:
    assert list(pages.links("1_x", None)) == ["download"]


def test_with_one_it_opens_in_colab_and_binder() -> None:
    found = pages.links("1_x", "someone/bounds")
    assert found["Colab"].endswith("/github/someone/bounds/blob/gh-pages/notebooks/1_x.ipynb")
    assert found["Binder"].startswith("https://mybinder.org/v2/gh/someone/bounds/HEAD?")


def test_then_it_installs_the_package_first() -> None:
    path = pages.notebooks()[0]
    without, with_it = (json.loads(pages.as_notebook(path, home)) for home in (None, "a/b"))
    first, *rest = with_it["cells"]
    assert "git+https://github.com/a/b" in "".join(first["source"])
    assert [cell["source"] for cell in rest] == [cell["source"] for cell in without["cells"]]


@pytest.mark.parametrize(
    ("address", "home"),
    [
        ("https://github.com/a/b.c", "a/b.c"),
        ("https://github.com/a/b.git", "a/b"),
        ("https://example.org/a/b", None),
    ],
)
def test_the_address_is_that_of_pyproject(
    address: str, home: str | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = f'[project]\nname = "x"\n[project.urls]\nRepository = "{address}"\n'
    (tmp_path / "pyproject.toml").write_text(told)
    monkeypatch.setattr(pages, "ROOT", tmp_path)
    assert pages.repository() == home
