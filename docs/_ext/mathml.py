"""Formulas as MathML, which browsers typeset by themselves: no script, no font, no network."""

from __future__ import annotations

from typing import Any
from xml.etree import ElementTree

from docutils import nodes
from latex2mathml.converter import convert
from sphinx.application import Sphinx
from sphinx.errors import ExtensionError


def to_mathml(latex: str, display: str = "block") -> str | None:
    """The formula as MathML; None where the converter leaves something of the LaTeX as it is.

    Args:
        latex: without dollar signs.
        display: "block" or "inline".
    """
    try:
        told: str = convert(latex, display=display)
        root = ElementTree.fromstring(told)
    except Exception:  # the converter has no common base class for its errors
        return None
    return None if any("\\" in (part.text or "") for part in root.iter()) else told


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
