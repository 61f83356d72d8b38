"""Where the loss turns from concave to convex and back: ε_cr, and the whole domain.

A table of contents: system (inflections as roots), point (one inflection), critical (ε_cr); curve,
ends and subdivision (signs on the whole domain); domain (all inflections of one Δ); family and
regimes (ranges of Δ), fold and passage (where the shape changes with Δ, and that it changes nowhere
else), small_delta (concave for all Δ up to 1/64).
"""

from bounds.critical.critical import CriticalValue, NoCriticalValue, eps_cr
from bounds.critical.fold import Fold, folds
from bounds.critical.point import Inflection
from bounds.critical.whole_domain import Inflections, inflections

__all__ = [
    "CriticalValue",
    "Fold",
    "Inflection",
    "Inflections",
    "NoCriticalValue",
    "eps_cr",
    "folds",
    "inflections",
]
