"""The audit as JSON. The schema, version "bounds-audit/1", is stable: keys are only ever added.

schema      "bounds-audit/1"
paper       the title of the paper
counts      verdict -> number of claims
conclusions ids of the theorems and lemmas, and of what else is argued for and used no further
claims      a list, one object a claim:
    id, where, printed (plain text), latex, hypotheses, method
    verdict          certified | refuted | repaired | gap | inconclusive | not machine-checkable
    recorded         the verdict on record, or null
    finding          what holds, in one line
    evidence         list of lines
    readings         list of {text, verdict, finding, needed}
    rests_on         ids that the paper's own argument uses
    standing         stands | stands after repair | falls | open
    broken_premises  ids below, at any depth, where the printed argument breaks
    seconds          time that the check took
    certificates     list of {file, sha256}; `bounds verify --certificates DIR` writes the files
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from proofs_check.audit.graph import broken_premises, conclusions, standing
from proofs_check.audit.report import PAPER, counts
from proofs_check.audit.runner import Outcome

SCHEMA = "bounds-audit/1"


def render(outcomes: Sequence[Outcome]) -> str:
    """The outcomes as one JSON object."""
    by_id = {outcome.claim.id: outcome for outcome in outcomes}
    document = {
        "schema": SCHEMA,
        "paper": PAPER,
        "counts": {verdict.value: number for verdict, number in counts(outcomes).items()},
        "conclusions": conclusions(outcome.claim for outcome in outcomes),
        "claims": [_entry(outcome, by_id) for outcome in outcomes],
    }
    return json.dumps(document, indent=2, ensure_ascii=False) + "\n"


def _entry(outcome: Outcome, by_id: Mapping[str, Outcome]) -> dict[str, Any]:
    claim, decision = outcome.claim, outcome.decision
    return {
        "id": claim.id,
        "where": claim.where,
        "printed": claim.printed,
        "latex": claim.latex,
        "hypotheses": claim.hypotheses,
        "method": claim.method,
        "verdict": decision.verdict.value,
        "recorded": outcome.recorded,
        "finding": decision.finding,
        "evidence": list(decision.evidence),
        "readings": [
            {
                "text": reading.text,
                "verdict": reading.verdict.value,
                "finding": reading.finding,
                "needed": reading.needed,
            }
            for reading in decision.readings
        ],
        "rests_on": list(claim.rests_on),
        "standing": standing(decision.verdict),
        "broken_premises": broken_premises(claim.id, by_id),
        "seconds": round(outcome.seconds, 3),
        "certificates": [
            {"file": name, "sha256": certificate["sha256"]}
            for name, certificate in outcome.certificates
        ],
    }
