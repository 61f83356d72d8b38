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

from bounds.certify.checker.proof import check_proof


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
    ("what is compared is defined on the whole region", "0*log(x) = 0", "x real", EQUAL),
    ("a closed end has its sign", "x > 0", "x in [0, 1]", signs(RATIONAL)),
    (
        "a factor that may be 0 proves no strict goal",
        "x^2 > 0",
        "x real",
        factor(("x", 2, ">=")),
    ),
    (
        "the product has the sign of the goal",
        "-1 > 0",
        "",
        factor(("-1", 1, "<", POINT)),
    ),
    (
        "the greater side of a square is at least 0",
        "3 < -5",
        "",
        mapped("square", "3", "-5", POINT),
    ),
    (
        "the greater side of a reciprocal is positive",
        "1 < -1",
        "",
        mapped("reciprocal", "1", "-1", POINT),
    ),
    (
        "one part of a sum is strictly positive",
        "x^2 > 0",
        "x real",
        {"rule": "sum", "parts": [{"of": "x^2", "sign": ">=", "proof": OBVIOUS}]},
    ),
    (
        "a closed end is reached by a substitution",
        "x < 1",
        "x in (0, 1]",
        substitute("x", "w", "w", "(0, 1)", OBVIOUS),
    ),
    (
        "strictly along a variable no point is on the curve",
        "y^3 > x^3",
        "x > 0, y >= x",
        along("y", "x", EQUAL, above=OBVIOUS, strict=True),
    ),
    (
        "?, moves",
        "sign(x) = 1",
        "x >= 0",
        {"rule": "resolve", "of": "x", "sign": ">=", "by": CONSTRAINT, "proof": EQUAL},
    ),
    (
        "by contradiction, where a strict goal fails is closed",
        "y > 0",
        "y real, y^3 + y >= 0",
        contrary("y^3 + y", OBVIOUS),
    ),
    (
        "and a constraint fails strictly there, if it is closed",
        "y > 0",
        "y real, y^3 + y >= 0",
        contrary("y^3 + y", OBVIOUS),
    ),
    (
        "and a constraint fails strictly there, if it is closed",
        "y > 0",
        "y real, y^3 + y = 0",
        contrary("-y^3 - y", OBVIOUS),
    ),
    (
        "?, pattern",
        "1/x - 1/2 > 0",
        "x > 0",
        signs(SHIFT),
    ),
    (
        "the number beside the squares is at least 0",
        "x^2 >= 1",
        "x real",
        squares(["x"], [["1"]], constant="-1"),
    ),
    (
        "squares that may all be 0 prove no strict goal",
        "x^2 > 0",
        "x real",
        squares(["x"], [["1"]]),
    ),
    (
        "nor does a matrix that is not of full rank",
        "x^2 > 0",
        "x real",
        squares(["1", "x"], [["0"], ["0", "1"]]),
    ),
    ("nor a basis that may be 0", "x^2 > 0", "x real", squares(["x"], [["1"]])),
    (
        "nor a factor that may be 0",
        "x > 0",
        "x >= 0",
        squares(["1"], [["1"]], times("x", ">=")),
    ),
    (
        "f is the sum",
        "x^2 >= 1",
        "x real",
        squares(["x"], [["1"]]),
    ),
    (
        "a constraint says what is 0",
        "x >= 0",
        "x real",
        squares(["x"], [["0"]], zero=zero("x")),
    ),
    (
        "by an equality",
        "1 - x >= 0",
        "x >= 1",
        squares(["x"], [["0"]], zero=zero("1 - x")),
    ),
    (
        "what is said to be positive is proved, each part of a sum and each factor beside squares",
        "x >= 0",
        "x real",
        squares(["1"], [["1"]], times("x", ">=")),
    ),
    (
        "a pivot is at least 0",
        "-x^2 >= 0",
        "x real",
        squares(["x"], [["-1"]]),
    ),
    (
        "a row of a pivot that is 0 is 0",
        "x*y >= 0",
        "x real, y real",
        squares(["x", "y"], [["0"], ["1/2", "0"]]),
    ),
    (
        "the rest is what elimination leaves",
        "x^2 + 4*x*y + y^2 >= 0",
        "x real, y real",
        squares(["x", "y"], [["1"], ["2", "1"]]),
    ),
    (
        "the polynomial that f is multiplied by is at least 0",
        "-x^2 >= 0",
        "x real",
        multiplied("-1", POINT, OBVIOUS),
    ),
    (
        "its variables are real",
        "x >= 1/2",
        "x in [0, 1], x integer",
        multiplied("x", CONSTRAINT, FINITE),
    ),
    (
        "they range over intervals",
        "x >= 1",
        "x in [0, 0]",
        multiplied("x", POINT, POINT),
    ),
    (
        "no constraint holds them on a thin set",
        "0 >= 1",
        "x real, x^2 <= 0",
        multiplied("x^2", OBVIOUS, CONSTRAINT),
    ),
    (
        "it is not 0 everywhere",
        "x >= 0",
        "x real",
        multiplied("0", EQUAL, EQUAL),
    ),
    (
        "it is a polynomial",
        "x >= 0",
        "x in [-1, 1]",
        multiplied("x + abs(x)", by_cases(CONSTRAINT, EQUAL), by_cases(OBVIOUS, EQUAL)),
    ),
    (
        "an equation by two bounds: f is not below 0",
        "x = 1",
        "x in [0, 1]",
        both(OBVIOUS, CONSTRAINT),
    ),
    (
        "nor above 0",
        "x = 0",
        "x in [0, 1]",
        both(CONSTRAINT, OBVIOUS),
    ),
    (
        "two halves prove an equation alone",
        "x > 0",
        "x real, x = 0",
        both(CONSTRAINT, CONSTRAINT),
    ),
    (
        "f is 0 where its square is not above 0",
        "x = 0",
        "x <= 0",
        {"rule": "null", "proof": CONSTRAINT},
    ),
    (
        "a square that is 0 proves an equation alone",
        "x > 0",
        "x real, x^2 = 0",
        {"rule": "null", "proof": CONSTRAINT},
    ),
    (
        "whatever the sign of u is, both hold: with u",
        "abs(x) <= 1",
        "x >= -1",
        either("x", OBVIOUS, CONSTRAINT),
    ),
    (
        "and with −u",
        "abs(x) <= 1",
        "x <= 1",
        either("x", CONSTRAINT, OBVIOUS),
    ),
    (
        "where u is positive",
        "x <= 0",
        "x real",
        order("x", OBVIOUS, CONSTRAINT),
    ),
    (
        "where it is negative",
        "x >= 0",
        "x real",
        order("x", CONSTRAINT, OBVIOUS),
    ),
    (
        "where u may be 0, its sign is not 1",
        "sign(x)^2 = 1",
        "x real",
        order("x", EQUAL, EQUAL),
    ),
    (
        "two cases leave no point out",
        "x != 0",
        "x real",
        order("x", OBVIOUS, OBVIOUS),
    ),
    (
        "where it is 0",
        "sign(x)^2 = 1",
        "x real",
        order("x", EQUAL, EQUAL, at=EQUAL),
    ),
    (
        "the sign of u alone is 0 where u is",
        "(1 - sign(x)^2)*sign(y) = 0",
        "x real, y real",
        order("x", EQUAL, EQUAL, at=EQUAL),
    ),
    (
        "the whole number and the rest have two names",
        "floor(x) <= x/2",
        "x real",
        floors("x", {"rule": "eliminate", "variable": "x", "as": "2*n", "proof": EQUAL}, "n", "n"),
    ),
    (
        "that are new",
        "floor(x) = x",
        "x real",
        floors("x", EQUAL, "x"),
    ),
    (
        "floor u is a whole number",
        "floor(x) = 1/2",
        "x in (1/2, 1)",
        floor_is("x", "1/2", CONSTRAINT, OBVIOUS, EQUAL),
    ),
    (
        "it is not above u",
        "floor(x) = 1",
        "x in [0, 2)",
        floor_is("x", "1", OBVIOUS, CONSTRAINT, EQUAL),
    ),
    (
        "the next one is",
        "floor(x) = 0",
        "x in [0, 2)",
        floor_is("x", "0", CONSTRAINT, OBVIOUS, EQUAL),
    ),
    (
        "strictly",
        "floor(x) = 0",
        "x in [0, 1]",
        floor_is("x", "0", CONSTRAINT, CONSTRAINT, EQUAL),
    ),
    (
        "a kernel is taken for its sign where it is defined",
        "abs(gamma(x + 1)) = abs(x)*gamma(x + 2)/(x*(x + 1))",
        "x in (-1/2, 1/2), x != 0",
        EQUAL,
    ),
]


@pytest.mark.step(*[row[0] for row in STEPS])
@pytest.mark.parametrize(("step", "claim", "domain", "proof"), STEPS)
def test_a_step_that_is_needed(step, claim, domain, proof):
    assert check_proof(claim, domain, [], [proof], seconds=5).outcome == "rejected"
    with dropped(step):
        assert check_proof(claim, domain, [], [proof], seconds=5).accepted


@pytest.mark.step("f is continuous")
def test_a_factor_serves_what_is_continuous():
    """sign(x) − 1/2 is not at least 0 at 0, where x is 0; everywhere else it is."""
    lemma = {"name": "a", "claim": "x*(sign(x) - 1/2) >= 0", "domain": "x >= 0", "sha256": "0" * 64}
    inner = {"rule": "given", "name": "a", "with": {"x": "x"}, "domain": [CONSTRAINT]}
    proof = multiplied("x", CONSTRAINT, inner)
    claim = "sign(x) - 1/2 >= 0", "x >= 0", [lemma], [proof]
    assert check_proof(*claim).outcome == "rejected"
    with dropped("f is continuous"):
        assert check_proof(*claim).accepted
