"""What claims may abbreviate: `[define]` of a ledger, put in before the engine reads a text.

A definition is a constant, `c0 = "1.03883"`, or has parameters, `"psi(x)" = "exp(-x^2/2)/x"`. It
may use others that do not lead back to it. Arguments are put in with brackets around them; a
definition with an integral or a sum refuses arguments that hold its bound variable.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from bounds.certify.errors import BoundsError, InputError
from bounds.certify.language.expression import BINDERS, CONSTANTS, Expr
from bounds.certify.language.functions import (
    ABBREVIATIONS,
    FUNCTIONS,
    MAY_BE_VARIABLES,
    WORDS,
)
from bounds.certify.quantities.proving import read_expression
from proofs_check.audit.ledger.source import Source

_HEAD = re.compile(r"([A-Za-z][A-Za-z0-9_]*)\s*(?:\(([^()]*)\))?")
_TOKEN = re.compile(r"\d+(?:\.\d*)?(?:[eE][+-]?\d+)?|\.\d+|[A-Za-z][A-Za-z0-9_]*|\s+|.", re.DOTALL)
_TAKEN = (FUNCTIONS - (MAY_BE_VARIABLES & set(ABBREVIATIONS))) | {*CONSTANTS, *WORDS}
"""Names that mean something to the engine; psi, W and Gamma may be a paper's own."""

_DEEPEST, _LONGEST = 30, 100_000


@dataclass(frozen=True)
class Abbreviation:
    """A definition.

    Attributes:
        name: how it is called.
        parameters: the names that arguments are put in for; None for a constant.
        body: what it stands for, as text.
        bound: the names that an integral or a sum in it binds.
    """

    name: str
    parameters: tuple[str, ...] | None
    body: str
    bound: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Abbreviations:
    """All definitions of a ledger, by name."""

    known: Mapping[str, Abbreviation]

    def expanded(self, text: str) -> str:
        """The text without abbreviations.

        Raises:
            InputError: a definition is used with another number of arguments, leads back to itself,
                or binds a variable of an argument.
        """
        if "\\" in text or not self.known:  # LaTeX has its own reader
            return text
        return self._expanded(text, 0)

    def _expanded(self, text: str, depth: int) -> str:
        if depth > _DEEPEST:
            raise InputError("a definition leads back to itself: write one of them out")
        if len(text) > _LONGEST:
            raise InputError(f"with its definitions it has over {_LONGEST:,} letters: shorten it")
        tokens = _TOKEN.findall(text)
        made, at = [], 0
        while at < len(tokens):
            known = self.known.get(tokens[at])
            at += 1
            if known is None:
                made.append(tokens[at - 1])
            elif known.parameters is None:
                made.append(f"({self._expanded(known.body, depth + 1)})")
            else:
                given, at = _arguments(tokens, at, known)
                put = [self._expanded(one.strip(), depth + 1) for one in given]
                made.append(f"({self._expanded(_put_in(known, put), depth + 1)})")
        return "".join(made)


def _arguments(tokens: list[str], at: int, known: Abbreviation) -> tuple[list[str], int]:
    """The arguments of a call that begins at a token, and where it ends."""
    assert known.parameters is not None
    usage = f"{known.name}({', '.join(known.parameters)})"
    while at < len(tokens) and tokens[at].isspace():
        at += 1
    if at == len(tokens) or tokens[at] != "(":
        raise InputError(f"{known.name} is defined with arguments: write {usage}")
    given, depth = [""], 0
    for place in range(at, len(tokens)):
        token = tokens[place]
        depth += (token in "([{") - (token in ")]}")
        if depth == 0:
            if len(given) != len(known.parameters):
                raise InputError(f"{usage} is called with {len(given)} arguments")
            return given, place + 1
        if token == "," and depth == 1:
            given.append("")
        elif place > at:
            given[-1] += token
    raise InputError(f"the bracket after {known.name} is not closed")


def _put_in(known: Abbreviation, given: list[str]) -> str:
    """The body with arguments for parameters.

    Raises:
        InputError: an argument holds a variable that the body binds.
    """
    assert known.parameters is not None
    for argument in given:
        if caught := known.bound.intersection(_TOKEN.findall(argument)):
            (name, *_) = sorted(caught)
            raise InputError(
                f"{known.name} binds {name}, which its argument {argument[:40]!r} holds: rename it"
                " in the definition"
            )
    put = dict(zip(known.parameters, given, strict=True))
    return "".join(
        f"({put[token]})" if token in put else token for token in _TOKEN.findall(known.body)
    )


def read_abbreviations(source: Source) -> Abbreviations:
    """The definitions of a ledger, each of which the engine reads.

    Raises:
        LedgerError: one is not read, or has a name that is taken.
    """
    table, known = source.define, dict[str, Abbreviation]()
    for head, body in table.data.items():
        match = _HEAD.fullmatch(head.strip())
        if match is None or not isinstance(body, str):
            raise source.error(
                f"{head[:60]!r}: a definition is a name or a call, with its text in quotes, as in"
                ' "psi(x)" = "exp(-x^2/2)/x"',
                table,
                head,
            )
        name, inner = match.groups()
        if name in _TAKEN or name in known:
            raise source.error(f"the name {name} is taken: choose another one", table, head)
        names = None if inner is None else tuple(part.strip() for part in inner.split(","))
        if names is not None and not _are_names(names):
            raise source.error(f"{head[:60]!r}: parameters are different names", table, head)
        known[name] = Abbreviation(name, names, body)
    for head, name in zip(table.data, list(known), strict=True):
        one = known[name]
        try:
            read = read_expression(Abbreviations(known).expanded(one.body))
        except BoundsError as wrong:
            raise source.placed(wrong, table, head) from None
        known[name] = Abbreviation(name, one.parameters, one.body, _bound(read))
    return Abbreviations(known)


def _are_names(names: tuple[str, ...]) -> bool:
    return len(set(names)) == len(names) and all(
        re.fullmatch(r"[A-Za-z][A-Za-z0-9_]*", name) and name not in FUNCTIONS for name in names
    )


def _bound(e: Expr) -> frozenset[str]:
    """The names that integrals and sums in an expression bind."""
    found: frozenset[str] = frozenset()
    waiting = [e]
    while waiting:
        node = waiting.pop()
        parts = [part for part in node.args if isinstance(part, Expr)]
        if node.head in BINDERS:
            found |= {parts[1].args[0]}
        waiting += parts
    return found
