"""Expressions that can be evaluated in ball arithmetic, printed, and written to a certificate.

They are built from exact numbers and variables with +, −, *, /, ** and operations. The engine knows
the general ones; a formula of one's own becomes one by `operation`, under its own name.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from functools import wraps
from inspect import signature
from typing import Any, NoReturn, TypeAlias, TypeVar, cast

from flint import arb

from bounds.certify.arithmetic.ball import BALL
from bounds.certify.errors import DomainError, InputError, shown
from bounds.certify.exact import read_exact, show_exact, to_ball

Operand: TypeAlias = "Term | int | str | Fraction"

_SIGNS = {"+": 1, "-": 1, "*": 2, "/": 2}

MOST_PARTS, MOST_LEVELS = 2_000, 100
"""How large a term may be: the checker reads no larger one."""


class Term:
    """An expression: a Fraction, the name of a variable, or an operation with its arguments.

    Raises:
        InputError: it has more parts or levels than the checker reads.
    """

    __slots__ = ("arguments", "head", "levels", "parts")
    own_arithmetic: TermArithmetic  # how `bounds.certify.arithmetic` knows terms

    def __init__(self, head: Fraction | str, *arguments: Term) -> None:
        self.head, self.arguments = head, arguments
        self.parts: int = 1 + sum(part.parts for part in arguments)
        self.levels: int = 1 + max((part.levels for part in arguments), default=-1)
        if self.parts > MOST_PARTS or self.levels > MOST_LEVELS:
            raise InputError(
                f"a term has at most {MOST_PARTS:,} parts and {MOST_LEVELS} levels: add or multiply"
                " long lists in pairs, or prove the inequality in pieces"
            )

    def __add__(self, other: Operand) -> Term:
        return Term("+", self, _lift(other))

    def __radd__(self, other: Operand) -> Term:
        return Term("+", _lift(other), self)

    def __sub__(self, other: Operand) -> Term:
        return Term("-", self, _lift(other))

    def __rsub__(self, other: Operand) -> Term:
        return Term("-", _lift(other), self)

    def __mul__(self, other: Operand) -> Term:
        return Term("*", self, _lift(other))

    def __rmul__(self, other: Operand) -> Term:
        return Term("*", _lift(other), self)

    def __truediv__(self, other: Operand) -> Term:
        return Term("/", self, _lift(other))

    def __rtruediv__(self, other: Operand) -> Term:
        return Term("/", _lift(other), self)

    def __neg__(self) -> Term:
        return 0 - self

    def __pow__(self, exponent: int) -> Term:
        if not (isinstance(exponent, int) and 2 <= exponent <= 99):
            raise InputError(f"a power is a whole number from 2 to 99, not {shown(exponent)}")
        return Term("power", self, Term(Fraction(exponent)))

    def __lt__(self, other: Any) -> Unknown:
        return Unknown()

    __gt__ = __le__ = __ge__ = __lt__

    def __str__(self) -> str:
        return _text(self, 0)

    def __repr__(self) -> str:
        return f"<term {self}>"

    def variables(self) -> set[str]:
        """The names of the variables in it."""
        if isinstance(self.head, str) and not self.arguments and self.head != "pi":
            return {self.head}
        return set().union(*(part.variables() for part in self.arguments))

    def json(self) -> Any:
        """The term as a certificate writes it."""
        if isinstance(self.head, Fraction):
            return show_exact(self.head)
        if not self.arguments and self.head != "pi":
            return self.head
        return [self.head, *(part.json() for part in self.arguments)]

    def at(self, place: Mapping[str, arb]) -> arb:
        """All values of the term over a box of balls, at the working precision.

        Raises:
            DomainError, Inconclusive: an operation is not surely defined there.
        """
        if isinstance(self.head, Fraction):
            return to_ball(self.head)
        if not self.arguments:
            return arb.pi() if self.head == "pi" else place[self.head]
        if self.head == "power":
            base = self.arguments[0].at(place)
            return _power(base, int(self.arguments[1].head))
        values = [part.at(place) for part in self.arguments]
        return _OPERATIONS[self.head](*values)


def _lift(value: Operand) -> Term:
    return value if isinstance(value, Term) else number(value)


def number(value: Any) -> Term:
    """An exact number: int, Fraction, Decimal, or a text such as "2.5" or "5/2".

    Raises:
        InputError: it is not one; a ball is not exact.
    """
    exact = read_exact(value, "a number")
    if not isinstance(exact, Fraction):
        raise InputError("a number in a term must be exact: pass a decimal or a fraction")
    return Term(exact)


def variable(name: str) -> Term:
    """A variable: a name of letters and underscores that is not the name of a function.

    Raises:
        InputError: it is not such a name.
    """
    if not isinstance(name, str):
        raise InputError(f"a variable has a name such as 'x', not a {type(name).__name__}")
    plain = name.replace("_", "")
    fits = plain.isascii() and plain.isalpha() and name[:1] != "_" and len(name) <= 31
    if not fits or name in _OPERATIONS or name in ("pi", "power"):
        raise InputError(f"{name[:40]!r} cannot name a variable: use letters, as in 'x' or 'kappa'")
    return Term(name)


PI = Term("pi")


def _power(base: arb, exponent: int) -> arb:
    """Base^exponent from the ends of the range, which it is monotone between."""
    # step: an odd power has both signs [true]
    # step: an even one has not [false]
    if exponent % 2 == 0:
        # step: an even power across 0 begins at 0 [call 1/2: abs(base.lower())]
        # step: and ends at the larger end [call 2/2: abs(base.upper())]
        low, high = base.abs_lower(), base.abs_upper()
    else:
        low, high = base.lower(), base.upper()
    # step: a power over both ends [first call]
    return (low**exponent).union(high**exponent)


def _quantile(p: arb) -> arb:
    if not (p > 0 and p < 1):
        raise DomainError("p must lie in (0, 1), the domain of the normal quantile")
    return BALL.quantile(p)


_OPERATIONS: dict[Any, Callable[..., arb]] = {
    "+": lambda a, b: a + b,
    "-": lambda a, b: a - b,
    "*": lambda a, b: a * b,
    "/": lambda a, b: a / b,
    "sqrt": lambda t: t.sqrt(),
    "exp": lambda t: t.exp(),
    "expm1": lambda t: t.expm1(),
    "log": lambda t: t.log(),
    "density": BALL.density,
    "cdf": BALL.cdf,
    "quantile": _quantile,
}


def term_of(operation: str | Callable[..., Any], count: int = 1) -> Callable[..., Term]:
    """What builds the terms of an operation, from terms and exact numbers.

    Args:
        operation: its name, or a formula that `operation` made one.
        count: how many arguments it takes, where its name is given.
    """
    name = operation if isinstance(operation, str) else operation.__name__
    if not isinstance(operation, str):
        count = len(signature(operation).parameters)

    def build(*arguments: Operand) -> Term:
        if len(arguments) != count:
            told = "1 argument" if count == 1 else f"{count} arguments"
            raise InputError(f"{name} takes {told}, not {len(arguments)}")
        return Term(name, *map(_lift, arguments))

    build.__name__ = name
    build.__doc__ = f"The term {name}(...)."
    return build


sqrt, exp, expm1, log = (term_of(name) for name in ("sqrt", "exp", "expm1", "log"))
density, cdf, quantile = (term_of(name) for name in ("density", "cdf", "quantile"))

Formula = TypeVar("Formula", bound=Callable[..., Any])


def operation(formula: Formula) -> Formula:
    """Make a formula an operation of terms: on a term it gives the node of its name.

    A checker that is to replay certificates with this node must know the name too.

    Args:
        formula: it takes balls, among others, and refuses what is outside its domain.

    Returns:
        The formula, which takes terms beside.

    Raises:
        InputError: there is an operation of its name.
    """
    name, build = formula.__name__, term_of(formula)
    names = formula.__code__.co_varnames[: formula.__code__.co_argcount]
    if name in _OPERATIONS:
        raise InputError(f"there is an operation {name} already: name the formula otherwise")
    _OPERATIONS[name] = formula

    @wraps(formula)
    def either(*arguments: Any, **named: Any) -> Any:
        if named:
            arguments += tuple(named.pop(left) for left in names[len(arguments) :] if left in named)
        if any(type(value) is Term for value in (*arguments, *named.values())):
            if named:
                raise InputError(f"{name} takes {', '.join(names)}, and no {min(named)}")
            return build(*arguments)
        return formula(*arguments, **named)

    return cast(Formula, either)


class Unknown:
    """Whether a term lies here or there: nobody knows before it has a place."""

    def __and__(self, other: Any) -> Unknown:
        return self

    __rand__ = __and__

    def __bool__(self) -> NoReturn:
        raise InputError("terms have no order before they have a place: use decide_less")


class TermArithmetic:
    """See `bounds.certify.arithmetic.Arithmetic`. A term has no place yet: no domain is refused."""

    name = "term"

    def coerce(self, value: Any) -> Term:
        return _lift(value)

    def point(self, value: Term) -> Term:
        return value

    def finite(self, value: Term) -> bool:
        return True

    def require(self, condition: Any, message: str) -> None:
        return None

    def exp(self, t: Term) -> Term:
        return exp(t)

    def expm1(self, t: Term) -> Term:
        return expm1(t)

    def sqrt(self, t: Term) -> Term:
        return sqrt(t)

    def root(self, t: Term, degree: int) -> Term:
        return exp(log(t) / degree)

    def pi(self) -> Term:
        return PI

    def density(self, t: Term) -> Term:
        return density(t)

    def cdf(self, t: Term) -> Term:
        return cdf(t)

    def quantile(self, p: Term) -> Term:
        return quantile(p)

    def interval_mass(self, start: Term, width: Term) -> Term:
        return cdf(start + width) - cdf(start)

    def central_quantile(self, mass: Term, tail: Term) -> Term:
        return quantile((1 + mass) / 2)


TERM = TermArithmetic()
"""The one instance."""
Term.own_arithmetic = TERM


def _text(term: Term, binding: int) -> str:
    """Infix notation, with brackets where the operation around it binds more tightly."""
    head, parts = term.head, term.arguments
    if isinstance(head, Fraction):
        shown = show_exact(head)
        return f"({shown})" if (binding and head < 0) or (binding > 1 and "/" in shown) else shown
    if not parts:
        return head
    if head == "power":
        return f"{_text(parts[0], 4)}^{parts[1]}"
    if head in _SIGNS:
        own = _SIGNS[head]
        left, right = _text(parts[0], own), _text(parts[1], own + (head in "-/"))
        if head == "-" and parts[0].head == 0:
            shown = f"-{_text(parts[1], 2)}"
        else:
            shown = f"{left} {head} {right}" if own == 1 else f"{left}{head}{right}"
        return f"({shown})" if own < binding else shown
    return f"{head}({', '.join(_text(part, 0) for part in parts)})"
