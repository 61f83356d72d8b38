"""Whether a group of clients gains by collaborating, on one screen, in plain words.

Say how many clients there are, in how many groups, what share may be corrupted, and how far apart
the groups' means are. What is proved says so; what is measured is evidence. What is "unknown" of
groups, share and distance is guessed in turn, and the answer says what changes with it.
"""

from __future__ import annotations

import argparse
from typing import Any

from bounds.advice import Advice, Guess, advise, ceiling_of, guess
from bounds.bracket import RiskBracket
from bounds.certify.exact import show_exact
from bounds.cli.output import emit, pair, tell, whole_number
from bounds.cli.progress import progress_bar
from bounds.simulation.adversaries import ADVERSARIES

UNKNOWN = "unknown"
EXAMPLES = """\
examples:
  bounds advise --clients 200 --groups 10 --corrupted 5% --distance 20
  bounds advise --clients 2000 --groups unknown --corrupted 5% --distance 20
  bounds advise --clients 200000 --groups 10 --corrupted 5% --distance 20 --json
  bounds advise --clients 500000 --groups 4 --corrupted 0.1 --distance 3.5 --sd 0.8 --samples 25"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of `bounds advise`."""
    add = parser.add_argument
    add("--clients", required=True, metavar="N", help="how many clients there are")
    add(
        "--groups",
        required=True,
        metavar="K",
        help="in how many groups the genuine ones fall, or unknown",
    )
    add(
        "--corrupted",
        required=True,
        metavar="SHARE",
        help="share of corrupted clients: 5%% or 0.05, or unknown",
    )
    add(
        "--distance",
        required=True,
        metavar="D",
        help="least distance of the groups' means, in the unit of the samples (not Delta = D/9),"
        " or unknown",
    )
    add("--sd", default="1", metavar="S", help="standard deviation of one sample (default 1)")
    add("--samples", default="1", metavar="N", help="samples a client has (default 1)")
    add(
        "--reps",
        default="3",
        metavar="N",
        help="simulated rounds an attack, from 2; 0 for none (default 3)",
    )
    add("--seed", default="0", metavar="N", help="seed of the simulation (default 0)")
    add("--json", action="store_true", help="print JSON")


def run(arguments: argparse.Namespace) -> int:
    """Advise."""
    asked = [arguments.groups, arguments.corrupted, arguments.distance]
    if UNKNOWN in asked:
        return _guess(arguments, *(None if word == UNKNOWN else word for word in asked))
    reps = whole_number(arguments.reps, "--reps")
    with progress_bar() as progress:
        task = progress.add_task("trying attacks", total=max(1, reps * len(ADVERSARIES)))
        advice = advise(
            arguments.clients,
            arguments.groups,
            arguments.corrupted,
            arguments.distance,
            sd=arguments.sd,
            samples=arguments.samples,
            reps=reps,
            seed=whole_number(arguments.seed, "--seed"),
            each=lambda done: progress.update(task, completed=done),
        )
    if arguments.json:
        emit(as_json(advice), 1)
    else:
        tell(advice)
    return 0


def _guess(arguments: argparse.Namespace, groups: Any, corrupted: Any, distance: Any) -> int:
    reps = whole_number(arguments.reps, "--reps")
    found = guess(
        arguments.clients,
        groups,
        corrupted,
        distance,
        sd=arguments.sd,
        samples=arguments.samples,
        reps=reps,
        seed=whole_number(arguments.seed, "--seed"),
    )
    if arguments.json:
        emit({"clients": found.clients, "guesses": [_row(row) for row in found.rows]}, 1)
    else:
        tell(found)
    return 0


def _row(row: Guess) -> dict[str, Any]:
    return {
        "guessed": row.guessed,
        **({"floor": None, "ceiling": None} if row.bracket is None else _pair(row.bracket)),
        "proof_from_clients": row.enough,
        "measured": None if row.measured is None else row.measured.mean,
    }


def as_json(advice: Advice) -> dict[str, Any]:
    """The advice for machines; certified numbers are pairs of decimals, rounded outwards."""
    asked = advice.situation
    return {
        "answer": advice.answer,
        "paper": {
            "k": asked.k,
            "c": show_exact(asked.c),
            "m": show_exact(asked.m),
            "D": show_exact(asked.distance),
            "delta": show_exact(asked.distance / 9),
            "unit_of_error": show_exact(asked.unit),
        },
        "clients": asked.clients,
        **_pair(advice.bracket),
        "method": advice.bracket.high.method,
        "limit": pair(advice.limit.value),
        "proof_from_clients": advice.enough,
        "measured": {
            name: {"adversary": adversary, "mean": risk.mean, "low": risk.low, "high": risk.high}
            for name, (adversary, risk) in advice.measured.items()
        },
        "measured_status": "evidence, not certified",
        "by_share": {show_exact(share): _pair(found) for share, found in advice.by_share.items()},
        "by_clients": {str(count): _pair(found) for count, found in advice.by_size.items()},
    }


def _pair(found: RiskBracket) -> dict[str, Any]:
    ceiling = ceiling_of(found)
    return {
        "floor": pair(found.low.value),
        "ceiling": None if ceiling is None else pair(ceiling.value),
    }
