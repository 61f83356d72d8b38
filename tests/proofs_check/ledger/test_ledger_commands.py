"""`bounds audit` on ledgers: reports, seeded errors, differences, other audits, and LaTeX."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import pytest
from ledgers import HEAD, TRUE, claim, entry, write
from marks import heavy

from bounds.cli import main
from proofs_check.audit.ledger import seeds
from proofs_check.audit.ledger.decide import decide_entry
from proofs_check.audit.ledger.paper import load_ledger
from proofs_check.audit.verdict import CERTIFIED

FALSE = 'statement = "x^2 > 1"\nfor = "x in [2, 3], y real"\n'
WRONG = claim("wrong", 'expression = "1/3"\nprinted = "0.34"\n', "constant")
RIGHT = claim("right", 'expression = "1/3"\nprinted = "0.33"\n', "constant")
GROWS = {"kind": "monotone", "variable": "x", "direction": "increasing"}
PEAK = {"kind": "supremum", "of": "maximum", "value": "1"}
Capture = pytest.CaptureFixture[str]


def test_a_refuted_claim_has_its_witness_and_what_rests_on_it(
    tmp_path: Path, capsys: Capture
) -> None:
    above = claim("above", TRUE + 'rests_on = ["wrong"]\n')
    assert main(["audit", str(write(tmp_path, WRONG, above))]) == 0
    out = capsys.readouterr().out
    assert "0.33, not 0.34; 1/3 = 1/3" in out
    assert "on wrong, which fails as printed, rest: above" in out
    assert "certified: false" not in out
    assert "differs" not in out
    assert main(["audit", str(tmp_path), "--why", "above"]) == 0
    assert "the printed argument breaks at wrong" in capsys.readouterr().out


def test_a_verdict_differs_only_once_it_is_recorded(tmp_path: Path, capsys: Capture) -> None:
    folder = str(write(tmp_path, WRONG))
    assert main(["audit", folder]) == 0
    assert "no verdict on record: `bounds audit" in capsys.readouterr().out
    assert main(["audit", folder, "--record"]) == 0
    assert "1 verdict written" in capsys.readouterr().out
    assert json.loads((tmp_path / "recorded.json").read_text()) == {"wrong": "repaired"}
    assert main(["audit", folder]) == 0
    write(tmp_path, WRONG.replace("0.34", "0.33"))
    capsys.readouterr()
    assert main(["audit", folder]) == 1
    assert "differs from the recorded verdict: wrong" in capsys.readouterr().out
    write(tmp_path, RIGHT)
    assert main(["audit", folder]) == 1
    assert "on record, but no claim: wrong" in capsys.readouterr().out


def test_words_are_counted_apart(tmp_path: Path, capsys: Capture) -> None:
    text = claim("plain", 'argument = "It is plain."\n', "words")
    assert main(["audit", str(write(tmp_path, RIGHT, text)), "--format", "json"]) == 0
    document = json.loads(capsys.readouterr().out)
    assert document["counts"] == {"certified": 1, "not machine-checkable": 1}
    assert document["bases"] == {"machine": 1, "words": 0}


@pytest.mark.parametrize("kind", ["html", "markdown", "errata", "text"])
def test_every_format_is_written(tmp_path: Path, capsys: Capture, kind: str) -> None:
    assert main(["audit", str(write(tmp_path, WRONG)), "--format", kind]) == 0
    out = capsys.readouterr().out
    assert "0.33, not 0.34" in out
    assert "bounds verify" not in out


def test_certificates_are_written_and_accepted(tmp_path: Path) -> None:
    folder = tmp_path / "out"
    assert main(["audit", str(write(tmp_path, RIGHT)), "--certificates", str(folder)]) == 0
    assert main(["check", *map(str, sorted(folder.iterdir()))]) == 0


def test_workers_decide_the_same(tmp_path: Path, capsys: Capture) -> None:
    folder = str(write(tmp_path, WRONG, RIGHT))
    found = []
    for jobs in ("1", "2"):
        assert main(["audit", folder, "--jobs", jobs]) == 0
        found.append(capsys.readouterr().out)
    assert found[0] == found[1]


# Seeded errors


def test_the_four_kinds_of_errors_are_made() -> None:
    one = entry(kind="inequality", statement="1 + x <= exp(x)", where_="x >= -2", time=5)
    told = [error.what for error in seeds.seeded_of(one)]
    assert told == [
        "1 in the statement",
        ">= for <=",
        "without x >= -2",
        "-1 for 1",
        "-exp(x) for exp(x)",
    ]


@pytest.mark.parametrize(
    ("data", "told"),
    [
        ({"kind": "constant", "expression": "1/3", "printed": "0.33"}, "last digit of 0.33"),
        heavy({**GROWS, "expression": "x^2", "where_": "x >= 0"}, "decreasing for increasing"),
        heavy({"kind": "root", "equation": "x = 1", "where_": "x real"}, "one root more"),
        heavy({**PEAK, "expression": "x", "where_": "x in [0, 1]"}, "minimum for maximum"),
        ({"kind": "definition", "expression": "log(x)", "where_": "x > 0"}, "without x > 0"),
        ({"kind": "table", "columns": ["x", "x/3"], "rows": ["1, 0.3"]}, "last digit of 1, 0.3"),
        ({"kind": "identity", "statement": "x + x = 2*x", "where_": "x real"}, "!= for ="),
    ],
)
def test_an_error_changes_the_verdict(data: dict[str, object], told: str) -> None:
    one = entry(time=5, **data)
    errors = {error.what: error for error in seeds.seeded_of(one)}
    assert decide_entry(one).verdict is CERTIFIED
    assert errors[told].run().verdict is not CERTIFIED
    assert all(error.sure for error in errors.values())


def test_a_claim_that_no_error_changes_is_told(tmp_path: Path, capsys: Capture) -> None:
    assert main(["audit", str(write(tmp_path, RIGHT)), "--seeded"]) == 0
    assert "2 of 2 seeded errors change the verdict\n" in capsys.readouterr().out
    write(tmp_path, RIGHT, WRONG)
    assert main(["audit", str(tmp_path), "--seeded"]) == 0
    assert "so no error was put into: wrong" in capsys.readouterr().out
    idle = claim("idle", 'expression = "sqrt(1 + x^2)"\nfor = "x > 2"\n', "definition")
    assert main(["audit", str(write(tmp_path, RIGHT, idle)), "--seeded"]) == 1
    out = capsys.readouterr().out
    assert "idle: without x > 2: not noticed: certified" in out
    assert "no seeded error changes the verdict: idle" in out


def test_an_undecided_error_is_not_noticed(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: Capture
) -> None:
    from bounds.certify.errors import Inconclusive

    def decide(one: object, *, repair: bool = True) -> object:
        if not repair:
            raise Inconclusive("no time")
        return decide_entry(one, repair=repair)  # type: ignore[arg-type]

    monkeypatch.setattr(seeds, "decide_entry", decide)
    assert main(["audit", str(write(tmp_path, RIGHT)), "--seeded"]) == 1
    out = capsys.readouterr().out
    assert "last digit of 0.33: not noticed: inconclusive" in out
    assert "no seeded error changes the verdict: right" in out


# Other audits


def test_the_graph_goes_across_and_the_other_verdict_is_decided(
    tmp_path: Path, capsys: Capture
) -> None:
    write(tmp_path / "b", WRONG)
    (tmp_path / "b" / "recorded.json").write_text('{"wrong": "certified"}')  # not believed
    head = HEAD + '[uses]\nb = "../b"\n'
    folder = str(write(tmp_path / "a", claim("top", TRUE + 'rests_on = ["b:wrong"]\n'), head=head))
    assert main(["audit", folder, "--why", "top"]) == 0
    out = capsys.readouterr().out
    assert "✗ b:wrong: false as printed but repaired" in out
    assert "the printed argument breaks at b:wrong" in out
    assert main(["audit", folder]) == 0
    out = capsys.readouterr().out
    assert "1 claim decided: 1 certified" in out
    assert "and 1 of other audits: 1 false as printed but repaired" in out


def test_ledgers_that_use_each_other_are_read_once(tmp_path: Path) -> None:
    a_head, b_head = (HEAD + f'[uses]\n{name} = "../{name}"\n' for name in "ba")
    write(tmp_path / "b", claim("middle", TRUE + 'rests_on = ["a:low"]\n'), head=b_head)
    paper = load_ledger(
        write(
            tmp_path / "a",
            claim("top", TRUE + 'rests_on = ["b:middle"]\n'),
            claim("low"),
            head=a_head,
        )
    )
    assert paper.ids == ("low", "b:middle", "top") or set(paper.ids) == {"low", "b:middle", "top"}
    (middle,) = paper.find_claims(["b:middle"])
    assert middle.rests_on == ("low",)


def test_a_circle_across_ledgers_is_refused(tmp_path: Path) -> None:
    a_head, b_head = (HEAD + f'[uses]\n{name} = "../{name}"\n' for name in "ba")
    write(tmp_path / "b", claim("two", TRUE + 'rests_on = ["a:one"]\n'), head=b_head)
    with pytest.raises(ValueError, match="claim one: the argument is circular"):
        load_ledger(
            write(tmp_path / "a", claim("one", TRUE + 'rests_on = ["b:two"]\n'), head=a_head)
        )


@pytest.mark.parametrize(
    ("uses", "told"),
    [
        ('b = "../none"', "is no audit"),
        ("b = 1", "in lower case"),
    ],
)
def test_another_audit_that_is_not_there(tmp_path: Path, uses: str, told: str) -> None:
    head = HEAD + f"[uses]\n{uses}\n"
    with pytest.raises(ValueError, match=told):
        load_ledger(write(tmp_path, claim("top", TRUE + 'rests_on = ["b:x"]\n'), head=head))


# Differences


def test_what_a_new_version_changes(tmp_path: Path, capsys: Capture) -> None:
    old = write(tmp_path / "old", RIGHT, claim("gone"), claim("kept"))
    new = write(tmp_path / "new", RIGHT.replace("0.33", "0.34"), WRONG, claim("kept"))
    assert main(["audit", "--diff", str(old), str(new)]) == 1
    out = capsys.readouterr().out
    assert "added: wrong: false as printed but repaired" in out
    assert "removed: gone" in out
    assert "changed: right\n  printed: 0.33 -> 0.34\n  verdict: certified -> false" in out
    assert "1 added, 1 removed, 1 changed (1 with another verdict), 1 the same" in out
    assert main(["audit", "--diff", str(old), str(old)]) == 0


def test_what_a_definition_changes_and_what_says_nothing_of_truth(
    tmp_path: Path, capsys: Capture
) -> None:
    text = claim("a", 'statement = "c0 > 0"\nnote = "one"\n')
    old = write(tmp_path / "old", text, head=HEAD + '[define]\nc0 = "1"\n')
    new = write(tmp_path / "new", text, head=HEAD + '[define]\nc0 = "-1"\n')
    assert main(["audit", "--diff", str(old), str(new)]) == 1
    assert "(1) > 0 -> (-1) > 0" in capsys.readouterr().out
    noted = write(
        tmp_path / "noted", text.replace("one", "two"), head=HEAD + '[define]\nc0 = "1"\n'
    )
    assert main(["audit", "--diff", str(old), str(noted)]) == 1
    out = capsys.readouterr().out
    assert "note: one -> two" in out
    assert "verdict" not in out.replace("another verdict", "")


# Numbers in LaTeX


PAPER = r"""\newcommand{\certified}[2]{#2} % \certified{none}{1}
50\% of \certified{right}{0.33} and \certified {square} {2},
\certified{root}{1.41}.
"""
SQUARE = claim("square", 'statement = "x^2 - 2*x + 1 >= 0"\nfor = "x real"\n')
ROOT = claim("root", 'equation = "x^2 = 2"\nfor = "x > 0"\nprinted = "1.4142"\n', "root")


def test_a_wrong_number_of_a_paper_is_told(tmp_path: Path, capsys: Capture) -> None:
    (tmp_path / "p.tex").write_text(r"$\certified{right}{0.333}$ and \certified{right}{0.34}.")
    words = ["audit", str(write(tmp_path, RIGHT)), "--tex", str(tmp_path / "p.tex")]
    assert main(words) == 1
    out = capsys.readouterr().out
    assert r"line 1: \certified{right}{0.333}: right" in out
    assert r"\certified{right}{0.34}: wrong: 0.33, not 0.34" in out


@pytest.mark.heavy
def test_numbers_of_a_paper_are_proved_anew(tmp_path: Path, capsys: Capture) -> None:
    folder, file = str(write(tmp_path, RIGHT, SQUARE, ROOT)), tmp_path / "p.tex"
    file.write_text(PAPER)
    assert main(["audit", folder, "--tex", str(file)]) == 0
    out = capsys.readouterr().out
    assert r"line 2: \certified{right}{0.33}: right" in out
    assert "3 numbers: 3 right" in out
    for old, new, told in (
        ("0.33", "0.34", "wrong: 0.33, not 0.34"),
        ("{2}", "{3}", "has no number 3"),
        ("1.41}", "1.42}", "wrong: 1.41, not 1.42"),
    ):
        file.write_text(PAPER.replace(old, new))
        assert main(["audit", folder, "--tex", str(file)]) == 1
        assert told in capsys.readouterr().out


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (r"\certified{none}{1}", "line 1: no claim is called 'none'"),
        (r"\certified{right}", "line 1: write \\certified{id}{number}"),
        (r"\certified{right}{one}", "is no decimal"),
        (r"no number", "has no \\certified"),
        (r"\certified{plain}{1}", "is of kind words"),
    ],
)
def test_what_is_no_use_of_the_macro(tmp_path: Path, capsys: Capture, text: str, told: str) -> None:
    plain = claim("plain", 'argument = "It is plain."\n', "words")
    (tmp_path / "p.tex").write_text(text)
    assert (
        main(["audit", str(write(tmp_path, RIGHT, plain)), "--tex", str(tmp_path / "p.tex")]) == 2
    )
    assert told in capsys.readouterr().err


def test_the_macro_is_written(tmp_path: Path) -> None:
    assert main(["audit", "--latex", str(tmp_path / "tex")]) == 0
    text = (tmp_path / "tex" / "certified.sty").read_text()
    assert r"\newcommand{\certified}[2]" in text


@pytest.mark.heavy
@pytest.mark.skipif(shutil.which("pdflatex") is None, reason="there is no LaTeX")
def test_a_paper_with_the_macro_is_typeset(tmp_path: Path) -> None:
    assert main(["audit", "--latex", str(tmp_path)]) == 0
    (tmp_path / "note.tex").write_text(
        r"\documentclass{article}\usepackage{certified}\begin{document}"
        r"It is \certified{third}{0.3333} in text and $\certified{third}{0.3333}$.\end{document}"
    )
    words = ["pdflatex", "-interaction=nonstopmode", "-halt-on-error", "note.tex"]
    subprocess.run(words, cwd=tmp_path, check=True, stdout=subprocess.DEVNULL)
    assert (tmp_path / "note.pdf").read_bytes().startswith(b"%PDF")


# The ledger to begin with, and words that do not go together


@pytest.mark.heavy
def test_the_ledger_to_begin_with_is_certified(tmp_path: Path, capsys: Capture) -> None:
    assert main(["audit", "--new", str(tmp_path / "mine")]) == 0
    assert main(["audit", str(tmp_path / "mine")]) == 0
    out = capsys.readouterr().out
    assert "12 certified, 1 not machine-checkable" in out
    assert main(["audit", str(tmp_path / "mine"), "--seeded"]) == 0


def test_a_ledger_is_never_written_over(tmp_path: Path, capsys: Capture) -> None:
    assert main(["audit", "--new", str(write(tmp_path, RIGHT))]) == 2
    assert "is there already" in capsys.readouterr().err


@pytest.mark.parametrize(
    "words",
    [
        ["audit"],
        ["audit", "x", "--new", "y"],
        ["audit", "--diff", "a", "b", "--seeded"],
        ["audit", "--new", "a", "--record"],
        ["audit", "a", "--tex", "p.tex", "--seeded"],
        ["audit", "a", "one", "--tex", "p.tex"],
        ["audit", "nowhere"],
        ["audit", "--new", ""],
        ["audit", "a\0b"],
    ],
)
def test_words_that_do_not_go_together(words: list[str], capsys: Capture) -> None:
    assert main(words) == 2
    assert capsys.readouterr().err
