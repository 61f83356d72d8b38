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
from bounds.certify.numbers.precision import read_digits
from bounds.lower.quadrature import line_integral, strip_for

MOST_SPREAD = 64
_HEIGHT = 6  # 1/cos(7/5), see `posterior_variance`


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


def bayes_risk_ball(means: Sequence[arb], chances: Sequence[arb]) -> arb:
    """E var(θ given X), X ~ N(θ, 1), at the working precision; the means are sorted.

    With m = Σ pᵢφᵢ, φᵢ(x) = φ(x − θᵢ), the integrand Σ_{i<j} pᵢpⱼ(θᵢ − θⱼ)²φᵢφⱼ/m is positive, so
    nothing cancels. About the middle of the means, |θᵢ| ≤ A; at x + iy the numerator is at most
    e^{y²} m² A², and |m| ≥ e^{y²/2} m cos(Ay).
    """
    middle = (means[0] + means[-1]) / 2
    spread = (means[-1] - means[0]) / 2
    centred = [mean - middle for mean in means]
    root = (2 * arb.pi()).sqrt()
    pairs = [
        (i, j, (centred[i] - centred[j]) * (centred[i] - centred[j]))
        for j in range(len(centred))
        for i in range(j)
    ]

    def at(x: arb) -> list[arb]:
        weighted = [
            chance * (-(x - mean) * (x - mean) / 2).exp() / root
            for mean, chance in zip(centred, chances, strict=True)
        ]
        top, bottom = arb(0), arb(0)
        for i, j, square in pairs:
            top += square * weighted[i] * weighted[j]
        for weight in weighted:
            bottom += weight
        return [top / bottom]

    height = _HEIGHT * spread * spread
    return line_integral(at, strip=strip_for(spread, ctx.prec), spread=spread, height=height)[0]


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
