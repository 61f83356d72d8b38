import json
import subprocess
import sys
from pathlib import Path

import pytest

from bounds.cli import main
from bounds.simulation import simulate

PROBLEM = ["simulate", "--delta", "2", "--k", "3", "--c", "1/2", "--m", "1000", "--reps", "3"]


def test_the_risk_stands_next_to_the_bounds(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([*PROBLEM, "--adversary", "two-point", "--seed", "7"]) == 0
    out = capsys.readouterr().out
    assert "evidence, not certified: 3 rounds, 95% t intervals, seed 7" in out
    risk = simulate(3, "1/2", 1000, 2, adversary="two-point", reps=3, seed=7).risks["algorithm"]
    assert f"{risk.mean:#.4g}  [{risk.low:#.4g}, {risk.high:#.4g}]" in out
    assert "Theorem 1 (as printed)" in out
    assert "[0.0332451, 0.0332452]" in out  # 1/(6√(8π))


def test_a_file_holds_every_round_and_no_journal_stays(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "run.json"
    words = [*PROBLEM, "--without", "count, domain", "--estimators", "algorithm,own"]
    assert main([*words, "--json", "-o", str(path)]) == 0
    written = json.loads(path.read_text())
    assert json.loads(capsys.readouterr().out) == written
    assert len(written["risks"]["own"]["rounds"]) == 3
    assert written["corrections"]["count"] is False
    assert written["corrections"]["extent"] is True
    assert written["status"] == "evidence, not certified"
    assert [entry.name for entry in tmp_path.iterdir()] == ["run.json"]
    assert main([*words, "--json", "--jobs", "2"]) == 0
    assert json.loads(capsys.readouterr().out) == written


@pytest.mark.campaign
def test_no_worker_outlives_a_run_that_is_killed(tmp_path: Path) -> None:
    """The call returns once the last worker has closed the pipe: without the watch it hangs."""
    script = tmp_path / "killed.py"
    script.write_text(
        "import os, bounds.cli.simulate as command\n"
        "if __name__ == '__main__':\n"
        "    with command._executor(2) as pool:\n"
        "        print(pool.submit(os.getpid).result(), flush=True)\n"
        "        os.kill(os.getpid(), 9)\n"
    )
    done = subprocess.run(
        [sys.executable, str(script)], capture_output=True, text=True, check=False
    )
    assert done.returncode == -9
    assert int(done.stdout) > 0


def test_a_bound_that_says_nothing_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([*PROBLEM[:5], "--c", "9", "--m", "1000", "--k", "3", "--reps", "2"]) == 0
    assert "says nothing here" in capsys.readouterr().out


@pytest.mark.parametrize(
    "words",
    [
        ["simulate"],
        [*PROBLEM, "--delta", "x"],
        [*PROBLEM, "--delta", "1e9"],
        [*PROBLEM, "--c", "-1"],
        [*PROBLEM, "--k", "1.5"],
        [*PROBLEM, "--m", "3"],
        [*PROBLEM, "--m", "1e12"],
        [*PROBLEM, "--m", "1e9999"],
        [*PROBLEM, "--reps", "1"],
        [*PROBLEM, "--reps", "-2"],
        [*PROBLEM, "--jobs", "0"],
        [*PROBLEM, "--seed", "x"],
        [*PROBLEM, "--adversary", "nobody"],
        [*PROBLEM, "--adversary", "two-point", "--c", "4"],
        [*PROBLEM, "--estimators", ","],
        [*PROBLEM, "--without", "nothing"],
        [*PROBLEM, "--backoff", "0"],
        [*PROBLEM, "--separation", "0"],
        [*PROBLEM, "-o", "no/such/folder/file"],
    ],
    ids=lambda words: " ".join(words[11:]),
)
def test_bad_input_is_one_line_and_exit_2(
    words: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(words) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.count("\n") == 1
    assert captured.err.startswith("bounds")
    assert len(captured.err) < 300
