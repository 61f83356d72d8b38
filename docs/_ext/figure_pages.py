"""The directive `bounds-figure NAME`: a figure of `bounds figure`, drawn when the site is built.

    python docs/_ext/figure_pages.py

writes the figure of the first page, which stands beside the pages: README shows it, too.
"""

from __future__ import annotations

from base64 import b64encode
from html import escape
from pathlib import Path

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective
from themes import for_both_themes

from bounds.figures import picture

STATIC = Path(__file__).parents[1] / "_static"


def as_picture(name: str, told: str) -> str:
    """The figure as an element of a page, with what it shows in words.

    Args:
        name: as for `bounds figure`.
        told: the words.
    """
    wide, narrow = (
        "data:image/svg+xml;base64," + b64encode(image).decode("ascii")
        for image in drawn_for_both_themes(name)
    )
    return (
        f'<picture><source media="(max-width: 40em)" srcset="{narrow}">'
        f'<img src="{wide}" alt="{escape(told)}" style="max-width:100%"></picture>'
    )


def drawn_for_both_themes(name: str) -> tuple[bytes, bytes]:
    """The figure for a wide and for a narrow page, as SVG for a light and a dark ground."""
    drawn = picture(name)
    wide, narrow = (for_both_themes(drawn.image("svg", width)) for width in ("two", "one"))
    return wide, narrow


class BoundsFigure(SphinxDirective):
    """A figure; the content of the directive says in words what it shows."""

    required_arguments = 1
    has_content = True

    def run(self) -> list[nodes.Node]:
        """The picture."""
        return [nodes.raw("", as_picture(self.arguments[0], " ".join(self.content)), format="html")]


def setup(app: Sphinx) -> dict[str, bool]:
    """Register the directive."""
    app.add_directive("bounds-figure", BoundsFigure)
    return {"parallel_read_safe": True}


if __name__ == "__main__":
    for ending, image in zip(
        ("", "-narrow"), drawn_for_both_themes("printed-and-proved"), strict=True
    ):
        (STATIC / f"printed-and-proved{ending}.svg").write_bytes(image)
