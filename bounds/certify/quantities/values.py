"""Values of constant expressions and of integrals, to any number of digits."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction
from typing import Any

from flint import arb

from bounds.certify.checker.replay import check
from bounds.certify.errors import DomainError, Inconclusive, InputError, shown
from bounds.certify.exact import read_rational
from bounds.certify.language.comparison import Comparison
from bounds.certify.language.constants import order
from bounds.certify.language.domain import Domain, Range, parse_domain
from bounds.certify.language.expression import ZERO, Expr, call, number, substitute, variable
from bounds.certify.language.functions import can_be_variable
from bounds.certify.language.latex import to_latex
from bounds.certify.language.statement import Statement
from bounds.certify.numbers.enclosure import dyadic_ends
from bounds.certify.numbers.precision import bits_for, read_digits, working_precision
from bounds.certify.quantities.improper import improper, quadrature
from bounds.certify.quantities.proving import (
    CERTIFIED_DIGITS,
    SECONDS,
    ball,
    decided,
    decimal_above,
    decimal_below,
    enclosure,
    is_measured,
    is_zero,
    read_expression,
    read_seconds,
    sign_at_point,
    statement,
    to_fraction,
)
from bounds.certify.quantities.results import Number
from bounds.certify.rules.conditions import conditions
from bounds.certify.rules.enclosures import evaluate as value_at
from bounds.certify.rules.goal import Deadline
from bounds.certify.rules.numeric import precision, simplest_between, slow

_GUARDS = (32, 128, 512, 2048, 8192)
_SIMPLE, _MOST_EVALUATIONS = 10**6, 30_000
_MOST_EXPONENT = 2**24
"""Of numbers that are printed: their decimal digits take as long as the number is long."""


def evaluate(
    expression: object,
    place: Mapping[Any, Any] | str | None = None,
    *,
    digits: int = 15,
    seconds: float = SECONDS,
    proof: bool = False,
) -> Number:
    """The value of an expression at a point, enclosed to any number of digits.

    Args:
        expression: text such as `"Phi(-8)"`, LaTeX, or SymPy.
        place: the values of its variables, as in `"x = 3/2, y = pi"` or `{"x": "3/2"}`; None if it
            has none.
        digits: significant digits.
        seconds: how long the proof is tried.
        proof: also prove the statement `low <= expression <= high`, for a certificate; its ends
            have at most 15 digits.

    Returns:
        A `Number`, whose `value` holds the truth: the lower end is rounded down, the upper up.

    Raises:
        InputError: the expression or the place is not read.
        DomainError: a function has no value there.
        Inconclusive: the value is 0, as far as thousands of digits tell, or the engine has no
            enclosure of it.
    """
    read = read_expression(expression)
    constant = substitute(read, _place(place, read))
    if constant.free:
        missing = sorted(constant.free)
        raise InputError(
            f"{constant} has the variable {missing[0]}: pass its value, as in '{missing[0]} = 3/2'"
        )
    return _number(constant, read_digits(digits), read_seconds(seconds), proof)


def _number(constant: Expr, digits: int, seconds: float, proof: bool) -> Number:
    value, exact = constant_value(constant, digits)
    found = Number(constant, enclosure(value, digits), exact)
    return _with_proof(found, value, min(digits, CERTIFIED_DIGITS), seconds) if proof else found


def constant_value(constant: Expr, digits: int) -> tuple[arb, Fraction | None]:
    """A ball of a constant with so many digits, and the rational number that it is, if that is so.

    Raises:
        DomainError: it has no value.
        Inconclusive: the digits are not reached.
    """
    require_value(constant)
    wanted = bits_for(digits)
    for guard in _GUARDS:
        with working_precision(wanted + guard):
            value = value_at(constant, {})
        if value.is_finite() and abs(int(value.mid().man_exp()[1])) > _MOST_EXPONENT:
            raise Inconclusive(
                f"{shown(str(constant))} has more than five million digits before or behind the"
                " point: ask for its logarithm"
            )
        if value.is_finite() and (value.is_exact() or value.rel_accuracy_bits() >= wanted - 4):
            return value, _rational(constant, value)
        if value.is_finite() and guard >= 512 and value.contains(0) and is_zero(constant):
            return arb(0), Fraction(0)
        if not value.is_finite() and guard >= 512:
            raise Inconclusive(f"{shown(str(constant))} has no enclosure here")
        if slow(constant) and guard >= 512:
            break
    raise Inconclusive(
        f"{shown(str(constant))} is not enclosed to {digits} digits: it is 0 or very near to it, or"
        " its enclosure is wide; ask for fewer digits"
    )


def require_value(constant: Expr) -> None:
    """Refuse a constant without a real value: balls cut off what lies below the 0 of a root.

    Raises:
        DomainError: a function in it has no value.
        Inconclusive: that is not decided.
    """
    for node, argument, relation in conditions(constant):
        sign = sign_at_point(argument, "", Fraction(0))
        if sign is None and is_zero(argument):
            sign = 0
        if sign is None:
            raise Inconclusive(
                f"it is not decided whether {shown(str(node))} has a value: {shown(str(argument))}"
                f" {relation} 0 is needed"
            )
        if not {">": sign > 0, ">=": sign >= 0, "!=": sign != 0, "=": sign == 0}[relation]:
            raise DomainError(f"{shown(str(node))} has no real value")


def _rational(constant: Expr, value: arb) -> Fraction | None:
    """The rational number that a constant is, if it is a simple one and algebra proves it."""
    if constant.is_number:
        return constant.value
    if slow(constant) or not is_measured(value):
        return None
    low, high = (end.fraction() for end in dyadic_ends(value))
    middle, width = to_fraction(value), max(high - low, abs(low) / 2**60)
    q = simplest_between(middle - width, middle + width) if width else middle
    if not (low <= q <= high and q.denominator <= _SIMPLE and abs(q) < _SIMPLE):
        return None
    return q if is_zero(constant - number(q)) else None


def _place(place: Mapping[Any, Any] | str | None, expression: Expr) -> dict[str, Expr]:
    """The values of variables.

    Raises:
        InputError: one is not read, is no single value, or is no variable of the expression.
    """
    if place is None:
        return {}
    if isinstance(place, str):
        found = parse_domain(place)
        values = _values(found)
    elif isinstance(place, Mapping):
        values = {str(name): _constant(str(name), value) for name, value in place.items()}
    else:
        raise InputError(
            'values of variables are text such as "x = 3/2" or a mapping such as {"x": "3/2"},'
            f" not {type(place).__name__}"
        )
    for name in values:
        if name not in expression.free:
            known = ", ".join(sorted(expression.free)) or "none"
            raise InputError(f"{name} is no variable of the expression (it has {known})")
    return values


def _values(domain: Domain) -> dict[str, Expr]:
    values = {}
    for name, allowed in domain.ranges.items():
        if not allowed.is_point or allowed.low is None or domain.constraints:
            raise InputError(f"{name} has no single value: write it as '{name} = 3/2'")
        values[name] = allowed.low
    return values


def _constant(name: str, value: object) -> Expr:
    if not can_be_variable(name):
        raise InputError(f"{name!r} cannot be the name of a variable")
    if isinstance(value, str | Expr) or hasattr(value, "free_symbols"):
        read = read_expression(value)
        if read.free:
            raise InputError(f"the value {read} of {name} is no constant")
        return read
    return number(read_rational(value, name))


def _with_proof(found: Number, value: arb, digits: int, seconds: float) -> Number:
    """The same with the statement low <= expression <= high, if it is proved."""
    low, high = (end.fraction() for end in dyadic_ends(value))
    if found.exact is not None:
        comparisons = [Comparison(found.expression, "=", number(found.exact))]
    else:
        comparisons = [
            Comparison(number(decimal_below(low, digits)), "<=", found.expression),
            Comparison(found.expression, "<=", number(decimal_above(high, digits))),
        ]
    claim = Statement(tuple(comparisons), Domain({}))
    outcome = decided(claim, Deadline(seconds), seconds)
    return replace(found, proof=outcome) if outcome.holds_everywhere else found


def integrate(
    expression: object,
    name: str,
    low: object,
    high: object,
    *,
    digits: int = 15,
    seconds: float = SECONDS,
    proof: bool = False,
) -> Number:
    """The integral of an expression in one variable between two constants, enclosed.

    FLINT's quadrature bounds its error by values of the integrand at complex balls, so the
    integrand is to be analytic inside; at single points it goes by smaller balls, and few digits
    are reached. An end may be infinite, or a point where the integrand has no finite value: then a
    bound of the integrand near it, by a power or an exponential, is proved by the checker.

    Args:
        expression: text such as `"exp(-x^2)"`, LaTeX, or SymPy.
        name: the variable.
        low: the lower end: text such as `"pi/2"` or `"-inf"`, or a number.
        high: the upper end.
        digits: significant digits.
        seconds: how long the proof is tried.
        proof: also prove the statement `low <= integral(...) <= high`, for a certificate.

    Returns:
        A `Number`.

    Raises:
        InputError: an argument is not read.
        Inconclusive: the digits are not reached, or no bound near an improper end is proved.
    """
    body = read_expression(expression)
    digits = read_digits(digits)
    if not isinstance(name, str) or not can_be_variable(name):
        raise InputError(f"{shown(name)} is no name of a variable: integrate over x, for example")
    other = sorted(body.free - {name})
    if other:
        raise InputError(f"the integrand has the variable {other[0]} besides {name}")
    deadline = Deadline(read_seconds(seconds))
    start, stop = _end(low, name), _end(high, name)
    if isinstance(start, Expr) and isinstance(stop, Expr):
        ends = [start, stop]
        _require_defined(body, name, ends, deadline)
        if not _is_improper(body, name, ends):
            return _proper(body, name, ends, digits, proof, read_seconds(seconds))
    return _improper(body, name, start, stop, digits, proof, deadline)


def _proper(
    body: Expr, name: str, ends: list[Expr], digits: int, proof: bool, seconds: float
) -> Number:
    integral = call("integral", body, variable(name), *ends)
    value = _integrated(body, name, ends, digits)
    found = Number(integral, enclosure(value, digits))
    if not proof:
        return found
    return _with_proof(found, value, min(digits, CERTIFIED_DIGITS), seconds)


def _is_improper(body: Expr, name: str, ends: list[Expr]) -> bool:
    """Whether the integrand has no finite value at an end."""
    if order(*ends) != -1:
        return False
    with precision(128):
        values = [value_at(body, {name: value_at(end, {})}) for end in ends]
    return not all(value.is_finite() for value in values)


def _improper(
    body: Expr, name: str, start: Expr | int, stop: Expr | int, digits: int, proof: bool,
    deadline: Deadline,
) -> Number:  # fmt: skip
    """An integral with an improper end; an infinite one is -1 or 1."""
    if start == 1 or stop == -1 or start is stop:
        raise InputError("the lower end of an integral over an infinite range is the first one")
    low = start if isinstance(start, Expr) else None
    high = stop if isinstance(stop, Expr) else None
    inside = Domain({name: Range(low, high, True, True)})
    _require_defined_on(body, inside, deadline)
    found = improper(body, name, low, high, digits, deadline)
    told = ", ".join(
        [str(body), name, "-inf" if low is None else str(low), "inf" if high is None else str(high)]
    )
    ends_latex = [
        r"-\infty" if low is None else to_latex(low),
        r"\infty" if high is None else to_latex(high),
    ]
    latex = rf"\int_{{{ends_latex[0]}}}^{{{ends_latex[1]}}} {to_latex(body)}\, d{name}"
    result = Number(
        body,
        enclosure(found.value, digits),
        basis="balls and checker" if found.proofs else "balls",
        proofs=found.proofs,
        told=(f"integral({told})", latex),
    )
    if not proof:
        return result
    around = [end.fraction() for end in dyadic_ends(found.value)]
    few = min(digits, CERTIFIED_DIGITS)
    claim = found.statement(decimal_below(around[0], few), decimal_above(around[1], few))
    outcome = decided(claim, deadline, deadline.left())
    if not outcome.holds_everywhere or not check(outcome.certificate()).accepted:
        return result  # the checker's own quadrature needs more work than a file is allowed
    return replace(result, proof=outcome)


def _end(end: object, name: str) -> Expr | int:
    """An end; −1 or 1 for an infinite one."""
    text = end.strip() if isinstance(end, str) else str(end) if isinstance(end, float) else ""
    if text.lstrip("+-") in ("inf", "oo", "infinity"):
        return -1 if text.startswith("-") else 1
    if isinstance(end, float | int | Fraction) and not isinstance(end, bool):
        return number(read_rational(end, f"an end of {name}"))
    read = read_expression(end)
    if read.free:
        raise InputError(f"the end {read} is no constant")
    return read


def _require_defined(body: Expr, name: str, ends: list[Expr], deadline: Deadline) -> None:
    """Refuse an integrand that is not proved to be real between the ends.

    At complex numbers sqrt(x)*sqrt(x) is x; but below 0 it has no real value.

    Raises:
        Inconclusive: the decider does not prove that a function in it is defined.
    """
    placed = order(*ends)
    if placed == 0:
        return
    low, high = ends if placed != 1 else reversed(ends)
    _require_defined_on(body, Domain({name: Range(low, high, True, True)}), deadline)


def _require_defined_on(body: Expr, inside: Domain, deadline: Deadline) -> None:
    for _, argument, relation in conditions(body):
        if not argument.free:
            continue
        if decided(statement(argument, relation, ZERO, inside), deadline, 10).outcome != "proved":
            raise Inconclusive(
                f"it is not proved that the integrand is defined: {argument} {relation} 0 is needed"
                f" for {inside}"
            )


def _integrated(body: Expr, name: str, ends: list[Expr], digits: int) -> arb:
    wanted = bits_for(digits)
    value = arb(0)
    for guard in _GUARDS[:3]:
        with working_precision(wanted + guard):
            start, stop = (value_at(end, {}) for end in ends)
            value = quadrature(body, name, start, stop, _MOST_EVALUATIONS)
        if value.is_finite() and value.rel_accuracy_bits() >= wanted - 4:
            return value
        if value.contains(0) and value.rad() < ball(Fraction(1, 10**digits)):
            return value
    if not value.is_finite():
        raise Inconclusive(
            "the integral has no enclosure: the integrand is not finite on the range, or has a"
            " function that is not known at complex numbers"
        )
    reached = max(0, int(value.rel_accuracy_bits()) * 30103 // 100000)
    raise Inconclusive(
        f"the integral is enclosed to about {reached} digits only: ask for fewer, or cut the range"
        " where the integrand is not analytic"
    )
