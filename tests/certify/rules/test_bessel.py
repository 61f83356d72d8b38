"""Bessel functions of several orders, and integrals with an end that moves."""

from __future__ import annotations

import pytest

import bounds
from bounds.certify.checker.replay import check


@pytest.mark.heavy
@pytest.mark.parametrize(
    ("claim", "domain"),
    [
        ("besseli(2, x) < besseli(1, x)", "x > 0"),
        ("besselk(2, x) < besselk(3, x)", "x > 0"),
        ("besseli(3, 2*x) <= besseli(2, 2*x)", "x > 0"),
        ("besselj(0, x)^2 + besselj(1, x)^2 <= 1", "x real"),
        ("besselj(0, x)^2 + besselj(1, x)^2 <= 1/2", "x >= 17/10"),
        ("x*integral(exp(t^2), t, 0, x) < exp(x^2) - 1", "x > 0"),
        ("integral(exp(t^2), t, 0, x) < (2*exp(x^2) + x^2 - 2)/(3*x)", "x > 0"),
    ],
)
def test_it_is_proved(claim: str, domain: str) -> None:
    found = bounds.decide(claim, domain)
    assert found.outcome == "proved"
    assert check(found.certificate()).accepted


@pytest.mark.parametrize(
    ("claim", "domain"),
    [
        ("besseli(1, x) < besseli(2, x)", "x > 0"),
        ("besselk(1, x) > besselk(2, x)", "x > 0"),
        ("besselj(0, x)^2 + besselj(1, x)^2 <= 1/2", "x >= 3/2"),
        ("x*integral(exp(t^2), t, 0, x) > exp(x^2) - 1", "x > 0"),
    ],
)
def test_what_is_false_is_refuted(claim: str, domain: str) -> None:
    assert bounds.decide(claim, domain).outcome == "refuted"
