import ast
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from certificate_builder import replaced, root_certificate

import bounds.certify.checker
import bounds.checker

HOMES = [Path(package.__file__).parent for package in (bounds.certify.checker, bounds.checker)]
FILES = sorted(path for home in HOMES for path in home.rglob("*.py"))
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
        own = f"{name}.".startswith(("bounds.checker.", "bounds.certify.checker."))
        assert own or name.split(".")[0] in ALLOWED - {"importlib", "imp"}, name


@pytest.mark.heavy
@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_nothing_is_imported_or_run_in_disguise(file):
    tree = ast.parse(file.read_text(encoding="utf-8"))
    names = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
    assert not names & {"__import__", "exec", "eval", "compile"}


@pytest.mark.heavy
def test_it_runs_alone(tmp_path):
    """These files in an empty package, the rest of the project out of reach."""
    root = tmp_path / "alone"
    for home, place in zip(HOMES, ("bounds/certify/checker", "bounds/checker"), strict=True):
        shutil.copytree(home, root / place)
        (root / place).parent.joinpath("__init__.py").touch()
    good, bad = tmp_path / "good.json", tmp_path / "bad.json"
    certificate = root_certificate("3")
    good.write_text(json.dumps(certificate), encoding="utf-8")
    bad.write_text(json.dumps(replaced(certificate, ("statement", "delta"), "4")), encoding="utf-8")

    def run(*words):
        code = "import sys; sys.modules['flint'] = sys.modules['mpmath'] = None; sys.argv[0] = ''; "
        code += "import runpy; runpy.run_module('bounds.checker', run_name='__main__')"
        environment = {**os.environ, "PYTHONPATH": str(root)}
        return subprocess.run(
            [sys.executable, "-c", code, *map(str, words)],
            env=environment, cwd=tmp_path, capture_output=True, text=True, check=False,
        )  # fmt: skip

    assert run(good).returncode == 0
    both = run(good, bad)
    assert both.returncode == 1
    assert [line.split(": ")[1] for line in both.stdout.splitlines()] == ["accepted", "rejected"]
    for words in ((), ("--help",), (tmp_path,), (tmp_path / "none.json",)):
        odd = run(*words)
        assert odd.returncode == 2
        assert odd.stderr.count("\n") == 1
        assert not odd.stdout
