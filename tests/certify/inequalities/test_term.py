"""Terms: what they are worth, how they read, and that both engines agree on them."""

from fractions import Fraction

import pytest
from flint import arb
from hypothesis import given
from hypothesis import strategies as st

import bounds
from bounds import InputError
from bounds.certify.exact import to_ball
from bounds.certify.inequalities import PI, Term, exp, number, quantile, sqrt, variable
from bounds.certify.inequalities.term import _OPERATIONS
from bounds.certify.numbers.precision import working_precision
from bounds.functions.terms import loss

x = variable("x")


@pytest.mark.parametrize(
    ("term", "text"),
    [
        (x * (1 - x), "x*(1 - x)"),
        (1 - (x - 2), "1 - (x - 2)"),
        (1 / (x / 2), "1/(x/2)"),
        (x * x + number("1/3"), "x*x + 1/3"),
        (x * number("1/3"), "x*(1/3)"),
        ((1 + x) ** 3, "(1 + x)^3"),
        (x * 2 / 3, "x*2/3"),
        (number("-1/3"), "-1/3"),
        (-x * 2, "(-x)*2"),
        (loss(x, "5/2") - sqrt(PI), "loss(x, 2.5) - sqrt(pi)"),
    ],
)
def test_a_term_reads_as_one_writes_it(term: Term, text: str) -> None:
    assert str(term) == text


@given(st.fractions(-4, 4, max_denominator=50))
def test_the_value_is_that_of_the_exact_expression(value: Fraction) -> None:
    term = (x + 1) * (x - "1/2") ** 2 - x / 3 + (2 - x) ** 3
    exact = (value + 1) * (value - Fraction(1, 2)) ** 2 - value / 3 + (2 - value) ** 3
    with working_precision(128):
        ball = term.at({"x": to_ball(value)})
        assert ball.overlaps(to_ball(exact))
        assert ball.rel_accuracy_bits() > 90 or abs(exact) < Fraction(1, 10**6)


def test_an_even_power_of_a_wide_ball_is_not_negative() -> None:
    with working_precision(64):
        assert not (x**2).at({"x": arb(0, 1)}) < 0
        assert (x**2 + "0.001").at({"x": arb(0, 1)}) > 0


def test_functions_are_those_of_the_library() -> None:
    with working_precision(128):
        eps, delta = to_ball(Fraction(1, 100)), to_ball(Fraction(5, 2))
        assert loss(x, "5/2").at({"x": eps}).overlaps(bounds.loss(eps, delta))
        assert quantile(x).at({"x": eps}).overlaps(bounds.functions.quantile(eps))


def test_variables_are_told() -> None:
    assert (x * PI + exp(variable("kappa"))).variables() == {"x", "kappa"}


@pytest.mark.parametrize("name", ["", "3", "x1", "loss", "pi", "_x", "x y", "x" * 40, "é"])
def test_names_that_a_variable_may_not_have(name: str) -> None:
    with pytest.raises(InputError, match="cannot name"):
        variable(name)


def test_a_name_may_have_31_letters() -> None:
    assert str(variable("x" * 31)) == "x" * 31
    with pytest.raises(InputError, match="cannot name"):
        variable("x" * 32)


@pytest.mark.parametrize("exponent", [1, 0, -2, 100, 0.5])
def test_powers_are_whole(exponent: float) -> None:
    with pytest.raises(InputError, match="whole number"):
        x**exponent  # type: ignore[operator]


def test_both_engines_offer_the_same_operations() -> None:
    import bounds.checker
    import bounds.lower  # noqa: F401 - and so does this
    from bounds.certify.checker.operations import OPERATIONS

    assert set(_OPERATIONS) | {"pi", "power"} == set(OPERATIONS)
