"""Theorem 2: investing more than ρ − f(3Δ) in one component does not make sense."""

from __future__ import annotations

from fractions import Fraction

from bounds.inequalities import Counterexample, cdf, decide_less, density, variable
from proofs_check.registry import Claim, Seeded
from proofs_check.verdict import CERTIFIED, REFUTED, Decision


def check(times: int = 3) -> Decision:
    """Decide whether the loss has reached 1 at ε = ρ − f(times Δ), for Δ ≥ 3/2."""
    delta = variable("Delta")
    window = cdf((times + 1) * delta) - cdf((times - 1) * delta)  # f(times Δ)
    unit = times * delta * density(delta)  # φ(Δ) l(ε)
    whole = {"Delta": (Fraction(3, 2), Fraction(10))}
    outcome = decide_less(window + cdf(-delta), unit, whole)
    if isinstance(outcome, Counterexample):
        return Decision(
            REFUTED,
            f"at eps = rho - f({times} Delta) the loss is still below 1",
            (f"witness: {outcome}",),
            certificates=(outcome.proof.certificate(),),
        )
    return Decision(
        CERTIFIED,
        f"at eps = rho - f({times} Delta) the loss is 1, its greatest value, and already before",
        (
            f"l(rho - f({times} Delta)) = {times} Delta, so eps_hat = rho - f({times} Delta) +"
            f" {times} Delta phi(Delta)",
            "eps_hat > Phi(Delta) there: for Delta in [3/2, 10] by certificate, and for Delta >= 10"
            " as f(3 Delta) + 1 - Phi(Delta) <= 2 Delta phi(2 Delta) + phi(Delta)/Delta",
            "so eps_hat > rho: l(eps_hat) and the printed loss do not exist there; with l infinite"
            " beyond rho (the window covers everything) g is infinite from eps_hat = Phi(Delta) on,"
            " and the loss 1",
            "in the algorithm a filtered point 3 Delta from the mean breaks the clique, and clients"
            " fall back on their own sample, with mean squared error 1",
        ),
        certificates=(outcome.certificate(),),
    )


CLAIM = Claim(
    id="excess-investment",
    where="Appendix B, after Lemma 5",
    printed="investing more than ρ − f(3Δ) points in any one component does not make sense for the"
    " adversary",
    latex=r"\varepsilon > \rho - f(3\Delta) \text{ gains nothing over }"
    r" \varepsilon = \rho - f(3\Delta)",
    hypotheses="Δ ≥ 3/2; the loss of one component is at most 1; l = ∞ beyond ρ",
    method="balls over [3/2, 10]; a tail bound beyond",
    check=check,
    seeded=(Seeded("f(Delta) in place of f(3 Delta)", lambda: check(1)),),
)
