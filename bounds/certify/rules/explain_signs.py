"""Tables of variations in words: why a function of one variable has its signs.

The signs that are told are those that the checker finds when it replays a node. Where it cannot
replay a node by itself, as the node needs what is around it, no signs are told.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from fractions import Fraction
from typing import Any, TypeAlias

import numpy as np

from bounds.certify.checker.proof import check_goal, check_pattern
from bounds.certify.checker.verdict import BeyondLimit, Rejected
from bounds.certify.errors import BoundsError
from bounds.certify.language.derivative import derivative
from bounds.certify.language.domain import parse_domain
from bounds.certify.language.expression import Expr, number, substitute, variable
from bounds.certify.language.grammar import parse_expression
from bounds.certify.language.text import to_text
from bounds.certify.rules.floats import evaluate_float
from bounds.certify.rules.goal import Node
from bounds.certify.rules.normal import TooLarge, normal_expr
from bounds.certify.rules.numeric import Span
from bounds.certify.rules.page import Page

Signs: TypeAlias = "list[int] | None"
"""The signs from left to right; None where they are not told."""

WORDS = {1: "positive", -1: "negative", 0: "0"}
_MARKS = {1: "+", -1: "-", 0: "0", None: ""}
_MOVES = {1: "rises", -1: "falls"}
_COUNTS = {1: "one zero", 2: "two zeros", 3: "three zeros", 4: "four zeros"}
_SECONDS = 5.0
_DIGITS = 3


@dataclass(frozen=True)
class Line:
    """An open interval of one variable, and signs that are proved on it already."""

    name: str
    span: Span
    facts: Mapping[str, Node] = field(default_factory=dict)

    def signs(self, f: Expr, node: Node) -> Signs:
        """The signs that a node proves, from the checker."""
        low = "-inf" if self.span.low is None else to_text(self.span.low)
        high = "inf" if self.span.high is None else to_text(self.span.high)
        known = {**self.facts, **node.get("conditions", {})}
        whole = {**node, "conditions": known} if known else node
        forms = (f, *(() if (simple := simplest(f)) is f else (simple,)))
        for form in forms:
            try:
                return list(
                    check_pattern(to_text(form), self.name, low, high, whole, seconds=_SECONDS)
                )
            except (Rejected, BeyondLimit, ArithmeticError, RecursionError):
                continue
        return None

    def between(self, low: Expr | None, high: Expr | None) -> Line:
        """A part of it."""
        return Line(self.name, Span(low, high))


def simplest(f: Expr) -> Expr:
    """The normal form, where it is not too large."""
    try:
        return normal_expr(f)
    except (TooLarge, BoundsError, ArithmeticError):
        return f


def told_signs(signs: Signs) -> str:
    """Signs in words, with the number of zeros."""
    if signs is None:
        return "of the signs that the goal needs"
    if not signs:
        return "0"
    zeros = len(signs) - 1
    if not zeros:
        return WORDS[signs[0]]
    count = _COUNTS.get(zeros, f"{zeros} zeros")
    if len(set(signs)) == 1:
        return f"{WORDS[signs[0]]} but for exactly {count}, where it touches 0"
    changes = [s for k, s in enumerate(signs) if not k or signs[k - 1] != s]
    told = ", then ".join(WORDS[s] for s in changes)
    return f"{told}, with exactly {count} in between"


def _subject(page: Page, name: str, f: Expr, shown: bool) -> str:
    """The name of a function, with its formula if that is not on the page yet."""
    return page.math(name) if shown else page.equation(name, f)


def pattern(
    page: Page, name: str, f: Expr, line: Line, node: Node, level: int, *, shown: bool = False
) -> Signs:
    """Write why f has its signs, and return them.

    Args:
        page: to write on.
        name: what f is called.
        f: the function.
        line: where.
        node: its proof.
        level: the indent.
        shown: whether the formula of f is on the page already.
    """
    for text, child in node.get("conditions", {}).items():
        page.say(level, f"First, the sign of {page.f(parse_expression(text))}:")
        pattern(page, page.name(), parse_expression(text), line, child, level + 1)
        line = Line(line.name, line.span, {**line.facts, text: child})
    writer = _WRITERS.get(node["rule"])
    if writer is not None:
        return writer(page, name, f, line, node, level, shown)
    signs = line.signs(f, node)
    subject = _subject(page, name, f, shown)
    reason = leaf_reason(page, line, node, signs)
    page.say(level, f"{subject} is {told_signs(signs)}: {reason}.")
    return signs


def leaf_reason(page: Page, line: Line, node: Node, signs: Signs) -> str:
    """Why a rule without parts proves its signs."""
    rule = node["rule"]
    if rule == "rational":
        if signs is not None and len(signs) == 1:
            return "it has no zero there, by Sturm's theorem"
        return "a rational function, whose zeros are counted by Sturm's theorem"
    if rule == "contact":
        return _contact_reason(page, line, node)
    if rule == "taylor":
        count = node["splits"].count(".")
        where = "on the interval" if count == 1 else f"on each of {count} parts of the interval"
        return f"an enclosure {where} proves it, by {forms_of(node['order'])}"
    return {
        "constant": "an enclosure of this number proves it",
        "obvious": "the ranges of its parts prove it",
        "range": "interval arithmetic on the whole interval proves it",
        "wave": "the zeros of the sine and the cosine are known",
        "root": "it is a power of something positive",
    }.get(rule, f"by the rule {rule}")


def forms_of(order: int) -> str:
    """How values are enclosed on cells."""
    if not order:
        return "interval arithmetic or the mean-value form"
    return f"interval arithmetic, the mean-value form, or Taylor's formula up to order {order}"


def _contact_reason(page: Page, line: Line, node: Node) -> str:
    low, order = node["at"] == "low", node["order"]
    end = page.math(
        f"{line.name} = {page.end(line.span.low if low else line.span.high, -1 if low else 1)}"
    )
    nth = {1: "first", 2: "second", 3: "third"}.get(order, f"{order}th")
    if order == 0:
        return "an enclosure on the whole interval proves it"
    vanishing = "it is" if order == 1 else (
        f"it and its first {order - 1} derivatives are" if order > 2 else
        "it and its first derivative are"
    )  # fmt: skip
    return (
        f"at {end} {vanishing} 0 by algebra, and an enclosure of the {nth} derivative on the whole"
        " interval has one sign"
    )


# Rules with parts


def _rewritten(
    page: Page, name: str, f: Expr, line: Line, node: Node, level: int, shown: bool
) -> Signs:
    as_written = parse_expression(node["as"])
    if to_text(as_written) != to_text(f) or not shown:
        page.say(level, f"In another form, {page.equation(name, as_written)}.")
    return pattern(page, name, as_written, line, node["pattern"], level, shown=True)


def _root(page: Page, name: str, f: Expr, line: Line, node: Node, level: int, shown: bool) -> Signs:
    signs = line.signs(f, node)
    page.say(
        level,
        f"{_subject(page, name, f, shown)} is {told_signs(signs)}: a power of something positive.",
    )
    base = f.args[0] if f.head == "^" else simplest(f).args[0] if simplest(f).head == "^" else None
    if base is not None and node["base"]["rule"] not in ("obvious", "constant"):
        pattern(page, page.name(), base, line, node["base"], level + 1)
    return signs


def _shift(
    page: Page, name: str, f: Expr, line: Line, node: Node, level: int, shown: bool
) -> Signs:
    signs = line.signs(f, node)
    v, by = line.name, parse_expression(node["by"])
    moved = simplest(f - substitute(f, {v: variable(v) + by}))
    step = page.name()
    subject = _subject(page, name, f, shown)
    page.say(
        level,
        f"{subject} tends to 0 at infinity, so it is the sum of its differences"
        f" {page.equation(step, moved)} at {page.math(v)}, {page.f(variable(v) + by)},"
        f" {page.f(variable(v) + 2 * by)} and so on:",
    )
    pattern(page, step, moved, line, node["difference"], level + 1, shown=True)
    page.say(level, f"So {page.math(name)} is {told_signs(signs)}.")
    return signs


def _cut(page: Page, name: str, f: Expr, line: Line, node: Node, level: int, shown: bool) -> Signs:
    cuts = [parse_expression(text) for text in node["at"]]
    at = " and at ".join(page.equation(line.name, c) for c in cuts)
    page.say(level, f"Cut the interval of {_subject(page, name, f, shown)} at {at}.")
    ends = [line.span.low, *cuts, line.span.high]
    for low, high, child in zip(ends, ends[1:], node["pieces"], strict=False):
        piece = page.math(f"({page.end(low, -1)}, {page.end(high, 1)})")
        page.say(level + 1, f"On {piece}:")
        pattern(page, name, f, line.between(low, high), child, level + 2, shown=True)
    for c in cuts:
        sign = sign_of(substitute(f, {line.name: c}))
        if sign is not None:
            how = "by algebra" if sign == 0 else "by an enclosure"
            at = page.equation(line.name, c)
            page.say(level + 1, f"At {at} it is {WORDS[sign]}, {how}.")
    signs = line.signs(f, node)
    page.say(level, f"So {page.math(name)} is {told_signs(signs)}.")
    return signs


def _substituted(
    page: Page, name: str, f: Expr, line: Line, node: Node, level: int, shown: bool
) -> Signs:
    new, g = node["new"], parse_expression(node["as"])
    allowed = parse_domain(f"{new} in {node['range']}").ranges[new]
    signs = line.signs(f, node)
    inner, inner_name = simplest(substitute(f, {line.name: g})), page.name()
    if not shown:
        page.say(level, f"Let {page.equation(name, f)}.")
    span = Span(allowed.low, allowed.high)
    where = page.math(f"({page.end(span.low, -1)}, {page.end(span.high, 1)})")
    page.say(
        level,
        f"Put {page.equation(line.name, g)} with {page.math(new)} in {where}, which is monotone and"
        f" onto: {page.math(name)} becomes {page.equation(inner_name, inner)}.",
    )
    pattern(page, inner_name, inner, Line(new, span), node["pattern"], level + 1, shown=True)
    page.say(level, f"So {page.math(name)} is {told_signs(signs)}.")
    return signs


_SHORT = ("constant", "obvious", "rational", "range", "wave")


def _product(
    page: Page, name: str, f: Expr, line: Line, node: Node, level: int, shown: bool
) -> Signs:
    factors = [(parse_expression(p["of"]), p["power"], p["pattern"]) for p in node["factors"]]
    if len(factors) == 1 and factors[0][1] == 1:
        return pattern(page, name, factors[0][0], line, factors[0][2], level, shown=shown)
    told = page.product([(e, power) for e, power, _ in factors])
    if not (shown and told == page.formula(f)):
        page.say(level, f"{page.math(f'{name} = {told}')}.")
    for e, _, child in factors:
        if child["rule"] in _SHORT and not child.get("conditions"):
            own = line.signs(e, child)
            if e.is_number:
                continue
            reason = leaf_reason(page, line, child, own)
            page.say(level + 1, f"{page.f(e)} is {told_signs(own)}: {reason}.")
        else:
            inner = page.name()
            page.say(level + 1, f"Let {page.equation(inner, e)}.")
            pattern(page, inner, e, line, child, level + 1, shown=True)
    signs = line.signs(f, node)
    page.say(level, f"So {page.math(name)} is {told_signs(signs)}.")
    return signs


# A function from its derivative


def _step(page: Page, name: str, f: Expr, line: Line, node: Node, level: int, shown: bool) -> Signs:
    w, h = parse_expression(node["divide"]), parse_expression(node["of"])
    inner, sign = name, 1
    if not shown:
        page.say(level, f"Let {page.equation(name, f)}.")
    if node["divide"] != "1":
        inner = page.name()
        by = line.signs(w, node["by"])
        sign = by[0] if by else 1
        known = f", which is {told_signs(by)}" if by else ""
        short = node["by"]["rule"] in _SHORT
        why = f" ({leaf_reason(page, line, node['by'], by)})" if short and w.free else ""
        page.say(
            level,
            f"Divide {page.math(name)} by {page.f(w)}{known}{why}: {page.equation(inner, h)}.",
        )
        if not short:
            pattern(page, page.name(), w, line, node["by"], level + 1)
        if by is None:
            sign = 0
    slope, prime = simplest(derivative(h, line.name)), page.name()
    page.say(
        level,
        f"The derivative of {page.math(inner)} is {page.equation(prime, slope)}.",
    )
    rises = pattern(page, prime, slope, line, node["derivative"], level + 1, shown=True)
    signs = line.signs(f, node)
    if rises is None or signs is None or not sign:
        page.say(level, f"Hence {page.math(name)} is {told_signs(signs)}.")
        return signs
    _variations(page, (inner, prime), h, slope, line, node["cuts"], rises, sign, signs, level)
    if signs != [1] or inner != name:
        page.say(level, f"Hence {page.math(name)} is {told_signs(signs)}.")
    return signs


def _variations(
    page: Page, names: tuple[str, str], h: Expr, slope: Expr, line: Line, cuts: Sequence[Any],
    rises: list[int], sign: int, signs: list[int], level: int,
) -> None:  # fmt: skip
    """How h rises and falls, in a sentence or in a table."""
    inner, prime = names
    moves = [s for k, s in enumerate(rises) if not k or rises[k - 1] != s]
    first, last = sign * signs[0], sign * signs[-1]
    start, stop = (
        _near(page, line.name, line.span.low, -1),
        _near(page, line.name, line.span.high, 1),
    )
    if len(moves) == 1:
        word = "increases" if moves[0] > 0 else "decreases"
        if first == last:
            end, known = (start, first) if (moves[0] > 0) == (first > 0) else (stop, last)
            told = f"its expansion {end} is {WORDS[known]}, so it is {WORDS[known]}"
        else:
            told = (
                f"its expansion is {WORDS[first]} {start} and {WORDS[last]} {stop}, so it has"
                " exactly one zero"
            )
        page.say(level, f"So {page.math(inner)} {word}; {told}.")
        return
    values = _values(h, line, cuts, moves, first, last)
    places = _places(slope, line, cuts, moves)
    heads: list[str] = []
    for k, cut in enumerate(cuts):
        if cut and "at" in cut:
            heads.append(page.formula(parse_expression(cut["at"])))
        else:
            label = "c" if len(cuts) == 1 else f"c_{{{k + 1}}}" if page.latex else f"c_{k + 1}"
            heads.append(label)
    page.say(level, f"So {page.math(inner)} varies as follows:")
    top, middle, bottom = [line.name, page.end(line.span.low, -1)], [prime, ""], [inner]
    bottom.append(_MARKS[first])
    for k, move in enumerate(moves):
        is_last = k == len(moves) - 1
        top += ["", page.end(line.span.high, 1) if is_last else heads[k]]
        middle += [_MARKS[move], "" if is_last else "0"]
        bottom += [_MOVES[move], _MARKS[last] if is_last else _MARKS[values[k]]]
    page.table(level, [top, middle, bottom])
    _told_turns(page, cuts, heads, places, [first, *values, last], moves, level)


def _near(page: Page, v: str, end: Expr | None, sign: int) -> str:
    if end is None:
        return f"as {page.math(v)} tends to {page.math(page.end(None, sign))}"
    return f"near {page.equation(v, end)}"


def _neighbour(before: int | None, after: int | None, move: int) -> str:
    """Why a turn has the sign of its move: from the turn or end before it, or after it."""
    up, down = ("it has risen", "it falls") if move > 0 else ("it has fallen", "it rises")
    values = f"{WORDS[move]} values"
    if before in (move, 0):
        return f"{up} to there from {values if before else '0'}"
    return f"{down} from there to {values if after else '0'}"


def _told_turns(
    page: Page, cuts: Sequence[Any], heads: list[str], places: Sequence[Any],
    known: Sequence[int | None], moves: list[int], level: int,
) -> None:  # fmt: skip
    """Where the turning points are, and how the signs at them are known."""
    told, values = [], known[1:-1]
    for k, cut in enumerate(cuts):
        here = page.math(heads[k])
        near = ""
        if places[k] is not None:
            low, high = places[k]
            within = f"{_decimal(low, ROUND_FLOOR)} < {heads[k]} < {_decimal(high, ROUND_CEILING)}"
            near = f" ({page.math(within)})"
        sign = values[k]
        if cut and "at" in cut:
            told.append(f"At {here} it and its derivative are 0 by algebra.")
        elif sign is None:
            told.append(f"At {here}{near} it turns.")
        elif cut:
            told.append(f"At {here}{near} it is {WORDS[sign]}, by an enclosure around {here}.")
        else:
            why = _neighbour(known[k], known[k + 2], moves[k])
            told.append(f"At {here}{near} it is {WORDS[sign]}: {why}.")
    told.append("The signs at the ends are those of its expansions there.")
    for text in told:
        page.say(level, text)


def _values(
    h: Expr, line: Line, cuts: Sequence[Any], moves: list[int], first: int, last: int
) -> list[int | None]:
    """The signs of h at its turning points, from the cuts or from a neighbour."""
    values: list[int | None] = [first]
    for cut in cuts:
        if cut and "in" in cut:
            values.append(sign_of(substitute(h, {line.name: parse_expression(cut["in"][0])})))
        else:
            values.append(0 if cut else None)
    values.append(last)
    for _ in cuts:
        for k in range(1, len(values) - 1):
            beside = [values[k - 1], values[k + 1]]
            if values[k] is None and any(
                b == moves[k - 1] or (b == 0 and 0 < j < len(values) - 1)
                for b, j in zip(beside, (k - 1, k + 1), strict=True)
            ):
                values[k] = moves[k - 1]
    return values[1:-1]


def sign_of(value: Expr) -> int | None:
    """The sign of a number by an enclosure, or 0 by algebra; None where neither is seen."""
    text, point = to_text(value), {"rule": "point"}
    for sign, goal, relation in ((0, text, "="), (1, text, ">"), (-1, f"-({text})", ">")):
        if check_goal(goal, relation, "", point, seconds=_SECONDS).accepted:
            return sign
    return None


def _places(
    slope: Expr, line: Line, cuts: Sequence[Any], moves: list[int]
) -> list[tuple[Fraction, Fraction] | None]:
    """Numbers around each turning point, at which the slope has its two signs by enclosures.

    With one pair of numbers for each change of sign, in order and apart from each other, each
    pair has one change between them.
    """
    nothing: list[tuple[Fraction, Fraction] | None] = [None] * len(cuts)
    if all(cut and "in" in cut for cut in cuts):
        nothing = [(Fraction(cut["in"][0]), Fraction(cut["in"][1])) for cut in cuts]
    grid = _grid(line)
    signs = np.sign(evaluate_float(slope, {line.name: grid}))
    known = np.flatnonzero(np.isfinite(signs) & (signs != 0))
    signs, grid = signs[known], grid[known]
    turns = np.flatnonzero(signs[1:] != signs[:-1])
    if len(turns) != len(cuts):
        return nothing
    found: list[tuple[Fraction, Fraction] | None] = []
    for k, turn in enumerate(turns):
        pair = _narrowed(slope, line.name, float(grid[turn]), float(grid[turn + 1]), moves[k])
        if pair is None or (found and found[-1] is not None and found[-1][1] >= pair[0]):
            return nothing
        found.append(pair)
    return found


def _narrowed(
    slope: Expr, name: str, low: float, high: float, before: int
) -> tuple[Fraction, Fraction] | None:
    for _ in range(60):
        middle = (low + high) / 2
        value = float(evaluate_float(slope, {name: middle}))
        if not np.isfinite(value) or middle in (low, high):
            break
        low, high = (middle, high) if value * before > 0 else (low, middle)
    centre = (low + high) / 2
    size = Decimal(abs(centre) or 1).adjusted()
    unit = Fraction(10) ** (size - _DIGITS + 1)
    bottom = Fraction(centre) // unit * unit
    for pair in ((bottom, bottom + unit), (bottom - unit, bottom + 2 * unit)):
        ends = [sign_of(substitute(slope, {name: number(end)})) for end in pair]
        if ends == [before, -before]:
            return pair
    return None


def _grid(line: Line) -> Any:
    """Many points of the interval, more of them near its ends."""
    low, high = (
        None if e is None else float(evaluate_float(e, {})) for e in (line.span.low, line.span.high)
    )
    t = np.linspace(0, 1, 2_001)[1:-1]
    if low is not None and high is not None:
        return low + (high - low) * (1 - np.cos(np.pi * t)) / 2
    if low is not None:
        return low + (t / (1 - t)) ** 2
    if high is not None:
        return high - ((1 - t) / t) ** 2
    return np.sinh(8 * (t - 0.5)) * 2


def _decimal(value: Fraction, rounding: str) -> str:
    """The number in decimals: a lower end is rounded down, an upper one up."""
    size = Decimal(abs(float(value)) or 1).adjusted()
    digits = max(0, _DIGITS - 1 - size)
    scaled = value * 10**digits
    whole = scaled // 1 if rounding == ROUND_FLOOR else -(-scaled // 1)
    return f"{Decimal(int(whole)).scaleb(-digits):f}"


Writer: TypeAlias = "Callable[[Page, str, Expr, Line, Node, int, bool], Signs]"

_WRITERS: dict[str, Writer] = {
    "rewrite": _rewritten,
    "root": _root,
    "shift": _shift,
    "cut": _cut,
    "substitute": _substituted,
    "product": _product,
    "step": _step,
}
