"""The directive `bounds-figure NAME`: a figure of `bounds figure`, drawn when the site is built."""

from __future__ import annotations

import re

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

from bounds.figures import picture


def as_svg(name: str, told: str) -> str:
    """The figure as an element of a page, with what it shows in words.

    Args:
        name: as for `bounds figure`.
        told: the words.
    """
    drawn = picture(name).image("svg").decode("utf-8")
    body = re.sub(r"<metadata>.*?</metadata>", "", drawn[drawn.index("<svg ") :], flags=re.DOTALL)
    return body.replace("<svg ", f'<svg role="img" aria-label="{told}" style="max-width:100%" ', 1)


class BoundsFigure(SphinxDirective):
    """A figure; the content of the directive says in words what it shows."""

    required_arguments = 1
    has_content = True

    def run(self) -> list[nodes.Node]:
        """The picture."""
        return [nodes.raw("", as_svg(self.arguments[0], " ".join(self.content)), format="html")]


def setup(app: Sphinx) -> dict[str, bool]:
    """Register the directive."""
    app.add_directive("bounds-figure", BoundsFigure)
    return {"parallel_read_safe": True}
