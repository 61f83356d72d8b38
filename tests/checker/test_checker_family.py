import gmpy2
import mpmath
import pytest
from curve_oracle import radius as true_radius
from curve_oracle import shift as true_shift
from exact_values import of
from marks import heavy

from bounds.certify.checker.interval import Interval
from bounds.certify.checker.precision import Precision
from bounds.checker.curve import radius, radius_range, shift, shift_range
from bounds.checker.ends import negative_from, negative_up_to
from bounds.checker.family import Family, slopes_along_delta, slopes_along_y
from bounds.checker.quick import bends_little, bends_upward

AT = Precision(96)


def point(text):
    return Interval.enclosing(AT, gmpy2.mpq(text), gmpy2.mpq(text))


def span(low, high):
    return Interval.enclosing(AT, gmpy2.mpq(low), gmpy2.mpq(high))


def family(low, high=None):
    return Family(span(low, high or low), wide=high is not None)


def value(curves, y):
    return curves.station(point(y).low).value


@pytest.mark.heavy
@pytest.mark.parametrize(
    ("y", "delta"), [("1/2", "3/2"), heavy("2", "3/2"), heavy("4", "3/2"), ("1/8", "4")]
)
def test_slopes_of_the_curve_are_difference_quotients(y, delta):
    v, d = point(y), point(delta)
    x, g = radius(v, d), shift(v, d)
    with mpmath.workprec(180):
        step = mpmath.mpf(2) ** -60
        for found, move in (
            (slopes_along_y(x, v, g, d), (step, 0)),
            (slopes_along_delta(x, v, g, d), (0, step)),
        ):
            for slope, truth in zip(found, (true_radius, true_shift), strict=True):
                ahead = truth(of(v.lo) + move[0], of(d.lo) + move[1])
                behind = truth(of(v.lo) - move[0], of(d.lo) - move[1])
                quotient = (ahead - behind) / (2 * step)
                assert of(slope.lo) - step < quotient < of(slope.hi) + step


def test_marks_hold_where_the_function_has_them():
    curves = family("3/2")
    left, right = curves.station(point("1/2")), curves.station(point("33/64"))
    assert right.value > left.value
    assert curves.shows("/", left, right)
    for mark in "\\-+":
        assert not curves.shows(mark, left, right)
    low, high = curves.station(point("1/3")), curves.station(point("3/8"))
    assert low.value < 0
    assert high.value < 0
    assert curves.shows("-", low, high)
    assert not curves.shows("+", low, high)


def test_a_wide_family_shows_what_all_its_curves_show():
    wide = family("149/100", "3/2")
    for low, high, mark in (("1/3", "3/8", "-"), ("1", "9/8", "+"), ("1/2", "65/128", "/")):
        ends = [wide.station(point(end)) for end in (low, high)]
        assert wide.shows(mark, *ends)
        for delta in ("149/100", "1495/1000", "3/2"):
            thin = family(delta)
            assert thin.shows(mark, *[thin.station(point(end)) for end in (low, high)])


def test_a_family_that_changes_its_sign_shows_none():
    wide = family("1/2", "2")
    ends = [wide.station(point(end)) for end in ("1/2", "17/32")]
    assert value(family("1/2"), "1/2") < 0
    assert value(family("2"), "1/2") > 0
    assert not wide.shows("-", *ends)
    assert not wide.shows("+", *ends)


def test_halves_cover_the_family():
    wide = family("1", "2")
    low, high = wide.halves
    assert (low.delta.lo, high.delta.hi) == (wide.delta.lo, wide.delta.hi)
    assert low.delta.hi == high.delta.lo


def test_stations_are_kept():
    curves = family("3")
    assert curves.station(point("1")) is curves.station(point("1"))


@pytest.mark.parametrize(("low", "high", "delta"), [("5", "6", "3"), ("9", "20", "8")])
def test_upward_bends_are_positive(low, high, delta):
    y, d = span(low, high), point(delta)
    assert bends_upward(radius_range(y, d), y, d)
    assert value(family(delta), low) > 0
    assert value(family(delta), high) > 0


def test_little_bends_are_positive():
    y, d = span("1", "3/2"), point("20")
    assert bends_little(radius_range(y, d), y, shift_range(y, d), d)
    assert value(family("20"), "5/4") > 0


def test_quick_proofs_fail_where_the_criterion_is_negative():
    for text in ("1/100", "130"):
        y, d = point(text), point("20")
        assert value(family("20"), text) < 0
        assert not bends_upward(radius_range(y, d), y, d)
        assert not bends_little(radius_range(y, d), y, shift_range(y, d), d)


@pytest.mark.parametrize("delta", ["1/2", "6/5", "3", "20"])
def test_ends_are_negative(delta):
    curves = family(delta)
    start = {"1/2": "2/5", "6/5": "1/5", "3": "1/20", "20": "1/100"}[delta]
    end = {"1/2": "4", "6/5": "8", "3": "19", "20": "121"}[delta]
    assert negative_up_to(point(start), curves.delta)
    assert negative_from(point(end), curves.delta)
    for share in (1, 2, 10, 100, 1000):
        assert value(curves, f"{gmpy2.mpq(start) / share}") < 0
        assert value(curves, f"{gmpy2.mpq(end) * (1 + gmpy2.mpq(share, 200))}") < 0


@pytest.mark.parametrize("y", ["1/4", "1", "8"])
def test_ends_are_not_proved_where_the_criterion_is_positive(y):
    delta = point("3")
    assert value(family("3"), "1") > 0
    if y != "1/4":
        assert not negative_up_to(point(y), delta)
    assert not negative_from(point(y), delta)


def test_the_factor_of_the_radius_counts_near_0():
    """At Δ = 0.3, y = 0.7 the inequality reads 0.977 > 1; with 1 + x̄² it would read 1.021 > 1."""
    assert negative_up_to(point("3/5"), point("3/10"))
    assert not negative_up_to(point("7/10"), point("3/10"))
