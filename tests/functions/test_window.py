"""f, ρ, d, d′/φ(Δ) and f⁻¹."""

from __future__ import annotations

from fractions import Fraction

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

from bounds.certify.arithmetic.ball import BALL
from bounds.certify.exact import to_ball
from bounds.certify.numbers.precision import working_precision
from bounds.functions import central_mass, density, mass_deficit, window_mass, window_mass_inverse
from bounds.functions.primitives.ball import sinh_integral
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


@settings(max_examples=60)
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


@settings(max_examples=40)
@given(offsets())
def test_even_in_the_offset(point: tuple[arb, arb]) -> None:
    x, delta = point
    with ctx.workprec(BITS):
        assert window_mass(x, delta).overlaps(window_mass(-x, delta))
        assert mass_deficit(x, delta).overlaps(mass_deficit(-x, delta))
        assert relative_steepness(-x, delta).overlaps(-relative_steepness(x, delta))


@pytest.mark.heavy
@settings(max_examples=40)
@given(offsets(), st.floats(1e-9, 1))
def test_the_mass_falls_off_centre(point: tuple[arb, arb], step: float) -> None:
    x, delta = point
    farther = x * (1 + arb(step))
    with ctx.workprec(600):
        assert mass_deficit(farther, delta) > mass_deficit(x, delta)
        assert relative_steepness(x, delta) > 0
    with ctx.workprec(9000):
        assert not window_mass(farther, delta) > window_mass(x, delta)  # or too close to tell


@settings(max_examples=40)
@given(offsets())
def test_inverse_after_mass(point: tuple[arb, arb]) -> None:
    x, delta = point
    with ctx.workprec(300):
        mass = window_mass(x, delta)
        if mass <= central_mass(delta):  # surely
            assert window_mass_inverse(mass, delta).overlaps(x)


@settings(max_examples=40)
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


TINY = [-27, -30, -40, -100, -(10**6), -7 * 10**9]
"""Powers of 2, from where tails cancel all bits of 53 to where they would fill the memory."""


@pytest.mark.parametrize("power", TINY)
@pytest.mark.parametrize("delta", ["1/64", "1.773", "40"])
def test_the_deficit_of_a_tiny_x_costs_no_bits(power: int, delta: str) -> None:
    """d(x)/(2φ(Δ)) lies between Δ(1 − e^{−x²/2}) and cosh(xΔ) times that."""
    x, width = arb(2) ** power, to_ball(Fraction(delta))
    found = mass_deficit(x, width)
    with working_precision(2000 if power > -1000 else 53):
        leading = -2 * density(width) * width * (-x * x / 2).expm1()
        truth = mass_deficit(x, width) if power > -1000 else leading
        assert found.overlaps(leading.union(leading * (x * width).cosh()))
        assert found.contains(truth.mid())
    assert found.rel_accuracy_bits() > 40


@pytest.mark.parametrize("power", TINY)
@pytest.mark.parametrize("x", ["0", "1.5", "-30"])
def test_the_mass_of_a_tiny_window_costs_no_bits(power: int, x: str) -> None:
    """f(x) lies between 2Δφ at both ends of its window."""
    delta, at = arb(2) ** (2 * power), to_ball(Fraction(x))
    found = window_mass(at, delta)
    with working_precision(2000 if power > -1000 else 53):
        truth = window_mass(at, delta) if power > -1000 else 2 * delta * density(at)
        assert found.contains(truth.mid())
    assert found.rel_accuracy_bits() > 40


@pytest.mark.parametrize("power", [-30, -60, -300])
def test_mpmath_takes_the_tiny_by_their_first_term(power: int) -> None:
    with mpmath.workdps(15):
        x, delta = mpf(2) ** power, mpf("1.773")
        found = mass_deficit(x, delta), window_mass(delta, x * x)
    with mpmath.workdps(700):
        exact = mass_deficit(x, delta), window_mass(delta, x * x)
        for one, other in zip(found, exact, strict=True):
            assert mpmath.almosteq(one, other, rel_eps=mpf(10) ** -14)


@pytest.mark.parametrize("power", [-33, -34, -35])
def test_the_ends_of_what_is_taken_as_tiny_are_part_of_the_answer(power: int) -> None:
    """Exact arguments: only the spread of sinh(tΔ)/tΔ, or of the density, makes up the radius."""
    x, delta = arb(2) ** power, arb(40)
    deficit = sinh_integral(x, delta)
    width = arb(2) ** (power - 23)
    mass = BALL.interval_mass(arb(2), width)
    with working_precision(600):
        assert deficit.contains(sinh_integral(x, delta))
        assert mass.contains(BALL.interval_mass(arb(2), width))
