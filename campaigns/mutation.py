"""Small errors that a program may have, one at a time: what `campaigns.mutants` seeds.

A mutant swaps + and −, · and /, an order sign for its neighbours, `and` and `or`, or the two
arguments of a call; changes a number by one in its last digit, in a string too ("8.1e-6"); or drops
a minus. Left alone are f-strings (messages), annotations, and what a claim says of its own seeded
errors and figures.
"""

from __future__ import annotations

import ast
import copy
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

_SWAPS: dict[type, tuple[type, ...]] = {
    ast.Add: (ast.Sub,),
    ast.Sub: (ast.Add,),
    ast.Mult: (ast.Div,),
    ast.Div: (ast.Mult,),
    ast.Lt: (ast.LtE, ast.Gt),
    ast.LtE: (ast.Lt, ast.GtE),
    ast.Gt: (ast.GtE, ast.Lt),
    ast.GtE: (ast.Gt, ast.LtE),
    ast.And: (ast.Or,),
    ast.Or: (ast.And,),
    ast.BitAnd: (ast.BitOr,),
    ast.BitOr: (ast.BitAnd,),
}
_NUMBER = re.compile(r"(-?[\d/.]*)(\d)((?:e[+-]?\d+)?)", re.ASCII)
_SYMMETRIC = {"defined_as", "isinstance", "max", "min", "same"}
_LEFT_ALONE = {"seeded", "figure", "latex", "rests_on"}


@dataclass(frozen=True)
class Mutant:
    """One error.

    Attributes:
        file: the file, relative to the root of the repository.
        line: where it is.
        change: the expression before and after; a number is shown with what is around it.
        parts: the file's syntax tree, the expression, and what stands in its place.
    """

    file: str
    line: int
    change: str
    parts: tuple[ast.Module, ast.expr, ast.expr] = field(repr=False, compare=False)

    def source(self) -> str:
        """The file with the error in it."""
        tree, place, altered = self.parts
        with _replaced(tree, place, altered):
            return ast.unparse(tree) + "\n"


def mutants(file: str, source: str) -> Iterator[Mutant]:
    """All mutants of a file, in a fixed order."""
    tree = ast.parse(source)
    for place, around in _places(tree, tree):
        for altered in _altered(place):
            known = isinstance(place, ast.Constant) and len(_text(around)) <= 80
            before = _text(around if known else place)
            with _replaced(around, place, altered):
                after = _text(around if known else altered)
            yield Mutant(file, place.lineno, f"{before} -> {after}", (tree, place, altered))


@contextmanager
def _replaced(tree: ast.AST, place: ast.expr, altered: ast.expr) -> Iterator[None]:
    _Replace(place, altered).visit(tree)
    try:
        yield
    finally:
        _Replace(altered, place).visit(tree)


def _text(node: ast.AST) -> str:
    text = " ".join(ast.unparse(node).split())
    return text if len(text) <= 120 else text[:117] + "..."


def _places(node: ast.AST, around: ast.AST) -> Iterator[tuple[ast.expr, ast.AST]]:
    if isinstance(node, ast.JoinedStr) or (
        isinstance(node, ast.keyword) and node.arg in _LEFT_ALONE
    ):
        return
    if isinstance(node, ast.expr):
        yield node, around
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
        return  # a docstring
    for name, value in ast.iter_fields(node):
        if name not in ("annotation", "returns"):
            for child in value if isinstance(value, list) else [value]:
                if isinstance(child, ast.AST):
                    yield from _places(child, node)


def _altered(node: ast.expr) -> Iterator[ast.expr]:
    """The expression with each of its own errors."""
    match node:
        case ast.BinOp() | ast.BoolOp():
            for other in _SWAPS.get(type(node.op), ()):
                yield _copy(node, op=other())
        case ast.Compare():
            for index, sign in enumerate(node.ops):
                for other in _SWAPS.get(type(sign), ()):
                    yield _copy(node, ops=[*node.ops[:index], other(), *node.ops[index + 1 :]])
        case ast.UnaryOp(op=ast.USub()):
            yield copy.deepcopy(node.operand)
        case ast.Call(args=[first, second], keywords=[]) if (
            not isinstance(first, ast.Starred)
            and not isinstance(second, ast.Starred)
            and ast.dump(first) != ast.dump(second)
            and ast.unparse(node.func) not in _SYMMETRIC
        ):
            yield _copy(node, args=[second, first])
        case ast.Constant(value=bool() | None):
            pass
        case ast.Constant(value=int() | float() | str()):
            match = _NUMBER.fullmatch(str(node.value))
            if match:
                head, digit, tail = match.groups()
                for step in (1, -1):
                    if 0 <= int(digit) + step <= 9:
                        text = f"{head}{int(digit) + step}{tail}"
                        yield _copy(node, value=type(node.value)(text))


def _copy(node: ast.expr, **fields: object) -> ast.expr:
    altered = copy.copy(node)
    for name, value in fields.items():
        setattr(altered, name, value)
    return altered


class _Replace(ast.NodeTransformer):
    def __init__(self, place: ast.expr, altered: ast.expr) -> None:
        self.place, self.altered = place, altered

    def visit(self, node: ast.AST) -> ast.AST:
        return self.altered if node is self.place else super().visit(node)
