"""bounds itself: one call, `bounds.decide`, which answers proved once its checker accepts."""

from __future__ import annotations

from importlib import metadata

import bounds
from benchmarks.decide.problems import Problem
from benchmarks.decide.solvers import Answer

NAME = "bounds"
PROOF = "a certificate that an independent checker replays"
SETTINGS = "bounds.decide(claim, domain, seconds=...)"


def version() -> str:
    """The version of the package; an ImportError if it cannot decide yet."""
    if not hasattr(bounds, "decide"):
        raise ImportError("this version of bounds has no `decide`")
    return metadata.version("robust-mean-bounds")


def solve(problem: Problem, seconds: float) -> Answer:
    """The outcome, with a proof unless it is undecided."""
    found = bounds.decide(problem.claim, problem.domain, seconds=seconds)
    settled = found.outcome in ("proved", "refuted", "equal", "undefined")
    return Answer(found.outcome, replayable=settled, note=str(getattr(found, "basis", "")))
