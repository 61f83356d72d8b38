r"""From the limit to a given m: what the factor 1/|U| in the objective costs.

The objective averages over the |U| genuine ones of n = (k + c)m clients, and |U| depends on the
same coin tosses as the data: given |U|, the reports are not draws from the mixture that hides the
means. Without that factor all is well: given that client i is genuine, the others' reports do not
depend on the hidden means, so the expected loss Lᵢ of a genuine client is at least the mean Bayes
risk R = (1/k) Σ Rⱼ of the attack. No client need err by more than the hull of its means, so Lᵢ ≤ W²
with W the widest hull. With 1/|U| ≥ 1[|U| ≤ (1 + δ)km]/((1 + δ)km) and E|U| = km, for every δ > 0

    K(m) ≥ (R − W² (1 + c/k) P(|U| > (1 + δ)km))/(1 + δ),

where the objective counts as 0 if no client is genuine. |U| is Binomial(n, p), p = k/(k + c), and
P(|U| > qn) ≤ exp(−n KL(q, p)), q = (1 + δ)p (Chernoff); from δ = c/k on the chance is 0.
"""

from __future__ import annotations

import math
from fractions import Fraction

from flint import arb

from bounds.certify.exact import to_ball

_GRID = 200


def finite_bound(risk: arb, width: arb, k: int, c: Fraction, m: Fraction) -> arb:
    """Lower bound on K(m), at the working precision, for an attack of mean Bayes risk `risk`.

    Args:
        risk: R, the mean over all k components.
        width: W, the widest hull of the means that one component hides.
        k: the number of components.
        c: the adversary's budget.
        m: the scale: there are (k + c)m clients.
    """
    slack = c / k
    deltas = [slack * Fraction(j * j, _GRID * _GRID) for j in range(1, _GRID + 1)]

    def value(delta: Fraction) -> arb:
        tail = arb(0)
        if delta < slack:
            p = to_ball(Fraction(k) / (k + c))
            q = (1 + to_ball(delta)) * p
            apart = q * (q / p).log() + (1 - q) * ((1 - q) / (1 - p)).log()
            tail = (-apart * to_ball((k + c) * m)).exp()
        return (risk - width * width * to_ball(1 + slack) * tail) / (1 + to_ball(delta))

    best = max(deltas, key=lambda delta: _rough(delta, risk, width, k, c, m))
    return value(best).max(value(slack))  # the latter is positive: its tail is 0


def _rough(delta: Fraction, risk: arb, width: arb, k: int, c: Fraction, m: Fraction) -> float:
    """The same in floating point, to choose δ."""
    tail = 0.0
    if delta < c / k:
        stay, leave = (1 + delta) * k / (k + c), (c - delta * k) / (k + c)
        apart = float(stay) * math.log1p(delta) + float(leave) * math.log(1 - delta * k / c)
        tail = math.exp(-min(700.0, max(0.0, apart * float((k + c) * m))))
    return (float(risk) - float(width) ** 2 * (1 + float(c / k)) * tail) / (1 + float(delta))
