"""The table formula × arithmetic: every public formula is worth the same in every arithmetic."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from fractions import Fraction
from itertools import product
from typing import Any

import mpmath
import numpy as np
import pytest
import sympy
from flint import arb, arb_series
from marks import heavy

import bounds.functions as functions
from bounds.certify.errors import InputError
from bounds.certify.inequalities import Term, decide_less, operation, variable
from bounds.certify.numbers.precision import working_precision
from bounds.lower import information_bound
from bounds.upper import far

FORMULAS: dict[str, Callable[..., Any]] = {
    **{name: getattr(functions, name) for name in functions.__all__},
    "information_bound": information_bound,
    "far_probability": far.far_probability,
    "far_expectation": far.far_expectation,
    "far_term": far.far_term,
    "printed_far_term": far.printed_far_term,
    "far_loss": far.far_loss,
}
FIRST, DELTA = Fraction(1, 64), Fraction(5, 4)


def places(formula: Callable[..., Any]) -> list[Fraction]:
    """A place in the domain: one number, or (ε, Δ)."""
    names = list(inspect.signature(formula).parameters)
    if len(names) == 2:
        return [FIRST, DELTA]
    return [DELTA if names[0] == "delta" else FIRST]


def as_float(values: list[Fraction]) -> list[Any]:
    return [float(value) for value in values]


def as_array(values: list[Fraction]) -> list[Any]:
    return [np.array([float(value)] * 2) for value in values]


def as_mpf(values: list[Fraction]) -> list[Any]:
    return [mpmath.mpf(value.numerator) / value.denominator for value in values]


def as_symbol(values: list[Fraction]) -> list[Any]:
    return [sympy.Rational(value.numerator, value.denominator) for value in values]


def as_series(values: list[Fraction]) -> list[Any]:
    first, *rest = as_ball(values)
    return [arb_series([first, 1], prec=3), *rest]


def as_ball(values: list[Fraction]) -> list[Any]:
    return [arb(value.numerator) / value.denominator for value in values]


def number(value: Any) -> float:
    """What a value of any arithmetic is worth."""
    if isinstance(value, arb_series):
        return float(value[0].mid())
    if isinstance(value, arb):
        return float(value.mid())
    if isinstance(value, np.ndarray):
        return float(value.flat[0])
    return float(sympy.N(value, 20)) if isinstance(value, sympy.Basic) else float(value)


def rows() -> list[Any]:
    """Every formula in every arithmetic; the criteria have long expressions."""
    brought = (as_float, as_array, as_mpf, as_symbol, as_series)
    return [
        heavy(*row) if row[0] is as_symbol and "criterion" in row[1] else row
        for row in product(brought, FORMULAS)
    ]


@pytest.mark.heavy
@pytest.mark.parametrize(("brought", "name"), rows())
def test_a_formula_is_worth_the_same_in_every_arithmetic(
    name: str, brought: Callable[[list[Fraction]], list[Any]]
) -> None:
    formula = FORMULAS[name]
    at = places(formula)
    with working_precision(128):
        truth = number(formula(*as_ball(at)))
        value = number(formula(*brought(at)))
    assert value == pytest.approx(truth, rel=1e-11)


@pytest.mark.parametrize("name", FORMULAS)
def test_a_formula_on_terms_is_worth_its_value(name: str) -> None:
    formula = FORMULAS[name]
    at = places(formula)
    names = ["t", "u"][: len(at)]
    term = formula(*(variable(name) for name in names))
    assert isinstance(term, Term)
    with working_precision(128):
        balls = as_ball(at)
        value = term.at(dict(zip(names, balls, strict=True)))
        assert value.overlaps(formula(*balls))
        assert value.rel_accuracy_bits() > 80


@pytest.mark.parametrize("name", FORMULAS)
def test_a_formula_is_decided_on_terms(name: str) -> None:
    first, *rest = places(FORMULAS[name])
    term = FORMULAS[name](variable("t"), *rest)
    with working_precision(128):
        value = term.at({"t": as_ball([first])[0]})
    below = Fraction(float(value.lower())) - abs(Fraction(float(value.mid()))) / 10**6
    assert decide_less(below, term, {"t": first}).holds


def test_terms_have_no_order_before_they_have_a_place() -> None:
    with pytest.raises(InputError, match="decide_less"):
        bool(variable("t") < 1)


def test_an_operation_takes_its_arguments_by_name() -> None:
    by_name = functions.loss(delta=variable("d"), eps=Fraction(1, 9))
    assert str(by_name) == str(functions.loss(Fraction(1, 9), variable("d")))


def test_an_operation_is_not_replaced() -> None:
    def loss(eps: Any) -> Any:
        return eps

    with pytest.raises(InputError, match="already"):
        operation(loss)
