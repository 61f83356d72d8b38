"""Each step of the proofs for all large Δ, at what only this step refuses."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from inspect import signature
from itertools import pairwise
from typing import Any

import mpmath
import pytest
from flint import arb
from marks import heavy

import bounds
from bounds.certify.checker.number import read_number
from bounds.certify.exact import to_ball
from bounds.certify.numbers.precision import working_precision
from bounds.certify.roots.krawczyk import approximate_root, box_for_all
from bounds.checker import check
from bounds.critical.large_delta import (
    certificates,
    expansion,
    first_turn,
    scaled,
    shape,
    slices,
)
from bounds.critical.large_delta.expansion import START, Scaled, parts, taylor
from bounds.critical.large_delta.first_turn import ONLY_UP_TO, prove_first_turn, radius_at
from bounds.critical.large_delta.shape import prove_shape
from bounds.critical.large_delta.slices import critical_slices
from bounds.functions.normal import density

NOTHING = arb(0)
LIMIT = Scaled(NOTHING, NOTHING)


@dataclass(frozen=True)
class Altered:
    """The limiting equations with something else as residual or slopes."""

    shift: arb = NOTHING
    spread: arb = NOTHING
    everywhere: bool = True

    def residual(self, point: Sequence[arb]) -> list[arb]:
        first, second = LIMIT.residual(point)
        return [first + self.shift, second]

    def jacobian(self, point: Sequence[arb]) -> list[list[arb]]:
        rows = LIMIT.jacobian(point)
        if self.everywhere or not all(entry.is_exact() for entry in point):
            rows[0][0] += self.spread
            rows[1][1] += self.spread
        return rows


# Krawczyk's test for families of two equations


@pytest.mark.step("the values are those of the whole family")
def test_a_family_with_one_root_each_is_proved() -> None:
    with working_precision(96):
        box, _ = box_for_all(LIMIT, Altered(arb(0, 0.001)), START, "test")
        for shift in (arb("-0.001"), arb("0.001")):
            root = approximate_root(
                Altered(shift).residual, LIMIT.jacobian, [arb("0.38"), arb("0.71")]
            )
            assert all(side.contains(value) for side, value in zip(box, root, strict=True))


@pytest.mark.parametrize("shift", ["-0.004", "0.004"])
def test_the_roots_lie_where_the_family_is_and_not_around_the_one_that_leads_there(
    shift: str,
) -> None:
    with working_precision(96):
        family = arb(shift, "0.0001")
        box, _ = box_for_all(LIMIT, Altered(family), START, "test")
        for at in (family.lower(), family.upper()):
            root = approximate_root(Altered(at).residual, LIMIT.jacobian, list(START))
            assert all(side.contains(value) for side, value in zip(box, root, strict=True))


@pytest.mark.step(
    "a family: every image is a finite ball in the interior of the box",
    "the slopes are those over the box, for the whole family",
)
@pytest.mark.parametrize(
    "whole",
    [
        Altered(arb.nan()),  # no number
        Altered(arb(0, 0.001), arb(0, 40)),  # slopes without a sign
        Altered(arb(0, 0.001), arb(0, 40), everywhere=False),  # over boxes only
        Altered(arb(0, 0.001), arb.nan(), everywhere=False),
        Altered(arb(0, 3)),  # roots too far apart for one box
    ],
    ids=str,
)
def test_a_family_that_does_not_contract_is_not_proved(whole: Altered) -> None:
    with working_precision(96), pytest.raises(bounds.Inconclusive):
        box_for_all(LIMIT, whole, START, "test")


@dataclass(frozen=True)
class Plain:
    """u = 0.4 and v = 0.7, about; the slope of one of them unsure over boxes."""

    which: int | None = None

    def residual(self, point: Sequence[arb]) -> list[arb]:
        return [point[0] - arb("0.4", 0.001), point[1] - arb("0.7", 0.001)]

    def jacobian(self, point: Sequence[arb]) -> list[list[arb]]:
        slopes = [arb(1), arb(1)]
        if self.which is not None and not all(entry.is_exact() for entry in point):
            slopes[self.which] = arb(1, 3)
        return [[slopes[0], arb(0)], [arb(0), slopes[1]]]


@pytest.mark.step("for both unknowns")
@pytest.mark.parametrize("which", [0, 1])
def test_both_unknowns_have_to_move_inwards(which: int) -> None:
    with working_precision(96):
        box, _ = box_for_all(Plain(), Plain(), START, "test")
        assert box[0].contains(arb("0.4"))
        with pytest.raises(bounds.Inconclusive, match="no box contracts"):
            box_for_all(Plain(), Plain(which), START, "test")


@pytest.mark.step("the slopes told are those over the image")
def test_the_slopes_told_are_those_over_the_box() -> None:
    with working_precision(96):
        box, slopes = box_for_all(LIMIT, Altered(arb(0, 0.001)), START, "test")
        for u in (box[0].lower(), box[0].upper()):
            for v in (box[1].lower(), box[1].upper()):
                for told, exact in zip(slopes, LIMIT.jacobian([u, v]), strict=True):
                    assert all(a.contains(b.mid()) for a, b in zip(told, exact, strict=True))


# The expansion


@pytest.mark.step("parts of τ join", "ω on both sides")
def test_the_parts_cover_the_range() -> None:
    found = list(parts(Fraction(5)))
    with working_precision(128):
        assert found[0].tau.lower() <= 0
        assert found[-1].tau.upper() >= to_ball(Fraction(1, 25)).lower()
        for a, b in pairwise(found):
            assert a.tau.overlaps(b.tau)
        for part in found:
            for share in (0, 1, 2):
                tau = (part.tau.lower() + part.tau.rad() * share).mid()
                root = approximate_root(
                    Scaled(tau, arb(0)).residual, Scaled(tau, arb(0)).jacobian, list(part.box)
                )
                assert all(a.overlaps(b) for a, b in zip(part.box, root, strict=True))
            assert part.omega.lower() < -((part.weight * part.unit) ** 2) * arb("2.99")
            assert part.omega.upper() > (part.weight * part.unit) ** 2
            assert part.unit >= (density(arb(5)) / 5).lower()


@pytest.mark.step("g < 1 for large Δ")
def test_a_median_shift_that_is_not_small_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(expansion, "density", lambda _: arb(2))
    monkeypatch.setattr(expansion, "box_for_all", lambda *_: ((arb("0.3"), arb("0.7")), ((), ())))
    assert list(parts(Fraction(10)))
    with pytest.raises(bounds.Inconclusive, match="not proved small"):
        list(parts(Fraction(1, 3)))


@pytest.mark.step("v < 0.9")
@pytest.mark.parametrize("v", ["0.9", "0.95"])
def test_the_bound_of_the_median_shift_needs_v_below_09(
    v: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(expansion, "box_for_all", lambda *_: ((arb("0.3"), arb(v)), ((), ())))
    with pytest.raises(bounds.Inconclusive, match=r"below 0\.9"):
        list(parts(Fraction(10)))


@pytest.mark.step("what ω can do")
def test_the_spill_bounds_what_omega_can_do() -> None:
    """E at both ends of ω by Newton's method, against E at 0."""
    part = next(iter(parts(Fraction(4))))
    with working_precision(160):
        tau, bound = part.tau.mid(), part.spill() * part.unit * part.unit

        def mass(omega: arb) -> arb:
            system = Scaled(tau, omega)
            root = list(part.box)
            for _ in range(8):
                (a, b), (c, d) = system.jacobian([r.mid() for r in root])
                first, second = system.residual([r.mid() for r in root])
                det = a * d - b * c
                root = [
                    root[0].mid() - (d * first - b * second) / det,
                    root[1].mid() - (a * second - c * first) / det,
                ]
            return 2 * scaled.sinh_integral(root[0], tau)

        for omega in (part.omega.lower(), part.omega.upper()):
            assert abs(mass(omega) - mass(arb(0))) < bound
        assert abs(mass(part.omega.lower()) - mass(arb(0))) > bound / 8


@pytest.mark.parametrize("place", ["0", "0.02"])
def test_the_coefficients_are_those_of_the_mass_on_the_curve(place: str) -> None:
    """Σ E_k hᵏ against 2Ŝ(u, τ + h), u by Newton's method there."""
    with working_precision(160):

        def root(tau: arb) -> list[arb]:
            here, (u, v) = Scaled(tau, arb(0)), START
            for _ in range(8):
                (a, b), (c, d) = here.jacobian([u, v])
                first, second = here.residual([u, v])
                det = a * d - b * c
                u, v = u - (d * first - b * second) / det, v - (a * second - c * first) / det
                u, v = u.mid(), v.mid()
            return [u, v]

        tau, h = arb(place).mid(), arb(2) ** -9
        told = taylor(root(tau), tau, arb(0), 6)
        total = sum((told[k] * h**k for k in range(6)), arb(0))
        mass = 2 * scaled.sinh_integral(root(tau + h)[0], tau + h)
        assert abs(total - mass) < abs(told[5]) * h**6


def test_as_many_terms_as_there_may_be(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(expansion, "_expansion", lambda *given: given)
    asked: Any = expansion.eps_cr_expansion(60, 9, 4)
    assert asked == (60, 9, Fraction(4))


def densities(monkeypatch: pytest.MonkeyPatch, far: arb) -> None:
    """φ(4) as told, φ(1) = ½: so g is at most 3/8 times φ(4)."""
    monkeypatch.setattr(expansion, "density", lambda t: far if t.overlaps(arb(4)) else arb("0.5"))
    monkeypatch.setattr(expansion, "box_for_all", lambda *_: ((arb("0.3"), arb("0.7")), ((), ())))


def test_what_is_added_for_the_shift_is_bounded_where_it_is_greatest(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    densities(monkeypatch, arb("0.8", "0.4"))
    part = next(parts(Fraction(4)))
    assert part.omega.rad() >= 3 * arb("0.45") ** 2
    assert part.omega.contains(0)
    densities(monkeypatch, arb(4))  # g up to 3/2
    with pytest.raises(bounds.Inconclusive, match="not proved small"):
        next(parts(Fraction(4)))


def test_the_weight_bounds_the_shift_for_v_below_09() -> None:
    """g ≤ M κ/(2φ(g)) with M < e^{0.9} − 1 and φ(g) > φ(1)."""
    for part in (next(iter(parts(Fraction(4)))), next(iter(parts(Fraction(9))))):
        with working_precision(160):
            assert part.weight * 2 * density(arb(1)) > arb("0.9").exp() - 1
            assert part.weight * 2 * density(arb(1)) < arb("1.501")


@pytest.mark.parametrize("number", [0, 13, 31])
def test_the_spill_is_no_less_than_the_slope_in_omega(number: int) -> None:
    part = list(parts(Fraction(4)))[number]
    with working_precision(200):
        tau, h = part.tau.mid(), arb(2) ** -60
        ends = []
        for omega in (h, -h):
            box, _ = box_for_all(Scaled(tau, omega), Scaled(tau, omega), START, "test")
            ends.append(2 * scaled.sinh_integral(box[0], tau))
        slope = abs((ends[0] - ends[1]).mid() / (2 * h))
        told = part.spill() / (3 * part.weight * part.weight)
        assert told > slope * (1 - arb(10) ** -6)
        assert told < slope * arb("1.3")


def test_the_remainder_is_the_greatest_size_of_any_part(monkeypatch: pytest.MonkeyPatch) -> None:
    """The coefficient of order K over each part, whatever its sign."""
    sizes = iter([arb(1)] + [arb(-2, 1), arb("0.5")] * 16)

    def told(*_: Any) -> list[arb]:
        return [next(sizes)] * 3

    monkeypatch.setattr(expansion, "taylor", told)
    found = expansion._expansion.__wrapped__(2, 10, Fraction(9))
    assert found.remainder.low.fraction() >= 3
    assert found.remainder.high.fraction() < Fraction("3.001")
    assert found.spill.low.fraction() > 0


def test_no_shape_is_certified_that_the_engine_does_not_prove(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def unproved(_: Fraction) -> int:
        raise bounds.Inconclusive("no shape")

    monkeypatch.setattr(certificates, "prove_shape", unproved)
    with pytest.raises(bounds.Inconclusive, match="no shape"):
        certificates.shape_certificate_from(Fraction(10_007, 1_000))  # no other test asks for it


def test_the_coefficients_are_those_of_every_tau_of_a_part() -> None:
    part = list(parts(Fraction(4)))[7]
    with working_precision(128):
        over = taylor(list(part.box), part.tau, part.omega, 4)
        for share in (0, 1, 2):
            tau = (part.tau.lower() + part.tau.rad() * share).mid()
            box, _ = box_for_all(Scaled(tau, arb(0)), Scaled(tau, arb(0)), START, "test")
            at = taylor(list(box), tau, arb(0), 4)
            assert all(over[k].overlaps(at[k]) for k in range(4))


# The first turn


def told(monkeypatch: pytest.MonkeyPatch, module: Any, says: Any) -> list[tuple[arb, arb]]:
    """Let `along` say what is wanted; the boxes it was asked for."""
    asked: list[tuple[arb, arb]] = []

    def along(u: arb, v: arb, _: Any) -> tuple[arb, arb]:
        asked.append((u, v))
        return says(v)

    monkeypatch.setattr(module, "along", along)
    return asked


NEGATIVE, POSITIVE, UNSURE = arb(-1), arb(1), arb(0, 1)


@pytest.mark.step("each box negative, or rising", "and once not negative, rising up to 3/4")
@pytest.mark.parametrize(
    "says",
    [
        lambda v: (NEGATIVE, UNSURE) if v < 0.6 else (UNSURE, UNSURE),
        lambda v: (NEGATIVE, UNSURE) if v < 0.6 else (UNSURE, NEGATIVE),
        lambda v: (NEGATIVE, UNSURE) if v < 0.6 else (POSITIVE, UNSURE),
        lambda v: (UNSURE, POSITIVE) if v < 0.5 else (NEGATIVE, NEGATIVE),
        lambda v: (NEGATIVE, UNSURE) if v < 0.5 else (NOTHING, UNSURE),
        lambda v: (UNSURE, POSITIVE) if v < 0.5 else (UNSURE, NOTHING),
        lambda _: (UNSURE, UNSURE),
        lambda _: (arb.nan(), arb.nan()),
    ],
)
def test_before_the_root_it_is_negative_or_rises_for_good(
    says: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    told(monkeypatch, first_turn, says)
    with pytest.raises(bounds.Inconclusive, match="before the root"):
        prove_first_turn(Fraction(10))


@pytest.mark.step("up to 3/4", "u for every v and τ", "v over the box")
def test_the_boxes_before_the_root_leave_nothing_out(monkeypatch: pytest.MonkeyPatch) -> None:
    """From v = 1/4 to 3/4, with u for every v and τ of a box."""
    part = list(parts(Fraction(4)))[5]
    honest, asked = first_turn.along, []
    monkeypatch.setattr(first_turn, "along", lambda *at: asked.append(at) or honest(*at))
    first_turn.turn_of_part(part)
    with working_precision(64):
        assert asked[0][1].lower() <= 0.25
        assert asked[-1][1].upper() >= to_ball(ONLY_UP_TO)
        for (_, a, _), (_, b, _) in pairwise(asked):
            assert a.overlaps(b)
        for u, v, _ in asked:  # u falls with τ; ends are rounded outwards at 30 bits
            low, high = part.tau.lower(), part.tau.upper()
            assert u.lower() <= radius_at(v.lower(), high) + arb("1e-7")
            assert u.upper() >= radius_at(v.upper(), low) - arb("1e-7")


@pytest.mark.step("the root lies before 3/4")
@pytest.mark.parametrize("v", ["0.75", "0.76"])
def test_the_root_lies_where_the_criterion_rises(v: str, monkeypatch: pytest.MonkeyPatch) -> None:
    honest = first_turn.parts

    def later(start: Fraction) -> Any:
        for part in honest(start):
            yield replace(part, box=(part.box[0], arb(v)))

    monkeypatch.setattr(first_turn, "parts", later)
    with pytest.raises(bounds.Inconclusive, match="before 3/4"):
        prove_first_turn(Fraction(10))


@pytest.mark.step("the start before the first turn", "the start: the bound")
def test_the_start_is_proved(monkeypatch: pytest.MonkeyPatch) -> None:
    with working_precision(64):
        part = list(parts(Fraction(4)))[-1]
        assert first_turn._concave_up_to(arb("0.25"), part.tau, part.omega)
        for v in ("0.5", "0.72", "1", "3"):
            assert not first_turn._concave_up_to(arb(v), part.tau, part.omega)
        # v⁴σ²τ ≥ 1
        assert not first_turn._concave_up_to(arb("0.25"), arb(400), part.omega)
    monkeypatch.setattr(first_turn, "_concave_up_to", lambda *_: False)
    with pytest.raises(bounds.Inconclusive, match="near 0"):
        prove_first_turn(Fraction(10))


def test_it_is_proved_from_4_on_by_default() -> None:
    assert signature(prove_first_turn).parameters["start"].default == 4


@pytest.mark.parametrize("tau", ["0", "0.06", "3", "20"])
@pytest.mark.parametrize("omega", ["0", "0.05", "0.3"])
def test_the_bound_at_the_start_is_what_the_docstring_says(tau: str, omega: str) -> None:
    """By mpmath, v by v, so that it changes its answer where the inequality does."""

    def holds(v: mpmath.mpf) -> bool:
        sigma, t = mpmath.sinh(v) / v, mpmath.mpf(tau)
        past = 1 - v**4 * sigma**2 * t
        share = 2 * mpmath.exp(-mpmath.mpf(omega) / 2 - v * v * t / 2 - v) * past
        return bool(past > 0 and share > sigma * (1 + 2 * mpmath.sinh(v * v * sigma)) ** 2)

    with working_precision(64), mpmath.workdps(30):
        told = [
            first_turn._concave_up_to(arb(k) / 500, arb(tau), arb(0, omega)) for k in range(40, 250)
        ]
        assert told == [holds(mpmath.mpf(k) / 500) for k in range(40, 250)]
        assert told[0]
        assert not told[-1]


@pytest.mark.parametrize("number", [0, 7, 31])
@pytest.mark.parametrize("v", ["0.3", heavy("0.7"), "1.5"])
def test_along_the_curve_for_every_mass_up_to_the_parts(number: int, v: str) -> None:
    """The criterion and its slope, by differences along the curve, for Δ of the part."""
    part = list(parts(Fraction(4)))[number]
    with working_precision(160):
        tau, h = part.tau.mid(), arb(2) ** -50
        places = [arb(v) - h, arb(v), arb(v) + h]
        us = [radius_at(place, tau) for place in places]
        for unit in (arb(0), part.unit / 2, part.unit.lower()):
            system = scaled.Coupled(tau, unit)
            values = [system.residual([u, w])[1] for u, w in zip(us, places, strict=True)]
            value, rise = first_turn.along(us[1], arb(v), replace(part, tau=tau))
            assert value.overlaps(values[1])
            difference = (values[2] - values[0]) / (2 * h)
            assert (rise + arb(0, abs(difference) * arb(2) ** -60)).overlaps(difference)
            assert rise.rad() < abs(difference)


@pytest.mark.step("the start: g²")
def test_omega_lowers_the_bound_at_the_start() -> None:
    with working_precision(64):
        assert first_turn._concave_up_to(arb("0.25"), arb(0), arb(0))
        assert not first_turn._concave_up_to(arb("0.25"), arb(0), arb(0, 2))


# The whole shape


@pytest.mark.step("2. positive, or rising")
@pytest.mark.parametrize(
    "says",
    [
        lambda v: (POSITIVE, UNSURE) if v < 1.2 else (UNSURE, UNSURE),
        lambda v: (UNSURE, POSITIVE) if v < 1.2 else (NEGATIVE, NEGATIVE),
        lambda v: (POSITIVE, UNSURE) if v < 1.2 else (NOTHING, UNSURE),
        lambda v: (POSITIVE, UNSURE) if v < 1.2 else (UNSURE, NOTHING),
        lambda _: (arb.nan(), arb.nan()),
    ],
)
def test_after_the_root_it_is_positive_or_rises(says: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shape, "prove_first_turn", lambda _: 0)
    told(monkeypatch, shape, says)
    with pytest.raises(bounds.Inconclusive, match="after the turn"):
        prove_shape(Fraction(10))


@pytest.mark.step("2. from 3/4 on", "2. u for every v and τ")
def test_the_boxes_after_the_root_leave_nothing_out(monkeypatch: pytest.MonkeyPatch) -> None:
    part = list(parts(Fraction(5)))[-1]
    honest, asked = shape.along, []
    monkeypatch.setattr(shape, "along", lambda *at: asked.append(at) or honest(*at))
    shape._positive(part)
    with working_precision(64):
        assert asked[0][1].lower() <= to_ball(ONLY_UP_TO)
        assert asked[-1][1].upper() >= arb("1.875")
        for (_, a, _), (_, b, _) in pairwise(asked):
            assert a.overlaps(b)
        for u, v, _ in asked:
            assert u.contains(radius_at(v.mid(), part.tau.mid()).mid())
            ends = (
                radius_at(v.lower(), part.tau.upper()),
                radius_at(v.upper(), part.tau.lower()),
            )
            assert all(u.overlaps(end) for end in ends)


@pytest.mark.step("1. the first turn")
def test_the_shape_stands_on_the_first_turn(monkeypatch: pytest.MonkeyPatch) -> None:
    def unproved(_: Fraction) -> int:
        raise bounds.Inconclusive("no first turn")

    monkeypatch.setattr(shape, "prove_first_turn", unproved)
    with pytest.raises(bounds.Inconclusive, match="no first turn"):
        prove_shape(Fraction(10))


@pytest.mark.step("3 to 6. the first side is finite")
@pytest.mark.parametrize("side", [arb.nan(), heavy(arb.pos_inf()), heavy(arb(0, 9))], ids=str)
def test_a_side_that_is_no_number_is_never_less(side: arb, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shape, "prove_first_turn", lambda _: 0)
    monkeypatch.setattr(shape, "_positive", lambda _: 0)
    for pair in ((side, arb(1)), (arb(1), side), (-side, arb(1)), (arb(1), arb(1))):
        monkeypatch.setattr(shape, "inequalities", lambda _, pair=pair: {"x": pair})
        with pytest.raises(bounds.Inconclusive, match="step x"):
            prove_shape(Fraction(10))


def test_in_step_3_the_least_radius_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is told falls with u: with a radius from 1.55 to 1.65 it is what it is at 1.55."""
    with working_precision(96):
        monkeypatch.setattr(shape, "radius_at", lambda *_: arb("1.55"))
        least = shape.inequalities(arb(5))
        monkeypatch.setattr(shape, "radius_at", lambda *_: arb("1.6", "0.05"))
        wide = shape.inequalities(arb(5))
        assert wide["3, u"][1].lower() <= arb("1.55").upper()
        assert wide["3, r"][1].lower() <= least["3, r"][1].upper()
        assert wide["3"][0].upper() >= least["3"][0].lower()


# Slices of Δ


@pytest.mark.step("one turn is a theorem there")
def test_a_slice_below_the_last_fold_is_refused() -> None:
    with pytest.raises(bounds.Inconclusive, match="which root is eps_cr"):
        slices.slice_of(Fraction("1.4773"), Fraction("1.4775"))
    assert slices.slice_of(Fraction("1.4775"), Fraction("1.478")).mass.is_finite()


@pytest.mark.step("the root of a slice lies on the curve")
@pytest.mark.parametrize("number", [0, 1])
@pytest.mark.parametrize("factor", [-1, 0])
def test_a_root_off_the_curve_is_not_the_turn(
    number: int, factor: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    honest = slices.box_for_all

    def other(*at: Any) -> Any:
        root, slopes = honest(*at)
        return [factor * e if k == number else e for k, e in enumerate(root)], slopes

    monkeypatch.setattr(slices, "box_for_all", other)
    with pytest.raises(
        bounds.Inconclusive, match=r"the root for .* is not proved to lie on the curve"
    ):
        slices.slice_of(Fraction(2), Fraction("2.001"))


@pytest.mark.step("the criterion rises at the root of a slice", "along the curve")
@pytest.mark.parametrize(
    "rows",
    [
        ((-1, 0), (0, 1)),
        ((1, -1), (0, -1)),
        ((1, -1), (-2, 1)),
        ((1, -1), (arb(0, 3), 1)),
        ((arb(0, 1), -1), (0, 1)),
        ((2, -1), (1, arb("-0.8"))),
    ],
)
def test_a_root_without_a_proved_rise_is_not_the_turn(
    rows: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    honest = slices.box_for_all

    def altered(*at: Any) -> Any:
        box, _ = honest(*at)
        return box, tuple(tuple(arb(entry) for entry in row) for row in rows)

    monkeypatch.setattr(slices, "box_for_all", altered)
    with pytest.raises(bounds.Inconclusive, match="the turn at the root"):
        slices.slice_of(Fraction(3), Fraction("3.001"))


@pytest.mark.step("enclosures are finite")
def test_an_enclosure_that_is_infinite_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(slices, "unit_rate", lambda *_: arb.nan())
    with pytest.raises(bounds.Inconclusive, match="not finite"):
        slices.slice_of(Fraction(3), Fraction("3.001"))


@pytest.mark.step("dκ/dτ at both ends", "dκ/dτ falls from 2 on only")
@pytest.mark.parametrize(("low", "high"), [("1.5", "1.6"), ("1.9", "2.1"), ("3", "3.2")])
def test_the_rate_of_the_unit_is_that_of_every_delta(low: str, high: str) -> None:
    """dκ/dτ by differences at both ends and inside."""
    with working_precision(160):
        over = slices.unit_rate(arb(low), arb(high))
        for share in ("0.001", "0.5", "0.999"):
            d = arb(low) + (arb(high) - arb(low)) * arb(share)
            tau, h = 1 / (d * d), arb(2) ** -50
            ends = [1 / (tau + step).sqrt() for step in (h, -h)]
            rate = (density(ends[0]) / ends[0] - density(ends[1]) / ends[1]) / (2 * h)
            assert over.overlaps(rate)
        far = slices.unit_rate(arb(high) + 1, None)
        assert far.contains(0)
        assert far.overlaps(slices.unit_rate(arb(high) + 1, arb(high) + 2))
        assert not slices.unit_rate(arb("1.6"), None).is_finite()


@pytest.mark.step("Δ₀ ≥ 4")
@pytest.mark.parametrize("start", ["1", "3", "3.99"])
def test_the_inequalities_serve_from_4_on(start: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Below, they may hold at Δ₀ and not beyond."""
    monkeypatch.setattr(shape, "prove_first_turn", lambda _: 1)
    monkeypatch.setattr(shape, "parts", lambda _: ())
    monkeypatch.setattr(shape, "inequalities", lambda _: {"x": (arb(0), arb(1))})
    assert prove_shape(Fraction(4)) == 1
    with pytest.raises(bounds.Inconclusive, match="of 4 or more"):
        prove_shape(Fraction(start))


@pytest.mark.parametrize("part", [slice(0, 2), slice(-2, None)])
def test_the_slices_that_are_written_are_proved_by_the_checker(part: slice) -> None:
    certificate = certificates.critical_slices_certificate(critical_slices()[part])
    verdict = check(certificate)
    assert verdict.accepted, verdict
    # v and the mass are told to within a few times what is known of them
    for told, own in zip(certificate["statement"]["slices"], critical_slices()[part], strict=True):
        low, high = (read_number(end, 99) for end in told["v"])
        assert high - low < 8 * 2 * Fraction(float(own.v.rad())) + Fraction(1, 2**20)


def test_the_shape_that_is_written_is_proved_by_the_checker(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked: list[Fraction] = []
    monkeypatch.setattr(certificates, "prove_shape", asked.append)
    certificate = certificates._shape_from.__wrapped__(Fraction(10))
    assert asked == [10]
    assert certificate["statement"]["delta"] == "10"
    verdict = check(certificate)
    assert verdict.accepted, verdict
