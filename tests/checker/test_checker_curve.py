import math

import gmpy2
import mpmath
import pytest
from curve_oracle import radius_balance, shift_balance, window
from exact_values import of, real

from bounds.certify.checker import normal
from bounds.certify.checker.interval import Interval
from bounds.certify.checker.inverse import zero_of_increasing
from bounds.certify.checker.normal import normal_density
from bounds.certify.checker.precision import Precision, exact
from bounds.certify.checker.steer import steered
from bounds.certify.checker.verdict import Undecided
from bounds.checker import curve
from bounds.checker.curve import (
    most_central,
    radius,
    radius_limit,
    radius_range,
    shift,
    shift_limit,
    shift_range,
)

AT = Precision(96)
POINTS = [
    ("1/100", "1/100"),
    ("2", "1/100"),
    ("1/10", "6/5"),
    ("1", "6/5"),
    ("13/10", "6/5"),
    ("9", "6/5"),
    ("1/200", "8"),
    ("7", "8"),
    ("16", "8"),
    ("48", "8"),
    ("1/100", "40"),
    ("30", "40"),
]


def point(text):
    return Interval.enclosing(AT, gmpy2.mpq(text), gmpy2.mpq(text))


@pytest.mark.heavy
@pytest.mark.parametrize(("y", "delta"), POINTS)
def test_points_of_the_curve(y, delta):
    box = point(y).low
    with mpmath.workprec(4000):  # φ(40) is about 2⁻¹¹⁵⁵
        d = real(delta)
        for enclosure, balance in ((radius, radius_balance), (shift, shift_balance)):
            found = enclosure(box, point(delta))
            low, high = of(found.lo), of(found.hi)
            assert balance(low, of(box.lo), d) < 0 < balance(high, of(box.lo), d)
            assert high - low <= high * mpmath.mpf(2) ** -60


def test_limits():
    with mpmath.workprec(300):
        x, g = radius_limit(point("3")), shift_limit(point("3"))
        for end, sign in ((x.lo, 1), (x.hi, -1)):
            assert sign * (window(of(end), 3) - mpmath.npdf(3) * of(end)) > 0
        for end, sign in ((g.lo, 1), (g.hi, -1)):
            assert sign * (2 * mpmath.ncdf(-of(end)) - mpmath.ncdf(-3)) > 0
        assert radius(point("60"), point("3")) < x.high + 1
        assert shift(point("60"), point("3")) < g.high + 1


@pytest.mark.parametrize("y", ["1/2", "1", "3", "9"])
@pytest.mark.parametrize("delta", ["1", "5/4", "3/2"])
def test_ranges_hold_their_points(y, delta):
    box_y = point("1/2").hull(point("9"))
    box_delta = point("1").hull(point("3/2"))
    x, g = radius_range(box_y, box_delta), shift_range(box_y, box_delta)
    inner_x, inner_g = radius(point(y), point(delta)), shift(point(y), point(delta))
    assert x.lo <= inner_x.hi
    assert x.hi >= inner_x.lo
    assert g.lo <= inner_g.hi
    assert g.hi >= inner_g.lo


def test_the_widest_shift_is_where_the_window_is_central():
    y, box_delta = point("3"), point("1").hull(point("2"))
    assert shift_range(y, box_delta).hi >= shift(y, point("3/2")).lo
    assert shift(y, point("3/2")) > shift(y, point("1"))
    assert shift(y, point("3/2")) > shift(y, point("2"))


def test_density():
    with mpmath.workprec(200):
        box = normal_density(point("2"))
        assert of(box.lo) <= mpmath.npdf(2) <= of(box.hi)


def test_zeros_of_increasing_functions():
    root = zero_of_increasing(
        lambda t: (t.squared() - 2, lambda near: 2 * near), point("1"), point("2")
    )
    assert exact(root.lo) ** 2 < 2 < exact(root.hi) ** 2
    assert exact(root.hi) - exact(root.lo) < gmpy2.mpq(1, 2**70)


def test_no_zero_is_found_where_there_is_none():
    with pytest.raises(Undecided):
        zero_of_increasing(lambda t: (t + 1, lambda near: near * 0 + 1), point("1"), point("2"))


@pytest.mark.parametrize("off", [1, 7])
@pytest.mark.parametrize(("y", "delta"), POINTS)
def test_where_floats_start_the_search_does_not_matter(y, delta, off, monkeypatch):
    honest = radius(point(y), point(delta)), shift(point(y), point(delta))

    def elsewhere(_, at_first, __):
        return at_first / off

    for module in (curve, normal):
        monkeypatch.setattr(module, "steered", elsewhere)
    others = radius(point(y), point(delta)), shift(point(y), point(delta))
    for one, other in zip(honest, others, strict=True):
        assert one.lo <= other.hi
        assert other.lo <= one.hi
        assert one.hi - one.lo < one.lo * 2.0**-70


def test_floats_start_near_the_zero_or_not_at_all():
    found = steered(lambda t: (t * t - 2, 2 * t), point("1"), point("9"))
    assert abs(float(found.lo) - 2**0.5) < 1e-12
    for broken in (
        lambda t: (t / 0, 1.0),
        lambda t: (t * float("nan"), 1.0),
        lambda t: (t, 0.0),
        lambda t: (math.exp(10_000 * t), 1.0),
        lambda t: (math.log(-t), 1.0),
        lambda t: (t + 1, 1e-9),
    ):
        kept = steered(broken, point("1"), point("9"))
        assert 0 < kept.lo <= 1


@pytest.mark.parametrize(("low", "high"), [("1/8", "3/8"), ("2", "3"), ("1/4", "1")])
def test_g_over_a_range_is_least_at_one_of_its_ends(low, high):
    y, delta = point("1").hull(point("3/2")), point(low).hull(point(high))
    ends = [shift(y.low, end) for end in (delta.low, delta.high)]
    least, most = shift_range(y, delta), shift(y.high, most_central(y, delta.low, delta.high))
    assert (least.lo, least.hi) == (min(end.lo for end in ends), most.hi)
