"""The curve: its points satisfy the paper's definitions, and boxes hold what is inside them."""

import random
from itertools import pairwise

import pytest
from flint import arb

from bounds.certify.numbers.precision import working_precision
from bounds.critical.curve import Slice, Station, falls, radius_of_estimate_inverse, station
from bounds.functions import curvature_criterion, filter_radius, mass_deficit, mass_estimate
from bounds.functions.shift import median_shift_at

DELTAS = ["0.05", "0.5", "1", "1.5", "2", "3", "8", "20", "40"]


@pytest.mark.heavy
@pytest.mark.parametrize("delta", DELTAS)
@pytest.mark.parametrize("share", ["0.001", "0.1", "0.7", "1", "1.6"])
def test_x_and_y_belong_to_one_eps(delta: str, share: str) -> None:
    with working_precision(1200):  # near the end, eps is close to rho
        d, y = arb(delta), arb(share) * arb(delta)
        x = radius_of_estimate_inverse(y, d)
        eps = mass_deficit(x, d)
        assert filter_radius(eps, d).overlaps(x)
        assert filter_radius(mass_estimate(eps, d), d).overlaps(y)
        assert curvature_criterion(eps, d).overlaps(station(y, d).criterion)


@pytest.mark.parametrize("delta", ["0.7", "1.5", "3", "8"])
def test_x_increases_with_y_and_with_delta(delta: str) -> None:
    with working_precision(100):
        d = arb(delta)
        for share in ("0.05", "0.5", "1.1", "2"):
            y = d * arb(share)
            x = radius_of_estimate_inverse(y, d)
            assert radius_of_estimate_inverse(y * arb("1.01"), d) > x
            assert radius_of_estimate_inverse(y, d * arb("1.01")) > x
            assert x < y


@pytest.mark.parametrize("delta", ["1.2", "2", "4"])
@pytest.mark.parametrize("wide", [False, True])
def test_a_piece_holds_the_criterion_and_its_trend(delta: str, wide: bool) -> None:
    draw = random.Random(f"{delta}{wide}")
    with working_precision(80):
        low = arb(delta)
        region = Slice(low.union(low * arb("1.002")) if wide else low)
        for place in (0.1, 0.3, 0.7, 1.2, 2.5, 5.9):
            left = region.station((low * place).mid())
            right = region.station((low * place * arb("1.03")).mid(), left.x)
            piece = region.piece(left, right)
            assert piece is not None
            for _ in range(3):
                y = (left.y + (right.y - left.y) * draw.random()).mid()
                inside = region.delta.lower() + 2 * region.delta.rad() * draw.random()
                at = station(y, inside.mid() if wide else low)
                if piece.value.is_finite():
                    assert piece.value.overlaps(at.criterion)
                if piece.trend.is_finite():
                    step = y * arb(2) ** -30
                    near = station((y + step).mid(), inside.mid() if wide else low)
                    rise = (near.criterion - at.criterion) / step
                    assert not (piece.trend > 0 and rise < 0)
                    assert not (piece.trend < 0 and rise > 0)
                else:  # a quick proof of the sign
                    assert at.criterion > 0


@pytest.mark.parametrize(("delta", "width"), [("1.5", "1e-3"), ("5", "1e-2"), ("20", "1e-2")])
def test_where_the_criterion_is_proved_to_fall_it_falls(delta: str, width: str) -> None:
    with working_precision(100):
        low, high = arb(delta), arb(delta) + arb(width)
        region = Slice(low.union(high))
        y = 6 * low + arb(width) * arb("0.1")  # next to the last inflection
        step = arb(width) / 4
        left, right = region.station(y.mid()), region.station((y + step).mid())
        both = left.y.union(right.y)
        g = median_shift_at(both, region.delta)
        assert falls(region.radius_box(left, right), both, g, region.delta)
        for d in (low, (low + high) / 2, high):
            places = [station((y + step * k / 4).mid(), d.mid()).criterion for k in range(5)]
            assert all(after < before for before, after in pairwise(places))


@pytest.mark.parametrize("delta", ["0.5", "1.2", "3", "20"])
def test_no_fall_is_proved_where_the_criterion_rises(delta: str) -> None:
    with working_precision(100):
        region, seen = Slice(arb(delta)), 0
        for k in range(1, 120):
            left = region.station((region.delta * k / 12).mid())
            right = region.station((left.y + region.delta / 120).mid())
            if right.criterion > left.criterion:
                seen += 1
                x, y, g = (
                    a.union(b) for a, b in zip(coordinates(left), coordinates(right), strict=True)
                )
                assert not falls(x, y, g, region.delta)
        assert seen


def coordinates(place: Station) -> tuple[arb, arb, arb]:
    return place.x, place.y, place.g
