"""Formulas as MathML, which browsers typeset by themselves: no font, no network."""

from __future__ import annotations

from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.errors import ExtensionError

from proofs_check.audit.report.mathml import to_mathml


def _visit(writer: Any, node: nodes.Element) -> None:
    block = isinstance(node, nodes.math_block)
    told = to_mathml(node.astext(), "block" if block else "inline")
    if told is None:
        raise ExtensionError(f"{node.source}:{node.line}: no MathML for {node.astext()!r}")
    writer.body.append(f'<div class="formula">{told}</div>\n' if block else told)
    raise nodes.SkipNode


def setup(app: Sphinx) -> dict[str, bool]:
    """Register the renderer under the name "mathml"."""
    app.add_html_math_renderer("mathml", (_visit, None), (_visit, None))
    return {"parallel_read_safe": True, "parallel_write_safe": True}
