"""Steps of tables of variations and of signs near an end: without each, a false table is accepted.

A table is false, too, where it has a zero that is not there.
"""

import gmpy2
import pytest
from falsehoods import Step, got, is_needed, near, proves, table
from proof_samples import CONSTANT, OBVIOUS, RANGE, RATIONAL, WAVE, product, signs, step, substitute

from bounds.certify.checker import pattern, sturm
from bounds.certify.checker.constants import Constants
from bounds.certify.checker.germ import Germ
from bounds.certify.checker.grammar import read_expression
from bounds.certify.checker.pattern import Line
from bounds.certify.checker.region import Region, Span
from bounds.certify.checker.sturm import End
from bounds.certify.checker.turns import Mark

TWO_TOPS = "-x^4/4 + 7*x^3/3 - 7*x^2 + 8*x - 4"
"""Its derivative is −(x − 1)(x − 2)(x − 4): it is negative at 1 and 2, positive at 4."""

AT_1, AT_4 = {"in": ["9/10", "11/10"]}, {"in": ["39/10", "41/10"]}
JUMPS = "atan2(x - 1/2, -1) - atan2(-1/2, -1)"
FALLS = "atan2(x, -1) - 20*x"
"""Its derivative is negative; but it jumps from −π to π at 0."""

FAR = "20 + 3*pi/4"
CHAIN = step("-x + (x + 1)/e", CONSTANT)
MISSED = {
    "rule": "split",
    "variable": "w",
    "at": ["0"],
    "pieces": [signs(step("-20*w - atan2(w, -1)", OBVIOUS), "w")] * 2,
}


def contact(at, order):
    return {"rule": "contact", "at": at, "order": order}


def cut(at, *pieces):
    return {"rule": "cut", "at": [at], "pieces": list(pieces)}


def shift(by, difference):
    return {"rule": "shift", "by": by, "difference": difference}


def change(text, interval, inner):
    return {"rule": "substitute", "new": "w", "as": text, "range": interval, "pattern": inner}


PATTERNS: list[Step] = [
    (
        "a condition has one sign",
        table("x", "-1", "1", {**OBVIOUS, "conditions": {"x": RATIONAL}}, [-1]),
    ),
    (
        "a constant is not 0",
        proves("0 != 0", "x real", signs(CONSTANT)),
    ),
    (
        "f is analytic up to the point of contact and beyond",
        table(JUMPS, "0", "1", contact("low", 1), [-1]),
    ),
    (
        "the lower derivatives vanish there",
        table("x - 1/2", "0", "1", contact("low", 1), [1]),
    ),
    (
        "to the left of a contact an odd order turns the sign",
        table("(x - 1)^3", "0", "1", contact("high", 3), [1]),
    ),
    (
        "the base of a power is positive",
        table("x^3", "-1", "0", {"rule": "root", "base": OBVIOUS}, [1]),
    ),
    (
        "f is the product of its factors",
        table("-1", "0", "1", product(("1", 1, CONSTANT)), [1]),
    ),
    (
        "an even power is positive",
        table("x^2", "-1", "0", product(("x", 2, OBVIOUS)), [-1]),
    ),
    (
        "one factor has zeros at most",
        table("x*(x - 1)", "-1", "2", product(("x", 1, RATIONAL), ("x - 1", 1, RATIONAL)),
              [1, -1, -1, 1]),
    ),
    (
        "what is differentiated is analytic",
        table(FALLS, "-1", "1/10", step(FALLS, OBVIOUS), [1]),
    ),
    (
        "f is the product of its two parts",
        table("-1", "0", "1", step("1 + x", CONSTANT), [1]),
    ),
    (
        "a negative factor turns the signs",
        table("-exp(x)", "0", "1", step("exp(x)", OBVIOUS, divide="-1"), [1]),
    ),
    (
        "a turn lies in the interval",
        table(TWO_TOPS, "2", "5", step(TWO_TOPS, RATIONAL, [AT_1]), [-1]),
    ),
    (
        "and so does one at which f is 0",
        proves(
            "x^2*((x - 3)^2 - 1) >= 0",
            "x in (3/2, 5)",
            signs(step("x^2*((x - 3)^2 - 1)", RATIONAL, [{"at": "0", "zero": True}])),
        ),
    ),
    (
        "there f and its derivative are 0",
        proves(
            "exp(x) - x >= 3/2",
            "x in (-2, 2)",
            signs(step("exp(x) - x - 3/2", step("exp(x) - 1", OBVIOUS),
                       [{"at": "0", "zero": True}])),
        ),
    ),
    (
        "the cuts lie in the interval",
        table("x - 3/2", "0", "1", cut("2", RATIONAL, OBVIOUS), [-1, 1]),
    ),
    (
        "the pieces fit together",
        table("sign(x) + 1/2", "-1", "1", cut("0", OBVIOUS, OBVIOUS), [-1]),
    ),
    (
        "a falling change of variables turns the table",
        table("1/x - 2", "0", "inf",
              change("1/w", "(0, inf)", {"rule": "rewrite", "as": "w - 2", "pattern": RATIONAL}),
              [-1, 1]),
    ),
    (
        "a change of variables is analytic",
        proves(
            "x != 0",
            f"x in (-({FAR}), {FAR})",
            substitute("x", "w", "-20*w - atan2(w, -1)", "(-1, 1)", MISSED),
        ),
    ),
    (
        "it reaches both ends",
        table("x - 3/2", "0", "2", change("w", "(0, 1)", RATIONAL), [-1]),
    ),
    (
        "f is equal to what it is rewritten as",
        table("-1", "0", "1", {"rule": "rewrite", "as": "1", "pattern": CONSTANT}, [1]),
    ),
    (
        "a shift goes on to infinity",
        table("-x*exp(-x)", "0", "1/2", shift("1", {"rule": "taylor", "splits": "ss..s..",
                                                    "order": 2}), [1]),
    ),
    (
        "upward",
        table("-1/x", "1", "inf", shift("-1", RATIONAL), [1]),
    ),
    (
        "with differences of one sign",
        table("-x*exp(-x)", "0", "inf",
              shift("1", product(("exp(-x)", 1, OBVIOUS), ("-x + (x + 1)/e", 1, CHAIN))), [1]),
    ),
    (
        "each mark is at its own turn",
        table(TWO_TOPS, "0", "5", step(TWO_TOPS, RATIONAL, [AT_1, None, AT_1]), [-1]),
    ),
    (
        "the marks are in order",
        table(TWO_TOPS, "0", "5", step(TWO_TOPS, RATIONAL, [AT_1, None, AT_1]), [-1]),
    ),
    (
        "a mark begins before its turn",
        table(TWO_TOPS, "2", "5", step(TWO_TOPS, RATIONAL, [{"in": ["48/10", "49/10"]}]), [-1]),
    ),
    (
        "and ends after it",
        table(TWO_TOPS, "2", "5", step(TWO_TOPS, RATIONAL, [{"in": ["21/10", "22/10"]}]), [-1]),
    ),
    (
        "a least value has no sign from a positive neighbour",
        table("x^2 + 1/4", "-1", "1", step("x^2 + 1/4", RATIONAL, [None]), [1, -1, 1]),
    ),
]  # fmt: skip


def polynomial(numerator, denominator, found):
    ends = End(gmpy2.mpq(0)), End(gmpy2.mpq(1))
    parts = [[gmpy2.mpq(c) for c in poly] for poly in (numerator, denominator)]
    return lambda: got(lambda: sturm.pattern(*parts, *ends)) == found


ENDS: list[Step] = [
    (
        "a denominator has no zeros inside",
        polynomial([1], [-3, 4], [-1]),
    ),
    (
        "a zero of even order does not change the sign",
        table("(x - 1/2)^2", "0", "1", RATIONAL, [1, -1]),
    ),
    (
        "a bounded function is not 0",
        proves("sin(2*pi*x) >= 0", "x > 0",
               {"rule": "shift", "variable": "x", "by": "1", "difference": {"rule": "equal"}}),
    ),
    (
        "a term that is no greater than the error tells nothing",
        near("1/x^2 + sin(x)/x", None, 1, Germ(1, "zero")),
    ),
    (
        "the error of a product is that of each times the other",
        near("(2 + 1/x)*(1 + sin(x))", None, 1, Germ(0, "zero")),
    ),
    (
        "an angle is that of y/x where x > 0",
        near("atan2(1, -x)", None, 1, Germ(-1, "zero")),
    ),
    (
        "a Bessel function of odd order is odd",
        near("besseli(1, x)", None, -1, Germ(1, "infinite")),
    ),
    (
        "atan falls from pi/2 by atan(1/x)",
        near("atan(x) - pi/2", None, 1, Germ(1, "zero")),
    ),
]  # fmt: skip


def way(text, high, rises, *marks):
    """That an expression of x > 0 is said to be positive near the upper end, from a point."""

    def call():
        end = None if high is None else read_expression(high)
        region = Region({"x": Span(read_expression("0"), end)}, constants=Constants())
        line, h = Line("x", region), read_expression(text)
        return pattern._sign_on_the_way(line, h, rises, [*marks], high=True)

    return lambda: got(call) == 1


WAYS: list[Step] = [
    (
        "a point from which the sign at an end follows lies behind all turns",
        way("exp(x)", "pi/3", [-1, 1], Mark(gmpy2.mpq(1), gmpy2.mpq(1_047_197, 10**6), -1, 1, 1)),
    ),
    (
        "from such a point the function goes on in its direction",
        way("-exp(-x)", None, [1]),
    ),
]


@pytest.mark.step(*dict([*PATTERNS, *ENDS, *WAYS]))
@pytest.mark.parametrize("step", [*PATTERNS, *ENDS, *WAYS], ids=lambda step: step[0])
def test_a_step_of_a_table(step):
    is_needed(step)


def test_a_mark_is_a_zero_only_by_algebra():
    """A turn is told by signs, or by a zero that is exact."""
    close = {"at": "10^(-30)", "zero": True}
    touching = table("x^2", "-1", "1", step("x^2", RATIONAL, [close]), [1, 1])
    assert not touching()
    assert not table("x", "0", "1", RANGE, [1])()
    assert not table("sin(x)", "0", "2*pi", WAVE, [1])()
