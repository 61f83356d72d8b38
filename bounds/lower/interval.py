"""The bounded normal mean behind the lower bound: one X ~ N(θ, 1), |θ| ≤ τ, squared error.

An interval of length L = 2τ costs the adversary the mass ε = L/√(2π) (a plateau of height φ(0)), so
the paper's R(ε) is the minimax risk here at τ = ε √(π/2). Three bounds on it:

- van Trees with the squared cosine on the interval, whose Fisher information 4π²/L² is the least:
  R ≥ 1/(1 + 4π²/L²) = ε²/(ε² + 2π) = h(ε);
- the best linear estimate: R ≤ τ²/(1 + τ²);
- the minimax risk itself. Up to τ = 1.0567… it is B(τ), the two-point Bayes risk (Casella and
  Strawderman 1981; proved in `any_set`). Beyond, any prior gives a lower side and the largest risk
  of its Bayes estimate an upper side; the prior is found by floating point, which proves nothing.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from flint import arb, arb_poly

from bounds.certify.errors import Inconclusive, InputError
from bounds.certify.exact import Exact, read_list, read_positive, to_ball
from bounds.certify.numbers.enclosure import Enclosure, dyadic_ends
from bounds.certify.numbers.precision import bits_for, read_digits, working_precision
from bounds.certify.results import Result
from bounds.lower.any_set import end_excess
from bounds.lower.information import information_bound
from bounds.lower.quadrature import strip_for
from bounds.lower.two_point import risk

MOST_TAU = 8
_BITS = 64
_ACCURACY = 44  # bits of the sums that stand for the integrals
_SUPPORT = 40  # intervals of the prior's grid on [0, τ]
_ROUNDS = 2500
_SLACK = arb(2) ** -12  # how far above its largest sampled value the risk is allowed to be


@dataclass(frozen=True, repr=False)
class BoundedMean(Result):
    """Bounds on the minimax risk of a mean known to lie in an interval of half-width τ.

    Attributes:
        tau: τ, in standard deviations.
        van_trees: the lower bound with the squared cosine, h(ε) at ε = τ √(2/π).
        linear: the best linear estimate's risk, an upper bound.
        low: lower bound of the minimax risk, argued above, with certified numbers.
        high: upper bound of it, likewise.
        exact: low and high enclose one number to all digits (the two-point prior is the worst).
    """

    tau: Exact
    van_trees: Enclosure
    linear: Enclosure
    low: Enclosure
    high: Enclosure
    exact: bool


def _worst_prior(tau: float, rounds: int) -> list[tuple[Fraction, float]]:
    """A nearly least favourable symmetric prior on [−τ, τ], by multiplicative updates (floats).

    Returns the shares of τ and the weights; every weight is a positive float.
    """
    import numpy as np

    # by symmetry x ≥ 0 and means ≥ 0 suffice; a weight stands for ±θ, and for half of 0
    x = np.linspace(-tau - 8, tau + 8, int((2 * tau + 16) / 0.05) + 1)
    step = x[1] - x[0]
    x = x[x > -step / 4]
    dx = np.where(x > step / 4, step, step / 2)[:, None] / math.sqrt(2 * math.pi)
    shares = [Fraction(j, _SUPPORT) for j in range(_SUPPORT + 1)]
    means = tau * np.array([float(share) for share in shares])
    right = np.exp(-((x[:, None] - means) ** 2) / 2) * dx
    left = np.exp(-((x[:, None] + means) ** 2) / 2) * dx
    even, odd = right + left, (right - left) * means
    squares = means * means * even.sum(axis=0)
    weights = np.where(means > 0, 1.0, 0.5)
    for _ in range(rounds):
        estimate = (odd @ weights) / (even @ weights)
        weights = weights * ((estimate * estimate) @ even - 2 * (estimate @ odd) + squares)
        weights /= weights.sum()
    weights[1:] /= 2
    pairs = [(s, float(p)) for s, p in zip(shares, weights, strict=True) if p > 1e-6]
    return [*((-share, weight) for share, weight in reversed(pairs) if share), *pairs]


def _bracket(tau: arb) -> tuple[arb, arb]:
    """A lower bound of the Bayes risk of a bad prior, an upper bound of its estimate's risk."""
    prior = _worst_prior(float(tau), _ROUNDS)
    means = [tau * to_ball(share) for share, _ in prior]
    total = arb(0)
    for _, weight in prior:
        total += arb(weight)
    chances = [arb(weight) / total for _, weight in prior]
    root = (2 * arb.pi()).sqrt()
    strip = strip_for(tau, _BITS)
    # |posterior mean| ≤ 6τ on the strip (1/cos(7/5) < 6), so both integrands are below
    # (7τ)² e^{y²/2} times a mixture of N(θ, 1), |θ| ≤ τ; see `quadrature` for the two errors
    height = 49 * tau.abs_upper() * tau.abs_upper()
    nats, d = math.log(2) * _ACCURACY, float(strip)
    reach = float(tau.abs_upper()) + math.sqrt(2 * nats)
    count = math.ceil(reach * (nats + d * d / 2) / (2 * math.pi * d))
    step = arb(reach) / count
    between = 2 * (strip * strip / 2).exp() / (2 * arb.pi() * strip / step).expm1()
    beyond = arb(reach) - tau.abs_upper()
    error = (height * (between + (-(beyond * beyond) / 2).exp())).abs_upper()
    nodes: list[tuple[arb, arb]] = []
    variance = arb(0)
    for j in range(-count, count + 1):
        x = j * step
        whole, first, second = arb(0), arb(0), arb(0)
        for mean, chance in zip(means, chances, strict=True):
            part = chance * (-(x - mean) * (x - mean) / 2).exp()
            whole, first, second = whole + part, first + part * mean, second + part * mean * mean
        nodes.append((x, first / whole))
        variance += (second - first * first / whole) / root * step

    # at exact θ the sum of e^{−(x − θ)²/2} (estimate − θ)² is polynomials in e^{hθ}, x = jh
    density = [(-(x * x) / 2).exp() for x, _ in nodes]
    none, one, two = (
        arb_poly([weight * d**power for weight, (_, d) in zip(density, nodes, strict=True)])
        for power in range(3)
    )

    def risk_at(theta: arb) -> arb:
        ratio = (step * theta).exp()
        total = two(ratio) - 2 * theta * one(ratio) + theta * theta * none(ratio)
        return total * (-(theta * theta) / 2 - count * step * theta).exp() / root * step

    def slope_on(cell: arb) -> arb:
        total = arb(0)
        for x, estimate in nodes:
            away, miss = x - cell, estimate - cell
            total += (-(away * away) / 2).exp() * miss * (away * miss - 2)
        return total / root * step

    top = max((risk_at(mean) for mean in means[len(means) // 2 :]), key=float).upper() + _SLACK
    cells = [(arb(j) / 64, arb(j + 1) / 64) for j in range(64)]
    used = 0
    while cells:
        low, high = cells.pop()
        used += 1
        if used > 4000:
            raise Inconclusive("the risk of the Bayes estimate is not bounded within 4000 cells")
        cell = (tau * low).union(tau * high)
        slope = slope_on(cell)
        if slope > 0:
            bound = risk_at(tau * high)
        elif slope < 0:
            bound = risk_at(tau * low)
        else:
            middle = tau * (low + high) / 2
            bound = risk_at(middle) + slope * (cell - middle)
        # step: the risk on every cell is below the top [true 2/2]
        if not bound < top:
            cells += [(low, (low + high) / 2), ((low + high) / 2, high)]
    # step: the sum's error is taken off [first sum 1/2]
    # step: and added [first sum 2/2]
    return (variance - error).lower(), (top + error).upper()


def bounded_mean(tau: Any, digits: int = 10) -> BoundedMean:
    """Bounds on the minimax risk of X ~ N(θ, 1), |θ| ≤ τ, under squared error.

    Args:
        tau: τ, above 0 and up to 8, in standard deviations.
        digits: significant decimal digits of each number. Up to τ = 1.0567 the minimax risk is
            enclosed to all of them; beyond, `low` and `high` are about 0.001 apart.

    Returns:
        van Trees, the best linear bound, and bounds on both sides of the minimax risk.

    Raises:
        InputError: τ is not such a number, or digits is not a count.
        Inconclusive: the upper side is not proved within its budget.
    """
    exact, digits = read_positive(tau, "tau"), read_digits(digits)
    if not to_ball(exact) <= MOST_TAU:
        raise InputError(f"tau must be at most {MOST_TAU} standard deviations")
    bits = bits_for(digits) + 24
    with working_precision(bits):
        half = to_ball(exact)
        van_trees = information_bound(half * (2 / arb.pi()).sqrt())
        linear = half * half / (1 + half * half)
        # step: two points are the worst prior [true 5/5]
        known = half < 1 or (half < 2 and end_excess(half) > 0)
        if known:
            low = high = risk(half)
    if not known:
        with working_precision(_BITS):
            low, high = _bracket(half)
            high = linear if linear.lower() < high else high
    with working_precision(bits):
        return BoundedMean(
            exact,
            Enclosure.of(van_trees, digits),
            Enclosure.of(linear, digits),
            Enclosure(*dyadic_ends(low), digits),
            Enclosure(*dyadic_ends(high), digits),
            known,
        )


def bounded_mean_table(masses: Iterable[Any], digits: int = 6) -> list[dict[str, Any]]:
    """The bounds of `bounded_mean` against the adversarial mass ε of the interval, row by row.

    Args:
        masses: ε > 0, relative to the mass of one component, up to about 6.38 (τ = 8).
        digits: significant decimal digits.

    Returns:
        For each ε its row: eps, tau, van_trees, minimax_low, minimax_high, linear (decimals: lower
        bounds rounded down, upper bounds up), ready for a table or a plot.
    """
    digits, rows = read_digits(digits), []
    for eps in read_list(masses, "the masses"):
        exact = read_positive(eps, "eps")
        with working_precision(bits_for(digits) + 64):
            tau = to_ball(exact) * (arb.pi() / 2).sqrt()
        bound = bounded_mean(tau, digits)
        width = Enclosure.of(tau, digits)
        rows.append(
            {
                "eps": exact,
                "tau": width.decimals(),
                "van_trees": bound.van_trees.decimals()[0],
                "minimax_low": bound.low.decimals()[0],
                "minimax_high": bound.high.decimals()[1],
                "linear": bound.linear.decimals()[1],
                "exact": bound.exact,
            }
        )
    return rows
