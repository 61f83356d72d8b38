"""Lemmas at a Δ of the user's choice, run as a user does: in a directory of one's own."""

import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
MINE = '''
import pytest
import bounds
from proofs_check.strategies import epsilons


@pytest.mark.lemma
def test_true(delta, holds):
    """The shift is at most the radius."""
    radius, shift = bounds.filter_radius, bounds.median_shift
    holds(lambda eps, delta: radius(eps, delta) - shift(eps, delta), eps=epsilons(delta))


@pytest.mark.lemma
def test_false(delta, holds):
    """The shift is at most eps."""
    holds(lambda eps, delta: eps - bounds.median_shift(eps, delta), eps=epsilons(delta))


@pytest.mark.lemma
def test_open(delta, holds):
    """Φ(Δ) + Φ(−Δ) = 1."""
    holds(lambda delta: bounds.cdf(delta) + bounds.cdf(-delta) - 1)


@pytest.mark.lemma(low=2)
def test_hypothesis(delta, holds):
    """Δ ≥ 2."""
    holds(lambda delta: delta - 2)


def test_another_delta():
    assert True
'''


def run(place: Path, *arguments: str) -> tuple[int, str]:
    """Run pytest in `place`, which has no configuration of ours."""
    plugins = ("-p", "proofs_check.pytest_plugin", "-p", "no:cacheprovider")
    done = subprocess.run(
        [sys.executable, "-m", "pytest", *plugins, "-q", *arguments],
        cwd=place,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
    )
    return done.returncode, done.stdout + done.stderr


def test_a_users_own_lemmas(tmp_path: Path) -> None:
    (tmp_path / "test_mine.py").write_text(MINE, encoding="utf-8")
    code, out = run(
        tmp_path, "test_mine.py", "--delta", "1.9", "--delta", "17/6", "--lemma-examples", "4"
    )
    assert code == 1, out
    assert "5 passed" not in out
    assert re.search(r"4 failed, 4 passed, 1 skipped", out), out
    assert re.search(r"fails at eps = [\d.]+, delta = 1\.9: the margin is at most -\d", out), out
    assert "The shift is at most eps." in out
    assert "stay undecided at 4096 bits, such as delta = 17/6" in out
    assert "Traceback" not in out


@pytest.mark.parametrize(
    ("option", "value"),
    [
        ("--delta", "two"),
        ("--delta", "0"),
        ("--delta", "nan"),
        ("--delta", "33"),
        ("--lemma-examples", "0"),
    ],
)
def test_bad_options_are_refused_in_one_line(tmp_path: Path, option: str, value: str) -> None:
    code, out = run(tmp_path, option, value)
    assert code == pytest.ExitCode.USAGE_ERROR
    (line,) = out.split("\n\n")[0].strip().splitlines()
    assert line.startswith(f"ERROR: {option}")


def test_every_statement_that_is_false_as_printed_fails_with_a_counterexample(
    tmp_path: Path,
) -> None:
    """These are the seeded errors of the lemmas: each property can fail, and says where."""
    chosen = ("--as-printed", "--delta", "2", "-m", "lemma(printed=True)")
    code, out = run(tmp_path, "--pyargs", "proofs_check", *chosen)
    assert code == 1, out
    failed = re.search(r"(\d+) failed", out)
    assert failed, out
    assert int(failed[1]) == len(re.findall(r"^fails at ", out, re.MULTILINE)) == 14
    assert "passed" not in out


def test_the_package_brings_the_plugin() -> None:
    """With the name of its module, so that pytest does not load it twice."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    name = "proofs_check.pytest_plugin"
    assert project["entry-points"]["pytest11"] == {name: name}
