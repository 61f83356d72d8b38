import gmpy2
import mpmath
import pytest
from exact_values import of, real
from marks import heavy

from bounds.certify.checker.interval import Interval
from bounds.certify.checker.normal import two_tails
from bounds.certify.checker.precision import Precision
from bounds.certify.checker.verdict import Undecided
from bounds.checker.masses import (
    deficit,
    missed_mass,
    shifted_mass,
    sinh_integral,
    window,
)

AT = Precision(96)
POINTS = [
    (x, delta)
    for delta in ("1/100", "1/2", "6/5", "3", "8", "40")
    for x in ("1/1000", "1/10", "1", "5", "39", "41", "100")
]


def point(text):
    return Interval.enclosing(AT, gmpy2.mpq(text), gmpy2.mpq(text))


def span(low, high):
    return Interval.enclosing(AT, gmpy2.mpq(low), gmpy2.mpq(high))


def assert_encloses(box, truth, bits=60):
    assert of(box.lo) <= truth <= of(box.hi)
    assert of(box.hi) - of(box.lo) <= abs(truth) * mpmath.mpf(2) ** -bits


def tails(t):
    return mpmath.erfc(t / mpmath.sqrt(2))


@pytest.mark.parametrize(
    ("x", "delta"), [pair if number % 2 else heavy(*pair) for number, pair in enumerate(POINTS)]
)
def test_masses_to_full_relative_accuracy(x, delta):
    with mpmath.workprec(4000):
        t, d = real(x), real(delta)
        near, far, beyond, own = tails(d - t), tails(d + t), tails(d), tails(t - d)
        lost = near / 2 + far / 2 - beyond
        assert_encloses(two_tails(point(x)), tails(t))
        assert_encloses(deficit(point(x), point(delta)), lost)
        unit = mpmath.sqrt(mpmath.pi / 2) * mpmath.exp(d * d / 2)
        assert_encloses(sinh_integral(point(x), point(delta)), unit * lost)
        assert_encloses(window(point(x), point(delta)), (own - far) / 2)
        assert_encloses(shifted_mass(point(x), point(delta)), (near - beyond) / 2)
        assert_encloses(missed_mass(point(x), point(delta)), (own + beyond) / 2)


def test_the_integral_is_the_integral():
    with mpmath.workprec(200):
        truth = mpmath.quad(
            lambda t: mpmath.exp(-t * t / 2) * mpmath.sinh(mpmath.mpf(6) / 5 * t), [0, 2]
        )
        box = sinh_integral(point("2"), point("6/5"))
        assert abs(of(box.lo) - truth) < mpmath.mpf(2) ** -80


@pytest.mark.parametrize("share", [0, 0.3, 1])
@pytest.mark.parametrize("part", [0, 0.6, 1])
def test_boxes_hold_their_points(share, part):
    with mpmath.workprec(300):
        t, d = 1 + share, mpmath.mpf(2) + part / 2
        lost = tails(d - t) / 2 + tails(d + t) / 2 - tails(d)
        unit = mpmath.sqrt(mpmath.pi / 2) * mpmath.exp(d * d / 2)
        x, delta = span("1", "2"), span("2", "5/2")
        tiny = mpmath.mpf(2) ** -200
        for box, truth in (
            (sinh_integral(x, delta), unit * lost),
            (window(x, delta), (tails(t - d) - tails(t + d)) / 2),
        ):
            assert of(box.lo) <= truth + tiny
            assert of(box.hi) >= truth - tiny


def test_absurdly_small_numbers_are_undecided():
    with pytest.raises(Undecided):
        deficit(Interval.power_of_two(AT, -5000), point("1"))
