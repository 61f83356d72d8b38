"""Each step behind a piece of the curve, at an input that only this step refuses."""

import contextlib
import random
from collections.abc import Callable
from itertools import product

import pytest
from flint import arb
from marks import heavy

from bounds.certify.errors import Inconclusive
from bounds.certify.numbers.precision import working_precision
from bounds.certify.roots.monotone import monotone_root
from bounds.critical import curve
from bounds.critical.curve import (
    Slice,
    Station,
    bends_little,
    bends_upward,
    falls,
    radius_of_estimate_inverse,
    sinh_moment,
    slope_in_delta,
    station,
)
from bounds.functions.criterion import curvature_criterion_at, curvature_criterion_gradient_at
from bounds.functions.normal import density
from bounds.functions.primitives.ball import sinh_integral
from bounds.functions.shift import coth, decay, median_shift_at
from bounds.functions.window import relative_steepness

Box = tuple[arb, arb, arb, arb]
Quick = Callable[[arb, arb, arb, arb], bool]


# The root of an increasing function


@pytest.mark.step("the image of the interval Newton step lies inside the box")
def test_a_function_without_a_zero_has_no_root() -> None:
    with working_precision(64), pytest.raises(Inconclusive, match="no root is isolated"):
        monotone_root(lambda x: (x * x + 1, 2 * x), arb(1), arb(2))


def test_a_slope_that_is_no_number_isolates_no_root() -> None:
    def balance(x: arb) -> tuple[arb, arb]:
        return x - 1, arb(1) if x.is_exact() else arb.nan()

    with working_precision(64), pytest.raises(Inconclusive, match="no root is isolated"):
        monotone_root(balance, arb("1.1"), arb(2))


@pytest.mark.step("the slope is that over the box")
@pytest.mark.parametrize("told", [8, 20])
def test_the_root_is_enclosed_though_the_slope_at_points_misleads(told: int) -> None:
    """The slope over the box counts: where that at a point is too large, Newton stops short."""

    def balance(x: arb) -> tuple[arb, arb]:
        return x - 1, arb(told) if x.is_exact() else arb(1)

    with working_precision(64):
        assert monotone_root(balance, arb("1.3"), arb(2)).contains(1)


def test_a_zero_near_the_box_is_not_in_it() -> None:
    """The slope over boxes is so wide that no image lies in its box."""

    def balance(x: arb) -> tuple[arb, arb]:
        return x - 1, arb(8) if x.is_exact() else arb(1, 0.9)

    with working_precision(64), contextlib.suppress(Inconclusive):
        assert monotone_root(balance, arb("1.3"), arb(2)).contains(1)


# Quick proofs over boxes: what each asserts is looked at at the corners and inside


def inside(box: Box, draw: random.Random) -> list[list[arb]]:
    """Corners of a box and points in it, all exact."""
    corners = [list(corner) for corner in product(*({a.lower(), a.upper()} for a in box))]
    return corners + [
        [(a.lower() + (a.upper() - a.lower()) * draw.random()).mid() for a in box] for _ in range(4)
    ]


def around(centre: list[float], draw: random.Random) -> Box:
    """A box of random widths, some of them 0, about a place."""
    widths = [draw.choice((0, 0, 1e-6, 1e-3, 0.03, 0.3, 0.7)) for _ in centre]
    x, y, g, d = (arb(c) if w == 0 else arb(c, c * w) for c, w in zip(centre, widths, strict=True))
    return x, y, g, d


def bracket(x: arb, y: arb, delta: arb) -> arb:
    steep = 1 + relative_steepness(x, delta)
    first = decay(y * delta) * (x - delta * coth(x * delta)) / (steep * steep)
    return first - 2 * delta * (y * (y / 2 - 3 * delta)).exp() / decay(y * delta)


@pytest.mark.step(
    "1 + s is bounded above", "by 2 where s falls", "q(v) at both places", "the pull of the shift"
)
def test_where_the_bracket_is_told_positive_it_is() -> None:
    draw, told = random.Random(1), 0
    with working_precision(80):
        for _ in range(3000):
            d = draw.uniform(0.3, 6)
            # about where the two terms balance, and x from next to Δ coth u up to beyond 2Δ
            x = draw.choice((d * draw.uniform(0.9, 2.6), d + draw.uniform(-0.1, 0.3)))
            y = draw.uniform(0.1, 7) * d
            if draw.random() < 0.2:  # far out, where q(v) decides
                x, y = draw.uniform(9, 60) * d, draw.uniform(0.005, 0.3)
            box = around([x, y, 0.5, d], draw)
            if bends_upward(box[0], box[1], box[3]):
                told += 1
                for at in inside(box, draw):
                    assert not bracket(at[0], at[1], at[3]) < 0
    assert told > 300


def balanced(x: float, d: float) -> tuple[float, float]:
    """Both y at which the margin of `bends_upward` is 0, as near as floats tell."""

    def margin(y: float) -> float:
        with working_precision(64):
            ax, ay, ad = arb(x), arb(y), arb(d)
            past = ax - ad * coth(ax * ad)
            share = decay(ay * ad)
            steep = (ax * (ad - ax / 2)).nonnegative_part()
            return float(
                (share * share * past / (8 * ad)).log() - 2 * steep + ay * (3 * ad - ay / 2)
            )

    low, middle, high = 1e-3, 3 * d, 9 * d + 9
    ends = []
    for a, b in ((low, middle), (high, middle)):
        for _ in range(60):
            c = (a + b) / 2
            a, b = (a, c) if margin(c) > 0 else (c, b)
        ends.append(a)
    return ends[0], ends[1]


@pytest.mark.step("the margin is positive")
def test_beyond_its_edge_the_bracket_is_not_told_positive() -> None:
    """At x = 2Δ the bound on 1 + s is sharp: a little past the edge the bracket is negative."""
    with working_precision(80):
        for d in (1.5, 2.0, 3.0, 5.0):
            x = 2 * d
            _, edge = balanced(x, d)
            past = edge + 0.25 / d  # the margin is about −3/4 there
            assert bracket(arb(x), arb(past), arb(d)) < 0
            assert not bends_upward(arb(x), arb(past), arb(d))
            assert bends_upward(arb(x), arb(edge - 0.3 / d), arb(d))
            # over a box the worst of it counts, in each variable
            wide = arb(edge - 0.3 / d).union(arb(past))
            assert not bends_upward(arb(x), wide, arb(d))


@pytest.mark.step(
    "the greatest g",
    "the greatest weight",
    "the least steepness",
    "the left end of the pull",
    "the right end of the pull",
)
@pytest.mark.heavy
def test_where_the_bracket_is_told_little_the_criterion_is_positive() -> None:
    draw, told = random.Random(2), 0
    with working_precision(80):
        for _ in range(6000):
            d = draw.uniform(0.3, 6)
            x = draw.uniform(0.02, 2.2) * d
            y = x * draw.uniform(1, 2) if draw.random() < 0.7 else draw.uniform(0.02, 6) * d
            g = draw.choice((draw.uniform(0, 1.3), 10 ** draw.uniform(-4, 0)))
            box = around([x, y, g, d], draw)
            if bends_little(*box):
                told += 1
                for at in inside(box, draw):
                    if at[2] > 0:
                        assert not curvature_criterion_at(*at) < 0
    assert told > 300


@pytest.mark.step(
    "g < 1 where the loss bends little",
    "the first term is little",
    "the second term is little",
    "by comparison with (1 − g²)²",
)
@pytest.mark.parametrize("delta", [1.0, 2.0, 4.0])
@pytest.mark.parametrize("side", ["first", "second"])
def test_at_the_edge_of_little_no_more_is_told(delta: float, side: str) -> None:
    """Each of the two terms alone: where the criterion falls below 0, little is never told."""
    with working_precision(80):
        d = arb(delta)
        for share in range(1, 60):
            g = arb(share) / 20
            for k in range(1, 25):
                x, y = (d / 6 * k, 3 * d) if side == "first" else (d, d / 4 * k)
                if bends_little(x, y, g, d):
                    assert not curvature_criterion_at(x, y, g, d) < 0
                for wide in ((x.union(3 * d), y, g, d), (x, y.union(7 * d), g, d)):
                    if bends_little(*wide):
                        assert not curvature_criterion_at(x, y, g, d) < 0
                        assert not curvature_criterion_at(*(a.upper() for a in wide)) < 0
                for top in ("1.05", "1.2", "1.4", "1.5"):
                    if bends_little(x, y, g.union(arb(top)), d):
                        raise AssertionError("g = 1 leaves nothing to compare with")


def slope(x: arb, y: arb, g: arb, delta: arb) -> arb:
    """The derivative of the criterion along the curve, in units of its scale."""
    _, _, (by_x, by_y, by_g) = curvature_criterion_gradient_at(x, y, g, delta)
    by_x *= relative_steepness(y, delta) / (1 + relative_steepness(x, delta))
    return by_x + by_y + by_g * density(y - delta) / (2 * density(g))


@pytest.mark.step("it outgrows the change through x", "and through g", "the least of what leads")
@pytest.mark.heavy
def test_where_a_fall_is_told_the_slope_is_negative() -> None:
    """Off the curve as well: the bounds of `falls` know x, y, g and Δ alone."""
    draw, told = random.Random(3), 0
    with working_precision(80):
        for _ in range(6000):
            d = draw.uniform(0.4, 4)
            x = draw.choice((draw.uniform(0.05, 3) * d, draw.uniform(0.01, 9)))
            y = draw.uniform(2.2, 7) * d if draw.random() < 0.8 else draw.uniform(1, 12)
            g = draw.choice((draw.uniform(0.02, 2) * d, draw.uniform(0.01, 4)))
            box = around([x, y, g, d], draw)
            if falls(*box):
                told += 1
                for at in inside(box, draw):
                    if not (at[1] > at[3] * 3 and at[0] > 0 and at[2] > 0):
                        raise AssertionError("a fall is told where the bound does not serve")
                    assert not slope(*at) > 0
    assert told > 100


# Boxes of slices


@pytest.mark.step("the least Δ of the slice", "the greatest Δ of the slice", "the range of y")
@pytest.mark.parametrize("delta", ["0.9", "1.5", "4"])
@pytest.mark.parametrize("width", ["1e-4", "0.05"])
def test_the_radius_box_holds_every_delta_of_the_slice(delta: str, width: str) -> None:
    with working_precision(64):
        low, high = arb(delta).mid(), (arb(delta) + arb(width)).mid()
        region = Slice(low.union(high))
        assert region.wide()
        for place in ("0.2", "0.9", "2", "5"):
            left = region.station((low * arb(place)).mid())
            right = region.station((left.y * arb("1.001")).mid(), left.x)
            box = region.radius_box(left, right)
            for y, d in product((left.y, right.y), (low, high)):
                exact = radius_of_estimate_inverse(y, d)
                assert box.contains(exact.mid())
            assert box.rad() < 3 * arb(width) + arb("0.01") * left.y


@pytest.mark.step(
    "the drift with Δ",
    "the change along y",
    "from the left end to the right",
    "from the right end to the left",
    "the slope through x",
    "the slope through g",
    "y over the whole piece",
)
@pytest.mark.parametrize("delta", ["0.95", "1.3", "2", "5"])
@pytest.mark.parametrize("width", ["0", "1e-3", "1e-2"])
def test_a_piece_holds_its_corners(delta: str, width: str) -> None:
    """Value and trend at all ends of y and Δ, and their middles, as `station` has them."""
    with working_precision(64):
        low, high = arb(delta).mid(), (arb(delta) + arb(width)).mid()
        region = Slice(low.union(high) if high > low else low)
        for place in ("0.15", "0.4", "0.8", "1.05", "2", "4.5", "5.95"):
            left = region.station((low * arb(place)).mid())
            right = region.station((left.y * arb("1.01")).mid(), left.x)
            piece = region.piece(left, right)
            assert piece is not None
            ys = (left.y, ((left.y + right.y) / 2).mid(), right.y)
            for y, d in product(ys, (low, ((low + high) / 2).mid(), high)):
                at = station(y, d)
                if piece.value.is_finite():
                    assert piece.value.contains(at.criterion.mid())
                elif piece.value > 0:
                    assert at.criterion > 0
                rise = slope(at.x, at.y, at.g, d)
                if piece.trend.is_finite() and piece.trend != -1:
                    assert piece.trend.contains(rise.mid())
                elif piece.trend == -1:
                    assert rise < 0


def test_the_mean_value_form_counts_both_directions_and_delta() -> None:
    """Where the value itself is wide: the form alone has to hold both ends of y and of Δ."""
    with working_precision(64):
        for delta, place in (("1.2", "0.5"), ("2", "0.35"), ("3", "0.22")):
            for width in ("0.0003", "0"):
                low = arb(delta).mid()
                high = (low + arb(width)).mid()
                region = Slice(low.union(high) if high > low else low)
                left = region.station((low * arb(place)).mid())
                right = region.station((left.y * arb("1.02")).mid(), left.x)
                piece = region.piece(left, right)
                assert piece is not None
                for y, d in product((left.y, right.y), (low, high)):
                    if piece.value.is_finite():
                        assert piece.value.contains(station(y, d).criterion.mid())


@pytest.mark.parametrize("slope", [3, -3])
@pytest.mark.parametrize("vague", [None, 0, 1])
def test_the_mean_value_form_of_a_straight_line_is_its_range(
    slope: int, vague: int | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """From either end: where one is known vaguely, the form from the other is no wider."""
    for quick in ("bends_upward", "bends_little"):
        monkeypatch.setattr(curve, quick, lambda *_: False)
    line = arb.nan(), arb(1), (arb(0), arb(slope), arb(0))
    monkeypatch.setattr(curve, "curvature_criterion_gradient_at", lambda *_: line)
    values = [arb(1) + arb(slope) * k / 64 for k in range(9)]
    with working_precision(64):
        region = Slice(arb(1))
        ends = [region.station(arb(y)) for y in (0.5, 0.625)]
        shown = [arb(v, 9) if k == vague else v for k, v in enumerate((values[0], values[-1]))]
        left, right = (Station(e.x, e.y, e.g, v) for e, v in zip(ends, shown, strict=True))
        piece = region.piece(left, right)
        assert piece is not None
        assert all(piece.value.contains(value) for value in values)
        assert piece.value.rad() < arb("0.188")  # 3/16, and rounding


@pytest.mark.step("both ends of ∂S/∂Δ")
@pytest.mark.parametrize("delta", ["0.6", "2", "7"])
def test_the_moment_holds_both_ends(delta: str) -> None:
    """∂S/∂Δ by a difference, over a range of t."""
    with working_precision(160):
        d, h = arb(delta), arb(2) ** -50
        for low, high in (("0", "0.5"), ("0.1", "2"), ("1", "1")):
            over = sinh_moment(arb(low).union(arb(high)), d)
            for t in (low, high):
                if t == "0":
                    assert over.contains(0)
                    continue
                rise = sinh_integral(arb(t), d + h)
                fall = sinh_integral(arb(t), d - h)
                assert over.overlaps((rise - fall) / (2 * h) + arb(0, arb(2) ** -60))


def test_a_value_that_is_no_number_is_no_mark() -> None:
    with working_precision(64):
        region = Slice(arb(2))
        at = region.station(arb("0.5"))
        broken = Station(at.x, at.y, at.g, arb.nan())
        piece = region.piece(broken, region.station(arb("0.51")))
        assert piece is not None
        assert piece.value.is_finite()
        assert piece.value.overlaps(at.criterion)


def test_the_slope_in_delta_over_a_slice_holds_its_ends() -> None:
    with working_precision(96):
        low, high = arb("1.3"), arb("1.31")
        region = Slice(low.union(high))
        here = region.station(arb(1))
        x, g = region.radius_box(here, here), median_shift_at(here.y, region.delta)
        over = slope_in_delta(x, here.y, g, region.delta)
        for d in (low, high):
            at = station(here.y, d)
            assert over.contains(slope_in_delta(at.x, at.y, at.g, d).mid())


@pytest.mark.step("g over all Δ of the slice")
def test_the_box_of_a_piece_holds_x_y_and_g_of_all_its_points(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """What the criterion is evaluated on, against points at both ends of Δ and of y."""
    seen: list[tuple[arb, ...]] = []
    honest = curve.curvature_criterion_gradient_at

    def spy(*box: arb) -> object:
        seen.append(box)
        return honest(*box)

    monkeypatch.setattr(curve, "curvature_criterion_gradient_at", spy)
    with working_precision(64):
        low, high = arb("1.3").mid(), arb("1.31").mid()
        region = Slice(low.union(high))
        left, right = region.station(arb("0.7")), region.station(arb("0.72"))
        assert region.piece(left, right) is not None
        for y, d in product((left.y, right.y), (low, high)):
            at = station(y, d)
            for name, value in zip(seen[0], (at.x, y, at.g, d), strict=True):
                assert name.contains(value.mid())


@pytest.mark.step("q is positive over the whole box")
def test_a_wide_box_on_which_q_may_be_negative_proves_no_fall() -> None:
    """The product yΔ of these two balls reaches below 0; at one corner the criterion rises."""
    with working_precision(80):
        corner = (arb("2.17"), arb("3.25"), arb("2.667876896"), arb("0.688"))
        box = (
            corner[0].union(arb("4.01")),
            corner[1].union(arb("6.02")),
            corner[2],
            corner[3].union(arb("0.122")),
        )
        assert slope(*corner) > 0
        assert not falls(*box)


def edges(function: Quick, good: list[float], bad: list[float]) -> tuple[list[arb], list[arb]]:
    """Two neighbouring points between which a quick proof stops to hold."""
    for _ in range(34):
        middle = [(a + b) / 2 for a, b in zip(good, bad, strict=True)]
        if function(*map(arb, middle)):
            good = middle
        else:
            bad = middle
    return list(map(arb, good)), list(map(arb, bad))


@pytest.mark.heavy
@pytest.mark.parametrize("quick", ["bends_upward", "bends_little", "falls"])
@pytest.mark.parametrize("which", [0, heavy(1), heavy(2), 3])
def test_a_box_that_reaches_beyond_the_edge_is_not_told(quick: str, which: int) -> None:
    """Along each variable by itself: the edge found at points is that of boxes, too."""
    function: Quick = {
        "bends_upward": lambda x, y, _, d: bends_upward(x, y, d),
        "bends_little": bends_little,
        "falls": falls,
    }[quick]
    draw, found = random.Random(which), 0
    with working_precision(80):
        for _ in range(400):
            d = draw.uniform(0.5, 5)
            near = [
                d * draw.uniform(0.3, 2.5),
                d * draw.uniform(0.3, 9),
                draw.uniform(0.05, 1.5),
                d,
            ]
            if not function(*map(arb, near)):
                continue
            for factor in (0.2, 0.7, 1.4, 4):
                far = [v * factor if k == which else v for k, v in enumerate(near)]
                if function(*map(arb, far)):
                    continue
                found += 1
                good, bad = edges(function, near, far)
                assert not function(*(a.union(b) for a, b in zip(good, bad, strict=True)))
                wide = [a.union(b) for a, b in zip(map(arb, near), bad, strict=True)]
                assert not function(*wide)
    assert found > 10 or (quick, which) == ("bends_upward", 2)


def test_where_a_variable_may_be_0_nothing_is_told_to_fall() -> None:
    with working_precision(80):
        x, y, g, d = arb(4), arb(14), arb(3), arb(2)
        assert falls(x, y, g, d)
        assert not falls(x.union(arb(-4)), y, g, d)
        assert not falls(-x, y, g, d)
        assert not falls(x, y, g.union(arb(0)), d)
        assert not falls(x, y, -g, d)
        assert not falls(x, y.union(arb(6)), g, d)
        assert not falls(x, y, g, d.union(arb("0.001")))


@pytest.mark.parametrize("delta", ["0.7", "1.2", "2"])
def test_a_piece_holds_the_criterion_from_end_to_end(delta: str) -> None:
    """Of a thin slice: at both ends and between, where the criterion rises and where it falls."""
    with working_precision(64):
        whole, d = Slice(arb(delta)), arb(delta)
        seen = set()
        for k in range(1, 40):
            low = d * k / 8
            high = low + d / 400
            left, right = whole.station(low), whole.station(high)
            piece = whole.piece(left, right)
            assert piece is not None
            if piece.value.is_finite():
                for share in (0, 1, 7, 15, 16):
                    at = station(low + (high - low) * share / 16, d)
                    assert piece.value.overlaps(at.criterion)
                rises = right.criterion - left.criterion
                seen.add(bool(rises > 0))
                assert not (piece.trend > 0 and rises < 0)
                assert not (piece.trend < 0 and rises > 0)
            else:
                assert left.criterion > 0
                assert piece.value > 0
                assert not piece.trend > 0
                assert not piece.trend < 0
        assert seen
