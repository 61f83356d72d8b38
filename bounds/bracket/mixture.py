r"""A user's own mixture: unequal known weights and variances, from below and for known labels.

Component i has the weight wᵢ, Σ wᵢ = 1, and the clients' samples there have the variance sᵢ² (the
mean of nᵢ observations of variance vᵢ: sᵢ² = vᵢ/nᵢ, a sufficient statistic). κ is the ratio of
corrupted to genuine clients. Let b(ε) be the two-point risk at the mass ε (`lower.two_point`).

Theorem. In the limit of large m, whatever the distance of the means,

    lim inf K(m) ≥ max{Σ wᵢ sᵢ² b(εᵢ): Σ wᵢ εᵢ ≤ κ},

and with known labels the limit is at most max{Σ wᵢ sᵢ² min(1, r*εᵢ): Σ wᵢ εᵢ ≤ κ}.

Proof. 1. Below: in units of sᵢ the means ±tᵢ of component i are hidden by the mass 2Φ(tᵢ) − 1 = εᵢ
relative to its own, wᵢ, and the risk of its clients is sᵢ² b(εᵢ) (`lower.limit`, `lower.bound`; the
argument takes the components one by one and does not ask that they be alike).
2. Above: the client with label i plays as in `lower.limit` in units of sᵢ, or keeps its sample: it
errs by sᵢ² min(1, r*εᵢ) at most, wᵢεᵢ the mass that reports with its label have above wᵢ. The most
is reached by εᵢ = 1/r* on the components of the largest sᵢ, the last one in part: the quotient of
gain and mass is r*sᵢ² up to there and 0 beyond.

The lower bound given is Σ wᵢ sᵢ² b(εᵢ) for one allocation: the best mass ε* on components of large
sᵢ, and what is left on one more. (Strict: another subset may use up the budget better.)

Not proved, and refused: an upper bound without labels. A report far from its own component's centre
may belong to a component of larger variance, and the accounts of `upper.possible_means` are for one
variance and equal weights.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from flint import arb

from bounds.certify.errors import InputError
from bounds.certify.exact import read_exact, read_list, to_ball
from bounds.certify.numbers.enclosure import Enclosure
from bounds.certify.numbers.precision import bits_for, read_digits, working_precision
from bounds.lower.attacks import LARGEST_TWO_POINT_MASS, TwoPoints
from bounds.lower.bound import risk_to_mass

MOST_COMPONENTS = 10_000
_BEST = Fraction(6510977559, 10**10)  # near the best mass: any mass gives a bound
_LEAST = Fraction(1, 10**200)


@dataclass(frozen=True)
class MixtureBound:
    """The labelled problem of a mixture, from both sides, as m → ∞.

    Attributes:
        low: its lower end bounds lim inf K(m), labels known or not, for means at any distance.
        ceiling: its upper end bounds the limit for known labels; nothing is said without labels.
        masses: εᵢ of the attack behind `low`, relative to each component's own mass.
    """

    low: Enclosure
    ceiling: Enclosure
    masses: tuple[Fraction, ...]


def mixture_bound(
    weights: Any,
    ratio: Any,
    variances: Any = None,
    digits: int = 15,
    *,
    distance: Any = None,
    m: Any = None,
) -> MixtureBound:
    """Lower bound for a mixture with unequal weights and variances, and the labelled ceiling.

    Args:
        weights: exact and positive, one for each component; they are scaled to add up to 1.
        ratio: κ, corrupted over genuine clients, exact, from 10⁻²⁰⁰ to 10⁹.
        variances: sᵢ² of a client's sample in each component, exact and positive; by default 1.
        digits: significant decimal digits.
        distance: refused: no upper bound without labels is proved for unequal components.
        m: refused: nothing is proved for a given m.

    Raises:
        InputError: an argument is malformed or out of range, or asks for what is not proved.
    """
    _refuse(distance, m)
    digits, given = read_digits(digits), _positives(weights, "a weight")
    squares = (
        [Fraction(1)] * len(given) if variances is None else _positives(variances, "a variance")
    )
    if len(squares) != len(given) or not 1 <= len(given) <= MOST_COMPONENTS:
        raise InputError("give one weight and one variance for each of 1 to 10^4 components")
    kappa = _positives([ratio], "the ratio")[0]
    if not _LEAST <= kappa <= 10**9:
        raise InputError("the ratio of corrupted to genuine clients must be 10^-200 to 10^9")
    shares = [weight / sum(given) for weight in given]
    order = sorted(range(len(shares)), key=lambda i: (-squares[i], shares[i]))
    masses = _attack(shares, order, kappa)
    with working_precision(bits_for(digits) + 700):  # tiny masses
        low, ceiling, left = arb(0), arb(0), to_ball(kappa)
        for i in order:
            if masses[i] > 0:
                low += to_ball(shares[i] * squares[i]) * TwoPoints(masses[i]).risk()
        slope = risk_to_mass(digits + 10).ratio.ball()
        for i in order:
            spent = left.min(to_ball(shares[i]) / slope)
            ceiling += to_ball(squares[i]) * slope * spent
            left = left - spent
            if not left > 0:  # spent, but for rounding: what is left out is counted in full
                ceiling += to_ball(squares[i]) * slope * abs(left)
                break
        return MixtureBound(Enclosure.of(low, digits), Enclosure.of(ceiling, digits), masses)


def _refuse(distance: Any, m: Any) -> None:
    """What the theorem does not give.

    Raises:
        InputError: it was asked for.
    """
    if distance is not None:
        raise InputError(
            "no upper bound without labels is proved for unequal weights or variances: leave the"
            " distance out (`low` holds at any distance, `ceiling` for known labels)"
        )
    if m is not None:
        raise InputError(
            "for unequal weights or variances no bound is proved at a given m: leave m out for the"
            " limit of large m"
        )


def _attack(
    shares: Sequence[Fraction], order: Sequence[int], kappa: Fraction
) -> tuple[Fraction, ...]:
    """The best mass on as many components as it pays for, in order; the rest on the next one."""
    masses, left = [Fraction(0)] * len(shares), kappa
    for i in order:
        masses[i] = min(_BEST, left / shares[i])
        left -= masses[i] * shares[i]
    last = order[-1]
    masses[last] = min(LARGEST_TWO_POINT_MASS, masses[last] + left / shares[last])
    return tuple(masses)


def _positives(values: Any, name: str) -> list[Fraction]:
    found = [read_exact(value, name) for value in read_list(values, name)]
    exact = [value for value in found if isinstance(value, Fraction) and value > 0]
    if len(exact) < len(found):
        raise InputError(f"{name} must be exact and positive")
    return exact
