"""What the claims of Section IV and Appendix A share: h and the widths of the attack."""

from __future__ import annotations

from typing import Any

import sympy as sp

EPS = sp.Symbol("eps", positive=True)
"""ε, the adversarial mass on one component."""

H = EPS**2 / (EPS**2 + 2 * sp.pi)
"""The paper's h(ε)."""

LINEAR_WIDTH = sp.sqrt(2 * sp.pi) * EPS
"""The plateau's width √(2π)·ε, which h(ε) = ε²/(ε² + 2π) belongs to."""

ROOT_WIDTH = sp.sqrt(2 * sp.pi * EPS)
"""The plateau's width √(2πε), as the text prints it."""


def h(value: Any) -> Any:
    """The value of h at a number or an expression."""
    return H.subs(EPS, value)
