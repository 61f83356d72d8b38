r"""Theorem 1 as printed fails for any number of components, if they lie far apart.

Means at least 100 apart, n = (k + c)m clients. A client returns the (lower) median of the reports
within 20 of its own sample, which errs by at most |Z| + 20, Z the error of the sample.

- Counts: Gⱼ genuine clients in component j, N corrupted ones. Outside an event of small chance,
  g ≤ Gⱼ ≤ G⁺ for all j and N ≤ N⁺ (Chernoff: P(B ≥ (1 + η)μ) ≤ exp(−μη²/(2 + η)) and
  P(B ≤ (1 − η)μ) ≤ exp(−μη²/2)). Counts are independent of values: there the cost is at most
  E(|Z| + 20)² < 21² times the chance.
- Values: outside another small event no genuine sample is more than 10 from its mean. Then the
  window holds all Gⱼ samples of the client's component, none of another, and some of the Nⱼ
  corrupted reports within 30 of the mean; the windows of different components do not meet, so
  Σ Nⱼ ≤ N⁺.
- If the median exceeds the mean by more than s, at least (Gⱼ − Nⱼ)/2 genuine samples do, whatever
  the window; so by Hoeffding, with ν = Nⱼ/g, for both sides together
      P(|median − mean| > s) ≤ 2 exp(−2g(Φ(s) − ½ − ν/2)²) as long as Φ(s) − ½ ≥ ν/2,
  and with |median − mean| ≤ 30 the mean square is at most F(ν) = ∫ 2s min(1, …) ds up to s = 30.
- The adversary's split: a line α + βν above F on [0, N⁺/g] bounds the average over clients by
  α + β (G⁺/|U|) N⁺/g, |U| ≥ n − N⁺. The sum is divided by the chance of the good counts, so that it
  also bounds the mean given that some client is genuine.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from typing import Any

from flint import arb

from bounds.certify.errors import DomainError, InputError, shown
from bounds.certify.exact import read_positive_rational, show_exact, to_ball
from bounds.certify.numbers.enclosure import Enclosure
from bounds.certify.numbers.precision import read_digits, working_precision
from bounds.certify.results import Result
from bounds.functions.normal import cdf, density

SEPARATION = 100
FEWEST_CORRUPTED = 1000
"""From so many corrupted clients on, c m, their number is near its mean."""
_BITS = 64
_FARTHEST = 30
_CLOSE = 10
_CERTAIN = 60  # −log of the chance of a bad count, about
_BLOCKS = 24
_STEPS = 6


@dataclass(frozen=True, repr=False)
class WindowMedianRisk(Result):
    """An upper bound on K(m) for means at least 100 apart, by an explicit estimator.

    It is argued in the docstring of the module; its numbers are certified.

    Attributes:
        k: the number of components.
        c: the budget of the adversary.
        m: the scale; there are (k + c)m clients.
        risk: enclosure whose upper end bounds the worst-case average mean squared error.
        printed: Theorem 1's value c/(k√(8π)).
        refutes: the bound is below Theorem 1's value, so that the theorem fails there.
    """

    k: int
    c: Fraction
    m: Fraction
    risk: Enclosure
    printed: Enclosure
    refutes: bool


def _mean_square(g: arb, nu: arb) -> arb:
    """F(ν), from above, by steps: the chance falls with s."""
    spread = 1.25 / math.sqrt(float(g))
    close = 10 * spread + 2 * float(nu)  # beyond it the chances are tiny
    points = [arb(spread / _STEPS * j) for j in range(int(close / spread * _STEPS) + 1)]
    while points[-1] < _FARTHEST:
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


def window_median_risk(k: int, c: Any, m: Any, digits: int = 6) -> WindowMedianRisk:
    """Upper bound on K(m) for k components at least 100 apart, against every adversary.

    It is argued in the docstring of the module; its numbers are certified.

    Args:
        k: number of components, 1 to 10⁶.
        c: the adversary's budget, 0 < c ≤ 1/2, exact.
        m: the scale, exact, at least 1000/c, with (k + c)m a whole number of clients.
        digits: significant decimal digits of the bound.

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
    digits = read_digits(digits)
    if budget > Fraction(1, 2):
        raise InputError(f"c must be at most 1/2 for this bound, not {show_exact(budget):.40}")
    clients = (k + budget) * scale
    if clients.denominator != 1 or not FEWEST_CORRUPTED <= budget * scale <= 10**15:
        raise DomainError("(k + c)m must be a whole number, and c m between 1000 and 10^15")
    with working_precision(_BITS):
        total = _bound(k, budget, scale)
        printed = to_ball(budget / k) / (8 * arb.pi()).sqrt()
        # step: the window median's bound is below the printed one [true 2/2]
        return WindowMedianRisk(
            k,
            budget,
            scale,
            Enclosure.of(total, digits),
            Enclosure.of(printed, digits),
            bool(total < printed),
        )


def _bound(k: int, c: Fraction, m: Fraction) -> arb:
    size, mass, clients = to_ball(m), to_ball(c * m), to_ball((k + c) * m)
    few, many = (arb(2 * _CERTAIN / float(mean)).sqrt().mid() for mean in (m, c * m))
    least, most, corrupted = size * (1 - few), size * (1 + few), mass * (1 + many)
    unlikely = k * (-size * few * few / 2).exp() + k * (-size * few * few / (2 + few)).exp()
    unlikely += (-mass * many * many / (2 + many)).exp()
    far = 2 * cdf(arb(-_CLOSE))
    # E[(|Z| + 20)²; |Z| > 10] ≤ 9 E[Z²; |Z| > 10], and the others' samples are independent of Z
    strange = clients * far * 21 * 21 + 18 * (_CLOSE * density(arb(_CLOSE)) + far / 2)
    top = corrupted / least
    halves = range(k.bit_length() + 3, 0, -1)  # small shares of the budget matter for large k
    ends = [top / (_BLOCKS * 2**j) for j in halves] + [
        top * j / _BLOCKS for j in range(1, _BLOCKS + 1)
    ]
    values = [_mean_square(least, end) for end in ends]
    start = values[0]  # F(ν) ≤ F(end) on each block, and the line lies above it from its left end
    slope = arb(0)
    for left, value in zip(ends, values[1:], strict=False):
        # step: the line lies above F on every block [first call]
        slope = slope.max((value - start) / left)
    share = most / (clients - corrupted)
    return (start + slope * share * top + unlikely * 21 * 21 + strange) / (1 - unlikely)
