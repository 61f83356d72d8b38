"""The errors that users of `bounds` meet: each states the fact and the remedy."""


class BoundsError(Exception):
    """Base class of every error that this package raises on purpose."""

    def __str__(self) -> str:
        """The message, on one line whatever values it shows."""
        return " ".join(super().__str__().splitlines())


class InputError(BoundsError, ValueError):
    """An argument is malformed: not a number, not exact, not positive, or out of reach."""


class DomainError(BoundsError, ValueError):
    """An argument lies outside the domain of the function, or a ball is not surely inside it."""


class Inconclusive(BoundsError):
    """A statement was neither proved nor disproved within the budget.

    Never read it as "false": the message names the budget and the worst spot.
    """
