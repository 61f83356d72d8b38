"""The printed criterion: as printed, and not the derived one."""

from __future__ import annotations

import pytest
from flint import arb, ctx
from routes import agree, check_printed_criterion

from bounds.functions import (
    curvature_criterion,
    density,
    filter_radius,
    filter_radius_slope,
    mass_estimate,
    median_shift,
    median_shift_slope,
    printed_criterion,
)


@pytest.mark.heavy
def test_second_routes() -> None:
    check_printed_criterion(printed_criterion)


@pytest.mark.parametrize(
    ("eps", "delta"),
    [("1e-40", "0.5"), ("1e-5", "2"), ("0.3", "2"), ("1e-16", "8"), ("1e-100", "30")],
)
def test_letter_by_letter(eps: str, delta: str) -> None:
    with ctx.workprec(2000):
        mass, window = arb(eps), arb(delta)
        estimate = mass_estimate(mass, window)
        l, l_hat = filter_radius(mass, window), filter_radius(estimate, window)  # noqa: E741
        g, g_slope = median_shift(estimate, window), median_shift_slope(estimate, window)
        first = filter_radius_slope(mass, window) / estimate**2 * density(window)
        first *= l / window - 1 / (l * window).tanh()
        second = (-l_hat * window).exp() / (l_hat * window).sinh()
        outer = (1 + g**2) * (g / g_slope) * window * filter_radius_slope(estimate, window)
        value = (1 - g**2) ** 2 + outer * (first - second)
        agree(printed_criterion(mass, window), value.mid())


def test_is_not_the_derived_criterion() -> None:
    with ctx.workprec(200):
        printed, derived = printed_criterion("0.1", 2), curvature_criterion("0.1", 2)
        assert printed < 0 < derived
