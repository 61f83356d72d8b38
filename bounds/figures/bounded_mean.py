"""What one attacked component costs its clients against the mass ε spent there, and what it earns.

On the left every bound for the paper's attack, the bounded normal mean on an interval of length
√(2π)ε, beside that of the best sets of means known. On the right the same per unit of mass: neither
the interval, a continuum of means, nor chains of more points reach the best ratio of two means.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from flint import arb

from bounds.certify.exact import to_ball
from bounds.certify.numbers.enclosure import Enclosure
from bounds.certify.numbers.precision import working_precision
from bounds.figures.series import Picture, Series
from bounds.figures.style import COLOURS, DASHES, LOWER, panels
from bounds.lower import bounded_mean, lower_bound, risk_to_mass
from bounds.lower.attacks import CHAINS

MOST = Fraction(3)
_DIGITS = 8
_STEPS = 40
_NAMES = (
    "van Trees, h(ε)",
    "minimax on the interval, from below",
    "minimax on the interval, from above",
    "best linear",
    "sharp: two means, or a chain",
)


_CHAINS = "chains of three means or more"


def picture(steps: int = _STEPS) -> Picture:
    """The figure of the bounded normal mean.

    Args:
        steps: even steps of ε up to 3.
    """
    masses = tuple(MOST * step / steps for step in range(1, steps + 1))
    columns = list(zip(*(_heights(eps) for eps in masses), strict=True))
    risks = [Series(name, masses, column) for name, column in zip(_NAMES, columns, strict=True)]
    ratios = [_per_mass(series) for series in risks]
    best = risk_to_mass(_DIGITS).ratio
    top = Series("the best ratio, two means", (Fraction(0), MOST), (best, best))
    return Picture("The bounded normal mean", (*risks, *ratios, _per_mass(_chains()), top), draw)


def _heights(eps: Fraction) -> tuple[Enclosure, ...]:
    """The five bounds at one mass."""
    with working_precision(96):
        half = to_ball(eps) * (arb.pi() / 2).sqrt()
    bound = bounded_mean(half, _DIGITS)
    sharp = lower_bound(1, eps, digits=_DIGITS).value
    return bound.van_trees, bound.low, bound.high, bound.linear, sharp


def _chains() -> Series:
    """The catalogue's chains up to the end of the figure."""
    near = [chain for chain in CHAINS if chain.mass <= MOST]
    with working_precision(64):
        heights = tuple(Enclosure.of(chain.risk(), _DIGITS) for chain in near)
    return Series(_CHAINS, tuple(chain.mass for chain in near), heights)


def _per_mass(series: Series) -> Series:
    with working_precision(96):
        heights = tuple(
            Enclosure.of(height.ball() / to_ball(eps), _DIGITS)
            for eps, height in zip(series.places, series.heights, strict=True)
            if isinstance(height, Enclosure)
        )
    return Series(f"{series.name}, per mass", series.places, heights)


def draw(series: Sequence[Series]) -> Any:
    """Two panels: risks, and risks per mass."""
    figure, plots = panels(2, 9.0, 4.2)
    count = len(_NAMES)
    for plot, curves in zip(plots, (series[:count], series[count : 2 * count]), strict=True):
        trees, low, high, linear, sharp = (curve.points() for curve in curves)
        plot.plot(*linear, color=COLOURS[1], linestyle=DASHES[1], label="interval: best linear")
        plot.fill_between(low[0], low[1], high[1], color=COLOURS[0], alpha=0.35, linewidth=0)
        plot.plot(*low, color=COLOURS[0], label="interval: minimax (both sides)")
        plot.plot(*trees, color=COLOURS[2], linestyle=DASHES[2], label="interval: van Trees, h(ε)")
        plot.plot(*sharp, color=LOWER, linewidth=2.2, label="two means, or a chain")
        plot.set_xlabel("ε, mass spent on one component")
    plots[0].set(xlim=(0, float(MOST)), ylim=(0, 1), ylabel="mean squared error")
    plots[0].set_title("what its clients lose")
    plots[0].legend(loc="lower right", frameon=False, fontsize=8)
    plots[1].plot(*series[-2].points(), "D", color=COLOURS[4], markersize=4, label=_CHAINS)
    plots[1].plot(
        *series[-1].points(), color="#555555", linestyle=DASHES[4], linewidth=1,
        label="the most that any set earns: 0.6610…",
    )  # fmt: skip
    plots[1].set_title("per unit of mass")
    plots[1].legend(loc="upper right", frameon=False, fontsize=8)
    return figure
