r"""Counterfeit clusters: why Algorithms 1 and 2 do not attain the bound of Theorem 2.

The algorithms are read as the analysis means them: clusters are connected components that are
cliques, counts are per component of the second phase, a window is an interval.

Lemma 4 supposes that a client within 3Δ/2 of its mean uses its own component's estimate. But the
adversary can build a cluster of his own with its median only a little more than 2Δ away, and a
spotless count. Put a mass a little above ρ/2 at A = 2Δ + z, as much at A + 2Δ, and a speck at the
middle h = A + Δ: only points next to h see both and pass the filter; h is 3Δ + z from the mean, so
it is no neighbour of the true cluster; the median of its window (A, A + 2Δ) is A; the count is ρ,
and ε̃ = 0. No other point passes if f(Δ + z) + ρ/2 < ρ, the genuine and bought mass around A − Δ:
so A may come as close to Δ + l(ρ/2) as he likes. The price is ρ − f(A + Δ).

With the true cluster destroyed from the other side (price ρ − f(3Δ)), every client with x_v within
3Δ/2 of A takes A for its mean, at full weight, and errs by A²; the others keep x_v.

For each component so attacked the adversary pays

    price = d(3Δ) + d(A + Δ),   gain = A² [Φ(A + t) − Φ(A − t)] + E[x²; |x − A| ≥ t],   t = 3Δ/2,

and gain/price is above 1/(ρ − f(3Δ)) for the paper's Δ = 2, 3 and 4. With 4Δ in place of 3Δ in
line 8 of Algorithm 1 (and D ≥ 12Δ) every foreign median is at least 3Δ away, and no client within
3Δ/2 of its mean is ever misled.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from flint import arb

from bounds.certify.arithmetic.ball import BALL
from bounds.certify.errors import DomainError
from bounds.certify.exact import to_ball
from bounds.certify.numbers.digits import enclosed
from bounds.certify.numbers.enclosure import Enclosure
from bounds.certify.numbers.precision import read_digits
from bounds.certify.results import Result
from bounds.critical.domain import read_delta
from bounds.functions.normal import density
from bounds.functions.primitives.ball import solve_deficit
from bounds.functions.window import central_mass, mass_deficit

LEAST_DELTA = Fraction(3, 2)
"""The paper has Δ > 1.5. For small Δ other points between the two clusters pass the filter."""


@dataclass(frozen=True, repr=False)
class Counterfeit(Result):
    """The attack on one component: destroy its cluster, and offer a counterfeit beside it.

    Attributes:
        place: A, the median of the counterfeit cluster, in standard deviations from the mean.
        price: the adversarial mass it takes, relative to one component.
        gain: the mean squared error of the component's clients under it.
        rate: gain/price: for κ up to the price, the algorithm's error is at least rate · κ, k → ∞.
    """

    place: Enclosure
    price: Enclosure
    gain: Enclosure
    rate: Enclosure


def counterfeit(delta: Any, digits: int = 12) -> Counterfeit:
    """What the attack costs and gains, in the limit of many samples.

    Args:
        delta: Δ, 1.5 to 1024, in standard deviations.
        digits: significant decimal digits.

    Raises:
        InputError: Δ is not a number up to 1024, or digits is not a count.
        DomainError: Δ is not surely 1.5 or more.
    """
    exact, digits = read_delta(delta), read_digits(digits)
    if not to_ball(exact) >= to_ball(LEAST_DELTA):
        raise DomainError("the attack is worked out for Delta of 1.5 or more, as in the paper")
    return Counterfeit(**enclosed(lambda: attack(to_ball(exact)), digits, exact))


def attack(delta: arb) -> dict[str, arb]:
    """The numbers of the attack, as balls."""
    rho = central_mass(delta)
    place = delta + solve_deficit(rho / 2, delta)
    half = 3 * delta / 2
    price = mass_deficit(3 * delta, delta) + mass_deficit(place + delta, delta)
    near, far = place - half, place + half
    misled = BALL.interval_mass(near, 2 * half)
    # E[x²; near < x < far] = near φ(near) − far φ(far) + P(near < x < far)
    kept = 1 - (near * density(near) - far * density(far) + misled)
    gain = place * place * misled + kept
    return {"place": place, "price": price, "gain": gain, "rate": gain / price}
