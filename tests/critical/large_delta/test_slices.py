"""ε_cr over slices of Δ, against the root finder for one Δ and against seeded errors."""

from fractions import Fraction
from itertools import pairwise
from typing import Any

import mpmath
import pytest
from flint import arb
from hypothesis import example, given, settings
from hypothesis import strategies as st

import bounds
from bounds.certify.exact import to_ball
from bounds.certify.numbers.precision import working_precision
from bounds.critical.large_delta import critical_slices, parts_of, scaled
from bounds.critical.large_delta import slices as module
from bounds.critical.large_delta.first_turn import ONLY_UP_TO
from bounds.critical.large_delta.slices import CriticalSlice, slice_of
from bounds.functions.normal import density


def slice_at(delta: Fraction) -> CriticalSlice:
    return next(s for s in critical_slices() if s.high is None or delta <= s.high)


def test_they_leave_no_delta_out() -> None:
    slices = critical_slices()
    assert slices[0].low == Fraction(3, 2)
    assert slices[-1].high is None
    assert all(a.high == b.low for a, b in pairwise(slices))


@pytest.mark.step("κ over the slice")
@settings(max_examples=25)
@given(st.fractions(Fraction(3, 2), 30, max_denominator=999))
@example(Fraction(3, 2))
@example(Fraction(10))
@example(Fraction(1024))
def test_each_holds_what_the_root_finder_finds(delta: Fraction) -> None:
    part, value = slice_at(delta), bounds.eps_cr(delta, 30)
    with working_precision(160):
        ball = to_ball(delta)
        unit = density(ball) / ball
        for wide, narrow in (
            (part.tau, 1 / (ball * ball)),
            (part.unit, unit),
            (part.u, value.radius.ball() * ball),
            (part.v, value.radius_of_estimate.ball() * ball),
            (part.mass, value.eps.ball() / unit),
            (part.shift, value.shift.ball() / unit),
            (part.g, value.shift.ball()),
        ):
            assert wide.overlaps(narrow)


@settings(max_examples=12)
@given(st.integers(0, 10**4))
def test_the_slope_keeps_the_mean_value_theorem(number: int) -> None:
    """log(ε_cr(high)/ε_cr(low)) over the width is a value of the slope in between."""
    part = critical_slices()[number % (len(critical_slices()) - 1)]
    assert part.high is not None
    ends = [bounds.eps_cr(end, 30).eps for end in (part.low, part.high)]
    with working_precision(160):
        low, high = to_ball(part.low), to_ball(part.high)
        rate = (ends[1].ball() / ends[0].ball()).log() / (high - low)
        delta = low.union(high)
        assert ((part.elasticity() - 1) / delta - delta).overlaps(rate)


@pytest.mark.parametrize("low", ["1.5", "2", "4"])
def test_the_slope_on_a_narrow_slice_is_that_of_differences(low: str) -> None:
    start, stop = Fraction(low), Fraction(low) + Fraction(1, 10**6)
    part = slice_of(start, stop)
    with working_precision(200):
        scaled_masses, shifts, taus = [], [], []
        for end in (start, stop):
            ball = to_ball(end)
            value = bounds.eps_cr(end, 40)
            scaled_masses.append(value.eps.ball() * ball / density(ball))
            shifts.append(value.shift.ball())
            taus.append(1 / (ball * ball))
        rate = (scaled_masses[1] - scaled_masses[0]) / (taus[1] - taus[0])
        assert part.mass_rate.overlaps(rate)
        assert part.mass_rate.rad() < abs(rate) / 1000
        rate = (shifts[1] - shifts[0]) / (taus[1] - taus[0])
        assert part.g_rate.overlaps(rate)
        assert part.g_rate.rad() < rate / 1000


@pytest.mark.parametrize("text", ["0", "1e-40", "1e-3", "0.2", "0.6"])
def test_omega_by_another_engine(text: str) -> None:
    with mpmath.workdps(60), working_precision(128):
        m = mpmath.mpf(text)
        g = mpmath.sqrt(2) * mpmath.erfinv(m)

        def one_plus(mass: mpmath.mpf) -> mpmath.mpf:
            g = mpmath.sqrt(2) * mpmath.erfinv(mass)
            spread = mass / (2 * g * mpmath.npdf(g)) if mass else mpmath.mpf(1)
            return (1 - g * g) ** 2 * spread / (1 + g * g)

        omega, rate = scaled.omega_of(arb(text))
        assert abs(mpmath.mpf(omega.str(30, radius=False)) - (one_plus(m) - 1)) < 1e-28
        if m:
            told = mpmath.diff(one_plus, m, h=m * mpmath.mpf(10) ** -15)
            assert abs(mpmath.mpf(rate.str(30, radius=False)) - told) < 1e-12
        assert abs(mpmath.mpf(scaled.shift_of(arb(text))[0].str(30, radius=False)) - g) < 1e-28


def test_the_parts_of_a_slice_follow_one_another_and_lie_in_it() -> None:
    part = slice_of(Fraction(3), Fraction("3.03"))
    pieces = list(parts_of(part, 3))
    assert [(p.low, p.high) for p in pieces] == [
        (Fraction(3), Fraction("3.01")),
        (Fraction("3.01"), Fraction("3.02")),
        (Fraction("3.02"), Fraction("3.03")),
    ]
    for piece in pieces:
        for name in ("tau", "unit", "u", "v", "mass", "shift", "g", "mass_rate", "g_rate"):
            assert getattr(part, name).overlaps(getattr(piece, name))
        assert piece.mass.rad() < part.mass.rad()
    assert list(parts_of(part, 3, downwards=True)) == pieces[::-1]
    assert list(parts_of(critical_slices()[-1], 3)) == []


def test_a_part_is_proved_when_it_is_asked_for_and_once(monkeypatch: pytest.MonkeyPatch) -> None:
    part, asked = slice_of(Fraction(4), Fraction("4.08")), []

    def noted(low: Fraction, *rest: Any) -> CriticalSlice:
        asked.append(low)
        return slice_of(low, *rest)

    monkeypatch.setattr(module, "slice_of", noted)
    assert next(parts_of(part, 8, downwards=True)).low == Fraction("4.07")
    assert asked == [Fraction("4.07")]
    for _ in range(2):
        assert len(list(parts_of(part, 8))) == 8
    assert sorted(asked) == [part.low + Fraction(n, 100) for n in range(8)]


def test_a_slice_without_end_reaches_to_where_delta_is_infinite() -> None:
    part = slice_of(Fraction(20), None)
    with working_precision(96):
        assert part.tau.contains(0)
        assert part.tau.contains(arb(1) / 400)
        assert part.tau.upper() < arb("0.0026")
        assert part.unit.contains(0)
        assert part.unit.upper() >= (density(arb(20)) / 20).lower()
        assert part.unit < arb("1e-80")
        for delta in (20, 50, 1000):
            unit = density(arb(delta)) / delta
            assert part.mass.overlaps(bounds.eps_cr(delta, 30).eps.ball() / unit)


def test_no_other_root_before_three_quarters() -> None:
    """A second reason why the root is ε_cr, from Δ = 10 on (`prove_first_turn`)."""
    with working_precision(96):
        assert all(part.v < to_ball(ONLY_UP_TO) for part in critical_slices() if part.low >= 10)


def test_what_reaches_below_the_third_fold_is_refused() -> None:
    with pytest.raises(bounds.Inconclusive, match="not known"):
        slice_of(Fraction("1.477"), Fraction("1.5"))


def test_a_slice_too_wide_is_inconclusive() -> None:
    with pytest.raises(bounds.Inconclusive):
        slice_of(Fraction(3, 2), Fraction(3))


def test_a_wrong_sign_in_omega_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    honest = scaled.omega_of
    monkeypatch.setattr(scaled, "omega_of", lambda mass: tuple(-t for t in honest(mass)))
    part, value = slice_of(Fraction(3, 2), Fraction("1.501")), bounds.eps_cr("1.5", 20)
    with working_precision(128):
        ball = to_ball(Fraction(3, 2))
        assert not part.mass.overlaps(value.eps.ball() * ball / density(ball))


def test_a_criterion_that_falls_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    honest = scaled.criterion
    monkeypatch.setattr(scaled, "criterion", lambda *at: tuple(-t for t in honest(*at)))
    with pytest.raises(bounds.Inconclusive, match="turn"):
        module.slice_of(Fraction(2), Fraction("2.01"))


@pytest.mark.parametrize("near", ["2.5", "10", "20"])
def test_the_rate_of_the_unit_holds_that_of_every_delta_beyond(near: str) -> None:
    with working_precision(96):
        rate = module.unit_rate(arb(near), None)
        for factor in (1, "1.1", 3, 50):
            delta = arb(near) * arb(factor)
            assert rate.overlaps(module.unit_rate(delta, delta))
        top = module.unit_rate(arb(near), arb(near))
        assert rate.lower() > -top / 10**8  # it falls to 0, and no lower, but for the radius
        assert rate.upper() < top * (1 + arb(10) ** -8)
