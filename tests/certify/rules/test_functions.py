"""Statements with functions of which a table needs more than limits: their own rules, and traps."""

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from mpmath import mp

from bounds.certify.checker.constants import Constants
from bounds.certify.checker.grammar import read_expression
from bounds.certify.language.statement import Statement
from bounds.certify.rules.decide import decide

LISTED = [
    # sums of angles and of logarithms of algebraic numbers
    ("4*atan(1/5) - atan(1/239) = pi/4", "", "equal"),
    ("4*atan(1/5) - atan(1/240) = pi/4", "", "refuted"),
    ("12*atan(1/18) + 8*atan(1/57) - 5*atan(1/239) = pi/4", "", "equal"),
    ("asinh(3/4) = log(2)", "", "equal"),
    ("acosh(2) + log(2 - sqrt(3)) = 0", "", "equal"),
    ("2*atan((sqrt(5) - 1)/2) + atan(1/2) = pi/2", "", "equal"),
    ("asin(12/13) + asin(3/5) < pi/2", "", "refuted"),
    # the multiplication formula of the gamma function
    ("gamma(x)*gamma(x + 1/2) = 2^(1 - 2*x)*sqrt(pi)*gamma(2*x)", "x > 0", "equal"),
    ("gamma(3*x) = 3^(3*x)/(2*pi)*gamma(x)*gamma(x + 1/3)*gamma(x + 2/3)", "x > 0", "refuted"),
    ("digamma(2*x) = digamma(x)/2 + digamma(x + 1/2)/2 + log(2)", "x > 0", "equal"),
    # two values of one monotone function, and sums of logarithms
    ("Phi(quantile(p) - sqrt(2)) <= Phi(quantile(p) - 1)", "p in (0, 1)", "proved"),
    ("acos(x) >= acos(x^2)", "x in [-1, 0]", "proved"),
    ("erfc(x) <= erfc(2*x)", "x >= 0", "refuted"),
    ("log(1 + abs(x + y)) <= log(1 + abs(x)) + log(1 + abs(y))", "x real, y real", "proved"),
    # roots of products, and means of two numbers of which one is the larger
    ("sqrt((1 + x^2)*(1 + y^2)) >= 1 + x*y", "x real, y real", "proved"),
    ("(x - y)/(log(x) - log(y)) <= (x + y)/2", "x > 0, y > 0, y < x", "proved"),
    # concave in one variable: it is least at an end
    ("1 - p + p*exp(s) > 0", "p in [0, 1], s real", "proved"),
    ("1 - p + p*exp(s) > 1/2", "p in [0, 1], s real", "refuted"),
    # hypergeometric functions, whose limits the checker does not know
    ("hyp1f1(1/2, 3/2, -x^2) <= 1", "x real", "proved"),
    ("hyp1f1(1, 3, x) >= 1 + x/3", "x real", "proved"),
    ("hyp1f1(1, 3, x) > 1 + x/3", "x real", "refuted"),
    ("hyp1f1(1, 3, x) = exp(x)*hyp1f1(2, 3, -x)", "x real", "equal"),
    ("hyp1f1(a, b, x) >= 1", "a > 0, b > 0, x >= 0", "proved"),
    ("hyp2f1(1/2, 1/2, 1, x) >= 1 + x/4", "x in [0, 1)", "proved"),
    # Bessel functions
    ("abs(besselj(0, x)) <= 1", "x real", "proved"),
    ("besseli(0, x) <= exp(x^2/4)", "x real", "proved"),
    ("besseli(1, x)^2 > besseli(0, x)*besseli(2, x)", "x > 0", "proved"),
    ("besseli(1, x) > x/2", "x >= 0", "refuted"),
    # integrals with an end that moves
    ("integral(exp(-t^3), t, 0, x) >= x*exp(-x^3)", "x >= 0", "proved"),
    ("integral(1/log(t), t, 2, x) > x/log(x) - 3", "x >= 2", "proved"),
    # zeros as witnesses
    ("sin(x) + sin(2*x)/2 + sin(3*x)/3 > 0", "x in (0, pi]", "refuted"),
    ("(x - 1)*(x - 2)*(x - 3)*(x - 4) > -1", "x real", "refuted"),
    ("(exp(x) - 2)^2 > 0", "x real", "refuted"),
    ("tan(x)^2 + 1/tan(x)^2 >= 2", "x in (0, pi/2)", "proved"),
    ("zeta(x) > 1", "x > 1", "proved"),
]


@pytest.mark.parametrize(("claim", "domain", "expected"), LISTED)
def test_the_outcome(claim, domain, expected):
    assert decide(Statement.read(claim, domain), seconds=20).outcome == expected


@settings(max_examples=40, deadline=None)
@given(st.lists(st.fractions(-3, 3, max_denominator=9), min_size=1, max_size=3), st.data())
def test_sums_of_angles_cancel_where_a_product_says_so(values, data):
    """Σ n atan(q) + r π/4 with r found in floats, and beside it a sum that is off by π/4."""
    terms = [(data.draw(st.integers(-4, 4)), q) for q in values]
    with mp.workdps(30):
        total = sum(n * mp.atan(mp.mpf(q.numerator) / q.denominator) for n, q in terms)
        turns = total / (mp.pi / 4)
        r = round(float(turns))
        near = abs(turns - r) < mp.mpf(10) ** -25
    text = " + ".join(f"({n})*atan({q})" for n, q in terms)
    constants = Constants()
    for wrong in (r, r + 1):
        node = read_expression(f"{text} - ({Fraction(wrong, 4)})*pi")
        assert (constants.sign(node) == 0) == (near and wrong == r)
