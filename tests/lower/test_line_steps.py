"""The steps behind lines above every set, at their edges, and what is asked of each of them."""

import random
from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from typing import Any

import mpmath
import pytest
from flint import arb

from bounds.certify.errors import Inconclusive, Notice
from bounds.certify.exact import to_ball
from bounds.certify.numbers.precision import working_precision
from bounds.lower import support_lines
from bounds.lower.line import Line
from bounds.lower.set_cases import first_case
from bounds.lower.set_information import set_bound
from bounds.lower.sets import UNIT
from bounds.lower.support_lines import LINES, far_mass, first_cases, prove_line, split_cost

HAIR = Fraction(1, 10**12)
LINE = Line(Fraction(1, 5), Fraction(3, 8), Fraction(5))


def q(gap: Any) -> mpmath.mpf:
    return 2 * mpmath.ncdf(real(gap) / 2) - 1


def real(number: Any) -> mpmath.mpf:
    return mpmath.mpf(number.numerator) / number.denominator


# Step 1


@pytest.mark.step("and what moving errs by on the right side")
@pytest.mark.parametrize("widest", ["2", "5", "3.2", "11/2"])
def test_what_one_side_of_a_gap_costs(widest: str) -> None:
    """W = E[(Z − s)²; s < Z < t] + E[(Z + s)²; Z ≥ t] for t = G/2, by sums."""
    with mpmath.workdps(30), working_precision(128):
        t = real(Fraction(widest)) / 2
        s = t - real(support_lines._NEARER)
        assert 0 <= s <= t
        near = mpmath.quad(lambda z: (z - s) ** 2 * mpmath.npdf(z), [s, t])
        far = mpmath.quad(lambda z: (z + s) ** 2 * mpmath.npdf(z), [t, t + 3, 14])
        found = split_cost(to_ball(Fraction(widest)))
        wanted = mpmath.mpf(found.str(25, radius=False))
        assert abs(wanted / (near + far) - 1) < mpmath.mpf(10) ** -15


@pytest.mark.step("a set is split at a gap that costs enough", "and that is wide enough for W")
def test_a_gap_is_to_cost_more_than_it_may_confuse(monkeypatch: pytest.MonkeyPatch) -> None:
    """W < βq(G), and not equal; below G = 2 there is no s for W."""
    asked = facts(monkeypatch)
    monkeypatch.setattr(support_lines, "split_cost", lambda _: arb("0.1875"))
    monkeypatch.setattr(support_lines, "gap_mass", lambda _: arb("0.5"))
    prove = prove_line.__wrapped__
    with pytest.raises(Inconclusive, match="costs less than it may"):
        prove(LINE)
    steeper = replace(LINE, beta=LINE.beta + HAIR)
    assert prove(steeper)
    assert prove(replace(steeper, widest=Fraction(2)))
    with pytest.raises(Inconclusive, match="costs less than it may"):
        prove(replace(steeper, widest=2 - HAIR))
    assert len(asked) == 2


# Step 2


def facts(monkeypatch: pytest.MonkeyPatch, flatter: Line | None = None) -> list[Any]:
    """All that a line needs, and what is asked of the cases."""
    asked: list[Any] = []
    monkeypatch.setattr(support_lines, "_guides_for", lambda line: [line.key()])
    monkeypatch.setattr(support_lines, "_flatter", lambda _: flatter)
    monkeypatch.setattr(support_lines, "_kept_cases", lambda _: None)
    monkeypatch.setattr(
        support_lines, "_all_cases", lambda *given: asked.append(given) or iter([5, 7])
    )
    return asked


def test_every_step_of_a_line_is_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    prove = prove_line.__wrapped__
    asked = facts(monkeypatch)
    assert prove(LINE).pieces == {"hull from 0.0 to 0.5": 5, "hull from 0.5 to 1.0": 7}
    assert asked == [(LINE, [LINE.key()])]
    monkeypatch.setattr(support_lines, "_kept_cases", lambda line: [3] if line == LINE else None)
    assert prove(LINE).pieces == {"hull from 0.0 to 0.5": 3}
    assert len(asked) == 1
    assert LINE.key() == "1/5 3/8 5"
    assert LINE.at(Fraction(2)) == Fraction("0.95")


def test_a_flatter_line_is_proved_where_it_takes_over(monkeypatch: pytest.MonkeyPatch) -> None:
    flatter = replace(LINE, beta=LINE.beta / 2)
    asked = facts(monkeypatch, flatter)
    proved: list[Line] = []

    def refuse(line: Line) -> None:
        proved.append(line)
        raise Inconclusive("the flatter line")

    honest = prove_line.__wrapped__
    monkeypatch.setattr(support_lines, "prove_line", refuse)
    with pytest.raises(Inconclusive, match="the flatter line"):
        honest(LINE)
    assert proved == [flatter]
    assert not asked


def test_a_line_without_a_guide_is_not_proved() -> None:
    with pytest.raises(Inconclusive, match="no guide is stored for the line 1/5 3/8 5"):
        prove_line(LINE)


@pytest.mark.step("hulls are left out for their mass alone")
@pytest.mark.parametrize(
    "line", [*LINES[5::3], LINE, Line(Fraction("0.99"), Fraction("0.4"), Fraction(5))]
)
def test_no_hull_is_left_out(line: Line) -> None:
    """Beyond the last stretch p(D) ≥ M₀; up to where it begins, not."""
    most = far_mass(line)
    flatter = support_lines._flatter(line)
    levels = [other.at(most) for other in (flatter,) if other is not None]
    assert line.at(most) >= min([Fraction(1), *levels, set_bound(most)]) - HAIR
    count = first_cases(line)
    with mpmath.workdps(30):

        def mass(number: int) -> mpmath.mpf:
            whole, rest = divmod(Fraction(number, 2), line.widest)
            return whole * q(line.widest) + q(rest)

        assert mass(count) >= real(most) > mass(count - 1) - mpmath.mpf(2) ** -25


def test_the_cases_of_each_stretch(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[Any] = []

    def prove(case: Any, *given: Any, far: Fraction) -> tuple[int, str]:
        assert far == far_mass(LINE)
        asked.append((case, *given))
        return len(asked), "guide"

    monkeypatch.setattr(support_lines, "prove_cases", prove)
    count = first_cases(LINE)
    guides = [f"guide {n}" for n in range(count - 1)]
    assert list(support_lines._all_cases(LINE, guides)) == [*range(1, count + 1)]
    assert asked == [(first_case(n), LINE, guide) for n, guide in enumerate([*guides, None])]


# What is kept


def read(kept: Any, monkeypatch: pytest.MonkeyPatch) -> Any:
    class Reader:
        def read(self, statement: Any, check: Callable[[Any], None]) -> Any:
            assert statement == support_lines._statement()
            check(kept)
            return kept

    monkeypatch.setattr(support_lines, "KEPT", Reader())
    return support_lines._kept.__wrapped__()


def test_what_is_kept_is_read_as_it_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    counts = [[index] * first_cases(line) for index, line in enumerate(LINES, 1)]
    assert read(counts, monkeypatch) == dict(zip(LINES, counts, strict=True))


def test_what_is_kept_in_part_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    counts = [[7] * first_cases(line) for line in LINES]
    for altered in (counts[:-1], [*counts, counts[-1]]):
        with pytest.raises(ValueError, match="zip"):
            read(altered, monkeypatch)
    for altered in (counts[0][:-1], [*counts[0], 7]):
        with pytest.raises(ValueError, match="stretches"):
            read([altered, *counts[1:]], monkeypatch)


def test_the_statement_is_that_of_the_lines_and_their_guides() -> None:
    told = support_lines._statement()
    assert [Line(*map(Fraction, numbers[:3])) for numbers in told["lines"]] == [*LINES]
    assert len({numbers[3] for numbers in told["lines"]}) == len(LINES)


def test_what_is_kept_is_made_of_the_whole_proof(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        support_lines, "prove_cases", lambda case, *_, **__: (case[-1][0] + 1, "guide")
    )
    statement, made = support_lines._made()
    assert statement == support_lines._statement()
    for line, counts in zip(LINES, made, strict=True):
        assert counts == [n * UNIT // 2 + 1 for n in range(first_cases(line))]


@pytest.mark.step(
    "a kept line has the cases that its guides lead to", "and any of them may be drawn"
)
def test_kept_cases_are_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    """How they are split is walked through in full; those that are drawn are of any stretch."""
    counts, asked = [3, 50, 1, 7], dict[int, list[set[int]]]()

    def prove(case: Any, line: Line, guide: str, *, far: Fraction, drawn: Any) -> tuple[int, str]:
        number = case[-1][0] * 2 // UNIT
        assert (line, guide, far) == (LINE, f"guide {number}", far_mass(LINE))
        asked.setdefault(number, []).append({n for n in drawn if 0 <= n < counts[number]})
        return found[number], guide

    monkeypatch.setattr(support_lines, "_kept", lambda: {LINE: counts})
    monkeypatch.setattr(support_lines, "_guides_for", lambda _: [f"guide {n}" for n in range(4)])
    monkeypatch.setattr(support_lines, "prove_cases", prove)
    random.seed(1)
    for _ in range(60):
        found = list(counts)
        assert support_lines._kept_cases(LINE) == counts
    for number, count in enumerate(counts):
        assert set().union(*asked[number]) == set(range(count))
    totals = [sum(map(len, drawn)) for drawn in zip(*asked.values(), strict=True)]
    assert totals == [support_lines._DRAWN] * 60
    for number in range(4):
        for change in (-1, 1):
            found = [n + change * (place == number) for place, n in enumerate(counts)]
            with pytest.warns(Notice, match="has other cases"):
                assert support_lines._kept_cases(LINE) is None


@pytest.mark.step("what was not proved is told")
def test_a_line_says_how_much_of_it_is_from_the_store(monkeypatch: pytest.MonkeyPatch) -> None:
    prove = prove_line.__wrapped__
    facts(monkeypatch)
    assert prove(LINE).stored == 0
    monkeypatch.setattr(support_lines, "_kept_cases", lambda _: [30, 4])
    assert prove(LINE).stored == 34 - support_lines._DRAWN
    monkeypatch.setattr(support_lines, "_kept_cases", lambda _: [3, 4])
    assert prove(LINE).stored == 0


def test_of_a_kept_line_a_drawn_case_that_does_not_hold_is_noticed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(support_lines, "_kept", lambda: {LINE: [5]})
    monkeypatch.setattr(support_lines, "_guides_for", lambda _: ["guide"])

    def prove(*_: Any, **__: Any) -> tuple[int, str]:
        raise Inconclusive("a set may be above the line")

    monkeypatch.setattr(support_lines, "prove_cases", prove)
    with pytest.warns(Notice, match="may be above the line"):
        assert support_lines._kept_cases(LINE) is None
    monkeypatch.setattr(support_lines, "_kept", dict)
    assert support_lines._kept_cases(LINE) is None
    monkeypatch.setattr(support_lines, "_kept", lambda: None)
    assert support_lines._kept_cases(LINE) is None


# Without a guide


@pytest.mark.parametrize("guides", [[], ["~"], ["-"], ["!"], ["+" * 9]], ids=str)
def test_a_guide_that_is_missing_or_false_costs_time_only(guides: list[str]) -> None:
    """The first stretch of the lines' hulls is one case, which is found at once."""
    line = LINES[7]
    whole = support_lines._cases_of(line, support_lines._guides_for(line), 0)
    told = pytest.warns(Notice, match="does not lead to a proof") if guides[:1] != [] else None
    if told is None or guides == ["+" * 9]:  # what follows a whole guide is not read
        assert support_lines._cases_of(line, guides, 0) == whole
        return
    with told:
        assert support_lines._cases_of(line, guides, 0) == whole


def test_a_line_of_ones_own_is_not_searched_for_where_a_guide_fails(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(support_lines, "found_guide", None)
    lower = replace(LINES[7], alpha=LINES[7].alpha - Fraction(1, 10**6))
    with pytest.raises(Inconclusive):
        support_lines._cases_of(lower, ["!"], 0)
