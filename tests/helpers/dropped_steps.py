"""A proof with one step left out, for a while: its function has the code that is without it."""

from __future__ import annotations
import __future__

import ast
import importlib
import inspect
from collections.abc import Iterator
from contextlib import contextmanager
from types import CodeType, FunctionType
from typing import Any

from campaigns.marks import Step, step_named


@contextmanager
def dropped(name: str) -> Iterator[None]:
    """The project without the step of that name (see `campaigns.marks`); whole again afterwards."""
    step = step_named(name)
    module = importlib.import_module(step.file.removesuffix(".py").replace("/", "."))
    path = path_to(step)
    assert path, f"{step.file}:{step.line}: a step outside of all functions cannot be dropped so"
    function = _function(module, [node.name for node in path])
    whole = function.__code__
    function.__code__ = _code(step, path)
    try:
        yield
    finally:
        function.__code__ = whole


def path_to(step: Step) -> list[Any]:
    """The classes, and at last the function, in which a step stands; none at the top of a file."""
    path: list[Any] = []
    node: ast.AST = step.tree
    while not isinstance(node, ast.FunctionDef):
        inside = (c for c in ast.iter_child_nodes(node) if step.statement in ast.walk(c))
        node = next(inside)
        if node is step.statement and not isinstance(node, ast.FunctionDef | ast.ClassDef):
            return []
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            path.append(node)
    return path


def _function(module: Any, names: list[str]) -> FunctionType:
    found: Any = module
    for name in names:
        found = inspect.getattr_static(found, name)
    for wrapping in ("__func__", "fget", "func"):  # of a class or static method, a property
        if not isinstance(found, FunctionType):
            found = getattr(found, wrapping, found)
    found = inspect.unwrap(found)
    assert isinstance(found, FunctionType)
    return found


def _code(step: Step, path: list[Any]) -> CodeType:
    """The code of a function without the step, as it stands in its class."""
    function = step.without(path[-1])
    assert isinstance(function, ast.FunctionDef)
    function.decorator_list = []
    part: ast.stmt = function
    for node in reversed(path[:-1]):
        part = ast.ClassDef(node.name, [], [], [part], [])
    tree = ast.fix_missing_locations(ast.Module([part], []))
    flags = __future__.annotations.compiler_flag
    code = compile(tree, step.file, "exec", flags, dont_inherit=True)
    for node in path:
        parts = (part for part in code.co_consts if isinstance(part, CodeType))
        code = next(part for part in parts if part.co_name == node.name)
    return code
