"""Power series: their coefficients are the derivatives, and hold them."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flint import arb, arb_series, ctx
from hypothesis import given, settings
from routes import ATTACKS, agree, second_quotient
from samples import attacks, offsets

import bounds.functions as functions
from bounds.certify.arithmetic.ball import BALL
from bounds.certify.arithmetic.series import SERIES
from bounds.certify.errors import BoundsError, DomainError

Function = Callable[..., arb]

DERIVATIVES = [
    ("filter_radius", 1, "filter_radius_slope"),
    ("median_shift", 1, "median_shift_slope"),
    ("median_shift", 2, "median_shift_curvature"),
    ("median_shift_slope", 1, "median_shift_curvature"),
    ("mass_estimate", 1, "mass_estimate_slope"),
    ("mass_estimate", 2, "mass_estimate_curvature"),
    ("mass_estimate_slope", 1, "mass_estimate_curvature"),
]
OF_EPS = ["filter_radius", "median_shift", "mass_estimate", "window_mass_inverse"]


def path(at: arb, order: int = 3) -> arb_series:
    """at + t + O(t^order)."""
    return arb_series([at, 1], prec=order)


@pytest.mark.heavy
@pytest.mark.parametrize(("name", "order", "derivative"), DERIVATIVES)
@settings(max_examples=15)
@given(point=attacks(most=30.0))
def test_coefficients_are_derivatives(
    name: str, order: int, derivative: str, point: tuple[arb, arb]
) -> None:
    eps, delta = point
    with ctx.workprec(500):
        series = getattr(functions, name)(path(eps, order + 1), delta)
        expected = getattr(functions, derivative)(eps, delta)
        assert (series[order] * order).overlaps(expected)  # order! is 1 or 2
        assert series[order].is_finite()
        if order == 1 and expected.rel_accuracy_bits() > 300:  # else ill-conditioned there
            agree(series[1], expected.mid())


@settings(max_examples=15)
@given(point=offsets(most=30.0))
def test_derivatives_of_the_window(point: tuple[arb, arb]) -> None:
    x, delta = point
    with ctx.workprec(500):
        slope = functions.density(x + delta) - functions.density(x - delta)
        assert functions.window_mass(path(x), delta)[1].overlaps(slope)
        assert functions.mass_deficit(path(x), delta)[1].overlaps(-slope)
        assert functions.window_mass(x, path(delta))[1].overlaps(
            functions.density(x + delta) + functions.density(x - delta)
        )
        assert functions.central_mass(path(delta))[1].overlaps(2 * functions.density(delta))


def test_second_derivative_of_the_loss() -> None:
    with ctx.workprec(400):
        for eps, delta in ATTACKS:
            series = functions.loss(path(arb(eps)), arb(delta))
            agree(2 * series[2], second_quotient(functions.loss, arb(eps), arb(delta)).mid())


def test_functions_of_one_number() -> None:
    with ctx.workprec(200):
        for t in (arb("0.3"), arb(-5)):
            assert functions.cdf(path(t))[1].overlaps(functions.density(t))
            assert functions.cdf(path(t))[2].overlaps(-t * functions.density(t) / 2)
            assert functions.density(path(t))[1].overlaps(-t * functions.density(t))
        for p in (arb("1e-20"), arb("0.5"), arb("0.9")):
            point = functions.quantile(p)
            series = functions.quantile(path(p))
            assert series[1].overlaps(1 / functions.density(point))
            assert functions.cdf(series)[1].contains(1)
            assert functions.cdf(series)[2].contains(0)


@pytest.mark.parametrize("name", OF_EPS)
def test_inverses_compose_to_the_identity(name: str) -> None:
    with ctx.workprec(300):
        series = getattr(functions, name)(path(arb("0.1"), 8), arb(2))
        if name == "filter_radius":
            back = functions.mass_deficit(series, arb(2))
        elif name == "window_mass_inverse":
            back = functions.window_mass(series, arb(2))
        else:
            return
        assert back[0].contains(arb("0.1").mid())
        assert back[1].contains(1)
        for i in range(2, 8):
            assert back[i].contains(0)
            assert back[i].rad() < 1e-60


def test_a_wide_start_holds_the_derivatives_at_its_points() -> None:
    wide = functions.filter_radius(path(arb("0.1", "1e-4")), arb(2))
    for eps in ("0.0999", "0.09995", "0.1", "0.1001"):
        slope = functions.filter_radius_slope(arb(eps), arb(2))
        assert wide[1].overlaps(slope)
        assert wide[0].overlaps(functions.filter_radius(arb(eps), arb(2)))


@pytest.mark.parametrize("name", [*OF_EPS, "filter_radius_slope", "loss", "mass_deficit"])
def test_a_series_in_delta_is_refused_where_it_is_not_followed(name: str) -> None:
    # a wrong derivative would be silent
    function = getattr(functions, name)
    for first in (arb("0.1"), path(arb("0.1"))):
        with pytest.raises(BoundsError, match="Delta"):
            function(first, path(arb(2)))


@pytest.mark.parametrize("name", [*OF_EPS, "mass_deficit", "window_mass", "loss"])
def test_no_coefficient_is_claimed_beyond_the_cap(name: str) -> None:
    function = getattr(functions, name)
    long = function(path(arb("0.1"), 14), arb(2))
    before = ctx.cap
    ctx.cap = 20
    try:
        full = function(path(arb("0.1"), 14), arb(2))
    finally:
        ctx.cap = before
    assert full.prec == 14
    for i in range(long.prec):
        assert long[i].overlaps(full[i]), i


def test_the_constant_term_is_the_value() -> None:
    for name in OF_EPS:
        function: Function = getattr(functions, name)
        point = arb("0.1"), arb(2)
        assert function(path(point[0], 1), point[1])[0].overlaps(function(*point))
        assert function(path(point[0], 4), point[1])[0].overlaps(function(*point))


def test_domains_are_those_of_the_constant_term() -> None:
    with pytest.raises(DomainError, match="eps must lie in"):
        functions.filter_radius(path(arb(2)), arb(1))
    with pytest.raises(DomainError, match="eps_max"):
        functions.loss(path(arb("0.9")), arb(2))


def test_every_primitive_along_a_curve_is_that_of_balls() -> None:
    """At a place so near that the terms left out are below all that is compared."""
    with ctx.workprec(400):
        t = arb(2) ** -20
        line, other = [arb("0.3"), arb(1), arb("-0.7")], [arb("0.4"), arb("-0.5"), arb(2)]
        near, beside = (a[0] + a[1] * t + a[2] * t * t for a in (line, other))
        x, y = (arb_series(a, prec=8) for a in (line, other))
        pairs = [
            (SERIES.root(x, 3), BALL.root(near, 3)),
            (SERIES.interval_mass(x, y), BALL.interval_mass(near, beside)),
            (SERIES.interval_mass(x, arb("0.4")), BALL.interval_mass(near, arb("0.4"))),
            (SERIES.interval_mass(arb("0.3"), y), BALL.interval_mass(arb("0.3"), beside)),
            (SERIES.central_quantile(x, 1 - x), BALL.central_quantile(near, 1 - near)),
        ]
        for name in ("exp", "expm1", "sqrt", "density", "cdf", "quantile"):
            pairs.append((getattr(SERIES, name)(x), getattr(BALL, name)(near)))
        for series, ball in pairs:
            assert series.prec == 8
            summed = sum((series[k] * t**k for k in range(8)), start=arb(0))
            assert abs(summed - ball) < arb(2) ** -145
            assert series[7] != 0


def test_balls_among_series_are_balls() -> None:
    with ctx.workprec(100):
        for name in ("exp", "expm1", "sqrt", "density", "cdf", "quantile"):
            assert getattr(SERIES, name)(arb("0.3")).overlaps(getattr(BALL, name)(arb("0.3")))
        assert SERIES.root(arb("0.3"), 3).overlaps(BALL.root(arb("0.3"), 3))
        for name in ("interval_mass", "central_quantile"):
            pair = arb("0.3"), arb("0.7")
            assert getattr(SERIES, name)(*pair).overlaps(getattr(BALL, name)(*pair))
        assert SERIES.coerce("1/3").overlaps(arb(1) / 3)
        assert SERIES.coerce(arb(2)) == 2
        assert SERIES.point(arb_series([arb(5), 1])) == 5
        assert SERIES.pi().overlaps(arb.pi())
        assert not SERIES.finite(arb_series([arb(1), arb.nan()]))
        assert not SERIES.finite(arb.pos_inf())
        assert SERIES.finite(arb_series([arb(1), arb(2)]))
