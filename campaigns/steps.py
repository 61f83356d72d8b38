"""Every step of the proofs, dropped by itself: does a test notice?

    python -m campaigns.steps [WORD...] [--jobs N]
    python -m campaigns.steps --list

Steps are named by marks in the source (see `campaigns.marks`), and a test says which of them it
needs: `@pytest.mark.step("the ball is finite")`. Here each step is dropped in a copy of the
repository and its test run: it must fail. A test with a table, `@pytest.mark.step(*STEPS)`, drops
each of its steps itself (see tests/helpers/dropped_steps.py); here it is run as it is. With words,
only steps are tried in whose file or name one of them stands. The exit status is 1 if a test passes
without its step. With --list, the tables of docs/proof-steps.md are written anew, from the marks.
"""

from __future__ import annotations

import argparse
import ast
import importlib
import sys
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from pathlib import Path

from bounds.certify.errors import InputError
from campaigns.marks import ROOT, Step, steps
from campaigns.mutants import Trees

LIST = ROOT / "docs" / "proof-steps.md"
HELPERS = ROOT / "tests" / "helpers"
BEGIN, END = "<!-- what follows is made from the marks -->", "<!-- end of what is made -->"


@dataclass(frozen=True)
class Marker:
    """A test that fails without some steps.

    Attributes:
        place: its path and name, as pytest takes them.
        line: where its marker stands.
        steps: the names of the steps.
        drops: whether it drops them itself.
    """

    place: str
    line: int
    steps: tuple[str, ...]
    drops: bool


@cache
def markers() -> tuple[Marker, ...]:
    """The tests that say which steps they need."""
    paths = sorted((ROOT / "tests").rglob("test_*.py"))
    return tuple(test for path in paths for test in markers_in(path))


def markers_in(path: Path) -> Iterator[Marker]:
    """Those of a file.

    Raises:
        InputError: a marker has neither names of steps nor a table of them.
    """
    text = path.read_text("utf-8")
    if "@pytest.mark.step(" not in text:
        return
    for node in ast.parse(text).body:
        for marker in node.decorator_list if isinstance(node, ast.FunctionDef) else ():
            if not isinstance(marker, ast.Call) or ast.unparse(marker.func) != "pytest.mark.step":
                continue
            place = path.relative_to(ROOT) if path.is_relative_to(ROOT) else path
            match marker.args:
                case [ast.Starred()]:
                    names, drops = _table(path, node.name), True
                case [_, *_]:
                    names, drops = tuple(getattr(arg, "value", None) for arg in marker.args), False
                case _:
                    names, drops = (), False
            if not names or not all(isinstance(name, str) for name in names):
                raise InputError(f"{place}:{marker.lineno}: name steps, or give *TABLE of them")
            yield Marker(f"{place}::{node.name}", marker.lineno, names, drops)


def _table(path: Path, function: str) -> tuple[str, ...]:
    """The steps of a test with a table, which is read by import."""
    sys.path += [place for place in (str(HELPERS), str(path.parent)) if place not in sys.path]
    marks = getattr(importlib.import_module(path.stem), function).pytestmark
    return tuple(name for mark in marks if mark.name == "step" for name in mark.args)


def wrong(found: list[Step], named: tuple[Marker, ...]) -> list[str]:
    """What does not fit: steps without a test, and tests of steps that are not there."""
    known = {step.name for step in found}
    needed = {name for test in named for name in test.steps}
    return [
        f'{step.file}:{step.line}: no test fails without the step "{step.name}": write one, with'
        f' @pytest.mark.step("{step.name}")'
        for step in found
        if step.name not in needed
    ] + [
        f'{test.place.partition("::")[0]}:{test.line}: there is no step "{name}"'
        for test in named
        for name in test.steps
        if name not in known
    ]


def page(text: str) -> str:
    """The page of the steps, with its tables made anew."""
    head, _, rest = text.partition(BEGIN)
    _, _, tail = rest.partition(END)
    places: dict[str, list[str]] = {}
    for test in markers():
        for name in test.steps:
            places.setdefault(name, []).append(f"`{test.place.removeprefix('tests/')}`")
    lines = [BEGIN, ""]
    for file, inside in groupby(steps(), key=lambda step: step.file):
        lines += [f"## `{file}`", "", "| step | dropped | test |", "| --- | --- | --- |"]
        for step in inside:
            name = step.name.replace("|", "\\|")
            how = _how(step)
            lines.append(f"| {name} | {how} | {', '.join(places.get(step.name, []))} |")
        lines.append("")
    return "\n".join([head + lines[0], *lines[1:], END + tail])


def _how(step: Step) -> str:
    """How a step is dropped, in words; what is written in the mark is not quoted."""
    words = step.how.partition(":")[0].split()
    words = [word for word in words if "/" not in word]
    return f"another {words[0]}" if ":" in step.how else " ".join(words)


def main(words: list[str] | None = None) -> int:
    """Drop every step, run its test, and print those that are not noticed."""
    parser = argparse.ArgumentParser(
        prog="python -m campaigns.steps",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("words", nargs="*", metavar="WORD")
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--list", action="store_true", help="write the tables in the docs anew")
    arguments = parser.parse_args(words)
    if complaints := wrong(steps(), markers()):
        raise InputError("; ".join(complaints))
    if arguments.list:
        LIST.write_text(page(LIST.read_text("utf-8")), "utf-8")
        return 0
    wanted = arguments.words or [""]
    chosen = {
        step.name: step
        for step in steps()
        if any(word in f"{step.file} {step.name}" for word in wanted)
    }
    serving = [test for test in markers() if chosen.keys() & {*test.steps}]
    trials = [
        (chosen[name], test.place)
        for test in serving
        if not test.drops
        for name in test.steps
        if name in chosen
    ]
    passed = 0
    with tempfile.TemporaryDirectory() as folder, ThreadPoolExecutor(arguments.jobs) as pool:
        trees = Trees(Path(folder), arguments.jobs)

        def whole(test: Marker) -> str:
            file = next(chosen[name] for name in test.steps if name in chosen).file
            source = (ROOT / file).read_text("utf-8")
            return trees.judge(file, source, tests=[test.place])

        for test, outcome in zip(serving, pool.map(whole, serving), strict=True):
            if outcome != "survived":
                raise InputError(f"with every step in place, {test.place} does not pass")

        def without(trial: tuple[Step, str]) -> str:
            step, place = trial
            return trees.judge(step.file, step.dropped(), 120, [place])

        for (step, place), outcome in zip(trials, pool.map(without, trials), strict=True):
            if outcome == "survived":
                passed += 1
                print(f"not noticed: {step.file}:{step.line}: {step.name}: {place}", flush=True)
    print(f"{len(chosen)} steps dropped, one at a time: {len(chosen) - passed} noticed")
    return 1 if passed else 0


if __name__ == "__main__":
    sys.exit(main())
