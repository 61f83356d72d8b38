"""Expressions as JSON, read strictly, evaluated over intervals, and told in plain text.

A term is an exact number or the name of a variable, in a string, or a list of an operation and its
arguments: ["+", "1", ["exp", ["*", "-1/2", "x"]]]. See `operations` for what there is.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from bounds.certify.checker.interval import Interval
from bounds.certify.checker.number import read_number, shown
from bounds.certify.checker.operations import OPERATIONS, Term
from bounds.certify.checker.precision import Precision
from bounds.certify.checker.verdict import Rejected

MOST_PARTS = 2_000
_DEEPEST = 100
_NUMBER = 4_000
_NAME = re.compile(r"[A-Za-z][A-Za-z_]{0,30}", re.ASCII)
_POWERS = re.compile(r"[2-9]|[1-9]\d", re.ASCII)
_SIGNS = {"+": 1, "-": 1, "*": 2, "/": 2}


def read_name(text: object) -> str:
    """The name of a variable: letters and underscores.

    Raises:
        Rejected: it is not one, or is the name of an operation.
    """
    if not (isinstance(text, str) and _NAME.fullmatch(text)) or text in OPERATIONS:
        raise Rejected(f"{shown(text)} is not the name of a variable")
    return text


def read_term(value: object, variables: Mapping[str, object]) -> Term:
    """The term that a JSON value stands for.

    Raises:
        Rejected: it is malformed, too large, or has a variable that is not among these.
    """
    parts = 0

    def read(value: object, depth: int) -> Term:
        nonlocal parts
        parts += 1
        if parts > MOST_PARTS or depth > _DEEPEST:
            raise Rejected(f"a term has at most {MOST_PARTS} parts and {_DEEPEST} levels")
        if isinstance(value, str):
            if not _NAME.fullmatch(value):
                return read_number(value, _NUMBER)
            if value not in variables:
                raise Rejected(f"{shown(value)} is not among the variables")
            return value
        if not (isinstance(value, list) and value and isinstance(value[0], str)):
            raise Rejected(f"{shown(value)} is no term")
        name, *arguments = value
        if name not in OPERATIONS:
            raise Rejected(f"{shown(name)} is no operation")
        count = OPERATIONS[name].count
        if len(arguments) != count:
            raise Rejected(f"the operation {name} takes {count} arguments, not {len(arguments)}")
        if name == "power" and not (
            isinstance(arguments[1], str) and _POWERS.fullmatch(arguments[1])
        ):
            raise Rejected("a power is a whole number from 2 to 99")
        return (name, *(read(argument, depth + 1) for argument in arguments))

    return read(value, 0)


def evaluate(term: Term, place: Mapping[str, Interval], at: Precision) -> Interval:
    """All values of a term over a box of its variables.

    Raises:
        Undecided: an operation is not proved to be defined on all of it.
        BeyondLimit: the work allowed is done.
    """
    at.spend(0)
    if isinstance(term, str):
        return place[term]
    if not isinstance(term, tuple):
        return Interval.enclosing(at, term, term)
    name, *arguments = term
    if name == "pi":
        return Interval.pi(at)
    return OPERATIONS[name].over(*(evaluate(argument, place, at) for argument in arguments))


def told(term: Term) -> str:
    """The term in plain text, as short as brackets allow."""
    return _told(term, 0)


def _told(term: Term, level: int) -> str:
    if not isinstance(term, tuple):
        text = str(term)
        return f"({text})" if level and not text.isalnum() else text
    name, *arguments = term
    if name in _SIGNS:
        own = _SIGNS[name]
        text = f"{_told(arguments[0], own - 1)} {name} {_told(arguments[1], own)}"
        return f"({text})" if level >= own else text
    if name == "power":
        return f"{_told(arguments[0], 3)}^{arguments[1]}"
    return (
        f"{name}({', '.join(_told(argument, 0) for argument in arguments)})" if arguments else name
    )
