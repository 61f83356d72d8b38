"""The formulas in a sentence as MathML: what a finding says is set as what the paper prints is.

A sentence in the symbols of `symbols.Typesetter.plain` is cut into words and formulas. A formula is
the longest row of numbers, letters, functions, signs and brackets that can be read as one: what
cannot stays text. A letter by itself is a formula, too, so that one quantity looks the same
everywhere: k and κ differ at a glance. Nothing is left out: the signs on the page are those of the
sentence.

In a line of text a fraction over another is too small to read: a slash stays a slash. A space ends
what it divides, as the sentences are written: "2 c/k" is 2 times c/k, and "3Δ/2" is 3Δ over 2.
Several factors under a slash take brackets: "1/2π" is 1/(2π).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from html import escape

_GREEK = "α-ωΑ-Ωϕϵ"
_FUNCTIONS = "exp|log|min|max|sinh|cosh|coth|sin|cos|lim|sup|inf"
_TOKEN = re.compile(
    rf"""(?P<space>[ ]+)
    |(?P<number>\d+(?:,\d{{3}})+(?![\d.])|\d+(?:\.\d+)?(?:\.\.\.)?)
    |(?P<function>(?<![\w-])(?:{_FUNCTIONS})(?![A-Za-z0-9-]))
    |(?P<word>(?<![A-Za-z])[A-Za-z]{{2,}}[\w'’-]*|[A-Za-z](?=['’]))
    |(?P<letter>[A-Za-z{_GREEK}][\u0300-\u036f]?|(?<![A-Z])∞)
    |(?P<raised>[⁰¹²³⁴-⁹⁺⁻]+|[′″‴]+|\^(?:\([^()]*(?:\([^()]*\)[^()]*)*\)|\{{[^{{}}]*\}}|-?\w+)|(?<=\w)\*)
    |(?P<lowered>[₀-₉]+|(?<=[A-Z])∞|_(?:\{{[^{{}}]*\}}|[A-Za-z0-9]+|[-+∞]))
    |(?P<relation>[=<>≤≥≠≈→≪≫∈])
    |(?P<sign>[+−±·×])
    |(?P<slash>/)
    |(?P<root>√)
    |(?P<bar>\|)
    |(?P<open>[(\[{{])
    |(?P<close>[)\]}}])
    |(?P<comma>[,;])
    |(?P<other>.)""",
    re.VERBOSE | re.DOTALL,
)
_PLAIN_RAISED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻", "0123456789+−")
_PLAIN_LOWERED = str.maketrans("₀₁₂₃₄₅₆₇₈₉", "0123456789")
_CLOSING = {"(": ")", "[": "]", "{": "}"}
_ALONE = frozenset("bcdhkmnrstvxyzD∞αβγδεκλμπρστφψΔΦ")
"""Letters that are a formula by themselves; "a" is an article, and "V" may number a section."""
_SHORT = 14  # signs up to which a formula is not broken
_LONG = 30  # signs of a formula from which on a line may break before its signs and factors


@dataclass(frozen=True)
class _Token:
    kind: str
    text: str
    start: int
    spaced: bool  # a space stands before it

    @property
    def end(self) -> int:
        return self.start + len(self.text)


@dataclass(frozen=True)
class _Node:
    """A part of a formula: its MathML, and what a line may do before it."""

    told: str
    kind: str
    length: int
    inner: str | None = None  # without its brackets, if it is one in brackets
    one: bool = True  # what a slash may divide by without brackets


def with_formulas(sentence: str, as_text: Callable[[str], str]) -> str:
    """The sentence as HTML, its formulas as MathML.

    Args:
        sentence: in symbols, as `Typesetter.plain` gives it.
        as_text: turns what is no formula into HTML.
    """
    told, done = [], 0
    tokens = _tokens(sentence)
    place = 0
    while place < len(tokens):
        nodes, after = _Reader(tokens, place).row()
        if after > place and _worth_it(tokens, place, after):
            told.append(as_text(sentence[done : tokens[place].start]))
            told.append("".join(_pieces(nodes)))
            done = tokens[after - 1].end
            place = after
        else:
            place += 1  # "a σ" is no product, and σ is a formula
    return "".join([*told, as_text(sentence[done:])])


def _tokens(sentence: str) -> list[_Token]:
    found, spaced = [], True
    for match in _TOKEN.finditer(sentence):
        kind = str(match.lastgroup)
        if kind != "space":
            found.append(_Token(kind, match[0], match.start(), spaced))
        spaced = kind == "space"
    return found


def _worth_it(tokens: list[_Token], place: int, after: int) -> bool:
    """Whether it is more than a number, or a letter that is a quantity by itself."""
    kinds = {token.kind for token in tokens[place:after]}
    if kinds == {"letter"} and after == place + 1:
        first = place == 0 or tokens[place].spaced or tokens[place - 1].kind == "open"
        last = after == len(tokens) or tokens[after].spaced or tokens[after].text in ",;:).…"
        return first and last and tokens[place].text in _ALONE
    return bool(kinds & {"letter", "function"} or "relation" in kinds or "sign" in kinds) and bool(
        kinds - {"letter", "number", "function"}
    )


class _Stop(Exception):
    """No formula can be read here."""


class _Reader:
    def __init__(self, tokens: list[_Token], place: int) -> None:
        self._tokens, self._place = tokens, place

    def row(self, closing: bool = False) -> tuple[list[_Node], int]:
        """The longest row from here, and where it ends; inside brackets it must end at one."""
        nodes: list[_Node] = []
        good, kept = self._place, 0
        while (token := self._next()) is not None:
            if token.kind in ("relation", "sign") or (closing and token.kind == "comma"):
                self._place += 1
                nodes.append(_sign(token))
                continue
            if kept and kept == len(nodes) and token.spaced and token.text == "lim":
                break  # "at k ≥ 2 lim K(m)" is two formulas
            try:
                nodes.append(self._quotient())
            except _Stop:
                break
            good, kept = self._place, len(nodes)
        if closing:
            return nodes, self._place
        return nodes[:kept], good

    def _next(self) -> _Token | None:
        return self._tokens[self._place] if self._place < len(self._tokens) else None

    def _quotient(self) -> _Node:
        """Factors without a space between, over others: 3Δ/2."""
        top = self._factors()
        while (token := self._next()) is not None and token.kind == "slash" and not token.spaced:
            before = self._place
            self._place += 1
            try:
                under = self._factors(tight=True)
            except _Stop:
                self._place = before
                break
            top = _fraction(top, under)
        return top

    def _factors(self, tight: bool = False) -> _Node:
        parts = [self._primary(tight)]
        while (token := self._next()) is not None and not token.spaced:
            try:
                parts.append(self._primary(True))
            except _Stop:
                break
        if len(parts) == 1:
            return parts[0]
        told = "".join(part.told for part in parts)
        length = sum(part.length for part in parts)
        applied = len(parts) == 2 and parts[0].inner is None and parts[1].inner is not None
        return _Node(f"<mrow>{told}</mrow>", "factor", length, one=applied)

    def _primary(self, tight: bool) -> _Node:
        token, before = self._next(), self._place
        if token is None or (tight and token.spaced):
            raise _Stop
        self._place += 1
        if token.kind == "number":
            node = _Node(f"<mn>{token.text}</mn>", "factor", len(token.text))
        elif token.kind in ("letter", "function"):
            node = _Node(f"<mi>{token.text}</mi>", "factor", len(token.text))
        elif token.kind == "bar":
            return _Node('<mo stretchy="false" lspace="0" rspace="0">|</mo>', "factor", 1)
        elif token.kind == "root":
            under = self._primary(tight=True)
            inner = under.told if under.inner is None else under.inner
            node = _Node(f"<msqrt>{inner}</msqrt>", "factor", under.length)
        elif token.kind == "open":
            node = self._bracketed(before)
        else:
            self._place = before
            raise _Stop
        return self._scripted(node)

    def _bracketed(self, before: int) -> _Node:
        nodes, after = self.row(closing=True)
        self._place = after
        token = self._next()
        opening = self._tokens[before].text
        if not nodes or token is None or token.text != _CLOSING[opening]:
            self._place = before
            raise _Stop
        self._place += 1
        inner = f"<mrow>{''.join(node.told for node in nodes)}</mrow>"
        told = f"<mrow>{_bracket(opening)}{inner}{_bracket(token.text)}</mrow>"
        return _Node(told, "factor", 2 + sum(node.length for node in nodes), inner=inner)

    def _scripted(self, node: _Node) -> _Node:
        """With the indices and exponents that follow."""
        while (token := self._next()) is not None and not token.spaced:
            if token.kind == "lowered":
                script, tag = token.text.translate(_PLAIN_LOWERED).strip("_{}"), "msub"
            elif token.kind == "raised":
                script, tag = _raised(token.text), "msup"
            else:
                break
            self._place += 1
            told = f"<{tag}>{node.told}{_script(script)}</{tag}>"
            if script[0] in "′″‴":  # most fonts raise a prime by themselves
                told = f'<mrow>{node.told}<mo lspace="0" rspace="0">{script}</mo></mrow>'
            node = _Node(told, "factor", node.length + len(script), one=node.one)
        return node


def _raised(text: str) -> str:
    """The exponent itself; one after ^ is a formula, and small digits in it are its own powers."""
    return text[1:] if text.startswith("^") else text.translate(_PLAIN_RAISED)


def _script(text: str) -> str:
    bare = text[1:-1] if text[0] + text[-1] in ("()", "{}") else text
    nodes, after = _Reader(tokens := _tokens(bare), 0).row()
    if nodes and after == len(tokens):
        return f"<mrow>{''.join(node.told for node in nodes)}</mrow>"
    return f"<mtext>{escape(bare)}</mtext>"


def _sign(token: _Token) -> _Node:
    alone = token.kind == "sign" and not token.spaced
    form = ' form="prefix"' if alone and token.text in "+−±" else ""
    return _Node(f"<mo{form}>{escape(token.text)}</mo>", token.kind, 1)


def _fraction(top: _Node, under: _Node) -> _Node:
    """One over the other in a line: what has several factors below stands in brackets."""
    below = under.told if under.one else f"<mrow>{_bracket('(')}{under.told}{_bracket(')')}</mrow>"
    told = f'<mrow>{top.told}<mo lspace="0" rspace="0">/</mo>{below}</mrow>'
    return _Node(told, "factor", top.length + under.length + 1, one=False)


def _bracket(sign: str) -> str:
    """A bracket as high as the letters of its line."""
    return f'<mo stretchy="false">{sign}</mo>'


def _pieces(nodes: list[_Node]) -> Iterator[str]:
    """The formula, cut where a line may break: before relations, in a long one also elsewhere.

    Signs bring the space around them along, and between two factors there is one.
    """
    length = sum(node.length for node in nodes)
    short, long = length < _SHORT, length >= _LONG
    piece: list[_Node] = []
    for node in nodes:
        cut = (node.kind == "relation" and not short) or (
            long and (node.kind == "sign" or (piece and piece[-1].kind == "factor"))
        )
        if piece and cut:  # what begins a piece is between two parts all the same
            yield _written(piece) + (" " if node.kind == "factor" else "<wbr>")
            piece = []
            node = replace(node, told=node.told.replace("<mo>", '<mo form="infix">', 1))
        piece.append(node)
    yield _written(piece)


def _written(piece: list[_Node]) -> str:
    parts = []
    for node, before in zip(piece, [None, *piece[:-1]], strict=True):
        if before is not None and before.kind == node.kind == "factor":
            parts.append('<mspace width="0.17em"/>')
        parts.append(node.told)
    return f'<math class="inline"><mrow>{"".join(parts)}</mrow></math>'
