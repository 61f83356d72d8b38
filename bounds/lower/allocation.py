r"""How an adversary with budget c splits it over k components: the exact maximum (Appendix A).

Maximise (1/k) Σ h(εᵢ) over εᵢ ≥ 0, Σ εᵢ ≤ c, for rational c > 0. In the unit x = ε/√(2π):
h = x²/(1 + x²), h′ ∝ 2x/(1 + x²)², h″ ∝ 2(1 − 3x²)/(1 + x²)³. A maximum exists (compact set) and
uses the whole budget (h increases). At a stationary point (Karush, Kuhn, Tucker) the non-zero
shares have one slope h′ = α and zero ones the multiplier β = α − h′(0) = α > 0.

Lemma. Let x < y have the same slope, s = x + y, p = xy. Equal slopes mean s² = (1 − p)²/p, with
p < 1/3 because s² > 4p, and then h″(x) + h″(y) has the sign of (1 − 3p)(1 + p)², so it is positive.
`slope_identity` and `curvature_identity` are the two polynomial identities.

All stationary points, hence:
- n equal shares c/n, n ≤ k. For n = 1 a strict local maximum whatever c is. For n ≥ 2 a strict
  local maximum if c/n > √(2π/3) (h″ < 0 there), and none if c/n < √(2π/3) (moving mass between two
  shares gains); equality would make π rational.
  (`local_maxima` lists them.)
- a ≥ 1 shares x and b ≥ 1 shares y: never a local maximum, by moving mass between an x and a y.
So the maximum is v(n) = c²n/(k(c² + 2πn²)) for some n from 1 to k, and
v(n + 1) > v(n) exactly when c² > 2πn(n + 1). The two sides differ, π being irrational, so v rises
up to the first n with c² ≤ 2πn(n + 1) and falls after it: there is one best n.

Against the paper's value c/(k√(8π)), the maximum over real n, at n = c/√(2π): the integer maximum
is at most that, with equality exactly when c/√(2π) is an integer n ≤ k, so for no rational c.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from flint import arb

from bounds.certify.errors import Inconclusive
from bounds.certify.exact import Exact, to_ball
from bounds.certify.numbers.enclosure import dyadic_ends
from bounds.certify.numbers.precision import working_precision


@dataclass(frozen=True)
class Split:
    """Equal shares on some components, nothing on the others.

    Attributes:
        parts: n, the number of components attacked.
        share: the mass on each of them, relative to one component.
    """

    parts: int
    share: Exact


def equal_split_value(k: int, c: arb, parts: int) -> arb:
    """(1/k) Σ h(εᵢ) with `parts` shares c/parts: c² n/(k(c² + 2πn²))."""
    return c * c * parts / (k * (c * c + 2 * arb.pi() * parts * parts))


def best_parts(k: int, c: Exact) -> int:
    """The n from 1 to k at which n equal shares gain most: the first with c² ≤ 2πn(n + 1), or k.

    Raises:
        Inconclusive: c is a ball that holds points with different n.
    """
    for bits in (128, 512, 8192):
        with working_precision(bits):
            square = to_ball(c) * to_ball(c)
            half = ((1 + 2 * square / arb.pi()).sqrt() - 1) / 2
            guess = int(dyadic_ends(half)[0].fraction())
            for n in range(max(1, min(guess - 1, k)), min(guess + 3, k) + 1):
                # step: one part fewer gains less [true 3/3]
                rises_to = n == 1 or square > 2 * arb.pi() * n * (n - 1)
                # step: one part more gains less [true 3/3]
                stops_at = n == k or square < 2 * arb.pi() * n * (n + 1)
                if rises_to and stops_at:
                    return n
    raise Inconclusive("c^2 is too close to 2 pi n (n + 1): pass c as an exact number")


def best_split(k: int, c: Exact) -> Split:
    """The split of the budget c over k components that maximises (1/k) Σ h(εᵢ), proved global.

    Args:
        k: the number of components, at least 1.
        c: the budget, relative to the mass of one component, c > 0.

    Raises:
        Inconclusive: c is a ball that holds points with different best splits.
    """
    parts = best_parts(k, c)
    return Split(parts, c / parts)


def local_maxima(k: int, c: Fraction) -> range:
    """The numbers n of equal shares c/n at which Σ h(εᵢ) has its local maxima, all of them strict.

    These are n = 1 and every n ≤ k with c/n > √(2π/3); the other stationary points (more and
    smaller equal shares, or two different shares) are none.

    Args:
        k: the number of components, at least 1.
        c: the budget, rational, c > 0.

    Raises:
        Inconclusive: c/n is too close to √(2π/3) for 8192 bits.
    """
    for bits in (128, 8192):
        with working_precision(bits):
            most = to_ball(c) * (3 / (2 * arb.pi())).sqrt()  # irrational: no n is equal to it
            low, high = (int(end.fraction()) for end in dyadic_ends(most))
        # step: c/n is not at √(2π/3) [true]
        if low == high:
            return range(1, max(1, min(k, low)) + 1)
    raise Inconclusive("c/n is too close to sqrt(2 pi/3) for a whole number n")


def slope_identity() -> bool:
    """x(1 + y²)² − y(1 + x²)² = (y − x)(p s² − (1 − p)²), s = x + y, p = xy, as polynomials."""
    import sympy as sp

    x, y = sp.symbols("x y")
    s, p = x + y, x * y
    left = x * (1 + y**2) ** 2 - y * (1 + x**2) ** 2
    return bool(sp.expand(left - (y - x) * (p * s**2 - (1 - p) ** 2)) == 0)


def curvature_identity() -> bool:
    """p[(1 − 3x²)y(1 + y²) + (1 − 3y²)x(1 + x²)] = s(1 − 3p)(1 + p)² where p s² = (1 − p)².

    The bracket has the sign of h″(x) + h″(y): (1 + x²)² ∝ x and (1 + y²)² ∝ y at one slope.
    """
    import sympy as sp

    x, y = sp.symbols("x y")
    s, p = x + y, x * y
    bracket = (1 - 3 * x**2) * y * (1 + y**2) + (1 - 3 * y**2) * x * (1 + x**2)
    right = s * (1 - 3 * p) * (1 + p) ** 2
    multiple = s * (p * s**2 - (1 - p) ** 2)
    return bool(sp.expand(p * bracket - right - multiple) == 0)
