"""What one attacked component costs its clients against the mass ε spent there, and what it earns.

On the left every bound for the paper's attack, the bounded normal mean on an interval of length
√(2π)ε, beside that of the best sets of means known. On the right the same per unit of mass: neither
the interval, a continuum of means, nor chains of more points reach the best ratio of two means.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING

from flint import arb

from bounds.certify.exact import to_ball
from bounds.certify.numbers.enclosure import Enclosure
from bounds.certify.numbers.precision import working_precision
from bounds.figures.series import Panel, Picture, Series
from bounds.figures.style import COLOURS, DASHES, LOWER
from bounds.lower import bounded_mean, lower_bound, risk_to_mass
from bounds.lower.attacks import CHAINS
from bounds.lower.interval import BoundedMean

if TYPE_CHECKING:
    from matplotlib.axes import Axes

MOST = Fraction(3)
_DIGITS = 8
_STEPS = 20
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
        steps: even steps of ε up to 3 of the minimax risk, which costs most; the other curves have
            six times as many, the mass of the best ratio, and those where chains change.
    """
    coarse = tuple(MOST * step / steps for step in range(1, steps + 1))
    best = risk_to_mass(_DIGITS)
    extra = (Fraction(str(best.mass.low)), *(c.mass for c in CHAINS if c.mass < MOST))
    even = (MOST * step / (6 * steps) for step in range(1, 6 * steps + 1))
    fine = tuple(sorted({*even, *extra}))
    trees, low, high, linear, sharp = _NAMES
    minimax = [_interval(eps) for eps in coarse]
    risks = [
        Series(trees, fine, tuple(_enclosed(eps, _van_trees) for eps in fine)),
        Series(low, coarse, tuple(found.low for found in minimax)),
        Series(high, coarse, tuple(found.high for found in minimax)),
        Series(linear, fine, tuple(_enclosed(eps, _linear) for eps in fine)),
        Series(sharp, fine, tuple(lower_bound(1, eps, digits=_DIGITS).value for eps in fine)),
    ]
    ratios = [_per_mass(series) for series in risks]
    top = Series("the best ratio, two means", (Fraction(0), MOST), (best.ratio, best.ratio))
    series = (*risks, *ratios, _per_mass(_chains()), top)
    panels = (Panel("risk", _risk), Panel("per-mass", _ratio))
    statement = (
        "What the clients of one group lose when mass ε is spent to hide its mean, and what that"
        " earns for each unit of mass. Two means, well chosen, earn most: more than the paper's"
        " interval of means, and more than three means or more."
    )
    return Picture("The bounded normal mean", series, panels, share="both", statement=statement)


def _interval(eps: Fraction) -> BoundedMean:
    """The bounds on an interval of means at one mass."""
    with working_precision(96):
        half = to_ball(eps) * (arb.pi() / 2).sqrt()
    return bounded_mean(half, _DIGITS)


def _enclosed(eps: Fraction, formula: Callable[[arb], arb]) -> Enclosure:
    with working_precision(96):
        return Enclosure.of(formula(to_ball(eps)), _DIGITS)


def _van_trees(eps: arb) -> arb:
    """h(ε) = ε²/(ε² + 2π)."""
    return eps * eps / (eps * eps + 2 * arb.pi())


def _linear(eps: arb) -> arb:
    """τ²/(1 + τ²) at τ = ε √(π/2)."""
    square = eps * eps * arb.pi() / 2
    return square / (1 + square)


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


def _paint(ax: Axes, curves: Sequence[Series]) -> None:
    """The bounds for an interval, and for the best sets of means."""
    trees, low, high, linear, sharp = (curve.points() for curve in curves)
    ax.plot(*linear, color=COLOURS[1], linestyle=DASHES[1], label="interval: best linear")
    ax.fill_between(low[0], low[1], high[1], color=COLOURS[0], alpha=0.35, linewidth=0)
    ax.plot(*low, color=COLOURS[0], linewidth=3, alpha=0.5, label="interval: minimax")
    ax.plot(*trees, color=COLOURS[2], linestyle=DASHES[2], label="interval: van Trees, h(ε)")
    ax.plot(*sharp, color=LOWER, label="two means, or a chain")
    ax.set(xlim=(0, float(MOST)), ylim=(0, 1), xlabel="ε, mass spent on one group")


def _risk(ax: Axes, series: Sequence[Series]) -> None:
    _paint(ax, series[: len(_NAMES)])
    ax.set_title("what its clients lose")
    ax.set_ylabel("mean squared error")


def _ratio(ax: Axes, series: Sequence[Series]) -> None:
    _paint(ax, series[len(_NAMES) : 2 * len(_NAMES)])
    ax.plot(*series[-2].points(), "D", color=COLOURS[4], markersize=2, label=_CHAINS)
    told = "the most that any set earns: 0.6610…"
    ax.plot(*series[-1].points(), color="#555555", linestyle=DASHES[4], linewidth=1, label=told)
    ax.set_title("per unit of mass")
