"""The checker's command: what it prints, and with which exit code it ends."""

import os
import runpy
import sys

import pytest

from bounds.certify.checker.verdict import Verdict
from bounds.checker import __main__ as command
from bounds.checker.jobs import MOST_JOBS


@pytest.fixture
def files(tmp_path, monkeypatch):
    """Files, each with an outcome for a name, and what is asked of the verdicts."""
    asked = []

    def verdicts(paths, work, jobs):
        asked.append((list(paths), work, jobs))
        for path in paths:
            outcome, _, piece = os.path.basename(path).partition(" ")
            if outcome == "stop":
                raise KeyboardInterrupt
            yield Verdict(outcome, f"reason for {outcome}", piece or None, 0)

    monkeypatch.setattr(command, "verdicts", verdicts)

    def named(*names):
        for name in names:
            (tmp_path / name).write_text("")
        return [str(tmp_path / name) for name in names]

    named.asked = asked
    return named


@pytest.mark.parametrize(
    ("names", "code"),
    [(["accepted"], 0), (["rejected"], 1), (["undecided"], 3), (["accepted", "undecided"], 3),
     (["undecided", "rejected", "accepted"], 1), (["rejected", "undecided"], 1),
     (["accepted", "accepted x"], 0)],
    ids=str,
)  # fmt: skip
def test_the_worst_outcome_is_the_exit_code(files, names, code):
    paths = files(*names)
    assert command.main(paths) == code
    assert files.asked == [(paths, None, 1)]


def test_every_verdict_is_printed_in_order(files, capsys):
    paths = files("accepted", "rejected piece 7", "undecided")
    done = []
    assert command.judge(paths) == 1
    capsys.readouterr()
    assert files.asked.pop() == (paths, None, 1)
    assert command.judge(paths, 9.5, lambda: done.append(1), 3) == 1
    assert files.asked == [(paths, 9.5, 3)]
    assert len(done) == 3
    assert capsys.readouterr().out.splitlines() == [
        f"{paths[0]}: accepted: reason for accepted",
        f"{paths[1]}: rejected: reason for rejected",
        "  first failing piece: piece 7",
        f"{paths[2]}: reason for undecided",
    ]


@pytest.mark.parametrize(
    ("words", "jobs"),
    [(["--jobs", "1"], 1), (["--jobs", "64"], MOST_JOBS), (["--jobs", "7"], 7), ([], 1)],
    ids=str,
)
def test_so_many_processes_are_asked_for(files, words, jobs):
    paths = files("accepted", "accepted x")
    assert command.main([*words, *paths]) == 0
    assert files.asked == [(paths, None, jobs)]


@pytest.mark.parametrize(
    ("words", "told"),
    [([], "usage"), (["-x"], "usage"), (["--jobs"], "usage"), (["--jobs", "2"], "usage"),
     (["--jobs", "0", "f"], "from 1 to 64"), (["--jobs", "65", "f"], "from 1 to 64"),
     (["--jobs", "x", "f"], "from 1 to 64"), (["--jobs", "\u0663", "f"], "from 1 to 64"),
     (["--jobs", "\u00b2", "f"], "from 1 to 64"), (["--jobs", "0000000001", "f"], "from 1 to 64"),
     (["f"], "there is no file f: name"), (["f" * 999], f"no file {'f' * 200}: name")],
    ids=lambda value: str(value)[:20],
)  # fmt: skip
def test_what_cannot_be_done_is_told(files, capsys, words, told):
    assert command.main(words) == 2
    assert told in capsys.readouterr().err
    assert not files.asked


def test_nine_digits_are_read_and_the_first_file_that_is_missing_is_told(files, capsys):
    paths = files("accepted")
    assert command.main(["--jobs", "000000002", *paths]) == 0
    assert files.asked == [(paths, None, 2)]
    assert command.missing([*paths, "/no/such", "/nor/this"]) == "/no/such"
    assert command.missing(paths) is None
    assert command.main([*paths, "/no/such", "/nor/this"]) == 2
    assert capsys.readouterr().err == "there is no file /no/such: name certificates to replay\n"
    assert len(files.asked) == 1


def test_interrupted_it_says_so(files, capsys):
    assert command.main(files("accepted", "stop")) == 130
    assert capsys.readouterr().err == "interrupted\n"


class Full:
    """Standard output that takes nothing."""

    def __init__(self, reason, descriptor):
        self.reason, self.descriptor, self.tried = reason, descriptor, 0

    def write(self, _):
        self.tried += 1
        raise self.reason

    def flush(self):
        pass

    def fileno(self):
        return self.descriptor


@pytest.mark.parametrize(
    ("reason", "names", "code", "told"),
    [(OSError(28, "No space"), ["accepted", "accepted x"], 2, "cannot be written: No space"),
     (OSError(28, "No space"), ["accepted", "rejected"], 1, ""),
     (BrokenPipeError(), ["accepted", "accepted x"], 0, ""),
     (BrokenPipeError(), ["accepted", "undecided"], 3, "")],
)  # fmt: skip
def test_verdicts_that_cannot_be_written(
    files, capsys, monkeypatch, tmp_path, reason, names, code, told
):
    """After the first line nothing more is written: what is its descriptor leads nowhere."""
    paths = files(*names)
    log = os.open(tmp_path / "log", os.O_WRONLY | os.O_CREAT)
    sink = Full(reason, log)
    monkeypatch.setattr(sys, "stdout", sink)
    assert command.main(paths) == code
    assert sink.tried == 1
    os.write(log, b"left over")
    os.close(log)
    assert (tmp_path / "log").read_bytes() == b""
    monkeypatch.undo()
    err = capsys.readouterr().err
    assert told in err
    assert bool(err) is bool(told)


def test_without_an_output(files, monkeypatch, capsys):
    paths = files("accepted", "rejected")
    monkeypatch.setattr(sys, "stdout", None)
    assert command.main(paths) == 1
    assert command.main(paths[:1]) == 2
    monkeypatch.setattr(sys, "stderr", None)
    assert command.main([]) == 2
    monkeypatch.undo()
    assert "no standard output" in capsys.readouterr().err


@pytest.mark.parametrize("heard", [True, False])
def test_as_a_program_it_takes_its_words_and_ends_with_the_code(monkeypatch, heard):
    """And what is no character in a name of a file is written with backslashes."""

    class Stream:
        def __init__(self):
            self.told, self.settings = [], []

        def reconfigure(self, **settings):
            self.settings.append(settings)

        def write(self, text):
            self.told.append(text)

    out, err = (Stream() if heard else None), Stream()
    monkeypatch.setattr(sys, "stdout", out)
    monkeypatch.setattr(sys, "stderr", err)
    monkeypatch.setattr(sys, "argv", ["checker", "/no/such", "/nor/this"])
    monkeypatch.delitem(sys.modules, "bounds.checker.__main__")
    with pytest.raises(SystemExit) as ended:
        runpy.run_module("bounds.checker.__main__", run_name="__main__")
    assert ended.value.code == 2
    assert err.told == ["there is no file /no/such: name certificates to replay\n"]
    for stream in (out, err) if heard else (err,):
        assert stream.settings == [{"errors": "backslashreplace"}]
