"""Algorithm 1, line 2: m_h = (2/δ²) log(k/δ) hypotheses a component are enough.

In words:

1. A component misses an event of probability p with all of its m_h hypotheses with probability at
   most e^{−p m_h}, and one of k components misses it with probability at most k e^{−p m_h} ≤ δ
   where p ≥ δ²/2 (union bound). The event is "within r = 5δ²/4 of the mean".
2. 2Φ(r) − 1 is concave on r ≥ 0, so at r = 5δ²/4 ≤ 5/4 it is at least δ²(2Φ(5/4) − 1) ≥ δ²/2.
3. d′(x) = φ(x − Δ) − φ(x + Δ) is the integral of tφ(t) ≤ φ(1) from Δ − x to Δ + x, so it is at
   most 2xφ(1), and d(r) ≤ r²φ(1) = (25/16)δ⁴φ(1) < δ⁴/2 ≤ δ/2.
"""

from __future__ import annotations

from fractions import Fraction

import sympy as sp

from bounds.certify.inequalities import cdf, density, prove_less
from proofs_check.audit.algebra import DENSITY
from proofs_check.audit.calculus import has_slope, shown
from proofs_check.audit.claim import Claim, Seeded
from proofs_check.audit.facts import Argued, Exact, Proved
from proofs_check.audit.verdict import CERTIFIED, Decision

_WIDE = Fraction(5, 4)


def check(factor: Fraction = Fraction(2)) -> Decision:
    """Decide whether every component has a passing hypothesis with probability at least 1 − δ.

    With m_h = (factor/δ²) log(k/δ), a component misses an event of probability p with probability
    at most e^{−p m_h}; none of the k misses it with probability 1 − δ where p >= δ²/factor. Take
    the event "within r = 5δ²/4 of the mean".
    """
    t = sp.Symbol("t", positive=True)
    chord = prove_less(1 / factor, 2 * cdf(_WIDE) - 1)
    lack = prove_less(_WIDE * _WIDE * density(1), Fraction(1, 2))
    return Decision(
        CERTIFIED,
        "for 0 < delta <= 1 every component has, with probability at least 1 - delta, a hypothesis"
        " within 5 delta^2/4 of its mean, whose window lacks less than delta/2: the filter allows"
        " delta",
        (
            Argued("none of the k components misses the event", f"{__name__}, step 1"),
            Exact("the slope of phi is -t phi(t)", has_slope(DENSITY(t), t, -t * DENSITY(t))),
            Proved(f"at 5/4: {shown(chord)}", chord),
            Argued(
                "2 Phi(r) - 1 is concave on r >= 0, so at r = 5 delta^2/4 it is at least delta^2"
                " (2 Phi(5/4) - 1)",
                f"{__name__}, step 2",
            ),
            Exact(
                "t phi(t) <= phi(1): its slope is (1 - t)(1 + t) phi(t)",
                has_slope(t * DENSITY(t), t, (1 - t) * (1 + t) * DENSITY(t)),
            ),
            Proved(f"25/16 phi(1) is below 1/2: {shown(lack)}", lack),
            Argued(
                "so d'(x) <= 2 x phi(1), d(r) <= r^2 phi(1), and r^2 phi(1) < delta^4/2 <= delta/2",
                f"{__name__}, step 3",
            ),
        ),
        certificates=(chord.certificate(), lack.certificate()),
    )


CLAIM = Claim(
    id="hypothesis-count",
    where="V, Algorithm 1, line 2",
    printed="m_h = (2/δ²) log(k/δ) hypotheses for each component: enough that some pass near"
    " each mean",
    latex=r"m_h = \frac{2}{\delta^2} \log\frac{k}{\delta}",
    hypotheses="0 < δ ≤ 1; independent assignment to H with odds m_h : m₁ : m₂; m → ∞",
    method="union bound; concavity and derivative by exact algebra",
    check=check,
    seeded=(Seeded("1 in place of the factor 2", lambda: check(Fraction(1))),),
)
