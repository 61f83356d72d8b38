"""The formulas in a sentence as MathML: what a finding says is set as what the paper prints is.

A sentence in the symbols of `symbols.Typesetter.plain` is cut into words and formulas. A formula is
the longest row of numbers, letters, functions, signs and brackets that can be read as one: what
cannot stays text. Nothing is left out: the signs on the page are those of the sentence, but for
brackets around what stands over or under a line of a fraction.

A slash between two bare numbers or letters, as in c/k and 3/2, stays a slash. A space ends what a
slash divides, as the sentences are written: "2 c/k" is 2 times c/k, and "3Δ/2" is 3Δ over 2.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from html import escape

_GREEK = "α-ωΑ-Ωϕϵ"
_FUNCTIONS = "exp|log|min|max|sinh|cosh|coth|sin|cos|lim|sup|inf"
_TOKEN = re.compile(
    rf"""(?P<space>[ ]+)
    |(?P<number>\d+(?:,\d{{3}})+(?![\d.])|\d+(?:\.\d+)?(?:\.\.\.)?)
    |(?P<function>(?<![\w-])(?:{_FUNCTIONS})(?![A-Za-z0-9-]))
    |(?P<word>(?<![A-Za-z])[A-Za-z]{{2,}}[\w'’-]*|[A-Za-z](?=['’]))
    |(?P<letter>[A-Za-z{_GREEK}][\u0300-\u036f]?|∞)
    |(?P<raised>[⁰¹²³⁴-⁹⁺⁻]+|[′″‴]+|\^(?:\([^()]*(?:\([^()]*\)[^()]*)*\)|\{{[^{{}}]*\}}|-?\w+)|(?<=\w)\*)
    |(?P<lowered>[₀-₉]+|_(?:\{{[^{{}}]*\}}|[A-Za-z0-9]+|[-+∞]))
    |(?P<relation>[=<>≤≥≠≈→≪≫∈])
    |(?P<sign>[+−±·×])
    |(?P<slash>/)
    |(?P<root>√)
    |(?P<bar>\|)
    |(?P<open>\()
    |(?P<close>\))
    |(?P<comma>,)
    |(?P<other>.)""",
    re.VERBOSE | re.DOTALL,
)
_PLAIN_RAISED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻", "0123456789+−")
_PLAIN_LOWERED = str.maketrans("₀₁₂₃₄₅₆₇₈₉", "0123456789")
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
    bare: bool = False  # one number or letter
    inner: str | None = None  # without its brackets, if it is one in brackets


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
        if after > place and _worth_it(tokens[place:after]):
            told.append(as_text(sentence[done : tokens[place].start]))
            told.append(" ".join(_pieces(nodes)))
            done = tokens[after - 1].end
        place = max(after, place + 1)
    return "".join([*told, as_text(sentence[done:])])


def _tokens(sentence: str) -> list[_Token]:
    found, spaced = [], True
    for match in _TOKEN.finditer(sentence):
        kind = str(match.lastgroup)
        if kind != "space":
            found.append(_Token(kind, match[0], match.start(), spaced))
        spaced = kind == "space"
    return found


def _worth_it(tokens: list[_Token]) -> bool:
    """Whether it is more than a number or a letter."""
    kinds = {token.kind for token in tokens}
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
        return _Node(f"<mrow>{told}</mrow>", "factor", sum(part.length for part in parts))

    def _primary(self, tight: bool) -> _Node:
        token, before = self._next(), self._place
        if token is None or (tight and token.spaced):
            raise _Stop
        self._place += 1
        if token.kind == "number":
            node = _Node(f"<mn>{token.text}</mn>", "factor", len(token.text), bare=True)
        elif token.kind in ("letter", "function"):
            node = _Node(f"<mi>{token.text}</mi>", "factor", len(token.text), bare=True)
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
        if not nodes or token is None or token.kind != "close":
            self._place = before
            raise _Stop
        self._place += 1
        inner = f"<mrow>{''.join(node.told for node in nodes)}</mrow>"
        grows = "" if "<mfrac" in inner else ' stretchy="false"'
        told = f"<mrow><mo{grows}>(</mo>{inner}<mo{grows}>)</mo></mrow>"
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
            node = _Node(told, "factor", node.length + len(script))
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
    length = top.length + under.length
    if top.bare and under.bare:
        told = f'<mrow>{top.told}<mo lspace="0" rspace="0">/</mo>{under.told}</mrow>'
        return _Node(told, "factor", length + 1)
    above, below = (part.told if part.inner is None else part.inner for part in (top, under))
    return _Node(f"<mfrac>{above}{below}</mfrac>", "factor", length)


def _pieces(nodes: list[_Node]) -> Iterator[str]:
    """The formula, cut where a line may break: before relations, in a long one also elsewhere."""
    length = sum(node.length for node in nodes)
    short, long = length < _SHORT, length >= _LONG
    piece: list[_Node] = []
    for node in nodes:
        cut = (node.kind == "relation" and not short) or (
            long and (node.kind == "sign" or (piece and piece[-1].kind == "factor"))
        )
        if piece and cut:
            yield _written(piece)
            piece = []
        piece.append(node)
    yield _written(piece)


def _written(piece: list[_Node]) -> str:
    parts = []
    for node, before in zip(piece, [None, *piece[:-1]], strict=True):
        if before is not None and before.kind == node.kind == "factor":
            parts.append('<mspace width="0.17em"/>')
        parts.append(node.told)
    return f'<math class="inline"><mrow>{"".join(parts)}</mrow></math>'
