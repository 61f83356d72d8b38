"""A goal f > 0 or f >= 0 on a box in several variables, by a subdivision into cells.

All boxes of one size are looked at together, in floats. A box is done if the interval extension or
the mean-value form has the sign, or if a constraint fails on all of it. Where f is monotone in a
variable that no constraint has, the box goes to its face. What is left is halved in the variable
that contributes most to the width of f.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
from flint import arb, ctx

from bounds.certify.language.comparison import Comparison
from bounds.certify.language.domain import Range
from bounds.certify.language.expression import Expr
from bounds.certify.rules.enclosures import evaluate
from bounds.certify.rules.floats import evaluate_float
from bounds.certify.rules.goal import Deadline, Goal, Node
from bounds.certify.rules.intervals import Intervals, natural, slopes
from bounds.certify.rules.points import satisfied
from bounds.certify.rules.samples import tightened
from bounds.certify.rules.taylor import series
from bounds.certify.rules.workers import Workers

MOST_CELLS = 20_000
EMPTY = "x"
"""The leaf for a cell with no point of the domain; a variable of this name is cut as an object."""
_CHUNK = 2048
_TAYLOR_ORDER = 6
_MOST_BY_TAYLOR = 64
_LEAST_WIDTH = 2.0**-40
_ALONE = 2.0  # seconds before other processes are asked: to start them takes one
_PARTS_A_JOB = 4


@dataclass
class Subdivision:
    """What a subdivision came to.

    Attributes:
        node: the certificate's node; None where it is not complete.
        cells: how many leaves it has.
        worst: the place where f is smallest, of those that were looked at.
        least: f there.
        refuting: whether f has the wrong sign there, in floats.
    """

    node: Node | None = None
    cells: int = 0
    worst: dict[str, float] = field(default_factory=dict)
    least: float = float("inf")
    refuting: bool = False


def hull(allowed: Range) -> tuple[float, float] | None:
    """Floats around a finite range; None where an end is infinite or too large."""
    if allowed.low is None or allowed.high is None:
        return None
    with ctx.workprec(80):
        low, high = evaluate(allowed.low, {}), evaluate(allowed.high, {})
    if not (low.is_finite() and high.is_finite()):
        return None
    ends = _below(allowed.low, low), _above(allowed.high, high)
    return ends if np.all(np.isfinite(ends)) else None


def _below(end: Expr, ball: arb) -> float:
    near = float(ball.mid())
    exact = end.is_number and end.value == near
    return near if exact else float(np.nextafter(near, -np.inf))


def _above(end: Expr, ball: arb) -> float:
    near = float(ball.mid())
    exact = end.is_number and end.value == near
    return near if exact else float(np.nextafter(near, np.inf))


def by_cells(goal: Goal, deadline: Deadline, most: int = MOST_CELLS) -> Subdivision:
    """Prove the goal by a subdivision of its box.

    Args:
        goal: f > 0, f >= 0 or f != 0, with finite ranges.
        deadline: when to stop.
        most: how many cells at most.

    Returns:
        The subdivision; its node is None where it is not complete, and then the worst place says
        where it is stuck.
    """
    goal = replace(goal, domain=tightened(goal.domain))
    names = goal.names
    result = Subdivision()
    used = set(names).union(*(c.free for c in goal.domain.constraints))
    names = tuple(name for name in goal.domain.ranges if name in used)
    hulls = [hull(goal.domain.ranges[name]) for name in names]
    if not names or any(ends is None for ends in hulls):
        return result
    low = np.array([[ends[0]] for ends in hulls if ends is not None])
    high = np.array([[ends[1]] for ends in hulls if ends is not None])
    f = goal.f
    if goal.relation == "!=":
        middle = evaluate_float(f, dict(zip(names, (low + high)[:, 0] / 2, strict=True)))
        f = -f if middle < 0 else f
    workers = deadline.workers
    if workers is None or not workers.useful or most < MOST_CELLS:
        return _Search(f, goal, names, low, high, most, deadline).run()
    alone = _Search(f, goal, names, low, high, most, deadline.within(_ALONE)).run()
    if alone.node is not None or alone.refuting or deadline.over():
        return alone
    return _shared(_Box(f, goal, names, low, high), workers, most, deadline)


@dataclass(frozen=True)
class _Box:
    """A part of the box, for another process."""

    f: Expr
    goal: Goal
    names: tuple[str, ...]
    low: Any
    high: Any

    def halves(self) -> tuple[int, _Box, _Box]:
        """The widest variable, and the two parts that halving it leaves."""
        i = int(np.argmax(self.high - self.low))
        middle = (self.low[i] + self.high[i]) / 2
        low, high = self.low.copy(), self.high.copy()
        high[i], low[i] = middle, middle
        return i, replace(self, high=high), replace(self, low=low)


def _look_at(asked: tuple[_Box, int, float]) -> Subdivision:
    box, most, seconds = asked
    deadline = Deadline(seconds)
    return _Search(box.f, box.goal, box.names, box.low, box.high, most, deadline).run()


def _shared(box: _Box, workers: Workers, most: int, deadline: Deadline) -> Subdivision:
    """A subdivision whose parts are looked at side by side."""
    splits: list[Any] = []
    boxes: list[_Box] = []

    def halve(part: _Box, times: int) -> None:
        if times == 0:
            splits.append(len(boxes))
            boxes.append(part)
            return
        i, first, second = part.halves()
        name = part.names[i]
        splits.append({"v": name} if name == EMPTY else name)
        halve(first, times - 1)
        halve(second, times - 1)

    halve(box, (_PARTS_A_JOB * workers.jobs - 1).bit_length())
    asked = [(part, most, deadline.left()) for part in boxes]
    found = workers.all_of(_look_at, asked, lambda one: one.node is not None)
    worst = min(found, key=lambda one: one.least)
    result = Subdivision(None, 0, worst.worst, worst.least, any(one.refuting for one in found))
    nodes = [one.node for one in found if one.node is not None]
    if len(nodes) == len(boxes):
        inside = [nodes[at]["splits"] if isinstance(at, int) else [at] for at in splits]
        flat = [entry for part in inside for entry in part]
        result.node = {"rule": "cells", "splits": flat, "order": _TAYLOR_ORDER}
        result.cells = sum(one.cells for one in found)
    return result


class _Search:
    def __init__(
        self,
        f: Expr,
        goal: Goal,
        names: tuple[str, ...],
        low: Any,
        high: Any,
        most: int,
        deadline: Deadline,
    ) -> None:
        self.f, self.names, self.most, self.deadline = f, names, most, deadline
        self.strict = goal.strict
        self.constraints = [c for c in goal.domain.constraints if c.relation != "!="]
        bound = set().union(*(c.free for c in goal.domain.constraints))
        faces = goal.relation in (">", ">=")
        self.free_to_face = [faces and name not in bound for name in names]
        self.low, self.high = low, high
        self.root = np.maximum(high - low, 1e-300)[:, 0]
        self.tree: list[Any] = [None]
        self.leaves = 0
        self.result = Subdivision()

    def run(self) -> Subdivision:
        low, high, ids = self.low, self.high, np.array([0])
        while ids.size:
            parts = []
            for start in range(0, ids.size, _CHUNK):
                if self.deadline.over():
                    return self.result
                cut = slice(start, start + _CHUNK)
                parts.append(self.step(low[:, cut], high[:, cut], ids[cut]))
                if self.result.refuting:
                    return self.result
            low = np.concatenate([part[0] for part in parts], axis=1)
            high = np.concatenate([part[1] for part in parts], axis=1)
            ids = np.concatenate([part[2] for part in parts])
            if self.leaves + ids.size > self.most:
                return self.result
            widths = np.max((high - low) / self.root[:, None], axis=0, initial=0.0)
            if np.any((widths > 0) & (widths < _LEAST_WIDTH)):
                return self.result
        self.result.cells = self.leaves
        self.result.node = {
            "rule": "cells",
            "splits": self.flattened(),
            "order": _TAYLOR_ORDER,
        }
        return self.result

    def good(self, lower: Any) -> Any:
        """Whether lower bounds of f prove the goal."""
        return lower > 0 if self.strict else lower >= 0

    def done(self, ids: Any, mark: str) -> None:
        for i in ids.tolist():
            self.tree[i] = mark
        self.leaves += ids.size

    def step(self, low: Any, high: Any, ids: Any) -> tuple[Any, Any, Any]:
        """Look at boxes; give the boxes that follow."""
        low, high, ids = self.drop(natural(self.f, self.names, low, high).low, low, high, ids)
        if ids.size and self.constraints:
            outside = self.excluded(low, high)
            self.done(ids[outside], EMPTY)
            low, high, ids = low[:, ~outside], high[:, ~outside], ids[~outside]
        if not ids.size:
            return low, high, ids
        self.look(low, high)
        _, gradient = slopes(self.f, self.names, low, high)
        bounds = self.mean_value(low, high, gradient)
        good = self.good(bounds)
        if len(self.names) == 1 and np.count_nonzero(~good) <= _MOST_BY_TAYLOR:
            for i in np.flatnonzero(~good):
                good[i] = self.by_taylor(float(low[0, i]), float(high[0, i]))
        self.done(ids[good], ".")
        keep = ~good
        low, high, ids = low[:, keep], high[:, keep], ids[keep]
        gradient = [Intervals(g.low[keep], g.high[keep]) for g in gradient]
        return self.go_on(low, high, ids, gradient)

    def drop(self, lower: Any, low: Any, high: Any, ids: Any) -> tuple[Any, Any, Any]:
        good = self.good(lower)
        self.done(ids[good], ".")
        return low[:, ~good], high[:, ~good], ids[~good]

    def excluded(self, low: Any, high: Any) -> Any:
        """The boxes on all of which a constraint fails."""
        outside = np.zeros(low.shape[1], dtype=bool)
        for c in self.constraints:
            outside |= violated(c, natural(c.left - c.right, self.names, low, high))
        return outside

    def look(self, low: Any, high: Any) -> None:
        """F at the middles: the worst place, and whether it refutes the goal."""
        middle = (low + high) / 2
        place = dict(zip(self.names, middle, strict=True))
        value = evaluate_float(self.f, place)
        allowed = np.ones(middle.shape[1], dtype=bool)
        for c in self.constraints:
            allowed &= satisfied(c, evaluate_float(c.left - c.right, place))
        value = np.where(allowed & ~np.isnan(value), value, np.inf)
        i = int(np.argmin(value))
        if value[i] < self.result.least:
            self.result.least = float(value[i])
            self.result.worst = {n: float(middle[j, i]) for j, n in enumerate(self.names)}
            if value[i] < 0:
                scale = self.scale(low[:, i : i + 1], high[:, i : i + 1])
                self.result.refuting = bool(value[i] < -1e-11 * scale)

    def scale(self, low: Any, high: Any) -> float:
        """How large the terms of f are, which its rounding errors are relative to."""
        terms = self.f.args if self.f.head == "+" else (self.f,)
        middle = dict(zip(self.names, (low + high)[:, 0] / 2, strict=True))
        sizes = [abs(float(evaluate_float(term, middle))) for term in terms]
        return max((size for size in sizes if np.isfinite(size)), default=1.0) or 1.0

    def mean_value(self, low: Any, high: Any, gradient: list[Intervals]) -> Any:
        """Lower bounds of f by its value at the middle and its slopes."""
        middle, radius = (low + high) / 2, (high - low) / 2
        value = natural(self.f, self.names, middle, middle).low
        with np.errstate(all="ignore"):
            for i, slope in enumerate(gradient):
                most = np.maximum(np.abs(slope.low), np.abs(slope.high))
                value = value - np.where(radius[i] > 0, most * radius[i] * (1 + 1e-15), 0.0)
            return np.where(np.isnan(value), -np.inf, value - 1e-15 * np.abs(value))

    def by_taylor(self, low: float, high: float) -> bool:
        """Whether the Taylor form in the one variable has the sign."""
        name = self.names[0]
        with ctx.workprec(64):
            centre, radius = arb(low / 2 + high / 2), arb(high) / 2 - arb(low) / 2
            cell = arb(low).union(arb(high))
            at_centre = series(self.f, name, {name: centre}, _TAYLOR_ORDER - 1)
            rest = series(self.f, name, {name: cell}, _TAYLOR_ORDER)[_TAYLOR_ORDER]
            t = arb(0, radius.upper())
            total = rest
            for c in reversed(at_centre[1:]):
                total = total * t + c
            total = total * t + at_centre[0]
            return bool(total > 0 if self.strict else total >= 0)

    def go_on(
        self, low: Any, high: Any, ids: Any, gradient: list[Intervals]
    ) -> tuple[Any, Any, Any]:
        """Boxes to their faces where f is monotone, the others halved."""
        low, high = low.copy(), high.copy()
        width = high - low
        moved = np.zeros(ids.size, dtype=bool)
        now = ids.copy()
        for i, slope in enumerate(gradient):
            if not self.free_to_face[i]:
                continue
            for sign, monotone in ((1, slope.low >= 0), (-1, slope.high <= 0)):
                for k in np.flatnonzero(monotone & (width[i] > 0)).tolist():
                    self.tree.append(None)
                    self.tree[now[k]] = (i, sign, len(self.tree) - 1)
                    now[k] = len(self.tree) - 1
                    moved[k] = True
                    if sign > 0:
                        high[i, k] = low[i, k]
                    else:
                        low[i, k] = high[i, k]
                    width[i, k] = 0.0
        kept = ~moved
        score = self.scores(width, gradient)
        axis = np.argmax(score, axis=0)
        stuck = np.max(width, axis=0) <= 0
        halves_low, halves_high, halves_ids = [low[:, moved]], [high[:, moved]], [now[moved]]
        for i in range(len(self.names)):
            chosen = kept & (axis == i) & ~stuck
            if not np.any(chosen):
                continue
            first_low, first_high = low[:, chosen], high[:, chosen]
            middle = (first_low[i] + first_high[i]) / 2
            second_low, second_high = first_low.copy(), first_high.copy()
            first_high = first_high.copy()
            first_high[i], second_low[i] = middle, middle
            count = int(np.count_nonzero(chosen))
            start = len(self.tree)
            self.tree.extend([None] * (2 * count))
            for k, parent in enumerate(ids[chosen].tolist()):
                self.tree[parent] = (i, 0, start + k, start + count + k)
            halves_low += [first_low, second_low]
            halves_high += [first_high, second_high]
            halves_ids += [np.arange(start, start + 2 * count)]
        if np.any(stuck & kept):  # a single point that fails: no subdivision helps
            self.leaves = self.most + 1
        return (
            np.concatenate(halves_low, axis=1),
            np.concatenate(halves_high, axis=1),
            np.concatenate(halves_ids),
        )

    def scores(self, width: Any, gradient: list[Intervals]) -> Any:
        """How much each variable contributes to the width of f on each box."""
        most = np.array([np.maximum(np.abs(g.low), np.abs(g.high)) for g in gradient])
        relative = width / self.root[:, None]
        finite = np.all(np.isfinite(most), axis=0)
        smear = np.where(finite, np.where(np.isfinite(most), most, 0.0) * width, relative)
        floor = np.max(smear, axis=0) * 1e-3 * relative
        return np.where(width > 0, np.maximum(smear, floor), -1.0)

    def flattened(self) -> list[Any]:
        """The tree in prefix notation."""
        result: list[Any] = []
        stack = [0]
        while stack:
            entry = self.tree[stack.pop()]
            if isinstance(entry, str):
                result.append(entry)
            elif entry[1] == 0:
                name = self.names[entry[0]]
                result.append({"v": name} if name == EMPTY else name)
                stack += [entry[3], entry[2]]
            else:
                result.append(f"f:{self.names[entry[0]]}{'+' if entry[1] > 0 else '-'}")
                stack.append(entry[2])
        return result


def violated(c: Comparison, difference: Intervals) -> Any:
    """Whether a comparison fails on all of each box, from the interval of left − right."""
    low, high = difference.low, difference.high
    return {
        "<": low >= 0,
        "<=": low > 0,
        ">": high <= 0,
        ">=": high < 0,
        "=": (low > 0) | (high < 0),
    }[c.relation]


__all__: Sequence[str] = ["MOST_CELLS", "Subdivision", "by_cells", "hull", "violated"]
