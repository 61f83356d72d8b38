"""Named curves with their numbers, and the files that a picture can be written to."""

from __future__ import annotations

import io
import json
import math
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Literal

from bounds.certify.errors import InputError
from bounds.certify.exact import show_exact
from bounds.certify.numbers.enclosure import Enclosure

if TYPE_CHECKING:
    from matplotlib.figure import Figure

FORMATS = ("svg", "pdf", "png")
_DOTS_PER_INCH = 200


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
class Picture:
    """A figure's numbers with the function that draws them.

    Attributes:
        title: what it shows.
        series: its curves.
        draw: makes the matplotlib figure.
    """

    title: str
    series: tuple[Series, ...]
    draw: Callable[[tuple[Series, ...]], Figure]

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

    def image(self, file_format: str) -> bytes:
        """The picture as a file of one of `FORMATS`; the same bytes at every call.

        Raises:
            InputError: another format, or matplotlib is not installed.
        """
        if file_format not in FORMATS:
            raise InputError(
                f"{file_format[:20]!r} is no format: pass a name that ends in .svg, .pdf or .png"
            )
        try:
            import matplotlib
        except ImportError:
            raise InputError(
                "figures need matplotlib: install the extra, as in pip install .[figures]"
            ) from None
        nameless: dict[str, dict[str, Any]] = {
            "svg": {"Date": None},
            "pdf": {"CreationDate": None},
            "png": {},
        }
        with (
            matplotlib.rc_context(
                # publishers take vector fonts as Type 42
                {"svg.hashsalt": "bounds", "pdf.fonttype": 42, "font.size": 9}
            ),
            io.BytesIO() as file,
        ):
            self.draw(self.series).savefig(
                file, format=file_format, dpi=_DOTS_PER_INCH, metadata=nameless[file_format]
            )
            return file.getvalue()
