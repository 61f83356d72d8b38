"""Expressions of proof certificates as Coq writes them, and what they need to be defined."""

from __future__ import annotations

from functools import lru_cache

from bounds.certify.checker.conditions import Condition, conditions
from bounds.certify.checker.expression import (
    BINDERS,
    HALF,
    MINUS_ONE,
    ONE,
    PI,
    Node,
    call,
    multiply,
    number,
    parts_of,
    rebuilt,
    sqrt,
    substitute,
    variable,
)  # fmt: skip
from bounds.certify.errors import Inconclusive

_SUM, _PRODUCT, _POWER, _ATOM = range(4)

_RESERVED = frozenset(
    [
        "as",
        "at",
        "cofix",
        "else",
        "end",
        "exists",
        "exists2",
        "fix",
        "for",
        "forall",
        "fun",
        "if",
        "IF",
        "in",
        "let",
        "match",
        "mod",
        "Prop",
        "return",
        "Set",
        "then",
        "Type",
        "using",
        "where",
        "with",
        "exp",
        "ln",
        "sqrt",
        "sin",
        "cos",
        "tan",
        "atan",
        "sinh",
        "cosh",
        "tanh",
        "PI",
        "R",
        "Rabs",
        "Rmin",
        "Rmax",
        "density",
        "cdf",
        "erf",
        "erfc",
        "mills",
        "whole",
        "pattern",
        "has",
        "weak",
        "moves",
        "turns",
        "begins",
        "ends",
        "convex",
        "the",
        "S",
        "O",
        "I",
        "quantile",
        "e",
        "pos",
        "neg",
        "lra",
        "field",
        "ring",
    ]
)
"""Names that Coq or the library uses: a reader's variable of such a name gets a prefix."""

_FUNCTIONS = {
    "exp": "exp {}",
    "log": "ln {}",
    "sin": "sin {}",
    "cos": "cos {}",
    "tan": "tan {}",
    "atan": "atan {}",
    "sinh": "sinh {}",
    "cosh": "cosh {}",
    "tanh": "tanh {}",
    "abs": "Rabs {}",
    "phi": "density {}",
    "Phi": "cdf {}",
    "erf": "erf {}",
    "erfc": "erfc {}",
    "mills": "mills {}",
}
_NAMED = {
    "expm1": "(exp {0} - 1)",
    "log1p": "(ln (1 + {0}))",
    "asinh": "(ln ({0} + sqrt ({0} ^ 2 + 1)))",
    "acosh": "(ln ({0} + sqrt ({0} ^ 2 - 1)))",
    "atanh": "(ln ((1 + {0}) / (1 - {0})) / 2)",
    "erfcx": "(exp ({0} ^ 2) * erfc {0})",
}
"""Functions by their definitions."""

_W = variable("w")
_E, _EM = call("exp", _W), call("exp", -_W)
_OPENED = {
    "tan": call("sin", _W) / call("cos", _W),
    "sinh": (_E - _EM) / 2,
    "cosh": (_E + _EM) / 2,
    "tanh": (_E - _EM) / (_E + _EM),
    "phi": multiply(call("exp", -(_W**2) / 2), 1 / sqrt(2), 1 / sqrt(PI)),
    "erfc": ONE - call("erf", _W),
    "expm1": _E - 1,
    "log1p": call("log", ONE + _W),
    "asinh": call("log", _W + sqrt(_W**2 + 1)),
    "acosh": call("log", _W + sqrt(_W**2 - 1)),
    "atanh": call("log", (ONE + _W) / (ONE - _W)) / 2,
    "erfcx": call("exp", _W**2) * (ONE - call("erf", _W)),
    "mills": (ONE - call("Phi", _W)) * multiply(call("exp", _W**2 / 2), sqrt(2), sqrt(PI)),
}
"""What proofs write for a function of the statement."""


@lru_cache(maxsize=20_000)
def unfolded(node: Node) -> Node:
    """An expression with functions of the statement replaced by what proofs write for them."""
    if node.head in ("number", "variable", *BINDERS) or not node.args:
        return node
    args = tuple(map(unfolded, node.args))
    if node.head in _OPENED:
        return substitute(_OPENED[node.head], {"w": args[0]})
    return node if args == node.args else rebuilt(node, args)


def name(own: str) -> str:
    """A reader's variable in Coq."""
    return f"v_{own}" if own in _RESERVED else own


def number_text(value: object) -> str:
    """A rational number, in brackets unless it is a whole one."""
    top, bottom = int(value.numerator), int(value.denominator)  # type: ignore[attr-defined]
    text = str(abs(top)) if bottom == 1 else f"{abs(top)} / {bottom}"
    return f"(- ({text}))" if top < 0 else f"({text})" if bottom != 1 else text


def coq(node: Node, *, opened: bool = False, level: int = _SUM) -> str:
    """An expression in Coq.

    Args:
        node: the expression.
        opened: whether functions of the statement are replaced by what they are defined by.
        level: how tightly it must hold together.

    Raises:
        Inconclusive: the kernel's library has no such function.
    """
    text, own = _written(unfolded(node) if opened else node, opened)
    return f"({text})" if own < level else text


def _written(node: Node, opened: bool) -> tuple[str, int]:
    head, args = node.head, node.args

    def inner(part: Node, level: int = _ATOM) -> str:
        return coq(part, opened=opened, level=level)

    if head == "number":
        return number_text(args[0]), _ATOM
    if head == "variable":
        return name(args[0]), _ATOM
    if head == "pi":
        return "PI", _ATOM
    if head == "e":
        return "exp 1", _POWER
    if head == "+":
        first, *rest = args
        pieces = [inner(first, _PRODUCT)]
        for term in rest:
            turned = _turned(term)
            sign, term = ("+", term) if turned is None else ("-", turned)
            pieces.append(f" {sign} {inner(term, _PRODUCT)}")
        return "".join(pieces), _SUM
    if head == "*":
        return _product(args, inner)
    if head == "^":
        return _power(args[0], args[1], inner)
    if head in ("min", "max"):
        text = inner(args[0])
        for other in args[1:]:
            text = f"({'Rmin' if head == 'min' else 'Rmax'} {text} {inner(other)})"
        return text, _ATOM
    if head in _NAMED:
        return _NAMED[head].format(inner(args[0])), _ATOM
    if head in _FUNCTIONS:
        return _FUNCTIONS[head].format(inner(args[0])), _POWER
    raise Inconclusive(f"the kernel's library has no {head}")


def _turned(term: Node) -> Node | None:
    """-term, where a term begins with a negative number."""
    first = term.args[0] if term.head == "*" else term
    if first.head != "number" or first.args[0] >= 0:
        return None
    if term is first:
        return number(-first.args[0])
    rest = term.args[1:] if first is MINUS_ONE else (number(-first.args[0]), *term.args[1:])
    return rest[0] if len(rest) == 1 else Node("*", *rest)


def _product(args: tuple[Node, ...], inner: object) -> tuple[str, int]:
    assert callable(inner)
    if args[0] is MINUS_ONE:
        rest = args[1] if len(args) == 2 else Node("*", *args[1:])
        return f"- {inner(rest, _POWER)}", _PRODUCT
    text = ""
    for factor in args:
        below = _below(factor)
        if below is not None:
            text = f"{text} / {inner(below)}" if text else f"/ {inner(below)}"
        else:
            text = f"{text} * {inner(factor, _POWER)}" if text else inner(factor, _POWER)
    return text, _PRODUCT


def _below(node: Node) -> Node | None:
    """U for 1/u."""
    if node.head != "^" or node.args[1].head != "number" or node.args[1].args[0] >= 0:
        return None
    exponent = number(-node.args[1].args[0])
    base: Node = node.args[0]
    return base if exponent.args[0] == 1 else Node("^", base, exponent)


def _power(base: Node, exponent: Node, inner: object) -> tuple[str, int]:
    assert callable(inner)
    if exponent is HALF:
        return f"sqrt {inner(base)}", _POWER
    if exponent.head == "number":
        value = exponent.args[0]
        if value < 0:
            positive = number(-value)
            below = base if value == -1 else Node("^", base, positive)
            return f"/ {inner(below)}", _PRODUCT
        if value.denominator == 1:
            return f"{inner(base)} ^ {int(value)}", _POWER
        if value.denominator == 2:
            return f"sqrt {inner(base)} ^ {int(value.numerator)}", _POWER
    return f"exp ({inner(exponent)} * ln {inner(base)})", _POWER


def by_logarithm(node: Node) -> list[Node]:
    """The bases of the powers that are written as exp(y ln x), which is right where x > 0."""
    found = []
    for part in parts_of(node):
        if part.head == "^":
            base, exponent = part.args
            if exponent.head != "number" or exponent.args[0].denominator > 2:
                found.append(base)
    return found


def needs(node: Node) -> list[Condition]:
    """The conditions under which an expression is defined, as comparisons with 0.

    Raises:
        Inconclusive: one of them is under an integral or a sum.
    """
    found = []
    for condition in conditions(node):
        if condition.bound:
            raise Inconclusive("the kernel's library has no integrals and sums of a reader's own")
        if condition.node.head != "number":
            found.append(condition)
    for base in by_logarithm(node):
        if base.head != "number":
            found.append(Condition(base, ">"))
    return list(dict.fromkeys(found))


def relation(node: Node, sign: str, *, opened: bool = False) -> str:
    """Node sign 0, as `0 < node`."""
    text = coq(node, opened=opened)
    return {
        ">": f"0 < {text}", ">=": f"0 <= {text}", "<": f"{text} < 0", "<=": f"{text} <= 0",
        "=": f"{text} = 0", "!=": f"{text} <> 0",
    }[sign]  # fmt: skip
