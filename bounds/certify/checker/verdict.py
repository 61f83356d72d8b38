"""What a check ends in, and the three ways in which it can fail."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, NoReturn, TypeAlias

Outcome: TypeAlias = Literal["accepted", "rejected", "undecided"]


@dataclass(frozen=True)
class Verdict:
    """Whether a certificate is proved, and if not, why not.

    Attributes:
        outcome: "accepted" only if every claim of the statement has been proved again; "undecided"
            where a limit of the checker was reached first, which says nothing of the statement.
        reason: the statement that was proved, in the checker's words, or the first thing that was
            not.
        first_failing_piece: the part of the evidence that fails, where there is one.
        seconds: how long the check took.
    """

    outcome: Outcome
    reason: str
    first_failing_piece: str | None
    seconds: float

    @property
    def accepted(self) -> bool:
        """Whether the statement has been proved again."""
        return self.outcome == "accepted"

    def __bool__(self) -> NoReturn:
        raise TypeError("a Verdict has no truth value: read .accepted")


class Undecided(ArithmeticError):
    """An enclosure is too wide, or left the finite numbers: nothing is proved by it."""


class BeyondLimit(Exception):
    """A limit of the checker is reached: in size, depth or work. Nothing is said of the file."""


class Rejected(Exception):
    """The certificate is malformed, or a step of its proof cannot be repeated.

    Attributes:
        piece: the part of the evidence at fault, where there is one.
    """

    def __init__(self, reason: str, piece: str | None = None) -> None:
        super().__init__(reason)
        self.piece = piece
