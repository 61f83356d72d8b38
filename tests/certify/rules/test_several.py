"""Inequalities in several variables: what the prover finds, the independent checker accepts."""

import pytest

from bounds import decide
from bounds.certify.checker.proof import check_proof
from bounds.certify.language.domain import parse_domain
from bounds.certify.language.grammar import parse_claim
from bounds.certify.rules.algebra import squares_completed
from bounds.certify.rules.cells import by_cells
from bounds.certify.rules.decide import prove
from bounds.certify.rules.goal import Deadline, Goal
from bounds.certify.rules.gram import gram
from bounds.certify.rules.obvious import obvious
from bounds.certify.rules.samples import bounds_of, looks, samples, tightened
from bounds.certify.rules.several import several
from bounds.certify.rules.solving import solved
from bounds.certify.rules.touch import constants_near, contacts


def goal_of(claim, domain):
    (c,) = parse_claim(claim)
    if c.relation in ("<", "<="):
        c = c.turned
    return Goal(c.left - c.right, c.relation, parse_domain(domain))


def accepted(claim, domain, node):
    return check_proof(claim, domain, [], [node], seconds=30).accepted


RULES = {
    "sos": [
        ("x^2 + x*y + y^2 >= 0", "x, y real"),
        ("a^2 + b^2 + c^2 >= a*b + b*c + c*a", "a, b, c real"),
        (
            "x1^2 + 2*x2^2 + 2*x3^2 + 2*x4^2 + 2*x5^2 + 2*x6^2 + 2*x7^2 - x1 >= -1/4",
            "x1, x2, x3, x4, x5, x6, x7 in [-1, 1]",
        ),
    ],
    "gram": [
        ("x^4*y^2 + x^2*y^4 + 1 >= 3*x^2*y^2", "x, y real"),
        ("(x^2 + y^2 + z^2)^2 >= 3*(x^3*y + y^3*z + z^3*x)", "x, y, z real"),
        ("x + y >= 2", "x > 0, y > 0, x*y >= 1"),
    ],
    "multiplied": [
        ("x*(x-y)*(x-z) + y*(y-x)*(y-z) + z*(z-x)*(z-y) >= 0", "x, y, z >= 0"),
    ],
    "along": [
        ("p*log(p/q) + (1-p)*log((1-p)/(1-q)) >= 2*(p-q)^2", "p in (0, 1), q in (0, 1)"),
        ("exp(x + y) >= 1 + x + y", "x, y real"),
        ("(1+x)^n >= 1 + n*x", "x > -1, n >= 1"),
    ],
    "factor": [
        ("a^3 + b^3 + c^3 >= 3*a*b*c", "a, b, c >= 0"),
        ("(a^2 + b^2)*(c^2 + d^2) >= (a*c + b*d)^2", "a, b, c, d real"),
        ("x/(1+x) < y/(1+y)", "0 < x, x < y"),
        ("y*log(x) > x*log(y)", "x >= e, x < y"),
    ],
    "eliminate": [("x*y <= 1/4", "x + y = 1, x > 0, y > 0")],
    "map": [
        ("sqrt(x^2 + y^2) <= x + y", "x, y >= 0"),
        ("(a+b)/2 >= sqrt(a*b)", "a, b > 0"),
        ("abs(a*b) <= (a^2 + b^2)/2", "a, b real"),
    ],
    "cases": [("max(x, y) >= (x+y)/2", "x, y real")],
    "change": [("x*log(x/y) >= x - y", "x > 0, y > 0")],
    "touch": [("cos(x) + cos(y) + cos(x+y) >= -3/2", "x, y in [0, 4]")],
}


@pytest.mark.heavy
@pytest.mark.parametrize(
    ("rule", "claim", "domain"), [(rule, *case) for rule, cases in RULES.items() for case in cases]
)
def test_the_checker_accepts_what_is_found(rule, claim, domain):
    goal = goal_of(claim, domain)
    nodes = several(goal, prove, Deadline(60))
    node = next(node for node in nodes if accepted(claim, str(goal.domain), node))
    others = ("obvious", "factor", "along", "either", "closure")
    assert node["rule"] == rule or node["rule"] in others


CELLS = [
    (
        "-x1*x3^3 + 4*x2*x3^2*x4 + 4*x1*x3*x4^2 + 2*x2*x4^3 + 4*x1*x3 + 4*x3^2 - 10*x2*x4"
        " - 10*x4^2 + 2 > -3.1801",
        "x1, x2, x3, x4 in [-1/2, 1/2]",
    ),
    (
        "x1*x4*(-x1+x2+x3-x4+x5+x6) + x2*x5*(x1-x2+x3+x4-x5+x6) + x3*x6*(x1+x2-x3+x4+x5-x6)"
        " - x2*x3*x4 - x1*x3*x5 - x1*x2*x6 - x4*x5*x6 > 0",
        "x1, x2, x3, x4, x5, x6 in [4, 6.3504]",
    ),
    ("x^2 + y^2 > 0.99", "x, y in [-1, 1], x + y >= sqrt(2) - 1/10000"),
    ("x*phi(x)/(1+x^2) < Phi(-x)", "x in [0, 10]"),
    ("exp(x) > 1 + x", "x in [1/1000, 1]"),
    ("x^2 + x*y + y^2 != -1/10", "x, y in [-1, 1]"),
]


@pytest.mark.parametrize(("claim", "domain"), CELLS)
def test_cells_are_few_and_accepted(claim, domain):
    goal = goal_of(claim, domain)
    result = by_cells(goal, Deadline(30))
    assert result.node is not None
    assert result.cells < 400
    assert accepted(claim, str(goal.domain), result.node)


def test_cells_stop_at_a_refutation_and_tell_where():
    result = by_cells(goal_of("x^2 + y^2 > 1/100", "x, y in [-1, 1]"), Deadline(10))
    assert result.node is None
    assert result.refuting
    assert result.worst["x"] ** 2 + result.worst["y"] ** 2 < 0.01


def test_cells_stop_at_their_number_and_at_the_deadline():
    tight = goal_of("x^2*y^2 + (x-y)^2 >= 0", "x, y in [-1, 1]")
    assert by_cells(tight, Deadline(10), most=50).node is None
    assert by_cells(tight, Deadline(0)).node is None


def test_a_false_goal_gets_no_proof():
    for claim, domain in (
        ("p*log(p/q) + (1-p)*log((1-p)/(1-q)) >= 2.01*(p-q)^2", "p in (0, 1), q in (0, 1)"),
        ("x*y <= 0.2499", "x + y = 1, x > 0, y > 0"),
        ("x^2 + x*y + y^2 > 0", "x, y real"),
        ("(a+b)/2 >= sqrt(a*b) + (a-b)^2/100", "a, b > 0"),
    ):
        goal = goal_of(claim, domain)
        for node in several(goal, prove, Deadline(2)):
            assert not accepted(claim, str(goal.domain), node)


def test_contacts_are_recognised():
    goal = goal_of("cos(x) + cos(y) + cos(x+y) >= -3/2", "x, y in [0, 4]")
    ((found),) = contacts(goal, Deadline(5))
    assert {str(value) for value in found.values()} == {"2*pi/3"}


def test_constants_near_a_float():
    allowed = parse_domain("x in [0, 10]").ranges["x"]
    for text, value in (("1/3", 1 / 3), ("sqrt(2)", 2**0.5), ("pi/4", 0.7853981633974483)):
        assert text in {str(e) for e in constants_near(value, allowed)}


def test_affine_constraints_make_ranges_smaller():
    domain = tightened(parse_domain("x > 0, z > 0, x + z < 1"))
    assert str(domain.ranges["x"]) == "(0, 1)"
    domain = tightened(parse_domain("0 < y, y <= x, x <= pi"))
    assert str(domain.ranges["y"]) == "(0, pi]"
    assert str(domain.ranges["x"]) == "(0, pi]"


def test_equal_domains_in_another_order_keep_their_order():
    first = tightened(parse_domain("x > 0, z > 0, x + z < 1"))
    second = tightened(parse_domain("z > 0, x > 0, x + z < 1"))
    assert list(first.ranges) == ["x", "z"]
    assert list(second.ranges) == ["z", "x"]


def test_bounds_of_a_variable():
    low, high = bounds_of(parse_domain("x > 0, y > 0, 1 - x - y > 0"), "x")
    assert [str(e) for e in low] == ["0"]
    assert [str(e) for e in high] == ["1 - y"]
    assert bounds_of(parse_domain("x > 0, y > 0, x^2 < y"), "x") is None


@pytest.mark.parametrize(
    ("equation", "roots"),
    [("2*x - y", {"y/2"}), ("exp(x*y) - 1", {"0"}), ("x^2 - 2", {"sqrt(2)", "-sqrt(2)"})],
)
def test_equations_are_solved(equation, roots):
    (c,) = parse_claim(f"{equation} = 0")
    assert {str(root) for root in solved(c.left, "x")} == roots


def test_signs_that_are_seen():
    domain = parse_domain("x > 0, y >= 0, z real")
    for text, sign in (
        ("x + y", ">"), ("x*y", ">="), ("z^2", ">="), ("-exp(z)", "<"), ("x - y", None),
        ("x/(1 + y)", ">"), ("abs(z) + 1", ">"), ("atan(y)", ">="),
    ):  # fmt: skip
        (c,) = parse_claim(f"{text} > 0")
        assert obvious(c.left, domain) == sign, text


def test_floats_that_cancel_are_no_sign():
    goal = goal_of("p*log(p/q) + (1-p)*log((1-p)/(1-q)) >= 0", "p in (0, 1), q in (0, 1)")
    assert looks(goal) in ("zero", "strict")
    assert samples(goal.domain).sign(goal.f) in (">", ">=")


def test_what_is_zero_has_no_squares_to_complete():
    assert squares_completed(goal_of("log(u^2) <= log(u^2)", "u real")) is None


def test_squares_with_an_equation():
    """On the circle, x·y ≤ 1/2 as x² + y² − 2xy is a square; and near it, not."""
    node = next(gram(goal_of("x*y <= 1/2", "x^2 + y^2 = 1"), prove, Deadline(20)))
    assert accepted("x*y <= 1/2", "x^2 + y^2 = 1", node)
    assert [entry["times"] for entry in node["zero"]]
    assert not list(gram(goal_of("x*y <= 499/1000", "x^2 + y^2 = 1"), prove, Deadline(20)))


@pytest.mark.heavy
def test_a_derivative_without_a_value_at_0_ends_no_search():
    outcome = decide("abs(besselj(2, x)) <= 1", "x in [-3, 3]", seconds=4)
    assert outcome.outcome in ("proved", "undecided")


def test_a_search_that_failed_leaves_nothing_behind(monkeypatch):
    """The same question, asked again with more means, is searched from the beginning."""
    claim, domain = "a^2 + b^2 + 1 > 2*a*b - a*b/7", "a in [-9, 9], b > a"
    with monkeypatch.context() as patch:
        patch.setattr("bounds.certify.rules.several._several", lambda *_: iter(()))
        assert decide(claim, domain, seconds=4).outcome == "undecided"
    assert decide(claim, domain, seconds=4).outcome == "proved"
