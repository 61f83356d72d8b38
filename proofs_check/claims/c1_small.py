"""Section III: C₁(Δ) is much less than 1 and tends to 0."""

from __future__ import annotations

from fractions import Fraction

from bounds.inequalities import Proved, Term, decide_less, density, exp, loss, number
from proofs_check.registry import Claim, Seeded
from proofs_check.upper_bound import PAPER, critical_between, rounded, scaled_critical
from proofs_check.verdict import CERTIFIED, INCONCLUSIVE, Decision


def check(small: str = "1/50", factor: str = "10") -> Decision:
    """Decide C₁ < small for Δ = 3/2, 2, 3, 4, and C₁ < factor (φ(Δ)/Δ)² there and for Δ ≥ 10.

    For Δ ≥ 10: ε_cr Δ/φ(Δ) < 0.15 gives u = l(ε_cr)Δ < 0.4, since 2(cosh u − 1)e^{−u²/200} is at
    most that; then v = l(ε̂_cr)Δ < 0.9, since the same of v is at most 0.15 + 0.4; then g < 1 and
    g ≤ φ(Δ)(e^v − 1)/(2Δφ(g)) give C₁ ≤ g² ≤ ((e^{0.9} − 1)/(2φ(1)))² (φ(Δ)/Δ)².
    """
    _, high = scaled_critical()
    facts = [
        decide_less(rounded(high, up=True), "0.15"),
        decide_less("0.15", _bulge("0.4")),
        decide_less("0.55", _bulge("0.9")),
        decide_less(((exp(number("0.9")) - 1) / (2 * density(1))) ** 2, number(factor)),
    ]
    for delta in (Fraction(3, 2), *PAPER):
        value = loss(critical_between(delta)[1], delta)
        facts.append(decide_less(value, number(small)))
        facts.append(decide_less(value, number(factor) * (density(delta) / delta) ** 2))
    evidence = tuple(map(str, facts))
    proofs = [fact for fact in facts if isinstance(fact, Proved)]
    if len(proofs) < len(facts):
        return Decision(INCONCLUSIVE, "not proved with these numbers", evidence)
    return Decision(
        CERTIFIED,
        f"with the true eps_cr, C1 < {small} for Delta = 3/2, 2, 3, 4, and"
        f" C1 < {factor} (phi(Delta)/Delta)^2 for every Delta >= 10, so C1 -> 0",
        evidence,
        certificates=tuple(proof.certificate() for proof in proofs),
    )


def _bulge(t: str) -> Term:
    """2(cosh t − 1)e^{−t²/200}, with which d(x)Δ/φ(Δ) is bounded below at Δ ≥ 10."""
    size = number(t)
    return (exp(size) + exp(-size) - 2) * exp(-size * size / 200)


CLAIM = Claim(
    id="c1-small",
    where="III",
    printed="C₁(Δ) ≪ 1, and C₁(Δ) → 0 as Δ → ∞",
    latex=r"C_1(\Delta) \ll 1, \quad C_1(\Delta) \to 0",
    hypotheses="C₁ = g(ε̂_cr)²/(1 + g(ε̂_cr)²) with the true ε_cr; ≪ 1 read as below 1/50",
    method="values at exact points; a bound of the right order for all Δ ≥ 10",
    check=check,
    seeded=(
        Seeded("a threshold of 1/100", lambda: check(small="1/100")),
        Seeded("a rate with the factor 9", lambda: check(factor="9")),
    ),
    rests_on=("lemma-5-criterion",),
)
