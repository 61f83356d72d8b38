"""Intervals, searches and comparisons of the checker at their edges: each side by itself."""

from fractions import Fraction

import gmpy2
import mpmath
import pytest

from bounds.certify.checker.interval import Interval
from bounds.certify.checker.inverse import zero_of_increasing
from bounds.certify.checker.normal import cdf
from bounds.certify.checker.precision import Precision, Work, exact
from bounds.certify.checker.reading import ends, require_cover
from bounds.certify.checker.verdict import BeyondLimit, Rejected, Undecided

AT = Precision(60)


def box(low, high):
    return Interval.enclosing(AT, gmpy2.mpq(Fraction(low)), gmpy2.mpq(Fraction(high)))


def test_within_asks_for_both_sides():
    assert box(2, 3).within(2, 3)
    assert not box(1, 3).within(2, 3)
    assert not box(2, 4).within(2, 3)
    assert not box(1, 4).within(2, 3)


def test_strictly_within_is_strict_on_both_sides():
    assert box(2, 3).strictly_within(1, 4)
    assert not box(2, 3).strictly_within(2, 4)
    assert not box(2, 3).strictly_within(1, 3)
    assert not box(0, 3).strictly_within(1, 4)
    assert not box(2, 5).strictly_within(1, 4)


def test_equal_ends_prove_no_order():
    assert not box(1, 2) < box(2, 3)
    assert not box(2, 3) > box(1, 2)
    assert not box(2, 3) > 2
    assert box(2, 3) > 1


@pytest.mark.parametrize("a", [(-3, -2), (-2, 0), (-2, 5), (0, 3), (2, 5)])
@pytest.mark.parametrize("b", [(-7, -2), (-2, 5), (-1, 0), (0, 4), (2, 7)])
def test_products_and_quotients_are_the_ranges_at_every_sign(a, b):
    products = [Fraction(p * q) for p in a for q in b]
    found = box(*a) * box(*b)
    assert (exact(found.lo), exact(found.hi)) == (min(products), max(products))
    if b[0] <= 0 <= b[1]:
        with pytest.raises(Undecided, match="denominator"):
            box(*a) / box(*b)
        return
    ratios = [Fraction(p, q) for p in a for q in b]
    found = box(*a) / box(*b)
    near = Fraction(1, 2**50)
    assert min(ratios) - near < exact(found.lo) <= min(ratios)
    assert max(ratios) <= exact(found.hi) < max(ratios) + near


@pytest.mark.parametrize("sides", [(0, 1), (-1, 0), (-1, 1), (-2048, 1024), (1024, 3072)])
def test_the_complement_of_erf_falls_as_steeply_as_it_does(sides):
    scaled = [Fraction(end, 1024) for end in sides]
    found = box(*scaled).erfc()
    with mpmath.workprec(200):
        low, high = (mpmath.erfc(mpmath.mpf(end) / 1024) for end in sides)
        least, most = (
            mpmath.mpf(int(e.numerator)) / int(e.denominator)
            for e in map(exact, (found.lo, found.hi))
        )
        assert least <= high
        assert most >= low


def test_at_the_ends_of_domains():
    assert box(0, 4).sqrt().within(0, 2)
    for outside in (box(-1, 4).sqrt, box(0, 1).log, box(-1, 1).log):
        with pytest.raises(Undecided):
            outside()


@pytest.mark.parametrize("value", [1, -1])
def test_a_zero_lies_between_both_ends_of_its_vicinity(value):
    """F rises by 2^-200 at least, and is too far from 0 for a zero near the place that is tried."""
    flat = Interval.power_of_two(AT, -200).hull(Interval.power_of_two(AT, 0))

    def function(_):
        constant = Interval.power_of_two(AT, -70) * value
        return constant, lambda near: flat if near.lo < near.hi else flat.high

    with pytest.raises(Undecided, match="not isolated"):
        zero_of_increasing(function, box(1, 1), box(2, 2))


def test_integers_are_exact_or_refused():
    assert Precision(3).integer(7) == 7
    with pytest.raises(ValueError, match="does not fit"):
        Precision(3).integer(9)


def test_work_is_taken_before_an_operation():
    work = Work(100)
    work.spend(60)
    work.spend(40)
    with pytest.raises(BeyondLimit):
        work.spend(1)
    at = Precision(64, Work(0))
    assert at.finer(10).work is at.work
    for spends in (Interval.enclosing(at, 1, 2).exp, Interval.enclosing(at, 1, 2).erf):
        with pytest.raises(BeyondLimit):
            spends()


@pytest.mark.parametrize(
    "parts",
    [[], [(0, 1)], [(1, 3)], [(0, 1), (2, 3)], [(0, 2), (1, 3)], [(0, 1), (1, 2), (2, 4)],
     [(-1, 1), (1, 3)]],
)  # fmt: skip
def test_parts_that_are_not_the_whole(parts):
    require_cover("parts", (0, 3), [(0, 1), (1, 3)])
    with pytest.raises(Rejected):
        require_cover("parts", (0, 3), parts)


def test_ends_are_in_order():
    assert ends(["1", "2"]) == (1, 2)
    assert ends(["2", "2"]) == (2, 2)
    with pytest.raises(Rejected, match="order"):
        ends(["2", "1"])


PLACES = [gmpy2.mpq(n, 2) for n in (-4, -2, -1, 0, 1, 2, 4)]
RANGES = [(low, high) for low in PLACES for high in PLACES if low <= high]


def test_products_and_quotients_of_ranges_are_those_of_their_corners():
    """All signs, with ends at 0, below 1 and above."""
    at = Precision(64)
    spans = [Interval.enclosing(at, *ends) for ends in RANGES]
    for (a, b), left in zip(RANGES, spans, strict=True):
        assert (left.middle.lo, left.middle.hi) == ((a + b) / 2, (a + b) / 2)
        for (c, d), right in zip(RANGES, spans, strict=True):
            corners = [p * q for p in (a, b) for q in (c, d)]
            product = left * right
            assert (product.lo, product.hi) == (min(corners), max(corners))
            if a <= d and c <= b:
                both = left.meet(right)
                assert (both.lo, both.hi) == (max(a, c), min(b, d))
            if c <= 0 <= d:
                with pytest.raises(Undecided):
                    left / right
                continue
            corners = [p / q for p in (a, b) for q in (c, d)]
            quotient = left / right
            assert (quotient.lo, quotient.hi) == (min(corners), max(corners))


@pytest.mark.parametrize(("low", "high"), [("-3", "-1/2"), ("-1", "2"), ("0", "1/3"), ("5", "5")])
def test_the_distribution_over_a_range_is_that_at_its_ends(low, high):
    at = Precision(96)
    found = cdf(Interval.enclosing(at, gmpy2.mpq(low), gmpy2.mpq(high)))
    with mpmath.workdps(40):
        for told, end in ((found.lo, low), (found.hi, high)):
            exact_end = mpmath.ncdf(mpmath.mpf(Fraction(end).numerator) / Fraction(end).denominator)
            assert abs(mpmath.mpf(str(told)) / exact_end - 1) < mpmath.mpf(10) ** -24
