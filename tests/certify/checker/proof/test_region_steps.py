"""Steps of regions, ranges, conditions and domains: without each, a falsehood is accepted.

A statement is false, too, where what it compares is not defined on all of its domain.
"""

import pytest
from falsehoods import Step, forget, is_needed, proves, table
from proof_samples import CONSTRAINT, EQUAL, OBVIOUS, WAVE, along, cells

from bounds.certify.checker import (
    conditions,
    differentiate,
    elementary,
    interval_text,
    program,
    ranges,
    region,
    tighten,
)
from bounds.certify.checker.ranges import Ranges
from bounds.certify.checker.region import Region


def obvious(claim, domain):
    return proves(claim, domain, OBVIOUS)


def defined(text, domain):
    return proves(f"0*({text}) = 0", domain, EQUAL)


REGIONS: list[Step] = [
    (
        "a polynomial in a kernel keeps the power of it that all terms have",
        Region._by_kernel,
        "[gmpy2.mpq(0)] * shift + poly",
        "poly",
        obvious("cbrt(x) + cbrt(x)^2 > 0", "x in (-1/2, 1)"),
    ),
    (
        "and has its sign at closed ends",
        Region._by_kernel,
        "any(sturm.value_at(poly, e) * signs[0] <= 0 for e in ends)",
        "False",
        obvious("cbrt(x) + cbrt(x)^2 > 0", "x in [0, 1]"),
    ),
    (
        "a multiple has the same terms",
        Region.multiple,
        "self.plain.minus(a, self.plain.scaled(b, scale)).is_zero",
        "True",
        proves("x*y > 5", "x real, y real, x*y > 2", CONSTRAINT),
    ),
    (
        "a strict sign holds at closed ends",
        Region._rational_signs,
        "closed",
        "False",
        obvious("2*x > 0", "x in [0, 1]"),
    ),
    (
        "a sine has its sign at closed ends",
        Region._wave_sign,
        "self.constants.sign(substitute(node, {name: end})) != signs[0]",
        "False",
        obvious("sin(x) > 0", "x in [0, pi]"),
    ),
    (
        "and one sign",
        Region._wave_sign,
        "signs is None or len(signs) != 1",
        "signs is None",
        obvious("sin(x) > 0", "x in (0, 2*pi)"),
    ),
    (
        "x*y != 0 says no sign",
        Region._weak_constraint,
        'relation in (">", ">=", "=")',
        "True",
        obvious("x*y >= 0", "x real, y real, x*y != 0"),
    ),
    (
        "a constraint is taken times a positive number",
        Region._weak_constraint,
        'scale > 0 or relation == "="',
        "True",
        obvious("x*y <= 1", "x real, y real, x*y >= 1"),
    ),
    (
        "only a strict constraint is a strict sign",
        Region._by_fact,
        'relation == ">"',
        "True",
        obvious("x*y > 1", "x real, y real, x*y >= 1"),
    ),
    (
        "and turns with a negative number",
        Region._by_fact,
        "sign if scale > 0 else -sign",
        "sign",
        obvious("x*y < 1", "x real, y real, x*y > 1"),
    ),
    (
        "a product is not 0 where no factor is",
        Region._fulfils,
        'all(self._fulfils(arg, "!=") for arg in node.args)',
        'any(self._fulfils(arg, "!=") for arg in node.args)',
        defined("1/(x*y)", "x real, y in (1, 2)"),
    ),
    (
        "x*y >= 0 does not keep it from 0",
        Region._fulfils,
        'kind in (">", "!=")',
        "True",
        defined("1/(x*y)", "x real, y real, x*y >= 0"),
    ),
    (
        "a strict condition is strict",
        Region._fulfils,
        'relation == ">=" and self.weak(node) == 1',
        "self.weak(node) == 1",
        defined("log(x)", "x in [0, 1]"),
    ),
    (
        "a condition holds on both halves",
        Region._by_cells,
        "[{**cell, name: (low, middle)}, {**cell, name: (middle, high)}]",
        "[{**cell, name: (middle, high)}]",
        defined("log(x - 1/4)", "x in [0, 1]"),
    ),
    (
        "a bound variable has all values between its ends",
        Region._bound,
        "hull(self.ranges.of(low), self.ranges.of(high))",
        "self.ranges.of(high)",
        defined("integral(log(t), t, -1, 1)", ""),
    ),
    (
        "a condition is proved",
        Region.require,
        "self.holds(condition)",
        "True",
        defined("log(x)", "x real"),
    ),
    (
        "the signs of a sine of −x are in the order of x",
        region.wave_signs,
        "signs if direction > 0 else signs[::-1]",
        "signs",
        table("sin(-3*x/2)", "0", "pi", WAVE, [1, -1]),
    ),
]
NARROWER: list[Step] = [
    (
        "x != y bounds nothing",
        tighten._affine,
        'relation == "!=" or not node.free',
        "not node.free",
        obvious("y >= 0", "x in [0, 1], y real, y != x"),
    ),
    (
        "nor does a quotient",
        tighten._affine,
        "form.den",
        "False",
        obvious("y >= 0", "x in [0, 1], y real, y/(x - 3) >= 0"),
    ),
    (
        "nor a square",
        tighten._affine,
        "monomial[0][1] == 1",
        "True",
        obvious("y >= 1", "y real, y^2 >= 1"),
    ),
    (
        "a bound that belongs to the range is no strict one",
        tighten._propagate,
        'relation != ">"',
        "False",
        obvious("y > 0", "x in [0, 1], y real, y >= x"),
    ),
    (
        "the other variables are where they allow most",
        tighten._propagate,
        "sense * slope > 0",
        "True",
        obvious("y >= 1", "x in [0, 1], y real, y >= x"),
    ),
    (
        "a negative coefficient makes an upper bound",
        tighten._propagate,
        "sense * rate > 0",
        "True",
        obvious("y >= 0", "x in [0, 1], y real, y <= x"),
    ),
    (
        "x != y bounds y neither from below nor from above",
        tighten.bounds_of,
        'relation not in (">", ">=")',
        "False",
        proves("y >= x", "x real, y real, y != x", along("y", "x", EQUAL, above=OBVIOUS)),
    ),
]
CONDITIONS: list[Step] = [
    (
        "a negative power is of what is not 0",
        conditions._power,
        '[(base, "!=")] if value < 0 else []',
        "[]",
        defined("1/x", "x real"),
    ),
    (
        "a power of a base that may be 0 is not negative",
        conditions._power,
        '">=" if value > 0 else ">"',
        '">="',
        defined("x^(-1/2)", "x >= 0"),
    ),
    (
        "a power that is not a number is of a positive base",
        conditions._power,
        '[] if base is E else [(base, ">", exponent)]',
        "[]",
        defined("x^pi", "x real"),
    ),
    (
        "0 has powers with positive exponents only",
        Region.holds,
        'region._fulfils(exponent, ">")',
        "True",
        defined("x^y", "x >= 0, y >= -1"),
    ),
    (
        "a Bessel function of a broken order is asked for beyond 0",
        conditions._orders,
        '[] if whole else [(x, ">")]',
        "[]",
        defined("besselj(1/2, x)", "x real"),
    ),
    (
        "a polygamma function is asked for beyond 0",
        conditions._polygamma,
        '[(u, ">")]',
        "[]",
        defined("polygamma(1, x)", "x real"),
    ),
    (
        "what stands under an integral is defined",
        conditions._under,
        "conditions(body)",
        "()",
        defined("integral(log(t), t, -1, 1)", ""),
    ),
    (
        "a sum runs between whole numbers",
        conditions.require_whole_ends,
        'part.head == "sum" and not all(whole(end, integers) for end in part.args[2:])',
        "False",
        defined("sum(1, n, 1, x)", "x in [1, 2]"),
    ),
    (
        "an integral of atan2 has no rule, as it may jump",
        differentiate.require_no_jump,
        'any(part.head == "atan2" for part in parts_of(body))',
        "False",
        proves("integral(atan2(x, t), t, -2, -1) > 2", "x in [-1, 1]", cells(".")),
    ),
    (
        "nor has a sum",
        program.slope_of,
        "require_no_jump(body)",
        "None",
        proves("sum(atan2(x, -n), n, 1, 50) > 100", "x in [-1/10, 1/10]", cells(".")),
    ),
    (
        "a domain x*y <= 1 is not open",
        interval_text.constraint_of,
        '">" if link.relation == "<" else ">="',
        '">"',
        obvious("x*y < 1", "x real, y real, x*y <= 1"),
    ),
    (
        "a domain x >= 0 is closed",
        interval_text._Reading.link,
        "closed and low is not None",
        "False",
        obvious("x > 0", "x >= 0"),
    ),
    (
        "a bracket closes a range",
        interval_text._interval,
        'left == "[" and low is not None',
        "False",
        obvious("x > 0", "x in (-1, 2], x in [0, 1]"),
    ),
]
RANGES: list[Step] = [
    (
        "0 times what is open is closed",
        ranges._times,
        "(p or q) and not ((x == 0 and not p) or (y == 0 and not q))",
        "p or q",
        obvious("x*y > 0", "x in [0, 1), y in (1, 2)"),
    ),
    (
        "a product is open where all corners are",
        ranges.times,
        "all(opened for s, v, opened in corners if (s, v) == least)",
        "any(opened for s, v, opened in corners if (s, v) == least)",
        obvious("x*y > 0", "x in (0, 1], y in [0, 1]"),
    ),
    (
        "1/x is closed where x is",
        ranges.inverse,
        "high is None or a.high_open",
        "True",
        obvious("1/x > 1/2", "x in (0, 2]"),
    ),
    (
        "an even power is not monotone across 0",
        ranges.power,
        "n % 2 and (a.weak is None)",
        "a.weak is None",
        obvious("x^2 >= 1", "x in (-2, 3)"),
    ),
    (
        "an odd power of a negative number is negative",
        ranges.power,
        "power(a, n) if n % 2 == 0 else negated(power(a, n))",
        "power(a, n)",
        obvious("x^3 > 0", "x in (-2, -1)"),
    ),
    (
        "the hull of two ranges begins with the lower one",
        ranges.hull,
        "low is not None and (b.low is None or b.low < low or (b.low == low and not b.low_open))",
        "False",
        defined("integral(log(t), t, 1, -1)", ""),
    ),
    (
        "long ends are rounded outwards",
        ranges._short,
        "gmpy2.RoundUp if up else gmpy2.RoundDown",
        "gmpy2.RoundDown",
        obvious("x <= 1", "x in [0, 1 + 2^(-500)]"),
    ),
    (
        "the value at a closed end is taken",
        Ranges._monotone,
        "(self._value(head, value, shape, is_low), opened)",
        "(self._value(head, value, shape, is_low), True)",
        obvious("exp(x) > 1", "x in [0, 1]"),
    ),
    (
        "a falling function is least at the upper end",
        Ranges._monotone,
        "not shape.rises",
        "False",
        obvious("erfc(x) > 1/2", "x in [0, 1]"),
    ),
    (
        "a negative root falls",
        Ranges._root,
        "found if exponent > 0 else inverse(found)",
        "found",
        obvious("x^(-1/2) > 1", "x in [4, 9]"),
    ),
    (
        "a high odd power may be negative",
        Ranges._power,
        "value % 2",
        "False",
        obvious("x^65 >= 0", "x real"),
    ),
    (
        "a power of a base that may be 0 may be 0",
        Ranges._power,
        "found if own.sign == 1 else hull(found, point(_ZERO))",
        "found",
        obvious("x^y > 0", "x >= 0, y > 0"),
    ),
    (
        "a power of a base near 0 is bounded for a positive exponent",
        elementary.power_where_defined,
        "not exponent.lo > 0",
        "False",
        proves("x^y <= 1", "x in (0, 1], y in [-1, 1]", cells(".")),
    ),
    (
        "cosh 0 = 1",
        ranges._cosh,
        "size.high is None or size.high > 0",
        "True",
        obvious("cosh(x) != 1", "x = 0"),
    ),
    (
        "gamma falls before its turn",
        ranges._gamma,
        "low >= gmpy2.mpq(14617, 10_000) and low <= 10_000",
        "low <= 10_000",
        obvious("gamma(x) > 3/2", "x in (1/2, 3)"),
    ),
    (
        "and rises after it",
        ranges._gamma,
        "high is not None and high <= gmpy2.mpq(14616, 10_000)",
        "high is not None",
        obvious("gamma(x) > 3/2", "x in (1, 3)"),
    ),
    (
        "log gamma rises from 2 on",
        ranges._loggamma,
        "low is not None and low >= 2 and low <= 10_000",
        "low is not None and low <= 10_000",
        obvious("loggamma(x) > 2", "x in (1/10, 3)"),
    ),
    (
        "log gamma is positive before 1",
        ranges._loggamma,
        "own.high is not None and own.high <= 1",
        "own.high is not None",
        obvious("loggamma(x) >= 0", "x in (1/2, 2)"),
    ),
    (
        "a polygamma function of even order is negative",
        ranges._polygamma,
        "n % 2 == 1",
        "True",
        obvious("polygamma(2, x) > 0", "x > 0"),
    ),
    (
        "a minimum may be the second",
        ranges._smaller,
        "low is not None and (b.low is None or b.low < low or (b.low == low and not b.low_open))",
        "False",
        obvious("min(x, y) > 0", "x in (1, 2), y in (-1, 0)"),
    ),
    (
        "floor x is a whole number",
        ranges._floor,
        "gmpy2.mpq(own.low.numerator // own.low.denominator)",
        "own.low",
        obvious("floor(x) >= 1/2", "x >= 1/2"),
    ),
    (
        "sign x may be -1",
        ranges._sign,
        "_ZERO if own.weak == 1 else -_ONE",
        "_ZERO",
        obvious("sign(x) >= 0", "x real"),
    ),
    (
        "P(s, 0) = 0",
        ranges._probability,
        "ranges.of(args[-1]).sign == 1",
        "True",
        obvious("gammap(1, x) > 0", "x in [0, 1]"),
    ),
    (
        "I_0 = 0",
        ranges._betai,
        "below.sign == 1",
        "True",
        obvious("betai(x, 1, 2) > 0", "x in [0, 1]"),
    ),
    (
        "I_1 = 1",
        ranges._betai,
        "plus(point(_ONE), negated(own)).sign == 1",
        "True",
        obvious("betai(x, 1, 2) < 1", "x in [0, 1]"),
    ),
    (
        "a Bessel function I is positive beyond 0",
        ranges._besseli,
        "above and ranges.of(x).sign == 1",
        "above",
        obvious("besseli(1, x) > 0", "x real"),
    ),
    (
        "an angle is less than pi/2 where x > 0",
        ranges._angle,
        "ranges.of(x).sign == 1",
        "True",
        obvious("atan2(y, x) < 2", "x in (-2, -1), y in (1, 2)"),
    ),
    (
        "and at least 0 where y >= 0",
        ranges._angle,
        "side.weak == 1",
        "True",
        obvious("atan2(y, x) >= 0", "x > 1, y < -1"),
    ),
    (
        "an integral is backward from a greater end",
        ranges._integral,
        "times(inner, ranges.of(high - low))",
        "inner",
        obvious("integral(exp(x*t), t, 1, 0) > 0", "x in (1, 2)"),
    ),
    (
        "an empty sum is 0",
        ranges._sum_of,
        "count.weak != 1",
        "False",
        obvious("sum(exp(n), n, m, 0) < 0", "m integer, 5 <= m <= 9"),
    ),
]  # fmt: skip


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
