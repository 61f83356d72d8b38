"""Powers of the checker's terms: the range of t^n over an interval, for every n that it reads."""

from fractions import Fraction

import gmpy2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bounds.certify.checker.interval import Interval
from bounds.certify.checker.precision import Precision, exact
from bounds.certify.checker.term import evaluate

AT = Precision(128)
ENDS = st.fractions(min_value=-4, max_value=4, max_denominator=1000)


@pytest.mark.heavy
@given(st.tuples(ENDS, ENDS).map(sorted), st.integers(2, 99))
def test_a_power_is_the_range_of_the_power(ends: list[Fraction], exponent: int) -> None:
    low, high = (gmpy2.mpq(end) for end in ends)
    term = ("power", "t", gmpy2.mpq(exponent))
    found = evaluate(term, {"t": Interval.enclosing(AT, low, high)}, AT)
    values = [low**exponent, high**exponent]
    least = gmpy2.mpq(0) if exponent % 2 == 0 and low < 0 < high else min(values)
    most, slack = max(values), gmpy2.mpq(1, 2**100)
    assert exact(found.lo) <= least
    assert exact(found.lo) >= least - abs(least) * slack - slack**2
    assert most <= exact(found.hi) <= most + abs(most) * slack + slack**2
