r"""Witnesses: where x and g of a piece lie, told by the certificate and proved by signs.

A witness names x₁ < x₂ and g₁ < g₂. That they enclose x(y) and g(y) for all y and all Δ of a piece
is proved where these are least and greatest (see `curve`), by signs in the equations that define
them, of which one side grows faster:

- d(x₁) + φ(Δ)x₁ < d(y) at the least y and Δ, and the other way round with x₂ at the greatest; or
  f(y) + φ(Δ)x₁ < f(x₁), the same equation, where y ≥ Δ;
- the mass of [−g₁, g₁] is below that of [−Δ, y − Δ] at the least y and both ends of Δ, and that of
  [−g₂, g₂] above it at the greatest y and the Δ at which the window is most nearly central.

So no zero is searched for: two signs for each of the two. What is told is never believed.
"""

from __future__ import annotations

from typing import Any, TypeAlias

from bounds.certify.checker import reading
from bounds.certify.checker.interval import Interval
from bounds.certify.checker.normal import central_mass, normal_density, two_tails
from bounds.certify.checker.reading import Ends
from bounds.certify.checker.verdict import Rejected
from bounds.checker.curve import most_central
from bounds.checker.masses import deficit, missed_mass, shifted_mass, window

Witness: TypeAlias = tuple[Ends, Ends]
"""The ends of x, and those of g."""

Sides: TypeAlias = tuple[Interval, Interval]
"""Both sides of an equation."""


def read_witness(value: Any) -> Witness | None:
    """The witness of a piece; null where there is none.

    Raises:
        Rejected: it is malformed.
    """
    if value is None:
        return None
    x, g = (reading.ends(ends) for ends in reading.fields(value, "a witness", "x", "g"))
    if not (x[0] > 0 and g[0] > 0):
        raise Rejected("the ends of a witness are positive")
    return x, g


def read_witnesses(value: Any, count: int) -> tuple[Witness | None, ...]:
    """A witness for each of so many pieces, or for none of them where the value is None.

    Raises:
        Rejected: they are malformed, or are more or fewer.
    """
    if value is None:
        return (None,) * count
    witnesses = reading.each(read_witness, value)
    if len(witnesses) != count:
        raise Rejected("there are not as many witnesses as pieces")
    return witnesses


def proved_box(
    witness: Witness, y: Interval, least: Interval, most: Interval
) -> tuple[Interval, Interval] | None:
    """The x and the g of a witness, if they are proved to hold those of all y and all Δ.

    Args:
        witness: their ends.
        y: from the least to the greatest.
        least: the least Δ, enclosed.
        most: the greatest.

    Raises:
        Undecided: a function is not enclosed.
    """
    (x, x_most), (g, g_most) = ([Interval.enclosing(y.at, *ends)] * 2 for ends in witness)
    x, x_most, g, g_most = x.low, x_most.high, g.low, g_most.high
    # step: a witness: x is not below its least [true 2/8]
    # step: a witness: x is not above its greatest [true 3/8]
    # step: a witness: g at the least Delta [true 4/8]
    # step: a witness: g at the greatest Delta [true 5/8]
    # step: a witness: g where the window is central [true 8/8]
    holds = (
        _lacks(_estimate(x, y.low, least))
        and _exceeds(_estimate(x_most, y.high, most))
        and _lacks(_masses(g, y.low, least))
        and (most is least or _lacks(_masses(g, y.low, most)))
        and _exceeds(_masses(g_most, y.high, most_central(y, least, most)))
    )
    # step: a witness is proved [true]
    return (x.hull(x_most), g.hull(g_most)) if holds else None


def _lacks(sides: Sides) -> bool:
    return sides[0] < sides[1]


def _exceeds(sides: Sides) -> bool:
    return sides[0] > sides[1]


def _estimate(x: Interval, y: Interval, delta: Interval) -> Sides:
    """Both sides of the equation of x: the first is less where x < x(y), and greater beyond."""
    linear = normal_density(delta) * x
    if y < delta:
        return deficit(x, delta) + linear, deficit(y, delta)
    return window(y, delta) + linear, window(x, delta)


def _masses(g: Interval, y: Interval, delta: Interval) -> Sides:
    """Both sides of the equation of g, or their complements exchanged: less where g < g(y)."""
    held = shifted_mass(y, delta)
    if held * 2 < 1:
        return central_mass(g), held
    return missed_mass(y, delta), two_tails(g)
