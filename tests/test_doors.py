"""One question, one answer: every part that tells what is proved of the best algorithm agrees.

On random k, c, D and m no part tells less than another proves, and none denies it. The bracket is
the one place; what is named by its method (a median, lists of possible means) is one of its sides.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

import bounds
from bounds.advice import advise
from bounds.bracket import mixture_bound, price
from bounds.certify.errors import BoundsError
from bounds.certify.numbers.enclosure import Enclosure
from bounds.cli import main
from bounds.estimation import PossibleMeans
from bounds.figures.explorer import Grid, tables
from bounds.figures.figure_1a import upper_height
from bounds.figures.simulation import _proved
from bounds.lower import lower_bound, median_risk, window_median_risk
from bounds.lower.envelope import price_envelope
from bounds.simulation import REFERENCES, Problem
from bounds.upper import upper_bound
from bounds.upper.sample_size import sample_size_bound

DIGITS = 6
CHOSEN = Fraction(1, 25)
"""What an attack out of a list may miss of the best one, as a share (found, not proved)."""

ROUNDED = Fraction(1, 10**5)
"""What rounding to so many digits may change, as a share."""


def low(value: Enclosure) -> Fraction:
    return value.low.fraction()


def high(value: Enclosure) -> Fraction:
    return value.high.fraction()


def uppers(k: int, c: Fraction, distance: Fraction, m: Fraction | None) -> Iterator[Enclosure]:
    """Every upper bound on K(m), or on its limit, that the library proves by some other name."""
    kappa = c / k
    if m is not None:
        yield sample_size_bound(k, c, distance, m, DIGITS).value
        if k == 1:
            yield from answers(lambda: median_risk(c, m, DIGITS).risk)
        if k == 1 or distance >= 100:
            yield from answers(lambda: window_median_risk(k, c, m, DIGITS).risk)
        yield from answers(lambda: upper_bound(distance / 9, kappa, "proved", DIGITS, k, m=m).value)
        return
    yield from answers(lambda: upper_bound(distance / 9, kappa, "proved", DIGITS).value)
    for apart in (Fraction(7, 2), Fraction(20)):
        yield from answers(
            lambda apart=apart: (
                upper_bound(distance / apart, kappa, "proved", DIGITS, separation=apart).value
            )
        )
    yield from answers(lambda: price(k, c, distance, DIGITS).high)
    found = mixture_bound([1] * k, kappa, digits=DIGITS, distance=distance).high
    assert found is not None
    yield found
    if k == 1:
        yield lower_bound(1, c, "sharp", DIGITS).ceiling
        yield price_envelope(c).high


def lowers(k: int, c: Fraction, distance: Fraction, m: Fraction | None) -> Iterator[Enclosure]:
    """Every lower bound that holds for means at least D apart."""
    for method in ("corrected", "sharp"):
        yield lower_bound(k, c, method, DIGITS, m).value
    if m is None:
        found = mixture_bound([1] * k, c / k, digits=DIGITS, distance=distance)
        assert found.blind is not None
        yield from (found.low, found.blind)
        yield from answers(lambda: price(k, c, distance, DIGITS).low)


def answers(ask: Any) -> Iterator[Enclosure]:
    """The answer, if there is one."""
    try:
        yield ask()
    except BoundsError:
        return


budgets = st.one_of(
    st.fractions(Fraction(1, 50), 1, max_denominator=50),
    st.sampled_from([Fraction(1, 20), Fraction(1, 2), Fraction(6, 10), Fraction(3)]),
)
clients = st.one_of(st.integers(2, 2000), st.sampled_from([1071, 10**5, 10**6 + 1, 10**9]))
distances = st.sampled_from([Fraction(n) for n in (1, 5, 6, 12, 18, 30, 100, 400)])


@pytest.mark.heavy
@settings(max_examples=15)
@example(1, Fraction(1, 20), Fraction(1000), 1071)
@example(2, Fraction(1, 20), Fraction(100), 410_000)
@given(st.integers(1, 12), budgets, distances, st.one_of(st.none(), clients))
def test_nobody_proves_more_than_the_bracket(
    k: int, c: Fraction, distance: Fraction, n: int | None
) -> None:
    if k == 1 and n is not None and n > 5000:
        n = 5001  # the median of many is enclosed in seconds
    m = None if n is None else n / (k + c)
    both = bounds.risk_bracket(k, c, distance, m, DIGITS)
    for value in uppers(k, c, distance, m):
        assert high(both.high.value) <= high(value) * (1 + ROUNDED)
        assert low(both.low.value) <= high(value)
    for value in lowers(k, c, distance, m):
        assert low(both.low.value) >= low(value) * (1 - ROUNDED)
        assert low(value) <= high(both.high.value)


@pytest.mark.heavy
@settings(max_examples=4)
@example(1, Fraction(1, 21), 1071, Fraction(1000))
@example(2, Fraction(1, 41), 410_000, Fraction(100))
@example(2, Fraction(3, 5), 1000, Fraction(20))
@given(
    st.integers(2, 8),
    st.fractions(0, Fraction(3, 5), max_denominator=20),
    st.integers(10, 10**6),
    st.sampled_from([Fraction(n) for n in (6, 18, 120)]),
)
def test_advice_neither_denies_nor_exceeds_the_bracket(
    k: int, share: Fraction, n: int, distance: Fraction
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("bounds.advice._SIZES", (1,))
        patch.setattr("bounds.advice._SHARES", (Fraction(1, 10),))
        told = advise(n, k, share, distance, reps=0)
    asked = told.situation
    both = bounds.risk_bracket(k, asked.c, distance, asked.m, 3)
    assert (told.floor, told.bracket.high) == (both.low.value, both.high)
    helps, text = high(both.high.value) < 1, str(told)
    assert (told.answer == "collaborate") is helps
    assert ("No method is proved" in text) is not helps
    in_the_limit = high(bounds.risk_bracket(k, asked.c, distance, None, 3).high.value) < 1
    assert (told.answer == "do not") is not (helps or in_the_limit or told.enough is not None)
    if told.enough is not None:
        scale = told.enough / (k + asked.c)
        assert high(bounds.risk_bracket(k, asked.c, distance, scale, 3).high.value) < 1


@pytest.mark.heavy
@settings(max_examples=15)
@given(st.integers(2, 8), budgets, st.integers(200, 3000), st.sampled_from([18, 120]))
def test_references_beside_a_simulation_are_the_brackets(
    k: int, c: Fraction, m: int, distance: int
) -> None:
    problem = Problem.read(k, c, m, 2, distance, for_algorithm=False)
    told = {reference.name: reference.value(problem) for reference in REFERENCES}
    scale = problem.clients / (k + c)
    for m_of, name in ((scale, "at this m"), (None, "as m grows")):
        both = bounds.risk_bracket(k, c, distance, m_of, 10)
        assert told[f"lower bound on every algorithm {name}, best"] == both.low.value
        assert told[f"upper bound {name}, of the best algorithm"] == both.high.value
    listed = told["upper bound at this m, of the estimator possible-means"]
    assert listed is None or high(listed) >= high(
        told["upper bound at this m, of the best algorithm"]
    )


@pytest.mark.heavy
@pytest.mark.parametrize(
    ("k", "c", "n"), [(2, Fraction(1, 5), 30_000), (1, Fraction(1, 10), 9_000)]
)
def test_the_estimators_bound_is_a_side_of_the_bracket(k: int, c: Fraction, n: int) -> None:
    draws = np.random.default_rng(5)
    reports = draws.standard_normal(n) + 48 * draws.integers(0, k, n)
    estimator = PossibleMeans(k, c, 48).fit(reports)
    both = bounds.risk_bracket(k, c, 48, n / (k + c), DIGITS)
    (listed,) = (side for side in both.upper if side.method == "possible means")
    assert estimator.guarantee_.value == listed.value
    assert high(both.high.value) <= high(estimator.guarantee_.value)


def test_the_commands_tell_the_brackets_numbers(capsys: pytest.CaptureFixture[str]) -> None:
    def told(*words: str) -> Any:
        assert main([*words, "--json"]) == 0
        return json.loads(capsys.readouterr().out)

    bracket = told("bracket", "2", "1/20", "100", "--m", "200000", "--digits", "6")
    upper = told("upper", "100/9", "1/40", "--k", "2", "--m", "200000", "--digits", "6")
    assert upper["least"]["method"] == bracket["high"]["method"] == "median in a window"
    assert Fraction(upper["least"]["value"][1]) <= Fraction(bracket["high"]["value"][1])
    assert Fraction(upper["bound"][1]) > Fraction(upper["least"]["value"][1])
    assert main(["upper", "100/9", "1/40", "--k", "2", "--m", "200000"]) == 0
    assert "less is proved by another method: 0.00316222" in capsys.readouterr().out
    lower = told("lower", "1", "1/20", "--m", "1020", "--method", "sharp", "--digits", "6")
    both = told("bracket", "1", "1/20", "--m", "1020", "--digits", "6")
    assert lower[0]["bound"] == both["low"]["value"]


@pytest.mark.heavy
@settings(max_examples=12)
@given(st.integers(1, 9), st.fractions(Fraction(1, 10**6), 4), st.integers(2, 10**5))
def test_the_lower_bound_at_a_given_m_counts_the_unknown_place(k: int, c: Fraction, n: int) -> None:
    """Far apart labels tell nothing: what `bounds lower` tells is then all that the bracket has."""
    m = n / (k + c)
    alone = lower_bound(k, c, "sharp", DIGITS, m)
    assert alone.value == bounds.risk_bracket(k, c, 1000, m, DIGITS).low.value


@pytest.mark.heavy
def test_the_figures_are_the_brackets() -> None:
    for kappa in (Fraction(1, 20), Fraction(9, 10)):
        both = bounds.risk_bracket(1000, 1000 * kappa, 27, digits=8)
        assert upper_height(Fraction(3), kappa, "proved") == both.high.value
        for m in (None, 4000):
            here = bounds.risk_bracket(20, 20 * kappa, 27, m, digits=8)
            for side, value in (("upper", here.high.value), ("lower", here.low.value)):
                ask = getattr(bounds.bracket, f"{side}_side")
                curve = _proved(ask, side, [kappa], 20, Fraction(3), m)
                assert curve.heights == (value,)
                assert ("limit of many clients" if m is None else "m = 4000") in curve.name
                assert "k = 20, D = 27" in curve.name


@pytest.mark.heavy
@settings(max_examples=3)
@given(st.sampled_from([2, 5, 30]), st.integers(1, 60), st.integers(12, 40))
def test_the_explorers_tables_are_the_brackets(k: int, percent: int, eighths: int) -> None:
    delta, kappa, m = Fraction(eighths, 8), Fraction(percent, 100), Fraction(10**5)
    made = tables(Grid((delta,), (kappa,), (k,), (None, m)))
    for number, scale in enumerate((None, m)):
        both = bounds.risk_bracket(k, kappa * k, 9 * delta, scale, 8)
        table = (
            json.loads(made["upper"])[0][0]
            if scale is None
            else json.loads(made["given"])[1][0][0][0]
        )
        assert table == both.high.value.decimals(6)[1]
        told = Fraction(json.loads(made["lower"])[number][0][0])
        assert told <= low(both.low.value) * (1 + ROUNDED)
        assert told >= low(both.low.value) * (1 - ROUNDED)


@pytest.mark.heavy
@settings(max_examples=25)
@example(2, Fraction(19, 50), Fraction(11, 8), Fraction(5, 4), Fraction(11, 10))
@given(
    st.sampled_from([1, 2, 3, 10, 100, 1000]),
    st.fractions(Fraction(1, 50), 3, max_denominator=50),
    st.fractions(Fraction(1, 2), 40, max_denominator=8),
    st.fractions(Fraction(1, 8), 10, max_denominator=8),
    st.fractions(1, 2, max_denominator=50),
)
def test_what_is_proved_of_a_harder_problem_is_not_denied_of_an_easier_one(
    k: int, c: Fraction, distance: Fraction, further: Fraction, more: Fraction
) -> None:
    """Farther means are fewer; a larger budget can do what a smaller one can, for large m.

    The attack on labels and means at once has distances and budgets out of a list: what it earns
    may rise a little where it should not, and both numbers are proved.
    """
    here = bounds.risk_bracket(k, c, distance, None, DIGITS)
    apart = bounds.risk_bracket(k, c, distance + further, None, DIGITS)
    richer = bounds.risk_bracket(k, c * more, distance, None, DIGITS)
    assert high(apart.high.value) <= high(here.high.value) * (1 + ROUNDED)
    assert low(apart.low.value) <= low(here.low.value) * (1 + CHOSEN)
    assert high(here.high.value) <= high(richer.high.value) * (1 + ROUNDED)
    assert low(here.low.value) <= low(richer.low.value) * (1 + CHOSEN)
