"""The display for far samples, line by line: t = 3Δ/2, integrals from t on over that of e^{−x²/2}.

`tail` is derived by parts from the moments; `bracket` is [p(x) e^{−x²/2}] from t to infinity. Both
are in units of √(2π), which cancels.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import sympy as sp

from proofs_check.audit.algebra import DENSITY, PHI
from proofs_check.audit.calculus import decide_equal, has_slope, settled
from proofs_check.audit.verdict import CERTIFIED, Decision

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


def moments_are_right() -> bool:
    """Whether each moment used has the slope −tⁿφ(t) in t = 3Δ/2; all vanish at infinity."""
    return all(
        has_slope(_moment(n), delta, -sp.Rational(3, 2) * T**n * DENSITY(T)) for n in range(3)
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
    slopes = {"the moments have the right slopes in Delta": moments_are_right()}
    return settled(finding, slopes, evidence=equal.evidence)
