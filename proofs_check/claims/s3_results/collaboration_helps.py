"""Section III: collaboration helps as long as c/k < 1/C₀(Δ)."""

from __future__ import annotations

from fractions import Fraction

from bounds.certify.inequalities import Counterexample, decide_less, number, prove_less
from bounds.functions.terms import loss
from bounds.upper import counterfeit, delta_where, helps_below
from bounds.upper.bound import Method
from proofs_check.audit.claim import Claim, Seeded
from proofs_check.audit.facts import Proved
from proofs_check.audit.verdict import CERTIFIED, REPAIRED, Decision
from proofs_check.claims.shared.every_delta import decided_everywhere
from proofs_check.claims.shared.upper_bound import (
    PAPER,
    counterfeit_terms,
    critical_between,
)

_METHODS: tuple[Method, ...] = ("printed", "repaired", "sharp")


def check(share: str = "0.9999", delta: Fraction = Fraction(2)) -> Decision:
    """Decide whether C₀κ + C₁ < 1 at κ = share/C₀."""
    below, above = critical_between(delta)
    over = decide_less(1, number(share) + loss(below, delta))  # C₀κ = share
    price, gain = counterfeit_terms(delta)
    harmed = prove_less(price, gain)
    everywhere = decided_everywhere("C0 c/k + C1 < 1 for c/k < 1/C0")
    ends = {(value, m): helps_below(value, m, 8) for value in PAPER for m in _METHODS}
    beside = []
    for value in PAPER:
        thresholds = (f"{m}: {ends[value, m]}" for m in _METHODS)
        beside.append(f"Delta = {value}: below 1 for c/k below {'; '.join(thresholds)}")
    beside.append(
        "the far term by itself is below 1 exactly from Delta in"
        f" {delta_where('far', 1, 8)} on: for smaller Delta the corrected bounds help for no c/k"
    )
    lost = (
        "Algorithms 1 and 2 lose more than c/k to counterfeit clusters, so they stop"
        f" helping before c/k = 1: by {counterfeit(delta, 6).rate} times c/k at Delta = {delta}"
    )
    if isinstance(over, Counterexample):
        holds = prove_less(number(share) + loss(above, delta), 1)
        return Decision(CERTIFIED, f"holds up to {share}/C0", (Proved(str(holds), holds), *beside))
    return Decision(
        REPAIRED,
        "for every Delta >= 3/2 the bound is below 1 up to (1 - C1)/C0, not 1/C0; with the far term"
        " up to"
        f" (1 - C1 - far)/C0: at Delta = 3 repaired up to {ends[PAPER[1], 'repaired']}, sharp up to"
        f" {ends[PAPER[1], 'sharp']}",
        (
            Proved(
                f"witness: c/k = {share}/C0 at Delta = {delta}: C0 c/k + C1 is at least {share} +"
                f" C1 > 1 ({over})",
                over,
            ),
            everywhere,
            *beside,
            lost,
        ),
        certificates=(over.certificate(), harmed.certificate()),
    )


CLAIM = Claim(
    id="collaboration-helps",
    where="III",
    printed="for c/k < 1/C₀(Δ) the bound is below 1",
    latex=r"\tfrac{c}{k} < \frac{1}{C_0(\Delta)} \implies C_0\tfrac{c}{k} + C_1 < 1",
    hypotheses="C₀ = 1/(ρ − f(3Δ)), C₁ from the true ε_cr; thresholds for Δ = 2, 3, 4",
    method="an exact point just below 1/C₀; for every Δ ≥ 3/2 on slices of Δ; thresholds of"
    " each bound"
    " enclosed",
    check=check,
    seeded=(Seeded("c/k below 0.99/C0", lambda: check("0.99")),),
    rests_on=("c0-limit", "upper-majorant", "far-term"),
)
