import operator
from fractions import Fraction

import gmpy2
import mpmath
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bounds.certify.checker.interval import Interval
from bounds.certify.checker.precision import Precision, exact
from bounds.certify.checker.verdict import Undecided

AT = Precision(40)
SOME = settings(max_examples=50)

rationals = st.fractions(min_value=-1000, max_value=1000, max_denominator=10**6)
ranges = st.tuples(rationals, rationals).map(sorted)
shares = st.fractions(min_value=0, max_value=1, max_denominator=1000)


def interval(low, high, at=AT):
    return Interval.enclosing(at, gmpy2.mpq(Fraction(low)), gmpy2.mpq(Fraction(high)))


def holds(box, number):
    return exact(box.lo) <= number <= exact(box.hi)


def inside(ends, share):
    low, high = ends
    return low + (high - low) * share


def to_mp(number):
    return mpmath.mpf(int(number.numerator)) / int(number.denominator)


@pytest.mark.heavy
@SOME
@given(ranges, ranges, shares, shares)
@pytest.mark.parametrize("operation", [operator.add, operator.sub, operator.mul, operator.truediv])
def test_arithmetic_holds_exact_results(operation, first, second, p, q):
    a, b = inside(first, p), inside(second, q)
    if operation is operator.truediv and second[0] <= 0 <= second[1]:
        with pytest.raises(Undecided):
            interval(*first) / interval(*second)
        return
    assert holds(operation(interval(*first), interval(*second)), operation(a, b))


@SOME
@given(ranges, shares)
def test_unary_operations_hold_exact_results(ends, p):
    a, box = inside(ends, p), interval(*ends)
    assert holds(-box, -a)
    assert holds(box.squared(), a * a)
    assert holds(box.absolute(), abs(a))
    assert holds(box.positive_part(), max(a, 0))
    assert holds(box.to(Precision(10)), a)
    assert holds(3 - box, 3 - a)
    assert holds(3 * box + 1, 3 * a + 1)
    assert holds(box / 7, a / 7)
    assert exact(box.squared().lo) >= 0


@pytest.mark.heavy
@SOME
@given(
    st.tuples(*[st.fractions(min_value=-12, max_value=12, max_denominator=10**4)] * 2).map(sorted),
    shares,
)
@pytest.mark.parametrize("name", ["exp", "expm1", "erf", "erfc"])
def test_functions_hold_values_of_higher_precision(name, ends, p):
    a = inside(ends, p)
    with mpmath.workprec(200):
        truth = getattr(mpmath, name)(to_mp(a))
        box = getattr(interval(*ends), name)()
        slack = abs(truth) * mpmath.mpf(2) ** -180
        assert to_mp(exact(box.lo)) <= truth + slack
        assert to_mp(exact(box.hi)) >= truth - slack


@pytest.mark.heavy
@SOME
@given(ranges.filter(lambda ends: ends[0] > 0), shares)
@pytest.mark.parametrize("name", ["log", "sqrt"])
def test_functions_of_positive_numbers(name, ends, p):
    a = inside(ends, p)
    with mpmath.workprec(200):
        truth = getattr(mpmath, name)(to_mp(a))
        box = getattr(interval(*ends), name)()
        slack = mpmath.mpf(2) ** -180
        assert to_mp(exact(box.lo)) <= truth + slack
        assert to_mp(exact(box.hi)) >= truth - slack


@pytest.mark.heavy
@given(rationals)
def test_narrow_results_are_narrow(number):
    box = interval(number, number)
    for result in (box + 1, box * box, box.exp(), (box / 100).erfc()):
        width = exact(result.hi) - exact(result.lo)
        assert width <= max(abs(exact(result.lo)), abs(exact(result.hi))) * gmpy2.mpq(1, 2**20)


def test_enclosing_is_tight_for_a_rational():
    box = interval(Fraction(1, 10), Fraction(1, 10))
    assert exact(box.lo) < Fraction(1, 10) < exact(box.hi)
    assert gmpy2.next_above(box.lo) == box.hi or box.hi > box.lo


def test_pi():
    with mpmath.workprec(200):
        box = Interval.pi(AT)
        assert to_mp(exact(box.lo)) < mpmath.pi < to_mp(exact(box.hi))


def test_powers_of_two_are_exact():
    assert exact(Interval.power_of_two(AT, -100).lo) == gmpy2.mpq(1, 2**100)
    assert exact(Interval.power_of_two(AT, 7).hi) == 128


@SOME
@given(ranges, ranges)
def test_sets(first, second):
    a, b = interval(*first), interval(*second)
    joined = a.hull(b)
    assert all(holds(joined, end) for end in (*first, *second))
    if first[1] < second[0] and a < b:
        with pytest.raises(Undecided):
            a.meet(b)
    middle = a.middle
    assert middle.lo == middle.hi
    assert a.lo <= middle.lo <= a.hi


def test_comparisons_are_proofs():
    low, high, both = interval(0, 1), interval(2, 3), interval(0, 3)
    assert low < high
    assert high > low
    assert not high < low
    assert not low < both
    assert not both > low
    assert low < 2
    assert not low < 1
    assert high.within(2, 3)
    assert not high.strictly_within(2, 4)
    assert high.strictly_within(1, 4)


@pytest.mark.parametrize(
    ("lo", "hi"),
    [("nan", "1"), ("0", "nan"), ("inf", "inf"), ("-inf", "0"), ("0", "inf"), ("2", "1")],
)
def test_only_finite_ordered_ends(lo, hi):
    with pytest.raises(Undecided):
        Interval(AT, gmpy2.mpfr(lo), gmpy2.mpfr(hi))


def test_what_leaves_the_finite_numbers_is_undecided():
    with pytest.raises(Undecided):
        (interval(10**12, 10**12).exp()).exp()
    with pytest.raises(Undecided):
        interval(-1, 1).log()
    with pytest.raises(Undecided):
        interval(-1, 1).sqrt()
    with pytest.raises(Undecided):
        interval(-1, 1).zeros_after_point()


def test_tiny_results_keep_their_enclosure():
    tail = interval(10**4, 10**4).erfc()
    assert tail > 0
    assert interval(-(10**12), -(10**12)).exp().lo >= 0


def test_finer_precision_is_at_least_as_fine_as_asked():
    assert AT.finer(1).bits >= 41
    assert AT.finer(33).bits >= 73
    assert AT.finer(20) is AT.finer(21)
