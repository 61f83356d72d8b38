"""Mutants: what is altered, what is left alone, and that a trial tells them apart."""

import ast
from pathlib import Path

import pytest

from bounds.certify.errors import InputError
from campaigns import mutants as campaign
from campaigns.mutation import mutants

SOURCE = '''\
"""1.5 in a docstring stays."""
def f(x: "1.5", most=9) -> int:
    """2"""
    if x < 3 and -x <= y(x, 2):
        raise E(f"{x + 1}")
    return max(x, 1) + x * "8.1e-6"
C = Claim(seeded=(g(1, 2),))
'''


def test_the_mutants_of_a_source() -> None:
    found = list(mutants("f.py", SOURCE))
    changes = {mutant.change.split(" -> ", 1)[1] for mutant in found if mutant.line == 4}
    assert changes == {
        "x < 3 or -x <= y(x, 2)", "x <= 3", "x > 3", "x < 4", "x < 2", "-x < y(x, 2)",
        "-x >= y(x, 2)", "x", "y(2, x)", "y(x, 3)", "y(x, 1)",
    }  # fmt: skip
    changes = {mutant.change.split(" -> ", 1)[1] for mutant in found if mutant.line == 6}
    assert changes == {
        "max(x, 1) - x * '8.1e-6'", "max(x, 2)", "max(x, 0)", "x / '8.1e-6'", "x * '8.2e-6'",
        "x * '8.0e-6'",
    }  # fmt: skip
    assert {mutant.line for mutant in found} == {2, 4, 6}
    honest = ast.unparse(ast.parse(SOURCE))
    for mutant in found:
        altered = ast.unparse(ast.parse(mutant.source()))
        lines = zip(honest.splitlines(), altered.splitlines(), strict=True)
        assert sum(old != new for old, new in lines) == 1


def test_the_draw_depends_on_the_seed() -> None:
    places = ["bounds/functions"]
    assert campaign.draw(places, 5, 1) == campaign.draw(places, 5, 1)
    assert campaign.draw(places, 5, 1) != campaign.draw(places, 5, 2)


def test_what_is_run_for_a_file() -> None:
    assert campaign.trial_of("proofs_check/claims/s3_results/eps_cr_2.py") == ([], ["eps-cr-2"])
    tests, claims = campaign.trial_of("bounds/functions/loss.py")
    assert (tests, claims) == (["tests/functions/test_loss.py", "tests/functions"], [])
    tests, claims = campaign.trial_of("proofs_check/claims/s3_results/critical_value.py")
    assert tests == ["tests/proofs_check/claims/test_critical_value_claims.py"]
    assert {"eps-cr-2", "eps-cr-3", "eps-cr-4"} <= set(claims)


def test_a_trial_tells_an_error_from_none(tmp_path: Path) -> None:
    trees = campaign.Trees(tmp_path, 1)
    claim, helper = "proofs_check/claims/s3_results/eps_cr_2.py", "proofs_check/audit/rounding.py"

    def outcome(file: str, old: str, new: str, seconds: float = 60) -> str:
        source = (campaign.ROOT / file).read_text("utf-8")
        assert old in source
        return trees.judge(file, source.replace(old, new), seconds)

    assert outcome(claim, "8.1e-6", "8.1e-6") == "survived"
    assert outcome(claim, "8.1e-6", "4.0e-3") == "killed"
    assert outcome(claim, "8.1e-6", "8.1e-6", 0.01) == "timed out"
    assert outcome(helper, "return", "return 1 +") == "killed"
    assert (tmp_path / "0" / claim).read_text("utf-8") == (campaign.ROOT / claim).read_text("utf-8")


def test_reviewed_mutants_exist() -> None:
    for (file, change), reason in campaign.equivalent().items():
        source = (campaign.ROOT / file).read_text("utf-8")
        assert change in {mutant.change for mutant in mutants(file, source)}
        assert reason


def test_a_campaign_counts_and_ends(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ["bounds/functions", "--most", "3", "--journal", str(tmp_path / "j")]
    monkeypatch.setattr(campaign.Trees, "__init__", lambda *_: None)
    results = iter(["survived", "killed", "survived", "timed out"])
    monkeypatch.setattr(campaign.Trees, "judge", lambda *_: next(results))
    assert campaign.main(words) == 1
    told = capsys.readouterr().out
    assert "3 mutants, seed 1: 1 killed, 1 timed out, 1 survived" in told
    assert told.count("bounds/functions/") == 1
    monkeypatch.setattr(campaign.Trees, "judge", lambda *_: "killed")
    with pytest.raises(InputError, match="do not pass"):
        campaign.main(words)
