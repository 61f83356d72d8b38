"""The second paper: the same audit, and numbers that another route confirms."""

import json
import math
from fractions import Fraction
from pathlib import Path

import pytest
from scipy.stats import norm

from bounds.checker import check as replay
from bounds.cli import main
from proofs_check import Claim, decide
from proofs_check.audit.paper import load_folder

FOLDER = Path(__file__).parents[2] / "examples" / "gaussian_mechanism"
PAPER = load_folder(FOLDER)
CLAIMS = PAPER.find_claims()


@pytest.mark.parametrize("claim", CLAIMS, ids=lambda claim: claim.id)
def test_each_claim_ends_as_recorded_and_replays(claim: Claim) -> None:
    decision = decide(claim)
    assert decision.verdict.value == PAPER.recorded()[claim.id]
    assert all(replay(certificate).accepted for certificate in decision.certificates)


def test_there_is_enough_of_it() -> None:
    assert len(CLAIMS) >= 10
    assert PAPER.ids == tuple(PAPER.recorded())
    assert all(claim.seeded for claim in CLAIMS)


@pytest.mark.heavy
def test_the_command_runs_the_folder(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert main(["audit", str(FOLDER), "--jobs", "1", "--format", "json"]) == 0
    document = json.loads(capsys.readouterr().out)
    assert document["paper"] == PAPER.title
    assert document["bases"] == {"machine": 7, "words": 5}
    assert main(["audit", str(FOLDER), "--seeded", "--jobs", "1"]) == 0
    assert capsys.readouterr().out == "13 of 13 seeded errors change the verdict\n"
    assert main(["audit", str(FOLDER), "--why", "smallest-sigma"]) == 0
    assert main(["audit", str(FOLDER), "-o", str(tmp_path / "r.html"), "--jobs", "1"]) == 0
    assert main(["audit", str(tmp_path)]) == 2


def spent(sigma: float, eps: float) -> float:
    far = eps * sigma
    return float(norm.cdf(0.5 / sigma - far) - math.exp(eps) * norm.cdf(-0.5 / sigma - far))


def test_the_ends_against_scipy() -> None:
    from gaussian_mechanism.condition import DELTAS, enough_up_to, smallest_sigma

    for delta in DELTAS[:2]:
        low, high, _ = enough_up_to(delta)
        x = math.sqrt(2 * math.log(1.25 / float(delta)))
        assert spent(x / float(low), float(low)) == pytest.approx(float(delta), rel=1e-8)
        assert high - low == Fraction(1, 10**11)
    low, high, _ = smallest_sigma(Fraction(1), Fraction(1, 10**5), 40)
    assert spent(float(low), 1.0) == pytest.approx(1e-5, rel=1e-9)
    assert high - low == Fraction(1, 10**39)
