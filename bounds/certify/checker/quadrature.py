"""Ranges of integrals and finite sums: they bind a variable.

An integral is cut into parts. On each it is that of a Taylor polynomial about the middle, and of a
remainder, which is enclosed over the part; or, where the integrand has no derivatives that can be
enclosed (a root at its end), the length times the range. The part with the widest enclosure is
halved first.
"""

from __future__ import annotations

from heapq import heappop, heappush
from math import inf

import gmpy2  # type: ignore[import-untyped, unused-ignore]

from bounds.certify.checker import elementary
from bounds.certify.checker.expression import Node
from bounds.certify.checker.interval import Interval
from bounds.certify.checker.precision import Mpfr, Precision
from bounds.certify.checker.program import BOUND, Place, compiled
from bounds.certify.checker.taylor import taylor
from bounds.certify.checker.verdict import Undecided

MOST_PARTS, MOST_TERMS = 400, 100_000

_ORDER = 12  # of the remainder: even, so that (t − m)^n does not change its sign
_SPARE = 10  # bits that an integral may lose


def integral(node: Node, place: Place, at: Precision, defined: bool) -> Interval:
    """∫ f dt between two ends, which may vary in intervals."""
    body, bound, low, high = node.args
    name = bound.args[0]
    first = compiled(low).run(place, at, defined)[0]
    last = compiled(high).run(place, at, defined)[0]
    start, end = first.middle, last.middle
    if start.lo > end.lo:
        total = -_between(body, name, end.lo, start.lo, place, at, defined)
    elif start.lo < end.lo:
        total = _between(body, name, start.lo, end.lo, place, at, defined)
    else:
        total = start * 0
    # from the middles of the ends to the ends themselves
    for side, moving in ((-1, first), (1, last)):
        if moving.lo < moving.hi:
            over = compiled(body).run({**place, name: moving}, at, defined)[0]
            total = total + over * (moving - moving.middle) * side
    return total


def _between(
    body: Node, name: str, low: Mpfr, high: Mpfr, place: Place, at: Precision, defined: bool
) -> Interval:
    """∫ f dt from one number to a greater one."""
    parts: list[tuple[float, int, Interval, Interval | None]] = []

    def push(over: Interval) -> None:
        value = _part(body, name, over, place, at, defined)
        width = inf if value is None else float(at.up.sub(value.hi, value.lo))
        heappush(parts, (-width, len(parts), over, value))

    push(Interval(at, low, high))
    best: Interval | None = None
    while True:
        count, width = len(parts), -parts[0][0]
        if width < inf and count & (count - 1) == 0:  # a power of two
            values = [value for *_, value in parts if value is not None]
            found = sum(values[1:], values[0])
            goal = at.up.mul(found.absolute().hi, at.up.exp2(at.integer(_SPARE - at.bits)))
            now = at.up.sub(found.hi, found.lo)
            if now <= goal or (best is not None and now > 0.8 * (best.hi - best.lo)):
                return found if best is None else found.meet(best)
            best = found
        if count >= MOST_PARTS:
            if best is None:
                raise Undecided("an integral is not enclosed")
            return best
        over = heappop(parts)[2]
        middle = over.middle.lo
        if not over.lo < middle < over.hi:
            raise Undecided("an integral is not enclosed")
        push(Interval(at, over.lo, middle))
        push(Interval(at, middle, over.hi))


def _part(
    body: Node, name: str, over: Interval, place: Place, at: Precision, defined: bool
) -> Interval | None:
    """∫ f dt over a part; None where its integrand is not enclosed."""
    there = {**place, name: over}
    try:
        plain = compiled(body).run(there, at, defined)[0] * (over.high - over.low)
    except Undecided:
        return None
    try:
        middle = over.middle
        last = taylor(body, name, there, _ORDER, at, defined=defined)[_ORDER]
        about = taylor(body, name, {**place, name: middle}, _ORDER - 1, at, defined=defined)
        above, below = over.high - middle, over.low - middle
        total = plain * 0
        for k, coefficient in enumerate([*about, last]):
            up, down = (elementary.whole_power(side, k + 1) for side in (above, below))
            total = total + coefficient * ((up - down) / (k + 1))
        return total.meet(plain)
    except Undecided:
        return plain


def finite_sum(node: Node, place: Place, at: Precision, defined: bool) -> Interval:
    """Σ f(n) for whole n between two ends that are whole numbers."""
    body, bound, low, high = node.args
    ends = []
    for end in (low, high):
        value = compiled(end).run(place, at, defined)[0]
        if value.lo != value.hi or not gmpy2.is_integer(value.lo):
            raise Undecided("an end of a sum is not one whole number")
        ends.append(value.lo)
    if at.up.sub(ends[1], ends[0]) > MOST_TERMS:
        raise Undecided(f"a sum has more than {MOST_TERMS:,} terms")
    first, last = (int(end) for end in ends)
    program, name = compiled(body), bound.args[0]
    total = Interval(at, at.integer(0), at.integer(0))
    for n in range(first, last + 1):
        here = Interval.enclosing(at, gmpy2.mpq(n), gmpy2.mpq(n))
        total = total + program.run({**place, name: here}, at, defined)[0]
    return total


def register() -> None:
    """Let expressions have integrals and sums."""
    BOUND.setdefault("integral", integral)
    BOUND.setdefault("sum", finite_sum)
