"""Mathematics in sentences: indices on every page; formulas where checks write them.

On the pages of results, claims and arguments sentences are written in symbols, or come from checks
that write them so; `proofs_check.audit.report` finds and typesets the formulas, here as in the
report. Everywhere, in headings too, ε_cr and its like have their index below.
"""

from __future__ import annotations

import re
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.transforms import SphinxTransform

from proofs_check import PAPER

_LITERAL = (nodes.literal, nodes.literal_block, nodes.raw, nodes.math, nodes.math_block)
_LITERAL += (nodes.comment,)
_INDEXED = re.compile(r"(?<![\w.])([A-Zα-ωΑ-Ω])_([a-z]{1,4}|\d|∞)(?!\w)")
"""A letter with an index, such as ε_cr."""


def _is_typeset_whole(docname: str) -> bool:
    return docname.startswith(("results", "claims/", "arguments"))


def _stands_in(text: nodes.Node, *kinds: type[nodes.Element]) -> bool:
    parent = text.parent
    while parent is not None:
        if isinstance(parent, kinds):
            return True
        parent = parent.parent
    return False


def with_indices(text: str) -> list[nodes.Node]:
    """The text with its indices lowered."""
    parts: list[nodes.Node] = []
    done = 0
    for match in _INDEXED.finditer(text):
        parts += [nodes.Text(text[done : match.end(1)])]
        parts += [nodes.subscript("", match[2])]
        done = match.end()
    return [*parts, nodes.Text(text[done:])] if text[done:] else parts


class LowerIndices(SphinxTransform):
    """Before titles are collected for the menus."""

    default_priority = 400

    def apply(self, **_kwargs: Any) -> None:
        """Replace the texts that have an index."""
        whole = _is_typeset_whole(self.env.docname)
        for text in list(self.document.findall(nodes.Text)):
            if whole and not _stands_in(text, nodes.title):
                continue  # formulas are found in the text as it is
            if _INDEXED.search(text) and not _stands_in(text, *_LITERAL):
                text.parent.replace(text, with_indices(text.astext()))


def _typeset(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    if app.builder.format != "html" or not _is_typeset_whole(docname):
        return
    for text in list(doctree.findall(nodes.Text)):
        if not _stands_in(text, *_LITERAL, nodes.title):
            told = PAPER.typesetter.typeset(text.astext())
            if "<math" in told:
                text.parent.replace(text, nodes.raw("", told, format="html"))


def setup(app: Sphinx) -> dict[str, bool]:
    """Lower indices when pages are read, typeset formulas when they are written."""
    app.add_transform(LowerIndices)
    app.connect("doctree-resolved", _typeset)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
