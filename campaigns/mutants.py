"""Errors seeded into formula, checker and claim code: does the project notice each of them?

    python -m campaigns.mutants [FILE or FOLDER...] [--most N] [--seed S] [--jobs N]
    [--journal FILE]

One mutant at a time is put into a temporary copy of the repository (see `campaigns.mutation`). Run
are the tests that mirror its file: for a claim its verdict, errata entry, certificates and seeded
errors; for a module under `proofs_check` those of every claim that imports it, and its test file;
for a folder of `bounds` the tests of that folder, the module's own file first. Mutants are drawn
with the seed; finished ones are kept in a journal, and a run that was killed goes
on from there. Mutants that change nothing are listed, each with the reason, in
equivalent_mutants.json. The exit status is 1 if others survive.

The existing libraries do not fit: mutmut and cosmic-ray run one command for every mutant, change no
numbers in strings (where most of the paper's constants are) and draw no samples by seed; cosmic-ray
moreover edits the files in place.
"""

from __future__ import annotations

import argparse
import ast
import compileall
import hashlib
import json
import multiprocessing
import os
import random
import shutil
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from importlib.util import cache_from_source
from pathlib import Path
from queue import SimpleQueue

from bounds.certify.errors import InputError
from bounds.certify.io.files import journal
from campaigns.mutation import Mutant, mutants
from campaigns.trial import SURVIVED, trial
from proofs_check.audit.registry import home_of, known_ids

ROOT = Path(__file__).parent.parent
TARGETS = (
    "bounds/functions",
    "bounds/certify/arithmetic",
    "bounds/critical",
    "bounds/critical/large_delta",
    "bounds/lower",
    "bounds/upper",
    "bounds/certify/inequalities",
    "bounds/certify/numbers",
    "bounds/certify/roots",
    "bounds/certify/checker",
    "bounds/checker",
    *(
        f"proofs_check/claims/{path.name}"
        for path in sorted((ROOT / "proofs_check/claims").glob("s*"))
    ),
    "proofs_check/audit",
)
_COPIED = (
    "bounds",
    "proofs_check",
    "tests",
    "pyproject.toml",
    "ERRATA.md",
    "README.md",
    "benchmarks",
)
_LIBRARIES = ["flint", "gmpy2", "hypothesis", "mpmath", "numpy", "pytest", "scipy.special", "sympy"]
_SECONDS = 180.0


def files_of(places: list[str]) -> list[str]:
    """The Python files at the places, which are files or folders (not their subfolders)."""
    found: list[str] = []
    for place in places:
        path = ROOT / place
        inside = sorted(path.glob("*.py")) if path.is_dir() else [path] if path.is_file() else []
        found += [str(file.relative_to(ROOT)) for file in inside if file.name != "__init__.py"]
    return list(dict.fromkeys(found))


def draw(places: list[str], most: int, seed: int) -> list[Mutant]:
    """At most so many mutants, the same for the same seed."""
    every = [
        m for file in files_of(places) for m in mutants(file, (ROOT / file).read_text("utf-8"))
    ]
    return random.Random(seed).sample(every, min(most, len(every)))


@cache
def _imports(module: str) -> frozenset[str]:
    """The modules of `proofs_check` that a module imports, also by way of others."""
    tree = ast.parse(_file(module).read_text("utf-8"))
    direct = {
        node.module
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("proofs_check.")
    }
    known = {name for name in direct if _file(name).is_file()}
    return frozenset(known).union(*map(_imports, known))


def _file(module: str) -> Path:
    return ROOT.joinpath(*module.split(".")).with_suffix(".py")


def _module(path: Path) -> str:
    return ".".join(path.with_suffix("").parts)


def trial_of(file: str) -> tuple[list[str], list[str]]:
    """The tests to run for a mutant of the file, and the claims to decide."""
    path = Path(file)
    own_claims = [name for name in known_ids() if home_of(name) == _module(path)]
    if own_claims:
        return [], own_claims
    folder = (
        Path("tests", *path.parts[1:-1])
        if path.parts[0] == "bounds"
        else Path("tests", *path.parts[:2])
    )
    own = sorted((ROOT / folder).glob(f"test_*{path.stem}*.py"))
    tests = [str(test.relative_to(ROOT)) for test in own]
    if path.parts[0] == "bounds":
        return [*tests, str(folder)], []
    return tests, [name for name in known_ids() if _module(path) in _imports(home_of(name))]


class Trees:
    """Copies of the repository, one for each trial that runs at a time."""

    def __init__(self, folder: Path, count: int) -> None:
        self._free: SimpleQueue[Path] = SimpleQueue()
        self._context = multiprocessing.get_context("forkserver")
        self._context.set_forkserver_preload(_LIBRARIES)
        for number in range(count):
            tree = folder / str(number)
            for name in _COPIED:
                source = ROOT / name
                (shutil.copytree if source.is_dir() else shutil.copy)(source, _made(tree, name))
            compileall.compile_dir(tree, quiet=2)
            self._free.put(tree)

    def judge(self, name: str, source: str, seconds: float = _SECONDS) -> str:
        """Whether the tests for a file with that source "killed" it, or it "survived"."""
        tree = self._free.get()
        file = tree / name
        honest = file.read_text("utf-8")
        try:
            file.write_text(source, "utf-8")
            Path(cache_from_source(str(file))).unlink(missing_ok=True)
            arguments = (str(tree), *trial_of(name), str(tree / "log"))
            process = self._context.Process(target=trial, args=arguments)
            process.start()
            process.join(seconds)
            if process.is_alive():
                process.kill()
                process.join()
                return "timed out"
            return "survived" if process.exitcode == SURVIVED else "killed"
        finally:
            file.write_text(honest, "utf-8")
            self._free.put(tree)


def _made(tree: Path, name: str) -> Path:
    tree.mkdir(exist_ok=True)
    return tree / name


def equivalent() -> dict[tuple[str, str], str]:
    """The reviewed mutants that change nothing: (file, change) and the reason."""
    entries = json.loads(Path(__file__).with_name("equivalent_mutants.json").read_text("utf-8"))
    return {(entry["file"], entry["change"]): entry["reason"] for entry in entries}


def _judged(chosen: list[Mutant], jobs: int, start: int) -> Iterator[str]:
    """The outcomes, in order, after a trial of an unchanged file of each folder."""
    files = {Path(mutant.file).parent: mutant.file for mutant in chosen}.values()
    todo = chosen[start:]
    with tempfile.TemporaryDirectory() as folder, ThreadPoolExecutor(jobs) as pool:
        trees = Trees(Path(folder), jobs)
        honest = [(ROOT / file).read_text("utf-8") for file in files]
        for file, outcome in zip(files, pool.map(trees.judge, files, honest), strict=True):
            if outcome != "survived":
                raise InputError(f"without any mutant, the tests for {file} do not pass")
        yield from pool.map(trees.judge, [m.file for m in todo], [m.source() for m in todo])


def main(words: list[str] | None = None) -> int:
    """Run the campaign and print the score and the survivors."""
    parser = argparse.ArgumentParser(
        prog="python -m campaigns.mutants",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("places", nargs="*", default=TARGETS, metavar="FILE or FOLDER")
    parser.add_argument("--most", type=int, default=400)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--journal", type=Path, default=Path("campaigns-mutants.partial"))
    arguments = parser.parse_args(words)
    reviewed = equivalent()
    drawn = draw(list(arguments.places), arguments.most, arguments.seed)
    chosen = [mutant for mutant in drawn if (mutant.file, mutant.change) not in reviewed]
    listed = "".join(m.file + m.source() for m in chosen)
    every = hashlib.sha256(listed.encode()).hexdigest()
    tally: Counter[str] = Counter(equivalent=len(drawn) - len(chosen))
    left: list[str] = []
    with journal(arguments.journal, {"mutants": every}) as (kept, append):
        outcomes = list(kept)
        for outcome in _judged(chosen, arguments.jobs, len(kept)):
            append(outcome)
            outcomes.append(outcome)
            mutant = chosen[len(outcomes) - 1]
            if outcome != "killed":
                told = f"{outcome}: {mutant.file}:{mutant.line}: {mutant.change}"
                print(f"[{len(outcomes)}/{len(chosen)}] {told}", file=sys.stderr, flush=True)
    for mutant, outcome in zip(chosen, outcomes, strict=True):
        tally[outcome] += 1
        if outcome == "survived":
            left.append(f"{mutant.file}:{mutant.line}: {mutant.change}")
    noticed = tally["killed"] + tally["timed out"]
    print(
        f"{len(chosen)} mutants, seed {arguments.seed}: {tally['killed']} killed,"
        f" {tally['timed out']} timed out, {tally['survived']} survived"
        f" ({tally['equivalent']} more are known to change nothing);"
        f" score {noticed / max(1, len(chosen)):.1%}"
    )
    print("\n".join(sorted(left)))
    return 1 if left else 0


if __name__ == "__main__":
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    sys.exit(main())
