"""Improper integrals against their closed forms, with a proved bound at each improper end."""

from __future__ import annotations

import pytest
from flint import arb

import bounds
from bounds.certify.checker.replay import check
from bounds.certify.errors import Inconclusive
from bounds.certify.numbers.precision import working_precision


@pytest.mark.parametrize(
    ("integrand", "low", "high", "digits", "value"),
    [
        ("exp(-x^2)", "-inf", "inf", 30, "sqrt(pi)"),
        ("1/(1 + x^2)", 0, "inf", 15, "pi/2"),
        ("log(x)", 0, 1, 15, "-1"),
        pytest.param("1/sqrt(1 - x^2)", -1, 1, 12, "pi", marks=pytest.mark.heavy),
        pytest.param("exp(-x)/sqrt(x)", 0, "inf", 12, "sqrt(pi)", marks=pytest.mark.heavy),
        ("exp(x)", "-inf", 0, 15, "1"),
    ],
)
def test_an_integral_is_its_closed_form(
    integrand: str, low: object, high: object, digits: int, value: str
) -> None:
    found = bounds.integrate(integrand, "x", low, high, digits=digits)
    assert found.proofs
    assert all(each.outcome == "proved" for each in found.proofs)
    exact = bounds.evaluate(value, digits=60).value
    low_end, high_end = found.value.low.fraction(), found.value.high.fraction()
    assert low_end <= exact.high.fraction()
    assert exact.low.fraction() <= high_end
    assert high_end - low_end <= abs(exact.high.fraction()) / 10 ** (digits - 2)


@pytest.mark.parametrize("integrand", ["1/x", "1/sqrt(x)", "1 + exp(-x)"])
def test_a_divergent_integral_has_no_value(integrand: str) -> None:
    with pytest.raises(Inconclusive, match="no bound"):
        bounds.integrate(integrand, "x", 1, "inf", seconds=5)


def test_the_end_of_a_divergent_integral_is_found_at_0() -> None:
    with pytest.raises(Inconclusive):
        bounds.integrate("1/x", "x", 0, 1, seconds=5)


@pytest.mark.heavy
def test_a_certificate_has_the_bounds_and_what_they_leave() -> None:
    found = bounds.integrate("exp(-x^2)", "x", 0, "inf", proof=True)
    verdict = check(found.certificate())
    assert verdict.accepted
    assert "exp(-x1^2) <=" in verdict.reason
    assert r"\int_{0}^{\infty}" in found.latex()


def test_what_is_cut_off_is_counted() -> None:
    """Without the rest, the enclosure of a slowly falling integrand would miss the value."""
    from bounds.certify.language.grammar import parse_expression
    from bounds.certify.quantities.improper import improper
    from bounds.certify.rules.goal import Deadline

    body = parse_expression("1/(1 + x^2)")
    found = improper(body, "x", parse_expression("0"), None, 8, Deadline(20))
    with working_precision(200):
        rest = sum((bounds.evaluate(str(each), digits=8).value.high.fraction())
                   for each in found.rests)  # fmt: skip
        assert rest > 0
        assert found.value.contains(arb.pi() / 2)
