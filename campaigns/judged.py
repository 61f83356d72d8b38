"""Mutants that were looked at and do no harm: by a mark in the source, or by a hash.

    # equivalent mutants: it only guesses where a root is, and the Krawczyk test proves it
    def _guess(...):

A mark stands above a function, and is not about functions inside it; in the first line of a file it
is about the whole file. A single change is judged in judged_mutants.json, under its kind, a
reason and a hash (see `key_of`), which `python -m campaigns.mutants` prints with each survivor. The
hash is made of the statement before and after the change, of the heads of what is around it, and of
the statements beside it, all without names: so a function may be renamed or go to another file, and
its judgements go with it. When the statement itself changes, it is to be judged again.

    python -m campaigns.judged

drops the hashes that are of no mutant of today (one or two minutes).
"""

from __future__ import annotations

import ast
import builtins
import hashlib
import json
import sys
from collections.abc import Iterator, Set
from dataclasses import asdict, dataclass, replace
from functools import cache
from pathlib import Path

from bounds.certify.errors import InputError
from campaigns.mutation import Mutant, mutants, scopes

ROOT = Path(__file__).parent.parent
LIST = Path(__file__).with_name("judged_mutants.json")
SIGN = "# equivalent mutants: "

KINDS = {
    "same": "computes the same",
    "less": "proves less: it refuses more, or encloses more widely",
    "guess": "changes a start value or guess, whose result is proved afterwards",
    "effort": "changes a budget, a precision or an order of search: how soon an answer comes",
    "room": "another constant or bound that is as true: the proof has room to spare",
    "words": "changes what a message says",
}
"""What a judged change may be."""

_Part = ast.stmt | ast.match_case | ast.ExceptHandler
_Scope = ast.FunctionDef | ast.ClassDef
_INNER = ("body", "orelse", "finalbody", "handlers", "cases")
_IDLE = ("ctx", "kind", "type_comment", "annotation", "returns")
_BUILT_IN = frozenset(dir(builtins))


@dataclass(frozen=True)
class Judgement:
    """Why some changes do no harm.

    Attributes:
        kind: one of `KINDS`.
        reason: why, in words.
        changes: the hashes of the changes.
    """

    kind: str
    reason: str
    changes: tuple[str, ...]


def judgements() -> list[Judgement]:
    """The list."""
    entries = json.loads(LIST.read_text("utf-8"))
    return [Judgement(e["kind"], e["reason"], tuple(e["changes"])) for e in entries]


@cache
def _hashes() -> frozenset[str]:
    return frozenset(key for entry in judgements() for key in entry.changes)


def is_judged(mutant: Mutant) -> bool:
    """Whether it is on the list, or in a function or file with a mark."""
    return is_marked(mutant) or key_of(mutant) in _hashes()


def is_marked(mutant: Mutant) -> bool:
    """Whether a mark is about the function or the file that it is in."""
    return bool({mutant.within, None} & marked(mutant.file))


@cache
def marked(file: str) -> frozenset[str | None]:
    """The functions of a file that have a mark; None if the file has one."""
    return frozenset(marked_in(file, (ROOT / file).read_text("utf-8")))


def marked_in(file: str, text: str) -> Iterator[str | None]:
    """The same for a source.

    Raises:
        InputError: a mark is neither above a function nor in the first line of the file.
    """
    lines = text.splitlines()
    signs = [number for number, line in enumerate(lines, 1) if line.strip().startswith(SIGN)]
    if not signs:
        return
    functions = {first: name for first, _, name in scopes(ast.parse(text), "") if name}
    for sign in signs:
        below = sign + 1
        while below <= len(lines) and lines[below - 1].strip().startswith(("#", "@")):
            below += 1
        if sign == 1:
            yield None
        elif below in functions:
            yield functions[below]
        else:
            raise InputError(f"{file}:{sign}: such a mark stands above a function, or in line 1")


def key_of(mutant: Mutant) -> str:
    """The hash under which a change is judged; outside of functions, names and file are in it."""
    tree, place, altered = mutant.parts
    around = list(_around(tree, place))
    own = next(part for part in around if isinstance(part, _Part))
    outer = [part for part in around if isinstance(part, _Part) and part is not own]
    free = not any(isinstance(part, _Scope) for part in outer)
    names: dict[str, str] | None = None if free else {}
    words = [mutant.file] if free else []
    words += [_shape(own, names, own, own), _shape(own, names, place, altered)]
    words += [_shape(part, None if free else {}, part, part) for part in [*outer, *_beside(around)]]
    return hashlib.sha256("\n".join(words).encode()).hexdigest()[:16]


def _around(tree: ast.Module, place: ast.AST) -> Iterator[ast.AST]:
    """A node, what it is in, and so on outward."""
    parents = _parents(tree)
    node: ast.AST | None = place
    while node is not None:
        yield node
        node = parents.get(node)


@cache
def _parents(tree: ast.Module) -> dict[ast.AST, ast.AST]:
    return {child: node for node in ast.walk(tree) for child in ast.iter_child_nodes(node)}


def _beside(around: list[ast.AST]) -> list[ast.AST]:
    """The statements before and after, in a function or class."""
    own = next(part for part in around if isinstance(part, _Part))
    outer = around[around.index(own) + 1]
    for name in () if isinstance(outer, ast.Module) else _INNER:
        inside = getattr(outer, name, [])
        if own in inside:
            number = inside.index(own)
            return [*inside[max(0, number - 1) : number], *inside[number + 1 : number + 2]]
    return []


def _shape(node: ast.AST, names: dict[str, str] | None, place: ast.AST, altered: ast.AST) -> str:
    """The head of a statement in words, with something in a place of it, names by their order."""
    found: list[str] = []

    def name(text: str) -> str:
        return text if names is None else names.setdefault(text, f"name {len(names)}")

    def walk(part: object) -> None:
        if part is place:
            part = altered
        match part:
            case list():
                found.append("[")
                for item in part:
                    walk(item)
                found.append("]")
            case ast.Name(id=text):
                found.append(text if text in _BUILT_IN else name(text))
            case ast.AST():
                found.append(type(part).__name__)
                for field, value in ast.iter_fields(part):
                    if field in _IDLE or (isinstance(part, _Part) and field in _INNER):
                        continue
                    own = (field == "name" and isinstance(part, _Part)) or (
                        field == "arg" and isinstance(part, ast.arg)
                    )
                    private = field == "attr" and value.startswith("_")
                    found.append(field)
                    walk(name(value) if value and (own or private) else value)
            case _:
                found.append(repr(part))

    walk(node)
    return " ".join(found)


def without_idle(entries: list[Judgement], found: Set[str]) -> list[Judgement]:
    """The entries with those of their hashes that are among the found."""
    left = [
        replace(entry, changes=tuple(key for key in entry.changes if key in found))
        for entry in entries
    ]
    return [entry for entry in left if entry.changes]


def main() -> int:
    """Drop the hashes that are of no mutant of today."""
    entries = judgements()
    files = [path for room in ("bounds", "proofs_check") for path in (ROOT / room).rglob("*.py")]
    names = [str(path.relative_to(ROOT)) for path in files]
    every = (m for name in names for m in mutants(name, (ROOT / name).read_text("utf-8")))
    left = without_idle(entries, {key_of(mutant) for mutant in every})
    text = json.dumps([asdict(entry) for entry in left], indent=1, ensure_ascii=False)
    LIST.write_text(text + "\n", "utf-8")
    before, after = (sum(len(entry.changes) for entry in some) for some in (entries, left))
    print(f"{before - after} of {before} judgements are of no mutant of today: dropped")
    return 0


if __name__ == "__main__":
    sys.exit(main())
