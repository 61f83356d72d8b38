from pathlib import Path

import pytest

from bounds.certified.files import journal, write_whole
from bounds.errors import InputError


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


def test_the_journal_of_another_run_is_not_taken_up(tmp_path: Path) -> None:
    path = tmp_path / "run.partial"
    with pytest.raises(KeyboardInterrupt):
        killed_run(path, "first")
    with journal(path, {"run": 2}) as (kept, _):
        assert kept == []


def test_a_strange_file_in_its_place_is_a_clear_error_and_stays(tmp_path: Path) -> None:
    path = tmp_path / "run.partial"
    path.write_text("my notes\n", encoding="utf-8")
    with pytest.raises(InputError, match="no journal"), journal(path, {"run": 1}):
        pass
    assert path.read_text(encoding="utf-8") == "my notes\n"
