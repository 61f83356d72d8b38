"""Ranges of Δ on which the shape of the loss is a proved theorem, used where one Δ is asked for."""

from __future__ import annotations

from bounds.exact import Exact


def one_turn_proved(delta: Exact) -> bool:
    """Whether the loss is proved to turn from concave to convex exactly once, for all of Δ."""
    return False
