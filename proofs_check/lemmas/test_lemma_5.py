"""Lemma 5: where the loss g(ε̂)²/(1 + g(ε̂)²) is convex."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from functools import cache
from typing import Any

import pytest
from flint import arb, fmpq
from hypothesis import strategies as st

import bounds
from bounds.certify.errors import DomainError
from bounds.critical import Inflections
from bounds.critical.curve import radius_of_estimate_inverse
from bounds.functions.criterion import curvature_criterion_at
from bounds.functions.shift import median_shift_at
from proofs_check.audit.pytest_plugin import Holds
from proofs_check.lemmas.drawn import agreement, derivative, distances
from proofs_check.lemmas.strategies import epsilons


@pytest.mark.lemma
@pytest.mark.parametrize(
    ("function", "formula", "order"),
    [
        pytest.param(bounds.filter_radius, bounds.functions.filter_radius_slope, 1, id="l'"),
        pytest.param(bounds.median_shift, bounds.functions.median_shift_slope, 1, id="g'"),
        pytest.param(bounds.median_shift, bounds.functions.median_shift_curvature, 2, id="g''"),
        pytest.param(bounds.mass_estimate, bounds.functions.mass_estimate_slope, 1, id="eps_hat'"),
        pytest.param(
            bounds.mass_estimate, bounds.functions.mass_estimate_curvature, 2, id="eps_hat''"
        ),
    ],
)
def test_derivatives(
    function: Any, formula: Any, order: int, delta: Fraction, holds: Holds
) -> None:
    """The formula of a derivative agrees with Taylor arithmetic, to 12 digits."""

    def margin(eps: fmpq, delta: fmpq) -> arb:
        return agreement(formula(eps, delta), derivative(function, eps, delta, order))

    holds(margin, eps=epsilons(delta))


@pytest.mark.lemma
@pytest.mark.parametrize(
    "function", [bounds.filter_radius, bounds.median_shift, bounds.mass_estimate, bounds.loss]
)
def test_they_increase(function: Callable[..., arb], delta: Fraction, holds: Holds) -> None:
    """l, g, ε̂ and the loss increase with ε."""
    domain = epsilons(delta, estimate=True)

    def margin(eps: fmpq, other: fmpq, delta: fmpq) -> arb:
        return (eps - other) * (function(eps, delta) - function(other, delta))

    holds(margin, eps=domain, other=domain)


@pytest.mark.lemma
def test_monotone_parts(delta: Fraction, holds: Holds) -> None:
    """x/Δ − coth(xΔ) and −e^{−xΔ}/sinh(xΔ) increase with x."""

    def parts(x: fmpq, delta: fmpq) -> tuple[arb, arb]:
        u = arb(x * delta)
        return x / delta - u.coth(), -(-u).exp() / u.sinh()

    def margin(x: fmpq, further: fmpq, delta: fmpq) -> arb:
        now, then = parts(x, delta), parts(x + further, delta)
        return (then[0] - now[0]) * (then[1] - now[1])

    holds(margin, x=distances(), further=distances())


@pytest.mark.lemma
def test_the_criterion(delta: Fraction, holds: Holds) -> None:
    """The derived criterion has the sign of the second derivative of the loss."""

    def margin(eps: fmpq, delta: fmpq) -> arb:
        return bounds.functions.curvature_criterion(eps, delta) * derivative(
            bounds.loss, eps, delta, 2
        )

    holds(margin, eps=epsilons(delta, estimate=True))


@pytest.mark.lemma(printed=True)
def test_the_printed_criterion(delta: Fraction, holds: Holds) -> None:
    """Printed: the criterion of Lemma 5 has the sign of the second derivative of the loss."""

    def margin(eps: fmpq, delta: fmpq) -> arb:
        return bounds.functions.printed_criterion(eps, delta) * derivative(
            bounds.loss, eps, delta, 2
        )

    holds(margin, eps=epsilons(delta, estimate=True))


@pytest.mark.lemma
def test_the_shape(delta: Fraction, holds: Holds) -> None:
    """The loss bends as its list of inflections says: concave, convex, ..., concave."""
    found = _inflections(delta)

    def margin(eps: fmpq, delta: fmpq) -> arb:
        past = 0
        for point in found.points:
            low, high = point.eps.low.fraction(), point.eps.high.fraction()
            if low <= Fraction(int(eps.p), int(eps.q)) <= high:
                raise DomainError("too near to an inflection")
            past += Fraction(int(eps.p), int(eps.q)) > high
        sign = 1 if found.shape[past] == "convex" else -1
        return sign * derivative(bounds.loss, eps, delta, 2)

    holds(margin, eps=epsilons(delta, estimate=True))


@pytest.mark.lemma(printed=True)
def test_convex_to_the_end(delta: Fraction, holds: Holds) -> None:
    """Printed: there is an ε_cr, and the loss is convex for every ε above it.

    The place is told by y = l(ε̂): where it fails, ε differs from ε_max by little or nothing in
    the digits that one would write.
    """
    turns = _inflections(delta).turns_to_convex
    if not turns:
        pytest.fail("there is no eps_cr: the loss is concave on its whole domain", pytrace=False)
    start = bounds.eps_cr(delta, 12).radius_of_estimate.high.fraction()

    def margin(y: int, delta: fmpq) -> arb:
        if y <= start:
            raise DomainError("eps must be above eps_cr")
        x = radius_of_estimate_inverse(arb(y), arb(delta))
        return curvature_criterion_at(x, y, median_shift_at(arb(y), arb(delta)), delta)

    holds(margin, y=st.integers(1, 400))


@pytest.mark.lemma(printed=True)
def test_the_missing_square(delta: Fraction, holds: Holds) -> None:
    """Printed: g/(1 + g²), g = g(ε̂), bends as the loss g²/(1 + g²) does."""

    def without_square(eps: Any, delta: Any) -> Any:
        g = bounds.median_shift(bounds.mass_estimate(eps, delta), delta)
        return g / (1 + g * g)

    def margin(eps: fmpq, delta: fmpq) -> arb:
        bend = derivative(without_square, eps, delta, 2)
        return bend * derivative(bounds.loss, eps, delta, 2)

    holds(margin, eps=epsilons(delta, estimate=True))


@cache
def _inflections(delta: Fraction) -> Inflections:
    return bounds.inflections(delta, digits=12)
