import pytest

from bounds import Inconclusive, InputError
from proofs_check import INCONCLUSIVE, Claim, decide, find_claims, recorded


def test_every_claim_decides_as_recorded() -> None:
    verdicts = {claim.id: decide(claim).verdict.value for claim in find_claims()}
    assert verdicts == recorded()


def test_claims_are_found_by_id() -> None:
    assert [claim.id for claim in find_claims(["eps-cr-3"])] == ["eps-cr-3"]
    with pytest.raises(InputError, match="no claim is called"):
        find_claims(["eps-cr-33"])


def test_a_check_without_an_answer_is_undecided() -> None:
    def check() -> None:
        raise Inconclusive("budget of 3 pieces spent; worst spot 0.1")

    claim = Claim("x", "", "", "", "", check)  # type: ignore[arg-type]
    assert decide(claim).verdict is INCONCLUSIVE
