"""The paper's order: where a claim stands, for those who read the claims beside the paper."""

from __future__ import annotations

import re
from collections.abc import Iterable

from proofs_check.audit.runner import Outcome

SECTIONS = {
    "Abstract": "Abstract",
    "I": "I. Introduction",
    "II": "II. Problem statement",
    "III": "III. Results",
    "IV": "IV. Lower bound",
    "V": "V. Algorithm and asymptotic analysis",
    "VI": "VI. Discussion",
    "A": "Appendix A. Lower bound proof",
    "B": "Appendix B. Algorithm analysis",
}
"""The sections of the paper, in its order."""

_STANDS_IN = {
    "Algorithm": "V",
    "Alg.": "V",
    "Fig. 1": "III",
    "Fig. 2": "IV",
    "Lemma": "B",
    "Theorem": "III",
}


def section_of(where: str) -> str:
    """The section of the paper in which the place begins: "III; Lemma 5" is in III.

    Raises:
        ValueError: the place begins with no section of the paper.
    """
    for name, section in _STANDS_IN.items():
        if where.startswith(name):
            return section
    word = re.split(r"[,;: ]+", where.removeprefix("Appendix "))[0]
    if word not in SECTIONS:
        raise ValueError(f"{where!r} begins with no section of the paper: {', '.join(SECTIONS)}")
    return word


def by_section(outcomes: Iterable[Outcome]) -> dict[str, list[Outcome]]:
    """The outcomes by section; inside a section by the lemma whose proof they belong to."""
    found: dict[str, list[Outcome]] = {name: [] for name in SECTIONS}
    for outcome in outcomes:
        found[section_of(outcome.claim.where)].append(outcome)
    return {name: sorted(group, key=_lemma) for name, group in found.items() if group}


def _lemma(outcome: Outcome) -> int:
    """The number of the lemma in the place; what stands beside no lemma comes last."""
    number = re.search(r"Lemma (\d)", outcome.claim.where)
    return int(number[1]) if number else 7
