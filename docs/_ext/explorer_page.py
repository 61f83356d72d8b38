"""The explorer beside the pages: `explore.html`, written when the site has been built."""

from __future__ import annotations

from pathlib import Path

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

from bounds.figures.explorer import Grid, default_grid, page

FILE = "explore.html"
_FIT = """<script>
// the frame is as high as what it shows, so that the page has one bar to scroll by
addEventListener("message", ({ data, source }) => {
  const frame = document.querySelector("iframe.explorer");
  if (source !== frame.contentWindow || !(data?.explorerHeight > 0)) return;
  frame.style.height = `${Math.ceil(data.explorerHeight) + 4}px`;
});
</script>"""


def coarse() -> Grid:
    """Every other point of the grid that `bounds explore` has: the site is built often."""
    full = default_grid()
    return Grid(full.deltas[::2], full.shares[::2], full.components[::2])


class Explorer(SphinxDirective):
    """The explorer in a frame, and a link to it."""

    def run(self) -> list[nodes.Node]:
        """Both."""
        link = f'<p><a href="{FILE}">The explorer on a page of its own</a></p>'
        frame = f'<iframe class="explorer" src="{FILE}" title="The explorer"></iframe>'
        return [nodes.raw("", f"{frame}\n{_FIT}\n{link}", format="html")]


def _write(app: Sphinx, failure: Exception | None) -> None:
    if failure is None and app.builder.format == "html":
        (Path(app.outdir) / FILE).write_text(page(coarse()), encoding="utf-8")


def setup(app: Sphinx) -> dict[str, bool]:
    """Register the directive."""
    app.add_directive("explorer", Explorer)
    app.connect("build-finished", _write)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
