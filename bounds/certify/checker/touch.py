"""Proofs at a point where an inequality is an equality: the function and its gradient vanish there.

On a box around the point c, f(x) = f(c) + ∇f(c)·(x − c) + ∫₀¹ (1 − s) (x − c)ᵀ H (x − c) ds, with
H the matrix of second derivatives at c + s(x − c). Where f(c) = 0 and ∇f(c) = 0 exactly, and H is
positive definite over the whole box, f ≥ 0 there. In a coordinate in which c lies at an end of the
region, f may rise inwards instead: then its least value is on the face, which is looked at alone.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TypeAlias

from bounds.certify.checker.cells import Ends
from bounds.certify.checker.enclose import BITS
from bounds.certify.checker.expression import Node, number, substitute
from bounds.certify.checker.interval import Interval
from bounds.certify.checker.precision import Precision, Work
from bounds.certify.checker.program import compiled, slope_of
from bounds.certify.checker.slopes import slopes
from bounds.certify.checker.verdict import Rejected, Undecided

Region: TypeAlias = Mapping[str, tuple[Node | None, Node | None]]
"""The ends of each variable's range, without variables; None for an infinite one."""

Matrix: TypeAlias = list[list[Interval]]

MOST_VARIABLES, MOST_PIECES = 12, 256


def check_touch(
    goal: Node,
    at: Mapping[str, Node],
    box: Mapping[str, Ends],
    region: Region,
    is_zero: Callable[[Node], bool],
    work: Work | None = None,
) -> None:
    """Prove f ≥ 0 on the part of a box that lies in the region.

    Args:
        goal: f.
        at: the point c: for each variable of f an expression without variables.
        box: the exact ends of a box that holds c.
        region: the range of each variable.
        is_zero: whether an expression without variables is exactly 0; it answers yes only by proof.
        work: what may still be spent.

    Raises:
        Rejected: a condition is not proved.
    """
    names = sorted(goal.free)
    if not names or set(at) != set(names) or set(box) != set(names):
        raise Rejected("a touching point and its box have exactly the variables of the goal")
    if set(names) - set(region):
        raise Rejected("the region lacks a variable of the goal")
    if len(names) > MOST_VARIABLES:
        raise Rejected(f"a touching point has at most {MOST_VARIABLES} variables")
    for name in names:
        if at[name].free:
            raise Rejected(f"the coordinate {name} of a touching point has variables in it")
        # step: the point lies in the box [true 2/2]
        if not _inside(at[name], box[name], work):
            raise Rejected(f"the coordinate {name} of a touching point is not proved in its box")
    # step: f is 0 at a touching point [true 2/2]
    if not is_zero(substitute(goal, at)):
        raise Rejected("the function is not proved to vanish at the touching point")
    sides = {name: _side(at[name], region[name], is_zero) for name in names}
    left = [name for name in names if not _vanishes(goal, name, at, is_zero)]
    # step: but at an end of the region [true 3/3]
    if stuck := [name for name in left if not sides[name]]:
        raise Rejected(f"the derivative by {stuck[0]} is not proved to vanish at the point")
    reason = Rejected("nothing was tried")
    for bits in BITS:
        precision = Precision(bits, work)
        try:
            _check_around(goal, at, box, sides, left, precision)
            return
        except Undecided as fault:
            reason = Rejected(f"around a touching point: {fault}")
        except Rejected as fault:
            reason = fault
    raise reason


def _inside(point: Node, ends: Ends, work: Work | None) -> bool:
    """Whether a constant lies between two exact ends."""
    low, high = ends
    if point.head == "number":
        return bool(low <= point.args[0] <= high)
    for bits in BITS:
        try:
            if compiled(point).run({}, Precision(bits, work))[0].within(low, high):
                return True
        except Undecided:
            continue
    return False


def _side(
    point: Node, ends: tuple[Node | None, Node | None], is_zero: Callable[[Node], bool]
) -> int:
    """1 where the point is the lower end of the region, −1 where it is the upper one, else 0."""
    for side, end in zip((1, -1), ends, strict=True):
        if end is not None and is_zero(point - end):
            return side
    return 0


def _vanishes(
    goal: Node, name: str, at: Mapping[str, Node], is_zero: Callable[[Node], bool]
) -> bool:
    try:
        # step: and so is its slope [true]
        return is_zero(substitute(slope_of(goal, name), at))
    except Undecided as fault:
        raise Rejected(str(fault)) from None


def _check_around(
    goal: Node, at: Mapping[str, Node], box: Mapping[str, Ends], sides: Mapping[str, int],
    left: Sequence[str], precision: Precision,
) -> None:  # fmt: skip
    """What has to hold over the part of the box on the region's side of c."""
    point = {name: compiled(node).run({}, precision)[0] for name, node in at.items()}
    inner = {}
    for name, ends in box.items():
        over = Interval.enclosing(precision, *ends)
        # step: the box goes on below a point inside the region [true]
        low = point[name].lo if sides[name] > 0 else over.lo
        # step: and above the box of a touch [true]
        high = point[name].hi if sides[name] < 0 else over.hi
        inner[name] = Interval(precision, low, high)
    # without names to rise in, this still proves that the goal is defined
    _on_pieces(inner, lambda place: _rises_inwards(goal, left, sides, place, precision))
    rest = [name for name in sorted(at) if name not in left]
    face = {**inner, **{name: point[name] for name in left}}
    # the derivatives must be defined where algebra says that they are 0
    compiled(goal, *(slope_of(goal, name) for name in rest)).run(face, precision)
    if rest:
        _on_pieces(face, lambda place: _is_convex(goal, rest, place, precision))


def _on_pieces(box: Mapping[str, Interval], holds: Callable[[dict[str, Interval]], None]) -> None:
    """Prove something at every point of a box, which is halved where that does not succeed.

    Raises:
        Rejected, Undecided: as `holds` does, where the pieces become too many.
    """
    waiting, count = [dict(box)], 1
    while waiting:
        place = waiting.pop()
        try:
            holds(place)
        except (Rejected, Undecided):
            name = max(place, key=lambda name: _share(place[name], box[name]))
            middle = place[name].middle
            if count >= MOST_PIECES or not place[name].lo < middle.lo < place[name].hi:
                raise
            count += 1
            for half in (place[name].low.hull(middle), middle.hull(place[name].high)):
                waiting.append({**place, name: half})


def _share(part: Interval, whole: Interval) -> float:
    """How much of a range a part has, roughly."""
    width = float(whole.hi) - float(whole.lo)
    return (float(part.hi) - float(part.lo)) / width if width else 0.0


def _rises_inwards(
    goal: Node, left: Sequence[str], sides: Mapping[str, int], place: Mapping[str, Interval],
    at: Precision,
) -> None:  # fmt: skip
    _, gradient = slopes(goal, left, place, at)
    for name, slope in zip(left, gradient, strict=True):
        # step: where it rises inwards [true 2/5]
        if not (slope.lo >= 0 if sides[name] > 0 else slope.hi <= 0):
            raise Rejected(f"the function is not proved to rise inwards from the end of {name}")


def _is_convex(
    goal: Node, rest: Sequence[str], place: Mapping[str, Interval], at: Precision
) -> None:
    # step: f is convex [true 2/2]
    if not nonnegative_definite(hessian(goal, rest, place, at)):
        raise Rejected("the second derivatives are not proved to be positive definite on the box")


def hessian(
    goal: Node, names: Sequence[str], place: Mapping[str, Interval], at: Precision
) -> Matrix:
    """The second derivatives over a box."""
    upper = [slope_of(slope_of(goal, a), b) for k, a in enumerate(names) for b in names[k:]]
    values = iter(compiled(*upper).run(place, at))
    size = len(names)
    found = {(i, j): next(values) for i in range(size) for j in range(i, size)}
    return [[found[min(i, j), max(i, j)] for j in range(size)] for i in range(size)]


def nonnegative_definite(matrix: Matrix) -> bool:
    """Whether every symmetric matrix with these entries is: by Gauss's elimination.

    All pivots but the last must be positive, so that it can go on; the last may be 0.
    """
    rows = [list(row) for row in matrix]
    size = len(rows)
    for k in range(size):
        pivot = rows[k][k]
        if k == size - 1:
            # step: the last pivot is at least 0 [true 2/2]
            return bool(pivot.lo >= 0)
        # step: those before are positive [true 2/2]
        if not pivot.lo > 0:
            return False
        for i in range(k + 1, size):
            for j in range(i, size):
                if i == j:
                    # step: mixed derivatives count [first sum]
                    rows[i][i] = rows[i][i] - rows[k][i].squared() / pivot
                else:
                    rows[i][j] = rows[j][i] = rows[i][j] - rows[k][i] * rows[k][j] / pivot
    return True


def rest_boxes(
    region: Region, box: Mapping[str, Ends], names: Sequence[str], work: Work | None = None
) -> list[dict[str, tuple[Node | None, Node | None]]]:
    """What the region has outside of a box: boxes cut off one coordinate after the other.

    Args:
        region: the range of each variable.
        box: the box.
        names: the order of the variables.
        work: what may still be spent.

    Returns:
        For each variable in turn the piece below the box and the piece above it, where there is
        one; of the variables before it, the pieces have the ranges that are in the box.

    Raises:
        Rejected: the order of two ends is not proved.
    """
    pieces: list[dict[str, tuple[Node | None, Node | None]]] = []
    now = dict(region)
    for name in names:
        low, high = now[name]
        first, last = (number(end) for end in box[name])
        # step: what the region has below the box is proved, too [false 1/3]
        if low is None or _less(low, first, work):
            pieces.append({**now, name: (low, first)})
            low = first
        # step: and above it [false 1/3]
        if high is None or _less(last, high, work):
            pieces.append({**now, name: (last, high)})
            high = last
        now[name] = (low, high)
    return pieces


def _less(a: Node, b: Node, work: Work | None) -> bool:
    """Whether one constant is less than another."""
    if a is b:
        return False
    for bits in (*BITS, 1_024):
        try:
            value = compiled(b - a).run({}, Precision(bits, work))[0]
        except Undecided:
            continue
        if value.lo > 0:
            return True
        if value.hi <= 0:
            return False
    raise Rejected("the order of two ends of a region is not proved")
