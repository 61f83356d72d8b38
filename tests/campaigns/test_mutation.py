"""Mutants: what is altered, what is left alone, and that a trial tells them apart."""

import ast
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from bounds.certify.errors import InputError
from bounds.certify.numbers import precision
from bounds.certify.numbers.precision import read_digits
from bounds.critical.large_delta import shape
from campaigns import mutants as campaign
from campaigns.forks import Told, trials
from campaigns.mutation import Mutant, mutants

SOURCE = '''\
"""1.5 in a docstring stays."""
def f(x: "1.5", most=9) -> int:
    """2"""
    if x < 3 and -x <= y(x, 2):
        raise E(f"{x + 1}")
    return max(x, 1) + x * "8.1e-6"
C = Claim(seeded=(g(1, 2),))
'''


def test_the_mutants_of_a_source() -> None:
    found = list(mutants("f.py", SOURCE))
    changes = {mutant.change.split(" -> ", 1)[1] for mutant in found if mutant.line == 4}
    assert changes == {
        "nothing", "x < 3", "-x <= y(x, 2)",  # the whole statement, and each operand
        "x < 3 or -x <= y(x, 2)", "x <= 3", "x > 3", "x < 4", "x < 2", "-x < y(x, 2)",
        "-x >= y(x, 2)", "x", "y(2, x)", "y(x, 3)", "y(x, 1)",
    }  # fmt: skip
    changes = {mutant.change.split(" -> ", 1)[1] for mutant in found if mutant.line == 6}
    assert changes == {
        "max(x, 1) - x * '8.1e-6'", "min(x, 1)", "max(x, 2)", "max(x, 0)", "x / '8.1e-6'",
        "x * '8.2e-6'", "x * '8.0e-6'",
    }  # fmt: skip
    assert {mutant.line for mutant in found} == {2, 4, 6}
    honest = ast.unparse(ast.parse(SOURCE))
    for mutant in found:
        if mutant.change.endswith("-> nothing"):
            continue
        altered = ast.unparse(ast.parse(mutant.source()))
        lines = zip(honest.splitlines(), altered.splitlines(), strict=True)
        assert sum(old != new for old, new in lines) == 1


def test_the_draw_depends_on_the_seed() -> None:
    places = ["bounds/functions"]
    assert campaign.draw(places, 5, 1) == campaign.draw(places, 5, 1)
    assert campaign.draw(places, 5, 1) != campaign.draw(places, 5, 2)


def test_what_is_run_for_a_file() -> None:
    assert campaign.trial_of("proofs_check/claims/s3_results/eps_cr_2.py") == ([], ["eps-cr-2"])
    tests, claims = campaign.trial_of("bounds/functions/loss.py")
    assert (tests, claims) == (["tests/functions/test_loss.py", "tests/functions"], [])
    tests, claims = campaign.trial_of("proofs_check/claims/s3_results/critical_value.py")
    assert tests == ["tests/proofs_check/claims/test_critical_value_claims.py"]
    assert {"eps-cr-2", "eps-cr-3", "eps-cr-4"} <= set(claims)


@pytest.mark.heavy
def test_a_trial_tells_an_error_from_none(tmp_path: Path) -> None:
    trees = campaign.Trees(tmp_path, 1)
    claim, helper = "proofs_check/claims/s3_results/eps_cr_2.py", "proofs_check/audit/rounding.py"

    def outcome(file: str, old: str, new: str, seconds: float = 60) -> str:
        source = (campaign.ROOT / file).read_text("utf-8")
        assert old in source
        return trees.judge(file, source.replace(old, new), seconds)

    assert outcome(claim, "8.1e-6", "8.1e-6") == "survived"
    assert outcome(claim, "8.1e-6", "4.0e-3") == "killed"
    assert outcome(claim, "8.1e-6", "8.1e-6", 0.01) == "timed out"
    assert outcome(helper, "return", "return 1 +") == "killed"
    assert (tmp_path / "0" / claim).read_text("utf-8") == (campaign.ROOT / claim).read_text("utf-8")


BALLS = """\
def f(x, low):
    total = x.lower().max(low)
    total += x.abs_lower()
    if 0 < total < 1:
        raise E
    note(total.union(x))
    return total
"""


def test_the_mutants_of_balls_and_of_statements() -> None:
    found = [m for m in mutants("f.py", BALLS) if m.line > 1]
    assert {m.within for m in found} == {"f"}
    changes = {m.change for m in found}
    assert changes >= {
        "x.lower().max(low) -> x.lower().min(low)",
        "x.lower().max(low) -> x.lower()",
        "x.lower() -> x.upper()",
        "x.lower() -> x",
        "x.abs_lower() -> x.abs_upper()",
        "x.abs_lower() -> abs(x.lower())",
        "total += x.abs_lower() -> nothing",
        "0 < total < 1 -> 0 < total",
        "0 < total < 1 -> total < 1",
        "if 0 < total < 1: raise E -> nothing",
        "note(total.union(x)) -> nothing",
        "total.union(x) -> total",
    }
    assert "raise E -> nothing" not in changes  # the same as the whole `if`
    honest = ast.unparse(ast.parse(BALLS)) + "\n"
    assert all(m.source() != honest for m in found)
    assert ast.unparse(found[0].parts[0]) + "\n" == honest  # put back after each


def test_judged_mutants_have_a_kind_and_a_reason() -> None:
    for entry in campaign.judged():
        assert (campaign.ROOT / entry["file"]).is_file()
        assert entry["kind"] in campaign.KINDS
        assert len(entry["reason"]) > 10
        assert {"change", "within"} & entry.keys()


@pytest.mark.heavy
def test_a_campaign_counts_and_ends(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    journal = tmp_path / "j"
    words = ["bounds/functions", "--most", "4", "--journal", str(journal)]

    def outcomes(*names: str) -> Any:
        def trials(todo: list[Mutant], tests: list[str], most: float) -> Iterator[Told]:
            assert tests == ["tests/functions"]
            assert most > 1e9
            assert len(todo) == len(names)
            return (Told(number, name, "", ("t",)) for number, name in enumerate(names))

        return trials

    monkeypatch.setattr(campaign.Trees, "__init__", lambda *_: None)
    alone = iter(["survived", "killed"])  # the unchanged file, and the one mutant
    monkeypatch.setattr(campaign.Trees, "judge", lambda *_, **__: next(alone))
    monkeypatch.setattr(campaign, "trials", outcomes("killed", "survived", "timed out", "import"))
    assert campaign.main(words) == 1
    told = capsys.readouterr().out
    assert "in all: 4 mutants: 2 killed, 1 timed out, 1 survived, of which 0 are judged" in told
    assert len(told.splitlines()) > 2
    monkeypatch.setattr(campaign, "trials", lambda *_: pytest.fail("tried anew"))
    journal.write_text(journal.read_text("utf-8") + '{"key": "cut sh', "utf-8")
    assert campaign.main(words) == 1  # all from the journal
    assert "in all: 4 mutants: 2 killed" in capsys.readouterr().out
    monkeypatch.setattr(campaign, "trials", outcomes("survived", "survived"))
    assert campaign.main([*words, "--again"]) == 1  # those that were not killed
    assert "in all: 4 mutants: 2 killed, 0 timed out, 2 survived" in capsys.readouterr().out
    monkeypatch.setattr(campaign, "is_judged", lambda _: True)
    assert campaign.main(words) == 0
    assert "2 survived, of which 2 are judged" in capsys.readouterr().out
    monkeypatch.setattr(campaign, "is_judged", lambda _: False)
    monkeypatch.setattr(campaign, "trials", outcomes("import", "import", "import", "import"))
    monkeypatch.setattr(campaign.Trees, "judge", lambda *_, **__: "killed")
    with pytest.raises(InputError, match="do not pass"):
        campaign.main([*words[:-1], str(tmp_path / "k")])


LOOP = "tests/campaigns/test_mutation.py::test_these_digits"
"""What the next test has its mutants tried against; it is a test like any other."""


def test_these_digits() -> None:
    assert read_digits(5) == 5
    assert precision.MOST_DIGITS < 2_000_000


@pytest.mark.heavy
def test_trials_in_forks() -> None:
    file = "bounds/certify/numbers/precision.py"
    every = list(mutants(file, (campaign.ROOT / file).read_text("utf-8")))
    chosen = [m for m in every if m.within == "read_digits" or m.change.startswith("MOST_DIGITS")]
    found = {chosen[told.number].change: told for told in trials(chosen, [LOOP], 9)}
    assert len(found) == len(chosen)
    assert found["1 <= digits <= MOST_DIGITS -> 1 >= digits <= MOST_DIGITS"].by == LOOP
    assert found["1 <= digits <= MOST_DIGITS -> 2 <= digits <= MOST_DIGITS"].outcome == "survived"
    assert found["MOST_DIGITS = 1000000 -> MOST_DIGITS = 1000001"].outcome == "survived"
    assert all(told.tests == (LOOP,) for told in found.values())
    assert precision.read_digits(5) == 5  # nothing is altered here
    elsewhere = [m for m in every if m.within == "bits_for"][:1]
    assert [(t.outcome, t.tests) for t in trials(elsewhere, [LOOP], 9)] == [("survived", ())]
    failing = "tests/campaigns/test_mutation.py::test_that_is_not_there"
    with pytest.raises(InputError, match="do not pass"):
        list(trials(chosen, [failing], 9))


OWN = "tests/campaigns/test_mutation.py::test_a_constant_of_the_same_name"


def test_a_constant_of_the_same_name() -> None:
    assert shape.LEAST_START == 4
    assert shape._BITS == 96


@pytest.mark.heavy
def test_a_constant_is_altered_where_it_stands_and_where_it_is_imported() -> None:
    """Small numbers are one object, so that being the same object does not tell."""

    def outcomes(file: str, start: str) -> set[str]:
        every = mutants(file, (campaign.ROOT / file).read_text("utf-8"))
        chosen = [m for m in every if m.change.startswith(start)]
        assert chosen
        return {told.outcome for told in trials(chosen, [OWN], 9)}

    folder = "bounds/critical/large_delta"
    assert outcomes(f"{folder}/certificates.py", "_BITS = 96") == {"survived"}
    assert outcomes(f"{folder}/shape.py", "_BITS = 96") == {"killed"}
    assert outcomes(f"{folder}/expansion.py", "LEAST_START = 4") == {"killed"}


def test_without_a_number_every_mutant_is_drawn() -> None:
    every = campaign.draw(["bounds/lower/limit.py"], None, 1)
    assert len(every) > 50
    assert every == list(
        mutants(
            "bounds/lower/limit.py", (campaign.ROOT / "bounds/lower/limit.py").read_text("utf-8")
        )
    )
    assert set(campaign.draw(["bounds/lower/limit.py"], 5, 2)) <= set(every)
    assert all(campaign.files_of([place]) for place in campaign.RIGOROUS)


def test_the_mutants_of_what_changed(monkeypatch: pytest.MonkeyPatch) -> None:
    file = "bounds/lower/limit.py"
    every = campaign.draw([file], None, 1)
    line = every[9].line
    told = f"--- {file}\n+++ {file}\n@@ -3 +{line} @@\n-a\n+b\n@@ -9,2 +{10**6},0 @@\n-a\n-b\n"
    ran = subprocess.CompletedProcess([], 0, told, "")
    monkeypatch.setattr(campaign.subprocess, "run", lambda *_, **__: ran)
    assert campaign.changed_since("HEAD") == {file: {line}}
    assert campaign.changed("HEAD") == [m for m in every if m.line == line]
    ran.returncode = 128
    with pytest.raises(InputError, match="no commit nowhere"):
        campaign.changed("nowhere")
