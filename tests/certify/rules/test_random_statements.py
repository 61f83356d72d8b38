"""Random statements, true and false, whose truth is known by construction; and what tells them."""

import random
from collections import Counter
from dataclasses import replace

import pytest
from marks import all_heavy_but

from bounds import decide
from bounds.certify.checker.verdict import Verdict
from campaigns import statements
from campaigns.facts import FAMILIES, Fact, Range, draw_fact, put, span
from campaigns.statements import Known, edited_proof, false_statement, judged, trial, true_statement
from campaigns.values import Unclear, Undefined, compare, holds, value

QUICK, LONG = 6, 80
"""Trials, each of two statements and a dozen forgeries."""


def _run(seed: str, seconds: float, trials: int) -> Counter[str]:
    counts: Counter[str] = Counter()
    for i in range(trials):
        found, failures = trial(random.Random(f"{seed}-{i}"), seconds)
        assert failures == [], f"seed {seed}, trial {i}"
        counts += found
    return counts


@pytest.mark.heavy
@pytest.mark.parametrize("seed", all_heavy_but({1}, range(4)))
def test_nothing_false_is_proved_and_nothing_true_refuted(seed: int) -> None:
    counts = _run(f"quick-{seed}", statements.SECONDS, QUICK)
    assert counts["true: proved"] > 0
    assert counts["false: refuted"] > 0
    assert counts["forgeries"] > 0


@pytest.mark.heavy
def test_more_of_them_with_less_time() -> None:
    counts = _run("long", 0.3, LONG)
    assert counts["true: proved"] > LONG // 4


@pytest.mark.campaign
@pytest.mark.parametrize("part", range(4))
def test_others_at_every_run(part: int) -> None:
    seed = f"{random.SystemRandom().randrange(10**9)}-{part}"
    counts = _run(seed, 0.3, LONG)
    assert counts["true: proved"] > LONG // 4


@pytest.mark.heavy
def test_every_family_and_every_way_of_making_it_false_is_drawn() -> None:
    rng = random.Random(5)
    families: set[str] = set()
    truths: Counter[str] = Counter()
    for _ in range(150):
        fact = draw_fact(rng)
        families.add(fact.origin[0])
        found = false_statement(rng, true_statement(rng, fact))
        if found is not None:
            truths[found.how.split(" is ")[0].split(" of ")[0]] += 1
    assert len(families) > len(FAMILIES)
    assert {"a margin", "strict", "a larger domain", "the other relation", "an undefined term"} <= (
        truths.keys()
    )


# A failure is noticed

FALSE = Known(
    "x^2", "<", "x", Fact("x^2", "x", True, {"x": span("(0, inf)")}), "false", "", {"x": "2"}
)
TRUE = Known("x", "<=", "exp(x)", Fact("x", "exp(x)", True, {"x": span("R")}), "true", "")


def test_a_proof_of_what_is_false_is_noticed() -> None:
    proved = decide("x < x + 1", "x > 0")
    assert judged(FALSE, proved) == "proved, though it is false"
    assert judged(replace(FALSE, truth="undefined"), proved) == "proved, though it is undefined"
    assert judged(TRUE, proved) is None


def test_a_refutation_of_what_is_true_is_noticed() -> None:
    refuted = decide("x^2 < x", "x > 0")
    assert judged(TRUE, refuted) == "refuted, though it is true"
    assert judged(FALSE, refuted) is None


@pytest.mark.parametrize(
    ("place", "wrong"),
    [("1/2", "it holds at the witness x = 1/2"), ("-1", "the witness x = -1 is not in the domain")],
)
def test_a_witness_that_is_none_is_noticed(place: str, wrong: str) -> None:
    refuted = decide("x^2 < x", "x > 0")
    other = decide(f"x > {place}", f"x in [{place}, 5]")
    assert other.witness is not None
    assert judged(FALSE, replace(refuted, witness=other.witness)) == wrong


def test_a_value_where_it_is_called_undefined_is_noticed() -> None:
    undefined = decide("1/(x - 2) > 0", "x > 0")
    assert undefined.outcome == "undefined"
    assert judged(FALSE, undefined) == "the witness x = 2 has a value"


@pytest.mark.heavy
def test_a_checker_that_believes_everything_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        statements, "check_proof", lambda *_, **__: Verdict("accepted", "", None, 0.0)
    )
    found: list[str] = []
    for i in range(4):
        found += trial(random.Random(i))[1]
    assert any("a forged proof is accepted" in failure for failure in found)


# Values and ranges


def test_values_are_exact_where_they_can_be() -> None:
    assert str(value("-x^2 + 1/3 - 2^-1", {"x": "1/2"})) == "-5/12"
    assert holds("x*x^-1", "=", "1", {"x": "7/3"})


@pytest.mark.parametrize(
    ("text", "at"),
    [("1/(x - 2)", "2"), ("log(x)", "0"), ("x^(1/2)", "-1"), ("x^x", "-2"), ("asin(x)", "2"),
     ("0*log(x)", "-1"), ("gamma(x)", "-1/2"), ("quantile(x)", "1"), ("x^-1", "0")],
)  # fmt: skip
def test_what_is_undefined_is_told(text: str, at: str) -> None:
    with pytest.raises(Undefined):
        value(text, {"x": at})


def test_lost_digits_are_no_value() -> None:
    assert compare("erfc(x)", "1 - erf(x)", {"x": "30"}) == 0
    assert compare("0", "exp(x) - 1 - x", {"x": "10^-9"}) == 1
    with pytest.raises(Unclear):
        compare("cosh(x)^2 - sinh(x)^2", "2", {"x": "1000"})
    with pytest.raises(Unclear):
        value("log(1 - tanh(x))", {"x": "1000"})


def test_a_range_has_its_closed_ends_only() -> None:
    assert span("[0, 1)").has("0")
    assert not span("[0, 1)").has("1")
    assert not span("(0, inf)").has("0")
    assert not Range("1", None, integer=True).has("3/2")


def test_an_expression_takes_the_place_of_a_name_and_of_no_function() -> None:
    assert put("t*tan(t) + e", t="x + 1") == "(x + 1)*tan((x + 1)) + e"


def test_a_forgery_changes_the_numbers_as_the_statement_does() -> None:
    proof = {"rule": "step", "of": "x^2 + 12*x", "cuts": [{"in": ["2", "3"]}]}
    assert edited_proof(proof, [("12", "13")]) == {**proof, "of": "x^2 + 13*x"}
