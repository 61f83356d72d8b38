"""Best constants: literature values, both directions, printed ones."""

from __future__ import annotations

import pytest

import bounds
from bounds.certify.checker.replay import check
from bounds.certify.errors import InputError


def test_jordan_s_constant_and_a_printed_one() -> None:
    found = bounds.sharpen("sin(x) >= ?C*x", "0 <= x <= pi/2", printed="0.6")
    assert (found.direction, str(found.exact), found.holds) == ("greatest", "2/pi", True)
    assert found.gap.high.fraction() < 0
    fails = bounds.sharpen("sin(x) >= ?C*x", "0 <= x <= pi/2", printed="0.64")
    assert fails.holds is False


def test_a_maximum_is_a_least_constant_with_certificate() -> None:
    found = bounds.sharpen("x*exp(-x) <= ?C", "x >= 0", proof=True)
    assert (found.direction, str(found.exact)) == ("least", "exp(-1)")
    assert check(found.certificate()).accepted


def test_two_variables_with_a_factor_that_vanishes() -> None:
    found = bounds.sharpen("x*y <= ?C*(x^2 + y^2)", "x, y in [-1, 1]")
    assert (found.direction, str(found.exact)) == ("least", "1/2")


@pytest.mark.heavy
def test_no_constant_serves() -> None:
    assert bounds.sharpen("x <= ?C", "x > 0").outcome == "none"


def test_where_the_factor_is_0_the_statement_may_fail() -> None:
    assert bounds.sharpen("cos(x) <= ?C*x", "0 <= x <= 1").outcome == "undecided"


@pytest.mark.heavy
def test_a_constant_by_bisection() -> None:
    found = bounds.sharpen("exp(-?C*x) <= 1/(1 + x^2)", "x >= 0", digits=6)
    assert found.basis == "checker"
    assert "0.804742342549411" in found.value


@pytest.mark.parametrize("claim", ["x <= 1", "?C*x <= ?D", "C + ?C*x <= 1", "?C*x = 1"])
def test_mistakes_in_a_claim(claim: str) -> None:
    with pytest.raises(InputError):
        bounds.sharpen(claim, "x > 0")
