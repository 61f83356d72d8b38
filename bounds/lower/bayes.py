"""The Bayes risk of any prior on finitely many means, enclosed."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import pairwise
from typing import Any

from flint import arb, ctx

from bounds.certify.errors import InputError
from bounds.certify.exact import read_exact, read_list, to_ball
from bounds.certify.numbers.digits import enclosed_number
from bounds.certify.numbers.enclosure import Enclosure
from bounds.certify.numbers.precision import read_digits, working_precision
from bounds.lower.quadrature import line_integral, strip_for

MOST_SPREAD = 64
_HEIGHT = 7  # see `bayes_risk_ball`


def read_prior(points: Any, weights: Any) -> tuple[list[Fraction], list[Fraction]]:
    """Exact means and weights, sorted, the weights scaled to add up to 1.

    Raises:
        InputError: they differ in number, repeat a mean, are not exact, or a weight is not
            positive.
    """
    means = [read_exact(point, "a mean") for point in read_list(points, "the means")]
    chances = [read_exact(weight, "a weight") for weight in read_list(weights, "the weights")]
    exact = [value for value in (*means, *chances) if isinstance(value, Fraction)]
    if not means or len(means) != len(chances) or len(set(exact[: len(means)])) < len(means):
        raise InputError("a prior needs distinct exact means, and one exact weight for each")
    if len(exact) < 2 * len(means) or any(not chance > 0 for chance in exact[len(means) :]):
        raise InputError("the weights of a prior must be exact and positive")
    total = sum(exact[len(means) :])
    pairs = sorted(zip(exact, (chance / total for chance in exact[len(means) :]), strict=False))
    if pairs[-1][0] - pairs[0][0] > 2 * MOST_SPREAD:
        raise InputError(f"the means must lie within {2 * MOST_SPREAD} of each other")
    return [mean for mean, _ in pairs], [chance for _, chance in pairs]


def bayes_risk_ball(
    means: Sequence[arb], chances: Sequence[arb], *, symmetric: bool = False
) -> arb:
    """E var(θ given X), X ~ N(θ, 1), at the working precision; the means are sorted.

    With m = Σ pᵢφᵢ, φᵢ(x) = φ(x − θᵢ), the integrand Σ_{i<j} pᵢpⱼ(θᵢ − θⱼ)²φᵢφⱼ/m is positive, so
    nothing cancels. About the middle of the means, |θᵢ| ≤ A; at x + iy the numerator is at most
    e^{y²} m² A², and |m| = e^{y²/2} m |E e^{iyθ}|, θ with the chances pᵢφᵢ(x)/m.

    1. |E e^{iyθ}| ≥ cos(Ay) ≥ cos(7/5) > 1/7 where Ay ≤ 7/5.
    2. With G the widest gap between neighbours and p the least chance, let
       R² = G²/4 + 2 log(100/p), and a = x, or the mean next to x where x lies beyond all of them. A
       mean is farther from a than R with a chance of at most 1/100: between two neighbours, one of
       them is G/2 or less from x, so the chance is at most e^{−R²/2}/(p e^{−G²/8}); and beyond them
       all a mean t from a is e^{−t²/2} as likely or less. So where Ry ≤ 7/5,
       |E e^{iyθ}| ≥ E cos(y(θ − a)) ≥ (99/100) cos(7/5) − 1/100 > 1/7.

    Args:
        means: θᵢ, in order.
        chances: pᵢ, which add up to 1.
        symmetric: the numbers that the balls stand for are the same from either end: then so is
            the integrand, and half of it is summed.
    """
    middle = (means[0] + means[-1]) / 2
    spread = (means[-1] - means[0]) / 2
    centred = [mean - middle for mean in means]
    # step: in the strip the mixture may be a seventh as large [last product 2/2]
    height = _HEIGHT * spread * spread
    strip = strip_for(spread.min(_confusion(centred, chances)), ctx.prec)

    def sums(step: arb, count: int) -> list[arb]:
        with working_precision(ctx.prec + count.bit_length() + 8):  # what the products may lose
            total = _sum_over_nodes(centred, chances, step, count, symmetric=symmetric)
            return [total / (2 * arb.pi()).sqrt()]

    return line_integral(sums, strip=strip, spread=spread, height=height)[0]


def _confusion(means: Sequence[arb], chances: Sequence[arb]) -> arb:  # R
    """How far from a client's own sample the means lie that it may take for its own."""
    gap, least = arb(0), arb(1)
    for low, high in pairwise(means):
        # step: the strip is no wider than the widest gap allows [first call]
        gap = gap.max(high - low)
    for chance in chances:
        # step: nor than the least chance allows [first call]
        least = least.min(chance)
    # step: means within the widest gap may be taken for the own one [last sum]
    # step: and those beyond it, by their chances [first sum]
    return (gap * gap / 4 + 2 * (100 / least).log()).sqrt()


def _sum_over_nodes(
    means: Sequence[arb], chances: Sequence[arb], step: arb, count: int, *, symmetric: bool
) -> arb:
    """√(2π) times the sum of the integrand at x = j·step, |j| ≤ count.

    pᵢφᵢ is φ(x) times wᵢ = pᵢ e^{−θᵢ²/2} e^{xθᵢ}: from one node to the next, products take the
    place of exponentials. Σ_{i<j} wᵢwⱼ(θⱼ − θᵢ)² is summed by rising j, from the sums over i < j
    of wᵢ, of wᵢ(θⱼ − θᵢ) and of wᵢ(θⱼ − θᵢ)².
    """
    gaps = [high - low for low, high in pairwise(means)]

    def variance(weights: Sequence[arb]) -> arb:
        zeroth, first, second, top = weights[0], arb(0), arb(0), arb(0)
        for gap, weight in zip(gaps, weights[1:], strict=True):
            more = gap * zeroth
            second += gap * (first + first + more)
            first += more
            top += weight * second
            zeroth += weight
        return top / zeroth

    start = [p * (-(mean * mean) / 2).exp() for mean, p in zip(means, chances, strict=True)]
    square = (-(step * step)).exp()
    middle, sides = variance(start), arb(0)
    for sign in (1,) if symmetric else (1, -1):
        growth = [(sign * step * mean).exp() for mean in means]
        weights, bell, fall = start, arb(1), (-(step * step) / 2).exp()
        for _ in range(count):
            weights = [weight * factor for weight, factor in zip(weights, growth, strict=True)]
            bell, fall = bell * fall, fall * square
            sides += bell * variance(weights)
    return middle + (2 * sides if symmetric else sides)


def bayes_risk(points: Any, weights: Any, digits: int = 30) -> Enclosure:
    """Bayes risk of a prior on finitely many means, for a client with one sample.

    It is a lower bound on the minimax risk over any set that holds the means.

    Args:
        points: two or more distinct exact means, in standard deviations, within 128 of each other.
        weights: their exact positive weights; they are scaled to add up to 1.
        digits: significant decimal digits.

    Returns:
        E var(θ given X), X ~ N(θ, 1).

    Raises:
        InputError: the prior is malformed, or digits is not a count.
    """
    digits = read_digits(digits)
    means, chances = read_prior(points, weights)
    if len(means) < 2:
        raise InputError("a prior on one mean has no risk: give two or more means")
    least = min(high - low for low, high in pairwise(means))
    tail = int(least * least) * 3 // 16 + int(sum(p.denominator.bit_length() for p in chances))

    def value() -> arb:
        return bayes_risk_ball([to_ball(mean) for mean in means], [to_ball(p) for p in chances])

    return enclosed_number(value, digits, first=24 + tail)
