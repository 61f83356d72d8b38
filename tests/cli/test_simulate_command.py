import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from marks import heavy
from refusals import refusal

from bounds import lower_bound
from bounds.bracket import lower_side
from bounds.cli import main
from bounds.cli.simulate import EXAMPLES
from bounds.simulation import ADVERSARIES, simulate

PROBLEM = ["simulate", "--delta", "2", "--k", "3", "--c", "1/2", "--m", "1000", "--reps", "3"]
PROBLEM += ["--adversary", "none"]


def test_the_risk_stands_next_to_the_bounds(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([*PROBLEM, "--adversary", "two-point", "--seed", "7"]) == 0
    out = capsys.readouterr().out
    assert "evidence, not certified: 3 rounds, 95% t intervals, seed 7" in out
    risk = simulate(3, "1/2", 1000, 2, adversary="two-point", reps=3, seed=7).risks["algorithm"]
    assert f"{risk.mean:#.4g}  [{risk.low:#.4g}, {risk.high:#.4g}]" in out
    assert "Theorem 1 (as printed; not proved)" in out
    assert "[0.0332451, 0.0332452]" in out  # 1/(6√(8π))


def test_the_lower_bound_is_for_the_m_of_the_run(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(PROBLEM) == 0
    out = capsys.readouterr().out
    corrected = lower_bound(3, "1/2", "corrected", 10, m=1000).value
    best = lower_side(3, "1/2", 18, 1000, 10).value
    for value, name in ((corrected, "corrected"), (best, "best")):
        low, high = value.decimals(6)
        assert f"[{low}, {high}]  lower bound on every algorithm at this m, {name}" in out
    assert main([*PROBLEM, "--c", "1/3"]) == 0  # (k + c)m is no whole number
    assert "says nothing here  lower" not in capsys.readouterr().out


def test_theorem_2_says_nothing_where_components_are_close(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main([*PROBLEM, "--adversary", "none", "--separation", "17.9"]) == 0
    out = capsys.readouterr().out
    assert out.count("says nothing here  upper bound as m grows") == 3
    assert main(PROBLEM) == 0
    assert "says nothing here  lower" not in capsys.readouterr().out


@pytest.mark.heavy
@pytest.mark.parametrize("name", ADVERSARIES)
def test_every_adversary_tells_what_it_does(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([*PROBLEM, "--adversary", name, "--reps", "2"]) == 0
    (line,) = [line for line in capsys.readouterr().out.splitlines() if line.startswith("adversa")]
    said = line.removeprefix(f"adversary {name}: ")
    assert said.endswith(".")
    assert f"  {name:<13} {said}" in EXAMPLES.splitlines()


@pytest.mark.heavy
@pytest.mark.parametrize("words", [["--help"], heavy([*PROBLEM[1:], "--adversary", "interval"])])
def test_a_terminal_without_greek_gets_escapes(words: list[str]) -> None:
    command = [sys.executable, "-m", "bounds", "simulate", *words]
    environment = {**os.environ, "PYTHONIOENCODING": "ascii"}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert r"\u03b5" in done.stdout


@pytest.mark.parametrize(
    ("option", "wrong", "right"),
    [
        ("--adversary", "two-points", "two-point"),
        ("--estimators", "kmeans", "k-means"),
        ("--without", "counts", "count"),
    ],
)
def test_the_nearest_name_is_told(
    option: str, wrong: str, right: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([*PROBLEM, option, wrong]) == 2
    assert f"did you mean {right}?" in capsys.readouterr().err


@pytest.mark.heavy
def test_a_file_holds_every_round_and_no_journal_stays(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "run.json"
    words = [*PROBLEM, "--without", "count, domain", "--estimators", "algorithm,own"]
    words += ["--adversary", "none"]
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


@pytest.mark.heavy
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
    refusal(words, capsys)
