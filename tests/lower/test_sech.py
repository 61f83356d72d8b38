"""Means of sech(tZ) and tanh(tZ): another integration, identities, and what the errors are for."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any

import pytest
from flint import acb, arb
from hypothesis import given, settings
from hypothesis import strategies as st

from bounds.certify.arithmetic.ball import BALL
from bounds.certify.errors import Inconclusive
from bounds.certify.exact import to_ball
from bounds.certify.numbers.precision import working_precision
from bounds.lower import sech
from bounds.lower.quadrature import line_integral, strip_for
from bounds.lower.sech import (
    Rule,
    rule_for,
    sech_moments,
    sech_moments_by,
    tanh_moment,
    tanh_moment_by,
)
from bounds.lower.two_point import sech_means, tanh_square_mean

SEPARATIONS = ["1e-3000", "1e-6", "1/10", "0.9367", "1.05", "1.57", "2", "7", "64"]


def truth(t: arb) -> tuple[arb, arb, arb]:
    """FLINT's adaptive integration, with the tail beyond 20."""
    root, tail = (2 * arb.pi()).sqrt(), arb(0, (-arb(190)).exp())

    def integral(f: Callable[[Any], Any]) -> arb:
        half = acb.integral(lambda x, _: (-(x * x) / 2).exp() * f(x), 0, 20).real
        return 2 * half / root + tail

    return (
        integral(lambda x: (x * t).sech()),
        integral(lambda x: x * x * (x * t).sech()),
        integral(lambda x: x * (x * t).tanh()),
    )


@pytest.mark.parametrize("t", SEPARATIONS)
@pytest.mark.parametrize("bits", [40, 220])
def test_another_integration_gives_the_same(t: str, bits: int) -> None:
    with working_precision(260):
        point = to_ball(Fraction(t)).mid()
        known = truth(point)
    with working_precision(bits):
        found = (*sech_moments(point), tanh_moment(point))
        assert all(a.overlaps(b) for a, b in zip(found, known, strict=True))
        assert all(a.rad() < arb(2) ** (4 - bits) for a in found)


@pytest.mark.parametrize("t", ["1/10", "0.9367", "3"])
def test_the_plain_trapezoidal_rule_gives_the_same(t: str) -> None:
    """By parts: the moments against the integrands as they stand, with a strip free of poles."""
    with working_precision(120):
        rate = to_ball(Fraction(t)).mid()

        def at(x: arb) -> list[arb]:
            weight, y = BALL.density(x), rate * x
            return [weight * y * y.tanh() * y.sech(), weight * y.tanh() * y.tanh()]

        def sums(step: arb, count: int) -> list[arb]:
            values = [at(j * step) for j in range(-count, count + 1)]
            return [sum(column, arb(0)) for column in zip(*values, strict=True)]

        # |sech|, |tanh²| and |y sech tanh| at y + iv, |v| ≤ 7/5: at most 6, 36 and (1 + 9)·6
        strip = strip_for(rate, 120)
        weighted, squared = line_integral(sums, strip=strip, spread=arb(0), height=arb(72))
        assert weighted.overlaps(sech_means(rate)[1])
        assert squared.overlaps(tanh_square_mean(rate))


@settings(max_examples=60)
@given(st.floats(1e-3, 70), st.integers(30, 400))
def test_the_rule_lies_between_poles(t: float, bits: int) -> None:
    """Wherever they are, and its errors are those that were asked for."""
    with working_precision(bits):
        rule = rule_for(arb(t))
        error = rule.error()
        assert error.rad() < arb(2) ** -bits
        assert len(rule.residues()) == rule.poles
        assert all(y < rule.height for y, _ in rule.residues())
        assert (2 * rule.poles + 1) * arb.pi() / (2 * rule.t) > rule.height


def by(rule: Rule) -> tuple[arb, arb, arb]:
    return (*sech_moments_by(rule), tanh_moment_by(rule))


COARSE = {
    "between": Rule(arb(2), arb(1.5625), arb(1), 40, 1),
    "beyond": Rule(arb(2), arb(32.9375), arb(0.125), 12, 21),
}


@pytest.mark.step("what lies between the nodes of a mean", "what lies beyond the last")
@pytest.mark.parametrize("which", COARSE)
def test_a_coarse_rule_needs_its_error(which: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """One of the two errors is what matters, and without it the enclosures are false."""
    with working_precision(200):
        known = truth(arb(2))
        assert all(a.contains(b) for a, b in zip(by(COARSE[which]), known, strict=True))
        monkeypatch.setattr(Rule, which, lambda _: arb(0))
        assert not any(a.overlaps(b) for a, b in zip(by(COARSE[which]), known, strict=True))


def test_the_residues_count(monkeypatch: pytest.MonkeyPatch) -> None:
    with working_precision(200):
        rule, known = rule_for(arb(2)), truth(arb(2))
        assert all(a.overlaps(b) for a, b in zip(by(rule), known, strict=True))
        for kept in (rule.residues()[1:], rule.residues()[::2]):
            monkeypatch.setattr(Rule, "residues", lambda _, kept=kept: kept)
            assert not any(a.overlaps(b) for a, b in zip(by(rule), known, strict=True))


@pytest.mark.step("the poles below the line are counted")
@pytest.mark.parametrize("poles", [0, 2])
def test_a_rule_that_miscounts_the_poles_is_refused(poles: int) -> None:
    with working_precision(60), pytest.raises(Inconclusive, match="pole"):
        Rule(arb(2), arb(1.5625), arb(1), 40, poles).error()


def test_a_line_through_a_pole_is_refused() -> None:
    with working_precision(60), pytest.raises(Inconclusive, match="pole"):
        Rule(arb(2), arb(2.34375), arb(1), 40, 1).error()


@pytest.mark.step("a rule is made of positive numbers")
@pytest.mark.parametrize(
    ("t", "height", "step", "poles"),
    [(-2, 1.5625, 1, -1), (2, -1.5625, 1, -1), (2, 1.5625, -1, 1), (0, 1, 1, 0)],
)
def test_a_rule_is_made_of_positive_numbers(t: int, height: float, step: int, poles: int) -> None:
    with working_precision(60), pytest.raises(Inconclusive, match="above 0"):
        Rule(arb(t), arb(height), arb(step), 40, poles).between()


@pytest.mark.step("the last node is beyond 1")
def test_nodes_that_end_early_are_refused() -> None:
    """Below 1 the terms of the second moment may still grow."""
    with working_precision(60), pytest.raises(Inconclusive, match="below 1"):
        Rule(arb(2), arb(1.5625), arb(0.125), 7, 1).beyond()


@pytest.mark.step("the radius of t, for the first mean", "and for the second", "and for the third")
@pytest.mark.parametrize("t", ["0.2", "0.9367", "3"])
@pytest.mark.parametrize("width", ["1e-3", "1e-12"])
def test_a_ball_holds_the_means_of_its_points(t: str, width: str) -> None:
    with working_precision(80):
        wide = arb(arb(t).mid(), arb(width))
        over = (*sech_moments(wide), tanh_moment(wide))
        for point in (wide.lower(), wide.upper()):
            exact = (*sech_moments(point), tanh_moment(point))
            assert all(a.contains(b.mid()) for a, b in zip(over, exact, strict=True))


def test_the_precision_follows_the_size_and_loses_nothing() -> None:
    """The terms at 300 bits are those of a much higher precision, to 2^-300."""
    with working_precision(300):
        rule = rule_for(arb(0.9375))
        short = sech._terms(rule, rule.t, lambda w, fade: w / (1 + fade))
        assert all(term.rad() < arb(2) ** -285 for term in short)
    with working_precision(900):
        for j, term in enumerate(short, 1):
            x = j * rule.step
            assert term.contains((-(x * x) / 2).exp() / (2 * (x * rule.t).cosh()))
