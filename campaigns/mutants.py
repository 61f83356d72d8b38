"""Errors seeded into formula, checker and claim code: does the project notice each of them?

    python -m campaigns.mutants [FILE or FOLDER...] [--most N] [--seed S] [--jobs N]
    [--journal FILE] [--seconds S] [--tests PLACE...] [--again]
    python -m campaigns.mutants --changed [COMMIT]

One mutant at a time is put into a temporary copy of the repository (see `campaigns.mutation`). Run
are the tests that mirror its file: for a claim its verdict, errata entry, certificates and seeded
errors; for a module under `proofs_check` those of every claim that imports it, and its test file;
for a folder of `bounds` the tests of that folder, the module's own file first. Without places, the
rigorous code is taken; without --most, every mutant of it, one file after another; else so many are
drawn with the seed. Each outcome goes into a journal, under a hash of the altered file, and is not
sought anew: a run that was killed goes on from there. With --again, mutants that survived are tried
again, against the tests of today. With --changed, the mutants are those of the lines of rigorous
code that differ from a commit, by default from the last one. Mutants that were judged to do no harm
are listed, each with the reason, in judged_mutants.json. The exit status is 1 if others survive.

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
import math
import multiprocessing
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from importlib.util import cache_from_source
from pathlib import Path
from queue import SimpleQueue

from bounds.certify.errors import InputError
from campaigns.forks import Told, trials
from campaigns.mutation import Mutant, mutants
from campaigns.trial import SURVIVED, trial
from proofs_check import PAPER

ROOT = Path(__file__).parent.parent
RIGOROUS = (
    "bounds/certify/roots",
    "bounds/certify/inequalities",
    "bounds/certify/numbers",
    "bounds/lower/set_information.py",
    "bounds/lower/limit.py",
    "bounds/lower/any_set.py",
    "bounds/lower/sets.py",
    "bounds/lower/set_cases.py",
    "bounds/lower/support_lines.py",
    "bounds/lower/halving.py",
    "bounds/upper/possible_means.py",
    "bounds/upper/two_reaches.py",
    "bounds/upper/information.py",
    "bounds/estimation",
    "bounds/critical",
    "bounds/critical/model",
    "bounds/critical/large_delta",
    "bounds/certify/checker",
    "bounds/checker",
    "bounds/certify/arithmetic",
)
"""What no false proof may pass: the shortest first."""
_COPIED = (
    "bounds",
    "proofs_check",
    "tests",
    "campaigns",
    "pyproject.toml",
    "ERRATA.md",
    "README.md",
    "benchmarks",
)
_LIBRARIES = ["flint", "gmpy2", "hypothesis", "mpmath", "numpy", "pytest", "scipy.special", "sympy"]
_SECONDS = 600.0
_HUNK = re.compile(r"@@ -\S+ \+(\d+)(?:,(\d+))? @@")


def files_of(places: list[str]) -> list[str]:
    """The Python files at the places, which are files or folders (not their subfolders)."""
    found: list[str] = []
    for place in places:
        path = ROOT / place
        inside = sorted(path.glob("*.py")) if path.is_dir() else [path] if path.is_file() else []
        found += [str(file.relative_to(ROOT)) for file in inside if file.name != "__init__.py"]
    return list(dict.fromkeys(found))


def changed_since(commit: str) -> dict[str, set[int]]:
    """The lines of each Python file of the project that differ from a commit."""
    words = ["git", "diff", "--unified=0", "--no-color", "--no-ext-diff", "--no-prefix"]
    ran = subprocess.run(
        [*words, commit, "--", "*.py"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    if ran.returncode:
        raise InputError(f"git finds no commit {commit}: {ran.stderr.strip()}")
    found: dict[str, set[int]] = {}
    file = ""
    for line in ran.stdout.splitlines():
        if line.startswith("+++ "):
            file = line.removeprefix("+++ ").strip()
        elif match := _HUNK.match(line):
            first, count = int(match[1]), int(match[2] or 1)
            found.setdefault(file, set()).update(range(first, first + count))
    return found


def changed(commit: str) -> list[Mutant]:
    """The mutants of what differs from a commit, in the files of rigorous code."""
    lines = changed_since(commit)
    files = [file for file in files_of([*RIGOROUS]) if file in lines]
    return [mutant for mutant in draw(files, None, 1) if mutant.line in lines[mutant.file]]


def draw(places: list[str], most: int | None, seed: int) -> list[Mutant]:
    """All mutants in their order, or at most so many, the same for the same seed."""
    every = [
        m for file in files_of(places) for m in mutants(file, (ROOT / file).read_text("utf-8"))
    ]
    return every if most is None else random.Random(seed).sample(every, min(most, len(every)))


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
    own_claims = [name for name in PAPER.ids if PAPER.home_of(name) == _module(path)]
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
    return tests, [name for name in PAPER.ids if _module(path) in _imports(PAPER.home_of(name))]


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

    def judge(
        self, name: str, source: str, seconds: float = _SECONDS, tests: list[str] | None = None
    ) -> str:
        """Whether the tests for a file with that source "killed" it, or it "survived".

        Args:
            name: the file.
            source: what stands in it for the trial.
            seconds: how long the tests may take.
            tests: which tests; by default those that mirror the file.
        """
        tree = self._free.get()
        file = tree / name
        honest = file.read_text("utf-8")
        try:
            file.write_text(source, "utf-8")
            Path(cache_from_source(str(file))).unlink(missing_ok=True)
            chosen = trial_of(name) if tests is None else (tests, [])
            arguments = (str(tree), *chosen, str(tree / "log"))
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


KINDS = {
    "same": "computes the same",
    "less": "proves less: it refuses more, or encloses more widely",
    "guess": "changes a start value or guess, whose result is proved afterwards",
    "effort": "changes a budget, a precision or an order of search: how soon an answer comes",
    "room": "another constant or bound that is as true: the proof has room to spare",
    "words": "changes what a message says",
}
"""What a judged mutant may be."""


@cache
def judged() -> tuple[dict[str, str], ...]:
    """What was looked at and does no harm.

    Each has file, kind and reason, and `within`, a function, or `change`, or both.
    """
    entries = json.loads(Path(__file__).with_name("judged_mutants.json").read_text("utf-8"))
    return tuple(entries)


@cache
def _judgements() -> frozenset[tuple[str, str | None, str | None]]:
    return frozenset((e["file"], e.get("within"), e.get("change")) for e in judged())


def is_judged(mutant: Mutant) -> bool:
    """Whether the mutant, or all within the function that it is in, is on the list."""
    places = ((mutant.within, None), (None, mutant.change), (mutant.within, mutant.change))
    return any((mutant.file, *place) in _judgements() for place in places)


def key_of(mutant: Mutant) -> str:
    """What tells the altered file from every other."""
    return hashlib.sha256(f"{mutant.file}\n{mutant.source()}".encode()).hexdigest()[:24]


def _read_journal(path: Path) -> dict[str, str]:
    """The outcomes of earlier runs by key; a line cut short by a kill is dropped."""
    known: dict[str, str] = {}
    for line in path.read_text("utf-8").splitlines() if path.exists() else []:
        try:
            entry = json.loads(line)
            known[entry["key"]] = entry["outcome"]
        except (ValueError, KeyError, TypeError):
            continue
    return known


def _tried(
    chosen: list[Mutant], jobs: int, most: float, instead: list[str]
) -> Iterator[tuple[Mutant, Told]]:
    """Each mutant, and what came of it."""
    rooms: dict[tuple[str, ...], list[Mutant]] = {}
    for mutant in chosen:
        if mutant.file.startswith("bounds/"):
            tests = tuple(instead) or (trial_of(mutant.file)[0][-1],)
            rooms.setdefault(tests, []).append(mutant)
    alone: list[tuple[Mutant, list[str] | None]] = [
        (mutant, None) for mutant in chosen if not mutant.file.startswith("bounds/")
    ]
    for tests, inside in rooms.items():
        for told in trials(inside, [*tests], most):
            if told.outcome == "import":
                alone.append((inside[told.number], list(told.tests) or [*tests]))
            else:
                yield inside[told.number], told
    if alone:
        yield from ((mutant, Told(0, outcome, "", ())) for mutant, outcome in _alone(alone, jobs))


def _alone(
    chosen: list[tuple[Mutant, list[str] | None]], jobs: int
) -> Iterator[tuple[Mutant, str]]:
    """Those that need a process of their own, after a trial of an unchanged file of each folder."""
    files = {Path(mutant.file).parent: (mutant.file, tests) for mutant, tests in chosen}
    with tempfile.TemporaryDirectory() as folder, ThreadPoolExecutor(jobs) as pool:
        trees = Trees(Path(folder), jobs)
        patience: dict[Path, float] = {}
        for file, tests in files.values():
            begun = time.monotonic()
            source = (ROOT / file).read_text("utf-8")
            if trees.judge(file, source, tests=tests) != "survived":
                raise InputError(f"without any mutant, the tests for {file} do not pass")
            patience[Path(file).parent] = 60 + 10 * (time.monotonic() - begun)
        outcomes = pool.map(
            trees.judge,
            [m.file for m, _ in chosen],
            [m.source() for m, _ in chosen],
            [patience[Path(m.file).parent] for m, _ in chosen],
            [tests for _, tests in chosen],
        )
        yield from zip([mutant for mutant, _ in chosen], outcomes, strict=True)


def main(words: list[str] | None = None) -> int:
    """Run the campaign and print the score of each folder and the survivors."""
    parser = argparse.ArgumentParser(
        prog="python -m campaigns.mutants",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("places", nargs="*", default=RIGOROUS, metavar="FILE or FOLDER")
    parser.add_argument("--most", type=int)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--journal", type=Path, default=Path("campaigns-mutants.partial"))
    parser.add_argument("--seconds", type=float, default=math.inf, help="most time for a mutant")
    parser.add_argument(
        "--tests", nargs="+", default=[], metavar="PLACE", help="the tests, for all"
    )
    parser.add_argument("--again", action="store_true")
    parser.add_argument("--changed", nargs="?", const="HEAD", metavar="COMMIT")
    arguments = parser.parse_args(words)
    if arguments.changed:
        drawn = changed(arguments.changed)
    else:
        drawn = draw(list(arguments.places), arguments.most, arguments.seed)
    keys = [key_of(mutant) for mutant in drawn]
    known = _read_journal(arguments.journal)
    if arguments.again:
        known = {key: outcome for key, outcome in known.items() if outcome == "killed"}
    todo = [
        mutant
        for mutant, key in zip(drawn, keys, strict=True)
        if key not in known and not is_judged(mutant)
    ]
    with arguments.journal.open("a", encoding="utf-8") as journal:
        outcomes = _tried(todo, arguments.jobs, arguments.seconds, arguments.tests)
        for count, (mutant, told_of_it) in enumerate(outcomes, 1):
            key, outcome = key_of(mutant), told_of_it.outcome
            known[key] = outcome
            told = {"file": mutant.file, "line": mutant.line, "within": mutant.within}
            told |= {"change": mutant.change, "by": told_of_it.by, "left": told_of_it.left}
            told["tests"] = len(told_of_it.tests)
            journal.write(json.dumps({"key": key, "outcome": outcome, **told}) + "\n")
            journal.flush()
            if outcome != "killed":
                place = f"{mutant.file}:{mutant.line}"
                note = f"[{count}/{len(todo)}] {outcome}: {place}: {mutant.change}"
                print(note, file=sys.stderr, flush=True)
    return _report(drawn, [known.get(key, "judged") for key in keys])


def _report(drawn: list[Mutant], outcomes: list[str]) -> int:
    """Print how many of each file were killed, and the survivors that nobody has judged."""
    tallies: dict[str, Counter[str]] = {}
    left: list[str] = []
    for mutant, outcome in zip(drawn, outcomes, strict=True):
        seen = "judged" if outcome == "survived" and is_judged(mutant) else outcome
        tallies.setdefault(mutant.file, Counter())[seen] += 1
        if seen == "survived":
            left.append(f"{mutant.file}:{mutant.line}: {mutant.change}")
    tallies["in all"] = sum(tallies.values(), Counter())
    for place, tally in tallies.items():
        noticed = tally["killed"] + tally["timed out"]
        print(
            f"{place}: {tally.total()} mutants: {tally['killed']} killed,"
            f" {tally['timed out']} timed out, {tally['survived'] + tally['judged']} survived,"
            f" of which {tally['judged']} are judged to do no harm;"
            f" score {noticed / max(1, tally.total()):.1%}"
        )
    print("\n".join(sorted(left)))
    return 1 if left else 0


if __name__ == "__main__":
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    sys.exit(main())
