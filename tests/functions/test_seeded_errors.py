"""Every check fails when its formula is broken: seeded errors, each one textual change."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from importlib import import_module
from types import ModuleType
from typing import Any

import pytest
from routes import CHECKS

from bounds.certify.errors import BoundsError

HOME = {
    "density": "normal",
    "cdf": "normal",
    "quantile": "normal",
    "window_mass": "window",
    "central_mass": "window",
    "mass_deficit": "window",
    "window_mass_inverse": "window",
    "relative_steepness": "window",
    "decay": "shift",
    "coth": "shift",
    "filter_radius": "radius",
    "filter_radius_slope": "radius",
    "median_shift": "shift",
    "median_shift_slope": "shift",
    "median_shift_curvature": "shift",
    "mass_estimate": "estimate",
    "mass_estimate_slope": "estimate",
    "mass_estimate_curvature": "estimate",
    "loss": "loss",
    "curvature_criterion": "criterion",
    "curvature_criterion_gradient_at": "criterion",
    "printed_criterion": "printed",
}
"""The module of each checked function."""

GRADIENT = "curvature_criterion_gradient_at"

SEEDED = [
    # (checked function, where the error is put, text, error)
    ("density", "density", "a.density(t)", "a.density(2 * t)"),
    ("density", "density", "a.density(t)", "a.density(t + 1)"),
    ("density", "density", "a.density(t)", "a.density(t) / 2"),
    ("cdf", "cdf", "a.cdf(t)", "a.cdf(-t)"),
    ("cdf", "cdf", "a.cdf(t)", "a.cdf(t) / 2"),
    ("quantile", "quantile", "a.quantile(p)", "a.quantile(1 - p)"),
    ("quantile", "quantile", "a.quantile(p)", "a.quantile(p / 2)"),
    ("window_mass", "window_mass", "x - delta", "x + delta"),
    ("window_mass", "window_mass", "2 * delta", "delta"),
    ("central_mass", "central_mass_at", "2 * delta", "delta"),
    ("central_mass", "central_mass_at", "(-delta", "(delta"),
    ("mass_deficit", "mass_deficit", "return 2 * density", "return density"),
    ("mass_deficit", "mass_deficit", "density(delta)", "density(x)"),
    ("mass_deficit", "mass_deficit", "sinh_integral(x,", "sinh_integral(2 * x,"),
    ("window_mass_inverse", "window_mass_inverse", "solve_window", "solve_deficit"),
    ("window_mass_inverse", "window_mass_inverse", "(mass, delta)", "(mass, 2 * delta)"),
    ("relative_steepness", "relative_steepness", "-2 * x * delta", "-x * delta"),
    ("relative_steepness", "relative_steepness", "x / 2", "x"),
    ("relative_steepness", "relative_steepness", "delta - x", "delta + x"),
    ("decay", "decay", "-2 * t", "-t"),
    ("decay", "decay", "-a.expm1", "a.expm1"),
    ("coth", "coth", "2 - decay", "1 - decay"),
    ("coth", "coth", "(2 - decay(t))", "2 - decay(t)"),
    ("filter_radius", "filter_radius", "solve_deficit", "solve_window"),
    ("filter_radius", "filter_radius", "t(eps, delta)", "t(eps, 2 * delta)"),
    ("filter_radius", "filter_radius", "t(eps, delta)", "t(eps / 2, delta)"),
    ("filter_radius_slope", "filter_radius_slope_at", "return 1 /", "return -1 /"),
    ("filter_radius_slope", "filter_radius_slope_at", "density(delta) * ", ""),
    ("filter_radius_slope", "filter_radius_slope_at", "(x, delta))", "(x, 2 * delta))"),
    ("median_shift", "median_shift_at", "(-delta, x)", "(delta, x)"),
    ("median_shift", "median_shift_at", "(-delta, x)", "(-delta, 2 * x)"),
    ("median_shift", "median_shift_at", "cdf(delta - x) +", "cdf(delta - x) -"),
    ("median_shift_slope", "median_shift_slope_at", "2 * density", "density"),
    ("median_shift_slope", "median_shift_slope_at", "density(g)", "density(x)"),
    ("median_shift_slope", "median_shift_slope_at", "x * delta", "2 * x * delta"),
    ("median_shift_slope", "decay", "-2 * t", "-t"),
    ("median_shift_curvature", "median_shift_curvature", "g * slope -", "g * slope +"),
    ("median_shift_curvature", "median_shift_curvature", "g * slope -", "slope -"),
    ("median_shift_curvature", "median_shift_curvature", "return slope * ", "return "),
    ("median_shift_curvature", "median_shift_curvature", "g * slope - drag", "g * slope + drag"),
    ("mass_estimate", "mass_estimate_at", "eps + density", "eps - density"),
    ("mass_estimate", "mass_estimate_at", "eps + density", "density"),
    ("mass_estimate", "mass_estimate_at", "density(delta)", "density(2 * delta)"),
    ("mass_estimate_slope", "mass_estimate_slope", "1 + 1 /", "1 - 1 /"),
    ("mass_estimate_slope", "mass_estimate_slope", "1 + 1 /", "1 /"),
    ("mass_estimate_slope", "mass_estimate_slope", "1 + 1 / ", "1 + "),
    ("mass_estimate_curvature", "mass_estimate_curvature", "(x - delta", "(x + delta"),
    ("mass_estimate_curvature", "mass_estimate_curvature", "(x - delta * ", "(x - "),
    ("mass_estimate_curvature", "mass_estimate_curvature", "/ steepness", "* steepness"),
    ("mass_estimate_curvature", "mass_estimate_curvature", "coth(x * delta)", "coth(x)"),
    ("loss", "loss_of_shift", "(1 + g * g)", "(1 + g)"),
    ("loss", "loss_of_shift", "return g * g", "return g"),
    ("loss", "loss", "solve_deficit(estimate", "solve_deficit(eps"),
    ("curvature_criterion", "curvature_criterion_at", "2 * g *", "g *"),
    ("curvature_criterion", "criterion_of_parts", "/ steep", ""),
    ("curvature_criterion", "criterion_of_parts", "1 + steepness", "steepness"),
    ("curvature_criterion", "curvature_criterion_at", "3 * delta", "2 * delta"),
    ("curvature_criterion", "criterion_of_parts", "2 * delta *", "delta *"),
    ("curvature_criterion", "criterion_of_parts", "estimate - bend", "estimate + bend"),
    ("curvature_criterion", "criterion_of_parts", "(1 + square)", "(1 - square)"),
    ("curvature_criterion", "curvature_criterion", "solve_deficit(estimate", "solve_deficit(eps"),
    (GRADIENT, "gradient_of_parts", "+ 1 / g", "- 1 / g"),
    (GRADIENT, "gradient_of_parts", "fading / share", "fading"),
    (GRADIENT, "gradient_of_parts", "1 + delta *", "delta *"),
    (GRADIENT, GRADIENT, "3 * delta", "2 * delta"),
    ("printed_criterion", "printed_criterion", "density(delta)", "density(2 * delta)"),
    ("printed_criterion", "printed_criterion", "x / delta -", "x / delta +"),
    ("printed_criterion", "printed_criterion", "- coth(x * delta)", "- coth(x)"),
    ("printed_criterion", "printed_criterion", "(1 + square)", "(1 - square)"),
]


def home(function: str) -> ModuleType:
    """The module that a checked function lives in."""
    return import_module(f"bounds.functions.{HOME[function]}")


def seed_error(module: ModuleType, function: str, text: str, error: str) -> dict[str, Any]:
    """A copy of the module's names, with `text` in one of its functions changed to `error`."""
    before = inspect.getsource(vars(module)[function])
    end_of_docstring = before.rfind('"""') + 3
    head, body = before[:end_of_docstring], before[end_of_docstring:]
    assert text in body, f"{text!r} does not occur in {function}: seed another error"
    after = head + body.replace(text, error, 1)
    source = inspect.getsource(module).replace(before, after).replace("@operation\n", "")
    namespace = dict(vars(module))
    exec(compile(source, module.__name__, "exec"), namespace)
    return namespace


@pytest.mark.heavy
@pytest.mark.parametrize("name", CHECKS)
def test_the_check_passes(name: str) -> None:
    CHECKS[name](vars(home(name))[name])


@pytest.mark.heavy
@pytest.mark.parametrize(("name", "place", "text", "error"), SEEDED)
def test_the_check_notices_an_error(name: str, place: str, text: str, error: str) -> None:
    broken: Callable[..., Any] = seed_error(home(name), place, text, error)[name]
    with pytest.raises((AssertionError, BoundsError)):
        CHECKS[name](broken)


def test_every_formula_has_two_seeded_errors() -> None:
    for name in CHECKS:
        assert sum(seeded[0] == name for seeded in SEEDED) >= 2, name
