"""The error of the best algorithm from both sides against c/k, and what the paper prints for it.

The bracket is proved, in words with certified constants, in the limit of large m. The printed
bounds are drawn beside it as printed; where they leave it, they are false or weak.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import TYPE_CHECKING

from bounds.bracket import risk_bracket
from bounds.figures.figure_1a import lower_height, shade_between, upper_height
from bounds.figures.series import Panel, Picture, Series
from bounds.figures.style import COLOURS, DASHES, LOWER, own_sample

if TYPE_CHECKING:
    from matplotlib.axes import Axes

COMPONENTS = 100
DISTANCE = Fraction(18)
"""The paper's D = 9Δ at Δ = 2."""
SHARES = tuple(Fraction(number, 100) for number in (1, 2, 5, 10, 15, 20, 30, 40, 50, 60, 70, 80))
_DIGITS = 8


def picture(steps: int = len(SHARES)) -> Picture:
    """The bracket for 100 components at least 18 apart, beside the printed bounds at Δ = 2.

    Args:
        steps: how many of the c/k from 0.01 to 0.8 are drawn.
    """
    shares = SHARES[:steps]
    found = [
        risk_bracket(COMPONENTS, kappa * COMPONENTS, DISTANCE, digits=_DIGITS) for kappa in shares
    ]
    high = Series("proved upper bound", shares, tuple(each.high.value for each in found))
    low = Series("proved lower bound", shares, tuple(each.low.value for each in found))
    above = tuple(upper_height(DISTANCE / 9, kappa, "printed") for kappa in shares)
    below = tuple(lower_height(kappa, "printed") for kappa in shares)
    printed = (
        Series("Theorem 2 as printed", shares, above, printed=True),
        Series("Theorem 1 as printed", shares, below, printed=True),
    )
    title = "The error of the best algorithm, from both sides"
    panel = Panel("printed-and-proved", _paint)
    statement = (
        "The error of the best algorithm lies in the shaded band: this is proved. The two broken"
        " lines are the bounds that the paper prints."
    )
    return Picture(title, (high, low, *printed), (panel,), height=2.9, statement=statement)


def _paint(ax: Axes, series: Sequence[Series]) -> None:
    """Both axes logarithmic; the proved bracket is shaded."""
    high, low, above, below = series
    shade_between(ax, low.points(), high.points(), "#d6e6f1")
    ax.plot(*above.points(), color=COLOURS[1], linestyle=DASHES[1], label=above.name)
    ax.plot(*high.points(), color=COLOURS[0], label=high.name)
    ax.plot(*low.points(), color=LOWER, label=low.name)
    ax.plot(*below.points(), color=COLOURS[2], linestyle=DASHES[2], label=below.name)
    own_sample(ax)
    ax.set(xscale="log", yscale="log", xlim=(0.01, 0.8), ylim=(0.0015, 1.5))
    ax.set_xticks([0.01, 0.02, 0.05, 0.1, 0.2, 0.5], ["0.01", "0.02", "0.05", "0.1", "0.2", "0.5"])
    ax.set_yticks([0.01, 0.1, 1], ["0.01", "0.1", "1"])
    ax.minorticks_off()
    ax.set_xlabel("c/k, corrupted over genuine clients")
    ax.set_ylabel("mean squared error")
    ax.set_title("k = 100 groups, D = 18 (Δ = 2), many clients")
