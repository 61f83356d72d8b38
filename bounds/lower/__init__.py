"""Lower bounds: Theorem 1 as printed, corrected and sharper (Sections III and IV, Appendix A).

A table of contents: information (the paper's h), allocation (the exact maximum over splits),
two_point and any_set (two means that cannot be told apart, and why no other set does better),
support_lines (the same beyond the best slope; by cases of sets: sets, set_search, set_cases),
envelope (what a mass buys, from both sides), limit (small budgets solved, where Theorem 1 as
printed is true), bayes, lattice and quadrature (enclosed Bayes risks), attacks and plans, bound and
finite (the bounds, also for a given m; binomial), labels (what not knowing the labels costs),
certificates, interval (the one-component problem), median and window_median (where Theorem 1 as
printed fails).
"""

from typing import TYPE_CHECKING, Any

from bounds.lower.any_set import attack_mass, prove_no_set_beats_two_points
from bounds.lower.bayes import bayes_risk
from bounds.lower.bound import LowerBound, RiskToMass, lower_bound, risk_to_mass
from bounds.lower.certificates import CertifiedBound, certified_bound
from bounds.lower.information import information_bound
from bounds.lower.interval import BoundedMean, bounded_mean, bounded_mean_table
from bounds.lower.limit import printed_threshold, prove_one_component_is_best
from bounds.lower.median import MedianRisk, median_risk
from bounds.lower.two_point import two_point_risk
from bounds.lower.window_median import WindowMedianRisk, window_median_risk

if TYPE_CHECKING:
    from bounds.lower.envelope import EnvelopeBounds, price_envelope

__all__ = [
    "BoundedMean",
    "CertifiedBound",
    "EnvelopeBounds",
    "LowerBound",
    "MedianRisk",
    "RiskToMass",
    "WindowMedianRisk",
    "attack_mass",
    "bayes_risk",
    "bounded_mean",
    "bounded_mean_table",
    "certified_bound",
    "information_bound",
    "lower_bound",
    "median_risk",
    "price_envelope",
    "printed_threshold",
    "prove_no_set_beats_two_points",
    "prove_one_component_is_best",
    "risk_to_mass",
    "two_point_risk",
    "window_median_risk",
]


def __getattr__(name: str) -> Any:
    if name not in ("EnvelopeBounds", "price_envelope"):
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from bounds.lower import envelope  # with NumPy, which other bounds do without

    return getattr(envelope, name)
