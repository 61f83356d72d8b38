"""The directive `bounds-figure NAME`: a figure of `bounds figure`, drawn when the site is built."""

from __future__ import annotations

from base64 import b64encode
from html import escape

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

from bounds.figures import picture


def as_picture(name: str, told: str) -> str:
    """The figure as an element of a page, with what it shows in words.

    Args:
        name: as for `bounds figure`.
        told: the words.
    """
    drawn = picture(name)
    wide, narrow = (
        "data:image/svg+xml;base64," + b64encode(drawn.image("svg", width)).decode("ascii")
        for width in ("two", "one")
    )
    return (
        f'<picture><source media="(max-width: 40em)" srcset="{narrow}">'
        f'<img src="{wide}" alt="{escape(told)}" style="max-width:100%"></picture>'
    )


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
