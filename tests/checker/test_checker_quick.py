"""The quick proofs of a positive criterion: never wrong at a point, and not far from the best."""

import math
import random
from fractions import Fraction

import gmpy2
import mpmath
from mpmath import coth, exp, mpf

from bounds.checker.interval import Interval
from bounds.checker.precision import Precision
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
