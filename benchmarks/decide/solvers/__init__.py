"""The solvers of the benchmark: ours and its rivals, each in a file of its own.

A solver is a module with NAME, PROOF (what it leaves to replay, or nothing), SETTINGS, `version()`
(an ImportError or FileNotFoundError says that it is not installed) and `solve(problem, seconds)`.
ROOM, where it is set, is the address space that it needs beyond the memory limit.
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from types import ModuleType
from typing import Literal, TypeAlias

Outcome: TypeAlias = Literal[
    "proved",
    "refuted",
    "equal",
    "undefined",
    "undecided",
    "inexpressible",
    "out of time",
    "crashed",
]

MODULES = {
    "bounds": "own",
    "coq-interval": "coq_interval",
    "codac": "codac_boxes",
    "Sollya": "sollya",
    "z3": "z3_algebra",
    "alkahest": "alkahest_sign",
    "leancert": "leancert_bounds",
}
"""The module of each solver, by the name that --solver takes."""


@dataclass(frozen=True)
class Answer:
    """What a solver said, whether it left a proof that others can replay, and a word on how.

    `start` is what a program that is started for every problem took to start; it is not counted.
    """

    outcome: Outcome
    replayable: bool = False
    note: str = ""
    start: float = 0.0


def solver(name: str) -> ModuleType:
    """The module of a solver."""
    return import_module(f"benchmarks.decide.solvers.{MODULES[name]}")
