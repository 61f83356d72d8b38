"""Values of a certificate, read strictly: every name, type and range."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeAlias, TypeVar

from bounds.certify.checker.number import read_number, shown
from bounds.certify.checker.precision import Rational
from bounds.certify.checker.verdict import Rejected

Ends: TypeAlias = tuple[Rational, Rational]
Item = TypeVar("Item")

LONGEST = 4_000
"""The most characters of a number, and its greatest exponent, where no more is needed."""


def statement_fields(value: Any, *names: str) -> list[Any]:
    """The values under these names; the text beside them is for readers, and proves nothing."""
    *values, text = fields(value, "a statement", *names, "text")
    if not isinstance(text, str):
        raise Rejected(f'the "text" of a statement is a string, not {shown(text)}')
    return values


def fields(value: Any, what: str, *names: str) -> list[Any]:
    """The values under exactly these names."""
    if not isinstance(value, dict) or value.keys() != set(names):
        raise Rejected(f"{what} has exactly the fields {', '.join(names)}")
    return [value[name] for name in names]


def fields_or_none(value: Any, what: str, *names: str, last: str) -> list[Any]:
    """The values under these names, and under one that may be missing: then None."""
    if isinstance(value, dict) and last not in value:
        return [*fields(value, what, *names), None]
    return fields(value, what, *names, last)


def number(value: Any) -> Rational:
    """An exact number of usual size."""
    return read_number(value, LONGEST)


def ends(value: Any, read: Callable[[Any], Rational] = number) -> Ends:
    """A pair of numbers in order."""
    if not (isinstance(value, list) and len(value) == 2):
        raise Rejected(f"{shown(value)} is not a pair of ends")
    low, high = (read(end) for end in value)
    if low > high:
        raise Rejected(f"the ends {shown(value)} are not in order")
    return low, high


def bits(value: Any, most: int) -> int:
    """A precision, of at most so many bits."""
    if type(value) is not int or not 1 <= value <= most:
        raise Rejected(f'"bits" must be a whole number from 1 to {most}, not {shown(value)}')
    return value


def each(read: Callable[[Any], Item], value: Any) -> tuple[Item, ...]:
    """A list, item by item."""
    if not isinstance(value, list):
        raise Rejected(f"{shown(value)} is not a list")
    return tuple(read(item) for item in value)


def one_of(*words: str) -> Callable[[Any], str]:
    """A reader of one of these words."""

    def read(value: Any) -> str:
        if value not in words or not isinstance(value, str):
            raise Rejected(f"{shown(value)} is none of {', '.join(map(repr, words))}")
        return value

    return read


def require_cover(what: str, whole: Ends, parts: list[Ends]) -> None:
    """Reject parts that do not follow one another from end to end of the whole."""
    if not parts:
        raise Rejected(f"there are no {what}")
    joints = [whole[0], *(end for part in parts for end in part), whole[1]]
    # step: the pieces leave no gap [false 1/2]
    # step: the slices leave no gap [false 1/2]
    if any(end != start for end, start in zip(joints[::2], joints[1::2], strict=True)):
        raise Rejected(f"the {what} do not cover their range without gap or overlap")
