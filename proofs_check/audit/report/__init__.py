"""The audit written out: one file for each format, all from the same outcomes.

text      a line or two for each claim, as `bounds verify` prints it
json      for programs; the schema is described in `proofs_check.audit.report.as_json`
markdown  a summary table and a section for each claim
html      one self-contained page, with mathematics, figures and a filter
errata    only what is wrong in the paper, and what holds instead
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from importlib import import_module
from typing import TYPE_CHECKING

from bounds.certify.lines import counted
from proofs_check.audit.verdict import (
    CERTIFIED,
    NAMES,
    ON_PAPER,
    REFUTED,
    REPAIRED,
    Decision,
    Verdict,
)

if TYPE_CHECKING:
    from proofs_check.audit.paper import Audit, Theorem
    from proofs_check.audit.runner import Outcome

_HOMES = {
    "text": "as_text",
    "json": "as_json",
    "markdown": "as_markdown",
    "html": "as_html",
    "errata": "errata",
}
FORMATS = tuple(_HOMES)

MEANING = (
    "certified: decided by ball arithmetic and exact algebra only; proved on paper: an argument"
    " that a person reads, its constants checked by machine; false as printed: the printed"
    " statement fails at an exact witness, or has no meaning there; but repaired: a near"
    " statement is proved"
)
"""What the verdicts mean."""


def render(kind: str, outcomes: Sequence[Outcome], paper: Audit) -> str:
    """The report in one of `FORMATS`, ending in a newline."""
    home = import_module(f"proofs_check.audit.report.{_HOMES[kind]}")
    document: str = home.render(outcomes, paper)
    return document


def of_paper(outcomes: Iterable[Outcome]) -> list[Outcome]:
    """The outcomes of the paper's claims, without those of the audit's own."""
    return [outcome for outcome in outcomes if not outcome.own]


def counts(outcomes: Sequence[Outcome]) -> dict[Verdict, int]:
    """How many claims ended with each verdict that occurs, in the order of `Verdict`."""
    tally = Counter(outcome.decision.verdict for outcome in outcomes)
    return {verdict: tally[verdict] for verdict in Verdict if tally[verdict]}


def bases(outcomes: Sequence[Outcome]) -> dict[str, int]:
    """How many claims machines decided, and how many rest on words."""
    tally = Counter(outcome.decision.basis for outcome in outcomes)
    return {"machine": tally["machine"], "words": tally["words"]}


def basis_summary(outcomes: Sequence[Outcome]) -> str:
    """The two numbers in a sentence."""
    both = bases(outcomes)
    told = f"{both['machine']} decided by machine, {both['words']} proved on paper"
    proved = sum(bool(outcome.theorems) for outcome in outcomes)
    if not proved:
        return told
    tally = Counter(covered(outcome.theorems) for outcome in outcomes if outcome.theorems)
    parts = ", ".join(f"{tally[extent]} for {extent}" for extent in _EXTENTS if tally[extent])
    return f"{told}, {proved} with a theorem that Coq's kernel accepts ({parts})"


_WHOLE, _HALF, _PART = _EXTENTS = (
    "the whole verdict",
    "one half of it, why the printed form fails or what holds instead",
    "a part, such as one step",
)


def covered(theorems: Sequence[Theorem]) -> str:
    """How much of a verdict the kernel's theorems prove: one of `_EXTENTS`."""
    pieces = [piece.strip() for theorem in theorems for piece in theorem.part.split(";")]
    fails, holds = (
        any(piece.startswith(start) for piece in pieces)
        for start in ("printed refuted", "repaired statement")
    )
    if (fails and holds) or any(piece.startswith("whole claim") for piece in pieces):
        return _WHOLE
    return _HALF if fails or holds else _PART


def summary(outcomes: Sequence[Outcome]) -> str:
    """One line: how many of the paper's claims were decided, how they ended, what decided them.

    The claims of the audit's own are told after them.
    """
    papers, own = of_paper(outcomes), [outcome for outcome in outcomes if outcome.own]
    whose = "of other audits" if any(":" in one.claim.id for one in own) else "of our own"
    told = f"{_number(papers)} decided: {_endings(papers)}; {basis_summary(papers)}"
    if not own:
        return told
    if not papers:
        return f"{_number(own)} {whose} decided: {_endings(own)}; {basis_summary(own)}"
    return f"{told}; and {len(own)} {whose}: {_endings(own)}"


def _number(outcomes: Sequence[Outcome]) -> str:
    return counted(len(outcomes), "claim")


def ending(outcome: Outcome) -> str:
    """The verdict under which a claim is counted: what is proved on paper is not certified."""
    decision = outcome.decision
    return ON_PAPER if decision.told == ON_PAPER else NAMES[decision.verdict]


def _endings(outcomes: Sequence[Outcome]) -> str:
    tally: Counter[str] = Counter()
    for verdict in Verdict:
        for outcome in outcomes:
            if outcome.decision.verdict is verdict:
                tally[ending(outcome)] += 1
    return ", ".join(f"{number} {name}" for name, number in tally.items())


def statement_label(outcome: Outcome) -> str:
    """What the statement of a claim is called: the paper prints only its own."""
    return "stated" if outcome.own else "printed"


def finding_label(decision: Decision) -> str:
    """What the finding is called, after the verdict.

    "Certified" is for what machines proved, and for nothing else.
    """
    if decision.verdict is REFUTED:
        return "why it fails"
    if decision.verdict is REPAIRED:
        return "holds instead"
    if decision.verdict is not CERTIFIED:
        return "finding"
    return "certified" if decision.basis == "machine" else "proved on paper"
