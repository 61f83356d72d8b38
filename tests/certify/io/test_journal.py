"""A journal that is cut off, altered, moved about, of another version or no journal at all."""

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from bounds.certify.errors import InputError, Notice
from bounds.certify.io import journal as home
from bounds.certify.io.journal import journal
from bounds.certify.io.stamp import code_hash, stamp

PARTS = ["first", "second", "third"]
JOB = {"run": 1}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """The journal of a run that was killed after three parts."""
    place = tmp_path / "run.partial"
    with killed(), journal(place, JOB) as (kept, append):
        assert kept == []
        for part in PARTS:
            append(part)
        raise KeyboardInterrupt
    return place


@contextmanager
def killed() -> Iterator[None]:
    with pytest.raises(KeyboardInterrupt):
        yield


def kept_in(path: Path) -> list[object]:
    """What the next run takes from the journal; it is killed at once."""
    with killed(), journal(path, JOB) as (kept, _):
        raise KeyboardInterrupt
    return kept


def test_it_survives_a_kill_and_goes_when_done(path: Path) -> None:
    path.write_bytes(path.read_bytes() + b'0a1b "cut sho')  # a kill in mid-line
    with journal(path, JOB) as (kept, append):
        assert kept == PARTS
        append("fourth")
    assert not path.exists()


def test_what_is_appended_after_a_kill_holds_too(path: Path) -> None:
    with killed(), journal(path, JOB) as (_, append):
        append("fourth")
        raise KeyboardInterrupt
    assert kept_in(path) == [*PARTS, "fourth"]


def test_that_of_another_job_is_refused_and_stays(path: Path) -> None:
    before = path.read_bytes()
    with pytest.raises(InputError, match="another run"), journal(path, {"run": 2}):
        pass
    assert path.read_bytes() == before


@pytest.mark.parametrize("name", list(stamp()))
def test_that_of_other_code_is_begun_anew_with_a_word(path: Path, name: str) -> None:
    head, *rest = path.read_bytes().split(b"\n")
    seen = json.loads(head)
    seen["made"][name] = "another"
    path.write_bytes(b"\n".join([json.dumps(seen).encode(), *rest]))
    with pytest.warns(Notice, match="another version of the code: the work is done again"):
        assert kept_in(path) == []
    assert kept_in(path) == []  # and it is a journal of this code now


def test_every_change_of_a_line_drops_it_and_the_rest(path: Path) -> None:
    lines = path.read_bytes().split(b"\n")
    altered = [*lines]
    altered[2] = altered[2].replace(b"second", b"decond")
    for changed, left in [
        (altered, 1),
        ([*lines[:2], *lines[3:]], 1),  # one is missing
        ([lines[0], lines[2], lines[1], *lines[3:]], 0),  # two changed places
        ([*lines[:2], lines[1], *lines[2:]], 1),  # one is there twice
        ([*lines[:3], b"", *lines[3:]], 2),
        ([*lines[:3], b"\xff\xfe" + lines[3], b""], 2),
    ]:
        path.write_bytes(b"\n".join(changed))
        with pytest.warns(Notice, match=f"entry {left + 1} is not as this run writes it"):
            assert kept_in(path) == PARTS[:left]
        assert kept_in(path) == PARTS[:left]


@pytest.mark.parametrize("entry", ["[" * 100_000, "NaN", "1" * 5000, "{", '"other"', "null"])
def test_an_entry_under_a_right_hash_is_read_with_care(path: Path, entry: str) -> None:
    forge(path, entry)

    def read(found: object) -> object:
        if found not in PARTS:
            raise ValueError
        return found

    with pytest.warns(Notice, match="entry 4"), killed(), journal(path, JOB, read) as (kept, _):
        raise KeyboardInterrupt
    assert kept == PARTS


def forge(path: Path, entry: str) -> None:
    """One more entry, with the hash that it must have."""
    last = path.read_bytes().split(b"\n")[-2].split(b" ")[0]
    with path.open("ab") as file:
        file.write(home._next(last, entry.encode()) + b" " + entry.encode() + b"\n")


@pytest.mark.parametrize(
    "text", ["my notes\n", "my notes", '{"run": 2', "\n", '{"journal": 1\n', '{"journal": [1]\n']
)
def test_a_strange_file_in_its_place_is_a_clear_error_and_stays(tmp_path: Path, text: str) -> None:
    path = tmp_path / "run.partial"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match="no journal"), journal(path, JOB):
        pass
    assert path.read_text(encoding="utf-8") == text


@pytest.mark.parametrize("length", [0, 4, 20, 100, -1])
def test_a_head_cut_short_is_begun_anew(path: Path, length: int) -> None:
    head = path.read_bytes().split(b"\n")[0]
    path.write_bytes(head if length < 0 else head[:length])
    assert kept_in(path) == []
    assert path.read_bytes() == head + b"\n"


HOLD = """
import sys, time
from pathlib import Path
from bounds.certify.io.journal import journal
with journal(Path(sys.argv[1]), {"run": 1}) as (kept, append):
    append("fourth")
    print("held", flush=True)
    time.sleep(60)
"""


@pytest.mark.skipif(home.fcntl is None, reason="no locks here")
def test_a_run_at_work_keeps_its_journal_and_a_killed_one_leaves_it(path: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, str(path)], stdout=subprocess.PIPE, text=True
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "held\n"
        before = path.read_bytes()
        with pytest.raises(InputError, match="at work"), journal(path, JOB):
            pass
        assert path.read_bytes() == before
        other.kill()
    assert kept_in(path) == [*PARTS, "fourth"]


def test_one_that_someone_removed_is_no_error(path: Path) -> None:
    with journal(path, JOB) as (_, append):
        append("fourth")
        path.unlink()
    assert not path.exists()


def test_places_that_cannot_hold_one_are_a_clear_error(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    for name in ("folder", "nope/j", "x" * 300):
        with pytest.raises(InputError, match="cannot write"), journal(tmp_path / name, JOB):
            pass


def test_the_hash_of_code_changes_with_every_file_and_name(tmp_path: Path) -> None:
    seen = set()
    for name, text in [("a.py", "1"), ("a.py", "2"), ("b.py", "2"), ("c.json", "2"), ("d.txt", "")]:
        (tmp_path / name).write_text(text)
        seen.add(code_hash(tmp_path))
    assert len(seen) == 4  # text that no code reads does not count
