"""Remark after Lemma 2: increasing Δ reduces the skew of the interval, Φ(l + Δ) − Φ(Δ)."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import sympy as sp

from bounds.certify.inequalities import prove_less
from bounds.functions.terms import filter_radius, median_shift
from proofs_check.audit.algebra import DENSITY, PHI
from proofs_check.audit.calculus import equal, functions_equal, has_slope, manifest, shown
from proofs_check.audit.claim import Claim, Seeded
from proofs_check.audit.facts import Exact, Proved
from proofs_check.audit.verdict import CERTIFIED, Decision

x, delta = sp.symbols("l Delta", positive=True)


SKEW = PHI(x + delta) - PHI(delta)
"""The extra term of Lemma 2, as printed."""


def check(skew: Any = SKEW) -> Decision:
    """Decide whether the skew falls with Δ at fixed ε, l = l(ε) moving along.

    With q = φ(Δ), s = e^{−l²/2} and E = e^{lΔ}: φ(l + Δ) = qs/E and φ(l − Δ) = qsE.
    """
    q, s, e = sp.symbols("q s E", positive=True)
    plus, minus = q * s / e, q * s * e
    along = (plus + minus - 2 * q) / (minus - plus)  # dl/dΔ, as ε = ρ − f(l) stays
    lacks = 2 * PHI(delta) - PHI(x + delta) + PHI(x - delta)
    total = (plus - q + plus * along) * (minus - plus)
    tenth = Fraction(1, 10)
    second = prove_less(median_shift(tenth, 3), median_shift(tenth, 2))
    radius = prove_less(filter_radius(tenth, 2), filter_radius(tenth, 3))
    half, square = x * delta / 2, x**2 / 4
    return Decision(
        CERTIFIED,
        "at fixed eps > 0 the term Phi(l(eps) + Delta) - Phi(Delta), and with it g(eps), falls"
        " strictly as Delta grows, for all Delta where eps < rho",
        (
            Exact(
                "dl/dDelta = (phi(l + Delta) + phi(l - Delta) - 2 phi(Delta))/(phi(l - Delta) -"
                " phi(l + Delta)), from eps = rho - f(l)",
                has_slope(lacks, x, DENSITY(x - delta) - DENSITY(x + delta)),
                has_slope(
                    lacks, delta, 2 * DENSITY(delta) - DENSITY(x + delta) - DENSITY(x - delta)
                ),
                has_slope(skew, x, DENSITY(x + delta)),
                has_slope(skew, delta, DENSITY(x + delta) - DENSITY(delta)),
            ),
            Exact(
                "the slope of the term times phi(l - Delta) - phi(l + Delta) > 0 is -2 phi(Delta)^2"
                " e^(-l^2/2) (cosh(l Delta) - e^(-l^2/2)) < 0",
                functions_equal(total, -2 * q**2 * s * ((e + 1 / e) / 2 - s)),
                equal(
                    sp.cosh(x * delta) - sp.exp(-(x**2) / 2),
                    2 * sp.sinh(half) ** 2 + 2 * sp.exp(-square) * sp.sinh(square),
                ),
                manifest(2 * sp.sinh(half) ** 2, 2 * sp.exp(-square) * sp.sinh(square)),
            ),
            Proved(
                f"second route, at eps = 1/10: {shown(second)}, though {shown(radius)}",
                second,
                radius,
            ),
        ),
        certificates=(second.certificate(), radius.certificate()),
    )


CLAIM = Claim(
    id="skew-shrinks",
    where="V, remark after Lemma 2",
    printed="increasing Δ reduces the effect of the skewing, the term Φ(f⁻¹(ρ − ε) + Δ) − Φ(Δ)",
    latex=r"\frac{d}{d\Delta}\left[\Phi(f^{-1}(\rho-\varepsilon)+\Delta) - \Phi(\Delta)\right] < 0",
    hypotheses="ε > 0 fixed, Δ > 0 with ε < ρ(Δ)",
    method="implicit derivative, exact",
    check=check,
    seeded=(
        Seeded("Phi(l + Delta) - Phi(l)", lambda: check(PHI(x + delta) - PHI(x))),
    ),
    rests_on=("worst-truncation",),
)  # fmt: skip
