"""Algorithm 2, line 4: g(ε̃) for every ε̃ that line 15 of Algorithm 1 can output."""

from __future__ import annotations

from fractions import Fraction

import sympy as sp

from bounds.certify.inequalities import Proved, decide_less
from bounds.functions.terms import central_mass
from proofs_check.audit.algebra import PHI
from proofs_check.audit.calculus import same, settled, shown
from proofs_check.audit.registry import Claim, Seeded
from proofs_check.audit.verdict import CERTIFIED, REPAIRED, Decision
from proofs_check.claims.sb_lemma_2.percentile_chain import delta


def check(attack: Fraction = Fraction(3), share: Fraction = Fraction(1, 2)) -> Decision:
    """Decide whether outputs lie in [0, ρ): with `attack` at a mean, with m̃ counted by `share`."""
    rho = central_mass(2)
    too_high = decide_less(rho, share * (rho + attack) - rho)
    too_low = decide_less(share * rho - rho, 0) if share < 1 else None
    if not isinstance(too_high, Proved) and too_low is None:
        return settled("in the domain", {"0 <= eps~ < rho at Delta = 2": True}, verdict=CERTIFIED)
    proofs = [p for p in (too_high, too_low) if isinstance(p, Proved)]
    full = 2 * PHI(delta) - 1
    return settled(
        "g exists exactly for 0 <= eps~ < rho. Extend it: below 0 take 0; from rho on the level is"
        " (1 + eps + 1 - Phi(Delta))/2 (the window covers everything), which joins on"
        " continuously and reaches 1 at eps = Phi(Delta); from there on the sample alone is used",
        {
            "witnesses: Delta = 2, mass 3 at a mean (k = 1, c = 3), all in S_c; and no attack, with"
            f" m~ divided by m: {'; '.join(map(shown, proofs))}": len(proofs) == 2,
            "the level at l -> infinity is (1 + Phi(infinity) - Phi(-Delta))/2, the same as the"
            " extension at eps = rho": same((2 - PHI(-delta)) / 2, (2 + full - PHI(delta)) / 2),
            "the extension reaches 1 at eps = Phi(Delta)": same(
                (2 + PHI(delta) - PHI(delta)) / 2, sp.Integer(1)
            ),
        },
        verdict=REPAIRED,
        certificates=tuple(proof.certificate() for proof in proofs),
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
