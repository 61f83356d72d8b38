"""Section I: an entire component can be made to get no benefit from the collaboration."""

from __future__ import annotations

from fractions import Fraction

from bounds.certify.inequalities import prove_less
from proofs_check.audit.calculus import settled, shown
from proofs_check.audit.registry import Claim, Seeded
from proofs_check.audit.verdict import REFUTED, Decision
from proofs_check.claims.s5_algorithm.bridges import least_price, single_atom


def check(c: Fraction = Fraction(1)) -> Decision:
    """Decide whether a budget c is enough to destroy a component, at Δ = 2."""
    attack = single_atom()
    if c < attack.layout.spent:
        return Decision(REFUTED, "not with this attack", (f"it takes {attack.layout.spent}",))
    least = prove_less(Fraction(53, 100), least_price(Fraction(2)))
    return settled(
        "a budget of c = 1 is enough to have the cluster of a component discarded (at Delta = 2,"
        " 0.95447 is), so that its clients keep their samples; c < 0.53 is not enough (D >= 11"
        " Delta)",
        {
            "Delta = 2, mass 0.954469 at 5.9995 and 0.000001 at the mean: one non-clique": (
                attack.destroyed() == 1
            ),
            "every Delta: c = 1 > rho is enough, as mass above rho just below 3 Delta lets in a"
            " point there by itself, and a trace at the mean one on its other side": True,
            f"the least price: {shown(least)} (non-clique-cost)": True,
        },
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
