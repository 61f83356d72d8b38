"""The list of commands: each once, in a group, with what it does."""

from collections import Counter

import pytest

from bounds.cli import _COMMANDS, _GROUPS, main


def test_every_command_is_in_one_group() -> None:
    counts = Counter(name for names in _GROUPS.values() for name in names)
    assert counts == dict.fromkeys(_COMMANDS, 1)


def test_help_lists_each_command_once(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--help"]) == 0
    shown = capsys.readouterr().out
    for name, (_, told) in _COMMANDS.items():
        assert sum(line.split()[:1] == [name] for line in shown.splitlines()) == 1
        assert told in shown
    assert all(title in shown for title in _GROUPS)
    assert max(map(len, shown.splitlines())) <= 100


def test_the_help_of_a_command_names_it_once(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["decide", "--help"]) == 0
    assert capsys.readouterr().out.startswith("usage: bounds decide [-h]")
