"""Runs solvers on problems, each solver in a process of its own that is stopped when time is up."""

from __future__ import annotations

import json
import os
import select
import subprocess
import sys
import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from typing import Any, TypeAlias

from benchmarks.decide.problems import Problem
from benchmarks.decide.worker import MEMORY

Results: TypeAlias = dict[str, dict[str, Any]]
"""For each solver: version, proof, settings, start (seconds), and answers by problem."""

_GRACE = 2.0
"""Seconds that a solver may take beyond its limit before its process is stopped."""


class Worker:
    """A running solver: a command that talks as `benchmarks.decide.worker` does."""

    def __init__(self, command: list[str]) -> None:
        self.command = command
        self.hello: dict[str, Any] = {}
        self._begin()

    def _begin(self) -> None:
        root = str(Path(__file__).resolve().parents[2])
        one_core = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "RAYON_NUM_THREADS": "1"}
        environment = os.environ | one_core | {"PYTHONPATH": root}
        self.process = subprocess.Popen(
            self.command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=root,
            stderr=subprocess.DEVNULL, env=environment, start_new_session=True,
        )  # fmt: skip
        hello = self._line(120)
        self.hello = hello or {"absent": "its process ended at the start"}

    def _line(self, seconds: float) -> dict[str, Any] | None:
        """The next line of the process; None if it is late or the process has ended."""
        stream = self.process.stdout
        assert stream is not None
        if not select.select([stream], [], [], seconds)[0]:
            return None
        line = stream.readline()
        return json.loads(line) if line.strip() else None

    def ask(self, problem: Problem, seconds: float) -> dict[str, Any]:
        """The answer; a process that is late or gone is replaced."""
        task = json.dumps({"problem": asdict(problem), "seconds": seconds}) + "\n"
        begun = time.perf_counter()
        assert self.process.stdin is not None
        try:
            self.process.stdin.write(task.encode())
            self.process.stdin.flush()
            answer = self._line(seconds + _GRACE)
        except BrokenPipeError:
            answer = None
        if answer is None:
            late = time.perf_counter() - begun >= seconds
            self.end()
            self._begin()
            outcome, took = ("out of time", seconds) if late else ("crashed", 0.0)
            return {"outcome": outcome, "replayable": False, "note": "", "seconds": took}
        return answer

    def end(self) -> None:
        """Stop the process and what it started."""
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, 9)
        for stream in (self.process.stdin, self.process.stdout):
            assert stream is not None
            with suppress(BrokenPipeError):
                stream.close()
        self.process.wait()


def run(
    names: Iterable[str], problems: list[Problem], seconds: float, python: str, results: Results,
    save: Callable[[Results], None], again: bool = False, told: bool = True,
) -> Results:  # fmt: skip
    """Add the answers of these solvers to the results; what is there already is not asked again.

    With `again`, problems are asked once more that a solver gave up with less time than now.
    """
    for name in names:
        worker = Worker([python, "-m", "benchmarks.decide.worker", name])
        if "absent" in worker.hello:
            print(f"{name}: left out ({worker.hello['absent']})", file=sys.stderr)
            results.setdefault(name, {"absent": worker.hello["absent"], "answers": {}})
            worker.end()
            continue
        known = results.get(name, {})
        answers = known.get("answers", {})
        results[name] = worker.hello | {"memory": MEMORY, "answers": answers}
        try:
            for count, problem in enumerate(problems, 1):
                before = answers.get(problem.id)
                if before and not (again and _gave_up(before) and before["limit"] < seconds):
                    continue
                answers[problem.id] = worker.ask(problem, seconds) | {"limit": seconds}
                if told:
                    found = answers[problem.id]
                    print(f"{name} {count}/{len(problems)} {problem.id}: {found['outcome']} "
                          f"{found['seconds']:.2f} s", file=sys.stderr)  # fmt: skip
                save(results)
        finally:
            worker.end()
    return results


def _gave_up(answer: dict[str, Any]) -> bool:
    if answer["outcome"] == "crashed":
        return True
    late = answer["seconds"] >= 0.8 * answer["limit"]
    return answer["outcome"] in ("out of time", "undecided") and late
