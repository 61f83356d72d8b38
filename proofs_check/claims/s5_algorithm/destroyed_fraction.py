"""Section V: for roughly c/k of the components the estimate is rendered useless.

In words:

1. The clients of a destroyed component keep their own samples, with mean squared error 1: other
   clusters are farther than 3Δ/2 from all but far samples.
2. At D ≥ 11Δ a destroyed component costs at least q(Δ) (non-clique-cost).
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from bounds.certify.inequalities import prove_less
from proofs_check.audit.calculus import shown
from proofs_check.audit.claim import Claim, Seeded
from proofs_check.audit.facts import Argued, Proved, less
from proofs_check.audit.verdict import CERTIFIED, REFUTED, REPAIRED, Decision, Reading
from proofs_check.claims.s5_algorithm.bridges import (
    Destruction,
    least_price,
    shared_blob_wide,
    single_atom,
)

_ROUGHLY = Fraction(11, 10)


def check(attack: Callable[[], Destruction] = shared_blob_wide) -> Decision:
    """Decide whether an attack destroys at most 11/10 components for each unit of mass."""
    found = attack()
    rate = found.destroyed() / found.layout.spent
    if rate <= _ROUGHLY:
        fair = Proved(f"rate {rate}", less(rate, _ROUGHLY))
        return Decision(CERTIFIED, "about one component for each unit of mass", (fair,))
    floor = prove_less(Fraction(97, 100), least_price(Fraction(4)))
    return Decision(
        REPAIRED,
        "at D >= 9 Delta the adversary destroys up to 2 components for each unit of mass (1.89 at"
        " Delta = 4), so up to 2 c/k of them; with D >= 11 Delta at most 1/q(Delta), q(4) > 0.97",
        (
            found.shown(
                "witness: Delta = 4, means 0 and 36 = 9 Delta, mass 1 at 18 and 0.029 at 2.1 and"
                " 33.9: hypotheses at 0, 2.1, 14.04, 21.96, 33.9, 36 pass, steps < 12: two"
                f" components are destroyed by mass {float(found.layout.spent)}",
                2,
            ),
            Argued(
                "their clients keep their own samples, with mean squared error 1: other clusters"
                " are farther than 3 Delta/2 from all but far samples",
                f"{__name__}, step 1",
            ),
            Proved(f"repair: {shown(floor)}", floor),
            Argued("a destroyed component costs q(Delta) at least", f"{__name__}, step 2"),
        ),
        readings=(
            Reading("at D = 9 Delta, as Theorem 2 allows", REFUTED, "1.89 c/k at Delta = 4",
                    needed=True),
            Reading("at D >= 11 Delta", CERTIFIED, "at most 1.03 c/k at Delta = 4"),
        ),
        certificates=tuple(proof.certificate() for proof in (*found.proofs(), floor)),
    )  # fmt: skip


CLAIM = Claim(
    id="destroyed-fraction",
    where="V and Appendix B, on the case c/k > ε_cr",
    printed="for roughly a c/k fraction of the components the server's estimate is rendered"
    " useless,"
    " with an MSE of 1 (decided with: at most 1.1 c/k)",
    latex=r"\text{for roughly a } c/k \text{ fraction of the components the MSE is } 1",
    hypotheses="D ≥ 9Δ, Δ > 1.5; limit m → ∞, δ → 0",
    method="an explicit attack with exact masses",
    check=check,
    seeded=(Seeded("components attacked one at a time", lambda: check(single_atom)),),
    rests_on=("non-clique-cost", "separation"),
)
