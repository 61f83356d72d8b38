"""Write the verdicts of all claims, as decided now, to recorded.json: look at the diff."""

from __future__ import annotations

import json
from pathlib import Path

from proofs_check.registry import decide, find_claims


def record() -> None:
    """Decide every claim and write the verdicts."""
    verdicts = {claim.id: decide(claim).verdict.value for claim in find_claims()}
    path = Path(__file__).with_name("recorded.json")
    path.write_text(json.dumps(verdicts, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    record()
