"""The steps behind lines above every set, at their edges, and what is asked of each of them."""

import random
from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from typing import Any

import mpmath
import pytest
from flint import arb

from bounds.certify.errors import Inconclusive
from bounds.certify.exact import to_ball
from bounds.certify.numbers.precision import working_precision
from bounds.lower import support_lines
from bounds.lower.any_set import SEAM, end_excess
from bounds.lower.set_cases import first_case
from bounds.lower.set_information import set_bound
from bounds.lower.support_lines import (
    Line,
    _box_holds,
    _interval_below,
    _tanh_below,
    far_mass,
    first_cases,
    prove_line,
    split_cost,
)

HAIR = Fraction(1, 10**12)
LINE = Line(Fraction(1, 5), Fraction(3, 8), Fraction(5))


def q(gap: Any) -> mpmath.mpf:
    return 2 * mpmath.ncdf(real(gap) / 2) - 1


def real(number: Any) -> mpmath.mpf:
    return mpmath.mpf(number.numerator) / number.denominator


def fraction(number: mpmath.mpf) -> Fraction:
    return Fraction(mpmath.nstr(number, 30))


def sharp_in_alpha(holds: Callable[[Line], bool], alpha: mpmath.mpf, line: Line) -> bool:
    """Whether a comparison holds for lines from this α on and not below it."""
    edge = fraction(alpha)
    with working_precision(128):
        above, below = (holds(replace(line, alpha=edge + sign * HAIR)) for sign in (1, -1))
    return above and not below


# Step 1


@pytest.mark.parametrize("widest", ["5", "3.2", "11/2"])
def test_what_one_side_of_a_gap_costs(widest: str) -> None:
    """W = E[(Z + s)²; Z ≥ t] + E[(Z + s)²; Z ≥ s] for t = G/2 and the s of the file, by sums."""
    with mpmath.workdps(30), working_precision(128):
        t = real(Fraction(widest)) / 2
        s = t + real(support_lines._FARTHER)
        assert s >= t
        wanted = sum(
            mpmath.quad(lambda z: (z + s) ** 2 * mpmath.npdf(z), [low, low + 3, 14])
            for low in (t, s)
        )
        found = split_cost(to_ball(Fraction(widest)))
        assert abs(mpmath.mpf(found.str(25, radius=False)) / wanted - 1) < mpmath.mpf(10) ** -15


# Bounds of ρ


def test_the_risk_of_an_interval_is_rounded_up(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[tuple[Any, ...]] = []

    def risk(*given: Any) -> arb:
        asked.append(given)
        return arb("0.5", "0.1")

    monkeypatch.setattr(support_lines, "interval_risk", risk)
    found = support_lines._proved_hull.__wrapped__(Fraction(3, 2))
    assert Fraction("0.6") <= found <= Fraction("0.600001")
    assert found * 10**6 == int(found * 10**6)
    assert [given[0] for given in asked] == [Fraction(3, 2)]


def rho(monkeypatch: pytest.MonkeyPatch) -> None:
    """ρ as (a − 1)/(2a), which is below a²/(1 + a²)."""
    monkeypatch.setattr(support_lines, "_hull_risk", lambda hull: to_ball((hull - 1) / (2 * hull)))


@pytest.mark.parametrize("half", ["21/20", "9/8", "1.13", "13/4", "7.99", "8", "8.01", "20"])
def test_an_interval_is_below_a_level_at_the_next_half_width(
    half: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    rho(monkeypatch)
    a = Fraction(half)
    hulls = [hull for hull in support_lines._HULLS if hull >= a]
    assert list(support_lines._HULLS) == sorted(support_lines._HULLS)
    edge = a * a / (1 + a * a)
    if hulls:
        assert (edge > (hulls[0] - 1) / (2 * hulls[0])) is True
        edge = (hulls[0] - 1) / (2 * hulls[0])
    with working_precision(128):
        assert _interval_below(to_ball(edge + HAIR), a)
        assert not _interval_below(to_ball(edge - HAIR), a)
        # by the linear estimate alone
        monkeypatch.setattr(support_lines, "_hull_risk", lambda _: arb(2))
        assert _interval_below(to_ball(a * a / (1 + a * a) + HAIR), a)
        assert not _interval_below(to_ball(a * a / (1 + a * a) - HAIR), a)


def test_bounds_of_rho_are_those_that_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(support_lines, "_proved_hull", lambda hull: hull + 1)
    for kept, wanted in ((None, 3), (support_lines._Proof({Fraction(2): Fraction(7)}, {}, {}), 7)):
        monkeypatch.setattr(support_lines, "_kept", lambda kept=kept: kept)
        assert support_lines._hull_risk(Fraction(2)) == wanted


# Steps 2 and 3


def two_points(a: mpmath.mpf) -> mpmath.mpf:
    h = mpmath.mpf(1) / 16
    nodes = (mpmath.sech(a * j * h) * mpmath.npdf(j * h) for j in range(1, 200))
    return a * a * mpmath.exp(-a * a / 2) * h * (mpmath.npdf(0) + 2 * sum(nodes))


def test_up_to_the_seam_each_piece_is_compared_at_its_worse_ends(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    taken: list[tuple[Any, ...]] = []
    monkeypatch.setattr(support_lines, "halved", lambda *given: taken.append(given) or "/..")
    assert support_lines._up_to_seam(LINE) == 2
    (whole, _, halves, _, most) = taken[0]
    assert whole == (0, SEAM)
    assert halves((Fraction(0), Fraction(2))) == ((0, 1), (1, 2))
    assert most == support_lines._MOST_BOXES
    for low, high in (("0", "1/2"), ("1/2", "3/4"), ("1", "21/20")):
        ends = Fraction(low), Fraction(high)
        with mpmath.workdps(40):
            alpha = two_points(real(ends[1])) - real(LINE.beta) * q(2 * ends[0])

        def holds(line: Line, ends: Any = ends) -> bool:
            support_lines._up_to_seam(line)
            return bool(taken[-1][1](ends))

        assert sharp_in_alpha(holds, alpha, LINE)


@pytest.mark.parametrize("line", [LINE, Line(Fraction("0.1"), Fraction("0.02"), Fraction(5)),
                                  Line(Fraction("0.4"), Fraction("0.5"), Fraction(3))])  # fmt: skip
def test_sets_with_small_gaps_are_compared_cell_by_cell(
    line: Line, monkeypatch: pytest.MonkeyPatch
) -> None:
    cells: list[tuple[arb, Fraction]] = []
    monkeypatch.setattr(
        support_lines, "_interval_below", lambda level, high: cells.append((level, high)) or True
    )
    with working_precision(128), mpmath.workdps(40):
        count = support_lines._small_gaps(line)
        ends = [SEAM, *(high for _, high in cells)]
        assert count == len(cells)
        per_length = 2 * q(line.widest) / real(line.widest)
        for low, (level, high) in zip(ends, cells, strict=False):
            assert low < high <= low + 1
            mass = max(2 * q(low), real(low) * per_length)
            wanted = real(line.alpha) + real(line.beta) * mass
            assert abs(mpmath.mpf(level.str(30, radius=False)) - wanted) < mpmath.mpf(10) ** -25

        def beyond(a: Fraction) -> bool:  # the sample alone is below the line
            return bool(real(line.alpha) + real(line.beta) * real(a) * per_length > 1)

        assert beyond(ends[-1])
        # four cells up to each half-width, and where those end, eighths
        wanted = [SEAM]
        for hull in support_lines._HULLS:
            low = wanted[-1]
            if not beyond(low):
                wanted += [low + (hull - low) * Fraction(j, 4) for j in (1, 2, 3, 4)]
        while not beyond(wanted[-1]):
            wanted.append(wanted[-1] + Fraction(1, 8))
        assert ends == wanted
        refused = cells[len(cells) // 2][1]
        monkeypatch.setattr(support_lines, "_interval_below", lambda _, high: high != refused)
        with pytest.raises(Inconclusive, match="an interval may be above the line near a = "):
            support_lines._small_gaps(line)


def test_a_line_without_a_slope_is_not_proved(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(support_lines, "_MOST_BOXES", 60)
    with pytest.raises(Inconclusive, match="no slope"):
        support_lines._small_gaps(Line(Fraction(1, 2), Fraction(0), Fraction(5)))


# Step 4


BOXES = [("5/4", "11/8", "1/2", "3/4"), ("21/20", "5/4", "0", "1/8"), ("2", "9/4", "0", "1/4"),
         ("5/4", "3/2", "7/8", "5/4"), ("2", "5/2", "3/2", "2")]  # fmt: skip


@pytest.mark.parametrize("box", BOXES)
@pytest.mark.parametrize("interval", [True, False])
def test_a_box_is_compared_at_its_worse_ends(
    box: tuple[str, ...], interval: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Below ρ(a₁), or below the best of the estimates s tanh(sx) at both ends of |θ|."""
    a0, a1, w0, w1 = map(Fraction, box)
    asked: list[Any] = []
    monkeypatch.setattr(
        support_lines, "_interval_below",
        lambda level, half: asked.append(half) or (interval and bool(level > arb("0.7"))),
    )  # fmt: skip
    monkeypatch.setattr(support_lines, "tanh_risk", lambda s, theta: to_ball(s / 100 + theta / 16))
    mass = q(max(2 * a0 - w1, a0)) + q(w0)
    wide, middle = (w0 + w1) / 2, (a0 + a1) / 2
    estimates = [(middle - pull * wide, max(a0 - w1, 0), a1) for pull in support_lines._PULLS]
    estimates.append((middle - wide / 4, max(a0 - 3 * w1 / 4, 0), a1 + w1 / 4))
    edge = min(
        s.limit_denominator(1024) / 100 + max(near, far) / 16 for s, near, far in estimates if s > 0
    )
    level = min(edge, Fraction("0.7")) if interval else edge
    with mpmath.workdps(40):
        alpha = real(level) - real(LINE.beta) * mass
        assert sharp_in_alpha(lambda line: _box_holds(line, a0, a1, w0, w1), alpha, LINE)
    assert set(asked) == {a1}


@pytest.mark.parametrize("side", [-1, 1])
@pytest.mark.parametrize("box", BOXES[:1] + BOXES[3:])
def test_two_clusters_are_compared_at_the_worse_end_of_their_middles(
    box: tuple[str, ...], side: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With risks least in between, the middles 2a - w/2 apart are the better ones."""
    a0, a1, w0, w1 = map(Fraction, box)
    near, far = a0 - 3 * w1 / 4, a1 + w1 / 4
    best = (near + far) / 2 + Fraction(side, 64)
    monkeypatch.setattr(support_lines, "_interval_below", lambda *_: False)
    monkeypatch.setattr(
        support_lines, "tanh_risk", lambda s, theta: to_ball(s / 100 + abs(theta - best) / 16)
    )
    s = (a0 + a1) / 2 - (w0 + w1) / 8
    level = s.limit_denominator(1024) / 100 + max(far - best, best - near) / 16
    with mpmath.workdps(40):
        alpha = real(level) - real(LINE.beta) * (q(max(2 * a0 - w1, a0)) + q(w0))
        assert sharp_in_alpha(lambda line: _box_holds(line, a0, a1, w0, w1), alpha, LINE)


def test_a_box_that_is_another_case() -> None:
    low = Line(Fraction(-9), Fraction(1, 100), Fraction(5))

    def holds(*box: str) -> bool:
        return _box_holds(low, *map(Fraction, box))

    assert not holds("2", "3", "2.99", "3")
    assert holds("2", "3", "3", "4")  # w ≥ a
    assert not holds("4", "4.9", "3", "3.0001")
    assert holds("4", "4.9", "1", "3")  # a gap of 2a − w ≥ 5
    assert not holds("4", "4.9", "1", "3.001")
    assert holds("5", "5.5", "5", "5.4")


@pytest.mark.parametrize(
    ("scale", "near", "far", "wanted"),
    [("1", "1/2", "3", {(Fraction(1), Fraction(3)), (Fraction(1), Fraction(1, 2))}),
     ("2/3", "-1", "2", {(Fraction(2, 3), Fraction(2)), (Fraction(2, 3), Fraction(0))})],
)  # fmt: skip
def test_an_estimate_is_taken_at_both_ends(
    scale: str, near: str, far: str, wanted: set[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: set[Any] = set()
    too_high: Any = None

    def told(*given: Fraction) -> arb:
        asked.add(given)
        return arb(1 if given == too_high else 0)

    monkeypatch.setattr(support_lines, "tanh_risk", told)
    given = (Fraction(scale), Fraction(near), Fraction(far))
    assert _tanh_below(arb("0.5"), *given)
    assert asked == wanted
    for one in wanted:
        too_high = one
        assert not _tanh_below(arb("0.5"), *given)
    too_high = None
    for scale in ("0", "-1"):
        assert not _tanh_below(arb("0.5"), Fraction(scale), Fraction(1), Fraction(2))
    assert not _tanh_below(arb(0), *given)


def test_the_boxes_are_all_of_step_4(monkeypatch: pytest.MonkeyPatch) -> None:
    taken: list[Any] = []
    monkeypatch.setattr(support_lines, "halved", lambda *given: taken.append(given) or ".")
    monkeypatch.setattr(support_lines, "_box_holds", lambda *given: taken.append(given) or True)
    assert support_lines._two_clusters(LINE) == "."
    (whole, holds, halves, _, most) = taken[0]
    ends: tuple[Fraction | int, ...] = (SEAM, 5, 0, 5)
    assert whole == support_lines._whole(LINE) == ends
    assert holds("abcd")
    assert taken[1] == (LINE, *"abcd")
    assert halves((0, 2, 0, 1)) == ((0, 1, 0, 1), (1, 2, 0, 1))
    assert most == support_lines._MOST_BOXES


def test_kept_boxes_are_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    proof = support_lines._Proof({}, {LINE: list("abcdefghijklmnop")}, {})
    seen: list[str] = []

    def of(kept: Any, good: bool) -> int:
        monkeypatch.setattr(support_lines, "_kept", lambda: kept)
        monkeypatch.setattr(
            support_lines,
            "_box_holds",
            lambda line, box: seen.append(box) or (good and line == LINE),
        )
        return support_lines._kept_clusters(LINE)

    monkeypatch.setattr(support_lines, "_two_clusters", lambda _: "/..")
    assert of(proof, good=True) == 16
    assert len(seen) == support_lines._LOOKED_AT
    assert of(proof, good=False) == of(None, good=True) == 2
    assert of(support_lines._Proof({}, {}, {}), good=True) == 2
    few = support_lines._Proof({}, {LINE: ["a"]}, {})
    assert of(few, good=True) == 1


# What is kept


def evidence() -> dict[str, Any]:
    lines = support_lines._in_three_steps()
    return {
        "hulls": [900_000] * len(support_lines._HULLS),
        "boxes": ["/.."] * len(lines),
        "cases": [[7] * first_cases(line) for line in support_lines._by_cases()],
    }


def read(kept: Any, monkeypatch: pytest.MonkeyPatch) -> Any:
    class Reader:
        def read(self, statement: Any, check: Callable[[Any], None]) -> Any:
            assert statement == support_lines._statement()
            check(kept)
            return kept

    monkeypatch.setattr(support_lines, "KEPT", Reader())
    return support_lines._kept.__wrapped__()


def test_what_is_kept_is_read_as_it_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    hulls: list[Fraction] = []

    def proved(hull: Fraction) -> Fraction:
        hulls.append(hull)
        return Fraction("0.9")

    monkeypatch.setattr(support_lines, "_proved_hull", proved)
    for _ in range(20):
        proof = read(evidence(), monkeypatch)
    assert max(hulls) <= support_lines._QUICK
    assert len(set(hulls)) > 3
    assert proof.hulls == dict.fromkeys(support_lines._HULLS, Fraction("0.9"))
    assert set(proof.boxes) | set(proof.cases) == set(support_lines.LINES)
    assert not set(proof.boxes) & set(proof.cases)
    for line, boxes in proof.boxes.items():
        assert len(boxes) == 2
        assert support_lines.halves_of(support_lines._whole(line)) == tuple(boxes[::-1])


@pytest.mark.parametrize("name", ["hulls", "boxes", "cases"])
def test_what_is_kept_in_part_is_refused(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(support_lines, "_proved_hull", lambda _: Fraction("0.9"))
    kept = evidence()
    for altered in (kept[name][:-1], [*kept[name], kept[name][-1]]):
        with pytest.raises(ValueError, match=r"zip|there"):
            read({**kept, name: altered}, monkeypatch)
    if name == "cases":
        for counts in (kept[name][0][:-1], [*kept[name][0], 7]):
            with pytest.raises(ValueError, match="stretches"):
                read({**kept, name: [counts, *kept[name][1:]]}, monkeypatch)
    if name == "hulls":
        with pytest.raises(ValueError, match="not as low"):
            read({**kept, name: [899_999] * len(kept[name])}, monkeypatch)
    if name == "boxes":
        with pytest.raises(ValueError, match="subdivision"):
            read({**kept, name: ["/."] * len(kept[name])}, monkeypatch)


def test_the_statement_is_that_of_the_lines_and_their_guides() -> None:
    told = support_lines._statement()
    assert [Fraction(half) for half in told["half_widths"]] == [*support_lines._HULLS]
    lines = [Line(*map(Fraction, numbers)) for numbers in told["lines"]]
    assert lines == support_lines._in_three_steps()
    cases = [Line(*map(Fraction, numbers[:3])) for numbers in told["by_cases"]]
    assert cases == support_lines._by_cases()
    assert len({numbers[3] for numbers in told["by_cases"]}) == len(cases)


def test_what_is_kept_is_made_of_the_whole_proof(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(support_lines, "_proved_hull", lambda hull: hull / 16)
    monkeypatch.setattr(support_lines, "_two_clusters", lambda line: f"boxes of {line.key()}")
    monkeypatch.setattr(
        support_lines, "prove_cases", lambda case, *_, **__: (case[-1][0] + 1, "guide")
    )
    statement, made = support_lines._made()
    assert statement == support_lines._statement()
    assert made["hulls"] == [int(hull * 10**6 / 16) for hull in support_lines._HULLS]
    assert made["boxes"] == [f"boxes of {line.key()}" for line in support_lines._in_three_steps()]
    for line, counts in zip(support_lines._by_cases(), made["cases"], strict=True):
        assert counts == [first_case(n)[-1][0] + 1 for n in range(first_cases(line))]


# The proof of a line


def facts(monkeypatch: pytest.MonkeyPatch, missing: str, guides: Any) -> list[Any]:
    asked: list[Any] = []

    def step(name: str, value: Any) -> Callable[..., Any]:
        def told(*given: Any) -> Any:
            asked.append((name, *given))
            if name == missing:
                raise Inconclusive(name)
            return value

        return told

    monkeypatch.setattr(support_lines, "_up_to_seam", step("seam", 2))
    monkeypatch.setattr(support_lines, "_small_gaps", step("small", 3))
    monkeypatch.setattr(support_lines, "_kept_clusters", step("clusters", 4))
    monkeypatch.setattr(support_lines, "_case_by_case", step("cases", {"hull": 5}))
    monkeypatch.setattr(support_lines, "stored_guides", lambda: guides)
    cost = 2 if missing == "split" else Fraction("0.1849")
    monkeypatch.setattr(support_lines, "split_cost", lambda _: to_ball(Fraction(cost)))
    monkeypatch.setattr(support_lines, "gap_mass", lambda _: arb("0.5"))
    ends = {"end": arb(0), "end, unsure": arb(0, 1)}
    monkeypatch.setattr(
        support_lines, "end_excess",
        lambda a: ends.get(missing, arb(1)) if a.overlaps(to_ball(SEAM)) else arb(-1),
    )  # fmt: skip
    return asked


STEPS = ("seam", "small", "clusters", "split", "end", "end, unsure")


def test_every_step_of_a_line_is_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    line = Line(Fraction(1, 5), Fraction("0.37"), Fraction(5))
    prove = prove_line.__wrapped__
    asked = facts(monkeypatch, "", {})
    assert list(prove(line).pieces.values()) == [2, 3, 4]
    assert asked == [("seam", line), ("small", line), ("clusters", line)]
    for missing in STEPS:
        facts(monkeypatch, missing, {})
        with pytest.raises(Inconclusive):
            prove(line)
    guides = {line.key(): ["guide"]}
    monkeypatch.setattr(support_lines, "_flatter", lambda _: None)
    asked = facts(monkeypatch, "", guides)
    assert prove(line).pieces == {"hull": 5}
    assert asked == [("cases", line, ["guide"])]
    for missing in ("cases", "split"):
        facts(monkeypatch, missing, guides)
        with pytest.raises(Inconclusive):
            prove(line)
    assert line.key() == "1/5 37/100 5"
    assert line.at(Fraction(2)) == Fraction("0.94")


def test_a_gap_is_to_cost_more_than_it_may_confuse(monkeypatch: pytest.MonkeyPatch) -> None:
    """W < βq(G), and not equal."""
    facts(monkeypatch, "", {})
    monkeypatch.setattr(support_lines, "split_cost", lambda _: arb("0.1875"))
    with pytest.raises(Inconclusive, match="costs less than it may"):
        prove_line.__wrapped__(LINE)
    assert prove_line.__wrapped__(replace(LINE, beta=LINE.beta + HAIR))
    with working_precision(64):
        assert end_excess(to_ball(SEAM)) > 0


@pytest.mark.parametrize(
    "line",
    [
        LINE,
        Line(Fraction("0.476"), Fraction("0.145"), Fraction(11, 2)),
        Line(Fraction("0.99"), Fraction("0.4"), Fraction(5)),
    ],
)
def test_no_hull_is_left_out(line: Line) -> None:
    """Beyond the last stretch D q(G)/G > M₀; up to where it begins, not."""
    most = far_mass(line)
    flatter = support_lines._flatter(line)
    levels = [other.at(most) for other in (flatter,) if other is not None]
    assert line.at(most) >= min([Fraction(1), *levels, set_bound(most)]) - HAIR
    with working_precision(64), mpmath.workdps(30):
        count = first_cases(line)

        def mass(half_widths: int) -> mpmath.mpf:
            return mpmath.mpf(half_widths) / 2 * q(line.widest) / real(line.widest)

        assert mass(count) > real(most) >= mass(count - 1)


def test_a_flatter_line_is_proved_where_it_takes_over(monkeypatch: pytest.MonkeyPatch) -> None:
    flatter = replace(LINE, beta=LINE.beta / 2)
    facts(monkeypatch, "", {LINE.key(): ["guide"]})
    asked: list[Line] = []

    def proved(line: Line) -> None:
        asked.append(line)
        raise Inconclusive("the flatter line")

    honest = prove_line.__wrapped__
    monkeypatch.setattr(support_lines, "prove_line", proved)
    monkeypatch.setattr(support_lines, "_flatter", lambda _: flatter)
    with pytest.raises(Inconclusive, match="the flatter line"):
        honest(LINE)
    assert asked == [flatter]


def test_the_cases_of_each_stretch(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[Any] = []

    def prove(case: Any, *given: Any, far: Fraction) -> tuple[int, str]:
        assert far == far_mass(LINE)
        asked.append((case, *given))
        return len(asked), "guide"

    monkeypatch.setattr(support_lines, "prove_cases", prove)
    monkeypatch.setattr(support_lines, "_kept_cases", lambda *_: None)
    count = first_cases(LINE)
    guides = [f"guide {n}" for n in range(count - 1)]
    found = support_lines._case_by_case(LINE, guides)
    assert list(found.values()) == [*range(1, count + 1)]
    assert list(found)[:2] == ["hull from 0.0 to 0.5", "hull from 0.5 to 1.0"]
    numbers = (LINE.alpha, LINE.beta, LINE.widest)
    assert asked == [(first_case(n), *numbers, guide) for n, guide in enumerate([*guides, None])]
    kept = {(LINE, tuple(guides)): [8, 9]}
    monkeypatch.setattr(
        support_lines, "_kept_cases", lambda line, guides: kept[line, tuple(guides)]
    )
    assert [*support_lines._case_by_case(LINE, guides).values()] == [8, 9]


def test_kept_cases_are_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    few = support_lines._FEW
    counts = [few, few + 1, 10**6, 7]
    drawn: list[int] = []

    def kept(proof: Any, proved: Any) -> Any:
        monkeypatch.setattr(support_lines, "_kept", lambda: proof)

        def cases(line: Line, guides: list[str], number: int) -> int:
            assert (line, guides) == (LINE, ["guide"])
            drawn.append(number)
            if proved is None:
                raise Inconclusive("not so")
            return proved(number)

        monkeypatch.setattr(support_lines, "_cases_of", cases)
        return support_lines._kept_cases(LINE, ["guide"])

    proof = support_lines._Proof({}, {}, {LINE: counts})
    random.seed(1)
    assert all(kept(proof, lambda n: counts[n]) == counts for _ in range(20))
    assert set(drawn) == {0, 3}
    assert kept(proof, lambda n: counts[n] + 1) is None
    assert kept(proof, lambda n: counts[n] - 1) is None
    assert kept(proof, None) is None
    assert kept(None, lambda n: counts[n]) is None
    assert kept(support_lines._Proof({}, {}, {}), lambda n: counts[n]) is None
