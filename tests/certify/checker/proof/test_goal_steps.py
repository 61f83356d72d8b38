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

from bounds.certify.checker import goal, grammar, moves, periods, pieces, proof, separation
from bounds.certify.checker.goal import Goal

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


GOALS: list[Step] = [
    (
        "two expressions are equal by normal form",
        Goal.need_equal,
        "not self.region.algebra.equal(self.f, other)",
        "False",
        proves("x > x + 1", "x real", {"rule": "rewrite", "as": "1", "proof": OBVIOUS}),
    ),
    (
        "a rule proves the relations that it is for",
        Goal.need,
        "self.relation not in relations",
        "False",
        proves("x > x", "x real", EQUAL),
    ),
    (
        "a condition is proved",
        Goal._with_conditions,
        "goal.of(node, relation).prove(proof)",
        "None",
        proves("x > 0", "x real", {**CONSTRAINT, "conditions": {"x": OBVIOUS}}),
    ),
    (
        "a condition that is not strict is no strict fact",
        Goal._with_conditions,
        'relation == ">"',
        "True",
        proves("x > 0", "x in [0, 1]", {**CONSTRAINT, "conditions": {"x >= 0": OBVIOUS}}),
    ),
    (
        "the normal form is 0",
        goal._equal,
        "not goal.region.algebra.is_zero(goal.f)",
        "False",
        proves("x = 0", "x real", EQUAL),
    ),
    (
        "a constraint that is not strict proves no strict goal",
        goal._constraint,
        'relation in (">=", "=") and goal.relation == ">="',
        'relation in (">=", "=")',
        proves("x*y > 1", "x real, y real, x*y >= 1", CONSTRAINT),
    ),
    (
        "x != 0 does not say x >= 0",
        goal._constraint,
        'relation in (">=", "=")',
        "True",
        proves("x >= 0", "x real, x != 0", CONSTRAINT),
    ),
    (
        "a constraint is taken times a positive number",
        goal._constraint,
        'scale > 0 or relation == "="',
        "True",
        proves("-x > 0", "x > 0", CONSTRAINT),
    ),
    (
        "a lower end that belongs to the range is no strict bound",
        goal.said,
        '">=" if span.low_closed else ">"',
        '">"',
        proves("x > 0", "x in [0, 1]", CONSTRAINT),
    ),
    (
        "an upper end that belongs to the range is no strict bound",
        goal.said,
        '">=" if span.high_closed else ">"',
        '">"',
        proves("x < 1", "x in [0, 1]", CONSTRAINT),
    ),
    (
        "facts that were proved under constraints are not taken beyond them",
        goal._signs,
        "goal.region.constraints or span.integer",
        "False",
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
        goal._signs,
        "set(signs) == {1}",
        "True",
        proves("x >= 0", "x in (-1, 1)", signs(RATIONAL)),
    ),
    (
        "the table of a strict goal has one sign",
        goal._signs,
        'len(signs) == 1 and (signs[0] == 1 or goal.relation == "!=")',
        'signs[0] == 1 or goal.relation == "!="',
        proves("x < 1", "x in (0, 2)", signs(RATIONAL)),
    ),
    (
        "and it is +",
        goal._signs,
        'signs[0] == 1 or goal.relation == "!="',
        "True",
        proves("-x > 0", "x > 0", signs(RATIONAL)),
    ),
    (
        "0 at an end proves no strict goal",
        goal._at_end,
        'sign == 0 and goal.relation == ">="',
        "sign == 0",
        proves("x > 0", "x in [0, 1]", signs(RATIONAL)),
    ),
    (
        "a negative value at an end refutes the goal, where f jumps",
        goal._at_end,
        'sign != 0 and goal.relation == "!="',
        "sign != 0",
        proves("sign(x) > 1/2", "x in [0, 1]", signs(OBVIOUS)),
    ),
    (
        "at an end whose sign is not found f is continuous",
        goal._at_end,
        'goal.relation == ">=" and continuous(goal.f)',
        'goal.relation == ">="',
        proves(
            "sign(x - pi/4) >= 1/2",
            "x in [pi/4, 1]",
            signs({**OBVIOUS, "conditions": {"x - pi/4": step("x - pi/4", OBVIOUS)}}),
        ),
    ),
    (
        "sign, floor and atan2 may jump",
        goal.continuous,
        'part.head in _JUMPS or part.head == "sum"',
        'part.head == "sum"',
        proves(
            "sign(x - pi/4) >= 1/2",
            "x in [pi/4, 1]",
            signs({**OBVIOUS, "conditions": {"x - pi/4": step("x - pi/4", OBVIOUS)}}),
        ),
    ),
    (
        "a point is the only one of the range",
        goal._point,
        "not span.is_point or span.low is None",
        "span.low is None",
        proves("x < 1", "x in [0, 2]", POINT),
    ),
    (
        "the goal holds at the point",
        goal._point,
        "not proved[goal.relation]",
        "False",
        proves("1 < 0", "", POINT),
    ),
    (
        "an obvious sign is the one of the goal",
        goal._obvious,
        'sign == 1 or (sign and goal.relation == "!=")',
        "sign",
        proves("-x > 0", "x > 0", OBVIOUS),
    ),
    (
        "a weak sign proves no strict goal",
        goal._obvious,
        'goal.relation == ">=" and goal.region.weak(goal.f) == 1',
        "goal.region.weak(goal.f) == 1",
        proves("x > 0", "x in [0, 1]", OBVIOUS),
    ),
    (
        "f is analytic on the region's part of the box",
        goal._touch,
        "Region(near, constants=goal.constants).require(goal.f, analytic=True)",
        "None",
        proves(f"{TURNED} >= 0", "x in [0, 1]", touch("0", ["-1", "2"])),
    ),
    (
        "the touching point lies in the region",
        goal._near,
        "compare(point, low) < 0 or compare(point, high) > 0",
        "False",
        proves(f"{TURNED} >= 0", "x in [1, 21/20]", touch("0", ["-1", "2"])),
    ),
    (
        "an odd power of a factor other than 0 has no known sign",
        goal._factor,
        'own == "!=" and not even and goal.relation != "!="',
        "False",
        proves("x > 0", "x in (-2, -1)", factor(("x", 1, "!=", OBVIOUS))),
    ),
    (
        "only a square needs no proof",
        goal._factor,
        'even and power > 0 and own == ">="',
        'own == ">="',
        proves("x >= 0", "x real", factor(("x", 1, ">="))),
    ),
    (
        "a negative factor turns the sign",
        goal._factor,
        "-sign if down and not even else sign",
        "sign",
        proves("x > 0", "x in (-2, -1)", factor(("x", 1, "<", OBVIOUS))),
    ),
    (
        "a factor is defined",
        goal._factor,
        'goal.defined(factor["of"])',
        'goal.read(factor["of"])',
        proves("x >= 0", "x real", factor(("sqrt(x)", 2, ">="))),
    ),
    (
        "what is said to be positive is proved",
        goal.signed,
        "goal.of(node, own).prove(proof)",
        "None",
        proves("x > 0", "x real", total(("x", ">", OBVIOUS))),
    ),
    (
        "the coefficient of a square is positive",
        goal._squares,
        "goal.constants.sign(scale) != 1",
        "False",
        proves("-x^2 >= 0", "x real", squares(("-1", "x"))),
    ),
    (
        "a sum of squares may be 0",
        goal._squares,
        'goal.need(">=")',
        "None",
        proves("x^2 > 0", "x real", squares(("1", "x"))),
    ),
    (
        "the base of a square is defined",
        goal._squares,
        "goal.defined(term[1])",
        "goal.read(term[1])",
        proves("x >= 0", "x real", squares(("1", "sqrt(x)"))),
    ),
    (
        "equal squares do not make equal sides",
        goal._map,
        'goal.need(">", ">=")',
        "None",
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
        moves._mirror,
        "{name: -variable(name)}",
        "{name: variable(name)}",
        proves("x^3 >= 0", "x real", mirror(OBVIOUS)),
    ),
    (
        "a range with an image of each of its points",
        moves._symmetric,
        "goal.constants.compare(-span.low, span.high) == 0",
        "True",
        proves("x^2 <= 4", "x in [-3, 2]", mirror(OBVIOUS)),
    ),
    (
        "also of its ends",
        moves._symmetric,
        "span.low_closed == span.high_closed",
        "True",
        proves("x^2 < 4", "x in [-2, 2)", mirror(OBVIOUS)),
    ),
    (
        "or of all beyond them",
        moves._symmetric,
        "span.low is span.high",
        "True",
        proves("x^2 <= 4", "x <= 2", mirror(OBVIOUS)),
    ),
    (
        "the images fulfil the constraints",
        moves._mirror,
        "any(name in c.free for c, _ in goal.region.constraints)",
        "False",
        proves("x^2 >= 1", "x real, x^3 <= -1/8", mirror({"rule": "empty"})),
    ),
    (
        "up to an end f is continuous",
        moves._closure,
        "not continuous(goal.f)",
        "False",
        proves("sign(x) >= 1/2", "x in [0, 1]", closure(resolve("x", ">", OBVIOUS, POINT))),
    ),
    (
        "every point is a limit of points between the ends",
        moves._closure,
        "any(name in c.free for c, _ in goal.region.constraints)",
        "False",
        proves("x >= 1", "x in [0, 1], x^2 <= 0", closure({"rule": "empty"})),
    ),
    (
        "and there are some",
        moves._closure,
        "goal.constants.compare(low, high) >= 0",
        "False",
        proves("x >= 1", "x in [0, 0]", closure(POSITIVE_NOWHERE)),
    ),
    (
        "the pieces of a split are as many as it has",
        moves._split,
        'len(parts(pieces, "pieces")) != len(cuts) + 1',
        "False",
        proves("-x >= 0", "x real", split("x", ["0"], OBVIOUS)),
    ),
    (
        "at a closed end g has the value of the end",
        moves._substitute,
        "goal.constants.compare(substitute(g, {inner.name: end}), target) != 0",
        "False",
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
        moves._change,
        "not goal.region.algebra.equal(substitute(g, {w: inverse}), variable(name))",
        "False",
        proves("x > 0", "x real", change("x", "w", "w", "1", "(0, inf)", [OBVIOUS], OBVIOUS)),
    ),
    (
        "the new variable lies in its range",
        moves._change,
        "goal.of(node, relation).prove(part)",
        "None",
        proves("x > 0", "x real", change("x", "w", "w", "x", "(0, inf)", [OBVIOUS], OBVIOUS)),
    ),
    (
        "strictly above an open lower end",
        moves._change,
        '">=" if span.low_closed else ">"',
        '">="',
        proves("x > 0", "x >= 0", change("x", "w", "w", "x", "(0, inf)", [OBVIOUS], OBVIOUS)),
    ),
    (
        "strictly below an open upper end",
        moves._change,
        '">=" if span.high_closed else ">"',
        '">="',
        proves("x < 0", "x <= 0", change("x", "w", "w", "x", "(-inf, 0)", [OBVIOUS], OBVIOUS)),
    ),
    (
        "the inverse is defined",
        moves._change,
        "goal.defined(back)",
        "goal.read(back)",
        proves("x >= 0", "x real", change("x", "w", "w^2", "sqrt(x)", "(-inf, inf)", [], OBVIOUS)),
    ),
    (
        "an equation of the region gives what is eliminated",
        moves._eliminate,
        "not found",
        "False",
        proves("x < 1", "x real, y real, x + y = 1", eliminate("x", "0", OBVIOUS)),
    ),
    (
        "an inequality does not",
        moves._eliminate,
        'relation == "="',
        "True",
        proves("x <= y", "x real, y real, y < x", eliminate("x", "y", EQUAL)),
    ),
    (
        "the factor of the equation is defined",
        moves._eliminate,
        'goal.defined(rest["by"])',
        'goal.read(rest["by"])',
        proves(
            "x = 5",
            "x real, y real, x - y = 0",
            eliminate("x", "5", EQUAL, by="(x - 5)/(x - y)"),
        ),
    ),
    (
        "along a variable f does not jump",
        moves._along,
        "not continuous(goal.f)",
        "False",
        proves("atan2(-x, -1) > 0", "x in [0, 1]", along("x", "0", POINT, above=OBVIOUS)),
    ),
    (
        "f has its sign on the curve",
        moves._along,
        "goal.of(substitute(goal.f, place), relation, beside).prove(on)",
        "None",
        proves("y >= x + 1", "x real, y >= x", along("y", "x", OBVIOUS, above=OBVIOUS)),
    ),
    (
        "below the curve f falls",
        moves._along,
        "-rate if down else rate",
        "rate",
        proves("x >= 0", "x in [-1, 0]", along("x", "0", EQUAL, below=OBVIOUS)),
    ),
    (
        "strictly, f rises strictly",
        moves._along,
        '">" if strict else ">="',
        '">="',
        proves("0*y > 0", "y > 0", along("y", "0", EQUAL, above=EQUAL, strict=True)),
    ),
    (
        "a side that is left out is empty",
        moves._inside,
        "side not in sides and not any(beside.plain.is_zero(gap) for gap in gaps)",
        "False",
        proves("x >= 0", "x in [-1, 1]", along("x", "0", EQUAL, [OBVIOUS, OBVIOUS], above=OBVIOUS)),
    ),
    (
        "the curve lies within the bounds of its variable",
        moves._inside,
        'goal.of(gap, ">=", beside).prove(given[k])',
        "None",
        proves("(x - 2)^2 >= 2", "x in [0, 1]", FALLS),
    ),
    (
        "in a case abs u is u, but sign u is not 1",
        moves._cases,
        "resolved(goal, goal.f, u, sign, strict=False)",
        "resolved(goal, goal.f, u, sign, strict=True)",
        proves("sign(x)^2 = 1", "x real", cases("x", EQUAL, EQUAL)),
    ),
    (
        "the sign of what is resolved is proved",
        moves._resolve,
        'goal.of(-u if down else u, ">" if strict else ">=").prove(by)',
        "None",
        proves("abs(x) = x", "x real", resolve("x", ">=", OBVIOUS)),
    ),
    (
        "it is the sign that is named",
        moves._resolve,
        "-u if down else u",
        "u",
        proves("abs(x) = -x", "x > 0", resolve("x", "<", OBVIOUS)),
    ),
    (
        "only what has this sign is resolved",
        moves.resolved,
        "w is u or goal.region.algebra.equal(w, u)",
        "True",
        proves("abs(y) = y", "x > 0, y real", resolve("x", ">", OBVIOUS)),
    ),
    (
        "of two the lesser is the minimum",
        moves._without,
        '(found > 0) == (node.head == "max")',
        "found > 0",
        proves("min(x, 0) = x", "x > 0", resolve("x", ">", OBVIOUS)),
    ),
    (
        "only a whole number has finitely many values",
        moves._values,
        "not span.integer or span.low is None or span.high is None",
        "span.low is None or span.high is None",
        proves(
            "x*(x - 1) >= 0",
            "x in [0, 1]",
            {"rule": "finite", "variable": "x", "proofs": [POINT, POINT]},
        ),
    ),
    (
        "a closed end is one of them",
        moves._nearest,
        "order > 0 or (order == 0 and closed)",
        "order > 0",
        proves(
            "n^2 > 0",
            "n integer, 0 <= n <= 2",
            {"rule": "finite", "variable": "n", "proofs": [POINT]},
        ),
    ),
    (
        "an induction has its first case",
        moves._induction,
        "_at(goal, name, span.low).prove(first)",
        "None",
        proves("n > 5", "n integer, n >= 0", induction(POINT, OBVIOUS)),
    ),
    (
        "and its step",
        moves._induction,
        'goal.of(add(later, multiply(MINUS_ONE, goal.f)), ">=", region).prove(step)',
        "None",
        proves("1 - n > 0", "n integer, n >= 0", induction(POINT, OBVIOUS)),
    ),
    (
        "an induction is on whole numbers",
        moves._induction,
        "span.integer and whole and span.low_closed and span.low is not None",
        "whole and span.low_closed and span.low is not None",
        proves("-sin(pi*n)^2 >= 0", "n >= 0", induction(POINT, EQUAL)),
    ),
    (
        "and begins with one",
        moves._induction,
        "span.integer and whole and span.low_closed and span.low is not None",
        "span.integer and span.low_closed and span.low is not None",
        proves("sin(pi*n)^2 >= 1", "n integer, n >= 1/2", induction(POINT, EQUAL)),
    ),
    (
        "no constraint leaves a number out",
        moves._induction,
        "any(name in c.free for c, _ in goal.region.constraints)",
        "False",
        proves(
            f"{WALK} >= 0",
            "n integer, n >= 0, n*(n - 3) >= 0",
            induction(POINT, total(("n*(n - 3)", ">=", CONSTRAINT), ("5/4", ">", POINT))),
        ),
    ),
    (
        "what is shifted tends to 0",
        moves._shift,
        'germ(goal.f, name, Side(None, 1), goal.constants).limit != "zero"',
        "False",
        proves("1/x - 1/2 > 0", "x > 0", shift("1")),
    ),
    (
        "a shift is upward",
        moves._shift,
        "goal.constants.sign(step) != 1",
        "False",
        proves("-1/x > 0", "x > 1", shift("-1")),
    ),
    (
        "it goes on to infinity",
        moves._shift,
        "goal.f.free - {name} or span.high is not None or span.integer",
        "goal.f.free - {name}",
        proves(
            "-x*exp(-x) > 0",
            "x in (0, 1/2)",
            shift("1", cells({"v": "x"}, {"v": "x"}, ".", ".", {"v": "x"}, ".", ".")),
        ),
    ),
    (
        "the domain of a lemma is proved",
        moves._given,
        "goal.of(node, relation).prove(proof)",
        "None",
        proves("-1 > 0", "", given([POINT], x="-1"), [lemma("x > 0", "x > 0")]),
    ),
    (
        "strictly, where it is open",
        moves._given,
        '">=" if span.low_closed else ">"',
        '">="',
        proves("x > 0", "x >= 0", given([OBVIOUS], x="x"), [lemma("x > 0", "x > 0")]),
    ),
    (
        "what stands for a whole number is one",
        moves._given,
        "span.integer and not whole(goal, place[key])",
        "False",
        proves("1/2*(1/2 - 1) >= 0", "", given([], n="1/2"),
               [lemma("n*(n - 1) >= 0", "n integer")]),
    ),
    (
        "what is put into a lemma is defined",
        moves._given,
        "goal.defined(text)",
        "goal.read(text)",
        proves("y >= 0", "y real", given([], x="sqrt(y)"), [lemma("x^2 >= 0", "x real")]),
    ),
    (
        "a lemma is taken times a positive number",
        moves._given,
        'not turned or relation == "=" or goal.relation == "!="',
        "True",
        proves("-x > 0", "x > 0", given([OBVIOUS], x="x"), [lemma("x > 0", "x > 0")]),
    ),
    (
        "and says no more than it does",
        moves._given,
        "goal.relation in implied[relation]",
        "True",
        proves("x > 0", "x >= 0", given([OBVIOUS], x="x"), [lemma("x >= 0", "x >= 0")]),
    ),
    (
        "a region is empty where a constraint fails, not where it may be 0",
        moves.implied_by_empty,
        "sign == -1",
        "weak == -1",
        proves("1 < 0", "x real, -x^2 >= 0", {"rule": "empty"}),
    ),
    (
        "nor where an equation may hold",
        moves.implied_by_empty,
        "sign in (1, -1)",
        "weak in (1, -1)",
        proves("1 < 0", "x real, x^2 = 0", {"rule": "empty"}),
    ),
    (
        "a period is one",
        periods._period,
        "not line.algebra.equal(goal.f, moved)",
        "False",
        proves("x <= 7", "x real", {"rule": "period", "variable": "x", "by": "2*pi",
                                    "proof": OBVIOUS}),
    ),
    (
        "it is positive",
        periods._period,
        "goal.constants.sign(period) != 1",
        "False",
        proves("x^2 <= 0", "x real", {"rule": "period", "variable": "x", "by": "0",
                                      "proof": POINT}),
    ),
    (
        "for every real number",
        periods._period,
        "line.algebra",
        "goal.region.algebra",
        proves("sqrt((x - 8)^2) > x - 8", "x >= 8", {"rule": "period", "variable": "x",
                                                     "by": "1", "proof": OBVIOUS}),
    ),
    (
        "no constraint has the variable that is shifted",
        periods._period,
        "tuple(c for c in goal.region.constraints if name not in c[0].free)",
        "goal.region.constraints",
        proves(
            "sin(x) > 5",
            "x real, x^3 >= 1000",
            {"rule": "period", "variable": "x", "by": "2*pi", "proof": {"rule": "empty"}},
        ),
    ),
    (
        "the part beyond the whole number is a new variable",
        periods._floor,
        "name in goal.region.spans",
        "False",
        proves("floor(x) >= 0", "x real", {"rule": "floor", "of": "x", "new": "x",
                                           "proof": EQUAL}),
    ),
]  # fmt: skip
STATEMENTS: list[Step] = [
    (
        "a lemma holds for all values of its variables",
        proof._readied,
        "domain.exists",
        "False",
        proves("1 > 5", "", given([POINT], t="1"), [lemma("t > 5", "exists t in (0, inf)")]),
    ),
    (
        "what is said to exist lies where it is said",
        proof._replay_exists,
        "outer.of(node, kind).prove(part)",
        "None",
        proves("x < t", "x in (0, 5), exists t in (0, 1)", exists([POINT, POINT], OBVIOUS, t="10")),
    ),
    (
        "strictly, at an open end",
        proof._replay_exists,
        '">=" if span.low_closed else ">"',
        '">="',
        proves("t <= 0", "exists t in (0, 1)", exists([POINT, POINT], POINT, t="0")),
    ),
    (
        "one choice serves all comparisons",
        proof._replay_exists,
        "chosen is not None and given != chosen",
        "False",
        proves(
            "t > 1 and t < 1",
            "exists t real",
            [exists([], POINT, t="2"), exists([], POINT, t="0")],
        ),
    ),
    (
        "a whole number is chosen where one is asked for",
        proof._replay_exists,
        "span.integer and not moves.whole(outer, place[name])",
        "False",
        proves("2*t = 1", "exists t integer", exists([], POINT, t="1/2")),
    ),
    (
        "the choice fulfils the constraints",
        proof._replay_exists,
        "not c.free.isdisjoint(domain.exists)",
        "False",
        proves("t < 0", "x real, t > x^2, exists t real", exists([], POINT, t="-1")),
    ),
]
ONE = {"rule": "finite", "variable": "n", "proofs": [POINT]}
SQUARES = "k*(k + 1)*(2*k + 1)/6 - 9*k"

SUMS: list[Step] = [
    (
        "the index of a sum is no variable of the region",
        pieces._telescope,
        "name in goal.region.spans",
        "False",
        proves(
            "sum(abs(k^2 - 9), k, 1, n) < 0",
            "n integer, n in [1, 1], k in [4, 5], k^2 > 9",
            telescope("sum(abs(k^2 - 9), k, 1, n)", SQUARES, ONE),
        ),
    ),
    (
        "an empty sum is 0",
        pieces._telescope,
        "goal.region.weak(high - low + 1) != 1",
        "False",
        proves(
            "sum(k, k, 1, n) > 0",
            "n integer, n in [-5, -5]",
            telescope("sum(k, k, 1, n)", "k*(k + 1)/2", ONE),
        ),
    ),
    (
        "the differences of the function are the terms",
        pieces._telescope,
        "beyond.algebra.is_zero(step)",
        "True",
        proves(
            "sum(k, k, 1, n) <= 0",
            "n integer, n in [1, 1]",
            telescope("sum(k, k, 1, n)", "0*k", ONE),
        ),
    ),
    (
        "the first term counts",
        pieces._telescope,
        "low - 1",
        "low",
        proves(
            "sum(k, k, 1, n) <= 0",
            "n integer, n in [1, 1]",
            telescope("sum(k, k, 1, n)", "k*(k + 1)/2", ONE),
        ),
    ),
    (
        "a sum is written out between whole numbers",
        grammar._written_out,
        "last.denominator == 1",
        "True",
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
    NINTH = nearest(gmpy2.cos(gmpy2.const_pi() / 9), 2_200)

CONSTANTS: list[Step] = [
    (
        "roots have conjugates",
        separation.separation,
        "roots.values()",
        "()",
        proves(f"sqrt(2) = {PELL[0]}/{PELL[1]}", "", POINT),
    ),
    (
        "all but one of them are no greater than the bound",
        separation.separation,
        "top * (degree - 1) + bottom",
        "bottom",
        proves(f"sqrt(2) = {PELL[0]}/{PELL[1]}", "", POINT),
    ),
    (
        "a cosine has conjugates",
        separation.separation,
        "_totient(unity)",
        "1",
        proves(f"cos(pi/9) = {NINTH[0]}/{NINTH[1]}", "", POINT),
    ),
]

STEPS = [*GOALS, *MOVES, *SUMS, *CONSTANTS, *STATEMENTS]


@pytest.mark.parametrize("step", STEPS, ids=lambda step: step[0])
def test_a_step_of_a_goal(step):
    is_needed(step)
