"""Zero by algebra: the normal form of an expression, with what functions fulfil.

`Algebra.form` writes an expression with few kernels: trigonometric functions by e^(iu), hyperbolic
ones by e^u, the error functions and the normal distribution by Φ, beta and binomial by Γ, whose
argument is shifted to a constant part between 0 and 1, and so on. Each rule is an identity that
holds wherever both sides are defined, up to places where a denominator of the rule vanishes: there
it holds by continuity. So an expression whose form is 0 is 0 wherever it is defined. A power t^y is
e^(y log t) for t > 0; at t = 0 it is defined where y > 0, and is the limit 0.
"""

from __future__ import annotations

from collections.abc import Callable

import gmpy2  # type: ignore[import-untyped, unused-ignore]

from bounds.certify.checker import recurrences, rules_elementary
from bounds.certify.checker.expression import Node, number, substitute, variable
from bounds.certify.checker.forms import Form, Monomial
from bounds.certify.checker.kernels import Kernels, Rule
from bounds.certify.checker.precision import Work
from bounds.certify.checker.verdict import Undecided

_ONE = gmpy2.mpq(1)
_RULES: dict[str, Rule] = rules_elementary.RULES | recurrences.RULES


class Algebra(Kernels):
    """Normal forms of expressions.

    Args:
        sign: 2 where an expression is positive wherever the forms are used, 1 where it is at least
            0; 0 proves nothing, and less is found equal.
        work: what it may spend.
    """

    def __init__(self, sign: Callable[[Node], int] | None = None, work: Work | None = None) -> None:
        super().__init__(sign, work)
        self._forms: dict[Node, Form] = {}

    def form(self, node: Node) -> Form:
        """The normal form of an expression.

        Raises:
            Undecided: it grows too large, or is not defined.
        """
        known = self._forms.get(node)
        if known is None:
            self.work.spend(5)
            known = self._forms[node] = self._form(node)
        return known

    def gamma_value(self, argument: Form) -> Form:
        """Γ(u), its argument shifted."""
        return recurrences.gamma_value(self, [argument])

    def is_zero(self, node: Node) -> bool:
        """Whether the expression is 0 by algebra; False proves nothing."""
        try:
            return self.form(node).is_zero
        except Undecided:
            return False

    def equal(self, a: Node, b: Node) -> bool:
        """Whether two expressions are equal by algebra; False proves nothing."""
        if a is b:
            return True
        try:
            return self.minus(self.form(a), self.form(b)).is_zero
        except Undecided:
            return False

    def _form(self, node: Node) -> Form:
        head, args = node.head, node.args
        if head == "number":
            return self.rational(args[0])
        if head == "variable":
            return self.generator("variable", node, args)
        if head == "^":
            return self._power(*args)
        if head in ("integral", "sum"):
            return _BINDING[head](self, node)
        forms = [self.form(arg) for arg in args]
        return _RULES[head](self, forms) if head in _RULES else self.kernel(head, forms)

    def _power(self, base: Node, exponent: Node) -> Form:
        known = self.form(exponent).rational
        if known is not None:
            return self.root(self.form(base), known)
        under = self.form(base)
        if under.is_zero:
            return self.zero  # it is defined where the exponent is positive
        return self.exp(self.times(self.form(exponent), self.log(under)))


# Integrals and sums: linear in what stands under them, whose bound variable has one name


def _bound_body(a: Algebra, node: Node) -> tuple[Node, str, list[Form]]:
    body, bound, *ends = node.args
    name = f"bound'{_depth(body)}"  # no text can have this name
    return (
        substitute(body, {bound.args[0]: variable(name)}),
        name,
        [a.reduced(a.form(end)) for end in ends],
    )


def _depth(node: Node) -> int:
    if node.head in ("number", "variable"):
        return 0
    inner = max((_depth(arg) for arg in node.args), default=0)
    return inner + (node.head in ("integral", "sum"))


def _integral(a: Algebra, node: Node) -> Form:
    body, name, (low, high) = _bound_body(a, node)
    if a.minus(high, low).is_zero:
        return a.zero
    return _linear(a, node, body, name, [low, high], a.minus(high, low))


def _series(a: Algebra, node: Node) -> Form:
    body, name, (low, high) = _bound_body(a, node)
    count = a.minus(high, low).rational
    extra = a.zero
    if count is not None and count.denominator == 1 and -1 <= count < recurrences.MOST_SHIFT:
        first = node.args[2]
        for k in range(int(count) + 1):
            extra = a.plus(extra, a.form(substitute(body, {name: first + number(k)})))
        return extra
    part = a.constant_part(high)
    steps = int(part.numerator // part.denominator)
    shorter = a.minus(high, a.rational(steps))
    room = a.plus(a.minus(shorter, low), a.rational(2))
    # step: a last term is taken off where there is one [first condition 1/2]
    if 0 < steps <= recurrences.MOST_SHIFT and a.known_positive(room):
        last = node.args[3]
        for k in range(steps):
            extra = a.plus(extra, a.form(substitute(body, {name: last - number(k)})))
        high = shorter
    return a.plus(extra, _linear(a, node, body, name, [low, high], None))


def _linear(
    a: Algebra, node: Node, body: Node, name: str, ends: list[Form], length: Form | None
) -> Form:
    form = a.reduced(a.form(body))
    bound = a.form(variable(name))
    index = next(iter(bound.num))[0][0]

    def depends(i: int) -> bool:
        generator = a.generators[i]
        # step: what depends on the bound variable stays under the integral [false 3/5]
        return i == index or (generator.node is None or name in generator.node.free)

    if any(depends(i) for factor in form.den for monomial, _ in factor for i, _ in monomial):
        return a.generator(node.head, None, (form, *ends))
    total = a.zero
    for monomial, scale in form.num.items():
        inner: Monomial = tuple(pair for pair in monomial if depends(pair[0]))
        outer = tuple(pair for pair in monomial if not depends(pair[0]))
        if not inner and length is not None:
            kernel = length
        else:
            kernel = a.generator(node.head, None, (Form({inner: _ONE}), *ends))
        total = a.plus(total, a.times(Form({outer: scale}, form.den), kernel))
    return total


_BINDING: dict[str, Callable[[Algebra, Node], Form]] = {"integral": _integral, "sum": _series}
