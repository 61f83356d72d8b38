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
from proofs_check.audit.verdict import CERTIFIED, IN_WORDS, REFUTED, REPAIRED, Decision, Verdict

if TYPE_CHECKING:
    from proofs_check.audit.paper import Audit
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
    "certified: decided by ball arithmetic and exact algebra alone; proved in words: an argument to"
    " be read, with certified constants"
)
"""What the two kinds of proof are called."""


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
    """The two numbers in words."""
    both = bases(outcomes)
    told = f"{both['machine']} decided by machine, {both['words']} resting on words"
    proved = sum(bool(outcome.theorems) for outcome in outcomes)
    full = sum(any(theorem.in_full for theorem in outcome.theorems) for outcome in outcomes)
    if not proved:
        return told
    parts = "" if full == proved else f" ({full} in full, {proved - full} in part)"
    return f"{told}, {proved} with a theorem of the kernel{parts}"


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
    """The verdict under which a claim is counted: what is proved in words is not certified."""
    decision = outcome.decision
    return IN_WORDS if decision.told == IN_WORDS else decision.verdict.value


def _endings(outcomes: Sequence[Outcome]) -> str:
    tally: Counter[str] = Counter()
    for verdict in Verdict:
        for outcome in outcomes:
            if outcome.decision.verdict is verdict:
                tally[ending(outcome)] += 1
    return ", ".join(f"{number} {name}" for name, number in tally.items())


def statement_label(outcome: Outcome) -> str:
    """What the statement of a claim is called: the paper prints its own alone."""
    return "stated" if outcome.own else "printed"


def finding_label(decision: Decision) -> str:
    """What the finding may be called: "certified" is for what machines proved, and nothing else.

    What is found of a refuted claim is that it is false, and it is called so.
    """
    if decision.verdict is REFUTED:
        return "refuted"
    if decision.verdict not in (CERTIFIED, REPAIRED):
        return "finding"
    return "certified" if decision.basis == "machine" else "in words"
