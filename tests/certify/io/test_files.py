import subprocess
import sys
from pathlib import Path

import pytest

from bounds.certify.errors import InputError
from bounds.certify.io import files
from bounds.certify.io.files import beside, journal, make_folder, write_whole


def test_a_file_is_whole_or_not_there(tmp_path: Path) -> None:
    path = tmp_path / "out.json"
    write_whole(path, "one")
    write_whole(path, "two")
    assert path.read_text() == "two"
    assert list(tmp_path.iterdir()) == [path]


def test_a_folder_that_is_not_there_is_a_clear_error(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot write"):
        write_whole(tmp_path / "nope" / "out", "")
    with pytest.raises(InputError, match="cannot write"), journal(tmp_path / "nope" / "j", {}):
        pass


def killed_run(path: Path, *parts: str) -> None:
    with journal(path, {"run": 1}) as (kept, append):
        assert kept == []
        for part in parts:
            append(part)
        raise KeyboardInterrupt


def test_a_journal_survives_a_kill_and_goes_when_done(tmp_path: Path) -> None:
    path = tmp_path / "run.partial"
    with pytest.raises(KeyboardInterrupt):
        killed_run(path, "first", "second")
    path.write_text(path.read_text() + '"cut sho', encoding="utf-8")  # a kill in mid-line
    with journal(path, {"run": 1}) as (kept, append):
        assert kept == ["first", "second"]
        append("third")
    assert not path.exists()


def test_the_journal_of_another_run_is_refused_and_stays(tmp_path: Path) -> None:
    path = tmp_path / "run.partial"
    with pytest.raises(KeyboardInterrupt):
        killed_run(path, "first")
    before = path.read_bytes()
    with pytest.raises(InputError, match="another run"), journal(path, {"run": 2}):
        pass
    assert path.read_bytes() == before


def test_bytes_are_written_as_they_are(tmp_path: Path) -> None:
    write_whole(tmp_path / "out", b"\r\n\0")
    assert (tmp_path / "out").read_bytes() == b"\r\n\0"


def test_a_folder_in_its_place_is_a_clear_error(tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    with pytest.raises(InputError, match="cannot write"):
        write_whole(tmp_path / "out", "text")
    assert [entry.name for entry in tmp_path.iterdir()] == ["out"]


@pytest.mark.parametrize("text", ["my notes\n", "my notes", '{"run": 2', "\n"])
def test_a_strange_file_in_its_place_is_a_clear_error_and_stays(tmp_path: Path, text: str) -> None:
    path = tmp_path / "run.partial"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match="no journal"), journal(path, {"run": 1}):
        pass
    assert path.read_text(encoding="utf-8") == text


@pytest.mark.parametrize("text", ["", '{"ru', '{"run": 1}'])
def test_a_head_cut_short_is_begun_anew(tmp_path: Path, text: str) -> None:
    path = tmp_path / "run.partial"
    path.write_text(text, encoding="utf-8")
    with journal(path, {"run": 1}) as (kept, append):
        assert kept == []
        append("first")
        assert path.read_text(encoding="utf-8") == '{"run": 1}\n"first"\n'


@pytest.mark.parametrize("name", ["", ".", "/", "\0", "a\0.csv"])
def test_a_name_of_no_file_is_refused(name: str) -> None:
    with pytest.raises(InputError, match="name one"):
        beside(Path(name), ".partial")


def test_a_name_that_is_too_long_is_one_line(tmp_path: Path) -> None:
    long = tmp_path / ("x" * 300)
    with pytest.raises(InputError, match="too long"):
        write_whole(long, "")
    with pytest.raises(InputError, match="too long"), journal(long, {}):
        pass
    with pytest.raises(InputError, match="null"):
        make_folder("\0")


HOLD = """
import sys, time
from pathlib import Path
from bounds.certify.io.files import journal
with journal(Path(sys.argv[1]), {"run": 1}) as (kept, append):
    append("first")
    print("held", flush=True)
    time.sleep(60)
"""


@pytest.mark.skipif(files.fcntl is None, reason="no locks here")
def test_a_run_at_work_keeps_its_journal_and_a_killed_one_leaves_it(tmp_path: Path) -> None:
    path = tmp_path / "run.partial"
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, str(path)], stdout=subprocess.PIPE, text=True
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "held\n"
        before = path.read_bytes()
        with pytest.raises(InputError, match="at work"), journal(path, {"run": 1}):
            pass
        assert path.read_bytes() == before
        other.kill()
    with journal(path, {"run": 1}) as (kept, _):
        assert kept == ["first"]


def test_a_journal_that_someone_removed_is_no_error(tmp_path: Path) -> None:
    path = tmp_path / "run.partial"
    with journal(path, {"run": 1}) as (_, append):
        append("first")
        path.unlink()
    assert not path.exists()


def test_a_folder_in_the_journals_place_is_a_clear_error(tmp_path: Path) -> None:
    (tmp_path / "run.partial").mkdir()
    with pytest.raises(InputError, match="cannot write"), journal(tmp_path / "run.partial", {}):
        pass
