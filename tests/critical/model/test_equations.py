"""The system without poles is that of `bounds.critical.system`, in numbers and along curves."""

from __future__ import annotations

from typing import Any

import pytest
from flint import acb, arb, arb_series

import bounds
from bounds.certify.numbers.precision import series_terms, working_precision
from bounds.critical.model import equations
from bounds.critical.model.equations import left_hand_sides, means, slopes
from bounds.functions.criterion import curvature_criterion_at
from bounds.functions.normal import cdf, density
from bounds.functions.shift import decay
from bounds.functions.window import mass_deficit, relative_steepness

BITS = 160
DELTAS = ["0.7", "1.5", "3", "9", "40"]


def place(delta: str) -> tuple[list[arb], arb]:
    """A point away from any root, in the units of the system."""
    d = arb(delta)
    return [arb("0.4") / d, arb("0.7") / d, arb("0.16") / d, arb("1.2") / d], d


def close(one: arb, other: arb, bits: int = 120) -> bool:
    return bool(abs(one - other) < arb(2) ** -bits)


@pytest.mark.parametrize("delta", DELTAS)
def test_they_are_the_equations_of_an_inflection(delta: str) -> None:
    with working_precision(BITS + 1400):
        (x, y, e, scaled), d = place(delta)
        g, unit = scaled * density(d), density(d)
        share = decay(x * d) * decay(y * d) * (1 + relative_steepness(x, d)) ** 2
        expected = [
            e - mass_deficit(x, d) / unit,
            e + x - mass_deficit(y, d) / unit,
            (cdf(g) - cdf(-g) - cdf(y - d) + cdf(-d)) / unit,
            curvature_criterion_at(x, y, g, d) * share,
        ]
        seen = left_hand_sides([x, y, e, scaled], d)
        assert all(close(a, b) for a, b in zip(seen, expected, strict=True))


@pytest.mark.parametrize("delta", ["1.2", "1.5", "3", "9", "40"])
def test_they_vanish_at_eps_cr(delta: str) -> None:
    value = bounds.eps_cr(delta, 40)
    with working_precision(BITS):
        unit = density(arb(delta))
        numbers = [value.radius, value.radius_of_estimate, value.eps, value.shift]
        x, y, eps, g = (number.ball() for number in numbers)
        for side in left_hand_sides([x, y, eps / unit, g / unit], arb(delta)):
            assert side.contains(0)
            assert side.rad() < arb(2) ** -100


@pytest.mark.parametrize("delta", DELTAS)
def test_slopes_are_those_along_each_unknown(delta: str) -> None:
    with working_precision(BITS):
        point, d = place(delta)
        expected = slopes(point, d)
        for k in range(4):
            line = [arb_series([entry, int(k == i)], prec=2) for i, entry in enumerate(point)]
            sides = left_hand_sides(line, arb_series([d, 0], prec=2))
            for row, side in zip(expected, sides, strict=True):
                assert close(row[k], side[1])


@pytest.mark.parametrize("delta", DELTAS)
def test_along_a_curve_they_are_what_they_are_at_its_points(delta: str) -> None:
    with working_precision(BITS + 64), series_terms(40):
        point, d = place(delta)
        line = [arb_series([p, p / 7, -p / 9, p / 5], prec=40) for p in point]
        sides = left_hand_sides(line, arb_series([d, d / 100, d / 300], prec=40))
        t = arb(2) ** -6
        at: list[Any] = [sum((p[k] * t**k for k in range(4)), arb(0)) for p in line]
        there = left_hand_sides(at, d + d / 100 * t + d / 300 * t * t)
        for side, value in zip(sides, there, strict=True):
            assert close(sum((side[k] * t**k for k in range(40)), arb(0)), value)


def test_complex_balls_hold_what_real_ones_hold() -> None:
    with working_precision(BITS):
        point, d = place("2")
        there = left_hand_sides([acb(entry) for entry in point], acb(d))
        for side, value in zip(there, left_hand_sides(point, d), strict=True):
            assert close(side.real, value)
            assert close(side.imag, arb(0))
        off = left_hand_sides([acb(p, p / 3) for p in point], acb(d, d / 3))
        mirrored = left_hand_sides([acb(p, -p / 3) for p in point], acb(d, -d / 3))
        for side, other in zip(off, mirrored, strict=True):
            assert close(side.real, other.real)
            assert close(side.imag, -other.imag)


@pytest.mark.step("the terms left out, of even n", "and of odd n", "in the complex plane, too")
@pytest.mark.parametrize("linear", ["0.7", "6"])
@pytest.mark.parametrize("square", ["0", "0.3", "2"])
@pytest.mark.parametrize("kind", [arb, acb])
@pytest.mark.parametrize("terms", [2, 5, 12])
def test_the_terms_left_out_are_counted(
    linear: str, square: str, kind: type, terms: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    with working_precision(300):
        fine = means(arb(linear), arb(square))
        monkeypatch.setattr(equations, "_enough_terms", lambda *_: terms)
        rough = means(kind(linear), kind(square))
    for ball, truth in zip(rough, fine, strict=True):
        assert ball.overlaps(kind(truth))


@pytest.mark.parametrize(("linear", "square"), [("0.7", "0.3"), ("-2", "-0.25"), ("6", "0")])
@pytest.mark.parametrize("terms", [2, 5, 12])
def test_the_terms_left_out_are_below_cauchys_bound(
    linear: str, square: str, terms: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """e^{|b|r + |c|r²}/((N + 1) rᴺ (1 − 1/r)) at r = 8, no less at few bits, and no more."""
    monkeypatch.setattr(equations, "_enough_terms", lambda *_: terms)
    with working_precision(200):
        b, c, r = arb(linear), arb(square), arb(8)
        growth = (abs(b) * r + abs(c) * r * r).exp()
        bound = growth / ((terms + 1) * r**terms * (1 - 1 / r))
        for part in means(b, c):
            assert bound * arb("0.999999") < part.rad() < bound * arb("1.000001")
    with working_precision(12):
        for part in means(arb(linear), arb(square)):
            assert part.rad() > bound


@pytest.mark.parametrize("terms", [2, 5])
def test_the_terms_left_out_are_those_of_all_numbers_of_a_ball(
    terms: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(equations, "_enough_terms", lambda *_: terms)
    with working_precision(200):
        for linear, square in ((arb(0, 3), arb(1)), (arb(1), arb(0, 0.5))):
            worst = linear.upper(), square.upper()
            for whole, thin in zip(means(linear, square), means(*worst), strict=True):
                assert whole.rad() >= thin.rad()


def test_there_are_enough_terms_for_the_precision() -> None:
    for bits in (64, 200, 1000):
        with working_precision(bits):
            assert all(part.rad() < arb(2) ** (16 - bits) for part in means(arb(0.75), arb(0.15)))
