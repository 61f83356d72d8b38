"""What holds for every claim: its verdict is recorded, and it can fail."""

from typing import Any

import pytest
from marks import heavy
from verdicts import verdict_on

from bounds import Inconclusive, InputError
from proofs_check import INCONCLUSIVE, Claim, decide, find_claims, recorded
from proofs_check.audit.paper import _natural, read_recorded

CLAIMS = find_claims()


SLOW = {
    "beyond-slope",
    "c0-limit",
    "c2-bound",
    "c2-chain-3",
    "c2-chain-5",
    "collaboration-helps",
    "combined-bound",
    "concave-adversary",
    "delta-three",
    "eps-cr-3",
    "eps-cr-4",
    "eps-cr-exists",
    "far-sample-chain-1",
    "g-second",
    "gap-factor",
    "h-inflection",
    "hessian-formula",
    "hessian-sign",
    "integer-relaxation",
    "kkt",
    "lemma-4-chain-4",
    "lemma-5-chain-1",
    "lemma-5-chain-10",
    "lemma-5-chain-2",
    "lemma-5-convexity",
    "lemma-5-criterion",
    "lemma-5-monotone",
    "linear-is-optimal",
    "no-collaboration",
    "taylor-f",
    "theorem-1",
    "theorem-2",
    "two-sided-limit",
}
"""Claims that take a tenth of a second and more."""


def marked(row: Any, claim: Claim) -> Any:
    """A row of the tests, left out by default where the claim is slow."""
    values = row if isinstance(row, tuple) else (row,)
    return heavy(*values) if claim.id in SLOW else pytest.param(*values)


@pytest.mark.parametrize(
    "claim", [marked(claim, claim) for claim in CLAIMS], ids=lambda claim: claim.id
)
def test_it_decides_as_recorded_with_evidence_that_replays(claim: Claim) -> None:
    decision = decide(claim)
    assert decision.verdict.value == recorded().get(claim.id)
    assert decision.finding
    assert decision.evidence
    for certificate in decision.written():
        verdict = verdict_on(certificate)
        assert verdict.accepted, verdict.reason


@pytest.mark.heavy
@pytest.mark.parametrize(
    ("claim", "error"),
    [marked((claim, error), claim) for claim in CLAIMS for error in claim.seeded],
    ids=lambda value: value.id if isinstance(value, Claim) else value.what,
)
def test_a_seeded_error_changes_the_verdict(claim: Claim, error) -> None:
    try:
        altered = error.run().verdict
    except Inconclusive:
        altered = INCONCLUSIVE
    assert altered.value != recorded()[claim.id]


@pytest.mark.heavy
@pytest.mark.parametrize("claim", CLAIMS, ids=lambda claim: claim.id)
def test_it_is_told_in_full_and_can_fail(claim: Claim) -> None:
    assert claim.seeded, "every check must be able to fail"
    for text in (claim.where, claim.printed, claim.latex, claim.hypotheses, claim.method):
        assert text.strip()
    assert "$" not in claim.latex


def test_every_record_has_a_claim() -> None:
    assert list(recorded()) == [claim.id for claim in CLAIMS]


def test_ids_are_in_natural_order() -> None:
    names = ["chain-10", "chain-2", "chain-2-b", "budget", "far", "chain-1"]
    expected = ["budget", "chain-1", "chain-2", "chain-2-b", "chain-10", "far"]
    assert sorted(names, key=_natural) == expected


def test_claims_are_found_by_id() -> None:
    assert [claim.id for claim in find_claims(["eps-cr-3"])] == ["eps-cr-3"]
    with pytest.raises(InputError, match="no claim is called"):
        find_claims(["eps-cr-33"])


@pytest.mark.parametrize(
    ("name", "near"),
    [
        ("Theorem_2", "did you mean theorem-2\\?$"),
        ("lemma-5", "did you mean lemma-5-convexity or lemma-5-chain-1 or"),
        ("lemma-1", "did you mean separation or lemma-1-condition-3 or"),
        ("eps-cr-33", "did you mean eps-cr-3 or"),
        ("nonsense", "`bounds verify` lists all"),
        ("", "`bounds verify` lists all"),
    ],
)
def test_a_wrong_id_brings_the_ids_that_may_be_meant(name: str, near: str) -> None:
    with pytest.raises(InputError, match=near):
        find_claims([name])


def test_each_claim_is_found_once() -> None:
    assert [claim.id for claim in find_claims(["eps-cr-3", "kkt", "eps-cr-3"])] == [
        *("eps-cr-3", "kkt")
    ]


def test_a_check_without_an_answer_is_undecided() -> None:
    def check() -> None:
        raise Inconclusive("budget of 3 pieces spent; worst spot 0.1")

    claim = Claim("x", "", "", "", "", "", check, ())  # type: ignore[arg-type]
    assert decide(claim).verdict is INCONCLUSIVE


@pytest.mark.parametrize("text", ["", "[]", "7", '{"a": 1}', "{", '{"a": ["certified"]}'])
def test_recorded_verdicts_that_are_none_are_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"expected|Expecting"):
        read_recorded(text)
