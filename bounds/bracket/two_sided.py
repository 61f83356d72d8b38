r"""The price of contamination: as m, then k, then D grow, the best algorithm's error tends to r*κ.

Let κ = c/k ≤ ε*, r* and ε* the best ratio and its mass (see `lower.any_set` and `two_point`), and
σ, F as in `upper.possible_means` for a t ≤ D/6 with r*Q ≥ 1. For every k, c and D

    r* ε* ⌊c/ε*⌋/k ≤ lim inf K(m) ≤ lim sup K(m) ≤ σ(κ + 2Φ(−2t)) + F.

The rate. For every D ≥ 15, k and c with κ ≤ ε*

    r*κ − r*ε*/k < lim inf K(m) ≤ lim sup K(m)
                 ≤ r*κ + (11/10) κ D e^{−D²/162} + D e^{−2D²/81}.

Proof.
1. Below: the two best means are hidden on ⌊c/ε*⌋ components, at most k of them as c ≤ kε*;
each earns r*ε* (`lower.bound`). And ⌊c/ε*⌋ > c/ε* − 1, so the sum is above r*κ − r*ε*/k. (Strict:
for c < ε* this bound is 0, and b(c)/k is not.)
2. Above: the theorem of `possible_means` at t = D/9 ≥ 5/3, that is 9Δ for Δ = t. With
p = 2Φ(−t) ≤ 2φ(t)/t (Mills) and Q = (9/2)(1 − p): 2/(Q − 1) falls with t, and at t = 5/3 it is
below r*; so is 1/Q. Hence σ − r* ≤ (r*p + 2E)/(1 − 2p), whichever of the other two terms is the
larger: (r*(1 − p) + E) − r*(1 − 2p) = r*p + E, and 2E − r*(1 − 2p) < 2E.
3. E = (1 + 4t²)Φ(−t) + 5tφ(t) ≤ (9t + 1/t)φ(t). So σ − r* ≤ A tφ(t),
A = (18 + (2 + 2r*)/t²)/(1 − 4Φ(−t)), which falls with t; its value at 5/3 times 1/(9√(2π)) is
below 11/10. So σ is at most s = r* + A tφ(t) at t = 5/3, as tφ(t) falls for t > 1.
4. F = 2(1 + u²)Φ(−u) + 6uφ(u) ≤ (8u + 2/u)φ(u) with u = 2t, and 2σΦ(−u) ≤ (2s/u)φ(u). Together
at most (8u + (2 + 2s)/u)φ(u), and over Dφ(u), D = 9u/2, this is 16/9 + (4/9)(1 + s)/u², falling in
u; at u = 10/3, times 1/√(2π), it is below 1.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from flint import arb

from bounds.bracket.bracket import read_problem
from bounds.certify.errors import DomainError, Inconclusive
from bounds.certify.exact import to_ball
from bounds.certify.numbers.enclosure import Enclosure
from bounds.certify.numbers.precision import bits_for, read_digits, working_precision
from bounds.functions.normal import cdf, density
from bounds.lower.bound import risk_to_mass
from bounds.upper.possible_means import fooled_term, parts_at

FROM = Fraction(15)
"""From this D on the rate is proved."""

PER_DISTANCE = Fraction(1, 9)  # t/D
SLOPE_RATE = Fraction(11, 10)
FAR_RATE = Fraction(1)
"""The factors of κ D e^{−D²/162} and of D e^{−2D²/81}."""


@dataclass(frozen=True)
class Price:
    """The two-sided theorem at one k, c and D, for the limit of large m.

    Attributes:
        limit: r*κ.
        low: r* ε* ⌊c/ε*⌋/k; its lower end is proved.
        high: σ(κ + 2Φ(−2t)) + F at t = D/9; its upper end is proved.
        at_most: r*κ plus the rate, which high does not exceed.
    """

    limit: Enclosure
    low: Enclosure
    high: Enclosure
    at_most: Enclosure


def price(k: int, c: Any, distance: Any, digits: int = 15) -> Price:
    """The price of contamination from both sides, with its rate in D.

    Args:
        k: the number of components, 1 to 10⁹.
        c: the adversary's budget, exact, at most ε* k.
        distance: D, exact, 15 to 10⁶, in standard deviations.
        digits: significant decimal digits.

    Raises:
        InputError: an argument is malformed or out of range.
        DomainError: D < 15, or c/k is not surely at most ε* = 0.65109….
        Inconclusive: c/ε* is not told apart from a whole number.
    """
    problem, digits = read_problem(k, c, distance, None), read_digits(digits)
    if problem.distance < FROM:
        raise DomainError("the rate is proved for D >= 15: take risk_bracket for nearer means")
    best = risk_to_mass(digits + 10)
    with working_precision(bits_for(digits) + 64):
        ratio, mass = best.ratio.ball(), best.mass.ball()
        kappa, apart = to_ball(problem.c / problem.k), to_ball(problem.distance)
        if not kappa < mass:
            raise DomainError("c/k must be at most eps* = 0.65109...: beyond it the slope is less")
        whole = (to_ball(problem.c) / mass).floor()
        if not whole.is_exact():
            raise Inconclusive("c/eps* is too close to a whole number: raise the digits")
        parts = parts_at(apart, apart * to_ball(PER_DISTANCE), digits + 10)
        if parts is None:
            raise Inconclusive("r* Q >= 1 is not proved")
        high = parts.slope * (kappa + parts.shared) + parts.far
        limit = ratio * kappa
        return Price(
            Enclosure.of(limit, digits),
            Enclosure.of(ratio * mass * whole / problem.k, digits),
            Enclosure.of(high, digits),
            Enclosure.of(limit + rate(kappa, apart), digits),
        )


def rate(kappa: arb, distance: arb) -> arb:
    """(11/10) κ D e^{−D²/162} + D e^{−2D²/81}, at the working precision."""
    square = distance * distance / 81
    slope: arb = to_ball(SLOPE_RATE) * kappa * (-square / 2).exp()
    return distance * (slope + to_ball(FAR_RATE) * (-2 * square).exp())


def rate_comparisons(
    start: Fraction = FROM, slope_rate: Fraction = SLOPE_RATE, far_rate: Fraction = FAR_RATE
) -> dict[str, tuple[tuple[arb, arb], ...]]:
    """The comparisons of steps 2 to 4 at the least t, from where all of them only get better.

    Args:
        start: the least D, in standard deviations.
        slope_rate: the factor of κ D e^{−D²/162}.
        far_rate: the factor of D e^{−2D²/81}.

    Returns:
        For each statement the pairs of balls of which the first is to be below the second.
    """
    ratio = risk_to_mass(20).ratio.ball()
    with working_precision(96):
        t = to_ball(start * PER_DISTANCE)
        u, gap, root = 2 * t, 2 * cdf(-t), (2 * arb.pi()).sqrt()
        cost = (1 - gap) / (2 * to_ball(PER_DISTANCE))
        factor = (18 + (2 + 2 * ratio) / (t * t)) / (1 - 2 * gap)
        most = ratio + factor * t * density(t)
        far = (16 + 4 * (1 + most) / (u * u)) / 9
        return {
            "2/(Q - 1) < r* and r* Q > 1": ((2 / (cost - 1), ratio), (arb(1), ratio * cost)),
            "2p < 1": ((2 * gap, arb(1)),),
            "E <= (9t + 1/t) phi(t)": ((fooled_term(t), (9 * t + 1 / t) * density(t)),),
            f"A/(9 sqrt(2 pi)) < {slope_rate}": ((factor / (9 * root), to_ball(slope_rate)),),
            f"(16/9 + (4/9)(1 + s)/u^2)/sqrt(2 pi) < {far_rate}": (
                (far, to_ball(far_rate) * root),
            ),
        }


def prove_rate() -> tuple[str, ...]:
    """Prove the rate: the comparisons of steps 2 to 4.

    Returns:
        What was proved.

    Raises:
        Inconclusive: a comparison fails.
    """
    held = rate_comparisons()
    failed = [name for name, pairs in held.items() if not all(a < b for a, b in pairs)]
    if failed:
        raise Inconclusive(f"not proved at t = 5/3: {', '.join(failed)}")
    return tuple(held)
