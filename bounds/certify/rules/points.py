"""Where to look for a counterexample: simple numbers, ends and their neighbourhoods, far out."""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from typing import Any

import numpy as np
from flint import arb, ctx

from bounds.certify.language.comparison import Comparison
from bounds.certify.language.domain import Range
from bounds.certify.language.expression import PI, Expr, call, number, raise_to
from bounds.certify.rules.enclosures import evaluate

_RATIONALS = (
    "0 1 -1 2 -2 1/2 -1/2 3 -3 1/3 -1/3 2/3 -2/3 3/2 -3/2 4 -4 1/4 -1/4 3/4 -3/4 5 -5 1/5 -1/5 "
    "2/5 3/5 4/5 5/2 -5/2 6 1/6 5/6 7 8 1/8 3/8 5/8 7/8 9 10 -10 1/10 -1/10 3/10 7/10 9/10 12 20 "
    "-20 1/20 50 -50 1/50 100 -100 1/100 99/100 1000 -1000 1/1000 999/1000 10000 -10000 1/10000"
)
SIMPLE = [Fraction(text) for text in _RATIONALS.split()]


def named_constants() -> list[Expr]:
    """Constants at which people's functions have their turns."""
    e = call("exp", 1)
    multiples = [
        PI * Fraction(*q) for q in ((1, 1), (1, 2), (1, 4), (1, 3), (1, 6), (2, 3), (3, 2))
    ]
    roots = [raise_to(number(n), number(Fraction(1, 2))) for n in (2, 3, 5)]
    return [
        *multiples,
        PI * 2,
        *(-m for m in multiples),
        e,
        1 / e,
        *roots,
        1 / roots[0],
        1 / roots[1],
        call("log", 2),
        (roots[2] - 1) / 2,
    ]


def size(e: Expr) -> int:
    """How long a constant is to write: what "simplest" goes by."""
    if e.is_number:
        return abs(e.value.numerator).bit_length() + e.value.denominator.bit_length()
    return 4 + sum(size(part) for part in e.args if isinstance(part, Expr))


@dataclass(frozen=True)
class Ends:
    """A range in balls and in floats; an infinite end is None."""

    low: arb | None
    high: arb | None
    allowed: Range

    @property
    def floats(self) -> tuple[float, float]:
        """The ends in floats, infinite where they are."""
        return (
            -np.inf if self.low is None else float(self.low),
            np.inf if self.high is None else float(self.high),
        )

    def holds(self, point: Expr) -> bool:
        """Whether a constant is surely in the range."""
        if point is self.allowed.low:
            return not self.allowed.low_open
        if point is self.allowed.high:
            return not self.allowed.high_open
        if self.allowed.integer and not (point.is_number and point.value.denominator == 1):
            return False
        with ctx.workprec(256):
            value = evaluate(point, {})
        above = self.low is None or bool(value > self.low) or self._meets(point, low=True)
        below = self.high is None or bool(value < self.high) or self._meets(point, low=False)
        return above and below

    def _meets(self, point: Expr, low: bool) -> bool:
        end = self.allowed.low if low else self.allowed.high
        is_open = self.allowed.low_open if low else self.allowed.high_open
        same = end is not None and end.is_number and point.is_number and end.value == point.value
        return same and not is_open


@lru_cache(maxsize=512)
def ends_of(allowed: Range) -> Ends:
    """The ends of a range as balls."""
    with ctx.workprec(256):
        low = None if allowed.low is None else evaluate(allowed.low, {})
        high = None if allowed.high is None else evaluate(allowed.high, {})
    return Ends(low, high, allowed)


@lru_cache(maxsize=512)
def simple_points(allowed: Range) -> tuple[Expr, ...]:
    """Simple constants in a range, the simplest first, its closed ends among them."""
    ends = ends_of(allowed)
    low, high = ends.floats
    found: dict[Expr, None] = {}
    for end, is_open in ((allowed.low, allowed.low_open), (allowed.high, allowed.high_open)):
        if end is not None and not is_open:
            found[end] = None
    if allowed.integer:
        start = 0 if low == -np.inf and high == np.inf else low if low > -np.inf else high
        direction = 1 if low > -np.inf or high == np.inf else -1
        for k in (*range(25), 30, 50, 100, 200, 500, 1000, 10_000, 10**5, 10**6):
            for sign in (1, -1) if low == -np.inf and high == np.inf else (direction,):
                whole = int(start) + sign * k
                if low <= whole <= high:
                    found[number(whole)] = None
        return tuple(e for e in found if ends.holds(e))
    candidates = [number(q) for q in SIMPLE if low <= q <= high]
    if low > -np.inf and high < np.inf and allowed.low is not None and allowed.high is not None:
        if allowed.low.is_number and allowed.high.is_number:
            a, b = allowed.low.value, allowed.high.value
            candidates += [number(a + (b - a) * Fraction(i, 8)) for i in range(1, 8)]
    elif allowed.low is not None and allowed.low.is_number:
        candidates += [number(allowed.low.value + q) for q in SIMPLE if q > 0]
    elif allowed.high is not None and allowed.high.is_number:
        candidates += [number(allowed.high.value - q) for q in SIMPLE if q > 0]
    candidates += [c for c in named_constants() if low <= float(evaluate(c, {})) <= high]
    for e in sorted(candidates, key=size):
        if e not in found and ends.holds(e):
            found[e] = None
    return tuple(found)


@lru_cache(maxsize=512)
def grid(allowed: Range, fine: bool = False) -> Any:
    """Floats in a range: evenly, ever nearer to the ends, and far out."""
    low, high = ends_of(allowed).floats
    if allowed.integer:
        return _whole_grid(low, high)
    count = 257 if fine else 65
    powers = np.arange(-16, 17 if fine else 13, 1.0)
    steps = np.concatenate(
        [m * 10.0**powers for m in ((1.0, 1.6, 2.5, 4.0, 6.3) if fine else (1.0, 3.0))]
    )
    far = 10.0 ** np.array([20.0, 50.0, 100.0])
    points = [np.array([0.0])]
    if low > -np.inf and high < np.inf:
        width = high - low
        near = steps[steps <= 0.3]
        points += [np.linspace(low, high, count), low + width * near, high - width * near]
        points += [low + steps, high - steps, steps, -steps]
    elif low > -np.inf:
        points += [low + steps, low + far, low + np.linspace(0, 12, count)]
    elif high < np.inf:
        points += [high - steps, high - far, high - np.linspace(0, 12, count)]
    else:
        points += [steps, -steps, far, -far, np.linspace(-8, 8, 2 * count)]
    merged = np.unique(np.concatenate(points))
    inside = (merged > low) & (merged < high)
    if not allowed.low_open:
        inside |= merged == low
    if not allowed.high_open:
        inside |= merged == high
    return merged[inside]


def _whole_grid(low: float, high: float) -> Any:
    start = low if low > -np.inf else high if high < np.inf else 0.0
    steps = np.concatenate([np.arange(0, 257.0), np.round(10 ** np.arange(2.5, 9, 0.25))])
    points = np.unique(np.concatenate([start + steps, start - steps]))
    return points[(points >= low) & (points <= high)]


def combinations(
    names: Sequence[str], ranges: Mapping[str, Range], most: int, seed: int = 0
) -> Any:
    """Points of a product of ranges in floats, of shape (variables, points).

    All combinations of coarse grids where they are few enough; otherwise corners, diagonals and a
    random choice.
    """
    if len(names) == 1:
        return grid(ranges[names[0]], fine=most > 400)[None, :]
    draw = np.random.default_rng(seed)
    pools = [grid(ranges[name]) for name in names]
    each = int(most ** (1 / len(names)))
    chosen = [_thinned(pool, each) for pool in pools]
    blocks = []
    if each >= 5:
        blocks.append(np.array(list(itertools.product(*chosen))).T)
    blocks.append(np.array([draw.choice(pool, most // 2) for pool in pools]))
    middle = [_middle(ranges[name], draw, most // 2) for name in names]
    blocks.append(np.array(middle))
    corners = [pool[[0, -1]] for pool in pools]
    if len(names) <= 10:
        blocks.append(np.array(list(itertools.product(*corners))).T)
    blocks += _diagonals(names, ranges, pools, draw)
    return np.concatenate(blocks, axis=1)


def _thinned(pool: Any, count: int) -> Any:
    if pool.size <= count:
        return pool
    return pool[np.unique(np.linspace(0, pool.size - 1, count).astype(int))]


def _middle(allowed: Range, draw: Any, count: int) -> Any:
    """Random points where the action usually is: evenly in a range, or of moderate size."""
    low, high = ends_of(allowed).floats
    if allowed.integer:
        low = low if low > -np.inf else (high if high < np.inf else 0) - 20
        high = high if high < np.inf else low + 40
        return draw.integers(int(low), int(high) + 1, count).astype(float)
    if low > -np.inf and high < np.inf:
        return draw.uniform(low, high, count)
    spread = draw.exponential(1.0, count) * 2.0 ** draw.integers(-2, 4, count)
    if low > -np.inf:
        return low + spread
    if high < np.inf:
        return high - spread
    return spread * draw.choice([-1.0, 1.0], count)


def _diagonals(
    names: Sequence[str], ranges: Mapping[str, Range], pools: list[Any], draw: Any
) -> list[Any]:
    """Points where variables of the same range are equal: all of them, or two."""
    blocks = []
    first = ranges[names[0]]
    if all(ranges[name] == first for name in names):
        blocks.append(np.tile(pools[0], (len(names), 1)))
    for i, j in itertools.combinations(range(len(names)), 2):
        if ranges[names[i]] == ranges[names[j]] and len(names) <= 6:
            count = 4 * pools[i].size
            block = np.array([draw.choice(pool, count) for pool in pools])
            block[j] = block[i]
            blocks.append(block)
    return blocks


def satisfied(c: Comparison, difference: Any) -> Any:
    """Whether a comparison holds at points, in floats; an equality up to a small error."""
    return {
        "<": difference < 0,
        "<=": difference <= 0,
        ">": difference > 0,
        ">=": difference >= 0,
        "=": np.abs(difference) < 1e-9,
        "!=": difference != 0,
    }[c.relation]
