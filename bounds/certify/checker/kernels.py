"""Kernels of normal forms, and what the rules for functions are made of."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

import gmpy2  # type: ignore[import-untyped, unused-ignore]

from bounds.certify.checker.expression import Node
from bounds.certify.checker.forms import UNIT, Form, Generator, leading
from bounds.certify.checker.precision import Rational, Work
from bounds.certify.checker.radicals import Radicals

_HALF = gmpy2.mpq(1, 2)

Rule: TypeAlias = "Callable[[Kernels, list[Form]], Form]"
"""The normal form of a function of forms."""


class Kernels(Radicals):
    """Forms with functions of forms."""

    def __init__(self, sign: Callable[[Node], int] | None = None, work: Work | None = None) -> None:
        super().__init__(sign, work)
        self.sqrt2 = self.number_root(gmpy2.mpq(2), _HALF)
        self.sqrt_pi = self.root(self.pi, _HALF)

    def known_kernels(self, head: str) -> list[Generator]:
        """Some of the generators with this head."""
        return self._by_head.get(head, [])[:12]

    def kernel(self, head: str, args: list[Form], *, positive: bool = False) -> Form:
        """A function of forms, without any rule."""
        args = [self.reduced(arg) for arg in args]
        nodes = [self.node(arg) for arg in args]
        node = None if None in nodes else Node(head, *nodes)
        return self.generator(head, node, tuple(args), positive=positive)

    # What the rules are made of

    def is_negative_form(self, value: Form) -> bool:
        """Which of u and −u is the normal one: whether its leading coefficient is negative."""
        return not value.is_zero and bool(leading(value.num)[1] < 0)

    def single_of(self, value: Form, head: str) -> Form | None:
        """U where the form is f(u) for the function f."""
        single = value.single
        if single is None or single[1] != 1 or len(single[0]) != 1 or single[0][0][1] != 1:
            return None
        generator = self.generators[single[0][0][0]]
        return generator.data[0] if generator.head == head else None

    def constant_part(self, value: Form) -> Rational:
        """The rational number in a sum."""
        return gmpy2.mpq(0) if value.den else value.num.get(UNIT, gmpy2.mpq(0))

    def turning(self, value: Form) -> Form:
        """e^(iu)."""
        return self.exp(self.times(self.imaginary, value))

    def normal(self, value: Form) -> Form:
        """Φ(u), with Φ(−u) = 1 − Φ(u), Φ(0) = 1/2 and Φ(quantile(p)) = p."""
        value = self.reduced(value)
        if value.is_zero:
            return self.rational(_HALF)
        if self.is_negative_form(value):
            return self.minus(self.one, self.normal(self.scaled(value, -1)))
        inner = self.single_of(value, "quantile")
        return self.kernel("Phi", [value], positive=True) if inner is None else inner

    def density(self, value: Form) -> Form:
        """φ(u)."""
        square = self.exp(self.scaled(self.times(value, value), -_HALF))
        return self.over(square, self.times(self.sqrt2, self.sqrt_pi))

    def times_sqrt2(self, value: Form) -> Form:
        """√2·u."""
        return self.times(self.sqrt2, value)
