"""A sample of the forged files: none is accepted, and the campaign would notice if one were."""

import pytest

from bounds.certify.checker.kinds import KINDS
from bounds.checker import check
from bounds.checker.__main__ import REJECTED
from campaigns import forgeries


def test_every_kind_of_certificate_is_forged() -> None:
    assert set(forgeries.KINDS) == set(KINDS)


@pytest.mark.heavy
@pytest.mark.parametrize("kind", forgeries.KINDS)
def test_none_is_accepted(kind: str) -> None:
    for number in range(25):
        verdict = check(forgeries.forgery(kind, 2, number))
        assert verdict.outcome == "rejected", (number, verdict)
        assert not verdict.reason.startswith("the check broke off")


@pytest.mark.heavy
def test_hostile_files_are_not_accepted() -> None:
    for name, file in forgeries.hostile().items():
        verdict = check(file, work=0.5)
        assert not verdict.accepted, name
        assert len(verdict.reason) < 2_000


def test_an_accepted_one_is_told(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    honest = forgeries._root(forgeries.DELTAS[0], 0)
    monkeypatch.setattr(forgeries, "KINDS", {"root": lambda _: honest})
    monkeypatch.setattr(forgeries, "hostile", dict)
    assert forgeries.main(["--count", "1"]) == REJECTED
    assert "root 0" in capsys.readouterr().out
