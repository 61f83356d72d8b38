"""Steps of roots, systems, improper integrals and tables: without each, a number is false."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

import pytest
from dropped_steps import dropped
from flint import arb

import bounds
from bounds.certify.errors import BoundsError
from bounds.certify.language.domain import Domain, parse_domain
from bounds.certify.language.expression import number
from bounds.certify.language.grammar import parse_expression
from bounds.certify.language.statement import Statement
from bounds.certify.quantities import equations, system_statements, systems, zeros
from bounds.certify.quantities.improper import Improper, improper
from bounds.certify.quantities.results import Roots
from bounds.certify.quantities.systems import Solutions
from bounds.certify.quantities.table_check import Judgement
from bounds.certify.rules.decide import decide
from bounds.certify.rules.goal import Deadline


def count(equations: str, domain: str) -> int | None:
    """How many roots there are, if that is claimed."""
    try:
        found = bounds.solve(equations, domain, seconds=60)
    except BoundsError:
        return None
    assert isinstance(found, Roots | Solutions)
    return len(found.roots) if found.outcome == "complete" else None


def told(right: int, equations: str, domain: str) -> Callable[[], bool]:
    """Whether the number of roots is right, where it is told at all."""
    return lambda: count(equations, domain) in (None, right)


def search(*functions: str, domain: str) -> systems._Search:
    statement = Statement.read(" and ".join(f"{f} = 0" for f in functions), domain)
    expressions = tuple(map(parse_expression, functions))
    return systems._Search(expressions, tuple(statement.domain.ranges), statement.domain, 15, 5)


def refined(root: str, image: arb, side: Fraction, *functions: str) -> bool:
    """Whether a sharper enclosure of the root in a box has it, too."""
    found = search(*functions, domain="x, y in [-2, 2]")
    x, y = found._refined(((-side, side), (-side, side)), [image, image])
    return x.overlaps(arb(root)) and y.contains(0)


def few_boxes() -> bool:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(systems, "_MOST_BOXES", 3)
        return count("x^3 = y and y^3 = x", "x, y in [-2, 2]") is None


def exact() -> bool:
    (root,) = bounds.solve("x = 1/3 + 10^(-80) and y = 0", "x, y in [-1, 1]").roots
    return root.exact is None


def zero_of_x() -> bool:
    half = Fraction(1, 2)
    found = zeros._narrow(parse_expression("x"), "x", half, (half / 2, 3 * half / 2), 1, 15)
    return found is None or found[0] <= 0 <= found[1]


def of_inverse_squares() -> bool:
    low = parse_expression("1")
    return improper(parse_expression("1/x^2"), "x", low, None, 8, Deadline(20)).value.contains(1)


def is_bounded(low: str, high: str) -> bool:
    """Whether an integral that is 1 up to 1/8 is not claimed to lie in a part of that."""
    found = Improper(arb(1, 0.125), (), (number(1),), (number(Fraction(1, 8)),))
    return decide(found.statement(Fraction(low), Fraction(high))).outcome != "proved"


def divergent() -> bool:
    try:
        bounds.integrate("1/x^2 + 10^(-40)/x", "x", 1, "inf", digits=3, seconds=4)
    except BoundsError:
        return True
    return False


def entry(rounding: str) -> bool:
    """Whether 1 is not proved to be rounded to the entry that it is next to."""
    printed = {"up": "1.1", "down": "0.9"}[rounding]
    one = Judgement(1, number(1), {}, printed, "right")
    claim = Statement(tuple(one.comparisons(rounding)), Domain({}))
    return decide(claim).outcome != "proved"


def narrow_box_outside() -> bool:
    """x is 0 in [-1, 1], and has one zero at most in [1, 2]: that says nothing of [1, 2]."""
    box, near = ((Fraction(1), Fraction(2)),), ((Fraction(-1), Fraction(1)),)
    held = system_statements.Held(box, near, None, ((Fraction(1),),))
    x, slope = parse_expression("x"), number(1)
    found = system_statements.system_statements([x], [[slope]], ["x"], box, [held], lambda _: None)
    return found is None


def simple_by_a_tiny_slope() -> bool:
    """The root of x^2 + s*x at 0, where s is not 0 but too small for balls."""
    p, q = 1, 1
    while q.bit_length() < 2_200:
        p, q = p + 2 * q, p + q
    f = parse_expression(f"x^2 + (sqrt(2) - {p}/{q})*x")
    task = equations._Task(f, "x", parse_domain("x in [-1, 1]").ranges["x"], 15, Deadline(5))
    return task._multiplicity(number(0)) in (None, 1)


STEPS: dict[str, Callable[[], bool]] = {
    "an expression with an angle that may jump has no slope": told(
        1, "atan2(y, x) - 3*y = -5/2 and x = -1", "x in [-1.01, -0.99], y in [-1/4, 1/2]"
    ),
    "a condition holds in all of a box": told(
        0, "x^(5/2) + x = -1/20 and y = 0", "x, y in [-1, 1]"
    ),
    "a system is defined on all of a box": told(
        0, "x^(5/2) + x = -1/20 and y = 0", "x, y in [-1, 1]"
    ),
    "a box is left out where a function has no value in all of it": lambda: (
        count("log(x) = y and x*y = 1", "x in [-1, 5], y in [-3, 3]") == 1
    ),
    "or an equation has no solution in it": told(1, "x + y = 1 and x = y", "x, y in [0, 1]"),
    "a box that holds one root has its image inside it": told(
        4, "x^2 + y^2 = 4 and x*y = 1", "x, y in [-3, 3]"
    ),
    "a small box that is not resolved is part of a cluster": told(
        3, "x^2 + y^2 = 1 and y = x^2 - 1", "x, y in [-2, 2]"
    ),
    "a box that is not looked at stays open": few_boxes,
    "a sharper enclosure lies in the box that holds one root": lambda: refined(
        "0", arb(1, 1.5), Fraction(1, 4), "x^2 - y", "y^2 - x"
    ),
    "and is proved to hold it": lambda: refined(
        "-1.7692923542386314", arb(0, 2), Fraction(2), "x^3 - 2*x + 2", "y"
    ),
    "the narrow box around a root lies in the box that holds one": narrow_box_outside,
    "a root at an open end is none": told(1, "x^2 = y and y^2 = x", "x in (0, 1], y in [0, 1]"),
    "a root that may lie outside the domain stays open": told(
        0, "x^2 = 2 and y = 1", "x in (sqrt(2), 3], y in [0, 2]"
    ),
    "algebra proves that exact numbers are a root": exact,
    "the derivatives below the multiplicity are 0": simple_by_a_tiny_slope,
    "no root lies in a piece that is left out": told(
        2, "(x - 3712345/10^7)^2 = 10^(-12)", "x in [-1, 1]"
    ),
    "a function that has a simple zero is defined around it": told(
        0, "x - 1/3 + ((x - 1/3)^2 - 10^(-40))^(5/2) = 0", "x in [0, 1]"
    ),
    "there are opposite signs around a simple zero": zero_of_x,
    "what an improper integral has near its end is bounded by proof": divergent,
    "what is cut off of an improper integral is added to its radius": of_inverse_squares,
    "an improper integral is greater than what is left less what is cut off": lambda: is_bounded(
        "1", "9/8"
    ),
    "and less than both together": lambda: is_bounded("7/8", "1"),
    "a value that is rounded up lies above the entry before": lambda: entry("up"),
    "one that is rounded down lies below the next entry": lambda: entry("down"),
}


@pytest.mark.step(*STEPS)
@pytest.mark.parametrize("step", STEPS)
def test_without_the_step_a_number_is_false(step: str) -> None:
    is_right = STEPS[step]
    assert is_right()
    with dropped(step):
        assert not is_right()
