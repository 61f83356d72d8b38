r"""Means of sech(tZ) and tanh(tZ), Z ~ N(0, 1): the trapezoidal rule with residues, and its error.

Let f(z) = φ(z) sech(tz), φ(z) z² sech(tz) or φ(z) z tanh(tz): even, analytic but for simple poles
at ±iyₙ, yₙ = (n + ½)π/t. With K(z) = 1/(e^{−2πiz/h} − 1), whose residue at every jh is −h/(2πi),
the residue theorem on the strip |Im z| < D, between two poles, gives

    ∫ f = h Σⱼ f(jh) − 4πi Σ_{yₙ < D} Res(f, iyₙ) K(iyₙ) − 2 ∫_{Im z = D} f K,

where below the line K was replaced by −1 − K(−z), and z ↦ −z maps what is left to the part above.
The residues of sech(tz) and tanh(tz) at iyₙ are (−1)ⁿ/(it) and 1/t, and K(iyₙ) is real, so with
wₙ = √(8π)/t · e^{yₙ²/2}/(e^{2πyₙ/h} − 1)

    E sech(tZ) = h Σⱼ … − Σ (−1)ⁿ wₙ,    E Z² sech(tZ) = h Σⱼ … + Σ (−1)ⁿ yₙ² wₙ,
    E Z tanh(tZ) = h Σⱼ … + Σ yₙ wₙ,    each up to two errors:

- Between the nodes: on Im z = D let |tD − mπ| < π/3 for a whole m, so that exactly m poles are
  below. There |cosh(tz)|² = sinh²(tx) + cos²(tD) ≥ ¼, |tanh|² ≤ max(1, tan²(tD)) ≤ 3,
  |φ(z)| = e^{D²/2} φ(x), and |z|, |z|² and 1 have means of at most 1 + D² under φ(x). So the last
  integral, doubled, is at most 4(1 + D²) e^{D²/2}/(e^{2πD/h} − 1).
- Beyond the last node X = nh ≥ 1: (1 + x²)φ(x) decreases, so the terms on both sides add up to at
  most 2∫ (1 + x²)φ = 2Xφ(X) + 4Φ(−X) ≤ 2(X + 2)φ(X).

With D = 2π/h the first is e^{−D²/2}: no strip free of poles could be so wide. The terms decay with
the nodes, and so does the precision that they need. They come by recurrences: e^{−x²/2 − tx} at jh
has a ratio of successive ratios that does not depend on j.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

from flint import arb, ctx

from bounds.certify.arithmetic.ball import GUARD, radius, raised
from bounds.certify.errors import Inconclusive
from bounds.certify.numbers.precision import working_precision

_ANGLE = 1.0  # how far tD may be from a multiple of π; below π/3


@dataclass(frozen=True)
class Rule:
    """Nodes jh for |j| ≤ n, and the residues below Im z = D.

    Attributes:
        t: t > 0, exact.
        height: D, exact.
        step: h, exact.
        count: n.
        poles: how many poles lie below D.
    """

    t: arb
    height: arb
    step: arb
    count: int
    poles: int

    def between(self) -> arb:
        """The bound on the integral along Im z = D.

        Raises:
            Inconclusive: tD is not proved to be within π/3 of π times the number of poles, or t, D
                or h is not positive.
        """
        # step: a rule is made of positive numbers [true 2/5]
        if not (self.t > 0 and self.height > 0 and self.step > 0):
            raise Inconclusive("a rule needs t, D and h above 0")
        off = self.t * self.height - self.poles * arb.pi()
        # step: the poles below the line are counted [true 2/2]
        if not abs(off) < arb.pi() / 3:
            raise Inconclusive(f"D = {self.height.str(8)} is too close to a pole of sech(tz)")
        square = self.height * self.height
        growth = (2 * arb.pi() * self.height / self.step).expm1()
        return 4 * (1 + square) * (square / 2).exp() / growth

    def beyond(self) -> arb:
        """The bound on the terms beyond the last node.

        Raises:
            Inconclusive: the last node is below 1.
        """
        end = self.count * self.step
        # step: the last node is beyond 1 [true 2/2]
        if not end >= 1:
            raise Inconclusive("the nodes end below 1")
        return 2 * (end + 2) * (-(end * end) / 2).exp() / (2 * arb.pi()).sqrt()

    def error(self) -> arb:
        """Both errors, as a ball around 0."""
        # step: what lies between the nodes of a mean [last sum]
        # step: what lies beyond the last [first sum]
        return arb(0, (self.between() + self.beyond()).abs_upper())

    def residues(self) -> list[tuple[arb, arb]]:
        """The yₙ below D with their wₙ."""
        front, found = (8 * arb.pi()).sqrt() / self.t, []
        for n in range(self.poles):
            y = (2 * n + 1) * arb.pi() / (2 * self.t)
            found.append((y, front * (y * y / 2).exp() / (2 * arb.pi() * y / self.step).expm1()))
        return found


def rule_for(t: arb) -> Rule:
    """A rule for an exact t > 0 whose error is about 2 to the power of minus `flint.ctx.prec`."""
    nats = math.log(2) * (ctx.prec + 4)
    rate, reach = float(t), math.sqrt(2 * nats)
    height = reach
    poles = round(rate * height / math.pi)
    off = rate * height - math.pi * poles
    if abs(off) > _ANGLE:
        height = (math.pi * poles + math.copysign(_ANGLE, off)) / rate
    step = 2 * math.pi * height / (nats + height * height / 2 + math.log1p(height * height) + 2)
    count = math.ceil(math.sqrt(2 * (nats + math.log(reach + 4))) / step)
    return Rule(t, arb(height), arb(step), count, poles)


def _terms(rule: Rule, rate: arb, part: Callable[[arb, arb], arb]) -> list[arb]:
    """√(2π) f(jh) for j = 1 to n, from e^{−x²/2 − rate·x} and e^{−2tx} at x = jh.

    Each to the precision that the size of e^{−x²/2} calls for: its error is below 2^−prec, about.
    """
    full, step, square = ctx.prec, float(rule.step), rule.step * rule.step
    value, fade = arb(1), arb(1)
    ratio, change = (-square / 2 - rate * rule.step).exp(), (-square).exp()
    faster = (-2 * rule.t * rule.step).exp()
    found = []
    for j in range(rule.count):
        x = j * step
        with working_precision(max(32, full - int(x * x * 0.72))):
            value *= ratio
            ratio *= change
            fade *= faster
            found.append(part(value, fade))
    return found


def _guard(rule: Rule) -> int:
    """Bits that the recurrences may lose: every step adds its rounding to the ratio."""
    return 2 * rule.count.bit_length() + GUARD


def sech_moments_by(rule: Rule) -> tuple[arb, arb]:
    """E sech(tZ) and E Z² sech(tZ) by a rule, whatever it is: its errors are in the enclosures."""
    with raised(_guard(rule)):
        step, plain, squared = rule.step, arb(0), arb(0)
        for j, term in enumerate(_terms(rule, rule.t, lambda w, fade: w / (1 + fade)), 1):
            plain += term
            squared += j * j * term
        front = step / (2 * arb.pi()).sqrt()
        plain, squared = front * (1 + 4 * plain), front * 4 * step * step * squared
        for n, (y, weight) in enumerate(rule.residues()):
            plain -= (-1) ** n * weight
            squared += (-1) ** n * y * y * weight
        error = rule.error()
        plain, squared = plain + error, squared + error
    return +plain, +squared


def tanh_moment_by(rule: Rule) -> arb:
    """E Z tanh(tZ) by a rule, whatever it is: its errors are in the enclosure."""
    with raised(_guard(rule)):
        step, total = rule.step, arb(0)
        parts = _terms(rule, arb(0), lambda w, fade: w * (1 - fade) / (1 + fade))
        for j, term in enumerate(parts, 1):
            total += j * term
        total *= 2 * step * step / (2 * arb.pi()).sqrt()
        for y, weight in rule.residues():
            total += y * weight
        total += rule.error()
    return +total


def sech_moments(t: arb) -> tuple[arb, arb]:
    """E sech(tZ) and E Z² sech(tZ), Z ~ N(0, 1), for t > 0, to about `flint.ctx.prec` bits.

    At the centre of t: the slopes in t are at most E|Z| < 1 and E|Z|³ < 2, as |sech tanh| < 1.
    """
    plain, squared = sech_moments_by(rule_for(t.mid()))
    # step: the radius of t, for the first mean [first sum 1/2]
    # step: and for the second [first sum 2/2]
    return plain + radius(t), squared + 2 * radius(t)


def tanh_moment(t: arb) -> arb:
    """E Z tanh(tZ), Z ~ N(0, 1), for t > 0, to about `flint.ctx.prec` bits.

    At the centre of t: the slope in t is E Z² sech²(tZ), at most 1.
    """
    # step: and for the third [first sum]
    return tanh_moment_by(rule_for(t.mid())) + radius(t)
