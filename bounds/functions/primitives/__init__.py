"""What the paper's formulas need of each arithmetic, beyond the general primitives.

Each arithmetic has one module here, of its name, with the same three functions (`Primitives`).
"""

from __future__ import annotations

from functools import cache
from importlib import import_module
from typing import Any, Protocol, cast

from bounds.certify.arithmetic import Arithmetic, Value


class Primitives(Protocol):
    """The window's integral, and its inverses, in one arithmetic. All are relative."""

    def sinh_integral(self, x: Value, delta: Value) -> Value:
        """∫₀ˣ e^{−t²/2} sinh(tΔ) dt."""

    def solve_deficit(self, eps: Value, delta: Value) -> Value:
        """The x ≥ 0 with 2φ(Δ)∫₀ˣ e^{−t²/2} sinh(tΔ) dt = ε, for 0 ≤ ε < ρ(Δ)."""

    def solve_window(self, mass: Value, delta: Value) -> Value:
        """The x ≥ 0 with Φ(x + Δ) − Φ(x − Δ) = mass, for 0 < mass ≤ ρ(Δ)."""


@cache
def primitives(arithmetic: Arithmetic) -> Primitives:
    """The three functions for the values of this arithmetic."""
    module: Any = import_module(f"{__name__}.{arithmetic.name}")
    return cast(Primitives, module)
