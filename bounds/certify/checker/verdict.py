"""What a check ends in, and the two ways in which it can fail."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NoReturn


@dataclass(frozen=True)
class Verdict:
    """Whether a certificate is proved, and if not, why not.

    Attributes:
        accepted: True only if every claim of the statement has been proved again.
        reason: what was proved, or the first thing that was not.
        first_failing_piece: the part of the evidence that fails, where there is one.
        seconds: how long the check took.
    """

    accepted: bool
    reason: str
    first_failing_piece: str | None
    seconds: float

    def __bool__(self) -> NoReturn:
        raise TypeError("a Verdict has no truth value: read .accepted")


class Undecided(ArithmeticError):
    """An enclosure is too wide, or left the finite numbers: nothing is proved by it."""


class Rejected(Exception):
    """The certificate is malformed, or a step of its proof cannot be repeated.

    Attributes:
        piece: the part of the evidence at fault, where there is one.
    """

    def __init__(self, reason: str, piece: str | None = None) -> None:
        super().__init__(reason)
        self.piece = piece
