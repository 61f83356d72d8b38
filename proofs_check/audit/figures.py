"""Small line plots as SVG, for claims that a picture explains.

A picture proves nothing: it shows numbers that were certified elsewhere, to drawing accuracy, and
its caption says which. Text takes the colour of the page around it, so that one picture serves
light and dark pages; curves differ in dashes too, not in colour alone.
"""

from __future__ import annotations

import math
import textwrap
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from html import escape

_WIDTH, _HEIGHT = 340, 220
_LEFT, _RIGHT, _TOP, _BOTTOM = 46, 332, 12, 182
_NAME_HEIGHT, _LETTER = 12, 5.8
# Okabe and Ito's palette without its light colours
_STYLES = (("#0072B2", ""), ("#D55E00", "6 3"), ("#009E73", "2 2"), ("#CC79A7", "8 3 2 3"))


@dataclass(frozen=True)
class Curve:
    """A line through points (x, y), named beside its last point, outside the frame."""

    label: str
    points: Sequence[tuple[float, float]]


@dataclass(frozen=True)
class Mark:
    """A vertical line at x, with its name."""

    label: str
    x: float


@dataclass(frozen=True)
class _Axis:
    """One axis: from data to picture, linear or logarithmic."""

    low: float
    high: float
    start: float
    end: float
    log: bool

    def place(self, value: float) -> float:
        low, high, at = self.low, self.high, value
        if self.log:
            low, high, at = math.log10(low), math.log10(high), math.log10(at)
        return self.start + (at - low) / (high - low) * (self.end - self.start)

    def ticks(self) -> list[tuple[float, str]]:
        return _decades(self.low, self.high) if self.log else _steps(self.low, self.high)


def _decades(low: float, high: float) -> list[tuple[float, str]]:
    first, last = math.ceil(math.log10(low) - 1e-9), math.floor(math.log10(high) + 1e-9)
    step = max(1, math.ceil((last - first) / 5))
    return [(10.0**power, _power_of_ten(power)) for power in range(first, last + 1, step)]


def _power_of_ten(power: int) -> str:
    return "10" + str(power).translate(str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹"))


def _steps(low: float, high: float) -> list[tuple[float, str]]:
    rough = (high - low) / 5
    unit = 10.0 ** math.floor(math.log10(rough))
    step = unit * next(factor for factor in (1, 2, 5, 10) if factor * unit >= rough * 0.999)
    first, last = math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9)
    digits = max(0, -math.floor(math.log10(step) + 1e-9))
    return [
        (number * step, f"{number * step:.{digits}f}".replace("-", "−"))
        for number in range(first, last + 1)
    ]


def sample(
    function: Callable[[float], float], low: float, high: float, count: int = 33
) -> list[tuple[float, float]]:
    """Points (x, function(x)), with x evenly spread on a logarithmic axis from low to high."""
    ratio = (high / low) ** (1 / (count - 1))
    return [(x, function(x)) for x in (low * ratio**number for number in range(count))]


def line_plot(
    caption: str,
    x_label: str,
    y_label: str,
    curves: Sequence[Curve],
    marks: Sequence[Mark] = (),
    *,
    log_x: bool = False,
    log_y: bool = False,
) -> str:
    """A line plot as one SVG element.

    Args:
        caption: what the picture shows, and where its numbers come from; drawn under it.
        x_label: the name of the axis across.
        y_label: the name of the axis upwards.
        curves: at least one, at most four.
        marks: vertical lines, named above the frame.
        log_x: a logarithmic axis across; its values must be positive.
        log_y: the same upwards.
    """
    xs = [x for curve in curves for x, _ in curve.points] + [mark.x for mark in marks]
    ys = [y for curve in curves for _, y in curve.points]
    room = 0.0 if log_y else 0.06 * (max(ys) - min(ys))
    across = _Axis(min(xs), max(xs), _LEFT, _RIGHT, log_x)
    upwards = _Axis(min(ys) - room, max(ys) + room, _BOTTOM, _TOP, log_y)
    beside = max((len(curve.label) for curve in curves), default=0) * _LETTER
    above = _NAME_HEIGHT * len(marks)
    width = _WIDTH + beside
    lines = textwrap.wrap(caption, int(width / _LETTER))
    height = _HEIGHT + 13 * len(lines)
    told = escape(caption)
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" role="img"'
            f' viewBox="0 {-above} {width:.0f} {height + above}"'
            f' aria-label="{told}" font-size="10.5" fill="currentColor" stroke="none">',
            *_frame(across, upwards, x_label, y_label),
            *_marks(across, marks),
            *_curves(across, upwards, curves),
            *(
                _text(6, _HEIGHT + 12 + 13 * number, line, "start")
                for number, line in enumerate(lines)
            ),
            "</svg>",
        ]
    )


def _text(x: float, y: float, words: str, anchor: str, more: str = "") -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}"{more}>{escape(words)}</text>'


def _line(x1: float, y1: float, x2: float, y2: float, more: str = "") -> str:
    return (
        f'<line x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}"'
        f' stroke="currentColor"{more}/>'
    )


def _frame(across: _Axis, upwards: _Axis, x_label: str, y_label: str) -> Iterator[str]:
    faint = ' stroke-opacity="0.15"'
    for value, label in across.ticks():
        x = across.place(value)
        yield _line(x, _TOP, x, _BOTTOM, faint)
        yield _text(x, _BOTTOM + 13, label, "middle")
    for value, label in upwards.ticks():
        y = upwards.place(value)
        yield _line(_LEFT, y, _RIGHT, y, faint if value else "")  # the zero line in full
        yield _text(_LEFT - 5, y + 3.5, label, "end")
    yield _line(_LEFT, _BOTTOM, _RIGHT, _BOTTOM)
    yield _line(_LEFT, _TOP, _LEFT, _BOTTOM)
    yield _text((_LEFT + _RIGHT) / 2, _BOTTOM + 28, x_label, "middle")
    middle = (_TOP + _BOTTOM) / 2
    yield _text(10, middle, y_label, "middle", f' transform="rotate(-90 10 {middle:.1f})"')


def _marks(across: _Axis, marks: Sequence[Mark]) -> Iterator[str]:
    for number, mark in enumerate(marks):
        x, height = across.place(mark.x), _TOP - 4 - _NAME_HEIGHT * (len(marks) - 1 - number)
        yield _line(x, height + 2, x, _BOTTOM, ' stroke-dasharray="3 3"')
        left = x > (_LEFT + _RIGHT) / 2  # the name goes where there is more room
        where, anchor = (x - 4, "end") if left else (x + 4, "start")
        yield _text(where, height, mark.label, anchor)


def _curves(across: _Axis, upwards: _Axis, curves: Sequence[Curve]) -> Iterator[str]:
    ends = []
    for curve, (colour, dashes) in zip(curves, _STYLES, strict=False):
        places = [(across.place(x), upwards.place(y)) for x, y in curve.points]
        path = " ".join(f"{x:.1f},{y:.1f}" for x, y in places)
        dashed = f' stroke-dasharray="{dashes}"' if dashes else ""
        yield f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="2"{dashed}/>'
        ends.append((places[-1][1], places[-1][0], curve.label))
    lowest = float("-inf")  # names in the order of the curves, one below the other where they meet
    for y, x, label in sorted(ends):
        if label:
            lowest = max(lowest + _NAME_HEIGHT, y + 3.5)
            yield _text(x + 5, lowest, label, "start")
