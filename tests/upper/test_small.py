"""Contamination near 0: order, factor, remainder, and the best factor of κ^{2/9}."""

from fractions import Fraction

import pytest
from flint import arb

import bounds
from bounds.certify.errors import Inconclusive
from bounds.certify.numbers.precision import working_precision
from bounds.upper import constants, remainder, small_contamination
from bounds.upper.sharp import sharp_loss_at
from bounds.upper.small import elasticity_above


@pytest.mark.parametrize("delta", ["0.5", "1.5", "3", "8"])
@pytest.mark.parametrize("eps", ["1e-3", "1e-10", "1e-40"])
def test_the_loss_lies_between_its_ends(eps: str, delta: str) -> None:
    """Second route: the loss by its definition, against A√ε."""
    low, high = remainder(eps, delta, 12)
    with working_precision(500):
        factor = small_contamination(delta, 30).factor.ball()
        ratio = bounds.loss(arb(eps), arb(delta)) / (factor * arb(eps).sqrt())
        assert low.ball() < ratio
        assert ratio < high.ball()


def test_the_ends_close_in_on_one() -> None:
    for eps in ("1e-20", "1e-60"):
        low, high = remainder(eps, "2", 30)
        width = high.high.fraction() - low.low.fraction()
        assert width < Fraction(10) ** (-Fraction(eps).denominator.__str__().count("0") // 4)


@pytest.mark.parametrize("delta", ["1.5", "3"])
def test_the_sharp_loss_is_linear(delta: str) -> None:
    with working_precision(400):
        d, eps = arb(delta), arb("1e-40")
        factor = small_contamination(delta, 20).sharp_factor.ball()
        ratio = sharp_loss_at(bounds.filter_radius(eps, d), d) / (factor * eps)
        assert abs(ratio - 1) < arb("1e-15")


@pytest.mark.parametrize("delta", ["1", "1.5", "2", "4"])
def test_the_best_factor_serves_and_is_attained(delta: str) -> None:
    found = constants(delta, 15)
    assert found.best_c2 is not None
    assert found.true is not None
    with working_precision(200):
        best, critical = found.best_c2.ball(), found.true.eps_cr.ball()
        for i in range(1, 30):
            eps = critical / arb(2) ** i
            assert bounds.loss(eps, arb(delta)) < best * eps.root(9) ** 2
        assert (best * critical.root(9) ** 2).overlaps(found.true.c1.ball())
        assert best < found.true.c2.ball()


def test_a_higher_exponent_is_not_proved() -> None:
    """Seeded error: εL′/L tends to 1/2 at 0, and so is not above 0.55."""
    with working_precision(64):
        with pytest.raises(Inconclusive):
            elasticity_above(arb("0.55"), arb("0.1"), Fraction(2))
        assert elasticity_above(arb(2) / 9, arb("0.1"), Fraction(2)) >= 1
