"""The formulas in sentences, as MathML: on the page of results and on those of claims.

They are written in symbols, or come from checks that write them so; `proofs_check.audit.report`
finds and typesets them, here as in the report.
"""

from __future__ import annotations

from docutils import nodes
from sphinx.application import Sphinx

from proofs_check import PAPER

_LITERAL = (nodes.literal, nodes.literal_block, nodes.title, nodes.raw)
_LITERAL += (nodes.math, nodes.math_block)


def _is_sentence(text: nodes.Text) -> bool:
    parent = text.parent
    while parent is not None:
        if isinstance(parent, _LITERAL) or "plain" in parent.get("classes", ()):
            return False
        parent = parent.parent
    return True


def _typeset(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    if app.builder.format != "html" or not docname.startswith(("results", "claims/")):
        return
    for text in list(doctree.findall(nodes.Text)):
        told = PAPER.typesetter.typeset(text.astext()) if _is_sentence(text) else ""
        if "<math" in told:
            text.parent.replace(text, nodes.raw("", told, format="html"))


def setup(app: Sphinx) -> dict[str, bool]:
    """Typeset when the pages are written."""
    app.connect("doctree-resolved", _typeset)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
