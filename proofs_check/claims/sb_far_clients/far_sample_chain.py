"""The display for far samples, line by line: t = 3Δ/2, integrals from t on over that of e^{−x²/2}.

`tail` is derived by parts from the moments; `bracket` is [p(x) e^{−x²/2}] from t to infinity. Both
are in units of √(2π), which cancels.
"""

from __future__ import annotations

from fractions import Fraction
from functools import cache
from typing import Any

import sympy as sp

from proofs_check.audit.algebra import DENSITY, PHI, same
from proofs_check.audit.calculus import (
    decide_equal,
    decide_order,
    equal,
    has_slope,
    manifest,
    tends,
)
from proofs_check.audit.claim import Claim, Seeded
from proofs_check.audit.facts import Exact
from proofs_check.audit.verdict import CERTIFIED, Decision, Reading

x = sp.Symbol("x", real=True)
delta = sp.Symbol("Delta", positive=True)
T = 3 * delta / 2

PLACE: dict[str, Fraction | int] = {"Delta": 2}
"""Where a false line shows."""


def _moment(n: int) -> Any:
    """∫ xⁿφ from t on: tⁿ⁻¹φ(t) + (n − 1) times the moment two below."""
    if n == 0:
        return PHI(-T)
    lower = (n - 1) * _moment(n - 2) if n > 1 else 0
    return T ** (n - 1) * DENSITY(T) + lower


def tail(p: Any) -> Any:
    """The integral of p(x) e^{−x²/2} from t on, p a polynomial in x."""
    return sum(weight * _moment(n) for (n,), weight in sp.Poly(sp.expand(p), x).terms())


def bracket(p: Any) -> Any:
    """[p(x) e^{−x²/2}] from t to infinity."""
    return -p.subs(x, T) * DENSITY(T)


@cache
def moments_are_right() -> Exact:
    """That each moment used has the slope −tⁿφ(t) in t = 3Δ/2, and vanishes at infinity."""
    return Exact(
        "the moments in the integrals have the right slopes in Delta, and vanish at infinity",
        *(has_slope(_moment(n), delta, -sp.Rational(3, 2) * T**n * DENSITY(T)) for n in range(3)),
        *(tends(_moment(n), delta, 0) for n in range(3)),
    )


ALL = tail(sp.Integer(1))
_REST = 1 + sp.Rational(9, 4) * delta**2

LINES = (
    tail((x + T) ** 2) / ALL,
    (tail(x**2) + tail(3 * x * delta) + tail(T**2)) / ALL,
    (-bracket(x) + tail(3 * x * delta)) / ALL + _REST,
    -bracket(x + 3 * delta) / ALL + _REST,
)
"""Lines 1 to 4, as printed; line 5 is 3.25 Δ²."""


def decide_line(number: int, line: Any) -> Decision:
    """Decide whether the line of this number, 2 to 4, equals the one before."""
    finding = f"line {number - 1} = line {number}"
    equal = decide_equal(LINES[number - 2], line, PLACE, finding, "exact, for every Delta > 0")
    if equal.verdict is not CERTIFIED:
        return equal
    return Decision(CERTIFIED, finding, (moments_are_right(), *equal.facts))


def line_1(line: Any = LINES[0]) -> Decision:
    """Decide line 1: the sample's own error, and the client's, are below the integral."""
    own = tail(x**2) / ALL
    slack = T**2 + 2 * T * DENSITY(T) / ALL
    if not same(line - own, slack):
        return decide_order(own, line, PLACE)
    z, w, off = sp.symbols("z w off", real=True)  # off: from the sample to the estimate
    return Decision(
        CERTIFIED,
        "the sample's own error is below the integral, as printed; what Theorem 2 needs is the"
        " error of the client's estimate, which is below it too",
        (
            moments_are_right(),
            Exact(
                "line 1 less E[z^2 given z >= t] is t^2 + 2 t phi(t)/Phi(-t) > 0, t = 3 Delta/2",
                equal(line - own, slack),
                manifest(T),
            ),
            Exact(
                "the client's error is at most |z| + 3 Delta/2 (foreign-estimate): it is z + w off,"
                " 0 <= w <= 1, |off| <= 3 Delta/2; and both sides of the mean are alike",
                equal((1 - w) * z + w * (z + off), z + w * off),
                equal(DENSITY(-z), DENSITY(z)),
            ),
        ),
        readings=(
            Reading("E[|x_v - mu|^2 given far], as printed", CERTIFIED, "true, and not needed"),
            Reading("E[|mu^ - mu|^2 given far]", CERTIFIED, "true", needed=True),
        ),
    )


def line_2(line: Any = LINES[1]) -> Decision:
    """Decide whether line 1 = line 2."""
    return decide_line(2, line)


def line_3(line: Any = LINES[2]) -> Decision:
    """Decide whether line 2 = line 3."""
    return decide_line(3, line)


def line_4(line: Any = LINES[3]) -> Decision:
    """Decide whether line 3 = line 4."""
    return decide_line(4, line)


CLAIMS = (
    Claim(
        id="far-sample-chain-1",
        where="Appendix B, last display, line 1",
        printed="E[|x_v − μ|² given |x_v − μ| ≥ 1.5Δ] ≤ ∫(x + 1.5Δ)² e^{−x²/2} dx/∫e^{−x²/2} dx,"
        " from 1.5Δ",
        latex=r"\mathbb{E}[|x_v - \mu_i|^2 \mid (x_v - \mu_i)^2 \ge \tfrac94\Delta^2] \le"
        r" \frac{\int_{1.5\Delta}^\infty (x + 1.5\Delta)^2 e^{-x^2/2} dx}"
        r"{\int_{1.5\Delta}^\infty e^{-x^2/2} dx}",
        hypotheses="x_v − μ standard normal, Δ > 0",
        method="exact moments of the normal tail",
        check=line_1,
        seeded=(Seeded("x - 1.5 Delta in the integral", lambda: line_1(tail((x - T) ** 2) / ALL)),),
        rests_on=("foreign-estimate",),
    ),
    Claim(
        id="far-sample-chain-2",
        where="Appendix B, last display, line 2",
        printed="= (∫x² e^{−x²/2} dx + ∫3xΔ e^{−x²/2} dx + ∫(1.5Δ)² e^{−x²/2} dx)/∫e^{−x²/2} dx,"
        " from 1.5Δ",
        latex=r"= \frac{\int x^2 e^{-x^2/2} dx + \int 3x\Delta e^{-x^2/2} dx + \int (1.5\Delta)^2"
        r" e^{-x^2/2} dx}{\int e^{-x^2/2} dx}",
        hypotheses="Δ > 0",
        method="exact moments of the normal tail",
        check=line_2,
        seeded=(
            Seeded(
                "x Delta in place of 3 x Delta",
                lambda: line_2((tail(x**2) + tail(x * delta) + tail(T**2)) / ALL),
            ),
        ),
        rests_on=("far-sample-chain-1",),
    ),
    Claim(
        id="far-sample-chain-3",
        where="Appendix B, last display, line 3",
        printed="= (−[x e^{−x²/2}] + ∫3xΔ e^{−x²/2} dx)/∫e^{−x²/2} dx + 1 + 2.25Δ², from 1.5Δ",
        latex=r"= \frac{-\left[x e^{-x^2/2}\right]_{1.5\Delta}^\infty + \int 3x\Delta e^{-x^2/2}"
        r" dx}{\int e^{-x^2/2} dx} + 1 + 2.25\Delta^2",
        hypotheses="Δ > 0",
        method="exact moments of the normal tail",
        check=line_3,
        seeded=(
            Seeded(
                "a plus sign before the bracket", lambda: line_3(LINES[2] + 2 * bracket(x) / ALL)
            ),
        ),
        rests_on=("far-sample-chain-2",),
    ),
    Claim(
        id="far-sample-chain-4",
        where="Appendix B, last display, line 4",
        printed="= −[(x + 3Δ) e^{−x²/2}]/∫e^{−x²/2} dx + 1 + 2.25Δ², from 1.5Δ",
        latex=r"= \frac{-\left[(x + 3\Delta) e^{-x^2/2}\right]_{1.5\Delta}^\infty}"
        r"{\int e^{-x^2/2} dx} + 1 + 2.25\Delta^2",
        hypotheses="Δ > 0",
        method="exact moments of the normal tail",
        check=line_4,
        seeded=(
            Seeded("x + Delta in the bracket", lambda: line_4(LINES[3] + 2 * bracket(delta) / ALL)),
        ),
        rests_on=("far-sample-chain-3",),
    ),
)
