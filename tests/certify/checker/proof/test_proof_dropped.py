"""Steps of the checker of proofs: without each of them, a false statement is accepted."""

import pytest
from dropped_steps import dropped
from proof_samples import (
    CONSTRAINT,
    EQUAL,
    OBVIOUS,
    POINT,
    RATIONAL,
    along,
    contrary,
    factor,
    mapped,
    signs,
    substitute,
)

from bounds.certify.checker import goal, gram, moves, pattern, pieces
from bounds.certify.checker.proof import check_proof
from bounds.certify.checker.region import Region


def squares(basis, matrix, times=(), zero=(), constant="0"):
    part = {"times": list(times), "basis": basis, "matrix": matrix}
    return {"rule": "gram", "parts": [part], "zero": list(zero), "constant": constant}


def multiplied(by, positive, proof):
    return {"rule": "multiplied", "by": by, "positive": positive, "proof": proof}


def times(text, sign, proof=CONSTRAINT):
    return [{"of": text, "sign": sign, "proof": proof}]


def zero(of, by="1"):
    return [{"of": of, "times": by}]


def by_cases(up, down):
    return {"rule": "cases", "of": "x", "nonnegative": up, "nonpositive": down}


def both(up, down):
    return {"rule": "both", "up": up, "down": down}


def either(of, up, down):
    return {"rule": "either", "of": of, "up": up, "down": down}


def order(of, above, below, **at):
    return {"rule": "order", "of": of, "above": above, "below": below, **at}


def floors(of, proof, whole="n", part="s"):
    return {"rule": "floors", "of": of, "whole": whole, "part": part, "proof": proof}


def floor_is(of, value, low, high, proof):
    names = ("of", "value", "low", "high", "proof")
    return {"rule": "floor is", **dict(zip(names, (of, value, low, high, proof), strict=True))}


FINITE = {"rule": "finite", "variable": "x", "proofs": [POINT, POINT]}
SHIFT = {"rule": "shift", "by": "1", "difference": RATIONAL}
STEPS = [
    (goal.Goal.prove, "goal.region.require(goal.f)", "pass", "0*log(x) = 0", "x real", EQUAL),
    (goal._signs, "_at_end(goal, name, end)", "pass", "x > 0", "x in [0, 1]", signs(RATIONAL)),
    (
        goal._factor,
        'goal.relation != ">=" and not strict',
        "False",
        "x^2 > 0",
        "x real",
        factor(("x", 2, ">=")),
    ),
    (
        goal._factor,
        'goal.relation != "!=" and sign < 0',
        "False",
        "-1 > 0",
        "",
        factor(("-1", 1, "<", POINT)),
    ),
    (
        goal._map,
        "goal.region.weak(right) != 1",
        "False",
        "3 < -5",
        "",
        mapped("square", "3", "-5", POINT),
    ),
    (
        goal._map,
        "goal.region.sign(right) != 1",
        "False",
        "1 < -1",
        "",
        mapped("reciprocal", "1", "-1", POINT),
    ),
    (
        goal._sum,
        'goal.relation == ">" and not strict',
        "False",
        "x^2 > 0",
        "x real",
        {"rule": "sum", "parts": [{"of": "x^2", "sign": ">=", "proof": OBVIOUS}]},
    ),
    (
        moves._substitute,
        "closed and target is not None",
        "False",
        "x < 1",
        "x in (0, 1]",
        substitute("x", "w", "w", "(0, 1)", OBVIOUS),
    ),
    (
        moves._along,
        "strict and not _beyond(goal, name, curve, sides[0])",
        "False",
        "y^3 > x^3",
        "x > 0, y >= x",
        along("y", "x", EQUAL, above=OBVIOUS, strict=True),
    ),
    (
        moves._resolve,
        "strict=strict",
        "strict=True",
        "sign(x) = 1",
        "x >= 0",
        {"rule": "resolve", "of": "x", "sign": ">=", "by": CONSTRAINT, "proof": EQUAL},
    ),
    (
        moves._contrary,
        '">=" if goal.relation == ">" else ">"',
        '">"',
        "y > 0",
        "y real, y^3 + y >= 0",
        contrary("y^3 + y", OBVIOUS),
    ),
    (
        moves._contrary,
        "_AGAINST.get(relation)",
        '">="',
        "y > 0",
        "y real, y^3 + y >= 0",
        contrary("y^3 + y", OBVIOUS),
    ),
    (
        moves._contrary,
        "_AGAINST.get(relation)",
        '">="',
        "y > 0",
        "y real, y^3 + y = 0",
        contrary("-y^3 - y", OBVIOUS),
    ),
    (
        pattern._shift,
        '.limit != "zero"',
        '.limit == "infinite"',
        "1/x - 1/2 > 0",
        "x > 0",
        signs(SHIFT),
    ),
    (gram._gram, "sign < 0", "False", "x^2 >= 1", "x real", squares(["x"], [["1"]], constant="-1")),
    (
        gram._gram,
        'goal.relation == ">" and not (strict or sign > 0)',
        "False",
        "x^2 > 0",
        "x real",
        squares(["x"], [["1"]]),
    ),
    (
        gram._gram,
        "rank == len(nodes)",
        "True",
        "x^2 > 0",
        "x real",
        squares(["1", "x"], [["0"], ["0", "1"]]),
    ),
    (gram._gram, "one and rank", "rank", "x^2 > 0", "x real", squares(["x"], [["1"]])),
    (
        gram._gram,
        "(open_ and one",
        "(one",
        "x > 0",
        "x >= 0",
        squares(["1"], [["1"]], times("x", ">=")),
    ),
    (
        gram._gram,
        'goal.need_equal(add(*terms, more), "the sum of the squares")',
        "pass",
        "x^2 >= 1",
        "x real",
        squares(["x"], [["1"]]),
    ),
    (
        gram._gram,
        'any(kind == "=" and goal.region.multiple(node, c) for c, kind in known)',
        "True",
        "x >= 0",
        "x real",
        squares(["x"], [["0"]], zero=zero("x")),
    ),
    (
        gram._gram,
        'kind == "=" and',
        "",
        "1 - x >= 0",
        "x >= 1",
        squares(["x"], [["0"]], zero=zero("1 - x")),
    ),
    (
        goal.signed,
        "goal.of(node, own).prove(proof)",
        "pass",
        "x >= 0",
        "x real",
        squares(["1"], [["1"]], times("x", ">=")),
    ),
    (
        gram._semidefinite,
        "if pivot < 0",
        "if False",
        "-x^2 >= 0",
        "x real",
        squares(["x"], [["-1"]]),
    ),
    (
        gram._semidefinite,
        "any(left[i][j] != 0 for j in range(i + 1, len(left)))",
        "False",
        "x*y >= 0",
        "x real, y real",
        squares(["x", "y"], [["0"], ["1/2", "0"]]),
    ),
    (
        gram._semidefinite,
        "left[j][k] -= scale * left[i][k]",
        "pass",
        "x^2 + 4*x*y + y^2 >= 0",
        "x real, y real",
        squares(["x", "y"], [["1"], ["2", "1"]]),
    ),
    (
        gram._multiplied,
        'goal.of(q, ">=").prove(positive)',
        "pass",
        "-x^2 >= 0",
        "x real",
        multiplied("-1", POINT, OBVIOUS),
    ),
    (
        gram._multiplied,
        "span.integer or",
        "",
        "x >= 1/2",
        "x in [0, 1], x integer",
        multiplied("x", CONSTRAINT, FINITE),
    ),
    (
        gram._multiplied,
        "span.integer or _is_thin(goal, span)",
        "span.integer",
        "x >= 1",
        "x in [0, 0]",
        multiplied("x", POINT, POINT),
    ),
    (
        gram._multiplied,
        "any(c.free & q.free for c, _ in goal.region.constraints)",
        "False",
        "0 >= 1",
        "x real, x^2 <= 0",
        multiplied("x^2", OBVIOUS, CONSTRAINT),
    ),
    (
        gram._multiplied,
        "or goal.region.plain.form(q).is_zero",
        "",
        "x >= 0",
        "x real",
        multiplied("0", EQUAL, EQUAL),
    ),
    (
        gram._multiplied,
        "not _polynomial(q) or",
        "",
        "x >= 0",
        "x in [-1, 1]",
        multiplied("x + abs(x)", by_cases(CONSTRAINT, EQUAL), by_cases(OBVIOUS, EQUAL)),
    ),
    (
        pieces._both,
        'goal.of(goal.f, ">=").prove(up)',
        "pass",
        "x = 1",
        "x in [0, 1]",
        both(OBVIOUS, CONSTRAINT),
    ),
    (
        pieces._both,
        'goal.of(-goal.f, ">=").prove(down)',
        "pass",
        "x = 0",
        "x in [0, 1]",
        both(CONSTRAINT, OBVIOUS),
    ),
    (
        pieces._both,
        'goal.need("=")',
        "pass",
        "x > 0",
        "x real, x = 0",
        both(CONSTRAINT, CONSTRAINT),
    ),
    (
        pieces._null,
        "goal.f * goal.f",
        "goal.f",
        "x = 0",
        "x <= 0",
        {"rule": "null", "proof": CONSTRAINT},
    ),
    (
        pieces._null,
        'goal.need("=")',
        "pass",
        "x > 0",
        "x real, x^2 = 0",
        {"rule": "null", "proof": CONSTRAINT},
    ),
    (
        pieces._either,
        ".prove(up)",
        "",
        "abs(x) <= 1",
        "x >= -1",
        either("x", OBVIOUS, CONSTRAINT),
    ),
    (
        pieces._either,
        ".prove(down)",
        "",
        "abs(x) <= 1",
        "x <= 1",
        either("x", CONSTRAINT, OBVIOUS),
    ),
    (
        pieces._order,
        "region=up).prove(above)",
        "region=up)",
        "x <= 0",
        "x real",
        order("x", OBVIOUS, CONSTRAINT),
    ),
    (
        pieces._order,
        "region=down).prove(below)",
        "region=down)",
        "x >= 0",
        "x real",
        order("x", CONSTRAINT, OBVIOUS),
    ),
    (
        pieces._order,
        "strict=three",
        "strict=True",
        "sign(x)^2 = 1",
        "x real",
        order("x", EQUAL, EQUAL),
    ),
    (
        pieces._order,
        '">" if three else ">="',
        '">"',
        "x != 0",
        "x real",
        order("x", OBVIOUS, OBVIOUS),
    ),
    (
        pieces._order,
        'region=on).prove(rest["at"])',
        "region=on)",
        "sign(x)^2 = 1",
        "x real",
        order("x", EQUAL, EQUAL, at=EQUAL),
    ),
    (
        pieces._without_sign,
        "equal(e.args[0], u) or equal(-e.args[0], u)",
        "True",
        "(1 - sign(x)^2)*sign(y) = 0",
        "x real, y real",
        order("x", EQUAL, EQUAL, at=EQUAL),
    ),
    (
        pieces._floors,
        "names[0] == names[1] or",
        "",
        "floor(x) <= x/2",
        "x real",
        floors("x", {"rule": "eliminate", "variable": "x", "as": "2*n", "proof": EQUAL}, "n", "n"),
    ),
    (
        pieces._floors,
        "not goal.region.spans.keys().isdisjoint(names)",
        "False",
        "floor(x) = x",
        "x real",
        floors("x", EQUAL, "x"),
    ),
    (
        pieces._floor_is,
        "not whole(goal, k)",
        "False",
        "floor(x) = 1/2",
        "x in (1/2, 1)",
        floor_is("x", "1/2", CONSTRAINT, OBVIOUS, EQUAL),
    ),
    (
        pieces._floor_is,
        'goal.of(u - k, ">=").prove(low)',
        "pass",
        "floor(x) = 1",
        "x in [0, 2)",
        floor_is("x", "1", OBVIOUS, CONSTRAINT, EQUAL),
    ),
    (
        pieces._floor_is,
        'goal.of(k + 1 - u, ">").prove(high)',
        "pass",
        "floor(x) = 0",
        "x in [0, 2)",
        floor_is("x", "0", CONSTRAINT, OBVIOUS, EQUAL),
    ),
    (
        pieces._floor_is,
        'k + 1 - u, ">"',
        'k + 1 - u, ">="',
        "floor(x) = 0",
        "x in [0, 1]",
        floor_is("x", "0", CONSTRAINT, CONSTRAINT, EQUAL),
    ),
    (
        Region._at_least_zero,
        "not self.is_defined(node)",
        "False",
        "abs(gamma(x + 1)) = abs(x)*gamma(x + 2)/(x*(x + 1))",
        "x in (-1/2, 1/2), x != 0",
        EQUAL,
    ),
]


@pytest.mark.parametrize(("function", "old", "new", "claim", "domain", "proof"), STEPS)
def test_a_step_that_is_needed(function, old, new, claim, domain, proof):
    assert check_proof(claim, domain, [], [proof], seconds=5).outcome == "rejected"
    with dropped(function, old, new):
        assert check_proof(claim, domain, [], [proof], seconds=5).accepted


def test_a_factor_serves_what_is_continuous():
    """sign(x) − 1/2 is not at least 0 at 0, where x is 0; everywhere else it is."""
    lemma = {"name": "a", "claim": "x*(sign(x) - 1/2) >= 0", "domain": "x >= 0", "sha256": "0" * 64}
    inner = {"rule": "given", "name": "a", "with": {"x": "x"}, "domain": [CONSTRAINT]}
    proof = multiplied("x", CONSTRAINT, inner)
    claim = "sign(x) - 1/2 >= 0", "x >= 0", [lemma], [proof]
    assert check_proof(*claim).outcome == "rejected"
    with dropped(gram._multiplied, "not continuous(goal.f)", "False"):
        assert check_proof(*claim).accepted
