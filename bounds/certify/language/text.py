"""Expressions as text that the grammar reads back as the same expression."""

from __future__ import annotations

from fractions import Fraction

from bounds.certify.language.expression import BINDERS, CONSTANTS, Expr, print_with

SUM, PRODUCT, POWER, ATOM = 1, 2, 3, 4
"""How tightly a text holds together."""

HALF = Fraction(1, 2)


def to_text(expression: Expr) -> str:
    """The expression in the grammar of statements, with minus signs, quotients and roots."""
    memo: dict[Expr, tuple[str, int]] = {}

    def at(e: Expr, least: int) -> str:
        """The text, in brackets if it holds less tightly than asked."""
        if e not in memo:
            memo[e] = written(e)
        text, level = memo[e]
        return text if level >= least else f"({text})"

    def written(e: Expr) -> tuple[str, int]:
        if e.is_number:
            return _number(e.value)
        if e.head == "variable":
            return e.args[0], ATOM
        if e.head in CONSTANTS:
            return e.head, ATOM
        if e.head == "+":
            return _sum(e), SUM
        if e.head == "*":
            return _product(e), PRODUCT
        if e.head == "^":
            return _power(*e.args)
        return f"{e.head}({', '.join(at(part, SUM) for part in e.args)})", ATOM

    def _sum(e: Expr) -> str:
        text = ""
        for term in terms_in_order(e):
            part = at(term, PRODUCT)
            if not text:
                text = part
            elif part.startswith("-"):
                text += f" - {part[1:]}"
            else:
                text += f" + {part}"
        return text

    def _product(e: Expr) -> str:
        factors = list(e.args)
        coefficient = factors.pop(0).value if factors[0].is_number else Fraction(1)
        text = str(abs(coefficient.numerator)) if abs(coefficient.numerator) != 1 else ""
        for factor in factors:
            below = inverted(factor)
            if below is not None:
                text = f"{text or '1'}/{at(below, POWER)}"
            else:
                part = at(factor, POWER)
                text = f"{text}*{part}" if text else part
        if coefficient.denominator != 1:
            text += f"/{coefficient.denominator}"
        return f"-{text}" if coefficient < 0 else text

    def _power(base: Expr, exponent: Expr) -> tuple[str, int]:
        if exponent.is_number and exponent.value == HALF:
            return f"sqrt({at(base, SUM)})", ATOM
        if exponent.is_number and exponent.value == -1:
            return f"1/{at(base, POWER)}", PRODUCT
        below = "(e)" if base.head == "e" else at(base, ATOM)
        return f"{below}^{at(exponent, ATOM)}", POWER

    return at(expression, SUM)


def inverted(factor: Expr) -> Expr | None:
    """What a factor is one over, if it is written so."""
    if factor.head == "^" and factor.args[1].is_number and factor.args[1].value == -1:
        base: Expr = factor.args[0]
        return base
    return None


def terms_in_order(e: Expr) -> tuple[Expr, ...]:
    """The terms of a sum as they are written: a positive number comes first."""
    *rest, last = e.args
    return (last, *rest) if last.is_number and last.value > 0 else e.args


def bound_variable(e: Expr) -> str | None:
    """The variable that an integral or a sum runs over."""
    return e.args[1].args[0] if e.head in BINDERS else None


def _number(value: Fraction) -> tuple[str, int]:
    if value.denominator != 1:
        return str(value), PRODUCT
    return str(value), ATOM if value >= 0 else PRODUCT


print_with(to_text)
