"""What all figures share: colours that the colour-blind tell apart, line styles, axes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, get_args

from bounds.lower.bound import Method as LowerMethod
from bounds.upper.bound import Method

if TYPE_CHECKING:
    from matplotlib.axes import Axes

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
HEADS: dict[Method, str] = {
    "printed": "Theorems 1 and 2 as printed",
    "repaired": "Theorem 2 repaired, on an assumption",
    "sharp": "Theorem 2 sharpened, on an assumption",
    "proved": "both bounds proved, for the best algorithm",
}
"""Titles of plots; see `bounds.upper.bound` for what is assumed."""

CRITICAL = r"$\varepsilon_\mathrm{cr}$"
"""ε_cr as Matplotlib typesets it."""

BESIDE = (0, 1, 2, 2)
"""Which lower bound stands beside each upper one."""

WIDTHS = {"one": 3.4, "two": 7.0}
"""Of a figure in inches: one column of a journal's page, or both."""

LOOKS: Any = {
    "pdf.fonttype": 42,  # publishers take vector fonts as Type 42
    "svg.hashsalt": "bounds",
    "font.size": 8,
    "axes.titlesize": 8,
    "axes.labelsize": 8,
    "xtick.labelsize": 7,
    "ytick.labelsize": 7,
    "legend.fontsize": 7,
    "legend.frameon": False,
    "legend.handlelength": 2.6,
    "lines.linewidth": 1.3,
}
"""What Matplotlib is told while a whole figure is made."""

NESTED = (2.8, 2.0, 1.3, 0.7)
"""Widths of curves that may run into each other: a later one leaves the earlier one's edge free."""


def plain(ax: Axes) -> None:
    """Leave out the frame's upper and right side, and rule lightly."""
    ax.spines[["top", "right"]].set_visible(False)
    ax.grid(color="#dddddd", linewidth=0.6)
    ax.set_axisbelow(True)


def decimal_ticks(ax: Axes) -> None:
    """Label both axes, which are logarithmic, by 0.01, 0.1 and 1 in place of powers of ten."""
    for axis in (ax.xaxis, ax.yaxis):
        axis.set_major_formatter(lambda value, _: f"{value:g}")
        axis.set_minor_formatter(lambda *_: "")


def own_sample(ax: Axes) -> None:
    """The line that a client reaches alone."""
    ax.axhline(1, color="#777777", linewidth=0.8, label="own sample only")
