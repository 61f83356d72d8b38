r"""Beyond the best slope: lines α + βM(S) above the minimax risk R*(S) of every set of means.

V(ε) is the supremum of R*(S) over sets with M(S) ≤ ε (see `any_set` for M and q, `limit` for V).
Each line proved here bounds V, and so its concave envelope: V(ε) ≤ α + βε. With the line (0, r*) of
`any_set` and the risks of `attacks` they tell it to 1/1000 up to ε = 1.37. The first lines of
`LINES` touch b(ε), the risk of two points, at masses from 0.66 to 0.74; the envelope goes on with
chords, from two points to three of mass 1.352, 1.972 apart, from there to four and to five, with a
short arc between each two. The lines for the later chords are above what is known from below by 1
in 700 up to ε = 2.08 and by 3 in 200 up to 3. How far above is a matter of time alone: the nearer
a line is, and the smaller its slope, the more cases step 2 takes.

Theorem. R*(S) ≤ α + βM(S) for every set S, if `prove_line` proves the line.

Proof. Sets with α + βM(S) ≥ 1 are done, as the sample alone has risk 1; so S is bounded.
1. S has a gap g ≥ G, L left and R right of it. The client takes the side next to X and plays its
minimax estimate there, but no farther than s from X on the side away from the gap: on the left it
takes max(δ_L(X), X − s), on the right min(δ_R(X), X + s). Let θ ∈ L be at a distance τ ≥ t = G/2
from the middle of the gap, X = θ + Z. If Z < τ, the client takes the left side, and X − s above
δ_L(X) is nearer to θ, or Z > s and it errs by Z − s. If Z ≥ τ, it takes the right side: it is above
θ and at most X + s, so it errs by at most Z + s. So its risk is at most that of δ_L and
E[(Z − s)²; s < Z < τ] + E[(Z + s)²; Z ≥ τ], which falls as τ grows; at τ = t ≥ s it is
W = (1 + s²)Φ(−s) − sφ(s) + 4sφ(t). The same holds for R: R*(S) is at most the larger of R*(L) and
R*(R), plus W. And M(S) = M(L) + M(R) + q(g), so if W ≤ βq(G) and L and R obey the line, S does. A
set with M(S) < (1 − α)/β has finitely many such gaps. From now on all gaps are below G.
2. Let 0 be the leftmost point of S and D the length of its hull. From a mass M₀ on no set is above
the line: where the bound by information is below it (`set_information`, step 6), or the next line
of a smaller slope, once that is proved. M is at least p(D) of `sets`, as gaps are below G; so with
p(D) ≥ M₀ nothing is left to prove. For other D the stretch in which the hull ends is one of
finitely many, and the sets of each are split into cases (`sets`) by whether some stretch holds a
point. How is stored in a guide (`set_cases`). A case is done if two neighbouring stretches are G
apart, as S then has such a gap; if M ≥ M₀ for all of them; or by an estimate, by the theorem of
`sets`. Near the sets that the line touches only narrow cases are done.

No budget is too large (`distant_line`):
3. 1 − (1 + M(S))^{−2} is above R*(S) for every set (`set_information`, steps 1 to 4), and each of
its tangents is a line above every set. The one that touches it at κ is 1 − (1 + κ)^{−2} < 1 there.
"""

from __future__ import annotations

import json
import random
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from hashlib import sha256
from typing import Any

from flint import arb

from bounds.certify.certificates.kept import Kept
from bounds.certify.errors import Inconclusive, Notice
from bounds.certify.exact import to_ball
from bounds.certify.io.files import write_whole
from bounds.certify.numbers.precision import working_precision
from bounds.functions.normal import cdf, density
from bounds.lower.any_set import gap_mass
from bounds.lower.line import Line
from bounds.lower.set_cases import (
    STORED,
    first_case,
    found_guide,
    prove_cases,
    stored_guides,
)
from bounds.lower.set_information import enough, is_above, tangent_at
from bounds.lower.sets import costs_at_least, widest_of

_BITS = 64
_NEARER = Fraction(1)  # t − s of step 1: any s from 0 to t will do, and this is about the best
_DRAWN = 24  # cases of a line that are proved where the rest of them is kept


@dataclass(frozen=True)
class LineProof:
    """How many cases each part of the proof consists of.

    Attributes:
        line: the line.
        pieces: the number of cases, by where the hull ends.
        stored: how many of them were not proved in this process: that they hold is taken from
            support_lines.json.
    """

    line: Line
    pieces: dict[str, int]
    stored: int = 0


def _line(alpha: str, beta: str, widest: str) -> Line:
    return Line(Fraction(alpha), Fraction(beta), Fraction(widest))


LINES = (
    _line("0.0193", "0.6322", "21/8"),
    _line("0.0423", "0.5976", "45/16"),
    _line("0.0675", "0.5603", "47/16"),
    _line("0.0949", "0.5203", "25/8"),
    _line("0.1246", "0.4775", "53/16"),
    _line("0.1570", "0.4315", "7/2"),
    _line("0.2010", "0.3700", "15/4"),
    _line("0.2374", "0.3200", "63/16"),
    _line("0.2716", "0.2737", "67/16"),
    _line("0.3289", "0.2320", "35/8"),
    _line("0.3927", "0.1870", "37/8"),
    _line("0.4542", "0.1450", "79/16"),
    _line("0.5175", "0.1150", "41/8"),
    _line("0.5820", "0.0875", "43/8"),
)
"""Lines by falling slope; found by floating point, each proved by `prove_line`."""


def split_cost(widest: arb) -> arb:  # W
    """What a client loses at most by taking one side of a gap G ≥ 2: step 1."""
    t = widest / 2
    s = t - to_ball(_NEARER)
    # step: a gap costs what the wrong side errs by [zero product 4/5]
    # step: and what moving errs by on the right side [zero sum 2/3]
    cost: arb = (1 + s * s) * cdf(-s) - s * density(s) + 4 * s * density(t)
    return cost


@cache
def _kept() -> dict[Line, list[int]] | None:
    """How many cases each stretch of each line consists of, as it is kept; None if it is not."""
    found: list[dict[Line, list[int]]] = []

    def check(evidence: list[list[int]]) -> None:
        counts = dict(zip(LINES, evidence, strict=True))
        # step: kept cases are of every hull [false 1/2]
        if any(len(counts[line]) != first_cases(line) for line in LINES):
            raise ValueError("the stretches for the end of the hull are not all there")
        if not all(type(count) is int and count > 0 for row in evidence for count in row):
            raise ValueError("a number of cases is none")
        found.append(counts)

    return found[0] if KEPT.read(_statement(), check) is not None else None


def _hash_of_guide(line: Line) -> str:
    return sha256("\n".join(_guides_for(line)).encode()).hexdigest()


def _statement() -> dict[str, Any]:
    """What is kept."""
    return {
        "text": "the cases of step 2, counted by line and by where the hull ends",
        "lines": [[*line.key().split(), _hash_of_guide(line)] for line in LINES],
    }


def _made() -> tuple[dict[str, Any], list[list[int]]]:
    return _statement(), [list(_all_cases(line, _guides_for(line))) for line in LINES]


KEPT = Kept(__name__, _made)
"""Step 2 for every line, in support_lines.json."""


@cache
def prove_line(line: Line) -> LineProof:
    """Prove that R*(S) ≤ α + βM(S) for every set S of means: one of `LINES`, or a `distant_line`.

    That the cases of `LINES` hold is kept (`bounds.certify.certificates.kept`). Where it is, how
    they are split is proved in full, and of their estimates some that are drawn at random; any may
    be drawn.

    Raises:
        Inconclusive: a case is not proved: the line may be too low, or no guide is stored for it.
    """
    if is_distant(line):
        return LineProof(line, {"any hull": 1})
    with working_precision(_BITS):
        widest = to_ball(line.widest)
        # step: a set is split at a gap that costs enough [true 4/4]
        # step: and that is wide enough for W [true 3/4]
        if not (line.widest >= 2 and split_cost(widest) < to_ball(line.beta) * gap_mass(widest)):
            raise Inconclusive(f"a gap of {float(line.widest)} costs less than it may confuse")
    guides = _guides_for(line)
    flatter = _flatter(line)
    # step: a line that serves from a mass on is proved [false]
    if flatter is not None:
        prove_line(flatter)  # from M₀ on it lies below
    counts = _kept_cases(line)
    # step: what was not proved is told [first call 1/2]
    stored = 0 if counts is None else max(0, sum(counts) - _DRAWN)
    if counts is None:
        counts = list(_all_cases(line, guides))
    pieces = {f"hull from {n / 2} to {(n + 1) / 2}": count for n, count in enumerate(counts)}
    return LineProof(line, pieces, stored)


def _guides_for(line: Line) -> list[str]:
    """The guides that are stored for a line, or for the one that it is a lowered copy of.

    One of `LINES` may do without: then its cases are searched for.
    """
    stored = stored_guides()
    for other in LINES:
        if other.key() in stored and (other.beta, other.widest) == (line.beta, line.widest):
            return stored[other.key()]
    if line in LINES:
        return []
    raise Inconclusive(f"no guide is stored for the line {line.key()}")


def _all_cases(line: Line, guides: list[str]) -> Iterator[int]:
    for number in range(first_cases(line)):
        yield _cases_of(line, guides, number)


def _cases_of(line: Line, guides: list[str], number: int) -> int:
    """The cases of one stretch, each proved."""
    first, far = first_case(number), far_mass(line)
    guide = guides[number] if number < len(guides) else None
    if line not in LINES:
        return prove_cases(first, line, guide, far=far)[0]
    if guide is not None:
        try:
            return prove_cases(first, line, guide, far=far)[0]
        except Inconclusive as why:
            _tell(f"the guide for a hull from {number / 2} on does not lead to a proof ({why})")
    return prove_cases(first, line, found_guide(first, line, far), far=far)[0]


def _tell(what: str) -> None:
    remedy = f"to write {STORED.name}: python -m {__name__}"
    warnings.warn(f"{what}: searched for, which may take long; {remedy}", Notice, stacklevel=3)


def _kept_cases(line: Line) -> list[int] | None:
    """How many cases each stretch of a line consists of, if it is kept that all of them hold.

    The cases are split as the guides have it, which is proved, and estimates of some are proved.
    None where nothing is kept, or where it does not hold: then every case is to be proved.
    """
    kept = _kept()
    counts = None if kept is None else kept.get(line)
    if counts is None:
        return None
    # step: and any of them may be drawn [call 2/5: range(1, sum(counts))]
    numbers = random.sample(range(sum(counts)), min(_DRAWN, sum(counts)))
    guides, far, before = _guides_for(line), far_mass(line), 0
    try:
        for number, (guide, count) in enumerate(zip(guides, counts, strict=True)):
            drawn = {each - before for each in numbers}
            # step: a kept line has the cases that its guides lead to [false]
            if prove_cases(first_case(number), line, guide, far=far, drawn=drawn)[0] != count:
                raise Inconclusive(f"a hull from {number / 2} on has other cases")
            before += count
    except (Inconclusive, ValueError) as why:
        told = f"{KEPT.path.name} does not hold for the line {line.key()} ({why})"
        warnings.warn(f"{told}: proved from scratch", Notice, stacklevel=2)
        return None
    return counts


@cache
def far_mass(line: Line) -> Fraction:
    """M₀ of step 2: sets of that mass and more are below the line by what is proved elsewhere."""
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


@cache
def first_cases(line: Line) -> int:
    """How many stretches for the end of the hull there are before M is enough for the line."""
    number, far = 0, far_mass(line)
    # step: hulls are left out for their mass alone [condition 2/2: number > 3]
    while not costs_at_least(first_case(number), widest_of(line), far):
        number += 1
    return number


def best_line(kappa: Fraction) -> Line:
    """The lowest line at κ: one of `LINES`, or the `distant_line` there."""
    return min((*LINES, distant_line(kappa)), key=lambda line: line.at(kappa))


def distant_line(kappa: Fraction) -> Line:
    """A line with α + βκ < 1, for any κ: no budget makes every client lose as much as alone.

    The argument is step 3.

    Args:
        kappa: κ > 0.
    """
    return Line(*tangent_at(kappa), Fraction(0))


def is_distant(line: Line) -> bool:
    """Whether step 3 alone proves a line for every set: a comparison of rational numbers."""
    # step: a distant line is one that step 3 proves [true]
    return is_above(line.alpha, line.beta)


def rebuilt_guides() -> dict[str, list[str]]:
    """The guides of all lines, searched for anew: some minutes for each."""
    return {
        line.key(): [
            found_guide(first_case(number), line, far_mass(line))
            for number in range(first_cases(line))
        ]
        for line in LINES
    }


if __name__ == "__main__":
    write_whole(STORED, json.dumps(rebuilt_guides(), indent=1) + "\n")
