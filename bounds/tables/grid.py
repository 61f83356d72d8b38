"""The values of Δ of a sweep, all exact."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from math import lcm
from typing import Any

from bounds.certify.errors import InputError
from bounds.certify.exact import read_positive, show_exact
from bounds.critical.domain import read_delta

MOST_VALUES = 1_000_000


def read_grid(delta: Any) -> tuple[Fraction, ...]:
    """The values of Δ that a caller names, in the order given.

    Args:
        delta: a number; text such as "1.5:8:0.001" (LOW:HIGH:STEP, with HIGH when it is hit
            exactly) or "2,5/2,3", or both mixed; or an iterable of these.

    Raises:
        InputError: a value is no exact number from 1/64 to 1024, a range does not go up, or there
            are no values or more than a million.
    """
    values: list[Fraction] = []
    for part in _parts(delta):
        values.extend(_range(part, MOST_VALUES - len(values)) if _is_range(part) else [_one(part)])
        if len(values) > MOST_VALUES:
            raise _too_many()
    if not values:
        raise InputError("a sweep needs at least one value of Delta")
    return tuple(values)


def _parts(delta: Any) -> Iterable[Any]:
    if isinstance(delta, str):
        yield from delta.split(",")
    elif isinstance(delta, Iterable) and not isinstance(delta, bytes):
        for part in delta:
            yield from _parts(part)
    else:
        yield delta


def _is_range(part: Any) -> bool:
    return isinstance(part, str) and ":" in part


def _one(part: Any) -> Fraction:
    exact = read_delta(part)
    if not isinstance(exact, Fraction):
        raise InputError(f"a sweep needs exact values of Delta, not the ball {show_exact(exact)}")
    return exact


def _range(text: str, room: int) -> list[Fraction]:
    ends = text.split(":")
    if len(ends) != 3:
        raise InputError(f"a range must be LOW:HIGH:STEP, such as 1.5:8:0.001, not {text[:60]!r}")
    low, high = _one(ends[0]), _one(ends[1])
    step = read_positive(ends[2], "the step")
    if low > high:
        raise InputError(f"a range must go up, from LOW to HIGH, not {text[:60]}")
    assert isinstance(step, Fraction)  # text is never a ball
    steps = (high - low) // step
    if steps >= room:
        raise _too_many()
    bottom = lcm(low.denominator, step.denominator)
    start, move = int(low * bottom), int(step * bottom)
    return [Fraction(start + k * move, bottom) for k in range(steps + 1)]


def _too_many() -> InputError:
    return InputError(f"a sweep takes at most {MOST_VALUES:,} values of Delta: split it")
