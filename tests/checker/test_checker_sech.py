"""Means of hyperbolic functions: the trapezoidal rule against the main engine's residues."""

from fractions import Fraction

import gmpy2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bounds.certify.checker.interval import Interval
from bounds.certify.checker.operations import OPERATIONS
from bounds.certify.checker.precision import Precision
from bounds.certify.checker.verdict import Undecided
from bounds.certify.exact import to_ball
from bounds.certify.numbers.precision import working_precision
from bounds.checker import check
from bounds.checker.sech import rule_for, sech_mean, sech_square_mean, tanh_risk
from bounds.lower import any_set, risk_to_mass
from bounds.lower.any_set import prove_no_set_beats_two_points
from bounds.lower.slope_certificates import (
    any_set_certificate,
    limit_certificates,
    ratio_certificates,
    ratio_range,
)
from bounds.lower.two_point import sech_means

AT = Precision(96)
places = st.fractions(min_value="1/20", max_value=8, max_denominator=100)


def point(number):
    value = gmpy2.mpq(number.numerator, number.denominator)
    return Interval.enclosing(AT, value, value)


def meets(interval, ball):
    low, high = (to_ball(Fraction(int(e.numerator), int(e.denominator)))
                 for e in map(gmpy2.mpq, (interval.lo, interval.hi)))  # fmt: skip
    return ball.is_finite() and bool(low.union(high).overlaps(ball))


@pytest.mark.heavy
@given(t=places)
@settings(max_examples=25)
def test_means_are_those_of_the_engine(t):
    with working_precision(160):
        plain, weighted = sech_means(to_ball(t))
        assert meets(sech_mean(point(t)), plain)
        assert meets(sech_square_mean(point(t)), plain - weighted)


@given(s=places.filter(lambda s: s < 5), theta=places)
@settings(max_examples=25)
def test_risks_are_those_of_the_engine(s, theta):
    with working_precision(64):
        assert meets(tanh_risk(point(s), point(theta)), any_set.tanh_risk(s, theta))


def test_narrow_means_are_narrow():
    value = sech_mean(point(Fraction(1)))
    assert gmpy2.mpq(value.hi) - gmpy2.mpq(value.lo) < gmpy2.mpq(1, 2**80)


@pytest.mark.parametrize("mean", [sech_mean, sech_square_mean])
def test_where_they_are_not_told_is_undecided(mean):
    for number in (0, -1):
        with pytest.raises(Undecided, match="not proved positive"):
            mean(point(Fraction(number)))
    with pytest.raises(Undecided, match="nodes"):
        mean(point(Fraction(10**6)))
    with pytest.raises(Undecided):
        tanh_risk(point(Fraction(1)), point(Fraction(-1)))


def test_a_rule_stays_in_its_strip():
    for number in ("1/100", "1/2", "3", "40"):
        t = point(Fraction(number))
        rule = rule_for(t)
        assert (t * Interval.enclosing(AT, rule.strip, rule.strip)).within(0, gmpy2.mpq(7, 5))


def test_over_a_range_they_fall():
    wide = Interval.enclosing(AT, gmpy2.mpq(1, 2), gmpy2.mpq(3))
    for name in ("sech_mean", "sech_square_mean"):
        whole = OPERATIONS[name].over(wide)
        ends = [OPERATIONS[name].over(end) for end in (wide.high, wide.low)]
        assert (whole.lo, whole.hi) == (ends[0].lo, ends[1].hi)


def test_r_star_lies_where_the_certificates_say():
    least, most = ratio_range()
    ratio = risk_to_mass(30).ratio
    assert least < ratio.low.fraction()
    assert ratio.high.fraction() < most
    assert most - least == Fraction(2, 10**12)
    told = ratio_certificates()["ratio-at-most"]["statement"]
    assert check(ratio_certificates()["ratio-at-most"]).accepted
    assert str(most.numerator) in str(told["greater"]) or "0.66" in str(told["greater"])


@pytest.mark.heavy
def test_the_certificate_has_a_ratio_below_r_star():
    ratio = Fraction(any_set_certificate()["statement"]["ratio"])
    assert 0 < prove_no_set_beats_two_points().ratio - ratio < Fraction(1, 10**11)


@pytest.mark.heavy
def test_every_comparison_for_small_budgets_is_replayed():
    certificates = limit_certificates()
    assert len([name for name in certificates if "slope" in name]) == 16
    assert all(check(certificate).accepted for certificate in certificates.values())
