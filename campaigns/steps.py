"""Every step of the proofs, dropped by itself: does the test that docs/proof-steps.md names notice?

    python -m campaigns.steps [WORD...] [--jobs N]

The list names for each step the function, the condition or enclosure that makes it, what stands in
its place when the step is dropped, and a test. Here each step is dropped in a copy of the
repository and its test run: it must fail. With words, only steps are tried in whose line one of
them stands. The exit status is 1 if a test passes without its step.
"""

from __future__ import annotations

import argparse
import ast
import copy
import re
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from bounds.certify.errors import InputError
from campaigns.mutants import ROOT, Trees

LIST = ROOT / "docs" / "proof-steps.md"
_HEADING = re.compile(r"#+ .*?`((?:bounds|proofs_check)/[\w/]+\.py)`")
_ROW = re.compile(
    r"\| (?P<what>.+?) \| `(?P<function>[\w.]+)` \| `(?P<old>.+?)` → `(?P<new>.+?)` \|"
    r" `(?P<test>[^`]+)` \|"
)


@dataclass(frozen=True)
class Step:
    """One step of a proof.

    Attributes:
        file: the file that it is in.
        what: what it is, in words.
        function: the function that it is in, with its class.
        old: the condition or expression that makes the step.
        new: what stands in its place when the step is dropped.
        test: the test that then fails, as a path and a name.
    """

    file: str
    what: str
    function: str
    old: str
    new: str
    test: str

    def dropped(self) -> str:
        """The file's source without the step.

        Raises:
            InputError: the file has no such function, or the step does not stand in it just once.
        """
        tree = ast.parse((ROOT / self.file).read_text("utf-8"))
        return ast.unparse(_Swap(self.place_in(tree), _expression(self.new)).visit(tree)) + "\n"

    def place_in(self, tree: ast.AST) -> ast.AST:
        """Where the step stands in the file's tree.

        Raises:
            InputError: the file has no such function, or the step does not stand in it just once.
        """
        step = _expression(self.old)
        wanted = ast.dump(step)
        alike = (n for n in ast.walk(_function(tree, self.function)) if type(n) is type(step))
        found = [node for node in alike if ast.dump(node) == wanted]
        if len(found) != 1:
            raise InputError(
                f"`{self.old}` stands {len(found)} times in {self.function} of {self.file}, and is"
                " to stand there once: bring docs/proof-steps.md up to date"
            )
        return found[0]

    def alters(self) -> bool:
        """Whether what stands in its place is another expression."""
        return ast.dump(_expression(self.old)) != ast.dump(_expression(self.new))


class _Swap(ast.NodeTransformer):
    def __init__(self, place: ast.AST, altered: ast.expr) -> None:
        self.place, self.altered = place, altered

    def visit(self, node: ast.AST) -> ast.AST:
        if node is self.place:
            return copy.deepcopy(self.altered)
        found: ast.AST = super().visit(node)
        return found


def _expression(text: str) -> ast.expr:
    return ast.parse(text, mode="eval").body


def _function(tree: ast.AST, name: str) -> ast.AST:
    for part in name.split("."):
        inside = ast.walk(tree)
        kinds = (ast.FunctionDef, ast.ClassDef)
        found = [node for node in inside if isinstance(node, kinds) and node.name == part]
        if not found:
            raise InputError(f"there is no {name}: bring docs/proof-steps.md up to date")
        tree = found[0]
    return tree


def steps() -> list[Step]:
    """The steps of docs/proof-steps.md.

    Raises:
        InputError: a line of its tables is not a step.
    """
    file, found = "", []
    for line in LIST.read_text("utf-8").splitlines():
        if heading := _HEADING.match(line):
            file = heading[1]
        elif line.startswith("#"):
            file = ""
        elif file and line.startswith("| ") and not line.startswith(("| step", "| ---")):
            row = _ROW.fullmatch(line)
            if row is None:
                raise InputError(f"docs/proof-steps.md has a line that is no step: {line:.80}")
            found.append(Step(file, **row.groupdict()))
    return found


def main(words: list[str] | None = None) -> int:
    """Drop every step, run its test, and print those that are not noticed."""
    parser = argparse.ArgumentParser(prog="python -m campaigns.steps", description=__doc__)
    parser.add_argument("words", nargs="*", metavar="WORD")
    parser.add_argument("--jobs", type=int, default=1)
    arguments = parser.parse_args(words)
    chosen = [
        step
        for step in steps()
        if not arguments.words or any(word in str(step) for word in arguments.words)
    ]
    passed = 0
    with tempfile.TemporaryDirectory() as folder, ThreadPoolExecutor(arguments.jobs) as pool:
        trees = Trees(Path(folder), arguments.jobs)
        honest = {step.test: step for step in chosen}

        def kept(step: Step) -> str:
            return trees.judge(step.file, (ROOT / step.file).read_text("utf-8"), tests=[step.test])

        for test, outcome in zip(honest, pool.map(kept, honest.values()), strict=True):
            if outcome != "survived":
                raise InputError(f"with every step in place, {test} does not pass")

        def without(step: Step) -> str:
            return trees.judge(step.file, step.dropped(), 120, [step.test])

        for step, outcome in zip(chosen, pool.map(without, chosen), strict=True):
            if outcome == "survived":
                passed += 1
                print(f"not noticed: {step.file}: {step.what}: {step.test}", flush=True)
    print(f"{len(chosen)} steps dropped, one at a time: {len(chosen) - passed} noticed")
    return 1 if passed else 0


if __name__ == "__main__":
    sys.exit(main())
