"""A proof with one step left out: the same function, with a piece of its text replaced."""

from __future__ import annotations
import __future__

import ast
import inspect
import textwrap
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any


@contextmanager
def dropped(function: Callable[..., Any], old: str, new: str) -> Iterator[None]:
    """The function without a step, wherever it has been imported to; whole again afterwards."""
    text = textwrap.dedent(inspect.getsource(function))
    assert text.count(old) == 1, f"{old!r} occurs {text.count(old)} times in {function}"
    room: dict[str, Any] = {}
    flags = __future__.annotations.compiler_flag
    exec(compile(text.replace(old, new), "<dropped>", "exec", flags), function.__globals__, room)
    whole = function.__code__
    function.__code__ = room[function.__name__].__code__
    try:
        yield
    finally:
        function.__code__ = whole


@contextmanager
def without(function: Callable[..., Any], old: str, new: str) -> Iterator[None]:
    """The function with another expression in place of one; how its text is laid out is no matter.

    The expression stands in it once, as docs/proof-steps.md demands.
    """
    tree = ast.parse(textwrap.dedent(inspect.getsource(function)))
    wanted = ast.dump(ast.parse(old, mode="eval").body)
    found = [node for node in ast.walk(tree) if ast.dump(node) == wanted]
    assert len(found) == 1, f"{old} occurs {len(found)} times in {function}"
    other = ast.parse(new, mode="eval").body

    class Swap(ast.NodeTransformer):
        def visit(self, node: ast.AST) -> Any:
            return other if node is found[0] else super().visit(node)

    text = ast.unparse(Swap().visit(tree))
    room: dict[str, Any] = {}
    flags = __future__.annotations.compiler_flag
    exec(compile(text, "<dropped>", "exec", flags), function.__globals__, room)
    whole = function.__code__
    function.__code__ = room[function.__name__].__code__
    try:
        yield
    finally:
        function.__code__ = whole
