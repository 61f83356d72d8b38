r"""Certificates that no set of means does better for its mass than two points: R*(S) ≤ r* M(S).

R*(S) is the minimax risk of a client that knows θ ∈ S and has X ~ N(θ, 1); M(S) ≥ Σ q(g) over the
gaps g of S, q(g) = 2Φ(g/2) − 1, is what the set costs; B(t) = t²e^{−t²/2} E sech(tZ) is R* of ±t,
and r* the largest B(t)/(2Φ(t) − 1). The argument is in words (`bounds.lower.any_set`, cases 1 to
5). These are its inequalities, all of them proved here for a rational r ≤ r*, as r(2Φ(t) − 1) is
below B(t) at one t. For a set in [−a, a] with both ends in it, γ its largest gap and w = 2a − γ:

1. γ < a: a²/(1 + a²) < 2r q(a), for a in [2/5, 5/2] on pieces, taken at the worse end; beyond by
   1 < 2r q(5/2); below, with the next, by 2/5 < 2r φ(2/5), as q(g) ≥ gφ(g/2).
2. a ≤ 3/4: a²/(1 + a²) < r q(2a), likewise.
3. 3/4 ≤ a ≤ 21/20: E tanh²(aZ) < e^{−a²/2} E sech(aZ) at a = 21/20. Then the worst mean for the
   estimate a tanh(ax) is a, whose risk is B(a) ≤ r* q(2a).
4. 21/20 ≤ a ≤ 5, w ≤ a: boxes in (a, w). On each r M is above 1, above a²/(1 + a²), or above the
   risk of an estimate s tanh(sx) at both ends of the range of |θ|, from a − w to a; between them it
   falls and then rises. There M ≥ q(2a − w) + q(w), and 2a − w ≥ a.
5. a ≥ 5: 1 < r(q(7) + q(3/2)) where w ≥ 3/2, and 9/16 + 100Φ(−7/2) < r q(17/2) otherwise.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any, TypeAlias

import gmpy2  # type: ignore[import-untyped, unused-ignore]

from bounds.certify.checker import reading
from bounds.certify.checker.interval import Interval
from bounds.certify.checker.kinds import Kind
from bounds.certify.checker.normal import cdf, normal_density
from bounds.certify.checker.number import told_number
from bounds.certify.checker.precision import Precision, Rational, Work
from bounds.certify.checker.verdict import Rejected
from bounds.checker.sech import sech_mean, tanh_risk
from bounds.checker.shape import MOST_BITS
from bounds.checker.steps import require_all, require_step

_LEAST_BITS = 64
_SPARE_BITS = 16
_MOST_BOXES = 20_000
_MOST_CUTS = 30
_SMALL, _SEAM, _FAR = gmpy2.mpq(2, 5), gmpy2.mpq(21, 20), gmpy2.mpq(5)
_SPLITS = ("a", "w")
_PLAIN = "."
_STEP = "an inequality on sets of means"

Box: TypeAlias = "tuple[Rational, Rational, Rational, Rational]"
"""The ranges of a and w."""


@dataclass(frozen=True, slots=True)
class AnySetClaim:
    """A ratio r ≤ r*, by the separation t; and how the boxes of case 4 are cut and proved."""

    ratio: Rational
    separation: Rational
    bits: int
    boxes: tuple[str | Rational, ...]


def read_any_set(statement: Any, evidence: Any) -> AnySetClaim:
    """The claim about all sets.

    Raises:
        Rejected: it is malformed.
    """
    ratio, separation = reading.statement_fields(statement, "ratio", "separation")
    bits, boxes = reading.fields(evidence, "the evidence for all sets", "bits", "boxes")
    claim = AnySetClaim(
        reading.number(ratio),
        reading.number(separation),
        reading.bits(bits, MOST_BITS),
        reading.each(_token, boxes),
    )
    if not (claim.ratio > 0 and claim.separation > 0):
        raise Rejected("the ratio and the separation are positive")
    if len(claim.boxes) > _MOST_BOXES:
        raise Rejected(f"there are at most {_MOST_BOXES} boxes")
    return claim


def _token(value: Any) -> str | Rational:
    """A cut of a or w, a box that needs no estimate of its own, or the s of its estimate.

    Raises:
        Rejected: it is none of these.
    """
    if isinstance(value, str) and value in (*_SPLITS, _PLAIN):
        return value
    scale = reading.number(value)
    if not scale > 0:
        raise Rejected("the scale of an estimate is positive")
    return scale


def replay_any_set(claim: AnySetClaim, work: Work | None = None) -> Iterator[tuple[int, int]]:
    """Prove every inequality of the five cases.

    Raises:
        Rejected: one is not proved, or the boxes do not cover case 4.
    """
    proof = Inequalities(claim.ratio, Precision(max(_LEAST_BITS, claim.bits) + _SPARE_BITS, work))
    cases = {
        "case 1": lambda: proof.on_pieces(proof.near, _SMALL, gmpy2.mpq(5, 2)),
        "case 2": lambda: proof.on_pieces(proof.small, _SMALL, gmpy2.mpq(3, 4)),
    }
    # step: the ratio of all sets is not above r* [drop]
    require_all(proof.conditions(claim.separation), _STEP)
    require_all(cases, _STEP)
    waiting: list[Box] = [(_SEAM, _FAR, gmpy2.mpq(0), _FAR)]
    for done, token in enumerate(claim.boxes, 1):
        if not waiting:
            raise Rejected("the boxes go on after their end", f"box {done}")
        box = waiting.pop()
        if token in _SPLITS:
            waiting += reversed(halves(box, str(token)))
        else:
            scale = None if isinstance(token, str) else token
            if proof.at.work.mine(done):
                # step: all sets: case 4, each box [drop]
                require_step(partial(proof.box, box, scale), _STEP, f"case 4, box {done}")
        yield done, len(claim.boxes)
    # step: all sets: case 4, the boxes to their end [false]
    if waiting:
        raise Rejected("the boxes end before case 4 is covered", "case 4")


def halves(box: Box, axis: str) -> list[Box]:
    """A box cut in two, in a or in w."""
    a0, a1, w0, w1 = box
    if axis == "a":
        middle = (a0 + a1) / 2
        # step: all sets: both halves of a [list 3/3: (a0, middle, w0, w1)]
        return [(a0, middle, w0, w1), (middle, a1, w0, w1)]
    middle = (w0 + w1) / 2
    # step: all sets: both halves of w [list 3/3: (a0, a1, w0, middle)]
    return [(a0, a1, w0, middle), (a0, a1, middle, w1)]


class Inequalities:
    """The inequalities for one r, at one precision."""

    def __init__(self, ratio: Rational, at: Precision) -> None:
        self.at, self.ratio = at, Interval.enclosing(at, ratio, ratio)

    def point(self, number: Rational | int) -> Interval:
        """A number, enclosed."""
        return Interval.enclosing(self.at, gmpy2.mpq(number), gmpy2.mpq(number))

    def cost(self, gap: Rational) -> Interval:
        """q(g) = 2Φ(g/2) − 1."""
        return 2 * cdf(self.point(gap / 2)) - 1

    def linear(self, a: Rational) -> Interval:
        """a²/(1 + a²), which increases."""
        return self.point(a * a / (1 + a * a))

    def conditions(self, separation: Rational) -> dict[str, Callable[[], bool]]:
        """What is to hold beside the pieces and the boxes."""
        r, seam, t = self.ratio, self.point(_SEAM), self.point(separation)
        half, third = gmpy2.mpq(3, 2), gmpy2.mpq(7, 2)
        sech = (-seam.squared() / 2).exp() * sech_mean(seam)
        # step: all sets: cases 1 and 2, small a [true 2/6]
        # step: all sets: case 1, large a [true 3/6]
        # step: all sets: case 5, wide [true 5/6]
        # step: all sets: case 5 [true 6/6]
        # step: all sets: case 3 [true 4/6]
        return {
            "r <= r*": lambda: (
                r * self.cost(2 * separation)
                < t.squared() * (-t.squared() / 2).exp() * sech_mean(t)
            ),
            "cases 1 and 2, small a": lambda: (
                2 * r * normal_density(self.point(_SMALL)) > self.point(_SMALL)
            ),
            "case 1, large a": lambda: 2 * r * self.cost(gmpy2.mpq(5, 2)) > 1,
            "case 3": lambda: tanh_risk(seam, seam * 0) / seam.squared() < sech,
            "case 5, wide": lambda: r * (self.cost(gmpy2.mpq(7)) + self.cost(half)) > 1,
            "case 5": lambda: (
                self.point(gmpy2.mpq(9, 16)) + 100 * cdf(self.point(-third))
                < r * self.cost(gmpy2.mpq(17, 2))
            ),
        }

    def near(self, low: Rational, high: Rational) -> bool:
        """Case 1 on a piece."""
        # step: all sets: case 1, the mass at the least a of a piece [value 4/6: high]
        # step: all sets: case 1, the risk at the greatest a of a piece [value 6/6: low]
        return 2 * self.ratio * self.cost(low) > self.linear(high)

    def small(self, low: Rational, high: Rational) -> bool:
        """Case 2 on a piece."""
        # step: all sets: case 2, the risk at the greatest a of a piece [value 6/6: low]
        return self.ratio * self.cost(2 * low) > self.linear(high)

    def on_pieces(
        self,
        holds: Callable[[Rational, Rational], bool],
        low: Rational,
        high: Rational,
        cuts: int = _MOST_CUTS,
    ) -> bool:
        """Whether an inequality is proved on a range, whole or cut in two again and again."""
        if holds(low, high):
            return True
        middle = (low + high) / 2
        parts = ((low, middle), (middle, high))
        # step: all sets: case 1, both halves of a piece [value 6/6: _[1:]]
        return cuts > 0 and all(self.on_pieces(holds, *part, cuts - 1) for part in parts)

    def box(self, box: Box, scale: Rational | None) -> bool:
        """Case 4 on a box: where w ≤ a, some estimate has risk below r M."""
        a0, a1, w0, w1 = box
        if w0 > a1:
            return True
        # step: all sets: case 4, the mass of the small gaps at the least w [value 8/8: w1]
        # step: all sets: case 4, the mass of the largest gap where it is least [sum 2/2: 2 * a1 -
        #   w0]
        level = self.ratio * (self.cost(max(2 * a0 - w1, a0)) + self.cost(w0))
        if scale is None:
            return level > 1 or level > self.linear(a1)
        near = max(a0 - w1, gmpy2.mpq(0))
        s = self.point(scale)
        # step: all sets: case 4, the risk at the greatest mean [value 6/6: near]
        # step: all sets: case 4, the risk at the least mean [value 5/6: a1]
        return all(tanh_risk(s, self.point(theta)) < level for theta in (near, a1))


def _told(claim: AnySetClaim) -> str:
    return (
        "every inequality of the argument (bounds.lower.any_set) that no set S of means has a"
        " minimax risk above r* M(S), M(S) the mass that it costs and r* the largest"
        " B(t)/(2 Phi(t) - 1), B(t) the Bayes risk of the means t and -t; and r* is above"
        f" {told_number(claim.ratio, up=False)}"
    )


ANY_SET = Kind(read_any_set, replay_any_set, _told, shared=True)
