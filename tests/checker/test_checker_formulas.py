"""The checker's one-sided bounds are the formulas of their proofs, on both sides of where they end.

Each formula is written down anew, in mpmath. Where it stops being a proof is found to 20 digits; a
hair before that the checker says yes, and a hair after it no.
"""

import gmpy2
import mpmath
import pytest
from marks import heavy

from bounds.certify.checker.interval import Interval
from bounds.certify.checker.precision import Precision
from bounds.checker import small_delta
from bounds.checker.ends import negative_from, negative_up_to
from bounds.checker.quick import bends_little, bends_upward

AT = Precision(160)
DIGITS = 40
HAIR = mpmath.mpf(10) ** -12


def point(number):
    sign, mantissa, exponent, _ = number._mpf_
    exact = (-1) ** sign * gmpy2.mpq(mantissa) * gmpy2.mpq(2) ** exponent
    return Interval.enclosing(AT, exact, exact)


def mass(low, high):
    return mpmath.ncdf(high) - mpmath.ncdf(low)


def shift(y, delta):
    held = mass(-delta, y - delta)
    return mpmath.findroot(lambda g: mass(-g, g) - held, (y / 8, y / 2), solver="anderson")


def threshold(holds, low, high):
    """Where a condition on a number stops to hold, between one where it does and one where not."""
    low, high = mpmath.mpf(low), mpmath.mpf(high)
    assert holds(low)
    assert not holds(high)
    while high - low > HAIR * low / 100:
        middle = (low + high) / 2
        low, high = (middle, high) if holds(middle) else (low, middle)
    return low


def sharp(found, holds, low, high):
    """Whether both conditions end at the same number, to a relative 10^-12."""
    edge = threshold(holds, low, high)
    before, after = edge * (1 - HAIR), edge * (1 + HAIR)
    return found(point(before)) is not found(point(after))


@pytest.mark.parametrize("delta", ["0.5", "0.9", "1.5", "3", "8"])
def test_near_0(delta):
    with mpmath.workdps(DIGITS):
        d = mpmath.mpf(delta)

        def holds(y):
            g, v = shift(y, d), y * d
            sigma = mpmath.sinh(v) / v
            x = d * y**2 * sigma
            size = mpmath.exp(-(g**2 + y**2) / 2 - v) * (1 - x**2)
            return x < 1 and g < 1 and 2 * size / (sigma * (1 + 2 * mpmath.sinh(x * d)) ** 2) > 1

        assert sharp(lambda y: negative_up_to(y, point(d)), holds, 0.01 / d, 1 / d)


def past(x, delta):
    return x - delta * mpmath.coth(x * delta)


def q(t):
    return -mpmath.expm1(-2 * t)


@pytest.mark.parametrize(("x", "delta"), [("3", "2"), ("2.6", "2.5"), ("4.5", "3"), ("3", "2.9")])
def test_upward(x, delta):
    with mpmath.workdps(DIGITS):
        x, d = mpmath.mpf(x), mpmath.mpf(delta)

        def holds(y):
            lead = mpmath.log(q(y * d) ** 2 * past(x, d) / (8 * d))
            return lead - 2 * max(mpmath.mpf(0), x * (d - x / 2)) + y * (3 * d - y / 2) > 0

        assert sharp(lambda y: bends_upward(point(x), y, point(d)), holds, 3 * d, 7 * d)


@pytest.mark.parametrize(
    ("x", "y", "delta"), [("1", "3", "4"), ("0.6", "2", "3"), ("2", "5", "4.5"), ("0.4", "12", "4")]
)
def test_little(x, y, delta):
    with mpmath.workdps(DIGITS):
        x, y, d = (mpmath.mpf(text) for text in (x, y, delta))

        def holds(g):
            steep = 2 * mpmath.exp(-x * x / 2) * mpmath.sinh(x * d)
            most = d * mpmath.coth(x * d) / max(mpmath.mpf(1), steep) ** 2
            most += 2 * d * mpmath.exp(y * (y / 2 - 3 * d)) / q(y * d)
            weight = 2 * g * mpmath.exp((d * d - g * g) / 2)
            return g < 1 and (1 + g * g) * weight * most < (1 - g * g) ** 2

        assert sharp(lambda g: bends_little(point(x), point(y), g, point(d)), holds, 1e-9, 0.9999)


@pytest.mark.parametrize(("low", "high", "worse"), [("2", "3", "2"), ("20", "25", "25")])
def test_little_over_a_range_is_little_at_its_worse_end(low, high, worse):
    with mpmath.workdps(DIGITS):
        d, x = mpmath.mpf(4), mpmath.mpf("0.6")
        pull = max(mpmath.mpf(y) * (mpmath.mpf(y) / 2 - 3 * d) for y in (low, high))
        assert pull == mpmath.mpf(worse) * (mpmath.mpf(worse) / 2 - 3 * d)

        def holds(g):
            steep = 2 * mpmath.exp(-x * x / 2) * mpmath.sinh(x * d)
            most = d * mpmath.coth(x * d) / max(mpmath.mpf(1), steep) ** 2
            most += 2 * d * mpmath.exp(pull) / q(mpmath.mpf(low) * d)
            weight = 2 * g * mpmath.exp((d * d - g * g) / 2)
            return g < 1 and (1 + g * g) * weight * most < (1 - g * g) ** 2

        y = point(mpmath.mpf(low)).hull(point(mpmath.mpf(high)))
        assert sharp(lambda g: bends_little(point(x), y, g, point(d)), holds, 1e-30, 0.9999)


@pytest.mark.parametrize(
    ("low", "high"), [("0.05", "0.06"), ("0.3", "0.5"), ("1", "1.2"), ("3", "4")]
)
def test_small_delta_between(low, high):
    with mpmath.workdps(DIGITS):
        y, end = mpmath.mpf(low), mpmath.mpf(high)
        half = mass(0, y)
        g = mpmath.findroot(lambda t: mass(-t, t) - half, (y / 8, y / 2), solver="anderson")

        def holds(top):
            v = end * top
            seen = -mpmath.expm1(-(end**2) / 2)
            radius = 2 * top * mpmath.sinh(v) / v * seen
            first = y * mpmath.exp(-v) * (1 - radius**2)
            first /= seen * (1 + 2 * mpmath.sinh(radius * top)) ** 2
            second = mpmath.exp(y**2 / 2 - 3 * end * top) / end
            weight = (1 + g * g) * 2 * g * mpmath.exp(-g * g / 2)
            return weight * (first + second) > (1 - g * g) ** 2

        def found(top):
            return small_delta._negative(point(y), point(end), top)

        assert sharp(found, holds, 1e-6, 60)


def interval_bound(y, d):
    """K over the ranges of `negative_from` at one y and Δ, in mpmath's own intervals."""
    iv = mpmath.iv
    one_x = mpmath.findroot(
        lambda x: mass(x - d, x + d) - mass(y - d, y + d) - mpmath.npdf(d) * x,
        (d, 2 * d), solver="anderson",
    )  # fmt: skip
    last_x = mpmath.findroot(
        lambda x: mass(x - d, x + d) - mpmath.npdf(d) * x, (d, 2 * d), solver="anderson"
    )
    last_g = mpmath.findroot(lambda g: 2 * mpmath.ncdf(-g) - mpmath.ncdf(-d), (d, d + 1))
    x, g = iv.mpf([one_x, last_x]), iv.mpf([shift(y, d), last_g])
    share, end = iv.mpf([q(y * d), 1]), iv.mpf(d)
    decay = 1 - iv.exp(-2 * (x * end))
    coth = 2 / decay - 1
    steep = iv.exp(x * (end - x / 2)) * decay
    bend = share * (x - end * coth) / (1 + steep) ** 2
    pull = 2 * end * iv.exp(iv.mpf(y) * (iv.mpf(y) / 2 - 3 * end))
    square = g**2
    weight = 2 * g * iv.exp((end**2 - square) / 2)
    return ((1 - square) ** 2 + (1 + square) * weight * (bend - pull)).b


@pytest.mark.heavy
@pytest.mark.parametrize("delta", ["0.25", heavy("0.4"), heavy("0.5"), "0.8", heavy("1"), "1.2"])
def test_near_the_end(delta):
    with mpmath.workdps(DIGITS):
        mpmath.iv.dps = DIGITS
        d = mpmath.mpf(delta)

        def fails(y):
            return not (y > 3 * d and interval_bound(y, d) < 0)

        assert sharp(lambda y: negative_from(y, point(d)), fails, 3 * d, 3 * d + 5)
