"""The paper's definitions, each written once and evaluated in every arithmetic.

A table of contents: normal (φ, Φ, Φ⁻¹), window (f, ρ, d, f⁻¹), radius (l), shift (g), estimate (ε̂),
loss, criterion (derived), printed (the paper's criterion).
"""

from bounds.functions.criterion import curvature_criterion
from bounds.functions.estimate import mass_estimate, mass_estimate_curvature, mass_estimate_slope
from bounds.functions.loss import loss
from bounds.functions.normal import cdf, density, quantile
from bounds.functions.printed import printed_criterion
from bounds.functions.radius import filter_radius, filter_radius_slope
from bounds.functions.shift import median_shift, median_shift_curvature, median_shift_slope
from bounds.functions.window import central_mass, mass_deficit, window_mass, window_mass_inverse

__all__ = [
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
]
