"""Random inputs that favour the corners, as exact balls."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from flint import arb, ctx
from hypothesis import strategies as st

import bounds.functions as functions

BITS = 400


def deltas(least: float = 0.05, most: float = 100.0) -> st.SearchStrategy[arb]:
    """Δ, the ends included."""
    usual = st.sampled_from(
        [value for value in (0.5, 1.0, 2.0, 8.0, 30.0) if least <= value <= most]
    )
    return st.one_of(usual, st.floats(least, most)).map(arb)


def shares() -> st.SearchStrategy[arb]:
    """Numbers in (0, 1): tiny, ordinary, and closer to 1 than any double."""
    return st.one_of(
        st.integers(1, 300).map(lambda k: arb(10) ** -k),
        st.floats(0.001, 0.999).map(arb),
        st.integers(1, 150).map(lambda k: 1 - fine(lambda: arb(2) ** -k)),
    )


def fine(compute: Callable[[], arb]) -> arb:
    """The centre of what is computed at 400 bits."""
    with ctx.workprec(BITS):
        return compute().mid()


@cache
def end_of_loss(delta: float) -> arb:
    """x_max = l(ε_max), from below: bisection for φ(Δ)x = f(x)."""
    window = arb(delta)
    low, high = arb(0), 2 * window + 9
    with ctx.workprec(BITS):
        for _ in range(250):
            middle = ((low + high) / 2).mid()
            if functions.density(window) * middle < functions.window_mass(middle, window):
                low = middle
            else:
                high = middle
    return low


@st.composite
def attacks(draw: st.DrawFn, least: float = 0.05, most: float = 100.0) -> tuple[arb, arb]:
    """(ε, Δ) with 0 < ε < ρ(Δ)."""
    delta, share = draw(deltas(least, most)), draw(shares())
    return fine(lambda: functions.central_mass(delta) * share), delta


@st.composite
def losses(draw: st.DrawFn, least: float = 0.05, most: float = 100.0) -> tuple[arb, arb]:
    """(ε, Δ) with 0 < ε < ε_max(Δ)."""
    delta, share = draw(deltas(least, most)), draw(shares())
    end = end_of_loss(float(delta))
    return fine(lambda: functions.mass_deficit(end, delta) * share), delta


@st.composite
def offsets(draw: st.DrawFn, least: float = 0.05, most: float = 100.0) -> tuple[arb, arb]:
    """(x, Δ) with x > 0, up to some deviations beyond the window."""
    delta, share = draw(deltas(least, most)), draw(shares())
    return fine(lambda: (delta + 10) * share), delta
