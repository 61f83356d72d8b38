"""Statements for the decider, and points and pieces of a range."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from typing import Any

from flint import arb, fmpq

from bounds.certify.checker.proof import check_goal
from bounds.certify.errors import Inconclusive, InputError, shown
from bounds.certify.language.comparison import Comparison, Relation
from bounds.certify.language.domain import Domain, DomainLike, Range, parse_domain
from bounds.certify.language.expression import PI, Expr, number, substitute
from bounds.certify.language.grammar import parse_expression
from bounds.certify.language.statement import Statement
from bounds.certify.language.text import to_text
from bounds.certify.numbers.enclosure import Dyadic, Enclosure, dyadic_ends
from bounds.certify.numbers.precision import bits_for
from bounds.certify.rules.conditions import Condition
from bounds.certify.rules.decide import decide
from bounds.certify.rules.enclosures import evaluate
from bounds.certify.rules.goal import Deadline
from bounds.certify.rules.normal import TooLarge
from bounds.certify.rules.numeric import precision, simplest_between
from bounds.certify.rules.outcome import Outcome

SECONDS = 60
"""How long a number is searched for, if nothing else is said."""

CERTIFIED_DIGITS = 15
"""The most digits of a number in a certificate: more cost the checker more than they tell."""

_BITS = (128, 512, 2048)


def read_expression(expression: object) -> Expr:
    """An expression from text, LaTeX or SymPy.

    Raises:
        InputError: it is not read; the message shows the place.
    """
    if isinstance(expression, Expr):
        return expression
    if isinstance(expression, str):
        if "\\" in expression:
            from bounds.certify.language.latex_reader import from_latex

            return from_latex(expression)
        return parse_expression(expression)
    if hasattr(expression, "free_symbols"):
        from bounds.certify.language.sympy_form import from_sympy

        return from_sympy(expression)
    raise InputError(f"an expression is a text such as 'x*exp(-x)', not {shown(expression)}")


def read_where(expression: Expr, domain: DomainLike | None) -> Domain:
    """The domain of the variables of an expression, without those that it does not need.

    Raises:
        InputError: it is not read, a variable has no range, or one is to exist.
    """
    found = parse_domain(domain if domain is not None else "")
    if found.exists:
        raise InputError("`exists` is for claims: here every variable has a range")
    missing = sorted(expression.free - set(found.ranges))
    if missing:
        verb = "lies" if len(missing) == 1 else "lie"
        raise InputError(
            f"the domain does not say where {' and '.join(missing)} {verb}: add for example"
            f" `{missing[0]} > 0` or `{missing[0]} real`"
        )
    return found


def read_seconds(seconds: object) -> float:
    """A time in seconds.

    Raises:
        InputError: it is no number from 0 to a day.
    """
    if isinstance(seconds, bool) or not isinstance(seconds, int | float) or not seconds > 0:
        raise InputError(f"the time is a number of seconds above 0, not {shown(seconds)}")
    return float(min(seconds, 86_400))


def statement(left: Expr, relation: Relation, right: Expr, domain: Domain) -> Statement:
    """One comparison on a domain."""
    return Statement((Comparison(left, relation, right),), domain)


def decided(claim: Statement, deadline: Deadline, most: float = 20.0) -> Outcome:
    """What the decider finds of a statement in the time that is left, at most so many seconds."""
    try:
        return decide(claim, seconds=max(0.2, min(most, deadline.left())))
    except TooLarge:
        return Outcome(claim, "undecided", "a normal form of it is too large")


def is_zero(constant: Expr) -> bool:
    """Whether the checker's algebra proves that a constant is 0."""
    return any(
        check_goal(to_text(constant), "=", "", {"rule": rule}, seconds=2).accepted
        for rule in ("equal", "point")
    )


def is_defined_on(needs: Sequence[Condition], place: Mapping[str, arb]) -> bool:
    """Whether balls show that what some expressions need holds everywhere in a box.

    Args:
        needs: the conditions under which they have values.
        place: the box.
    """
    for _, argument, relation in needs:
        value = evaluate(argument, place)
        holds = {">": value > 0, ">=": value >= 0, "!=": value != 0}.get(relation)
        # step: a condition holds in all of a box [false 1/2]
        if not holds:
            return False
    return True


def at(f: Expr, name: str, point: Expr) -> Expr:
    """The constant that f is at a point."""
    return substitute(f, {name: point})


def between(name: str, low: Expr | None, high: Expr | None, opened: tuple[bool, bool]) -> Domain:
    """The domain of one variable between two ends; None is infinite."""
    return Domain({name: Range(low, high, opened[0] or low is None, opened[1] or high is None)})


def ball(q: Fraction) -> arb:
    """The ball around a rational number, at the working precision."""
    return arb(fmpq(q.numerator, q.denominator))


def box_ball(low: Fraction, high: Fraction) -> arb:
    """A ball around an interval."""
    return ball(low).union(ball(high))


MOST_EXPONENT = 2**15
"""The most binary places before or behind the point of a number that becomes a fraction."""


def is_measured(x: arb) -> bool:
    """Whether the middle of a ball is no larger and no smaller than fractions are made of."""
    return bool(abs(int(x.mid().man_exp()[1])) <= MOST_EXPONENT)


def to_fraction(x: arb) -> Fraction:
    """The middle of a ball, exactly.

    Raises:
        Inconclusive: it has more than 32,768 binary places.
    """
    mantissa, exponent = x.mid().man_exp()
    if not is_measured(x):
        raise Inconclusive(f"a number has more than {MOST_EXPONENT:,} binary places")
    return Fraction(int(mantissa)) * Fraction(2) ** int(exponent)


def constant_ball(constant: Expr, bits: int) -> arb:
    """A ball of a constant with so many bits of relative accuracy, as far as possible."""
    value = arb(0)
    for guard in (32, 128, 512, 2048, 8192):
        with precision(bits + guard):
            value = evaluate(constant, {})
        if value.is_finite() and (value.rel_accuracy_bits() >= bits or value.is_exact()):
            return value
    return value


def enclosure(value: arb, digits: int) -> Enclosure:
    """The enclosure that a finite ball is, however wide; it shows no more digits than it has."""
    if value.is_exact() or value.rel_accuracy_bits() >= bits_for(digits) - 12:
        return Enclosure(*dyadic_ends(value), digits)
    known = max(2, (int(value.rel_accuracy_bits()) - 6) * 30103 // 100000)
    return Enclosure(*dyadic_ends(value), min(digits, known))


def of_fractions(low: Fraction, high: Fraction, digits: int) -> Enclosure:
    """The enclosure between two numbers, its ends rounded outwards to dyadic ones."""
    bits = bits_for(digits) + 32
    return Enclosure(_dyadic(low, bits, up=False), _dyadic(high, bits, up=True), digits)


def _dyadic(q: Fraction, bits: int, *, up: bool) -> Dyadic:
    """A dyadic number just below or above q, of about so many bits."""
    if q == 0:
        return Dyadic(0, 0)
    size = abs(q.numerator).bit_length() - q.denominator.bit_length()
    exponent = size - bits
    scaled = q / Fraction(2) ** exponent
    mantissa = (
        -(-scaled.numerator // scaled.denominator)
        if up
        else scaled.numerator // (scaled.denominator)
    )
    return Dyadic(mantissa, exponent)


def decimal_below(q: Fraction, digits: int) -> Fraction:
    """The largest decimal of so many significant digits that is at most q."""
    return _decimal(q, digits, up=False)


def decimal_above(q: Fraction, digits: int) -> Fraction:
    """The least decimal of so many significant digits that is at least q."""
    return _decimal(q, digits, up=True)


def _decimal(q: Fraction, digits: int, *, up: bool) -> Fraction:
    if q == 0:
        return q
    lead = (abs(q.numerator).bit_length() - q.denominator.bit_length()) * 30103 // 100000
    scale = Fraction(10) ** (digits - lead)
    scaled = q * scale
    whole = (
        -(-scaled.numerator // scaled.denominator)
        if up
        else (scaled.numerator // scaled.denominator)
    )
    return whole / scale


def as_exact(
    f: Expr, name: str, low: Fraction, high: Fraction, extra: Sequence[Expr]
) -> Expr | None:
    """A simple constant in [low, high] at which algebra proves that f is 0."""
    width = high - low
    if width > 0:
        q = simplest_between(low - width, high + width)
        if low <= q <= high and q.denominator < 10**6 and is_zero(at(f, name, number(q))):
            return number(q)
    turns = _in_half_turns(low, high)
    for candidate in (*turns, *extra, *(-each for each in extra)):
        value = constant_ball(candidate, 256)
        with precision(_BITS[2]):
            inside = value >= ball(low) and value <= ball(high)
        if inside and is_zero(at(f, name, candidate)):
            return candidate
    return None


def _in_half_turns(low: Fraction, high: Fraction) -> list[Expr]:
    """A multiple of pi with a small denominator that may lie in [low, high]."""
    if not 0 < high - low < abs(low) / 10**9:
        return []
    with precision(256):
        middle = to_fraction(ball((low + high) / 2) / arb.pi())
    slack = max((high - low) / 2, abs(middle) / 10**30)
    q = simplest_between(middle - slack, middle + slack)
    return [PI * q] if 0 < q.denominator <= 360 else []


def sign_at_point(f: Expr, name: str, point: Fraction | Expr) -> int | None:
    """The sign at a point, by balls of growing precision; None where it stays open."""
    for bits in _BITS:
        with precision(bits):
            place = evaluate(point, {}) if isinstance(point, Expr) else ball(point)
            value = evaluate(f, {name: place})
            if value > 0:
                return 1
            if value < 0:
                return -1
    return None


def with_range(domain: Domain, name: str, allowed: Range) -> Domain:
    """The domain with another range of one variable."""
    return replace(domain, ranges={**domain.ranges, name: allowed})


def plain(value: Any) -> str:
    """A rational number for a message: as a decimal of a few digits."""
    return f"{float(value):.6g}"
