"""The chain to C₂, line 1: the loss under the square of a quantile."""

from __future__ import annotations

from bounds.certify.inequalities import density, number, prove_less
from proofs_check.audit.registry import Claim, Seeded
from proofs_check.audit.verdict import Decision
from proofs_check.claims.sb_lemma_5.early_turn import LEAST_DELTA, STATEMENT, V_TOP, cosh
from proofs_check.claims.sb_lemma_6.small_mass import LINES, Line, after, decide_line


def check(right: Line = LINES[1]) -> Decision:
    """Decide line 1 against the loss."""
    v = number(V_TOP)
    defined = prove_less(density(LEAST_DELTA) / LEAST_DELTA * (2 * (cosh(v) - 1) + v), 1)
    return decide_line(
        LINES[0],
        right,
        (
            "g^2/(1 + g^2) <= g^2",
            "Phi(y + Delta) - Phi(Delta) <= y phi(Delta), y = l(c/k + l(c/k) phi(Delta)): phi falls"
            " on y >= 0; and the quantile increases",
            "the quantile exists: its argument is below 1, as the estimate plus y phi(Delta) is at"
            " most (phi(Delta)/Delta)(2(cosh v - 1) + v) < 1, v = y Delta < 22/25",
            STATEMENT,
        ),
        certificates=(defined.certificate(),),
    )


CLAIM = Claim(
    id="c2-chain-1",
    where="Appendix B, chain to C₂",
    printed="g(κ̂)²/(1 + g(κ̂)²) ≤ Q(½(1 + κ + l(κ)φ(Δ) + l(κ + l(κ)φ(Δ))φ(Δ)))², κ̂ = κ + l(κ)φ(Δ)",
    latex=r"\frac{g(\hat\kappa)^2}{1 + g(\hat\kappa)^2} \le \Phi^{-1}\left(\tfrac12\left(1 + \kappa"
    r" + l(\kappa)\varphi(\Delta) + l(\kappa + l(\kappa)\varphi(\Delta))\varphi(\Delta)\right)"
    r"\right)^2",
    hypotheses="Δ ≥ 3/2, 0 < κ = c/k ≤ ε_cr, printed or true",
    method="monotonicity step by step; the domain by a bound of l(ε̂_cr)Δ; points",
    check=check,
    seeded=(
        Seeded(
            "a sign before the last term",
            lambda: check(after(lambda s: s.estimate - s.radius(s.estimate) * s.phi)),
        ),
    ),
)
