"""Terms: what they are worth, how they read, and that both engines agree on them."""

from fractions import Fraction

import pytest
from flint import arb
from hypothesis import given
from hypothesis import strategies as st

import bounds
from bounds import InputError
from bounds.certify.arithmetic.ball import BALL
from bounds.certify.errors import DomainError
from bounds.certify.exact import to_ball
from bounds.certify.inequalities import PI, Term, exp, number, operation, quantile, sqrt, variable
from bounds.certify.inequalities.term import _OPERATIONS, TERM
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


@pytest.mark.parametrize(
    "chance",
    [arb(0), arb(1), arb(-0.1), arb(1.5), arb(0, 0.1), arb(1, 0.1), arb(0.5, 1), arb.nan()],
)
def test_a_quantile_is_asked_for_within_0_and_1_alone(chance: arb) -> None:
    with pytest.raises(DomainError, match=r"in \(0, 1\)"):
        quantile(x).at({"x": chance})


def test_the_primitives_of_terms_are_those_of_balls() -> None:
    y = variable("y")
    with working_precision(96):
        for a, b in (("0.3", "0.2"), ("0.25", "0.7"), ("0.9", "0.05")):
            place = {"x": arb(a), "y": arb(b)}
            for term, ball in (
                (TERM.root(x, 3), BALL.root(arb(a), 3)),
                (TERM.root(x, 7), BALL.root(arb(a), 7)),
                (TERM.interval_mass(x, y), BALL.interval_mass(arb(a), arb(b))),
                (TERM.central_quantile(x, 1 - x), BALL.central_quantile(arb(a), 1 - arb(a))),
                (TERM.density(x), BALL.density(arb(a))),
                (TERM.cdf(x), BALL.cdf(arb(a))),
                (TERM.quantile(x), BALL.quantile(arb(a))),
                (TERM.expm1(x), BALL.expm1(arb(a))),
                (TERM.exp(x), BALL.exp(arb(a))),
                (TERM.sqrt(x), BALL.sqrt(arb(a))),
                (TERM.pi(), BALL.pi()),
            ):
                assert term.at(place).overlaps(ball)
                assert term.at(place).rel_accuracy_bits() > 80


def test_terms_have_no_order() -> None:
    for order in (x < 1, x > 1, x <= 1, x >= 1, (x > 0) & (x < 1), True & (x < 1)):
        with pytest.raises(InputError, match="no order"):
            bool(order)


def test_a_formula_becomes_an_operation_under_a_name_of_its_own(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name in list(_OPERATIONS):  # put back afterwards
        monkeypatch.setitem(_OPERATIONS, name, _OPERATIONS[name])
    monkeypatch.setitem(_OPERATIONS, "ratio_of", None)
    del _OPERATIONS["ratio_of"]

    def ratio_of(a: arb, b: arb) -> arb:
        return a / b

    made = operation(ratio_of)
    y, place = variable("y"), {"x": arb(1), "y": arb(4)}
    for term in (made(x, y), made(x, b=y), made(a=x, b=y), made(b=y, a=x)):
        assert term.json() == ["ratio_of", "x", "y"]
        assert term.at(place) == 0.25
    assert made(x, 4).json() == ["ratio_of", "x", "4"]
    assert made(arb(3), arb(4)) == 0.75
    assert made(arb(3), b=arb(4)) == 0.75
    for wrong in ((x,), (x, y, x)):
        with pytest.raises(InputError, match="ratio_of takes 2 arguments"):
            made(*wrong)
    with pytest.raises(InputError, match="there is an operation ratio_of already"):
        operation(ratio_of)
