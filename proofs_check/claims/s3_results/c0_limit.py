"""Section III: C₀(Δ) is close to 1 and tends to 1."""

from __future__ import annotations

from fractions import Fraction

import sympy as sp

from bounds.certify.exact import show_exact
from bounds.certify.inequalities import (
    Counterexample,
    cdf,
    decide_less,
    number,
    prove_less,
    variable,
)
from bounds.upper import constants, delta_where
from proofs_check.audit.algebra import DENSITY, PHI
from proofs_check.audit.calculus import equal, grows, tends
from proofs_check.audit.claim import Claim, Seeded
from proofs_check.audit.facts import Exact, Proved
from proofs_check.audit.verdict import CERTIFIED, REFUTED, Decision, Reading
from proofs_check.claims.shared.upper_bound import (
    DELTA,
    PAPER,
    PRICE,
    listed,
    price_grows,
    price_term,
)

_T = sp.Symbol("t", real=True)


def check(limit: str = "1") -> Decision:
    """Decide |C₀ − limit| ≤ 3Φ(−Δ)/(1 − 3Φ(−Δ)), which tends to 0."""
    d = variable("Delta")
    falls = prove_less(cdf(-2 * d), cdf(-d), {"Delta": (Fraction(3, 2), Fraction(10))})
    proofs = [falls]
    for delta in (Fraction(2), Fraction(3), Fraction(5), Fraction(10)):
        slack = 3 * cdf(-delta) / (1 - 3 * cdf(-delta))
        c0 = 1 / price_term(delta)
        for lesser, greater in ((number(limit) - slack, c0), (c0, number(limit) + slack)):
            outcome = decide_less(lesser, greater)
            if isinstance(outcome, Counterexample):
                told = f"at Delta = {show_exact(delta)}: {outcome.proof}"
                return Decision(REFUTED, told, (Proved(f"witness {told}", outcome.proof),))
            proofs.append(outcome)
    return Decision(
        CERTIFIED,
        "1 < C0 < 1/(1 - 3 Phi(-Delta)) for every Delta > 1/2, and C0 decreases to 1",
        (
            Exact(
                "1 - (rho - f(3 Delta)) = 2 Phi(-Delta) + Phi(-2 Delta) - Phi(-4 Delta), which lies"
                " between 0 and 3 Phi(-Delta) for every Delta > 0, as Phi increases",
                equal(1 - PRICE, 2 * PHI(-DELTA) + PHI(-2 * DELTA) - PHI(-4 * DELTA)),
                grows(PHI(_T), _T, DENSITY(_T)),
            ),
            price_grows(),
            Exact("and C0 tends to 1", tends(1 / PRICE, DELTA, 1)),
            Proved("second route, at Delta = 2, 3, 5 and 10", proofs),
            f"C0 < 1.05 exactly from Delta in {delta_where('C0', '1.05', 8)} on, C0 < 1.01 exactly"
            f" from Delta in {delta_where('C0', '1.01', 8)} on",
            listed("C0", {value: constants(value, 10).c0 for value in PAPER}),
        ),
        readings=(
            Reading("C0 = 1/(rho - f(3 Delta))", CERTIFIED, "tends to 1", needed=True),
            Reading("C0 = 1/f^-1(rho - 3 Delta)", REFUTED, "exists for no Delta"),
        ),
        certificates=tuple(proof.certificate() for proof in proofs),
    )


CLAIM = Claim(
    id="c0-limit",
    where="III",
    printed="C₀(Δ) is close to 1 and tends to 1 as Δ → ∞",
    latex=r"C_0(\Delta) \to 1 \quad (\Delta \to \infty)",
    hypotheses="C₀ = 1/(ρ − f(3Δ)), the main text's price",
    method="an explicit bound of the distance, proved for all Δ; values enclosed",
    check=check,
    seeded=(Seeded("a limit of 1.0001", lambda: check("1.0001")),),
    rests_on=("full-investment",),
)
