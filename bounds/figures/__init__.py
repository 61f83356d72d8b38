"""The paper's figures, drawn from certified numbers (needs matplotlib, the extra `figures`).

A table of contents: series (named curves and their numbers), style (what all share), and one file
for each figure: figure_1a, figure_1b, figure_2, simulation.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import Any

from bounds.figures.series import Picture
from bounds.names import read_name

FIGURES = ("1a", "1b", "2", "simulation")


def picture(name: str, **options: Any) -> Picture:
    """The numbers of a figure, and how to draw it.

    Args:
        name: "1a", "1b", "2" or "simulation".
        options: what the figure lets a caller choose (see its file).

    Raises:
        InputError: there is no such figure.
    """
    known = read_name(name, FIGURES, "figure")
    module = known if known == "simulation" else f"figure_{known}"
    build: Callable[..., Picture] = import_module(f"bounds.figures.{module}").picture
    return build(**options)


__all__ = ["FIGURES", "Picture", "picture"]
