r"""Sets of means by what is known of them: where they lie, what they cost, what estimates lose.

A *case* is a list of stretches of the line, disjoint but for ends. Each *taken* one holds a point
of S or more, an *open* one may hold some, and outside there are none. The first stretch is the
point 0, the leftmost one of S; the last one is taken. Places are whole multiples of 1/512, and what
is compared are sums of whole numbers.

Theorem. Let δ be a step function that never falls, with values between 0 and D, the right end of
the last stretch. If on every stretch, at places θ at most η apart, its ends among them,

    E(δ(X) − θ)² + Kη²/8 ≤ α + β M(θ),    X ~ N(θ, 1), K = (97s² + 548s + 818)/100,

where |δ(x) − x̂| ≤ s for all x and the place x̂ of [0, D] next to x, then R*(S) ≤ α + βM(S) for
every S of the case that has no gap above G. Here M(θ) is the least sum of p over what lies between
θ and one point in each taken stretch, each at an end of its stretch; if that of θ is taken, θ
stands for its point. And p(d) = nq(G) + q(d − nG) for points d apart in stretches at least nG
apart, n the largest such whole number.

Proof. S may be taken closed: that changes neither side.
1. Let θ ∈ S. Then S holds θ and a point in each taken stretch. Let two of these that follow one
another be d apart. The gaps of S between them add up to d, and none is above G. As q is concave and
q(0) = 0, they cost least if all but one are G: jq(G) + q(d − jG) with j = ⌊d/G⌋, and that is p(d)
or more for n ≤ j, as q((j − n)G + r) ≤ (j − n)q(G) + q(r). For a given n, p is concave, so over the
stretches of the others the sum is least at ends: M(S) ≥ M(θ).
2. M(θ) is the least of finitely many functions that are concave in θ on one stretch, so it is
concave there, and between two places it is above the line through its values.
3. The risk r(θ) has r″ = E[e²(Z² − 1) − 4eZ + 2] with e = δ(X) − θ, and |e| ≤ s + |Z|, as x̂ is
no farther from θ than x. So |r″| ≤ K: with Y = |Z² − 1|, E Y = 4φ(1) < 0.97,
E|Z|Y = 8φ(1) − 2φ(0) < 1.14, E Z²Y = 6 + 12φ(1) − 8Φ(1) < 2.18 and 4E|Z| < 3.2. Between two places
at most η apart it is below the line through its values plus Kη²/8.
4. So r(θ) ≤ α + βM(θ) ≤ α + βM(S) on every stretch. (Strict: each point of an open stretch pays
for itself alone.)
5. If δ has the values c₀ ≤ … ≤ cₙ and steps at x₁ < … < xₙ, then
r(θ) = (cₙ − θ)² − Σ [(cᵢ − θ)² − (cᵢ₋₁ − θ)²] Φ(xᵢ − θ). If every Φ is off by u or less, this is
off by u Σ |cᵢ² − cᵢ₋₁²| + 2θu Σ |cᵢ − cᵢ₋₁| or less: at most 3D²u.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from itertools import pairwise
from typing import TypeAlias

import numpy as np
from flint import arb
from numpy.typing import NDArray

from bounds.certify.numbers.precision import working_precision
from bounds.functions.normal import cdf
from bounds.lower.line import Line

Whole: TypeAlias = NDArray[np.int64]
Case: TypeAlias = "tuple[tuple[int, int, bool], ...]"
"""Stretches (from, to, whether taken), in units of 1/512, from the left to the right."""

UNIT = 512
MOST_HULL = 32 * UNIT
_TABLE = 9 * UNIT  # Φ is 0 or 1 beyond, but for 10⁻¹⁸
_BITS = 32  # of Φ and q
_SQUARE = 50  # bits of a risk: those of Φ and of two places
_SLOPE = 20  # bits of β
_ROWS = 256  # places at once: what belongs to them stays in the processor's cache


@cache
def _cdf_table() -> Whole:
    """⌊2³² Φ(i/1024)⌋ for |i| ≤ 1024·9, each at most 2 too small."""
    with working_precision(96):
        found = [cdf(arb(i) / (2 * UNIT)) for i in range(-2 * _TABLE, 1)]
        low = [int((value * 2**_BITS).lower().floor().unique_fmpz()) for value in found]
        high = [int(((1 - value) * 2**_BITS).lower().floor().unique_fmpz()) for value in found]
    return np.array([*low, *reversed(high[:-1])], dtype=np.int64)


@cache
def _mass_table() -> Whole:
    """A lower bound of 2³² q(i/512) for i from 0 on: q(g) = 2Φ(g/2) − 1."""
    return np.maximum(2 * _cdf_table()[2 * _TABLE :] - 2**_BITS, 0)


def gap_cost(gaps: Whole) -> Whole:
    """At most 2³² q of gaps in units."""
    # step: a gap costs no more than it is said to [value 1/4: _ + 5]
    cost: Whole = _mass_table()[np.minimum(gaps, 2 * _TABLE)]
    return cost


def widest_of(line: Line) -> int:
    """G in units, rounded up."""
    # step: G is rounded up [minus 1/2: int(line.widest * UNIT // 1)]
    return -int(-line.widest * UNIT // 1)


def span_cost(spans: Whole, widest: int, least: int) -> Whole:
    """At most 2³² p of spans in units, none shorter than `least`: step 1."""
    # step: whole gaps G only where stretches are that far apart [value 1/2: int(spans.max())]
    number = least // widest
    if not number:
        return gap_cost(spans)
    # step: and what is left of a span costs as one gap [first sum 2/2]
    cost: Whole = number * gap_cost(np.array(widest)) + gap_cost(spans - number * widest)
    return cost


@dataclass(frozen=True)
class Steps:
    """A step function that never falls.

    Attributes:
        first: x₁, in units.
        width: how far the steps are apart, in units.
        values: c₀, …, cₙ, in units.
    """

    first: int
    width: int
    values: Whole


def places_of(case: Case, gap: int) -> list[Whole]:
    """Places of each stretch at most `gap` units apart, its ends among them."""
    return [np.append(np.arange(low, high, gap, dtype=np.int64), high) for low, high, _ in case]


def costs(case: Case, widest: int, gap: int) -> tuple[Whole, Whole]:
    """Places of the case at most `gap` units apart, and at each a lower bound of 2³² M(θ)."""
    taken = [(low, high) for low, high, is_taken in case if is_taken]
    left = _sweep(taken, widest)
    right = _sweep([(-high, -low) for low, high in reversed(taken)], widest)[::-1]
    places, masses, before = places_of(case, gap), [], 0
    for here, (low, high, is_taken) in zip(places, case, strict=True):
        after = before + 1 if is_taken else before
        total = np.zeros_like(here)
        if before > 0:
            total += _least(left[before - 1], here, widest, low - taken[before - 1][1])
        if after < len(taken):
            total += _least(right[after], -here, widest, taken[after][0] - high)
        masses.append(total)
        before = after
    return np.concatenate(places), np.concatenate(masses)


Reached: TypeAlias = tuple[Whole, Whole]
"""The ends of a stretch, and the least cost of all up to it with its point at each of them."""


def _least(reached: Reached, places: Whole, widest: int, least: int) -> Whole:
    """The least cost of all up to each place, at least so far from the ends of the stretch."""
    ends, masses = reached
    found: Whole = (masses[:, None] + span_cost(places - ends[:, None], widest, least)).min(axis=0)
    return found


def _sweep(taken: list[tuple[int, int]], widest: int) -> list[Reached]:
    """The least costs up to each stretch."""
    found = [(np.array(taken[0]), np.zeros(2, dtype=np.int64))]
    for (_, last), (low, high) in pairwise(taken):
        # step: the points of the others are at their worst ends [value 2/3: high]
        ends = np.array((low, high))
        found.append((ends, _least(found[-1], ends, widest, low - last)))
    return found


def risks(estimate: Steps, places: Whole) -> Whole:
    """2⁵⁰ E(δ(X) − θ)² at each place θ, but for an error of 3D² 2⁻³¹ at most."""
    values = estimate.values
    first, second = np.diff(values), np.diff(values * values)
    last = values[-1] - places
    found: Whole = last * last << _BITS
    for start in range(0, len(places), _ROWS):
        here = slice(start, start + _ROWS)
        some = places[here]
        below = _cdf_at_steps(estimate, some)
        found[here] += 2 * some * (below @ first) - below @ second
    return found


def _cdf_at_steps(estimate: Steps, places: Whole) -> Whole:
    """⌊2³² Φ(xᵢ − θ)⌋ for each place θ and step xᵢ, each at most 2 too small.

    What belongs to one place is every width-th number of the table, from one on: a window of it.
    """
    number = len(estimate.values) - 1
    length = estimate.width * (number - 1) + 1
    start = estimate.first - places
    low, high = int(start.min()), int(start.max()) + length
    table = _cdf_table()[2 * (np.clip(np.arange(low, high), -_TABLE, _TABLE) + _TABLE)]
    windows = np.lib.stride_tricks.sliding_window_view(table, length)[:, :: estimate.width]
    found: Whole = windows[start - low]
    return found


def farthest(estimate: Steps, hull: int) -> int:
    """S of the theorem, in units: how far δ(x) is at most from the place of the hull next to x."""
    values = estimate.values
    steps = estimate.first + estimate.width * np.arange(len(values) - 1)
    # step: and on the last one, up to the end of the hull [value 3/4: *steps[-1:]]
    ends = np.clip([0, *steps, hull], 0, hull)
    # step: and grows with the distance of the estimate [function 2/5: .min]
    # step: at both ends of a step [last call 3/5]
    return int(np.maximum(np.abs(values - ends[:-1]), np.abs(values - ends[1:])).max())


def holds(case: Case, line: Line, estimate: Steps, gap: int) -> bool:
    """Whether the theorem's condition is proved with this estimate and η = gap/512."""
    hull = case[-1][1]
    values = estimate.values
    # step: δ never falls [true 4/6]
    # step: δ stays in the hull, on the right [true 3/6]
    # step: and on the left [true 2/6]
    in_hull = values[0] >= 0 and values[-1] <= hull and bool((np.diff(values) >= 0).all())
    # step: no sum is beyond 64 bits [false 4/5]
    if not in_hull or hull > MOST_HULL or len(values) < 2:
        return False
    places, masses = costs(case, widest_of(line), gap)
    width, far = Fraction(hull, UNIT), Fraction(farthest(estimate, hull), UNIT)
    bend = (97 * far * far + 548 * far + 818) / 100 * Fraction(gap, UNIT) ** 2 / 8
    # step: the bend of the risk counts [last sum 1/2]
    spare = bend + 3 * width * width / 2 ** (_BITS - 1)
    # step: Kη²/8 is paid [first sum]
    level = line_at(line.alpha - spare, line.beta, masses)
    # step: every place is compared [function 2/3: .any]
    return bool((risks(estimate, places) <= level).all())


def line_at(alpha: Fraction, beta: Fraction, masses: Whole) -> Whole:
    """At most 2⁵⁰ (α + βM), for β ≥ 0."""
    slope = int(beta * 2**_SLOPE)
    base = (alpha * 2**_SQUARE).__floor__()
    return base + (slope * masses >> (_BITS + _SLOPE - _SQUARE))


def costs_at_least(case: Case, widest: int, mass: Fraction) -> bool:
    """Whether M(S) ≥ mass for every S of the case that has no gap above G."""
    taken = [(low, high) for low, high, is_taken in case if is_taken]
    # step: sets that need no estimate cost enough [true]
    return int(_sweep(taken, widest)[-1][1].min()) >= mass * 2**_BITS


def splits(case: Case, index: int) -> list[tuple[Case, Case]]:
    """The ways to tell two cases apart by one stretch; each covers the case.

    A taken stretch has a point in its right half, or has all in its left half; or the other way
    round, unless it is the last. An open one, or one of three halves of it, holds a point or does
    not.
    """
    low, high, is_taken = case[index]
    before, after, middle = case[:index], case[index + 1 :], (low + high) // 2

    def joined(*parts: tuple[int, int, bool]) -> Case:
        # an open stretch of one point is an end of the stretch beside it
        return (*before, *(part for part in parts if part[2] or part[0] < part[1]), *after)

    if is_taken:
        if high - low < 2:
            return []
        found = [(joined((low, middle, False), (middle, high, True)), joined((low, middle, True)))]
        if after:
            right = joined((middle, high, True))
            found.append((joined((low, middle, True), (middle, high, False)), right))
        return found
    quarter = (high - low) // 4
    inner = (low + quarter, high - quarter)
    parts = ((low, high), (low, middle), inner, (middle, high))
    # step: an open stretch that holds a point, or none [first list 1/6]
    return [
        (
            joined((low, start, False), (start, end, True), (end, high, False)),
            joined((low, start, False), (end, high, False)),
        )
        for start, end in parts
    ]
