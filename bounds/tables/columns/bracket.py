"""The error of the best algorithm from both sides, at the paper's separation D = 9Δ."""

from __future__ import annotations

from fractions import Fraction
from operator import attrgetter
from typing import TYPE_CHECKING

from bounds.tables.column import Column

if TYPE_CHECKING:
    from bounds.bracket import RiskBracket

COMPONENTS, BUDGET = 1000, Fraction(50)


def both_sides(delta: Fraction, digits: int) -> RiskBracket:
    """The bracket of lim K(m) for 1000 components at c/k = 1/20, means at least 9Δ apart."""
    from bounds.bracket import risk_bracket  # other columns start without these rooms
    from bounds.upper.possible_means import PAPER_SEPARATION

    return risk_bracket(COMPONENTS, BUDGET, PAPER_SEPARATION * delta, digits=digits)


_WHERE = "lim K(m) at c/k = 1/20, k = 1000, D = 9 Delta"

COLUMNS = (
    Column("lim_low", f"lower bound of {_WHERE}", both_sides, attrgetter("low.value"), at_once=8),
    Column("lim_high", f"upper bound of {_WHERE}", both_sides, attrgetter("high.value"), at_once=8),
)
