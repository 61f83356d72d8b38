"""The quick proofs of a positive criterion: never wrong at a point, and not far from the best."""

import itertools
import math
import random
from fractions import Fraction

import gmpy2
import mpmath
import pytest
from mpmath import coth, exp, mpf

from bounds.certify.checker.interval import Interval
from bounds.certify.checker.precision import Precision
from bounds.checker.quick import bends_little, bends_upward

AT = Precision(128)


def interval(value):
    exact = gmpy2.mpq(Fraction(value))
    return Interval.enclosing(AT, exact, exact)


def parts(x, y, g, delta):
    """The bends of the estimate and of the shift, and W, as the docstring of the criterion says."""
    x, y, g, delta = map(mpf, (x, y, g, delta))
    share, steep = 1 - exp(-2 * y * delta), 2 * exp(-x * x / 2) * mpmath.sinh(x * delta)
    first = share * (x - delta * coth(x * delta)) / (1 + steep) ** 2
    second = 2 * delta * exp(y * y / 2 - 3 * y * delta) / share
    return first, second, 2 * g * exp((delta * delta - g * g) / 2)


def points(count):
    rng = random.Random(7)
    for _ in range(count):
        delta = math.exp(rng.uniform(math.log(0.3), math.log(12)))
        x = delta * rng.uniform(0.05, 3)
        yield x, x + rng.uniform(0, 2) * delta, 10 ** rng.uniform(-8, 0.2), delta


def test_bends_upward():
    proved = 0
    with mpmath.workdps(40):
        for x, y, g, delta in points(1500):
            first, second, _ = parts(x, y, g, delta)
            told = bends_upward(*map(interval, (x, y, delta)))
            assert first > second or not told
            if first > 5 * second:  # what is lost: (1 + s)² ≤ 4 max(1, r)²
                assert told
            proved += told
    assert 100 < proved < 1400


@pytest.mark.heavy
def test_bends_little():
    proved = 0
    with mpmath.workdps(40):
        for x, y, g, delta in points(1500):
            first, second, weight = parts(x, y, g, delta)
            room = (1 - mpf(g) ** 2) ** 2 / ((1 + mpf(g) ** 2) * weight)
            told = bends_little(*map(interval, (x, y, g, delta)))
            if told:
                assert g < 1
                assert second - first < room
            ceiling = delta * coth(mpf(x) * delta)
            if g < 1 and ceiling + second < room:
                assert told
            proved += told
    assert 100 < proved < 1400


def box(value, width):
    return Interval.enclosing(AT, gmpy2.mpq(Fraction(value)), gmpy2.mpq(Fraction(value + width)))


@pytest.mark.heavy
def test_on_boxes_they_hold_at_every_corner():
    """Boxes as wide as the bounds allow: the worse end of each is the one that counts."""
    rng = random.Random(8)
    proved = [0, 0]
    with mpmath.workdps(40):
        for x, y, g, delta in points(3000):
            widths = [end * 10 ** rng.uniform(-3, -0.3) for end in (x, y, g)]
            sides = [box(end, width) for end, width in zip((x, y, g), widths, strict=True)]
            at = interval(delta)
            up = bends_upward(*sides[:2], at)
            little = bends_little(*sides, at)
            proved[0] += up
            proved[1] += little
            if not (up or little):
                continue
            for corner in itertools.product(*zip((0, 0, 0), widths, strict=True)):
                place = [end + step for end, step in zip((x, y, g), corner, strict=True)]
                first, second, weight = parts(*place, delta)
                assert first > second or not up
                square = mpf(place[2]) ** 2
                assert (second - first) * (1 + square) * weight < (1 - square) ** 2 or not little
    assert min(proved) > 100


@pytest.mark.heavy
def test_bends_little_takes_the_worse_end_of_y():
    """The bound that it compares, over a range of y, by another route: g next to where it ends."""
    rng = random.Random(9)
    with mpmath.workdps(40):
        for x, y, _, delta in itertools.islice(points(10**6), 300):
            x, y = min(x, delta / 4), min(y, delta / 2)
            high = y * (1 + 10 ** rng.uniform(-2, 0))
            steep = max(1, 2 * exp(-(mpf(x) ** 2) / 2) * mpmath.sinh(mpf(x) * delta))
            ends = [mpf(end) * (mpf(end) / 2 - 3 * mpf(delta)) for end in (y, high)]
            most = delta * coth(mpf(x) * delta) / steep**2
            most += 2 * delta * exp(max(ends)) / (1 - exp(-2 * mpf(y) * delta))

            def share(g, most=most, delta=delta):
                weight = 2 * g * exp((mpf(delta) ** 2 - g * g) / 2)
                return mpmath.log((1 + g * g) * weight * most / (1 - g * g) ** 2)

            edge = mpmath.findroot(
                share, (mpf(10) ** -40, mpf("0.999")), solver="anderson", tol=1e-12
            )
            place = interval(x), box(y, high - y)
            for factor, expected in (("0.99999", True), ("1.00001", False)):
                g = interval(Fraction(mpmath.nstr(edge * mpf(factor), 30)))
                assert bends_little(*place, g, interval(delta)) is expected
