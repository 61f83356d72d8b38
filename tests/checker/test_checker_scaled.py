"""The units for large Δ against the main engine, which has them by power series."""

from fractions import Fraction

import gmpy2
import pytest
from flint import arb
from hypothesis import given, settings
from hypothesis import strategies as st

from bounds.certify.checker.dual import Dual
from bounds.certify.checker.interval import Interval
from bounds.certify.checker.precision import Precision
from bounds.certify.checker.verdict import Undecided
from bounds.certify.exact import to_ball
from bounds.certify.numbers.precision import working_precision
from bounds.checker.scaled import Region, remainder
from bounds.critical.large_delta import critical_slices, critical_slices_certificate, scaled
from bounds.critical.large_delta.first_turn import radius_at
from bounds.functions.normal import density

AT = Precision(96)
deltas = st.fractions(min_value=1, max_value=30, max_denominator=1000) | st.none()
places = st.fractions(min_value="1/50", max_value="19/10", max_denominator=1000)


def point(number):
    value = gmpy2.mpq(number.numerator, number.denominator)
    return Interval.enclosing(AT, value, value)


def region(delta):
    """All Δ from one on, and at its far end nothing else: τ = κ = 0 for None."""
    return Region(point(delta), point(delta))


def meets(interval: Interval, ball: arb) -> bool:
    """Two enclosures of one number."""
    low, high = (to_ball(Fraction(int(e.numerator), int(e.denominator)))
                 for e in map(gmpy2.mpq, (interval.lo, interval.hi)))  # fmt: skip
    return bool(low.union(high).overlaps(ball)) and ball.is_finite()


@pytest.mark.heavy
@given(delta=deltas.filter(bool), v=places)
@settings(max_examples=40)
def test_criterion_and_slope_are_those_of_the_engine(delta, v):
    here = region(delta)
    with working_precision(160):
        ball = arb(delta.numerator) / delta.denominator
        tau, unit = 1 / (ball * ball), density(ball) / ball
        place = arb(v.numerator) / v.denominator
        u = radius_at(place, tau)
        assert meets(here.radius(point(v)), u)
        assert meets(here.window(point(v)), scaled.window_integral(place, tau))
        assert meets(here.doubled_integral(here.radius(point(v))), 2 * scaled.sinh_integral(u, tau))
        system = scaled.Coupled(tau, unit)
        value = system.residual([u, place])[1]
        (by_u, by_v), (rise_u, rise_v) = system.jacobian([u, place])
        try:
            k, slope = here.along(point(v))
        except Undecided:
            return  # g ≥ 1 there
        assert meets(k, value)
        assert meets(slope, rise_v - rise_u * by_v / by_u)


@given(v=places)
@settings(max_examples=20)
def test_without_end_it_reaches_the_limit(v):
    """From Δ = 25 on the criterion is that at τ = ω = 0, but for a little."""
    k, slope = Region(point(25 + 0 * v), None).along(point(v))
    with working_precision(160):
        place = arb(v.numerator) / v.denominator
        u = radius_at(place, arb(0))
        value, by_u, by_v = scaled.criterion(u, place, arb(0), arb(0))
        assert meets(k, value)
        rate = scaled.steepness(place, arb(0)) / (1 + scaled.steepness(u, arb(0)))
        assert meets(slope, by_u * rate + by_v)


@given(low=st.floats(0.0, 0.6), width=st.floats(0.0, 0.06))
@settings(max_examples=40)
def test_omega_is_that_of_the_engine(low, width):
    ends = [gmpy2.mpq(low), gmpy2.mpq(low + width)]
    omega, rate = remainder(Interval.enclosing(AT, *ends))
    with working_precision(160):
        value, slope = scaled.omega_of(arb(low + width / 2))
        assert meets(omega, value)
        assert meets(rate, slope)


def test_a_mass_beyond_one_deviation_is_undecided():
    with pytest.raises(Undecided, match="g < 1"):
        remainder(Interval.enclosing(AT, gmpy2.mpq(1, 2), gmpy2.mpq(7, 10)))


def test_derivatives_come_in_any_direction():
    here = region(gmpy2.mpq(5, 2))
    u, v = point(gmpy2.mpq(2, 5)), point(gmpy2.mpq(3, 4))
    one, zero = u * 0 + 1, u * 0
    both = here.criterion(Dual(u, one, zero), Dual(v, zero, one))
    rate = point(gmpy2.mpq(3, 2))
    along = here.criterion(Dual(u, rate), Dual(v, one))
    combined = both.slopes[0] * rate + both.slopes[1]
    assert not combined < along.slopes[0]
    assert not combined > along.slopes[0]


def test_the_certificate_follows_the_slices():
    parts = critical_slices()[:2]
    told = critical_slices_certificate(parts)["statement"]["slices"]
    assert [part["delta"][0] for part in told] == ["1.5", str(parts[1].low)]
    for part, entry in zip(parts, told, strict=True):
        low, high = map(to_ball, map(_exact, entry["mass"]))
        assert low < part.mass.mid() < high


def _exact(text):
    mantissa, _, power = text.partition("*2^")
    return Fraction(mantissa) * Fraction(2) ** int(power or 0)
