"""A comparison of two expressions, and chains of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal, NoReturn, TypeAlias

from bounds.certify.errors import InputError
from bounds.certify.language.expression import Expr, substitute

Relation: TypeAlias = Literal["<", "<=", ">", ">=", "=", "!="]

REVERSED: Mapping[Relation, Relation] = {
    "<": ">",
    "<=": ">=",
    ">": "<",
    ">=": "<=",
    "=": "=",
    "!=": "!=",
}
"""The relation of the two sides when they change places."""

NEGATED: Mapping[Relation, Relation] = {
    "<": ">=",
    "<=": ">",
    ">": "<=",
    ">=": "<",
    "=": "!=",
    "!=": "=",
}
"""The relation that holds exactly where the other fails."""


@dataclass(frozen=True)
class Comparison:
    """left relation right, for real numbers."""

    left: Expr
    relation: Relation
    right: Expr

    @property
    def free(self) -> frozenset[str]:
        """The names of its variables."""
        return self.left.free | self.right.free

    @property
    def turned(self) -> Comparison:
        """The same with the sides exchanged: a < b is b > a."""
        return Comparison(self.right, REVERSED[self.relation], self.left)

    @property
    def negated(self) -> Comparison:
        """What holds exactly where this fails, both sides being defined."""
        return Comparison(self.left, NEGATED[self.relation], self.right)

    def at(self, place: Mapping[str, Expr]) -> Comparison:
        """The comparison with expressions in place of variables."""
        return Comparison(
            substitute(self.left, place), self.relation, substitute(self.right, place)
        )

    def __bool__(self) -> NoReturn:
        raise InputError("a comparison has no truth value: decide it")

    def __str__(self) -> str:
        return f"{self.left} {self.relation} {self.right}"


def chains(comparisons: Iterable[Comparison]) -> list[list[Comparison]]:
    """The comparisons in runs a < b < c: in each, one begins with the side where the last ends."""
    runs: list[list[Comparison]] = []
    for comparison in comparisons:
        if runs and runs[-1][-1].right is comparison.left:
            runs[-1].append(comparison)
        else:
            runs.append([comparison])
    return runs
