"""Derivatives, ranges and zeros of polynomials, against numbers and samples."""

import itertools
import random

import gmpy2
import pytest

from bounds.certify.checker.constants import Constants
from bounds.certify.checker.differentiate import derivative
from bounds.certify.checker.enclose import enclose
from bounds.certify.checker.expression import number, substitute
from bounds.certify.checker.grammar import read_expression
from bounds.certify.checker.interval_text import read_domain
from bounds.certify.checker.precision import exact
from bounds.certify.checker.sturm import End, pattern, value_at
from bounds.certify.checker.verdict import Rejected, Undecided

SMOOTH = """
exp(x^2) + expm1(x)
log(x) * log1p(x)
cbrt(x)
sin(x)*cos(2*x) + tan(x/2)
asin(x/2) + acos(x/3) + atan(x)
sinh(x) + cosh(x) + tanh(x)
asinh(x) + acosh(x + 1) + atanh(x/3)
erf(x) + erfc(x) + erfcx(x)
phi(x) + Phi(x) + mills(x)
quantile(x/3)
gamma(x) + loggamma(x) + digamma(x)
polygamma(2, x)
lambertw(x)
atan2(x, x^2)
beta(x, x + 1)
binomial(2*x, x)
gammap(3/2, x) + gammaq(2, x^2)
besseli(1, x) + besselj(3/2, x) + besselk(1/3, x)
betai(x/3, 2, 1/2)
hyp1f1(1, 2, x) + hyp2f1(1, 2, 3, x/3)
x^x + 2^x + x^(1/3)
integral(exp(-t*x), t, x, x^2)
""".strip().splitlines()


@pytest.mark.heavy
@pytest.mark.parametrize("text", SMOOTH)
def test_a_derivative_is_the_limit_of_quotients(text):
    f, at, step = read_expression(text), gmpy2.mpq(13, 10), gmpy2.mpq(1, 10**12)
    precision = Constants().at(200)
    low, high = (
        enclose(substitute(f, {"x": number(at + s * step)}), {}, precision) for s in (-1, 1)
    )
    slope = enclose(substitute(derivative(f, "x"), {"x": number(at)}), {}, precision)
    quotient = (exact(high.middle.lo) - exact(low.middle.lo)) / (2 * step)
    assert abs(quotient - exact(slope.middle.lo)) < gmpy2.mpq(1, 10**15) * (1 + abs(quotient))


@pytest.mark.parametrize("text", ["abs(x)", "floor(x)", "sign(x)", "min(x, 1)", "zeta(x)",
                                  "sum(k, k, 1, x)", "besseli(x, 1)", "gammap(x, 1)"])  # fmt: skip
def test_what_has_no_derivative_by_rule(text):
    with pytest.raises(Rejected, match="no rule"):
        derivative(read_expression(text), "x")


SAMPLES = {
    "x in (0, inf)": ("1e-9", "0.3", "1", "1.46", "7", "1e4"),
    "x in [-1, 2)": ("-1", "-0.5", "0", "1.999"),
    "x real": ("-200", "-2", "0", "0.5", "30"),
    "x in (0, 1)": ("1e-9", "0.5", "0.999999"),
}
SEEN = """
1/(1 + x^2) - 2 | x real | -1
x^2 - x + 1 | x real | 1
exp(x) - exp(x)/2 | x real | None
1 - Phi(x)^2 | x real | 1
x + 1/x | x in (0, inf) | 1
x - x^2 | x in (0, 1) | 1
x^3 - 1 | x in (0, 1) | -1
sqrt(x) + 1 | x in (0, inf) | 1
2 + cos(x) | x real | 1
1 - cos(x) | x real | None
log(2 + sin(x)) + 1/100 | x real | 1
atan(x) - 2 | x real | -1
tanh(x) + 1 | x real | 1
gamma(x) - 88/100 | x in (0, inf) | 1
loggamma(x) + 122/1000 | x in (0, inf) | 1
digamma(x) | x in (0, inf) | None
erfc(x) - 2 | x real | -1
x^(-1/2) - 1 | x in (0, 1) | 1
2^x - 1 | x in (0, inf) | 1
besseli(0, x) - 1/2 | x real | 1
max(x, -x) | x in (0, inf) | 1
min(x, 1/2) | x in (0, 1) | 1
abs(x) + 1 | x real | 1
floor(x) + 1 | x in (0, inf) | 1
integral(exp(t), t, 0, x) | x in (0, 1) | 1
integral(exp(t), t, x, 1) | x in [-1, 2) | None
polygamma(1, x) | x in (0, inf) | 1
betai(x, 2, 3) | x in (0, 1) | 1
x*(1 - x)*(2 - x) | x in [-1, 2) | None
""".strip().splitlines()


@pytest.mark.heavy
@pytest.mark.parametrize("row", SEEN)
def test_signs_that_are_seen(row):
    text, domain, expected = (part.strip() for part in row.split("|"))
    region = read_domain(domain, Constants()).region
    node = read_expression(text)
    assert str(region.sign(node)) == expected
    if expected == "None":
        return
    for sample in SAMPLES[domain]:
        value = enclose(substitute(node, {"x": read_expression(sample)}), {}, Constants().at(2_000))
        assert (value > 0) == (expected == "1")


def test_polynomials_with_known_zeros():
    rng = random.Random(7)
    for _ in range(400):
        zeros = [
            gmpy2.mpq(rng.randint(-8, 8), rng.choice((1, 2, 3))) for _ in range(rng.randint(0, 5))
        ]
        poly = [gmpy2.mpq(rng.choice((-3, 1)))]
        for zero in zeros:
            poly = [a - zero * b for a, b in zip([0, *poly], [*poly, 0], strict=True)]
        low, high = (
            rng.choice((None, gmpy2.mpq(rng.randint(-8, 4), 2))),
            rng.choice((None, gmpy2.mpq(6))),
        )
        ends = (
            End(infinite=-1) if low is None else End(low),
            End(infinite=1) if high is None else End(high),
        )
        inside = sorted(
            z for z in set(zeros) if (low is None or z > low) and (high is None or z < high)
        )
        bounds = [low if low is not None else gmpy2.mpq(-99), *inside, high or gmpy2.mpq(99)]
        signs = [
            1 if value_at(poly, (a + b) / 2) > 0 else -1 for a, b in itertools.pairwise(bounds)
        ]
        assert pattern(poly, [gmpy2.mpq(1)], *ends) == signs


def test_a_denominator_with_a_zero_inside_is_refused():
    one = [gmpy2.mpq(1)]
    with pytest.raises(Undecided, match="denominator"):
        pattern(one, [gmpy2.mpq(-1), gmpy2.mpq(2)], End(gmpy2.mpq(0)), End(gmpy2.mpq(1)))
    assert pattern(one, [gmpy2.mpq(-1), gmpy2.mpq(2)], End(gmpy2.mpq(1, 2)), End(gmpy2.mpq(1))) == [
        1
    ]


def test_an_end_that_is_a_zero_by_algebra():
    constants = Constants()
    end = constants.end(read_expression("sqrt(2)"))
    poly = [gmpy2.mpq(-2), gmpy2.mpq(0), gmpy2.mpq(1)]
    assert pattern(poly, [gmpy2.mpq(1)], end, End(infinite=1)) == [1]
