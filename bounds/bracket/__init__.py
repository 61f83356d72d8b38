"""The error of the best algorithm from both sides, for a user's own k, c, D and m.

A table of contents: side (one proved bound, and for which m and means it holds), below (the lower
bounds), above (the upper bounds), bracket (the largest and the smallest of them), two_sided (that
the two meet as m, k and D grow), mixture (unequal weights and variances).
"""

from bounds.bracket.bracket import (
    RiskBracket,
    least_clients,
    lower_side,
    risk_bracket,
    upper_side,
)
from bounds.bracket.mixture import MixtureBound, mixture_bound
from bounds.bracket.side import Side
from bounds.bracket.two_sided import Price, price, prove_rate

__all__ = [
    "MixtureBound",
    "Price",
    "RiskBracket",
    "Side",
    "least_clients",
    "lower_side",
    "mixture_bound",
    "price",
    "prove_rate",
    "risk_bracket",
    "upper_side",
]
