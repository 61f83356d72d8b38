"""Decide the paper's claims: printed value, certified value, verdict."""

from __future__ import annotations

import argparse

from bounds.cli import DECIDED, DIFFERS, UNDECIDED

EXAMPLES = """\
examples:
  bounds verify             every claim
  bounds verify eps-cr-3    one claim, with its evidence"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of `bounds verify`."""
    parser.add_argument("id", nargs="*", metavar="ID", help="claims to decide (default: all)")


def run(arguments: argparse.Namespace) -> int:
    """Print a table, or the evidence where claims are named; the exit code says what came out."""
    from proofs_check import INCONCLUSIVE, decide, find_claims, recorded

    chosen = find_claims(arguments.id or None)
    expected = recorded()
    decisions = [decide(claim) for claim in chosen]
    width = max(len(claim.id) for claim in chosen)
    for claim, decision in zip(chosen, decisions, strict=True):
        print(f"{claim.id:<{width}}  {decision.verdict.value:<9}  printed    {claim.printed}")
        print(f"{'':<{width}}  {'':<9}  certified  {decision.finding}", flush=True)
        if arguments.id:
            for line in decision.evidence:
                print(f"{'':<{width}}  - {line}")
    changed = [
        claim.id
        for claim, decision in zip(chosen, decisions, strict=True)
        if decision.verdict.value != expected.get(claim.id)
    ]
    open_ones = [
        claim.id
        for claim, decision in zip(chosen, decisions, strict=True)
        if decision.verdict is INCONCLUSIVE
    ]
    counts: dict[str, int] = {}
    for decision in decisions:
        counts[decision.verdict.value] = counts.get(decision.verdict.value, 0) + 1
    tally = ", ".join(f"{number} {name}" for name, number in counts.items())
    print(f"{len(chosen)} claims decided: {tally}")
    if open_ones:
        print(f"undecided: {', '.join(open_ones)}")
        return UNDECIDED
    if changed:
        print(f"differs from the recorded verdict: {', '.join(changed)}")
        return DIFFERS
    return DECIDED
