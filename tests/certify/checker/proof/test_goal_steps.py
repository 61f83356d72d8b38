"""Steps of goals and of the rules for them: without each, a false statement is accepted."""

import gmpy2
import pytest
from falsehoods import Step, is_needed, lemma, proves
from proof_samples import (
    CONSTRAINT,
    EQUAL,
    OBVIOUS,
    POINT,
    RATIONAL,
    along,
    cells,
    change,
    factor,
    mapped,
    signs,
    split,
    step,
    substitute,
)

from bounds.certify.checker.constants import Constants
from bounds.certify.checker.grammar import read_expression

TURNED = "-(atan2(x - 1/2, -1) - atan2(-1/2, -1)) - 4/5*x + 5*x^2"
"""It is 0 at 0, with its slope, and convex; but atan2 jumps at 1/2, and it is negative beyond."""

WALK = "n*(n - 1)*(2*n - 1)/6 - 3*n*(n - 1)/2 + 5*n/4"
"""f(n + 1) − f(n) = (n − 1/2)(n − 5/2), which is at least 0 where n(n − 3) is."""

FALLS = along("x", "5", OBVIOUS, [OBVIOUS, OBVIOUS], below=OBVIOUS, above={"rule": "empty"})


def touch(point, box, *others):
    return {"rule": "touch", "at": {"x": point}, "box": {"x": box}, "rest": list(others)}


def total(*parts):
    keys = ("of", "sign", "proof")
    return {"rule": "sum", "parts": [dict(zip(keys, part, strict=True)) for part in parts]}


def given(domain, **place):
    return {"rule": "given", "name": "L", "with": place, "domain": list(domain)}


def exists(inside, inner, **place):
    return {"rule": "exists", "with": place, "inside": list(inside), "proof": inner}


def mirror(inner):
    return {"rule": "mirror", "variable": "x", "proof": inner}


def closure(inner):
    return {"rule": "closure", "variables": ["x"], "proof": inner}


def telescope(text, inner, proof):
    return {"rule": "telescope", "sum": text, "as": inner, "proof": proof}


def induction(first, rise):
    return {"rule": "induction", "variable": "n", "first": first, "step": rise}


def concave(low, high, bend):
    return {"rule": "concave", "variable": "x", "low": low, "high": high, "bend": bend}


def cases(of, up, down):
    return {"rule": "cases", "of": of, "nonnegative": up, "nonpositive": down}


def resolve(of, sign, by, inner=EQUAL):
    return {"rule": "resolve", "of": of, "sign": sign, "by": by, "proof": inner}


def shift(by, difference=OBVIOUS):
    return {"rule": "shift", "variable": "x", "by": by, "difference": difference}


def eliminate(name, text, inner, **by):
    return {"rule": "eliminate", "variable": name, "as": text, "proof": inner, **by}


def squares(*terms):
    return {"rule": "sos", "terms": [list(term) for term in terms]}


CONCAVE: list[Step] = [
    (
        "both ends belong to the range",
        proves("x + 1 > 0", "x in (0, 1)", concave(POINT, POINT, EQUAL)),
    ),
    (
        "no constraint leaves an end out",
        proves("x + 1 > 0", "x in [0, 1], y in [0, 1], x*y < 1/2", concave(POINT, POINT, EQUAL)),
    ),
    (
        "a concave function does not jump at an end",
        proves("atan2(x^2 - x, -1) > 0", "x in [0, 1]", concave(POINT, POINT, signs(RATIONAL))),
    ),
    (
        "a concave function has its sign at its ends",
        proves("x - 1/2 > 0", "x in [0, 1]", concave(POINT, POINT, EQUAL)),
    ),
    (
        "between its ends the function is concave",
        proves("x^2 - x + 1/5 > 0", "x in [0, 1]", concave(POINT, POINT, POINT)),
    ),
]
"""The first two are true, and not proved by this rule alone: at such an end nothing is known."""

GOALS: list[Step] = [
    (
        "both sides are values of one monotone function",
        proves("tanh(x) >= atan(x)", "x >= 0", mapped("inverse", "atan(x)", "tanh(x)", EQUAL)),
    ),
    (
        "a decreasing function turns the order of its arguments",
        proves(
            "acos(x) > acos(0)", "x in (0, 1)", mapped("inverse", "acos(0)", "acos(x)", OBVIOUS)
        ),
    ),
    (
        "two expressions are equal by normal form",
        proves("x > x + 1", "x real", {"rule": "rewrite", "as": "1", "proof": OBVIOUS}),
    ),
    (
        "a rule proves the relations that it is for",
        proves("x > x", "x real", EQUAL),
    ),
    (
        "a condition of a goal is proved",
        proves("x > 0", "x real", {**CONSTRAINT, "conditions": {"x": OBVIOUS}}),
    ),
    (
        "a condition that is not strict is no strict fact",
        proves("x > 0", "x in [0, 1]", {**CONSTRAINT, "conditions": {"x >= 0": OBVIOUS}}),
    ),
    (
        "the normal form is 0",
        proves("x = 0", "x real", EQUAL),
    ),
    (
        "a constraint that is not strict proves no strict goal",
        proves("x*y > 1", "x real, y real, x*y >= 1", CONSTRAINT),
    ),
    (
        "x != 0 does not say x >= 0",
        proves("x >= 0", "x real, x != 0", CONSTRAINT),
    ),
    (
        "a constraint of a goal is taken times a positive number",
        proves("-x > 0", "x > 0", CONSTRAINT),
    ),
    (
        "a lower end that belongs to the range is no strict bound",
        proves("x > 0", "x in [0, 1]", CONSTRAINT),
    ),
    (
        "an upper end that belongs to the range is no strict bound",
        proves("x < 1", "x in [0, 1]", CONSTRAINT),
    ),
    (
        "facts that were proved under constraints are not taken beyond them",
        proves(
            "x^2 > 1/100",
            "x in (-1, 1), cbrt(x) > 0",
            {
                **signs(step("x^2 - 1/100", OBVIOUS)),
                "conditions": {"x": factor(("cbrt(x)", 3, ">", CONSTRAINT))},
            },
        ),
    ),
    (
        "all signs of the table are +",
        proves("x >= 0", "x in (-1, 1)", signs(RATIONAL)),
    ),
    (
        "the table of a strict goal has one sign",
        proves("x < 1", "x in (0, 2)", signs(RATIONAL)),
    ),
    (
        "and it is +",
        proves("-x > 0", "x > 0", signs(RATIONAL)),
    ),
    (
        "0 at an end proves no strict goal",
        proves("x > 0", "x in [0, 1]", signs(RATIONAL)),
    ),
    (
        "a negative value at an end refutes the goal, where f jumps",
        proves("sign(x) > 1/2", "x in [0, 1]", signs(OBVIOUS)),
    ),
    (
        "at an end whose sign is not found f is continuous",
        proves(
            "sign(x - pi/4) >= 1/2",
            "x in [pi/4, 1]",
            signs({**OBVIOUS, "conditions": {"x - pi/4": step("x - pi/4", OBVIOUS)}}),
        ),
    ),
    (
        "sign, floor and atan2 may jump",
        proves(
            "sign(x - pi/4) >= 1/2",
            "x in [pi/4, 1]",
            signs({**OBVIOUS, "conditions": {"x - pi/4": step("x - pi/4", OBVIOUS)}}),
        ),
    ),
    (
        "a point is the only one of the range",
        proves("x < 1", "x in [0, 2]", POINT),
    ),
    (
        "the goal holds at the point",
        proves("1 < 0", "", POINT),
    ),
    (
        "an obvious sign is the one of the goal",
        proves("-x > 0", "x > 0", OBVIOUS),
    ),
    (
        "a weak sign proves no strict goal",
        proves("x > 0", "x in [0, 1]", OBVIOUS),
    ),
    (
        "f is analytic on the region's part of the box",
        proves(f"{TURNED} >= 0", "x in [0, 1]", touch("0", ["-1", "2"])),
    ),
    (
        "the touching point lies in the region",
        proves(f"{TURNED} >= 0", "x in [1, 21/20]", touch("0", ["-1", "2"])),
    ),
    (
        "an odd power of a factor other than 0 has no known sign",
        proves("x > 0", "x in (-2, -1)", factor(("x", 1, "!=", OBVIOUS))),
    ),
    (
        "only a square needs no proof",
        proves("x >= 0", "x real", factor(("x", 1, ">="))),
    ),
    (
        "a negative factor turns the sign",
        proves("x > 0", "x in (-2, -1)", factor(("x", 1, "<", OBVIOUS))),
    ),
    (
        "a factor is defined",
        proves("x >= 0", "x real", factor(("sqrt(x)", 2, ">="))),
    ),
    (
        "what is said to be positive is proved, each part of a sum and each factor beside squares",
        proves("x > 0", "x real", total(("x", ">", OBVIOUS))),
    ),
    (
        "the coefficient of a square is positive",
        proves("-x^2 >= 0", "x real", squares(("-1", "x"))),
    ),
    (
        "a sum of squares may be 0",
        proves("x^2 > 0", "x real", squares(("1", "x"))),
    ),
    (
        "the base of a square is defined",
        proves("x >= 0", "x real", squares(("1", "sqrt(x)"))),
    ),
    (
        "equal squares do not make equal sides",
        proves("1 = -1", "", mapped("square", "-1", "1", EQUAL)),
    ),
]
POSITIVE_NOWHERE = total(
    ("-1", ">", factor(("-x", 1, ">", CONSTRAINT), ("x", -1, ">", CONSTRAINT))),
    ("x", ">", CONSTRAINT),
)
"""x − 1 > 0 where 0 < x < 0."""

MOVES: list[Step] = [
    (
        "the mirror image of f is f",
        proves("x^3 >= 0", "x real", mirror(OBVIOUS)),
    ),
    (
        "a range with an image of each of its points",
        proves("x^2 <= 4", "x in [-3, 2]", mirror(OBVIOUS)),
    ),
    (
        "also of its ends",
        proves("x^2 < 4", "x in [-2, 2)", mirror(OBVIOUS)),
    ),
    (
        "or of all beyond them",
        proves("x^2 <= 4", "x <= 2", mirror(OBVIOUS)),
    ),
    (
        "the images fulfil the constraints",
        proves("x^2 >= 1", "x real, x^3 <= -1/8", mirror({"rule": "empty"})),
    ),
    (
        "only a weak sign is that of a limit, too",
        proves("x > 0", "x in [0, 1]", closure(OBVIOUS)),
    ),
    (
        "up to an end f is continuous",
        proves("sign(x) >= 1/2", "x in [0, 1]", closure(resolve("x", ">", OBVIOUS, POINT))),
    ),
    (
        "every point is a limit of points between the ends",
        proves("x >= 1", "x in [0, 1], x^2 <= 0", closure({"rule": "empty"})),
    ),
    (
        "and there are some",
        proves("x >= 1", "x in [0, 0]", closure(POSITIVE_NOWHERE)),
    ),
    (
        "the pieces of a split are as many as it has",
        proves("-x >= 0", "x real", split("x", ["0"], OBVIOUS)),
    ),
    (
        "at a closed end g has the value of the end",
        proves(
            "x > -pi",
            "x in [-pi, -3*pi/4]",
            substitute(
                "x",
                "w",
                "atan2(-w, -1)",
                "[0, 1]",
                signs(step("atan2(-w, -1) + pi", OBVIOUS), "w"),
            ),
        ),
    ),
    (
        "a change of variables has the inverse that is given",
        proves("x > 0", "x real", change("x", "w", "w", "1", "(0, inf)", [OBVIOUS], OBVIOUS)),
    ),
    (
        "the new variable lies in its range",
        proves("x > 0", "x real", change("x", "w", "w", "x", "(0, inf)", [OBVIOUS], OBVIOUS)),
    ),
    (
        "strictly above an open lower end",
        proves("x > 0", "x >= 0", change("x", "w", "w", "x", "(0, inf)", [OBVIOUS], OBVIOUS)),
    ),
    (
        "strictly below an open upper end",
        proves("x < 0", "x <= 0", change("x", "w", "w", "x", "(-inf, 0)", [OBVIOUS], OBVIOUS)),
    ),
    (
        "the inverse is defined",
        proves("x >= 0", "x real", change("x", "w", "w^2", "sqrt(x)", "(-inf, inf)", [], OBVIOUS)),
    ),
    (
        "an equation of the region gives what is eliminated",
        proves("x < 1", "x real, y real, x + y = 1", eliminate("x", "0", OBVIOUS)),
    ),
    (
        "an inequality does not",
        proves("x <= y", "x real, y real, y < x", eliminate("x", "y", EQUAL)),
    ),
    (
        "the factor of the equation is defined",
        proves(
            "x = 5",
            "x real, y real, x - y = 0",
            eliminate("x", "5", EQUAL, by="(x - 5)/(x - y)"),
        ),
    ),
    (
        "along a variable f does not jump",
        proves("atan2(-x, -1) > 0", "x in [0, 1]", along("x", "0", POINT, above=OBVIOUS)),
    ),
    (
        "f has its sign on the curve",
        proves("y >= x + 1", "x real, y >= x", along("y", "x", OBVIOUS, above=OBVIOUS)),
    ),
    (
        "below the curve f falls",
        proves("x >= 0", "x in [-1, 0]", along("x", "0", EQUAL, below=OBVIOUS)),
    ),
    (
        "strictly, f rises strictly",
        proves("0*y > 0", "y > 0", along("y", "0", EQUAL, above=EQUAL, strict=True)),
    ),
    (
        "a side that is left out is empty",
        proves("x >= 0", "x in [-1, 1]", along("x", "0", EQUAL, [OBVIOUS, OBVIOUS], above=OBVIOUS)),
    ),
    (
        "the curve lies within the bounds of its variable",
        proves("(x - 2)^2 >= 2", "x in [0, 1]", FALLS),
    ),
    (
        "in a case abs u is u, but sign u is not 1",
        proves("sign(x)^2 = 1", "x real", cases("x", EQUAL, EQUAL)),
    ),
    (
        "the sign of what is resolved is proved",
        proves("abs(x) = x", "x real", resolve("x", ">=", OBVIOUS)),
    ),
    (
        "it is the sign that is named",
        proves("abs(x) = -x", "x > 0", resolve("x", "<", OBVIOUS)),
    ),
    (
        "only what has this sign is resolved",
        proves("abs(y) = y", "x > 0, y real", resolve("x", ">", OBVIOUS)),
    ),
    (
        "of two the lesser is the minimum",
        proves("min(x, 0) = x", "x > 0", resolve("x", ">", OBVIOUS)),
    ),
    (
        "only a whole number has finitely many values",
        proves(
            "x*(x - 1) >= 0",
            "x in [0, 1]",
            {"rule": "finite", "variable": "x", "proofs": [POINT, POINT]},
        ),
    ),
    (
        "a closed end is one of them",
        proves(
            "n^2 > 0",
            "n integer, 0 <= n <= 2",
            {"rule": "finite", "variable": "n", "proofs": [POINT]},
        ),
    ),
    (
        "an induction has its first case",
        proves("n > 5", "n integer, n >= 0", induction(POINT, OBVIOUS)),
    ),
    (
        "and its step",
        proves("1 - n > 0", "n integer, n >= 0", induction(POINT, OBVIOUS)),
    ),
    (
        "an induction is on whole numbers",
        proves("-sin(pi*n)^2 >= 0", "n >= 0", induction(POINT, EQUAL)),
    ),
    (
        "and begins with one",
        proves("sin(pi*n)^2 >= 1", "n integer, n >= 1/2", induction(POINT, EQUAL)),
    ),
    (
        "no constraint leaves a number out",
        proves(
            f"{WALK} >= 0",
            "n integer, n >= 0, n*(n - 3) >= 0",
            induction(POINT, total(("n*(n - 3)", ">=", CONSTRAINT), ("5/4", ">", POINT))),
        ),
    ),
    (
        "what is shifted tends to 0",
        proves("1/x - 1/2 > 0", "x > 0", shift("1")),
    ),
    (
        "a shift is upward",
        proves("-1/x > 0", "x > 1", shift("-1")),
    ),
    (
        "it goes on to infinity",
        proves(
            "-x*exp(-x) > 0",
            "x in (0, 1/2)",
            shift("1", cells({"v": "x"}, {"v": "x"}, ".", ".", {"v": "x"}, ".", ".")),
        ),
    ),
    (
        "the domain of a lemma is proved",
        proves("-1 > 0", "", given([POINT], x="-1"), [lemma("x > 0", "x > 0")]),
    ),
    (
        "strictly, where it is open",
        proves("x > 0", "x >= 0", given([OBVIOUS], x="x"), [lemma("x > 0", "x > 0")]),
    ),
    (
        "what stands for a whole number is one",
        proves("1/2*(1/2 - 1) >= 0", "", given([], n="1/2"),
               [lemma("n*(n - 1) >= 0", "n integer")]),
    ),
    (
        "what is put into a lemma is defined",
        proves("y >= 0", "y real", given([], x="sqrt(y)"), [lemma("x^2 >= 0", "x real")]),
    ),
    (
        "a lemma is taken times a positive number",
        proves("-x > 0", "x > 0", given([OBVIOUS], x="x"), [lemma("x > 0", "x > 0")]),
    ),
    (
        "and says no more than it does",
        proves("x > 0", "x >= 0", given([OBVIOUS], x="x"), [lemma("x >= 0", "x >= 0")]),
    ),
    (
        "a region is empty where a constraint fails, not where it may be 0",
        proves("1 < 0", "x real, -x^2 >= 0", {"rule": "empty"}),
    ),
    (
        "nor where an equation may hold",
        proves("1 < 0", "x real, x^2 = 0", {"rule": "empty"}),
    ),
    (
        "a period is one",
        proves("x <= 7", "x real", {"rule": "period", "variable": "x", "by": "2*pi",
                                    "proof": OBVIOUS}),
    ),
    (
        "it is positive",
        proves("x^2 <= 0", "x real", {"rule": "period", "variable": "x", "by": "0",
                                      "proof": POINT}),
    ),
    (
        "for every real number",
        proves("sqrt((x - 8)^2) > x - 8", "x >= 8", {"rule": "period", "variable": "x",
                                                     "by": "1", "proof": OBVIOUS}),
    ),
    (
        "no constraint has the variable that is shifted",
        proves(
            "sin(x) > 5",
            "x real, x^3 >= 1000",
            {"rule": "period", "variable": "x", "by": "2*pi", "proof": {"rule": "empty"}},
        ),
    ),
    (
        "the part beyond the whole number is a new variable",
        proves("floor(x) >= 0", "x real", {"rule": "floor", "of": "x", "new": "x",
                                           "proof": EQUAL}),
    ),
]  # fmt: skip
STATEMENTS: list[Step] = [
    (
        "a lemma holds for all values of its variables",
        proves("1 > 5", "", given([POINT], t="1"), [lemma("t > 5", "exists t in (0, inf)")]),
    ),
    (
        "what is said to exist lies where it is said",
        proves("x < t", "x in (0, 5), exists t in (0, 1)", exists([POINT, POINT], OBVIOUS, t="10")),
    ),
    (
        "strictly, at an open end",
        proves("t <= 0", "exists t in (0, 1)", exists([POINT, POINT], POINT, t="0")),
    ),
    (
        "one choice serves all comparisons",
        proves(
            "t > 1 and t < 1",
            "exists t real",
            [exists([], POINT, t="2"), exists([], POINT, t="0")],
        ),
    ),
    (
        "a whole number is chosen where one is asked for",
        proves("2*t = 1", "exists t integer", exists([], POINT, t="1/2")),
    ),
    (
        "the choice fulfils the constraints",
        proves("t < 0", "x real, t > x^2, exists t real", exists([], POINT, t="-1")),
    ),
]
ONE = {"rule": "finite", "variable": "n", "proofs": [POINT]}
SQUARES = "k*(k + 1)*(2*k + 1)/6 - 9*k"

SUMS: list[Step] = [
    (
        "the index of a sum is no variable of the region",
        proves(
            "sum(abs(k^2 - 9), k, 1, n) < 0",
            "n integer, n in [1, 1], k in [4, 5], k^2 > 9",
            telescope("sum(abs(k^2 - 9), k, 1, n)", SQUARES, ONE),
        ),
    ),
    (
        "a sum that telescopes has a term",
        proves(
            "sum(k, k, 1, n) > 0",
            "n integer, n in [-5, -5]",
            telescope("sum(k, k, 1, n)", "k*(k + 1)/2", ONE),
        ),
    ),
    (
        "the differences of the function are the terms",
        proves(
            "sum(k, k, 1, n) <= 0",
            "n integer, n in [1, 1]",
            telescope("sum(k, k, 1, n)", "0*k", ONE),
        ),
    ),
    (
        "the first term counts",
        proves(
            "sum(k, k, 1, n) <= 0",
            "n integer, n in [1, 1]",
            telescope("sum(k, k, 1, n)", "k*(k + 1)/2", ONE),
        ),
    ),
    (
        "a sum is written out between whole numbers",
        proves("sum(1, k, 1, 5/2) = 2", "", EQUAL),
    ),
]


def nearest(x, bits):
    """A fraction p/q with q of so many bits at least, as near to x as 1/q²."""
    before, now = (1, 0), (int(x), 1)
    while now[1].bit_length() < bits:
        x = 1 / (x - int(x))
        before, now = now, tuple(int(x) * a + b for a, b in zip(now, before, strict=True))
    return now


with gmpy2.context(precision=9_000):
    PELL = nearest(gmpy2.sqrt(gmpy2.mpfr(2)), 2_200)
    BELOW = nearest(gmpy2.sqrt(gmpy2.mpfr(2)), 2_201)
    NINTH = nearest(gmpy2.cos(gmpy2.const_pi() / 9), 2_200)

CONSTANTS: list[Step] = [
    (
        "roots have conjugates",
        proves(f"sqrt(2) = {PELL[0]}/{PELL[1]}", "", POINT),
    ),
    (
        "all but one of them are no greater than the bound",
        proves(f"sqrt(2) = {PELL[0]}/{PELL[1]}", "", POINT),
    ),
    (
        "a constant that is 0 is nearer to 0 from below than one that is not",
        proves(f"sqrt(2) = {BELOW[0]}/{BELOW[1]}", "", POINT),
    ),
    (
        "and it is nearer from above, too",
        proves(f"sqrt(2) = {PELL[0]}/{PELL[1]}", "", POINT),
    ),
    (
        "a cosine has conjugates",
        proves(f"cos(pi/9) = {NINTH[0]}/{NINTH[1]}", "", POINT),
    ),
]


def cancels(text):
    """Whether a constant that is not 0 is taken for a sum that cancels."""
    return lambda: Constants()._cancels(read_expression(text))


PRODUCTS: list[Step] = [
    ("the product of the powers is 1", cancels("log(2) + log(3) - log(7)")),
    ("the product of the numbers is real", cancels("4*atan(1/5) - atan(1/240) - pi/4")),
    ("the sum of the angles is more than minus pi", cancels("-4*atan(1)")),
    ("the sum of the angles is less than pi", cancels("4*atan(1)")),
]

STEPS = [*GOALS, *CONCAVE, *PRODUCTS, *MOVES, *SUMS, *CONSTANTS, *STATEMENTS]


@pytest.mark.step(*dict(STEPS))
@pytest.mark.parametrize("step", STEPS, ids=lambda step: step[0])
def test_a_step_of_a_goal(step):
    is_needed(step)
