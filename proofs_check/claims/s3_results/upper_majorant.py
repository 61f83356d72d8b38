"""Theorem 2 above ε_cr: C₀κ + C₁ is at least the adversary's best value.

In words:

1. loss ≤ 2Φ(g) − 1: from g = 1/8 to 8 by certificate; below 1/8, 2Φ(g) − 1 ≥ 2gφ(1/8) > g²; from
   8 on, 2Φ(−g) < 2φ(g)/g < 1/(1 + g²).
2. 2Φ(g) − 1 ≤ ε̂ + Φ(−Δ) = ε + φ(Δ) l(ε) + Φ(−Δ) ≤ ε + 1 − ε_full up to ε_full, since l increases
   and ε_full + φ(Δ) l(ε_full) = Φ(Δ); beyond ε_full the loss is 1. So its mean over the
   components is at most κ + 1 − ε_full.
"""

from __future__ import annotations

from fractions import Fraction

from bounds.certify.inequalities import Term, cdf, number, prove_less, variable
from bounds.functions.terms import loss, mass_estimate
from bounds.upper import envelope
from proofs_check.audit.claim import Claim, Seeded
from proofs_check.audit.facts import Argued, Proved
from proofs_check.audit.verdict import REPAIRED, Decision
from proofs_check.claims.shared.every_delta import decided_everywhere
from proofs_check.claims.shared.upper_bound import (
    PAPER,
    contact,
    critical_between,
    listed,
    price_term,
)


def check(
    kappa: str = "0.82", delta: Fraction = Fraction(2), slope: Term | None = None
) -> Decision:
    """Compare C₀κ + C₁ with 1 at a κ at which every component's bound is 1."""
    above = critical_between(delta)[1]
    c0 = slope if slope is not None else 1 / price_term(delta)
    short = prove_less(c0 * kappa + loss(above, delta), 1)
    all_lost = prove_less(cdf(delta), mass_estimate(kappa, delta))
    g = variable("g")
    small = prove_less(g * g / (1 + g * g), 2 * cdf(g) - 1, {"g": (Fraction(1, 8), Fraction(8))})
    shapes = {value: envelope(value, 10) for value in PAPER}
    return Decision(
        REPAIRED,
        "it fails for every Delta >= 3/2 (at kappa = 1 - 3 Phi(-Delta) + Phi(-3 Delta)); the"
        " optimum"
        " is 1 - sigma(eps_c - kappa) for eps_t <= kappa <= eps_c, with sigma above C0 at 2, 3, 4;"
        " in closed form it is at most kappa + 1 - eps_full, for every kappa and Delta",
        (
            Proved(
                f"witness: c/k = {kappa} on every component at Delta = {delta}: eps_hat is above"
                " Phi(Delta), so the bound of Lemmas 2 to 4 is 1, and C0 c/k + C1 is below 1:"
                f" {short}; {all_lost}",
                short,
                all_lost,
            ),
            decided_everywhere("C0 c/k + C1 >= optimum"),
            contact(shapes),
            listed("slope", {value: shape.slope for value, shape in shapes.items()}),
            listed("intercept", {value: shape.intercept for value, shape in shapes.items()}),
            Proved(f"loss <= 2 Phi(g) - 1: {small}", small),
            Argued("also outside [1/8, 8]", f"{__name__}, step 1"),
            Argued(
                "closed form: loss <= 2 Phi(g) - 1 <= eps^ + Phi(-Delta) = eps + phi(Delta) l(eps)"
                " + Phi(-Delta) <= eps + 1 - eps_full up to eps_full, and 1 beyond; so its mean is"
                " at most kappa + 1 - eps_full",
                f"{__name__}, step 2",
            ),
            "with the exact count in place of Lemma 3 the optimum is kappa/eps_1, without a"
            " constant",
        ),
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
