import json
from pathlib import Path

import pytest
from marks import heavy
from refusals import refusal

from bounds.cli import main
from bounds.upper import (
    constants,
    envelope,
    printed_inequalities_over_delta,
    upper_bound,
)
from proofs_check.audit.verdict import Verdict


def test_the_bound_with_its_constants_and_steps(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["upper", "3", "0.1", "--method", "repaired", "--digits", "8"]) == 0
    out = capsys.readouterr().out
    assert "lim sup K(m) in the limit m -> infinity" in out
    value = upper_bound("3", "0.1", "repaired", 8).value
    assert f"bound in {value}" in out
    assert "certified: adversary's optimum" in out
    assert "assumed: one component at a time" in out
    assert "below 1 for c/k below" in out


@pytest.mark.parametrize("method", ["printed", "repaired", "sharp", "proved"])
def test_the_bound_as_json(method: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["upper", "5/2", "1/20", "--method", method, "--json"]) == 0
    entry = json.loads(capsys.readouterr().out)
    assert entry["method"] == method
    assert entry["bound"] == list(upper_bound("2.5", "0.05", method).value.decimals())  # type: ignore[arg-type]
    assert entry["helps_below"]


def test_where_nothing_helps_it_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["upper", "1", "0.1", "--method", "sharp"]) == 0
    assert "below 1 for no c/k" in capsys.readouterr().out


def test_the_table_of_constants(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["constants", "2", "0.5", "--digits", "6"]) == 0
    out = capsys.readouterr().out
    assert "f^-1(rho - 3 Delta) exists for no Delta" in out
    assert str(constants("2", 6).c0) in out
    assert "at the printed eps_cr" in out
    assert "false as printed: C0 c/k + C1 >= optimum for c/k from 0.0065" in out
    assert "no eps_cr" in out
    assert out.count("Delta = ") == 2


def test_the_constants_as_latex(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["constants", "3", "--digits", "6", "--latex"]) == 0
    comment, first, *rows, last = capsys.readouterr().out.splitlines()
    assert comment.startswith("% Delta = 3;")
    assert (first, last) == (r"\begin{tabular}{llll}", r"\end{tabular}")
    assert all(row.count("&") == 3 for row in rows)
    (row,) = (row for row in rows if row.startswith(r"eps\_cr &"))
    assert r"$[0.000218600, 0.000218601]$ & false as printed \\" in row
    assert main(["constants", "--ranges", "--latex"]) == 2


def test_the_constants_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["constants", "2.5", "--json"]) == 0
    (entry,) = json.loads(capsys.readouterr().out)
    rows = {row["name"]: row for row in entry["constants"]}
    assert rows["C0 (appendix)"]["printed"] is None
    assert rows["C0 (main text)"]["printed"] == list(constants("2.5", 15).c0.decimals())
    assert rows["C0 (main text)"]["certified"] == list(envelope("2.5", 15).slope.decimals())
    assert {row["verdict"] for row in rows.values()} <= {str(verdict.value) for verdict in Verdict}
    failing = {row["name"]: row["fails_between"] for row in entry["inequalities"]}
    assert failing["C0 c/k + C1 >= optimum"] is not None


@pytest.mark.parametrize(
    "words",
    [
        ["upper", "3"],
        ["upper", "x", "0.1"],
        ["upper", "3", "-1"],
        ["upper", "100", "0.1"],
        ["upper", "3", "0.1", "--method", "best"],
        ["upper", "0.5", "0.1", "--method", "printed"],
        ["upper", "3", "0.1", "--k", "x"],
        ["upper", "3", "0.1", "--k", "0"],
        ["upper", "3", "0.1", "--k", "3", "--method", "sharp"],
        ["upper", "3", "0.1", "--eps-cr", "printed"],
        ["upper", "3", "0.1", "--method", "sharp", "--separation", "12"],
        ["upper", "3", "0.1", "--method", "proved", "--separation", "3"],
        ["upper", "2.5", "0.1", "--method", "printed", "--eps-cr", "printed"],
        ["constants"],
        ["constants", "0"],
        ["constants", "100"],
    ],
    ids=" ".join,
)
def test_bad_input_is_one_line_and_exit_2(
    words: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    refusal(words, capsys)


@pytest.mark.parametrize(
    ("words", "names"),
    [
        (["3", "0.1", "--method", "repaired"], ["contact", "far-above", "far-below"]),
        (["0.5", "0.1", "--method", "repaired"], ["far-above", "far-below"]),
        (["64", "0.1", "--method", "sharp"], ["destruction", "far-above", "far-below"]),
        (["2", "0.1", "--method", "sharp"], ["destruction", "far-above", "far-below"]),
        heavy(
            ["3", "1e-5", "--method", "proved"],
            [
                "any-set",
                "bridges",
                "counterfeits",
                "far-above",
                "far-below",
                "fooled",
                "half",
                "long-clusters",
                "ratio-at-most",
                "ratio-falls",
                "ratio-reached",
                "ratio-rises",
                "shared-above",
                "shared-below",
            ],
        ),
        (
            ["2.5", "0.1", "--method", "printed"],
            ["c0-above", "c0-below", "eps-cr", "far-above", "far-below"],
        ),
    ],
)
def test_the_checker_accepts_the_certificates(
    words: list[str], names: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["upper", *words, "--certificates", str(tmp_path / "out")]) == 0
    files = sorted((tmp_path / "out").iterdir())
    stem = files[0].name.removesuffix(f"{names[0]}.json")
    assert [file.name for file in files] == [f"{stem}{name}.json" for name in names]
    assert main(["check", *map(str, files)]) == 0
    assert capsys.readouterr().out.count("accepted") == len(files)


@pytest.mark.heavy
def test_a_given_number_of_components(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["upper", "2", "1/10", "--k", "10"]) == 0
    out = capsys.readouterr().out
    assert "k = 10" in out
    assert "certified: allocation over k: exact" in out
    assert main(["upper", "2", "1/10", "--k", "10", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["k"] == 10


def test_the_printed_eps_cr(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["upper", "3", "1e-4", "--method", "printed", "--eps-cr", "printed"]) == 0
    out = capsys.readouterr().out
    assert "c/k > eps_cr" in out
    assert "refuted: small c/k" in out


def test_the_proved_bound_with_its_separation(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["upper", "3", "0.1", "--method", "proved", "--separation", "12.5"]) == 0
    out = capsys.readouterr().out
    assert "D >= 12.5 Delta, t = " in out
    assert "assumed" not in out
    assert main(["upper", "3", "0.1", "--method", "proved", "--json"]) == 0
    entry = json.loads(capsys.readouterr().out)
    assert entry["separation"] == "9"
    assert float(entry["t_over_delta"].split("/")[0]) > 0


def test_the_proved_bound_at_a_given_m(capsys: pytest.CaptureFixture[str]) -> None:
    words = ["upper", "4", "0.1", "--method", "proved", "--k", "50"]
    assert main([*words, "--m", "1e6"]) == 0
    out = capsys.readouterr().out
    assert "k = 50, m = 1000000: proved" in out
    assert "collaboration: the bound is below 1\n" in out
    assert main([*words, "--m", "100"]) == 0
    assert "the proof says nothing at" in capsys.readouterr().out
    assert main([*words, "--m", "1e6", "--json"]) == 0
    entry = json.loads(capsys.readouterr().out)
    assert entry["m"] == "1000000"
    assert entry["helps_below"] is None
    assert main(words) == 2


def test_the_ranges_of_delta(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["constants", "--ranges", "--digits", "6"]) == 0
    out = capsys.readouterr().out
    assert "false as printed  from 3/2 to [2.86694, 2.86695]" in out
    assert "certified         from [2.86694, 2.86695] on" in out
    assert main(["constants", "--ranges", "--json"]) == 0
    rows = json.loads(capsys.readouterr().out)
    assert len(rows) == len(printed_inequalities_over_delta())
    assert rows[0]["from"] == ["1.50000000000000", "1.50000000000000"]
    assert rows[0]["to"] is None


@pytest.mark.parametrize("words", [[], ["2", "--ranges"]])
def test_either_values_of_delta_or_ranges(
    words: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["constants", *words]) == 2
    assert "either values of DELTA or --ranges" in capsys.readouterr().err


def test_a_table_too_wide_for_the_screen_is_told_row_by_row(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bounds.cli.constants.screen_width", lambda: 80)
    assert main(["constants", "3", "--digits", "12"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert "  false as printed: C0 (main text) (1/(rho - f(3 Delta)); slope of chord)" in lines
    assert f"    printed in {constants('3', 12).c0}" in lines
