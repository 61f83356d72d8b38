"""Every set of means, case by case: a tree of cases, on each of which a line is above the risk.

How the cases are split is stored in set_cases.json, for each line and each stretch in which the
hull may end. That guides the proof and proves nothing: each case is decided with whole numbers
(`sets`), and where one is not proved as the guide has it, the cases are searched for. The file is
written by `python -m bounds.lower.support_lines`.
"""

from __future__ import annotations

import json
import warnings
from collections.abc import Container
from contextlib import suppress
from fractions import Fraction
from functools import cache
from itertools import pairwise
from pathlib import Path

from bounds.certify.errors import Inconclusive, Notice
from bounds.lower.chains import Doubles
from bounds.lower.line import Line
from bounds.lower.set_information import enough
from bounds.lower.set_search import best_split, estimate_of, excess
from bounds.lower.sets import UNIT, Case, costs_at_least, holds, splits, widest_of

STORED = Path(__file__).with_name("set_cases.json")
HULLS = UNIT // 2
"""The right end of the hull is first known to within this, in units."""

_LETTERS = "".join(map(chr, (*range(48, 58), *range(65, 91), *range(97, 123), *range(161, 700))))
_DONE, _STUCK = "-", "!"
_ESTIMATED = "*+,./"  # a case is proved at the accuracy of that place, or a finer one
_LEAVES = _DONE + _ESTIMATED
_WAYS = 4  # at most so many for one stretch
_MOST_CASES = 12_000
_BUDGETS = (400, 3000, _MOST_CASES)
_ACCURACIES = ((32, 64), (16, 32), (8, 16), (4, 16), (2, 8))
"""How far apart places are, and the estimate's steps; in units."""


def first_case(number: int) -> Case:
    """The sets whose right end lies in one stretch of length ½, their left end being 0."""
    low, high = number * HULLS, (number + 1) * HULLS
    inner = ((0, low, False),) if low else ()
    return ((0, 0, True), *inner, (low, high, True))


def found_guide(first: Case, line: Line, far: Fraction | None = None) -> str:
    """How to split a case: two ways to search, with rising budgets, and the first that ends.

    The arguments are those of `prove_cases`.

    Raises:
        Inconclusive: no proof is found.
    """
    for most in _BUDGETS:
        for narrow in (False, True):
            with suppress(Inconclusive):
                return prove_cases(first, line, None, narrow, most, far)[1]
    raise Inconclusive(f"no proof with {_BUDGETS[-1]} cases: the line may be too low")


def prove_cases(
    first: Case,
    line: Line,
    guide: str | None = None,
    narrow: bool = True,
    most: int = _MOST_CASES,
    far: Fraction | None = None,
    drawn: Container[int] | None = None,
) -> tuple[int, str]:
    """Prove R*(S) ≤ α + βM(S) for every set of a case with M(S) < M₀ and no gap G or wider.

    Args:
        first: the case.
        line: α, β and G.
        guide: how to split, as it is returned; None to search for it, which takes far longer.
        narrow: how to search, see `best_split`.
        most: so many cases at most.
        far: M₀; by default the mass from which on the bound by information is below the line.
        drawn: the numbers of the cases whose estimates are proved; by default every one is. How
            the cases are split, and those that need no estimate, are proved in full.

    Returns:
        Into how many cases it was split, and the guide.

    Raises:
        Inconclusive: the guide does not lead to a proof, or none is found within the budget.
    """
    far = enough(line.alpha, line.beta) if far is None else far
    waiting, done, letters = [first], 0, list[str]()
    given = None if guide is None else iter(guide)
    while waiting:
        case = waiting.pop()
        letter = None if given is None else next(given, _DONE)
        if letter is None:
            letter = _judged(case, line, far, narrow)
        elif letter in _LEAVES:
            # step: a case without an estimate is proved, drawn or not [false 3/4]
            looked_at = drawn is None or letter == _DONE or done in drawn
            # step: a case that a guide leaves whole is proved [false 1/4]
            if looked_at and not _is_proved(case, line, far, letter):
                letter = _STUCK
        letters.append(letter)
        if letter in _LEAVES:
            done += 1
            continue
        if letter == _STUCK or done + len(waiting) > most:
            told = [(low / UNIT, high / UNIT) for low, high, _ in case]
            raise Inconclusive(f"a set with points in {told} may be above the line")
        try:
            index, way = divmod(_LETTERS.index(letter), _WAYS)
            waiting += splits(case, index)[way]
        except (ValueError, IndexError):
            raise Inconclusive(f"the guide has {letter!r} where no split has that letter") from None
    return done, "".join(letters)


def _judged(case: Case, line: Line, far: Fraction, narrow: bool) -> str:
    """How a case is proved, and else how to split it."""
    if _is_done(case, line, far):
        return _DONE
    over, places, prior = excess(case, line)
    if over < 0:
        for letter in _ESTIMATED:
            if _holds(case, line, places, prior, letter):
                return letter
    found = best_split(case, line, places, prior, narrow)
    return _STUCK if found is None else _LETTERS[_WAYS * found[0] + found[1]]


def _is_proved(case: Case, line: Line, far: Fraction, letter: str) -> bool:
    """Whether a case is proved in the way that a letter tells, or with finer steps."""
    if letter == _DONE:
        return _is_done(case, line, far)
    _, places, prior = excess(case, line)
    finer = _ESTIMATED[_ESTIMATED.index(letter) :]
    return any(_holds(case, line, places, prior, each) for each in finer)


def _is_done(case: Case, line: Line, far: Fraction) -> bool:
    """Whether every set of the case has a gap G, or M(S) ≥ M₀."""
    # step: a case with a gap G is split there, and no other [true 2/2]
    gap = any(high[0] - low[1] >= line.widest * UNIT for low, high in pairwise(case))
    return gap or costs_at_least(case, widest_of(line), far)


def _holds(case: Case, line: Line, places: Doubles, prior: Doubles, letter: str) -> bool:
    """Whether the case is proved, with whole numbers, at the accuracy of a letter."""
    gap, width = _ACCURACIES[_ESTIMATED.index(letter)]
    # step: an estimate is one that is proved [true]
    return holds(case, line, estimate_of(places, prior, case[-1][1], width), gap)


@cache
def stored_guides() -> dict[str, list[str]]:
    """The guides as they are stored: by α, β and G, one for each first case.

    Where the file is missing or broken there are none, and a `Notice` says what that costs.
    """
    try:
        stored = json.loads(STORED.read_text(encoding="utf-8"))
        return {str(name): ["".join(guide) for guide in guides] for name, guides in stored.items()}
    except (OSError, ValueError, TypeError, AttributeError, RecursionError) as why:
        warnings.warn(
            f"{STORED.name} cannot be read ({why}): the cases of a line are searched for, which may"
            " take hours; install bounds again, or write the file by python -m"
            " bounds.lower.support_lines",
            Notice,
            stacklevel=2,
        )
        return {}
