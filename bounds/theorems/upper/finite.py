r"""A given number k of components: the adversary's best allocation, enclosed from both sides.

The masses ε_1 … ε_k have mean κ, so their mean loss is at most the concave envelope at κ. From
below, every allocation counts. With p = (κ − ε_t)/(ε_c − ε_t), lose ⌊pk⌋ components at ε_c and
spread the rest, at least ε_t each: that is within 1/k of the envelope. The best is taken of this,
of the same with as many components lost as can be paid, and of each with the rest laid on one. For
κ ≤ ε_t all alike is optimal, and the two sides agree.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from flint import arb

from bounds.certified.enclosure import Enclosure
from bounds.certified.precision import bits_for, read_digits, working_precision
from bounds.errors import InputError
from bounds.exact import Exact, to_ball
from bounds.functions.radius import filter_radius
from bounds.theorems.upper.bound import read_mass, read_reach
from bounds.theorems.upper.optimum import Envelope, envelope
from bounds.theorems.upper.reach import estimate_at, loss_above


@dataclass(frozen=True)
class Bracket:
    """Ends between which the adversary's best mean loss over k components lies.

    Attributes:
        attained: the mean loss of the best allocation tried, certified from below.
        at_most: the concave envelope, certified from above; at most 1/k more.
        lost: how many components the best allocation tried gives up at ε_c.
    """

    attained: Enclosure
    at_most: Enclosure
    lost: int


def upper_bound_for(components: int, delta: Any, c_over_k: Any, digits: int = 12) -> Bracket:
    """The repaired near part of the bound for a finite number of components, without the far term.

    Args:
        components: k ≥ 1.
        delta: Δ, 1/64 to 64, in standard deviations.
        c_over_k: κ ≥ 0, exact.
        digits: significant decimal digits.

    Raises:
        InputError: an argument is malformed or out of range.
        Inconclusive: the envelope is not proved.
    """
    if isinstance(components, bool) or not isinstance(components, int) or components < 1:
        raise InputError(f"the number of components must be 1 or more, not {components!r:.40}")
    exact, kappa, digits = read_reach(delta), read_mass(c_over_k), read_digits(digits)
    if not isinstance(kappa, Fraction):
        raise InputError("c/k must be exact here: pass a decimal or a fraction")
    shape = envelope(exact, digits + 10)
    with working_precision(2 * bits_for(digits + 10) + 64):
        best, lost = arb(0), 0
        for number, mean in _allocations(components, kappa, shape, exact):
            if mean > best:
                best, lost = mean, number
        above = shape.at(to_ball(kappa))
        return Bracket(Enclosure.of(best, digits), Enclosure.of(above, digits), lost)


def _allocations(
    components: int, kappa: Fraction, shape: Envelope, delta: Exact
) -> Iterator[tuple[int, arb]]:
    """Numbers of lost components, and the mean loss with the rest spread or laid on one."""
    corner, tangent = shape.corner.high.fraction(), shape.tangent.high.fraction()
    budget = kappa * components
    share = max(Fraction(0), (kappa - tangent) / (corner - tangent))
    ball = to_ball(delta)
    for lost in {min(components, int(share * components)), min(components, int(budget / corner))}:
        others, rest = components - lost, budget - lost * corner
        if others == 0:
            yield lost, arb(1)
            continue
        for carriers in {1, others}:
            carried = carriers * _loss(rest / carriers, corner, ball)
            yield lost, (lost + carried) / components


def _loss(mass: Fraction, corner: Fraction, delta: arb) -> arb:
    """The one-component loss, extended: 1 from the corner on."""
    if mass == 0:
        return arb(0)
    if mass >= corner:
        return arb(1)
    return loss_above(estimate_at(filter_radius(to_ball(mass), delta), delta), delta)
