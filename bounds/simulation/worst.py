"""Every adversary in turn: the largest measured risk of each estimator, and who caused it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bounds.certify.errors import InputError
from bounds.certify.io.files import beside
from bounds.certify.names import read_name
from bounds.simulation.adversaries import ADVERSARIES
from bounds.simulation.estimate import Estimate
from bounds.simulation.run import Simulation, simulate


@dataclass(frozen=True)
class WorstOf:
    """Measured risks under several adversaries: evidence, not certified.

    Attributes:
        runs: a simulation for each adversary that serves here.
        refused: the others, each with the reason.
    """

    runs: dict[str, Simulation]
    refused: dict[str, str]

    @property
    def worst(self) -> dict[str, tuple[str, Estimate]]:
        """For each estimator, the adversary under which its mean risk was largest, and the risk."""
        estimators = next(iter(self.runs.values())).risks
        return {
            name: max(
                ((adversary, run.risks[name]) for adversary, run in self.runs.items()),
                key=lambda found: found[1].mean,
            )
            for name in estimators
        }


def worst_of(
    k: Any,
    c: Any,
    m: Any,
    delta: Any,
    *,
    adversaries: Iterable[str] | None = None,
    resume: str | Path | None = None,
    each: Callable[[int], object] | None = None,
    **options: Any,
) -> WorstOf:
    """Measure risks under every adversary.

    Args:
        k: components.
        c: corrupted mass.
        m: genuine clients a component, in the mean.
        delta: Δ, in standard deviations.
        adversaries: names of `bounds.simulation.ADVERSARIES`; by default all.
        resume: a journal for each adversary stands beside this file.
        each: called with the number of finished rounds, of all adversaries together.
        **options: as for `simulate`.

    Returns:
        The runs, and the worst adversary tried for each estimator: evidence, not certified. A worse
        adversary may exist.

    Raises:
        InputError: an argument is malformed, or no adversary serves here.
    """
    names = [*ADVERSARIES] if adversaries is None else list(adversaries)
    for name in names:
        read_name(name, ADVERSARIES, "adversary")
    runs: dict[str, Simulation] = {}
    refused: dict[str, str] = {}
    done = 0
    for name in names:
        journal = None if resume is None else beside(Path(resume), f".{name}.partial")

        def told(count: int, before: int = done) -> None:
            if each is not None:
                each(before + count)

        try:
            runs[name] = simulate(
                k, c, m, delta, adversary=name, resume=journal, each=told, **options
            )
        except InputError as reason:
            if not runs and name == names[-1]:
                raise
            refused[name] = str(reason)
        done += int(options.get("reps", 20))
    if not runs:
        raise InputError(f"no adversary serves here: {next(iter(refused.values()))}")
    return WorstOf(runs, refused)
