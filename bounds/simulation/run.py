"""Many rounds of the problem, each from its own seed: the measured risk with error bars.

Round r draws from the seed sequences (seed, r, 0), (seed, r, 1), ...: who computes it, and when,
does not matter.

The streams have a number, which changes when a seed means other draws: since 2, Algorithm 1 tosses
no coin for each genuine client (see `Clients.split`); before, it did, in the order of the reports.
"""

from __future__ import annotations

import math
import secrets
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import Executor
from contextlib import AbstractContextManager, nullcontext
from dataclasses import asdict, dataclass
from functools import partial
from itertools import count
from pathlib import Path
from typing import Any

import numpy as np

from bounds.certify.errors import InputError
from bounds.certify.io.journal import journal
from bounds.certify.names import read_name
from bounds.certify.results import Result
from bounds.simulation.adversaries import ADVERSARIES
from bounds.simulation.baselines import ESTIMATORS, Estimator, algorithm
from bounds.simulation.clients import Adversary, draw_clients
from bounds.simulation.corrections import AS_MEANT, Corrections
from bounds.simulation.estimate import Estimate
from bounds.simulation.problem import Problem

MOST_ROUNDS = 1_000_000
STREAMS = 2
"""The number of the streams: equal numbers, seeds and arguments give equal rounds."""
DEFAULT_ESTIMATORS = ("possible-means", "algorithm", "own", "oracle")
_PAPERS = {"algorithm", "printed"}
_ONE_IN = 16  # kept rounds are played again


@dataclass(frozen=True)
class Plan:
    """Everything that determines the outcome of a round."""

    problem: Problem
    adversary: str | Adversary
    estimators: tuple[str, ...]
    corrections: Corrections
    seed: int

    def play(self, number: int) -> dict[str, float]:
        """The risk of each estimator in the round of that number."""
        attack = ADVERSARIES[self.adversary] if isinstance(self.adversary, str) else self.adversary
        clients = draw_clients(
            self.problem, attack, self._stream(number, 0), self._stream(number, 1)
        )
        return {
            name: self._estimator(name)(clients, self._stream(number, 2))
            for name in self.estimators
        }

    def _stream(self, number: int, part: int) -> np.random.Generator:
        return np.random.default_rng(np.random.SeedSequence(self.seed, spawn_key=(number, part)))

    def _estimator(self, name: str) -> Estimator:
        if name == "algorithm":
            return partial(algorithm, corrections=self.corrections)
        return ESTIMATORS[name]

    def head(self, rounds: int) -> dict[str, Any]:
        """What tells one run from another in a journal."""
        name = self.adversary_name
        if "<" in name:
            raise InputError(
                "a journal needs an adversary that has a name: pass a function of a module"
            )
        shown = {key: str(value) for key, value in asdict(self.problem).items()}
        return {
            "simulate": shown,
            "adversary": name,
            "estimators": list(self.estimators),
            "corrections": asdict(self.corrections),
            "seed": self.seed,
            "streams": STREAMS,
            "rounds": rounds,
        }

    def reader(self) -> Callable[[Any], dict[str, float]]:
        """What checks the rounds of a journal, from the first on.

        The first, and of the others one in sixteen, drawn at random, are played again.
        """
        numbers = count()

        def read(entry: Any) -> dict[str, float]:
            number = next(numbers)
            if not isinstance(entry, dict) or set(entry) != set(self.estimators):
                raise ValueError("a round has a risk for each estimator")
            if not all(isinstance(r, float) and 0 <= r < math.inf for r in entry.values()):
                raise ValueError("a risk is a number from 0")
            if (number == 0 or secrets.randbelow(_ONE_IN) == 0) and self.play(number) != entry:
                raise ValueError("the round ends otherwise")
            return entry

        return read

    @property
    def adversary_name(self) -> str:
        """The name in the registry, or that of the caller's function."""
        if isinstance(self.adversary, str):
            return self.adversary
        home = getattr(self.adversary, "__module__", "")
        return f"{home}.{getattr(self.adversary, '__qualname__', '<unnamed>')}"


@dataclass(frozen=True, repr=False)
class Simulation(Result):
    """Measured risks: evidence, not certified.

    Attributes:
        plan: what was run.
        risks: for each estimator, the mean of (μᵢ − estimate)² over the uncorrupted clients.
    """

    plan: Plan
    risks: dict[str, Estimate]

    def __str__(self) -> str:
        lines = [
            f"{name:10} {risk.mean:.6g}  [{risk.low:.6g}, {risk.high:.6g}]"
            for name, risk in self.risks.items()
        ]
        risk = next(iter(self.risks.values()))
        head = f"evidence, not certified: {len(risk.values)} rounds, {risk.level:g} intervals"
        return "\n".join([head, *lines])


def simulate(
    k: Any,
    c: Any,
    m: Any,
    delta: Any,
    *,
    adversary: str | Adversary = "two-point",
    estimators: Sequence[str] = DEFAULT_ESTIMATORS,
    separation: Any = None,
    backoff: Any = None,
    corrections: Corrections = AS_MEANT,
    reps: int = 20,
    seed: int = 0,
    level: float = 0.95,
    executor: Executor | None = None,
    resume: str | Path | None = None,
    each: Callable[[int], object] | None = None,
) -> Simulation:
    """Measure the risk of Algorithms 1 and 2, and of baselines, under an adversary.

    Args:
        k: components, a whole number from 1.
        c: corrupted mass, exact, c ≥ 0; each client is corrupted with probability c/(k + c).
        m: genuine clients in a component, in the mean; (k + c)m clients in all.
        delta: Δ, the filter's half-width, exact, from 1/64 to 32 standard deviations.
        adversary: a name of `bounds.simulation.ADVERSARIES`, or a function of (problem, count,
            generator) that returns the `count` reports of the corrupted clients.
        estimators: names of `bounds.simulation.ESTIMATORS`.
        separation: D, the distance between neighbouring means; by default 9Δ.
        backoff: δ of Algorithm 1; by default the one with m_h = m/3.
        corrections: where "algorithm" leaves the printed text.
        reps: rounds, at least 2.
        seed: a whole number; the result depends on it, and not on the executor.
        level: of the confidence intervals.
        executor: any `concurrent.futures.Executor`; by default this thread works alone. Processes
            need an adversary that pickles.
        resume: a journal of finished rounds: a run that was killed goes on where it stopped, after
            some of the rounds, drawn at random, have been played again. It is removed at the end.
            Remove it yourself if you change the code of your adversary.
        each: called with the number of finished rounds after each round.

    Returns:
        The mean risks with confidence intervals: evidence, not certified.

    Raises:
        InputError: an argument is malformed, or m is too small for Algorithm 1, where that is
            among the estimators.

    Paper: Section II; Algorithms 1 and 2.
    """
    names = _known_estimators(estimators)
    plan = Plan(
        Problem.read(k, c, m, delta, separation, backoff, _PAPERS & set(names) != set()),
        _known_adversary(adversary),
        names,
        corrections,
        _natural(seed, "the seed", 0, 2**128),
    )
    rounds = _natural(reps, "reps", 2, MOST_ROUNDS)
    if executor is not None and not callable(getattr(executor, "map", None)):
        raise InputError(f"executor must be an Executor, not a {type(executor).__name__}")
    if each is not None and not callable(each):
        raise InputError(f"each must be a function, not a {type(each).__name__}")
    if resume is not None and not isinstance(resume, str | Path):
        raise InputError(f"resume must be the name of a file, not a {type(resume).__name__}")
    Estimate.of((0.0, 0.0), level)  # a bad level is told before the work
    finished: AbstractContextManager[tuple[list[Any], Any]] = nullcontext(([], [].append))
    if resume is not None:
        finished = journal(Path(resume), plan.head(rounds), plan.reader())
    with finished as (kept, append):
        played = list(kept[:rounds])
        todo = range(len(played), rounds)
        outcomes: Iterable[dict[str, float]] = (
            map(plan.play, todo) if executor is None else executor.map(plan.play, todo)
        )
        for outcome in outcomes:
            append(outcome)
            played.append(outcome)
            if each is not None:
                each(len(played))
    risks = {
        name: Estimate.of([outcome[name] for outcome in played], level) for name in plan.estimators
    }
    return Simulation(plan, risks)


def _known_adversary(adversary: Any) -> str | Adversary:
    if callable(adversary):
        return adversary
    return read_name(adversary, ADVERSARIES, "adversary")


def _known_estimators(names: Sequence[str]) -> tuple[str, ...]:
    if not isinstance(names, Sequence):
        raise InputError(f"estimators are names in a list, not a {type(names).__name__}")
    for name in names:
        read_name(name, ESTIMATORS, "estimator")
    if not names:
        raise InputError(f"name at least one estimator: {', '.join(ESTIMATORS)}")
    return tuple(dict.fromkeys(names))


def _natural(value: Any, name: str, least: int, most: int) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
        raise InputError(f"{name} must be a whole number from {least} to {most:,}")
    return value
