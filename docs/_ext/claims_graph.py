"""The directive `claims-graph`: which claim rests on which, to be walked."""

from __future__ import annotations

from importlib.resources import files

from claim_pages import _outcomes
from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

from proofs_check import PAPER
from proofs_check.audit.report.claim_graph import Places, as_walk, script
from proofs_check.audit.report.palette import variables

_LIGHT, _DARK = variables("light"), variables("dark")
_STYLE = f"""\
body {{
  --paper: var(--color-background-primary); --ink: var(--color-foreground-primary);
  --soft: var(--color-foreground-secondary); --line: var(--color-background-border);
  --link: var(--color-brand-content);
  {_LIGHT}
}}
body[data-theme="dark"] {{ {_DARK} }}
@media (prefers-color-scheme: dark) {{ body:not([data-theme="light"]) {{ {_DARK} }} }}
{files("proofs_check.audit.report").joinpath("graph.css").read_text(encoding="utf-8")}
"""
_PLACES = Places("{}.html".format, "{}.html#code".format, "{}.html#kernel".format)


class ClaimsGraph(SphinxDirective):
    """The picture with its legend, its buttons and its script."""

    def run(self) -> list[nodes.Node]:
        """One part of a page."""
        parts = as_walk(list(_outcomes().values()), PAPER, _PLACES, by_address=True)
        page = "\n".join([f"<style>{_STYLE}</style>", *parts, f"<script>{script()}</script>"])
        return [nodes.raw("", page, format="html")]


def setup(app: Sphinx) -> dict[str, bool]:
    """Register the directive."""
    app.add_directive("claims-graph", ClaimsGraph)
    return {"parallel_read_safe": False, "parallel_write_safe": True}
