"""The range of Δ on which the shape of the loss is a theorem, so that one Δ need not prove it anew.

For every Δ in [3/2, 10] the loss is concave, convex, concave from ε = 0 to ε_max: it turns from
concave to convex exactly once. `bounds prove 3/2:10 -o FILE` proves it in a few minutes, and
`bounds check FILE` replays the proof in the independent checker. Tests prove slices of it drawn
anew at every run, and the whole of it as a campaign (`pytest -m campaign`).
"""

from __future__ import annotations

from fractions import Fraction

from bounds.exact import Exact, to_ball

ONE_TURN = (Fraction(3, 2), Fraction(10))
"""Every Δ in this range has exactly one turn from concave to convex."""


def one_turn_proved(delta: Exact) -> bool:
    """Whether the loss is proved to turn from concave to convex exactly once, for all of Δ."""
    low, high = ONE_TURN
    if isinstance(delta, Fraction):
        return low <= delta <= high
    return bool(delta >= to_ball(low)) and bool(delta <= to_ball(high))
