"""The derivatives of l and g in the proof of Lemma 5: each displayed form against the definition.

Letters at one ε: l, g, Delta, sigma; df(l) = f′(l), dl = l′, dg = g′, dphi = φ′, and the functions
phi, exp, sinh, coth, sqrt. The truth is found by implicit differentiation of f(l) = ρ − ε and of
2Φ(g) = 1 + ε + Φ(l + Δ) − Φ(Δ).
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from functools import cache
from typing import Any

import sympy as sp
from flint import arb

from bounds.certify.errors import Inconclusive
from bounds.certify.exact import to_ball
from bounds.certify.numbers.precision import working_precision
from bounds.functions import filter_radius, median_shift
from proofs_check.audit.algebra import to_term
from proofs_check.audit.calculus import functions_equal
from proofs_check.audit.facts import Exact, Fact, Proved, less
from proofs_check.audit.verdict import CERTIFIED, REFUTED, Decision
from proofs_check.claims.sb_lemma_5.lemma_5_point import Point

_L, _G, _DELTA, _EPS, _ROOT = sp.symbols("l g Delta eps root", positive=True)
_AT = Point(Fraction(1, 10), Fraction(2))
_FUNCTIONS: dict[str, Callable[..., Any]] = {"l": filter_radius, "g": median_shift}


class Cdf(sp.Function):  # type: ignore[misc]
    """Φ, known by its derivative alone."""

    nargs = (1,)

    def fdiff(self, argindex: int = 1) -> Any:  # noqa: ARG002 - SymPy passes the index
        """Φ′ = φ."""
        return _density(self.args[0])


def _density(t: Any) -> Any:
    return sp.exp(-(t**2) / 2) / _ROOT


def _sqrt(t: Any) -> Any:
    """√(2π), the one root in the displays."""
    return _ROOT if t == 2 * sp.pi else sp.sqrt(t)


def _window_slope(x: Any) -> Any:
    t = sp.Dummy(positive=True)
    window = Cdf(t + _DELTA) - Cdf(t - _DELTA)
    return sp.diff(window, t).subs(t, x)


@cache
def truth(name: str) -> Any:
    """l′, g′ or g″ in terms of l, g and Delta, derived from the definitions.

    Args:
        name: "dl", "dg" or "ddg".
    """
    if name == "dl":  # f(l(ε)) + ε = ρ
        return -1 / _window_slope(_L)
    if name == "dg":
        balance = 2 * Cdf(_G) - 1 - _EPS - Cdf(_L + _DELTA) + Cdf(_DELTA)
        pushed = sp.diff(balance, _EPS) + sp.diff(balance, _L) * truth("dl")
        return -pushed / sp.diff(balance, _G)
    slope = truth("dg")
    return sp.diff(slope, _L) * truth("dl") + sp.diff(slope, _G) * slope


def _read(text: str, sigma: Any) -> Any:
    letters = {
        "l": _L,
        "g": _G,
        "Delta": _DELTA,
        "dl": truth("dl"),
        "dg": truth("dg"),
        "df": _window_slope,
        "phi": _density,
        "dphi": lambda t: -t * _density(t),
        "sqrt": _sqrt,
        "sigma": sp.sympify(sigma),
    }
    return sp.parse_expr(text, local_dict=letters)


def _monomial(exponent: Any) -> Any:
    """e^{a l²/2 + b Δ²/2 + c lΔ + d g²/2} as a monomial in symbols for the four exponentials."""
    powers = sp.Poly(exponent, _L, _DELTA, _G).as_dict()
    bases = {(2, 0, 0): ("E_l", 2), (0, 2, 0): ("E_Delta", 2), (1, 1, 0): ("U", 1),
             (0, 0, 2): ("E_g", 2)}  # fmt: skip
    factors = [
        sp.Symbol(bases[key][0], positive=True) ** (bases[key][1] * times)
        for key, times in powers.items()
    ]
    return sp.Mul(*factors)


def rational(expression: Any) -> Any:
    """The expression as a rational function of l, g, Delta and exponentials."""
    return expression.rewrite((sp.sinh, sp.coth), sp.exp).replace(sp.exp, _monomial)


def _value(expression: Any) -> arb:
    """The expression at `_AT`, with l = l(ε) and g = g(ε)."""
    with working_precision(128):
        eps, delta = to_ball(_AT.eps), to_ball(_AT.delta)
        letters = {
            "l": filter_radius(eps, delta),
            "g": median_shift(eps, delta),
            "Delta": delta,
            "root": (2 * arb.pi()).sqrt(),
        }
        return to_term(expression).at(letters)


def decide_forms(name: str, forms: tuple[str, ...], sigma: Any = 1) -> Decision:
    """Decide whether every form is the derivative.

    Args:
        name: "dl", "dg" or "ddg".
        forms: the displayed forms, in order.
        sigma: the standard deviation, where a form has it.
    """
    function = _FUNCTIONS[name[-1]]
    order = len(name) - 1
    taylor = _AT.taylor(function, order)
    lines: list[Fact] = []
    wrong = False
    for count, form in enumerate(forms, 1):
        expression = _read(form, sigma)
        value = _value(expression)
        if value < taylor or value > taylor:
            wrong = True
            told = (
                f"form {count}, {form}: {value.str(6, radius=False)} at {_AT}, where the derivative"
                f" is {taylor.str(6, radius=False)}"
            )
            lines.append(
                Proved(told, less(value, taylor) if value < taylor else less(taylor, value))
            )
            continue
        if not (value.is_finite() and taylor.is_finite()):
            raise Inconclusive(f"form {count}, {form}: neither proved nor refuted")
        lines.append(
            Exact(
                f"form {count}, {form}: equal to the derivative identically",
                functions_equal(rational(expression), rational(truth(name))),
            )
        )
    if wrong:
        return Decision(REFUTED, "a form is not the derivative", tuple(lines))
    second = (
        f"second route: {taylor.str(8, radius=False)} at {_AT} by Taylor arithmetic through the"
        " definition, as from every form"
    )
    return Decision(CERTIFIED, "every form is the derivative, for 0 < eps < rho", (*lines, second))
