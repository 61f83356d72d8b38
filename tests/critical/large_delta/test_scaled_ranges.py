"""The scaled equations over boxes: what they tell holds at every corner, and slopes are slopes."""

from collections.abc import Callable, Sequence
from itertools import product

import mpmath
import pytest
from flint import arb, arb_series
from marks import all_heavy_but

from bounds.certify.errors import Inconclusive
from bounds.certify.numbers.precision import working_precision
from bounds.critical.large_delta import scaled
from bounds.critical.large_delta.scaled import Coupled

RADII = ["0", "1e-12", "0.001", "0.05"]


def corners(box: Sequence[arb]) -> list[tuple[arb, ...]]:
    return list(product(*((side.lower(), side.mid(), side.upper()) for side in box)))


def holds_its_corners(
    function: Callable[..., Sequence[arb]], box: Sequence[arb], bits: int = 64
) -> None:
    with working_precision(bits):
        over = list(function(*box))
        assert all(value.is_finite() for value in over)
    with working_precision(160):
        for corner in corners(box):
            at = function(*corner)
            assert all(a.contains(b.mid()) for a, b in zip(over, at, strict=True)), corner


@pytest.mark.parametrize("radius", RADII)
@pytest.mark.parametrize("mass", ["1e-9", "0.06", "0.3", "0.6"])
def test_the_shift_and_omega_of_every_mass_in_a_ball(mass: str, radius: str) -> None:
    box = [arb(mass, radius)] if arb(mass) > arb(radius) else [arb(mass)]
    holds_its_corners(scaled.shift_of, box)
    holds_its_corners(scaled.omega_of, box)


def test_a_mass_that_may_be_0() -> None:
    with working_precision(64):
        for mass in (arb(0), arb("0.1", "0.1"), arb("0.1", "0.2")):
            g, square = scaled.shift_of(mass)
            high = scaled.shift_of(mass.upper())[0]
            assert g.contains(0)
            assert g.contains(high.mid())
            assert square.contains(0)
            assert square.contains((high * high).mid())
            assert not square < 0
            assert square.lower() >= -(arb(2) ** -60)
            assert scaled.omega_of(mass)[0].contains(0)


@pytest.mark.parametrize("radius", RADII)
@pytest.mark.parametrize("h", ["0.06", "0.5", "0.9"])
def test_the_spread_over_a_ball(h: str, radius: str) -> None:
    holds_its_corners(scaled.spread, [arb(h, radius)])


@pytest.mark.step("that bound serves h < 1")
@pytest.mark.parametrize("h", [arb(1), arb("0.99", "0.02"), arb(2), arb.nan()], ids=str)
def test_the_spread_is_told_below_1_alone(h: arb) -> None:
    with working_precision(64):
        assert not any(value.is_finite() for value in scaled.spread(h))


@pytest.mark.heavy
@pytest.mark.parametrize("radius", RADII)
@pytest.mark.parametrize("which", [0, 1, 2])
@pytest.mark.parametrize(("v", "tau"), [("0.3", "0"), ("0.7", "0.2"), ("1.9", "0.4"), ("0.1", "1")])
def test_the_integrals_over_boxes(v: str, tau: str, which: int, radius: str) -> None:
    box = [
        arb(v, radius if which != 1 else 0),
        arb(tau, radius if which != 0 else 0),
    ]
    for function in (scaled.sinh_integral, scaled.window_integral, scaled.steepness):
        holds_its_corners(lambda *at, f=function: [f(*at)], box)


@pytest.mark.parametrize("terms", [(1, 60), (2, 60), (60, 1), (60, 2)])
@pytest.mark.parametrize("place", [("0.05", "0.3"), ("-0.05", "0.3"), ("1.2", "0.5")])
def test_what_is_cut_off_is_held_over_boxes(
    terms: tuple[int, int], place: tuple[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """However few terms of the sums are taken: for each v and τ of a box."""
    honest = scaled._enough_terms
    for radii in (("0.02", "0"), ("0", "0.25"), ("0.02", "0.25")):
        box = [arb(centre, radius) for centre, radius in zip(place, radii, strict=True)]
        for function in (scaled.sinh_integral, scaled.window_integral):
            counts = iter(terms)
            monkeypatch.setattr(scaled, "_enough_terms", lambda *_, n=counts: next(n))
            with working_precision(64):
                over = function(*box)
            monkeypatch.setattr(scaled, "_enough_terms", honest)
            with working_precision(160):
                assert all(over.contains(function(*corner).mid()) for corner in corners(box))


@pytest.mark.parametrize("radius", RADII[1:])
def test_the_series_over_boxes(radius: str) -> None:
    """Their coefficients, along a line through the box and through its corners."""

    def along(v: arb, tau: arb) -> list[arb]:
        line = arb_series([v, 1, arb("-0.3")], prec=4)
        drift = arb_series([tau, arb("0.5"), 2], prec=4)
        found = []
        for function in (scaled.sinh_integral, scaled.window_integral):
            for pair in ((line, drift), (line, tau), (v, drift)):
                series = function(*pair)
                found += [series[k] for k in range(4)]
        return found

    holds_its_corners(along, [arb("0.7", radius), arb("0.1", radius)])


@pytest.mark.parametrize("radius", all_heavy_but({"0.05"}, RADII))
def test_the_criterion_and_its_slopes_over_boxes(radius: str) -> None:
    for place in (("0.38", "0.71", "0.02", "0"), ("1.2", "1.5", "0.2", "-0.1")):
        box = [arb(entry, radius) for entry in place]
        holds_its_corners(scaled.criterion, box)
        holds_its_corners(lambda u, v, tau, _: [scaled.curve(u, v, tau)], box)


@pytest.mark.parametrize("unit", ["0", "0.08", "0.2"])
@pytest.mark.parametrize(("u", "v"), [("0.38", "0.71"), ("1.2", "1.5")])
def test_the_slopes_of_the_coupled_system_are_those_of_differences(
    u: str, v: str, unit: str
) -> None:
    """ω moves with v."""
    with working_precision(300):
        system, point = Coupled(arb("0.4"), arb(unit)), [arb(u), arb(v)]
        rows = system.jacobian(point)
        step = arb(2) ** -90
        for k in (0, 1):
            ends = [
                system.residual([p + side * step * (j == k) for j, p in enumerate(point)])
                for side in (1, -1)
            ]
            for row, (above, below) in zip(rows, zip(*ends, strict=True), strict=True):
                assert abs((above - below) / (2 * step) - row[k]) < arb(2) ** -100


@pytest.mark.parametrize("radius", all_heavy_but({"0.001"}, RADII))
def test_the_coupled_system_over_boxes(radius: str) -> None:
    def told(u: arb, v: arb, tau: arb, unit: arb) -> list[arb]:
        system = Coupled(tau, unit)
        return system.residual([u, v]) + [entry for row in system.jacobian([u, v]) for entry in row]

    holds_its_corners(told, [arb(t, radius) for t in ("0.5", "0.8", "0.3", "0.1")])


def test_what_is_summed_is_the_integral_up_to_the_ends_of_what_is_served() -> None:
    with mpmath.workdps(40), working_precision(110):
        for v, tau in (("1.999", "1.999"), ("-1.999", "0.5"), ("1e-5", "1.9"), ("-0.4", "0")):
            t, end = mpmath.mpf(tau), mpmath.mpf(v)
            for integral, growth in (
                (scaled.sinh_integral, mpmath.sinh),
                (scaled.window_integral, mpmath.exp),
            ):
                exact = mpmath.quad(
                    lambda w, f=growth, t=t: mpmath.exp(-w * w * t / 2) * f(w), [0, end]
                )
                found = integral(arb(v), arb(tau))
                assert found.overlaps(arb(mpmath.nstr(exact, 34)))
                assert found.rel_accuracy_bits() > 80


@pytest.mark.parametrize(
    ("v", "tau"), [("2", "0.1"), ("1.99", "2"), ("-2", "0.1"), ("0.5", "-2"), ("nan", "0")]
)
def test_beyond_the_ends_nothing_is_told(v: str, tau: str) -> None:
    with pytest.raises(Inconclusive, match="serve"):
        scaled.window_integral(arb(v), arb(tau))
    with pytest.raises(Inconclusive, match="serve"):
        scaled.sinh_integral(arb(v), arb(tau))


@pytest.mark.parametrize(("v", "tau"), [("0.7", "0.1"), ("1.3", "0.4"), ("-0.5", "0.2")])
def test_along_a_line_the_series_is_the_function(v: str, tau: str) -> None:
    """At a place so near that the terms left out are below all that stand there."""
    with working_precision(400):
        t = arb(2) ** -20
        lines = [arb(v), arb(1), arb("-0.3")], [arb(tau), arb("0.5"), arb(2)]
        for moves in ((True, True), (True, False), (False, True)):
            ends, given = [], []
            for line, moved in zip(lines, moves, strict=True):
                ends.append(line[0] + line[1] * t + line[2] * t * t if moved else line[0])
                given.append(arb_series(line, prec=8) if moved else line[0])
            for function in (scaled.sinh_integral, scaled.window_integral):
                series = function(*given)
                assert series.prec == 8
                summed = sum((series[k] * t**k for k in range(8)), start=arb(0))
                assert abs(summed - function(*ends)) < arb(2) ** -150
                assert series[7] != 0
                for order in (1, 2, 3):
                    short = function(
                        *(arb_series([g[k] for k in range(order)], prec=order) if m else g
                          for g, m in zip(given, moves, strict=True))
                    )  # fmt: skip
                    assert short.prec == order
                    assert all(short[k].overlaps(series[k]) for k in range(order))


def test_no_more_terms_are_told_than_both_arguments_have() -> None:
    with working_precision(100):
        line = [arb("0.7"), arb(1)]
        for function in (scaled.sinh_integral, scaled.window_integral):
            for one, other in ((3, 6), (6, 3)):
                told = function(arb_series(line, prec=one), arb_series(line, prec=other))
                assert told.prec == 3
