"""Proofs of a minute or more, kept beside the code that made them: read, and proved again in part.

A kept proof is a JSON file:

    {"schema": "kept/1", "proof": MODULE, "statement": ..., "evidence": ..., "code": {FILE: HASH},
     "engine": FLINT, "sha256": HASH}

`code` names every file of this package from which the proof's module imports a name, directly or
not, with its SHA-256. A kept proof is used only if its own hash fits, its statement is the one
asked for, these files are the same and as they were, FLINT is the same, and what its module proves
again of the evidence holds; otherwise everything is proved from scratch. Where it is not as it was
written, a `Notice` says so. Whoever alters a file can write a new hash, too. So a kept proof is
only for what takes a minute or more, any part of it may be drawn to be proved again, its user is
told how much was not (`LineProof.stored`, and the last line of `bounds verify`), and no number is
read from it.

    python -m bounds.certify.certificates.kept MODULE...

writes the files of the named modules anew (without names: of all), each from scratch. With the
environment variable BOUNDS_FROM_SCRATCH set, as `bounds verify --from-scratch` sets it, nothing
that is kept is read.
"""

from __future__ import annotations

import ast
import hashlib
import json
import os
import sys
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

import flint

from bounds.certify.certificates.seal import content_hash
from bounds.certify.errors import Inconclusive, InputError, Notice
from bounds.certify.io.files import write_whole

FROM_SCRATCH = "BOUNDS_FROM_SCRATCH"
"""The environment variable that has everything proved anew."""

PROOFS = ("bounds.lower.support_lines",)
"""The modules with a kept proof: each holds it as KEPT."""

_SCHEMA = "kept/1"
_PACKAGE = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Kept:
    """Where a module keeps its proof, and how it makes it.

    Attributes:
        module: the module's full name; the file lies beside it, with the ending .json.
        make: the statement and the evidence, proved from scratch; both plain data.
    """

    module: str
    make: Callable[[], tuple[Any, Any]]

    @property
    def path(self) -> Path:
        """The file."""
        return _file_of(self.module).with_suffix(".json")

    def read(self, statement: Any, check: Callable[[Any], None]) -> Any:
        """The evidence for a statement, if it is kept and holds.

        Args:
            statement: plain data: what is to be proved.
            check: proves a part of the evidence anew; it raises ValueError or Inconclusive where it
                does not hold.

        Returns:
            The evidence, or None: then the statement is to be proved from scratch.
        """
        if os.environ.get(FROM_SCRATCH) or not self.path.exists():
            return None
        try:
            kept = json.loads(self.path.read_text(encoding="utf-8"))
            if not isinstance(kept, dict):
                raise TypeError("no object")
            # step: a kept proof is as it was written [false 1/3]
            if kept["sha256"] != content_hash(kept) or kept["schema"] != _SCHEMA:
                raise ValueError("its hash differs")
            # step: it proves what is asked [false 1/3]
            if kept["proof"] != self.module or kept["statement"] != statement:
                return None
            # step: with the code as it is [false 3/3]
            # step: and the same FLINT [false 2/3]
            if kept["engine"] != flint.__FLINT_VERSION__ or kept["code"] != self.code():
                return None
            check(kept["evidence"])
        except (OSError, ValueError, TypeError, LookupError, RecursionError, Inconclusive) as why:
            warnings.warn(
                f"{self.path.name} is not as it was written ({why}): proved from scratch; to write"
                f" it again: python -m {__name__} {self.module}",
                Notice,
                stacklevel=2,
            )
            return None
        return kept["evidence"]

    def code(self) -> dict[str, str]:
        """The files that the proof is made by, each with its hash."""
        return {name: _hash(_PACKAGE.parent / name) for name in sorted(code_of(self.module))}

    def text(self) -> str:
        """What the file is to hold: everything proved from scratch."""
        statement, evidence = self.make()
        content = {
            "schema": _SCHEMA,
            "proof": self.module,
            "statement": statement,
            "evidence": evidence,
            "code": self.code(),
            "engine": flint.__FLINT_VERSION__,
        }
        content["sha256"] = content_hash(content)
        lines = (f"{json.dumps(name)}: {json.dumps(part)}" for name, part in content.items())
        return "{\n" + ",\n".join(lines) + "\n}\n"


@contextmanager
def from_scratch() -> Iterator[None]:
    """Read no kept proof within the block, nor in processes that are started there."""
    before = os.environ.get(FROM_SCRATCH)
    os.environ[FROM_SCRATCH] = "1"
    try:
        yield
    finally:
        if before is None:
            del os.environ[FROM_SCRATCH]
        else:
            os.environ[FROM_SCRATCH] = before


def kept_proof(module: str) -> Kept:
    """The kept proof of a module.

    Raises:
        InputError: it has none.
    """
    if module not in PROOFS:
        raise InputError(f"{module} keeps no proof: name one of {', '.join(PROOFS)}")
    kept: Kept = import_module(module).KEPT
    return kept


def changed_code(module: str) -> list[str]:
    """The files that are not as they were when the proof was made, by name."""
    proof = kept_proof(module)
    kept, now = json.loads(proof.path.read_text(encoding="utf-8"))["code"], proof.code()
    return sorted(name for name in kept.keys() | now.keys() if kept.get(name) != now.get(name))


def code_of(module: str) -> set[str]:
    """The files of this package from which a module imports names, directly or not, with itself."""
    found: dict[str, None] = {}
    waiting = [module]
    while waiting:
        path = _file_of(waiting.pop())
        name = path.relative_to(_PACKAGE.parent).as_posix()
        if name not in found:
            found[name] = None
            waiting += _imports(path)
    return set(found)


@cache
def _imports(path: Path) -> tuple[str, ...]:
    """The modules of this package that a file imports, read once in a process."""
    return tuple(_imported(path))


def _imported(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_bytes())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if _is_ours(alias.name))
        elif isinstance(node, ast.ImportFrom) and node.module and _is_ours(node.module):
            for alias in node.names:
                inner = f"{node.module}.{alias.name}"
                yield inner if _exists(inner) else node.module


def _is_ours(name: str) -> bool:
    return name.partition(".")[0] == _PACKAGE.name


def _exists(module: str) -> bool:
    place = _PACKAGE.parent.joinpath(*module.split("."))
    return place.with_suffix(".py").exists() or (place / "__init__.py").exists()


def _file_of(module: str) -> Path:
    place = _PACKAGE.parent.joinpath(*module.split("."))
    alone = place.with_suffix(".py")
    return alone if alone.exists() else place / "__init__.py"


_hashes: dict[Path, str] = {}


def _hash(path: Path) -> str:
    """The SHA-256 of a file, read once in a process."""
    if path not in _hashes:
        content = path.read_bytes() if path.is_file() else b""
        _hashes[path] = hashlib.sha256(content).hexdigest()
    return _hashes[path]


def main(modules: list[str]) -> None:
    """Write the kept proofs of these modules anew; of all where none is named."""
    for module in modules or PROOFS:
        kept = kept_proof(module)
        write_whole(kept.path, kept.text())
        print(f"written: {kept.path.name}")


if __name__ == "__main__":
    main(sys.argv[1:])
