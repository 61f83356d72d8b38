"""Steps of the checker's functions: without exactly this one, the function says what is not so.

Where a certificate that turns on one step alone is not in reach, the falsehood is the function's:
an enclosure that misses the value, a mark that does not hold on the whole range.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any
from unittest import mock

import gmpy2
import pytest
import test_checker_steps
from certificate_builder import Certificate, sealed
from dropped_steps import dropped
from marks import heavy

from bounds.certify.checker import replay
from bounds.certify.checker.interval import Interval
from bounds.certify.checker.inverse import zero_of_increasing
from bounds.certify.checker.precision import Precision
from bounds.certify.checker.series import Series
from bounds.certify.checker.verdict import Undecided
from bounds.checker import (
    any_set,
    check,
    jobs,
    large_delta,
    panel,
    passage,
    sech,
    small_delta,
    steps,
)
from bounds.checker.criterion import coth, decay, steepness
from bounds.checker.critical_slices import negative_near_zero, region_of
from bounds.checker.curve import radius, radius_range, shift, shift_range
from bounds.checker.ends import negative_from, negative_up_to
from bounds.checker.family import Family
from bounds.checker.scaled import remainder
from bounds.checker.shape import everywhere, proves
from bounds.checker.witness import proved_box
from bounds.lower.slope_certificates import any_set_certificate

AT = Precision(96)


def span(low: str, high: str | None = None) -> Interval:
    return Interval.enclosing(AT, gmpy2.mpq(low), gmpy2.mpq(high or low))


def inside(part: Interval, whole: Interval) -> bool:
    """Whether nothing of a narrow part is left out of the whole."""
    return bool(whole.lo <= part.lo and part.hi <= whole.hi)


def steep(t: Interval) -> tuple[Interval, Callable[[Interval], Interval]]:
    """e^{K(t − 1)} − e^{−20}, K = 2⁴⁰: within the first step from 1 it bends away from its zero."""
    rate = Interval.power_of_two(AT, 60)

    def at(place: Interval) -> Interval:
        return (rate * (place - 1)).exp()

    return at(t) - (t * 0 - 20).exp(), lambda near: rate * at(near)


def the_zero_is_inside() -> bool:
    zero = 1 - 20 / Interval.power_of_two(AT, 60)
    return inside(zero, zero_of_increasing(steep, span("1"), span("2")))


def radii_are_inside() -> bool:
    y, delta = span("1", "2"), span("1", "3/2")
    whole = radius_range(y, delta)
    return all(inside(radius(span(v), span(d)), whole) for v in ("1", "2") for d in ("1", "3/2"))


def shifts_are_inside(y: str, low: str, high: str, inner: str) -> bool:
    return inside(shift(span(y), span(inner)), shift_range(span("1", y), span(low, high)))


def mark_is_refused(low: str, high: str, y_low: str, y_high: str) -> bool:
    """K < 0 at the first Δ and place, and K > 0 at the last."""
    curves = Family(span(low, high), wide=low != high)
    first = Family(span(low), wide=False).station(span(y_low).low).value
    last = Family(span(high), wide=False).station(span(y_high).low).value
    assert first < 0
    assert last > 0
    return not proves(curves, "-", span(y_low, y_high), cuts=8)


def end_is_refused_somewhere() -> bool:
    """Near 0 it is proved for the smaller Δ of a range, and not for the greater."""
    y = span("1/5").high
    assert negative_up_to(y, span("6/5"))
    assert Family(span("4"), wide=False).station(y).value > 0
    family = Family(span("6/5", "4"), wide=True)
    return not everywhere(family, lambda part: negative_up_to(y, part.delta))


def start_is_refused() -> bool:
    """At Δ = 1.2 the loss has turned convex before y = 0.8."""
    assert Family(span("6/5"), wide=False).station(span("4/5").low).value > 0
    return not negative_up_to(span("4/5"), span("6/5"))


def the_edge_is_kept() -> bool:
    """At Δ = 0.3, y = 0.7 the inequality reads 0.977 > 1; with 1 + x̄² it would read 1.021 > 1."""
    return not negative_up_to(span("7/10"), span("3/10"))


def end_is_refused(y: str, delta: str) -> bool:
    """The proof of the end does not go so far down, where a range would have to begin later."""
    return not negative_from(span(y), span(delta))


def inequality_is_refused(name: str, delta: str) -> bool:
    """Whether the proof for large Δ asks for an inequality that does not hold at this Δ."""
    region = region_of((gmpy2.mpq(delta), None), 64, None)
    step = large_delta._inequalities(region).get(name)
    return step is not None and not step()


def large(*pieces: list[str], delta: str = "5") -> Certificate:
    body = {"schema": "bounds-certificate/1", "kind": "large_delta"}
    evidence = {"bits": 64, "pieces": list(pieces)}
    return sealed({**body, "statement": {"delta": delta, "text": ""}, "evidence": evidence})


INEQUALITIES = {
    "near the turn: u": "1/2",
    "near the turn: r": "1/2",
    "near the turn: g < 1": "1/2",
    "near the turn": "2",
    "up to the edge: g": "3",
    "up to the edge: y < 2 Delta": "1",
    "up to the edge: coth u": "1",
    "up to the edge: s": "1/2",
    "up to the edge: S": "1/2",
    "up to the edge": "4",
    "beyond the edge: x": "1",
    "beyond the edge": "3/2",
    "the end: g >= 1": "1/2",
    "the end: q": "1/10",
    "the end": "1/2",
}  # fmt: skip
"""Each inequality for large Δ, and a Δ for which it does not hold."""

EDGE_OF_X = ("17/60", "3/4")
"""A v and a Δ with the bound near 0 between what it is with 1 − x² and with 1 + x²."""

UP = [["1", "5/4", "/"], ["5/4", "15/8", "+"]]
"""From v = 1, where K > 0 already; the marks themselves are right."""

HONEST = [["1/4", "1/2", "-"], ["1/2", "1", "/"], ["1", "15/8", "+"]]


def is_rejected(certificate: Certificate) -> bool:
    return check(certificate).outcome == "rejected"


def pairs_are_inside() -> bool:
    """The values at the inner corners of a box of (v, Δ) lie in its enclosures."""
    box = region_of((gmpy2.mpq(2), gmpy2.mpq(3)), 64, None)
    v = box.point(gmpy2.mpq(1, 2)).hull(box.point(gmpy2.mpq(1)))
    for delta in ("2", "3"):
        thin = region_of((gmpy2.mpq(delta), gmpy2.mpq(delta)), 64, None)
        for place in (v.low, v.high):
            u = thin.radius(place)
            held = [
                (u, box.radius(v)),
                (thin.doubled_integral(u), box.doubled_integral(box.radius(v))),
                (thin.window(place), box.window(v)),
                (thin.tau, box.tau),
                (thin.kappa, box.kappa),
                (thin.shift(place), box.shift(v)),
            ]
            if not all(inside(part, whole) for part, whole in held):
                return False
    return True


def remainders_are_inside() -> bool:
    """ω and its slope at masses within a range lie in those of the range."""
    omega, rate = remainder(span("0", "1/2"))
    points = [remainder(span(str(gmpy2.mpq(number, 16)))) for number in range(9)]
    if not all(inside(value, omega) and inside(slope, rate) for value, slope in points):
        return False
    below, above = (remainder(span(mass))[0] for mass in ("99/400", "101/400"))
    return bool(inside((above - below) * 200, rate))


def concavity_is_refused(v: str, delta: str) -> bool:
    region = region_of((gmpy2.mpq(delta), None), 64, None)
    return not negative_near_zero(region.point(gmpy2.mpq(v)), region)


def of_sets(ratio: str) -> any_set.Inequalities:
    return any_set.Inequalities(gmpy2.mpq(ratio), AT)


def condition_is_refused(name: str, ratio: str) -> bool:
    """Whether the argument on all sets asks for an inequality that this ratio does not have."""
    holds = of_sets(ratio).conditions(gmpy2.mpq(93, 100)).get(name)
    return holds is not None and not holds()


def case_3_is_refused_beyond() -> bool:
    """Beyond a = 1.0567… the worst mean for a tanh(ax) is 0."""
    with mock.patch.object(any_set, "_SEAM", gmpy2.mpq(107, 100)):
        return condition_is_refused("case 3", "0.66")


def box_is_refused(ratio: str, *ends: str, scale: str | None = None) -> bool:
    box = tuple(map(gmpy2.mpq, ends))
    return not of_sets(ratio).box(box, None if scale is None else gmpy2.mpq(scale))


def pieces_are_refused(ratio: str, low: str, high: str) -> bool:
    """For this ratio case 1 fails near a = 1.147, and nowhere else."""
    proof = of_sets(ratio)
    assert not proof.near(gmpy2.mpq("1.147"), gmpy2.mpq("1.147"))
    return not proof.on_pieces(proof.near, gmpy2.mpq(low), gmpy2.mpq(high), cuts=12)


def halves_are_whole(axis: str) -> bool:
    box = tuple(map(gmpy2.mpq, (1, 3, 0, 2)))
    parts = any_set.halves(box, axis)
    area = sum((a1 - a0) * (w1 - w0) for a0, a1, w0, w1 in parts)
    corners = (min(p[0] for p in parts), max(p[1] for p in parts),
               min(p[2] for p in parts), max(p[3] for p in parts))  # fmt: skip
    return area == 4 and corners == box


def sets(boxes: list[str], ratio: str = "0.661") -> Certificate:
    honest = any_set_certificate()
    body = {key: honest[key] for key in ("schema", "kind")}
    statement = {**honest["statement"], "ratio": ratio}
    return sealed({**body, "statement": statement, "evidence": {"bits": 64, "boxes": boxes}})


def honest_boxes() -> list[str]:
    return list(any_set_certificate()["evidence"]["boxes"])


COARSE = sech.Rule(gmpy2.mpq(1), gmpy2.mpq(1), 12)
SHORT = sech.Rule(gmpy2.mpq(1), gmpy2.mpq(1, 8), 12)
WIDE = sech.Rule(gmpy2.mpq(4), gmpy2.mpq(3, 4), 16)


def means_are_inside(rule: sech.Rule) -> bool:
    """By this rule, right or refused, as by a fine one."""
    t = span("1")
    exact = [sech.sech_mean(t), sech.sech_square_mean(t), sech.tanh_risk(t, t)]
    with mock.patch.object(sech, "rule_for", return_value=rule):
        try:
            rough = [sech.sech_mean(t), sech.sech_square_mean(t), sech.tanh_risk(t, t)]
        except Undecided:
            return True
    return all(inside(part, whole) for part, whole in zip(exact, rough, strict=True))


def small(*places: str, delta: str = "9/10") -> Certificate:
    """Concavity for all Δ up to 0.9, where the loss has two turns."""
    body = {"schema": "bounds-certificate/1", "kind": "small_delta"}
    statement = {"delta": delta, "text": ""}
    return sealed({**body, "statement": statement, "evidence": {"bits": 64, "places": [*places]}})


def alone_rejects(label: str, *places: str) -> bool:
    """Whether the step of this label rejects the falsehood above, with all others waived."""
    require = steps.require_step

    def some(holds: Callable[[], bool], step: str, piece: str) -> None:
        if piece.rstrip(" 0123456789") == label:
            require(holds, step, piece)

    label = label.rstrip(" 0123456789")
    with mock.patch.object(steps, "require_step", some):
        return is_rejected(small(*places))


def bracket_is_least(low: str, high: str, top: str) -> bool:
    """B on the curves for all Δ up to the top is not below its bound on a piece."""
    bound = small_delta.least_bracket(span(low), span(high), span(top))
    for place in (low, high):
        for number in ("1/1000", top):
            y, delta = span(place), span(number)
            x, v = radius(y, delta), y * delta
            first = decay(v) * (delta * coth(x * delta) - x) / (1 + steepness(x, delta)).squared()
            second = 2 * delta * (y.squared() / 2 - 3 * v).exp() / decay(v)
            if not bound < first + second:
                return False
    return True


def weak_bracket_is_refused() -> bool:
    """At y = 2 and Δ → 0 the other terms are outweighed from B = 0.2387… on, not from less."""
    y = span("2", "5/2")
    return not small_delta._outweighs(span("0.238"), y) and small_delta._outweighs(span("0.3"), y)


def passing(number: int, **evidence: Any) -> Certificate:
    honest = test_checker_steps._passages()[number]
    return sealed({**honest, "evidence": {**honest["evidence"], **evidence}})


def witness_is_refused(name: str, end: int, *, low: str = "1/8", high: str = "3/8") -> bool:
    """For y in [1, 11/10] and these Delta: whether a witness with one end inside is refused."""
    y, least, most = span("1", "11/10"), span(low), span(high)
    told = {"x": radius_range(y, span(low, high)), "g": shift_range(y, span(low, high))}
    ends = {key: [part.lo * (1 - 2**-20), part.hi * (1 + 2**-20)] for key, part in told.items()}
    exact = {key: tuple(map(gmpy2.mpq, both)) for key, both in ends.items()}
    assert proved_box((exact["x"], exact["g"]), y, least, most) is not None
    width = exact[name][1] - exact[name][0]
    inner = list(exact[name])
    inner[end] += width / 8 * (1, -1)[end]
    exact[name] = tuple(inner)
    return proved_box((exact["x"], exact["g"]), y, least, most) is None


def shares_are_rejected(kind: str) -> bool:
    """Whether two processes together reject x < 0.9 on [0, 1], or a root with another turn."""
    forged = test_checker_steps.other_turn()
    if kind == "sign":
        forged = test_checker_steps.less("x", "0.9", "0..", x=["0", "1"])
    shares = [check(forged, share=(own, 2)) for own in (0, 1)]
    return replay.together(shares).outcome == "rejected"


def all_are_asked() -> bool:
    """Whether both shares of a file are submitted, where there are two processes."""
    asked = []

    def submit(*arguments: Any) -> Any:
        asked.append(arguments[-1])
        done: Any = jobs.Future()
        done.set_result(jobs.Verdict("accepted", "", None, 0))
        return done

    with mock.patch.object(jobs, "ProcessPoolExecutor") as pool:
        pool.return_value.submit = submit
        list(jobs.verdicts(["file"], jobs=2))
    return asked == [(0, 2), (1, 2)]


def is_kept_out(row: list[list[str]], bound: str, radius: str) -> bool:
    """Whether a system with these slopes, their like on the diagonal, is no contraction."""
    (low, high), (none, other) = row
    rows = [[span(low, high), span(none, other)], [span(none, other), span(low, high)]]
    return not panel.contracts(rows, [span(bound)] * 2, [span(radius)] * 2)


def negative_boxes_are_refused() -> bool:
    """The polynomials of an honest panel with their signs changed: no place of the curve."""
    honest = test_checker_steps.panel_of("2.4", "2.400001", 0)
    claim = panel.read_panel(honest["statement"], honest["evidence"])
    minus = tuple(tuple(-n for n in row) for row in claim.polynomials)
    turned = replace(claim, polynomials=minus, turn=gmpy2.mpq(-1), top=gmpy2.mpq(0))
    with mock.patch.object(panel, "contracts", return_value=True):
        return not panel._contracts_on(turned, span("-1", "1"), [])


def every_part_fades() -> bool:
    """Whether the terms of e^{−Δ²} over all of a range hold those at its far end."""
    honest = test_checker_steps.panel_of("2.4", "2.400001", 0)
    claim = panel.read_panel(honest["statement"], honest["evidence"])
    wide = replace(claim, delta=(gmpy2.mpq(2), gmpy2.mpq(3)))
    over, there = (panel._fading(wide, t, 4) for t in (span("-1", "1"), span("1")))
    return all(inside(one, all_) for one, all_ in zip(there.terms, over.terms, strict=True))


def means_hold_the_integral() -> bool:
    """Whether the integral of e^{σ/4} over [0, 1] is in its series."""
    quarter = Series([span("1/4")])
    even, odd = panel._means(quarter, quarter * 0)
    return inside(4 * span("1/4").expm1(), (even + odd).terms[0].hull(span("9/8")))


def late_start() -> bool:
    """A passage whose pieces begin just before its box, where the bound near 0 does not reach."""
    left = test_checker_steps._passages()[0]["evidence"]["left"]
    return is_rejected(passing(0, left=left[-1:]))


def rates_are_asked(bend: tuple[str, str], drift: tuple[str, str]) -> bool:
    """The first passage, in which K bends downward and rises with Delta, with other rates told."""
    told = (span(*bend), span(*drift))
    with mock.patch.object(passage, "_rates", return_value=told):
        return is_rejected(passing(0))


CONDITIONS = {
    "cases 1 and 2, small a": "0.5",
    "case 1, large a": "0.6",
    "case 5, wide": "0.6",
    "case 5": "0.58",
}
"""Conditions on the ratio, with one that is too small for each."""

STEPS: dict[str, Callable[[], bool]] = {
    "the image of Newton's step lies in its vicinity": the_zero_is_inside,
    "the slope of Newton's step is that of the whole vicinity": the_zero_is_inside,
    "x reaches its value at the greatest y and Delta": radii_are_inside,
    "x begins at its value at the least y and Delta": radii_are_inside,
    "g is greatest where the window is central": lambda: shifts_are_inside("3", "1", "2", "3/2"),
    "g is taken at the least Delta": lambda: shifts_are_inside("1", "1/8", "3/8", "1/8"),
    "g is taken at the greatest Delta": lambda: shifts_are_inside("1", "2", "3", "3"),
    "a witness: x is not below its least": lambda: witness_is_refused("x", 0),
    "a witness: x is not above its greatest": lambda: witness_is_refused("x", 1),
    "a witness: g at the least Delta": lambda: witness_is_refused("g", 0),
    "a witness: g at the greatest Delta": lambda: witness_is_refused("g", 0, low="2", high="3"),
    "a witness: g where the window is central": lambda: witness_is_refused("g", 1),
    "a piece falls to a process": lambda: shares_are_rejected("sign"),
    "of several processes the worst verdict counts": lambda: shares_are_rejected("sign"),
    "what is not cut into pieces is proved by one process": lambda: shares_are_rejected("root"),
    "every share of a file is asked for": all_are_asked,
    "a panel: by how much the residual moves a box":
        lambda: is_kept_out([["1"] * 2, ["0"] * 2], "1", "1/2"),
    "a panel: by how much the slopes vary":
        lambda: is_kept_out([["-1", "4"], ["0"] * 2], "0", "1/2"),
    "a panel: its boxes are positive": negative_boxes_are_refused,
    "a panel: the terms of phi(Delta)^2 on each part": every_part_fades,
    "a panel: a series ends where the rest is small": means_hold_the_integral,
    "each of several pieces is asked for": lambda: is_rejected(large(["1/4", "1", "-"], *UP)),
    "each of several facts is asked for": lambda: is_rejected(large(*HONEST, delta="4")),
    "a mark is proved for both halves of Delta":
        lambda: mark_is_refused("1/2", "2", "1/2", "513/1024"),
    "a mark is proved on both halves of y": lambda: mark_is_refused("3", "3", "1/5", "1/2"),
    "an end is proved for both halves of Delta": end_is_refused_somewhere,
    "near 0 the negative terms exceed 1": start_is_refused,
    "near 0 the factor 1 - x^2": the_edge_is_kept,
    "near eps_max the pull grows only from y = 3 Delta on":
        lambda: end_is_refused("113/100", "1/2"),
    "g reaches g_max": lambda: end_is_refused("17/20", "1/4"),
    "x reaches x_max": lambda: end_is_refused("79/100", "1/4"),
    "near eps_max (1 - g^2)^2 is outweighed": lambda: end_is_refused("3", "17/20"),
    "large Delta: K < 0 up to the first piece": lambda: is_rejected(large(*UP)),
    "large Delta: the mark of each piece": lambda: is_rejected(large(["1/4", "1", "-"], *UP)),
    "large Delta: each inequality": lambda: is_rejected(large(*HONEST, delta="4")),
    "large units: u at the greatest v and Delta": pairs_are_inside,
    "large units: u at the least v and Delta": pairs_are_inside,
    "large units: masses at the greatest u and Delta": pairs_are_inside,
    "large units: masses at the greatest v and Delta": pairs_are_inside,
    "large units: omega at both ends": remainders_are_inside,
    "large units: the slope of omega": remainders_are_inside,
    "large units: near 0 the negative terms exceed the positive":
        lambda: concavity_is_refused("3/4", "3/2"),
    "large units: near 0 the factor 1 - x^2": lambda: concavity_is_refused(*EDGE_OF_X),
    **{
        f"all sets: {name}": lambda name=name, ratio=ratio: condition_is_refused(name, ratio)
        for name, ratio in CONDITIONS.items()
    },
    "all sets: case 3": case_3_is_refused_beyond,
    "all sets: case 1, both halves of a piece": lambda: pieces_are_refused("0.65", "0.4", "2.5"),
    "all sets: case 1, the mass at the least a of a piece":
        lambda: pieces_are_refused("0.65", "1", "2"),
    "all sets: case 1, the risk at the greatest a of a piece":
        lambda: pieces_are_refused("0.65", "0.6", "1.147"),
    "all sets: case 2, the risk at the greatest a of a piece":
        lambda: not of_sets("1/2").small(gmpy2.mpq("0.1"), gmpy2.mpq("0.7")),
    "all sets: case 4, the mass of the small gaps at the least w":
        lambda: box_is_refused("0.66", "2", "2", "0", "2"),
    "all sets: case 4, the mass of the largest gap where it is least":
        lambda: box_is_refused("0.66", "1.05", "1.5", "1", "1.05"),
    "all sets: case 4, the risk at the greatest mean":
        lambda: box_is_refused("0.66", "1.05", "5", "0", "5", scale="1/2"),
    "all sets: case 4, the risk at the least mean":
        lambda: box_is_refused("0.66", "3", "3", "1", "1", scale="3"),
    "all sets: case 4, each box": lambda: is_rejected(sets(["."])),
    "all sets: case 4, the boxes to their end": lambda: is_rejected(sets(honest_boxes()[:-1])),
    "all sets: both halves of a": lambda: halves_are_whole("a"),
    "all sets: both halves of w": lambda: halves_are_whole("w"),
    "small Delta: y from 2 Delta on": lambda: alone_rejects("nothing", "1/20", "4"),
    "small Delta: g < 1": lambda: alone_rejects("g < 1", "2", "4"),
    "small Delta: x < 1": lambda: alone_rejects("x < 1", "2", "4"),
    "small Delta: K < 0 up to the first place": lambda: alone_rejects("start", "2", "4"),
    "small Delta: K < 0 on each piece": lambda: alone_rejects("piece", "2", "4"),
    "small Delta: from the last place on the second term grows":
        lambda: alone_rejects("end: it grows", "2", "3"),
    "small Delta: and outweighs": lambda: alone_rejects("end", "2", "4"),
    "small Delta: the second term over all y of a piece":
        lambda: bracket_is_least("3", "4", "1/64"),
    "small Delta: the second term for every Delta": lambda: bracket_is_least("1", "1", "1/4"),
    "small Delta: the first term at the greatest y": lambda: bracket_is_least("1/4", "1/2", "1/64"),
    "small Delta: the first term counts 1 + s": lambda: bracket_is_least("1", "1", "1/4"),
    "small Delta: the rest is outweighed": weak_bracket_is_refused,
    "small Delta: g is taken at the least y": weak_bracket_is_refused,
    "a passage: K bends upward in the box": lambda: rates_are_asked(("-1", "1"), ("1", "2")),
    "a passage: K moves one way with Delta": lambda: rates_are_asked(("-2", "-1"), ("-1", "1")),
    "a passage: K < 0 at its start": late_start,
    "means: what lies between the nodes": lambda: means_are_inside(COARSE),
    "means: what lies beyond the last": lambda: means_are_inside(SHORT),
    "means: the strip ends before a pole": lambda: means_are_inside(WIDE),
    **{
        f"large Delta: {name}": lambda name=name, delta=delta: inequality_is_refused(name, delta)
        for name, delta in INEQUALITIES.items()
    },
}  # fmt: skip


SLOW = "all sets: case 4, the boxes to their end"


@pytest.mark.heavy
@pytest.mark.step(*STEPS)
@pytest.mark.parametrize("step", [heavy(step) if step == SLOW else step for step in STEPS])
def test_without_the_step_a_function_says_what_is_not_so(step: str) -> None:
    is_right = STEPS[step]
    assert is_right()
    with dropped(step):
        assert not is_right()


def test_a_step_is_back_where_it_was_left_out() -> None:
    step = "a mark is proved for both halves of Delta"
    is_right = STEPS[step]
    with dropped(step):
        assert not is_right()
    assert is_right()
