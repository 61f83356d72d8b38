"""The nodes of an expression in the order in which they are evaluated, each once."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from bounds.certify.language.expression import BINDERS, CONSTANTS, Expr


class Program:
    """The nodes of an expression, each after its arguments.

    Attributes:
        nodes: the different nodes; the last one is the expression itself.
        steps: for each node, the node and the places of its arguments in the list. An integral or
            a sum has none here: its body has a variable of its own.
    """

    __slots__ = ("expr", "fixed", "nodes", "steps")

    def __init__(self, expr: Expr) -> None:
        self.expr = expr
        self.fixed: dict[int, list[Any]] = {}
        position: dict[Expr, int] = {}
        self.nodes: list[Expr] = []
        stack: list[tuple[Expr, bool]] = [(expr, False)]
        while stack:
            node, ready = stack.pop()
            if node in position:
                continue
            if ready:
                position[node] = len(self.nodes)
                self.nodes.append(node)
            else:
                stack.append((node, True))
                stack.extend((part, False) for part in parts(node) if part not in position)
        self.steps = [(node, tuple(position[part] for part in parts(node))) for node in self.nodes]


def parts(node: Expr) -> tuple[Expr, ...]:
    """The arguments that are evaluated before the node."""
    if node.head in ("number", "variable") or node.head in CONSTANTS or node.head in BINDERS:
        return ()
    return node.args


@lru_cache(maxsize=4096)
def compiled(expr: Expr) -> Program:
    """The program of an expression, made once."""
    return Program(expr)
