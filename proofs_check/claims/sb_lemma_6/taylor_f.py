"""Lemma 6: the Taylor expansion of f at 0."""

from __future__ import annotations

from typing import Any

import sympy as sp

from bounds.certify.inequalities import density, number, prove_less, variable
from proofs_check.audit.algebra import DENSITY
from proofs_check.audit.calculus import has_slope, manifest
from proofs_check.audit.claim import Claim, Seeded
from proofs_check.audit.facts import Exact, Proved
from proofs_check.audit.verdict import CERTIFIED, REFUTED, REPAIRED, Decision

PRINTED = "2*dphi(x + Delta)*x**2"
RIGHT = "dphi(Delta)*x**2"


def coefficients(text: str) -> list[Any]:
    """The Taylor coefficients of f(x) − ρ − text at x⁰ to x³, in units of φ(Δ).

    The n-th derivative of f at 0 is φ⁽ⁿ⁻¹⁾(Δ) − φ⁽ⁿ⁻¹⁾(−Δ).
    """
    import sympy as sp

    x, t, delta = sp.symbols("x t Delta", positive=True)
    phi = sp.exp(-(t**2) / 2)
    slope = sp.diff(phi, t)
    letters = {"x": x, "Delta": delta, "dphi": lambda at: slope.subs(t, at)}
    bend = sp.parse_expr(text, local_dict=letters)
    found = []
    for order in range(4):
        rest = -sp.diff(bend, x, order).subs(x, 0)
        if order:
            push = sp.diff(phi, t, order - 1)
            rest += push.subs(t, delta) - push.subs(t, -delta)
        found.append(sp.expand(rest * sp.exp(delta**2 / 2) / sp.factorial(order)))
    return found


def _shown(expression: Any) -> str:
    return str(expression).replace("**", "^").replace("*", " ").replace("dphi", "phi'")


def check(printed: str = PRINTED, correction: str = RIGHT) -> Decision:
    """Decide whether f(x) = ρ + printed + O(x⁴)."""
    left = coefficients(printed)
    if not any(left):
        shown = f"f(x) - rho - {_shown(printed)} has no terms up to x^3"
        return Decision(CERTIFIED, shown, (Exact(shown, *left),))
    told = (
        f"witness: f(x) - rho - {_shown(printed)} is phi(Delta) times {_shown(left[2])} x^2 +"
        f" ({_shown(left[3])}) x^3 + ..., of order x^2 for every Delta > 0"
    )
    witness = Exact(told, *left[:2], manifest(left[2]))
    if any(coefficients(correction)):
        return Decision(REFUTED, told, (witness,))
    t = variable("t")
    third = prove_less((3 * t - t**3) * density(t), "3/5", {"t": (-9, 9)})
    edge = prove_less(number(9) ** 3 * density(9), "3/5")
    s = sp.Symbol("s", positive=True)
    cubic = (9 + s) ** 3 * DENSITY(9 + s)
    rest = sp.expand((9 + s) ** 4 - 3 * (9 + s) ** 2)
    return Decision(
        REPAIRED,
        "f(x) = rho + phi'(Delta) x^2 + O(x^4), with |O(x^4)| <= x^4/20 for all x and Delta",
        (
            witness,
            Exact(
                f"f(x) - rho - {_shown(correction)} has no terms up to x^3 (for every Delta)",
                *coefficients(correction),
            ),
            Proved(
                "its fourth derivative is the difference of two values of the third derivative of"
                " phi, (3t - t^3) phi(t), which is odd and below 3/5 on [-9, 9]; 2(3/5)/24 = 1/20",
                third,
            ),
            Exact(
                "and beyond, as t^3 phi(t) falls from t = 9 on",
                has_slope(cubic, s, -rest * DENSITY(9 + s)),
                manifest(rest),
            ),
            Proved("from a value below 3/5", edge),
        ),
        certificates=(third.certificate(),),
    )


CLAIM = Claim(
    id="taylor-f",
    where="Appendix B, proof of Lemma 6",
    printed="f(x) = ρ + 2φ′(x + Δ)x² + O(x⁴)",
    latex=r"f(x) = \rho + 2\varphi'(x + \Delta)x^2 + \mathcal{O}(x^4)",
    hypotheses="Δ > 0, x → 0",
    method="Taylor coefficients, exact; a bound of the fourth derivative",
    check=check,
    seeded=(
        Seeded("the right coefficient in its place", lambda: check(RIGHT)),
        Seeded("a sign in the correction", lambda: check(correction="-" + RIGHT)),
    ),
)
