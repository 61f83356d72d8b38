"""The shape through the folds and for small Δ: with the regimes, no Δ > 0 is left out."""

from fractions import Fraction
from itertools import pairwise

import mpmath
import pytest
from flint import arb
from marks import heavy

import bounds
from bounds.certify.exact import to_ball
from bounds.certify.numbers.precision import working_precision
from bounds.critical import passage, small_delta
from bounds.critical.curve import Slice, bend_along, slope_in_delta, station
from bounds.critical.domain import LEAST_DELTA
from bounds.critical.passage import pass_through
from bounds.critical.regimes import FAR, REGIMES
from bounds.critical.small_delta import prove_concave

FOLDS = bounds.folds(20)
GAPS = [(a.high, b.low) for a, b in pairwise(REGIMES)]


@pytest.mark.parametrize("number", range(3))
def test_the_gap_at_a_fold_is_closed(number: int) -> None:
    fold = FOLDS[number]
    found = pass_through(fold, *GAPS[number])
    assert found.before == REGIMES[number].shape
    assert found.after == REGIMES[number + 1].shape
    assert (len(found.after) > len(found.before)) == (fold.change == "appear")


def test_no_delta_is_left_out() -> None:
    assert prove_concave(LEAST_DELTA) > 100
    assert REGIMES[0].low == LEAST_DELTA
    assert REGIMES[0].shape == ("concave",)
    assert FAR.low < REGIMES[-1].high


@pytest.mark.heavy
@pytest.mark.parametrize("number", range(3))
@pytest.mark.parametrize("distance", [heavy("1e-6"), heavy("-1e-6"), "1e-12", "-1e-12"])
def test_one_delta_in_the_gap_has_the_shape_of_its_side(number: int, distance: str) -> None:
    found = pass_through(FOLDS[number], *GAPS[number])
    side = found.before if Fraction(distance) < 0 else found.after
    delta = FOLDS[number].delta.low.fraction() + Fraction(distance)
    assert bounds.inflections(delta, 6).shape == side


def test_a_gap_without_its_fold_or_too_wide_is_undecided() -> None:
    with pytest.raises(bounds.Inconclusive, match="does not lie"):
        pass_through(FOLDS[0], *GAPS[1])
    with pytest.raises(bounds.Inconclusive, match="not proved"):
        pass_through(FOLDS[1], Fraction("1.05"), Fraction("1.15"))


@pytest.mark.heavy
def test_a_bend_or_slope_of_the_other_sign_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    honest = slope_in_delta
    monkeypatch.setattr(passage, "slope_in_delta", lambda *at: -honest(*at))
    turned = pass_through(FOLDS[1], *GAPS[1])
    assert turned.before == REGIMES[2].shape
    monkeypatch.setattr(passage, "bend_along", lambda *at: -bend_along(*at))
    with pytest.raises(bounds.Inconclusive, match="not proved"):
        pass_through(FOLDS[1], *GAPS[1])


@pytest.mark.step("x moves with Δ", "g moves with Δ")
@pytest.mark.parametrize(("delta", "y"), [("0.9", "2"), ("1.09", "1.04"), ("3", "0.4")])
def test_bend_and_slope_are_those_of_differences(delta: str, y: str) -> None:
    with working_precision(256):
        d, at, h = arb(delta), arb(y), arb(2) ** -60

        def value(dy: int, dd: int = 0) -> arb:
            return station(at + dy * h, d + dd * h).criterion

        here = station(at, d)
        bend = bend_along(here.x, here.y, here.g, d)
        slope = slope_in_delta(here.x, here.y, here.g, d)
        assert abs(bend - (value(1) - 2 * value(0) + value(-1)) / (h * h)) < arb(2) ** -80
        assert abs(slope - (value(0, 1) - value(0, -1)) / (2 * h)) < arb(2) ** -80


@pytest.mark.parametrize("top", ["1/1000", "1/100", "1/40"])
def test_small_deltas_are_concave(top: str) -> None:
    assert prove_concave(Fraction(top)) > 100


@pytest.mark.parametrize("top", ["1/39", "0", "-1"])
def test_a_delta_that_is_not_small_is_refused(top: str) -> None:
    with pytest.raises(bounds.Inconclusive, match="1/40"):
        prove_concave(Fraction(top))


@pytest.mark.parametrize("delta", ["1/64", "1/1000"])
@pytest.mark.parametrize("y", ["0.06", "0.5", "1.5", "3", "3.9", "6"])
def test_the_bounds_for_small_deltas_hold_on_the_curve(delta: str, y: str) -> None:
    """(1 + g²) W · bracket − (1 − g²)² is −K, and at least what the bounds leave."""
    with working_precision(192):
        d, at = to_ball(Fraction(delta)), arb(y)
        here = Slice(d).station(at)
        v, seen = at * d, 1 - (-at * at / 2).exp()
        radius = 2 * d * v.sinh() / v * seen
        assert here.x < radius
        steep = 1 + 2 * (radius * d).sinh()
        bracket = at * (-v).exp() * (1 - radius * radius) / (seen * steep * steep)
        bracket += (at * at / 2 - 3 * v).exp() / at
        square = here.g * here.g
        weight = 2 * here.g * ((d * d - square) / 2).exp()
        least = (1 + square) * weight * bracket - (1 - square) * (1 - square)
        assert 0 < least < -here.criterion


@pytest.mark.step("a piece: the comparison")
def test_a_bracket_too_small_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    honest = small_delta.bracket
    monkeypatch.setattr(small_delta, "bracket", lambda *at: honest(*at) / 4)
    with pytest.raises(bounds.Inconclusive, match="not proved"):
        prove_concave()


@pytest.mark.parametrize("y", ["0.05", "0.7", "3.5"])
def test_the_bounds_for_small_deltas_by_another_engine(y: str) -> None:
    """From the docstring, by mpmath, on a piece of no width and Δ from 0 to 1/64."""
    with mpmath.workdps(50), working_precision(192):
        at, d, e = mpmath.mpf(y), mpmath.mpf(1) / 64, mpmath.exp
        v = at * d
        seen = 1 - e(-(at**2) / 2)
        radius = 2 * d * mpmath.sinh(v) / v * seen
        first = at * e(-v) * (1 - radius**2) / (seen * (1 + 2 * mpmath.sinh(radius * d)) ** 2)
        least = first + e(at**2 / 2 - 3 * v) / at
        g = mpmath.findroot(lambda t: mpmath.ncdf(t) - mpmath.ncdf(-t) - mpmath.ncdf(at) + 0.5, 0.4)
        told = ((1 - g**2) ** 2, (1 + g**2) * 2 * g * e(-(g**2) / 2) * least)
        found = small_delta.sides(small_delta.bracket(arb(y), arb(y), arb(1) / 64), arb(y))
        for ball, value in zip(found, told, strict=True):
            # the radius of the ball from 0 to 1/64 has 30 bits
            assert abs(mpmath.mpf(ball.str(40, radius=False)) / value - 1) < 1e-7


@pytest.mark.parametrize("delta", ["1/64", "1/40", "0.3"])
def test_no_radius_is_above_its_bound(delta: str) -> None:
    """2S(∞) by mpmath, and l(ε) far out on the curve."""
    with mpmath.workdps(30), working_precision(96):
        d = to_ball(Fraction(delta))
        most = small_delta.most_radius(d)
        exact = mpmath.mpf(Fraction(delta).numerator) / Fraction(delta).denominator
        whole = mpmath.quad(
            lambda t: 2 * mpmath.exp(-t * t / 2) * mpmath.sinh(t * exact), [0, 2, 6, 20]
        )
        assert Slice(d).station(arb(9)).x < arb(mpmath.nstr(whole, 25)) * (1 + arb(2) ** -60)
        assert arb(mpmath.nstr(whole, 25)) < most


@pytest.mark.step("x < 1")
def test_a_radius_of_1_or_more_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(small_delta, "most_radius", lambda _: arb(1))
    with pytest.raises(bounds.Inconclusive, match="not proved"):
        prove_concave()
