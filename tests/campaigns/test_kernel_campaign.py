"""The campaign in Coq proves what it is asked, and goes on where it was interrupted."""

from pathlib import Path

import pytest

import campaigns.kernel as campaign
from bounds.kernel import Kernel


def test_without_coq_nothing_is_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(campaign, "coqc", lambda: None)
    assert campaign.main(["--folder", str(tmp_path)]) == 0
    assert "nothing is run" in capsys.readouterr().out


@pytest.mark.kernel
def test_a_slice_is_compiled_once(
    coq_library: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    asked: list[str] = []

    class Listed(Kernel):
        def answer(self, name: str, text: str) -> tuple[str, str | None]:
            asked.append(name)
            return super().answer(name, text)

    monkeypatch.setattr(campaign, "Kernel", lambda folder: Listed(folder, coq_library))
    words = ["--low", "2", "--high", "2", "--jobs", "1", "--folder", str(tmp_path)]
    assert campaign.main(words) == 0
    assert "1 slices of [2, 2]: accepted" in capsys.readouterr().out
    assert campaign.main(words) == 0
    assert asked == ["Slice0", "Whole", "Whole"]
