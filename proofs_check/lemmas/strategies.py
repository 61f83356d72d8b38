"""Hypothesis strategies for users: exact parameters, on whole domains, corners included.

Everything drawn is exact (int, Fraction, or tuples of these), so that a counterexample is one too.
They need hypothesis (extra [hypothesis]) and shrink to short decimals.
"""

from __future__ import annotations

from fractions import Fraction
from functools import cache
from itertools import accumulate
from typing import Any

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from bounds.certify.errors import InputError, shown
from bounds.certify.exact import read_positive_rational, to_ball
from bounds.certify.numbers.enclosure import dyadic_ends
from bounds.certify.numbers.precision import working_precision
from bounds.critical.domain import read_delta
from bounds.critical.ends import largest_radius
from bounds.functions import central_mass, mass_deficit
from bounds.simulation.adversaries import ADVERSARIES
from proofs_check.audit.strategies import between, up_to

_BITS = 256


def deltas(low: Any = "1/64", high: Any = 32) -> SearchStrategy[Fraction]:
    """Δ in [low, high]: short decimals, both ends, and points next to any of these.

    Args:
        low: the lower end, exact and positive.
        high: the upper end, exact.

    Raises:
        InputError: the range is malformed or goes down.
    """
    return between(low, high, "the range of Delta")


def epsilons(delta: Any, *, estimate: bool = False) -> SearchStrategy[Fraction]:
    """ε on the whole domain for this Δ: short decimals down to 10⁻⁶⁰, and up to its very end.

    Args:
        delta: Δ, exact, from 1/64 to 1024.
        estimate: ε below ε_max(Δ), where ε̂(ε) has a radius (the domain of the loss), rather than
            below ρ(Δ) (the domain of l and g).

    Raises:
        InputError: Δ is not such a number.
    """
    end = _end_of_loss if estimate else _end_of_radius
    return up_to(end(read_positive_rational(read_delta(delta), "Delta")))


@st.composite
def points(
    draw: st.DrawFn, low: Any = "1/64", high: Any = 32, *, estimate: bool = False
) -> tuple[Fraction, Fraction]:
    """Pairs (ε, Δ): Δ from `deltas(low, high)`, and ε on its whole domain from `epsilons`.

    Args:
        draw: given by hypothesis.
        low: the least Δ, exact, at least 1/64.
        high: the greatest Δ, exact, at most 1024.
        estimate: ε on the domain of the loss, rather than on that of l and g.
    """
    delta = draw(deltas(low, high))
    return draw(epsilons(delta, estimate=estimate)), delta


@st.composite
def budgets(draw: st.DrawFn, components: int, total: Any) -> tuple[Fraction, ...]:
    """Splits (ε₁, …, ε_k) of a contamination budget: Σ εᵢ = c exactly, all εᵢ ≥ 0.

    Among them: all on one component, equal shares on some, and a little everywhere.

    Args:
        draw: given by hypothesis.
        components: k ≥ 1.
        total: c > 0, exact.
    """
    mass = read_positive_rational(total, "the budget")
    _count(components)
    weights = draw(
        st.one_of(
            st.integers(1, components).map(lambda n: [1] * n + [0] * (components - n)),
            st.lists(st.integers(0, 100), min_size=components, max_size=components),
            st.integers(1, 10**6).map(lambda big: [big] + [1] * (components - 1)),
        ).filter(any)
    )
    return tuple(mass * weight / sum(weights) for weight in weights)


@st.composite
def mixtures(draw: st.DrawFn, components: int, separation: Any) -> tuple[Fraction, ...]:
    """Means μ₁ < … < μ_k, at least D apart, often exactly so.

    Args:
        draw: given by hypothesis.
        components: k ≥ 1.
        separation: D > 0, exact.
    """
    least = read_positive_rational(separation, "the separation")
    _count(components)
    extra = st.integers(0, 1000)
    gaps = draw(st.lists(extra, min_size=components - 1, max_size=components - 1))
    steps = (least * (1 + Fraction(gap, 100)) for gap in gaps)
    return tuple(accumulate(steps, initial=Fraction(0)))


def adversaries() -> SearchStrategy[str]:
    """The names of the simulator's adversaries."""
    return st.sampled_from(list(ADVERSARIES))


def _count(components: object) -> None:
    if isinstance(components, bool) or not isinstance(components, int) or components < 1:
        raise InputError(f"components must be a whole number from 1, not {shown(components)}")


@cache
def _end_of_radius(delta: Fraction) -> Fraction:
    """A rational just below ρ(Δ), proved so by a ball."""
    with working_precision(_BITS):
        return dyadic_ends(central_mass(to_ball(delta)))[0].fraction()


@cache
def _end_of_loss(delta: Fraction) -> Fraction:
    """A rational just below ε_max(Δ) = d(x_max), proved so by balls."""
    with working_precision(_BITS):
        window = to_ball(delta)
        radius = largest_radius(window).lower()
        return dyadic_ends(mass_deficit(radius, window))[0].fraction()
