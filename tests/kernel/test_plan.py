"""Guesses are near what they guess, decimals go outwards, and cuts cover the curve in order."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bounds import eps_cr
from bounds.certify.errors import Inconclusive
from bounds.kernel.guess import Curve
from bounds.kernel.located import locate
from bounds.kernel.plan import Family, decimal, plan
from bounds.kernel.text import number

DELTAS = [Fraction(3, 2), Fraction(2), Fraction(4), Fraction(8)]


@pytest.mark.heavy
@given(st.fractions(min_value=Fraction(1, 10**12), max_value=10**6), st.integers(3, 30))
def test_decimals_go_outwards(value: Fraction, digits: int) -> None:
    guess = Curve(Fraction(2), 40).number(value)
    low, high = decimal(guess, digits, -1), decimal(guess, digits, 1)
    assert low < value < high
    assert high - low < 4 * value / 10 ** (digits - 1)


@pytest.mark.parametrize("delta", DELTAS)
@pytest.mark.parametrize("share", [0.01, 0.3, 1, 2.5, 5])
def test_guesses_solve_their_equations(delta: Fraction, share: float) -> None:
    curve = Curve(delta, 20)
    y = curve.delta * share
    x = curve.radius_at(y)
    unit = curve.unit * curve.mp.mpf(10) ** -18
    assert abs(curve.deficit(x) + curve.unit * x - curve.deficit(y)) < unit
    mass = curve.mp.ncdf(y - curve.delta) - curve.mp.ncdf(-curve.delta)
    assert abs(2 * curve.mp.ncdf(curve.shift_at(y)) - 1 - mass) < unit


@pytest.mark.heavy
def test_a_plan_is_in_order() -> None:
    cut = plan(Fraction(2), Fraction(2))
    places = [Fraction(0), *cut.before, *cut.between, cut.back, cut.end]
    assert places == sorted(set(places))


@pytest.mark.heavy
def test_a_plan_has_the_critical_value_in_its_first_turn() -> None:
    cut = plan(Fraction(3), Fraction(3))
    curve = Curve(Fraction(3), 20)
    enclosed = eps_cr(3).eps
    for eps in (Fraction(str(enclosed.low)), Fraction(str(enclosed.high))):
        y = curve.reach_of_radius(curve.radius_of_mass(eps))
        assert curve.number(cut.before[-1]) < y < curve.number(cut.between[0])


@pytest.mark.heavy
def test_boxes_show_no_sign_across_a_turn() -> None:
    family, cut = Family(Fraction(2), Fraction(2)), plan(Fraction(2), Fraction(2))
    left, right = cut.before[-1], cut.between[0]
    assert family.sign(left, family.beyond(left), family.before(right), right) == 0


@pytest.mark.parametrize("delta", [Fraction(1, 2), Fraction(1)])
def test_another_shape_is_undecided(delta: Fraction) -> None:
    with pytest.raises(Inconclusive):
        plan(delta, delta)


def test_too_wide_a_range_is_undecided() -> None:
    with pytest.raises(Inconclusive, match="narrow the range"):
        plan(Fraction(2), Fraction(3))


def test_a_decimal_is_located_only_where_its_sign_is_seen() -> None:
    low = Fraction("0.00397989770098")
    near = Fraction(1, 10**16)
    assert locate(Fraction(2), low, -1, near).sign() == -1
    with pytest.raises(Inconclusive):
        locate(Fraction(2), low, 1, near)
    with pytest.raises(Inconclusive, match="eps_max"):
        locate(Fraction(2), Fraction(9, 10), 1, near)


@pytest.mark.parametrize(
    ("value", "told"),
    [(Fraction(3), "3"), (Fraction(1, 2), "(1 / 2)"), (Fraction(-1, 2), "(- (1 / 2))")],
)
def test_rationals_in_coq(value: Fraction, told: str) -> None:
    assert number(value) == told
