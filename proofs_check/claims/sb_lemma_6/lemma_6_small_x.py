"""Lemma 6: for small enough x, f(x) ≤ ρ − Cx³."""

from __future__ import annotations

from fractions import Fraction

from proofs_check.audit.algebra import DENSITY, PHI
from proofs_check.audit.calculus import equal, has_slope, manifest, positive_from
from proofs_check.audit.claim import Claim, Seeded
from proofs_check.audit.facts import Exact, Proved, less
from proofs_check.audit.verdict import CERTIFIED, REFUTED, Decision


def check(power: int = 3) -> Decision:
    """Decide whether d(x) = ρ − f(x) ≥ C x^power for all small x > 0, whatever C > 0."""
    import sympy as sp

    x, delta, c = sp.symbols("x Delta C", positive=True)
    rate = sp.exp(-(x**2) / 2) * sp.sinh(x * delta)  # d′(x) = 2φ(Δ) times this, odd in x
    deficit = sp.diff(rate, x).subs(x, 0) * x**2  # d(x)/φ(Δ) up to O(x⁴)
    lead = sp.limit((deficit - c * x**power) / x ** min(power, 2), x, 0)
    shown = f"(d(x) - C x^{power})/x^{min(power, 2)} tends to {lead}, in units of phi(Delta)"
    d = 2 * PHI(delta) - 1 - PHI(x + delta) + PHI(x - delta)
    slope = has_slope(d, x, 2 * DENSITY(delta) * rate)
    if not lead.is_positive:
        at = {delta: 1, c: 3}
        negative = less(Fraction(str(lead.subs(at))), 0)
        told = Proved(f"{shown}: negative for C large enough, as for Delta = 1, C = 3", negative)
        return Decision(REFUTED, shown, (told,))
    return Decision(
        CERTIFIED,
        "for every C > 0, and explicitly while C x <= Delta phi(Delta) e^{-x^2/2}",
        (
            Exact(
                f"{shown}, as d(x)/phi(Delta) = {deficit} + O(x^4)",
                slope,
                equal(rate.subs(x, -x), -rate),
                manifest(lead),
            ),
            Exact(
                "d(x) >= Delta phi(Delta) x^2 e^{-x^2/2}, since sinh(t Delta) >= t Delta: near 0"
                " rho - f is a parabola, and any cubic is below it",
                positive_from(0, sp.sinh(x) - x, x, 2 * sp.sinh(x / 2) ** 2),
            ),
        ),
    )


CLAIM = Claim(
    id="lemma-6-small-x",
    where="Appendix B, proof of Lemma 6",
    printed="with h(x) = ρ − Cx³, f(x) ≤ h(x) for small enough x",
    latex=r"h(x) := \rho - Cx^3, \quad f(x) \le h(x) \text{ for small enough } x",
    hypotheses="Δ > 0, C > 0",
    method="leading Taylor term of d = ρ − f against the cubic",
    check=check,
    seeded=(
        Seeded("a parabola in place of the cubic", lambda: check(2)),
        Seeded("a line in place of the cubic", lambda: check(1)),
    ),
    rests_on=("taylor-f",),
)
