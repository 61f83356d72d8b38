"""f, ρ, d, d′/φ(Δ) and f⁻¹."""

from __future__ import annotations

import mpmath
import pytest
from flint import arb, ctx
from hypothesis import given, settings
from hypothesis import strategies as st
from mpmath import mpf
from routes import (
    check_central_mass,
    check_mass_deficit,
    check_relative_steepness,
    check_window_mass,
    check_window_mass_inverse,
)
from samples import BITS, attacks, offsets

from bounds.functions import central_mass, mass_deficit, window_mass, window_mass_inverse
from bounds.functions.window import relative_steepness


def test_second_routes() -> None:
    check_window_mass(window_mass)
    check_central_mass(central_mass)
    check_mass_deficit(mass_deficit)
    check_relative_steepness(relative_steepness)
    check_window_mass_inverse(window_mass_inverse)


@pytest.mark.parametrize(("x", "delta"), [("0", "1"), ("0.4", "0.05"), ("-3", "2"), ("6", "2.5")])
def test_mass_is_the_integral_of_the_density(x: str, delta: str) -> None:
    with mpmath.workdps(40):
        ends = [mpf(x) - mpf(delta), mpf(x), mpf(x) + mpf(delta)]
        area = mpmath.quad(mpmath.npdf, ends)
        assert mpmath.almosteq(window_mass(mpf(x), mpf(delta)), area, 1e-35)


@pytest.mark.parametrize(("x", "delta"), [("0.001", "1"), ("-0.7", "0.05"), ("3", "8")])
def test_deficit_is_an_integral_without_cancellation(x: str, delta: str) -> None:
    with mpmath.workdps(40):

        def integrand(t: mpf) -> mpf:
            return mpmath.npdf(t - mpf(delta)) - mpmath.npdf(t + mpf(delta))

        area = mpmath.quad(integrand, [0, abs(mpf(x))])
        assert mpmath.almosteq(mass_deficit(mpf(x), mpf(delta)), area, 1e-33)


@settings(deadline=None, max_examples=60)
@given(offsets())
def test_deficit_is_what_the_mass_loses(point: tuple[arb, arb]) -> None:
    x, delta = point
    with ctx.workprec(3000):
        loss = central_mass(delta) - window_mass(x, delta)
    with ctx.workprec(200):
        deficit = mass_deficit(x, delta)
        assert deficit.overlaps(loss)
        assert deficit.rel_accuracy_bits() > 160
        assert deficit > 0


@settings(deadline=None, max_examples=40)
@given(offsets())
def test_even_in_the_offset(point: tuple[arb, arb]) -> None:
    x, delta = point
    with ctx.workprec(BITS):
        assert window_mass(x, delta).overlaps(window_mass(-x, delta))
        assert mass_deficit(x, delta).overlaps(mass_deficit(-x, delta))
        assert relative_steepness(-x, delta).overlaps(-relative_steepness(x, delta))


@settings(deadline=None, max_examples=40)
@given(offsets(), st.floats(1e-9, 1))
def test_the_mass_falls_off_centre(point: tuple[arb, arb], step: float) -> None:
    x, delta = point
    farther = x * (1 + arb(step))
    with ctx.workprec(600):
        assert mass_deficit(farther, delta) > mass_deficit(x, delta)
        assert relative_steepness(x, delta) > 0
    with ctx.workprec(9000):
        assert not window_mass(farther, delta) > window_mass(x, delta)  # or too close to tell


@settings(deadline=None, max_examples=40)
@given(offsets())
def test_inverse_after_mass(point: tuple[arb, arb]) -> None:
    x, delta = point
    with ctx.workprec(300):
        mass = window_mass(x, delta)
        if mass <= central_mass(delta):  # surely
            assert window_mass_inverse(mass, delta).overlaps(x)


@settings(deadline=None, max_examples=40)
@given(attacks())
def test_mass_after_inverse(point: tuple[arb, arb]) -> None:
    mass, delta = point  # the range of f is that of ε
    with ctx.workprec(300):
        x = window_mass_inverse(mass, delta)
        assert x > 0
        assert window_mass(x, delta).contains(mass)
        assert window_mass(x, delta).rel_accuracy_bits() > 200


def test_the_centre_of_the_window() -> None:
    for delta in ("0.05", "2", "40"):
        assert mass_deficit(0, delta) == 0
        assert window_mass(0, delta).overlaps(central_mass(delta))
