r"""Certificates of ε_cr for every Δ of a range, slice by slice; the last slice may have no end.

In the units of `scaled`, for every Δ of the whole range at once:

- K̂ < 0 on (0, v₀] by the bound of `ends`, which in these units reads, with σ = sinh(v)/v,

      2e^{−g²/2 − v²τ/2 − v} (1 − v⁴σ²τ) > σ (1 + 2 sinh(v²σ))²;

- K̂ < 0 on [v₀, v₁], and K̂ rises along the curve on [v₁, v₂].

For every Δ of a slice K̂ < 0 at a and K̂ > 0 at b, where v₁ < a < b ≤ v₂.

So the first change of sign of K̂ lies at one v between a and b: up to there the loss is concave, and
there it turns convex. This is ε_cr, and ε_cr Δ/φ(Δ) = 2Ŝ(u, τ) at the u that belongs to v. Of what
comes later nothing is said.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any, TypeAlias

from bounds.certify.checker import reading
from bounds.certify.checker.interval import Interval
from bounds.certify.checker.kinds import Kind
from bounds.certify.checker.number import told_number, told_range
from bounds.certify.checker.precision import Precision, Rational, Work
from bounds.certify.checker.reading import Ends
from bounds.certify.checker.verdict import Rejected, Undecided
from bounds.checker.criterion import sinh
from bounds.checker.scaled import Region
from bounds.checker.shape import MOST_BITS, read_delta, read_delta_range
from bounds.checker.steps import require_pieces, require_step

DeltaRange: TypeAlias = tuple[Rational, "Rational | None"]

MOST_SLICES = 2_000
_LEAST_BITS = 96
_SPARE_BITS = 32
_MOST_CUTS = 12


@dataclass(frozen=True, slots=True)
class CriticalSlice:
    """For every Δ of a range: v = l(ε̂_cr)Δ and ε_cr Δ/φ(Δ) lie between these ends."""

    delta: DeltaRange
    v: Ends
    mass: Ends


@dataclass(frozen=True, slots=True)
class SlicesClaim:
    """The slices follow one another; up to v = start and v = turn the proof goes in two ways."""

    slices: tuple[CriticalSlice, ...]
    bits: int
    start: Rational
    turn: Rational


def read_slices(statement: Any, evidence: Any) -> SlicesClaim:
    """The claim of ε_cr on slices.

    Raises:
        Rejected: it is malformed, or its slices leave a gap.
    """
    (slices,) = reading.statement_fields(statement, "slices")
    names = ("bits", "start", "turn")
    bits, start, turn = reading.fields(evidence, "the evidence of critical slices", *names)
    claim = SlicesClaim(
        reading.each(_slice, slices),
        reading.bits(bits, MOST_BITS),
        reading.number(start),
        reading.number(turn),
    )
    require_ranges([part.delta for part in claim.slices])
    if not 0 < claim.start < claim.turn:
        raise Rejected("the places start and turn are positive and in order")
    if not all(claim.turn < part.v[0] < part.v[1] for part in claim.slices):
        raise Rejected("the ends of v lie beyond the place turn, in order")
    return claim


def _slice(value: Any) -> CriticalSlice:
    delta, v, mass = reading.fields(value, "a slice", "delta", "v", "mass")
    return CriticalSlice(read_range(delta), reading.ends(v), reading.ends(mass))


def read_range(value: Any) -> DeltaRange:
    """A range of Δ, or all Δ from one on, where its end is null.

    Raises:
        Rejected: it is neither.
    """
    if isinstance(value, list) and len(value) == 2 and value[1] is None:
        return read_delta(value[0]), None
    return read_delta_range(value)


def require_ranges(ranges: list[DeltaRange]) -> None:
    """Reject ranges of Δ that are too many, are empty or do not follow one another."""
    if not 0 < len(ranges) <= MOST_SLICES:
        raise Rejected(f"there are 1 to {MOST_SLICES} slices")
    for number, (low, high) in enumerate(ranges, 1):
        if high is not None and not low < high:
            raise Rejected("a slice of a range of Delta is empty", f"slice {number}")
        # step: the slices follow one another [false 1/3]
        if number < len(ranges) and high != ranges[number][0]:
            raise Rejected("the slices do not follow one another", f"slice {number}")


def replay_slices(claim: SlicesClaim, work: Work | None = None) -> Iterator[tuple[int, int]]:
    """Prove a claim again: what holds for all Δ at once, then slice by slice.

    Raises:
        Rejected: a step is not proved.
    """
    whole = region_of((claim.slices[0].delta[0], claim.slices[-1].delta[1]), claim.bits, work)
    # step: K rises up to the last end of v [function: min]
    top = max(part.v[1] for part in claim.slices)
    first = whole.point(claim.start)
    # step: no turn of a slice is passed over near 0 [drop]
    require_step(lambda: negative_near_zero(first, whole), "concavity near 0", "start")
    # step: nor up to where K rises [drop]
    require_step(lambda: shows("-", claim.start, claim.turn, whole), "concavity", "turn")
    # step: nor from there on [drop]
    require_step(lambda: shows("/", claim.turn, top, whole), "that K rises", "turn")
    work = whole.near.at.work
    slices = [partial(_turns_within, part, claim.bits, work) for part in claim.slices]
    yield from require_pieces(slices, "the turn", work, "slice")


def _turns_within(part: CriticalSlice, bits: int, work: Work) -> bool:
    """Whether K̂ turns positive between the ends of v, with ε_cr Δ/φ(Δ) between its own."""
    region = region_of(part.delta, bits, work)
    low, high = map(region.point, part.v)
    mass = region.doubled_integral(region.radius(low.hull(high)))
    before, after = (region.along(place)[0] for place in (low, high))
    # step: before the turn of a slice K < 0 [true 2/4]
    # step: after the turn of a slice K > 0 [true 3/4]
    # step: eps_cr lies between its ends in a slice [true 4/4]
    return before < 0 and after > 0 and mass.within(*part.mass)


def region_of(delta: DeltaRange, bits: int, work: Work | None) -> Region:
    """All Δ of a range, with the precision that its largest Δ asks for."""
    low, high = delta
    spare = _SPARE_BITS + 2 * int(low if high is None else high).bit_length()
    at = Precision(max(_LEAST_BITS, bits + spare), work)
    near = Interval.enclosing(at, low, low)
    return Region(near, None if high is None else Interval.enclosing(at, high, high))


def negative_near_zero(v: Interval, region: Region) -> bool:
    """Whether K̂ < 0 is proved on (0, v], for all Δ: the bound above."""
    g = region.shift(v)
    sigma = sinh(v) / v
    span = v.squared() * sigma
    # step: large units: near 0 the factor 1 - x^2 [sum: 1 + span.squared() * region.tau]
    past = 1 - span.squared() * region.tau
    if not (past > 0 and g < 1):
        return False
    share = 2 * (-g.squared() / 2 - v.squared() * region.tau / 2 - v).exp() * past
    # step: large units: near 0 the negative terms exceed the positive [value 2/3: 0 * _]
    return share > sigma * (1 + 2 * sinh(span)).squared()


def shows(mark: str, low: Rational, high: Rational, region: Region, cuts: int = _MOST_CUTS) -> bool:
    """Whether a mark is proved on a closed range of v, whole or cut in two again and again."""
    try:
        value, slope = region.along(region.point(low).hull(region.point(high)))
        if {"-": value < 0, "+": value > 0, "/": slope > 0, "\\": slope < 0}[mark]:
            return True
    except Undecided:
        pass
    if not cuts:
        return False
    middle = (low + high) / 2
    # step: both halves of a piece of v [true 3/3]
    return shows(mark, low, middle, region, cuts - 1) and shows(
        mark, middle, high, region, cuts - 1
    )


def told_deltas(low: Rational, high: Rational | None) -> str:
    """For which Δ something is proved."""
    if high is None:
        return f"for every Delta from {told_number(low, up=True)} on"
    return f"for every Delta from {told_number(low, up=True)} to {told_number(high, up=False)}"


def _told(claim: SlicesClaim) -> str:
    least = min(part.mass[0] for part in claim.slices)
    most = max(part.mass[1] for part in claim.slices)
    where = told_deltas(claim.slices[0].delta[0], claim.slices[-1].delta[1])
    closer = ""
    if len(claim.slices) > 1:
        closer = f", and in each of {len(claim.slices)} slices of Delta between the ends told there"
    return (
        f"{where} the loss is concave from eps = 0 to eps_cr and turns convex there, where"
        f" eps_cr Delta/phi(Delta) lies in {told_range(least, most)}{closer}"
        " (what comes after this turn is not said)"
    )


CRITICAL_SLICES = Kind(read_slices, replay_slices, _told, shared=True)
