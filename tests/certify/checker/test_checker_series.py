"""Power series over intervals, against mpmath's Taylor series and at points."""

import gmpy2
import mpmath
import pytest

from bounds.certify.checker.interval import Interval
from bounds.certify.checker.precision import Precision, Work
from bounds.certify.checker.series import Series
from bounds.certify.checker.verdict import BeyondLimit

AT = Precision(128)
Q = gmpy2.mpq
ORDER = 9
POLYNOMIALS = (["1/3", "-2", "5/7"], ["1/2", "0", "0", "3"], ["-4"])


def box(low, high=None):
    return Interval.enclosing(AT, Q(low), Q(low if high is None else high))


def series(row, about=None):
    about = box(0) if about is None else about
    return Series.expansion([box(n) for n in row], about, ORDER)


def real(number):
    fraction = Q(number)
    return mpmath.mpf(int(fraction.numerator)) / int(fraction.denominator)


def value(row, t):
    return sum(real(n) * t**k for k, n in enumerate(row))


CASES = {
    "+": (lambda a, b: a + b, lambda x, y: x + y),
    "-": (lambda a, b: a - b, lambda x, y: x - y),
    "*": (lambda a, b: a * b, lambda x, y: x * y),
    "square": (lambda a, _: a.squared(), lambda x, _: x * x),
    "exp": (lambda a, _: a.exp(), lambda x, _: mpmath.exp(x)),
    "exp of a product": (lambda a, b: (a * b / 3).exp(), lambda x, y: mpmath.exp(x * y / 3)),
    "numbers": (lambda a, b: 2 - a * 3 + 1 + (-b) / 7 + 5 * b,
                lambda x, y: 3 - 3 * x - y / 7 + 5 * y),
    "constant": (lambda a, b: a * b.constant(box("2/3")), lambda x, _: x * 2 / 3),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
@pytest.mark.parametrize("place", ["0", "1/5", "-1"])
def test_coefficients_are_those_of_taylor(name, place):
    ours, theirs = CASES[name]
    for a in POLYNOMIALS:
        for b in POLYNOMIALS:
            found = ours(series(a, box(place)), series(b, box(place)))
            around = ours(series(a, box("-1", "1/5")), series(b, box("-1", "1/5")))
            with mpmath.workdps(60):
                about = real(place)
                true = mpmath.taylor(
                    lambda t, a=a, b=b: theirs(value(a, t), value(b, t)), about, ORDER
                )
                for one, wide, number in zip(found.terms, around.terms, true, strict=True):
                    near = mpmath.mpf(10) ** -25 * (1 + abs(number))
                    assert real(Q(one.lo)) <= number + near
                    assert real(Q(one.hi)) >= number - near
                    assert real(Q(one.hi)) - real(Q(one.lo)) < near
                    assert wide.lo <= one.lo
                    assert one.hi <= wide.hi


def test_sizes():
    assert series(["1/2", "-3", "2"]).size() > box("5.4999")
    assert series(["1/2", "-3", "2"]).size() < box("5.5001")
    moved = series(["1/2"]).widened(box("1/8"))
    assert all(term.hi - term.lo >= Q(1, 4) for term in moved.terms)
    both = series(["1/2", "1"]).hull(series(["-1", "3"]))
    assert (both.terms[0].lo, both.terms[0].hi) == (-1, Q(1, 2))
    assert (both.terms[1].lo, both.terms[1].hi) == (1, 3)


@pytest.mark.parametrize(
    "row",
    [["1"], ["0", "1"], ["-1", "0", "2"], ["0", "-3", "0", "4"], ["1", "0", "-8", "0", "8"],
     ["1/3", "1/4", "-1", "2"]],
)  # fmt: skip
def test_the_greatest_value_on_the_unit_interval(row):
    most = real(Q(series(row).most_on_unit_interval().hi))
    points = [mpmath.cos(mpmath.pi * k / 400) for k in range(401)]
    assert most >= max(abs(value(row, t)) for t in points) - mpmath.mpf(10) ** -12
    if row[-1] in ("1", "2", "4", "8"):  # Chebyshev's own polynomials: their greatest value is 1
        assert most < 1 + mpmath.mpf(10) ** -12 or row == ["1/3", "1/4", "-1", "2"]


def test_products_cost_work():
    at = Precision(128, Work(1000))
    one = Series([Interval.enclosing(at, Q(1), Q(1))] * 40)
    with pytest.raises(BeyondLimit):
        one * one
    with pytest.raises(BeyondLimit):
        one.exp()


def test_series_of_any_length_begin_as_the_longest_does():
    row, about = ["1/3", "-2", "5/7", "4", "1/9"], box("1/2")
    whole = Series.expansion([box(n) for n in row], about, 4)
    for order in range(4):
        short = Series.expansion([box(n) for n in row], about, order)
        assert len(short.terms) == len(short.constant(about).terms) == order + 1
        assert len((short * short.exp()).terms) == order + 1
        for a, b in zip(short.terms, whole.terms, strict=False):
            assert (a.lo, a.hi) == (b.lo, b.hi)
    one = Series([box(-3)])
    assert (one * one).terms[0].lo == 9
    assert one.most_on_unit_interval().hi == 3
