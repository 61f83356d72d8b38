"""What makes each ball wide enough, one at a time: the radius of each argument, each bracket."""

from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from itertools import product
from typing import Any

import mpmath
import pytest
from flint import arb

from bounds.certify.arithmetic import ball as module
from bounds.certify.arithmetic.ball import BALL, hull
from bounds.certify.errors import DomainError, Inconclusive
from bounds.certify.exact import to_ball
from bounds.certify.numbers.precision import working_precision
from bounds.certify.roots.monotone import solve_increasing
from bounds.functions.primitives import ball as primitives

RADII = ["0", "1e-15", "1e-9", "1e-4", "0.02", "0.5"]


def ends(value: arb) -> list[arb]:
    return [value.lower(), value.mid(), value.upper()]


def holds_its_corners(function: Callable[[arb, arb], arb], one: arb, other: arb) -> None:
    with working_precision(64):
        over = function(one, other)
    with working_precision(200):
        for pair in product(ends(one), ends(other)):
            exact = function(*pair)
            assert over.contains(exact.mid())


@pytest.mark.step(
    "a mass: the radius of its start", "and of its width", "with the slope in between"
)
@pytest.mark.heavy
@pytest.mark.parametrize("radius", RADII)
@pytest.mark.parametrize("which", [0, 1, 2])
@pytest.mark.parametrize(
    ("start", "width"),
    [("-2", "4"), ("-1", "0.6"), ("0.1", "0.7"), ("3", "1"), ("-6", "1"), ("1", "1e-5")],
)
def test_a_mass_holds_both_radii(start: str, width: str, radius: str, which: int) -> None:
    own = arb(width) * arb(radius)
    one = arb(arb(start), own if which != 1 else 0)
    other = arb(arb(width), own if which != 0 else 0)
    holds_its_corners(BALL.interval_mass, one, other)


def test_a_mass_over_a_range_of_starts_counts_the_widest_width() -> None:
    """Next to start = 1, where the density is steepest and hardly bends."""
    for start, width, radius in (("1", "0.02", "0.05"), ("-1.05", "0.1", "0.08")):
        for share in ("0.3", "0.5", "0.7"):
            one, other = arb(start, radius), arb(arb(width), arb(width) * arb(share))
            holds_its_corners(BALL.interval_mass, one, other)


@pytest.mark.parametrize(
    ("start", "width"),
    [("-1", "1"), ("-1", "2"), ("-1", "3"), ("-2", "1"), ("-4", "0.5"), ("1", "2"), ("2", "1"),
     ("0", "1"), ("-3", "3"), ("-1.5", "3"), ("0.5", "0.25"), ("-2", "6"), ("0", "0"), ("5", "0")],
)  # fmt: skip
def test_the_mass_of_an_interval_is_the_difference_of_both_ends(start: str, width: str) -> None:
    """Where an end is 0, or the interval is even, or one end is a multiple of the other."""
    with working_precision(64):
        found = BALL.interval_mass(arb(start), arb(width))
    with working_precision(200):
        low = BALL.cdf(arb(start))
        assert found.contains((BALL.cdf(arb(start) + arb(width)) - low).mid()) or width == "0"
        assert found.rel_accuracy_bits() > 55 or (width == "0" and found == 0)


@pytest.mark.heavy
@pytest.mark.parametrize("start", ["-3", "-1", "-0.3", "0.3", "1", "2.7", "9"])
@pytest.mark.parametrize("power", [-60, -64, -65, -66, -67, -68, -70, -75, -200])
def test_the_mass_of_an_interval_too_short_for_the_precision(start: str, power: int) -> None:
    """There the density at both of its ends is taken in place of the difference."""
    holds_its_corners(BALL.interval_mass, arb(start), arb(2) ** power)
    with working_precision(300):
        start_here = arb(start).mid()
    holds_its_corners(BALL.interval_mass, start_here, arb(3) * arb(2) ** power)


@pytest.mark.parametrize("text", ["-40", "-3.3", "-0.5", "0", "1e-9", "0.7", "5", "30"])
def test_the_primitives_at_points_are_those_of_mpmath(text: str) -> None:
    with mpmath.workdps(60), working_precision(120):
        t, ball = mpmath.mpf(text), arb(text)
        told = {
            "exp": mpmath.exp(t), "expm1": mpmath.expm1(t), "density": mpmath.npdf(t),
            "cdf": mpmath.erfc(-t / mpmath.sqrt(2)) / 2,
        }  # fmt: skip
        if t > 0:
            told |= {"sqrt": mpmath.sqrt(t)}
            assert BALL.root(ball, 5).overlaps(arb(mpmath.nstr(mpmath.root(t, 5), 50)))
        for name, value in told.items():
            found = getattr(BALL, name)(ball)
            assert found.overlaps(arb(mpmath.nstr(value, 50)) * arb(1, "1e-48")), name
            assert found.rel_accuracy_bits() > 100 or not value
        assert BALL.pi().overlaps(arb(mpmath.nstr(mpmath.pi, 50)))


@pytest.mark.parametrize("text", ["1e-30", "0.01", "0.3", "0.49", "0.5", "0.51", "0.59", "0.999"])
def test_quantiles_lead_back(text: str) -> None:
    with working_precision(120):
        p = arb(text)
        t = BALL.quantile(p)
        assert BALL.cdf(t).overlaps(p)
        assert t.rel_accuracy_bits() > 100 or text == "0.5"
        assert (t < 0) == (float(text) < 0.5)
        for mass, tail in ((p, 1 - p), (1 - p, p)):
            g = BALL.central_quantile(mass, tail)
            assert (2 * BALL.cdf(-g)).overlaps(tail)
            assert BALL.interval_mass(-g, 2 * g).overlaps(mass)
            assert g.rel_accuracy_bits() > 90


@pytest.mark.parametrize("value", ["0.1", 3, Fraction(1, 3), Decimal("2.5"), arb("0.1")])
def test_exact_numbers_become_balls_that_hold_them(value: Any) -> None:
    with working_precision(64):
        found = BALL.coerce(value)
        assert found.contains(value if isinstance(value, arb) else to_ball(Fraction(value)).mid())
        assert found.rad() < arb(2) ** -50
        assert BALL.coerce(arb(1, 2)).rad() > 1


@pytest.mark.step(
    "an integral: the radius of x", "and of Δ", "wide: the lower end", "wide: the upper end"
)
@pytest.mark.heavy
@pytest.mark.parametrize("radius", RADII)
@pytest.mark.parametrize("which", [0, 1, 2])
@pytest.mark.parametrize(("x", "delta"), [("0.01", "1"), ("0.5", "2"), ("2", "0.5"), ("6", "3")])
def test_the_integral_holds_both_radii(x: str, delta: str, radius: str, which: int) -> None:
    one = arb(arb(x), arb(x) * arb(radius) if which != 1 else 0)
    other = arb(arb(delta), arb(delta) * arb(radius) if which != 0 else 0)
    holds_its_corners(primitives.sinh_integral, one, other)


def test_the_integral_is_odd_and_holds_0_where_its_argument_does() -> None:
    with working_precision(64):
        two = arb(2)
        assert primitives.sinh_integral(arb(0), two) == 0
        assert primitives.sinh_integral(arb(0, 1).nonnegative_part(), two).contains(0)
        assert primitives.sinh_integral(-arb("0.5"), two) > 0
        assert primitives.sinh_integral(arb("0.5", "0.5"), two).contains(
            primitives.sinh_integral(arb(1), two).mid()
        )


@pytest.mark.heavy
@pytest.mark.parametrize("radius", RADII[:-1])
@pytest.mark.parametrize("which", [0, 1, 2])
@pytest.mark.parametrize(
    ("eps", "delta"), [("1e-6", "1"), ("0.05", "2"), ("0.6", "2"), ("0.3", "1"), ("0.9", "4")]
)
def test_a_root_holds_those_of_all_its_arguments(
    eps: str, delta: str, radius: str, which: int
) -> None:
    one = arb(arb(eps), arb(eps) * arb(radius) / 8 if which != 1 else 0)
    other = arb(arb(delta), arb(delta) * arb(radius) / 64 if which != 0 else 0)
    for solve in (primitives.solve_deficit, primitives.solve_window):
        try:
            holds_its_corners(solve, one, other)
        except (DomainError, Inconclusive):
            assert arb(radius) > 1e-5  # too wide a ball may be refused


@pytest.mark.parametrize("slope", ["1000", "1", "0.01"])
@pytest.mark.parametrize("target", ["0.3", "2", "7"])
@pytest.mark.parametrize("seed", ["0.7", "1.9"])
def test_the_bracket_is_proved_whatever_the_slope_says(slope: str, target: str, seed: str) -> None:
    """x³ = t with a slope that is wrong: it only leads, the signs at both ends decide."""
    with working_precision(64):
        try:
            found = solve_increasing(
                lambda x, _: x * x * x, lambda x, _: 3 * x * x * arb(slope),
                arb(target), arb(1), arb(seed), relative=False,
            )  # fmt: skip
        except Inconclusive:
            return
    with working_precision(300):
        assert found.contains(arb(target).root(3).mid())


@pytest.mark.step("a root: the function is below at the lower end", "and above at the upper")
@pytest.mark.parametrize("side", [-1, 1])
@pytest.mark.parametrize("relative", [False, True])
@pytest.mark.parametrize("seed", ["1.4", "1.43"])
def test_each_end_of_the_bracket_has_its_sign(side: int, relative: bool, seed: str) -> None:
    """Newton's method sees a function that is off; the bracket is held to the one over balls."""

    def function(x: arb, delta: arb) -> arb:
        true = x * x
        return true if delta.rad() > 0 else true * (1 + side * arb(2) ** -20)

    with working_precision(64):
        found = solve_increasing(
            function, lambda x, _: 2 * x * 10**6, arb(2), arb(1, 2.0**-60), arb(seed),
            relative=relative,
        )  # fmt: skip
        assert found.contains(arb(2).sqrt().mid())


@pytest.mark.step("for the least target", "and the greatest")
@pytest.mark.parametrize("seed", ["1.33", "1.4", "1.49"])
def test_a_wide_target_has_roots_at_both_ends(seed: str) -> None:
    """With slopes of many sizes, so that the bracket is tried at many widths."""
    with working_precision(64):
        for k in range(16):
            steep = arb(4000) * arb(2) ** (arb(k) / 16)
            found = solve_increasing(
                lambda x, _: x * x, lambda x, _, steep=steep: steep * x, arb(2, 0.25), arb(1),
                arb(seed), relative=False,
            )  # fmt: skip
            assert found.contains(arb("1.75").sqrt().mid())
            assert found.contains(arb("2.25").sqrt().mid())


@pytest.mark.step("ε < ρ")
def test_beyond_the_domain_there_is_no_root() -> None:
    with working_precision(64):
        rho = BALL.interval_mass(arb(-2), arb(4))
        for eps in (rho, rho + arb("0.01"), rho.union(rho - arb("0.01"))):
            with pytest.raises(DomainError, match="below rho"):
                primitives.solve_deficit(eps, arb(2))


@pytest.mark.step("a target that touches 0")
def test_a_ball_that_touches_0_keeps_0() -> None:
    with working_precision(64):
        found = primitives.solve_deficit(arb(0, 0.01), arb(2))
        assert found.contains(0)
        assert found.contains(primitives.solve_deficit(arb("0.0099"), arb(2)).mid())
        assert primitives.solve_window(BALL.interval_mass(arb(-2), arb(4)), arb(2)).contains(0)


def test_a_hull_holds_all_in_between() -> None:
    assert hull(arb(1), arb(2)).contains(arb("1.5"))
    assert hull(arb(1), arb(2)).contains(arb(1))
    assert hull(arb(1), arb(2)).contains(arb(2))


@pytest.mark.step("arguments are finite")
@pytest.mark.parametrize("value", [arb.nan(), arb.pos_inf()], ids=str)
def test_what_is_no_number_stays_none(value: arb) -> None:
    with working_precision(64):
        for pair in ((value, arb(1)), (arb(1), value)):
            assert not BALL.interval_mass(*pair).is_finite()
            assert not primitives.sinh_integral(*pair).is_finite()


@pytest.mark.parametrize(
    ("start", "width"),
    [("-1", "2"), ("-1e-9000", "2e-9000"), ("-1e-9000", "3e-9000"), ("-3", "5"), ("-1e-9", "2")],
)
def test_a_mass_around_0_is_a_sum_and_raises_nothing(
    monkeypatch: pytest.MonkeyPatch, start: str, width: str
) -> None:
    """However small: the precision stays, and so does the relative accuracy."""
    asked: list[int] = []

    def watched(bits: int) -> working_precision:
        asked.append(bits)
        return working_precision(64 + bits)

    monkeypatch.setattr(module, "raised", watched)
    with working_precision(64):
        low, wide = arb(start).mid(), arb(width).mid()
        assert BALL.interval_mass(low, wide).rel_accuracy_bits() >= 60
    assert max(asked) == module.GUARD


@pytest.mark.parametrize("start", ["0", "1e-5", "0.3", "2", "-2", "-0.3", "40"])
@pytest.mark.parametrize("width", ["1e-5", "1e-40", "1e-3"])
def test_a_mass_to_one_side_is_a_difference_and_loses_nothing(start: str, width: str) -> None:
    with working_precision(64):
        low, wide = arb(start).mid(), arb(width).mid()
        assert BALL.interval_mass(low, wide).rel_accuracy_bits() >= 56
