"""bounds prove, bounds check, bounds inflections, and certificates from bounds eps-cr."""

import json
from collections.abc import Callable
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from forged_journals import forge
from marks import heavy
from refusals import refusal

from bounds.certify.errors import Inconclusive
from bounds.certify.io.journal import journal
from bounds.cli import main, prove
from bounds.critical import family


def test_prove_writes_a_certificate_that_check_accepts(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "proof.json"
    assert main(["prove", "2:2.05", "-o", str(path)]) == 0
    assert "for every Delta in [2, 2.05]" in capsys.readouterr().out
    assert list(tmp_path.iterdir()) == [path]
    assert main(["check", str(path)]) == 0
    assert "accepted" in capsys.readouterr().out


RANGE = "4:4.12"


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The journal of a proof that was killed at its third slice."""
    path, honest, calls = tmp_path_factory.mktemp("kept") / "proof.json", family.slice_of, []

    def killed_at_the_third(*ends: Any) -> Any:
        calls.append(ends)
        if len(calls) == 3:
            raise KeyboardInterrupt
        return honest(*ends)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(family, "slice_of", killed_at_the_third)
        assert main(["prove", RANGE, "-o", str(path)]) == 130
    assert not path.exists()
    return path.with_name("proof.json.partial").read_bytes()


@pytest.fixture
def stopped(tmp_path: Path, kept: bytes) -> Path:
    """The output's name beside that journal."""
    (tmp_path / "proof.json.partial").write_bytes(kept)
    return tmp_path / "proof.json"


@pytest.fixture(scope="module")
def straight(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    path = tmp_path_factory.mktemp("straight") / "proof.json"
    assert main(["prove", RANGE, "-o", str(path)]) == 0
    return path.read_bytes()


@pytest.mark.heavy
def test_a_killed_proof_goes_on_where_it_stopped(
    stopped: Path, straight: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun = []
    honest = prove.prove_family
    monkeypatch.setattr(prove, "prove_family", lambda *w: (begun.append(w[0]), honest(*w))[1])
    assert main(["prove", RANGE, "-o", str(stopped)]) == 0
    kept = json.loads(straight)["evidence"]["slices"][1]["delta"][1]
    assert begun == [Fraction(kept)]  # the two slices were proved by their pieces
    assert stopped.read_bytes() == straight


FORGED: dict[str, Callable[[dict[str, Any]], Any]] = {
    "another shape": lambda e: e.update(shape=["concave"], crossings=[]),
    "no crossings": lambda e: e.update(crossings=[]),
    "all marks the same": lambda e: e.update(pieces=[[low, up, "-"] for low, up, _ in e["pieces"]]),
    "one wide piece": lambda e: e.update(pieces=[[e["start"], e["end"], "-"]]),
    "no pieces": lambda e: e.update(pieces=[]),
    "pieces backwards": lambda e: e["pieces"].reverse(),
    "ends beyond the curve": lambda e: e.update(pieces=[["0*2^0", "1*2^9999", "-"]]),
    "pieces of no width": lambda e: e.update(pieces=[["0*2^0", "1*2^-9999", "-"]] * 50),
    "the whole range": lambda e: e.update(delta=["4", "4.12"]),
    "beyond the range": lambda e: e.update(delta=["4", "5"]),
    "elsewhere": lambda e: e.update(delta=["3", "3.1"]),
    "backwards": lambda e: e["delta"].reverse(),
    "a gap": lambda e: e.update(delta=["4.01", e["delta"][1]]),
    "a range that is no number": lambda e: e.update(delta=["a", "b"]),
    "three ends": lambda e: e["delta"].append("5"),
    "no range": lambda e: e.pop("delta"),
    "a place that is no text": lambda e: e["pieces"][0].__setitem__(1, 7),
    "a place that is no number": lambda e: e["pieces"][0].__setitem__(1, "nan"),
    "a place of great size": lambda e: e["pieces"][0].__setitem__(1, "1*2^999999999"),
}


slice_once = cache(family.slice_of)


SLOW = {
    "all marks the same",
    "pieces backwards",
    "pieces of no width",
    "backwards",
    "three ends",
    "no range",
    "a place that is no number",
}
"""Rows that go the way of others."""


@pytest.mark.heavy
@pytest.mark.parametrize("name", [heavy(name) if name in SLOW else name for name in FORGED])
def test_a_forged_slice_under_right_hashes_proves_nothing(
    stopped: Path,
    name: str,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The search, which knows nothing of what was kept, is made once for all rows."""
    monkeypatch.setattr(family, "slice_of", slice_once)
    assert forge(stopped.with_name("proof.json.partial"), FORGED[name])
    assert main(["prove", RANGE, "-o", str(stopped)]) == 0
    told = capsys.readouterr()
    assert "the loss is concave, convex, concave" in told.out
    assert told.err.count("\n") <= 1
    certificate = json.loads(stopped.read_text())
    assert certificate["statement"]["delta"] == ["4", "4.12"]


@pytest.mark.heavy
def test_a_false_theorem_from_a_forged_journal_is_not_printed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """All of [0.8, 1.4] in one slice that is said to be concave, as one wrote it by hand."""
    path = tmp_path / "proof.json"
    slice_ = {
        "delta": ["0.8", "1.4"],
        "start": "1*2^-20",
        "end": "20*2^0",
        "pieces": [["1*2^-20", "20*2^0", "-"]],
        "crossings": [],
    }
    partial = tmp_path / "proof.json.partial"
    with journal(partial, {"prove": ["0.8", "1.4"]}) as (_, append):
        append(slice_)
        kept = partial.read_bytes()
    partial.write_bytes(kept)
    assert main(["prove", "0.8:1.4", "-o", str(path)]) == 3
    told = capsys.readouterr()
    assert "certified" not in told.out + told.err
    assert "proved again" in told.err
    assert not path.exists()


def test_an_altered_certificate_is_exit_1(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["eps-cr", "3", "--certificates", str(tmp_path / "out")]) == 0
    (root,) = (tmp_path / "out").glob("*root*")
    certificate = json.loads(root.read_text())
    certificate["statement"]["delta"] = "4"
    root.write_text(json.dumps(certificate))
    assert main(["check", str(root)]) == 1
    assert "rejected" in capsys.readouterr().out


def test_inflections_prints_the_distance_to_the_end(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["inflections", "8", "--digits", "6"]) == 0
    out = capsys.readouterr().out
    assert "concave, convex, concave" in out
    assert "e-349" in out
    assert main(["inflections", "8", "--digits", "6", "--json"]) == 0
    (entry,) = json.loads(capsys.readouterr().out)
    assert [point["turn"] for point in entry["inflections"]] == [
        "concave to convex",
        "convex to concave",
    ]


@pytest.mark.heavy
@pytest.mark.parametrize(
    ("delta", "points"),
    [("0.5", 0), ("1.2", 4), heavy("5/3", 2), ("3", 2), heavy("8", 2), heavy("40", 2)],
)
def test_every_inflection_and_the_shape_have_a_certificate(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], delta: str, points: int
) -> None:
    words = ["inflections", delta, "--digits", "12"]
    assert main([*words, "--certificates", str(tmp_path / "out")]) == 0
    with_files = capsys.readouterr().out
    assert main(words) == 0
    assert capsys.readouterr().out == with_files
    stem = f"inflections-{delta.replace('/', '_over_')}"
    kinds = [*(f"root-{number + 1}" for number in range(points)), "shape"]
    files = sorted((tmp_path / "out").iterdir())
    assert [file.name for file in files] == [f"{stem}-{kind}.json" for kind in kinds]
    assert main(["check", *map(str, files)]) == 0
    turns = [json.loads(file.read_text())["statement"]["turn"] for file in files[:-1]]
    assert turns == ["concave to convex", "convex to concave"] * (points // 2)
    for file in files:  # and an altered one is rejected
        certificate = json.loads(file.read_text())
        certificate["statement"]["delta"] = "2"
        file.write_text(json.dumps(certificate))
        assert main(["check", str(file)]) == 1


@pytest.mark.parametrize(
    "words",
    [
        ["inflections", "3", "--certificates", "/dev/null/x"],
        ["prove", "2", "-o", "x"],
        ["prove", "3:2", "-o", "x"],
        ["prove", "a:b", "-o", "x"],
        ["prove", "2:2.01"],
        ["prove", "2:2.01", "-o", "/dev/null/x"],
        ["check"],
        ["check", "/nope"],
        ["inflections", "abc"],
        ["inflections", "3", "--digits", "-1"],
        ["eps-cr", "3", "--certificates", "/dev/null/x"],
    ],
    ids=" ".join,
)
def test_bad_input_is_one_line_and_exit_2(
    words: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    refusal(words, capsys)


@pytest.mark.parametrize(
    ("low", "high", "told"),
    [("0.8", "0.9", True), ("1.47735582", "1.4774", True), ("1.5", "2", False)],
)
def test_a_range_with_a_fold_is_told_where_it_lies(low: str, high: str, told: bool) -> None:
    with (
        pytest.raises(Inconclusive, match="no sign") as stop,
        prove.told_of_folds(Fraction(low), Fraction(high)),
    ):
        raise Inconclusive("no sign")
    assert ("the shape changes at the fold at Delta in [" in str(stop.value)) is told


@pytest.mark.heavy
def test_a_range_where_the_shape_changes_is_exit_3(tmp_path: Path) -> None:
    assert main(["prove", "1.476:1.478", "-o", str(tmp_path / "x")]) == 3
    assert not (tmp_path / "x").exists()


@pytest.mark.parametrize(
    "words",
    [
        ["check", "x" * 300],
        ["inflections", "1e-9999"],
        ["prove", "2:2.01", "-o", ""],
        ["simulate", "--delta", "2", "--k", "3", "--c", "1", "--m", "2000", "-o", ""],
        ["sweep", "--delta", "2", "-o", "x" * 300 + ".csv"],
    ],
    ids=lambda words: f"{words[0]} {words[-1][:9]}",
)
def test_names_and_numbers_beyond_limits_are_one_line_and_exit_2(
    words: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    refusal(words, capsys)
