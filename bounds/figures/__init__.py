"""The paper's figures, drawn from certified numbers (needs matplotlib, the extra `figures`).

A table of contents: series (named curves and their numbers), style (what all share), and one file
for each figure: figure_1a, figure_1b, figure_2, bounded_mean, bracket, printed_and_proved,
lemmas, simulation, possible_means (how a list looks).
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import Any

from bounds.certify.names import read_name
from bounds.figures.series import Picture

FIGURES = (
    "1a",
    "1b",
    "2",
    "bounded-mean",
    "bracket",
    "printed-and-proved",
    "lemmas",
    "simulation",
    "possible-means",
)


def picture(name: str, **options: Any) -> Picture:
    """The numbers of a figure, and how to draw it.

    Args:
        name: one of `FIGURES`.
        options: what the figure lets a caller choose (see its file).

    Raises:
        InputError: there is no such figure.
    """
    known = read_name(name, FIGURES, "figure")
    module = f"figure_{known}" if known[0].isdigit() else known.replace("-", "_")
    build: Callable[..., Picture] = import_module(f"bounds.figures.{module}").picture
    return build(**options)


__all__ = ["FIGURES", "Picture", "picture"]
