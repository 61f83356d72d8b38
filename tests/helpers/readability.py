"""How plainly a text is written: the length of its sentences, and the words that it should not use.

The words are those that readers of other languages stumble over: old or private senses of short
English words, for which there is a common word.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

AVOIDED = {
    "bear": r"bears?|bore|borne|bearing",
    "tell (say, report, show)": r"tells?|told|telling",
    "alone (only, by itself, unique)": r"alone",
    "anew (again)": r"anew",
    "else at the end (otherwise, other)": r"else(?=[\s]*(?:[.,;:)]|$))",
    "in the mean (on average)": r"in the mean(?! squared)",
    "to be had": r"to be had",
    "as there": r"as there",
    "stand (be, hold)": r"stands?|stood",
    "go (be, continue)": r"goes",
    "shelf": r"shelf|shelves",
    "kept (stored)": r"kept",
    "sown (found)": r"sown|sowing|sowed",
    "steered (controlled)": r"steers?|steered|steering",
    "err by (have an error of)": r"errs?|erred",
}
"""What to avoid, with what to say in its place, and the forms of it."""

AVOIDED_WORDS = re.compile(
    "|".join(rf"\b(?:{forms})\b" for forms in AVOIDED.values()), re.IGNORECASE
)
_BLOCKS = re.compile(r"^(`{3,}|\${2}|:{3,}).*?^\1\s*$", re.MULTILINE | re.DOTALL)
_GLOSSARY = re.compile(r"^```\{glossary\}\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_MARKUP = re.compile(r"<!--.*?-->|<[a-zA-Z/][^>]*>", re.DOTALL)
_MATH = re.compile(r"\$[^$\n]+(?:\n[^$\n]+)?\$")
_CODE = re.compile(r"(?:\{[\w:-]+\})?(`+)[^`]+?\1")
_LINK = re.compile(r"!?\[([^\]]*)\]\([^)]*\)")
_ITEM = re.compile(r"^\s*(?:[-*]|\d+\.|:)\s+", re.MULTILINE)
_END = re.compile(r"(?<=[.!?])[)*\"'”]*\s+(?=[\"'“(*]*[A-ZΑ-Ω0-9`xε])")
_WORD = re.compile(r"[^\W_][\w'’.,/^·⁻-]*")


def prose(page: str) -> list[str]:
    """The sentences of a Markdown page, without code, tables, headings and markup."""
    page = _GLOSSARY.sub(r"\1", page)  # its terms and meanings are prose
    text = _MARKUP.sub(" ", _BLOCKS.sub("\n\n", page))
    text = _MATH.sub("x", _LINK.sub(r"\1", text))
    text = _CODE.sub("x", text)
    lines = [line for line in text.split("\n") if not re.match(r"\s*(?:\||#)", line)]
    text = _ITEM.sub("\n\n", "\n".join(lines))
    return list(sentences(text))


def sentences(text: str) -> Iterator[str]:
    """The sentences of plain text, whose paragraphs are parted by empty lines."""
    for paragraph in re.split(r"\n\s*\n", text):
        for sentence in _END.split(" ".join(paragraph.split())):
            if _WORD.search(sentence):
                yield sentence


def average_length(found: list[str]) -> float:
    """The average number of words of a sentence."""
    return sum(len(_WORD.findall(each)) for each in found) / max(len(found), 1)


_NAMES = re.compile(r"<[a-zA-Z/][^>]*>|\b\w+(?:\.\w+)+\b|\b\w+(?:-\w+)+\b(?=\))")


def avoided(text: str) -> list[str]:
    """The words that should not be there, each with what is around it; names are no words."""
    text = _NAMES.sub("x", text)
    return [text[max(0, m.start() - 30) : m.end() + 30] for m in AVOIDED_WORDS.finditer(text)]


def shown_strings(path: Path) -> Iterator[tuple[int, str]]:
    """The texts in a Python file that a user may see, with their lines: no docstrings, no patterns.

    The parts of a formatted text are one text.
    """
    tree = ast.parse(path.read_text(encoding="utf-8"))
    hidden: set[int] = set()
    for node in ast.walk(tree):
        match node:
            case ast.Expr(value=ast.Constant(value=str())):
                hidden.add(id(node.value))
            case ast.Call(func=ast.Attribute(value=ast.Name(id="re"))):
                hidden |= {id(each) for each in ast.walk(node)}
            case ast.JoinedStr():
                hidden |= {id(each) for each in node.values}
    for node in ast.walk(tree):
        if id(node) in hidden:
            continue
        match node:
            case ast.Constant(value=str() as text):
                yield node.lineno, text
            case ast.JoinedStr(values=parts):
                told = (str(p.value) if isinstance(p, ast.Constant) else "x" for p in parts)
                yield node.lineno, "".join(told)
