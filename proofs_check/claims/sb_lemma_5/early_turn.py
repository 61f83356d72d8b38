"""ε_cr lies early, for every Δ ≥ 3/2: l(ε_cr)Δ < 1/2 and l(ε̂_cr)Δ < 22/25.

Write u = l(ε)Δ, v = l(ε̂)Δ, h = 1/Δ² ∈ [0, 4/9] and Σ(t) = ∫₀ᵗ e^{−hw²/2} sinh w dw. Then

    d(x) = (2φ(Δ)/Δ) Σ(xΔ),  so  u + 2Σ(u) = 2Σ(v),
    Φ(g) − Φ(−g) = φ(Δ) ∫₀^{l(ε̂)} e^{tΔ − t²/2} dt ≤ (φ(Δ)/Δ)(e^v − 1),  so  2gφ(g) ≤ that,

and the criterion (the corrected last line of Lemma 5) is at least

    (1 − g²)² − (1 + g²)(e^v − 1)[q (coth u − hu)/(1 + 2 sinh(u) e^{−hu²/2})² + 2e^{hv²/2 − 3v}/q],

q = 1 − e^{−2v}. At u = 1/2 it is positive, so the loss is convex there; as ε → 0 the criterion goes
to −2. So the first turn from concave to convex, ε_cr, is at some u < 1/2, and v increases with u.
"""

from __future__ import annotations

from fractions import Fraction
from functools import cache
from typing import Any

from bounds.certify.inequalities import Term, cdf, density, exp, number, prove_less, variable

LEAST_DELTA = Fraction(3, 2)
U_TOP, V_LOW, V_TOP = Fraction(1, 2), Fraction(21, 25), Fraction(22, 25)
_G_TOP = Fraction(4, 25)


def sinh(t: Term) -> Term:
    """Hyperbolic sine."""
    return (exp(t) - exp(-t)) / 2


def cosh(t: Term) -> Term:
    """Hyperbolic cosine."""
    return (exp(t) + exp(-t)) / 2


def _least(t: Term, h: Term) -> Term:
    """∫ (1 − hw²/2) sinh w dw ≤ Σ(t)."""
    return cosh(t) - 1 - h / 2 * _second(t)


def _most(t: Term, h: Term) -> Term:
    """∫ (1 − hw²/2 + h²w⁴/8) sinh w dw ≥ Σ(t)."""
    fourth = t**4 * cosh(t) - 4 * t**3 * sinh(t) + 12 * _second(t)
    return _least(t, h) + h * h / 8 * fourth


def _second(t: Term) -> Term:
    return t**2 * cosh(t) - 2 * t * sinh(t) + 2 * cosh(t) - 2


def bracket(u: Term, v: Term, h: Term) -> Term:
    """The square bracket above.

    The criterion is exactly (1 − g²)² − (1 + g²)·2gφ(g)(Δ/φ(Δ))·[…]; only the bound on g loses.
    """
    share = 1 - exp(-2 * v)  # q
    steep = 1 + 2 * sinh(u) * exp(-h * u**2 / 2)
    first = share * (cosh(u) / sinh(u) - h * u) / steep**2
    return first + 2 * exp(h * v**2 / 2 - 3 * v) / share


@cache
def proof() -> tuple[dict[str, Any], ...]:
    """Certificates of the inequalities above.

    Raises:
        Inconclusive: one of them is not proved.
    """
    h, v = variable("h"), variable("v")
    u, low, top = number(U_TOP), number(V_LOW), number(V_TOP)
    small = {"h": (Fraction(0), 1 / LEAST_DELTA**2)}
    square = number(_G_TOP) ** 2
    steps = (
        prove_less(u + 2 * _most(u, h), 2 * _least(top, h), small),  # v < 22/25 at u = 1/2
        prove_less(2 * _most(low, h), u + 2 * _least(u, h), small),  # v > 21/25
        prove_less(  # g < 4/25: φ(Δ)/Δ falls with Δ
            density(LEAST_DELTA) / LEAST_DELTA * (exp(top) - 1), 2 * cdf(_G_TOP) - 1
        ),
        prove_less(
            (1 + square) * (exp(v) - 1) * bracket(u, v, h),
            (1 - square) ** 2,
            {**small, "v": (V_LOW, V_TOP)},
        ),
    )
    return tuple(step.certificate() for step in steps)


STATEMENT = (
    "for every Delta >= 3/2 the loss is convex where l(eps) Delta = 1/2, and so l(eps_cr) Delta <"
    " 1/2 and l(eps_hat_cr) Delta < 22/25 (four inequalities in 1/Delta^2 and l(eps_hat) Delta,"
    " over their whole ranges); the printed values are below the true ones, so it holds for them"
)
