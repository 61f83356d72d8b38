"""Section V and Appendix B: the price of making one component's estimate useless.

In words:

1. A cluster with hypotheses a to the left of the mean and 3Δ − a to its right spans 3Δ, and is no
   clique. Mass d(a) in the window of the one and d(3Δ − a) in that of the other lets both in, so
   a cluster is destroyed from ε₁ = min d(a) + d(3Δ − a) on, a ≥ 0.
2. f is positive, so f⁻¹(ρ − 3Δ) would need ρ − 3Δ > 0: it exists for no Δ.
"""

from __future__ import annotations

from fractions import Fraction

import sympy as sp

from bounds.certify.inequalities import cdf, number, prove_less, variable
from bounds.functions.terms import central_mass, mass_deficit, mass_estimate
from bounds.upper import constants
from proofs_check.audit.algebra import DENSITY, PHI
from proofs_check.audit.calculus import positive_from
from proofs_check.audit.claim import Claim, Seeded
from proofs_check.audit.facts import Argued, Exact, Proved
from proofs_check.audit.verdict import REFUTED, REPAIRED, Decision, Reading
from proofs_check.claims.shared.every_delta import decided_everywhere
from proofs_check.claims.shared.upper_bound import PAPER, listed, price_term


def check(eps: str = "0.82", split: str = "1/2000", delta: Fraction = Fraction(2)) -> Decision:
    """Decide both prices; eps and split are the witnesses at Δ."""
    d, t = variable("Delta"), sp.Symbol("Delta", positive=True)
    untyped = prove_less(central_mass(d), 3 * d, {"Delta": (Fraction(1, 64), Fraction(64))})
    cheaper = prove_less(
        mass_deficit(split, delta) + mass_deficit(3 * delta - Fraction(split), delta),
        price_term(delta),
    )
    confused = prove_less(cdf(delta), mass_estimate(eps, delta))
    below = prove_less(number(eps), price_term(delta))
    found = {value: constants(value, 10) for value in PAPER}
    proofs = (untyped, cheaper, confused, below)
    room = 3 - 2 * DENSITY(sp.Integer(0))
    rest = 4 * DENSITY(sp.Integer(0)) * sp.exp(-(t**2) / 4) * sp.sinh(t**2 / 4)
    return Decision(
        REPAIRED,
        "two prices, for every Delta >= 3/2: a cluster is destroyed from eps_1 = min d(a) + d(3"
        " Delta - a) on, a little"
        " below rho - f(3 Delta); the bound of Lemmas 2 to 4 is 1 from eps_full on, where"
        " eps + phi(Delta) l(eps) = Phi(Delta), well below it",
        (
            Exact(
                "appendix: for every Delta > 0, rho < 3 Delta",
                positive_from(0, 3 * t - (2 * PHI(t) - 1), t, room, rest),
            ),
            Proved(f"second route: {untyped}", untyped),
            Argued("so f^-1(rho - 3 Delta) does not exist", f"{__name__}, step 2"),
            Proved(
                f"witness at Delta = {delta}: destruction to both sides, {split} to the left, is"
                " cheaper",
                cheaper,
            ),
            Argued("such a cluster is destroyed", f"{__name__}, step 1"),
            Proved(
                f"witness at Delta = {delta}: at eps = {eps} < rho - f(3 Delta), eps_hat is above"
                " Phi(Delta), so the bound on the loss is 1 already",
                confused,
                below,
            ),
            decided_everywhere("rho - f(3 Delta) the least mass with loss 1"),
            listed("eps_1", {value: numbers.destruction for value, numbers in found.items()}),
            listed("eps_full", {value: numbers.full for value, numbers in found.items()}),
        ),
        readings=(
            Reading(
                "main text: rho - f(3 Delta)",
                REPAIRED,
                "enough to destroy a cluster, but not the least mass with loss 1",
                needed=True,
            ),
            Reading("appendix: f^-1(rho - 3 Delta)", REFUTED, "exists for no Delta"),
        ),
        certificates=tuple(proof.certificate() for proof in proofs),
    )


CLAIM = Claim(
    id="full-investment",
    where="V, B",
    printed="one component costs ρ − f(3Δ) (main text), f⁻¹(ρ − 3Δ) (appendix)",
    latex=r"\rho - f(3\Delta) \quad\text{or}\quad f^{-1}(\rho - 3\Delta)",
    hypotheses="every Δ ≥ 3/2; witnesses at Δ = 2",
    method="exact points at which a lower mass gives loss 1; a sign over a range of Δ",
    check=check,
    beside="convex-adversary",
    seeded=(
        Seeded("a mass below full confusion as the witness", lambda: check("0.81")),
        Seeded("a split that costs more", lambda: check(split="1/100")),
    ),
)
