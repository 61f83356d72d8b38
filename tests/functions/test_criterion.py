"""The derived criterion: sign and value of the second derivative of the loss."""

from __future__ import annotations

import pytest
from flint import arb, arb_series, ctx
from hypothesis import given, settings
from routes import agree, check_curvature_criterion, check_curvature_criterion_gradient_at
from samples import losses

from bounds.functions import (
    curvature_criterion,
    filter_radius_slope,
    loss,
    mass_estimate,
    mass_estimate_curvature,
    mass_estimate_slope,
    median_shift,
    median_shift_curvature,
    median_shift_slope,
)
from bounds.functions.criterion import curvature_criterion_gradient_at


def test_second_routes() -> None:
    check_curvature_criterion(curvature_criterion)
    check_curvature_criterion_gradient_at(curvature_criterion_gradient_at)


@pytest.mark.heavy
@settings(max_examples=25)
@given(losses(most=30.0))
def test_sign_and_value_by_power_series(point: tuple[arb, arb]) -> None:
    # L″/L′ · g(1 + g²)/(g′ ε̂′), with every derivative read off a power series
    eps, delta = point
    with ctx.workprec(500):
        path = arb_series([eps, 1], prec=3)
        losing = loss(path, delta)
        estimate = mass_estimate(path, delta)
        shift = median_shift(arb_series([estimate[0], 1], prec=2), delta)
        g, scale = shift[0], shift[1] * estimate[1]
        value = 2 * losing[2] / losing[1] * g * (1 + g * g) / scale
        criterion = curvature_criterion(eps, delta)
        assert criterion.overlaps(value)
        agree(criterion, value.mid(), 20)
        assert (criterion > 0) == (losing[2] > 0)


@pytest.mark.heavy
@settings(max_examples=20)
@given(losses(most=12.0))
def test_as_its_docstring_writes_it(point: tuple[arb, arb]) -> None:
    eps, delta = point
    with ctx.workprec(1500):
        estimate = mass_estimate(eps, delta)
        g, slope = median_shift(estimate, delta), median_shift_slope(estimate, delta)
        bend = mass_estimate_curvature(eps, delta) / mass_estimate_slope(eps, delta) ** 2
        # g″/g′ = g g′ − Δ l′ (coth − 1)
        pull = g * slope - median_shift_curvature(estimate, delta) / slope
        square = g * g
        value = (1 - square) ** 2 + (1 + square) * (g / slope) * (bend - pull)
        agree(curvature_criterion(eps, delta), value.mid(), 20)


@pytest.mark.parametrize(
    ("delta", "concave", "convex"),
    [("2", "1e-4", "0.1"), ("4", "1e-9", "0.1"), ("8", "1e-20", "0.5")],
)
def test_concave_then_convex(delta: str, concave: str, convex: str) -> None:
    assert curvature_criterion(concave, delta) < 0
    assert curvature_criterion(convex, delta) > 0


def test_is_of_ordinary_size_for_tiny_attacks() -> None:
    # both bends grow as ε → 0, yet the criterion tends to 1 − 2 = −1 … −2
    with ctx.workprec(200):
        for delta in ("0.1", "1", "8", "30"):
            assert -4 < curvature_criterion("1e-1000", delta) < 0
    assert filter_radius_slope("1e-1000", 1) > arb(10) ** 300
