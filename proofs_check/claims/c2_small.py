"""Section III: C₂(Δ) is much less than 1 and tends to 0."""

from __future__ import annotations

from fractions import Fraction

from bounds.inequalities import PI, Proved, decide_less, density, number
from bounds.theorems.upper import constants
from proofs_check.registry import Claim, Seeded
from proofs_check.upper_bound import PAPER, root, rounded, scaled_critical
from proofs_check.verdict import CERTIFIED, INCONCLUSIVE, Decision

_POWER = Fraction(16, 9)


def check(small: str = "1/20", factor: str = "5") -> Decision:
    """Decide C₂ < small for Δ = 3/2, 2, 3, 4, and C₂ < factor (φ(Δ)/Δ)^{16/9} there and for Δ ≥ 10.

    For Δ ≥ 10, ε_cr = Eφ/Δ with 0.149 < E < 0.15, and l(ε_cr)Δ < 0.4. In units of powers of φ/Δ,
    φ/C^{1/3} ≤ 0.4/E^{1/3} =: p, the bracket is at most b = E^{2/3} + p, and
    C̄ ≤ (b E^{2/9} + p b^{1/3})/2 times (φ/Δ)^{8/9}; 2π·1.001 bounds 1/φ(C̄ε_cr^{1/9})².
    """
    low, high = scaled_critical()
    third, two_thirds, ninths = (Fraction(n, 9) for n in (3, 6, 2))
    pull = number("0.4") / root(number("0.149"), third)
    both = root(number("0.15"), two_thirds) + pull
    chain = (both * root(number("0.15"), ninths) + pull * root(both, third)) / 2
    facts = [
        decide_less("0.149", rounded(low, up=False)),
        decide_less(rounded(high, up=True), "0.15"),
        decide_less(chain**2 * 2 * PI * "1.001", number(factor)),
        # C̄ε_cr^{1/9} < φ(10)^{8/9} < 10⁻¹⁹ there, and φ(t)⁻² = 2πe^{t²}
        decide_less(root(density(10), Fraction(8, 9)), "1e-19"),
    ]
    for delta in (Fraction(3, 2), *PAPER):
        regime = constants(delta, 6).true
        if regime is None:
            raise AssertionError("these Delta have an eps_cr")
        value = number(regime.c2.decimals()[1])
        facts.append(decide_less(value, number(small)))
        facts.append(decide_less(value, number(factor) * root(density(delta) / delta, _POWER)))
    evidence = tuple(map(str, facts))
    proofs = [fact for fact in facts if isinstance(fact, Proved)]
    if len(proofs) < len(facts):
        return Decision(INCONCLUSIVE, "not proved with these numbers", evidence)
    return Decision(
        CERTIFIED,
        f"with the true eps_cr, C2 < {small} for Delta = 3/2, 2, 3, 4, and"
        f" C2 < {factor} (phi(Delta)/Delta)^(16/9) for every Delta >= 10, so C2 -> 0",
        evidence,
        certificates=tuple(proof.certificate() for proof in proofs),
    )


CLAIM = Claim(
    id="c2-small",
    where="III",
    printed="C₂(Δ) ≪ 1, and C₂(Δ) → 0 as Δ → ∞",
    latex=r"C_2(\Delta) \ll 1, \quad C_2(\Delta) \to 0",
    hypotheses="C₂ as displayed, with the true ε_cr; ≪ 1 read as below 1/20",
    method="values at exact points; a bound of the right order for all Δ ≥ 10",
    check=check,
    seeded=(
        Seeded("a threshold of 1/30", lambda: check(small="1/30")),
        Seeded("a rate with the factor 3", lambda: check(factor="3")),
    ),
    rests_on=("lemma-5-criterion",),
)
