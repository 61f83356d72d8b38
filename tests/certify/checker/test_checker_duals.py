from fractions import Fraction

import gmpy2
import mpmath
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bounds.certify.checker.dual import Dual
from bounds.certify.checker.interval import Interval
from bounds.certify.checker.precision import Precision, exact

AT = Precision(80)


def point(number):
    number = gmpy2.mpq(Fraction(number))
    return Interval.enclosing(AT, number, number)


def variables(*numbers):
    """Duals for independent variables, one direction each."""
    unit = [[point(int(i == j)) for j in range(len(numbers))] for i in range(len(numbers))]
    return [Dual(point(n), *slopes) for n, slopes in zip(numbers, unit, strict=True)]


def holds(box, number):
    return exact(box.lo) <= number <= exact(box.hi)


positive = st.fractions(min_value=Fraction(1, 10), max_value=10, max_denominator=1000)


@pytest.mark.heavy
@given(positive, positive)
def test_rational_functions_have_exact_derivatives(a, b):
    x, y = variables(a, b)
    result = (x * x * y - 3 * x / y + (1 - y).squared() + 2 / x - y / 4) * (-x)
    inner = a * a * b - 3 * a / b + (1 - b) ** 2 + 2 / a - b / 4
    along_a = (2 * a * b - 3 / b - 2 / a**2) * -a - inner
    along_b = (a * a + 3 * a / b**2 - 2 * (1 - b) - Fraction(1, 4)) * -a
    assert holds(result.value, inner * -a)
    assert holds(result.slopes[0], along_a)
    assert holds(result.slopes[1], along_b)


@pytest.mark.heavy
@given(positive)
def test_exponentials(a):
    (x,) = variables(a)
    with mpmath.workprec(200):
        t = mpmath.mpf(a.numerator) / a.denominator
        for result, slope in (
            ((x.squared() / 8).exp(), t / 4 * mpmath.exp(t * t / 8)),
            ((-2 * x).expm1(), -2 * mpmath.exp(-2 * t)),
        ):
            low, high = (mpmath.mpf(str(end)) for end in (result.slopes[0].lo, result.slopes[0].hi))
            assert abs(low - slope) < abs(slope) * mpmath.mpf(2) ** -60
            assert abs(high - slope) < abs(slope) * mpmath.mpf(2) ** -60


def test_constants_have_no_slopes():
    constant = Dual(point(3))
    (x,) = variables(2)
    assert constant.squared().slopes == ()
    assert (-constant + 1).expm1().slopes == ()
    assert (constant * constant).slopes == ()
    assert holds((constant * x).slopes[0], 3)
    assert holds((x * constant).slopes[0], 3)
    assert holds((constant - x).slopes[0], -1)
    assert holds((x - constant).slopes[0], 1)


def test_directions_must_agree():
    (one,) = variables(1)
    pair = variables(1, 2)[0]
    with pytest.raises(ValueError, match="zip"):
        one * pair
    with pytest.raises(ValueError, match="zip"):
        one + pair
