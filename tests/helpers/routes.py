"""Second routes to every formula, and the checks that compare the two.

Nothing here shares a formula with `bounds`: values come from mpmath on the paper's definitions,
with so many digits that cancellation does not matter; derivatives from difference quotients of
functions that are checked themselves. A check takes the function under test, so the same check
meets the library (it must pass) and seeded errors (it must fail, see test_seeded_errors).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import mpmath
from flint import arb, ctx
from mpmath import mpf

import bounds.functions as functions
from bounds.functions.criterion import curvature_criterion_at

Function = Callable[..., Any]

BITS = 400
_STEP = arb(2) ** -60  # relative step of the difference quotients: errors of about 2⁻¹²⁰

AROUND = [
    # (x, Δ): small and large windows, near the centre, inside, at the edge and beyond
    ("1e-20", "0.05"),
    ("0.3", "0.05"),
    ("1", "0.5"),
    ("0.01", "2"),
    ("1.5", "2"),
    ("5", "2"),
    ("1e-9", "8"),
    ("7.5", "8"),
    ("0.25", "30"),
    ("31", "30"),
]

ATTACKS = [
    # (ε, Δ): inside the domain of the loss, from tiny to close to its end
    ("1e-300", "0.5"),
    ("0.02", "0.5"),
    ("1e-5", "2"),
    ("0.03", "2"),
    ("0.75", "2"),
    ("1e-16", "8"),
    ("0.9", "8"),
    ("1e-190", "30"),
]


def agree(value: arb, expected: Any, digits: int = 25) -> None:
    """Assert that a ball is narrow and equals the expected number to so many digits."""
    assert value.is_finite()
    assert value.rel_accuracy_bits() > 3 * digits
    with ctx.workprec(BITS):
        assert abs(value - arb(expected)) <= abs(arb(expected)) * arb(10) ** -digits


def balls(*numbers: Any) -> list[arb]:
    """The numbers, at the working precision."""
    return [number if isinstance(number, arb) else arb(number) for number in numbers]


def window_by_hand(x: Any, delta: Any) -> mpf:
    """f(x) = Φ(x + Δ) − Φ(x − Δ), at the working precision of mpmath."""
    x, delta = mpf(x), mpf(delta)
    return mpmath.ncdf(x + delta) - mpmath.ncdf(x - delta)


def deficit_by_hand(x: Any, delta: Any) -> mpf:
    """d(x) = f(0) − f(x), at the working precision of mpmath."""
    return window_by_hand(0, delta) - window_by_hand(x, delta)


def radius_by_hand(eps: Any, delta: Any) -> mpf:
    """l(ε): bisection for d(x) = ε, at the working precision of mpmath."""
    low, high = mpf(0), mpf(delta) + 60
    for _ in range(mpmath.mp.prec + 20):
        middle = (low + high) / 2
        low, high = (middle, high) if deficit_by_hand(middle, delta) < mpf(eps) else (low, middle)
    return low


def quotient(function: Function, at: arb, delta: arb) -> arb:
    """The symmetric difference quotient in the first argument."""
    step = at * _STEP
    return (function(at + step, delta) - function(at - step, delta)) / (2 * step)


def second_quotient(function: Function, at: arb, delta: arb) -> arb:
    """The second symmetric difference quotient in the first argument."""
    step = at * _STEP
    ends = function(at + step, delta) + function(at - step, delta)
    return (ends - 2 * function(at, delta)) / (step * step)


def check_density(density: Function) -> None:
    with ctx.workprec(BITS), mpmath.workdps(60):
        for t in ("0", "0.5", "-1", "3", "40"):
            agree(density(arb(t)), mpmath.exp(-(mpf(t) ** 2) / 2) / mpmath.sqrt(2 * mpmath.pi), 50)


def check_cdf(cdf: Function) -> None:
    with ctx.workprec(BITS), mpmath.workdps(60):
        for t in ("-40", "-3", "-0.1", "0.7", "9"):
            agree(cdf(arb(t)), mpmath.ncdf(mpf(t)), 50)


def check_quantile(quantile: Function) -> None:
    with ctx.workprec(BITS), mpmath.workdps(60):
        for p in ("1e-300", "0.025", "0.3", "0.6", "0.999"):
            agree(arb(mpmath.ncdf(mpf(quantile(arb(p))))), mpf(p), 50)


def check_window_mass(window_mass: Function) -> None:
    with ctx.workprec(BITS), mpmath.workdps(300):
        for x, delta in AROUND:
            agree(window_mass(*balls(x, delta)), window_by_hand(x, delta))


def check_central_mass(central_mass: Function) -> None:
    with ctx.workprec(BITS), mpmath.workdps(60):
        for delta in ("1e-50", "0.05", "1", "8", "30"):
            agree(central_mass(arb(delta)), mpmath.erf(mpf(delta) / mpmath.sqrt(2)))


def check_mass_deficit(mass_deficit: Function) -> None:
    with ctx.workprec(BITS), mpmath.workdps(300):
        for x, delta in AROUND:
            agree(mass_deficit(*balls(x, delta)), deficit_by_hand(x, delta))


def check_window_mass_inverse(window_mass_inverse: Function) -> None:
    with ctx.workprec(BITS), mpmath.workdps(300):
        for x, delta in AROUND[1:]:
            mass = arb(window_by_hand(x, delta))
            if 1 - mass / functions.central_mass(arb(delta)) > 1e-60:
                agree(window_mass_inverse(mass, arb(delta)), mpf(x))


def check_relative_steepness(relative_steepness: Function) -> None:
    with ctx.workprec(BITS), mpmath.workdps(300):
        for x, delta in AROUND:
            slope = mpmath.npdf(mpf(x) - mpf(delta)) - mpmath.npdf(mpf(x) + mpf(delta))
            agree(relative_steepness(*balls(x, delta)), slope / mpmath.npdf(mpf(delta)))


def check_decay(decay: Function) -> None:
    with ctx.workprec(BITS), mpmath.workdps(120):
        for t in ("1e-30", "0.5", "3", "70"):
            agree(decay(arb(t)), 1 - mpmath.exp(-mpf(t)) * mpmath.exp(-mpf(t)))


def check_coth(coth: Function) -> None:
    with ctx.workprec(BITS), mpmath.workdps(120):
        for t in ("1e-30", "0.5", "3", "70"):
            agree(coth(arb(t)), mpmath.cosh(mpf(t)) / mpmath.sinh(mpf(t)), 70)


def check_filter_radius(filter_radius: Function) -> None:
    with ctx.workprec(BITS), mpmath.workdps(600):
        for eps, delta in ATTACKS:
            radius = filter_radius(*balls(eps, delta))
            agree(arb(deficit_by_hand(radius, delta)), mpf(eps))


def check_filter_radius_slope(filter_radius_slope: Function) -> None:
    with ctx.workprec(BITS):
        for eps, delta in ATTACKS:
            at = balls(eps, delta)
            agree(filter_radius_slope(*at), quotient(functions.filter_radius, *at))


def check_median_shift(median_shift: Function) -> None:
    # the equation that defines g: 2Φ(g) = 1 + ε + Φ(l + Δ) − Φ(Δ)
    with ctx.workprec(1200), mpmath.workdps(340):
        for eps, delta in ATTACKS:
            radius = mpf(functions.filter_radius(*balls(eps, delta)))
            shift = mpf(median_shift(*balls(eps, delta)))
            mass = mpf(eps) + mpmath.ncdf(radius + mpf(delta)) - mpmath.ncdf(mpf(delta))
            agree(arb(mpmath.erf(shift / mpmath.sqrt(2))), mass)


def check_median_shift_slope(median_shift_slope: Function) -> None:
    with ctx.workprec(BITS):
        for eps, delta in ATTACKS:
            at = balls(eps, delta)
            agree(median_shift_slope(*at), quotient(functions.median_shift, *at))


def check_median_shift_curvature(median_shift_curvature: Function) -> None:
    with ctx.workprec(BITS):
        for eps, delta in ATTACKS:
            at = balls(eps, delta)
            agree(median_shift_curvature(*at), second_quotient(functions.median_shift, *at))


def check_mass_estimate(mass_estimate: Function) -> None:
    with ctx.workprec(BITS), mpmath.workdps(120):
        for eps, delta in ATTACKS:
            radius = mpf(functions.filter_radius(*balls(eps, delta)))
            expected = mpf(eps) + mpmath.npdf(mpf(delta)) * radius
            agree(mass_estimate(*balls(eps, delta)), expected)


def check_mass_estimate_slope(mass_estimate_slope: Function) -> None:
    with ctx.workprec(BITS):
        for eps, delta in ATTACKS:
            at = balls(eps, delta)
            agree(mass_estimate_slope(*at), quotient(functions.mass_estimate, *at))


def check_mass_estimate_curvature(mass_estimate_curvature: Function) -> None:
    with ctx.workprec(BITS):
        for eps, delta in ATTACKS:
            at = balls(eps, delta)
            agree(mass_estimate_curvature(*at), second_quotient(functions.mass_estimate, *at))


def check_loss(loss: Function) -> None:
    # variances 1 and g² combined in inverse proportion, at the estimated mass
    with ctx.workprec(BITS):
        for eps, delta in ATTACKS:
            at = balls(eps, delta)
            shift = functions.median_shift(functions.mass_estimate(*at), at[1])
            agree(loss(*at), 1 / (1 + 1 / (shift * shift)))


def check_curvature_criterion(curvature_criterion: Function) -> None:
    # L″/L′ · g(1 + g²)/(g′(ε̂) ε̂′), all derivatives by difference quotients
    with ctx.workprec(BITS):
        for eps, delta in ATTACKS:
            at = balls(eps, delta)
            bend = second_quotient(functions.loss, *at)
            estimate = functions.mass_estimate(*at)
            shift = functions.median_shift(estimate, at[1])
            scale = quotient(functions.median_shift, estimate, at[1])
            scale *= quotient(functions.mass_estimate, *at) * quotient(functions.loss, *at)
            agree(curvature_criterion(*at), bend * shift * (1 + shift * shift) / scale)


def check_curvature_criterion_gradient_at(gradient: Function) -> None:
    # the value and its partial derivatives, at points that lie on no curve
    with ctx.workprec(BITS):
        for x, y, g, delta in (("0.3", "0.9", "0.4", "1"), ("1e-9", "1e-4", "1e-5", "2")):
            point = balls(x, y, g, delta)
            value, scale, partials = gradient(*point)
            agree(value, curvature_criterion_at(*point))
            for i, partial in enumerate(partials):
                step = point[i] * _STEP
                up, down = list(point), list(point)
                up[i], down[i] = point[i] + step, point[i] - step
                change = curvature_criterion_at(*up) - curvature_criterion_at(*down)
                agree(partial * scale, change / (2 * step))


def printed_by_hand(eps: Any, delta: Any) -> mpf:
    """The criterion in the statement of Lemma 5, from the definitions alone."""
    eps, delta = mpf(eps), mpf(delta)
    estimate = eps + mpmath.npdf(delta) * radius_by_hand(eps, delta)

    def slope(radius: mpf) -> mpf:  # l′ = −1/f′(l)
        return 1 / (mpmath.npdf(radius - delta) - mpmath.npdf(radius + delta))

    x, y = radius_by_hand(eps, delta), radius_by_hand(estimate, delta)
    mass = estimate + mpmath.ncdf(y + delta) - mpmath.ncdf(delta)
    g = mpmath.sqrt(2) * mpmath.erfinv(mass)
    g_slope = (1 + mpmath.npdf(y + delta) * slope(y)) / (2 * mpmath.npdf(g))
    bracket = slope(x) / estimate**2 * mpmath.npdf(delta) * (
        x / delta - mpmath.coth(x * delta)
    ) - mpmath.exp(-y * delta) / mpmath.sinh(y * delta)
    return (1 - g**2) ** 2 + (1 + g**2) * g / g_slope * delta * slope(y) * bracket


def check_printed_criterion(printed_criterion: Function) -> None:
    with ctx.workprec(BITS), mpmath.workdps(60):
        for eps, delta in (("0.02", "0.5"), ("1e-5", "2"), ("0.3", "2"), ("0.01", "4")):
            agree(printed_criterion(*balls(eps, delta)), printed_by_hand(eps, delta))


CHECKS: dict[str, Callable[[Function], None]] = {
    "density": check_density,
    "cdf": check_cdf,
    "quantile": check_quantile,
    "window_mass": check_window_mass,
    "central_mass": check_central_mass,
    "mass_deficit": check_mass_deficit,
    "window_mass_inverse": check_window_mass_inverse,
    "relative_steepness": check_relative_steepness,
    "decay": check_decay,
    "coth": check_coth,
    "filter_radius": check_filter_radius,
    "filter_radius_slope": check_filter_radius_slope,
    "median_shift": check_median_shift,
    "median_shift_slope": check_median_shift_slope,
    "median_shift_curvature": check_median_shift_curvature,
    "mass_estimate": check_mass_estimate,
    "mass_estimate_slope": check_mass_estimate_slope,
    "mass_estimate_curvature": check_mass_estimate_curvature,
    "loss": check_loss,
    "curvature_criterion": check_curvature_criterion,
    "curvature_criterion_gradient_at": check_curvature_criterion_gradient_at,
    "printed_criterion": check_printed_criterion,
}
"""The check of each formula, under the name of its function."""
