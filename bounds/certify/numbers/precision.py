"""The working precision of the ball engine, held for one computation at a time.

python-flint keeps one precision for the whole process. Certified results take theirs from here:
a lock keeps other threads of this package out meanwhile, and the caller's precision comes back
afterwards. A foreign thread that changes the precision all the same can widen a ball, never make
it wrong; results are checked against the digits that were asked for.
"""

from __future__ import annotations

import os
import threading

from flint import ctx

from bounds.certify.errors import InputError, shown

MOST_DIGITS = 1_000_000
_LEAST_CAP = 10  # of python-flint itself
_LOCK = threading.RLock()


def _unlock() -> None:
    global _LOCK
    _LOCK = threading.RLock()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_unlock)  # the thread that held it is not in the child


class working_precision:  # noqa: N801 - reads as a verb: with working_precision(128)
    """Run a block at `bits` of ball precision, alone among this package's threads.

    Power series have at least 10 terms meanwhile, whatever cap the caller has set for them: what
    lies beyond the cap reads as 0, and no proof may rest on that.
    """

    __slots__ = ("_before", "_bits", "_cap")

    def __init__(self, bits: int) -> None:
        self._bits = bits

    def __enter__(self) -> None:
        _LOCK.acquire()
        self._before, self._cap = ctx.prec, ctx.cap
        ctx.prec = self._bits
        if self._cap < _LEAST_CAP:
            ctx.cap = _LEAST_CAP

    def __exit__(self, *_: object) -> None:
        ctx.prec, ctx.cap = self._before, self._cap
        _LOCK.release()


class series_terms:  # noqa: N801 - reads as a verb, like the above
    """Let power series have up to `count` terms within a block that holds the precision.

    python-flint caps series for the whole process, at 10 terms unless told otherwise, and what lies
    beyond the cap reads as 0.
    """

    __slots__ = ("_before", "_count")

    def __init__(self, count: int) -> None:
        self._count = count

    def __enter__(self) -> None:
        _LOCK.acquire()
        self._before = ctx.cap
        ctx.cap = max(self._count, self._before)

    def __exit__(self, *_: object) -> None:
        ctx.cap = self._before
        _LOCK.release()


def read_digits(digits: object) -> int:
    """The number of significant decimal digits asked for, checked.

    Raises:
        InputError: not a whole number from 1 to 1,000,000.
    """
    if isinstance(digits, bool) or not isinstance(digits, int):
        raise InputError(f"digits must be a whole number, not {shown(digits)}")
    if not 1 <= digits <= MOST_DIGITS:
        raise InputError(f"digits must be from 1 to {MOST_DIGITS:,}")
    return digits


def bits_for(digits: int) -> int:
    """Bits that carry `digits` decimal digits, with a few to spare (log₂10 < 3.3220)."""
    return digits * 33220 // 10000 + 18
