"""The steps of a replay: what has to hold, piece by piece, or the certificate is rejected."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TypeAlias

from bounds.certify.checker.precision import Work
from bounds.certify.checker.verdict import Rejected, Undecided

Step: TypeAlias = Callable[[], bool]
"""Whether something is proved; it may raise Undecided."""


def require_step(holds: Step, step: str, piece: str) -> None:
    """Reject what is not proved."""
    try:
        proved = holds()
    except Undecided:
        proved = False
    if not proved:
        raise Rejected(f"{step} is not proved", piece)


def require_all(steps: Mapping[str, Step], step: str) -> None:
    """Reject unless each of these is proved; their names are the pieces."""
    for name, holds in steps.items():
        # step: each of several facts is asked for [drop]
        require_step(holds, step, name)


def require_pieces(
    pieces: Sequence[Step], step: str, work: Work, piece: str = "piece"
) -> Iterator[tuple[int, int]]:
    """Prove the pieces that fall to this process, one after the other.

    Yields:
        How many are done, of how many.

    Raises:
        Rejected: one is not proved.
    """
    for number, holds in enumerate(pieces, 1):
        if work.mine(number):
            # step: each of several pieces is asked for [drop]
            require_step(holds, step, f"{piece} {number}")
        yield number, len(pieces)
