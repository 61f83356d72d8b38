"""The reduction in the proof of Lemma 5 as exact algebra: every line is a rational function.

The paper's letters are read from text: l = l(ε), l_hat = l(ε̂), dl = l′(ε), dl_hat = l′(ε̂),
g = g(ε̂), dg = g′(ε̂), ddg = g″(ε̂), dh = ε̂′, ddh = ε̂″, dG and ddG = (g(ε̂)²)′ and (g(ε̂)²)″ along ε,
Delta, phi = φ(Δ), and exp, sinh, coth of multiples of l·Delta and l_hat·Delta.

Under them lie ten symbols: l, l_hat, g, Delta, phi, dl, dl_hat, dg, U = e^{lΔ}, V = e^{l(ε̂)Δ}.
Along ε they move by the chain rule, with dl/dε = l′, d log l′/dl = l − Δ coth(lΔ) and
d log g′ = Δ(1 − coth(lΔ)) dl + g dg (claims l-prime, g-prime and g-second).
"""

from __future__ import annotations

from functools import cache
from typing import Any

import sympy as sp

EPS_HAT = sp.Symbol("eps_hat", positive=True)
"""ε̂ itself, which only the printed criterion holds: it is taken at points."""

NAMES = ("l", "l_hat", "g", "Delta", "phi", "dl", "dl_hat", "dg", "U", "V")
L, L_HAT, G, DELTA, PHI_OF_DELTA, DL, DL_HAT, DG, U, V = sp.symbols(" ".join(NAMES), positive=True)


def _exp(exponent: Any) -> Any:
    """E to a multiple of lΔ or l(ε̂)Δ, as a power of U or V."""
    for radius, power in ((L, U), (L_HAT, V)):
        times = sp.cancel(exponent / (radius * DELTA))
        if times.is_Integer:
            return power**times
    raise ValueError(f"{exponent} is no multiple of l*Delta or l_hat*Delta")


def _sinh(t: Any) -> Any:
    return (_exp(t) - _exp(-t)) / 2


def _coth(t: Any) -> Any:
    return (_exp(t) + _exp(-t)) / (_exp(t) - _exp(-t))


def _rates() -> dict[Any, Any]:
    """How each symbol moves with ε."""
    slope = 1 + PHI_OF_DELTA * DL  # ε̂′
    drag = DELTA * (1 - _coth(L_HAT * DELTA)) * DL_HAT  # d log g′ along ε̂, but for g g′
    return {
        L: DL,
        U: DELTA * U * DL,
        DL: DL**2 * (L - DELTA * _coth(L * DELTA)),
        L_HAT: DL_HAT * slope,
        V: DELTA * V * DL_HAT * slope,
        DL_HAT: DL_HAT**2 * (L_HAT - DELTA * _coth(L_HAT * DELTA)) * slope,
        G: DG * slope,
        DG: DG * (drag + G * DG) * slope,
    }


def along(expression: Any) -> Any:
    """The derivative along ε."""
    return sum(sp.diff(expression, symbol) * rate for symbol, rate in _rates().items())


@cache
def _letters() -> dict[str, Any]:
    slope = 1 + PHI_OF_DELTA * DL
    square_slope = along(G**2)
    derived = {
        "ddg": along(DG) / slope,
        "dh": slope,
        "ddh": along(slope),
        "dG": square_slope,
        "ddG": along(square_slope),
    }
    plain = dict(zip(NAMES, (L, L_HAT, G, DELTA, PHI_OF_DELTA, DL, DL_HAT, DG, U, V), strict=True))
    return {**plain, **derived, "eps_hat": EPS_HAT, "exp": _exp, "sinh": _sinh, "coth": _coth}


def read(text: str) -> Any:
    """The expression that a line of the paper stands for, in the ten symbols."""
    return sp.parse_expr(text, local_dict=dict(_letters()))


@cache
def second_derivative() -> Any:
    """loss″ = (d/dε)² [g(ε̂)²/(1 + g(ε̂)²)], in the ten symbols."""
    return along(along(G**2 / (1 + G**2)))
