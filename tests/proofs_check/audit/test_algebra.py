"""Identities are proved or not; they are never proved where they fail."""

from fractions import Fraction

import pytest
import sympy as sp
from hypothesis import given
from hypothesis import strategies as st

from bounds import InputError
from bounds.certify.exact import to_ball
from bounds.certify.numbers.precision import working_precision
from proofs_check.audit.algebra import DENSITY, PHI, to_term, vanishes

x, delta = sp.symbols("x Delta", positive=True)


@pytest.mark.parametrize(
    "identity",
    [
        sp.cosh(x) ** 2 - sp.sinh(x) ** 2 - 1,
        DENSITY(x - delta) - DENSITY(x + delta) - 2 * DENSITY(x) * sp.sinh(x * delta)
        * sp.exp(-(delta**2) / 2),
        sp.coth(x) - 1 - sp.exp(-x) / sp.sinh(x),
        sp.diff(x / sp.sinh(x), x) - (1 / sp.sinh(x) - x * sp.cosh(x) / sp.sinh(x) ** 2),
        (x + delta) ** 3 - x**3 - delta**3 - 3 * x * delta * (x + delta),
    ],
)  # fmt: skip
def test_identities_are_proved_and_their_neighbours_are_not(identity: sp.Expr) -> None:
    assert vanishes(identity)
    for altered in (identity + x / 1000, identity + sp.Rational(1, 10**6) * sp.exp(-x)):
        assert not vanishes(altered)


@pytest.mark.heavy
@given(st.fractions(Fraction(1, 10), 3, max_denominator=30))
def test_a_term_has_the_value_of_its_expression(value: Fraction) -> None:
    expression = (
        sp.sinh(x) / sp.sqrt(x + sp.pi) - sp.log(1 + x) ** 3 + x ** sp.Rational(2, 9) * PHI(x)
        - DENSITY(2 * x) + (1 + x) ** -2 + sp.coth(x) + (1 + x) ** sp.Rational(3, 2)
    )  # fmt: skip
    with working_precision(128):
        ball = to_term(expression).at({"x": to_ball(value)})
    plain = expression.replace(PHI, lambda t: (1 + sp.erf(t / sp.sqrt(2))) / 2).replace(
        DENSITY, lambda t: sp.exp(-(t**2) / 2) / sp.sqrt(2 * sp.pi)
    )
    number = sp.N(plain.subs(x, sp.Rational(value.numerator, value.denominator)), 30)
    assert abs(float(ball.mid()) - float(number)) < 1e-13


@pytest.mark.parametrize("expression", [sp.Float("0.5"), sp.gamma(x), x**delta, sp.I])
def test_what_has_no_term_is_refused(expression: sp.Expr) -> None:
    with pytest.raises(InputError, match="has no term"):
        to_term(expression)
