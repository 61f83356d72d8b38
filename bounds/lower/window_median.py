r"""Theorem 1 as printed fails for any number of components, if they lie far apart.

Means at least 100 apart, n = (k + c)m clients. A client returns the (lower) median of the reports
within 20 of its own sample, which errs by at most |Z| + 20, Z the error of the sample.

1. Counts: Gⱼ genuine clients in component j, N corrupted ones. Outside an event of small chance,
   g ≤ Gⱼ ≤ G⁺ for all j and N ≤ N⁺ (Chernoff: P(B ≥ (1 + η)μ) ≤ exp(−μη²/(2 + η)) and
   P(B ≤ (1 − η)μ) ≤ exp(−μη²/2)). Counts are independent of values: there the cost is at most
   E(|Z| + 20)² < 21² times the chance.
2. Values: outside another small event no genuine sample is more than 10 from its mean. Then the
   window holds all Gⱼ samples of the client's component, none of another, and some of the Nⱼ
   corrupted reports within 30 of the mean; the windows of different components do not meet, so
   Σ Nⱼ ≤ N⁺.
3. If the median exceeds the mean by more than s, at least (Gⱼ − Nⱼ)/2 genuine samples do, whatever
   the window; so by Hoeffding, with ν = Nⱼ/g, for both sides together
       P(|median − mean| > s) ≤ 2 exp(−2g(Φ(s) − ½ − ν/2)²) as long as Φ(s) − ½ ≥ ν/2,
   and with |median − mean| ≤ 30 the mean square is at most F(ν) = ∫ 2s min(1, …) ds up to s = 30.
4. The adversary's split: a line α + βν above F on [0, N⁺/g] bounds the average over clients by α +
   β (G⁺/|U|) N⁺/g, |U| ≥ n − N⁺. The sum is divided by the chance of the good counts, so that it
   also bounds the mean given that some client is genuine.
5. Vectors of d coordinates. Let A = 9 + ⌈√d⌉, which is 10 for d = 1, and means be 10A apart. A
   client takes the reports whose distance from its own sample is at most 2A, and in each coordinate
   their median, which is within 2A of its own: it errs by at most |Z| + 2A√d, and E(|Z| + 2A√d)² ≤
   d(2A + 1)². No genuine sample is more than A from its mean but for n P(|Z| > A), with |Z| of the
   law chi; there the windows are as above, with A, 2A and 3A for 10, 20 and 30. In each coordinate
   the values are those of one dimension, so that d F(ν) bounds the mean squared length.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from math import isqrt
from typing import Any

from flint import arb

from bounds.certify.errors import DomainError, InputError, shown
from bounds.certify.exact import read_positive_rational, read_whole, show_exact, to_ball
from bounds.certify.numbers.enclosure import Enclosure
from bounds.certify.numbers.precision import read_digits, working_precision
from bounds.certify.results import Result
from bounds.functions.normal import cdf

MOST_DIMENSIONS = 10**6
FEWEST_CORRUPTED = 1000
"""From so many corrupted clients on, c m, their number is near its mean."""
_BITS = 64
_CERTAIN = 60  # −log of the chance of a bad count, about
_BLOCKS = 24
_STEPS = 6


@dataclass(frozen=True, repr=False)
class WindowMedianRisk(Result):
    """An upper bound on K(m) for means at least `separation(dimension)` apart, by an estimator.

    It is argued in the docstring of the module; its numbers are certified.

    Attributes:
        k: the number of components.
        c: the budget of the adversary.
        m: the scale; there are (k + c)m clients.
        risk: enclosure whose upper end bounds the worst-case average mean squared error.
        printed: Theorem 1's value c/(k√(8π)).
        refutes: the bound is below Theorem 1's value, so that the theorem fails there.
        dimension: d, of the reports.
    """

    k: int
    c: Fraction
    m: Fraction
    risk: Enclosure
    printed: Enclosure
    refutes: bool
    dimension: int = 1


def read_dimension(value: Any) -> int:
    """d, from 1 to 10⁶.

    Raises:
        InputError: it is no such number.
    """
    dimension = read_whole(value, "the dimension")
    if dimension > MOST_DIMENSIONS:
        raise InputError(f"the dimension must be at most {MOST_DIMENSIONS:,}")
    return dimension


def close(dimension: int) -> int:  # A
    """A = 9 + ⌈√d⌉: hardly a sample is so far from its mean."""
    return 10 + isqrt(dimension - 1)


def separation(dimension: int = 1) -> int:
    """10A, how far apart the means have to be: 100 in one dimension."""
    # step: windows of two means do not meet [product: 4 * close(dimension)]
    return 10 * close(dimension)


def _mean_square(g: arb, nu: arb, farthest: int = 30) -> arb:
    """F(ν), from above, by steps: the chance falls with s."""
    spread = 1.25 / math.sqrt(float(g))
    likely = 10 * spread + 2 * float(nu)  # beyond it the chances are tiny
    points = [arb(spread / _STEPS * j) for j in range(int(likely / spread * _STEPS) + 1)]
    while points[-1] < farthest:
        points.append(1.5 * points[-1])
    total = arb(0)
    for near, far in pairwise(points):
        above = cdf(near) - arb(0.5) - nu / 2
        chance = arb(1)
        # step: Hoeffding beyond half the corrupted [true]
        if above > 0:
            # step: a chance for both sides [last product 1/4]
            chance = chance.min(2 * (-2 * g * above * above).exp())
        total += (far * far - near * near) * chance
    return total


def window_median_risk(
    k: int, c: Any, m: Any, digits: int = 6, dimension: Any = 1
) -> WindowMedianRisk:
    """Upper bound on K(m) for k components far apart, against every adversary.

    It is argued in the docstring of the module; its numbers are certified.

    Args:
        k: number of components, 1 to 10⁶.
        c: the adversary's budget, 0 < c ≤ 1/2, exact.
        m: the scale, exact, at least 1000/c, with (k + c)m a whole number of clients.
        digits: significant decimal digits of the bound.
        dimension: d, from 1 to 10⁶, of the reports. The means are `separation(d)` apart, 100 for d
            = 1, and the bound is on the squared length of the error.

    Returns:
        The bound beside Theorem 1's value; where it is smaller, the theorem is refuted there.

    Raises:
        InputError: an argument is not such a number.
        DomainError: (k + c)m is not a whole number, or m is too small.

    Paper: Theorem 1, which claims K(m) ≥ c/(k√(8π)) for all m and any separation.
    """
    if isinstance(k, bool) or not isinstance(k, int) or not 1 <= k <= 10**6:
        raise InputError(f"k must be a whole number of components from 1 to 10^6, not {shown(k)}")
    budget, scale = read_positive_rational(c, "c"), read_positive_rational(m, "m")
    digits, vectors = read_digits(digits), read_dimension(dimension)
    if budget > Fraction(1, 2):
        raise InputError(f"c must be at most 1/2 for this bound, not {show_exact(budget):.40}")
    clients = (k + budget) * scale
    if clients.denominator != 1 or not FEWEST_CORRUPTED <= budget * scale <= 10**15:
        raise DomainError("(k + c)m must be a whole number, and c m between 1000 and 10^15")
    with working_precision(_BITS):
        total = _bound(k, budget, scale, vectors)
        printed = to_ball(budget / k) / (8 * arb.pi()).sqrt()
        # step: the window median's bound is below the printed one [true 2/2]
        return WindowMedianRisk(
            k,
            budget,
            scale,
            Enclosure.of(total, digits),
            Enclosure.of(printed, digits),
            bool(total < printed),
            vectors,
        )


def _strange(clients: arb, dimension: int) -> arb:
    """What samples farther than A from their mean cost a client: those of others, and its own."""
    near = close(dimension)
    half, place = arb(dimension) / 2, arb(near * near) / 2
    far = place.gamma_upper(half, 1)  # P(|Z| > A)
    beyond = dimension * place.gamma_upper(half + 1, 1)  # E[|Z|²; |Z| > A]
    # the samples of others are independent of Z, and 2A√d ≤ 2√d |Z| where |Z| > A
    others = clients * far * dimension * (2 * near + 1) ** 2
    # step: far samples of others spoil a window [last sum 1/2]
    # step: a far sample of one's own moves its window [first sum 1/2]
    return others + (1 + 2 * arb(dimension).sqrt()) ** 2 * beyond


def _bound(k: int, c: Fraction, m: Fraction, dimension: int = 1) -> arb:
    size, mass, clients = to_ball(m), to_ball(c * m), to_ball((k + c) * m)
    few, many = (arb(2 * _CERTAIN / float(mean)).sqrt().mid() for mean in (m, c * m))
    least, most, corrupted = size * (1 - few), size * (1 + few), mass * (1 + many)
    unlikely = k * (-size * few * few / 2).exp() + k * (-size * few * few / (2 + few)).exp()
    unlikely += (-mass * many * many / (2 + many)).exp()
    most_error = dimension * (2 * close(dimension) + 1) ** 2
    strange = _strange(clients, dimension)
    top = corrupted / least
    halves = range(k.bit_length() + 3, 0, -1)  # small shares of the budget matter for large k
    ends = [top / (_BLOCKS * 2**j) for j in halves] + [
        top * j / _BLOCKS for j in range(1, _BLOCKS + 1)
    ]
    values = [_mean_square(least, end, 3 * close(dimension)) for end in ends]
    start = values[0]  # F(ν) ≤ F(end) on each block, and the line lies above it from its left end
    slope = arb(0)
    for left, value in zip(ends, values[1:], strict=False):
        # step: the line lies above F on every block [first call]
        slope = slope.max((value - start) / left)
    share = most / (clients - corrupted)
    # step: every coordinate of a window errs [last product 1/3]
    usual = dimension * (start + slope * share * top)
    return (usual + unlikely * most_error + strange) / (1 - unlikely)
