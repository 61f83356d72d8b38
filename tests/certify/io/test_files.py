"""Files are written whole or not at all, and nothing is replaced without a word."""

import os
import stat
from pathlib import Path

import pytest

from bounds.certify.errors import InputError, Notice
from bounds.certify.io.files import beside, make_folder, write_whole


def test_a_file_is_whole_or_not_there(tmp_path: Path) -> None:
    path = tmp_path / "out.json"
    write_whole(path, "one")
    assert path.read_text() == "one"
    with pytest.warns(Notice, match="replaced"):
        write_whole(path, "two")
    write_whole(path, "two")  # the same again: there is nothing to tell
    assert path.read_text() == "two"
    assert list(tmp_path.iterdir()) == [path]


def test_a_link_stays_and_what_it_leads_to_is_written(tmp_path: Path) -> None:
    path, link = tmp_path / "real", tmp_path / "link"
    link.symlink_to(path)
    write_whole(link, "text")
    assert link.is_symlink()
    assert path.read_text() == "text"


def test_the_permissions_of_a_replaced_file_stay(tmp_path: Path) -> None:
    path = tmp_path / "out"
    write_whole(path, "text")
    path.chmod(0o600)
    write_whole(path, "text")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everything")
def test_a_file_that_may_not_be_written_is_not_replaced(tmp_path: Path) -> None:
    path = tmp_path / "out"
    path.write_text("mine")
    path.chmod(0o400)
    with pytest.raises(InputError, match="cannot write"):
        write_whole(path, "text")
    assert path.read_text() == "mine"


def test_a_device_or_pipe_is_not_replaced(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    for place in (pipe, Path("/dev/null")):
        with pytest.raises(InputError, match="no ordinary file"):
            write_whole(place, "text")
    assert stat.S_ISFIFO(pipe.stat().st_mode)
    assert stat.S_ISCHR(Path("/dev/null").stat().st_mode)


def test_a_folder_that_is_not_there_is_a_clear_error(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot write"):
        write_whole(tmp_path / "nope" / "out", "")


def test_bytes_are_written_as_they_are(tmp_path: Path) -> None:
    write_whole(tmp_path / "out", b"\r\n\0")
    assert (tmp_path / "out").read_bytes() == b"\r\n\0"


def test_a_folder_in_its_place_is_a_clear_error(tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    with pytest.raises(InputError, match="cannot write"):
        write_whole(tmp_path / "out", "text")
    assert [entry.name for entry in tmp_path.iterdir()] == ["out"]


@pytest.mark.parametrize("name", ["", ".", "/", "\0", "a\0.csv"])
def test_a_name_of_no_file_is_refused(name: str) -> None:
    with pytest.raises(InputError, match="name one"):
        beside(Path(name), ".partial")


def test_a_name_that_is_too_long_is_one_line(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="too long"):
        write_whole(tmp_path / ("x" * 300), "")
    with pytest.raises(InputError, match="null"):
        make_folder("\0")
