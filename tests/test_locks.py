"""The lock files: every package with hashes, the newest and the oldest that is allowed."""

import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.version import Version

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
RUN = [Requirement(line) for line in PROJECT["dependencies"]]
EXTRAS = [Requirement(line) for part in PROJECT["optional-dependencies"].values() for line in part]
BUILD = [Requirement(line) for line in PROJECT["optional-dependencies"]["build"]]
_PIN = re.compile(
    r"^([a-z0-9._-]+)==([^ ;\\]+)(?: ;[^\\]*)?((?: \\\n    --hash=sha256:[0-9a-f]{64})*)$", re.M
)


def pins(name: str) -> dict[str, set[Version]]:
    """The versions that a lock file names; two where they depend on Python."""
    text = (ROOT / name).read_text(encoding="utf-8")
    assert "://" not in text
    found: dict[str, set[Version]] = {}
    for package, version, hashes in _PIN.findall(text):
        assert hashes, f"{package} has no hash"
        found.setdefault(package, set()).add(Version(version))
    assert sum(map(len, found.values())) == len(re.findall(r"^[a-z0-9]", text, re.M))
    return found


FLOWER = [Requirement((ROOT / "examples/flower/requirements.in").read_text("utf-8").strip())]


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("requirements.lock", RUN + BUILD),
        ("requirements-test.lock", RUN + EXTRAS),
        ("examples/flower/requirements.lock", RUN + BUILD + FLOWER),
    ],
)
def test_every_dependency_is_locked(name: str, wanted: list[Requirement]) -> None:
    locked = pins(name)
    for requirement in wanted:
        versions = locked[requirement.name]
        assert all(requirement.specifier.contains(version) for version in versions)


def test_the_main_job_is_tested_as_it_is_locked() -> None:
    tested = pins("requirements-test.lock")
    assert all(tested[name] >= versions for name, versions in pins("requirements.lock").items())


def test_the_oldest_versions_are_those_that_pyproject_names() -> None:
    locked = pins("requirements-lowest.lock")
    for requirement in RUN + EXTRAS:
        (bound,) = requirement.specifier
        assert bound.operator == ">="
        assert Version(bound.version) in locked[requirement.name], requirement
