"""Balls, floats, gradients and Taylor coefficients of every function agree with one another."""

import math
import random
from fractions import Fraction

import numpy as np
import pytest
from flint import arb, ctx

from bounds.certify.language.expression import Expr, call, number, variable
from bounds.certify.language.grammar import parse_expression
from bounds.certify.rules import enclosures
from bounds.certify.rules.balls import BALLS
from bounds.certify.rules.enclosures import evaluate, gradient
from bounds.certify.rules.floats import FLOATS, evaluate_float
from bounds.certify.rules.taylor import series

X = variable("x")
T, A, B = variable("t"), variable("a"), variable("b")

ONE_PLACE = {
    "asin": (-0.9, 0.9), "acos": (-0.9, 0.9), "atanh": (-0.9, 0.9), "acosh": (1.1, 9),
    "log": (0.1, 9), "log1p": (-0.9, 9), "quantile": (0.02, 0.98), "gamma": (0.2, 6),
    "loggamma": (0.2, 30), "digamma": (0.2, 30), "lambertw": (-0.3, 9), "zeta": (1.2, 9),
    "tan": (-1.4, 1.4), "exp": (-5, 5), "expm1": (-5, 5), "sinh": (-4, 4), "cosh": (-4, 4),
    "erfcx": (-2, 40), "mills": (-3, 60), "cbrt": (0.2, 9), "floor": (0.1, 0.9),
    "abs": (0.1, 4), "sign": (0.1, 4),
}  # fmt: skip
SEVERAL = {
    "atan2": (X, number(2)), "polygamma": (number(2), X), "beta": (X, number(3)),
    "binomial": (X + 5, number(2)), "gammap": (number(3), X), "gammaq": (number(3), X),
    "betai": (X / 4, number(2), number(3)), "besseli": (number(1), X),
    "besselj": (number(2), X), "besselk": (number(1), X), "hyp1f1": (number(1), number(3), X),
    "hyp2f1": (number(1), number(2), number(3), X / 4), "min": (X, X * X), "max": (X, X * X),
}  # fmt: skip
SEVERAL_PLACE = (1.1, 2.9)


def cases():
    for head in BALLS:
        if head in SEVERAL:
            yield Expr(head, *SEVERAL[head]), SEVERAL_PLACE
        else:
            yield call(head, X), ONE_PLACE.get(head, (-3, 3))


CASES = [pytest.param(e, *place, id=e.head) for e, place in cases()]


def test_floats_has_every_function():
    assert set(FLOATS) == set(BALLS)


@pytest.mark.parametrize(("e", "low", "high"), CASES)
def test_a_wide_ball_holds_the_values_in_it(e, low, high):
    draw = random.Random(1)
    for _ in range(20):
        ends = sorted(draw.uniform(low, high) for _ in range(2))
        wide = evaluate(e, {"x": arb(ends[0]).union(arb(ends[1]))})
        for point in np.linspace(*ends, 7):
            value = evaluate(e, {"x": arb(float(point))})
            assert value.is_finite()
            assert wide.overlaps(value), (ends, point, wide, value)


@pytest.mark.heavy
@pytest.mark.parametrize(("e", "low", "high"), CASES)
def test_floats_agree_with_balls(e, low, high):
    points = np.linspace(low, high, 9)
    for point, value in zip(points, evaluate_float(e, {"x": points}), strict=True):
        assert float(evaluate(e, {"x": arb(float(point))})) == pytest.approx(value, rel=1e-9)


@pytest.mark.heavy
@pytest.mark.parametrize(("e", "low", "high"), CASES)
def test_slopes_and_taylor_coefficients_agree_with_differences(e, low, high):
    if e.head in ("floor", "sign", "abs"):
        return
    before, ctx.prec = ctx.prec, 200
    try:
        h = arb(2) ** -40
        for point in np.linspace(low, high, 5)[1:4]:
            x = arb(float(point))
            coefficients = series(e, "x", {"x": x}, 3)
            values = [evaluate(e, {"x": x + k * h}) for k in (-1, 0, 1)]
            first = (values[2] - values[0]) / (2 * h)
            second = (values[2] - 2 * values[1] + values[0]) / (2 * h * h)
            slope = gradient(e, ["x"], {"x": x})[0]
            assert abs(float(slope - first)) < 1e-9 * (1 + abs(float(slope)))
            assert slope.overlaps(coefficients[1])
            assert coefficients[0].overlaps(values[1])
            scale = 1 + abs(float(second))
            assert abs(float(coefficients[2] - second)) < 1e-9 * scale
    finally:
        ctx.prec = before


@pytest.mark.parametrize(("e", "low", "high"), CASES)
def test_taylor_with_a_ball_as_remainder_holds_the_values(e, low, high):
    if e.head in ("floor", "sign"):
        return
    centre, width = (low + high) / 2, (high - low) / 32
    cell = arb(centre, width)
    at_centre = series(e, "x", {"x": arb(centre)}, 3)
    remainder = series(e, "x", {"x": cell}, 4)[4]
    for step in (-width, -width / 3, width / 2, width):
        t = arb(step)
        form = sum((at_centre[k] * t**k if k else at_centre[0] for k in range(4)), arb(0))
        assert (form + remainder * t * t * t * t).overlaps(evaluate(e, {"x": arb(centre + step)}))


@pytest.mark.heavy
@pytest.mark.parametrize(
    "place", [arb("nan"), arb("inf"), arb(0, float("inf")), arb(-1e30), arb(3, 1e30)]
)
@pytest.mark.parametrize("e", [case.values[0] for case in CASES], ids=str)
def test_no_ball_raises_and_none_is_nan(e, place):
    assert not evaluate(e, {"x": place}).is_nan()
    assert len(gradient(e, ["x"], {"x": place})) == 1


def test_relative_accuracy_is_kept_far_out():
    far = call("mills", X)
    for x in (30, 1000, 10**8):
        assert evaluate(far, {"x": arb(x)}).rel_accuracy_bits() > 30
        assert float(evaluate(far, {"x": arb(x)}) * x) == pytest.approx(1, rel=2 / x**2 + 1e-15)
    assert evaluate(call("Phi", -X), {"x": arb(200)}) > 0


def test_even_powers_and_roots_stay_non_negative():
    assert evaluate(X**2, {"x": arb(0, 1)}) > -1e-8
    assert evaluate(X ** Fraction(1, 2), {"x": arb(0, 1e-3)}).is_finite()
    assert not evaluate(X ** Fraction(1, 2), {"x": arb(-2)}).is_finite()
    assert not evaluate(X**-1, {"x": arb(0, 1)}).is_finite()
    assert evaluate(X**-2, {"x": arb(3, 1)}).overlaps(arb(0.25))


def test_integrals_and_sums():
    e = Expr("integral", call("exp", -T * T), T, number(0), X)
    assert float(evaluate(e, {"x": arb(1)})) == pytest.approx(math.erf(1) * math.sqrt(math.pi) / 2)
    assert evaluate_float(e, {"x": [1.0]})[0] == pytest.approx(float(evaluate(e, {"x": arb(1)})))
    total = Expr("sum", T**-2, T, number(1), number(100))
    assert float(evaluate(total, {})) == pytest.approx(sum(1 / k**2 for k in range(1, 101)))


def test_a_gradient_of_several_variables():
    e = A * call("log", A / B) + (1 - A) * call("log", (1 - A) / (1 - B))
    by_a, by_b = gradient(e, ["a", "b"], {"a": arb(0.3), "b": arb(0.6)})
    assert float(by_a) == pytest.approx(math.log(0.3 / 0.6) - math.log(0.7 / 0.4))
    assert float(by_b) == pytest.approx((0.6 - 0.3) / (0.6 * 0.4))


def test_large_parameters_are_asked_for_few_bits():
    """At many bits FLINT sums for minutes there."""
    with ctx.workprec(1024):
        value = evaluate(parse_expression("gammap(10^5, 10^5)"), {})
        assert 0.49 < float(value.mid()) < 0.51
        assert evaluate(parse_expression("gammap(10, 10)"), {}).rel_accuracy_bits() > 900


def test_a_hard_integral_is_given_up(monkeypatch):
    asked = []
    at_complex = enclosures.at_complex

    def counted(*arguments):
        asked.append(1)
        return at_complex(*arguments)

    monkeypatch.setattr(enclosures, "at_complex", counted)
    with ctx.workprec(1024):
        evaluate(parse_expression("integral(sqrt(abs(sin(1000*t))), t, 0, 1)"), {})
    assert len(asked) < 30_000


def test_a_number_beyond_the_floats_is_infinite_among_them() -> None:
    huge = number(Fraction(10) ** 999)
    assert evaluate_float(huge, {}) == math.inf
    assert evaluate_float(-huge, {}) == -math.inf
