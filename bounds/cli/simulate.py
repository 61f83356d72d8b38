"""Measure the risk of Algorithms 1 and 2 under an adversary, next to the bounds.

What is measured is evidence with error bars, not certified; the bounds next to it are enclosures.
With -o, finished rounds are kept in FILE.partial: a run that was killed goes on where it stopped.
"""

from __future__ import annotations

import argparse
import json
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
from bounds.cli.eps_cr import whole_number
from bounds.cli.progress import progress_bar
from bounds.simulation.adversaries import ADVERSARIES
from bounds.simulation.baselines import ESTIMATORS
from bounds.simulation.clients import Adversary
from bounds.simulation.corrections import Corrections
from bounds.simulation.references import REFERENCES
from bounds.simulation.run import Simulation, simulate


def _summary(adversary: Adversary) -> str:
    """The first paragraph of its docstring, on one line."""
    return " ".join((adversary.__doc__ or "").split("\n\n")[0].split())


EXAMPLES = """\
examples:
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
    add("--m", required=True, metavar="M", help="genuine clients in a component, in the mean")
    add(
        "--adversary",
        default="none",
        metavar="NAME",
        help=f"one of {', '.join(ADVERSARIES)} (default none)",
    )
    add(
        "--estimators",
        default="algorithm,own,oracle",
        metavar="NAMES",
        help=f"some of {', '.join(ESTIMATORS)} (default algorithm,own,oracle)",
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
    partial = arguments.output and beside(arguments.output, ".partial")
    with _executor(whole_number(arguments.jobs, "--jobs")) as executor, progress_bar() as progress:
        task = progress.add_task("simulating", total=reps)
        result = simulate(
            arguments.k,
            arguments.c,
            arguments.m,
            arguments.delta,
            adversary=arguments.adversary,
            estimators=_names(arguments.estimators),
            separation=arguments.separation,
            backoff=arguments.backoff,
            corrections=_corrections(arguments.without),
            reps=reps,
            seed=whole_number(arguments.seed, "--seed"),
            executor=executor,
            resume=partial,
            each=lambda done: progress.update(task, completed=done),
        )
    if arguments.output:
        write_whole(arguments.output, json.dumps(as_json(result), indent=1) + "\n")
    print(json.dumps(as_json(result), indent=1) if arguments.json else as_text(result))
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
    plan, problem = result.plan, result.plan.problem
    rounds, level = len(next(iter(result.risks.values())).values), _level(result)
    lines = [
        f"Delta = {show_exact(problem.delta)}, k = {problem.k}, c = {show_exact(problem.c)},"
        f" m = {problem.m}: {problem.clients:,} clients, D = {show_exact(problem.separation)},"
        f" backoff delta = {problem.backoff:.4g}",
        f"adversary {plan.adversary_name}: {_summary(ADVERSARIES[plan.adversary_name])}",
        "measured mean squared error of genuine clients"
        f" (evidence, not certified: {rounds} rounds, {level:.0%} t intervals, seed {plan.seed})",
        *(
            f"  {name:<12} {risk.mean:#.4g}  [{risk.low:#.4g}, {risk.high:#.4g}]"
            for name, risk in result.risks.items()
        ),
        "bounds on the error under the worst adversary, which this one need not be"
        " (enclosures, rounded outwards)",
    ]
    for reference in REFERENCES:
        value = reference.value(problem)
        face = "says nothing here" if value is None else "[{}, {}]".format(*value.decimals(6))
        lines.append(f"  {face}  {reference.name} ({reference.status})")
    return "\n".join(lines)


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
            "backoff": problem.backoff,
            "clients": problem.clients,
        },
        "adversary": plan.adversary_name,
        "corrections": asdict(plan.corrections),
        "seed": plan.seed,
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
                "enclosure": None
                if (value := reference.value(problem)) is None
                else list(value.decimals()),
            }
            for reference in REFERENCES
        ],
    }
