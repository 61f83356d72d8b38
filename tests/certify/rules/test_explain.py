"""Proofs in words: each rule has its sentence, which says what the checker proves."""

from __future__ import annotations

import re

import pytest

from bounds.certify.checker.proof import check_proof
from bounds.certify.language.expression import number
from bounds.certify.language.grammar import parse_expression
from bounds.certify.language.statement import Statement
from bounds.certify.rules.explain_signs import Line, told_signs
from bounds.certify.rules.numeric import Span
from bounds.certify.rules.outcome import Outcome

RATIONAL = {"rule": "rational"}
OBVIOUS = {"rule": "obvious"}
POINT = {"rule": "point"}


def signs(pattern, variable="x"):
    return {"rule": "signs", "variable": variable, "pattern": pattern}


TANGENT = {
    "rule": "product",
    "factors": [
        {"of": "exp(x)", "power": 1, "pattern": OBVIOUS},
        {
            "of": "1 - (1 + x)*exp(-x)",
            "power": 1,
            "pattern": {
                "rule": "step", "divide": "1", "by": {"rule": "constant"},
                "of": "1 - (1 + x)*exp(-x)",
                "derivative": {"rule": "product", "factors": [
                    {"of": "x", "power": 1, "pattern": RATIONAL},
                    {"of": "exp(-x)", "power": 1, "pattern": OBVIOUS},
                ]},
                "cuts": [{"at": "0", "zero": True}],
            },
        },
    ],
}  # fmt: skip

TURN = {
    "rule": "step", "divide": "1", "by": {"rule": "constant"}, "of": "exp(x) - 2*x",
    "derivative": {
        "rule": "step", "divide": "1", "by": {"rule": "constant"}, "of": "exp(x) - 2",
        "derivative": OBVIOUS, "cuts": [],
    },
    "cuts": [{"in": ["2/3", "7/10"]}],
}  # fmt: skip

PROOFS = [
    ("x - x <= 0", "x real", {"rule": "equal"}, ["it is 0 by algebra"]),
    ("pi < 22/7", "", POINT, ["it is one number, whose sign is proved by an enclosure."]),
    ("x^2 - x + 1 > 0", "x real", signs(RATIONAL), ["it has no zero there, by Sturm's theorem"]),
    ("exp(x) > 0", "x real", signs(OBVIOUS), ["f_1 is positive: the ranges of its parts prove it"]),
    ("pi > 3", "x in (0, 1)", signs({"rule": "constant"}), ["an enclosure of this number"]),
    (
        "exp(x) > 1/2", "x in [0, 1]", signs({"rule": "range"}),
        ["interval arithmetic on the whole interval", "At the ends: at x = 0 it is positive"],
    ),
    (
        "sin(x) > 0", "x in (0, pi)", signs({"rule": "wave"}),
        ["the zeros of the sine and the cosine are known"],
    ),
    (
        "x > sin(x)", "x in (0, 1)", signs({"rule": "contact", "at": "low", "order": 3}),
        ["at x = 0 it and its first 2 derivatives are 0 by algebra", "third derivative"],
    ),
    (
        "exp(x) > x", "x in (-1, 1)", signs({"rule": "taylor", "splits": "s..", "order": 2}),
        ["on each of 2 parts of the interval", "Taylor's formula up to order 2"],
    ),
    (
        "(1 + x^2)^(1/3) > 0", "x real", signs({"rule": "root", "base": RATIONAL}),
        ["a power of something positive", "1 + x^2 is positive"],
    ),
    (
        "(1 + x)^2 > 2*x", "x real",
        signs({"rule": "rewrite", "as": "1 + x^2", "pattern": RATIONAL}),
        ["In another form, f_1 = 1 + x^2."],
    ),
    ("exp(x) >= 1 + x", "x real", signs(TANGENT), [
        "f_3 |          -    0    +", "f_2 |   +    falls  0  rises   +",
        "At 0 it and its derivative are 0 by algebra.",
        "positive but for exactly one zero, where it touches 0",
    ]),
    ("exp(x) > 2*x", "x in (0, 1)", signs(TURN), [
        "At c (0.693 < c < 0.694) it is positive, by an enclosure around c.",
        "f_2 is negative, then positive, with exactly one zero",
    ]),
    (
        "x^2 - x + 1 > 0", "x in (0, 2)",
        signs({"rule": "cut", "at": ["1"], "pieces": [RATIONAL, RATIONAL]}),
        ["Cut the interval of f_1 at x = 1.", "On (0, 1):", "At x = 1 it is positive, by an encl"],
    ),
    (
        "x^2 - x + 1 > 0", "x in (0, inf)",
        signs({"rule": "substitute", "new": "w", "as": "exp(w)", "range": "(-inf, inf)",
               "pattern": {"rule": "rewrite", "as": "exp(w)^2 - exp(w) + 1", "pattern": {
                   "rule": "substitute", "new": "x", "as": "log(x)", "range": "(0, inf)",
                   "pattern": {"rule": "rewrite", "as": "x^2 - x + 1", "pattern": RATIONAL}}}}),
        ["Put x = exp(w) with w in (-inf, inf), which is monotone and onto"],
    ),
    (
        "1/x > 0", "x in (0, inf)", signs({"rule": "shift", "by": "1", "difference": RATIONAL}),
        ["tends to 0 at infinity, so it is the sum of its differences"],
    ),
    ("x < y", "x real, y real, x < y", {"rule": "constraint"}, ["the domain says so"]),
    ("x + y > 0", "x in (0, inf), y in (0, inf)", OBVIOUS, ["the ranges of its parts prove it"]),
    (
        "x*y < 2", "x in [0, 1], y in [0, 1]",
        {"rule": "cells", "splits": [{"v": "x"}, ".", {"v": "y"}, ".", "."], "order": 0},
        ["Divide the box into 3 cells.", "The smallest cell measures 1/2 by 1/2.", "1111", "2222"],
    ),
    (
        "exp(x) > 1/2", "x in [0, 1]",
        {"rule": "cells", "splits": [{"v": "x"}, ".", "."], "order": 0},
        ["Divide the box into 2 cells.", "|-------------------------------|----"],
    ),
    (
        "x^2 + y^2 >= 0", "x in [-1, 1], y in [-1, 1]",
        {"rule": "touch", "at": {"x": "0", "y": "0"},
         "box": {"x": ["-1", "1"], "y": ["-1", "1"]}, "rest": []},
        ["At x = 0, y = 0, f_1 is 0 by algebra, and so is its gradient"],
    ),
    (
        "sqrt(x) <= 1 + x", "x in [0, inf)",
        {"rule": "map", "map": "square", "left": "sqrt(x)", "right": "1 + x", "proof": OBVIOUS},
        ["B is at least 0; compare the squares.", "It remains to show:"],
    ),
    (
        "exp(x) < exp(2*x)", "x in (0, inf)",
        {"rule": "map", "map": "log", "left": "exp(x)", "right": "exp(2*x)", "proof": OBVIOUS},
        ["Both are positive; compare their logarithms."],
    ),
    (
        "x*exp(y) > 0", "x in (0, inf), y real",
        {"rule": "factor", "factors": [
            {"of": "x", "power": 1, "sign": ">", "proof": OBVIOUS},
            {"of": "exp(y)", "power": 1, "sign": ">", "proof": OBVIOUS}]},
        ["f_1 = x*exp(y).", "Here exp(y) > 0", "So f_1 > 0."],
    ),
    (
        "x^2 + y > 0", "x real, y in (0, inf)",
        {"rule": "sum", "parts": [
            {"of": "x^2", "sign": ">=", "proof": OBVIOUS},
            {"of": "y", "sign": ">", "proof": OBVIOUS}]},
        ["f_1 is the sum of these parts:", "Here x^2 >= 0"],
    ),
    (
        "x^2 + 2*y^2 >= 2*x*y", "x real, y real",
        {"rule": "sos", "terms": [["1", "x - y"], ["1", "y"]]},
        ["f_1 = (x - y)^2 + y^2, a sum of squares."],
    ),
    (
        "x^2 - 2*x + 2 > 0", "x real",
        {"rule": "sos", "terms": [["1", "x - 1"]], "plus": POINT},
        ["f_1 = (x - 1)^2 + r, with r = 1.", "For the rest, 1 > 0."],
    ),
    (
        "x^2 - 2*x*y + 2*y^2 + x >= 0", "x in [0, inf), y real",
        {"rule": "gram", "zero": [], "constant": "0", "parts": [
            {"times": [], "basis": ["x", "y"], "matrix": [["1"], ["-1", "2"]]},
            {"times": [{"of": "x", "sign": ">=", "proof": {"rule": "constraint"}}], "basis": ["1"],
             "matrix": [["1"]]}]},
        ["f_1 = (x - y)^2 + y^2 + x, squares with positive factors, where x >= 0."],
    ),
    (
        "x^2 >= 0", "x real",
        {"rule": "multiplied", "by": "x^2", "positive": OBVIOUS, "proof": OBVIOUS},
        ["q = x^2 is at least 0 and not 0 on any open set"],
    ),
    (
        "floor(x) >= 0", "x in [0, 1)",
        {"rule": "floor is", "of": "x", "value": "0", "low": OBVIOUS, "high": signs(RATIONAL),
         "proof": POINT},
        ["floor(x) = 0, a whole number.", "The next one is, as"],
    ),
    (
        "floor(x) <= x", "x real",
        {"rule": "floors", "of": "x", "whole": "n", "part": "s", "proof":
         {"rule": "eliminate", "variable": "x", "as": "n + s", "proof": {"rule": "constraint"}}},
        ["Let n = floor(x), a whole number, and s = x - floor(x)", "A constraint says x = n + s"],
    ),
    (
        "2 - sin(x) > 0", "x real",
        {"rule": "period", "variable": "x", "by": "2*pi", "proof": OBVIOUS},
        ["f_1 has the period 2*pi in x: one period is enough."],
    ),
    (
        "abs(x) <= 2", "x in [-1, 1]",
        {"rule": "either", "of": "x", "up": OBVIOUS, "down": OBVIOUS},
        ["For x >= 0 it is enough, as everywhere, 2 - x >= 0"],
    ),
    (
        "x = sign(x)*abs(x)", "x real",
        {"rule": "order", "of": "x", "above": {"rule": "equal"}, "below": {"rule": "equal"},
         "at": {"rule": "point"}},
        ["If x > 0, then x - x = 0", "If x = 0, then x"],
    ),
    (
        "x = 0", "x real, x^2 = 0",
        {"rule": "both", "up": {"rule": "constraint"}, "down": {"rule": "constraint"},
         "conditions": {"x = 0": {"rule": "null", "proof": {"rule": "constraint"}}}},
        ["is 0, as it is neither below nor above 0", "is 0, as its square is not above 0"],
    ),
    (
        "x^2 >= 0", "x real",
        {"rule": "cases", "of": "x", "nonnegative": OBVIOUS, "nonpositive": OBVIOUS},
        ["If x >= 0, then x^2 >= 0", "If x <= 0, then x^2 >= 0"],
    ),
    (
        "abs(x) >= x", "x in (0, inf)",
        {"rule": "resolve", "of": "x", "sign": ">", "by": OBVIOUS, "proof": {"rule": "equal"}},
        ["Everywhere, x > 0", "So it is enough to show: x - x >= 0: it is 0 by algebra"],
    ),
    (
        "exp(x) > 1/9", "x in [-2, 1]",
        {"rule": "split", "variable": "x", "at": ["0"],
         "pieces": [signs({"rule": "range"}), signs({"rule": "range"})]},
        ["For x in [-2, 0]:", "For x in [0, 1]:"],
    ),
    (
        "x*y + 1 > 0", "x in (0, inf), y in (0, inf)",
        {"rule": "substitute", "variable": "x", "new": "w", "as": "exp(w)",
         "range": "(-inf, inf)", "proof": OBVIOUS},
        ["Put x = exp(w), with w in (-inf, inf).", "To show: "],
    ),
    (
        "y - x > 0", "x in (0, inf), y in (0, inf), x < y",
        {"rule": "change", "variable": "y", "new": "w", "as": "x + w", "inverse": "y - x",
         "range": "(0, inf)", "inside": [{"rule": "constraint"}], "proof": OBVIOUS},
        ["Put y = x + w, that is w = y - x.", "For the range of w, y - x > 0: the domain says so."],
    ),
    (
        "x*y <= 1/4", "x in [0, 1], y in [0, 1], x + y = 1",
        {"rule": "eliminate", "variable": "y", "as": "1 - x", "proof": {
            "rule": "rewrite", "as": "(x - 1/2)^2", "proof": OBVIOUS}},
        ["A constraint says y = 1 - x."],
    ),
    (
        "x + y >= 0", "x in [0, 1], y in [0, 1]",
        {"rule": "along", "variable": "x", "curve": "0", "on": OBVIOUS, "inside": [],
         "above": POINT},
        ["As a function of only x, f_1 is least at x = 0: it does not fall from there.",
         "Above, the derivative is at least 0: 1 >= 0."],
    ),
    (
        "n^2 >= n", "n integer, n in [1, inf)",
        {"rule": "relax", "variable": "n", "proof": signs(RATIONAL, "n")},
        ["It holds for all real n in the range, not only whole ones."],
    ),
    (
        "n^2 >= n", "n integer, n in [1, 2]",
        {"rule": "finite", "variable": "n", "proofs": [POINT, POINT]},
        ["n has 2 values.", "For n = 2, 2 >= 0."],
    ),
    (
        "n^2 >= n", "n integer, n in [1, inf)",
        {"rule": "induction", "variable": "n", "first": POINT, "step": OBVIOUS},
        ["By induction on n.", "For n = 1, 0 >= 0.", "From n to 1 + n it does not fall: 2*n >= 0"],
    ),
    (
        "1/x > 0", "x in (0, inf)",
        {"rule": "shift", "variable": "x", "by": "1", "difference": signs(RATIONAL)},
        ["f_1 tends to 0 as x grows, so it is the sum of its differences at x, 1 + x, 2 + x"],
    ),
    (
        "x < t", "x real, exists t real",
        {"rule": "exists", "with": {"t": "x + 1"}, "inside": [], "proof": POINT},
        ["Choose t = 1 + x.", "It remains to show: 1 > 0."],
    ),
]  # fmt: skip


def outcome_of(claim, domain, node, given=()):
    statement = Statement.read(claim, domain)
    verdict = check_proof(statement.claim, str(statement.domain), given, [node])
    assert verdict.accepted, verdict.reason
    return Outcome(statement, "proved", "proved", proofs=(node,), given=tuple(given))


@pytest.mark.parametrize(("claim", "domain", "node", "sentences"), PROOFS)
def test_each_rule_has_its_sentence(claim, domain, node, sentences):
    told = outcome_of(claim, domain, node).explain()
    for sentence in sentences:
        assert sentence in told, told
    assert "by the rule" not in told
    assert "that the goal needs" not in told


@pytest.mark.parametrize(("claim", "domain", "node"), [row[:3] for row in PROOFS])
def test_its_latex_is_balanced(claim, domain, node):
    told = outcome_of(claim, domain, node).latex()
    depth = 0
    for mark in re.sub(r"\\[{}$\\]", "", told):
        depth += (mark == "{") - (mark == "}")
        assert depth >= 0
    assert depth == 0
    assert told.count("$") % 2 == 0
    assert told.count(r"\left(") == told.count(r"\right)")
    assert told.count(r"\begin") == told.count(r"\end")


def test_a_lemma_is_told_with_what_it_says():
    given = [
        {"name": "tangent", "claim": "1 + x <= exp(x)", "domain": "x real", "sha256": "0" * 64}
    ]
    node = {"rule": "given", "name": "tangent", "with": {"x": "y^2"}, "domain": []}
    told = outcome_of("1 + y^2 <= exp(y^2)", "y real", node, given).explain()
    assert "It is the lemma tangent (1 + x <= exp(x) for x real) with x = y^2." in told


def test_signs_that_the_checker_does_not_find_are_not_told():
    line = Line("x", Span(number(0), None))
    assert line.signs(parse_expression("log(x)"), OBVIOUS) is None
    assert line.signs(parse_expression("1/log(1 + x)"), OBVIOUS) == [1]
    assert told_signs(None) == "of the signs that the goal needs"


def test_signs_that_need_what_is_proved_around_them():
    f, condition = parse_expression("1/(x - sin(x))"), "x - sin(x)"
    proof = {"rule": "contact", "at": "low", "order": 3}
    short = Span(number(0), number(1))
    assert Line("x", short, {condition: proof}).signs(f, OBVIOUS) == [1]


@pytest.mark.parametrize(
    ("found", "words"),
    [
        ([1], "positive"),
        ([-1, 1], "negative, then positive, with exactly one zero in between"),
        ([1, 1], "positive but for exactly one zero, where it touches 0"),
        ([1, 1, -1], "positive, then negative, with exactly two zeros in between"),
    ],
)
def test_signs_in_words(found, words):
    assert told_signs(found) == words


def test_an_undecided_statement_tells_what_was_tried():
    statement = Statement.read("x < y", "x real, y real")
    told = Outcome(statement, "undecided", "no proof was found", tried=("cells",)).explain()
    assert told.splitlines()[1:] == ["Undecided: no proof was found.", "  cells."]


def test_a_refutation_tells_its_point():
    statement = Statement.read("x < 1", "x real")
    told = Outcome(statement, "refuted", "x < 1 is false", {"x": number(2)})
    assert "Refuted at x = 2: x < 1 is false." in told.explain()
    assert "Refuted at $x = 2$: x $<$ 1 is false." in told.latex()
