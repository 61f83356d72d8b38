"""The checker's functions at single points, where each is one formula: quick, and to 30 digits."""

import gmpy2
import mpmath
import pytest
from exact_values import of

from bounds.certify.checker.interval import Interval
from bounds.certify.checker.precision import Precision
from bounds.checker import implicit
from bounds.checker.curve import radius, radius_limit, shift, shift_limit
from bounds.checker.family import Family, Station, slopes_along_delta, slopes_along_y
from bounds.checker.passage import _rates
from bounds.checker.root import InflectionSystem

AT = Precision(140)
X, Y, G, DELTA = "0.8125", "1.375", "0.65625", "1.25"
PLACES = [(X, Y, G, DELTA), ("2.5", "3.75", "1.5", "2.0"), ("0.25", "0.5", "0.1875", "3.5")]


def point(text):
    return Interval.enclosing(AT, gmpy2.mpq(text), gmpy2.mpq(text))


def same(box, value):
    """Whether an enclosure holds a value, and is that narrow."""
    slack = (abs(value) + mpmath.mpf(10) ** -30) * mpmath.mpf(10) ** -30
    return of(box.lo) - slack <= value <= of(box.hi) + slack and of(box.hi) - of(box.lo) <= slack


@pytest.fixture(autouse=True)
def _digits():
    with mpmath.workdps(60):
        yield


def s(t, d):
    return 2 * mpmath.exp(-t * t / 2) * mpmath.sinh(t * d)


def mass(low, high):
    return mpmath.ncdf(high) - mpmath.ncdf(low)


def area(t, d):
    return mpmath.quad(lambda w: mpmath.exp(-w * w / 2) * mpmath.sinh(w * d), [0, t])


def k(x, y, g, d):
    """The criterion, as the docstring of `criterion` has it."""
    w = 2 * g * mpmath.npdf(g) / mpmath.npdf(d)
    q = -mpmath.expm1(-2 * y * d)
    bracket = q * (x - d * mpmath.coth(x * d)) / (1 + s(x, d)) ** 2
    bracket -= 2 * d * mpmath.exp(y * y / 2 - 3 * y * d) / q
    return (1 - g * g) ** 2 + (1 + g * g) * w * bracket


@pytest.mark.parametrize("place", PLACES)
def test_slopes_of_the_curve(place):
    x, y, g, d = (mpmath.mpf(text) for text in place)
    boxes = [point(text) for text in place]
    x_slope, g_slope = slopes_along_y(*boxes)
    assert same(x_slope, s(y, d) / (1 + s(x, d)))
    assert same(g_slope, mpmath.npdf(y - d) / (2 * mpmath.npdf(g)))
    x_drift, g_drift = slopes_along_delta(*boxes)
    ends = [x * t * mpmath.coth(t * d) / (1 + s(x, d)) for t in (x, y)]
    assert same(x_drift.low, ends[0])
    assert same(x_drift.high, ends[1])
    assert same(g_drift, (mpmath.npdf(d) - mpmath.npdf(y - d)) / (2 * mpmath.npdf(g)))


@pytest.mark.heavy
@pytest.mark.parametrize("place", PLACES)
def test_residual_jacobian_and_slope_of_the_system(place):
    values, boxes = [mpmath.mpf(text) for text in place], [point(text) for text in place]
    (x, y, g, d), system = values, InflectionSystem(boxes[-1])
    unit = mpmath.npdf(d)

    def sides(x, y, g):
        estimate = x + 2 * area(x, d) - 2 * area(y, d)
        return [estimate, (mass(-g, g) - mass(-d, y - d)) / unit, k(x, y, g, d)]

    found = system.residual(boxes[:3])
    assert all(same(box, value) for box, value in zip(found, sides(x, y, g), strict=True))
    rows = system.jacobian(boxes[:3])
    wanted = [
        [1 + s(x, d), -s(y, d), 0],
        [0, -mpmath.npdf(y - d) / unit, 2 * mpmath.npdf(g) / unit],
    ]
    for row, values in zip(rows, wanted, strict=False):
        assert all(same(box, mpmath.mpf(value)) for box, value in zip(row, values, strict=True))
    by_x, by_y, by_g = (
        mpmath.diff(lambda *p: k(*p, d), (x, y, g), order)
        for order in ((1, 0, 0), (0, 1, 0), (0, 0, 1))
    )
    close = mpmath.mpf(10) ** -15
    for box, value in zip(rows[2], (by_x, by_y, by_g), strict=True):
        assert abs(of(box.lo) - value) < close * (1 + abs(value))
    along = by_x * s(y, d) / (1 + s(x, d)) + by_y + by_g * mpmath.npdf(y - d) / (2 * mpmath.npdf(g))
    assert abs(of(system.slope_along_curve(boxes[:3]).lo) - along) < close * (1 + abs(along))


def curve(y, d):
    """(x, g) of the curve at y, where φ(Δ)x = f(x) − f(y)."""
    seen, held = mass(y - d, y + d), mass(-d, y - d)
    x = mpmath.findroot(
        lambda x: mass(x - d, x + d) - seen - mpmath.npdf(d) * x, (y / 4, y), solver="anderson"
    )
    return x, mpmath.findroot(lambda g: mass(-g, g) - held, (y / 8, y / 2), solver="anderson")


@pytest.mark.parametrize(
    ("y", "delta"), [("0.5", "1.25"), ("2.5", "1.25"), ("1.5", "3"), ("5", "3")]
)
def test_the_curve(y, delta):
    x, g = curve(mpmath.mpf(y), mpmath.mpf(delta))
    assert same(radius(point(y), point(delta)), x)
    assert same(shift(point(y), point(delta)), g)


@pytest.mark.parametrize("delta", ["0.25", "1.25", "4"])
def test_the_end_of_the_curve(delta):
    d = mpmath.mpf(delta)
    found = radius_limit(point(delta))
    x = mpmath.findroot(
        lambda x: mass(x - d, x + d) / mpmath.npdf(d) - x, (d / 9, 2 * d), solver="anderson"
    )
    assert same(found, x)
    g = mpmath.findroot(
        lambda g: 2 * mpmath.ncdf(-g) / mpmath.ncdf(-d) - 1, (d, d + 1), solver="anderson"
    )
    assert same(shift_limit(point(delta)), g)


@pytest.mark.parametrize(
    ("eps", "delta"), [("0.001", "1.5"), ("0.25", "1.5"), ("0.7", "1.5"), ("0.9", "3")]
)
def test_functions_of_eps(eps, delta):
    e, d = mpmath.mpf(eps), mpmath.mpf(delta)
    rho, at = mass(-d, d), point(delta)

    def radius_at(e):
        return mpmath.findroot(
            lambda x: rho - mass(x - d, x + d) - e, (d / 50, d + 5), solver="anderson"
        )

    def shift_at(e):
        y = radius_at(e)
        held = mass(-d, y - d)
        return mpmath.findroot(lambda g: mass(-g, g) - held, (y / 8, y / 2), solver="anderson")

    x = radius_at(e)
    estimate = e + mpmath.npdf(d) * x
    assert same(implicit.filter_radius(point(eps), at), x)
    assert same(implicit.median_shift(point(eps), at), shift_at(e))
    assert same(implicit.mass_estimate(point(eps), at), estimate)
    if estimate < rho:
        square = shift_at(estimate) ** 2
        assert same(implicit.loss(point(eps), at), square / (1 + square))


@pytest.mark.parametrize(("y", "delta"), [("0.75", "1.25"), ("2.5", "1.25"), ("2", "3")])
def test_rates_of_the_criterion(y, delta):
    """Along the curve twice, and in Δ at fixed y: at a point these are numbers."""
    at, d = mpmath.mpf(y), mpmath.mpf(delta)
    x, g = curve(at, d)

    def moved(t, d):
        return k(*curve(t, d)[:1], t, curve(t, d)[1], d)

    step = mpmath.mpf(10) ** -12
    first = (moved(at + step, d) - moved(at - step, d)) / (2 * step)
    bend = (moved(at + step, d) - 2 * moved(at, d) + moved(at - step, d)) / step**2
    drift = (moved(at, d + step) - moved(at, d - step)) / (2 * step)
    bends, drifts = _rates(point(y), point(delta))
    near = mpmath.mpf(10) ** -15
    assert abs(of(bends.middle.lo) - bend) < near * (1 + abs(bend))
    assert of(drifts.lo) <= drift + near
    assert of(drifts.hi) >= drift - near
    thin = Family(point(delta), wide=False)
    boxes = [_around(value) for value in (x, at, g)]
    value, slope, still = thin._expand(*boxes)
    assert still == 0
    assert abs(of(value.middle.lo) - moved(at, d)) < near
    assert abs(of(slope.middle.lo) - first) < near * (1 + abs(first))
    wide = Family(_around(d), wide=True)
    value, slope, drifting = wide._expand(*boxes)
    assert abs(of(value.middle.lo) - moved(at, d)) < near
    assert abs(of(slope.middle.lo) - first) < near * (1 + abs(first))
    most = of(wide.delta.hi) - of(wide.delta.lo)
    assert of(drifting.lo) < 0 < of(drifting.hi)
    assert of(drifting.hi) - of(drifting.lo) > abs(drift) * most * mpmath.mpf("0.9")


def _around(value):
    """A narrow interval around a number."""
    sign, mantissa, exponent, _ = value._mpf_
    middle = (-1) ** sign * gmpy2.mpq(mantissa) * gmpy2.mpq(2) ** exponent
    return Interval.enclosing(AT, middle - gmpy2.mpq(1, 2**110), middle + gmpy2.mpq(1, 2**110))


def station(value):
    """A place at which x, g and K are told."""
    place = Station(point("1"), point("2"))
    place.x, place.g, place.value = point("1"), point("0.5"), point(value)
    return place


@pytest.mark.parametrize("slope", ["0.5", "-0.5"])
def test_a_mark_is_shown_only_for_its_own_sign(monkeypatch, slope):
    """K = value, and K_y = slope: what is told of either is told of that one alone."""
    family = Family(point("2"), wide=False)
    here = station("3")
    monkeypatch.setattr("bounds.checker.family.bends_upward", lambda *_: False)
    monkeypatch.setattr("bounds.checker.family.bends_little", lambda *_: False)
    monkeypatch.setattr(family, "_expand", lambda *_: (point("3"), point(slope), 0))
    shown = {mark for mark in ("+", "-", "/", "\\") if family.shows(mark, here, here)}
    assert shown == {"+", "/" if slope == "0.5" else "\\"}
    monkeypatch.setattr("bounds.checker.family.bends_upward", lambda *_: True)
    there = station("-3")
    monkeypatch.setattr(family, "_expand", lambda *_: (point("-3"), point(slope), 0))
    assert family.shows("-", there, there)
    assert family.shows("+", there, there)  # by the quick proof, which is believed
    monkeypatch.setattr(family, "_expand", lambda *_: (point("3"), point(slope), 0))
    assert not family.shows("-", here, here)
    assert not family.shows("/" if slope == "-0.5" else "\\", here, here)
