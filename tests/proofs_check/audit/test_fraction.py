import pytest
import sympy as sp
from hypothesis import given, settings
from hypothesis import strategies as st

from bounds import InputError
from proofs_check.audit.fraction import coefficient_signs, same_function

x, y = sp.symbols("x y")
SMALL = st.integers(-5, 5)


@settings(max_examples=20)
@given(SMALL, SMALL, SMALL)
def test_rearranged_it_is_the_same_and_altered_it_is_not(a: int, b: int, c: int) -> None:
    plain = (a + b * x) ** 2 / (1 + y) + c * y / x
    rearranged = (a**2 * x + 2 * a * b * x**2 + b**2 * x**3 + c * y * (1 + y)) / (x * (1 + y))
    assert same_function(plain, rearranged)
    assert same_function(plain, plain * (x**2 - 1) / (x - 1) / (x + 1))
    assert not same_function(plain, rearranged + sp.Rational(1, 10**9) * x / y)


def test_numbers_alone_are_compared() -> None:
    assert same_function(sp.Rational(1, 3) + sp.Rational(1, 6), sp.Rational(1, 2))
    assert not same_function(sp.Integer(1), sp.Integer(2))


def test_other_expressions_are_refused() -> None:
    with pytest.raises(InputError, match="no part of a rational function"):
        same_function(sp.exp(x), x)


def test_the_signs_of_coefficients() -> None:
    assert coefficient_signs((x**2 - y) / (x + 3)) == ({1, -1}, {1})
    assert coefficient_signs((x**2 - y**2) / (x - y)) == ({1}, {1})
