"""Write the verdicts of all claims of a paper, as decided now, to its record, and its errata.

`bounds audit PATH --record` and `bounds verify --record` do it. Read the diff of both files.
"""

from __future__ import annotations

import json

from bounds.certify.errors import InputError
from bounds.certify.io.files import write_whole
from proofs_check.audit.paper import Audit
from proofs_check.audit.report import render
from proofs_check.audit.runner import Outcome, audit


def record(paper: Audit, jobs: int | None = None) -> list[Outcome]:
    """Decide every claim and write the verdicts and the errata.

    Args:
        paper: whose claims.
        jobs: worker processes.

    Raises:
        InputError: a check stopped with an error, so that it has no verdict: nothing is written.
    """
    outcomes = list(audit(paper, paper.find_claims(), jobs))
    if broken := [outcome.claim.id for outcome in outcomes if outcome.stopped]:
        raise InputError(
            f"no decision on {', '.join(broken)}: run `{paper.command} {broken[0]}` to see why"
        )
    verdicts = {outcome.claim.id: outcome.decision.verdict.value for outcome in outcomes}
    write_whole(paper.record, json.dumps(verdicts, indent=2) + "\n")
    if paper.errata is not None:
        write_whole(paper.errata, render("errata", outcomes, paper))
    return outcomes
