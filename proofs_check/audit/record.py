"""Write the verdicts of all claims, as decided now, to recorded.json, and with them ERRATA.md.

Run it in a clone of the repository, where ERRATA.md lies beside this package, and read the diff.
"""

from __future__ import annotations

import json
from pathlib import Path

from bounds.certify.io.files import write_whole
from proofs_check.audit.registry import find_claims
from proofs_check.audit.report import render
from proofs_check.audit.runner import audit


def record() -> None:
    """Decide every claim and write the verdicts and the errata."""
    outcomes = list(audit(find_claims()))
    verdicts = {outcome.claim.id: outcome.decision.verdict.value for outcome in outcomes}
    here = Path(__file__).parent
    write_whole(here.parent / "recorded.json", json.dumps(verdicts, indent=2) + "\n")
    write_whole(here.parents[1] / "ERRATA.md", render("errata", outcomes))


if __name__ == "__main__":
    record()
