"""What every command does with bad input."""

import pytest

from bounds.cli import main


def refusal(words: list[str], capsys: pytest.CaptureFixture[str]) -> str:
    """The one short line that is told: nothing is printed beside it, and the exit code is 2."""
    assert main(words) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.count("\n") == 1
    assert captured.err.startswith("bounds")
    assert len(captured.err) < 300
    return captured.err
