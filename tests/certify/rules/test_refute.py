"""Counterexamples: simple, exact, and found where they are few."""

from fractions import Fraction

import pytest
from flint import ctx

from bounds.certify.language.domain import parse_domain
from bounds.certify.language.expression import substitute
from bounds.certify.language.grammar import parse_claim, parse_expression
from bounds.certify.rules.enclosures import evaluate
from bounds.certify.rules.goal import Deadline, Goal
from bounds.certify.rules.refute import counterexample, holds, refute, undefined_at


def goal_of(claim, domain):
    (c,) = parse_claim(claim)
    if c.relation in ("<", "<="):
        c = c.turned
    return Goal(c.left - c.right, c.relation, parse_domain(domain))


FALSE = [
    ("0 < x^2*((x-0.7)^2 - 0.01)", "x in [0, 1]"),
    ("exp(x) > 1 + x", "x in [-1, 1]"),
    ("exp(x) < 100*x^5", "x > 1"),
    ("x^2 + y^2 >= 2*x*y + 0.000001", "x, y real"),
    ("sin(x) <= x", "x real"),
    ("x^4*y^2 + x^2*y^4 + 1 - 3*x^2*y^2 > 0", "x, y real"),
    ("s + c <= 1.41421356", "s^2 + c^2 = 1"),
    ("s + c < sqrt(2)", "s^2 + c^2 = 1"),
    ("x*y < 1/4", "x + y = 1, x > 0, y > 0"),
    ("n^2 < 2^n", "n integer, n >= 1"),
    ("n^5 < 1000000 + 2^n", "n integer, n >= 1"),
    ("x > log(x) + 1.0000000001", "x > 0"),
    ("Phi(x) < 1 - 10^-12", "x real"),
    ("x*y*z <= 1", "x, y, z in [0, 3], x + y + z <= 3.001"),
    ("sin(1/x) < 0.99999", "x in (0, 1]"),
    ("x^2 != 2", "x real"),
    ("cos(x) = 1 - x^2/2", "x real"),
    ("log(1+x) < x - x^2/2 + x^3/3 - x^4/4 + x^5/5 - 10^-30", "x in [0, 1]"),
    ("(x - 1/3)^2*(x^2 + 1) > 0", "x real"),
    ("exp(x) >= 1 + x + 10^-40", "x in [-1, 1]"),
    ("abs(x - 0.123456) > 0.00001", "x in [-1000, 1000]"),
]


@pytest.mark.parametrize(("claim", "domain"), FALSE)
def test_a_false_statement_gets_an_exact_witness(claim, domain):
    goal = goal_of(claim, domain)
    found = counterexample(goal, Deadline(20), 2)
    assert found is not None
    assert not any(value.free for value in found.point.values())
    assert all(holds(c.at(found.point)) for c in goal.domain.constraints)
    with ctx.workprec(1000):
        value = evaluate(substitute(goal.f, found.point), {})
    if goal.relation == ">":
        assert value < 0 or (found.zero and abs(float(value)) < 1e-200)
    elif goal.relation == ">=":
        assert value < 0
    elif goal.relation == "=":
        assert value != 0
    else:
        assert found.zero


@pytest.mark.parametrize(
    ("claim", "domain", "point"),
    [
        ("exp(x) > 1 + x", "x in [-1, 1]", {"x": "0"}),
        ("n^2 < 2^n", "n integer, n >= 1", {"n": "3"}),
        ("(x - 1/3)^2 > 0", "x real", {"x": "1/3"}),
        ("x^2 + y^2 > 0", "x, y real", {"x": "0", "y": "0"}),
    ],
)
def test_the_witness_is_simple(claim, domain, point):
    found = refute(goal_of(claim, domain), Deadline(5))
    assert {name: str(value) for name, value in found.items()} == point


@pytest.mark.parametrize(
    ("claim", "domain"),
    [
        ("exp(x) >= 1 + x", "x in [-1, 1]"),
        ("x^x > 0.69220062", "x > 0"),
        ("x/(1+x) < tanh(x)", "x > 0"),
        ("x*y <= 1/4", "x + y = 1, x > 0, y > 0"),
        ("x > 0", "x > 0"),
        ("x != pi", "x in [0, 3]"),
    ],
)
def test_a_true_statement_gets_none(claim, domain):
    assert refute(goal_of(claim, domain), Deadline(2)) is None


def test_variables_that_do_not_matter_have_a_value():
    found = refute(goal_of("x^2 > 0", "x real, y in (2, 3)"), Deadline(2))
    assert set(found) == {"x", "y"}
    assert Fraction(2) < found["y"].value < 3


@pytest.mark.parametrize(
    ("text", "domain", "point"),
    [
        ("log(x)", "x >= 0", {"x": "0"}),
        ("1/(x - 1/3)", "x real", {"x": "1/3"}),
        ("sqrt(1 - x^2)", "x in [-1, 1]", None),
        ("1/(x^2 + 1)", "x real", None),
        ("tan(x)", "x in [0, 2]", {"x": "pi/2"}),
        ("1/(x - y)", "x, y in [0, 1]", {"x": "0", "y": "0"}),
        ("gamma(x)", "x in [0, 1]", {"x": "0"}),
        ("atanh(x)", "x in (-1, 1)", None),
    ],
)
def test_where_an_expression_is_undefined(text, domain, point):
    found = undefined_at(parse_expression(text), parse_domain(domain), Deadline(5))
    if point is None:
        assert found is None
    else:
        assert {name: str(value) for name, value in found[0].items()} == point
        assert "not defined" in found[1]
