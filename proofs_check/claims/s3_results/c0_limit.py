"""Section III: C₀(Δ) is close to 1 and tends to 1."""

from __future__ import annotations

from fractions import Fraction

from bounds.certify.exact import show_exact
from bounds.certify.inequalities import Proved, cdf, decide_less, number, prove_less, variable
from bounds.upper import constants, delta_where
from proofs_check.audit.registry import Claim, Seeded
from proofs_check.audit.verdict import CERTIFIED, REFUTED, Decision, Reading
from proofs_check.claims.shared.upper_bound import PAPER, listed, price_term


def check(limit: str = "1") -> Decision:
    """Decide |C₀ − limit| ≤ 3Φ(−Δ)/(1 − 3Φ(−Δ)), which tends to 0."""
    d = variable("Delta")
    falls = prove_less(cdf(-2 * d), cdf(-d), {"Delta": (Fraction(3, 2), Fraction(10))})
    proofs: list[Proved] = [falls]
    refuted = None
    for delta in (Fraction(2), Fraction(3), Fraction(5), Fraction(10)):
        slack = 3 * cdf(-delta) / (1 - 3 * cdf(-delta))
        c0 = 1 / price_term(delta)
        for lesser, greater in ((number(limit) - slack, c0), (c0, number(limit) + slack)):
            outcome = decide_less(lesser, greater)
            if isinstance(outcome, Proved):
                proofs.append(outcome)
            else:
                refuted = f"at Delta = {show_exact(delta)}: {outcome.proof}"
    evidence = [
        "1 - (rho - f(3 Delta)) = 2 Phi(-Delta) + Phi(-2 Delta) - Phi(-4 Delta), which lies between"
        " 0 and 3 Phi(-Delta) for every Delta > 0",
        "the derivative of the price, 2 phi(Delta) + 2 phi(2 Delta) - 4 phi(4 Delta), is positive:"
        " C0 decreases",
        f"C0 < 1.05 exactly from Delta in {delta_where('C0', '1.05', 8)} on, C0 < 1.01 exactly from"
        f" Delta in {delta_where('C0', '1.01', 8)} on",
        listed("C0", {value: constants(value, 10).c0 for value in PAPER}),
    ]
    if refuted is not None:
        return Decision(REFUTED, refuted, tuple(evidence))
    return Decision(
        CERTIFIED,
        "1 < C0 < 1/(1 - 3 Phi(-Delta)) for every Delta > 1/2, and C0 decreases to 1",
        tuple(evidence),
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
