"""Lemma 2: l(ε) = f⁻¹(ρ − ε), where f is even and has an inverse only on one side."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import sympy as sp

from bounds.certify.inequalities import prove_less
from bounds.functions.terms import window_mass
from proofs_check.audit.algebra import DENSITY, PHI
from proofs_check.audit.calculus import equal, grows, shown, tends
from proofs_check.audit.claim import Claim, Seeded
from proofs_check.audit.facts import Exact, Proved
from proofs_check.audit.verdict import CERTIFIED, REFUTED, REPAIRED, Decision, Reading

x, delta = sp.symbols("x Delta", positive=True)


def window(t: Any) -> Any:
    """f(t), as printed."""
    return PHI(t + delta) - PHI(t - delta)


def check(f: Any = window) -> Decision:
    """Decide whether f has an inverse: on the line, and on x >= 0."""
    fall = 2 * DENSITY(x) * sp.exp(-(delta**2) / 2) * sp.sinh(x * delta)
    small = prove_less(window_mass(20, 10), Fraction(1, 10**20))
    line = Reading(
        "f on the whole line", REFUTED, "no inverse: f(-x) = f(x), so f(-1) = f(1) for every Delta"
    )
    half = Reading(
        "f on x >= 0",
        CERTIFIED,
        "f falls strictly from rho to 0, so f^-1 maps (0, rho] onto [0, infinity)",
        needed=True,
    )
    return Decision(
        REPAIRED,
        "f^-1 is the inverse of f on x >= 0: it maps (0, rho] onto [0, infinity), and l(eps) exists"
        " exactly for 0 <= eps < rho",
        (
            Exact("f(-x) = f(x): on the whole line f has no inverse", equal(f(x), f(-x))),
            Exact(
                "-f'(x) = 2 phi(x) e^(-Delta^2/2) sinh(x Delta) > 0 for x > 0",
                grows(-f(x), x, fall),
            ),
            Exact("f tends to 0: Phi(x + Delta) and Phi(x - Delta) tend to 1", tends(f(x), x, 0)),
            Proved(f"for example {shown(small)}", small),
        ),
        readings=(line, half),
        certificates=(small.certificate(),),
    )


CLAIM = Claim(
    id="f-inverse",
    where="V, Lemma 2; Lemma 5",
    printed="f(x) = Φ(x + Δ) − Φ(x − Δ) has the inverse f⁻¹, and l(ε) = f⁻¹(ρ − ε)",
    latex=r"l(\varepsilon) := f^{-1}(\rho - \varepsilon),\quad f(x) := \Phi(x+\Delta) -"
    r" \Phi(x-\Delta)",
    hypotheses="Δ > 0; no domain is printed",
    method="exact derivative; f is even",
    check=check,
    seeded=(
        Seeded("a plus sign between the two terms of f",
               lambda: check(lambda t: PHI(t + delta) + PHI(t - delta))),
    ),
)  # fmt: skip
