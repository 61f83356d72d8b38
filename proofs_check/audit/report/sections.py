"""The paper's order: where a claim stands, for those who read the claims beside the paper."""

from __future__ import annotations

import re
from collections.abc import Iterable

from proofs_check.audit.claim import Claim
from proofs_check.audit.paper import Audit
from proofs_check.audit.runner import Outcome


def by_section(outcomes: Iterable[Outcome], paper: Audit) -> dict[str, list[Outcome]]:
    """The outcomes by section; inside a section by the lemma whose proof they belong to."""
    found: dict[str, list[Outcome]] = {name: [] for name in paper.headings}
    for outcome in outcomes:
        found[paper.section_of(outcome.claim.where)].append(outcome)
    return {
        name: sorted(group, key=lambda outcome: _lemma(outcome.claim))
        for name, group in found.items()
        if group
    }


def in_order(claims: Iterable[Claim], paper: Audit) -> list[Claim]:
    """The claims in the same order, in one list."""
    places = {name: number for number, name in enumerate(paper.headings)}
    return sorted(claims, key=lambda c: (places[paper.section_of(c.where)], _lemma(c)))


def _lemma(claim: Claim) -> int:
    """The number of the lemma in the place; what stands beside no lemma comes last."""
    number = re.search(r"Lemma (\d)", claim.where)
    return int(number[1]) if number else 10
