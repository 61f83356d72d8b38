"""The errors that users of `bounds` meet: each states the fact and the remedy."""

from __future__ import annotations

import re

_WORD = re.compile(r"\S{161,}")


def shortened(text: str) -> str:
    """The text on one line, with very long words (numbers, names of files) cut in the middle."""
    line = " ".join(text.splitlines())
    return _WORD.sub(lambda word: f"{word[0][:80]}...{word[0][-40:]}", line)


def shown(value: object, most: int = 60) -> str:
    """A value of whatever type for a message: its `repr`, cut to `most` characters.

    An int of over 4,300 digits has none in Python, and its type is named instead.
    """
    try:
        text = repr(value)
    except Exception:
        text = f"a value of type {type(value).__name__}"
    return text if len(text) <= most else f"{text[: most - 3]}..."


class BoundsError(Exception):
    """Base class of every error that this package raises on purpose."""

    def __str__(self) -> str:
        """The message, on one line and not long, whatever values it shows."""
        return shortened(super().__str__())


class InputError(BoundsError, ValueError):
    """An argument is malformed: not a number, not exact, not positive, or out of reach."""


class DomainError(BoundsError, ValueError):
    """An argument lies outside the domain of the function, or a ball is not surely inside it."""


class Inconclusive(BoundsError):
    """A statement was neither proved nor disproved within the budget.

    Never read it as "false": the message names the budget and the worst spot.
    """


class Notice(UserWarning):
    """What a user should know though every result is right: work done again, a file replaced."""
