"""Write the verdicts of all claims of a paper, as decided now, to its record, and its errata.

    python -m proofs_check.audit.record proofs_check.paper

Read the diff of both files.
"""

from __future__ import annotations

import json
import sys

from bounds.certify.io.files import write_whole
from proofs_check.audit.paper import Audit, load, load_folder
from proofs_check.audit.report import render
from proofs_check.audit.runner import audit


def record(paper: Audit) -> None:
    """Decide every claim and write the verdicts and the errata."""
    outcomes = list(audit(paper, paper.find_claims()))
    verdicts = {outcome.claim.id: outcome.decision.verdict.value for outcome in outcomes}
    write_whole(paper.record, json.dumps(verdicts, indent=2) + "\n")
    if paper.errata is not None:
        write_whole(paper.errata, render("errata", outcomes, paper))


if __name__ == "__main__":
    place = sys.argv[1]
    record(load_folder(place) if "/" in place else load(place))
