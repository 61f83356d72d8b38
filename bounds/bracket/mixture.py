r"""A user's own mixture: unequal known weights and variances, from both sides.

Component i has the weight wᵢ, Σ wᵢ = 1, and the clients' samples there have the variance sᵢ² (the
mean of nᵢ observations of variance vᵢ: sᵢ² = vᵢ/nᵢ, a sufficient statistic). κ is the ratio of
corrupted to genuine clients. Let b(ε) be the Bayes risk of means hidden by a mass of at most ε, as
for one component (`lower.bound`: two points, a chain, or an interval).

Theorem. In the limit of large m, whatever the distance of the means,

    lim inf K(m) ≥ max{Σ wᵢ sᵢ² b(εᵢ): Σ wᵢ εᵢ ≤ κ},

and with known labels the limit is at most max{Σ wᵢ sᵢ² V̂(εᵢ): Σ wᵢ εᵢ ≤ κ}, V̂ the concave
envelope of the supremum V of minimax risks (`bounds.lower.envelope`).

Proof. 1. Below: in units of sᵢ the means of component i are hidden by a mass εᵢ relative to its
own, wᵢ, and the risk of its clients is sᵢ² b(εᵢ) (`lower.limit`, `lower.bound`; the argument takes
the components one by one and does not ask that they be alike).
2. Above: the client with label i plays as in `lower.limit` in units of sᵢ, or keeps its sample: it
errs by sᵢ² V̂(εᵢ) at most, wᵢεᵢ the mass that reports with its label have above wᵢ. (With equal
variances that is at most V̂(κ) in units of s², by Jensen's inequality.)
3. For any price λ ≥ 0 and lines αᵢ + βᵢε above every set with sᵢ²βᵢ ≤ λ, the sum is at most
λκ + Σ wᵢ sᵢ² αᵢ: what a component gains beyond sᵢ²αᵢ is sᵢ²βᵢεᵢ ≤ λεᵢ. The lines are mixtures of
0 + r*ε, 1 + 0ε and those of `lower.support_lines`. And a client who knows its label is of a kind of
one component: `upper.information`, γ = ε = 0, gives another bound, better for large κ.

In d dimensions samples have the variance sᵢ² in every coordinate, and errors are squared lengths,
d Σ wᵢsᵢ² for own samples. The lower bounds are those of one dimension (`upper.dimension`, step 8).
With known labels d times the upper bound of one dimension holds (step 9 there), and so does that
of `upper.information` in d dimensions (step 7), which is the lesser one for large d or κ. Without
labels there is the latter.

The lower bound given is Σ wᵢ sᵢ² b(εᵢ) for one allocation: two points at the best mass ε* on
components of large sᵢ, and what is left on one more; or, for κ > ε*, where that is more, the mass κ
on every component, with the best set for it. (Strict: another split may use up the budget better.)

Without labels: for means at least D apart `upper.information` has an upper bound, which asks
nothing of the weights; clients of different variances are told apart there by their reports, as
each client knows how many observations it has. For small κ and distant means it is about three
times the lower bound, as the accounts of `upper.possible_means` are for equal weights. With unequal
ones a chain of means that are possible for a small weight joins the clusters of two heavy
components, at a cost that does not pay for their clients; and a light counterfeit beside a heavy
mean costs less than the sets of `lower.any_set` do. What serves without labels serves with them, so
for means so far apart the bound with labels is never the larger one.

Equal weights and one variance s² are the bracket's own case, in units of s: then both sides are the
bracket's (`bracket`), at D/s rounded down for the upper side and up for the lower one.

Not proved, and refused: a bound at a given m, and one without labels for clients who do not know
their variance. A report far from its own component's centre may belong to a component of larger
variance.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from math import isqrt
from typing import Any

from flint import arb

from bounds.bracket.bracket import lower_side, upper_side
from bounds.certify.errors import InputError
from bounds.certify.exact import read_exact, read_list, read_rational, to_ball
from bounds.certify.numbers.enclosure import Enclosure
from bounds.certify.numbers.precision import bits_for, read_digits, working_precision
from bounds.lower.attacks import LARGEST_TWO_POINT_MASS, TwoPoints
from bounds.lower.bound import lower_bound
from bounds.lower.line import Line
from bounds.lower.window_median import read_dimension
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
        ceiling: its upper end bounds the limit for known labels, for means at least D apart where D
            is given; nothing is said without labels.
        blind: its lower end bounds lim inf K(m) without labels, for means at least D apart; None
            where no distance was given.
        high: its upper end bounds lim sup K(m) without labels, for means at least D apart, if each
            client knows the variance of its own sample; None where no distance was given.
        argued: the module whose docstring has the argument for `high`.
        masses: εᵢ of the attack behind `low`, relative to each component's own mass.
        dimension: d, of the samples; errors are squared lengths.
    """

    shares: tuple[Fraction, ...]
    variances: tuple[Fraction, ...]
    ratio: Fraction
    distance: Fraction | None
    low: Enclosure
    ceiling: Enclosure
    blind: Enclosure | None
    high: Enclosure | None
    argued: str | None
    masses: tuple[Fraction, ...]
    dimension: int = 1


def mixture_bound(
    weights: Any,
    ratio: Any,
    variances: Any = None,
    digits: int = 15,
    *,
    distance: Any = None,
    m: Any = None,
    dimension: Any = 1,
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
        dimension: d, from 1 to 10⁶: samples are vectors with d coordinates of that variance.

    Raises:
        InputError: an argument is malformed or out of range, or asks for what is not proved.
    """
    _refuse(m)
    digits, given = read_digits(digits), _positives(weights, "a weight")
    vectors = read_dimension(dimension)
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
    with working_precision(bits_for(digits) + 700):  # tiny masses
        # step: their reports are the bracket's only if all weigh and vary the same [condition:
        #   len(set(squares)) == 1]
        prove = _alike if len(set(shares)) == len(set(squares)) == 1 else _unlike
        return prove(tuple(shares), tuple(squares), kappa, apart, digits, vectors)


def _alike(
    shares: tuple[Fraction, ...],
    squares: tuple[Fraction, ...],
    kappa: Fraction,
    apart: Fraction | None,
    digits: int,
    dimension: int,
) -> MixtureBound:
    """Equal weights and one variance: the bracket in units of s."""
    k, square = len(shares), squares[0]
    c = kappa * k

    def scaled(value: Enclosure) -> Enclosure:
        # step: in the square of the unit [last product]
        return Enclosure.of(to_ball(square) * value.ball(), min(digits, value.digits))

    known = lower_bound(k, c, "sharp", digits + 5)
    ceiling = _with_labels(known.ceiling.ball(), {Fraction(1): Fraction(1)}, kappa, dimension)
    masses = [attack.mass for count, attack in known.plan for _ in range(count)]
    blind, high, argued = None, None, None
    labelled = scaled(Enclosure.of(ceiling, digits + 5))
    if apart is not None:
        near, far = (min(root, MOST_DISTANCE) for root in _roots(apart**2 / square))
        # step: and there [value 4/5: near]
        blind = scaled(lower_side(k, c, far, None, digits + 5).value)
        # step: upper ones at D/s rounded down [value 3/5: far]
        side = upper_side(k, c, near, None, digits + 5, dimension)
        high, argued = scaled(side.value), side.argued
        if high.high.fraction() < labelled.high.fraction():
            labelled = high
    return MixtureBound(
        shares,
        squares,
        kappa,
        apart,
        scaled(known.value),
        labelled,
        blind,
        high,
        argued,
        (*masses, *[Fraction(0)] * (k - len(masses))),
        dimension,
    )


def _roots(value: Fraction) -> tuple[Fraction, Fraction]:
    """The square root rounded down and up, to nine decimals; the root itself if it is rational."""
    over, under = isqrt(value.numerator), isqrt(value.denominator)
    if over * over == value.numerator and under * under == value.denominator:
        return Fraction(over, under), Fraction(over, under)
    whole = isqrt(int(value * 10**18))
    # step: equal components: lower bounds at D/s rounded up [first sum]
    return Fraction(whole, 10**9), Fraction(whole + 1, 10**9)


def _unlike(
    shares: tuple[Fraction, ...],
    squares: tuple[Fraction, ...],
    kappa: Fraction,
    apart: Fraction | None,
    digits: int,
    dimension: int,
) -> MixtureBound:
    order = sorted(range(len(shares)), key=lambda i: (-squares[i], shares[i]))
    masses = _attack(shares, order, kappa)
    low = arb(0)
    for i in order:
        if masses[i] > 0:
            low += to_ball(shares[i] * squares[i]) * TwoPoints(masses[i]).risk()
    own = sum((w * s for w, s in zip(shares, squares, strict=True)), Fraction(0))
    if kappa > _BEST:
        alone = lower_bound(1, kappa, "sharp", digits + 10)
        if (even := to_ball(own) * alone.value.ball()) > low:
            low, masses = even, (alone.plan[0][1].mass,) * len(shares)
    ceiling = _least(to_ball(own), _by_lines(shares, squares, kappa))
    ceiling = _with_labels(ceiling, _weights(shares, squares), kappa, dimension)
    blind, high, argued = None, None, None
    if apart is not None:
        found = information_bound(_kinds(shares, squares), kappa, apart, dimension)
        blind = Enclosure.of(low, digits)
        argued = "bounds.upper.information" if dimension == 1 else "bounds.upper.dimension"
        high, ceiling = Enclosure.of(found, digits), _least(ceiling, found)
    return MixtureBound(
        shares,
        squares,
        kappa,
        apart,
        Enclosure.of(low, digits),
        Enclosure.of(ceiling, digits),
        blind,
        high,
        argued,
        masses,
        dimension,
    )


def _with_labels(
    line: arb, weights: Mapping[Fraction, Fraction], kappa: Fraction, dimension: int
) -> arb:
    """What is proved for known labels in d dimensions, by what is proved in one."""
    told = [Kind(weight, square, True) for square, weight in weights.items()]
    # step: each coordinate is a problem of one dimension [product: line]
    in_each = dimension * line
    return _least(in_each, information_bound(told, kappa, Fraction(0), dimension))


def _least(first: arb, second: arb) -> arb:
    return second if second < first else first


def _by_lines(shares: Sequence[Fraction], squares: Sequence[Fraction], kappa: Fraction) -> arb:
    """λκ + Σ wᵢ sᵢ² αᵢ at the best λ: step 3 of the proof."""
    corners = _corners()
    kinds = _weights(shares, squares)
    rough = [(float(weight), float(square)) for square, weight in kinds.items()]
    slopes = [float(line.beta) for line in corners]
    heights = [float(line.alpha) for line in corners]

    def total(price: float) -> float:
        lost = (w * s * _between(price / s, slopes, heights) for w, s in rough)
        return price * float(kappa) + sum(lost)

    # the best is where it turns: it falls, then rises, and is linear in between
    prices = sorted({square * line.beta for square in kinds for line in corners})
    low, high = 0, len(prices) - 1
    while low < high:
        middle = (low + high) // 2
        if total(float(prices[middle])) > total(float(prices[middle + 1])):
            low = middle + 1
        else:
            high = middle
    return _at_price(prices[low], kinds, kappa)


def _at_price(price: Fraction, kinds: Mapping[Fraction, Fraction], kappa: Fraction) -> arb:
    """λκ + Σ wᵢ sᵢ² αᵢ: the lines of least αᵢ are mixtures of two neighbouring corners."""
    from bounds.lower.support_lines import prove_line  # with NumPy: only where it is needed

    # step: what a price takes from the adversary's mass [product: arb(0)]
    corners, value = _corners(), to_ball(price) * to_ball(kappa)
    for square, weight in kinds.items():
        # step: in units of a component's own deviation [first product]
        slope = price / square
        over = next((n for n, line in enumerate(corners) if line.beta >= slope), None)
        if over is None:
            continue  # 0 + r*ε serves
        steep, flat = corners[over], corners[max(over - 1, 0)]
        part = (steep.beta - slope) / (steep.beta - flat.beta) if over else Fraction(0)
        # step: a line of a slope between is a mixture of two [first sum 1/2]
        alpha = steep.alpha + part * (flat.alpha - steep.alpha)
        for line in (steep, flat) if part > 0 else (steep,):
            if line.widest > 0:  # one of `LINES`
                # step: each line that is used lies above every set [drop]
                prove_line(line)
        # step: what is left of each component, by its weight and variance [first product 2/2]
        value += to_ball(weight * square) * to_ball(alpha)
    return value


@cache
def _corners() -> tuple[Line, ...]:
    """Lines above every set, by rising slope: no mixture of two of them is below a third."""
    from bounds.lower.envelope import best_slope  # with NumPy: only where it is needed
    from bounds.lower.support_lines import LINES

    nothing = Line(Fraction(1), Fraction(0), Fraction(0))
    found: list[Line] = []
    for line in sorted((nothing, best_slope(), *LINES), key=lambda line: line.beta):
        while len(found) > 1 and _fall(found[-2], line) <= _fall(found[-2], found[-1]):
            found.pop()
        found.append(line)
    return tuple(found)


def _fall(flat: Line, steep: Line) -> Fraction:
    return (steep.alpha - flat.alpha) / (steep.beta - flat.beta)


def _between(slope: float, slopes: Sequence[float], heights: Sequence[float]) -> float:
    over = bisect_left(slopes, slope)
    if over == len(slopes):
        return 0.0
    if over == 0 or slopes[over] == slope:
        return heights[over]
    part = (slope - slopes[over - 1]) / (slopes[over] - slopes[over - 1])
    return heights[over - 1] + part * (heights[over] - heights[over - 1])


def _weights(shares: Sequence[Fraction], squares: Sequence[Fraction]) -> dict[Fraction, Fraction]:
    """How much the components of each variance weigh."""
    own: dict[Fraction, list[Fraction]] = {}
    for share, square in zip(shares, squares, strict=True):
        own.setdefault(square, []).append(share)
    # step: components of one variance weigh together [call 1/3: parts[0]]
    return {square: sum(parts, Fraction(0)) for square, parts in own.items()}


def _kinds(shares: Sequence[Fraction], squares: Sequence[Fraction]) -> list[Kind]:
    """The components by their variance."""
    by_square: dict[Fraction, list[Fraction]] = {}
    for share, square in zip(shares, squares, strict=True):
        by_square.setdefault(square, []).append(share)
    # step: components of one variance do not know their labels [true]
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
    # step: what is left of the mass is spent once [value 7/10: 2 * _]
    masses[last] = min(LARGEST_TWO_POINT_MASS, masses[last] + left / shares[last])
    return tuple(masses)


def _positives(values: Any, name: str) -> list[Fraction]:
    found = [read_exact(value, name) for value in read_list(values, name)]
    exact = [value for value in found if isinstance(value, Fraction) and value > 0]
    if len(exact) < len(found):
        raise InputError(f"{name} must be exact and positive")
    return exact
