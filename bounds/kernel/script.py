"""The lemmas of a generated file, in order, and the words that they share."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from bounds.certify.checker.conditions import conditions
from bounds.certify.checker.expression import Node
from bounds.certify.checker.pattern import Line
from bounds.certify.checker.region import Span
from bounds.certify.checker.verdict import Rejected
from bounds.kernel.equalities import equality
from bounds.kernel.facts import Facts
from bounds.kernel.terms import coq, name

Signs: TypeAlias = "list[int]"


@dataclass
class Script:
    """The lemmas of a file, in order.

    Attributes:
        lines: their text.
        count: how many there are.
    """

    lines: list[str] = field(default_factory=list)
    count: int = 0

    def lemma(self, statement: str, tactics: Sequence[str], why: str) -> str:
        """Add a lemma with a comment, and return its name."""
        self.count += 1
        label = f"step_{self.count}"
        body = "\n".join(f"  {line}" for line in tactics)
        self.lines.append(f"(* {why} *)\nLemma {label} : {statement}.\nProof.\n{body}\nQed.\n")
        return label


def bools(signs: Signs) -> str:
    """Signs as a list in Coq."""
    return "[" + "; ".join("true" if s > 0 else "false" for s in signs) + "]"


def bool_of(sign: int) -> str:
    """One sign in Coq."""
    return "true" if sign > 0 else "false"


def between(span: Span, x: str) -> str:
    """That x lies in an open interval."""
    low = None if span.low is None else coq(span.low, opened=True)
    high = None if span.high is None else coq(span.high, opened=True)
    if low is not None and high is not None:
        return f"{low} < {x} < {high}"
    return f"{low} < {x}" if low is not None else f"{x} < {high}" if high is not None else "True"


class Texts:
    """What proofs of patterns on intervals say of them, for a script."""

    def __init__(self, script: Script) -> None:
        self.script = script

    def function(self, line: Line, node: Node) -> str:
        """An expression as a function of the line's variable."""
        return f"(fun {name(line.name)} => {coq(node, opened=True)})"

    def interval(self, line: Line) -> str:
        """The line's interval as a set."""
        x = name(line.name)
        return f"(fun {x} => {between(line.span, x)})"

    def statement(self, line: Line, node: Node, signs: Signs) -> str:
        """That an expression has a pattern."""
        return f"pattern {self.function(line, node)} {bools(signs)} {self.interval(line)}"

    def opening(self, line: Line, nodes: Sequence[Node]) -> list[str]:
        """A point of the interval, and what is seen of expressions at it."""
        x = name(line.name)
        return [f"intros {x} Inside; cbv beta in Inside; apart; signs.", *self.known(line, nodes)]

    def known(self, line: Line, nodes: Sequence[Node]) -> list[str]:
        """What is seen of expressions at a point."""
        facts = Facts(line.region)
        asked: list[Node] = []
        for node in nodes:
            try:
                asked += [c.node for c in conditions(node, analytic=True)]
            except Rejected:
                asked += [c.node for c in conditions(node)]
            asked.append(node)
        return facts.of(asked)

    def derive(self, line: Line, h: Node, rate: Node) -> list[str]:
        """That the rate is the derivative on the interval, with `turns` as goal before it."""
        return [
            *self.opening(line, [h, rate]),
            "eapply D_eq; [derive | cbv beta].",
            *equality(line.region, None, rate),
        ]
