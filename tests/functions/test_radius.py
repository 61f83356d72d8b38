"""l and l′."""

from __future__ import annotations

import pytest
from flint import arb, ctx
from hypothesis import given, settings
from hypothesis import strategies as st
from routes import agree, check_filter_radius, check_filter_radius_slope, quotient
from samples import attacks, offsets

from bounds.functions import (
    central_mass,
    density,
    filter_radius,
    filter_radius_slope,
    mass_deficit,
    window_mass,
    window_mass_inverse,
)


def test_second_routes() -> None:
    check_filter_radius(filter_radius)
    check_filter_radius_slope(filter_radius_slope)


@settings(max_examples=50)
@given(attacks())
def test_deficit_after_radius(point: tuple[arb, arb]) -> None:
    eps, delta = point
    with ctx.workprec(300):
        radius = filter_radius(eps, delta)
        assert radius > 0
        assert mass_deficit(radius, delta).contains(eps)
        assert mass_deficit(radius, delta).rel_accuracy_bits() > 200


@settings(max_examples=50)
@given(offsets())
def test_radius_after_deficit(point: tuple[arb, arb]) -> None:
    x, delta = point
    with ctx.workprec(300):
        eps = mass_deficit(x, delta)
        if eps < central_mass(delta):  # surely
            assert filter_radius(eps, delta).overlaps(x)


@pytest.mark.heavy
@settings(max_examples=10)
@given(attacks())
def test_as_the_paper_defines_it(point: tuple[arb, arb]) -> None:
    eps, delta = point
    with ctx.workprec(12000):  # ρ − ε in full
        mass = (central_mass(delta) - eps).mid()
        assert filter_radius(eps, delta).overlaps(window_mass_inverse(mass, delta))


@settings(max_examples=30)
@given(attacks(), st.floats(1e-9, 1))
def test_increases(point: tuple[arb, arb], step: float) -> None:
    eps, delta = point
    with ctx.workprec(400):
        assert filter_radius(eps / (1 + arb(step)), delta) < filter_radius(eps, delta)
        assert filter_radius_slope(eps, delta) > 0


@settings(max_examples=25)
@given(attacks(most=30.0))
def test_the_four_forms_of_the_slope(point: tuple[arb, arb]) -> None:
    eps, delta = point
    with ctx.workprec(2000):
        radius = filter_radius(eps, delta)
        slope = filter_radius_slope(eps, delta)
        near, far = radius - delta, radius + delta
        root = (2 * arb.pi()).sqrt()
        minus_f_slope = -quotient(window_mass, radius, delta)
        agree(1 / minus_f_slope, slope.mid(), 20)
        agree(1 / (density(near) - density(far)), slope.mid())
        agree(root / ((-near * near / 2).exp() - (-far * far / 2).exp()), slope.mid())
        printed = root * ((radius * radius + delta * delta) / 2).exp()
        agree(printed / (2 * (radius * delta).sinh()), slope.mid())


@pytest.mark.parametrize("delta", ["0.05", "2", "100"])
def test_nothing_added_nothing_filtered_in(delta: str) -> None:
    assert filter_radius(0, delta) == 0
    assert filter_radius(0.0, float(delta)) == 0
