"""What people touch first says what is so."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[1]


def test_the_hooks_are_those_of_ci() -> None:
    hooks = re.findall(r"entry: (.+)", (ROOT / ".pre-commit-config.yaml").read_text())
    ci = (ROOT / ".ci" / "run").read_text().splitlines()
    assert hooks == [line for line in ci if re.match(r"\.venv/bin/(ruff|mypy|lint)", line)]


def test_the_citation_names_the_version() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    cited = (ROOT / "CITATION.cff").read_text()
    assert f"version: {project['version']}" in cited
    assert f"license: {project['license']}" in cited


def test_files_that_contributing_names_are_there() -> None:
    text = (ROOT / "CONTRIBUTING.md").read_text()
    named = re.findall(r"`((?:bounds|tests|docs|\.ci)/[\w./]+)`|\(([\w/]+\.md)\)", text)
    assert named
    for path in ("".join(pair) for pair in named):
        assert (ROOT / path).exists(), path
