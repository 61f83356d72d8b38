"""A mistyped command is told what was meant."""

import pytest

from bounds.cli import main


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("eps_cr", "eps-cr"),
        ("epscr", "eps-cr"),
        ("EPS-CR", "eps-cr"),
        ("largedelta", "large-delta"),
        ("verfy", "verify"),
        ("brackets", "bracket"),
    ],
)
def test_a_mistyped_command(typed: str, meant: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([typed, "2"]) == 2
    told = capsys.readouterr().err
    assert f"did you mean {meant}?" in told
    assert told.count("\n") == 1


def test_an_unknown_command_lists_all(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["zzzz"]) == 2
    assert "they are eps-cr" in capsys.readouterr().err


def test_an_unknown_option_points_at_the_help_of_its_command(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["verify", "eps-cr-2", "--latex"]) == 2
    told = capsys.readouterr().err
    assert told == "bounds verify: unrecognized arguments: --latex (see bounds verify --help)\n"
