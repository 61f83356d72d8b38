"""The Bayes risk of any prior on finitely many means, enclosed."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import pairwise
from typing import Any

from flint import arb, arb_mat, ctx

from bounds.certify.arithmetic.ball import GUARD, raised
from bounds.certify.errors import InputError
from bounds.certify.exact import read_exact, read_list, to_ball
from bounds.certify.numbers.digits import enclosed_number
from bounds.certify.numbers.enclosure import Enclosure
from bounds.certify.numbers.precision import read_digits
from bounds.lower.quadrature import line_integral, strip_for

MOST_SPREAD = 64
_ROWS = 32  # nodes at once
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


def bayes_risk_ball(means: Sequence[arb], chances: Sequence[arb], *, even: bool = False) -> arb:
    """E var(θ given X), X ~ N(θ, 1), to about as many bits as the working precision has.

    With m = Σ pᵢφᵢ, φᵢ(x) = φ(x − θᵢ), the integrand is Σ_{i<j} pᵢpⱼ(θᵢ − θⱼ)²φᵢφⱼ/m. About the
    middle of the means, |θᵢ| ≤ A; at x + iy the numerator is at most e^{y²} m² A², and
    |m| ≥ e^{y²/2} m cos(Ay). It is evaluated as (S₂ − S₁²/S₀)/√(2π), Sₙ = Σ θᵢⁿ pᵢ φᵢ √(2π): what
    cancels there is as small as the quadrature's error.

    Args:
        means: sorted.
        chances: of each.
        even: whether the prior is its own mirror image; half of the work is enough then.
    """
    middle = (means[0] + means[-1]) / 2
    spread = (means[-1] - means[0]) / 2
    centred = [mean - middle for mean in means]

    def sums(step: arb, count: int) -> list[arb]:
        with raised(GUARD):
            right = _integrands(centred, chances, step, count)
            left = right
            if not even:
                left = _integrands([-mean for mean in centred], chances, step, count)
            total: arb = sum(right, arb(0)) + sum(left[1:], arb(0))
            return [total / (2 * arb.pi()).sqrt()]

    height = _HEIGHT * spread * spread
    return line_integral(sums, strip=strip_for(spread, ctx.prec), spread=spread, height=height)[0]


def _integrands(means: list[arb], chances: Sequence[arb], step: arb, count: int) -> list[arb]:
    """S₂ − S₁²/S₀ at the nodes 0, h, ..., count h.

    There φᵢ/φ is e^{jhθᵢ − θᵢ²/2}: products in place of exponentials, for many nodes at once.
    """
    weights = [p * (-(mean * mean) / 2).exp() for mean, p in zip(means, chances, strict=True)]
    ratios, rows = [(step * mean).exp() for mean in means], []
    for _ in range(_ROWS):
        rows.append(weights)
        weights = [weight * ratio for weight, ratio in zip(weights, ratios, strict=True)]
    block, jump = arb_mat(rows), arb_mat(len(means), len(means))
    for place, ratio in enumerate(ratios):
        jump[place, place] = ratio**_ROWS
    powers, found = arb_mat([[arb(1), mean, mean * mean] for mean in means]), []
    for start in range(0, count + 1, _ROWS):
        moments = (block * powers).entries()
        for j in range(min(_ROWS, count + 1 - start)):
            none, one, two = moments[3 * j : 3 * j + 3]
            x = (start + j) * step
            found.append((two - one * one / none) * (-(x * x) / 2).exp())
        block = block * jump
    return found


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
