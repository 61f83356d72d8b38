"""Appendix A: h″(ε₋) + h″(ε₊) > 0, which the paper confirms numerically."""

from __future__ import annotations

from fractions import Fraction

import sympy as sp
from flint import arb

from bounds.certify.exact import to_ball
from bounds.certify.numbers.precision import working_precision
from proofs_check.audit.calculus import equal
from proofs_check.audit.claim import Claim, Seeded
from proofs_check.audit.facts import Exact, Proved, less
from proofs_check.audit.verdict import CERTIFIED, Decision
from proofs_check.claims.s4_lower_bound.lower_bound import EPS, H

_X, _Y = sp.symbols("x y", positive=True)
_S, _P = _X + _Y, _X * _Y
_SAMPLES = tuple(Fraction(n, d) for n, d in ((1, 1000), (1, 10), (1, 4), (33, 100), (333, 1000)))


def check(weight: int = 3) -> Decision:
    """Decide the sign for all α; h″ ∝ (1 − weight x²)/(1 + x²)³ in the unit ε = √(2π) x.

    `tie` is 0 where x and y have the same slope h′; what follows from it adds multiples of it.
    """
    x = sp.Symbol("x", positive=True)
    unit = sp.sqrt(2 * sp.pi)
    tie = _P * _S**2 - (1 - _P) ** 2
    bracket = (1 - weight * _X**2) * _Y * (1 + _Y**2) + (1 - weight * _Y**2) * _X * (1 + _X**2)
    sums = [_sum_of_bends(p) for p in _SAMPLES]
    return Decision(
        CERTIFIED,
        "h''(eps_-) + h''(eps_+) > 0 for every alpha in (0, max h'), by exact algebra",
        (
            Exact(
                "unit eps = sqrt(2 pi) x: h' is proportional to x/(1 + x^2)^2, h'' to"
                " (1 - 3x^2)/(1 + x^2)^3; s = x + y, p = xy for the two roots x < y",
                equal(
                    sp.diff(H, EPS, 2).subs(EPS, unit * x),
                    (1 - weight * x**2) / (sp.pi * (1 + x**2) ** 3),
                ),
            ),
            Exact(
                "x(1 + y^2)^2 - y(1 + x^2)^2 = (y - x)(p s^2 - (1 - p)^2), so p s^2 = (1 - p)^2",
                equal(_X * (1 + _Y**2) ** 2 - _Y * (1 + _X**2) ** 2, (_Y - _X) * tie),
            ),
            Exact(
                "then (1 - 3p)(1 + p) = (1 - p)^2 - 4p^2 = p (x - y)^2 > 0, so p < 1/3",
                equal((1 - 3 * _P) * (1 + _P), _P * (_X - _Y) ** 2 - tie),
            ),
            Exact(
                "as (1 + x^2)^2 is proportional to x, and likewise y, the sum has the sign of"
                " (1 - 3x^2) y (1 + y^2) + (1 - 3y^2) x (1 + x^2) = (s/p)(1 - 3p)(1 + p)^2 > 0",
                equal(_P * bracket, _S * (1 - 3 * _P) * (1 + _P) ** 2 + _S * tie),
            ),
            Proved(
                f"second route: the sum in ball arithmetic at p = {', '.join(map(str, _SAMPLES))}",
                (less(0, value) for value in sums),
            ),
        ),
    )


def _sum_of_bends(p: Fraction) -> arb:
    """(1 − 3x²)/(1 + x²)³ + (1 − 3y²)/(1 + y²)³ from the roots x, y themselves."""
    with working_precision(256):
        product = to_ball(p)
        s = (1 - product) / product.sqrt()
        root = (s * s - 4 * product).sqrt()
        total = arb(0)
        for v in ((s - root) / 2, (s + root) / 2):
            total += (1 - 3 * v * v) / (1 + v * v) ** 3
        return total


CLAIM = Claim(
    id="hessian-sign",
    where="Appendix A",
    printed="h″(ε₋) + h″(ε₊) > 0 for every α in (0, max h′) (the paper: 'numerically')",
    latex=r"h''(h_-'^{-1}(\alpha)) + h''(h_+'^{-1}(\alpha)) > 0",
    hypotheses="0 < α < max h′; ε₋ < ε₊ the two roots of h′ = α",
    method="sum and product of the two roots: polynomial identities, for all α at once",
    check=check,
    beside="hessian-formula",
    seeded=(Seeded("2x^2 in place of 3x^2 in h''", lambda: check(2)),),
    rests_on=("h-derivative", "hessian-formula"),
)
