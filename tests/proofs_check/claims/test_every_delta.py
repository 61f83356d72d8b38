"""The constants over slices of Δ, against the same constants at one Δ by another route."""

from fractions import Fraction

import mpmath
import pytest
from flint import arb
from hypothesis import given, settings
from hypothesis import strategies as st

import bounds
from bounds.certify.exact import to_ball
from bounds.certify.numbers.precision import working_precision
from bounds.critical.large_delta import critical_slices
from bounds.critical.large_delta.slices import slice_of
from bounds.functions.normal import density
from bounds.upper import constants
from bounds.upper.over_slices import c1, c1_share, c2, c2_share, loss_share
from proofs_check.claims.shared.every_delta import (
    above_from,
    above_on,
    above_somewhere,
    below_everywhere,
    hidden_share,
    rest_share,
    small_case_share,
)


@settings(max_examples=10)
@given(st.fractions(Fraction(3, 2), 12, max_denominator=50))
def test_they_hold_the_constants_of_every_delta(delta: Fraction) -> None:
    part = next(s for s in critical_slices() if s.high is None or delta <= s.high)
    found = constants(delta, 10)
    assert found.true is not None
    assert found.best_c2 is not None
    with working_precision(128):
        unit = density(to_ball(delta)) / to_ball(delta)
        power = unit.root(9) ** 16
        assert c1(part).overlaps(found.true.c1.ball())
        assert (c1_share(part) * unit * unit).overlaps(found.true.c1.ball())
        assert (c2_share(part) * power).overlaps(found.true.c2.ball())
        assert not c2(part) < found.true.c2.ball()
        assert not loss_share(part) * power < found.best_c2.ball()


@pytest.mark.parametrize("delta", [1.5, 2, 5])
@pytest.mark.parametrize("part", [1, 0.5, 1e-3, 1e-9])
def test_the_bound_of_the_loss_holds_below_eps_cr(delta: float, part: float) -> None:
    """Every line of the bound's proof, at points, by mpmath."""
    with mpmath.workdps(40):
        d = mpmath.mpf(delta)
        eps = part * mpmath.mpf(bounds.eps_cr(delta, 20).eps.decimals()[0])
        unit = mpmath.npdf(d) / d
        x = bounds.filter_radius(eps, d)
        y = bounds.filter_radius(bounds.mass_estimate(eps, d), d)
        u, v = x * d, y * d
        bulge = 2 * (mpmath.cosh(u) - 1) / u**2
        square = mpmath.quad(lambda t: t * t * mpmath.sinh(t * d), [0, y])
        mean = square / mpmath.quad(lambda t: mpmath.sinh(t * d), [0, y])
        power = v + mean / 2 + x * x / 4
        bound = mpmath.pi / 2 * unit**1.5 * mpmath.sqrt(eps) * (1 + u * bulge) * mpmath.exp(power)
        assert bounds.loss(eps, d) < bound
        closed = v * v * mpmath.cosh(v) - 2 * v * mpmath.sinh(v) + 2 * mpmath.cosh(v) - 2
        assert abs(closed / (v * v * (mpmath.cosh(v) - 1)) * y * y / mean - 1) < 1e-12


def test_a_limit_too_low_is_not_proved() -> None:
    assert all(part.holds for part in below_everywhere(c1, Fraction(1, 50)))
    assert not all(part.holds for part in below_everywhere(c1, Fraction(1, 100)))
    assert above_somewhere(c1, Fraction(1, 100)) is not None
    assert above_somewhere(c1, Fraction(1, 50)) is None
    assert not all(part.holds for part in below_everywhere(c2_share, loss_share))


@pytest.mark.heavy
def test_two_hidden_means_against_the_printed_bound_at_eps_cr() -> None:
    """The shares against the same numbers at single Δ, by another route."""
    hidden, printed = hidden_share(Fraction(661, 1000), Fraction(6511, 10_000)), small_case_share
    start = above_from(hidden, printed(Fraction(13, 4)))
    assert start is not None
    assert 3 < start < Fraction(63, 20)
    for delta in (Fraction(3), Fraction(16, 5), Fraction(4), Fraction(6)):
        part = next(s for s in critical_slices() if s.high is None or delta <= s.high)
        true = constants(delta, 10).true
        assert true is not None
        with working_precision(128):
            unit = density(to_ball(delta)) / to_ball(delta)
            eps = true.eps_cr.ball()
            ninth = eps.root(9)
            value = true.c2.ball() * ninth * ninth + constants(delta, 10).far_printed.ball()
            assert not printed(Fraction(13, 4))(part) * unit < value
            assert not hidden(part) * unit > Fraction(661, 1000).numerator * eps / 1000
            assert (arb(661) / 1000 * eps > value) == (delta >= start)


@pytest.mark.heavy
def test_a_cheaper_attack_or_a_larger_far_factor_moves_the_start() -> None:
    hidden = hidden_share(Fraction(661, 1000), Fraction(6511, 10_000))
    first = above_from(hidden, small_case_share(Fraction(13, 4)))
    later = above_from(hidden, small_case_share(Fraction(1049, 100)))
    assert first is not None
    assert later is not None
    assert first < later < 4
    assert above_from(lambda part: -hidden(part), small_case_share(Fraction(13, 4))) is None


@pytest.mark.heavy
def test_from_a_delta_on_are_all_parts_that_reach_beyond_it() -> None:
    """In order, where the whole slice does not decide; a slice without end is never left out."""
    hidden = hidden_share(Fraction(661, 1000), Fraction(6511, 10_000))
    printed = small_case_share(Fraction(13, 4))
    start = above_from(hidden, printed)
    assert start is not None
    number = next(i for i, s in enumerate(critical_slices()) if s.high and s.high > start)
    whole = critical_slices()[number]
    assert whole.high is not None
    later = len(critical_slices()) - 1 - number
    step = (whole.high - whole.low) / 256
    parts = (whole.high - start) / step
    for low, more in ((start, 0), (start + step / 2, 0), (start - step / 2, 1)):
        found = above_on(hidden, printed, low)
        assert len(found) == parts + more + later
        assert all(one.holds for one in found[more:])
    last = above_on(lambda part: -hidden(part), printed, Fraction(30))
    assert [one.holds for one in last] == [False]


def test_the_rest_of_the_proved_bound_at_single_delta() -> None:
    assert above_from(c1_share, rest_share) == Fraction(3, 2)
    for delta in (Fraction(7, 4), Fraction(2), Fraction(5, 2), Fraction(4)):
        part = next(s for s in critical_slices() if s.high is None or delta <= s.high)
        with working_precision(128):
            d = to_ball(delta)
            unit, shared = density(d) / d, bounds.functions.cdf(-3 * d)
            slope = 1 / (1 - 3 * bounds.functions.cdf(-3 * d / 2))
            far = 2 * ((1 + 9 * d * d) * shared + 9 * d * density(3 * d))
            rest = 2 * slope * shared + far
            assert not rest_share(part) * unit * unit < rest


@pytest.mark.parametrize("delta", ["1.5", "3"])
def test_the_bound_of_the_loss_is_what_the_docstring_says(delta: str) -> None:
    low = Fraction(delta)
    part = slice_of(low, low + Fraction(1, 10**9))
    with mpmath.workdps(30), working_precision(96):
        d = mpmath.mpf(delta)
        value = bounds.eps_cr(delta, 25)
        u, v = (d * mpmath.mpf(t.decimals()[0]) for t in (value.radius, value.radius_of_estimate))
        mass = mpmath.mpf(value.eps.decimals()[0]) * d / mpmath.npdf(d)
        over = mpmath.quad(lambda w: w * w * mpmath.sinh(w), [0, v])
        mean = over / (mpmath.cosh(v) - 1)  # r(v)v²
        power = v + mean / d**2 / 2 + u**2 / d**2 / 4
        told = mpmath.pi / 2 * mass ** (mpmath.mpf(5) / 18) * mpmath.exp(power)
        told *= 1 + 2 * (mpmath.cosh(u) - 1) / u
        found = mpmath.mpf(loss_share(part).mid().str(25, radius=False))
        assert abs(found / told - 1) < 1e-6
