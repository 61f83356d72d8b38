"""A sweep that is killed anywhere goes on where it stopped, to the same table."""

import json
import random
import signal
import subprocess
import sys
import time
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from forged_journals import forge

import bounds
from bounds.certify.errors import Notice
from bounds.critical import regimes, seeds, whole_domain
from bounds.critical.model import stored

GRID = "1.5:8:0.01"
SHORT = "1.5:3.4:0.01"  # three chunks: one to be forged, one kept, one to do
DIGITS = 31  # of which no stored panel tells a row: each is found by itself, and kept with a guess
WORDS = [
    *(sys.executable, "-m", "bounds", "sweep", "--delta", GRID, "--columns", "eps_cr"),
    *("--digits", str(DIGITS), "-o"),
]


def start(path: Path, *more: str) -> subprocess.Popen[str]:
    """The command, to which Ctrl-C comes through even if whoever started pytest ignores it."""
    before = signal.signal(signal.SIGINT, signal.SIG_DFL)
    try:
        return subprocess.Popen(
            [*WORDS, str(path), *more],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )
    finally:
        signal.signal(signal.SIGINT, before)


def after_some_rows(running: subprocess.Popen[str], partial: Path, lines: int) -> None:
    """Wait until the journal has so many lines, or the run ends."""
    while running.poll() is None:
        if partial.exists() and partial.read_bytes().count(b"\n") >= lines:
            return
        time.sleep(0.002)


@pytest.fixture(scope="module")
def straight(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    path = tmp_path_factory.mktemp("straight") / "t.csv"
    bounds.sweep(GRID, digits=DIGITS, columns="eps_cr", output=path)
    assert [entry.name for entry in path.parent.iterdir()] == ["t.csv"]
    return path.read_bytes()


@pytest.fixture(scope="module")
def short(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    path = tmp_path_factory.mktemp("short") / "t.csv"
    bounds.sweep(SHORT, digits=DIGITS, columns="eps_cr", output=path)
    return path.read_bytes()


@pytest.mark.heavy
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
        if path.exists():  # a slow moment of this test: the run was quicker than the kill
            assert path.read_bytes() == straight
            break
        assert partial.read_bytes().count(b"\n") >= kept  # nothing that was kept is lost
        kept = partial.read_bytes().count(b"\n")
    if partial.exists():
        partial.write_bytes(partial.read_bytes() + b'0a1b {"chunk": 3, "ro')  # and torn in mid-line
    ended = start(path, "--jobs", jobs)
    out, err = ended.communicate()
    assert (ended.returncode, err) == (0, "")
    assert "651 values of Delta: 651 certified" in out
    assert path.read_bytes() == straight
    assert [entry.name for entry in tmp_path.iterdir()] == ["t.csv"]


@pytest.mark.heavy
def test_a_kept_row_is_proved_anew_without_a_search(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    words: dict[str, Any] = {"delta": "0.9:1.4:0.01", "columns": "inflections,places,shape"}
    straight = bounds.sweep(**words)
    path = stopped(tmp_path, words, 40)
    surveys = []
    honest = whole_domain.survey
    monkeypatch.setattr(seeds, "_text", lambda: "{")  # without the stored guesses
    seeds.forget()
    monkeypatch.setattr(regimes, "_checked", set(regimes.REGIMES))
    monkeypatch.setattr(
        whole_domain, "survey", lambda delta: (surveys.append(delta), honest(delta))[1]
    )
    try:
        with pytest.warns(Notice, match=r"seeds.json does not hold"):
            assert bounds.sweep(**words, output=path).rows == straight.rows
    finally:
        seeds.forget()
    assert len(surveys) == 11  # 40 of 51 values were kept


def stopped(folder: Path, words: dict[str, Any], most: int) -> Path:
    """The table's name beside the journal of a sweep that was stopped after so many values."""
    path = folder / "t.csv"

    def stop(done: int, _: int) -> None:
        if done >= most:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        bounds.sweep(**words, output=path, progress=stop)
    return path


FORGED: dict[str, Callable[[list[Any]], None]] = {
    "the digits of a value": lambda rows: rows[3][0].__setitem__(2, "8.1e-06"),
    "both ends": lambda rows: rows[3][0].__setitem__(slice(2, 4), ["8.1e-06", "8.2e-06"]),
    "a status": lambda rows: rows[3][0].__setitem__(1, "none"),
    "a row's place": lambda rows: rows.insert(0, rows.pop()),
    "a value of Delta": lambda rows: rows[0][0].__setitem__(0, "7"),
    "a cell's type": lambda rows: rows[0][0].__setitem__(2, {"low": 0}),
    "a cell too many": lambda rows: rows[0][0].append("0"),
    "a guess at another root": lambda rows: rows[2][1].__setitem__("eps_cr", [["3", "4", "1"]]),
    "no guess": lambda rows: rows[2].__setitem__(1, {}),
    "two points": lambda rows: rows[2][1]["eps_cr"].append(["1", "1", "1"]),
}


@pytest.mark.heavy
@pytest.mark.parametrize("change", FORGED.values(), ids=FORGED)
def test_a_forged_row_under_right_hashes_never_reaches_the_table(
    short: bytes, tmp_path: Path, change: Callable[[list[Any]], None]
) -> None:
    words: dict[str, Any] = {"delta": SHORT, "digits": DIGITS, "columns": "eps_cr"}
    path = stopped(tmp_path, words, 128)
    told = forge(tmp_path / "t.csv.partial", lambda entry: change(entry["rows"]))
    with warnings.catch_warnings(record=True) as said:
        warnings.simplefilter("always")
        bounds.sweep(**words, output=path)
    assert path.read_bytes() == short
    assert told  # the entry was there to be changed
    harmless = change in (
        FORGED["a guess at another root"],
        FORGED["no guess"],
        FORGED["two points"],
    )
    assert [notice.category for notice in said] == ([] if harmless else [Notice])


@pytest.mark.heavy
def test_rows_of_panels_are_taken_from_them_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stored, "WORTH", 0)
    words: dict[str, Any] = {"delta": GRID}
    honest = bounds.sweep(**words)
    path = stopped(tmp_path, words, 128)
    assert forge(tmp_path / "t.csv.partial", lambda entry: FORGED["both ends"](entry["rows"]))
    with pytest.warns(Notice, match="1 row of an earlier run did not agree with the replay"):
        assert bounds.sweep(**words, output=path) == honest


MALFORMED: dict[str, Callable[[dict[str, Any]], Any]] = {
    "a row too few": lambda entry: entry["rows"].pop(),
    "no such chunk": lambda entry: entry.update(chunk=99),
    "a chunk before the first": lambda entry: entry.update(chunk=-1),
    "a chunk that is no number": lambda entry: entry.update(chunk=True),
    "no rows": lambda entry: entry.pop("rows"),
    "rows that are none": lambda entry: entry.update(rows=7),
    "a guess of words": lambda entry: entry["rows"][0][1].update(eps_cr=[["a", "b", "c"]]),
    "an endless guess": lambda entry: entry["rows"][0][1].update(eps_cr=[["9" * 999, "1", "1"]]),
    "a guess of numbers": lambda entry: entry["rows"][0][1].update(eps_cr=[[1, 2, 3]]),
    "a guess beyond all": lambda entry: entry["rows"][0][1].update(eps_cr=[["1e99999", "1", "1"]]),
}


@pytest.mark.heavy
@pytest.mark.parametrize("change", MALFORMED.values(), ids=MALFORMED)
def test_a_malformed_entry_is_done_again_with_a_word(
    short: bytes, tmp_path: Path, change: Callable[[dict[str, Any]], Any]
) -> None:
    words: dict[str, Any] = {"delta": SHORT, "digits": DIGITS, "columns": "eps_cr"}
    path = stopped(tmp_path, words, 128)
    forge(tmp_path / "t.csv.partial", change)
    with pytest.warns(Notice, match="the work is done again"):
        bounds.sweep(**words, output=path)
    assert path.read_bytes() == short


@pytest.mark.heavy
def test_a_chunk_that_is_kept_twice_is_no_second_one(short: bytes, tmp_path: Path) -> None:
    words: dict[str, Any] = {"delta": SHORT, "digits": DIGITS, "columns": "eps_cr"}
    path = stopped(tmp_path, words, 128)
    forge(tmp_path / "t.csv.partial", lambda entry: entry.update(chunk=1))
    with warnings.catch_warnings(record=True):
        warnings.simplefilter("always")
        bounds.sweep(**words, output=path)
    assert path.read_bytes() == short


@pytest.mark.heavy
@pytest.mark.parametrize("jobs", ["1", "2"])
def test_ctrl_c_is_one_line_and_leaves_nothing_half_written(tmp_path: Path, jobs: str) -> None:
    path, partial = tmp_path / "t.csv", tmp_path / "t.csv.partial"
    running = start(path, "--jobs", jobs)
    after_some_rows(running, partial, 3)
    running.send_signal(signal.SIGINT)
    out, err = running.communicate()
    told = f"what is finished is stored in {partial}: run the same again to continue from there"
    assert (running.returncode, out, err) == (130, "", f"bounds: interrupted; {told}\n")
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
    assert json.loads(before.split(b"\n")[0])["job"]["values"] == 651
    with pytest.raises(bounds.InputError, match="another run"):
        bounds.sweep(**{**first, **other})  # type: ignore[arg-type]
    assert partial.read_bytes() == before
