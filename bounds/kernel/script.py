"""The lemmas of a generated file, in order, and the words that they share."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from bounds.certify.checker.region import Span
from bounds.kernel.terms import coq

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
