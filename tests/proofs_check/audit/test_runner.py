"""Claims decided one by one or in workers: same outcomes, same order, and no crash gets through."""

import os
from dataclasses import replace

import pytest
from fake_claims import fake

import proofs_check.audit.runner
from bounds import Inconclusive
from proofs_check import CERTIFIED, INCONCLUSIVE, PAPER, Claim, Decision, Seeded, find_claims
from proofs_check.audit.runner import _in_order, _together, audit, default_jobs, try_seeded

REAL = ["eps-cr-4", "eps-cr-2", "eps-cr-3"]


def crash() -> Decision:
    raise ZeroDivisionError("division by zero\nsecond line")


def run_out() -> Decision:
    raise Inconclusive("budget of 3 pieces spent")


def die(_: Claim) -> str:
    os._exit(1)


def test_workers_find_the_same_in_the_same_order() -> None:
    claims = find_claims(REAL)
    alone, shared = list(audit(PAPER, claims, jobs=1)), list(audit(PAPER, claims, jobs=2))
    assert [outcome.claim.id for outcome in shared] == REAL
    assert [outcome.decision for outcome in shared] == [outcome.decision for outcome in alone]
    for one, other in zip(alone, shared, strict=True):
        assert one.certificates == other.certificates
        assert not one.changed


def test_a_crash_leaves_a_claim_undecided_and_the_audit_goes_on() -> None:
    claims = [replace(fake("a"), check=crash), replace(fake("b"), check=run_out), fake("c")]
    first, second, third = audit(PAPER, claims, jobs=1)
    assert first.decision.verdict is INCONCLUSIVE
    assert [one.stopped for one in (first, second, third)] == [True, False, False]
    assert first.decision.finding == (
        "undecided: the check stopped: ZeroDivisionError: division by zero"
    )
    assert second.decision.finding == "undecided: budget of 3 pieces spent"
    assert third.decision.verdict is CERTIFIED


def test_a_worker_that_dies_leaves_its_claims_undecided() -> None:
    assert list(_in_order(PAPER, die, find_claims(REAL), 2, lambda: "lost")) == ["lost"] * 3
    decision, seconds, broke = proofs_check.audit.runner._lost()
    assert decision.verdict is INCONCLUSIVE
    assert (seconds, broke) == (0.0, True)


def name_of(claim: Claim) -> str:
    return claim.id


def test_claims_of_one_file_and_those_beside_them_go_to_one_worker() -> None:
    first, second, third = find_claims(REAL)
    assert _together(PAPER, [first, second, third]) == [[name] for name in REAL]
    claims = [first, second, replace(third, beside=first.id)]
    assert _together(PAPER, claims) == [[first.id, third.id], [second.id]]
    assert list(_in_order(PAPER, name_of, claims, 2, lambda: "lost")) == REAL


@pytest.mark.heavy
def test_what_claims_have_in_common_is_proved_before_workers_start(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Once, for all claims together; an error there is left to the claims."""
    asked: list[str] = []

    def common() -> None:
        asked.append("once")
        raise ZeroDivisionError

    claims = find_claims(REAL)
    paper = replace(PAPER, common=common)
    assert list(_in_order(paper, name_of, claims, 2, lambda: "lost")) == REAL
    assert asked == []
    monkeypatch.setitem(vars(paper), "ids", tuple(REAL))
    monkeypatch.setattr(proofs_check.audit.runner, "_start", lambda: "spawn")
    assert list(_in_order(paper, name_of, claims, 2, lambda: "lost")) == REAL
    assert asked == []
    monkeypatch.setattr(proofs_check.audit.runner, "_start", lambda: "fork")
    assert list(_in_order(paper, name_of, claims, 2, lambda: "lost")) == REAL
    assert asked == ["once"]


def test_every_claim_is_beside_one_that_there_is() -> None:
    for claim in PAPER.find_claims():
        assert claim.beside is None or claim.beside in PAPER.ids


def test_few_claims_need_no_workers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "cpu_count", lambda: 8)
    assert [default_jobs(count) for count in (1, 4, 5, 100)] == [1, 1, 2, 2]
    monkeypatch.setattr(os, "cpu_count", lambda: 1)
    assert default_jobs(100) == 1


@pytest.mark.parametrize("given", [None, True, "certified", CERTIFIED])
def test_a_check_that_returns_no_decision_is_an_error(given: object) -> None:
    claim = replace(fake("a"), check=lambda: given)  # type: ignore[arg-type, return-value]
    (outcome,) = audit(PAPER, [claim], jobs=1)
    assert outcome.stopped
    assert "returns no Decision" in outcome.decision.finding


@pytest.mark.parametrize("record", [{}, {"a": "certified"}, {"a": "refuted"}])
def test_a_verdict_differs_only_from_one_on_record(
    record: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(type(PAPER), "recorded", lambda _: record)
    (outcome,) = audit(PAPER, [fake("a")], jobs=1)
    assert outcome.changed == (record == {"a": "refuted"})


@pytest.mark.parametrize("record", [{}, {"a": "certified"}, {"a": "refuted"}])
def test_a_seeded_error_is_noticed_by_another_verdict_only(
    record: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The honest verdict is decided, and not read from the record."""
    monkeypatch.setattr(type(PAPER), "recorded", lambda _: record)
    errors = (
        Seeded("sign", fake("a", INCONCLUSIVE).check),
        Seeded("budget", run_out),
        Seeded("crash", crash),
        Seeded("nothing", fake("a", CERTIFIED).check),
    )
    (results,) = try_seeded(PAPER, [replace(fake("a"), seeded=errors)], jobs=1)
    assert [result.noticed for result in results] == [True, True, False, False]
    assert results[2].outcome.startswith("the check stopped")
    for check in (crash, run_out):
        (results,) = try_seeded(PAPER, [replace(fake("a"), check=check, seeded=errors)], jobs=1)
        assert not any(result.noticed for result in results)
