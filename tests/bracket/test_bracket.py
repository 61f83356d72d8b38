"""The bracket: its two ends, its ranges, and what it refuses."""

from fractions import Fraction
from typing import Any

import pytest
from flint import arb
from hypothesis import given, settings
from hypothesis import strategies as st
from marks import heavy

import bounds
from bounds.bracket import bracket as home
from bounds.bracket.side import Side
from bounds.certify.errors import Inconclusive
from bounds.certify.numbers.enclosure import Enclosure
from bounds.tables.columns import all_columns
from bounds.upper.sample_size import sample_size_bound


@pytest.mark.heavy
@settings(max_examples=12)
@given(
    st.integers(1, 300),
    st.one_of(st.just(Fraction(0)), st.fractions(Fraction(1, 50), 30, max_denominator=50)),
    st.fractions(0, 60, max_denominator=8),
    st.sampled_from((None, 100, 10**6)),
)
def test_low_is_at_most_high(k: int, c: Fraction, distance: Fraction, m: int | None) -> None:
    scale = None if m is None else m * c.denominator
    found = bounds.risk_bracket(k, c, distance, scale, digits=8)
    assert found.low.value.low.fraction() <= found.high.value.high.fraction() <= 1
    ends = [side.value.low.fraction() for side in found.lower]
    assert ends == sorted(ends, reverse=True)
    assert all(side.m == found.m or side.holds == "for every m" for side in found.lower)
    assert all(side.m == found.m for side in found.upper)


@pytest.mark.parametrize("c", ["1/1000", "1/20", "0.5", "0.7"])
def test_one_component_is_exact_in_the_limit(c: str) -> None:
    found = bounds.risk_bracket(1, c)
    assert found.low.value == found.high.value
    assert found.high.method == "one component"


@pytest.mark.heavy
def test_one_component_at_the_witness() -> None:
    found = bounds.risk_bracket(1, "1/20", m=1020)
    assert found.ratio is not None
    assert found.ratio.high.fraction() < Fraction(13, 10)
    assert {found.low.m, found.high.m} == {Fraction(1020)}
    assert found.high.method == "median"


@pytest.mark.heavy
@pytest.mark.parametrize(
    "sizes", [(50, 5, 36, 10**5), heavy((1, "3/10", None, 10**6)), (8, 0, 27, 10**5)]
)
def test_lists_of_possible_means_are_an_upper_bound_at_a_given_m(sizes: tuple[Any, ...]) -> None:
    k, c, distance, m = sizes
    found = bounds.risk_bracket(k, c, distance, m)
    listed = next(side for side in found.upper if side.method == "possible means")
    assert found.high.value.high.fraction() <= listed.value.high.fraction() < 1
    assert listed.m == m
    alone = sample_size_bound(k, c, distance or 48, m)
    assert listed.value.ball().overlaps(alone.value.ball())


@pytest.mark.heavy
def test_far_apart_they_are_no_worse() -> None:
    near, far = (bounds.risk_bracket(50, 5, d, 10**5, 6).high.value for d in (48, 10**6))
    assert far.high.fraction() <= near.high.fraction()


def test_an_oracle_is_never_promised_less_than_it_needs() -> None:
    for m in (5, 50, 5000):
        found = bounds.risk_bracket(1, 0, m=m)
        assert found.low.value.high.fraction() >= Fraction(1, m) >= found.low.value.low.fraction()
        assert found.high.value.high.fraction() >= Fraction(1, m)


def test_the_two_sides_approach_each_other_as_d_and_k_grow() -> None:
    ratios = []
    for k, distance in ((100, 18), (1000, 30), (10**6, 200)):
        found = bounds.risk_bracket(k, Fraction(k, 20), distance, digits=8)
        assert found.ratio is not None
        ratios.append(found.ratio.high.fraction())
    assert ratios[0] > ratios[1] > ratios[2]
    assert ratios[2] < Fraction(1002, 1000)


@pytest.mark.parametrize(
    ("distance", "method"),
    [(5, "labels and hidden means"), (6, "labels and hidden means"), (30, "hidden means")],
)
def test_the_better_lower_bound_is_used(distance: int, method: str) -> None:
    assert bounds.risk_bracket(100, 5, distance).low.method == method
    assert bounds.risk_bracket(100, 0, 5).low.method == "labels"


def test_every_side_says_for_which_m_it_holds() -> None:
    for m in (None, 1000):
        found = bounds.risk_bracket(20, 1, 120, m)
        for side in (*found.lower, *found.upper):
            assert "for every m" in side.holds or ("m -> infinity" in side.holds) == (m is None)
    assert "lim K(m)" in str(bounds.risk_bracket(20, 1, 20))
    assert "K(1000)" in str(bounds.risk_bracket(20, 1, 20, 1000))


def test_the_basis_follows_from_what_the_side_needs() -> None:
    value = Enclosure.of(arb(1), 5)
    assert Side(value, "x", None, None, "for every m", "").basis == "machine"
    assert bounds.risk_bracket(20, 1, 20).low.basis == "words"


def test_sides_that_contradict_each_other_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def wrong(problem: Any, digits: int) -> list[Side]:
        low = Enclosure.of(arb("0.001"), digits)
        return [Side(low, "wrong", None, problem.m, "for every m", "")]

    monkeypatch.setattr(home, "upper_sides", wrong)
    with pytest.raises(Inconclusive, match="one of the two arguments is false"):
        bounds.risk_bracket(20, 1, 20)


@pytest.mark.parametrize(
    "arguments",
    [
        (0, 1, 4), (True, 1, 4), (2, -1, 4), (2, "x", 4), (2, 1, None), (2, 1, -1),
        (2, 1, 10**7), (2, 1, 4, 0), (2, 1, 4, "1/7"), (2, arb(1, 1), 4), (2, 1, arb(4, 1)),
        (2, "1e-301", 4), (2, 1, 4, 10**18),
    ],
)  # fmt: skip
def test_bad_input_is_a_clear_error(arguments: tuple[Any, ...]) -> None:
    with pytest.raises((bounds.InputError, bounds.DomainError)):
        bounds.risk_bracket(*arguments)


def test_the_columns_are_the_bracket_at_the_papers_separation() -> None:
    low, high = (all_columns()[name] for name in ("lim_low", "lim_high"))
    found = bounds.risk_bracket(1000, 50, 18, digits=8)
    row = low.source(Fraction(2), 8)
    assert row == found
    assert low.cells(row) == list(found.low.value.decimals())
    assert high.cells(row) == list(found.high.value.decimals())
