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

from bounds.certify.checker import goal, moves, pattern
from bounds.certify.checker.proof import check_proof
from bounds.certify.checker.region import Region

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
