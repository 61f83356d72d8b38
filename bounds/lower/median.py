r"""Theorem 1 as printed fails: one component, few corrupted clients, and the clipped median.

k = 1, n = (1 + c)m clients, n odd, r = (n + 1)/2. The server sends the median of all samples; a
client returns the point of [X − A, X + A] next to it, X its own sample, A = 10. Put μ = 0.

- If |X| ≤ A, clipping brings the median no farther from 0; otherwise the error is at most |X| + A.
  The excess costs at most E[(2X)²; |X| > A] = 8(Aφ(A) + Φ(−A)).
- Let N clients be corrupted, N ~ Binomial(n, c/(1 + c)), with values that do not depend on the
  genuine samples (the adversary is not adaptive); a of them lie above s ≥ 0 and a′ below −s. The
  median exceeds s when at least r samples do, so with T(a) = P(Bin(n − N, Φ(−s)) ≥ r − a)
      P(|median| > s) ≤ T(a) + T(a′) ≤ T(N) + T(⌊N/2⌋),
  because a + a′ ≤ N and T increases. Where r − N is at least the mode of Bin(n − N, Φ(−s)), for
  which r − N ≥ (n − N + 1)Φ(−s) is enough, T is convex up to N, as T(a + 1) − T(a) is the chance of
  r − a − 1 and grows with a; then T(a) + T(a′) ≤ T(N) + T(0): all corrupted samples on one side.
  For N between N₀ and N₁ the first term is at most that of N₁ (a genuine sample in place of a
  corrupted one above s is above s less often), and the second at most
  P(Bin(n − N₀, Φ(−s)) ≥ r − ⌊N₁/2⌋), or ≥ r.
- E median² = ∫ 2s P(|median| > s) ds, bounded by steps, since the chance falls with s. From S = 4
  on the chance is at most 2·2ⁿ Φ(−s)^(r − N) ≤ 2·2ⁿ (e^{−s²/2}/2)^(r − N).
- For N above the last block the error is at most |X| + A, so its square has mean below (A + 1)².
- The objective averages over the genuine clients, so it needs one: the bound is divided by
  1 − (c/(1 + c))ⁿ, which covers the reading that conditions on there being one.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from typing import Any

from flint import arb

from bounds.certify.errors import DomainError, InputError
from bounds.certify.exact import read_positive_rational, show_exact, to_ball
from bounds.certify.numbers.enclosure import Enclosure
from bounds.certify.numbers.precision import read_digits, working_precision
from bounds.certify.results import Result
from bounds.functions.normal import cdf, density
from bounds.lower.binomial import binomial_tail

_BITS = 64
_CLIP = 10
_FAR = 4
_BLOCKS = (-4, -3, *(j / 4 for j in range(-8, 13)), 3.5, 4, 5, 8)
"""Ends of the blocks of N, in standard deviations."""
_STEPS = 48  # steps of s in one standard deviation of the median
MOST_CLIENTS = 10**6


@dataclass(frozen=True, repr=False)
class MedianRisk(Result):
    """A certified upper bound on K(m) for one component, by an explicit estimator.

    Attributes:
        c: the budget of the adversary.
        m: the scale m; there are (1 + c)m clients.
        clients: their number.
        risk: enclosure whose upper end bounds the worst-case mean squared error of the estimator.
        printed: Theorem 1's value c/√(8π).
        refutes: the bound is below Theorem 1's value, so that the theorem fails there.
    """

    c: Fraction
    m: Fraction
    clients: int
    risk: Enclosure
    printed: Enclosure
    refutes: bool


def _block_risk(clients: int, fewest: int, most: int) -> arb:
    """Upper bound of E median² when between `fewest` and `most` clients are corrupted."""
    rank = (clients + 1) // 2
    spread = 1.25 / math.sqrt(clients)  # about that of the median, whose shift is below 2·most/n
    close, step = 2 * most / clients + 5 * spread, spread / _STEPS
    points = [step * j for j in range(int(close / step) + 2)]
    while points[-1] < _FAR:  # far out the chances are tiny
        points.append(1.5 * points[-1])
    total = arb(0)
    for near, far in zip(
        map(arb, reversed(points[:-1])), map(arb, reversed(points[1:])), strict=True
    ):
        chance = cdf(-near)
        # step: the corrupted above the median [call: arb(0)]
        exceeds = binomial_tail(clients - most, chance, rank - most)
        one_sided = rank - most > (clients - most + 1) * chance
        exceeds += binomial_tail(clients - fewest, chance, rank - (0 if one_sided else most // 2))
        if not exceeds < 1:
            return total + far * far
        total += (far * far - near * near) * exceeds
    return total


def _beyond(clients: int, most: int) -> arb:
    """∫ 2s·2·2ⁿ(e^{−s²/2}/2)^j ds from S on, j = r − N."""
    j = (clients + 1) // 2 - most
    return 4 * arb(2) ** (clients - j) * (-arb(j * _FAR * _FAR) / 2).exp() / j


def median_risk(c: Any, m: Any, digits: int = 6) -> MedianRisk:
    """Certified upper bound on K(m) for k = 1: the clipped median against every adversary.

    Args:
        c: the adversary's budget, 0 < c ≤ 1/2, exact.
        m: the scale, exact, with (1 + c)m an odd whole number of clients from 101 to 10⁶.
        digits: significant decimal digits of the bound.

    Returns:
        The bound beside Theorem 1's value: where it is smaller, it refutes the theorem.

    Raises:
        InputError: an argument is not such a number.
        DomainError: (1 + c)m is not an odd whole number in that range.

    Paper: Theorem 1, which claims K(m) ≥ c/(k√(8π)) for all m.
    """
    budget, scale = read_positive_rational(c, "c"), read_positive_rational(m, "m")
    digits = read_digits(digits)
    if budget > Fraction(1, 2):
        raise InputError(f"c must be at most 1/2 for this bound, not {show_exact(budget)}")
    count = (1 + budget) * scale
    if count.denominator != 1 or count % 2 == 0 or not 101 <= count <= MOST_CLIENTS:
        raise DomainError(
            f"(1 + c)m = {show_exact(count)} must be an odd whole number from 101 to {MOST_CLIENTS}"
        )
    return _median_risk(budget, scale, digits)


@lru_cache(maxsize=64)  # several claims have the same witness
def _median_risk(budget: Fraction, scale: Fraction, digits: int) -> MedianRisk:
    clients = int((1 + budget) * scale)
    chance = budget / (1 + budget)
    mean, spread = float(clients * chance), math.sqrt(float(clients * chance * (1 - chance)))
    ends = sorted({max(0, round(mean + j * spread)) for j in _BLOCKS})
    ends = [end for end in ends if end < clients // 2 - 10]
    with working_precision(_BITS):
        q = to_ball(chance)
        total, fewest, above = arb(0), 0, arb(1)
        for most in ends:
            still_above = binomial_tail(clients, q, most + 1)
            risk = _block_risk(clients, fewest, most) + _beyond(clients, most)
            total += (above - still_above) * risk
            fewest, above = most + 1, still_above
        total += above * (_CLIP + 1) ** 2
        total += 8 * (_CLIP * density(arb(_CLIP)) + cdf(arb(-_CLIP)))
        total /= 1 - q**clients
        printed = to_ball(budget) / (8 * arb.pi()).sqrt()
        # step: the median's bound is below the printed one [true 2/2]
        return MedianRisk(
            budget,
            scale,
            clients,
            Enclosure.of(total, digits),
            Enclosure.of(printed, digits),
            bool(total < printed),
        )
