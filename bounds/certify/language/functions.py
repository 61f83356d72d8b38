"""The names that the language knows: functions with their arities, abbreviations, Greek letters."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction

from bounds.certify.language.expression import CONSTANTS, MINUS_ONE, ONE, Expr, call, number
from bounds.certify.language.expression import raise_to as power

_ONE_ARGUMENT = """
    exp expm1 log log1p cbrt sin cos tan asin acos atan sinh cosh tanh asinh acosh atanh
    erf erfc erfcx phi Phi quantile mills gamma loggamma digamma lambertw zeta abs floor sign
"""
_TWO_ARGUMENTS = "atan2 polygamma beta binomial gammap gammaq besseli besselj besselk"

MANY = 99
"""The most arguments of min and max."""

ARITIES: Mapping[str, tuple[int, int]] = {
    **dict.fromkeys(_ONE_ARGUMENT.split(), (1, 1)),
    **dict.fromkeys(_TWO_ARGUMENTS.split(), (2, 2)),
    **dict.fromkeys(("betai", "hyp1f1"), (3, 3)),
    **dict.fromkeys(("hyp2f1", "integral", "sum"), (4, 4)),
    **dict.fromkeys(("min", "max"), (2, MANY)),
}
"""The functions that are heads of expressions: least and most arguments."""

PARAMETERS = {
    "atan2": "y, x",
    "polygamma": "n, x",
    "beta": "a, b",
    "binomial": "n, k",
    "gammap": "a, x",
    "gammaq": "a, x",
    "besseli": "n, x",
    "besselj": "n, x",
    "besselk": "n, x",
    "betai": "x, a, b",
    "hyp1f1": "a, b, x",
    "hyp2f1": "a, b, c, x",
    "integral": "f, t, a, b",
    "sum": "f, n, a, b",
    "min": "a, b",
    "max": "a, b",
}
"""How the arguments of a function are called, where it is not one x."""


def square_root(x: Expr) -> Expr:
    """√x, which is the power x^(1/2)."""
    return power(x, number(Fraction(1, 2)))


def inverse(x: Expr) -> Expr:
    """1/x."""
    return power(x, MINUS_ONE)


ABBREVIATIONS: Mapping[str, Callable[[Expr], Expr]] = {
    "sqrt": square_root,
    "ln": lambda x: call("log", x),
    "log2": lambda x: call("log", x) / call("log", 2),
    "log10": lambda x: call("log", x) / call("log", 10),
    "sec": lambda x: inverse(call("cos", x)),
    "csc": lambda x: inverse(call("sin", x)),
    "cot": lambda x: call("cos", x) / call("sin", x),
    "sech": lambda x: inverse(call("cosh", x)),
    "csch": lambda x: inverse(call("sinh", x)),
    "coth": lambda x: call("cosh", x) / call("sinh", x),
    "factorial": lambda n: call("gamma", n + ONE),
    "Gamma": lambda x: call("gamma", x),
    "lgamma": lambda x: call("loggamma", x),
    "psi": lambda x: call("digamma", x),
    "W": lambda x: call("lambertw", x),
    "arcsin": lambda x: call("asin", x),
    "arccos": lambda x: call("acos", x),
    "arctan": lambda x: call("atan", x),
    "arsinh": lambda x: call("asinh", x),
    "arcosh": lambda x: call("acosh", x),
    "artanh": lambda x: call("atanh", x),
}
"""Functions of one argument that are read as something else."""

FUNCTIONS = frozenset(ARITIES) | frozenset(ABBREVIATIONS)

MAY_BE_VARIABLES = frozenset({"beta", "gamma", "zeta", "phi", "Phi", "Gamma", "psi", "W"})
"""Names of functions that are variables where no bracket follows."""

INFINITY = frozenset({"inf", "oo", "infinity"})

WORDS = frozenset({"and", "in", "for", "all", "exists", "real", "integer"}) | INFINITY
"""What cannot be the name of a variable, next to functions and constants."""

_GREEK = "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi omicron pi rho"
_MORE = "sigma tau upsilon phi chi psi omega"
_CAPITALS = "Gamma Delta Theta Lambda Xi Pi Sigma Upsilon Phi Psi Omega"
GREEK: Mapping[str, str] = {
    **dict(zip("αβγδεζηθικλμνξοπρ", _GREEK.split(), strict=True)),
    **dict(zip("στυφχψω", _MORE.split(), strict=True)),
    **dict(zip("ΓΔΘΛΞΠΣΥΦΨΩ", _CAPITALS.split(), strict=True)),
    "ϕ": "phi",
    "ϵ": "epsilon",
    "ϑ": "theta",
}
"""Greek letters, read as their names."""


def can_be_variable(name: str) -> bool:
    """Whether the grammar reads a name, with no bracket after it, as a variable."""
    letters = name.isascii() and name.isidentifier() and name[0] != "_"
    functions = FUNCTIONS - MAY_BE_VARIABLES
    return letters and name not in functions and name not in CONSTANTS and name not in WORDS


def usage(name: str) -> str:
    """A call of the function, as in `atan2(y, x)`."""
    return f"{name}({PARAMETERS.get(name, 'x')})"
