"""Numerically verified bounds for robust federated personalised mean estimation.

Certified results (enclosures with proof):
    eps_cr, inflections, folds, eps_cr_limit, eps_cr_expansion (large Δ),
    sweep (tables over many Δ),
    decide_less (inequalities between expressions, see bounds.certify.inequalities),
    lower_bound, certified_bound, risk_to_mass, printed_threshold, median_risk and
    window_median_risk (where Theorem 1 fails),
    two_point_risk, bayes_risk, attack_mass, bounded_mean, bounded_mean_table,
    prove_no_set_beats_two_points,
    upper_bound, helps_below, constants, counterfeit, small_contamination, best_allocation,
    worst_case, ladder, delta_where, printed_inequalities, printed_inequalities_over_delta
    (Theorem 2).
Formulas of the paper, in any arithmetic that the arguments bring (balls, mpf, floats, symbols):
    window_mass (f), central_mass (ρ), mass_deficit (ρ − f), window_mass_inverse (f⁻¹),
    filter_radius (l), median_shift (g), mass_estimate (ε̂), loss, their derivatives,
    curvature_criterion, printed_criterion, information_bound (h), density (φ), cdf (Φ),
    quantile (Φ⁻¹).
Measured, not certified:
    simulate.
Errors: BoundsError, InputError, DomainError, NoCriticalValue, Inconclusive.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from bounds.certify.errors import BoundsError as BoundsError
    from bounds.certify.errors import DomainError as DomainError
    from bounds.certify.errors import Inconclusive as Inconclusive
    from bounds.certify.errors import InputError as InputError
    from bounds.certify.inequalities import decide_less as decide_less
    from bounds.certify.numbers.enclosure import Enclosure as Enclosure
    from bounds.critical import CriticalValue as CriticalValue
    from bounds.critical import Fold as Fold
    from bounds.critical import Inflection as Inflection
    from bounds.critical import Inflections as Inflections
    from bounds.critical import NoCriticalValue as NoCriticalValue
    from bounds.critical import eps_cr as eps_cr
    from bounds.critical import folds as folds
    from bounds.critical import inflections as inflections
    from bounds.critical.large_delta import Expansion as Expansion
    from bounds.critical.large_delta import eps_cr_expansion as eps_cr_expansion
    from bounds.critical.large_delta import eps_cr_limit as eps_cr_limit
    from bounds.functions import cdf as cdf
    from bounds.functions import central_mass as central_mass
    from bounds.functions import curvature_criterion as curvature_criterion
    from bounds.functions import density as density
    from bounds.functions import filter_radius as filter_radius
    from bounds.functions import filter_radius_slope as filter_radius_slope
    from bounds.functions import loss as loss
    from bounds.functions import mass_deficit as mass_deficit
    from bounds.functions import mass_estimate as mass_estimate
    from bounds.functions import mass_estimate_curvature as mass_estimate_curvature
    from bounds.functions import mass_estimate_slope as mass_estimate_slope
    from bounds.functions import median_shift as median_shift
    from bounds.functions import median_shift_curvature as median_shift_curvature
    from bounds.functions import median_shift_slope as median_shift_slope
    from bounds.functions import printed_criterion as printed_criterion
    from bounds.functions import quantile as quantile
    from bounds.functions import window_mass as window_mass
    from bounds.functions import window_mass_inverse as window_mass_inverse
    from bounds.lower import BoundedMean as BoundedMean
    from bounds.lower import CertifiedBound as CertifiedBound
    from bounds.lower import LowerBound as LowerBound
    from bounds.lower import MedianRisk as MedianRisk
    from bounds.lower import RiskToMass as RiskToMass
    from bounds.lower import WindowMedianRisk as WindowMedianRisk
    from bounds.lower import attack_mass as attack_mass
    from bounds.lower import bayes_risk as bayes_risk
    from bounds.lower import bounded_mean as bounded_mean
    from bounds.lower import bounded_mean_table as bounded_mean_table
    from bounds.lower import certified_bound as certified_bound
    from bounds.lower import information_bound as information_bound
    from bounds.lower import lower_bound as lower_bound
    from bounds.lower import median_risk as median_risk
    from bounds.lower import printed_threshold as printed_threshold
    from bounds.lower import prove_no_set_beats_two_points as prove_no_set_beats_two_points
    from bounds.lower import risk_to_mass as risk_to_mass
    from bounds.lower import two_point_risk as two_point_risk
    from bounds.lower import window_median_risk as window_median_risk
    from bounds.simulation import Estimate as Estimate
    from bounds.simulation import Simulation as Simulation
    from bounds.simulation import simulate as simulate
    from bounds.tables import Table as Table
    from bounds.tables import sweep as sweep
    from bounds.upper import Allocation as Allocation
    from bounds.upper import Constants as Constants
    from bounds.upper import Counterfeit as Counterfeit
    from bounds.upper import Inequality as Inequality
    from bounds.upper import InequalityRange as InequalityRange
    from bounds.upper import Ladder as Ladder
    from bounds.upper import SmallContamination as SmallContamination
    from bounds.upper import UpperBound as UpperBound
    from bounds.upper import WorstCase as WorstCase
    from bounds.upper import best_allocation as best_allocation
    from bounds.upper import constants as constants
    from bounds.upper import counterfeit as counterfeit
    from bounds.upper import delta_where as delta_where
    from bounds.upper import helps_below as helps_below
    from bounds.upper import ladder as ladder
    from bounds.upper import printed_inequalities as printed_inequalities
    from bounds.upper import (
        printed_inequalities_over_delta as printed_inequalities_over_delta,
    )
    from bounds.upper import small_contamination as small_contamination
    from bounds.upper import upper_bound as upper_bound
    from bounds.upper import worst_case as worst_case

_HOMES = {
    "bounds.certify.numbers.enclosure": ("Enclosure",),
    "bounds.certify.errors": ("BoundsError", "DomainError", "Inconclusive", "InputError"),
    "bounds.functions": (
        "cdf",
        "central_mass",
        "curvature_criterion",
        "density",
        "filter_radius",
        "filter_radius_slope",
        "loss",
        "mass_deficit",
        "mass_estimate",
        "mass_estimate_curvature",
        "mass_estimate_slope",
        "median_shift",
        "median_shift_curvature",
        "median_shift_slope",
        "printed_criterion",
        "quantile",
        "window_mass",
        "window_mass_inverse",
    ),
    "bounds.critical": (
        "CriticalValue",
        "Fold",
        "Inflection",
        "Inflections",
        "NoCriticalValue",
        "eps_cr",
        "folds",
        "inflections",
    ),
    "bounds.certify.inequalities": ("decide_less",),
    "bounds.critical.large_delta": ("Expansion", "eps_cr_expansion", "eps_cr_limit"),
    "bounds.simulation": ("Estimate", "Simulation", "simulate"),
    "bounds.tables": ("Table", "sweep"),
    "bounds.lower": (
        "BoundedMean",
        "CertifiedBound",
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
        "printed_threshold",
        "prove_no_set_beats_two_points",
        "risk_to_mass",
        "two_point_risk",
        "window_median_risk",
    ),
    "bounds.upper": (
        "Allocation",
        "Constants",
        "Counterfeit",
        "Inequality",
        "InequalityRange",
        "Ladder",
        "SmallContamination",
        "UpperBound",
        "WorstCase",
        "best_allocation",
        "constants",
        "counterfeit",
        "delta_where",
        "helps_below",
        "ladder",
        "printed_inequalities",
        "printed_inequalities_over_delta",
        "small_contamination",
        "upper_bound",
        "worst_case",
    ),
}
_HOME_OF = {name: home for home, names in _HOMES.items() for name in names}

__all__ = sorted(_HOME_OF)


def __getattr__(name: str) -> Any:
    if name not in _HOME_OF:
        raise AttributeError(f"bounds has no {name!r}: its public names are {', '.join(__all__)}")
    value = getattr(import_module(_HOME_OF[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return __all__
