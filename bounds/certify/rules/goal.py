"""What a prover is given: a goal f > 0, f >= 0, f = 0 or f != 0 on a domain, and a deadline.

Everything in this room searches: floats, balls and guesses. What it hands over is a certificate,
and the independent checker alone says whether that is a proof.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

from bounds.certify.errors import Inconclusive
from bounds.certify.language.expression import Expr, substitute

if TYPE_CHECKING:
    from bounds.certify.language.domain import Domain
    from bounds.certify.rules.workers import Workers

Relation: TypeAlias = Literal[">", ">=", "=", "!="]
Node: TypeAlias = dict[str, Any]
"""One rule of a certificate with its fields: what the checker replays."""

Prover: TypeAlias = "Callable[[Goal, Deadline], Node | None]"
"""Proves a goal: the node, or None where it found no proof."""


@dataclass(frozen=True)
class Goal:
    """f rel 0 at every point of the domain."""

    f: Expr
    relation: Relation
    domain: Domain

    @property
    def names(self) -> tuple[str, ...]:
        """The variables that f has, in the domain's order."""
        return tuple(name for name in self.domain.ranges if name in self.f.free)

    @property
    def strict(self) -> bool:
        """Whether a zero of f refutes it."""
        return self.relation in (">", "!=")

    def of(self, f: Expr, relation: Relation | None = None) -> Goal:
        """Another expression on the same domain."""
        return replace(self, f=f, relation=relation or self.relation)

    def at(self, place: Mapping[str, Expr]) -> Goal:
        """The goal with expressions in place of variables of f; the domain is left as it is."""
        return replace(self, f=substitute(self.f, place))


_MOMENT = 0.25
"""Seconds in which a short proof is found, if there is one."""


class OutOfTime(Inconclusive):
    """The time that was asked for is spent: what was not decided stays undecided."""


_CLOCK: ContextVar[Callable[[], float]] = ContextVar("clock", default=time.monotonic)


@contextmanager
def by_processor_time() -> Iterator[None]:
    """Within it, seconds are those that this process computes: other load changes no outcome."""
    token = _CLOCK.set(time.process_time)
    try:
        yield
    finally:
        _CLOCK.reset(token)


_END: ContextVar[float] = ContextVar("end", default=math.inf)


@contextmanager
def limited(seconds: float) -> Iterator[None]:
    """Let `tick` raise `OutOfTime` once so many seconds are over."""
    token = _END.set(min(_END.get(), _CLOCK.get()() + seconds))
    try:
        yield
    finally:
        _END.reset(token)


def late() -> bool:
    """Whether the time of the whole search is over."""
    return _CLOCK.get()() > _END.get()


def tick() -> None:
    """Raise `OutOfTime` where the time of the whole search is over.

    Called in what a search does most, so that no long step goes on beyond its time.
    """
    if late():
        raise OutOfTime("the time for this statement is spent: give it more seconds")


@dataclass
class Memory:
    """What one search has tried. The next one starts afresh, so no outcome depends on the last."""

    failed: dict[object, float] = field(default_factory=dict)
    """Goals that were not proved, and the seconds that were spent on them."""
    busy: set[object] = field(default_factory=set)
    """Goals that are being proved: one inside itself proves nothing."""
    contacts: dict[Goal, list[dict[str, Expr]]] = field(default_factory=dict)
    """Exact points at which a goal's expression is 0."""


class Deadline:
    """A moment by which a search must end, and what it may use until then.

    That is an optional wish of the caller to end it sooner, how deep goals may lie inside one
    another, other processes, and what the search remembers.
    """

    __slots__ = ("_clock", "_end", "_stopped", "depth", "memory", "most", "workers")

    def __init__(
        self,
        seconds: float,
        stopped: Callable[[], bool] | None = None,
        depth: int = 0,
        most: int | None = None,
        workers: Workers | None = None,
        memory: Memory | None = None,
    ) -> None:
        self._clock = _CLOCK.get()
        self._end = self._clock() + seconds
        self._stopped = stopped
        self.depth, self.most = depth, most
        self.workers = workers
        self.memory = memory or Memory()

    def left(self) -> float:
        """Seconds that are left, 0.0 once it is over."""
        if self._stopped is not None and self._stopped():
            return 0.0
        return max(0.0, self._end - self._clock())

    def over(self) -> bool:
        """Whether the time is spent."""
        return self.left() <= 0.0

    def check(self) -> None:
        """Raise `OutOfTime` once it is over."""
        if self.over():
            raise OutOfTime("the time for this statement is spent: give it more seconds")

    def within(self, seconds: float) -> Deadline:
        """A part of the time: at most so many seconds of what is left."""
        return self._with(min(seconds, self.left()))

    def part(self, share: float) -> Deadline:
        """A share of the time, and a moment at least as long as there is one."""
        left = self.left()
        return self._with(max(share * left, min(_MOMENT, left)))

    def deeper(self, share: float) -> Deadline:
        """A share of the time for a goal inside another one."""
        part = self.part(share)
        part.depth += 1
        return part

    def no_deeper_than(self, most: int) -> Deadline:
        """The same time, with at most so many goals inside one another."""
        part = self._with(self.left())
        part.most = most
        return part

    def _with(self, seconds: float) -> Deadline:
        return Deadline(seconds, self._stopped, self.depth, self.most, self.workers, self.memory)
