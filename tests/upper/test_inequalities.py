"""The printed inequalities at given Δ: inside the interval they fail, outside they hold."""

from fractions import Fraction

import pytest
from flint import arb

import bounds
from bounds.certify.errors import Inconclusive
from bounds.certify.exact import to_ball
from bounds.certify.numbers.precision import working_precision
from bounds.critical import NoCriticalValue
from bounds.upper import (
    constants,
    envelope,
    inequalities,
    printed_inequalities,
)


def by_name(delta: str) -> dict[str, inequalities.Inequality]:
    return {found.name: found for found in printed_inequalities(delta, 10)}


@pytest.mark.parametrize("delta", ["1.2", "1.5", "2", "3", "8"])
def test_the_line_is_below_the_optimum_just_there(delta: str) -> None:
    fails = by_name(delta)["C0 c/k + C1 >= optimum"].fails
    found, shape = constants(delta, 60), envelope(delta, 60)
    assert fails is not None
    assert found.true is not None
    low, high = fails[0].high.fraction(), fails[1].low.fraction()
    step = Fraction(1, 10**8)
    with working_precision(300):

        def lead(kappa: Fraction) -> arb:
            mass = to_ball(kappa)
            line = found.c0.ball() * mass + found.true.c1.ball()  # type: ignore[union-attr]
            return line - shape.at(mass)

        assert lead(low * (1 + step)) < 0
        assert lead((low + high) / 2) < 0
        assert lead(fails[1].high.fraction() * (1 + step)) > 0
        before = fails[0].low.fraction() * (1 - step)
        if before > found.true.eps_cr.high.fraction():
            assert lead(before) > 0


@pytest.mark.parametrize("delta", ["0.9", "1.05"])
def test_for_small_delta_the_line_is_above(delta: str) -> None:
    assert by_name(delta)["C0 c/k + C1 >= optimum"].verdict == "certified"
    found, shape = constants(delta, 20), envelope(delta, 20)
    assert found.true is not None
    with working_precision(128):
        for share in range(1, 20):
            mass = found.true.eps_cr.ball() + arb(share) / 20
            line = found.c0.ball() * mass + found.true.c1.ball()
            assert line > shape.at(mass)


def test_the_far_term_is_missed_for_small_delta_only() -> None:
    name = "C0 c/k + C1 >= far clients"
    assert by_name("2")[name].verdict == "refuted"
    assert by_name("3")[name].verdict == "certified"
    fails = by_name("2")[name].fails
    assert fails is not None
    with working_precision(128):
        d, kappa = arb(2), fails[1].ball()
        far = 2 * (3 * bounds.functions.density(arb(3)) + bounds.functions.cdf(arb(-3)))
        c0, true = constants(d, 20).c0, constants("2", 20).true
        assert true is not None
        assert (c0.ball() * kappa + true.c1.ball()).overlaps(far)


def test_without_a_critical_value_there_is_nothing_to_say() -> None:
    with pytest.raises(NoCriticalValue):
        printed_inequalities("0.5")


def test_a_line_that_dips_is_not_proved_above() -> None:
    """Seeded error: below 0 at one end."""
    with pytest.raises(Inconclusive):
        inequalities._require_above(arb(-1), arb("0.5"), (arb("0.1"), arb("0.6")))
