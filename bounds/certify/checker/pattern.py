"""Tables of variations: the signs of an expression of one variable on an open interval.

A pattern is the list of the signs that f takes, from left to right: the interval is cut by finitely
many zeros of f, and between neighbours f has the sign of its entry. Two equal neighbours have a
zero between them at which the sign does not change. Each node of a proof has a rule, which proves
the pattern of its expression from the patterns of others.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable
from contextlib import suppress
from typing import Any, TypeAlias

import gmpy2  # type: ignore[import-untyped, unused-ignore]

from bounds.certify.checker import germ_special, sturm  # noqa: F401 - it adds expansions
from bounds.certify.checker.cells import holds_on, sign_on
from bounds.certify.checker.conditions import strict_at
from bounds.certify.checker.constants import Constants
from bounds.certify.checker.differentiate import derivative, derivatives
from bounds.certify.checker.enclose import sign_at
from bounds.certify.checker.expression import (
    Node,
    multiply,
    number,
    raise_to,
    substitute,
    told,
    variable,
)
from bounds.certify.checker.germ import Side, germ
from bounds.certify.checker.grammar import read_expression, read_name
from bounds.certify.checker.interval_text import read_interval
from bounds.certify.checker.number import cut, shown
from bounds.certify.checker.precision import Rational
from bounds.certify.checker.region import Region, Span, rational_function, wave_signs
from bounds.certify.checker.turns import Mark, walked
from bounds.certify.checker.verdict import Rejected, Undecided

Signs: TypeAlias = "list[int]"
Rule: TypeAlias = "Callable[[Line, Node, dict[str, Any]], Signs]"

MOST_DEPTH, MOST_PARTS, MOST_ORDER = 60, 64, 24
_BITS, _ORDER = (64, 128, 256), 4


class Line:
    """An open interval of one variable, on which patterns are proved.

    Args:
        name: the variable.
        region: the interval, as a region of this variable alone.
        depth: how deep in the proof it is.
    """

    def __init__(self, name: str, region: Region, depth: int = 0) -> None:
        self.name, self.region, self.depth = name, region, depth
        if depth > MOST_DEPTH:
            raise Rejected(f"a proof has more than {MOST_DEPTH} levels")

    @property
    def span(self) -> Span:
        """The interval."""
        return self.region.spans[self.name]

    @property
    def constants(self) -> Constants:
        """Signs of constants."""
        return self.region.constants

    def deeper(self, region: Region | None = None, name: str | None = None) -> Line:
        """The same interval, or another one, one level deeper."""
        return Line(name or self.name, region or self.region, self.depth + 1)

    def within(self, low: Node | None, high: Node | None) -> Line:
        """Another interval of the same variable."""
        region = Region({self.name: Span(low, high)}, constants=self.constants)
        return self.deeper(region)

    def read(self, text: object) -> Node:
        """An expression in the variable."""
        node = read_expression(text)
        if node.free - {self.name}:
            raise Rejected(f"{shown(text)} has other variables than {self.name}")
        return node

    def constant(self, text: object) -> Node:
        """An expression without variables, proved to be defined."""
        node = read_expression(text)
        if node.free:
            raise Rejected(f"{shown(text)} is not a constant")
        self.constants.sign(node)
        return node

    def equal(self, a: Node, b: Node) -> bool:
        """Whether two expressions are equal on the interval, by normal form."""
        return self.region.algebra.equal(a, b)

    def hull(self) -> tuple[Rational, Rational]:
        """Rational ends of an interval that holds the closure of this one."""
        box = self.region.closed_box(frozenset((self.name,)))
        if box is None:
            raise Rejected("this rule needs a finite interval")
        return box[self.name]

    def inside(self, node: Node) -> bool:
        """Whether a constant lies strictly between the ends."""
        span = self.span
        return (span.low is None or self.constants.compare(node, span.low) > 0) and (
            span.high is None or self.constants.compare(node, span.high) < 0
        )

    def side(self, *, high: bool) -> Side:
        """An end, from inside."""
        point, sign = (self.span.high, -1) if high else (self.span.low, 1)
        if point is None:
            sign = -sign
        return Side(point, sign)

    def ways(self, *, high: bool) -> list[Rational]:
        """Some rational points inside, nearer and nearer to an end."""
        span = self.region.spans[self.name]
        low, top = (
            None if end is None else self.constants.rational_hull(end)[0]
            for end in (span.low, span.high)
        )
        end, other = (top, low) if high else (low, top)
        towards = 1 if high else -1
        if end is None:
            start = gmpy2.mpq(0) if other is None else other
            points = [start + towards * gmpy2.mpq(4) ** k for k in range(-2, 5)]
        else:
            width = gmpy2.mpq(1) if other is None else abs(end - other)
            points = [end - towards * width / gmpy2.mpq(4) ** k for k in range(1, 7)]
        return [point for point in points if self.inside(number(point))]

    def germ_sign(self, node: Node, *, high: bool) -> int:
        """The sign near an end."""
        return germ(node, self.name, self.side(high=high), self.constants).sign

    # Proofs

    def pattern(self, node: Node, proof: object) -> Signs:
        """The signs of an expression by a proof, which shows first that it is defined.

        Raises:
            Rejected: a step is not proved.
        """
        if not isinstance(proof, dict) or not isinstance(proof.get("rule"), str):
            raise Rejected("a proof is an object with a rule")
        name = proof["rule"]
        if name not in _RULES:
            raise Rejected(f"{shown(name)} is no rule for a pattern")
        self.constants.work.spend(200)
        rest = {key: value for key, value in proof.items() if key not in ("rule", "conditions")}
        line = self.deeper(self._with_conditions(proof.get("conditions", {})))
        try:
            line.region.require(node)
            try:
                return _RULES[name](line, node, rest)
            except (Rejected, Undecided):
                simple = line.simplified(node) if name in _OF_FORM else None
                if simple is None:
                    raise
                return _RULES[name](line, simple, rest)
        except Undecided as error:
            raise Rejected(f"{name}: {error}", cut(told_shortly(node), 200)) from None

    def simplified(self, node: Node) -> Node | None:
        """The normal form, if it is another expression and defined on the interval."""
        algebra = self.region.algebra
        try:
            simple = algebra.node(algebra.reduced(algebra.form(node)))
            if simple is None or simple is node:
                return None
            self.region.require(simple)
        except (Rejected, Undecided):
            return None
        return simple

    def prove(self, text: object, proof: object) -> tuple[Node, Signs]:
        """An expression that a proof names, and its signs."""
        node = self.read(text)
        return node, self.pattern(node, proof)

    def _with_conditions(self, given: object) -> Region:
        if not isinstance(given, dict) or len(given) > MOST_PARTS:
            raise Rejected('"conditions" are an object of texts and proofs')
        line = self
        for text, proof in given.items():
            node, signs = line.prove(text, proof)
            # step: a condition has one sign [false]
            if len(signs) != 1:
                raise Rejected(f"the sign of the condition {shown(text)} is not proved")
            line = Line(self.name, line.region.with_facts({node: signs[0]}), self.depth + 1)
        return line.region


def told_shortly(node: Node) -> str:
    """The beginning of an expression's text."""
    return cut(told(node, 100_000), 300)


def one(signs: Signs) -> int:
    """The sign of a pattern that has one."""
    if len(signs) != 1:
        raise Rejected("a pattern of one sign is needed")
    return signs[0]


def fields(rest: dict[str, Any], *names: str) -> list[Any]:
    """The values under exactly these names."""
    if rest.keys() != set(names):
        raise Rejected(f"this rule has exactly the fields {', '.join(names) or '(none)'}")
    return [rest[name] for name in names]


def parts(value: object, what: str) -> list[Any]:
    """A list that is neither empty nor long."""
    if not isinstance(value, list) or not 0 < len(value) <= MOST_PARTS:
        raise Rejected(f"{what} are a list of at most {MOST_PARTS}")
    return value


# Rules without parts


def _rational(line: Line, f: Node, rest: dict[str, Any]) -> Signs:
    """A quotient of polynomials over Q: by Sturm's theorem."""
    fields(rest)
    top, bottom = rational_function(line.region.algebra, f, line.name)
    return sturm.pattern(top, bottom, *line.region.ends(line.name), line.constants.work)


def _constant(line: Line, f: Node, rest: dict[str, Any]) -> Signs:
    """An expression without variables."""
    fields(rest)
    if f.free:
        raise Rejected("the expression is not a constant")
    return [_nonzero(line.constants.sign(f))]


def _nonzero(sign: int) -> int:
    # step: a constant is not 0 [true 2/2]
    if not sign:
        raise Rejected("the expression is 0")
    return sign


def _obvious(line: Line, f: Node, rest: dict[str, Any]) -> Signs:
    """One sign, from the ranges of the parts."""
    fields(rest)
    sign = line.region.sign(f)
    if sign is None:
        raise Rejected("no sign is obvious", told_shortly(f))
    return [sign]


def _range(line: Line, f: Node, rest: dict[str, Any]) -> Signs:
    """One sign, by an enclosure over the closure of the interval."""
    fields(rest)
    return [_sign_over(line, f, *line.hull())]


def _sign_over(line: Line, node: Node, low: Rational, high: Rational) -> int:
    """The one strict sign on [low, high], by the value, the slope or Taylor's formula."""
    box, work = {line.name: (low, high)}, line.constants.work
    for sign, relation in ((1, ">"), (-1, "<")):
        if holds_on(node, relation, box, _ORDER, _BITS, work, defined=True):
            return sign
    raise Rejected("an enclosure does not prove a sign", told_shortly(node))


def _wave(line: Line, f: Node, rest: dict[str, Any]) -> Signs:
    """sin, cos or tan of αx + β."""
    fields(rest)
    both = [f]
    if f.head == "tan":
        both = [Node("sin", *f.args), Node("cos", *f.args)]
    patterns = [wave_signs(part, line.name, line.span, line.constants) for part in both]
    if None in patterns:
        raise Rejected("the expression is no sine of αx + β")
    return _multiplied([p for p in patterns if p is not None])


def _taylor(line: Line, f: Node, rest: dict[str, Any]) -> Signs:
    """One sign, by Taylor's formula on parts of the interval."""
    splits, order = fields(rest, "splits", "order")
    if type(order) is not int or not 0 <= order <= 12:
        raise Rejected("an order is a whole number from 0 to 12")
    low, high = line.hull()
    work = line.constants.work
    return [sign_on(f, line.name, low, high, splits, order, work, defined=True)]


def _contact(line: Line, f: Node, rest: dict[str, Any]) -> Signs:
    """Derivatives below the k-th vanish at an end, the k-th has one sign on the closure."""
    side, order = fields(rest, "at", "order")
    if side not in ("low", "high") or type(order) is not int or not 0 <= order <= MOST_ORDER:
        raise Rejected(f'"at" is low or high, and an order is at most {MOST_ORDER}')
    end = line.span.low if side == "low" else line.span.high
    if end is None:
        raise Rejected("there is no contact at infinity")
    box = {line.name: line.hull()}
    place = {line.name: end}
    # step: f is analytic up to the point of contact and beyond [drop]
    line.region.require(f, analytic=True)
    strict_at(f, place, line.constants)
    rates = derivatives(f, line.name, order)
    for rate in rates[:-1]:
        # step: the lower derivatives vanish there [false]
        if line.constants.sign(substitute(rate, place)) != 0:
            raise Rejected("a derivative does not vanish at the end", told_shortly(rate))
    sign = sign_at(rates[-1], box, _BITS, line.constants.work)
    if sign is None:
        raise Rejected("an enclosure does not prove the sign of a derivative")
    # step: to the left of a contact an odd order turns the sign [first choice]
    return [sign if side == "low" or order % 2 == 0 else -sign]


# Rules with parts


def _root(line: Line, f: Node, rest: dict[str, Any]) -> Signs:
    """u^q for u > 0."""
    (base,) = fields(rest, "base")
    if f.head != "^":
        raise Rejected("the expression is no power")
    signs = line.pattern(f.args[0], base)
    # step: the base of a power is positive [false]
    if signs != [1]:
        raise Rejected("the base of a power is not proved to be positive")
    return [1]


def _product(line: Line, f: Node, rest: dict[str, Any]) -> Signs:
    """A product: f = ∏ gᵢ^nᵢ, at most one of them with zeros."""
    (given,) = fields(rest, "factors")
    factors, patterns = [], []
    for factor in parts(given, "factors"):
        if not isinstance(factor, dict):
            raise Rejected("a factor is an object")
        text, power, proof = fields(factor, "of", "power", "pattern")
        if type(power) is not int or not 0 < abs(power) <= 1_000:
            raise Rejected("the power of a factor is a whole number other than 0")
        node, signs = line.prove(text, proof)
        if power < 0 and len(signs) > 1:
            raise Rejected("a factor with zeros is in a denominator")
        factors.append(raise_to(node, number(power)))
        # step: an even power is positive [true]
        patterns.append([sign if power % 2 else 1 for sign in signs])
    # step: f is the product of its factors [true 2/2]
    if not line.equal(f, multiply(*factors)):
        raise Rejected("the expression is not the product of the factors", told_shortly(f))
    return _multiplied(patterns)


def _multiplied(patterns: list[Signs]) -> Signs:
    total = [1]
    for signs in patterns:
        # step: one factor has zeros at most [false 1/3]
        if len(total) > 1 and len(signs) > 1:
            raise Rejected("two factors have zeros")
        total = [a * b for a in total for b in signs]
    return total


def _step(line: Line, f: Node, rest: dict[str, Any]) -> Signs:
    """One step: f = w·h, w of one sign, and h is monotone between the zeros of its derivative."""
    names = ("divide", "by", "of", "derivative", "cuts")
    divide, by, of, rise, cuts = fields(rest, *names)
    w, signs = line.prove(divide, by)
    sign = one(signs)
    h = line.read(of)
    # step: what is differentiated is analytic [drop]
    line.region.require(h, analytic=True)
    # step: f is the product of its two parts [true 2/2]
    if not line.equal(f, multiply(w, h)):
        raise Rejected("the expression is not the product of its two parts", told_shortly(f))
    rate = derivative(h, line.name)
    rises = line.pattern(rate, rise)
    marks = _marks(line, h, rate, rises, cuts)
    ends: list[int | None] = []
    unknown = None
    for high in (False, True):
        try:
            ends.append(line.germ_sign(h, high=high))
        except Undecided as error:  # it may follow from a point, from a turn or from the other end
            ends.append(_sign_on_the_way(line, h, rises, marks, high=high))
            unknown = error
    try:
        pattern = walked(rises, ends[0], ends[1], marks)
    except Rejected:
        if unknown is not None:
            raise unknown from None
        raise
    # step: a negative factor turns the signs [last product]
    return [sign * s for s in pattern]


def _sign_on_the_way(
    line: Line, h: Node, rises: Signs, marks: list[Mark | None], *, high: bool
) -> int | None:
    """The sign near an end: that beside it; or of a point behind all turns from which h goes on."""
    end = line.span.high if high else line.span.low
    places = line.ways(high=high)
    if end is not None and end.head == "number":
        for place in places[-2:]:
            with suppress(Rejected, Undecided):
                return _sign_over(line, h, *sorted((place, end.args[0])))
    turn = marks[-1 if high else 0] if marks else None
    if marks and turn is None:
        return None
    direction = rises[-1] if high else -rises[0]
    for place in places:
        # step: a point from which the sign at an end follows lies behind all turns [false 1/7]
        if turn is not None and not (place > turn.high if high else place < turn.low):
            continue
        try:
            sign = line.constants.sign(substitute(h, {line.name: number(place)}))
        except Undecided:
            continue
        # step: from such a point the function goes on in its direction [true]
        if sign == direction:
            return direction
    return None


def _marks(line: Line, h: Node, rate: Node, rises: Signs, cuts: object) -> list[Mark | None]:
    """What is known at the places where the derivative changes its sign."""
    count = sum(a != b for a, b in itertools.pairwise(rises))
    if not isinstance(cuts, list) or len(cuts) != count:
        raise Rejected(f'"cuts" has one entry for each of the {count} changes of the derivative')
    return [None if entry is None else _mark(line, h, rate, entry) for entry in cuts]


def _mark(line: Line, h: Node, rate: Node, entry: object) -> Mark:
    if isinstance(entry, dict) and entry.keys() == {"in"}:
        ends = entry["in"]
        if not isinstance(ends, list) or len(ends) != 2:
            raise Rejected('"in" is a pair of numbers')
        low, high = (line.constant(end) for end in ends)
        if low.head != "number" or high.head != "number" or not low.args[0] < high.args[0]:
            raise Rejected('"in" is a pair of rational numbers in order')
        # step: a turn lies in the interval [true 2/4]
        if not (line.inside(low) and line.inside(high)):
            raise Rejected("a turn is not inside the interval")
        before, after = (line.constants.sign(substitute(rate, {line.name: e})) for e in (low, high))
        sign = _sign_over(line, h, low.args[0], high.args[0])
        if not before or not after:
            raise Rejected("the derivative is 0 at an end of a cut", told_shortly(rate))
        return Mark(low.args[0], high.args[0], before, after, sign)
    if isinstance(entry, dict) and entry.keys() == {"at", "zero"} and entry["zero"] is True:
        place = line.constant(entry["at"])
        # step: and so does one at which f is 0 [true 2/2]
        if not line.inside(place):
            raise Rejected("a turn is not inside the interval")
        at = {line.name: place}
        # step: there f and its derivative are 0 [false 2/3]
        if line.constants.sign(substitute(h, at)) or line.constants.sign(substitute(rate, at)):
            raise Rejected("the function and its derivative do not both vanish", told_shortly(h))
        low, high = line.constants.rational_hull(place, 256)
        return Mark(low, high, 0, 0, 0)
    raise Rejected(f"{shown(entry)} is no cut")


def _cut(line: Line, f: Node, rest: dict[str, Any]) -> Signs:
    """The interval cut at constants."""
    at, pieces = fields(rest, "at", "pieces")
    cuts = [line.constant(text) for text in parts(at, "cuts")]
    if len(parts(pieces, "pieces")) != len(cuts) + 1:
        raise Rejected("there is one piece more than there are cuts")
    # step: the cuts lie in the interval [true 3/7]
    if not all(line.inside(c) for c in cuts) or not all(
        line.constants.compare(a, b) < 0 for a, b in itertools.pairwise(cuts)
    ):
        raise Rejected("the cuts are not in order inside the interval")
    bounds = [line.span.low, *cuts, line.span.high]
    total: Signs = []
    for k, proof in enumerate(pieces):
        signs = line.within(bounds[k], bounds[k + 1]).pattern(f, proof)
        if not k:
            total = signs
            continue
        sign = line.constants.sign(substitute(f, {line.name: cuts[k - 1]}))
        if not sign:
            total = total + signs
        # step: the pieces fit together [true]
        elif total[-1] == sign == signs[0]:
            total = total + signs[1:]
        else:
            raise Rejected("the pieces do not fit together")
    return total


def _substitute(line: Line, f: Node, rest: dict[str, Any]) -> Signs:
    """Substitution: x = g(w), g strictly monotone from an interval onto this one."""
    new, text, interval, proof = fields(rest, "new", "as", "range", "pattern")
    inner, g, rises = change(line, new, text, interval)
    signs = inner.pattern(substitute(f, {line.name: g}), proof)
    # step: a falling change of variables turns the table [true]
    return signs if rises > 0 else signs[::-1]


def change(line: Line, new: object, text: object, interval: object) -> tuple[Line, Node, int]:
    """The interval of w, g(w), and whether g rises (1) or falls (−1).

    g is analytic with a derivative of one sign on the interval of w, and its limits at the two ends
    are the ends of the interval of x.
    """
    if not isinstance(new, str):
        raise Rejected(f"{shown(new)} is not the name of a variable")
    name = str(read_name(new).args[0])
    span = read_interval(interval, line.constants)
    if span.low_closed or span.high_closed:
        raise Rejected("the range of a new variable is open")
    inner = Line(name, Region({name: span}, constants=line.constants), line.depth + 1)
    g = inner.read(text)
    # step: a change of variables is analytic [drop]
    inner.region.require(g, analytic=True)
    rises = inner.region.sign(derivative(g, name))
    if rises is None:
        raise Rejected("a change of variables is not proved to be monotone")
    for high in (False, True):
        target = line.span.high if high == (rises > 0) else line.span.low
        if target is None:
            wanted = 1 if high == (rises > 0) else -1
            found = germ(g, name, inner.side(high=high), line.constants)
            reached = found.limit == "infinite" and found.sign == wanted
        else:
            found = germ(g - target, name, inner.side(high=high), line.constants)
            reached = found.limit == "zero"
        # step: it reaches both ends [true 2/2]
        if not reached:
            raise Rejected("a change of variables does not reach the ends of the interval")
    return inner, g, rises


def _rewrite(line: Line, f: Node, rest: dict[str, Any]) -> Signs:
    """Another way to write f."""
    text, proof = fields(rest, "as", "pattern")
    node, signs = line.prove(text, proof)
    # step: f is equal to what it is rewritten as [true 2/2]
    if not line.equal(f, node):
        raise Rejected("the expression is not equal to what it is rewritten as", told_shortly(f))
    return signs


def _shift(line: Line, f: Node, rest: dict[str, Any]) -> Signs:
    """A shift: f(x) − f(x + p) of one sign and f → 0 at infinity; f is a sum of differences."""
    by, proof = fields(rest, "by", "difference")
    # step: a shift goes on to infinity [false]
    if line.span.high is not None:
        raise Rejected("a shift tends to infinity")
    step = line.constant(by)
    # step: upward [false]
    if line.constants.sign(step) != 1:
        raise Rejected("a shift is positive")
    # step: ?, pattern [condition: germ(f, line.name, Side(None, 1), line.constants).limit ==
    #   'infinite']
    if germ(f, line.name, Side(None, 1), line.constants).limit != "zero":
        raise Rejected("the limit at infinity is not proved to be 0", told_shortly(f))
    later = substitute(f, {line.name: variable(line.name) + step})
    signs = line.pattern(f - later, proof)
    # step: with differences of one sign [false]
    if len(set(signs)) != 1:
        raise Rejected("the difference is not proved to have one sign")
    return [signs[0]]


_OF_FORM = frozenset({"obvious", "range", "wave", "taylor", "contact", "root"})
"""Rules that look at the form of an expression: they may look at its normal form, too."""

_RULES: dict[str, Rule] = {
    "rational": _rational,
    "constant": _constant,
    "obvious": _obvious,
    "range": _range,
    "wave": _wave,
    "taylor": _taylor,
    "contact": _contact,
    "root": _root,
    "product": _product,
    "step": _step,
    "cut": _cut,
    "substitute": _substitute,
    "rewrite": _rewrite,
    "shift": _shift,
}
