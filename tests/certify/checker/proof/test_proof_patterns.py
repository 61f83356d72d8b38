"""Tables of variations: each rule proves what is true, and each of its conditions is needed.

Every row of FORGED is a pattern that would be accepted if one condition of one rule were dropped,
and that is false.
"""

import contextlib

import pytest
from proof_samples import (
    CONSTANT,
    OBVIOUS,
    PATTERNS,
    QUARTIC,
    RANGE,
    RATIONAL,
    WAVE,
    product,
    step,
)

from bounds.certify.checker.proof import check_pattern
from bounds.certify.checker.turns import Mark, walked
from bounds.certify.checker.verdict import Rejected


@pytest.mark.parametrize(("text", "low", "high", "proof", "signs"), PATTERNS)
def test_what_is_proved(text, low, high, proof, signs):
    assert check_pattern(text, "x", low, high, proof) == signs


FORGED = [
    # what is compared is defined
    ("1/x + 9", "-1", "1", RATIONAL, "x != 0"),
    ("log(x) + 9", "-1", "1", OBVIOUS, "x > 0"),
    ("sqrt(x) + 1", "-1", "1", OBVIOUS, "x >= 0"),
    ("integral(1/t, t, x, 1) + 9", "-1", "1", OBVIOUS, "!= 0"),
    ("sum(k, k, 1, x) + 1", "0", "1", OBVIOUS, "whole"),
    # rational, constant, obvious, range, wave, taylor
    ("exp(x)", "0", "1", RATIONAL, "no rational function"),
    ("pi*x - 3", "0", "1", RATIONAL, "no rational function"),
    ("x - 1", "0", "2", CONSTANT, "not a constant"),
    ("sin(pi)", "0", "1", CONSTANT, "is 0"),
    ("x - 1", "0", "2", OBVIOUS, "obvious"),
    ("Phi(x) - 3/4", "0", "inf", OBVIOUS, "obvious"),
    ("x - 1", "0", "2", RANGE, "does not prove"),
    ("x - 1", "0", "inf", RANGE, "finite"),
    ("sin(x^2)", "0", "3", WAVE, "sine"),
    ("sin(x)", "0", "inf", WAVE, "sine"),
    ("x - 1", "0", "2", {"rule": "taylor", "splits": "s..", "order": 2}, "not proved"),
    ("x + 1", "0", "2", {"rule": "taylor", "splits": "s.", "order": 2}, "ends before"),
    # contact
    ("x - 1", "0", "1", {"rule": "contact", "at": "low", "order": 1}, "does not vanish"),
    ("x^2 - 2*x^3", "0", "1", {"rule": "contact", "at": "low", "order": 2}, "does not prove"),
    ("x", "0", "inf", {"rule": "contact", "at": "high", "order": 1}, "infinity"),
    ("x - x^(1/3)", "0", "1", {"rule": "contact", "at": "low", "order": 1}, "analytic"),
    # root, product
    ("(x - 1)^(1/3)*1", "0", "2", {"rule": "root", "base": RATIONAL}, ">= 0"),
    ("x", "0", "2", {"rule": "root", "base": RATIONAL}, "no power"),
    ("x - 1", "0", "2", product(("x", 1, OBVIOUS)), "not the product"),
    ("x*(x - 1)", "-1", "2", product(("x", 1, RATIONAL), ("x - 1", 1, RATIONAL)), "two factors"),
    ("x/(x - 1)^2", "0", "2", product(("x", 1, OBVIOUS), ("x - 1", -2, RATIONAL)), "!= 0"),
    ("x - 1", "0", "2", product(("x - 1", 0, RATIONAL)), "other than 0"),
    # step: w of one sign, f = w·h, h analytic, the derivative, the ends, the turns
    ("x - 1", "0", "2", step("1", CONSTANT, divide="x - 1", by=RATIONAL), "one sign"),
    ("x - 1", "0", "2", step("x + 1", CONSTANT), "not the product"),
    ("abs(x) - 1/2", "-1", "1", step("abs(x) - 1/2", OBVIOUS), "!= 0"),
    ("x - x^2", "0", "2", step("x - x^2", OBVIOUS), "obvious"),
    ("sin(x)/x", "1", "inf", step("sin(x)/x", OBVIOUS), "obvious"),
    (
        "1 - 2*sin(x)",
        "0",
        "pi",
        step("1 - 2*sin(x)", product(("cos(x)", 1, WAVE), ("-2", 1, CONSTANT)), [None]),
        "needs a cut",
    ),
    ("x - x^2 - 1/5", "0", "1", step("x - x^2 - 1/5", RATIONAL, [None]), "needs a cut"),
    ("x - x^2 - 1/5", "0", "1", step("x - x^2 - 1/5", RATIONAL), "one entry"),
    ("x - x^2 - 1/5", "0", "1", step("x - x^2 - 1/5", RATIONAL, [{"in": ["0", "1/10"]}]), "inside"),
    (
        "x - x^2 - 1/5",
        "0",
        "1",
        step("x - x^2 - 1/5", RATIONAL, [{"in": ["1/100", "1/10"]}]),
        "another",
    ),
    (
        "x - x^2 - 1/5",
        "0",
        "1",
        step("x - x^2 - 1/5", RATIONAL, [{"in": ["1/100", "3/5"]}]),
        "does not prove",
    ),
    (
        "x - x^2 - 1/5",
        "0",
        "1",
        step("x - x^2 - 1/5", RATIONAL, [{"at": "1/2", "zero": True}]),
        "both vanish",
    ),
    (
        "x - x^2 - 1/5",
        "0",
        "1",
        step("x - x^2 - 1/5", RATIONAL, [{"at": "1/2 - sqrt(1/20)", "zero": True}]),
        "both vanish",
    ),
    (
        QUARTIC + " - 9/4",
        "0",
        "4",  # 0 at the turns 1 and 3, and negative elsewhere
        step(QUARTIC + " - 9/4", RATIONAL, [{"in": ["29/10", "31/10"]}, None, None]),
        ".",
    ),
    (
        QUARTIC + " - x/10 - 2",
        "0",
        "4",
        step(QUARTIC + " - x/10 - 2", RATIONAL, [{"in": ["299/100", "301/100"]}, None, None]),
        "another",
    ),
    # cut
    ("x - 1", "0", "2", {"rule": "cut", "at": ["3"], "pieces": [OBVIOUS, OBVIOUS]}, "not in order"),
    ("x - 1", "0", "2", {"rule": "cut", "at": ["1"], "pieces": [OBVIOUS]}, "one piece more"),
    (
        "(x - 1)^2*x",
        "0",
        "2",
        {"rule": "cut", "at": ["1"], "pieces": [OBVIOUS, CONSTANT]},
        "constant",
    ),
    # substitute: monotone, onto
    (
        "1/2 - x",
        "0",
        "1",
        {"rule": "substitute", "new": "w", "as": "w", "range": "(0, 1/2)", "pattern": RATIONAL},
        "reach",
    ),
    (
        "x + 1",
        "-2",
        "2",
        {"rule": "substitute", "new": "w", "as": "w^2", "range": "(-2, 2)", "pattern": RATIONAL},
        "monotone",
    ),
    (
        "1/2 - x",
        "0",
        "1",
        {"rule": "substitute", "new": "w", "as": "w", "range": "[0, 1/2)", "pattern": RATIONAL},
        "open",
    ),
    # rewrite, shift
    ("x - 1", "0", "2", {"rule": "rewrite", "as": "x", "pattern": OBVIOUS}, "not equal"),
    (
        "sqrt(x^2) - 1/2",
        "-1",
        "0",
        {"rule": "rewrite", "as": "x - 1/2", "pattern": OBVIOUS},
        "equal",
    ),
    ("1/x - 1/2", "0", "inf", {"rule": "shift", "by": "1", "difference": RATIONAL}, "to be 0"),
    ("1/x", "0", "inf", {"rule": "shift", "by": "-1", "difference": RATIONAL}, "positive"),
    ("1 - x", "0", "2", {"rule": "shift", "by": "1", "difference": OBVIOUS}, "infinity"),
    # conditions
    ("x - 1", "0", "2", {**RATIONAL, "conditions": {"x - 1": RATIONAL}}, "sign of the condition"),
    # form
    ("x", "0", "1", {"rule": "unheard"}, "no rule"),
    ("x", "0", "1", {"rule": "obvious", "because": "I say so"}, "fields"),
    ("x", "0", "1", {"rule": ["obvious"]}, "object"),
    ("x", "0", "1", "obvious", "object"),
    ("x + y", "0", "1", OBVIOUS, "other variables"),
]


@pytest.mark.parametrize(("text", "low", "high", "proof", "reason"), FORGED)
def test_what_is_not_proved(text, low, high, proof, reason):
    if reason == ".":  # a true pattern, or a rejection: never a false one
        with contextlib.suppress(Rejected):
            assert check_pattern(text, "x", low, high, proof) == [-1, -1, -1]
        return
    with pytest.raises(Rejected, match=reason):
        check_pattern(text, "x", low, high, proof)


def test_a_proof_is_not_too_deep():
    proof = OBVIOUS
    for _ in range(80):
        proof = {"rule": "rewrite", "as": "x", "pattern": proof}
    with pytest.raises(Rejected, match="levels"):
        check_pattern("x", "x", "0", "1", proof)


# Turns, on their own


def test_a_greatest_value_is_positive_beside_a_positive_end():
    assert walked([1, -1], 1, -1, [None]) == [1, -1]


def test_a_least_value_between_positive_ends_needs_a_mark():
    with pytest.raises(Rejected, match="needs a cut"):
        walked([-1, 1], 1, 1, [None])


def test_a_zero_at_a_turn_is_a_touch():
    assert walked([-1, 1], 1, 1, [Mark(0, 0, 0, 0, 0)]) == [1, 1]


def test_a_touch_of_the_derivative_is_no_turn():
    assert walked([1, 1], -1, 1, []) == [-1, 1]


@pytest.mark.parametrize(
    ("rises", "left", "right", "marks"),
    [
        ([1], 1, -1, []),  # it rises from positive to negative
        ([1, -1], 1, 1, [Mark(1, 2, 1, -1, -1)]),  # a greatest value below both ends
        ([1], 0, 1, []),  # 0 near an end
        ([1, -1, 1, -1], -1, -1, [Mark(1, 2, 1, -1, 1), None, None]),  # at the first or the third?
        ([1, -1, 1], -1, 1, [Mark(1, 2, -1, 1, 1), None]),  # not its own turn
        ([1, -1, 1], -1, 1, [Mark(3, 4, 1, -1, 1), Mark(1, 2, -1, 1, 1)]),  # not in order
    ],
)
def test_turns_that_are_refused(rises, left, right, marks):
    with pytest.raises(Rejected):
        walked(rises, left, right, marks)
