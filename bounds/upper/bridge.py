r"""A bridge between two components: why line 8 with 4Δ is no repair at D = 12Δ.

The methods "sharp" and "repaired" suppose that each component has to be destroyed by mass of its
own, ε₁ (`prices`). Counterfeit clusters (`attack`) ask for edges up to 4Δ in line 8 of Algorithm 1;
then that supposition is false at D = 12Δ:
1. Put a blob of mass just above ρ half way, at 6Δ, and just above d(Δ) = ρ − f(Δ) at 2Δ from each
mean, towards the other. Then points a little more than Δ from each mean pass the filter, as do
points a little less than Δ from the blob, on both sides: next to each other less than 4Δ apart, so
that all the filtered points from one component to the other are connected, and no clique.
2. Both components are lost for ρ + 2d(Δ), which is below 2ε₁: their rate is above 1/ε₁, and so is
the error of the algorithm corrected like this, whatever κ is up to that price (many pairs).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flint import arb

from bounds.certify.errors import DomainError
from bounds.certify.exact import to_ball
from bounds.certify.numbers.digits import enclosed
from bounds.certify.numbers.enclosure import Enclosure
from bounds.certify.numbers.precision import read_digits
from bounds.functions.normal import cdf
from bounds.functions.window import central_mass, mass_deficit
from bounds.upper.arguments import read_upper_delta
from bounds.upper.attack import LEAST_DELTA
from bounds.upper.prices import destruction_shortfall


@dataclass(frozen=True)
class Bridge:
    """The attack on two components 12Δ apart, where line 8 has 4Δ.

    Attributes:
        price: ρ + 2d(Δ), what both components cost together.
        alone: 2ε₁, what the methods "sharp" and "repaired" suppose that they cost.
        saving: the difference; where it is positive, the supposition is false.
    """

    price: Enclosure
    alone: Enclosure
    saving: Enclosure


def bridge(delta: Any, digits: int = 15) -> Bridge:
    """The price of destroying two components at once in the algorithm with 4Δ in line 8.

    Args:
        delta: Δ, 3/2 to 64, in standard deviations.
        digits: significant decimal digits.

    Raises:
        InputError: Δ is malformed or out of range.
        DomainError: Δ is not surely 3/2 or more.
    """
    exact, digits = read_upper_delta(delta), read_digits(digits)
    if not to_ball(exact) >= to_ball(LEAST_DELTA):
        raise DomainError("the attack is worked out for Delta of 1.5 or more, as in the paper")
    return Bridge(**enclosed(lambda: prices(to_ball(exact)), digits, exact))


def prices(delta: arb) -> dict[str, arb]:
    """The numbers of the attack, as balls.

    ρ + 2d(Δ) = 2 − 6Φ(−Δ) + 2Φ(−2Δ), as f(Δ) = ½ − Φ(−2Δ): so the saving keeps its digits.
    """
    short = destruction_shortfall(delta)
    price = central_mass(delta) + 2 * mass_deficit(delta, delta)
    saving = 6 * cdf(-delta) - 2 * cdf(-2 * delta) - 2 * short
    return {"price": price, "alone": 2 - 2 * short, "saving": saving}
