"""Two indistinguishable means: the Bayes risk by two routes, and the best ratio."""

from fractions import Fraction
from typing import Any

import pytest
from flint import acb, arb
from hypothesis import given, settings
from hypothesis import strategies as st

import bounds
from bounds.certify.exact import to_ball
from bounds.certify.numbers.precision import working_precision
from bounds.certify.roots.monotone import turning_point
from bounds.lower import two_point
from bounds.lower.two_point import mass, ratio_turn, risk, risk_turn


def risk_by_gauss_legendre(t: arb) -> arb:
    """FLINT's adaptive integration of the posterior variance, with the tail beyond 20."""
    inner = acb.integral(lambda x, _: (-(x * x) / 2).exp() * (x * t).sech(), 0, 20).real
    tail = arb(0, (-arb(190)).exp())
    return 2 * t * t * (-(t * t) / 2).exp() * (inner + tail) / (2 * arb.pi()).sqrt()


@pytest.mark.parametrize("t", ["1e-6", "1/10", "0.9367", "2", "7"])
def test_another_integration_gives_the_same(t: str) -> None:
    value = bounds.lower.two_point_risk(t, 40)
    with working_precision(200):
        other = risk_by_gauss_legendre(to_ball(Fraction(t)))
        assert other.overlaps(value.ball())
        assert other.rel_accuracy_bits() > 100


def test_more_digits_refine_the_same_number() -> None:
    coarse, fine = bounds.lower.two_point_risk("1.1", 20), bounds.lower.two_point_risk("1.1", 300)
    assert coarse.low.fraction() <= fine.low.fraction() <= fine.high.fraction()
    assert fine.high.fraction() <= coarse.high.fraction()


@pytest.mark.parametrize("digits", [10, 200])
def test_the_best_ratio(digits: int) -> None:
    best = bounds.risk_to_mass(digits)
    assert Fraction("0.9367207025") in _wide(best.separation)
    assert Fraction("0.6610463931") in _wide(best.ratio)
    assert Fraction("1.5127531295") in _wide(best.factor)
    with working_precision(900):
        t = best.separation.ball()
        assert risk_by_gauss_legendre(t.mid()).overlaps(risk(t))
        at_best = best.ratio.ball()
        for step in ("-0.01", "0.01", "1", "-0.5"):
            other = t.mid() + to_ball(Fraction(step))
            assert risk(other) / mass(other) < at_best


@pytest.mark.campaign
def test_a_thousand_digits_of_the_best_ratio() -> None:
    coarse, fine = bounds.risk_to_mass(100), bounds.risk_to_mass(1000)
    for name in ("separation", "mass", "risk", "ratio", "factor"):
        wide, narrow = getattr(coarse, name), getattr(fine, name)
        assert wide.low.fraction() <= narrow.low.fraction()
        assert narrow.high.fraction() <= wide.high.fraction()


def _wide(enclosure: bounds.Enclosure) -> Any:
    """The enclosure widened to ten digits."""
    unit = Fraction(1, 10**10)

    class Wide:
        def __contains__(self, number: Fraction) -> bool:
            return enclosure.low.fraction() - unit < number < enclosure.high.fraction() + unit

    return Wide()


@pytest.mark.heavy
@settings(max_examples=30)
@given(st.fractions(Fraction(1, 50), 6), st.fractions(Fraction(1, 50), 6))
def test_both_logarithmic_slopes_decrease(one: Fraction, other: Fraction) -> None:
    low, high = sorted((one, other))
    if high - low < Fraction(1, 1000):
        return
    with working_precision(80):
        assert risk_turn(to_ball(low)) > risk_turn(to_ball(high))
        assert ratio_turn(to_ball(low)) > ratio_turn(to_ball(high))


def test_the_slope_is_the_derivative() -> None:
    with working_precision(200):
        t, step = arb(1.25), arb(2) ** -60
        quotient = (risk(t + step).log() - risk(t - step).log()) / (2 * step)
        assert abs(t * quotient - risk_turn(t)) < arb(2) ** -90


@settings(max_examples=30)
@given(st.fractions(Fraction(1, 10), 3), st.fractions(Fraction(1, 100), Fraction(49, 100)))
def test_no_other_weight_is_better(t: Fraction, weight: Fraction) -> None:
    uneven = bounds.lower.bayes_risk([-t, t], [weight, 1 - weight], 15)
    assert uneven.high.fraction() < bounds.lower.two_point_risk(t, 15).low.fraction()


def test_a_wrong_slope_is_noticed() -> None:
    """A turning point that is not where the signs differ is refused."""
    honest = two_point.ratio_turn
    with pytest.raises(bounds.Inconclusive, match="do not differ"):
        turning_point(lambda t: abs(honest(t)) + arb(2) ** -8, 0.93, 40)


@pytest.mark.parametrize("separation", ["0", "-1", "65", "x", None, float("nan")])
def test_bad_separations_are_refused(separation: Any) -> None:
    with pytest.raises(bounds.InputError, match="separation"):
        bounds.lower.two_point_risk(separation)
