"""The curve: its points satisfy the paper's definitions, and boxes hold what is inside them."""

import random

import pytest
from flint import arb

from bounds.certified.precision import working_precision
from bounds.convexity.curve import Slice, radius_of_estimate_inverse, station
from bounds.functions import curvature_criterion, filter_radius, mass_deficit, mass_estimate

DELTAS = ["0.05", "0.5", "1", "1.5", "2", "3", "8", "20", "40"]


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
                    step = y * arb(2) ** -30
                    near = station((y + step).mid(), inside.mid() if wide else low)
                    rise = (near.criterion - at.criterion) / step
                    assert not (piece.trend > 0 and rise < 0)
                    assert not (piece.trend < 0 and rise > 0)
                else:  # a quick proof of the sign
                    assert at.criterion > 0
