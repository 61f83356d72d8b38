"""A sample of the campaign over stored files; and it notices a reader that believes them."""

import json
import random
import re
import shutil
import subprocess
import sys
import warnings
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from bounds.certify.errors import Notice
from bounds.lower import attacks, chains, set_cases, support_lines
from campaigns import stored
from campaigns.stored import DAMAGES, Target, round_of, targets

ROOT = Path(stored.__file__).parents[1]
NAMES = ("chains.json", "set_cases.json", "support_lines.json", "seeds.json", "model.json",
         "recorded.json", "table.json", "ORDER", "t.csv.partial", "p.json.partial")  # fmt: skip


@pytest.fixture(scope="module")
def every() -> Iterator[dict[str, Target]]:
    with targets() as found:
        yield found


def test_every_stored_file_is_a_target(every: dict[str, Target]) -> None:
    """Of JSON files that the code reads; schemas and judged mutants are for docs and campaigns."""
    assert tuple(every) == NAMES
    places = {path for room in ("bounds", "proofs_check") for path in (ROOT / room).rglob("*.json")}
    read = {path for path in places if path.parent.name != "schemas"}
    assert read == {each.path for name, each in every.items() if name not in NAMES[6:]}


@pytest.mark.heavy
@pytest.mark.parametrize("name", NAMES)
def test_an_honest_copy_is_as_ever(name: str, every: dict[str, Target], tmp_path: Path) -> None:
    path = tmp_path / every[name].path.name
    shutil.copy(every[name].path, path)
    assert every[name].probe(path, random.Random(1)) == "as ever"


@pytest.mark.heavy
@pytest.mark.parametrize("name", NAMES)
def test_a_sample(name: str, every: dict[str, Target]) -> None:
    found = [round_of(name, every[name], 8, number) for number in range(6)]
    assert not [one for one in found if "WRONG" in one[1]]


@pytest.mark.heavy
@pytest.mark.parametrize("what", DAMAGES)
@pytest.mark.parametrize("name", NAMES)
def test_a_file_that_is_damaged_as_a_whole(
    name: str, what: str, every: dict[str, Target], tmp_path: Path
) -> None:
    rng = random.Random(f"{name} {what}")
    path = tmp_path / every[name].path.name
    stored.damage(path, every[name].path.read_bytes(), what, rng)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", Notice)
        try:
            found = every[name].probe(path, rng)
        except stored.BoundsError as refusal:
            found = "refused" if "\n" not in str(refusal) else "many lines"
    assert found in ("as ever", "refused", "another bound, proved")


@pytest.mark.heavy
@pytest.mark.parametrize("name", NAMES)
def test_a_stretch(name: str, every: dict[str, Target]) -> None:
    found = [round_of(name, every[name], 5, number) for number in range(60)]
    assert not [one for one in found if "WRONG" in one[1]]


def wrong(name: str, every: dict[str, Target], rounds: int = 40) -> bool:
    return any("WRONG" in round_of(name, every[name], 2, number)[1] for number in range(rounds))


@pytest.mark.heavy
def test_a_reader_that_believes_weights_is_noticed(
    every: dict[str, Target], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A chain that costs less than it does, or earns more."""
    with monkeypatch.context() as patched:
        patched.setattr(chains.Weighted, "mass", lambda one: Fraction(sum(one.weights[:2]), 10**5))
        assert wrong("chains.json", every)
    monkeypatch.setattr(
        attacks.Chain, "risk", lambda chain: sum(chain.weights) / stored.to_ball(10**4)
    )
    assert wrong("chains.json", every)


@pytest.mark.heavy
def test_a_reader_that_believes_guides_is_noticed(
    every: dict[str, Target], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(set_cases, "_is_proved", lambda *_: True)
    stored._counts.cache_clear()
    assert wrong("set_cases.json", every, 3)
    stored._counts.cache_clear()


@pytest.mark.heavy
def test_a_reader_that_believes_counts_is_noticed(
    every: dict[str, Target], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        support_lines, "_kept_cases", lambda line: (support_lines._kept() or {}).get(line)
    )
    path = every["support_lines.json"].path
    content = json.loads(path.read_text(encoding="utf-8"))
    content["evidence"] = [[count + 1 for count in row] for row in content["evidence"]]

    def forged(path: Path, *_: Any) -> None:
        path.write_text(json.dumps(stored.seal(content)))

    monkeypatch.setattr(stored, "damaged", lambda _, path, __: forged(path) or "forged")
    assert wrong("support_lines.json", every, 1)


@pytest.fixture
def bare(tmp_path: Path) -> Path:
    """A copy of the package without its stored files, but for those of the lines."""
    ignored = shutil.ignore_patterns("seeds.json", "model.json", "__pycache__")
    shutil.copytree(ROOT / "bounds", tmp_path / "bounds", ignore=ignored)
    chains_json = tmp_path / "bounds" / "lower" / "chains.json"
    chains_json.write_bytes(chains_json.read_bytes()[:700])
    return tmp_path


@pytest.mark.heavy
@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("lower", "1", "1.38", "--method", "sharp"), "[0.644800872585799, 0.644800872585800]"),
        (("eps-cr", "3"), "[0.000218600729793288, 0.000218600729793289]"),
        (("bracket", "2", "3", "40"), "K"),
    ],
)
def test_commands_without_stored_files_print_the_same_numbers(
    words: tuple[str, ...], told: str, bare: Path, tmp_path: Path
) -> None:
    (tmp_path / "elsewhere").mkdir()
    numbers = []
    for place in (bare, ROOT):
        done = subprocess.run(
            [sys.executable, "-m", "bounds", *words],
            capture_output=True,
            text=True,
            cwd=tmp_path / "elsewhere",
            env={"PYTHONPATH": str(place)},
        )
        assert done.returncode == 0, done.stderr
        assert ("python -m bounds." in done.stderr) == (place == bare)  # the notice, in one line
        assert done.stderr.count("\n") <= 1
        assert told in done.stdout
        numbers.append(re.findall(r"\[[^\]]*\]", done.stdout))
    assert numbers[0] == numbers[1]
