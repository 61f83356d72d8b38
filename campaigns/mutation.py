"""Small errors that a program may have, one at a time: what `campaigns.mutants` seeds.

A mutant swaps + and −, · and /, an order sign for its neighbours, `and` and `or`, the two
arguments of a call, the lower end of a ball and the upper, or the lesser of two and the greater;
changes a number by one in its last digit, in a string too ("8.1e-6"); or drops a minus, one operand
of `and` or `or`, one comparison of a chain, an end, what a ball is joined with, or a whole
statement: an `if` without `else`, a `raise`, a call, a `+=`. Left alone are f-strings (messages),
annotations, and what a claim says of its own seeded errors and figures.
"""

from __future__ import annotations

import ast
import copy
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TypeAlias

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
_SYMMETRIC = {"add", "defined_as", "isinstance", "max", "min", "mul", "same", "union"}
_ENDS = {"lower": "upper", "upper": "lower", "abs_lower": "abs_upper", "abs_upper": "abs_lower"}
_OF_TWO = {"max": "min", "min": "max", "union": None, "intersection": None}
_LEFT_ALONE = {"seeded", "figure", "latex", "rests_on"}


_Node: TypeAlias = ast.expr | ast.stmt


@dataclass(frozen=True)
class Mutant:
    """One error.

    Attributes:
        file: the file, relative to the root of the repository.
        line: where it is.
        within: the function that it is in, with the class or function around that, or "".
        change: the expression before and after; a number is shown with what is around it.
        parts: the file's syntax tree, the expression or statement, and what stands in its place.
    """

    file: str
    line: int
    within: str
    change: str
    parts: tuple[ast.Module, _Node, _Node] = field(repr=False, compare=False)

    def source(self) -> str:
        """The file with the error in it."""
        tree, place, altered = self.parts
        with replaced(tree, place, altered):
            return ast.unparse(tree) + "\n"


def mutants(file: str, source: str) -> Iterator[Mutant]:
    """All mutants of a file, in a fixed order."""
    tree = ast.parse(source)
    named = list(scopes(tree, ""))
    for place, around in _places(tree, tree):
        within = max(
            (name for first, last, name in named if first <= place.lineno <= last), key=len
        )
        if isinstance(place, ast.stmt):
            change = f"{_text(place)} -> nothing"
            yield Mutant(file, place.lineno, within, change, (tree, place, ast.Pass()))
            continue
        for altered in _altered(place):
            known = isinstance(place, ast.Constant) and len(_text(around)) <= 80
            before = _text(around if known else place)
            with replaced(around, place, altered):
                after = _text(around if known else altered)
            change = f"{before} -> {after}"
            yield Mutant(file, place.lineno, within, change, (tree, place, altered))


def scopes(node: ast.AST, name: str) -> Iterator[tuple[int, int, str]]:
    """First line, last line and name of every function and class, and of the whole."""
    if isinstance(node, ast.Module):
        yield 0, 1 << 30, ""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.FunctionDef | ast.ClassDef):
            inner = f"{name}.{child.name}" if name else child.name
            yield child.lineno, child.end_lineno or child.lineno, inner
            yield from scopes(child, inner)
        else:
            yield from scopes(child, name)


@contextmanager
def replaced(tree: ast.AST, place: ast.AST, altered: ast.AST) -> Iterator[None]:
    """Something else in a place of a syntax tree, for a while."""
    _Replace(place, altered).visit(tree)
    try:
        yield
    finally:
        _Replace(altered, place).visit(tree)


def _text(node: ast.AST) -> str:
    text = " ".join(ast.unparse(node).split())
    return text if len(text) <= 120 else text[:117] + "..."


def _places(node: ast.AST, around: ast.AST) -> Iterator[tuple[ast.expr | ast.stmt, ast.AST]]:
    if isinstance(node, ast.JoinedStr) or (
        isinstance(node, ast.keyword) and node.arg in _LEFT_ALONE
    ):
        return
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
        return  # a docstring
    if isinstance(node, ast.expr) or (isinstance(node, ast.stmt) and _may_go(node, around)):
        yield node, around
    for name, value in ast.iter_fields(node):
        if name not in ("annotation", "returns"):
            for child in value if isinstance(value, list) else [value]:
                if isinstance(child, ast.AST):
                    yield from _places(child, node)


def _may_go(node: ast.stmt, around: ast.AST) -> bool:
    """Whether a statement may be left out, and the `if` around it does not go with it alone."""
    match node:
        case ast.If(orelse=[]) | ast.AugAssign() | ast.Expr(value=ast.Call()):
            return True
        case ast.Raise():
            return not (isinstance(around, ast.If) and around.body == [node] and not around.orelse)
    return False


def _altered(node: ast.expr) -> Iterator[ast.expr]:
    """The expression with each of its own errors."""
    match node:
        case ast.BinOp() | ast.BoolOp():
            for other in _SWAPS.get(type(node.op), ()):
                yield _copy(node, op=other())
            if isinstance(node, ast.BoolOp):
                for index in range(len(node.values)):
                    kept = [*node.values[:index], *node.values[index + 1 :]]
                    yield _copy(node, values=kept) if len(kept) > 1 else copy.deepcopy(kept[0])
        case ast.Compare():
            for index, sign in enumerate(node.ops):
                for other in _SWAPS.get(type(sign), ()):
                    yield _copy(node, ops=[*node.ops[:index], other(), *node.ops[index + 1 :]])
            if len(node.ops) > 1:
                yield _copy(node, ops=node.ops[:-1], comparators=node.comparators[:-1])
                first, *rest = node.comparators
                yield _copy(node, left=first, ops=node.ops[1:], comparators=rest)
        case ast.Call(func=ast.Attribute(attr=name) as method, args=[], keywords=[]) if (
            name in _ENDS
        ):
            yield _copy(node, func=_copy(method, attr=_ENDS[name]))
            yield copy.deepcopy(method.value)
            if name.startswith("abs_"):
                end = _copy(node, func=_copy(method, attr=name.removeprefix("abs_")))
                yield ast.Call(ast.Name("abs", ast.Load()), [end], [])
        case ast.Call(func=ast.Attribute(attr=name) as method, args=[_], keywords=[]) if (
            name in _OF_TWO
        ):
            if other_name := _OF_TWO[name]:
                yield _copy(node, func=_copy(method, attr=other_name))
            yield copy.deepcopy(method.value)
        case ast.Call(func=ast.Name(id="max" | "min" as name)):
            yield _copy(node, func=ast.Name("min" if name == "max" else "max", ast.Load()))
        case ast.UnaryOp(op=ast.USub()):
            yield copy.deepcopy(node.operand)
        case ast.Call(args=[first, second], keywords=[]) if (
            not isinstance(first, ast.Starred)
            and not isinstance(second, ast.Starred)
            and ast.dump(first) != ast.dump(second)
            and ast.unparse(node.func).split(".")[-1] not in _SYMMETRIC
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
    def __init__(self, place: ast.AST, altered: ast.AST) -> None:
        self.place, self.altered = place, altered

    def visit(self, node: ast.AST) -> ast.AST:
        return self.altered if node is self.place else super().visit(node)
