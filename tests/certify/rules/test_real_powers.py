"""Powers with a real exponent at a base of 0; closed ends by continuity; sums in closed form."""

import pytest

from bounds.certify.language.statement import Statement
from bounds.certify.rules.decide import decide


def outcome(claim, domain=""):
    return decide(Statement.read(claim, domain), seconds=20)


@pytest.mark.parametrize(
    ("claim", "domain", "expected"),
    [
        ("0^pi = 0", "", "equal"),
        ("0^0 = 1", "", "equal"),
        ("0^(-pi) < 1", "", "undefined"),
        ("0^(pi - pi) = 1", "", "undefined"),
        ("x^pi >= 1 + pi*(x - 1)", "x >= 0", "proved"),
        ("x^sqrt(2) > 0", "x >= 0", "refuted"),
        ("x^sqrt(2) >= 0", "x >= -1", "undefined"),
        ("x^y >= 0", "x >= 0, y > 0", "proved"),
        ("x^y >= 0", "x >= 0, y >= 0", "undefined"),
        ("x^y <= 1", "x in [0, 1], y > 0", "proved"),
        ("x^y < 1", "x in [0, 1], y > 0", "refuted"),
        ("x^x >= 1/2", "x >= 0", "undefined"),
        ("(1 + x)^n >= 1 + n*x", "n integer, n >= 1, x >= -1", "proved"),
        ("(1 + x)^n >= 1 + n*x", "n integer, n >= 1, x >= -3", "refuted"),
        ("x^n < 2", "n integer, x in [-1, 1]", "undefined"),
        ("besseli(0, x) <= cosh(x)", "x real", "proved"),
        ("zeta(2) = pi^2/6", "", "equal"),
        ("sqrt(5 + 2*sqrt(6)) = sqrt(2) + sqrt(3)", "", "equal"),
        ("cbrt(cbrt(2) - 1) = cbrt(1/9) - cbrt(2/9) + cbrt(4/9)", "", "equal"),
        ("8*cos(pi/9)^3 - 6*cos(pi/9) = 1", "", "equal"),
        ("sin(pi/7)*sin(2*pi/7)*sin(3*pi/7) = sqrt(7)/8", "", "equal"),
        ("sqrt(2) = 1.41421356237309504880168872420969807856967187537694", "", "refuted"),
        ("sum(x^k, k, 0, 5) <= 1/(1 - x)", "x in [-1, 0]", "proved"),
        ("sum(1/k, k, 1, n) <= 1 + log(n)", "n integer, n >= 1", "proved"),
        ("sum(1/k^2, k, 1, n) <= pi^2/6 - 1/(n + 1)", "n integer, n >= 1", "proved"),
        ("sum(k^3, k, 1, n) = (n*(n + 1)/2)^2", "n integer, n >= 1", "equal"),
        ("sum(2^k, k, 0, n) = 2^(n + 1) - 1", "n integer, n >= 0", "equal"),
        ("sum(1/k, k, 1, n) < log(n) + 3/4", "n integer, n >= 1", "refuted"),
    ],
)
def test_the_outcome(claim, domain, expected):
    assert outcome(claim, domain).outcome == expected


@pytest.mark.heavy
@pytest.mark.parametrize(
    ("claim", "domain"),
    [
        ("hyp1f1(a, b, x) <= 1 - a/b + a/b*exp(x)", "a > 0, b > 0, a < b, x real"),
        ("integral(sin(t)/t, t, 1, x) < 1", "x >= 1"),
        ("quantile(p) <= sqrt(2*log(1/(1 - p)))", "p in [1/2, 1)"),
        (
            "binomial(n, k) <= exp(n*log(n) - k*log(k) - (n - k)*log(n - k))",
            "n integer, k integer, k >= 1, k < n",
        ),
    ],
)
def test_a_long_step_does_not_go_on_beyond_its_time(claim, domain):
    assert decide(Statement.read(claim, domain), seconds=3).seconds < 8
