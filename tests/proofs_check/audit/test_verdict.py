import pytest

from proofs_check import CERTIFIED, INCONCLUSIVE, Verdict


@pytest.mark.parametrize("verdict", list(Verdict))
def test_a_verdict_has_no_truth_value(verdict: Verdict) -> None:
    with pytest.raises(TypeError, match="no truth value"):
        bool(verdict)


def test_verdicts_compare_by_identity() -> None:
    assert Verdict("certified") is CERTIFIED
    assert INCONCLUSIVE is not CERTIFIED
