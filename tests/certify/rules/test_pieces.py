"""Statements with floor, |u|, min, max and sign, and squares that are 0."""

import pytest

from bounds.certify.language.statement import Statement
from bounds.certify.rules.decide import decide

TRUE = [
    ("floor(2*x) = floor(x) + floor(x + 1/2)", "x real"),
    ("floor(-x) <= -floor(x)", "x real"),
    ("max(x, -x) = abs(x)", "x real"),
    ("max(x, y) = (x + y + abs(x - y))/2", "x real, y real"),
    ("x = sign(x)*abs(x)", "x real"),
    ("abs(sin(2*x)) <= 2*abs(sin(x))", "x real"),
    ("x <= 0", "x real, x^2 = 0"),
    ("x = y", "x real, y real, x^2 + y^2 = 2*x*y"),
]
FALSE = [
    ("floor(2*x) = 2*floor(x)", "x real"),
    ("floor(x) + floor(y) >= floor(x + y)", "x real, y real"),
    ("max(x, y) = (x + y + abs(x + y))/2", "x real, y real"),
    ("sign(x)^2 = 1", "x real"),
    ("abs(sin(2*x)) <= abs(sin(x))", "x real"),
    ("y <= 0", "x real, y real, x^2 = 0"),
]


@pytest.mark.parametrize(("claim", "domain"), TRUE)
def test_what_is_true_is_proved(claim, domain):
    assert decide(Statement.read(claim, domain), seconds=20).outcome in ("proved", "equal")


@pytest.mark.parametrize(("claim", "domain"), FALSE)
def test_what_is_false_is_not(claim, domain):
    found = decide(Statement.read(claim, domain), seconds=2)
    assert found.outcome in ("refuted", "undecided")
