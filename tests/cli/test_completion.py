"""A shell completes commands, options and names."""

from __future__ import annotations

import shutil
import subprocess
from contextlib import redirect_stdout
from pathlib import Path

import pytest

from bounds.cli import main

BASH = shutil.which("bash")
_ASK = """
source "$1"; shift
COMP_WORDS=("$@"); COMP_CWORD=$(( $# - 1 )); COMPREPLY=()
_shtab_bounds; printf '%s\\n' "${COMPREPLY[@]}"
"""


@pytest.fixture(scope="module")
def script(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("completion") / "bounds.bash"
    with path.open("w", encoding="utf-8") as file, redirect_stdout(file):
        assert main(["--print-completion", "bash"]) == 0
    return path


@pytest.mark.skipif(BASH is None, reason="there is no bash on this machine")
@pytest.mark.parametrize(
    ("words", "offered"),
    [
        (["e"], ["eps-cr", "explore", "export"]),
        (["figure", "printed"], ["printed-and-proved"]),
        (["figure", "1a", "--width", ""], ["one", "two"]),
        (["verify", "eps-cr-"], ["eps-cr-2", "eps-cr-3", "eps-cr-4", "eps-cr-decreases"]),
        (["upper", "3", "0.1", "--meth"], ["--method"]),
    ],
)
def test_words_are_completed(script: Path, words: list[str], offered: list[str]) -> None:
    command = [str(BASH), "-c", _ASK, "ask", str(script), "bounds", *words]
    told = subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()
    assert [word for word in told if word.startswith(words[-1])][: len(offered)] == offered


def test_the_script_of_zsh(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--print-completion", "zsh"]) == 0
    assert capsys.readouterr().out.startswith("#compdef bounds")


@pytest.mark.parametrize(
    ("words", "told"),
    [(["--print-completion", "bish"], "no shell is called"), (["--print-completion"], "expected")],
)
def test_no_such_shell(words: list[str], told: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(words) == 2
    assert told in capsys.readouterr().err
