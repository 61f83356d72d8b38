"""Proofs by subdivision: an inequality on every cell of a box.

The evidence is the subdivision, written as it is walked. A cell is halved in one variable: first
comes the lower part, then the upper. A leaf is a cell on which the inequality is proved: by the
range as it is, by the gradient, or in one variable by Taylor's formula; or it holds no point of the
domain, as a constraint fails on all of it. Where the function is monotone in a variable, its least
value is on a face.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, TypeAlias

from bounds.certify.checker.enclose import BITS
from bounds.certify.checker.expression import Node
from bounds.certify.checker.grammar import read_expression
from bounds.certify.checker.interval import Interval
from bounds.certify.checker.number import cut, shown, told_range
from bounds.certify.checker.precision import Precision, Rational, Work
from bounds.certify.checker.program import compiled
from bounds.certify.checker.slopes import around_middle, slopes
from bounds.certify.checker.taylor import taylor_form
from bounds.certify.checker.verdict import Rejected, Undecided

Ends: TypeAlias = tuple[Rational, Rational]
Box: TypeAlias = Mapping[str, Ends]
Constraint: TypeAlias = tuple[Node, str]
"""An expression and its relation to 0."""

MOST_SPLITS, MOST_ORDER = 1_000_000, 12

_DEEPEST = 400
_SENSES = (">", ">=", "<", "<=", "!=")


def meets(value: Interval, relation: str) -> bool:
    """Whether all numbers of an interval are proved to have a relation to 0."""
    if relation == ">":
        return bool(value.lo > 0)
    if relation == ">=":
        return bool(value.lo >= 0)
    if relation == "<":
        return bool(value.hi < 0)
    if relation == "<=":
        return bool(value.hi <= 0)
    if relation == "!=":
        # step: a range that holds 0 differs from it nowhere [true 2/4]
        return bool(value.lo > 0 or value.hi < 0)
    if relation == "=":
        return bool(value.lo == 0 == value.hi)
    raise Rejected(f"the relation {shown(relation)} is not known")


def fails(value: Interval, relation: str) -> bool:
    """Whether no number of an interval has a relation to 0."""
    opposite = {">": "<=", ">=": "<", "<": ">=", "<=": ">", "=": "!=", "!=": "="}
    if relation not in opposite:
        raise Rejected(f"the relation {shown(relation)} is not known")
    return meets(value, opposite[relation])


def over_box(box: Box, at: Precision) -> dict[str, Interval]:
    """The box as intervals, rounded outwards."""
    return {name: Interval.enclosing(at, *ends) for name, ends in box.items()}


def holds_on(
    goal: Node, relation: str, box: Box, order: int = 0, bits: Sequence[int] = BITS,
    work: Work | None = None, *, defined: bool = False,
) -> bool:  # fmt: skip
    """Whether an inequality is proved on all of a box.

    Args:
        goal: an expression f.
        relation: f >, >=, <, <= or != 0.
        box: the exact ends of each variable.
        order: of Taylor's formula, where f has one variable; 0 for none.
        bits: the precisions to try.
        work: what may still be spent.
        defined: see `enclose`.
    """
    return _holds_at(goal, relation, box, order, precisions(bits, work), defined)


def precisions(bits: Sequence[int], work: Work | None) -> list[Precision]:
    """Precisions that share what may be spent; each keeps the constants that were worked out."""
    work = work or Work()
    return [Precision(number, work) for number in bits]


def _holds_at(
    goal: Node, relation: str, box: Box, order: int, ats: Sequence[Precision], defined: bool
) -> bool:
    for at in ats:
        try:
            if _holds(goal, relation, box, order, at, defined):
                return True
        except Undecided:
            continue
    return False


def _holds(goal: Node, relation: str, box: Box, order: int, at: Precision, defined: bool) -> bool:
    place = over_box(box, at)
    value = compiled(goal).run(place, at, defined)[0]
    if meets(value, relation):
        return True
    names = [name for name in sorted(goal.free) if place[name].lo < place[name].hi]
    if not names:
        return False
    try:
        _, gradient = slopes(goal, names, place, at, defined=defined)
        if meets(value.meet(around_middle(goal, names, gradient, place, at, defined=defined)),
                 relation):  # fmt: skip
            return True
        if _holds_on_face(goal, relation, place, dict(zip(names, gradient, strict=True)), at,
                          defined):  # fmt: skip
            return True
    except Undecided:
        pass
    if order and len(names) == 1:
        form = taylor_form(goal, names[0], place, order, at, defined=defined)
        return meets(value.meet(form), relation)
    return False


def _holds_on_face(
    goal: Node, relation: str, place: Mapping[str, Interval], gradient: Mapping[str, Interval],
    at: Precision, defined: bool,
) -> bool:  # fmt: skip
    """Whether it holds where the function is least (greatest): on the face of what is monotone."""
    if relation not in (">", ">=", "<", "<="):
        return False
    face = dict(place)
    for name, slope in gradient.items():
        rises = slope.lo >= 0
        # step: a function that does not rise falls only if it is proved [true 1/3]
        if rises or slope.hi <= 0:
            # step: a monotone function is least on the face where it begins [first condition 1/2]
            lower = rises == (relation in (">", ">="))
            face[name] = place[name].low if lower else place[name].high
    left = [name for name in gradient if face[name].lo < face[name].hi]
    if len(left) == len(gradient):
        return False
    if meets(compiled(goal).run(face, at, defined)[0], relation):
        return True
    if not left:
        return False
    rest = [gradient[name] for name in left]
    return meets(around_middle(goal, left, rest, face, at, defined=defined), relation)


def excluded(
    constraints: Sequence[Constraint], box: Box, bits: Sequence[int] = BITS,
    work: Work | None = None,
) -> bool:  # fmt: skip
    """Whether one of the constraints fails on all of a box, so that it holds no point."""
    return _excluded_at(constraints, box, precisions(bits[:2], work))


def _excluded_at(constraints: Sequence[Constraint], box: Box, ats: Sequence[Precision]) -> bool:
    for at in ats:
        place = over_box(box, at)
        for expression, relation in constraints:
            names = [name for name in sorted(expression.free) if place[name].lo < place[name].hi]
            try:
                value = compiled(expression).run(place, at)[0]
                if fails(value, relation):
                    return True
                _, gradient = slopes(expression, names, place, at)
                if fails(value.meet(around_middle(expression, names, gradient, place, at)),
                         relation):  # fmt: skip
                    return True
            except Undecided:
                continue
    return False


def check_cells(
    goal: Node,
    relation: str,
    ranges: Box,
    constraints: Sequence[Constraint],
    splits: Sequence[Any],
    order: int = 0,
    work: Work | None = None,
    *,
    defined: bool = False,
) -> Iterator[tuple[int, int]]:
    """Prove an inequality at all points of a box that satisfy the constraints, cell by cell.

    Args:
        goal: an expression f.
        relation: f >, >=, <, <= or != 0.
        ranges: the exact ends of each variable.
        constraints: what may be used to leave cells out.
        splits: for each cell as it is reached: "." where it is proved; "x" where a constraint
            fails on it; {"v": name} where it is halved in a variable, {"v": name, "at": number}
            where it is cut elsewhere, or just the name, unless that is x; "m:v+" or "m:v-" (or
            several, with commas) where f rises or falls in v, so that it is proved on the face
            where f is least; "f:v+" or "f:v-" to go on with that face.
        order: of Taylor's formula in cells of one variable; 0 for none.
        work: what may still be spent, and which share of the cells falls to this process.
        defined: see `enclose`.

    Yields:
        How many elements are done, and how many there are.

    Raises:
        Rejected: the inequality is not proved on a cell, or the cells do not cover the box.
    """
    _check_shape(goal, relation, ranges, constraints, splits, order)
    work = work or Work()
    ats = precisions(BITS, work)
    waiting: list[tuple[dict[str, Ends], int]] = [(dict(ranges), 0)]
    total = len(splits)
    for done, element in enumerate(splits, 1):
        if not waiting:
            raise Rejected("the subdivision goes on after its end", f"element {done}")
        box, depth = waiting.pop()
        if depth > _DEEPEST:
            raise Rejected("the subdivision is too deep", f"element {done}")
        mine = work.mine(done)
        if element == ".":
            # step: each cell is proved [false 1/4]
            if mine and not _holds_at(goal, relation, box, order, ats, defined):
                raise _not_proved("the inequality is not proved on a cell", done, box)
        elif element == "x":
            # step: a cell that is left out holds no point [false 1/4]
            if mine and not _excluded_at(constraints, box, ats[:2]):
                raise _not_proved("a cell is not proved to lie outside of the domain", done, box)
        elif isinstance(element, str) and element[:2] in ("m:", "f:"):
            face = _face(goal, relation, box, element[2:], constraints, ats, defined, mine)
            if face is None:
                raise _not_proved(f"{shown(element)} is not proved on a cell", done, box)
            if element[0] == "f":
                waiting.append((face, depth + 1))
            # step: the face of a monotone function is proved [false 1/4]
            elif mine and not _holds_at(goal, relation, face, order, ats, defined):
                raise _not_proved("the inequality is not proved on a face", done, face)
        else:
            lower, upper = _halves(box, element)
            waiting += [(upper, depth + 1), (lower, depth + 1)]
        yield done, total
    if waiting:
        raise Rejected("the subdivision ends before the box is covered", f"element {total}")


def _check_shape(
    goal: Node, relation: str, ranges: Box, constraints: Sequence[Constraint],
    splits: Sequence[Any], order: int,
) -> None:  # fmt: skip
    if relation not in _SENSES:
        raise Rejected(f"cells do not prove the relation {shown(relation)}")
    if not 0 < len(splits) <= MOST_SPLITS:
        raise Rejected(f"a subdivision has from 1 to {MOST_SPLITS:,} elements")
    if not (isinstance(order, int) and 0 <= order <= MOST_ORDER):
        raise Rejected(f"an order is a whole number from 0 to {MOST_ORDER}")
    free = goal.free.union(*(expression.free for expression, _ in constraints))
    if lacking := free - set(ranges):
        raise Rejected(f"the variable {min(lacking)} has no finite range")
    if relation == "!=" and constraints:
        raise Rejected("cells prove != 0 on a whole box, without constraints")


def _face(
    goal: Node, relation: str, box: dict[str, Ends], text: str,
    constraints: Sequence[Constraint], ats: Sequence[Precision], defined: bool, mine: bool,
) -> dict[str, Ends] | None:  # fmt: skip
    """The face on which f is least (greatest), or None where it is not proved monotone."""
    if relation == "!=":
        raise Rejected("a face does not prove that a function differs from 0")
    face, wanted = dict(box), {}
    for item in text.split(","):
        name, sign = item[:-1], item[-1:]
        if name not in box or sign not in ("+", "-") or name in wanted:
            raise Rejected(f"{shown(item)} is not a variable with + or -")
        # step: no constraint has the variable of a face [false 1/2]
        if any(name in expression.free for expression, _ in constraints):
            raise Rejected(f"a constraint has the variable {name}: its face may be outside")
        wanted[name] = sign
        low, high = box[name]
        lower = (sign == "+") == (relation in (">", ">="))
        face[name] = (low, low) if lower else (high, high)
    if mine and not _monotone(goal, box, wanted, ats, defined):
        return None
    return face


def _monotone(
    goal: Node, box: Box, wanted: Mapping[str, str], ats: Sequence[Precision], defined: bool
) -> bool:
    left = dict(wanted)
    for at in ats:
        try:
            _, gradient = slopes(goal, list(left), over_box(box, at), at, defined=defined)
        except Undecided:
            continue
        for (name, sign), slope in zip(list(left.items()), gradient, strict=True):
            # step: the function is proved monotone [true 1/4]
            if slope.lo >= 0 if sign == "+" else slope.hi <= 0:
                del left[name]
        if not left:
            return True
    return False


def _halves(box: dict[str, Ends], element: Any) -> tuple[dict[str, Ends], dict[str, Ends]]:
    name, cut_at = element, None
    if isinstance(element, dict):
        if not {"v"} <= set(element) <= {"v", "at"}:
            raise Rejected('a cut is an object with "v", and perhaps "at"')
        name, cut_at = element["v"], _exact(element["at"]) if "at" in element else None
    if not isinstance(name, str) or name not in box:
        raise Rejected(f"{shown(name)} is not a variable of the box")
    low, high = box[name]
    middle = (low + high) / 2 if cut_at is None else cut_at
    if not low < middle < high:
        raise Rejected(f"a cut of {name} is not inside the cell")
    return {**box, name: (low, middle)}, {**box, name: (middle, high)}


def _exact(text: Any) -> Rational:
    node = read_expression(text)
    if node.head != "number":
        raise Rejected(f"a cut at {shown(text)} is not a rational number")
    return node.args[0]


def _not_proved(reason: str, done: int, box: Box) -> Rejected:
    where = ", ".join(f"{name} in {told_range(*ends)}" for name, ends in sorted(box.items()))
    return Rejected(reason, cut(f"element {done}: {where}", 300))


def sign_on(
    node: Node,
    name: str,
    low: Rational,
    high: Rational,
    splits: str = ".",
    order: int = 0,
    work: Work | None = None,
    *,
    place: Box | None = None,
    defined: bool = False,
) -> int:
    """The one strict sign of an expression on [low, high], by halving.

    Args:
        node: the expression.
        name: its variable.
        low: the lower end.
        high: the upper end.
        splits: "s" where a part is halved, "." where its sign is proved.
        order: of Taylor's formula; 0 for none.
        work: what may still be spent.
        place: the ranges of other variables.
        defined: see `enclose`.

    Returns:
        1 or −1.

    Raises:
        Rejected: the sign is not proved on a part, or there are two.
    """
    if not isinstance(splits, str) or set(splits) - set("s."):
        raise Rejected('a subdivision of an interval consists of "s" and dots')
    if not low <= high:
        raise Rejected("the ends of an interval are not in order")
    box = {**(place or {}), name: (low, high)}
    start = {**box, name: (low, low)}
    sign = _proved_sign(node, start, 0, work, defined)
    if not sign:
        first = box if splits == "." else {**box, name: (low, _first_end(low, high, splits))}
        sign = _proved_sign(node, first, order, work, defined)
    if not sign:
        raise Rejected("the sign is not proved on the first part")
    elements = [{"v": name} if letter == "s" else "." for letter in splits]
    for _ in check_cells(node, ">" if sign > 0 else "<", box, (), elements, order, work,
                         defined=defined):  # fmt: skip
        pass
    return sign


def _proved_sign(node: Node, box: Box, order: int, work: Work | None, defined: bool) -> int:
    """1 or −1 where the expression has this sign on all of a box; 0 where that is not proved."""
    for sign, relation in ((1, ">"), (-1, "<")):
        # step: the sign of a table is proved in every process [true]
        if holds_on(node, relation, box, order, work=work, defined=defined):
            return sign
    return 0


def _first_end(low: Rational, high: Rational, splits: str) -> Rational:
    """Where the first part ends."""
    for letter in splits:
        if letter == ".":
            break
        high = (low + high) / 2
    return high
