r"""Beyond the best slope: lines α + βM(S) above the minimax risk R*(S) of every set of means.

V(ε) is the supremum of R*(S) over sets with M(S) ≤ ε (see `any_set` for M and q, `limit` for V).
Each line proved here bounds V, and so its concave envelope: V(ε) ≤ α + βε. The first lines of
`LINES` touch b(ε), the risk of two points, up to 4·10⁻⁴, at masses from 0.66 to 0.71; with the line
(0, r*) of `any_set` they tell V's envelope to 10⁻³ up to ε = 0.71. Then one line is nearly all: the
envelope is a chord there, from two points of mass 0.740 to three of mass 1.352, 1.972 apart, and
the line is above it by 2 in 1000 up to ε = 1.35. Beyond, chains of more means earn more. Two lines
are above what is known from below (`envelope`) by 1 in 100 up to ε = 1.47, by 1 in 30 up to 2, by
1 in 10 up to 3; from 3.3 on `distant_line` is lower. How far above is a matter of time alone: the
closer a line is, and the smaller its slope, the more cases step 6 takes.

Theorem. R*(S) ≤ α + βM(S) for every set S, if the comparisons of `prove_line` hold.

Proof. Sets with α + βM(S) ≥ 1 are done, as the sample alone has risk 1; so S is bounded.
1. S has a gap g ≥ G, L left and R right of it. The client takes the side next to X, plays its
minimax estimate and moves it to the nearest point of [X − s, X + s], s ≥ t = G/2. Where it takes
the right side and |Z| ≤ s, moving brings it no farther; else the error is at most |Z| + s.
The wrong side is taken only where Z ≥ t, or only where −Z ≥ t. So R*(S) is at most the larger
of R*(L) and R*(R), plus W = E[(Z + s)²; Z ≥ t] + E[(Z + s)²; Z ≥ s]. And
M(S) = M(L) + M(R) + q(g), so if W ≤ βq(G) and L and R obey the line, S does. A set with
M(S) < (1 − α)/β has finitely many such gaps. From now on all gaps are below G.
Let [−a, a] be the hull, γ the largest gap, w = 2a − γ, and ρ(a) the minimax risk of the whole
interval, which increases with a.
2. a ≤ 21/20: R*(S) ≤ B(a) (case (3) of `any_set`, whose argument holds for all these a), and
M ≥ q(2a). Pieces of a, on which B and q increase.
3. a ≥ 21/20, γ ≤ a: M ≥ 2a q(γ)/γ, as q(g)/g decreases, so M ≥ 2q(a) and M ≥ 2a q(G)/G; and
R*(S) ≤ ρ(a) ≤ a²/(1 + a²). Cells of a, up to where α + 2aβq(G)/G ≥ 1.
4. a ≥ 21/20, γ > a, so that a < G: boxes in (a, w) as in case (4) of `any_set`: M ≥ q(γ) + q(w),
and the risk is at most ρ(a), or that of s·tanh(sx) on a − w ≤ |θ| ≤ a for some s, or on
a − 3w/4 ≤ |θ| ≤ a + w/4: the two clusters have widths that add up to w, so their middles are
2a − w/2 apart, and each lies within w/2 of its middle.
Strict: step 3 has ρ(a) for sets with gaps as wide as a, whose risk is much smaller; that is why the
lines so proved for smaller slopes β are not the best.

In place of steps 2 to 4, where a guide is stored (`set_cases`):
6. Let 0 be the leftmost point of S and D the length of its hull. As gaps are below G,
M ≥ D q(G)/G. From a mass M₀ on no set is above the line: where the bound by information is below it
(`set_information`, step 6), or the next line of a smaller slope, once that is proved. So with
D q(G)/G ≥ M₀ nothing is left to prove. For other D the stretch in which
the hull ends is one of finitely many, and the sets of each are split into cases (`sets`) by whether
some stretch holds a point. A case is done if two neighbouring stretches are G apart, as S then has
such a gap; if M ≥ M₀ for all of them; or by an estimate, by the theorem of `sets`. Near the
sets that the line touches only narrow cases are done, so a line nearly as low as it can be takes
thousands of them: some 100 for each stretch where it is 3 in 100 above, 300 to 1000 at 1 in 100.

No budget is too large (`distant_line`):
5. 1 − (1 + M(S))^{−2} is above R*(S) for every set (`set_information`, steps 1 to 4), and each of
its tangents is a line above every set. The one that touches it at κ is 1 − (1 + κ)^{−2} < 1 there.
"""

from __future__ import annotations

import json
import math
import random
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from hashlib import sha256
from itertools import pairwise
from typing import Any

from flint import arb

from bounds.certify.certificates.kept import Kept
from bounds.certify.errors import Inconclusive
from bounds.certify.exact import to_ball
from bounds.certify.io.files import write_whole
from bounds.certify.numbers.enclosure import dyadic_ends
from bounds.certify.numbers.precision import working_precision
from bounds.functions.normal import cdf, density
from bounds.lower.any_set import (
    SEAM,
    Box,
    Range,
    end_excess,
    gap_mass,
    halves_of,
    halves_of_range,
    linear_risk,
)
from bounds.lower.halving import PROVED, halved, parts_of
from bounds.lower.interval import interval_risk
from bounds.lower.set_cases import STORED, first_case, found_guide, prove_cases, stored_guides
from bounds.lower.set_information import enough, is_above, tangent_at
from bounds.lower.tanh_estimate import tanh_risk
from bounds.lower.two_point import risk

_BITS = 64
_MOST_BOXES = 20_000
_ROUNDS = 300  # more gain less than 10⁻³
_PULLS = tuple(Fraction(part, 8) for part in (2, 3, 1, 4, 0))
_HULLS = tuple(
    Fraction(eighths, 8)
    for eighths in (*range(9, 14), *range(14, 24, 2), *range(24, 30), *range(30, 48, 2), 48, 56, 64)
)
"""Half-widths at which ρ is bounded from above."""
_FARTHER = Fraction(3, 4)
"""s − G/2 of step 1: any s from G/2 on gives a bound, and this is about the best one."""
_PLACES = 10**6  # such a bound is rounded up to a multiple of its inverse
_LOOKED_AT = 8  # boxes of a kept proof that each process proves anew
_FEW = 100  # cases that are proved in a tenth of a second
_QUICK = Fraction(3)  # up to here a bound takes less than a tenth of a second
_CELLS = 4  # each stretch between them is cut into so many cells for step 3


@dataclass(frozen=True)
class Line:
    """R*(S) ≤ α + βM(S).

    Attributes:
        alpha: the height at mass 0.
        beta: the slope.
        widest: G, the gap from which on a set is split.
    """

    alpha: Fraction
    beta: Fraction
    widest: Fraction

    def at(self, kappa: Fraction) -> Fraction:
        """α + βκ."""
        return self.alpha + self.beta * kappa

    def key(self) -> str:
        """Its name among the stored guides."""
        return f"{self.alpha} {self.beta} {self.widest}"


@dataclass(frozen=True)
class LineProof:
    """How many pieces each case of the proof consists of."""

    line: Line
    pieces: dict[str, int]


def _line(alpha: str, beta: str, widest: str) -> Line:
    return Line(Fraction(alpha), Fraction(beta), Fraction(widest))


LINES = (
    _line("0.0193", "0.6322", "5"),
    _line("0.0423", "0.5976", "5"),
    _line("0.0675", "0.5603", "5"),
    _line("0.0949", "0.5203", "5"),
    _line("0.1246", "0.4775", "5"),
    _line("0.1570", "0.4315", "5"),
    _line("0.2012", "0.3700", "5"),
    _line("0.2376", "0.3200", "5"),
    _line("0.2722", "0.2737", "5"),
    _line("0.3785", "0.2000", "21/4"),
    _line("0.4760", "0.1450", "11/2"),
)
"""Lines by falling slope; found by floating point, each proved by `prove_line`."""


def split_cost(widest: arb) -> arb:  # W
    """What a client loses at most by taking one side of a gap G: see step 1."""
    t = widest / 2
    s = t + to_ball(_FARTHER)
    cost: arb = _square(s, t) + _square(s, s)
    return cost


def _square(move: arb, least: arb) -> arb:
    """E[(Z + s)²; Z ≥ a] = (1 + s²)Φ(−a) + (a + 2s)φ(a)."""
    value: arb = (1 + move * move) * cdf(-least) + (least + 2 * move) * density(least)
    return value


@cache
def _proved_hull(hull: Fraction) -> Fraction:
    """An upper bound of ρ at a half-width of the list, in millionths: up to a second each."""
    with working_precision(_BITS):
        return Fraction(
            math.ceil(dyadic_ends(interval_risk(hull, _ROUNDS))[1].fraction() * _PLACES), _PLACES
        )


def _hull_risk(hull: Fraction) -> arb:
    """The same, from the kept proof where it holds."""
    kept = _kept()
    return to_ball(_proved_hull(hull) if kept is None else kept.hulls[hull])


def _interval_below(level: arb, half: Fraction) -> bool:
    """Whether ρ is below the level: by the linear estimate, else at the next half-width."""
    if level > linear_risk(half):
        return True
    hull = next((hull for hull in _HULLS if half <= hull), None)
    return hull is not None and bool(level > _hull_risk(hull))


def _level(line: Line, mass: arb) -> arb:
    return to_ball(line.alpha) + to_ball(line.beta) * mass


def _up_to_seam(line: Line) -> int:
    """Step 2: the number of pieces."""

    def holds(ends: Range) -> bool:
        low, high = ends
        return bool(_level(line, gap_mass(to_ball(2 * low))) > risk(to_ball(high)))

    letters = halved(
        (Fraction(0), SEAM),
        holds,
        halves_of_range,
        lambda ends: f"two points are above the line near a = {float(ends[0])}",
        _MOST_BOXES,
    )
    return letters.count(PROVED)


def _small_gaps(line: Line) -> int:
    """Step 3: the number of cells."""
    per_length = gap_mass(to_ball(line.widest)) / to_ball(line.widest)
    ends = [SEAM]
    for hull in _HULLS:
        low = ends[-1]
        if _level(line, 2 * to_ball(low) * per_length) > 1:
            break
        ends += [low + (hull - low) * j / _CELLS for j in range(1, _CELLS + 1)]
    while not _level(line, 2 * to_ball(ends[-1]) * per_length) > 1:
        ends.append(ends[-1] + Fraction(1, 8))
        if len(ends) > _MOST_BOXES:
            raise Inconclusive("the line has no slope")
    for low, high in pairwise(ends):
        mass = (2 * gap_mass(to_ball(low))).max(2 * to_ball(low) * per_length)
        if not _interval_below(_level(line, mass), high):
            raise Inconclusive(f"an interval may be above the line near a = {float(low)}")
    return len(ends) - 1


def _box_holds(line: Line, a0: Fraction, a1: Fraction, w0: Fraction, w1: Fraction) -> bool:
    """Step 4 on one box."""
    least = max(2 * a0 - w1, a0)  # of γ
    if w0 >= a1 or least >= line.widest:
        return True
    level = _level(line, gap_mass(to_ball(least)) + gap_mass(to_ball(w0)))
    if _interval_below(level, a1):
        return True
    width, middle = (w0 + w1) / 2, (a0 + a1) / 2
    for pull in _PULLS:
        if _tanh_below(level, middle - pull * width, a0 - w1, a1):
            return True
    return _tanh_below(level, middle - width / 4, a0 - 3 * w1 / 4, a1 + w1 / 4)


def _tanh_below(level: arb, scale: Fraction, near: Fraction, far: Fraction) -> bool:
    """The risk of s·tanh(sx) is below the level for near ≤ |θ| ≤ far: its largest is at an end."""
    s = scale.limit_denominator(1024)
    near = max(near, Fraction(0))
    return s > 0 and bool(level > tanh_risk(s, far)) and bool(level > tanh_risk(s, near))


def _whole(line: Line) -> Box:
    return (SEAM, line.widest, Fraction(0), line.widest)


def _two_clusters(line: Line) -> str:
    """Step 4: the letters that tell how the boxes were cut, see `halving`."""
    return halved(
        _whole(line),
        lambda box: _box_holds(line, *box),
        halves_of,
        lambda box: f"two clusters may be above the line near a = {float(box[0])}",
        _MOST_BOXES,
    )


def _kept_clusters(line: Line) -> int:
    """The number of boxes of step 4, from the kept proof where it holds."""
    kept = _kept()
    boxes = [] if kept is None else kept.boxes.get(line, [])
    some = random.sample(boxes, min(_LOOKED_AT, len(boxes)))
    if some and all(_box_holds(line, *box) for box in some):
        return len(boxes)
    return _two_clusters(line).count(PROVED)


@dataclass(frozen=True)
class _Proof:
    """Upper bounds of ρ by half-width; by line the boxes of step 4, or the counts of step 6."""

    hulls: dict[Fraction, Fraction]
    boxes: dict[Line, list[Box]]
    cases: dict[Line, list[int]]


@cache
def _kept() -> _Proof | None:
    """The kept proof; None where it does not hold."""
    proofs: list[_Proof] = []

    def check(evidence: dict[str, Any]) -> None:
        pairs = zip(_HULLS, evidence["hulls"], strict=True)
        hulls = {hull: Fraction(bound, _PLACES) for hull, bound in pairs}
        cuts = zip(_in_three_steps(), evidence["boxes"], strict=True)
        boxes = {line: list(parts_of(cut, _whole(line), halves_of)) for line, cut in cuts}
        hull = random.choice([hull for hull in _HULLS if hull <= _QUICK])
        if _proved_hull(hull) > hulls[hull]:
            raise ValueError(f"the risk up to a half-width of {hull} is not as low")
        cases = dict(zip(_by_cases(), evidence["cases"], strict=True))
        if any(len(counts) != first_cases(line) for line, counts in cases.items()):
            raise ValueError("the stretches for the end of the hull are not all there")
        proofs.append(_Proof(hulls, boxes, cases))

    return proofs[0] if KEPT.read(_statement(), check) is not None else None


def _in_three_steps() -> list[Line]:
    """The lines that are proved by steps 2 to 4: no guide is stored for them."""
    return [line for line in LINES if line.key() not in stored_guides()]


def _by_cases() -> list[Line]:
    """The lines that are proved by step 6."""
    return [line for line in LINES if line.key() in stored_guides()]


def _hash_of_guide(line: Line) -> str:
    return sha256("\n".join(stored_guides()[line.key()]).encode()).hexdigest()


def _statement() -> dict[str, Any]:
    """What is kept."""
    return {
        "text": "the minimax risk of means up to each half-width, in millionths, and steps 4 and 6",
        "half_widths": [str(hull) for hull in _HULLS],
        "lines": [line.key().split() for line in _in_three_steps()],
        "by_cases": [[*line.key().split(), _hash_of_guide(line)] for line in _by_cases()],
    }


def _made() -> tuple[dict[str, Any], dict[str, Any]]:
    hulls = [int(_proved_hull(hull) * _PLACES) for hull in _HULLS]
    with working_precision(_BITS):
        boxes = [_two_clusters(line) for line in _in_three_steps()]
        guides = stored_guides()
        cases = [list(_all_cases(line, guides[line.key()])) for line in _by_cases()]
    return _statement(), {"hulls": hulls, "boxes": boxes, "cases": cases}


KEPT = Kept(__name__, _made)
"""The bounds of ρ, and steps 4 and 6 for the lines that need them, in support_lines.json."""


@cache
def prove_line(line: Line) -> LineProof:
    """Prove that R*(S) ≤ α + βM(S) for every set S of means: by cases where a guide is stored.

    A `distant_line` needs step 5 alone.

    What takes long for the other `LINES` is kept (`bounds.certify.certificates.kept`).

    Raises:
        Inconclusive: a case is not proved within the budget: the line may be too low.
    """
    if is_distant(line):
        return LineProof(line, {"any hull": 1})
    with working_precision(_BITS):
        widest = to_ball(line.widest)
        if not split_cost(widest) < to_ball(line.beta) * gap_mass(widest):
            raise Inconclusive(f"a gap of {float(line.widest)} costs less than it may confuse")
        guides = stored_guides().get(line.key())
        if guides is not None:
            flatter = _flatter(line)
            if flatter is not None:
                prove_line(flatter)  # from M₀ on it lies below
            return LineProof(line, _case_by_case(line, guides))
        if not end_excess(to_ball(SEAM)) > 0:
            raise Inconclusive("two points are not proved the worst up to a = 21/20")
        pieces = {
            "a up to 21/20": _up_to_seam(line),
            "largest gap up to a": _small_gaps(line),
            "largest gap above a": _kept_clusters(line),
        }
    return LineProof(line, pieces)


def _case_by_case(line: Line, guides: list[str]) -> dict[str, int]:
    """Step 6: the number of cases, by where the hull ends; from the kept proof where it holds."""
    counts = _kept_cases(line, guides) or list(_all_cases(line, guides))
    return {f"hull from {n / 2} to {(n + 1) / 2}": count for n, count in enumerate(counts)}


def _all_cases(line: Line, guides: list[str]) -> Iterator[int]:
    for number in range(first_cases(line)):
        yield _cases_of(line, guides, number)


def _cases_of(line: Line, guides: list[str], number: int) -> int:
    """The cases of one stretch, each proved."""
    guide = guides[number] if number < len(guides) else None
    first, far = first_case(number), far_mass(line)
    return prove_cases(first, line.alpha, line.beta, line.widest, guide, far=far)[0]


def _kept_cases(line: Line, guides: list[str]) -> list[int] | None:
    """What is kept of a line, if it holds where it is looked at: a stretch drawn anew."""
    kept = _kept()
    counts = None if kept is None else kept.cases.get(line)
    if counts is None:
        return None
    number = random.choice([n for n, count in enumerate(counts) if count <= _FEW])
    try:
        return counts if _cases_of(line, guides, number) == counts[number] else None
    except Inconclusive:
        return None


def far_mass(line: Line) -> Fraction:
    """M₀ of step 6: sets of that mass and more are below the line by what is proved elsewhere."""
    most, flatter = enough(line.alpha, line.beta), _flatter(line)
    return most if flatter is None else min(most, _crossing(line, flatter))


def _flatter(line: Line) -> Line | None:
    """The next one of `LINES` with a smaller slope."""
    return max(
        (other for other in LINES if other.beta < line.beta),
        key=lambda other: other.beta,
        default=None,
    )


def _crossing(line: Line, flatter: Line) -> Fraction:
    """The mass from which on a flatter line is not above another one."""
    return max(Fraction(0), (flatter.alpha - line.alpha) / (line.beta - flatter.beta))


def first_cases(line: Line) -> int:
    """How many stretches for the end of the hull there are before M is enough for the line."""
    widest, most = to_ball(line.widest), to_ball(far_mass(line))
    per_length = gap_mass(widest) / widest
    number = 0
    while not to_ball(Fraction(number, 2)) * per_length > most:
        number += 1
    return number


def best_line(kappa: Fraction) -> Line:
    """The lowest line at κ: one of `LINES`, or the `distant_line` there."""
    return min((*LINES, distant_line(kappa)), key=lambda line: line.at(kappa))


def distant_line(kappa: Fraction) -> Line:
    """A line with α + βκ < 1, for any κ: no budget makes every client lose as much as alone.

    The argument is step 5.

    Args:
        kappa: κ > 0.
    """
    return Line(*tangent_at(kappa), Fraction(0))


def is_distant(line: Line) -> bool:
    """Whether step 5 alone proves a line for every set: a comparison of rational numbers."""
    return is_above(line.alpha, line.beta)


def rebuilt_guides() -> dict[str, list[str]]:
    """The guides of the lines that are proved by cases, searched for anew: a minute for each."""
    return {
        line.key(): [
            found_guide(first_case(number), line.alpha, line.beta, line.widest, far_mass(line))
            for number in range(first_cases(line))
        ]
        for line in LINES
        if line.key() in stored_guides()
    }


if __name__ == "__main__":
    write_whole(STORED, json.dumps(rebuilt_guides(), indent=1) + "\n")
