"""From signs and slopes on pieces of a range to the sign changes on all of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from bounds.certify.checker.precision import Rational
from bounds.certify.checker.verdict import Rejected

Mark = Literal["+", "-", "/", "\\"]
"""What is claimed of K on a closed range of y: positive, negative, increasing, decreasing."""

SIGNS = ("+", "-")


@dataclass(frozen=True, slots=True)
class Run:
    """Neighbouring pieces with one mark, from y = low to y = high (None: without end)."""

    mark: Mark
    low: Rational
    high: Rational | None


@dataclass(frozen=True, slots=True)
class Crossing:
    """Exactly one sign change of the criterion, for y between low and high."""

    low: Rational
    high: Rational
    to_convex: bool


def merged(pieces: Sequence[Run]) -> list[Run]:
    """Neighbours with the same mark put together; each piece starts where the last one ended."""
    runs: list[Run] = []
    for piece in pieces:
        if runs and runs[-1].mark == piece.mark:
            runs[-1] = Run(piece.mark, runs[-1].low, piece.high)
        else:
            runs.append(piece)
    return runs


def sign_changes(pieces: Sequence[Run]) -> list[Crossing]:
    """All sign changes along pieces that begin and end with a sign.

    Strictly monotone on a run between two signs, a function changes sign there exactly once if the
    signs differ, and never if they agree.

    Raises:
        Rejected: two monotone runs meet, so that the sign between them is unknown, or two signs
            meet, which both would hold at the common end.
    """
    runs, changes = merged(pieces), []
    for before, run, after in zip(runs, runs[1:], runs[2:], strict=False):
        if run.mark in SIGNS:
            continue
        if before.mark not in SIGNS or after.mark not in SIGNS:
            raise Rejected("two monotone runs of different direction meet: no sign lies between")
        if before.mark != after.mark:
            changes.append(Crossing(run.low, run.high, to_convex=after.mark == "+"))
    if any(a.mark in SIGNS and b.mark in SIGNS for a, b in pairwise(runs)):
        raise Rejected("neighbouring pieces are marked with opposite signs")
    return changes


def stretches(changes: Sequence[Crossing]) -> tuple[str, ...]:
    """How the loss bends, stretch by stretch, where it begins concave."""
    return ("concave", *("convex" if change.to_convex else "concave" for change in changes))
