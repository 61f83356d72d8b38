"""Each step of the proof of a panel, at what only this step refuses."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from functools import cache
from typing import Any

import pytest
from flint import acb, arb, arb_series

import bounds
from bounds.certify.exact import read_exact, to_ball
from bounds.certify.numbers.precision import working_precision
from bounds.critical.model import proof
from bounds.critical.model.build import DIGITS, at_eps_cr, fitted, unknowns
from bounds.critical.model.panel import PLACES, Panel
from bounds.critical.model.proof import prove
from bounds.critical.regimes import Regime

FOLD = Fraction("1.477355")


@cache
def honest() -> Panel:
    return fitted(Fraction(2), Fraction("2.1"), at_eps_cr)


def inflection(number: Callable[[arb], int]) -> Callable[[arb], list[arb]]:
    """Samples of an inflection by its number."""

    def sample(delta: arb) -> list[arb]:
        points = bounds.inflections(read_exact(delta, "Delta"), DIGITS).points
        return unknowns(points[number(delta)], delta)

    return sample


def with_terms(panel: Panel, terms: dict[int, int]) -> Panel:
    """The panel with something added to the polynomial of x, in units of 10^−40."""
    first, *others = panel.coefficients
    size = max(len(first), *(k + 1 for k in terms))
    row = [n + terms.get(k, 0) for k, n in enumerate([*first, *[0] * (size - len(first))])]
    return replace(panel, coefficients=(tuple(row), *others))


def refused(panel: Panel, why: str = "no box contracts") -> None:
    with pytest.raises(bounds.Inconclusive, match=why):
        prove(panel)


def test_a_panel_of_eps_cr_is_proved() -> None:
    prove(honest())


# 1 and 2: the residual


@pytest.mark.step("2. the terms of the series", "3. on every piece")
def test_polynomials_that_are_off_are_refused() -> None:
    refused(with_terms(honest(), {0: 10**10}))


@pytest.mark.step("1. the terms beyond the series")
def test_terms_beyond_the_series_count() -> None:
    beyond = proof._ORDER + 2
    assert beyond > len(honest().coefficients[0])
    refused(with_terms(honest(), {beyond: 10**20}))


@pytest.mark.step("1. over whole arcs", "1. of the whole half circle")
def test_the_arcs_leave_no_part_of_the_half_circle_out(monkeypatch: pytest.MonkeyPatch) -> None:
    panel, seen = honest(), []

    def record(_: Any, delta: acb) -> list[acb]:
        seen.append(delta)
        return [acb(0)] * 4

    monkeypatch.setattr(proof, "left_hand_sides", record)
    proof._beyond(panel)
    with working_precision(200):
        for k in range(1001):
            turn = acb(arb(k) / 1000).exp_pi_i()
            place = to_ball(panel.middle) + to_ball(panel.half_width) * proof._CIRCLE * turn
            assert any(box.overlaps(place) for box in seen)


@pytest.mark.step("1. all orders from N on")
def test_the_tail_is_that_of_cauchy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(proof, "left_hand_sides", lambda *_: [acb(k) for k in range(4)])
    rate = Fraction(1, proof._CIRCLE)
    for k, bound in enumerate(proof._beyond(honest())):
        least = k * rate**proof._ORDER / (1 - rate)
        assert bound >= to_ball(least * Fraction(999_999, 1_000_000))
        assert bound <= to_ball(least * Fraction(1_000_001, 1_000_000))


@pytest.mark.step("2. no term of the series is lost")
def test_a_series_that_lost_terms_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = proof.left_hand_sides

    def shortened(point: Any, delta: Any) -> list[Any]:
        rows = whole(point, delta)
        if isinstance(delta, arb_series):
            rows[2] = arb_series([rows[2][k] for k in range(20)], prec=20)
        return rows

    monkeypatch.setattr(proof, "left_hand_sides", shortened)
    refused(honest(), "lost terms")


@pytest.mark.step("2. each by its Chebyshev coefficients")
@pytest.mark.parametrize("sign", [1, -1])
def test_a_polynomial_is_bounded_by_its_chebyshev_coefficients(sign: int) -> None:
    with working_precision(96):
        row = [arb(0.25), arb(-2), arb(sign * 0.75), arb(3), arb(-0.5)]
        bound = proof._greatest(row)
        for k in range(-50, 51):
            t = arb(k) / 50
            assert abs(sum((c * t**n for n, c in enumerate(row)), arb(0))) <= bound
        assert proof._greatest([arb(0), arb(-3), arb(0), arb(4)]).upper() < 1.0001  # T₃


def test_both_parts_of_the_residual_are_added(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(proof, "_beyond", lambda _: [arb(k) for k in range(4)])
    monkeypatch.setattr(proof, "_greatest", lambda _: arb(2))
    assert all(bound == k + 2 for k, bound in enumerate(proof.residual(honest())))
    monkeypatch.setattr(proof, "_ROUGH_BITS", 12)
    monkeypatch.setattr(proof, "_greatest", lambda _: arb(2) ** -20)
    *_, last = proof.residual(honest())
    assert last >= 3 + arb(2) ** -20


def test_bounds_are_above_balls_and_above_rounding(monkeypatch: pytest.MonkeyPatch) -> None:
    """The size of a coefficient at its worst, and sums and tails upwards at few bits."""
    for ball in (arb(-1, 0.5), arb(1, 0.5)):
        assert proof._greatest([ball]) >= 1.5
    assert proof._greatest([arb(0), arb(0), arb(1)]) < 1.001  # (T₀ + T₂)/2
    monkeypatch.setattr(proof, "_CIRCLE_BITS", 12)
    monkeypatch.setattr(proof, "left_hand_sides", lambda *_: [acb(1), acb(3), acb(7), acb(11)])
    tails = proof._beyond(honest())
    proof._to_chebyshev.cache_clear()
    with working_precision(12):
        short = proof._greatest([arb(1), arb(2) ** -20])
        sums = [proof._greatest([arb(1) / n] * size) for n in (3, 7, 11) for size in (2, 3)]
    proof._to_chebyshev.cache_clear()
    with working_precision(200):
        assert short >= 1 + arb(2) ** -20
        rate = arb(1) / proof._CIRCLE
        least = rate**proof._ORDER / (1 - rate)
        assert all(t > k * least for t, k in zip(tails, (1, 3, 7, 11), strict=True))
        # on 1, t and t²: 1 + 1, and 1 + 1 + (1 + 1)/2
        assert all(
            total > arb(size) / n
            for total, (n, size) in zip(
                sums, [(n, size) for n in (3, 7, 11) for size in (2, 3)], strict=True
            )
        )


# 3: Krawczyk's test

LINE = [[arb(int(i == j)) for j in range(4)] for i in range(4)]
SMALL, RADII = [arb(2) ** -20] * 4, [arb(2) ** -10] * 4


@pytest.mark.step("3. into the interior", "3. the residual moves the box")
def test_boxes_are_sent_into_their_interiors() -> None:
    assert proof._contracts(LINE, SMALL, RADII)
    assert not proof._contracts(LINE, RADII, RADII)


@pytest.mark.parametrize("place", range(4))
def test_every_unknown_has_to_move_inwards(place: int) -> None:
    bounds_ = [arb(2) ** -20 if k != place else arb(1) for k in range(4)]
    assert not proof._contracts(LINE, bounds_, RADII)


@pytest.mark.step("3. the spread of the slopes widens it")
@pytest.mark.parametrize("place", range(4))
@pytest.mark.parametrize("spread", [arb(0, 2), arb.nan()])
def test_slopes_without_a_sign_prove_nothing(place: int, spread: arb) -> None:
    rows = [list(row) for row in LINE]
    rows[place][place] += spread
    assert not proof._contracts(rows, SMALL, RADII)


def test_the_size_of_each_entry_of_the_inverse_counts() -> None:
    turned = [[-entry for entry in row] for row in LINE]
    assert proof._contracts(turned, SMALL, RADII)
    assert not proof._contracts(turned, RADII, RADII)


def test_slopes_of_no_rank_prove_nothing() -> None:
    assert not proof._contracts([LINE[0]] * 4, SMALL, RADII)


@pytest.mark.step("3. what is no number")
def test_a_residual_that_is_no_number_proves_nothing() -> None:
    assert not proof._contracts(LINE, [arb.nan()] * 4, RADII)


@pytest.mark.step("3. the slopes over the boxes", "3. of every t", "3. and every Δ")
@pytest.mark.parametrize(("low", "high"), [("-0.25", "0.5"), ("0.125", "0.125")])
def test_slopes_are_over_all_boxes_of_a_piece(
    low: str, high: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    panel, seen = replace(honest(), radii=(20, 21, 22, 23)), []
    monkeypatch.setattr(proof, "slopes", lambda *given: (seen.append(given), LINE)[1])
    with working_precision(96):
        ends = arb(low), arb(high)
        proof._proved_on(ends[0].union(ends[1]), panel, panel.polynomials(), SMALL)
        ((boxes, delta),) = seen
        for t in ends:
            assert delta.overlaps(to_ball(panel.middle) + to_ball(panel.half_width) * t)
            for box, p, error in zip(boxes, panel.polynomials(), panel.errors(), strict=True):
                assert box.overlaps(p(t).mid() - error)
                assert box.overlaps(p(t).mid() + error)


@pytest.mark.step("3. both halves", "3. of all of [−1, 1]")
def test_the_pieces_leave_nothing_out(monkeypatch: pytest.MonkeyPatch) -> None:
    proved: list[arb] = []

    def narrow(piece: arb, *_: Any) -> bool:
        if piece.rad() > arb(0.02) * (2 - piece.mid()):
            return False
        proved.append(piece)
        return True

    monkeypatch.setattr(proof, "_proved_on", narrow)
    prove(honest())
    for k in range(-512, 513):
        assert any(piece.contains(arb(k) / 512) for piece in proved)


# 4 to 6: which root it is


@pytest.mark.step("4. the unknowns are positive")
def test_a_box_has_to_be_positive(monkeypatch: pytest.MonkeyPatch) -> None:
    panel = honest()
    monkeypatch.setattr(proof, "slopes", lambda *_: LINE)
    monkeypatch.setattr(proof, "_rise", lambda _: arb(1))
    for place in range(4):
        rows = list(panel.coefficients)
        with working_precision(96):
            assert proof._proved_on(arb(0), panel, panel.polynomials(), [arb(0)] * 4)
            rows[place] = tuple(-n for n in rows[place])
            negative = replace(panel, coefficients=tuple(rows))
            polynomials = negative.polynomials()
            assert not proof._proved_on(arb(0), negative, polynomials, [arb(0)] * 4)


def test_a_rise_of_0_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(proof, "slopes", lambda *_: LINE)
    monkeypatch.setattr(proof, "_rise", lambda _: arb(0))
    with working_precision(96):
        assert not proof._proved_on(arb(0), honest(), honest().polynomials(), [arb(0)] * 4)


@pytest.mark.step("5. H rises")
@pytest.mark.heavy
def test_the_turn_back_to_concave_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(proof, "_one_turn", lambda _: True)
    prove(fitted(Fraction("1.3"), Fraction("1.305"), inflection(lambda _: 0)))
    refused(fitted(Fraction("1.3"), Fraction("1.305"), inflection(lambda _: 1)))


@pytest.mark.step("5. along the curve: x", "5. along the curve: G")
@pytest.mark.parametrize("place", range(4))
def test_the_rise_is_that_along_the_curve(place: int) -> None:
    """Along it (1 + s(x)) dx = s(y) dy and 2φ(g) dG = W′(y) dy."""
    rows = [
        [arb(-2), arb(0), arb(1), arb(0)],
        [arb(1), arb(-5), arb(1), arb(0)],
        [arb(0), arb(-7), arb(0), arb(4)],
        [arb(0)] * 4,
    ]
    rows[3][place] = arb(1)
    assert proof._rise(rows).overlaps([arb(5) / 3, arb(1), arb(0), arb(7) / 4][place])


@pytest.mark.step("6. a range of one shape", "6. is asked for")
@pytest.mark.heavy
def test_the_second_turn_to_convexity_is_not_eps_cr() -> None:
    """Below the fold at 1.47735 the same branch goes on, behind another turn."""
    panel = fitted(Fraction("1.4765"), Fraction("1.4772"), inflection(lambda _: 2))
    refused(panel, "one turn to convexity is not known")


@pytest.mark.step("6. from the least Δ")
@pytest.mark.heavy
def test_a_panel_across_the_fold_is_refused() -> None:
    def number(delta: arb) -> int:
        return 0 if delta > to_ball(FOLD) else 2

    panel = fitted(Fraction("1.4765"), Fraction("1.4790"), inflection(number))
    assert panel.middle > FOLD
    refused(panel, "one turn to convexity is not known")


@pytest.mark.step("6. to the greatest")
@pytest.mark.parametrize(
    "regime",
    [
        None,
        Regime(Fraction(1), Fraction("2.08"), ("concave", "convex", "concave")),
        Regime(Fraction("2.01"), Fraction(3), ("concave", "convex", "concave")),
        Regime(Fraction(1), Fraction(3), ("concave", "convex", "concave", "convex")),
    ],
)
def test_one_turn_is_to_be_known_on_all_of_it(
    regime: Regime | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(proof, "regime_of", lambda _: regime)
    refused(honest(), "one turn to convexity is not known")


def test_the_unit_is_as_named() -> None:
    delta = (honest().low + honest().high) / 2
    with working_precision(200):
        middle = honest().polynomials()[0](arb(0))
        truth = bounds.eps_cr(delta, 40).radius.ball()
        assert abs(middle - truth) < arb(10) ** (4 - PLACES)
