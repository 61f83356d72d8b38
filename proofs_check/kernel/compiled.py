"""Coq on the claims' files: compiled once in a folder, timed, their axioms and mutants read."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Iterable
from pathlib import Path

from bounds.certify.errors import Inconclusive
from bounds.kernel.coq import INSTALL, LIMIT_SECONDS, axioms, coqc, library_files
from proofs_check.kernel.statements import (
    Statement,
    digest,
    files,
    preamble,
    source,
    sources,
    statements,
)
from proofs_check.kernel.table import Row, file_digest, path

_TIMED = re.compile(r"^Chars (\d+) - (\d+) .* ([\d.]+) secs", re.MULTILINE)
_ANSWER = re.compile(r"^(?=Axioms:|Closed under)", re.MULTILINE)


class Compiled:
    """The library and the claims' files, compiled in a folder.

    Args:
        folder: where to compile; it is filled by this object alone.

    Raises:
        Inconclusive: Coq is not installed, or a file does not compile.
    """

    def __init__(self, folder: Path) -> None:
        if (found := coqc()) is None:
            raise Inconclusive(f"coqc was not found: {INSTALL}")
        self._coqc, self._folder = found, folder
        self._times: dict[str, list[tuple[int, int, float]]] = {}
        for room, paths in (("lib", library_files()), ("claims", _claims_files())):
            (folder / room).mkdir(parents=True)
            for one in paths:
                self._compile(Path(shutil.copy(one, folder / room)))

    def axioms(self, file: str) -> list[tuple[str, ...]]:
        """What each theorem of a file that stands for a claim rests on, by name.

        Raises:
            Inconclusive: Coq's answers cannot be read.
        """
        stated = statements(file)
        asked = self._folder / "Axioms.v"
        questions = [f"Print Assumptions Claims.{file}.{one.theorem}." for one in stated]
        asked.write_text("\n".join([f"Require Claims.{file}.", *questions, ""]))
        told = _ANSWER.split(self._run(self._coqc, str(asked)).stdout)[1:]
        found = [names for names in map(axioms, told) if names is not None]
        if len(found) != len(stated):
            raise Inconclusive(f"the axioms of {file} cannot be read")
        return found

    def seconds(self, statement: Statement) -> float:
        """What statement and proof took."""
        start = source(statement.file).index(statement.text)
        end = start + len(statement.text)
        times = self._times[statement.file]
        return round(
            sum(spent for first, last, spent in times if start <= first and last <= end), 3
        )

    def rows(self) -> list[Row]:
        """The rows of all theorems that stand for claims."""
        return [
            self._row(one, found)
            for file in files()
            for one, found in zip(statements(file), self.axioms(file), strict=True)
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
        script = [preamble(file), f"From Claims Require Import {file}."]
        if step_seconds is not None:
            script.append(f"Set Default Timeout {step_seconds}.")
        names = []
        for name, text in texts:
            names.append(name)
            script += [re.sub(r"^Theorem \w+", f"Theorem {name}", text), "Abort All."]
        script += [f"Print Assumptions {name}." for name in names]
        toplevel = str(Path(self._coqc).with_name("coqtop"))
        done = self._run(toplevel, "-quiet", told="\n".join(script) + "\n")
        text = done.stdout + done.stderr
        return {name for name in names if not re.search(rf"reference\s+{name}\s+was", text)}

    def _compile(self, copy: Path) -> None:
        done = self._run(self._coqc, "-time", str(copy))
        if done.returncode != 0:
            raise Inconclusive(
                f"{copy.name} does not compile: {' '.join(done.stderr.split())[:300]}"
            )
        times = [(int(a), int(b), float(spent)) for a, b, spent in _TIMED.findall(done.stdout)]
        self._times[copy.stem] = times

    def _run(self, *words: str, told: str = "") -> subprocess.CompletedProcess[str]:
        rooms = [
            "-R",
            str(self._folder / "lib"),
            "Bounds",
            "-R",
            str(self._folder / "claims"),
            "Claims",
        ]
        return subprocess.run(
            [words[0], "-w", "none", *rooms, *words[1:]],
            capture_output=True,
            text=True,
            timeout=LIMIT_SECONDS,
            check=False,
            cwd=self._folder,
            input=told,
        )


def _claims_files() -> list[Path]:
    return [sources() / f"{file}.v" for file in files()]
