"""One solver in a process of its own: problems come in as lines of JSON, answers go out.

    python -m benchmarks.decide.worker NAME

The first line out tells the version and how long the start took; then one line a problem, with the
seconds that the solver itself took.
"""

from __future__ import annotations

import json
import resource
import sys
import time
from typing import Any

MEMORY = 2 * 2**30


def main() -> None:
    """Answer until the input ends."""
    begun = time.perf_counter()
    from benchmarks.decide.problems import Problem
    from benchmarks.decide.solvers import Answer, solver

    out = sys.stdout
    sys.stdout = sys.stderr  # a rival that prints does not disturb the answers
    try:
        module = solver(sys.argv[1])
        room = MEMORY + getattr(module, "ROOM", 0)
        resource.setrlimit(resource.RLIMIT_AS, (room, room))
        hello: dict[str, Any] = {
            "version": module.version(), "proof": module.PROOF, "settings": module.SETTINGS,
        }  # fmt: skip
    except (ImportError, OSError) as reason:
        hello = {"absent": str(reason)}
    print(json.dumps(hello | {"start": time.perf_counter() - begun}), file=out, flush=True)
    for line in sys.stdin:
        task = json.loads(line)
        problem = Problem(**task["problem"])
        begun = time.perf_counter()
        try:
            answer = module.solve(problem, task["seconds"])
        except MemoryError:
            answer = Answer("crashed", note="more than 2 GiB")
        except Exception as error:  # a rival may fail in any way; the run goes on
            answer = Answer("crashed", note=f"{type(error).__name__}: {error}"[:200])
        found = {
            "outcome": answer.outcome, "replayable": answer.replayable, "note": answer.note,
            "seconds": round(max(0.0, time.perf_counter() - begun - answer.start), 4),
        }  # fmt: skip
        print(json.dumps(found), file=out, flush=True)


if __name__ == "__main__":
    main()
