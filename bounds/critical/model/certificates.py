"""Panels as certificates for `bounds check`, which proves them without this package's code."""

from __future__ import annotations

from math import lgamma, log
from typing import Any

from bounds.certify.certificates.seal import sealed
from bounds.critical.model.panel import Panel

_BITS, _ORDER, _PIECES = 192, 56, 96
_START, _TURN, _TOP = "1/4", "1/2", "17/20"


def panel_certificate(panel: Panel) -> dict[str, Any]:
    """That a panel's polynomials lie within their radii of ε_cr, for every Δ of its range."""
    text = "eps_cr and what belongs to it as polynomials in Delta"
    return sealed(
        "eps_cr_panel",
        {**panel.statement(), "text": text},
        {"bits": _BITS, "order": _order(panel), "pieces": _PIECES,
         "start": _START, "turn": _TURN, "top": _TOP},
    )  # fmt: skip


# equivalent mutants: how many terms the checker takes: it bounds the rest itself
def _order(panel: Panel) -> int:
    """So many terms that those of e^{−Δ²} are below 2^−128, too."""
    low, steep = float(panel.low), 2 * float(panel.half_width) * float(panel.high)
    order = _ORDER
    while order * log(steep) - lgamma(order + 1) - low**2 > -128 * log(2):
        order += 4
    return order
