"""Balls: they hold the true value, they are narrow, and they never claim more than they know."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import mpmath
import pytest
from flint import arb, ctx
from hypothesis import given, settings
from hypothesis import strategies as st
from samples import attacks, losses, offsets

import bounds.functions as functions
from bounds.certify.arithmetic.ball import BALL, hull
from bounds.certify.errors import DomainError, Inconclusive
from bounds.functions.primitives.ball import sinh_integral, solve_deficit

OF_OFFSET = ["window_mass", "mass_deficit"]
OF_LOSS = ["loss", "curvature_criterion", "printed_criterion"]
OF_EPS = [
    name
    for name in functions.__all__
    if name not in ("density", "cdf", "quantile", "central_mass", *OF_OFFSET, *OF_LOSS)
]


ROUNDED = 1 + arb(2) ** -10
"""FLINT rounds a radius up, with 30 bits; of e^{−z²}, z up to 110, some 14 of them are lost."""


def inputs(name: str, most: float = 100.0) -> st.SearchStrategy[tuple[arb, arb]]:
    """Inputs inside the domain of the function."""
    if name in OF_OFFSET:
        return offsets(most=most)
    return losses(most=most) if name in OF_LOSS else attacks(most=most)


def evaluate(function: Callable[..., arb], *arguments: arb) -> arb | None:
    """The value; None where the ball is too wide for an answer."""
    try:
        return function(*arguments)
    except (DomainError, Inconclusive):
        return None


def thick(centre: arb, bits: int) -> arb:
    """A ball of relative radius 2^−bits around a positive centre."""
    return arb(centre.mid(), (centre * arb(2) ** -bits).mid())


def inside(ball: arb, place: float) -> arb:
    """The point of the ball at a place in [−1, 1]."""
    with ctx.workprec(2000):
        return ball.mid() + arb(place) * ball.rad()


@pytest.mark.heavy
@pytest.mark.parametrize("name", OF_OFFSET + OF_EPS + OF_LOSS)
@settings(max_examples=10)
@given(data=st.data())
def test_precisions_agree(name: str, data: st.DataObject) -> None:
    function: Callable[..., arb] = getattr(functions, name)
    point = data.draw(inputs(name))
    with ctx.workprec(500):
        truth = evaluate(function, *point)
    for bits in (30, 53, 120):
        with ctx.workprec(bits):
            value = evaluate(function, *point)
        if value is not None and truth is not None and value.is_finite():
            assert value.overlaps(truth)
            # far inside a window few bits hold 1 to within its deficit, as closely as 500 bits do
            assert truth.rad() <= value.rad() * ROUNDED + truth.abs_upper() * arb(2) ** -480


@pytest.mark.parametrize(("delta", "bits"), [(27, 30), (30, 30), (100, 30)])
def test_far_inside_a_window_more_bits_narrow_nothing(delta: int, bits: int) -> None:
    """All is within the window but for 2⁻⁵⁰⁰ or so: a ball is 1 ± a bound of that, at any bits.

    The bound is rounded up, and so the one at few bits may be smaller by some of its last bits.
    """
    x = arb("4e-7").mid()
    with ctx.workprec(500):
        truth = functions.window_mass(x, delta)
    with ctx.workprec(bits):
        value = functions.window_mass(x, delta)
    assert truth.contains(1)
    assert value.contains(1)
    assert value.rad() / ROUNDED < truth.rad() < value.rad() * ROUNDED


@pytest.mark.heavy
@pytest.mark.parametrize("name", OF_OFFSET + OF_EPS + OF_LOSS)
@settings(max_examples=12)
@given(
    data=st.data(),
    bits=st.tuples(st.integers(2, 70), st.integers(4, 70)),
    places=st.lists(st.tuples(st.floats(-1, 1), st.floats(-1, 1)), min_size=2, max_size=2),
)
def test_a_wide_ball_holds_the_values_at_its_points(
    name: str, data: st.DataObject, bits: tuple[int, int], places: list[tuple[float, float]]
) -> None:
    function: Callable[..., arb] = getattr(functions, name)
    first, delta = data.draw(inputs(name, most=30.0))
    wide = thick(first, bits[0]), thick(delta, bits[1])
    value = evaluate(function, *wide)
    if value is None or not value.is_finite():
        return
    for place in [(-1, -1), (1, -1), (-1, 1), (1, 1), *places]:
        with ctx.workprec(600):
            at = evaluate(function, *map(inside, wide, place))
        assert at is None or value.overlaps(at)


@pytest.mark.parametrize("bits", [53, 64, 100, 400])
@pytest.mark.parametrize(
    ("eps", "delta"),
    [
        ("0.4", "2.1"),
        ("0.4", "20.1"),
        ("1e-30", "0.3"),
        ("1e-30", "20.1"),
        ("1e-200", "8.1"),
        ("1e-253", "30.1"),
        ("1e-44", "60.1"),
    ],
)
def test_decimals_keep_their_digits(eps: str, delta: str, bits: int) -> None:
    # a decimal is a ball of the working precision, and Δ weighs at most about Δ² = 12 bits
    with ctx.workprec(bits):
        for name in ("filter_radius", "filter_radius_slope", "median_shift", "median_shift_slope"):
            assert getattr(functions, name)(eps, delta).rel_accuracy_bits() > bits - 20, name
        for name in ("mass_estimate", "window_mass_inverse", "mass_deficit", "loss"):
            assert getattr(functions, name)(eps, delta).rel_accuracy_bits() > bits - 20, name
        assert functions.curvature_criterion(eps, delta).rel_accuracy_bits() > bits - 24


@pytest.mark.parametrize("delta", [0.3, 2.1, 30.0, 60.1])
def test_a_wide_delta_has_an_answer(delta: float) -> None:
    for bits in (14, 16, 20, 24, 25, 26, 28, 40):
        for eps in ("1e-44", "0.1"):
            value = functions.filter_radius(arb(eps), thick(arb(delta), bits))
            assert value.rel_accuracy_bits() > bits - 16


@pytest.mark.parametrize("centre", [-1e-12, 0.0, 1e-12])
def test_the_radius_of_a_mass_around_zero(centre: float) -> None:
    value = solve_deficit(arb(centre, 2e-12), arb(2))
    assert value.contains(0)
    assert value.contains(functions.filter_radius(arb(9e-13), arb(2)))
    assert value < 1e-3


@pytest.mark.heavy
@settings(max_examples=40)
@given(st.floats(-60, 60), st.floats(0, 80), st.integers(2, 60), st.floats(-1, 1))
def test_interval_mass(start: float, width: float, bits: int, place: float) -> None:
    with mpmath.workdps(1700):
        end = mpmath.mpf(start) + mpmath.mpf(width)
        truth = arb(mpmath.ncdf(end) - mpmath.ncdf(mpmath.mpf(start)))
    value = BALL.interval_mass(arb(start), arb(width))
    assert value.overlaps(truth)
    assert value.rel_accuracy_bits() > 35 or width == 0
    wide = arb(start, abs(start) / 2**bits), arb(width, width / 2**bits)
    with ctx.workprec(200):
        at = BALL.interval_mass(inside(wide[0], place), inside(wide[1], -place))
    assert BALL.interval_mass(*wide).overlaps(at)


@settings(max_examples=40)
@given(st.floats(-40, 40), st.floats(0.01, 40), st.integers(2, 60), st.floats(-1, 1))
def test_sinh_integral(x: float, delta: float, bits: int, place: float) -> None:
    wide = arb(x, abs(x) / 2**bits), thick(arb(delta), bits)
    with ctx.workprec(300):
        at = sinh_integral(inside(wide[0], place), inside(wide[1], -place))
    assert sinh_integral(*wide).overlaps(at)
    across = arb(x / 2, abs(x))  # 0 inside
    assert sinh_integral(across, arb(delta)).contains(0)
    assert not sinh_integral(across, arb(delta)) < 0


@pytest.mark.parametrize("bad", [arb("nan"), arb("inf"), arb("-inf"), arb(0, "inf")], ids=str)
def test_no_number_from_a_ball_that_is_not_finite(bad: arb) -> None:
    one = arb(1)
    for value in (
        BALL.interval_mass(bad, one),
        BALL.interval_mass(one, bad),
        sinh_integral(bad, one),
        sinh_integral(one, bad),
    ):
        assert not value.is_finite()


def test_quantiles_of_wide_balls() -> None:
    for chance in (arb(0.3, 0.2), arb(0.5, 0.1), arb(0.9, 0.05)):
        value = BALL.quantile(chance)
        for place in (-1, -0.5, 0, 0.5, 1):
            assert value.overlaps(BALL.quantile(inside(chance, place)))
            point = inside(chance, place)
            central = BALL.central_quantile(chance, 1 - chance)
            assert central.overlaps(BALL.central_quantile(point, 1 - point))


def test_the_precision_survives_an_error() -> None:
    with ctx.workprec(77):
        for arguments in ((arb(2), arb(1)), (arb("nan"), arb(1)), (arb("0.1"), arb(50, 49))):
            with pytest.raises((DomainError, Inconclusive)):
                functions.loss(*arguments)
            assert ctx.prec == 77


def test_hull_holds_both_ends_and_what_lies_between() -> None:
    ball: Any = hull(arb(1), arb(3))
    assert ball.contains(1)
    assert ball.contains(2)
    assert ball.contains(3)
