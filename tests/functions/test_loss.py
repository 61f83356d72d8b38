"""The one-component loss."""

from __future__ import annotations

import numpy as np
import pytest
from flint import arb, ctx
from hypothesis import given, settings
from hypothesis import strategies as st
from routes import agree, check_loss
from samples import end_of_loss, fine, losses

import bounds.functions as functions
from bounds.certify.errors import DomainError
from bounds.functions import loss, mass_deficit, mass_estimate, median_shift
from bounds.functions.loss import loss_of_shift


def test_second_routes() -> None:
    check_loss(loss)


@pytest.mark.heavy
@settings(max_examples=40)
@given(losses())
def test_as_the_paper_writes_it(point: tuple[arb, arb]) -> None:
    eps, delta = point
    with ctx.workprec(400):
        g = median_shift(mass_estimate(eps, delta), delta)
        agree(loss(eps, delta), (g * g / (1 + g * g)).mid())
        assert 0 < loss(eps, delta) < 1


@pytest.mark.heavy
@settings(max_examples=30)
@given(losses(), st.floats(1e-6, 1))
def test_increases(point: tuple[arb, arb], step: float) -> None:
    eps, delta = point
    with ctx.workprec(400):
        assert loss(eps / (1 + arb(step)), delta) < loss(eps, delta)


@settings(max_examples=20)
@given(st.floats(0.05, 20), st.integers(3, 30))
def test_is_defined_up_to_the_end_and_no_farther(delta: float, digits: int) -> None:
    window, near = arb(delta), arb(10) ** -digits
    with ctx.workprec(400):
        radius = end_of_loss(delta)
        before = fine(lambda: mass_deficit(radius * (1 - near), window))
        assert loss(before, window).is_finite()
        assert mass_estimate(before, window).is_finite()


@settings(max_examples=30)
@given(st.floats(0, 40))
def test_the_best_mix_of_server_and_sample(shift: float) -> None:
    # w² g² + (1 − w)² is least at w = 1/(1 + g²), and the least value is the loss
    with ctx.workprec(300):
        g = arb(shift)
        best, weight = loss_of_shift(g), 1 / (1 + g * g)

        def error(w: arb) -> arb:
            return w * w * g * g + (1 - w) * (1 - w)

        assert error(weight).overlaps(best)
        assert error(weight * arb("1.01")) > best
        assert error(weight * arb("0.99")) > best


def test_nothing_added_nothing_lost() -> None:
    for delta in ("0.05", "2", "100"):
        assert loss(0, delta) == 0


@pytest.mark.parametrize("delta", [0.5, 1.0, 1.5, 2.0, 3.0, 4.0, 5.0, 6.0])
def test_the_last_float_of_the_domain_keeps_its_estimate_below_the_mass(delta: float) -> None:
    low, high = 0.0, float(functions.central_mass(delta))
    while np.nextafter(low, high) < high:
        middle = (low + high) / 2
        try:
            functions.loss(middle, delta)
            low = middle
        except DomainError:
            high = middle
    assert functions.mass_estimate(low, delta) < functions.central_mass(delta)
    assert 0 < functions.loss(low, delta) < 1
