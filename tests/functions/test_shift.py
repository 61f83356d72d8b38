"""g, g′ and g″, with the functions they are written in."""

from __future__ import annotations

import pytest
from flint import arb, ctx
from hypothesis import given, settings
from hypothesis import strategies as st
from routes import (
    agree,
    check_coth,
    check_decay,
    check_median_shift,
    check_median_shift_curvature,
    check_median_shift_slope,
)
from samples import attacks

from bounds.functions import (
    cdf,
    density,
    filter_radius,
    filter_radius_slope,
    median_shift,
    median_shift_curvature,
    median_shift_slope,
    quantile,
)
from bounds.functions.shift import coth, decay


def test_second_routes() -> None:
    check_decay(decay)
    check_coth(coth)
    check_median_shift(median_shift)
    check_median_shift_slope(median_shift_slope)
    check_median_shift_curvature(median_shift_curvature)


@pytest.mark.heavy
@settings(max_examples=30)
@given(attacks(most=30.0))
def test_as_the_paper_defines_it(point: tuple[arb, arb]) -> None:
    eps, delta = point
    with ctx.workprec(4000):
        mass = eps + cdf(filter_radius(eps, delta) + delta) - cdf(delta)
        by_definition = quantile((1 + mass) / 2)
    with ctx.workprec(200):
        agree(median_shift(eps, delta), by_definition)


@settings(max_examples=30)
@given(attacks(), st.floats(1e-6, 1))
def test_increases(point: tuple[arb, arb], step: float) -> None:
    eps, delta = point
    with ctx.workprec(400):
        assert median_shift(eps / (1 + arb(step)), delta) < median_shift(eps, delta)
        assert median_shift_slope(eps, delta) > 0


@settings(max_examples=20)
@given(attacks(most=12.0))
def test_the_five_forms_of_the_slope(point: tuple[arb, arb]) -> None:
    eps, delta = point
    with ctx.workprec(1500):
        radius, slope = filter_radius(eps, delta), median_shift_slope(eps, delta).mid()
        unit = 1 / (2 * density(median_shift(eps, delta)))
        u = radius * delta
        near, far = density(radius - delta), density(radius + delta)
        agree(unit * (1 + far * filter_radius_slope(eps, delta)), slope)
        agree(unit * (1 + far / (near - far)), slope)
        agree(unit * near / (near - far), slope)
        agree(unit / (1 - (-2 * u).exp()), slope)
        agree(unit / 2 * u.exp() / u.sinh(), slope)


@settings(max_examples=20)
@given(attacks(most=12.0))
def test_the_forms_of_the_curvature(point: tuple[arb, arb]) -> None:
    eps, delta = point
    with ctx.workprec(1500):
        g, slope = median_shift(eps, delta), median_shift_slope(eps, delta)
        pull = delta * filter_radius_slope(eps, delta)
        hyperbolic = 1 / (delta * filter_radius(eps, delta)).tanh()
        curvature = median_shift_curvature(eps, delta).mid()
        density_slope = -g * density(g)
        agree(slope * (pull - density_slope * slope / density(g) - hyperbolic * pull), curvature)
        agree(slope * (pull + g * slope - hyperbolic * pull), curvature)


@pytest.mark.parametrize(
    ("eps", "delta"), [(3.86e-11, 8.508), (5.02e-14, 10.1468), (1e-106, 30.0), (1.6e-140, 30.0)]
)
def test_curvature_keeps_its_digits(eps: float, delta: float) -> None:
    # where coth(lΔ) − 1 is tiny and yet decides
    with ctx.workprec(400):
        value = median_shift_curvature(arb(eps), arb(delta)).mid()
    with ctx.workprec(100):
        agree(median_shift_curvature(arb(eps), arb(delta)), value, 20)
    assert abs(arb(float(median_shift_curvature(eps, delta))) / value - 1) < 1e-10


@pytest.mark.parametrize("delta", ["0.05", "2", "100"])
def test_nothing_added_nothing_shifted(delta: str) -> None:
    assert median_shift(0, delta) == 0
    assert median_shift(0.0, float(delta)) == 0
