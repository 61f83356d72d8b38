"""Algorithm 2, line 4: g(ε̃) for every ε̃ that line 15 of Algorithm 1 can output."""

from __future__ import annotations

from fractions import Fraction

import sympy as sp

from bounds.certify.inequalities import Counterexample, decide_less, prove_less
from bounds.functions.terms import central_mass
from proofs_check.audit.algebra import PHI
from proofs_check.audit.calculus import equal, shown
from proofs_check.audit.claim import Claim, Seeded
from proofs_check.audit.facts import Exact, Proved
from proofs_check.audit.verdict import CERTIFIED, REPAIRED, Decision
from proofs_check.claims.sb_lemma_2.percentile_chain import delta


def check(attack: Fraction = Fraction(3), share: Fraction = Fraction(1, 2)) -> Decision:
    """Decide whether outputs lie in [0, ρ): with `attack` at a mean, with m̃ counted by `share`."""
    rho = central_mass(2)
    too_high = decide_less(rho, share * (rho + attack) - rho)
    if isinstance(too_high, Counterexample) and share >= 1:
        inside = Proved("0 <= eps~ < rho at Delta = 2", too_high.proof)
        return Decision(CERTIFIED, "in the domain", (inside,))
    proofs = [too_high, prove_less(share * rho - rho, 0)]
    full = 2 * PHI(delta) - 1
    told = "; ".join(shown(p) for p in proofs if not isinstance(p, Counterexample))
    witness = Proved(
        "witnesses: Delta = 2, mass 3 at a mean (k = 1, c = 3), all in S_c; and no attack, with"
        f" m~ divided by m: {told}",
        proofs,
    )
    return Decision(
        REPAIRED,
        "g exists exactly for 0 <= eps~ < rho. Extend it: below 0 take 0; from rho on the level is"
        " (1 + eps + 1 - Phi(Delta))/2 (the window covers everything), which joins on"
        " continuously and reaches 1 at eps = Phi(Delta); from there on only the sample is used",
        (
            witness,
            Exact(
                "the level at l -> infinity is (1 + Phi(infinity) - Phi(-Delta))/2, the same as the"
                " extension at eps = rho",
                equal((2 - PHI(-delta)) / 2, (2 + full - PHI(delta)) / 2),
            ),
            Exact(
                "the extension reaches 1 at eps = Phi(Delta)",
                equal((2 + PHI(delta) - PHI(delta)) / 2, sp.Integer(1)),
            ),
        ),
        certificates=tuple(p.certificate() for p in proofs if not isinstance(p, Counterexample)),
    )


CLAIM = Claim(
    id="algorithm-2-domain",
    where="V, Algorithm 2, line 4; Algorithm 1, line 15",
    printed="g(ε̃) exists for every ε̃ that line 15 can output",
    latex=r"\tilde\varepsilon_c \in \operatorname{dom}(g) = [0, \rho)",
    hypotheses="any attack; limit m → ∞, δ → 0",
    method="exact witnesses below and above the domain; exact joint of the extension",
    check=check,
    seeded=(
        Seeded("an attack of 1/2, counted by m2", lambda: check(Fraction(1, 2), Fraction(1))),
    ),
    rests_on=("algorithm-1-count", "f-inverse"),
)  # fmt: skip
