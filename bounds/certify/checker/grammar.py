"""From text to expressions: a recursive reader with limits on length and depth.

    sum     := ["+" | "-"] product (("+" | "-") product)*
    product := unary (("*" | "/") unary)*
    unary   := ("+" | "-") unary | power
    power   := atom (("^" | "**") unary)?
    atom    := number | name | name "(" sum ("," sum)* ")" | "(" sum ")"

Numbers are exact decimals. There is no product without its sign.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from bounds.certify.checker.expression import (
    BINDERS,
    CONSTANTS,
    FUNCTIONS,
    HALF,
    MINUS_ONE,
    ONE,
    Node,
    add,
    call,
    multiply,
    number,
    parts_of,
    raise_to,
    substitute,
    variable,
)
from bounds.certify.checker.number import cut, read_number, shown
from bounds.certify.checker.verdict import Rejected

LONGEST, DEEPEST = 20_000, 80
"""The most characters of an expression, and the most levels of brackets and signs in it."""

_TOKEN = re.compile(
    r"\s*(?:(?P<number>\d+(?:\.\d+)?(?:[eE][+-]?\d+)?(?![A-Za-z_\d.]))"
    r"|(?P<name>[A-Za-z][A-Za-z_0-9]*)|(?P<sign>\*\*|<=|>=|==|!=|[-+*/^(),<>=\[\]]))",
    re.ASCII,
)
_LONGEST_NAME = 40
_NUMBER = 4_000
_RESERVED = frozenset({"inf", "oo", "in", "and", "real", "integer", "exists", "for", "all"})
_RELATIONS = {"<": "<", "<=": "<=", ">": ">", ">=": ">=", "=": "=", "==": "=", "!=": "!="}

_SHORT: dict[str, Callable[[Node], Node]] = {
    "sqrt": lambda x: raise_to(x, HALF),
    "log10": lambda x: call("log", x) / call("log", number(10)),
    "log2": lambda x: call("log", x) / call("log", number(2)),
    "sec": lambda x: 1 / call("cos", x),
    "csc": lambda x: 1 / call("sin", x),
    "cot": lambda x: call("cos", x) / call("sin", x),
    "coth": lambda x: call("cosh", x) / call("sinh", x),
    "sech": lambda x: 1 / call("cosh", x),
    "csch": lambda x: 1 / call("sinh", x),
    "factorial": lambda x: call("gamma", x + 1),
}
"""Abbreviations, which are read as what they stand for."""


@dataclass(frozen=True, slots=True)
class Token:
    """One word of a text: its sort ("number", "name", "sign" or "end") and itself."""

    sort: str
    text: str


def tokens(text: object, longest: int = LONGEST) -> list[Token]:
    """The words of a text, with an end after the last.

    Raises:
        Rejected: it is no text, too long, or has a character that belongs to no word.
    """
    if not isinstance(text, str):
        raise Rejected(f"{shown(text)} is not an expression in a string")
    if len(text) > longest:
        raise Rejected(f"an expression has more than {longest:,} characters")
    words: list[Token] = []
    place, end = 0, len(text.rstrip())
    while place < end:
        found = _TOKEN.match(text, place)
        if found is None:
            raise Rejected(f"{cut(text[place:], 20)!r} is no word of an expression")
        sort = str(found.lastgroup)
        words.append(Token(sort, found[sort]))
        place = found.end()
    words.append(Token("end", ""))
    return words


class Reader:
    """The words of a text that are still to be read."""

    def __init__(self, words: list[Token]) -> None:
        self.words, self.place, self.depth = words, 0, 0

    @property
    def next(self) -> Token:
        """The next word."""
        return self.words[self.place]

    def take(self, *texts: str) -> str | None:
        """The next word, read, if it is a sign or name among these."""
        word = self.next
        if word.sort != "end" and word.text in texts:
            self.place += 1
            return word.text
        return None

    def need(self, text: str) -> None:
        """Read this word, which must be the next."""
        if self.take(text) is None:
            raise Rejected(f"{shown(self.next.text)} is where {text!r} is expected")

    def end(self) -> None:
        """There must be nothing left."""
        if self.next.sort != "end":
            raise Rejected(f"{shown(self.next.text)} is where the text should end")

    def _deeper(self) -> None:
        self.depth += 1
        if self.depth > DEEPEST:
            raise Rejected(f"an expression has more than {DEEPEST} levels")

    def sum(self) -> Node:
        """A sum; its whole is built at once."""
        self._deeper()
        terms: list[Node] = []
        sign = self.take("+", "-") or "+"
        while True:
            term = self._product()
            terms.append(-term if sign == "-" else term)
            next_sign = self.take("+", "-")
            if next_sign is None:
                break
            sign = next_sign
        self.depth -= 1
        return add(*terms)

    def _product(self) -> Node:
        factors = [self._unary()]
        while (sign := self.take("*", "/")) is not None:
            factor = self._unary()
            factors.append(raise_to(factor, MINUS_ONE) if sign == "/" else factor)
        return multiply(*factors)

    def _unary(self) -> Node:
        self._deeper()
        sign = self.take("+", "-")
        result = self._power() if sign is None else self._unary()
        self.depth -= 1
        return -result if sign == "-" else result

    def _power(self) -> Node:
        base = self._atom()
        if self.take("^", "**") is None:
            return base
        return raise_to(base, self._unary())

    def _atom(self) -> Node:
        word = self.next
        self.place += 1
        if word.sort == "number":
            return number(read_number(word.text, _NUMBER))
        if word.sort == "name":
            if self.take("(") is not None:
                return self._call(word.text)
            return read_name(word.text) if word.text not in CONSTANTS else Node(word.text)
        if word.text == "(":
            inner = self.sum()
            self.need(")")
            return inner
        raise Rejected(f"{shown(word.text)} is where an expression is expected")

    def _call(self, name: str) -> Node:
        args = [self.sum()]
        while self.take(",") is not None:
            args.append(self.sum())
        self.need(")")
        if name in _SHORT and len(args) == 1:
            return _SHORT[name](args[0])
        count = FUNCTIONS.get(name)
        if count is None and name not in _SHORT:
            raise Rejected(f"{shown(name)} is no function")
        if count is None or not (len(args) == count or (count < 0 and len(args) >= -count)):
            raise Rejected(f"the function {name} does not take {len(args)} arguments")
        if name in BINDERS and args[1].head != "variable":
            raise Rejected(f"the second argument of {name} is the variable that it binds")
        return _written_out(*args) if name == "sum" else Node(name, *args)


_MOST_TERMS, _MOST_PARTS = 40, 1_000
"""How many terms a sum has that is written out, and how many parts these have together."""


def _written_out(body: Node, bound: Node, low: Node, high: Node) -> Node:
    """A sum; from one number to another one, its terms, if they are few.

    So the index is a number in each term, and x^0 is 1.
    """
    if low.head == high.head == "number" and low.args[0].denominator == 1:
        first, last = int(low.args[0]), high.args[0]
        count = last - first + 1
        few = 0 <= count <= _MOST_TERMS and count * len(parts_of(body)) <= _MOST_PARTS
        # step: a sum is written out between whole numbers [true 2/3]
        if last.denominator == 1 and few:
            name = bound.args[0]
            terms = (substitute(body, {name: number(first + k)}) for k in range(int(count)))
            return add(*terms)
    return Node("sum", body, bound, low, high)


def read_name(name: str) -> Node:
    """The variable of this name."""
    if name in CONSTANTS or name in _RESERVED or len(name) > _LONGEST_NAME:
        raise Rejected(f"{shown(name)} is not the name of a variable")
    return variable(name)


def read_expression(text: object) -> Node:
    """The expression that a text stands for.

    Raises:
        Rejected: it is malformed, too long or too deep.
    """
    reader = Reader(tokens(text))
    result = reader.sum()
    reader.end()
    return result


@dataclass(frozen=True, slots=True)
class Comparison:
    """left relation right; the relation is one of < <= > >= = !=."""

    left: Node
    relation: str
    right: Node


def read_claim_text(text: object) -> tuple[Comparison, ...]:
    """The comparisons that a statement makes, in the order in which they are read.

    Raises:
        Rejected: it is malformed.
    """
    reader = Reader(tokens(text))
    found = comparisons(reader)
    reader.end()
    return found


def comparisons(reader: Reader) -> tuple[Comparison, ...]:
    """Comparison (("and" | ",") comparison)*, each a chain of one relation or more."""
    found: list[Comparison] = []
    while True:
        found.extend(chain(reader, reader.sum()))
        if reader.take("and", ",") is None:
            return tuple(found)


def chain(reader: Reader, left: Node) -> list[Comparison]:
    """The rest of a chain whose first side is read."""
    found: list[Comparison] = []
    while (sign := reader.take(*_RELATIONS)) is not None:
        right = reader.sum()
        found.append(Comparison(left, _RELATIONS[sign], right))
        left = right
    if not found:
        raise Rejected("a statement compares two sides")
    return found


__all__ = [
    "ONE",
    "Comparison",
    "Reader",
    "Token",
    "chain",
    "comparisons",
    "read_claim_text",
    "read_expression",
    "read_name",
    "tokens",
]
