"""Expressions and comparisons from SymPy and for SymPy, which is imported when it is asked for.

What SymPy says is an input like any other: it is never part of a proof.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from typing import Any

from bounds.certify.errors import InputError, shown
from bounds.certify.language.comparison import Comparison, Relation
from bounds.certify.language.expression import (
    PI,
    Expr,
    add,
    call,
    multiply,
    number,
    raise_to,
    variable,
)
from bounds.certify.language.functions import can_be_variable

_ALIKE = """
    exp log sin cos tan asin acos atan atan2 sinh cosh tanh asinh acosh atanh erf erfc gamma
    loggamma digamma polygamma beta binomial besseli besselj besselk zeta floor sign
"""
_SAME = {
    **{name: name for name in _ALIKE.split()},
    "abs": "Abs",
    "min": "Min",
    "max": "Max",
    "lambertw": "LambertW",
}
"""Functions that SymPy has under the same or another name, with the same arguments."""

_BACK = {theirs: ours for ours, theirs in _SAME.items()}
_RELATIONS: dict[str, Relation] = {
    "StrictLessThan": "<",
    "LessThan": "<=",
    "StrictGreaterThan": ">",
    "GreaterThan": ">=",
    "Equality": "=",
    "Unequality": "!=",
}


def to_sympy(what: Expr | Comparison | Sequence[Comparison]) -> Any:
    """SymPy's form of an expression, of a comparison, or of several (an `And`)."""
    import sympy

    if isinstance(what, Expr):
        return _to_sympy(what, sympy)
    comparisons = (what,) if isinstance(what, Comparison) else tuple(what)
    kinds = {ours: getattr(sympy, theirs) for theirs, ours in _RELATIONS.items()}
    parts = [
        kinds[c.relation](_to_sympy(c.left, sympy), _to_sympy(c.right, sympy), evaluate=False)
        for c in comparisons
    ]
    return parts[0] if len(parts) == 1 else sympy.And(*parts, evaluate=False)


def _to_sympy(e: Expr, sympy: Any) -> Any:
    if e.is_number:
        return sympy.Rational(e.value.numerator, e.value.denominator)
    if e.head == "variable":
        return sympy.Symbol(e.args[0], real=True)
    if e.head in ("pi", "e", "euler_gamma"):
        return {"pi": sympy.pi, "e": sympy.E, "euler_gamma": sympy.EulerGamma}[e.head]
    args = [_to_sympy(part, sympy) for part in e.args]
    if e.head == "+":
        return sympy.Add(*args)
    if e.head == "*":
        return sympy.Mul(*args)
    if e.head == "^":
        return sympy.Pow(*args)
    if e.head in _SAME:
        return getattr(sympy, _SAME[e.head])(*args)
    return _WRITTEN_OUT[e.head](sympy, *args)


def _density(sympy: Any, x: Any) -> Any:
    return sympy.exp(-(x**2) / 2) / sympy.sqrt(2 * sympy.pi)


def _distribution(sympy: Any, x: Any) -> Any:
    return sympy.erfc(-x / sympy.sqrt(2)) / 2


_WRITTEN_OUT: dict[str, Callable[..., Any]] = {
    "expm1": lambda s, x: s.exp(x) - 1,
    "log1p": lambda s, x: s.log(1 + x),
    "cbrt": lambda s, x: s.sign(x) * s.Abs(x) ** s.Rational(1, 3),
    "phi": _density,
    "Phi": _distribution,
    "quantile": lambda s, p: s.sqrt(2) * s.erfinv(2 * p - 1),
    "mills": lambda s, x: _distribution(s, -x) / _density(s, x),
    "erfcx": lambda s, x: s.exp(x**2) * s.erfc(x),
    "gammap": lambda s, a, x: s.lowergamma(a, x) / s.gamma(a),
    "gammaq": lambda s, a, x: s.uppergamma(a, x) / s.gamma(a),
    "betai": lambda s, x, a, b: s.betainc_regularized(a, b, 0, x),
    "hyp1f1": lambda s, a, b, x: s.hyper([a], [b], x),
    "hyp2f1": lambda s, a, b, c, x: s.hyper([a, b], [c], x),
    "integral": lambda s, f, t, a, b: s.Integral(f, (t, a, b)),
    "sum": lambda s, f, n, a, b: s.Sum(f, (n, a, b)),
}
"""Functions of the language as SymPy's expressions."""


def from_sympy(expression: Any) -> Expr:
    """The expression that one of SymPy says.

    Raises:
        InputError: a function or a name is not in the language, or a Float is in it, which is not
            exact.
    """
    import sympy

    return _from_sympy(sympy.sympify(expression), sympy)


def _from_sympy(e: Any, sympy: Any) -> Expr:
    if e.is_Symbol:
        if not can_be_variable(e.name):
            raise InputError(
                f"the symbol {e.name!r} cannot be a variable here: use a letter, with digits or _"
            )
        return variable(e.name)
    if e.is_Rational:
        return number(Fraction(int(e.p), int(e.q)))
    if e.is_Float:
        raise InputError(f"SymPy's Float {e} is not exact: use Rational, or nsimplify")
    constants = {sympy.pi: PI, sympy.E: Expr("e"), sympy.EulerGamma: Expr("euler_gamma")}
    if e in constants:
        return constants[e]
    if e.func in (sympy.Integral, sympy.Sum):
        return _bound(e, sympy)
    name = e.func.__name__
    if name == "hyper":
        upper, lower, x = e.args
        head = {(1, 1): "hyp1f1", (2, 1): "hyp2f1"}.get((len(upper), len(lower)))
        if head is not None:
            return call(head, *(_from_sympy(part, sympy) for part in (*upper, *lower, x)))
    args = [_from_sympy(part, sympy) for part in e.args] if e.args else []
    if e.is_Add:
        return add(*args)
    if e.is_Mul:
        return multiply(*args)
    if e.is_Pow:
        return call("exp", args[1]) if args[0].head == "e" else raise_to(*args)
    if name in _BACK and args and not (name == "zeta" and len(args) == 2):
        return call(_BACK[name], *args)
    if name in _INVERSE and args:
        return _INVERSE[name](*args)
    raise InputError(
        f"SymPy's {shown(e, 40)} is not in the language: write the claim as text, or expand it"
    )


def _bound(e: Any, sympy: Any) -> Expr:
    if len(e.limits) != 1 or len(e.limits[0]) != 3:
        raise InputError(f"{shown(e, 40)}: an integral or sum needs one variable and two ends")
    head = "integral" if e.func is sympy.Integral else "sum"
    return call(head, *(_from_sympy(part, sympy) for part in (e.function, *e.limits[0])))


_HALF = Fraction(1, 2)
_INVERSE: dict[str, Callable[..., Expr]] = {
    "sec": lambda x: 1 / call("cos", x),
    "csc": lambda x: 1 / call("sin", x),
    "cot": lambda x: call("cos", x) / call("sin", x),
    "sech": lambda x: 1 / call("cosh", x),
    "csch": lambda x: 1 / call("sinh", x),
    "coth": lambda x: call("cosh", x) / call("sinh", x),
    "factorial": lambda n: call("gamma", n + 1),
    "ceiling": lambda x: -call("floor", -x),
    "erfinv": lambda x: call("quantile", (x + 1) / 2) / raise_to(number(2), number(_HALF)),
    "erfcinv": lambda x: -call("quantile", x / 2) / raise_to(number(2), number(_HALF)),
    "harmonic": lambda n: call("digamma", n + 1) + Expr("euler_gamma"),
    "lowergamma": lambda a, x: call("gammap", a, x) * call("gamma", a),
    "uppergamma": lambda a, x: call("gammaq", a, x) * call("gamma", a),
}
"""SymPy's functions that are written in the language with others."""


def comparisons_of(claim: Any) -> tuple[Comparison, ...]:
    """The comparisons of a relational, or of an `And` of some.

    Raises:
        InputError: it is neither, or SymPy has already turned it into True or False.
    """
    import sympy

    claim = sympy.sympify(claim)
    if claim in (sympy.true, sympy.false):
        raise InputError(
            f"SymPy has already answered {claim}, without proof: pass the claim as text, or build"
            " it with evaluate=False"
        )
    parts = sorted(claim.args, key=str) if isinstance(claim, sympy.And) else [claim]
    result = []
    for part in parts:
        relation = _RELATIONS.get(type(part).__name__)
        if relation is None:
            raise InputError(
                f"{shown(part)} is no comparison: pass a relational such as x < exp(x)"
            )
        result.append(
            Comparison(_from_sympy(part.lhs, sympy), relation, _from_sympy(part.rhs, sympy))
        )
    return tuple(result)


def domain_of(claim: Any) -> str:
    """The domain that the assumptions of the symbols say, as text."""
    items = []
    for symbol in sorted(claim.free_symbols, key=str):
        name = symbol.name
        items.append(f"{name} integer" if symbol.is_integer else "")
        bounds = {
            f"{name} > 0": symbol.is_positive,
            f"{name} < 0": symbol.is_negative,
            f"{name} >= 0": symbol.is_nonnegative,
            f"{name} <= 0": symbol.is_nonpositive,
        }
        items.append(next((text for text, known in bounds.items() if known), ""))
        if symbol.is_real and not any(items[-2:]):
            items.append(f"{name} real")
    return ", ".join(filter(None, items))


def interval_text(interval: Any) -> str:
    """One of SymPy's intervals as text, such as `(0, inf)`."""
    import sympy

    low = "-inf" if interval.start == -sympy.oo else str(from_sympy(interval.start))
    high = "inf" if interval.end == sympy.oo else str(from_sympy(interval.end))
    return f"{'(' if interval.left_open else '['}{low}, {high}{')' if interval.right_open else ']'}"
