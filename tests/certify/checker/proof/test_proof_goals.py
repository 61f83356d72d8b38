"""Goals: each rule proves what is true, and each of its conditions is needed.

Every row of FORGED is a false statement (or one that the proof does not show) that would be
accepted if one condition of one rule were dropped.
"""

import pytest
from proof_samples import (
    CONSTRAINT,
    EQUAL,
    GOALS,
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
    substitute,
)

from bounds.certify.checker.proof import check_proof


@pytest.mark.parametrize(("claim", "domain", "proof"), GOALS)
def test_what_is_proved(claim, domain, proof):
    verdict = check_proof(claim, domain, [], [proof], seconds=5)
    assert verdict.accepted, verdict.reason
    assert verdict.reason.startswith("proved: ")


FORGED = [
    # the sides are defined on the whole domain
    ("log(x) <= x^2 + 1", "x real", EQUAL, "x > 0"),
    ("0*log(x) = 0", "x real", EQUAL, "x > 0"),
    ("x/x = 1", "x real", EQUAL, "x != 0"),
    ("sqrt(x)^2 = x", "x real", EQUAL, "x >= 0"),
    ("integral(log(t), t, x, 1) <= 1", "x in [-1, 1]", OBVIOUS, "> 0"),
    ("sum(k, k, 1, x) >= 0", "x >= 1", OBVIOUS, "whole"),
    ("1/(x - y) = 1/(x - y)", "x real, y real", EQUAL, "!= 0"),
    # a kernel may be negative where what it was made of is not
    (
        "abs(gamma(x + 1)) = abs(x)*gamma(x + 2)/(x*(x + 1))",
        "x in (-1/2, 1/2), x != 0",
        EQUAL,
        "not equal",
    ),
    ("gamma(x + 1)/x + 1 > 0", "x in (-1/2, 0)", OBVIOUS, "obvious"),
    # equal, constraint, point
    ("sqrt(x^2) = x", "x real", EQUAL, "not equal"),
    ("x < x", "x real", EQUAL, "does not prove"),
    ("x > 0", "x >= 0", CONSTRAINT, "no constraint"),
    ("x < 0", "x > 0", CONSTRAINT, "no constraint"),
    ("x - y > 0", "x real, y real, x - y >= 0", CONSTRAINT, "no constraint"),
    ("x - y >= 0", "x real, y real, x != y", CONSTRAINT, "no constraint"),
    ("x > 1", "x in [0, 2]", POINT, "more than one"),
    ("e < 2", "", POINT, "false"),
    ("log(2) >= 1", "", POINT, "false"),
    # signs
    ("x > 0", "x in [0, 1]", signs(RATIONAL), "at an end"),
    ("x != 0", "x in [0, 1]", signs(RATIONAL), "at an end"),
    ("x >= 0", "x in [-1, 1]", signs(RATIONAL), "does not prove the goal"),
    ("(x - 1)^2 > 0", "x in [0, 2]", signs(RATIONAL), "does not prove the goal"),
    ("x != 0", "x in [-1, 1]", signs(RATIONAL), "does not prove the goal"),
    ("x < 0", "x in (0, 1)", signs(RATIONAL), "does not prove the goal"),
    ("x + y > 0", "x in (0, 1), y in (-2, 1)", signs(RATIONAL), "other variables"),
    ("x^2 = x", "x in (0, 1)", signs(RATIONAL), "does not prove = 0"),
    ("sin(pi*n) = 0", "n integer", signs(RATIONAL, "n"), "does not prove = 0"),
    # cells, touch
    ("x < 1", "x in [0, 1]", cells("."), "not proved on a cell"),
    ("x > 1", "x in [0, 2]", cells({"v": "x"}, "x", "."), "lie outside"),
    ("x < 2", "x in [0, 3]", cells({"v": "x"}, "."), "ends before"),
    ("x < 2", "x > 0", cells("."), "finite range"),
    (
        "x^2 >= 1/4",
        "x in [-1, 1]",
        {"rule": "touch", "at": {"x": "0"}, "box": {"x": ["-2", "2"]}, "rest": []},
        "vanish",
    ),
    (
        "x^3 >= 0",
        "x in [-1, 1]",
        {"rule": "touch", "at": {"x": "0"}, "box": {"x": ["-2", "2"]}, "rest": []},
        "positive definite",
    ),
    (
        "x^2*(1 - x) >= 0",
        "x in [-1, 2]",
        {"rule": "touch", "at": {"x": "0"}, "box": {"x": ["-1/8", "1/8"]}, "rest": []},
        "2 pieces",
    ),
    (
        "x^2*(1 - x) >= 0",
        "x in [-1, 2]",
        {
            "rule": "touch",
            "at": {"x": "0"},
            "box": {"x": ["-1/8", "1/8"]},
            "rest": [OBVIOUS, OBVIOUS],
        },
        "obvious",
    ),
    # rewrite, factor, sum, sos
    ("x > 0", "x real", {"rule": "rewrite", "as": "x^2 + 1", "proof": OBVIOUS}, "rewritten"),
    ("x > 0", "x real", factor(("x^2 + 1", 1, ">", OBVIOUS)), "product"),
    (
        "-x^2 - 1 > 0",
        "x real",
        factor(("-1", 1, "<", POINT), ("x^2 + 1", 1, ">", OBVIOUS)),
        "wrong sign",
    ),
    ("x^2 > 0", "x real", factor(("x", 2, ">=")), "strict"),
    ("x^3 >= 0", "x real", factor(("x", 3, ">=")), "no proof"),
    ("x >= 0", "x real", factor(("x", 1, "!=", OBVIOUS)), "not known"),
    ("1/x^2 >= 0", "x real", factor(("x", -2, ">=")), "!= 0"),
    ("x^2 != 0", "x real", factor(("x", 2, ">=")), "strict"),
    ("x >= 0", "x real", factor(("x", 1, ">=", CONSTRAINT)), "no constraint"),
    (
        "x^2 > 0",
        "x real",
        {"rule": "sum", "parts": [{"of": "x^2", "sign": ">=", "proof": OBVIOUS}]},
        "strictly",
    ),
    (
        "x > 0",
        "x real",
        {"rule": "sum", "parts": [{"of": "x^2 + 1", "sign": ">", "proof": OBVIOUS}]},
        "sum",
    ),
    ("-x^2 >= 0", "x real", {"rule": "sos", "terms": [["-1", "x"]]}, "positive"),
    ("x^2 > 0", "x real", {"rule": "sos", "terms": [["1", "x"]]}, "does not prove > 0"),
    ("x^2 - 1 >= 0", "x real", {"rule": "sos", "terms": [["1", "x"]]}, "squares"),
    ("x^2 - 1 >= 0", "x real", {"rule": "sos", "terms": [["1", "x"]], "plus": POINT}, "false"),
    # maps: monotone, and the sides where the map is
    ("3 < -5", "", mapped("square", "3", "-5", POINT), "greater side"),
    ("3 < -5", "", mapped("square", "3", "-5", POINT, positive=POINT), "false"),
    ("1 < -1", "", mapped("reciprocal", "1", "-1", POINT), "positive"),
    ("-2 < -3", "", mapped("reciprocal", "-2", "-3", POINT), "positive"),
    ("1 < -1", "", mapped("log", "1", "-1", POINT), "> 0"),
    ("2 < 1", "", mapped("log", "2", "1", POINT), "false"),
    ("x < x^2", "x > 0", mapped("log", "x", "x^3", OBVIOUS), "difference"),
    ("x^2 < 1", "x in (-1, 1)", mapped("log", "x^2", "1", OBVIOUS), "> 0"),
    ("1 < 2", "", mapped("cosine", "1", "2", POINT), "no monotone map"),
    ("x < x", "x > 0", mapped("exp", "x", "x", EQUAL), "does not prove > 0"),
    # along
    (
        "v^2 - 2*v > 0",
        "v in (0, 1), u in (0, 1)",
        along("v", "3", POINT, below=OBVIOUS),
        "above the curve",
    ),
    (
        "v^2 - 2*v > 0",
        "v in (0, 1), u in (0, 1)",
        along("v", "3", POINT, below=OBVIOUS, above=OBVIOUS),
        "within the bounds",
    ),
    ("v > u - 2", "v in (-4, 1), u in (0, 1)", along("v", "1", OBVIOUS, below=OBVIOUS), "obvious"),
    (
        "sign(v) + 1/2 > 0",
        "v in (-1, 1), u in (0, 1)",
        along("v", "1", POINT, below=OBVIOUS),
        "jump",
    ),
    ("-v > -1/2", "v in (0, 1), u in (0, 1)", along("v", "0", POINT, above=OBVIOUS), "obvious"),
    (
        "v > 0",
        "v in (-1, 1), u in (0, 1)",
        along("v", "v", OBVIOUS, below=OBVIOUS),
        "other variables",
    ),
    ("v + u > 0", "v real, u real, u*v > -1", along("v", "-u", EQUAL, below=OBVIOUS), "."),
    (
        "v^2 >= 1",
        "v in (-3, 3), u in (0, 1)",
        along("v", "0", OBVIOUS, below=OBVIOUS, above=OBVIOUS),
        "obvious",
    ),
    # strictly along
    (
        "y^3 > x^3",
        "x > 0, y >= x",
        along("y", "x", EQUAL, above=OBVIOUS, strict=True),
        "may be on the curve",
    ),
    (
        "y^3 > x^3",
        "x > 0, y > x",
        along("y", "x", EQUAL, above=OBVIOUS, strict=False),
        "one side",
    ),
    ("y^3 > x^3", "x > 0, y > x", along("y", "x", EQUAL, above=OBVIOUS), "does not prove > 0"),
    (
        "x^3 - y^3 > 0",
        "x > 0, y > x",
        along("y", "x", EQUAL, above=OBVIOUS, strict=True),
        "obvious",
    ),
    (
        "0*y > 0*x",
        "x > 0, y > x",
        along("y", "x", EQUAL, above=EQUAL, strict=True),
        "does not prove > 0",
    ),
    # cases, resolve, split
    (
        "abs(x) = x",
        "x real",
        {"rule": "cases", "of": "x", "nonnegative": EQUAL, "nonpositive": EQUAL},
        "equal",
    ),
    (
        "abs(x) = x",
        "x real",
        {"rule": "resolve", "of": "x", "sign": ">=", "by": CONSTRAINT, "proof": EQUAL},
        "no constraint",
    ),
    (
        "sign(x) = 1",
        "x >= 0",
        {"rule": "resolve", "of": "x", "sign": ">=", "by": CONSTRAINT, "proof": EQUAL},
        "equal",
    ),
    (
        "sign(x)^2 = 1",
        "x real",
        {"rule": "cases", "of": "x", "nonnegative": EQUAL, "nonpositive": EQUAL},
        "equal",
    ),
    (
        "max(x, y) = x",
        "x real, y real",
        {"rule": "resolve", "of": "x - y", "sign": ">=", "by": CONSTRAINT, "proof": EQUAL},
        "no constraint",
    ),
    ("x > 0", "x in (-1, 1)", split("x", ["0"], OBVIOUS), "one piece more"),
    ("x^2 > 0", "x in (-1, 1)", split("x", ["0"], OBVIOUS, OBVIOUS), "obvious"),
    ("x > 0", "x in (-1, 1)", split("x", ["2"], OBVIOUS, OBVIOUS), "in order"),
    ("x > 0", "x in (-1, 1)", split("x", ["1/2", "1/4"], OBVIOUS, OBVIOUS, OBVIOUS), "in order"),
    # changes of variables
    ("x < 1", "x in (0, 2)", substitute("x", "w", "w", "(0, 1)", OBVIOUS), "reach"),
    ("x < 1", "x in (0, 1]", substitute("x", "w", "w", "(0, 1)", OBVIOUS), "not reached"),
    ("x < 1", "x in (-1, 1)", substitute("x", "w", "w^2", "(-1, 1)", OBVIOUS), "monotone"),
    (
        "x + y < 1",
        "x in (0, 1), y in (0, 1)",
        substitute("x", "y", "y", "(0, 1)", OBVIOUS),
        "already",
    ),
    ("2*n != 1", "n integer", substitute("n", "w", "w", "(-inf, inf)", OBVIOUS), "not real"),
    (
        "x < 1",
        "x > 0",
        change("x", "w", "w", "x", "(0, 1)", [OBVIOUS, OBVIOUS], OBVIOUS),
        "obvious",
    ),
    ("x < 1", "x > 0", change("x", "w", "w", "x", "(0, 1)", [OBVIOUS], OBVIOUS), "goals prove"),
    (
        "x >= 0",
        "x real",
        change("x", "w", "w^2", "sqrt(x^2)", "[0, inf)", [OBVIOUS], OBVIOUS),
        "inverse",
    ),
    (
        "x >= 0",
        "x real",
        change("x", "w", "w^2", "sqrt(x)", "[0, inf)", [OBVIOUS], OBVIOUS),
        "x >= 0",
    ),
    (
        "x > 0",
        "x real, y real, x + y = 1",
        {"rule": "eliminate", "variable": "x", "as": "y^2 + 1", "proof": OBVIOUS},
        "no constraint",
    ),
    (
        "x > 0",
        "x real, y real, x + y >= 1",
        {"rule": "eliminate", "variable": "x", "as": "1 - y", "proof": OBVIOUS},
        "no constraint",
    ),
    (
        "x > 0",
        "x real, y real, x + y = 1",
        {"rule": "eliminate", "variable": "x", "as": "y^2 + 1", "by": "0*y", "proof": OBVIOUS},
        "no constraint",
    ),
    # whole numbers
    (
        "n <= 2",
        "n integer, 0 <= n <= 3",
        {"rule": "finite", "variable": "n", "proofs": [POINT] * 3},
        "4 values",
    ),
    (
        "n <= 2",
        "n integer, 0 <= n <= 3",
        {"rule": "finite", "variable": "n", "proofs": [POINT] * 4},
        "false",
    ),
    (
        "x <= 2",
        "0 <= x <= 3",
        {"rule": "finite", "variable": "x", "proofs": [POINT] * 4},
        "whole number",
    ),
    (
        "n > 1/2",
        "n integer, n >= 0",
        {"rule": "relax", "variable": "n", "proof": OBVIOUS},
        "obvious",
    ),
    (
        "sum(k, k, 1, n) >= 0",
        "n integer, n >= 1",
        {"rule": "relax", "variable": "n", "proof": OBVIOUS},
        "whole",
    ),
    (
        "n > 1",
        "n integer, n >= 1",
        {"rule": "induction", "variable": "n", "first": POINT, "step": OBVIOUS},
        "false",
    ),
    (
        "2 - n > 0",
        "n integer, n >= 1",
        {"rule": "induction", "variable": "n", "first": POINT, "step": OBVIOUS},
        "obvious",
    ),
    (
        "sin(pi*x) >= 0",
        "x >= 0",
        {"rule": "induction", "variable": "x", "first": POINT, "step": OBVIOUS},
        "whole",
    ),
    (
        "n > 0",
        "n integer",
        {"rule": "induction", "variable": "n", "first": POINT, "step": OBVIOUS},
        "whole",
    ),
    # shift
    (
        "1/x - 1/2 > 0",
        "x > 0",
        {"rule": "shift", "variable": "x", "by": "1", "difference": OBVIOUS},
        "to be 0",
    ),
    (
        "-1/x > 0",
        "x > 0",
        {"rule": "shift", "variable": "x", "by": "-1/2", "difference": OBVIOUS},
        "positive",
    ),
    (
        "x > 1",
        "x in (0, 3)",
        {"rule": "shift", "variable": "x", "by": "1", "difference": OBVIOUS},
        "infinity",
    ),
    # what exists
    (
        "x < t",
        "x real, exists t in (0, 1)",
        {"rule": "exists", "with": {"t": "x + 1"}, "inside": [OBVIOUS, OBVIOUS], "proof": OBVIOUS},
        "obvious",
    ),
    (
        "x < t",
        "x real, exists t in (0, 1)",
        {"rule": "exists", "with": {"t": "x + 1"}, "inside": [], "proof": OBVIOUS},
        "goals prove",
    ),
    (
        "x < t",
        "x real, exists t real, t < x",
        {"rule": "exists", "with": {"t": "x + 1"}, "inside": [OBVIOUS], "proof": OBVIOUS},
        "obvious",
    ),
    ("x < t", "x real, exists t real", OBVIOUS, "exists"),
    (
        "2*t = 1",
        "exists t integer",
        {"rule": "exists", "with": {"t": "1/2"}, "inside": [], "proof": EQUAL},
        "whole",
    ),
    (
        "t < x",
        "x real, exists t real",
        {"rule": "exists", "with": {"t": "t"}, "inside": [], "proof": OBVIOUS},
        "not in the region",
    ),
    # conditions are proved, and where they are
    ("x > 0", "x real", {**OBVIOUS, "conditions": {"x > 0": OBVIOUS}}, "obvious"),
    ("x > 0", "x in [0, 1]", {**OBVIOUS, "conditions": {"x": CONSTRAINT}}, "no constraint"),
    (
        "n - 1/2 != 0",
        "n integer, n >= 1",
        {"rule": "relax", "variable": "n", "proof": OBVIOUS}
        | {"conditions": {"2*n - 3 != 0": OBVIOUS}},
        "obvious",
    ),
    # empty
    ("x < 0", "x real, y < x", {"rule": "empty"}, "no constraint"),
    ("x < 0", "x > 0, y real, x*y = 0", {"rule": "empty"}, "no constraint"),
    # contrary
    (
        "y > 0",
        "y real, y^2 + y > 0",
        {"rule": "contrary", "constraint": "y^3 + y", "proof": OBVIOUS},
        "not what a constraint",
    ),
    (
        "y != 0",
        "y real, y^3 + y > 0",
        {"rule": "contrary", "constraint": "y^3 + y", "proof": OBVIOUS},
        "does not prove",
    ),
    (
        "log(y) > -1",
        "y real, y^3 + y > -1",
        {"rule": "contrary", "constraint": "y^3 + y + 1", "proof": OBVIOUS},
        "needed for what is compared",
    ),
    # form
    ("x < 0", "x < 0", {"rule": "unheard"}, "no rule"),
    ("x < 0", "x < 0", {**OBVIOUS, "sure": True}, "fields"),
    ("x < 0", "x < 0", [], "object"),
    ("x < y", "x < 0", OBVIOUS, "where y is"),
    ("x < 0", "x in (1, 0)", OBVIOUS, "in order"),
]


@pytest.mark.parametrize(("claim", "domain", "proof", "reason"), FORGED)
def test_what_is_not_proved(claim, domain, proof, reason):
    verdict = check_proof(claim, domain, [], [proof], seconds=5)
    assert verdict.outcome == "rejected"
    assert reason == "." or reason in verdict.reason
    assert "broke off" not in verdict.reason


def test_one_choice_for_all_comparisons():
    first = {"rule": "exists", "with": {"t": "1"}, "inside": [], "proof": POINT}
    second = {"rule": "exists", "with": {"t": "-1"}, "inside": [], "proof": POINT}
    assert check_proof("t > 0 and t < 2", "exists t real", [], [first, first]).accepted
    verdict = check_proof("t > 0 and t < 0", "exists t real", [], [first, second])
    assert "same choice" in verdict.reason


LEMMA = {"name": "exp", "claim": "1 + x <= exp(x)", "domain": "x real", "sha256": "0" * 64}
HALF = {"name": "half", "claim": "log(y) < y", "domain": "y > 0", "sha256": "0" * 64}


def given(name, domain=(), **place):
    return {"rule": "given", "name": name, "with": place, "domain": list(domain)}


def test_a_lemma_is_used_and_told():
    verdict = check_proof("2 - 2*y <= 2*exp(-y)", "y real", [LEMMA], [given("exp", x="-y")])
    assert verdict.accepted
    assert "given: exp (1 + x <= exp(x), x real" in verdict.reason
    assert check_proof("log(x^2 + 1) < x^2 + 1", "x real", [HALF],
                       [given("half", [OBVIOUS], y="x^2 + 1")]).accepted  # fmt: skip


@pytest.mark.parametrize(
    ("claim", "domain", "proof"),
    [
        ("1 - y < exp(-y)", "y real", given("exp", x="-y")),  # weaker
        ("y - 1 >= -exp(-y)/2", "y real", given("exp", x="-y")),  # no multiple
        ("-1 + y <= -exp(-y)", "y real", given("exp", x="-y")),  # a negative multiple
        ("log(x^2 + 1) < x^2 + 1", "x real", given("half", [], y="x^2 + 1")),
        ("log(x) < x", "x > 0", given("half", [POINT], y="x")),
        ("log(x) < x", "x > 0", given("other", [CONSTRAINT], y="x")),
        ("log(x) < x", "x > 0", given("half", [CONSTRAINT], z="x")),
    ],
)
def test_lemmas_that_do_not_say_it(claim, domain, proof):
    assert check_proof(claim, domain, [LEMMA, HALF], [proof]).outcome == "rejected"


def test_a_lemma_with_integers_is_for_integers():
    lemma = {"name": "pi", "claim": "sin(pi*n) = 0", "domain": "n integer", "sha256": "0" * 64}
    assert check_proof("sin(2*pi*k) = 0", "k integer", [lemma], [given("pi", n="2*k")]).accepted
    assert "whole" in check_proof("sin(pi*x) = 0", "x real", [lemma], [given("pi", n="x")]).reason


def test_the_work_is_limited():
    verdict = check_proof("x < exp(x)", "x in [0, 1]", [], [cells(".")], seconds=1e-6)
    assert verdict.outcome == "undecided"
