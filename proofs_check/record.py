"""Write the verdicts of all claims, as decided now, to recorded.json, and with them ERRATA.md.

Run it in a clone of the repository, where ERRATA.md lies beside this package, and read the diff.
"""

from __future__ import annotations

import json
from pathlib import Path

from bounds.certified.files import write_whole
from proofs_check.audit import audit
from proofs_check.registry import find_claims
from proofs_check.report import render


def record() -> None:
    """Decide every claim and write the verdicts and the errata."""
    outcomes = list(audit(find_claims()))
    verdicts = {outcome.claim.id: outcome.decision.verdict.value for outcome in outcomes}
    here = Path(__file__).parent
    write_whole(here / "recorded.json", json.dumps(verdicts, indent=2) + "\n")
    write_whole(here.parent / "ERRATA.md", render("errata", outcomes))


if __name__ == "__main__":
    record()
