"""Proof of Lemma 2: ε of adversarial mass filters in points up to f⁻¹(ρ − ε) from the mean.

In words:

1. A point x from the mean of a single component passes where the adversarial mass in its window
   is more than ρ − f(x). That increases with x, so ε lets in the points up to f⁻¹(ρ − ε), and no
   others; put anywhere in the window of the farthest point it reaches that.
2. Points within 9Δ/2 of a mean see the others, D ≥ 9Δ away, from 7Δ/2 or more: these add at most
   τ = 2Φ(−7Δ/2), as windows around different means are disjoint.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import sympy as sp

from bounds.certify.inequalities import cdf, prove_less
from bounds.functions.terms import mass_deficit
from proofs_check.audit.algebra import DENSITY, PHI
from proofs_check.audit.calculus import positive_from, shown
from proofs_check.audit.claim import Claim, Seeded
from proofs_check.audit.facts import Argued, Exact, Proved
from proofs_check.audit.verdict import CERTIFIED, REFUTED, REPAIRED, Decision, Reading
from proofs_check.claims.s5_algorithm.neighbours import SPACING, passes_without_attack

x, delta = sp.symbols("x Delta", positive=True)


def needed_mass(t: Any) -> Any:
    """Adversarial mass that lets in a point t from the mean, as printed: ρ − f(t)."""
    return PHI(delta) - PHI(-delta) - (PHI(t + delta) - PHI(t - delta))


def check(price: Any = needed_mass) -> Decision:
    """Decide whether the farthest point let in by ε is where the price is ε."""
    rise = 2 * DENSITY(x) * sp.exp(-(delta**2) / 2) * sp.sinh(x * delta)
    point, width = Fraction(1, 10**17), Fraction(3, 2)
    free = passes_without_attack(point, width, SPACING * width)
    near = prove_less(2 * cdf(Fraction(-7, 2) * width), mass_deficit(Fraction(1, 1000), width))
    single = Reading(
        "a single component",
        CERTIFIED,
        "true and attained: put the mass anywhere in the window of the farthest point",
    )
    several = Reading(
        "in the mixture",
        REFUTED,
        "false: with eps = 0 a point 1e-17 from the mean passes, where f^-1(rho) = 0",
        needed=True,
    )
    return Decision(
        REPAIRED,
        "eps of adversarial mass filters in points near a component up to f^-1(rho - eps - tau)"
        " from its mean, tau = 2 Phi(-7 Delta/2) for the other components (D >= 9 Delta); for a"
        " single component tau = 0 and the radius is attained",
        (
            Exact(
                "the price rho - f(x) is 0 at the mean and increases: its slope is 2 phi(x)"
                " e^(-Delta^2/2) sinh(x Delta) > 0",
                positive_from(0, price(x), x, rise),
            ),
            Argued("so eps lets in what costs less", f"{__name__}, step 1"),
            Proved(f"witness: Delta = 3/2, two means 27/2 apart, eps = 0: {shown(free)}", free),
            Argued(
                "repair: points within 9 Delta/2 of a mean see the others from 7 Delta/2 or more",
                f"{__name__}, step 2",
            ),
            Proved(f"at Delta = 3/2 this is less than a radius of 1/1000: {shown(near)}", near),
        ),
        readings=(single, several),
        certificates=(free.certificate(), near.certificate()),
    )


CLAIM = Claim(
    id="filter-radius",
    where="Appendix B, proof of Lemma 2",
    printed="with ε adversarial mass the furthest point that is filtered in is f⁻¹(ρ − ε) from"
    " the mean",
    latex=r"\max\{|h - \mu| : h \in H'\} = f^{-1}(\rho - \varepsilon)",
    hypotheses="0 ≤ ε < ρ; limit m → ∞, δ → 0",
    method="exact derivative of the price; a certified point of the mixture",
    check=check,
    seeded=(
        Seeded("f(2x) in place of f(x)", lambda: check(lambda t: needed_mass(2 * t))),
    ),
    rests_on=("f-inverse", "foreign-points"),
)  # fmt: skip
