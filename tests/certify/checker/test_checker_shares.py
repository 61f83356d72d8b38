"""What is read of a file by default: all of it, by one process; and fields that may be missing."""

import inspect

import pytest

from bounds.certify.checker import reading, replay
from bounds.certify.checker.precision import Work
from bounds.certify.checker.verdict import Rejected


def test_a_file_is_checked_as_a_whole_unless_a_share_is_asked_for(monkeypatch, tmp_path):
    asked, honest = [], replay.check
    monkeypatch.setattr(replay, "check", lambda *given: asked.append(given))
    path = tmp_path / "a.json"
    replay.check_file(str(path))
    replay.check_file(str(path), print, 7, (1, 3))
    assert asked == [(path, None, None, (0, 1)), (path, print, 7, (1, 3))]
    assert Work().share == Work(5).share == (0, 1)
    assert inspect.signature(honest).parameters["share"].default == (0, 1)


def test_a_field_may_be_missing_where_it_is_the_last():
    read = reading.fields_or_none
    assert read({"a": 1, "b": 2}, "it", "a", last="b") == [1, 2]
    assert read({"a": 1}, "it", "a", last="b") == [1, None]
    for other in ({"b": 2}, {}, {"a": 1, "c": 3}, {"a": 1, "b": 2, "c": 3}, [], 3, None, "a"):
        with pytest.raises(Rejected):
            read(other, "it", "a", last="b")
