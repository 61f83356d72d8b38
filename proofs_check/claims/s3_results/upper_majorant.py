"""Theorem 2 above ε_cr: C₀κ + C₁ is at least the adversary's best value."""

from __future__ import annotations

from fractions import Fraction

from bounds.certify.inequalities import (
    Proved,
    Term,
    cdf,
    decide_less,
    number,
    prove_less,
    variable,
)
from bounds.functions.terms import loss, mass_estimate
from bounds.upper import envelope
from proofs_check.audit.registry import Claim, Seeded
from proofs_check.audit.verdict import INCONCLUSIVE, REPAIRED, Decision
from proofs_check.claims.shared.every_delta import decided_everywhere
from proofs_check.claims.shared.upper_bound import PAPER, critical_between, listed, price_term


def check(
    kappa: str = "0.82", delta: Fraction = Fraction(2), slope: Term | None = None
) -> Decision:
    """Compare C₀κ + C₁ with 1 at a κ at which every component's bound is 1."""
    above = critical_between(delta)[1]
    c0 = slope if slope is not None else 1 / price_term(delta)
    short = decide_less(c0 * kappa + loss(above, delta), 1)
    all_lost = decide_less(cdf(delta), mass_estimate(kappa, delta))
    g = variable("g")
    small = prove_less(g * g / (1 + g * g), 2 * cdf(g) - 1, {"g": (Fraction(1, 8), Fraction(8))})
    shapes = {value: envelope(value, 10) for value in PAPER}
    evidence = [
        f"witness: c/k = {kappa} on every component at Delta = {delta}: eps_hat is above"
        " Phi(Delta), so the bound of Lemmas 2 to 4 is 1, and C0 c/k + C1 is below 1",
        f"in full: {short}; {all_lost}",
        decided_everywhere("C0 c/k + C1 >= optimum"),
        "the exact optimum is the concave envelope: a chord from eps_t to the corner (eps_c, 1)",
        listed("slope", {value: shape.slope for value, shape in shapes.items()}),
        listed("intercept", {value: shape.intercept for value, shape in shapes.items()}),
        "closed form: loss <= 2 Phi(g) - 1 <= eps^ + Phi(-Delta) = eps + phi(Delta) l(eps) +"
        " Phi(-Delta) <= eps + 1 - eps_full up to eps_full, and 1 beyond; so its mean is at most"
        f" kappa + 1 - eps_full. The first step: {small}; below 1/8, 2 Phi(g) - 1 >= 2 g phi(1/8)"
        " > g^2; from 8 on, 2 Phi(-g) < 2 phi(g)/g < 1/(1 + g^2)",
        "with the exact count in place of Lemma 3 the optimum is kappa/eps_1, without a constant",
    ]
    if not (isinstance(short, Proved) and isinstance(all_lost, Proved)):
        return Decision(INCONCLUSIVE, "no witness", tuple(evidence))
    return Decision(
        REPAIRED,
        "it fails for every Delta >= 3/2 (at kappa = 1 - 3 Phi(-Delta) + Phi(-3 Delta)); the"
        " optimum"
        " is 1 - sigma(eps_c - kappa) for eps_t <= kappa <= eps_c, with sigma above C0 at 2, 3, 4;"
        " in closed form it is at most kappa + 1 - eps_full, for every kappa and Delta",
        tuple(evidence),
        certificates=(short.certificate(), all_lost.certificate(), small.certificate()),
    )


CLAIM = Claim(
    id="upper-majorant",
    where="III, B",
    printed="C₀κ + C₁ is at least the adversary's best value for every κ > ε_cr",
    latex=r"C_0\kappa + C_1 \;\ge\; \max \frac1k\sum_i \frac{g(\hat\varepsilon_i)^2}"
    r"{1+g(\hat\varepsilon_i)^2}, \quad \kappa > \varepsilon_{cr}",
    hypotheses="C₀ = 1/(ρ − f(3Δ)); the one-component bound g²/(1 + g²); the true ε_cr",
    method="an exact point at which it fails; for every Δ ≥ 3/2 on slices of Δ; the concave"
    " envelope"
    " with proof",
    check=check,
    seeded=(
        Seeded("a slope of 5/4 in place of C0", lambda: check(slope=number("5/4"))),
        Seeded("a kappa below full confusion", lambda: check("0.81")),
    ),
    rests_on=("full-investment", "convex-adversary", "lemma-5-convexity"),
)
