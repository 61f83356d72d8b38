"""A root of the system that is no point of the curve is no inflection, whatever led to it.

The system has such roots, since the deficit d is even: at Δ = 3 the first equation holds at
x = −3.64 too, and the criterion turns from negative to positive there, at ε = 0.735.
"""

from fractions import Fraction
from typing import Any

import pytest
from flint import arb

import bounds
from bounds.certify.numbers.precision import working_precision
from bounds.critical import critical, point, whole_domain
from bounds.critical.point import locate
from bounds.critical.system import InflectionSystem
from bounds.functions import curvature_criterion

OFF = [arb("-3.636644873777"), arb("3.587910"), arb("1.08112")]


def test_there_is_a_root_off_the_curve_and_it_is_refused() -> None:
    with working_precision(80):
        on = InflectionSystem(Fraction(3))
        assert all(abs(side) < arb("1e-3") for side in on.residual(OFF)[:2])
        assert curvature_criterion(arb("0.73512"), arb(3)) > 0  # the loss is convex there
    with pytest.raises(bounds.Inconclusive, match="the root is not proved to lie on the curve"):
        locate(Fraction(3), OFF, 10)


@pytest.mark.parametrize("function", [bounds.eps_cr, bounds.inflections])
def test_stored_guesses_that_lead_off_the_curve_change_nothing(
    function: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    honest = function(3, 10)
    for module in (critical, whole_domain):
        monkeypatch.setattr(module, "guess", lambda *_: OFF)
        monkeypatch.setattr(module, "GUESS_BITS", (0, 0, 0, 0))
    again = function(3, 10)
    for one, other in (
        ((honest, again),)
        if function is bounds.eps_cr
        else zip(honest.points, again.points, strict=True)
    ):
        assert one.eps.decimals() == other.eps.decimals()


@pytest.mark.step("a root is on the curve in each of its numbers", "a point lies on the curve")
@pytest.mark.parametrize("number", range(3))
@pytest.mark.parametrize("entry", [arb(-1), arb(0), arb(1, 2), arb.nan()])
def test_a_root_is_positive_in_each_of_its_numbers(
    number: int, entry: arb, monkeypatch: pytest.MonkeyPatch
) -> None:
    honest = point.to_digits

    def other(*at: Any, **options: Any) -> Any:
        faces, (root, *rest) = honest(*at, **options)
        return faces, ([entry if k == number else old for k, old in enumerate(root)], *rest)

    start = [arb("0.1277"), arb("0.2395"), arb("0.001925")]
    assert locate(Fraction(3), start, 10)[1].turn == "concave to convex"
    monkeypatch.setattr(point, "to_digits", other)
    with pytest.raises(bounds.Inconclusive, match="the root is not proved to lie on the curve"):
        locate(Fraction(3), start, 10)
