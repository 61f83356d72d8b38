"""The rules for periods and for floor: each condition has a falsehood that it keeps out."""

import pytest

from bounds.certify.checker.proof import check_goal

LEAF = {"rule": "cells", "splits": ["."], "order": 0}
OBVIOUS = {"rule": "obvious"}


def judged(text, relation, domain, proof):
    return check_goal(text, relation, domain, proof, seconds=20).outcome


def period(by, proof=LEAF, variable="x"):
    return {"rule": "period", "variable": variable, "by": by, "proof": proof}


def test_one_period_is_enough():
    assert judged("2 - sin(x)", ">", "x real", period("2*pi")) == "accepted"
    assert judged("2 - sin(3*x)*cos(x)", ">", "x real", period("2*pi")) == "accepted"
    assert judged("2 - sin(x)", ">", "x > 0, x^2 > 2", period("2*pi")) == "accepted"
    assert judged("2 - sin(n)", ">", "n integer", period("2*pi", variable="n")) == "accepted"


@pytest.mark.parametrize(
    ("text", "domain", "by"),
    [
        ("60 - x", "x real", "2*pi"),  # not periodic: true on one period, false at 100
        ("2 - sin(x) - (sin(x/2) + 1)", "x real", "2*pi"),  # half the frequency: twice the period
        ("2 - sin(x)", "x real", "-2*pi"),
        ("2 - sin(x)", "x real", "0"),
    ],
)
def test_what_is_no_period_proves_nothing(text, domain, by):
    assert judged(text, ">", domain, period(by)) == "rejected"


def test_a_constraint_on_the_variable_is_not_shifted_away():
    inner = {"rule": "constraint"}
    assert judged("7 - x", ">", "x real, x < 7", inner) == "accepted"
    assert judged("sin(x) - x + x", ">", "x real, sin(x) - x + x > 0", period("2*pi", inner)) == (
        "rejected"
    )


def floor(of, inner, new="s"):
    return {
        "rule": "floor",
        "of": of,
        "new": new,
        "proof": {"rule": "rewrite", "as": inner, "proof": OBVIOUS},
    }


def test_floor_is_at_most_its_argument_and_more_than_one_less():
    assert judged("x - floor(x)", ">=", "x real", floor("x", "s")) == "accepted"
    assert judged("1 - x + floor(x)", ">", "x real", floor("x", "1 - s")) == "accepted"


@pytest.mark.parametrize(
    ("text", "relation", "inner"),
    [
        ("x - floor(x)", ">", "s"),  # 0 at whole numbers
        ("x - floor(x) - 1/2", ">=", "s - 1/2"),
        ("1/2 - x + floor(x)", ">", "1/2 - s"),
        ("x - floor(x) - 2", ">=", "s"),
    ],
)
def test_the_range_of_the_fractional_part_is_kept(text, relation, inner):
    assert judged(text, relation, "x real", floor("x", inner)) == "rejected"


def test_a_new_variable_is_new_and_floor_is_there():
    node = floor("x", "s")
    assert judged("x - floor(x)", ">=", "x real, s in [5, 6]", node) == "rejected"
    assert judged("x", ">=", "x in [0, 1]", node) == "rejected"
