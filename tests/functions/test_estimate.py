"""ε̂, ε̂′ and ε̂″."""

from __future__ import annotations

import pytest
from flint import arb, ctx
from hypothesis import given, settings
from hypothesis import strategies as st
from routes import (
    agree,
    check_mass_estimate,
    check_mass_estimate_curvature,
    check_mass_estimate_slope,
)
from samples import attacks

from bounds.functions import (
    density,
    filter_radius,
    filter_radius_slope,
    mass_estimate,
    mass_estimate_curvature,
    mass_estimate_slope,
)


def test_second_routes() -> None:
    check_mass_estimate(mass_estimate)
    check_mass_estimate_slope(mass_estimate_slope)
    check_mass_estimate_curvature(mass_estimate_curvature)


@pytest.mark.heavy
@settings(max_examples=40)
@given(attacks())
def test_as_the_paper_writes_them(point: tuple[arb, arb]) -> None:
    eps, delta = point
    with ctx.workprec(300):
        radius, slope = filter_radius(eps, delta), filter_radius_slope(eps, delta)
        agree(mass_estimate(eps, delta), eps + density(delta) * radius)
        agree(mass_estimate_slope(eps, delta), 1 + density(delta) * slope)
        hyperbolic = 1 / (radius * delta).tanh()
        bend = slope * slope * delta * density(delta) * (radius / delta - hyperbolic)
        assert mass_estimate_curvature(eps, delta).overlaps(bend)
        assert bend.is_finite()


@pytest.mark.heavy
@settings(max_examples=30)
@given(attacks(most=30.0), st.floats(1e-6, 1))
def test_exceeds_the_mass_and_increases(point: tuple[arb, arb], step: float) -> None:
    eps, delta = point
    with ctx.workprec(1500):
        assert mass_estimate(eps, delta) > eps
        assert mass_estimate_slope(eps, delta) > 1
    with ctx.workprec(400):
        assert mass_estimate(eps / (1 + arb(step)), delta) < mass_estimate(eps, delta)


def test_nothing_added() -> None:
    for delta in ("0.05", "2", "100"):
        assert mass_estimate(0, delta) == 0
