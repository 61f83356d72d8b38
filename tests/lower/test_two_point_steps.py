"""A zero of a decreasing function is one only between a positive and a negative value."""

import pytest
from flint import arb

from bounds.certify.errors import Inconclusive
from bounds.certify.numbers.precision import working_precision
from bounds.certify.roots.monotone import turning_point
from bounds.lower.two_point import mass, risk, separation_of


def test_the_signs_on_both_sides_are_needed() -> None:
    assert turning_point(lambda t: 2 - t * t, 1.4, 40).contains(arb(2).sqrt().mid())
    for function in (lambda t: t * t - 2, lambda t: (2 - t * t) ** 2, lambda t: -abs(2 - t * t)):
        with pytest.raises(Inconclusive, match="do not differ"):
            turning_point(function, 1.4, 40)


@pytest.mark.step("a zero: positive before it", "and negative after it")
@pytest.mark.parametrize("side", [-1, 1])
def test_each_side_by_itself(side: int) -> None:
    """At the last precision the value on one side has no sign."""

    def unsure(t: arb) -> arb:
        value = 2 - t * t
        near = abs(value) < arb(2) ** -37 and value * side < 0
        return value + arb(0, 1) if near and not t.mid().is_zero() and exact_enough(t) else value

    def exact_enough(t: arb) -> bool:
        from flint import ctx

        return bool(ctx.prec == 72) and t.is_exact()

    with pytest.raises(Inconclusive, match="do not differ"):
        turning_point(unsure, 1.4, 40)


@pytest.mark.parametrize("eps", ["0.01", "0.3", "0.7"])
def test_the_separation_is_that_of_the_mass(eps: str) -> None:
    with working_precision(96):
        t = separation_of(arb(eps))
        assert mass(t).overlaps(arb(eps))
        assert risk(t) < t * t
