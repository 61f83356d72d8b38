"""A sweep that is killed anywhere goes on where it stopped, to the same table."""

import json
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

import bounds
from bounds.tables import run

GRID = "1.5:8:0.01"
WORDS = [sys.executable, "-m", "bounds", "sweep", "--delta", GRID, "--columns", "eps_cr", "-o"]


def start(path: Path, *more: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [*WORDS, str(path), *more],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )


def after_some_rows(running: subprocess.Popen[str], partial: Path, lines: int) -> None:
    """Wait until the journal has so many lines, or the run ends."""
    while running.poll() is None:
        if partial.exists() and partial.read_bytes().count(b"\n") >= lines:
            return
        time.sleep(0.002)


@pytest.fixture(scope="module")
def straight(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    path = tmp_path_factory.mktemp("straight") / "t.csv"
    bounds.sweep(GRID, columns="eps_cr", output=path)
    assert [entry.name for entry in path.parent.iterdir()] == ["t.csv"]
    return path.read_bytes()


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_killed_at_random_moments_it_ends_with_the_same_table(
    straight: bytes, tmp_path: Path, jobs: str
) -> None:
    path, partial, draw = tmp_path / "t.csv", tmp_path / "t.csv.partial", random.Random()
    kept = 1
    for _ in range(2):
        running = start(path, "--jobs", jobs)
        after_some_rows(running, partial, kept + draw.randrange(1, 3))
        time.sleep(draw.random() * 0.05)
        running.kill()
        running.communicate()
        if running.returncode == 0:  # a slow moment of this test: the run was quicker than the kill
            break
        assert not path.exists()
        assert partial.read_bytes().count(b"\n") >= kept  # nothing that was kept is lost
        kept = partial.read_bytes().count(b"\n")
    if partial.exists():
        partial.write_bytes(partial.read_bytes() + b'{"chunk": 3, "ro')  # and torn in mid-line
    ended = start(path, "--jobs", jobs)
    out, err = ended.communicate()
    assert (ended.returncode, err) == (0, "")
    assert "651 values of Delta: 651 certified" in out
    assert path.read_bytes() == straight
    assert [entry.name for entry in tmp_path.iterdir()] == ["t.csv"]


def test_what_is_kept_is_not_computed_again(
    straight: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "t.csv"

    def stop(done: int, _: int) -> None:
        if done >= 320:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        bounds.sweep(GRID, columns="eps_cr", output=path, progress=stop)
    seen = []
    honest = run.completed

    def watched(tasks, executor, in_flight):  # type: ignore[no-untyped-def]
        listed = list(tasks)
        seen.extend(number for number, _ in listed)
        return honest(listed, executor, in_flight)

    monkeypatch.setattr(run, "completed", watched)
    bounds.sweep(GRID, columns="eps_cr", output=path)
    assert seen == list(range(5, 11))
    assert path.read_bytes() == straight


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_ctrl_c_is_one_line_and_leaves_nothing_half_written(tmp_path: Path, jobs: str) -> None:
    path, partial = tmp_path / "t.csv", tmp_path / "t.csv.partial"
    running = start(path, "--jobs", jobs)
    after_some_rows(running, partial, 3)
    running.send_signal(signal.SIGINT)
    out, err = running.communicate()
    assert (running.returncode, out, err) == (130, "", "bounds: interrupted\n")
    assert [entry.name for entry in tmp_path.iterdir()] == ["t.csv.partial"]


@pytest.mark.parametrize(
    "other",
    [{"delta": "1.5:8:0.02"}, {"digits": 29}, {"columns": "g"}, {"delta": ["1.5:8:0.01", 2]}],
    ids=str,
)
def test_the_journal_of_another_sweep_is_refused(tmp_path: Path, other: dict[str, object]) -> None:
    path, partial = tmp_path / "t.csv", tmp_path / "t.csv.partial"

    def stop(done: int, _: int) -> None:
        if done:
            raise KeyboardInterrupt

    first: dict[str, object] = {"delta": GRID, "columns": "eps_cr", "output": path}
    with pytest.raises(KeyboardInterrupt):
        bounds.sweep(**first, progress=stop)  # type: ignore[arg-type]
    before = partial.read_bytes()
    assert json.loads(before.split(b"\n")[0])["values"] == 651
    with pytest.raises(bounds.InputError, match="another run"):
        bounds.sweep(**{**first, **other})  # type: ignore[arg-type]
    assert partial.read_bytes() == before
