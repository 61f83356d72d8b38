"""A region cut in halves until a test holds on every part, and the letters that tell how."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TypeVar

from bounds.certify.errors import Inconclusive

Region = TypeVar("Region")

CUT, PROVED = "/", "."
MOST = 20_000


def halved(
    whole: Region,
    holds: Callable[[Region], bool],
    halves: Callable[[Region], tuple[Region, Region]],
    told: Callable[[Region], str],
    most: int = MOST,
) -> str:
    """Cut a region until a test holds on every part.

    Args:
        whole: the region.
        holds: the test of a part.
        halves: how a part on which it does not hold is cut in two.
        told: what to say of the part at which the search ends without a proof.
        most: so many parts at most.

    Returns:
        The letters that tell how it was cut (`parts_of`): one PROVED for each part.

    Raises:
        Inconclusive: there would be more parts.
    """
    waiting, letters, done = [whole], list[str](), 0
    while waiting:
        part = waiting.pop()
        if holds(part):
            done += 1
            letters.append(PROVED)
        elif done + len(waiting) > most:
            raise Inconclusive(f"{most} parts do not suffice: {told(part)}")
        else:
            waiting += halves(part)
            letters.append(CUT)
    return "".join(letters)


def parts_of(
    letters: str, whole: Region, halves: Callable[[Region], tuple[Region, Region]]
) -> Iterator[Region]:
    """The parts into which letters cut a region: / cuts the last that waits, . leaves it whole.

    Raises:
        ValueError: the letters are no such subdivision, so what they leave out is not known.
    """
    waiting = [whole]
    for letter in letters:
        if not waiting or letter not in (CUT, PROVED):
            raise ValueError("no subdivision")
        part = waiting.pop()
        if letter == PROVED:
            yield part
        else:
            waiting += halves(part)
    if len(waiting) > 0:
        raise ValueError("a subdivision that ends early")
