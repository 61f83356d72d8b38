"""Each step of the limit's proof, with an ingredient altered so that this step alone fails."""

from collections.abc import Callable
from fractions import Fraction
from itertools import pairwise
from typing import Any

import pytest
from flint import arb

import bounds
from bounds.certify.exact import to_ball
from bounds.certify.numbers.precision import working_precision
from bounds.functions.normal import density
from bounds.lower import limit
from bounds.lower.limit import EXACT_UP_TO, prove_one_component_is_best, risk_slope
from bounds.lower.two_point import mass, risk, risk_turn, separation_of

prove = prove_one_component_is_best.__wrapped__


def refused(monkeypatch: pytest.MonkeyPatch, **altered: Any) -> None:
    """The proof goes through, and does not with the ingredients altered."""
    assert prove() == EXACT_UP_TO
    for name, value in altered.items():
        monkeypatch.setattr(limit, name, value)
    with pytest.raises(bounds.Inconclusive, match="not proved"):
        prove()


def only_at(eps: Fraction, honest: Callable[[arb], arb], value: Callable[[arb], arb]) -> Any:
    """The function, but at the separation that belongs to ε alone another one."""
    with working_precision(64):
        place = separation_of(to_ball(eps))
    return lambda t: value(honest(t)) if t.overlaps(place) else honest(t)


@pytest.mark.step("the last mass is below that of the seam")
def test_masses_stay_below_that_of_the_seam(monkeypatch: pytest.MonkeyPatch) -> None:
    """Case (3) reaches to a = 21/20, which costs just 0.70628…"""
    refused(monkeypatch, mass=lambda t: mass(t) - arb("0.0001"))


@pytest.mark.step("the estimate at the seam is the worst at its ends")
@pytest.mark.parametrize("value", [arb(-1), arb(0), arb(0, 1), arb.nan()], ids=str)
def test_the_estimate_at_the_seam_is_the_worst_at_its_ends(
    value: arb, monkeypatch: pytest.MonkeyPatch
) -> None:
    refused(monkeypatch, end_excess=lambda _: value)


@pytest.mark.step("b increases up to the last mass")
@pytest.mark.parametrize("value", [arb(-1), arb(0), arb(0, 1), arb.nan()], ids=str)
def test_the_risk_increases_up_to_the_last_mass(
    value: arb, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The slope there alone is altered; slopes between are bounded by what they were."""
    monkeypatch.setattr(limit, "risk_slope", risk_slope_before)
    refused(monkeypatch, risk_turn=only_at(EXACT_UP_TO, risk_turn, lambda _: value))


def risk_slope_before(low: Fraction, high: Fraction) -> arb:
    start, end = separation_of(to_ball(low)), separation_of(to_ball(high))
    return risk(start) * risk_turn(end) / end / (2 * density(start))


@pytest.mark.step("b(ε)/ε increases up to the best mass")
@pytest.mark.parametrize("value", [arb(-1), arb(0), arb(0, 1), arb.nan()], ids=str)
def test_the_ratio_increases_up_to_the_best_mass(
    value: arb, monkeypatch: pytest.MonkeyPatch
) -> None:
    refused(monkeypatch, ratio_turn=lambda _: value)


@pytest.mark.step("a small share: the slope is above the chord")
@pytest.mark.parametrize("place", [0, 7, 15])
def test_each_piece_has_a_slope_above_the_chord(
    place: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    honest, calls = risk_slope, []

    def flat_there(low: Fraction, high: Fraction) -> arb:
        calls.append((low, high))
        chord = risk(separation_of(arb(0.25))) / arb(0.25)
        return chord if len(calls) - 17 == place else honest(low, high)

    monkeypatch.setattr(limit, "risk_slope", flat_there)
    assert prove() == EXACT_UP_TO  # the first 16 calls are honest
    with pytest.raises(bounds.Inconclusive, match="not proved"):
        prove()


@pytest.mark.step("on pieces from the first place", "to the last mass")
def test_the_pieces_reach_from_0401_to_the_last_mass(monkeypatch: pytest.MonkeyPatch) -> None:
    pieces: list[tuple[Fraction, Fraction]] = []
    honest = risk_slope
    monkeypatch.setattr(limit, "risk_slope", lambda a, b: pieces.append((a, b)) or honest(a, b))
    prove()
    assert pieces[0][0] == Fraction(651, 1000) - Fraction(1, 4)
    assert pieces[-1][1] == EXACT_UP_TO
    assert all(a[1] == b[0] for a, b in pairwise(pieces))


@pytest.mark.step("a large share")
@pytest.mark.parametrize("lesser", [Fraction(1, 4), Fraction(3, 10)])
def test_two_large_shares_earn_less_than_one(
    lesser: Fraction, monkeypatch: pytest.MonkeyPatch
) -> None:
    """b a little higher at the greater share of each of the two ranges."""
    with working_precision(64):
        whole = risk(separation_of(to_ball(Fraction(651, 1000))))
    refused(monkeypatch, risk=only_at(EXACT_UP_TO - lesser, risk, lambda _: whole))


@pytest.mark.step("b′: tB′/B where it is least")
@pytest.mark.parametrize("low", ["0.41", "0.6", "0.77"])
def test_the_slope_is_a_lower_bound_over_its_piece(low: str) -> None:
    """At both ends and in between, by differences: each factor at the end where it is least."""
    start = Fraction(low)
    end = start + Fraction(1, 100)
    with working_precision(128):
        bound, h = risk_slope(start, end), Fraction(1, 10**12)
        for eps in (start, (start + end) / 2, end):
            rise = risk(separation_of(to_ball(eps + h))) - risk(separation_of(to_ball(eps - h)))
            assert bound < rise / to_ball(2 * h)
        assert bound > 0.8 * rise / to_ball(2 * h)


@pytest.mark.step("b′: B where it is least")
@pytest.mark.parametrize(("low", "high"), [("0.1", "0.4"), ("0.5", "0.75"), ("0.6", "0.78")])
def test_the_slope_is_a_lower_bound_over_wide_pieces(low: str, high: str) -> None:
    with working_precision(96):
        bound = risk_slope(Fraction(low), Fraction(high))
        for k in range(9):
            eps = Fraction(low) + (Fraction(high) - Fraction(low)) * k / 8
            t = separation_of(to_ball(eps))
            assert bound < risk(t) * risk_turn(t) / t / (2 * density(t))


def test_the_threshold_is_where_the_signs_differ() -> None:
    """Strictly: below it the two-point risk is below the printed line, above it above."""
    found = limit.printed_threshold(15)
    with working_precision(128):
        for eps, sign in ((found.low, -1), (found.high, 1)):
            value = eps.fraction()
            excess = risk(separation_of(to_ball(value))) - to_ball(value) / (8 * arb.pi()).sqrt()
            assert excess * sign > 0


def test_the_lesser_mass_is_looked_at_up_to_half_of_the_whole() -> None:
    """Where y ≤ x and x + y is at most `EXACT_UP_TO`, y is at most half of that."""
    assert limit.LESSER[0] == limit.SMALL
    assert limit.LESSER[-1] == limit.EXACT_UP_TO / 2
    assert all(low < high for low, high in pairwise(limit.LESSER))
