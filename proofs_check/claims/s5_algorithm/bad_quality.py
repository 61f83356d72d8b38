"""Section V: where the closest cluster is of bad quality the client uses its sample."""

from __future__ import annotations

from fractions import Fraction

from bounds.certify.inequalities import cdf, prove_less, quantile
from proofs_check.audit.algebra import PHI
from proofs_check.audit.calculus import equal, shown
from proofs_check.audit.claim import Claim, Seeded
from proofs_check.audit.facts import Exact, Proved
from proofs_check.audit.verdict import REPAIRED, Decision
from proofs_check.claims.sb_lemma_2.percentile_chain import delta


def check(least: Fraction = Fraction(1, 10)) -> Decision:
    """Decide whether the server's estimate has weight above `least` up to the end of g's domain."""
    worst = quantile((1 + cdf(2)) / 2)  # g(ε̃) as ε̃ → ρ
    kept = prove_less(least, 1 / (1 + worst * worst))
    return Decision(
        REPAIRED,
        "Algorithm 2 has no branch for bad quality: as eps~ tends to rho the weight of a useless"
        " estimate tends to 1/(1 + Phi^-1((1 + Phi(Delta))/2)^2) > 0; with the extension of"
        " algorithm-2-domain the client uses only its sample from eps~ = Phi(Delta) on",
        (
            Exact(
                "g tends to the quantile of (1 + Phi(Delta))/2: (1 + Phi(infinity) -"
                " Phi(-Delta))/2",
                equal((2 - PHI(-delta)) / 2, (1 + PHI(delta)) / 2),
            ),
            Proved(f"witness, Delta = 2: {shown(kept)}", kept),
        ),
        certificates=(kept.certificate(),),
    )


CLAIM = Claim(
    id="bad-quality",
    where="V, on Combine Estimates",
    printed="if the closest cluster is of bad quality, the client's sample is the final estimate",
    latex=r"\tilde\varepsilon \text{ large} \implies \hat\mu = x_v",
    hypotheses="Algorithm 2 as printed",
    method="exact limit of the weight",
    check=check,
    seeded=(Seeded("a weight above 1/2", lambda: check(Fraction(1, 2))),),
    rests_on=("algorithm-2-domain",),
)
