"""The audit as JSON. The schema, version "bounds-audit/2", is stable: keys are only ever added.

schema      "bounds-audit/2"
paper       the title of the paper
counts      verdict -> number of the paper's claims
bases       machine -> number of the paper's claims that machines decided, words -> that rest on
            words
own         ids of the claims that are not the paper's but the audit's own
conclusions ids of the theorems and lemmas, and of what else is argued for and used no further
claims      a list, one object a claim:
    id, where, printed (plain text), latex, hypotheses, method
    verdict          certified | refuted | repaired | gap | inconclusive | not machine-checkable
    basis            machine | words | none: what decided it, derived from its facts; a verdict
                     "certified" on the basis "words" is one proved on paper, with its constants
                     checked by machine
    told             the verdict with its basis, as the other formats call it
    recorded         the verdict on record, or null
    finding          what holds, in one line
    evidence         list of lines
    facts            list of {kind, statement, ...}, one a line: kind proved (by: the comparisons or
                     the proof that ran), exact (residuals that vanish, positive expressions),
                     argued (where), or remark, on which no verdict rests
    arguments        list of {statement, where, steps}: the arguments on paper
    theorems         list of {name, file, part}: what a proof assistant's kernel accepts of it
    readings         list of {text, verdict, finding, needed}
    rests_on         ids that the paper's own argument uses
    standing         holds as printed | false as printed but repaired | false as printed | open
    broken_premises  ids below, at any depth, where the printed argument breaks
    unexamined_premises  ids below that were not decided in this run
    seconds          time that the check took
    certificates     list of {file, sha256}; `bounds verify --certificates DIR` writes the files
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from bounds.certify.lines import counted
from proofs_check.audit.facts import Argued, Exact, Fact, Less, Run
from proofs_check.audit.graph import (
    broken_premises,
    conclusions,
    standing,
    unexamined_premises,
)
from proofs_check.audit.paper import Audit
from proofs_check.audit.report import bases, counts, of_paper
from proofs_check.audit.runner import Outcome

SCHEMA = "bounds-audit/2"


def render(outcomes: Sequence[Outcome], paper: Audit) -> str:
    """The outcomes as one JSON object."""
    by_id = {outcome.claim.id: outcome for outcome in outcomes}
    papers = of_paper(outcomes)
    document = {
        "schema": SCHEMA,
        "paper": paper.title,
        "counts": {verdict.value: number for verdict, number in counts(papers).items()},
        "bases": bases(papers),
        "own": [outcome.claim.id for outcome in outcomes if outcome.own],
        "conclusions": conclusions((outcome.claim for outcome in outcomes), paper),
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
        "basis": decision.basis,
        "told": decision.told,
        "recorded": outcome.recorded,
        "finding": decision.finding,
        "evidence": list(decision.evidence),
        "facts": [_fact(line) for line in decision.lines],
        "arguments": [
            {"statement": fact.statement, "where": fact.where, "steps": list(fact.steps)}
            for fact in decision.arguments
        ],
        "theorems": [
            {"name": theorem.name, "file": theorem.file, "part": theorem.part}
            for theorem in outcome.theorems
        ],
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
        "unexamined_premises": unexamined_premises(claim.id, by_id),
        "seconds": round(outcome.seconds, 3),
        "certificates": [
            {"file": name, "sha256": certificate["sha256"]}
            for name, certificate in outcome.certificates
        ],
    }


def _fact(line: Fact | str) -> dict[str, Any]:
    if isinstance(line, str):
        return {"kind": "remark", "statement": line}
    if isinstance(line, Argued):
        return {"kind": "argued", "statement": line.statement, "where": line.where}
    if isinstance(line, Exact):
        return {
            "kind": "exact",
            "statement": line.statement,
            "residuals": list(line.residuals),
            "positive": list(line.positive),
        }
    return {"kind": "proved", "statement": line.statement, "by": list(map(_told, line.proofs))}


def _told(proof: Any) -> str:
    """A proof in one line; ends of balls as floats, for reading."""
    if isinstance(proof, Less):
        return f"{float(proof.lesser):.17g} < {float(proof.greater):.17g} (rounded)"
    if isinstance(proof, Run):
        return f"{proof.by}: {counted(proof.pieces, 'piece')}"
    return str(proof)
