"""The standard deviation of the reports around their means, estimated; nothing is proved of it.

The heaviest windows of width D/2 are taken, one a group. In each, 1.4826 times the median distance
from the median estimates the standard deviation; once more with what lies within four of these from
the median. The median over the windows is the estimate: fewer than half of the groups under attack
move it little.
"""

from __future__ import annotations

from fractions import Fraction

import numpy as np

from bounds.certify.errors import InputError
from bounds.estimation.counts import Counts, Doubles, Integers, weighted_median

_NORMAL = 1.4826022185056018  # 1/Φ⁻¹(3/4)
_CELLS = 2**14  # a distance has so many cells
_MOST_WINDOWS = 256


def spread_of(reports: Doubles, groups: int, distance: float) -> float:
    """The estimate, in the unit of the reports.

    Args:
        reports: shape (n,); what is not finite is left out.
        groups: how many windows, at least 1; at most 256 are used.
        distance: D > 0, in the unit of the reports.

    Raises:
        InputError: no report is finite, or most reports of a window are equal.
    """
    unit = distance / _CELLS
    near = reports[np.isfinite(reports)] / unit
    spread = spread_of_counts(Counts.of(near, Fraction(1)), groups, float(_CELLS))
    if not spread > 0:
        raise InputError("the reports have no spread that could be estimated: pass sd as a number")
    return spread * unit


def spread_of_counts(counts: Counts, groups: int, distance: float) -> float:
    """The same for counts, in their unit; 0 where there is no report."""
    places, number = counts.middles, counts.number
    found = []
    for start, end in heaviest(places, number, min(groups, _MOST_WINDOWS), distance / 2):
        middle, spread = median_and_spread(places[start:end], number[start:end])
        reach = min(4 * spread, distance / 2)
        start, end = np.searchsorted(places, (middle - reach, middle + reach))
        if spread > 0 and start < end:
            found.append(median_and_spread(places[start:end], number[start:end])[1])
    return float(np.median(found)) if found else 0.0


def heaviest(
    places: Doubles, number: Integers, windows: int, width: float
) -> list[tuple[int, int]]:
    """First and last index of the heaviest windows, none of which begins inside another.

    Args:
        places: increasing.
        number: how many reports are at each.
        windows: how many, at most.
        width: of a window.
    """
    below = np.concatenate([[0], np.cumsum(number)])
    ends = np.searchsorted(places, places + width)
    mass = below[ends] - below[:-1]
    found = []
    for _ in range(windows):
        if not mass.size or mass.max() <= 0:
            break
        start = int(mass.argmax())
        found.append((start, int(ends[start])))
        mass[np.searchsorted(places, places[start] - width) : ends[start]] = 0
    return found


def median_and_spread(places: Doubles, number: Integers) -> tuple[float, float]:
    """The median, and 1.4826 times the median distance from it.

    Args:
        places: increasing.
        number: how many reports are at each, one at least in all.
    """
    middle = weighted_median(places, number)
    away = np.abs(places - middle)
    order = np.argsort(away, kind="stable")
    return middle, _NORMAL * weighted_median(away[order], number[order])
