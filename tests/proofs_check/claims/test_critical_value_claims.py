"""Each claim on ε_cr can fail: seeded errors change the verdict."""

from fractions import Fraction
from importlib import import_module
from typing import Any

import pytest

from bounds import Inconclusive
from proofs_check import CERTIFIED, REPAIRED
from proofs_check.claims.s3_results import critical_value as route

TRUE_VALUES = {2: "4.0e-3", 3: "2.2e-4", 4: "5.0e-6"}


def check(delta: int, **seeded: str) -> Any:
    return import_module(f"proofs_check.claims.s3_results.eps_cr_{delta}").check(**seeded)


@pytest.mark.parametrize("delta", [2, 3, 4])
def test_as_printed_the_value_is_refuted_and_repaired(delta: int) -> None:
    assert check(delta).verdict is REPAIRED


@pytest.mark.parametrize(("delta", "value"), TRUE_VALUES.items())
def test_the_right_decimal_is_certified_and_its_last_digit_matters(delta: int, value: str) -> None:
    assert check(delta, printed=value).verdict is CERTIFIED
    mantissa, power = value.split("e")
    for step in ("0.1", "-0.1"):
        altered = f"{float(mantissa) + float(step):.1f}e{power}"
        assert check(delta, printed=altered).verdict is REPAIRED


def test_a_sign_error_in_the_second_route_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    honest = route.second_derivative
    monkeypatch.setattr(route, "second_derivative", lambda eps, delta: -honest(eps, delta))
    with pytest.raises(Inconclusive):
        check(3)


def test_a_wrong_criterion_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    """The root of another Δ stands for any error in the criterion: the second route disagrees."""
    honest = route.eps_cr
    monkeypatch.setattr(
        route, "eps_cr", lambda delta, digits: honest(delta + Fraction(1, 50), digits)
    )
    with pytest.raises(Inconclusive):
        check(3)
