"""Signs of constants: zero by algebra, else by enclosures at growing precision."""

from __future__ import annotations

import gmpy2  # type: ignore[import-untyped, unused-ignore]

from bounds.certify.checker.enclose import enclose
from bounds.certify.checker.expression import Node, number
from bounds.certify.checker.identity import Algebra
from bounds.certify.checker.interval import Interval
from bounds.certify.checker.precision import Precision, Rational, Work, exact
from bounds.certify.checker.products import is_zero_sum
from bounds.certify.checker.separation import separation
from bounds.certify.checker.sturm import End, Poly
from bounds.certify.checker.verdict import Undecided

BITS = (64, 160, 512, 1_600, 4_096)


class Constants:
    """Signs and enclosures of expressions without variables, remembered.

    Args:
        work: what may be spent.
    """

    def __init__(self, work: Work | None = None) -> None:
        self.work = work or Work()
        self.algebra = Algebra(self._seen, self.work)
        self._signs: dict[Node, int] = {}
        self._at: dict[int, Precision] = {}

    def at(self, bits: int) -> Precision:
        """The precision of so many bits."""
        if bits not in self._at:
            self._at[bits] = Precision(bits, self.work)
        return self._at[bits]

    def enclosure(self, node: Node, bits: int = 64) -> Interval:
        """An enclosure of a constant.

        Raises:
            Undecided: it is not proved to be defined.
        """
        return enclose(node, {}, self.at(bits))

    def _seen(self, node: Node) -> int:
        if node.free:
            return 0
        for bits in BITS[:2]:
            try:
                value = self.enclosure(node, bits)
            except Undecided:
                continue
            if value > 0:
                return 2
            if value < 0:
                return 0
        return 0

    def sign(self, node: Node) -> int:
        """The sign of a constant: −1, 0 or 1.

        Raises:
            Undecided: it is not defined, or neither an enclosure nor algebra decides.
        """
        if node.head == "number":
            return int(node.args[0] > 0) - int(node.args[0] < 0)
        if node not in self._signs:
            self._signs[node] = self._decided(node)
        return self._signs[node]

    def _decided(self, node: Node) -> int:
        if node.free:
            raise Undecided("an expression has variables where a constant is expected")
        defined = False
        for place, bits in enumerate(BITS):
            try:
                value = self.enclosure(node, bits)
            except Undecided:
                continue
            defined = True
            if value > 0:
                return 1
            if value < 0:
                return -1
            if place == 1 and self.algebra.is_zero(node):
                return 0
        if defined and (self.algebra.is_zero(node) or self._vanishes(node) or self._cancels(node)):
            return 0
        raise Undecided("the sign of a constant is not decided")

    def _vanishes(self, node: Node) -> bool:
        """Whether a constant is nearer to 0 than an algebraic number that is not 0 can be."""
        try:
            bits = separation(node, self.algebra)
            value = self.enclosure(node, bits + 256)
        except Undecided:
            return False
        least = gmpy2.mpq(1, gmpy2.mpz(1) << bits)
        # step: a constant that is 0 is nearer to 0 from below than one that is not [true 3/4]
        # step: and it is nearer from above, too [true 4/4]
        return bool(-least < exact(value.lo) and exact(value.hi) < least)

    def _cancels(self, node: Node) -> bool:
        """Whether a constant is a sum of logarithms and angles of algebraic numbers that is 0."""
        try:
            return is_zero_sum(node, lambda part: self.algebra.form(part).rational, self.sign)
        except Undecided:
            return False

    def compare(self, a: Node, b: Node) -> int:
        """The sign of a − b."""
        return 0 if a is b else self.sign(a - b)

    def end(self, node: Node) -> End:
        """A constant as an end of an interval."""
        if node.head == "number":
            return End(node.args[0])
        known = self.algebra.form(node).rational
        if known is not None:
            self.sign(node - number(known))
            return End(known)

        def vanishes(poly: Poly) -> bool:
            total = self.algebra.zero
            base = self.algebra.form(node)
            for c in reversed(poly):
                total = self.algebra.plus(self.algebra.times(total, base), self.algebra.rational(c))
            return total.is_zero

        return End(compare=lambda r: self.sign(node - number(r)), vanishes=vanishes)

    def rational_hull(self, node: Node, bits: int = 64) -> tuple[Rational, Rational]:
        """Rational numbers between which a constant lies."""
        if node.head == "number":
            return node.args[0], node.args[0]
        value = self.enclosure(node, bits)
        return exact(value.lo), exact(value.hi)
