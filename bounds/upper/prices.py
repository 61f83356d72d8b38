r"""What it costs the adversary to make the server's estimate useless for one component.

Three prices, in mass relative to one component:

- elongation, ρ − f(3Δ) = d(3Δ): a filtered point 3Δ from the mean makes the cluster a non-clique
  (Section V, main text). The appendix prints f⁻¹(ρ − 3Δ), which exists for no Δ: ρ < 2Δφ(0) < 3Δ.
- destruction, min over a of d(a) + d(3Δ − a): elongation to both sides, a little cheaper. The two
  windows are disjoint, so their deficits add. With b = 3Δ − a the derivative has the sign of
  log s(a) − log s(b), s = d′/φ(Δ), whose own derivative Δ(coth aΔ + coth bΔ) − 3Δ changes sign at
  most once on (0, 3Δ/2), from plus to minus, because coth is convex. It is −∞ at 0 and 0 at 3Δ/2.
  So for coth(3Δ²/2) < 3/2 the least value is at the one zero before 3Δ/2, otherwise at 3Δ/2.
- full confusion, ε_full with ε + φ(Δ) l(ε) = Φ(Δ): there the bound on the loss from Lemmas 2 to 4
  reaches 1. By the definition of l this is f(x) + Φ(−Δ) = φ(Δ) x at x = l(ε_full).

A component pays its destruction alone where its neighbours are at least 14Δ away: the first point
of a chain beyond 3Δ lies within 6Δ of the mean, and its window within 7Δ.
"""

from __future__ import annotations

from flint import arb

from bounds.certify.arithmetic import Value, common
from bounds.certify.arithmetic.ball import BALL
from bounds.certify.errors import Inconclusive
from bounds.certify.roots.monotone import monotone_root
from bounds.functions.normal import cdf, density
from bounds.functions.shift import coth
from bounds.functions.window import mass_deficit, relative_steepness, window_mass


def elongation_price(delta: Value) -> Value:
    """ρ − f(3Δ): the mass that gets a point 3Δ from the mean through the filter.

    Args:
        delta: Δ > 0, in standard deviations.

    Paper: Section V, "investing more than ρ − f(3Δ) points".
    """
    _, delta = common(delta)
    return mass_deficit(3 * delta, delta)


def destruction_price(delta: arb) -> arb:
    """The least mass that makes a component's cluster a non-clique: min d(a) + d(3Δ − a).

    Args:
        delta: Δ > 0, a narrow ball, in standard deviations.

    Raises:
        Inconclusive: Δ is too close to 0.7325…, where the best a reaches 3Δ/2.
    """
    return 1 - destruction_shortfall(delta)


def destruction_shortfall(delta: arb) -> arb:
    """1 − min d(a) + d(3Δ − a) = 2Φ(−Δ) + f(3Δ − a) − d(a), relative however small."""
    a = cheapest_split(delta)
    return 2 * cdf(-delta) + window_mass(3 * delta - a, delta) - mass_deficit(a, delta)


def cheapest_split(delta: arb) -> arb:
    """The a at which d(a) + d(3Δ − a) is least: the split of 3Δ on its nearer side.

    Args:
        delta: Δ > 0, a narrow ball, in standard deviations.

    Raises:
        Inconclusive: Δ is too close to 0.7325…, where a reaches 3Δ/2.
    """
    half = 3 * delta / 2
    bend = coth(half * delta)
    # step: the middle is cheapest for small Δ [false]
    if bend > 1.5:
        return half
    # step: where that changes nothing is told [true 2/2]
    if not bend < 1.5:
        raise Inconclusive(f"Delta = {delta.str(8)} is too close to the root of coth(3x^2/2) = 3/2")

    def balance(a: arb) -> tuple[arb, arb]:
        b = 3 * delta - a
        ratio = (relative_steepness(a, delta) / relative_steepness(b, delta)).log()
        return ratio, delta * (coth(a * delta) + coth(b * delta) - 3)

    # b − a > Δ at the zero: s(b) = s(a) with coth aΔ + coth bΔ > 3 needs coth aΔ > 3/2
    top = _where_coth_sums_to_three(delta)
    return monotone_root(balance, (-half * delta).exp() / (2 * delta), top)


def _where_coth_sums_to_three(delta: arb) -> arb:
    """An a below 3Δ/2 at which log s(a) − log s(3Δ − a) still grows, and is proved positive."""
    low, high = arb(0), (3 * delta / 2).mid()
    for _ in range(40):
        a = ((low + high) / 2).mid()
        rest = 3 * delta - a
        if coth(a * delta) + coth(rest * delta) > 3:
            if (relative_steepness(a, delta) / relative_steepness(rest, delta)) > 1:
                return a
            low = a
        else:
            high = a
    raise Inconclusive(f"the cheapest destruction is not isolated for Delta = {delta.str(8)}")


def full_radius(delta: arb) -> arb:
    """l(ε_full), the root x of f(x) + Φ(−Δ) = φ(Δ) x, for a narrow Δ."""
    unit, tail = density(delta), cdf(-delta)

    def balance(x: arb) -> tuple[arb, arb]:
        held = BALL.interval_mass(x - delta, 2 * delta) + tail
        return (unit * x / held).log(), 1 / x + unit * relative_steepness(x, delta) / held

    # Φ(−Δ) < 1.26 φ(Δ), and f(x) < 9φ(Δ) at x = 2Δ + 9: at the top the left side is the greater
    return monotone_root(balance, 2 * delta, 2 * delta + 11)


def full_shortfall(delta: arb) -> arb:
    """1 − ε_full = Φ(−Δ) + φ(Δ) l(ε_full), relative however small.

    Args:
        delta: Δ > 0, a narrow ball, in standard deviations.
    """
    return cdf(-delta) + density(delta) * full_radius(delta)


def full_price(delta: arb) -> arb:
    """ε_full, where ε + φ(Δ) l(ε) = Φ(Δ) and the one-component bound reaches 1.

    Args:
        delta: Δ > 0, a narrow ball, in standard deviations.
    """
    return 1 - full_shortfall(delta)
