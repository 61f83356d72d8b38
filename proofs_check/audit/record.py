"""Write the verdicts of all claims of a paper, as decided now, to its record, and its errata.

`bounds audit PATH --record` and `bounds verify --record` do it. Read the diff of both files.
"""

from __future__ import annotations

import json
from collections.abc import Callable

from bounds.certify.errors import InputError
from bounds.certify.io.files import write_whole
from proofs_check.audit.paper import Audit
from proofs_check.audit.report import render
from proofs_check.audit.runner import Outcome, audit
from proofs_check.audit.verdict import INCONCLUSIVE

NEAR = 0.5
"""The share of its time from which a claim is told as near its limit."""


def told_time(outcome: Outcome) -> str:
    """A claim with its verdict and how long it took, of how long it had."""
    claim, spent = outcome.claim, f"{outcome.seconds:.1f} s"
    told = f"{claim.id}: {outcome.decision.told}, {spent}"
    if claim.seconds is None:
        return told
    near = outcome.decision.verdict is not INCONCLUSIVE and outcome.seconds > NEAR * claim.seconds
    return f"{told} of {claim.seconds:g} s{': near its limit, give it more time' if near else ''}"


def record(
    paper: Audit, jobs: int | None = None, tell: Callable[[Outcome], object] | None = None
) -> list[Outcome]:
    """Decide every claim and write the verdicts and the errata.

    Args:
        paper: whose claims.
        jobs: worker processes.
        tell: is told each outcome, as soon as it is there.

    Raises:
        InputError: a check stopped with an error, so that it has no verdict: nothing is written.
    """
    outcomes = []
    for outcome in audit(paper, paper.find_claims(), jobs):
        outcomes.append(outcome)
        if tell is not None:
            tell(outcome)
    if broken := [outcome.claim.id for outcome in outcomes if outcome.stopped]:
        raise InputError(
            f"no decision on {', '.join(broken)}: run `{paper.command} {broken[0]}` to see why"
        )
    verdicts = {outcome.claim.id: outcome.decision.verdict.value for outcome in outcomes}
    write_whole(paper.record, json.dumps(verdicts, indent=2) + "\n")
    if paper.errata is not None:
        write_whole(paper.errata, render("errata", outcomes, paper))
    return outcomes
