"""Print the critical value eps_cr(Delta), where the loss turns from concave to convex, with proof.

Ends are rounded outwards: the truth lies between the two decimals. A Delta without eps_cr, or with
several turns to convexity, is reported as such, and so proved.
"""

from __future__ import annotations

import argparse
from typing import Any

from bounds.certify.errors import Inconclusive
from bounds.certify.exact import Exact, show_exact
from bounds.cli.certificates import add_option, folder_for, write_certificates
from bounds.cli.output import add_digits, digits_of, emit, pair, proof_json, tell
from bounds.cli.progress import waiting
from bounds.critical.critical import CriticalValue, NoCriticalValue, eps_cr
from bounds.critical.domain import read_delta

EXAMPLES = """\
examples:
  bounds eps-cr 3                  fifteen digits for Delta = 3
  bounds eps-cr 2 5/2 3 --json     several Delta, as JSON
  bounds eps-cr 2.7 --digits 1000  a thousand digits
  bounds eps-cr 3 --certificates out && bounds check out/*.json"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of `bounds eps-cr`."""
    parser.add_argument(
        "delta", nargs="+", metavar="DELTA", help="Delta, exact: 3, 2.5 or 5/2 (1/64 to 1024)"
    )
    add_digits(parser, ", 1 to 1,000,000")
    parser.add_argument("--json", action="store_true", help="print JSON")
    add_option(parser)


def run(arguments: argparse.Namespace) -> int:
    """Print one entry for each Delta; the exit code is 3 where one stays undecided."""
    digits = digits_of(arguments)
    deltas = [read_delta(text) for text in arguments.delta]  # all of them, before any work
    folder = folder_for(arguments.certificates)
    undecided, entries = False, []
    with waiting("proving", len(deltas)) as step:
        for delta in deltas:
            try:
                outcome: CriticalValue | NoCriticalValue | Inconclusive = eps_cr(delta, digits)
            except (NoCriticalValue, Inconclusive) as reason:
                outcome = reason
                undecided = undecided or isinstance(reason, Inconclusive)
            if folder is not None and isinstance(outcome, CriticalValue):
                write_certificates(outcome, folder)
            if arguments.json:
                entries.append(as_json(delta, outcome))
            else:
                tell(as_text(delta, outcome))
            step()
    if arguments.json:
        emit(entries, greek=True)
    return 3 if undecided else 0


def as_text(delta: Exact, outcome: CriticalValue | NoCriticalValue | Inconclusive) -> str:
    """One entry for people."""
    head = f"Delta = {show_exact(delta)}"
    if isinstance(outcome, NoCriticalValue):
        return f"{head}\n  no eps_cr: the loss is proved concave on its whole domain"
    if isinstance(outcome, Inconclusive):
        return f"{head}\n  undecided: {outcome}"
    if outcome.turns == 1:
        place = "the loss turns from concave to convex here and at no other place"
    else:
        place = f"the first of {outcome.turns} points where the loss turns from concave to convex"
    return (
        f"{head}\n  eps_cr in {outcome.eps}\n"
        f"  certified: exactly one root in its box (Krawczyk, {outcome.bits} bits); {place}"
    )


def as_json(
    delta: Exact, outcome: CriticalValue | NoCriticalValue | Inconclusive
) -> dict[str, Any]:
    """One entry for machines: enclosures are pairs of decimals, rounded outwards."""
    entry: dict[str, Any] = {"delta": show_exact(delta)}
    if isinstance(outcome, NoCriticalValue):
        return {**entry, "status": "none", "turns": 0, "reason": str(outcome)}
    if isinstance(outcome, Inconclusive):
        return {**entry, "status": "inconclusive", "reason": str(outcome)}

    return {
        **entry,
        "status": "certified",
        "digits": outcome.eps.digits,
        "eps_cr": pair(outcome.eps),
        "turns": outcome.turns,
        "l": pair(outcome.radius),
        "l_of_eps_hat": pair(outcome.radius_of_estimate),
        "eps_hat": pair(outcome.estimate),
        "g": pair(outcome.shift),
        "loss": pair(outcome.loss),
        "proof": proof_json(outcome.proof),
    }
