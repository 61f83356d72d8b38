"""Coq on a theory's files: compiled once in a folder, timed, their axioms and mutants read."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import Any

from bounds.certify.errors import Inconclusive
from bounds.kernel.coq import LIBRARY, axioms, compile_library, require_coq, run_coq
from proofs_check.kernel.statements import (
    PREFIX,
    Statement,
    Theory,
    digest,
    files,
    needs,
    place,
    preamble,
    source,
    statements,
)
from proofs_check.kernel.table import Row, file_digest, path

_TIMED = re.compile(r"^Chars (\d+) - (\d+) .* secs \(([\d.e-]+)u,([\d.e-]+)s\)$", re.MULTILINE)
_ANSWER = re.compile(r"^(?=Axioms:|Closed under)", re.MULTILINE)


class Compiled:
    """A theory's files, compiled in a folder, on the library.

    Args:
        folder: where to compile. What was compiled there before is kept, so it is either empty or
            filled by earlier objects on the same sources.
        library: where the library is, or is to be, compiled; a folder in `folder` if not given.
        jobs: how many files are compiled at a time.
        theory: which theory.

    Raises:
        Inconclusive: Coq is not installed, or a file does not compile.
    """

    def __init__(
        self,
        folder: Path,
        library: Path | None = None,
        jobs: int = 1,
        theory: Theory = "claims",
    ) -> None:
        self._coqc, self._folder = require_coq(), folder.resolve()
        library = (library or folder / "lib").resolve()
        self._theory, self._prefix, self._jobs = theory, PREFIX[theory], jobs
        self._rooms = {LIBRARY: library, self._prefix: self._folder / theory}
        compile_library(self._rooms[LIBRARY])
        self._rooms[self._prefix].mkdir(parents=True, exist_ok=True)
        with ThreadPoolExecutor(jobs) as pool:
            running: dict[str, Future[list[tuple[int, int, float]]]] = {}
            for file in files(theory):  # each after those it needs, so that one at least can go on
                before = [running[name] for name in needs(file)]
                running[file] = pool.submit(self._compile, file, before)
        self._times = {file: done.result() for file, done in running.items()}

    def axioms(self, file: str) -> list[tuple[str, ...]]:
        """What each theorem of a file that stands for a claim rests on, by name.

        Raises:
            Inconclusive: Coq's answers cannot be read.
        """
        stated = statements(file)
        asked = self._folder / f"AxiomsOf{file}.v"
        questions = [f"Print Assumptions {self._prefix}.{file}.{one.theorem}." for one in stated]
        asked.write_text("\n".join([f"Require {self._prefix}.{file}.", *questions, ""]))
        told = _ANSWER.split(self._run(self._coqc, str(asked)).stdout)[1:]
        found = [names for names in map(axioms, told) if names is not None]
        if len(found) != len(stated):
            raise Inconclusive(f"the axioms of {file} cannot be read")
        return found

    def axioms_together(self, theorems: Iterable[tuple[str, str]]) -> tuple[str, ...]:
        """What some theorems, each with its file, together rest on: each of them on no more.

        Coq goes once through all that they need, where `axioms` goes through it for each.

        Raises:
            Inconclusive: Coq's answer cannot be read.
        """
        named = [(file, f"@{self._prefix}.{file}.{theorem}") for file, theorem in theorems]
        required = sorted({f"Require {self._prefix}.{file}." for file, _ in named})
        terms = [f"  let _ := {theorem} in" for _, theorem in named]
        asked = self._folder / "Together.v"
        together = ["Definition together :=", *terms, "  I.", "Print Assumptions together."]
        asked.write_text("\n".join([*required, *together, ""]))
        found = axioms(self._run(self._coqc, str(asked)).stdout)
        if found is None:
            raise Inconclusive("the axioms of the theorems together cannot be read")
        return found

    def seconds(self, statement: Statement) -> float:
        """The processor time that statement and proof took."""
        start = source(statement.file).index(statement.text)
        end = start + len(statement.text)
        times = self._times[statement.file]
        return round(
            sum(spent for first, last, spent in times if start <= first and last <= end), 3
        )

    def rows(self) -> list[Row]:
        """The rows of all theorems that stand for claims."""
        with ThreadPoolExecutor(self._jobs) as pool:
            told = pool.map(self.axioms, files(self._theory))
            return [
                self._row(one, found)
                for file, of_file in zip(files(self._theory), told, strict=True)
                for one, found in zip(statements(file), of_file, strict=True)
            ]

    def _row(self, statement: Statement, found: tuple[str, ...]) -> Row:
        return Row(
            claim=statement.claim,
            theorem=statement.theorem,
            file=path(statement.file),
            lines=statement.lines,
            seconds=self.seconds(statement),
            sha256=file_digest(statement.file),
            needs=digest(statement.file),
            axioms=found,
            parts=statement.parts,
            proves=statement.proves,
        )

    def proved_again(
        self, file: str, texts: Iterable[tuple[str, str]], step_seconds: int | None = None
    ) -> set[str]:
        """Which of some theorems Coq accepts on top of a claims' file.

        Args:
            file: the claims' file whose lemmas their proofs may use.
            texts: a new name for each, and its statement and proof.
            step_seconds: the most that one step may take, where false ones are expected.

        Returns:
            The names of those that were proved.
        """
        script = [preamble(file), f"From {self._prefix} Require Import {file}."]
        if step_seconds is not None:
            script.append(f"Set Default Timeout {step_seconds}.")
        names = []
        for name, text in texts:
            names.append(name)
            script += [re.sub(r"^Theorem \w+", f"Theorem {name}", text), "Abort All."]
        script += [f"Check {name}." for name in names]
        toplevel = str(Path(self._coqc).with_name("coqtop"))
        done = self._run(toplevel, "-quiet", told="\n".join(script) + "\n")
        # Coq's answer to Check is the name and its statement: where none is, nothing is proved
        return {name for name in names if re.search(rf"^{name}\n\s+: ", done.stdout, re.M)}

    def _compile(self, file: str, before: list[Future[Any]]) -> list[tuple[int, int, float]]:
        """Compile a file after those that it needs; how long each sentence of it took."""
        for other in before:
            other.result()
        original = place(file)
        copy = self._rooms[self._prefix] / original.name
        told = copy.with_suffix(".time")
        if not (told.is_file() and copy.read_bytes() == original.read_bytes()):
            shutil.copy(original, copy)
            done = self._run(self._coqc, "-time", str(copy))
            if done.returncode != 0:
                raise Inconclusive(
                    f"{copy.name} does not compile: {' '.join(done.stderr.split())[:300]}"
                )
            told.write_text(done.stdout, encoding="utf-8")
        return [
            (int(first), int(last), float(user) + float(system))
            for first, last, user, system in _TIMED.findall(told.read_text(encoding="utf-8"))
        ]

    def _run(self, *words: str, told: str = "") -> subprocess.CompletedProcess[str]:
        return run_coq(list(words), self._rooms, self._folder, told)
