"""The functions behind the shape of the loss at single points, against mpmath: quick, and sharp.

Bounds that hold on one side are written down anew, and the place where each ceases to be a proof is
found: a hair before it the engine says yes, and a hair after it no.
"""

from collections.abc import Callable, Iterator
from fractions import Fraction
from types import SimpleNamespace
from typing import Any

import mpmath
import pytest
from flint import arb

from bounds.certify.numbers.precision import working_precision
from bounds.critical import curve, ends, fold, small_delta
from bounds.critical.point import _turn
from bounds.critical.system import InflectionSystem

PLACES = [
    ("0.8125", "1.375", "0.65625", "1.25"),
    ("2.5", "3.75", "1.5", "2.0"),
    ("0.25", "0.5", "0.1875", "3.5"),
]
HAIR = mpmath.mpf(10) ** -12
Number = Any


@pytest.fixture(autouse=True)
def _digits() -> Iterator[None]:
    with mpmath.workdps(50), working_precision(200):
        yield


def ball(number: Number) -> arb:
    if isinstance(number, str):
        return arb(number)
    sign, mantissa, exponent, _ = number._mpf_
    return arb((-1) ** sign * int(mantissa)) * arb(2) ** exponent


def same(found: arb, value: Number, near: str = "1e-28") -> bool:
    """Whether a ball holds a value, to rounding, and is that narrow."""
    slack = arb(near) * (1 + abs(ball(mpmath.mpf(value))))
    return bool(abs(found - ball(mpmath.mpf(value))) < slack)


def s(t: Number, d: Number) -> Number:
    return 2 * mpmath.exp(-t * t / 2) * mpmath.sinh(t * d)


def q(t: Number) -> Number:
    return -mpmath.expm1(-2 * t)


def mass(low: Number, high: Number) -> Number:
    return mpmath.ncdf(high) - mpmath.ncdf(low)


def area(t: Number, d: Number) -> Number:
    return (mass(-d, d) - mass(t - d, t + d)) / (2 * mpmath.npdf(d))


def k(x: Number, y: Number, g: Number, d: Number) -> Number:
    w = 2 * g * mpmath.npdf(g) / mpmath.npdf(d)
    bracket = q(y * d) * (x - d * mpmath.coth(x * d)) / (1 + s(x, d)) ** 2
    bracket -= 2 * d * mpmath.exp(y * y / 2 - 3 * y * d) / q(y * d)
    return (1 - g * g) ** 2 + (1 + g * g) * w * bracket


def solved(function: Callable[[Number], Number], low: Number, high: Number) -> Number:
    return mpmath.findroot(function, (low, high), solver="anderson", tol=mpmath.mpf(10) ** -80)


def place(y: Number, d: Number) -> tuple[Number, Number]:
    """(x, g) of the curve at y."""
    seen, held = mass(y - d, y + d), mass(-d, y - d)
    x = solved(lambda x: mass(x - d, x + d) - seen - mpmath.npdf(d) * x, y / 4, y)
    return x, solved(lambda g: mass(-g, g) - held, y / 8, y / 2)


def along(y: Number, d: Number) -> Number:
    x, g = place(y, d)
    return k(x, y, g, d)


@pytest.mark.parametrize("where", PLACES)
def test_the_system_and_that_of_a_fold(where: tuple[str, ...]) -> None:
    x, y, g, d = (mpmath.mpf(text) for text in where)
    balls, unit = [ball(text) for text in where], mpmath.npdf(d)
    system = InflectionSystem(Fraction(where[3]))
    wanted = [
        x + 2 * area(x, d) - 2 * area(y, d),
        (mass(-g, g) - mass(-d, y - d)) / unit,
        k(x, y, g, d),
    ]
    assert all(map(same, system.residual(balls[:3]), wanted))
    first, second, third = system.jacobian(balls[:3])
    assert all(map(same, first, [1 + s(x, d), -s(y, d), 0]))
    assert all(map(same, second, [0, -mpmath.npdf(y - d) / unit, 2 * mpmath.npdf(g) / unit]))
    orders = [(1, 0, 0, 0), (0, 1, 0, 0), (0, 0, 1, 0), (0, 0, 0, 1)]
    partials = [mpmath.diff(k, (x, y, g, d), order) for order in orders]
    assert all(same(box, value, "1e-12") for box, value in zip(third, partials, strict=False))
    scale = (1 + g * g) * 2 * g * mpmath.npdf(g) / mpmath.npdf(d)

    def trend(x: Number, y: Number, g: Number, d: Number) -> Number:
        by = [mpmath.diff(k, (x, y, g, d), order) for order in orders[:3]]
        steep = by[0] * s(y, d) / (1 + s(x, d)) + by[1]
        return (steep + by[2] * mpmath.npdf(y - d) / (2 * mpmath.npdf(g))) / scale

    masses = mass(-g, g) - mass(-d, y - d)
    found = fold._residual(balls)
    assert all(map(same, found[:3], [wanted[0], masses, wanted[2]]))
    assert same(found[3], trend(x, y, g, d), "1e-15")
    rows = fold._jacobian(balls)
    step = mpmath.mpf(10) ** -15
    for column in range(4):
        moved = [list(balls), list(balls)]
        moved[0][column] = balls[column] + ball(step)
        moved[1][column] = balls[column] - ball(step)
        above, below = (fold._residual(point) for point in moved)
        for row in range(4):
            slope = (above[row] - below[row]) / ball(2 * step)
            assert abs(slope - rows[row][column]) < arb("1e-20") * (1 + abs(slope))


@pytest.mark.parametrize("where", PLACES)
def test_the_bends_of_the_system_are_second_differences(where: tuple[str, ...]) -> None:
    """Half the second derivative of each entry of the Jacobian, along a line."""
    system, steps = InflectionSystem(Fraction(where[3])), [arb("0.5"), arb("-0.75"), arb("0.25")]
    point, small = [ball(text) for text in where[:3]], arb(2) ** -60
    below, here, above = (
        system.jacobian([p + k * small * step for p, step in zip(point, steps, strict=True)])
        for k in (-1, 0, 1)
    )
    for row, entries in enumerate(system.bends(point, steps)):
        for column, found in enumerate(entries):
            second = above[row][column] - 2 * here[row][column] + below[row][column]
            wanted = second / (2 * small * small)
            assert abs(found - wanted) < arb("1e-18") * (1 + abs(wanted))


@pytest.mark.parametrize(
    ("y", "delta"), [("0.75", "1.25"), ("2.5", "1.25"), ("2", "3"), ("5", "3")]
)
def test_the_curve_and_its_rates(y: str, delta: str) -> None:
    at, d = mpmath.mpf(y), mpmath.mpf(delta)
    x, g = place(at, d)
    found = curve.station(ball(y), ball(delta))
    assert same(found.x, x)
    assert same(found.g, g)
    assert same(found.criterion, along(at, d))
    step = mpmath.mpf(10) ** -10
    bend = (along(at + step, d) - 2 * along(at, d) + along(at - step, d)) / step**2
    drift = (along(at, d + step) - along(at, d - step)) / (2 * step)
    balls = ball(x), ball(y), ball(g), ball(delta)
    assert same(curve.bend_along(*balls), bend, "1e-12")
    assert same(curve.slope_in_delta(*balls), drift, "1e-12")
    moment = mpmath.quad(lambda t: t * mpmath.exp(-t * t / 2) * mpmath.cosh(t * d), [0, at])
    assert same(curve.sinh_moment(ball(y), ball(delta)), moment)
    first = (along(at + step, d) - along(at - step, d)) / (2 * step)
    narrow = curve.Slice(ball(delta)).piece(found, found)
    if narrow is not None and narrow.value.is_finite():
        assert same(narrow.value, along(at, d))
        assert bool(narrow.trend > 0) is bool(first > 0)


@pytest.mark.parametrize("delta", ["0.25", "1.25", "4"])
def test_the_largest_radius(delta: str) -> None:
    d = mpmath.mpf(delta)
    unit = mpmath.npdf(d)
    x = solved(lambda x: mass(x - d, x + d) / unit - x, d / 9, 2 * d)
    assert same(ends.largest_radius(ball(delta)), x)


def edge(holds: Callable[[Number], bool], low: Number, high: Number, hair: Number = HAIR) -> Number:
    """Where a condition stops to hold, or to fail, to a small part of a hair."""
    low, high = mpmath.mpf(low), mpmath.mpf(high)
    at_low = holds(low)
    assert at_low is not holds(high)
    while high - low > hair * low / 100:
        middle = (low + high) / 2
        low, high = (middle, high) if holds(middle) is at_low else (low, middle)
    return low


def sharp(
    found: Callable[[arb], bool],
    holds: Callable[[Number], bool],
    low: Number,
    high: Number,
    hair: Number = HAIR,
) -> bool:
    """Whether what is found ends where the condition does, to a hair."""
    at = edge(holds, low, high, hair)
    return all(found(ball(end)) is holds(end) for end in (at * (1 - hair), at * (1 + hair)))


@pytest.mark.parametrize("delta", ["0.5", "0.9", "1.5", "3", "8"])
def test_concave_near_0(delta: str) -> None:
    d = mpmath.mpf(delta)

    def holds(y: Number) -> bool:
        held, v = mass(-d, y - d), y * d
        g = solved(lambda g: mass(-g, g) - held, y / 8, y / 2)
        sigma = mpmath.sinh(v) / v
        x = d * y**2 * sigma
        size = mpmath.exp(-(g**2 + y**2) / 2 - v) * (1 - x**2)
        steep = 1 + 2 * mpmath.sinh(x * d)
        return bool(x < 1 and g < 1 and 2 * size / (sigma * steep**2) > 1)

    assert sharp(lambda y: ends.concave_up_to(y, ball(delta)), holds, 0.01 / d, 1 / d)


@pytest.mark.parametrize(("x", "delta"), [("3", "2"), ("2.6", "2.5"), ("4.5", "3"), ("3", "2.9")])
def test_upward(x: str, delta: str) -> None:
    at, d = mpmath.mpf(x), mpmath.mpf(delta)

    def holds(y: Number) -> bool:
        lead = mpmath.log(q(y * d) ** 2 * (at - d * mpmath.coth(at * d)) / (8 * d))
        return bool(lead - 2 * max(mpmath.mpf(0), at * (d - at / 2)) + y * (3 * d - y / 2) > 0)

    assert sharp(lambda y: curve.bends_upward(ball(x), y, ball(delta)), holds, 3 * d, 7 * d)


@pytest.mark.parametrize(
    ("x", "y", "delta"), [("1", "3", "4"), ("0.6", "2", "3"), ("2", "5", "4.5"), ("0.4", "12", "4")]
)
def test_little(x: str, y: str, delta: str) -> None:
    a, b, d = (mpmath.mpf(text) for text in (x, y, delta))

    def holds(g: Number) -> bool:
        weight = g * mpmath.exp(d * d / 2)
        steep = mpmath.exp(a * (d - a / 2)) * q(a * d)
        first = d * mpmath.coth(a * d) * weight / max(mpmath.mpf(1), steep) ** 2
        second = 2 * d * weight * mpmath.exp(b * (b / 2 - 3 * d)) / q(b * d)
        return bool(g < 1 and 2 * (1 + g * g) * (first + second) < (1 - g * g) ** 2)

    def found(g: arb) -> bool:
        return curve.bends_little(ball(x), ball(y), g, ball(delta))

    assert sharp(found, holds, 1e-9, 0.9999)


@pytest.mark.parametrize(("low", "high", "worse"), [("2", "3", "2"), ("20", "25", "25")])
@pytest.mark.parametrize("ends", [("0.5", "0.75"), ("0.0625", "0.125")])
def test_little_over_a_box_is_little_at_its_worst_corner(
    low: str, high: str, worse: str, ends: tuple[str, str]
) -> None:
    d, y = mpmath.mpf(4), mpmath.mpf(low)
    pull = mpmath.mpf(worse) * (mpmath.mpf(worse) / 2 - 3 * d)
    assert pull == max(mpmath.mpf(end) * (mpmath.mpf(end) / 2 - 3 * d) for end in (low, high))
    x, start = ball(ends[0]).union(ball(ends[1])), mpmath.mpf(ends[0])
    least = (x * (4 - x / 2)).lower()
    rise = mpmath.mpf(least.str(45, radius=False))

    def holds(g: Number) -> bool:
        weight = g * mpmath.exp(d * d / 2)
        steep = max(mpmath.mpf(1), mpmath.exp(rise) * q(start * d))
        first = d * mpmath.coth(start * d) * weight / steep**2
        second = 2 * d * weight * mpmath.exp(pull) / q(y * d)
        return bool(g < 1 and 2 * (1 + g * g) * (first + second) < (1 - g * g) ** 2)

    at, places = edge(holds, 1e-30, 0.9999), ball(low).union(ball(high))
    for end, told in (
        (at * (1 - mpmath.mpf("1e-7")), True),
        (at * (1 + mpmath.mpf("1e-7")), False),
    ):
        assert curve.bends_little(x, places, (ball(end) / 2).union(ball(end)), ball("4")) is told


def test_little_is_not_told_across_g_of_1() -> None:
    x, y, d = ball("1"), ball("3"), ball("1")
    assert not curve.bends_little(x, y, ball("0.5").union(ball("5")), d)
    assert k(mpmath.mpf(1), mpmath.mpf(3), mpmath.mpf(1), mpmath.mpf(1)) < 0


def falling(y: Number, x: Number, g: Number, low: Number, high: Number) -> bool:
    """The bounds of `falls` for Δ from `low` to `high`, each factor at its worse end."""
    share = q(y * low)
    least, most = (y * (y / 2 - 3 * d) for d in (high, low))
    lead = y - 3 * high - 2 * high * (1 - share) / share
    if lead <= 0:
        return False
    cot = mpmath.coth(x * low)
    past = max(abs(x - low), abs(x - high * cot))
    through_x = 1 + high * high * (cot * cot - 1) + 2 * past * past
    through_x *= mpmath.exp(y * (high - y / 2))
    by_g = (1 + 1 / g + g) * (past + 2 * high * mpmath.exp(most) / share)
    by_g += 2 * mpmath.exp((g - low) * (g + (high if g > low else low)) / 2)
    through_g = by_g * mpmath.exp((g * g - (y - high) ** 2) / 2) / 2
    through_y = 2 * high * (1 - share) * past
    return bool(2 * low * mpmath.exp(least) * lead > through_y + through_x + through_g)


FALLING = [
    ("2.5", "1.5", "1.5"),
    ("3.5", "2.5", "2.5"),
    ("0.5", "0.5", "0.25"),  # q(v) well below 1
    ("0.75", "2", "1"),  # Δ coth u far above Δ, and g above Δ
    ("0.5", "0.25", "1"),
]


@pytest.mark.parametrize(("x", "g", "delta"), FALLING)
def test_falls(x: str, g: str, delta: str) -> None:
    a, c, d = (mpmath.mpf(text) for text in (x, g, delta))

    def found(y: arb) -> bool:
        return curve.falls(ball(x), y, ball(g), ball(delta))

    assert sharp(found, lambda y: falling(y, a, c, d, d), 3 * d, 3 * d + 9, 10**4 * HAIR)


@pytest.mark.parametrize(("x", "g", "delta"), FALLING)
def test_falls_over_a_slice_as_at_its_worse_ends(x: str, g: str, delta: str) -> None:
    """Products of balls are wider by second order: 10^-7 where the slice is 10^-4 wide."""
    a, c, d = (mpmath.mpf(text) for text in (x, g, delta))
    low, high = d * (1 - mpmath.mpf("1e-4")), d * (1 + mpmath.mpf("1e-4"))
    at = edge(lambda y: falling(y, a, c, low, high), 3 * high, 3 * high + 9)
    for share, told in (("-2e-6", False), ("2e-6", True)):
        y = ball(at * (1 + mpmath.mpf(share)))
        assert curve.falls(ball(x), y, ball(g), ball(low).union(ball(high))) is told


@pytest.mark.parametrize("delta", ["1", "1.2"])
@pytest.mark.parametrize("spread", ["0", "0.015625"])
def test_concave_beyond(delta: str, spread: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Factor by factor, at one Δ: x from x(y) to its limit, and g likewise.

    With a spread, x(y) is less by it, and the factors are known only so well.
    """
    d, apart = mpmath.mpf(delta), mpmath.mpf(spread)
    unit, wide = mpmath.npdf(d), arb(0, arb(spread))
    last = solved(lambda x: mass(x - d, x + d) / unit - x, d, 2 * d)
    most_g = solved(lambda g: 2 * mpmath.ncdf(-g) / mpmath.ncdf(-d) - 1, d, d + 1) + apart
    if apart:
        honest = SimpleNamespace(**vars(ends))
        masses = SimpleNamespace(
            central_quantile=lambda *at: honest.BALL.central_quantile(*at) + wide,
            interval_mass=honest.BALL.interval_mass,
        )
        for name, told in {
            "radius_of_estimate_inverse": lambda *at: (
                honest.radius_of_estimate_inverse(*at) - arb(spread)
            ),
            "median_shift_at": lambda *at: honest.median_shift_at(*at) + wide,
            "decay": lambda t: honest.decay(t) + wide,
            "_exp_below": lambda t: honest._exp_below(t) * (1 + wide),
            "BALL": masses,
        }.items():
            monkeypatch.setattr(ends, name, told)

    def holds(y: Number) -> bool:
        if y <= 3 * d:
            return False
        held, seen = mass(-d, y - d), mass(y - d, y + d)
        least_g = solved(lambda g: mass(-g, g) - held, d / 2, d + 1) - apart
        first = solved(lambda x: mass(x - d, x + d) - seen - unit * x, d / 2, 2 * d) - apart
        x, g = (
            mpmath.iv.mpf([min(pair), max(pair)]) for pair in ((first, last), (least_g, most_g))
        )
        end, iv = mpmath.iv.mpf(d), mpmath.iv
        decay = 1 - iv.exp(-2 * (x * end))
        steep = (1 + (decay.a - apart) * iv.exp((x * (end - x / 2)).a) * (1 - apart)).a
        bend = max((x - end * (2 / decay - 1)).b, iv.mpf(0)) / steep / steep
        rise = (end - g) * (end + g) / 2
        off = max(abs(1 - g * g).b, abs(1 - g * g).a)
        above = off * off + (1 + g * g).b * 2 * most_g * iv.exp(rise.b) * bend
        pull = 2 * end * iv.exp(iv.mpf(y) * (iv.mpf(y) / 2 - 3 * end))
        below = (1 + iv.mpf(least_g) ** 2) * 2 * least_g * iv.exp(rise.a) * pull
        below *= (1 - apart) ** 2
        return bool(above.b < below.a)

    mpmath.iv.dps = 50
    hair = mpmath.mpf("3e-4") if apart else mpmath.mpf("1e-6")  # products of balls are wider
    near = edge(holds, 3 * d, 3 * d + 5, hair)
    found = [ends.concave_beyond(ball(near * (1 + side * hair)), ball(delta)) for side in (-1, 1)]
    assert found == [False, True]


def test_an_exponential_is_taken_below_the_whole_ball() -> None:
    """Below its least value, rounding included, which at so few bits shows."""
    for exponent in ("0.5", "1", "3"):
        with working_precision(10):
            thin, wide = (ends._exp_below(arb(exponent, radius)) for radius in (0, 8))
        assert arb(exponent).exp() * arb("0.99") < thin < arb(exponent).exp()
        assert 0 < wide < (arb(exponent) - 8).exp()


@pytest.mark.parametrize("y", ["0.05", "0.3", "1", "3"])
@pytest.mark.parametrize("top", ["0.015625", "0.25"])
def test_bounds_for_small_deltas(y: str, top: str) -> None:
    a, t = mpmath.mpf(y), mpmath.mpf(top)
    v, seen = a * t, -mpmath.expm1(-(a**2) / 2)
    radius = 2 * t * mpmath.sinh(v) / v * seen
    first = a * mpmath.exp(-v) * (1 - radius**2) / (seen * (1 + 2 * mpmath.sinh(radius * t)) ** 2)
    second = mpmath.exp(a**2 / 2 - 3 * v) / a
    assert same(small_delta.bracket(ball(y), ball(y), ball(top)), first + second, "1e-7")
    half = mass(0, a)
    g = solved(lambda g: mass(-g, g) - half, a / 8, a)
    less, more = small_delta.sides(ball("0.75"), ball(y))
    assert same(less, (1 - g * g) ** 2, "1e-20")
    assert same(more, (1 + g * g) * 2 * g * mpmath.exp(-g * g / 2) * mpmath.mpf("0.75"), "1e-20")
    assert same(small_delta.most_radius(ball(top)), 2 * t * mpmath.exp(t * t / 2))


@pytest.mark.parametrize("y", ["0.3", "0.7", "1", "2.3", "3.9"])
def test_rounding_is_on_the_safe_side_for_small_deltas(y: str) -> None:
    """At few bits, for next to no Δ: the bracket, y/(1 − e^{−y²/2}) + e^{y²/2}/y, and g."""
    a, top = ball(y), arb(2) ** -200
    exact = a / (1 - (-a * a / 2).exp()) + (a * a / 2).exp() / a
    with working_precision(12):
        least = small_delta.bracket(arb(y), arb(y), top)
        less, more = small_delta.sides(arb(1), arb(y).lower())
    assert exact * arb("0.9") < least < exact
    half = mass(0, mpmath.mpf(y))
    g = ball(solved(lambda g: mass(-g, g) - half, 0.1, 1))
    assert not less < (1 - g * g) ** 2
    assert not more > (1 + g * g) * 2 * g * (-g * g / 2).exp()


@pytest.mark.parametrize("y", ["1.05", "1.2", "2", "4"])
def test_the_last_term_alone(y: str) -> None:
    """Up to which Δ: it grows from y on, and is enough at y."""
    a = mpmath.mpf(y)
    half = mass(0, a)
    g = solved(lambda g: mass(-g, g) - half, a / 8, a)
    weight = (1 + g * g) * 2 * g * mpmath.exp(-g * g / 2)

    def holds(top: Number) -> bool:
        least = mpmath.exp(a * a / 2 - 3 * a * top) / a
        return bool(a - 3 * top > 1 / a and (1 - g * g) ** 2 < weight * least)

    assert sharp(lambda top: small_delta._concave_beyond(ball(y), top), holds, 0.01, 2)


def test_up_to_1_20_the_bound_near_0_serves(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[tuple[arb, arb]] = []
    monkeypatch.setattr(small_delta, "concave_up_to", lambda *at: bool(seen.append(at)) or True)
    small_delta.prove_concave(Fraction(1, 128))
    ((y, delta),) = seen
    assert y.overlaps(arb(1) / 20)
    assert delta == arb(1) / 128


def test_a_turn_is_that_of_the_slope_along_the_curve() -> None:
    rows = [[arb(2), arb(-3), arb(0)], [arb(0), arb(-5), arb(7)], [arb(11), arb(13), arb(-17)]]
    # 13 + 11·3/2 − 17·5/7 > 0
    assert _turn(rows) == "concave to convex"
    rows[2] = [arb(11), arb(-13), arb(-17)]  # −13 + 16.5 − 12.1… < 0
    assert _turn(rows) == "convex to concave"
    rows[2] = [arb(-11), arb(29), arb(17)]  # 29 − 16.5 + 12.1… > 0
    assert _turn(rows) == "concave to convex"
    rows[2] = [arb(11), arb(-10), arb(0)]  # −10 + 16.5 > 0
    assert _turn(rows) == "concave to convex"
