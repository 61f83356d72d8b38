"""The last values of a function, kept with the precision: neighbouring pieces ask for the same."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TypeVar, cast

from bounds.certify.checker.interval import Interval

Function = TypeVar("Function", bound=Callable[..., Interval])

MOST_KEPT = 4_096
"""The most values that are kept at one precision; then all are forgotten."""


def remembered(function: Function) -> Function:
    """The same function of intervals, all at one precision, that computes no recent value twice."""

    @wraps(function)
    def remembering(*arguments: Interval) -> Interval:
        memory = arguments[0].at.memory
        key = (function, *((argument.lo, argument.hi) for argument in arguments))
        found = memory.get(key)
        if found is None:
            if len(memory) >= MOST_KEPT:
                memory.clear()
            found = memory[key] = function(*arguments)
        return found

    return cast(Function, remembering)
