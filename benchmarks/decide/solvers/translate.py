"""Turns trees into what a rival understands: its functions, and others written with them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from math import prod
from typing import Any

from benchmarks.decide import reader
from benchmarks.decide.evaluation import value
from benchmarks.decide.problems import Problem
from benchmarks.decide.reader import Comparison, Node

ROOTS: Mapping[str, Fraction] = {"sqrt": Fraction(1, 2), "cbrt": Fraction(1, 3)}

_REWRITES: dict[str, tuple[tuple[str, ...], str]] = {
    "expm1": (("x",), "exp(x) - 1"),
    "log1p": (("x",), "log(1 + x)"),
    "tan": (("x",), "sin(x)/cos(x)"),
    "acos": (("x",), "pi/2 - asin(x)"),
    "asin": (("x",), "2*atan(x/(1 + sqrt(1 - x^2)))"),
    "sinh": (("x",), "(exp(x) - exp(-x))/2"),
    "cosh": (("x",), "(exp(x) + exp(-x))/2"),
    "tanh": (("x",), "1 - 2/(exp(2*x) + 1)"),
    "asinh": (("x",), "log(x + sqrt(x^2 + 1))"),
    "acosh": (("x",), "log(x + sqrt(x^2 - 1))"),
    "atanh": (("x",), "log((1 + x)/(1 - x))/2"),
    "erf": (("x",), "1 - erfc(x)"),
    "erfc": (("x",), "1 - erf(x)"),
    "erfcx": (("x",), "exp(x^2)*erfc(x)"),
    "phi": (("x",), "exp(-x^2/2)/sqrt(2*pi)"),
    "Phi": (("x",), "erfc(-x/sqrt(2))/2"),
    "mills": (("x",), "sqrt(pi/2)*exp(x^2/2)*erfc(x/sqrt(2))"),
    "beta": (("a", "b"), "gamma(a)*gamma(b)/gamma(a + b)"),
    "binomial": (("n", "k"), "gamma(n + 1)/(gamma(k + 1)*gamma(n - k + 1))"),
    "gamma": (("x",), "exp(loggamma(x))"),
}
"""Functions written with others; a rival that lacks both sides cannot say the claim."""


class InexpressibleError(Exception):
    """The rival has no word for a part of the claim or of the domain."""


def replaced(node: Node, place: Mapping[str, Node]) -> Node:
    """The tree with trees in place of variables."""
    if node.op == "variable":
        return place.get(str(node.value), node)
    if node.op in reader.BINDERS:
        place = {k: v for k, v in place.items() if k != node.args[1].value}
    return Node(node.op, tuple(replaced(part, place) for part in node.args), node.value)


def number(x: int | Fraction) -> Node:
    """A number."""
    return Node("number", value=Fraction(x))


def exact(node: Node) -> Fraction | None:
    """The rational number that a tree of numbers is, if it is one."""
    if node.op == "number":
        return Fraction(node.value)  # type: ignore[arg-type]
    if node.op not in ("+", "-", "*", "/", "^", "negative"):
        return None
    args = [exact(part) for part in node.args]
    if any(x is None for x in args):
        return None
    numbers = [x for x in args if x is not None]
    if node.op == "negative":
        return -numbers[0]
    a, b = numbers
    if node.op == "^":
        return a**b if b.denominator == 1 and abs(b) < 1000 and (a or b >= 0) else None
    if node.op == "/":
        return a / b if b else None
    return a + b if node.op == "+" else a - b if node.op == "-" else a * b


def lowered(node: Node, known: Collection[str], seen: tuple[str, ...] = ()) -> Node:
    """The tree with only known functions; sums with fixed ends are written out.

    Raises:
        InexpressibleError: A function that nothing here writes with known ones.
    """
    op = node.op
    if op in ("number", "variable", "constant") or (op in known and op == "integral"):
        return node
    if op == "sum":
        body, bound, low, high = node.args
        first, last = exact(low), exact(high)
        if first is None or last is None or last - first > 60:
            raise InexpressibleError("a sum of variable length")
        terms = [
            replaced(body, {str(bound.value): number(k)}) for k in range(int(first), int(last) + 1)
        ]
        total = terms[0]
        for term in terms[1:]:
            total = Node("+", (total, term))
        return lowered(total, known, seen)
    args = tuple(lowered(part, known, seen) for part in node.args)
    if op in ("+", "-", "*", "/", "^", "negative") or op in known:
        return Node(op, args, node.value)
    if op in ROOTS:
        return Node("^", (args[0], number(ROOTS[op])))
    if op in ("min", "max") and "abs" in known:
        sign = "+" if op == "max" else "-"
        whole = args[0]
        for other in args[1:]:
            apart = Node("abs", (Node("-", (whole, other)),))
            whole = Node("/", (Node(sign, (Node("+", (whole, other)), apart)), number(2)))
        return whole
    factor = exact(args[0]) if args else None
    if op in ("gamma", "binomial") and all(exact(x) is not None for x in args):
        return _whole_gamma(op, args)
    if op not in _REWRITES or op in seen:
        raise InexpressibleError(f"{op} {factor or ''}".strip())
    names, text = _REWRITES[op]
    inner = replaced(reader.expression(text), dict(zip(names, args, strict=True)))
    return lowered(inner, known, (*seen, op))


def _whole_gamma(op: str, args: tuple[Node, ...]) -> Node:
    values = [exact(x) for x in args]
    if any(x is None or x.denominator != 1 or x < 0 for x in values):
        raise InexpressibleError(op)
    n = int(values[0] or 0)
    if op == "gamma":
        return number(prod(range(1, n)))
    k = int(values[1] or 0)
    return number(Fraction(prod(range(n - k + 1, n + 1)), prod(range(1, k + 1))))


@dataclass
class Algebra:
    """How a rival builds each kind of node.

    `power` takes the built base, the built exponent and the exact exponent if it is a number.
    """

    number: Callable[[Fraction], Any]
    variable: Callable[[str], Any]
    power: Callable[[Any, Any, Fraction | None], Any]
    functions: Mapping[str, Callable[..., Any]]
    constants: Mapping[str, Callable[[], Any]] = field(default_factory=dict)
    add: Callable[[Any, Any], Any] = lambda a, b: a + b
    subtract: Callable[[Any, Any], Any] = lambda a, b: a - b
    multiply: Callable[[Any, Any], Any] = lambda a, b: a * b
    divide: Callable[[Any, Any], Any] = lambda a, b: a / b
    negative: Callable[[Any], Any] = lambda a: -a

    def build(self, node: Node) -> Any:
        """The rival's own expression.

        Raises:
            InexpressibleError: It has no word for a part.
        """
        return self._build(lowered(node, self.functions))

    def conditions(self, node: Node) -> list[tuple[Any, str, Node]]:
        """What must be > 0, >= 0 or != 0 for the tree to have a value, built."""
        found = conditions(lowered(node, self.functions))
        return [(self._build(part), sign, part) for part, sign in found]

    def _build(self, node: Node) -> Any:
        rational = exact(node)
        if rational is not None:
            return self.number(rational)
        if node.op == "variable":
            return self.variable(str(node.value))
        if node.op == "constant":
            name = str(node.value)
            if name not in self.constants:
                if name == "e" and "exp" in self.functions:
                    return self.functions["exp"](self.number(Fraction(1)))
                raise InexpressibleError(name)
            return self.constants[name]()
        if node.op == "^":
            base, exponent = node.args
            if base == Node("constant", value="e") and "exp" in self.functions:
                return self.functions["exp"](self._build(exponent))
            power = exact(exponent)
            built = self._build(exponent) if power is None else self.number(power)
            return self.power(self._build(base), built, power)
        if node.op == "integral" and "integral" in self.functions:
            return self.functions["integral"](node)
        args = [self._build(part) for part in node.args]
        if node.op == "negative":
            return self.negative(args[0])
        signs = {"+": self.add, "-": self.subtract, "*": self.multiply, "/": self.divide}
        return (signs.get(node.op) or self.functions[node.op])(*args)


def difference(part: Comparison) -> tuple[Node, bool]:
    """f and whether strict, for a claim f > 0 or f >= 0.

    Raises:
        InexpressibleError: For an equation, which no sign of one function says.
    """
    if part.relation in ("=", "!="):
        raise InexpressibleError("an equation")
    left, right = part.left, part.right
    if part.relation[0] == "<":
        left, right = right, left
    return (left if exact(right) == 0 else Node("-", (left, right))), len(part.relation) == 1


def conditions(node: Node) -> list[tuple[Node, str]]:
    """What must be > 0, >= 0 or != 0 for the tree to have a value; constants are left out."""
    found: list[tuple[Node, str]] = []
    for part in node.walk():
        if part.op == "/":
            found.append((part.args[1], "!="))
        elif part.op == "log":
            found.append((part.args[0], ">"))
        elif part.op in ("sqrt", "cbrt"):
            found.append((part.args[0], ">=" if part.op == "sqrt" else ""))
        elif part.op in ("asin", "acos", "atanh"):
            square = Node("*", (part.args[0], part.args[0]))
            sign = ">" if part.op == "atanh" else ">="
            found.append((Node("-", (number(1), square)), sign))
        elif part.op == "acosh":
            found.append((Node("-", (part.args[0], number(1))), ">="))
        elif part.op == "tan":
            found.append((Node("cos", part.args), "!="))
        elif part.op == "^":
            power = exact(part.args[1])
            if power is None:
                sign = "" if not part.args[0].variables() else ">"
            elif power.denominator == 1:
                sign = "!=" if power < 0 else ""
            else:
                sign = ">=" if power > 0 else ">"
            found.append((part.args[0], sign))
    unique = {pair: None for pair in found if pair[1] and pair[0].variables()}
    return list(unique)


def limits(name: str, part: reader.Range) -> list[Comparison]:
    """The comparisons that a range says."""
    x = reader.Node("variable", value=name)
    found = []
    if part.low is not None:
        found.append(Comparison(part.low, "<" if part.low_open else "<=", x))
    if part.high is not None:
        found.append(Comparison(x, "<" if part.high_open else "<=", part.high))
    return found


@dataclass(frozen=True)
class Side:
    """One end of a box: the closest floats below and above, exact if it is rational, open."""

    below: float
    above: float
    exact: Fraction | None
    node: Node | None
    open: bool


def sides(problem: Problem) -> dict[str, tuple[Side, Side]]:
    """The ends of every variable's range; infinite ones have the node None.

    Raises:
        InexpressibleError: An existential variable, or an empty range.
    """
    from benchmarks.decide.sampling import ends

    region = problem.region()
    if region.exists:
        raise InexpressibleError("an existential variable")
    found = {}
    for name, ranges in region.ranges.items():
        low, low_open, high, high_open = ends(ranges)
        if low > high:
            raise InexpressibleError("an empty range")
        lows = [part.low for part in ranges if part.low is not None and value(part.low, {}) == low]
        highs = [
            part.high for part in ranges if part.high is not None and value(part.high, {}) == high
        ]
        found[name] = (_side(lows, low, low_open), _side(highs, high, high_open))
    return found


def _side(nodes: list[Node], at: Any, is_open: bool) -> Side:
    from math import inf, nextafter

    if not nodes:
        return Side(float(at), float(at), None, None, True)
    rational, near = exact(nodes[0]), float(at)
    if rational is not None and Fraction(near) == rational:
        return Side(near, near, rational, nodes[0], is_open)
    return Side(nextafter(near, -inf), nextafter(near, inf), rational, nodes[0], is_open)


def finite_box(problem: Problem) -> dict[str, tuple[float, float]]:
    """The closed box of floats around the domain.

    Raises:
        InexpressibleError: The domain has an infinite end or a constraint.
    """
    if problem.region().constraints:
        raise InexpressibleError("a constraint")
    found = {}
    for name, (low, high) in sides(problem).items():
        if low.node is None or high.node is None:
            raise InexpressibleError("an infinite end")
        found[name] = (low.below, high.above)
    return found


def inner_box(problem: Problem) -> dict[str, tuple[float, float]]:
    """A closed box of floats inside the domain, open ends left out."""
    found = {}
    for name, (low, high) in sides(problem).items():
        width = high.below - low.above
        found[name] = (
            low.above + (width * 2.0**-30 if low.open else 0.0),
            high.below - (width * 2.0**-30 if high.open else 0.0),
        )
    return found
