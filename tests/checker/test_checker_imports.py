import ast
import sys
from pathlib import Path

import pytest

import bounds.checker

FILES = sorted(Path(bounds.checker.__file__).parent.rglob("*.py"))
ALLOWED = {*sys.stdlib_module_names, "gmpy2"}


def _imported(tree: ast.AST) -> list[str]:
    names = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "relative imports hide where they lead"
            names.append(node.module)
    return names


def test_there_are_files():
    assert len(FILES) > 10


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_only_the_standard_library_and_gmpy2(file):
    tree = ast.parse(file.read_text(encoding="utf-8"))
    for name in _imported(tree):
        own = name == "bounds.checker" or name.startswith("bounds.checker.")
        assert own or name.split(".")[0] in ALLOWED - {"importlib", "imp"}, name


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_nothing_is_imported_or_run_in_disguise(file):
    tree = ast.parse(file.read_text(encoding="utf-8"))
    names = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
    assert not names & {"__import__", "exec", "eval", "compile"}
