"""The docstrings are plain text: their |x|, a*b and `code` are not reStructuredText."""

from __future__ import annotations

import re
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx

from proofs_check.audit.report.symbols import EMPHASIS

_CODE = re.compile(r"(?<!`)`([^`]+)`(?!`)")
_SEVERAL = re.compile(r":(ivar|param) (\w+(?:, \w+)+):(.*)")
_MARKS = re.compile(r"(?<!\\)[*|]|(?<=\w)_(?!\w)")


def with_code(text: str) -> nodes.paragraph:
    """A paragraph of plain text in which `code` is set as code, and a *word* as one that is new."""
    told = nodes.paragraph()
    for code, part in enumerate(" ".join(text.split()).split("`")):
        if code % 2:
            told += nodes.literal("", part)
            continue
        for word, piece in enumerate(EMPHASIS.split(part)):
            told += nodes.emphasis("", piece) if word % 2 else nodes.Text(piece)
    return told


def as_restructured(line: str) -> str:
    """The line with marks of reStructuredText taken literally, and code set as code."""
    parts = _CODE.split(line)
    told = [_MARKS.sub(r"\\\g<0>", part) for part in parts[::2]]
    code = [f"``{part}``" for part in parts[1::2]]
    return "".join(a + b for a, b in zip(told, [*code, ""], strict=True))


def each_by_itself(lines: list[str]) -> list[str]:
    """Fields of several names, as in ":ivar low, high: the exact ends", once for each name."""
    told: list[str] = []
    position = 0
    while position < len(lines):
        match = _SEVERAL.match(lines[position])
        end = position + 1
        while match and end < len(lines) and lines[end].startswith(" "):
            end += 1
        block = lines[position:end]
        if match:
            kind, names, text = match.groups()
            for name in names.split(", "):
                told += [f":{kind} {name}:{text}", *block[1:]]
        else:
            told += block
        position = end
    return told


def _before(_app: Sphinx, _what: str, _name: str, _obj: Any, _options: Any, lines: list[str]):
    lines[:] = map(as_restructured, lines)


def _after(_app: Sphinx, _what: str, _name: str, _obj: Any, _options: Any, lines: list[str]):
    lines[:] = each_by_itself(lines)


def setup(app: Sphinx) -> dict[str, bool]:
    """Process docstrings before and after napoleon does."""
    app.connect("autodoc-process-docstring", _before, priority=400)
    app.connect("autodoc-process-docstring", _after, priority=600)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
