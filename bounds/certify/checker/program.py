"""Expressions compiled for many boxes: a list of steps in which equal parts are worked out once.

A step's value is an interval that holds every value of its part over the box. Steps without
variables are worked out once for each precision.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial
from typing import Any, TypeAlias

from bounds.certify.checker import bessel, elementary, families, special
from bounds.certify.checker.differentiate import derivative, require_no_jump
from bounds.certify.checker.elementary import Enclosure
from bounds.certify.checker.expression import BINDERS, Node
from bounds.certify.checker.interval import Interval
from bounds.certify.checker.precision import Precision
from bounds.certify.checker.verdict import Rejected, Undecided

Place: TypeAlias = Mapping[str, Interval]
Bound: TypeAlias = Callable[[Node, Place, Precision, bool], Interval]


class Missing(Undecided):
    """The checker has no enclosure of a function.

    Attributes:
        name: of the function.
    """

    def __init__(self, name: str) -> None:
        super().__init__(f"the checker has no enclosure of {name}")
        self.name = name


CONSTANTS: dict[str, Callable[[Precision], Interval]] = {
    "pi": Interval.pi,
    "e": lambda at: elementary.exp(Interval(at, at.integer(1), at.integer(1))),
    "euler_gamma": lambda at: Interval(at, at.down.const_euler(), at.up.const_euler()),
}

FUNCTIONS: dict[str, Enclosure] = {
    "exp": elementary.exp, "expm1": elementary.expm1, "log": elementary.log,
    "log1p": elementary.log1p, "cbrt": elementary.cbrt, "sin": elementary.sin,
    "cos": elementary.cos, "tan": elementary.tan, "asin": elementary.asin,
    "acos": elementary.acos, "atan": elementary.atan, "atan2": elementary.atan2,
    "sinh": elementary.sinh, "cosh": elementary.cosh, "tanh": elementary.tanh,
    "asinh": elementary.asinh, "acosh": elementary.acosh, "atanh": elementary.atanh,
    "erf": elementary.erf, "erfc": elementary.erfc, "abs": elementary.absolute,
    "floor": elementary.floor, "sign": elementary.sign, "min": elementary.least,
    "max": elementary.greatest, "erfcx": special.erfcx, "phi": special.phi, "Phi": special.cdf,
    "mills": special.mills, "quantile": special.quantile, "lambertw": special.lambertw,
    "gamma": special.gamma, "loggamma": special.loggamma, "digamma": special.digamma,
    "polygamma": special.polygamma, "zeta": special.zeta, **families.FUNCTIONS,
    **bessel.FUNCTIONS,
}  # fmt: skip
"""The range of each function over intervals."""

MISSING: tuple[str, ...] = ()
"""Functions of the language of which the checker has no enclosure of its own."""

ADDED: dict[str, Enclosure] = {}
"""Enclosures that the checker was given for functions that it has not: it believes them."""

BOUND: dict[str, Bound] = {}
"""The range of an integral or a sum, which binds a variable: filled where it is defined."""

_DEGREES = {"+": 0, "*": 0, "^": 0, "number": 0, "variable": 0, "abs": 0, "min": 0, "max": 0}
_COSTLY = frozenset(
    {"erf", "erfc", "erfcx", "Phi", "mills", "quantile", "lambertw", "zeta", "digamma", "gamma",
     "loggamma", "polygamma", *families.FUNCTIONS, *bessel.FUNCTIONS}
)  # fmt: skip


def add_enclosure(name: str, function: Enclosure) -> None:
    """Give the checker an enclosure of a function that it has not.

    Raises:
        ValueError: it has one.
    """
    if name in FUNCTIONS or name in BINDERS:
        raise ValueError(f"the checker encloses {name} by itself")
    ADDED[name] = function


# Where a function is only asked for at points of its domain, its arguments are clipped to it


def _at_least(t: Interval, low: int) -> Interval:
    at = t.at
    return t if t.lo >= low else Interval(at, at.integer(low), t.hi)


def _at_most(t: Interval, high: int) -> Interval:
    at = t.at
    return t if t.hi <= high else Interval(at, t.lo, at.integer(high))


def _within_one(t: Interval) -> Interval:
    return _at_most(_at_least(t, -1), 1)


CLIPPED: dict[str, Enclosure] = {
    "asin": lambda t: elementary.asin(_within_one(t)),
    "acos": lambda t: elementary.acos(_within_one(t)),
    "acosh": lambda t: elementary.acosh(_at_least(t, 1)),
    "gammap": lambda a, t: FUNCTIONS["gammap"](a, _at_least(t, 0)),
    "gammaq": lambda a, t: FUNCTIONS["gammaq"](a, _at_least(t, 0)),
    "betai": lambda t, a, b: FUNCTIONS["betai"](_at_most(_at_least(t, 0), 1), a, b),
}
"""What is taken instead where it is known that the values are defined."""


def total(*terms: Interval) -> Interval:
    """The range of a sum."""
    at = terms[0].at
    down, up = at.down.add, at.up.add
    low, high = terms[0].lo, terms[0].hi
    for term in terms[1:]:
        low, high = down(low, term.lo), up(high, term.hi)
    return Interval(at, low, high)


def product(*factors: Interval) -> Interval:
    """The range of a product."""
    result = factors[0]
    for factor in factors[1:]:
        result = result * factor
    return result


@dataclass(frozen=True, slots=True)
class Step:
    """One part: a function of the values of earlier steps.

    Attributes:
        node: the part.
        over: its range, from the values of the steps `of`; None where it takes the place itself.
        clipped: the same, where the caller knows that it is defined.
        of: the numbers of the steps of its arguments.
    """

    node: Node
    over: Enclosure | None
    clipped: Enclosure | None
    of: tuple[int, ...]


class Program:
    """Steps for one or more expressions.

    Attributes:
        steps: first those without variables, then the others, each after its arguments.
        closed: how many have no variables.
        roots: the numbers of the steps of the expressions.
    """

    __slots__ = ("_costs", "closed", "roots", "steps")

    def __init__(self, nodes: Sequence[Node]) -> None:
        order = _parts(nodes)
        order.sort(key=lambda node: bool(node.free))  # stable: each stays after its arguments
        number = {node: k for k, node in enumerate(order)}
        self.closed = sum(not node.free for node in order)
        self.steps = tuple(_step(node, number) for node in order)
        self.roots = tuple(number[node] for node in nodes)
        degrees = [_degree(step.node) for step in self.steps[self.closed :]]
        self._costs = tuple(degrees.count(degree) for degree in range(3))

    def constants(self, at: Precision, defined: bool) -> list[Interval]:
        """The values of the steps without variables."""
        key = (self, defined)
        known: list[Interval] | None = at.memory.get(key)
        if known is None:
            known = []
            for step in self.steps[: self.closed]:
                args = [known[k] for k in step.of]
                known.append(value_of(step, args, {}, at, defined))
            at.memory[key] = known
        return known

    def values(self, place: Place, at: Precision, defined: bool = False) -> list[Interval]:
        """The value of every step over a box.

        Args:
            place: the range of each variable, at the precision `at`.
            at: the precision.
            defined: whether the caller has proved that every part is defined where it is asked for.

        Raises:
            Undecided: a part is not proved to be defined over the box, or not to be finite.
            Missing: the checker has no enclosure of a function.
        """
        values = [*self.constants(at, defined)]
        self.spend(at)
        for step in self.steps[self.closed :]:
            over = step.clipped if defined else step.over
            if over is not None:
                values.append(over(*[values[k] for k in step.of]))
            else:
                values.append(value_of(step, (), place, at, defined))
        return values

    def spend(self, at: Precision, times: int = 1) -> None:
        """Take the cost of so many runs."""
        for degree, count in enumerate(self._costs):
            at.spend(degree, count * times)

    def run(self, place: Place, at: Precision, defined: bool = False) -> list[Interval]:
        """The range of each expression over a box: see `values`."""
        values = self.values(place, at, defined)
        return [values[root] for root in self.roots]


def value_of(
    step: Step, args: Sequence[Interval], place: Place, at: Precision, defined: bool
) -> Interval:
    """The range of one step from those of its arguments, or from the place."""
    over = step.clipped if defined else step.over
    if over is not None:
        return over(*args)
    node = step.node
    if node.head == "variable":
        if node.args[0] not in place:
            raise Rejected(f"the variable {node.args[0]} has no range")
        return place[node.args[0]]
    if node.head == "number":
        return Interval.enclosing(at, node.args[0], node.args[0])
    if node.head in CONSTANTS:
        return CONSTANTS[node.head](at)
    return BOUND[node.head](node, place, at, defined)


def _degree(node: Node) -> int:
    return 2 if node.head in _COSTLY else _DEGREES.get(node.head, 1)


def _parts(nodes: Sequence[Node]) -> list[Node]:
    """Every different part, each after its arguments; an integral or a sum is one part."""
    seen: set[Node] = set()
    order: list[Node] = []
    waiting = [(node, False) for node in reversed(nodes)]
    while waiting:
        part, done = waiting.pop()
        if done:
            order.append(part)
        elif part not in seen:
            seen.add(part)
            waiting.append((part, True))
            waiting.extend((arg, False) for arg in _arguments(part))
    return order


def _arguments(node: Node) -> tuple[Any, ...]:
    if node.head in ("number", "variable") or node.head in BINDERS:
        return ()
    if node.head == "^" and node.args[1].head == "number":
        return node.args[:1]
    return node.args


def _step(node: Node, number: Mapping[Node, int]) -> Step:
    of = tuple(number[arg] for arg in _arguments(node))
    head = node.head
    if head in ("number", "variable") or head in BINDERS or head in CONSTANTS:
        if head in BINDERS and head not in BOUND:
            raise Missing(head)
        return Step(node, None, None, of)
    if head == "+":
        return Step(node, total, total, of)
    if head == "*":
        return Step(node, product, product, of)
    if head == "^":
        return _power_step(node, of)
    over = FUNCTIONS.get(head) or partial(_added, head)
    return Step(node, over, CLIPPED.get(head, over), of)


def _added(name: str, *arguments: Interval) -> Interval:
    if name not in ADDED:
        raise Missing(name)
    return ADDED[name](*arguments)


def _power_step(node: Node, of: tuple[int, ...]) -> Step:
    exponent = node.args[1]
    if exponent.head != "number":
        return Step(node, elementary.real_power, elementary.power_where_defined, of)
    q = exponent.args[0]

    def over(base: Interval) -> Interval:
        return elementary.power(base, q)

    def clipped(base: Interval) -> Interval:
        return elementary.power(_at_least(base, 0), q)

    return Step(node, over, over if q.denominator == 1 or q < 0 else clipped, of)


def slope_of(node: Node, name: str) -> Node:
    """The partial derivative of an expression, as an expression.

    Raises:
        Undecided: there is no rule for it.
    """
    try:
        if node.head == "sum" and name not in node.args[2].free | node.args[3].free:
            body, *rest = node.args
            # step: nor has a sum [drop]
            require_no_jump(body)
            return Node("sum", slope_of(body, name), *rest)
        return derivative(node, name)
    except Rejected as reason:
        raise Undecided(str(reason)) from None


@lru_cache(maxsize=2_048)
def compiled(*nodes: Node) -> Program:
    """The program of one or more expressions."""
    return Program(nodes)
