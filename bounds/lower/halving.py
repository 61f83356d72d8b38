"""A region cut in halves until a test holds on every part."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from bounds.certify.errors import Inconclusive

Region = TypeVar("Region")

MOST = 20_000


def halved(
    whole: Region,
    holds: Callable[[Region], bool],
    halves: Callable[[Region], tuple[Region, Region]],
    told: Callable[[Region], str],
    most: int = MOST,
) -> int:
    """Cut a region until a test holds on every part.

    Args:
        whole: the region.
        holds: the test of a part.
        halves: how a part on which it does not hold is cut in two.
        told: what to say of the part at which the search ends without a proof.
        most: so many parts at most.

    Returns:
        The number of parts.

    Raises:
        Inconclusive: there would be more parts.
    """
    waiting, done = [whole], 0
    while waiting:
        part = waiting.pop()
        # step: a part that fails is cut [true]
        if holds(part):
            done += 1
        elif done + len(waiting) > most:
            raise Inconclusive(f"{most} parts do not suffice: {told(part)}")
        else:
            waiting += halves(part)
    return done
