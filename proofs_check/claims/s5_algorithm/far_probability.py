"""Section V and Appendix B: far samples have a probability exponentially small in Δ."""

from __future__ import annotations

from fractions import Fraction

import sympy as sp

from bounds.certify.inequalities import cdf, exp, number, prove_less
from proofs_check.audit.algebra import DENSITY, PHI
from proofs_check.audit.calculus import humps
from proofs_check.audit.claim import Claim, Seeded
from proofs_check.audit.facts import Exact, Proved
from proofs_check.audit.verdict import CERTIFIED, REFUTED, Decision

_RATE = Fraction(9, 8)


def check(rate: Fraction = _RATE) -> Decision:
    """Decide P(|x_v − μ| ≥ 3Δ/2) ≤ e^{−rate Δ²} for every Δ > 0.

    With t = 3Δ/2, D(t) = e^{−t²/2}/2 − Φ(−t) is 0 at t = 0 and at infinity; it rises, then falls.
    """
    if rate != _RATE:
        more = prove_less(exp(number(-4 * rate)), 2 * cdf(number(-3)))
        return Decision(REFUTED, "not so small", (Proved(f"witness, Delta = 2: {more}", more),))
    t = sp.Symbol("t", positive=True)
    return Decision(
        CERTIFIED,
        "P(|x_v - mu| >= 3 Delta/2) = 2 Phi(-3 Delta/2) < e^(-9 Delta^2/8) for every Delta > 0:"
        " even the square of Delta is in the exponent",
        (
            Exact(
                "D(t) = e^(-t^2/2)/2 - Phi(-t) has the slope phi(t)(1 - t sqrt(pi/2)): it rises up"
                " to t = sqrt(2/pi), then falls, from 0 at t = 0 to 0 at infinity, so D > 0",
                humps(sp.exp(-(t**2) / 2) / 2 - PHI(-t), t, DENSITY(t), sp.sqrt(2 / sp.pi)),
            ),
        ),
    )


CLAIM = Claim(
    id="far-probability",
    where="V and Appendix B, on far samples",
    printed="the probability that the verified sample falls far from its mean is exponentially (in"
    " Δ) small",
    latex=r"P(|x_v - \mu| \ge 1.5\Delta) \le e^{-\frac98\Delta^2}",
    hypotheses="x_v ~ N(μ, 1), Δ > 0",
    method="exact slope of the difference",
    check=check,
    seeded=(Seeded("the rate 9/4", lambda: check(Fraction(9, 4))),),
)
