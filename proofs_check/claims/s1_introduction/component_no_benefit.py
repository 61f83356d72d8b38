"""Section I: an entire component can be made to get no benefit from the collaboration.

In words:

1. A client whose own cluster is discarded, with no other estimate within 3Δ/2 of its sample,
   keeps its sample: its mean squared error is 1, as without collaboration.
2. At any Δ mass above ρ at one place h just below 3Δ from the mean lets in a point there by
   itself, whatever the genuine mass is, and a trace at the mean one on its other side, 3Δ or more
   from h. The cluster is then no clique; c = 1 > ρ is enough for both.
"""

from __future__ import annotations

from fractions import Fraction

from bounds.certify.inequalities import prove_less
from proofs_check.audit.calculus import shown
from proofs_check.audit.claim import Claim, Seeded
from proofs_check.audit.facts import Argued, Proved, less
from proofs_check.audit.verdict import CERTIFIED, REFUTED, Decision
from proofs_check.claims.s5_algorithm.bridges import least_price, single_atom


def check(c: Fraction = Fraction(1)) -> Decision:
    """Decide whether a budget c is enough to destroy a component, at Δ = 2."""
    attack = single_atom()
    if c < attack.layout.spent:
        dear = Proved(f"it takes {attack.layout.spent}", less(c, attack.layout.spent))
        return Decision(REFUTED, "not with this attack", (dear,))
    least = prove_less(Fraction(53, 100), least_price(Fraction(2)))
    return Decision(
        CERTIFIED,
        "a budget of c = 1 is enough to have the cluster of a component discarded (at Delta = 2,"
        " 0.95447 is), so that its clients keep their samples; c < 0.53 is not enough (D >= 11"
        " Delta)",
        (
            attack.shown(
                "Delta = 2, mass 0.954469 at 5.9995 and 0.000001 at the mean: one non-clique", 1
            ),
            Argued(
                "its clients keep their samples, with mean squared error 1", f"{__name__}, step 1"
            ),
            Argued(
                "every Delta: c = 1 > rho is enough, as mass above rho just below 3 Delta lets in a"
                " point there by itself, and a trace at the mean one on its other side",
                f"{__name__}, step 2",
            ),
            Proved(f"the least price: {shown(least)} (non-clique-cost)", least),
        ),
        certificates=tuple(proof.certificate() for proof in (*attack.proofs(), least)),
    )


CLAIM = Claim(
    id="component-no-benefit",
    where="I",
    printed="any one client (or even an entire component) can be made to achieve no benefit from"
    " the collaboration",
    latex=r"c \ge 1 \implies \text{some component can be left with MSE } 1",
    hypotheses="corrupted clients more numerous than a component (c ≥ 1); the paper's algorithm",
    method="an explicit attack with exact masses",
    check=check,
    seeded=(Seeded("a budget of 1/2", lambda: check(Fraction(1, 2))),),
    rests_on=("non-clique-cost", "corrupted-outnumber"),
)
