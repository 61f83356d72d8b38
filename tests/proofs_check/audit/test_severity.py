"""How grave a failure is: decided by the verdict, else by what was written down."""

import pytest

from proofs_check import PAPER, Verdict
from proofs_check.audit.severity import SEVERITIES, severity_of


@pytest.mark.parametrize("verdict", Verdict)
def test_nothing_grave_where_nothing_fails(verdict: Verdict) -> None:
    unread = (Verdict.CERTIFIED, Verdict.INCONCLUSIVE, Verdict.NOT_MACHINE_CHECKABLE)
    fails = verdict not in unread
    found = severity_of("eps-cr-2", verdict, PAPER)
    assert (found in SEVERITIES) is fails


def test_what_is_not_judged_is_material() -> None:
    assert severity_of("not-listed", Verdict.REPAIRED, PAPER) == "material error"
    assert severity_of("hessian-formula", Verdict.REPAIRED, PAPER) == "slip of the pen"
    assert severity_of("objective", Verdict.REPAIRED, PAPER) == "matter of words"
    assert severity_of("limit-exists", Verdict.NOT_MACHINE_CHECKABLE, PAPER) == "matter of words"


def test_only_what_fails_is_judged_and_each_claim_has_a_title() -> None:
    on_record = PAPER.recorded()
    judged = PAPER.slips | PAPER.wordings
    assert not PAPER.slips & PAPER.wordings
    assert {on_record[name] for name in judged} <= {"refuted", "repaired", "not machine-checkable"}
    titles = [PAPER.title_of(name) for name in PAPER.ids]
    assert len(set(titles)) == len(titles)
    assert PAPER.title_of("lemma-5-chain-10") == "Proof of Lemma 5, line 10"
