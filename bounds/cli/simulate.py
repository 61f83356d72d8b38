"""Measure the error of algorithms under every adversary, or under one.

The algorithms are lists of means, Algorithms 1 and 2, and others. What is measured is evidence with
error bars, and not certified. The bounds beside it are enclosures. With -o, finished rounds are
stored in FILE.partial. If a run is killed, run it again: it continues there.
"""

from __future__ import annotations

import argparse
import math
import multiprocessing
import os
import threading
from collections.abc import Iterator
from concurrent.futures import BrokenExecutor, Executor, ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import asdict, fields
from pathlib import Path
from typing import Any

from bounds.certify.errors import InputError
from bounds.certify.exact import show_exact
from bounds.certify.io.files import beside, write_whole
from bounds.certify.names import read_name
from bounds.cli.output import emit, json_text, pair, tell, whole_number
from bounds.cli.progress import progress_bar
from bounds.simulation.adversaries import ADVERSARIES
from bounds.simulation.baselines import ESTIMATORS
from bounds.simulation.clients import Adversary
from bounds.simulation.corrections import Corrections
from bounds.simulation.problem import Problem
from bounds.simulation.references import REFERENCES
from bounds.simulation.run import DEFAULT_ESTIMATORS, STREAMS, Simulation, simulate
from bounds.simulation.worst import WorstOf, worst_of


def _summary(adversary: Adversary) -> str:
    """The first paragraph of its docstring, on one line."""
    return " ".join((adversary.__doc__ or "").split("\n\n")[0].split())


EXAMPLES = """\
examples:
  bounds simulate --delta 2 --k 50 --c 5 --m 20000 --reps 4
  bounds simulate --delta 2 --k 50 --c 5 --m 20000 --adversary two-point --reps 20
  bounds simulate --delta 2 --k 50 --c 5 --m 20000 --estimators algorithm,printed,k-means --json
  bounds simulate --delta 2 --k 50 --c 5 --m 20000 --reps 1000 --jobs 2 -o run.json

adversaries:
""" + "\n".join(f"  {name:<13} {_summary(adversary)}" for name, adversary in ADVERSARIES.items())

SWITCHES = tuple(field.name for field in fields(Corrections))
MOST_JOBS = 256


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of `bounds simulate`."""
    add = parser.add_argument
    add("--delta", required=True, metavar="DELTA", help="Delta, exact (1/64 to 32)")
    add("--k", required=True, metavar="K", help="number of components")
    add("--c", required=True, metavar="C", help="corrupted mass: cm corrupted clients")
    add("--m", required=True, metavar="M", help="genuine clients in a component, on average")
    add(
        "--adversary",
        default="all",
        metavar="NAME",
        help=f"all, or one of {', '.join(ADVERSARIES)} (default all: the worst tried is named)",
    )
    add(
        "--estimators",
        default=",".join(DEFAULT_ESTIMATORS),
        metavar="NAMES",
        help=f"some of {', '.join(ESTIMATORS)} (default {','.join(DEFAULT_ESTIMATORS)})",
    )
    add(
        "--without",
        default="",
        metavar="SWITCHES",
        help=f"corrections that the estimator `algorithm` leaves out: {', '.join(SWITCHES)}",
    )
    add("--separation", metavar="D", help="distance between neighbouring means (default 9 Delta)")
    add("--backoff", metavar="delta", help="delta of Algorithm 1 (default: m_h = m/3)")
    add("--reps", default="20", metavar="N", help="independent rounds (default 20)")
    add("--seed", default="0", metavar="N", help="seed of the random numbers (default 0)")
    add("--jobs", default="1", metavar="N", help="processes; the result is the same (default 1)")
    add("--json", action="store_true", help="print JSON")
    add("-o", "--output", type=Path, metavar="FILE", help="write the JSON, every round, to FILE")


def run(arguments: argparse.Namespace) -> int:
    """Measure, with a progress bar on a terminal, and print."""
    reps = whole_number(arguments.reps, "--reps")
    every = arguments.adversary == "all"
    rounds = reps * len(ADVERSARIES) if every else reps
    with _executor(whole_number(arguments.jobs, "--jobs")) as executor, progress_bar() as progress:
        task = progress.add_task("simulating", total=rounds)
        options: dict[str, Any] = {
            "estimators": _names(arguments.estimators),
            "separation": arguments.separation,
            "backoff": arguments.backoff,
            "corrections": _corrections(arguments.without),
            "reps": reps,
            "seed": whole_number(arguments.seed, "--seed"),
            "executor": executor,
            "each": lambda done: progress.update(task, completed=done),
        }
        sizes = (arguments.k, arguments.c, arguments.m, arguments.delta)
        result: WorstOf | Simulation
        if every:
            result = worst_of(*sizes, resume=arguments.output, **options)
        else:
            partial = arguments.output and beside(arguments.output, ".partial")
            result = simulate(*sizes, adversary=arguments.adversary, resume=partial, **options)
    entry = worst_as_json(result) if isinstance(result, WorstOf) else as_json(result)
    if arguments.output:
        write_whole(arguments.output, json_text(entry, 1) + "\n")
    if arguments.json:
        emit(entry, 1)
    else:
        tell(worst_as_text(result) if isinstance(result, WorstOf) else as_text(result))
    return 0


def _names(text: str) -> list[str]:
    return [name.strip() for name in text.split(",") if name.strip()]


def _corrections(text: str) -> Corrections:
    left_out = [read_name(name, SWITCHES, "correction") for name in _names(text)]
    return Corrections(**dict.fromkeys(left_out, False))


@contextmanager
def _executor(jobs: int) -> Iterator[Executor | None]:
    if not 1 <= jobs <= MOST_JOBS:
        raise InputError(f"--jobs must be from 1 to {MOST_JOBS}, not {jobs}")
    try:
        if jobs == 1:
            yield None
            return
        context = multiprocessing.get_context("spawn")
        with ProcessPoolExecutor(jobs, context, _end_with_parent) as pool:
            try:
                yield pool
            except BaseException:
                pool.shutdown(cancel_futures=True)
                raise
    except (MemoryError, BrokenExecutor):
        raise InputError("memory ran out: pass a smaller m, or fewer --jobs") from None


def _end_with_parent() -> None:
    """In a worker: a run that is killed outright leaves no process behind."""
    parent = multiprocessing.parent_process()

    def watch() -> None:
        if parent is not None:
            parent.join()
            os._exit(1)

    threading.Thread(target=watch, daemon=True).start()


def as_text(result: Simulation) -> str:
    """The result for people."""
    return "\n".join(
        [
            _problem_line(result),
            f"adversary {result.plan.adversary_name}:"
            f" {_summary(ADVERSARIES[result.plan.adversary_name])}",
            _measured_line(result),
            *(
                f"  {name:<15} {risk.mean:#.4g}  [{risk.low:#.4g}, {risk.high:#.4g}]"
                for name, risk in result.risks.items()
            ),
            *_bound_lines(result.plan.problem),
        ]
    )


def worst_as_text(result: WorstOf) -> str:
    """The worst of all adversaries, for people."""
    one = next(iter(result.runs.values()))
    return "\n".join(
        [
            _problem_line(one),
            f"the worst of {len(result.runs)} adversaries for each estimator; others may be worse",
            _measured_line(one),
            *(
                f"  {name:<15} {risk.mean:#.4g}  [{risk.low:#.4g}, {risk.high:#.4g}]"
                f"  under {adversary}"
                for name, (adversary, risk) in result.worst.items()
            ),
            *(f"  not tried: {name}: {reason}" for name, reason in result.refused.items()),
            *_bound_lines(one.plan.problem),
        ]
    )


def _problem_line(result: Simulation) -> str:
    problem = result.plan.problem
    backoff = "" if math.isnan(problem.backoff) else f", backoff delta = {problem.backoff:.4g}"
    return (
        f"Delta = {show_exact(problem.delta)}, k = {problem.k}, c = {show_exact(problem.c)},"
        f" m = {problem.m}: {problem.clients:,} clients,"
        f" D = {show_exact(problem.separation)}{backoff}"
    )


def _measured_line(result: Simulation) -> str:
    rounds = len(next(iter(result.risks.values())).values)
    return (
        "measured mean squared error of genuine clients"
        f" (evidence, not certified: {rounds} rounds, {_level(result):.0%} t intervals,"
        f" seed {result.plan.seed})"
    )


def _bound_lines(problem: Problem) -> list[str]:
    lines = [
        "bounds on the error under the worst adversary, which none of these need be"
        " (enclosures, rounded outwards)"
    ]
    for reference in REFERENCES:
        value = reference.value(problem)
        face = "says nothing here" if value is None else "[{}, {}]".format(*value.decimals(6))
        lines.append(f"  {face}  {reference.name} ({reference.status})")
    return lines


def worst_as_json(result: WorstOf) -> dict[str, Any]:
    """Every run, and the worst adversary for each estimator, for machines."""
    return {
        "status": "evidence, not certified",
        "worst": {
            name: {"adversary": adversary, "mean": risk.mean, "low": risk.low, "high": risk.high}
            for name, (adversary, risk) in result.worst.items()
        },
        "refused": result.refused,
        "runs": {name: as_json(run) for name, run in result.runs.items()},
    }


def _level(result: Simulation) -> float:
    return next(iter(result.risks.values())).level


def as_json(result: Simulation) -> dict[str, Any]:
    """The result for machines; the bounds are pairs of decimals, rounded outwards."""
    plan, problem = result.plan, result.plan.problem
    return {
        "problem": {
            "k": problem.k,
            "c": show_exact(problem.c),
            "m": problem.m,
            "delta": show_exact(problem.delta),
            "separation": show_exact(problem.separation),
            "backoff": None if math.isnan(problem.backoff) else problem.backoff,
            "clients": problem.clients,
        },
        "adversary": plan.adversary_name,
        "corrections": asdict(plan.corrections),
        "seed": plan.seed,
        "streams": STREAMS,
        "status": "evidence, not certified",
        "level": _level(result),
        "risks": {
            name: {"mean": risk.mean, "low": risk.low, "high": risk.high, "rounds": risk.values}
            for name, risk in result.risks.items()
        },
        "bounds": [
            {
                "name": reference.name,
                "status": reference.status,
                "enclosure": None if (value := reference.value(problem)) is None else pair(value),
            }
            for reference in REFERENCES
        ],
    }
