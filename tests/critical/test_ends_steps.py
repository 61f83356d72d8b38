"""Each step at the ends of the domain, at an input that only this step refuses."""

import pytest
from flint import arb

from bounds.certify.errors import Inconclusive
from bounds.certify.numbers.precision import working_precision
from bounds.critical import ends
from bounds.critical.curve import radius_of_estimate_inverse, station
from bounds.critical.ends import (
    concave_beyond,
    concave_up_to,
    largest_radius,
    near_end,
    near_zero,
)
from bounds.functions.shift import median_shift_at


@pytest.mark.step(
    "g up to g_max",
    "1 + s(x) no larger than it is",
    "the bend of the estimate",
    "(1 − g²)²",
    "the factor 1 + g²",
    "the least weight",
    "the least pull",
    "the last term is the greater",
)
@pytest.mark.parametrize(
    ("delta", "width", "y"),
    [
        ("0.84", "0", "2.58"),  # the greatest g
        ("0.84", "0.001", "2.66"),
        ("0.84", "0", "3.38"),  # the bend of the estimate
        ("0.84", "0.01", "3.54"),
        ("0.86", "0", "3.78"),  # its factor 1 + g²
        ("0.9", "0", "4.26"),  # q(u) in 1 + s
        ("0.95", "0", "4.74"),
        ("0.84", "0", "2.82"),  # (1 − g²)²
        ("0.84", "0.05", "4.02"),  # the least pull over a slice
        ("0.84", "0.2", "4.66"),
        ("6", "0.2", "37.14"),  # the least weight over a slice
    ],
)
def test_beyond_a_convex_place_no_concavity_is_told(delta: str, width: str, y: str) -> None:
    """The loss is convex somewhere beyond y, for the least or the greatest Δ of the slice."""
    with working_precision(64):
        low, high = arb(delta), arb(delta) + arb(width)
        places = [arb(y) + (8 * high - arb(y)) * k / 400 for k in range(400)]
        assert any(station(p.mid(), d.mid()).criterion > 0 for p in places for d in (low, high))
        assert not concave_beyond(arb(y), low.union(high))


@pytest.mark.step("y > 3Δ")
@pytest.mark.parametrize("delta", ["0.3", "0.5", "0.7"])
def test_up_to_3_delta_nothing_is_told(delta: str) -> None:
    """The last term grows only from there on, though here the loss is concave everywhere."""
    with working_precision(64):
        d = arb(delta)
        assert concave_beyond((3 * d + 2).mid(), d)
        for share in ("2.99", "2.5", "1.5"):
            assert not concave_beyond((arb(share) * d).mid(), d)
        assert not concave_beyond(arb(share) * d, d.union(d * 2))
    with working_precision(64):
        assert not concave_beyond(arb("3.9"), arb("1.3"))
        assert not concave_beyond(arb("3.9"), arb("0.5").union(arb("1.31")))


@pytest.mark.step(
    "g from its least value", "x from its least value", "x up to x_max", "x_max at the greatest Δ"
)
@pytest.mark.parametrize(("delta", "width"), [("0.9", "0.01"), ("2", "0.05"), ("5", "0.1")])
def test_the_ranges_reach_from_y_to_the_end_for_every_delta(
    delta: str, width: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """x by what is handed to coth, g by what it is computed from."""
    radii: list[arb] = []
    shifts: list[tuple[arb, arb]] = []
    honest_coth, honest_shift = ends.coth, ends.median_shift_at
    monkeypatch.setattr(ends, "coth", lambda u: radii.append(u) or honest_coth(u))
    monkeypatch.setattr(
        ends, "median_shift_at", lambda y, d: shifts.append((y, d)) or honest_shift(y, d)
    )
    with working_precision(64):
        low, high = arb(delta), arb(delta) + arb(width)
        y = (6 * high + 1).mid()
        assert concave_beyond(y, low.union(high))
        (u,), ((start, least),) = radii, shifts
        for d in (low, high):
            for place in (y, (2 * y).mid()):
                assert u.contains((radius_of_estimate_inverse(place, d) * d).mid())
                assert median_shift_at(place, d) >= honest_shift(start, least).lower()
            assert u.contains((largest_radius(d) * d).mid())


@pytest.mark.step("the share near 0 exceeds 1")
@pytest.mark.parametrize("delta", ["0.9", "1.05", "1.2", "2", "5", "20"])
def test_no_concavity_is_told_up_to_a_convex_place(delta: str) -> None:
    """From ε = 0 on: each y in the first convex stretch, and all beyond, are refused."""
    with working_precision(64):
        d, first = arb(delta), None
        for k in range(1, 600):
            y = (d * k / 100).mid()
            if first is None and station(y, d).criterion > 0:
                first = y
            if first is not None:
                assert not concave_up_to(y, d)
                assert not concave_up_to(y, d.union(d / 2))
        assert first is not None


@pytest.mark.parametrize("delta", ["0.1", "0.5", "1", "3"])
@pytest.mark.parametrize("share", ["0.2", "0.5", "0.8", "1", "1.2", "2"])
def test_the_bound_near_zero_is_one(delta: str, share: str) -> None:
    """Where it is told: 2gφ(g)/φ(Δ) times the bracket exceeds 1 for this y and smaller ones."""
    with working_precision(64):
        d = arb(delta)
        y = (near_zero(d) * arb(share)).mid()
        if concave_up_to(y, d):
            for part in (1, 2, 8, 64):
                at = station((y / part).mid(), d)
                assert at.criterion < -at.g * at.g * (2 - at.g * at.g) + arb(2) ** -40


@pytest.mark.step("the start that is told was proved")
def test_an_end_that_is_never_proved_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ends, "concave_beyond", lambda *_: False)
    monkeypatch.setattr(ends, "concave_up_to", lambda *_: False)
    with working_precision(64):
        with pytest.raises(Inconclusive, match="near eps_max"):
            near_end(arb(2))
        with pytest.raises(Inconclusive, match="near eps = 0"):
            near_zero(arb(2))


@pytest.mark.step("the end that is told was proved")
def test_the_end_that_is_told_was_proved(monkeypatch: pytest.MonkeyPatch) -> None:
    """`near_end` and `near_zero` return a y for which the proof went through."""
    proved: list[arb] = []
    honest = ends.concave_beyond

    def beyond(y: arb, delta: arb) -> bool:
        if honest(y, delta):
            proved.append(y)
            return True
        return False

    monkeypatch.setattr(ends, "concave_beyond", beyond)
    with working_precision(64):
        for delta in ("0.9", "2", "7"):
            y = near_end(arb(delta))
            assert any(y == place for place in proved)
            assert honest(y, arb(delta))
            assert concave_up_to(near_zero(arb(delta)), arb(delta))
