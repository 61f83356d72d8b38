"""The problems of the benchmark are what they say: read by both readers, true where labelled true.

Sampling proves nothing, but a label that is wrong would make every table wrong: no `true` problem
has a sampled violation, no `equal` one a sampled difference, and each `false` or `undefined` one
has a witness stored with it, at which it fails or has no value.
"""

from __future__ import annotations

import sys
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest
from marks import campaign_but
from mpmath import mp

from benchmarks.decide import reader, table
from benchmarks.decide.evaluation import Undefined, value
from benchmarks.decide.problems import Problem, load
from benchmarks.decide.run import Worker, run
from benchmarks.decide.sampling import points, violation, witnessed
from benchmarks.decide.solvers.translate import (
    Algebra,
    InexpressibleError,
    conditions,
    exact,
    lowered,
    sides,
)
from bounds.certify.language.statement import Statement

ROOT = Path(__file__).parents[1]
PROBLEMS = load()
COSTLY = ("integral", "gammap", "gammaq", "betai", "bessel", "hyp1", "hyp2", "zeta", "polygamma",
          "quantile", "Phi(x + s)")  # fmt: skip
KINDS = sorted({p.kind for p in PROBLEMS})
MINE = Problem("mine", "calculus", "x < 1", "x in [0, 1)", "true", "a test")


def of(kind: str, *truths: str) -> list[Problem]:
    return [p for p in PROBLEMS if p.kind == kind and p.truth in truths]


def test_there_are_enough_of_each_kind() -> None:
    assert len(PROBLEMS) >= 320
    assert all(count == 1 for count in Counter(p.id for p in PROBLEMS).values())
    assert all(p.source and p.claim for p in PROBLEMS)
    truths = Counter(p.truth for p in PROBLEMS)
    assert set(truths) == {"true", "false", "equal", "undefined"}
    assert truths["false"] >= 80


@pytest.mark.parametrize("kind", KINDS)
def test_our_reader_reads_them(kind: str) -> None:
    for p in of(kind, "true", "false", "equal", "undefined"):
        mine, ours = p.region(), Statement.read(p.claim, p.domain or None)
        assert set(mine.ranges) == set(ours.domain.ranges), p.id
        assert len(p.comparisons()) == len(ours.comparisons), p.id


@pytest.mark.heavy
@pytest.mark.parametrize("kind", KINDS)
def test_no_sample_contradicts_a_true_claim(kind: str) -> None:
    """One in fifteen; the others, and functions that take long, are left to the dense test."""
    with mp.workdps(30):
        for p in of(kind, "true", "equal")[::15]:
            if not any(word in p.claim for word in COSTLY):
                assert violation(p, 3) is None, p.id


@pytest.mark.heavy
@pytest.mark.parametrize(
    "kind", campaign_but({*KINDS} - {"special functions", "integrals and sums"}, KINDS)
)
def test_no_dense_sample_contradicts_a_true_claim(kind: str) -> None:
    with mp.workdps(30):
        for p in of(kind, "true", "equal"):
            count = 3 if any(word in p.claim for word in COSTLY) else 10
            assert violation(p, count, seed=2) is None, p.id


@pytest.mark.campaign
@pytest.mark.parametrize("kind", KINDS)
def test_no_denser_sample_contradicts_a_true_claim(kind: str) -> None:
    with mp.workdps(30):
        for p in of(kind, "true", "equal"):
            count = 10 if any(word in p.claim for word in COSTLY) else 40
            assert violation(p, count, seed=3) is None, p.id


@pytest.mark.parametrize("kind", KINDS)
def test_each_false_claim_has_a_witness(kind: str) -> None:
    for p in of(kind, "false", "undefined"):
        assert witnessed(p), p.id


@pytest.mark.parametrize(
    "problem",
    [
        replace(MINE, domain="x in [0, 1]"),
        replace(MINE, claim="x^2*((x - 7/10)^2 - 1/100) >= 0"),
        replace(MINE, claim="log(x) < 1"),
        replace(MINE, claim="x <= 1 - 10^-60", domain="x in [0, 1]"),
        replace(MINE, claim="exp(x) - 1 - x <= x^2/2", domain="x > 0"),
        replace(MINE, claim="n^2 < 2^n", domain="n integer, n >= 2"),
        replace(MINE, claim="x*y < 1/2", domain="x^2 + y^2 = 1", along={"t": "[0, 2*pi]"},
                place={"x": "cos(t)", "y": "sin(t)"}),
        replace(MINE, claim="t < x", domain="x in [0, 1], exists t in [0, 1]", choice={"t": "x"}),
        replace(MINE, claim="x + 10^-60 = x", truth="equal"),
    ],
)  # fmt: skip
def test_a_wrong_label_is_found(problem: Problem) -> None:
    with mp.workdps(30):
        assert violation(problem, 40) is not None


@pytest.mark.parametrize(
    "witness", [{"x": "1/2"}, {"x": "-1"}, {"x": "1 - 10^-70"}, {"x": "3/2"}], ids=str
)
def test_a_wrong_witness_is_found(witness: dict[str, str]) -> None:
    problem = replace(MINE, truth="false", claim="x < 1", domain="x in [0, 1]", witness=witness)
    assert not witnessed(problem)
    assert witnessed(replace(problem, witness={"x": "1"}))
    assert not witnessed(replace(problem, witness={"x": "1"}, domain="x in [0, 1)"))


def test_a_witness_satisfies_the_constraints_and_is_whole() -> None:
    problem = replace(MINE, truth="false", claim="x < 0", domain="x in [0, 1], x^2 >= 1/2")
    assert witnessed(replace(problem, witness={"x": "1"}))
    assert not witnessed(replace(problem, witness={"x": "1/2"}))
    whole = replace(problem, domain="x integer, x >= 0")
    assert not witnessed(replace(whole, witness={"x": "1/2"}))


def test_a_place_without_a_value_is_no_failure() -> None:
    problem = replace(MINE, truth="false", claim="1/x < 0", domain="x in [0, 1]")
    assert not witnessed(replace(problem, witness={"x": "0"}))
    assert witnessed(replace(problem, witness={"x": "0"}, truth="undefined"))
    assert not witnessed(replace(problem, witness={"x": "1"}, truth="undefined"))


def test_samples_stay_in_the_domain() -> None:
    problem = replace(MINE, domain="x in (0, 1], y > x, y < 2")
    with mp.workdps(30):
        found = [place() for place in points(problem)]
    assert len(found) > 50
    assert all(0 < p["x"] <= 1 and p["x"] < p["y"] < 2 for p in found)


@pytest.mark.parametrize("text", ["x +", "2 x < 1", "(x < 1", "x", "x < 1)", "x ? 1", "< 1"])
def test_text_outside_the_grammar_is_refused(text: str) -> None:
    with pytest.raises(reader.ReadError):
        reader.claim(text)


def test_the_reader_knows_the_order_of_signs() -> None:
    with mp.workdps(30):
        assert value(reader.expression("-2^2 + 2^-1*4 - 2^3^0"), {}) == -4
        assert value(reader.expression("7 - 2 - 1/2/2"), {}) == mp.mpf("4.75")
        for text in ("1/(1 - 1)", "log(-1)", "(-1)^(1/2)", "0^-1", "gamma(0)", "asin(2)"):
            with pytest.raises(Undefined):
                value(reader.expression(text), {})


def test_rivals_get_functions_written_with_theirs() -> None:
    shown = Algebra(
        number=str, variable=str, power=lambda a, b, _: f"({a}^{b})",
        functions={"exp": lambda a: f"exp({a})"}, add=lambda a, b: f"({a} + {b})",
        subtract=lambda a, b: f"({a} - {b})", multiply=lambda a, b: f"{a}*{b}",
        divide=lambda a, b: f"({a}/{b})", negative=lambda a: f"-{a}",
    )  # fmt: skip
    assert shown.build(reader.expression("cosh(x)")) == "((exp(x) + exp(-x))/2)"
    assert shown.build(reader.expression("sum(x^k, k, 1, 2)")) == "((x^1) + (x^2))"
    assert shown.build(reader.expression("e^x")) == "exp(x)"
    with pytest.raises(InexpressibleError):
        shown.build(reader.expression("sin(x)"))
    assert exact(lowered(reader.expression("binomial(6, 3)"), ())) == 20
    with mp.workdps(30):
        for text in (
            "Phi(x)",
            "mills(x)",
            "tanh(x)",
            "asinh(x)",
            "max(x, 2)",
            "acos(x/2)",
            "tan(x)",
        ):
            node = reader.expression(text)
            written = lowered(node, ("exp", "log", "sqrt", "sin", "cos", "atan", "erf", "abs"))
            at = {"x": mp.mpf("0.7")}
            assert abs(value(node, at) - value(written, at)) < mp.mpf(10) ** -25, text


def test_conditions_are_where_a_value_may_be_missing() -> None:
    found = conditions(reader.expression("log(x) + sqrt(y)/z + x^(1/2) + 1/3 + w^-2"))
    assert {(str(node.value), sign) for node, sign in found} == {
        ("x", ">"), ("y", ">="), ("z", "!="), ("x", ">="), ("w", "!="),
    }  # fmt: skip


def test_an_end_that_no_float_is_lies_between_two() -> None:
    low, high = sides(replace(MINE, domain="x in [1/3, pi)"))["x"]
    assert low.below < 1 / 3 + 1e-17 < low.above
    assert not low.open
    assert high.open
    assert high.below < high.above


def test_answers_are_judged() -> None:
    true, false = MINE, replace(MINE, truth="false")
    assert true.answers() == ("proved",)
    assert true.is_wrong("refuted")
    assert false.is_wrong("proved")
    for outcome in ("undecided", "inexpressible", "out of time", "crashed"):
        assert not true.is_wrong(outcome)
    same = replace(MINE, truth="equal", claim="x <= x")
    assert not same.is_wrong("proved")
    assert replace(same, claim="x < x").is_wrong("proved")
    assert not replace(same, claim="x < x").is_wrong("refuted")
    assert replace(MINE, truth="undefined").is_wrong("proved")


_STUB = """
import json, sys, time
print(json.dumps({"version": "1", "proof": "", "settings": "", "start": 0.5}), flush=True)
for line in sys.stdin:
    task = json.loads(line)
    if task["problem"]["id"] == "slow":
        time.sleep(60)
    if task["problem"]["id"] == "gone":
        sys.exit(1)
    print(json.dumps({"outcome": "proved", "replayable": True, "seconds": 0.1}), flush=True)
"""


@pytest.mark.heavy
def test_a_solver_that_is_late_or_gone_is_started_again() -> None:
    worker = Worker([sys.executable, "-c", _STUB])
    try:
        assert worker.hello["version"] == "1"
        assert worker.ask(MINE, 5)["outcome"] == "proved"
        assert worker.ask(replace(MINE, id="slow"), 0.1)["outcome"] == "out of time"
        assert worker.ask(replace(MINE, id="gone"), 5)["outcome"] == "crashed"
        assert worker.ask(MINE, 5)["outcome"] == "proved"
    finally:
        worker.end()


def test_a_run_is_continued_and_what_is_absent_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    kept = {"bounds": {"answers": {"mine": {"outcome": "proved", "seconds": 1, "limit": 60}}}}
    found = run(["bounds", "nobody"], [MINE], 5, sys.executable, kept, lambda _: None, told=False)
    assert found["bounds"]["answers"]["mine"]["seconds"] == 1
    assert found["bounds"]["version"]
    assert "absent" in found["nobody"]
    assert "nobody: left out" in capsys.readouterr().err


def test_the_tables_count_what_is_solved() -> None:
    answers = {
        "a": {"outcome": "proved", "seconds": 0.5, "replayable": True},
        "b": {"outcome": "proved", "seconds": 12.0, "replayable": False},
        "c": {"outcome": "inexpressible", "seconds": 0.0, "replayable": False},
    }
    problems = [replace(MINE, id="a"), replace(MINE, id="b", truth="false"), replace(MINE, id="c")]
    results = {"bounds": {"version": "1", "start": 1.0, "answers": answers}}
    found = table.counts("bounds", problems, results)
    assert (found["asked"], found["expressible"], found["solved"]) == (3, 2, 1)
    assert found["wrong"] == ["b"]
    text = table.page(problems, results)
    assert "| a | `x < 1` | `x in [0, 1)` | true | 0.50 s |" in text
    assert "**wrong: proved**" in text
    assert "- bounds: b (proved, but false)" in text


@pytest.mark.heavy
def test_the_page_is_written_from_the_stored_results() -> None:
    page = (ROOT / "docs" / "decide-benchmark.md").read_text(encoding="utf-8")
    assert page == table.page(PROBLEMS, table.stored())
