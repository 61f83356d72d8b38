"""Values and integrals: literature values, exact ones, and what has no value."""

from __future__ import annotations

from fractions import Fraction

import pytest

import bounds
from bounds.certify.checker.replay import check
from bounds.certify.errors import DomainError, Inconclusive, InputError

ERF = "0.74682413281242702539946743613185300535449968681260632902765449895860532756177283149784"


def test_values() -> None:
    found = bounds.evaluate("lambertw(1)", digits=50)
    assert found.value.decimals()[0].startswith(
        "0.567143290409783872999968662210355549753815787186"
    )
    assert bounds.evaluate("Phi(0)").exact == Fraction(1, 2)
    assert bounds.evaluate("sin(pi)").exact == 0
    assert bounds.evaluate("x^2 + y", "x = 3/2, y = pi").value.decimals()[0] == "5.39159265358979"


def test_a_certificate_of_a_value() -> None:
    certificate = bounds.evaluate("exp(1)", proof=True).certificate()
    assert check(certificate).accepted


@pytest.mark.parametrize("text", ["log(-1)", "sqrt(-1)", "1 + sqrt(0*pi - 10^(-60))"])
def test_what_has_no_value(text: str) -> None:
    with pytest.raises(DomainError):
        bounds.evaluate(text, digits=5)


@pytest.mark.parametrize(
    ("text", "place"), [("x", None), ("x", "x > 1"), ("x", "y = 2"), ("exp(1", None)]
)
def test_mistakes_in_a_value(text: str, place: str | None) -> None:
    with pytest.raises(InputError):
        bounds.evaluate(text, place)


def test_an_integral_to_many_digits_with_certificate() -> None:
    found = bounds.integrate("exp(-x^2)", "x", 0, 1, digits=80, proof=True)
    assert found.value.decimals()[0].startswith(ERF[:78])
    assert check(found.certificate()).accepted


def test_an_integrand_without_real_values_is_refused() -> None:
    with pytest.raises(Inconclusive, match="defined"):
        bounds.integrate("sqrt(x)*sqrt(x)", "x", -1, 0, seconds=2)


def test_ends_of_integrals() -> None:
    with pytest.raises(InputError, match="first one"):
        bounds.integrate("exp(-x)", "x", "inf", 0)
    assert "-1/2" in bounds.integrate("x", "x", 1, 0).value
    assert bounds.integrate("sin(x)", "x", -1, 1).value.low.fraction() <= 0


@pytest.mark.parametrize("text", ["exp(-10^20)", "exp(exp(20))", "Phi(-10^6)"])
def test_a_number_of_millions_of_digits_before_the_point_is_refused(text: str) -> None:
    with pytest.raises(Inconclusive, match="logarithm"):
        bounds.evaluate(text)


def test_a_number_next_to_another_is_told_to_its_digits() -> None:
    found = bounds.evaluate("1/(1 + exp(-10^20))", digits=10)
    assert found.value.decimals() == ("0.999999999", "1.000000001")
