"""Regions of variables, and what is seen of an expression on all of one.

A region is a range for each variable, with ends that are constants or infinite, and constraints. A
sign is proved by ranges of the parts, by Sturm's theorem where a part is a rational function of one
variable, by where a sine changes its sign, by the constraints, or by an enclosure over the box.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import gmpy2  # type: ignore[import-untyped, unused-ignore]

from bounds.certify.checker import sturm
from bounds.certify.checker.cells import holds_on
from bounds.certify.checker.conditions import (
    Condition,
    conditions,
    fulfilled,
    require_whole_ends,
)
from bounds.certify.checker.constants import Constants
from bounds.certify.checker.differentiate import derivative
from bounds.certify.checker.expression import PI, Node, number, substitute, told, variable
from bounds.certify.checker.forms import Form, Poly
from bounds.certify.checker.identity import Algebra
from bounds.certify.checker.number import cut
from bounds.certify.checker.precision import Rational
from bounds.certify.checker.ranges import Range, Ranges, hull
from bounds.certify.checker.sums import by_ends, by_values
from bounds.certify.checker.verdict import BeyondLimit, Rejected, Undecided

_BITS = (64, 192)
_MOST_CELLS = 48


@dataclass(frozen=True, slots=True)
class Span:
    """The range of a variable: constants as ends, None for infinite ones.

    Attributes:
        low, high: the ends.
        low_closed, high_closed: whether they belong to it.
        integer: whether it has whole numbers only.
    """

    low: Node | None = None
    high: Node | None = None
    low_closed: bool = False
    high_closed: bool = False
    integer: bool = False

    @property
    def opened(self) -> Span:
        """The interior, with all real numbers in it."""
        return Span(self.low, self.high)

    @property
    def is_point(self) -> bool:
        """Whether it is written as one number."""
        return self.low is not None and self.low is self.high

    def told(self, name: str) -> str:
        """The range in words."""
        low = "-inf" if self.low is None else told(self.low)
        high = "inf" if self.high is None else told(self.high)
        kind = f"{name} integer, " if self.integer else ""
        left, right = "[" if self.low_closed else "(", "]" if self.high_closed else ")"
        return f"{kind}{name} in {left}{low}, {high}{right}"


Constraint = tuple[Node, str]
"""An expression and its relation to 0: ">", ">=", "=" or "!="."""


class Region:
    """Ranges of variables and constraints between them.

    Args:
        spans: the range of each variable.
        constraints: what holds besides.
        constants: signs of constants.
        extra: ranges of bound variables.
        facts: signs of expressions that are proved already: 1 or −1 for strict ones.
    """

    def __init__(
        self,
        spans: Mapping[str, Span],
        constraints: tuple[Constraint, ...] = (),
        *,
        constants: Constants,
        extra: Mapping[str, Range] | None = None,
        facts: Mapping[Node, int] | None = None,
    ) -> None:
        self.spans, self.constraints, self.constants = dict(spans), constraints, constants
        self.extra, self.facts = dict(extra or {}), dict(facts or {})
        place = {name: self._range(span) for name, span in self.spans.items()} | self.extra
        self.ranges = Ranges(place, constants, self._seen)
        self.algebra = Algebra(self._at_least_zero, constants.work)
        self._signs: dict[Node, int | None] = {}
        self._special: dict[Node, int | None] = {}
        self._defined: set[Condition] = set()
        self._busy: set[Node] = set()

    @property
    def integers(self) -> frozenset[str]:
        """The variables that have whole values only."""
        return frozenset(name for name, span in self.spans.items() if span.integer)

    @property
    def plain(self) -> Algebra:
        """Normal forms that hold on any region."""
        return self.constants.algebra

    def _range(self, span: Span) -> Range:
        low = None if span.low is None else self.constants.rational_hull(span.low)[0]
        high = None if span.high is None else self.constants.rational_hull(span.high)[1]
        return Range(low, high, not span.low_closed, not span.high_closed)

    # Other regions

    def with_spans(self, changed: Mapping[str, Span | None]) -> Region:
        """The region with other ranges; None takes a variable away, with its constraints."""
        spans = dict(self.spans)
        for name, span in changed.items():
            if span is None:
                spans.pop(name, None)
            else:
                spans[name] = span
        gone = {name for name, span in changed.items() if span is None}
        kept = tuple(c for c in self.constraints if gone.isdisjoint(c[0].free))
        facts = self.facts if not changed else {}
        return Region(spans, kept, constants=self.constants, extra=self.extra, facts=facts)

    def with_constraint(self, *constraints: Constraint) -> Region:
        """The region with more constraints."""
        return Region(
            self.spans, (*self.constraints, *constraints), constants=self.constants,
            extra=self.extra, facts=self.facts,
        )  # fmt: skip

    def with_facts(self, facts: Mapping[Node, int]) -> Region:
        """The region with signs that are proved on it."""
        if not facts:
            return self
        return Region(
            self.spans, self.constraints, constants=self.constants, extra=self.extra,
            facts={**self.facts, **facts},
        )  # fmt: skip

    def line(self, name: str) -> Region:
        """The open interval of one variable, without the others."""
        if name not in self.spans:
            raise Rejected(f"there is no variable {name}")
        return Region({name: self.spans[name].opened}, constants=self.constants)

    # Signs

    def _at_least_zero(self, node: Node) -> int:
        """2 where an expression is defined and positive, 1 where it is at least 0, else 0.

        A kernel of a normal form may be defined at fewer places than what it was made of: Γ(x + 1)
        is x Γ(x), where Γ(x) may be negative beyond its half-line.
        """
        # step: a kernel is taken for its sign where it is defined [true 2/2]
        if not self.is_defined(node):
            return 0
        sign = self.sign(node)
        return 2 if sign == 1 else int(sign is None and self.weak(node) == 1)

    def sign(self, node: Node) -> int | None:
        """1 or −1 where an expression has this strict sign on all of the region; None: not seen."""
        if node in self._signs:
            return self._signs[node]
        if node in self._busy:
            return None
        self._busy.add(node)
        try:
            found = self._sign(node)
        finally:
            self._busy.discard(node)
        self._signs[node] = found
        return found

    def _sign(self, node: Node) -> int | None:
        if not node.free:
            try:
                return self.constants.sign(node) or None
            except Undecided:
                return None
        if not node.free <= self.spans.keys() | self.extra.keys():
            return None
        sign = self.ranges.of(node).sign or None
        return sign or self._enclosed(node)

    def weak(self, node: Node) -> int | None:
        """1 where an expression is at least 0 on the region, −1 where it is at most 0."""
        sign = self.sign(node)
        if sign:
            return sign
        if not node.free:
            try:
                self.constants.sign(node)
            except Undecided:
                return None
            return 1
        weak = self.ranges.of(node).weak
        if weak is None and node.free <= self.spans.keys() | self.extra.keys():
            weak = self._weak_constraint(node)
            if weak is None and len(node.free) == 1:
                signs = set(self._rational_signs(node, closed=False) or ())
                weak = signs.pop() if len(signs) == 1 else None
        return weak

    def closed_box(self, names: frozenset[str]) -> dict[str, tuple[Rational, Rational]] | None:
        """The closed ranges of these variables, None where one is infinite."""
        box = {}
        for name in names:
            own = self.ranges.place.get(name)
            if own is None or own.low is None or own.high is None:
                return None
            box[name] = (own.low, own.high)
        return box

    def _enclosed(self, node: Node) -> int | None:
        box = self.closed_box(node.free)
        if box is None:
            return None
        for sign, relation in ((1, ">"), (-1, "<")):
            try:
                if holds_on(node, relation, box, 0, _BITS[:1], self.constants.work, defined=True):
                    return sign
            except (Undecided, Rejected):
                return None
        return None

    def _seen(self, node: Node) -> int | None:
        """A sign that is not seen from the ranges of the parts."""
        if node not in self._special:
            self._special[node] = None
            self._special[node] = self._looked_up(node)
        return self._special[node]

    def _looked_up(self, node: Node) -> int | None:
        if node in self.facts:
            return self.facts[node]
        if node.head not in ("+", "*", "sin", "cos"):
            return None
        found = self._by_fact(node)
        if found is None and len(node.free) == 1 and node.head in ("sin", "cos"):
            return self._wave_sign(node)
        if found is None and len(node.free) == 1:
            signs = self._rational_signs(node, closed=True)
            found = signs[0] if signs and len(signs) == 1 else None
        if found is None and node.head == "+":
            found = self._by_kernel(node)
        if found is None and node.head == "+":
            found = by_values(self, node) or by_ends(self, node)
        return found

    def _by_kernel(self, node: Node) -> int | None:
        """The sign of a polynomial in one kernel, such as Φ(x), from the kernel's range."""
        try:
            form = self.plain.reduced(self.plain.form(node))
            if form.den or not form.num:
                return None
            (common, scale), rest = self.plain.split(form.num)
            indices = {index for monomial in rest for index, _ in monomial}
            if len(indices) != 1 or any(e.denominator != 1 for m in rest for _, e in m):
                return None
            kernel = self.plain.generators[indices.pop()]
            outer = self.plain.node(Form({common: scale}))
            if kernel.node is None or outer is None or kernel.node.head == "variable":
                return None
            if not (self.is_defined(kernel.node) and self.is_defined(outer)):
                return None
            own = self.ranges.of(kernel.node)
            low = sturm.End(infinite=-1) if own.low is None else sturm.End(own.low)
            high = sturm.End(infinite=1) if own.high is None else sturm.End(own.high)
            poly, shift = _coefficients(rest, kernel.index)
            # step: a polynomial in a kernel keeps the power of it that all terms have [last sum]
            poly = [gmpy2.mpq(0)] * shift + poly
            signs = sturm.pattern(poly, [gmpy2.mpq(1)], low, high, self.constants.work)
            ends = [e for e, o in ((own.low, own.low_open), (own.high, own.high_open))
                    if e is not None and not o]  # fmt: skip
        except Undecided:
            return None
        # step: and has its sign at closed ends [false 3/4]
        if len(signs) != 1 or any(sturm.value_at(poly, e) * signs[0] <= 0 for e in ends):
            return None
        other = self.sign(outer)
        return None if other is None else signs[0] * other

    def _by_fact(self, node: Node) -> int | None:
        """A multiple of a fact, or of what a strict constraint says."""
        known = [(fact, sign) for fact, sign in self.facts.items() if fact.free == node.free]
        # step: only a strict constraint is a strict sign [true 2/3]
        known += [(c, 1) for c, relation in self.constraints
                  if relation == ">" and c.free == node.free]  # fmt: skip
        for fact, sign in known:
            scale = self.multiple(node, fact)
            if scale:
                # step: and turns with a negative number [true]
                return sign if scale > 0 else -sign
        return None

    def _weak_constraint(self, node: Node) -> int | None:
        for c, relation in self.constraints:
            # step: x*y != 0 says no sign [true 3/3]
            if c.free == node.free and relation in (">", ">=", "="):
                scale = self.multiple(node, c)
                if scale:
                    # step: a constraint of a region is taken times a positive number [first choice]
                    return 1 if scale > 0 or relation == "=" else -1
        return None

    def multiple(self, node: Node, of: Node) -> Rational | None:
        """The number c with node = c·of, by normal form."""
        try:
            a, b = self.plain.form(node), self.plain.form(of)
        except Undecided:
            return None
        if a.is_zero or b.is_zero or len(a.num) != len(b.num):
            return None
        first = next(iter(a.num))
        if first not in b.num:
            return None
        scale = a.num[first] / b.num[first]
        # step: a multiple has the same terms [true]
        return scale if self.plain.minus(a, self.plain.scaled(b, scale)).is_zero else None

    def ends(self, name: str) -> tuple[sturm.End, sturm.End]:
        """The ends of a variable's range."""
        if name in self.extra:
            own = self.extra[name]
            return (
                sturm.End(infinite=-1) if own.low is None else sturm.End(own.low),
                sturm.End(infinite=1) if own.high is None else sturm.End(own.high),
            )
        span = self.spans[name]
        return (
            sturm.End(infinite=-1) if span.low is None else self.constants.end(span.low),
            sturm.End(infinite=1) if span.high is None else self.constants.end(span.high),
        )

    def _rational_signs(self, node: Node, *, closed: bool) -> list[int] | None:
        """The signs of a rational function on the open range; with the ends where they belong."""
        (name,) = node.free
        if name not in self.spans and name not in self.extra:
            return None
        try:
            top, bottom = rational_function(self.plain, node, name)
            signs = sturm.pattern(top, bottom, *self.ends(name), self.constants.work)
            # step: a strict sign holds at closed ends [false]
            if closed:
                for end in self._closed_ends(name):
                    if self.constants.sign(substitute(node, {name: end})) != signs[0]:
                        return None
        except Undecided:
            return None
        return signs

    def _closed_ends(self, name: str) -> list[Node]:
        if name in self.extra:
            own = self.extra[name]
            ends = ((own.low, own.low_open), (own.high, own.high_open))
            return [number(end) for end, opened in ends if end is not None and not opened]
        span = self.spans[name]
        ends_of = ((span.low, span.low_closed), (span.high, span.high_closed))
        return [end for end, closed in ends_of if end is not None and closed]

    def _wave_sign(self, node: Node) -> int | None:
        (name,) = node.free
        if name not in self.spans:
            return None
        try:
            signs = wave_signs(node, name, self.spans[name], self.constants)
            # step: and one sign [false 3/3]
            if signs is None or len(signs) != 1:
                return None
            for end in self._closed_ends(name):
                # step: a sine has its sign at closed ends [false]
                if self.constants.sign(substitute(node, {name: end})) != signs[0]:
                    return None
        except (Undecided, Rejected):
            return None
        return signs[0]

    # Where an expression is defined

    def require(self, node: Node, *, analytic: bool = False) -> None:
        """Prove that an expression is defined, or analytic, on all of the region.

        Raises:
            Rejected: a condition is not proved.
        """
        require_whole_ends(node, self.integers)
        for condition in conditions(node, analytic=analytic):
            if condition not in self._defined:
                # step: a condition of a region is proved [true 2/2]
                if not self.holds(condition):
                    raise Rejected(
                        f"{cut(told(condition.node, 4_000), 200)} {condition.relation} 0 is not"
                        " proved, which is needed for what is compared to be defined"
                    )
                self._defined.add(condition)

    def is_defined(self, node: Node) -> bool:
        """Whether an expression is proved to be defined on all of the region."""
        if not node.free <= self.spans.keys() | self.extra.keys():
            return False
        try:
            self.require(node)
        except Rejected:
            return False
        return True

    def holds(self, condition: Condition) -> bool:
        """Whether a condition is proved on all of the region."""
        region = self
        for name, low, high in condition.bound:
            region = region._bound(name, low, high)
        exponent, relation = condition.exponent, condition.relation
        # step: 0 has powers with positive exponents only [true 3/3]
        if exponent is not None and region._fulfils(exponent, ">"):
            relation = ">="
        return region._fulfils(condition.node, relation)

    def _bound(self, name: str, low: Node, high: Node) -> Region:
        """The region with a bound variable, which has a name that no other has."""
        # step: a bound variable has all values between its ends [last call 1/3]
        between = hull(self.ranges.of(low), self.ranges.of(high))
        own = Range(between.low, between.high, between.low is None, between.high is None)
        return Region(
            self.spans, self.constraints, constants=self.constants, extra={**self.extra, name: own}
        )

    def _fulfils(self, node: Node, relation: str) -> bool:
        if not node.free:
            try:
                return fulfilled(self.constants.sign(node), relation)
            except Undecided:
                return False
        if relation == "!=":
            # step: a product is not 0 where no factor is [function 1/2: any]
            if node.head == "*" and all(self._fulfils(arg, "!=") for arg in node.args):
                return True
            if (
                node.head == "^"
                and node.args[1].head == "number"
                and (self._fulfils(node.args[0], "!="))
            ):
                return True
            # step: x*y >= 0 does not keep it from 0 [true 5/5]
            if self.sign(node) is not None or any(
                self.multiple(node, c) for c, kind in self.constraints if kind in (">", "!=")
            ):
                return True
        # step: a strict condition is strict [true 3/7]
        elif (relation == ">=" and self.weak(node) == 1) or (
            relation == ">" and self.sign(node) == 1
        ):
            return True
        return self._by_cells(node, relation)

    def _by_cells(self, node: Node, relation: str) -> bool:
        """A few halves of a finite box."""
        box = self.closed_box(node.free)
        if box is None or len(box) > 3:
            return False
        waiting, tried = [box], 0
        while waiting:
            cell = waiting.pop()
            tried += 1
            if tried > _MOST_CELLS:
                return False
            try:
                if holds_on(node, relation, cell, 0, _BITS[:1], self.constants.work, defined=True):
                    continue
            except (Undecided, Rejected):
                return False
            name = max(cell, key=lambda n: cell[n][1] - cell[n][0])
            low, high = cell[name]
            middle = (low + high) / 2
            # step: a condition holds on both halves [last list 1/3]
            waiting += [{**cell, name: (low, middle)}, {**cell, name: (middle, high)}]
        return True


def rational_function(algebra: Algebra, node: Node, name: str) -> tuple[sturm.Poly, sturm.Poly]:
    """Numerator and denominator of a rational function of one variable over Q.

    Raises:
        Undecided: it is none, or too large.
    """
    form = algebra.reduced(algebra.form(node))
    index = next(iter(algebra.form(variable(name)).num))[0][0]
    top, shift = _coefficients(form.num, index)
    bottom = [gmpy2.mpq(1)]
    for factor, power in form.den.items():
        part, own_shift = _coefficients(dict(factor), index)
        for _ in range(power):
            bottom = _product(bottom, part)
        shift -= own_shift * power
    zeros = [gmpy2.mpq(0)] * abs(shift)
    return (zeros + top, bottom) if shift >= 0 else (top, zeros + bottom)


def _coefficients(poly: Poly, index: int) -> tuple[sturm.Poly, int]:
    powers = {}
    for monomial, value in poly.items():
        exponent = gmpy2.mpq(0)
        if monomial:
            if len(monomial) != 1 or monomial[0][0] != index:
                raise Undecided("this is no rational function of one variable")
            exponent = monomial[0][1]
        if exponent.denominator != 1 or abs(exponent) > sturm.MOST_DEGREE:
            raise Undecided("this is no rational function of one variable")
        powers[int(exponent)] = value
    if not powers:
        return [], 0
    least = min(powers)
    return [powers.get(k, gmpy2.mpq(0)) for k in range(least, max(powers) + 1)], least


def _product(a: sturm.Poly, b: sturm.Poly) -> sturm.Poly:
    total = [gmpy2.mpq(0)] * (len(a) + len(b) - 1)
    for i, x in enumerate(a):
        for j, y in enumerate(b):
            total[i + j] += x * y
    if len(total) > sturm.MOST_DEGREE:
        raise Undecided("a polynomial has too great a degree")
    return total


def wave_signs(node: Node, name: str, span: Span, constants: Constants) -> list[int] | None:
    """The signs of sin u or cos u on an open interval, u = αx + β; None where u is not so."""
    if node.head not in ("sin", "cos"):
        return None
    angle = node.args[0] if node.head == "sin" else node.args[0] + PI / 2
    rate = derivative(angle, name)
    if rate.free or span.low is None or span.high is None:
        return None
    direction = constants.sign(rate)
    first, last = (substitute(angle, {name: end}) for end in (span.low, span.high))
    if not direction:
        return None
    if direction < 0:
        first, last = last, first
    turns = constants.rational_hull(first / PI)
    start = int(turns[0].numerator // turns[0].denominator)
    while constants.sign(first - number(start + 1) * PI) >= 0:
        start += 1
    if constants.sign(first - number(start) * PI) < 0:
        raise Undecided("an angle is not placed")
    signs = [1 if start % 2 == 0 else -1]
    place = start + 1
    while constants.sign(last - number(place) * PI) > 0:
        signs.append(-signs[-1])
        place += 1
        if len(signs) > 200:
            raise BeyondLimit("a sine changes its sign more than 200 times")
    # step: the signs of a sine of −x are in the order of x [true]
    return signs if direction > 0 else signs[::-1]
