"""What the claims of Section IV and Appendix A share: h and the widths of the attack."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import sympy as sp

from bounds.certify.inequalities import PI, Term, cdf, exp, number, sqrt
from bounds.lower import bounded_mean_table, lower_bound, printed_threshold
from bounds.lower.bound import METHODS, Method
from proofs_check.audit.figures import Curve, Mark, line_plot, sample

EPS = sp.Symbol("eps", positive=True)
"""ε, the adversarial mass on one component."""

H = EPS**2 / (EPS**2 + 2 * sp.pi)
"""The paper's h(ε)."""

LINEAR_WIDTH = sp.sqrt(2 * sp.pi) * EPS
"""The plateau's width √(2π)·ε, which h(ε) = ε²/(ε² + 2π) belongs to."""

ROOT_WIDTH = sp.sqrt(2 * sp.pi * EPS)
"""The plateau's width √(2πε), as the text prints it."""


def width_name(width: Any) -> str:
    """The width as the evidence writes it."""
    names = {LINEAR_WIDTH: "sqrt(2 pi) eps", ROOT_WIDTH: "sqrt(2 pi eps)"}
    return names.get(width, str(width))


def h(value: Any) -> Any:
    """The value of h at a number or an expression."""
    return H.subs(EPS, value)


_STEP, _NODES = Fraction(1, 4), 28
_STRIP = Fraction(7, 5)


def two_point_mass_term(t: Fraction) -> Term:
    """2Φ(t) − 1, what hiding ±t costs."""
    return 2 * cdf(number(t)) - 1


def two_point_risk_terms(t: Fraction) -> tuple[Term, Term]:
    """B(t) from below and from above, 0 < t ≤ 1: t²e^{−t²/2} times E sech(tZ) by a sum.

    With |sech| ≤ 1/cos(td) ≤ 6 on |Im z| ≤ d = 7/5 (td ≤ 7/5), the trapezoidal rule errs by at most
    2·6·e^{d²/2}/(e^{2πd/h} − 1) (see `bounds.lower.quadrature`). The terms beyond x = 7
    are positive; they are left out, and add up to at most 2Φ(−7) ≤ e^{−49/2}, as φ decreases.
    """
    total: Term = number(Fraction(1, 2))
    for j in range(1, _NODES + 1):
        x = j * _STEP
        total = total + 2 * exp(number(-x * x / 2)) / (exp(number(t * x)) + exp(number(-t * x)))
    expected = 2 * total * _STEP / sqrt(2 * PI)
    error = 12 * exp(number(_STRIP * _STRIP / 2)) / (exp(2 * PI * (_STRIP / _STEP)) - 1)
    beyond = exp(number(-((_NODES * _STEP) ** 2) / 2))
    outside = t * t * exp(number(-t * t / 2))
    return outside * (expected - error), outside * (expected + error + beyond)


_MASSES = (
    "0.05",
    "0.1",
    "0.2",
    "0.3",
    "0.4",
    "0.5",
    "0.6",
    "0.7",
    "0.83",
    "1.1",
    "1.5",
    "2.1",
    "3",
)


def draw_one_component() -> str:
    """What one component of mass ε costs its clients: four bounds, as an SVG."""
    rows = bounded_mean_table(_MASSES)
    masses = [float(row["eps"]) for row in rows]

    def curve(label: str, key: str) -> Curve:
        return Curve(label, list(zip(masses, (float(row[key]) for row in rows), strict=True)))

    small = [eps for eps in _MASSES if float(eps) < 0.78]
    sharp = [(float(eps), float(lower_bound(1, eps, digits=6).value)) for eps in small]
    return line_plot(
        "The interval of length √(2π)ε: van Trees' bound h(ε), the minimax risk (certified lower"
        " side) and the best linear risk. Two means instead of the interval are worth more to the"
        " adversary.",
        "ε",
        "mean squared error",
        [
            curve("h", "van_trees"),
            curve("minimax", "minimax_low"),
            curve("linear", "linear"),
            Curve("two means", sharp),
        ],
    )


def draw_bounds(k: int = 1) -> str:
    """Theorem 1 as printed, corrected and sharp against c/k, as an SVG."""

    def values(method: Method) -> list[tuple[float, float]]:
        def value(ratio: float) -> float:
            return float(lower_bound(k, Fraction(ratio) * k, method, 6).value)

        return sample(value, 0.02, 0.7, 25)

    return line_plot(
        f"Lower bounds for k = {k} and many clients, certified except for the printed one, which is"
        " false left of the mark, where the sharp one is the exact error.",
        "c/k",
        "mean squared error",
        [Curve(method, values(method)) for method in METHODS],
        [Mark("false for k = 1", float(printed_threshold(6)))],
        log_x=True,
        log_y=True,
    )
