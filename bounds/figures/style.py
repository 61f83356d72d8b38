"""What all figures share: colours that the colour-blind tell apart, line styles, axes."""

from __future__ import annotations

from typing import Any, get_args

from bounds.lower.bound import Method as LowerMethod
from bounds.upper.bound import Method

COLOURS = ("#0072b2", "#d55e00", "#009e73", "#56b4e9", "#000000")
"""From the palette of Okabe and Ito."""

TINTS = ("#d6e6f1", "#f8e0d1", "#d3ede5", "#e2f2fb", "#e0e0e0")
"""The same, light, to shade with; as grey they differ little from each other."""

LOWER = "#7a3e9d"
"""Purple: the paper has the lower bound so."""

DASHES: tuple[Any, ...] = ("-", (0, (6, 2)), (0, (2, 1.5)), (0, (6, 2, 1.5, 2)), (0, (1, 2)))
"""Curves differ in dashes as well as in colour."""

METHODS: tuple[Method, ...] = get_args(Method)
LOWER_METHODS: tuple[LowerMethod, ...] = get_args(LowerMethod)
BESIDE = (0, 1, 2, 2)
"""Which lower bound stands beside each upper one."""

TITLES = (
    "upper bounds printed",
    "upper bounds repaired",
    "sharp upper bounds",
    "proved, another algorithm",
)


def panels(
    count: int, width: float = 9.6, height: float = 3.9, *, one_place: bool = True
) -> tuple[Any, list[Any]]:
    """A figure with `count` plain axes side by side that share their scales.

    Args:
        count: how many.
        width: of the figure, in inches.
        height: of the figure, in inches.
        one_place: the horizontal scale is shared, too.
    """
    from matplotlib.figure import Figure

    figure = Figure(figsize=(width, height), layout="constrained")
    plots = figure.subplots(1, count, sharex=one_place, sharey=True, squeeze=False)[0]
    for plot in plots:
        plot.spines[["top", "right"]].set_visible(False)
        plot.grid(color="#dddddd", linewidth=0.6)
        plot.set_axisbelow(True)
    return figure, list(plots)
