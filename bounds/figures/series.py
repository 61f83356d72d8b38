"""Named curves with their numbers, and the files that a picture can be written to."""

from __future__ import annotations

import io
import json
import math
import re
import textwrap
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any, Literal

from bounds.certify.errors import InputError
from bounds.certify.exact import show_exact
from bounds.certify.names import read_name
from bounds.certify.numbers.enclosure import Enclosure
from bounds.figures.style import LOOKS, WIDTHS, plain

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

FORMATS = ("svg", "pdf", "png")
_DOTS_PER_INCH, _POINTS_PER_INCH = 300, 72
_COLUMN = 3.4  # inches
_LETTER = 0.052  # inches of a letter in a legend, on average
_LINE = 0.15  # inches of a line of words
_WORDS = 0.066  # inches of a letter above the plots, at most on average over a line
_HANDLE = 0.55

Width = Literal["one", "two"]
Share = Literal["x", "y", "both", "none"]
_SHARED = {"x": (True, False), "y": (False, True), "both": (True, True), "none": (False, False)}


@dataclass(frozen=True)
class Measured:
    """A measured number with its confidence interval: evidence, not certified."""

    mean: float
    low: float
    high: float

    def decimals(self) -> tuple[str, str]:
        """The ends of the interval."""
        return repr(float(self.low)), repr(float(self.high))  # NumPy's would say its type


@dataclass(frozen=True)
class Series:
    """One curve: exact places, and at each the height.

    Attributes:
        name: what it shows.
        places: where, exactly, in the order of the curve.
        heights: enclosures, or measured numbers; None where there is none.
        printed: the heights are those of a formula as printed, and no bound is claimed by them.
    """

    name: str
    places: tuple[Fraction, ...]
    heights: tuple[Enclosure | Measured | None, ...]
    printed: bool = False

    @property
    def certified(self) -> bool:
        """Whether every height is an enclosure of what the name says, and not only as printed."""
        return self.status == "certified"

    @property
    def status(self) -> Literal["certified", "as printed", "measured"]:
        """What the heights are; those as printed are enclosures of the printed formula."""
        if any(isinstance(height, Measured) for height in self.heights):
            return "measured"
        return "as printed" if self.printed else "certified"

    def points(self) -> tuple[list[float], list[float]]:
        """The places and the middles of the heights as floats, for drawing.

        Where there is no height it is not a number, and the curve breaks.
        """
        return list(map(float, self.places)), list(map(_middle, self.heights))


def _middle(height: Enclosure | Measured | None) -> float:
    if height is None:
        return math.nan
    if isinstance(height, Measured):
        return height.mean
    return (float(height.low) + float(height.high)) / 2


@dataclass(frozen=True)
class Panel:
    """One plot of a figure.

    Attributes:
        name: what to call it by.
        paint: draws its curves into the axes; labelled artists stand in the legend.
    """

    name: str
    paint: Callable[[Axes, Sequence[Series]], object]


@dataclass(frozen=True)
class Picture:
    """A figure's numbers with the functions that draw them.

    Attributes:
        title: what it shows.
        series: its curves.
        panels: its plots, each of which draws some of the curves.
        share: which scales the plots share.
        columns: plots side by side on a page of two columns.
        height: of a plot, in inches.
        statement: what a reader sees in it, in one or two sentences; drawn above the plots.
    """

    title: str
    series: tuple[Series, ...]
    panels: tuple[Panel, ...]
    share: Share = "both"
    columns: int = 2
    height: float = 2.2
    statement: str = ""

    def data(self) -> str:
        """The numbers as JSON: each height a pair of decimals, rounded outwards."""
        curves = [
            {
                "name": curve.name,
                "certified": curve.certified,
                "status": curve.status,
                "points": [
                    [show_exact(place), None if height is None else list(height.decimals())]
                    for place, height in zip(curve.places, curve.heights, strict=True)
                ],
            }
            for curve in self.series
        ]
        document = {"title": self.title, "series": curves}
        return json.dumps(document, indent=1, ensure_ascii=False) + "\n"

    def draw(self, panel: str | None = None, ax: Axes | None = None) -> Axes:
        """One plot, in your axes or in new ones.

        Args:
            panel: its name, by default the first one's.
            ax: where to draw; by default a new figure of one column, on your Matplotlib backend.

        Returns:
            The axes.

        Raises:
            InputError: no panel is called so, or matplotlib is not installed.
        """
        by_name = {each.name: each for each in self.panels}
        chosen = by_name[read_name(panel or self.panels[0].name, tuple(by_name), "panel")]
        _need_matplotlib()
        if ax is None:
            from matplotlib import pyplot

            ax = pyplot.subplots(figsize=(_COLUMN, self.height), layout="constrained")[1]
        plain(ax)
        chosen.paint(ax, self.series)
        ax.legend(frameon=False, fontsize="small")
        return ax

    def figure(self, width: Width = "two") -> Figure:
        """All plots, with the statement above and one legend below them.

        Args:
            width: "one" column of a page, 3.4 inches, or "two", 7 inches.

        Raises:
            InputError: another width, or matplotlib is not installed.
        """
        inches = WIDTHS[read_name(width, tuple(WIDTHS), "width")]
        _need_matplotlib()
        from matplotlib.figure import Figure

        columns = 1 if width == "one" else min(self.columns, len(self.panels))
        rows = -(-len(self.panels) // columns)
        figure = Figure(figsize=(inches, 1), layout="constrained")
        across, along = _SHARED[self.share]
        grid = figure.subplots(rows, columns, sharex=across, sharey=along, squeeze=False)
        for place, (ax, panel) in enumerate(zip(grid.flat, self.panels, strict=True)):
            plain(ax)
            panel.paint(ax, self.series)
            if across and place < (rows - 1) * columns:
                ax.set_xlabel("")
            if along and place % columns:
                ax.set_ylabel("")
        labelled = {
            label: handle
            for ax in grid.flat
            for handle, label in zip(*ax.get_legend_handles_labels(), strict=True)
        }
        shown = (re.sub(r"\$[^$]*\$", "ε_cr", label) for label in labelled)
        entry = _LETTER * max(map(len, shown)) + _HANDLE
        beside = max(1, min(len(labelled), int(inches / entry)))
        lines = -(-len(labelled) // beside)
        figure.legend(labelled.values(), labelled.keys(), loc="outside lower center", ncols=beside)
        told = textwrap.wrap(self.statement, int(inches / _WORDS))
        if told:
            figure.suptitle("\n".join(told), x=0.01, ha="left", fontsize="medium")
        figure.set_figheight(rows * self.height + _LINE * (lines + len(told)) + 0.1)
        return figure

    def image(self, file_format: str, width: Width = "two") -> bytes:
        """The picture as a file of one of `FORMATS`; the same bytes at every call.

        Args:
            file_format: "svg", "pdf" or "png".
            width: as for `figure`.

        Raises:
            InputError: another format or width, or matplotlib is not installed.
        """
        if file_format not in FORMATS:
            raise InputError(
                f"{file_format[:20]!r} is no format: pass a name that ends in .svg, .pdf or .png"
            )
        _need_matplotlib()
        import matplotlib
        from matplotlib.backend_bases import get_registered_canvas_class

        nameless: dict[str, dict[str, Any]] = {
            "svg": {"Date": None},
            "pdf": {"CreationDate": None},
            "png": {},
        }
        with matplotlib.rc_context(LOOKS), io.BytesIO() as file:
            figure = self.figure(width)
            figure.dpi = _DOTS_PER_INCH if file_format == "png" else _POINTS_PER_INCH
            get_registered_canvas_class(file_format)(figure)
            _lay_out(figure)
            figure.savefig(
                file, format=file_format, dpi=_DOTS_PER_INCH, metadata=nameless[file_format]
            )
            return file.getvalue()


def _lay_out(figure: Figure) -> None:
    """Place the plots for good: Matplotlib would draw everything once more to find the places."""
    engine = figure.get_layout_engine()
    if engine is not None:
        engine.execute(figure)
    figure.set_layout_engine(None)


def _need_matplotlib() -> None:
    if find_spec("matplotlib") is None:
        raise InputError("figures need matplotlib: install the extra, as in pip install .[figures]")
