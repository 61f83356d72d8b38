"""Zeros of monotone functions: they are held, narrow, and refused where there is none."""

import pytest
from flint import arb, ctx

from bounds.certify.arithmetic.ball import GUARD
from bounds.certify.errors import Inconclusive
from bounds.certify.numbers.precision import working_precision
from bounds.certify.roots.monotone import monotone_root, solve_increasing, turning_point


def cube(x: arb) -> tuple[arb, arb]:
    """x³ − 2, and its derivative."""
    return x * x * x - 2, 3 * x * x


@pytest.mark.parametrize("bits", [40, 64, 120, 500])
@pytest.mark.parametrize("guess", ["1e-6", "0.3", "1.2599", "1.9", "3.99"])
def test_a_root_from_any_guess_at_any_precision(guess: str, bits: int) -> None:
    with working_precision(bits):
        found = monotone_root(cube, arb(guess), arb(4))
    with working_precision(bits + 50):
        assert found.contains(arb(2).root(3).mid())
        assert found.rel_accuracy_bits() > bits - 16


@pytest.mark.parametrize("guess", ["1e-6", "0.5", "2.9"])
def test_where_newtons_method_overshoots_the_interval_is_halved(guess: str) -> None:
    """1 − 1/x from far off: from the right Newton's method leads to below 0."""
    with working_precision(64):
        found = monotone_root(lambda x: (1 - 1 / x, 1 / (x * x)), arb(guess), arb(3))
        assert found.contains(1)
        assert found.rel_accuracy_bits() > 48


@pytest.mark.parametrize("radius", ["1e-12", "0.001", "0.1"])
def test_the_roots_of_all_functions_within_a_value_are_held(radius: str) -> None:
    """x³ = 2 ± r: over the box the slope is another one than in its middle."""
    with working_precision(64):
        spread = arb(0, radius)
        found = monotone_root(lambda x: (x * x * x - 2 + spread, 3 * x * x), arb("1.2"), arb(4))
        for side in (-1, 0, 1):
            assert found.contains((2 + side * arb(radius)).root(3).mid())
        assert found.rad() < arb(radius) + arb("1e-15")


@pytest.mark.parametrize("rate", [arb(1, 1), arb(0, 1), arb(-1, 3), arb.nan()], ids=str)
def test_without_a_slope_there_is_no_root(rate: arb) -> None:
    def balance(x: arb) -> tuple[arb, arb]:
        return x - 1, arb(1) if x.is_exact() else rate

    with working_precision(64), pytest.raises(Inconclusive, match="no root is isolated"):
        monotone_root(balance, arb("0.9"), arb(2))


@pytest.mark.parametrize("bits", [30, 60, 333])
@pytest.mark.parametrize("start", [1.26, 1.2601, 1.2597])
def test_a_turning_point_to_many_bits(start: float, bits: int) -> None:
    found = turning_point(lambda x: 2 - x * x * x, start, bits)
    with working_precision(bits + 50):
        assert found.contains(arb(2).root(3).mid())
        assert found.rad() < arb(2) ** (1 - bits)


@pytest.mark.parametrize("signs", [(1, 1), (-1, -1), (-1, 1), (1, 0), (0, -1), (2, -2)])
def test_a_turning_point_needs_both_signs(signs: tuple[int, int]) -> None:
    """The values are honest up to the last two, on both sides of the zero."""
    bits = 60

    def turn(x: arb) -> arb:
        honest = 1 - x * x
        if ctx.prec != bits + 32:
            return honest
        told = signs[0] if x < 1 else signs[1]
        return honest + arb(0, 1) if told == 0 else abs(honest) * told

    if signs == (2, -2):
        assert turning_point(turn, 0.9999, bits).contains(1)
        return
    with pytest.raises(Inconclusive, match="do not differ"):
        turning_point(turn, 0.9999, bits)


@pytest.mark.parametrize("relative", [False, True])
@pytest.mark.parametrize("bits", [30, 64, 200])
@pytest.mark.parametrize("seed", ["0.001", "0.3", "1.2", "50"])
def test_an_increasing_function_is_inverted(seed: str, bits: int, relative: bool) -> None:
    """x³ Δ = t for balls Δ and t, narrow and wide."""
    for apart in ("0", "1e-15", "0.01"):
        for target in ("1e-12", "2", "5000"):
            with working_precision(bits):
                goal = arb(target) + arb(0, arb(target) * arb(apart))
                delta = arb(1, arb(apart))
                found = solve_increasing(
                    lambda x, d: x * x * x * d, lambda x, d: 3 * x * x * d, goal, delta,
                    arb(seed), relative=relative,
                )  # fmt: skip
            with working_precision(300):
                for at in (goal.lower() / delta.upper(), goal.upper() / delta.lower()):
                    assert found.overlaps(at.root(3))
                    assert found.contains(at.root(3).mid())
                if apart == "0" and (relative or target != "1e-12"):
                    assert found.rel_accuracy_bits() > bits - 24


def test_what_has_no_root_is_not_inverted() -> None:
    """1 − e^{−x} stays below 2; and a function that is no number anywhere."""
    with working_precision(64):
        for function in (lambda x, _: 1 - (-x).exp(), lambda x, _: arb.nan() * x):
            with pytest.raises(Inconclusive, match="no bracket proved"):
                solve_increasing(
                    function, lambda x, _: (-x).exp(), arb(2), arb(1), arb(1), relative=False
                )


def test_a_lower_end_of_1_is_proved_like_any_other() -> None:
    """Newton's method stays at 2, and the bracket around it is doubled until it begins at 1."""
    last, goal = 64 + GUARD, arb("0.5")

    def function(x: arb, _: arb) -> arb:
        return x if ctx.prec == last else goal

    def slope(_: arb, __: arb) -> arb:
        return arb.nan() if ctx.prec == last else arb(1)

    with working_precision(64):
        assert solve_increasing(function, slope, goal, arb(1), arb(2), relative=False).contains(
            goal
        )
