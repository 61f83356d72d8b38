"""Fig. 1a: the curves for Δ = 3 and Δ = 4 are hard to distinguish by eye."""

from __future__ import annotations

from fractions import Fraction

from bounds.certify.inequalities import Counterexample, Term, decide_less, number, variable
from bounds.functions.terms import loss
from bounds.upper import upper_bound
from proofs_check.audit.claim import Claim, Seeded
from proofs_check.audit.facts import Fact, Proved
from proofs_check.audit.verdict import CERTIFIED, REFUTED, Decision
from proofs_check.claims.shared.upper_bound import price_term

_EPS_CR = {Fraction(3): "1.2e-9", Fraction(4): "1.4e-14"}


def check(apart: str = "3/1000", other: Fraction = Fraction(4)) -> Decision:
    """Decide whether the printed curves of Δ = 3 and `other` stay within `apart` of one another."""
    kappa = variable("kappa")

    def constant(delta: Fraction) -> Term:
        """C₁, with the printed ε_cr."""
        return loss(_EPS_CR.get(delta, "1.2e-9"), delta)

    three = Fraction(3)
    gap = (
        kappa * (1 / price_term(three) - 1 / price_term(other)) + constant(three) - constant(other)
    )
    whole = {"kappa": (0, 1)}
    outcomes = [decide_less(gap, apart, whole), decide_less(-number(apart), gap, whole)]
    true_gap = [upper_bound(delta, "1/2", method="repaired", digits=6).value for delta in (3, 4)]
    proofs = [o.proof if isinstance(o, Counterexample) else o for o in outcomes]
    evidence: list[Fact | str] = [
        "the curve is C0 c/k + C1 but for c/k <= eps_cr, which is below 1.2e-9",
        *(Proved(str(o), proof) for o, proof in zip(outcomes, proofs, strict=True)),
        f"the repaired bounds at c/k = 1/2: {true_gap[0]} for Delta = 3, {true_gap[1]} for Delta ="
        " 4: they are hard to distinguish, too",
    ]
    certificates = tuple(proof.certificate() for proof in proofs)
    if all(outcome.holds for outcome in outcomes):
        finding = f"for all c/k in (0, 1] the two curves differ by less than {apart}"
        return Decision(CERTIFIED, finding, tuple(evidence), certificates=certificates)
    finding = f"the two curves differ by more than {apart}"
    return Decision(REFUTED, finding, tuple(evidence), certificates=certificates)


CLAIM = Claim(
    id="figure-1a",
    where="Fig. 1, caption",
    printed="the Δ = 3 and Δ = 4 curves are very similar and hard to distinguish by eye",
    latex=r"\left| C_0(3)\tfrac{c}{k} + C_1(3) - C_0(4)\tfrac{c}{k} - C_1(4) \right|"
    r" < \tfrac{3}{1000}",
    hypotheses="0 < c/k ≤ 1; the printed bound with the main text's C₀; by eye: 3/1000 of the axis",
    method="balls over all c/k at once",
    check=check,
    seeded=(
        Seeded("1/500 in place of 3/1000", lambda: check("1/500")),
        Seeded("Delta = 2 in place of 4", lambda: check(other=Fraction(2))),
    ),
    rests_on=("full-investment", "c1-small"),
)
