"""The paper's figures, drawn from certified numbers (needs matplotlib, the extra `figures`).

A table of contents: series (named curves and their numbers), style (what all share), and one file
for each figure: figure_1a, figure_1b, figure_2, bounded_mean, lemmas, simulation.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import Any

from bounds.errors import InputError
from bounds.figures.series import Picture

FIGURES = ("1a", "1b", "2", "bounded-mean", "lemmas", "simulation")


def picture(name: str, **options: Any) -> Picture:
    """The numbers of a figure, and how to draw it.

    Args:
        name: one of `FIGURES`.
        options: what the figure lets a caller choose (see its file).

    Raises:
        InputError: there is no such figure.
    """
    if name not in FIGURES:
        raise InputError(f"no figure is called {name[:40]!r}: the figures are {', '.join(FIGURES)}")
    module = f"figure_{name}" if name[0].isdigit() else name.replace("-", "_")
    build: Callable[..., Picture] = import_module(f"bounds.figures.{module}").picture
    return build(**options)


__all__ = ["FIGURES", "Picture", "picture"]
