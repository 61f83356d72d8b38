"""The concave envelope V̂ of the risk that a mass can buy, from both sides: the price beyond ε*.

V(ε) is the supremum of R*(S) over sets with M(S) ≤ ε (see `any_set`), and V̂ its concave envelope:
with c = κk, the limit of K(m) as m, then D, then k grow is V̂(κ) (`bounds.upper.beyond_slope`).

1. Below: V is at least the Bayes risk of any prior on a set that the mass pays for, and V̂ is above
every chord between two such points: between neighbouring nodes it is at least what a line says.
Beyond the last node it is at least that node's risk, as V does not fall, and at least h(ε), van
Trees' bound for a plateau (`interval`).
2. Above: V̂ is at most every line α + βε above R* of all sets (`any_set` for 0 + r*ε,
`support_lines`). Where no listed line is lower, the one of `distant_line` touches the bound
1 − (1 + ε)^{−2} at that mass, and is below 1.
3. Up to the last node, and where the listed lines are used, both bounds are made of finitely many
lines. Where the upper one, concave, is less than (1 + τ) times the lower one at the nodes, and at
each place where two of its lines meet, it is less in between: on a stretch without such places the
difference is a line. (The bound that is not made of lines is left out there: it is lower beyond.)
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
from bounds.lower.attacks import CHAINS, Attack, Plateau, TwoPoints
from bounds.lower.bound import risk_to_mass
from bounds.lower.line import Line
from bounds.lower.support_lines import LINES, best_line, prove_line

_BITS = 64
_DIGITS = 8
_PAIRS = (Fraction(6510977559, 10**10), *(Fraction(mass, 1000) for mass in range(655, 745, 5)))
"""Masses of two hidden means, from the best ratio to where chains of three take over."""


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
        attacks: the attacks whose mixture earns `low`, or the one that does.
        line: the line of `high`, None for the slope r*.
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


def below(kappa: Fraction) -> tuple[Fraction, tuple[Attack, ...]]:
    """A lower bound of V̂(κ), and the attacks that earn it: step 1."""
    for left, right in pairwise(nodes()):
        if left.mass <= kappa <= right.mass:
            attacks = tuple(node.attack for node in (left, right) if node.attack is not None)
            return left.risk + _slope(left, right) * (kappa - left.mass), attacks
    last, plateau = nodes()[-1], Plateau(kappa)
    with working_precision(_BITS):
        wide = dyadic_ends(plateau.risk())[0].fraction()
    if last.attack is None or wide > last.risk:
        return wide, (plateau,)
    return last.risk, (last.attack,)


def above(kappa: Fraction) -> tuple[Fraction, Line | None]:
    """An upper bound of V̂(κ), and its line; that the line lies above R* is proved once: step 2."""
    return _lower(best_line(kappa), kappa)


def _lower(line: Line, kappa: Fraction) -> tuple[Fraction, Line | None]:
    """The lower of the slope r* and of a line at κ, that line proved."""
    slope = best_slope()
    if slope.at(kappa) <= line.at(kappa):
        return slope.at(kappa), None
    prove_line(line)
    return line.at(kappa), line


def price_envelope(kappa: Any) -> EnvelopeBounds:
    """V̂(κ): what the best algorithm errs by, as m, then D, then k grow, with c = κk.

    Args:
        kappa: κ > 0, exact: corrupted over genuine clients.

    Raises:
        InputError: κ is not such a number.
    """
    exact = read_positive(kappa, "kappa")
    if not isinstance(exact, Fraction):
        raise InputError("kappa must be one exact number")
    low, attacks = below(exact)
    high, line = above(exact)
    with working_precision(_BITS):
        return EnvelopeBounds(
            Enclosure.of(to_ball(low), _DIGITS),
            Enclosure.of(to_ball(high), _DIGITS),
            attacks,
            line,
        )


def accuracy(start: Fraction, end: Fraction) -> Fraction:
    """The largest quotient of both sides on [start, end], less 1: step 3.

    Every line that is the lowest somewhere on it is proved.

    Args:
        start: κ > 0.
        end: the last κ.

    Raises:
        DomainError: the last κ is beyond the attacks or the lines that are listed.
    """
    if not (end <= nodes()[-1].mass and min(line.at(end) for line in LINES) < 1):
        raise DomainError("both sides are made of finitely many lines for smaller masses only")
    lines = [best_slope(), *LINES]
    places = {start, end, *(node.mass for node in nodes())}
    for first, second in combinations(lines, 2):
        if first.beta != second.beta:
            places.add((second.alpha - first.alpha) / (first.beta - second.beta))
    inside = [place for place in places if start <= place <= end]
    return max(_by_lines(place) / below(place)[0] for place in inside) - 1


def _by_lines(kappa: Fraction) -> Fraction:
    """The least value of the slope r* and of `LINES` at κ, the line proved."""
    return _lower(min(LINES, key=lambda line: line.at(kappa)), kappa)[0]
