"""Steps of regions, ranges, conditions and domains: without each, a falsehood is accepted.

A statement is false, too, where what it compares is not defined on all of its domain.
"""

import pytest
from falsehoods import Step, forget, is_needed, proves, table
from proof_samples import CONSTRAINT, EQUAL, OBVIOUS, WAVE, along, cells

from bounds.certify.checker import (
    conditions,
)


def obvious(claim, domain):
    return proves(claim, domain, OBVIOUS)


def defined(text, domain):
    return proves(f"0*({text}) = 0", domain, EQUAL)


REGIONS: list[Step] = [
    (
        "a polynomial in a kernel keeps the power of it that all terms have",
        obvious("cbrt(x) + cbrt(x)^2 > 0", "x in (-1/2, 1)"),
    ),
    (
        "and has its sign at closed ends",
        obvious("cbrt(x) + cbrt(x)^2 > 0", "x in [0, 1]"),
    ),
    (
        "a multiple has the same terms",
        proves("x*y > 5", "x real, y real, x*y > 2", CONSTRAINT),
    ),
    (
        "a strict sign holds at closed ends",
        obvious("2*x > 0", "x in [0, 1]"),
    ),
    (
        "a sine has its sign at closed ends",
        obvious("sin(x) > 0", "x in [0, pi]"),
    ),
    (
        "and one sign",
        obvious("sin(x) > 0", "x in (0, 2*pi)"),
    ),
    (
        "x*y != 0 says no sign",
        obvious("x*y >= 0", "x real, y real, x*y != 0"),
    ),
    (
        "a constraint of a region is taken times a positive number",
        obvious("x*y <= 1", "x real, y real, x*y >= 1"),
    ),
    (
        "only a strict constraint is a strict sign",
        obvious("x*y > 1", "x real, y real, x*y >= 1"),
    ),
    (
        "and turns with a negative number",
        obvious("x*y < 1", "x real, y real, x*y > 1"),
    ),
    (
        "a product is not 0 where no factor is",
        defined("1/(x*y)", "x real, y in (1, 2)"),
    ),
    (
        "x*y >= 0 does not keep it from 0",
        defined("1/(x*y)", "x real, y real, x*y >= 0"),
    ),
    (
        "a strict condition is strict",
        defined("log(x)", "x in [0, 1]"),
    ),
    (
        "a condition holds on both halves",
        defined("log(x - 1/4)", "x in [0, 1]"),
    ),
    (
        "a bound variable has all values between its ends",
        defined("integral(log(t), t, -1, 1)", ""),
    ),
    (
        "a condition of a region is proved",
        defined("log(x)", "x real"),
    ),
    (
        "the signs of a sine of −x are in the order of x",
        table("sin(-3*x/2)", "0", "pi", WAVE, [1, -1]),
    ),
]
NARROWER: list[Step] = [
    (
        "x != y bounds nothing",
        obvious("y >= 0", "x in [0, 1], y real, y != x"),
    ),
    (
        "nor does a quotient",
        obvious("y >= 0", "x in [0, 1], y real, y/(x - 3) >= 0"),
    ),
    (
        "nor a square",
        obvious("y >= 1", "y real, y^2 >= 1"),
    ),
    (
        "a bound that belongs to the range is no strict one",
        obvious("y > 0", "x in [0, 1], y real, y >= x"),
    ),
    (
        "the other variables are where they allow most",
        obvious("y >= 1", "x in [0, 1], y real, y >= x"),
    ),
    (
        "a negative coefficient makes an upper bound",
        obvious("y >= 0", "x in [0, 1], y real, y <= x"),
    ),
    (
        "x != y bounds y neither from below nor from above",
        proves("y >= x", "x real, y real, y != x", along("y", "x", EQUAL, above=OBVIOUS)),
    ),
]
CONDITIONS: list[Step] = [
    (
        "a negative power is of what is not 0",
        defined("1/x", "x real"),
    ),
    (
        "a power of a base that may be 0 is not negative",
        defined("x^(-1/2)", "x >= 0"),
    ),
    (
        "a power that is not a number is of a positive base",
        defined("x^pi", "x real"),
    ),
    (
        "0 has powers with positive exponents only",
        defined("x^y", "x >= 0, y >= -1"),
    ),
    (
        "a Bessel function of a broken order is asked for beyond 0",
        defined("besselj(1/2, x)", "x real"),
    ),
    (
        "a polygamma function is asked for beyond 0",
        defined("polygamma(1, x)", "x real"),
    ),
    (
        "what stands under an integral is defined",
        defined("integral(log(t), t, -1, 1)", ""),
    ),
    (
        "a sum runs between whole numbers",
        defined("sum(1, n, 1, x)", "x in [1, 2]"),
    ),
    (
        "an integral of atan2 has no rule, as it may jump",
        proves("integral(atan2(x, t), t, -2, -1) > 2", "x in [-1, 1]", cells(".")),
    ),
    (
        "nor has a sum",
        proves("sum(atan2(x, -n), n, 1, 50) > 100", "x in [-1/10, 1/10]", cells(".")),
    ),
    (
        "a domain x*y <= 1 is not open",
        obvious("x*y < 1", "x real, y real, x*y <= 1"),
    ),
    (
        "a domain x >= 0 is closed",
        obvious("x > 0", "x >= 0"),
    ),
    (
        "a bracket closes a range",
        obvious("x > 0", "x in (-1, 2], x in [0, 1]"),
    ),
]
RANGES: list[Step] = [
    (
        "0 times what is open is closed",
        obvious("x*y > 0", "x in [0, 1), y in (1, 2)"),
    ),
    (
        "a product is open where all corners are",
        obvious("x*y > 0", "x in (0, 1], y in [0, 1]"),
    ),
    (
        "1/x is closed where x is",
        obvious("1/x > 1/2", "x in (0, 2]"),
    ),
    (
        "an even power is not monotone across 0",
        obvious("x^2 >= 1", "x in (-2, 3)"),
    ),
    (
        "an odd power of a negative number is negative",
        obvious("x^3 > 0", "x in (-2, -1)"),
    ),
    (
        "the hull of two ranges begins with the lower one",
        defined("integral(log(t), t, 1, -1)", ""),
    ),
    (
        "long ends are rounded outwards",
        obvious("x <= 1", "x in [0, 1 + 2^(-500)]"),
    ),
    (
        "the value at a closed end is taken",
        obvious("exp(x) > 1", "x in [0, 1]"),
    ),
    (
        "a falling function is least at the upper end",
        obvious("erfc(x) > 1/2", "x in [0, 1]"),
    ),
    (
        "a negative root falls",
        obvious("x^(-1/2) > 1", "x in [4, 9]"),
    ),
    (
        "a high odd power may be negative",
        obvious("x^65 >= 0", "x real"),
    ),
    (
        "a power of a base that may be 0 may be 0",
        obvious("x^y > 0", "x >= 0, y > 0"),
    ),
    (
        "a power of a base near 0 is bounded for a positive exponent",
        proves("x^y <= 1", "x in (0, 1], y in [-1, 1]", cells(".")),
    ),
    (
        "cosh 0 = 1",
        obvious("cosh(x) != 1", "x = 0"),
    ),
    (
        "gamma falls before its turn",
        obvious("gamma(x) > 3/2", "x in (1/2, 3)"),
    ),
    (
        "and rises after it",
        obvious("gamma(x) > 3/2", "x in (1, 3)"),
    ),
    (
        "log gamma rises from 2 on",
        obvious("loggamma(x) > 2", "x in (1/10, 3)"),
    ),
    (
        "log gamma is positive before 1",
        obvious("loggamma(x) >= 0", "x in (1/2, 2)"),
    ),
    (
        "a polygamma function of even order is negative",
        obvious("polygamma(2, x) > 0", "x > 0"),
    ),
    (
        "a minimum may be the second",
        obvious("min(x, y) > 0", "x in (1, 2), y in (-1, 0)"),
    ),
    (
        "floor x is a whole number",
        obvious("floor(x) >= 1/2", "x >= 1/2"),
    ),
    (
        "sign x may be -1",
        obvious("sign(x) >= 0", "x real"),
    ),
    (
        "P(s, 0) = 0",
        obvious("gammap(1, x) > 0", "x in [0, 1]"),
    ),
    (
        "I_0 = 0",
        obvious("betai(x, 1, 2) > 0", "x in [0, 1]"),
    ),
    (
        "I_1 = 1",
        obvious("betai(x, 1, 2) < 1", "x in [0, 1]"),
    ),
    (
        "a Bessel function I is positive beyond 0",
        obvious("besseli(1, x) > 0", "x real"),
    ),
    (
        "a Bessel function J is at most 1 for a whole order",
        obvious("besselj(-1/2, x) <= 1", "x in (0, 1)"),
    ),
    (
        "a series of Kummer has positive terms where p >= 0",
        obvious("hyp1f1(-1, 1, x) >= 1", "x >= 0"),
    ),
    (
        "a series of Kummer is at least 1 where x >= 0",
        obvious("hyp1f1(1, 2, x) >= 1", "x real"),
    ),
    (
        "a mean of exponentials is positive where q >= p",
        obvious("hyp1f1(2, 1, x) > 0", "x real"),
    ),
    (
        "a mean of exponentials is at most 1 where x <= 0",
        obvious("hyp1f1(1, 2, x) <= 1", "x real"),
    ),
    (
        "a series of Gauss has positive terms where p >= 0",
        obvious("hyp2f1(-1, 1, 2, x) >= 1", "x in [0, 1)"),
    ),
    (
        "and where its second parameter is at least 0",
        obvious("hyp2f1(1, -1, 2, x) >= 1", "x in [0, 1)"),
    ),
    (
        "and where x >= 0",
        obvious("hyp2f1(1, 1, 2, x) >= 1", "x < 1"),
    ),
    (
        "a mean of powers is positive where s > 0",
        obvious("hyp2f1(-1, 2, 1, x) > 0", "x in [0, 1)"),
    ),
    (
        "and where r >= s",
        obvious("hyp2f1(2, 2, 1, x) > 0", "x < 1"),
    ),
    (
        "an angle is less than pi/2 where x > 0",
        obvious("atan2(y, x) < 2", "x in (-2, -1), y in (1, 2)"),
    ),
    (
        "and at least 0 where y >= 0",
        obvious("atan2(y, x) >= 0", "x > 1, y < -1"),
    ),
    (
        "an integral is backward from a greater end",
        obvious("integral(exp(x*t), t, 1, 0) > 0", "x in (1, 2)"),
    ),
    (
        "an empty sum is 0",
        obvious("sum(exp(n), n, m, 0) < 0", "m integer, 5 <= m <= 9"),
    ),
]  # fmt: skip


@pytest.mark.step(*dict([*REGIONS, *NARROWER, *CONDITIONS, *RANGES]))
@pytest.mark.parametrize(
    "step", [*REGIONS, *NARROWER, *CONDITIONS, *RANGES], ids=lambda step: step[0]
)
def test_a_step_of_a_region(step):
    is_needed(step)


OUTSIDE = {
    "^": "x^(-1)",
    "log": "log(x)",
    "log1p": "log1p(x)",
    "tan": "tan(x)",
    "asin": "asin(x)",
    "acos": "acos(x)",
    "acosh": "acosh(x)",
    "atanh": "atanh(x)",
    "atan2": "atan2(x, x)",
    "quantile": "quantile(x)",
    "gamma": "gamma(x)",
    "loggamma": "loggamma(x)",
    "digamma": "digamma(x)",
    "polygamma": "polygamma(2, x)",
    "beta": "beta(x, x)",
    "binomial": "binomial(x, x)",
    "gammap": "gammap(1, x)",
    "gammaq": "gammaq(1/2, x)",
    "betai": "betai(x, 1, 2)",
    "lambertw": "lambertw(x)",
    "besseli": "besseli(1/2, x)",
    "besselj": "besselj(1/2, x)",
    "besselk": "besselk(1, x)",
    "hyp1f1": "hyp1f1(1, x, 1)",
    "hyp2f1": "hyp2f1(1, 1, 1, x)",
    "zeta": "zeta(x)",
}
"""For each function with conditions, a text that is not defined at every real x."""


@pytest.mark.parametrize("head", sorted(OUTSIDE))
def test_a_function_is_asked_for_on_its_domain(head, monkeypatch):
    assert not defined(OUTSIDE[head], "x real")()
    monkeypatch.delitem(conditions._NEEDS, head)
    forget()
    try:
        assert defined(OUTSIDE[head], "x real")()
    finally:
        forget()


def test_every_function_with_a_domain_is_tried():
    assert OUTSIDE.keys() == conditions._NEEDS.keys()
