"""What is released: one version everywhere, and a wheel and an sdist that are whole."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tarfile
import tomllib
import zipfile
from email.parser import HeaderParser
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
NAME, VERSION = PROJECT["name"], PROJECT["version"]
FOR_DEVELOPERS = {"build"}
"""Extras that the page of the installation leaves out."""


def text_of(path: str) -> str:
    return (ROOT / path).read_text(encoding="utf-8")


def test_the_changelog_has_the_version_and_the_headings_of_its_form() -> None:
    text = text_of("CHANGELOG.md")
    versions = re.findall(r"^## (\S+) - (\d{4}-\d{2}-\d{2})$", text, re.MULTILINE)
    assert versions[0][0] == VERSION
    assert versions == sorted(versions, key=lambda each: each[1], reverse=True)
    assert re.findall(r"^## (\S+)", text, re.MULTILINE)[0] == "Unreleased"
    headings = set(re.findall(r"^### (.*)$", text, re.MULTILINE))
    known = {"Added", "Changed", "Deprecated", "Removed", "Fixed", "Security", "Faster"}
    assert headings <= known


def test_the_version_is_one() -> None:
    assert f"\nversion: {VERSION}\n" in text_of("CITATION.cff")
    assert f'set version = "{VERSION}"' in text_of("packaging/conda/meta.yaml")


def test_the_recipe_needs_what_the_package_needs() -> None:
    recipe = text_of("packaging/conda/meta.yaml").partition("  run:\n")[2].partition("\n\n")[0]
    wanted = {line.strip("- ").replace(" ", "") for line in recipe.splitlines()}
    assert wanted == {f"python{PROJECT['requires-python']}", *PROJECT["dependencies"]}


def test_each_extra_has_a_line_that_installs_it() -> None:
    told = set(re.findall(r"`pip install '\.\[(\w+)\]'`", text_of("docs/install.md")))
    assert told == set(PROJECT["optional-dependencies"]) - FOR_DEVELOPERS


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("dist")
    command = [sys.executable, "-m", "hatchling", "build", "-d", str(folder)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return folder


@pytest.mark.heavy
def test_the_wheel_runs_by_itself(built: Path, tmp_path: Path) -> None:
    """Unpacked in an empty folder: it decides, has its own version, and knows every claim."""
    (wheel,) = built.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(tmp_path)
        names = set(archive.namelist())
    (info,) = tmp_path.glob("*.dist-info")
    about = HeaderParser().parsestr((info / "METADATA").read_text(encoding="utf-8"))
    assert (about["Name"], about["Version"]) == (NAME, VERSION)
    assert about["Description-Content-Type"] == "text/markdown"
    assert {"bounds/py.typed", "bounds/__init__.pyi", "proofs_check/recorded.json"} <= names
    assert any(name.startswith("bounds/kernel/library/") for name in names)
    program = (
        "import bounds, proofs_check\n"
        "assert bounds.decide('x^2 >= 0', 'x real').outcome == 'proved'\n"
        "print(bounds.__file__, bounds.__version__, len(proofs_check.find_claims()))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    home, version, claims = done.stdout.split()
    assert Path(home).is_relative_to(tmp_path)
    assert version == VERSION
    assert int(claims) > 100


@pytest.mark.heavy
def test_the_sdist_has_what_builds_and_tests_it(built: Path) -> None:
    (sdist,) = built.glob("*.tar.gz")
    with tarfile.open(sdist) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
    assert {
        *("pyproject.toml", "README.md", "LICENSE", "CHANGELOG.md", "CITATION.cff"),
        *("bounds/__init__.py", "proofs_check/__init__.py", "tests/test_packaging.py"),
        *("kernel/README.md", "docs/index.md", "examples/handbook/ledger.toml"),
    } <= names
