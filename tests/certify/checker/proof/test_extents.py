"""Bounds of an expression from bounds of its parts: each step keeps a false statement out."""

import pytest
from falsehoods import Step, is_needed, proves
from hypothesis import given
from hypothesis import strategies as st

from bounds import decide
from bounds.certify.checker.constants import Constants
from bounds.certify.checker.expression import substitute
from bounds.certify.checker.extents import Extents
from bounds.certify.checker.grammar import read_expression
from bounds.certify.checker.interval_text import read_domain
from bounds.certify.checker.proof import check_proof
from bounds.certify.checker.verdict import Undecided

BOUNDED = {"rule": "bounded"}
SQUARE = "x in [-1, 1], y in [-1, 1]"
LAMBERT = "x real, x*exp(x) + exp(-1) >= 0"

STEPS: list[Step] = [
    (name, proves(claim, domain, BOUNDED))
    for name, claim, domain in [
        ("phi falls with the size of its argument", "phi(x) < phi(1) + 1/100", "x in [-1, 0]"),
        ("a wave attains its bounds", "cos(x) > -1", "x real"),
        ("a multiple by a positive number keeps open ends", "0*x > 0", "x in (-1, 1)"),
        ("0 is no strict bound of a product", "0*x > 0", "x in (-1, 1)"),
        ("an end that belongs to a range is attained", "x > 0", "x in [0, 1]"),
        ("a factor that is at most 0 turns a product", "x*y >= 0", "x in [-2, -1], y in [1, 2]"),
        ("a product is between corners where a factor is between its ends", "x*y < 1", SQUARE),
        (
            "a product of positive numbers is open where a factor is",
            "x*y > 1",
            "x in [1, 2], y in [1, 2]",
        ),
        (
            "a product that may be 0 is positive where both factors are",
            "x*y > 0",
            "x in [0, 1], y in (0, 1]",
        ),
        ("0 is the product of 0 and what is open", "exp(x*y) < 1", "x in [0, 0], y in (0, 1)"),
        ("the size of a negative number is its negative", "abs(x) <= 0", "x in [-2, -1]"),
        ("a size is open where both ends are", "abs(x) < 1", "x in [-1, 1)"),
        ("a size is bounded by the farther end", "abs(x) <= 1", "x in [-3, 1]"),
        ("a power 0 is 1", "x^0 > 1", "x in (1, 2)"),
        ("a negative power is an inverse", "1/x >= 1", "x in [1, 2]"),
        ("an odd power beyond 64 may be negative", "x^65 >= 0", "x real"),
        ("an even power is one of the size", "x^2 <= 1", "x in [-2, 1]"),
        ("1/a is bounded where a has one sign", "1/x >= 1/2", "x in [-1, 2], x != 0"),
        ("a falling function is least at the other end", "erfc(x) >= 1", "x in [0, 1]"),
        ("Lambert's W attains its bound", "lambertw(x*exp(x)) > -1", LAMBERT),
        ("a bound that proves a goal is not negative", "x >= 0", "x in [-1, 1]"),
        ("a bound 0 that may be attained proves no strict goal", "x > 0", "x in [0, 1]"),
    ]
]


@pytest.mark.step(*dict(STEPS))
@pytest.mark.parametrize("step", STEPS, ids=lambda step: step[0])
def test_a_step_of_an_extent(step):
    is_needed(step)


@pytest.mark.step("the least value of Lambert's W is one that it takes")
def test_lambert_attains_minus_one():
    verdict = check_proof("lambertw(x*exp(x)) > -1", LAMBERT, [], [{"rule": "obvious"}])
    assert not verdict.accepted
    weak = check_proof("lambertw(x*exp(x)) >= -1", LAMBERT, [], [{"rule": "obvious"}])
    assert weak.accepted


@pytest.mark.parametrize(
    ("claim", "domain"),
    [
        ("Phi(x) + Phi(y) < 2", "x, y real"),
        ("atan(x) + atan(y) < pi", "x, y real"),
        ("exp(sin(x*y)) <= e", "x, y real"),
        ("tanh(x)*tanh(y) < 1", "x, y > 0"),
        ("abs(sin(x*y)*cos(x + y)) <= 1", "x, y real"),
        ("phi(x - d) + phi(x + d) <= 2*phi(0)", "x, d real"),
        ("asin(sin(x*y)) <= pi/2", "x, y real"),
        ("1/(2 + cos(x*y)) <= 1", "x, y real"),
        ("sqrt(1 + x^2)*cosh(y) >= 1", "x, y real"),
    ],
)
def test_bounds_of_parts_decide_at_once(claim, domain):
    outcome = decide(claim, domain, seconds=5)
    assert outcome.outcome == "proved"
    assert set(outcome.rules) <= {"obvious", "bounded"}


PARTS = [
    "x",
    "0",
    "0*x",
    "y",
    "sin(x*y)",
    "cos(x - y)",
    "abs(x)",
    "tanh(y)",
    "phi(x)",
    "cosh(y)",
    "-2",
    "pi/3",
]


@st.composite
def expressions(draw, depth=2):
    if depth == 0 or draw(st.integers(0, 4)) == 0:
        return draw(st.sampled_from(PARTS))
    first, second = draw(expressions(depth - 1)), draw(expressions(depth - 1))
    form = draw(
        st.sampled_from(
            [
                "({}) + ({})",
                "({})*({})",
                "({})^2 - ({})",
                "exp({})*({})",
                "atan({}) + ({})",
                "({})^3 - ({})",
                "({})/(3/2 + sin({}))",
            ]
        )
    )
    return form.format(first, second)


@given(expressions(), st.integers(0, 8), st.integers(0, 8))
def test_an_extent_holds_the_values(text, i, j):
    constants = Constants()
    region = read_domain("x in [-1, 2], y in [-1/2, 1]", constants).region
    node = read_expression(text)
    if not node.free:
        return
    place = {
        "x": read_expression(f"-1 + 3*{i}/8"),
        "y": read_expression(f"-1/2 + 3*{j}/16"),
    }
    value = substitute(node, place)
    try:
        extent = Extents(region).of(node)
        signs = [
            constants.sign(value - extent.low) if extent.low is not None else 1,
            constants.sign(extent.high - value) if extent.high is not None else 1,
        ]
    except Undecided:
        return
    assert signs[0] > 0 or (signs[0] == 0 and not extent.low_open)
    assert signs[1] > 0 or (signs[1] == 0 and not extent.high_open)
