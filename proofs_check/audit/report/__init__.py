"""The audit written out: one file for each format, all from the same outcomes.

text      a line or two for each claim, as `bounds verify` prints it
json      for programs; the schema is described in `proofs_check.audit.report.as_json`
markdown  a summary table and a section for each claim
html      one self-contained page, with mathematics, figures and a filter
errata    only what is wrong in the paper, and what holds instead
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from importlib import import_module

from proofs_check.audit.runner import Outcome
from proofs_check.audit.verdict import CERTIFIED, REFUTED, REPAIRED, Decision, Verdict

_HOMES = {
    "text": "as_text",
    "json": "as_json",
    "markdown": "as_markdown",
    "html": "as_html",
    "errata": "errata",
}
FORMATS = tuple(_HOMES)

PAPER = "Robust Federated Personalised Mean Estimation for the Gaussian Mixture Model"


def render(kind: str, outcomes: Sequence[Outcome]) -> str:
    """The report in one of `FORMATS`, ending in a newline."""
    document: str = import_module(f"proofs_check.audit.report.{_HOMES[kind]}").render(outcomes)
    return document


def counts(outcomes: Sequence[Outcome]) -> dict[Verdict, int]:
    """How many claims ended with each verdict that occurs, in the order of `Verdict`."""
    tally = Counter(outcome.decision.verdict for outcome in outcomes)
    return {verdict: tally[verdict] for verdict in Verdict if tally[verdict]}


def summary(outcomes: Sequence[Outcome]) -> str:
    """One line: how many claims were decided, and how they ended."""
    told = ", ".join(f"{number} {verdict.value}" for verdict, number in counts(outcomes).items())
    noun = "claim" if len(outcomes) == 1 else "claims"
    return f"{len(outcomes)} {noun} decided: {told}"


def finding_label(decision: Decision) -> str:
    """What the finding may be called: "certified" is for what was proved, and for nothing else."""
    return "certified" if decision.verdict in (CERTIFIED, REFUTED, REPAIRED) else "finding"
