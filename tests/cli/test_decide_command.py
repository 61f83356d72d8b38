"""`bounds decide`: claims, domains, files of statements, exit codes and JSON."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from canned_prover import CannedProver, install

from bounds.cli import main


@pytest.fixture
def prover(monkeypatch: pytest.MonkeyPatch) -> CannedProver:
    return install(monkeypatch)


@pytest.mark.parametrize(
    ("claim", "code", "told"),
    [
        ("x < 1", 0, "proved: x < 1 for x in (0, inf)\n  replayed\n  by signs, obvious; 0.12 s"),
        ("x < 2", 1, "refuted: x < 2 for x in (0, inf)\n  x < 2 is false at x = 5"),
        ("x < 3", 1, "undefined: x < 3"),
        ("x < oo_1", 3, "undecided: x < oo_1"),
    ],
)
def test_each_outcome_has_its_exit_code(
    claim: str, code: int, told: str, prover: CannedProver, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["decide", claim, "--for", "x > 0, oo_1 real", "--time", "7/2"]) == code
    shown = capsys.readouterr()
    assert shown.out.replace(", oo_1 real", "").startswith(told)
    assert not shown.err
    assert prover.asked[0][1] == 3.5


def test_a_claim_may_hold_its_domain_or_be_latex(
    prover: CannedProver, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["decide", "1 + x <= e^x for x real"]) == 0
    assert main(["decide", r"\frac{x}{2} \le \Phi(x)", "--for", "x in [0, 1]"]) == 0
    assert [asked[0] for asked in prover.asked] == [
        "1 + x <= exp(x) for x real",
        "x/2 <= Phi(x) for x in [0, 1]",
    ]
    capsys.readouterr()


def test_a_claim_and_a_domain_may_begin_with_a_minus(
    prover: CannedProver, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["decide", "-x<1", "--for", "-1<=x<=1"]) == 0
    assert prover.asked[0][0] == "-x < 1 for x in [-1, 1]"
    assert main(["decide", "--nonsense<1"]) == 2
    capsys.readouterr()


def test_json_has_the_fields(prover: CannedProver, capsys: pytest.CaptureFixture[str]) -> None:
    assert prover
    assert main(["decide", "x < 2", "--for", "x > 0", "--json"]) == 1
    shown = json.loads(capsys.readouterr().out)
    assert shown["outcome"] == "refuted"
    assert shown["witness"] == {"x": "5"}
    assert (shown["statement"], shown["domain"]) == ("x < 2", "x in (0, inf)")
    assert {"basis", "rules", "seconds"} <= set(shown)


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["2x < 1", "--for", "x > 0"], "did you mean 2*x?\n  2x < 1\n   ^\n"),
        (["x < 1", "--for", "x in (0; 1)"], "is not read\n  x in (0; 1)\n         ^\n"),
        (["x < y", "--for", "x > 0"], "where y lies"),
        (["x < 1"], "where x lies"),
        (["x + 1"], "is no file and compares nothing"),
        (["x + 1", "--for", "x > 0"], "compares two sides"),
        (["x < 1", "--for", "x > 0", "--time", "0"], "--time must be positive"),
        (["x < 1", "--for", "x > 0", "--jobs", "two"], "--jobs must be a whole number"),
        (["x < 1", "--for", "x > 0", "--given", "none.txt"], "--given 'none.txt' is no file"),
        (["x < 1", "--latex", "--json"], "not allowed with"),
    ],
)
def test_mistakes_are_told(
    words: list[str], told: str, prover: CannedProver, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["decide", *words]) == 2
    assert told in capsys.readouterr().err
    assert not prover.asked


def test_a_file_gives_a_table(
    tmp_path: Path, prover: CannedProver, capsys: pytest.CaptureFixture[str]
) -> None:
    assert prover
    file = tmp_path / "lemmas.txt"
    file.write_text(
        "# two lemmas\nfirst: x < 1 for x > 0  # true\n\nx < 2 for x > 0\n"
        "x < oo_ for x > 0, oo_ > 0\n"
    )
    assert main(["decide", str(file)]) == 1
    shown = capsys.readouterr().out.splitlines()
    assert [line.split()[:3] for line in shown[:2]] == [
        ["first", "proved", "0.12"],
        ["line", "4", "refuted"],
    ]
    assert "is false at x = 5" in shown[1]
    assert shown[-1] == "1 proved, 1 refuted, 1 undecided"
    assert main(["decide", str(file), "--json"]) == 1
    rows = json.loads(capsys.readouterr().out)
    assert [(row["line"], row["name"], row["outcome"]) for row in rows] == [
        (2, "first", "proved"),
        (4, None, "refuted"),
        (5, None, "undecided"),
    ]
    file.write_text("x < oo_ for x > 0, oo_ > 0\nx < 1 for x > 0\n")
    assert main(["decide", str(file)]) == 3
    file.write_text("x < 1 for x > 0\n")
    assert main(["decide", str(file)]) == 0
    capsys.readouterr()


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("x < 1 for x > 0\n2x < 1 for x > 0\n", "line 2: a product needs its sign"),
        ("x < 1\n", "line 1: the domain does not say where x lies"),
        ("# nothing\n", "has no statement"),
        ("a: x < 1 for x > 0\na: x < 2 for x > 0\n", "line 2: the name a is used twice"),
        ("\xff", "no text in UTF-8"),
    ],
)
def test_mistakes_in_a_file_are_told_with_their_line(
    text: str,
    told: str,
    tmp_path: Path,
    prover: CannedProver,
    capsys: pytest.CaptureFixture[str],
) -> None:
    file = tmp_path / "lemmas.txt"
    file.write_bytes(text.encode("latin-1"))
    assert main(["decide", str(file)]) == 2
    assert told in capsys.readouterr().err
    assert not prover.asked


def test_options_of_one_claim_are_refused_for_a_file(
    tmp_path: Path, prover: CannedProver, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "lemmas.txt"
    file.write_text("x < 1 for x > 0\n")
    for options in (["--latex"], ["--certificate", "proof.json"]):
        assert main(["decide", str(file), *options]) == 2
        assert "is for one claim" in capsys.readouterr().err
    assert not prover.asked


def test_a_certificate_is_written_of_what_is_proved(
    tmp_path: Path, prover: CannedProver, capsys: pytest.CaptureFixture[str]
) -> None:
    assert prover
    file = tmp_path / "proof.json"
    assert main(["decide", "x < 2", "--for", "x > 0", "--certificate", str(file)]) == 1
    assert not file.exists()
    assert main(["decide", "x < 1", "--for", "x > 0", "--certificate", str(file)]) == 0
    written = json.loads(file.read_text())
    assert written["kind"] == "proof"
    assert written["statement"] == {"claim": "x < 1", "domain": "x in (0, inf)", "given": []}
    capsys.readouterr()


def test_lemmas_are_proved_first_and_passed_on(
    tmp_path: Path, prover: CannedProver, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "lemmas.txt"
    file.write_text("mills: x < 1 for x > 0\nnext-one: x < 7 for x > 0\n")
    assert main(["decide", "x < 9", "--for", "x > 0", "--given", str(file)]) == 0
    names = [[lemma["name"] for lemma in asked[3]] for asked in prover.asked]
    assert names == [[], ["mills"], ["mills", "next-one"]]
    lemma = prover.asked[-1][3][0]
    assert (lemma["claim"], lemma["domain"]) == ("x < 1", "x in (0, inf)")
    assert len(lemma["sha256"]) == 64
    file.write_text("x < 1 for x > 0\n")
    assert main(["decide", "x < 9", "--for", "x > 0", "--given", str(file)]) == 2
    assert "a lemma needs a name" in capsys.readouterr().err
    file.write_text("mills: x < 2 for x > 0\n")
    assert main(["decide", "x < 9", "--for", "x > 0", "--given", str(file)]) == 3
    assert "refuted" in capsys.readouterr().err


def test_an_interruption_gives_what_is_known(
    tmp_path: Path, prover: CannedProver, capsys: pytest.CaptureFixture[str]
) -> None:
    assert prover
    assert main(["decide", "stop < 1", "--for", "stop > 0"]) == 130
    shown = capsys.readouterr()
    assert "undecided: stop < 1" in shown.out
    assert "tried: the table of variations" in shown.out
    assert shown.err == "bounds: interrupted\n"
    file = tmp_path / "lemmas.txt"
    file.write_text("x < 1 for x > 0\nstop < 1 for stop > 0\nx < 1 for x > 0\n")
    assert main(["decide", str(file)]) == 130
    shown = capsys.readouterr()
    assert shown.out.splitlines()[-1] == "1 proved, 1 undecided"
