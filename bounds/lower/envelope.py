"""The concave envelope V̂ of the risk that a mass can buy, from both sides: the price beyond ε*.

V(ε) is the supremum of R*(S) over sets with M(S) ≤ ε (see `any_set`), and V̂ its concave envelope:
with c = κk, the limit of K(m) as m, then D, then k grow is V̂(κ) (`bounds.upper.beyond_slope`).

1. Below: V is at least the Bayes risk of any prior on a set that the mass pays for, and V̂ is above
every chord between two such points: between neighbouring nodes it is at least what a line says.
2. Above: V̂ is at most every line α + βε above R* of all sets (`any_set` for 0 + r*ε,
`support_lines`), and at most 1, the risk of the sample alone.
3. Both bounds are made of finitely many lines. Where the upper one, concave, is less than (1 + τ)
times the lower one at the nodes, and at each place where two of its lines meet, it is less in
between: on a stretch without such places the difference is a line.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from itertools import combinations, pairwise
from typing import Any

from bounds.certify.errors import DomainError, InputError
from bounds.certify.exact import read_positive, to_ball
from bounds.certify.numbers.enclosure import Enclosure, dyadic_ends
from bounds.certify.numbers.precision import working_precision
from bounds.lower.any_set import prove_no_set_beats_two_points
from bounds.lower.attacks import CHAINS, Attack, TwoPoints
from bounds.lower.bound import risk_to_mass
from bounds.lower.support_lines import LINES, Line, prove_line

_BITS = 64
_DIGITS = 8
_PAIRS = (Fraction(6510977559, 10**10), *(Fraction(mass, 1000) for mass in range(655, 745, 5)))
"""Masses of two hidden means, from the best ratio to where chains of three take over."""

MOST = Fraction(6)
"""Up to this mass attacks are listed."""


@dataclass(frozen=True)
class Node:
    """What a mass buys at least.

    Attributes:
        mass: ε, relative to the mass of one component.
        risk: a lower bound of V(ε).
        attack: what earns it; None at the origin.
    """

    mass: Fraction
    risk: Fraction
    attack: Attack | None


@dataclass(frozen=True)
class EnvelopeBounds:
    """V̂ at one mass, from both sides.

    Attributes:
        low: its lower end is proved.
        high: its upper end is proved.
        attacks: the attacks whose mixture earns `low`.
        line: the line of `high`; None for the slope r*.
    """

    low: Enclosure
    high: Enclosure
    attacks: tuple[Attack, ...]
    line: Line | None


def best_slope() -> Line:
    """The line 0 + r*ε, r* rounded up: no set of means is above it."""
    prove_no_set_beats_two_points()
    return Line(Fraction(0), risk_to_mass(20).ratio.high.fraction(), Fraction(0))


@cache
def nodes() -> tuple[Node, ...]:
    """The corners of the lower side: no node lies below the chord of two others."""
    with working_precision(_BITS):
        attacks: list[Attack] = [*map(TwoPoints, _PAIRS), *CHAINS]
        found = [
            Node(attack.mass, dyadic_ends(attack.risk())[0].fraction(), attack)
            for attack in attacks
        ]
    corners = [Node(Fraction(0), Fraction(0), None)]
    for node in sorted(found, key=lambda node: (node.mass, -node.risk)):
        if node.mass == corners[-1].mass:
            continue
        while len(corners) > 1 and _slope(corners[-2], node) >= _slope(corners[-2], corners[-1]):
            corners.pop()
        corners.append(node)
    return tuple(corners)


def _slope(left: Node, right: Node) -> Fraction:
    return (right.risk - left.risk) / (right.mass - left.mass)


def below(kappa: Fraction) -> tuple[Fraction, tuple[Node, Node]]:
    """A lower bound of V̂(κ), and the nodes on both sides.

    Raises:
        DomainError: no attacks are listed for so large a mass.
    """
    for left, right in pairwise(nodes()):
        if left.mass <= kappa <= right.mass:
            return left.risk + _slope(left, right) * (kappa - left.mass), (left, right)
    raise DomainError(f"attacks are listed up to the mass {float(nodes()[-1].mass):.4g}")


def above(kappa: Fraction) -> tuple[Fraction, Line | None]:
    """An upper bound of V̂(κ), and its line; that the line lies above R* is proved once."""
    slope = best_slope()
    line = min(LINES, key=lambda line: line.at(kappa))
    if slope.at(kappa) <= line.at(kappa):
        return min(slope.at(kappa), Fraction(1)), None
    if line.at(kappa) >= 1:
        return Fraction(1), None
    prove_line(line)
    return line.at(kappa), line


def price_envelope(kappa: Any) -> EnvelopeBounds:
    """V̂(κ): what the best algorithm errs by, as m, then D, then k grow, with c = κk.

    Args:
        kappa: κ, exact, above 0 and up to 6: corrupted over genuine clients.

    Raises:
        InputError: κ is not such a number.
        DomainError: κ is beyond the attacks that are listed.
    """
    exact = read_positive(kappa, "kappa")
    if not isinstance(exact, Fraction) or exact > MOST:
        raise InputError("kappa must be one exact number, at most 6")
    low, (left, right) = below(exact)
    high, line = above(exact)
    with working_precision(_BITS):
        return EnvelopeBounds(
            Enclosure.of(to_ball(low), _DIGITS),
            Enclosure.of(to_ball(high), _DIGITS),
            tuple(node.attack for node in (left, right) if node.attack is not None),
            line,
        )


def accuracy(start: Fraction, end: Fraction) -> Fraction:
    """The largest quotient of both sides on [start, end], less 1: step 3.

    Every line that is the lowest somewhere on it is proved.

    Args:
        start: κ > 0.
        end: the last κ.
    """
    lines = [best_slope(), *LINES]
    places = {start, end, *(node.mass for node in nodes())}
    for first, second in combinations(lines, 2):
        if first.beta != second.beta:
            places.add((second.alpha - first.alpha) / (first.beta - second.beta))
    inside = [place for place in places if start <= place <= end]
    return max(above(place)[0] / below(place)[0] for place in inside) - 1
