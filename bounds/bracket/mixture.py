r"""A user's own mixture: unequal known weights and variances, from both sides.

Component i has the weight wᵢ, Σ wᵢ = 1, and the clients' samples there have the variance sᵢ² (the
mean of nᵢ observations of variance vᵢ: sᵢ² = vᵢ/nᵢ, a sufficient statistic). κ is the ratio of
corrupted to genuine clients. Let b(ε) be the Bayes risk of means hidden by a mass of at most ε, as
for one component (`lower.bound`: two points, a chain, or an interval).

Theorem. In the limit of large m, whatever the distance of the means,

    lim inf K(m) ≥ max{Σ wᵢ sᵢ² b(εᵢ): Σ wᵢ εᵢ ≤ κ},

and with known labels the limit is at most max{Σ wᵢ sᵢ² min(1, r*εᵢ): Σ wᵢ εᵢ ≤ κ}.

Proof. 1. Below: in units of sᵢ the means of component i are hidden by a mass εᵢ relative to its
own, wᵢ, and the risk of its clients is sᵢ² b(εᵢ) (`lower.limit`, `lower.bound`; the argument takes
the components one by one and does not ask that they be alike).
2. Above: the client with label i plays as in `lower.limit` in units of sᵢ, or keeps its sample: it
errs by sᵢ² min(1, r*εᵢ) at most, wᵢεᵢ the mass that reports with its label have above wᵢ. The most
is reached by εᵢ = 1/r* on the components of the largest sᵢ, the last one in part: the quotient of
gain and mass is r*sᵢ² up to there and 0 beyond.

The lower bound given is Σ wᵢ sᵢ² b(εᵢ) for one allocation: two points at the best mass ε* on
components of large sᵢ, and what is left on one more; or, for κ > ε*, where that is more, the mass κ
on every component, with the best set for it. (Strict: another split may use up the budget better.)

Without labels: for means at least D apart `upper.information` has an upper bound, which asks
nothing of the weights; clients of different variances are told apart there by their reports, as
each client knows how many observations it has. For small κ and distant means it is about three
times the lower bound, as the accounts of `upper.possible_means` are for equal weights. With unequal
ones a chain of means that are possible for a small weight joins the clusters of two heavy
components, at a cost that does not pay for their clients; and a light counterfeit beside a heavy
mean costs less than the sets of `lower.any_set` do.

Not proved, and refused: a bound at a given m, and one without labels for clients who do not know
their variance. A report far from its own component's centre may belong to a component of larger
variance.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from flint import arb

from bounds.certify.errors import InputError
from bounds.certify.exact import read_exact, read_list, read_rational, to_ball
from bounds.certify.numbers.enclosure import Enclosure
from bounds.certify.numbers.precision import bits_for, read_digits, working_precision
from bounds.lower.attacks import LARGEST_TWO_POINT_MASS, TwoPoints
from bounds.lower.bound import lower_bound, risk_to_mass
from bounds.upper.information import Kind, information_bound

MOST_COMPONENTS = 10_000
MOST_DISTANCE = Fraction(10**6)
_BEST = Fraction(6510977559, 10**10)  # near the best mass: any mass gives a bound
_LEAST = Fraction(1, 10**200)


@dataclass(frozen=True)
class MixtureBound:
    """The labelled problem of a mixture, from both sides, as m → ∞.

    Attributes:
        shares: the weights, scaled to add up to 1.
        variances: sᵢ².
        ratio: κ.
        distance: D; None where none was given.
        low: its lower end bounds lim inf K(m), labels known or not, for means at any distance.
        ceiling: its upper end bounds the limit for known labels; nothing is said without labels.
        high: its upper end bounds lim sup K(m) without labels, for means at least D apart, if each
            client knows the variance of its own sample; None where no distance was given.
        masses: εᵢ of the attack behind `low`, relative to each component's own mass.
    """

    shares: tuple[Fraction, ...]
    variances: tuple[Fraction, ...]
    ratio: Fraction
    distance: Fraction | None
    low: Enclosure
    ceiling: Enclosure
    high: Enclosure | None
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
    """Both sides for a mixture with unequal weights and variances, labels known or not.

    Args:
        weights: exact and positive, one for each component; they are scaled to add up to 1.
        ratio: κ, corrupted over genuine clients, exact, from 10⁻²⁰⁰ to 10⁹.
        variances: sᵢ² of a client's sample in each component, exact and positive; by default 1.
        digits: significant decimal digits.
        distance: D, exact, 0 to 10⁶, in the unit of the samples: the means are at least so far
            apart. It is needed for `high`, unless there is one component.
        m: refused: nothing is proved for a given m.

    Raises:
        InputError: an argument is malformed or out of range, or asks for what is not proved.
    """
    _refuse(m)
    digits, given = read_digits(digits), _positives(weights, "a weight")
    squares = (
        [Fraction(1)] * len(given) if variances is None else _positives(variances, "a variance")
    )
    if len(squares) != len(given) or not 1 <= len(given) <= MOST_COMPONENTS:
        raise InputError("give one weight and one variance for each of 1 to 10^4 components")
    kappa = _positives([ratio], "the ratio")[0]
    if not _LEAST <= kappa <= 10**9:
        raise InputError("the ratio of corrupted to genuine clients must be 10^-200 to 10^9")
    apart = _read_distance(distance, len(given))
    total = sum(given)
    shares = [weight / total for weight in given]
    order = sorted(range(len(shares)), key=lambda i: (-squares[i], shares[i]))
    masses = _attack(shares, order, kappa)
    with working_precision(bits_for(digits) + 700):  # tiny masses
        low, ceiling, left = arb(0), arb(0), to_ball(kappa)
        for i in order:
            if masses[i] > 0:
                low += to_ball(shares[i] * squares[i]) * TwoPoints(masses[i]).risk()
        own = to_ball(sum((w * s for w, s in zip(shares, squares, strict=True)), Fraction(0)))
        if kappa > _BEST:
            alone = lower_bound(1, kappa, "sharp", digits + 10)
            if (even := own * alone.value.ball()) > low:
                low, masses = even, (alone.plan[0][1].mass,) * len(shares)
        slope = risk_to_mass(digits + 10).ratio.ball()
        for i in order:
            spent = left.min(to_ball(shares[i]) / slope)
            ceiling += to_ball(squares[i]) * slope * spent
            left = left - spent
            if not left > 0:  # spent, but for rounding: what is left out is counted in full
                ceiling += to_ball(squares[i]) * slope * abs(left)
                break
        if not ceiling < own:  # all keep their samples
            ceiling = own
        high = None
        if apart is not None:
            found = information_bound(_kinds(shares, squares), kappa, apart)
            high = Enclosure.of(found, digits)
        return MixtureBound(
            tuple(shares),
            tuple(squares),
            kappa,
            apart,
            Enclosure.of(low, digits),
            Enclosure.of(ceiling, digits),
            high,
            masses,
        )


def _kinds(shares: Sequence[Fraction], squares: Sequence[Fraction]) -> list[Kind]:
    """The components by their variance."""
    by_square: dict[Fraction, list[Fraction]] = {}
    for share, square in zip(shares, squares, strict=True):
        by_square.setdefault(square, []).append(share)
    return [Kind(sum(own, start=Fraction(0)), s, len(own) == 1) for s, own in by_square.items()]


def _read_distance(distance: Any, components: int) -> Fraction | None:
    """D, 0 for one component where none is given; None where the upper bound is not asked for.

    Raises:
        InputError: it is no exact number from 0 to 10⁶.
    """
    if distance is None:
        return Fraction(0) if components == 1 else None
    apart = read_rational(distance, "the distance")
    if not 0 <= apart <= MOST_DISTANCE:
        raise InputError("the distance must be from 0 to 10^6, in the unit of the samples")
    return apart


def _refuse(m: Any) -> None:
    """What the theorem does not give.

    Raises:
        InputError: it was asked for.
    """
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
