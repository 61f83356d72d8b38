"""Write the verdicts of all claims of a paper, as decided now, to its record, and its errata.

    python -m proofs_check.audit.record proofs_check.paper

Read the diff of both files.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from bounds.certify.errors import BoundsError, InputError
from bounds.certify.io.files import write_whole
from proofs_check.audit.paper import Audit, load, load_folder
from proofs_check.audit.report import render
from proofs_check.audit.runner import audit


def record(paper: Audit) -> None:
    """Decide every claim and write the verdicts and the errata.

    Raises:
        InputError: a check stopped with an error, so that it has no verdict: nothing is written.
    """
    outcomes = list(audit(paper, paper.find_claims()))
    if broken := [outcome.claim.id for outcome in outcomes if outcome.stopped]:
        raise InputError(
            f"no decision on {', '.join(broken)}: run `{paper.command} {broken[0]}` to see why"
        )
    verdicts = {outcome.claim.id: outcome.decision.verdict.value for outcome in outcomes}
    write_whole(paper.record, json.dumps(verdicts, indent=2) + "\n")
    if paper.errata is not None:
        write_whole(paper.errata, render("errata", outcomes, paper))


def main(words: list[str] | None = None) -> int:
    """Record the paper that is named, by its folder or its module."""
    parser = argparse.ArgumentParser(prog="python -m proofs_check.audit.record")
    parser.add_argument("paper", help="the folder of an audit, or the module that defines PAPER")
    place = parser.parse_args(words).paper
    try:
        record(load_folder(place) if Path(place).is_dir() else load(place))
    except BoundsError as reason:
        print(reason, file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
