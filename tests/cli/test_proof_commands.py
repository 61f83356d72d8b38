"""bounds prove, bounds check, bounds inflections, and certificates from bounds eps-cr."""

import json
from pathlib import Path

import pytest

from bounds.cli import main
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


def test_a_killed_proof_goes_on_where_it_stopped(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, honest, calls = tmp_path / "proof.json", family.slice_of, []

    def killed_at_the_third(low: object, high: object) -> object:
        calls.append(low)
        if len(calls) == 3:
            raise KeyboardInterrupt
        return honest(low, high)  # type: ignore[arg-type]

    monkeypatch.setattr(family, "slice_of", killed_at_the_third)
    assert main(["prove", "4:4.2", "-o", str(path)]) == 130
    assert not path.exists()
    assert main(["prove", "4:4.2", "-o", str(path)]) == 0
    assert calls.count(calls[0]) == 1  # the first slice was not proved again
    assert main(["check", str(path)]) == 0


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


@pytest.mark.parametrize(
    ("delta", "points"), [("0.5", 0), ("1.2", 4), ("5/3", 2), ("3", 2), ("8", 2), ("40", 2)]
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
    assert main(words) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.count("\n") == 1


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
    assert main(words) == 2
    captured = capsys.readouterr()
    assert (captured.out, captured.err.count("\n")) == ("", 1)
