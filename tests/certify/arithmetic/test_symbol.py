"""SymPy: the formulas as mathematics, with derivatives that agree with the written ones."""

from __future__ import annotations

from typing import Any

import mpmath
import pytest
import sympy
from flint import arb, ctx
from marks import heavy
from routes import agree, quotient

import bounds.functions as functions
from bounds.certify.errors import DomainError, InputError

eps, delta, x = sympy.symbols("epsilon Delta x", positive=True)


def value(expression: Any, first: str, window: str, digits: int = 30) -> arb:
    """The expression at the decimals, as a ball."""
    at = {eps: sympy.Rational(first), x: sympy.Rational(first), delta: sympy.Rational(window)}
    number = expression.subs(at).evalf(digits)
    assert number.is_Float, number
    with mpmath.workprec(200), ctx.workprec(200):
        return arb(mpmath.mpf(number._mpf_))


POINTS = [("0.03", "2"), ("0.01", "0.5")]


@pytest.mark.heavy
@pytest.mark.parametrize(
    ("function", "slope"),
    [
        (functions.filter_radius, functions.filter_radius_slope),
        (functions.median_shift, functions.median_shift_slope),
        (functions.median_shift_slope, functions.median_shift_curvature),
        (functions.mass_estimate, functions.mass_estimate_slope),
        heavy(functions.mass_estimate_slope, functions.mass_estimate_curvature),
    ],
)
def test_sympy_differentiates_to_the_written_derivative(function: Any, slope: Any) -> None:
    derivative = sympy.diff(function(eps, delta), eps)
    with ctx.workprec(200):
        for at in POINTS:
            agree(slope(*map(arb, at)), value(derivative, *at), 25)


@pytest.mark.heavy
def test_the_slope_of_the_loss() -> None:
    derivative = sympy.diff(functions.loss(eps, delta), eps)
    with ctx.workprec(400):
        at = arb("0.03"), arb(2)
        agree(quotient(functions.loss, *at), value(derivative, "0.03", "2"), 25)


@pytest.mark.heavy
def test_the_inverses_know_their_derivatives_in_delta() -> None:
    for function in (functions.filter_radius, functions.window_mass_inverse):
        derivative = sympy.diff(function(eps, delta), delta)
        with ctx.workprec(400):
            for first, window in POINTS:
                mass = arb(first)
                swapped = quotient(lambda d, e, f=function: f(e, d), arb(window), mass)
                agree(swapped, value(derivative, first, window), 25)
    derivative = sympy.diff(functions.window_mass_inverse(eps, delta), eps)
    with ctx.workprec(400):
        for at in POINTS:
            slope = quotient(functions.window_mass_inverse, *map(arb, at))
            agree(slope, value(derivative, *at), 25)


@pytest.mark.heavy
def test_the_definitions_are_identities() -> None:
    deficit, mass = functions.mass_deficit(x, delta), functions.window_mass(x, delta)
    assert sympy.simplify(deficit + mass - functions.central_mass(delta)) == 0
    assert sympy.simplify(sympy.diff(functions.cdf(x), x) - functions.density(x)) == 0
    assert sympy.simplify(functions.quantile(functions.cdf(x)) - x) == 0
    radius = functions.filter_radius(eps, delta)
    estimate = functions.mass_estimate(eps, delta)
    assert sympy.simplify(estimate - eps - functions.density(delta) * radius) == 0
    slope = sympy.diff(radius, eps) / functions.filter_radius_slope(eps, delta)
    assert sympy.simplify(slope) == 1
    assert functions.filter_radius(sympy.Integer(0), delta) == 0


def test_evaluation_follows_the_digits_asked_for() -> None:
    number = functions.filter_radius(sympy.Rational(3, 100), 2)
    with ctx.workprec(400):
        truth = functions.filter_radius("0.03", 2)
    for digits in (15, 50, 100):
        with mpmath.workdps(120), ctx.workprec(400):
            shown = arb(mpmath.mpf(number.evalf(digits)._mpf_))
            assert abs(shown / truth - 1) < arb(10) ** (2 - digits)
    assert float(number) == pytest.approx(float(truth.mid()), rel=1e-14)


def test_symbols_stand_and_numbers_are_judged() -> None:
    free = sympy.Symbol("e")
    assert functions.filter_radius(free, 2).free_symbols == {free}
    assert functions.loss(free, sympy.Symbol("D")).free_symbols
    with pytest.raises(DomainError):
        functions.filter_radius(sympy.Rational(11, 10), delta.subs(delta, 2))
    with pytest.raises(DomainError):
        functions.filter_radius(eps, sympy.Integer(-2))
    for bad in (sympy.nan, sympy.zoo, sympy.I, sympy.oo, -sympy.oo):
        with pytest.raises(InputError):
            functions.window_mass(bad, 2)
        with pytest.raises(InputError):
            functions.filter_radius(eps, bad)


def test_they_print() -> None:
    radius = functions.filter_radius(eps, delta)
    assert sympy.latex(radius) == r"l\left(\epsilon\right)"
    assert sympy.latex(radius**2) == r"l\left(\epsilon\right)^{2}"
    inverse = functions.window_mass_inverse(eps, delta)
    assert sympy.latex(inverse) == r"f^{-1}\left(\epsilon\right)"


def test_a_ball_beside_a_symbol_is_refused() -> None:
    with pytest.raises(InputError, match="is not exact"):
        functions.mass_deficit(arb(0, 1), sympy.Symbol("Delta", positive=True))


@pytest.mark.parametrize("far", ["9" * 5000, "-1e200", "1e-3000", sympy.Integer(10) ** 400])
def test_a_number_of_enormous_size_is_refused_at_once(far: Any) -> None:
    for first, second in ((sympy.Rational(1, 3), far), (far, x), (x, far)):
        with pytest.raises(InputError, match="from 1e-400 to 1e100"):
            functions.loss(first, second)
    assert functions.window_mass(x, "0." + "3" * 3000).has(x)
