"""The checker under attack: what is beyond a limit is undecided, with one line and exit code 3."""

import json
import shlex
import subprocess
import sys

import pytest
from certificate_builder import replaced, root_certificate, sealed, shape_certificate
from in_bash import in_bash
from marks import heavy

from bounds.certify.checker.document import MOST_BYTES, MOST_VALUES
from bounds.certify.checker.precision import Precision, Work
from bounds.certify.checker.verdict import BeyondLimit
from bounds.checker import check
from bounds.checker.__main__ import main
from bounds.cli import main as bounds_main


def sign(lesser, bits=2000, splits=".", **variables):
    return sealed(
        {
            "schema": "bounds-certificate/1",
            "kind": "sign",
            "statement": {"variables": variables, "lesser": lesser, "greater": "9999", "text": ""},
            "evidence": {"bits": bits, "splits": splits},
        }
    )


def wide_term():
    term = ["loss", "x", "2"]
    for _ in range(8):
        term = ["+", ["loss", "x", "2"], term] if _ % 2 else ["+", term, term]
    return term


def full(depth):
    return "." if depth == 0 else "0" + full(depth - 1) * 2


HOSTILE = {
    "many bits": replaced(root_certificate("3"), ("evidence", "bits"), 200_000),
    "a long sum": sign(wide_term(), x=["0.001", "0.1"]),
    "many parts": sign(["exp", ["exp", "x"]], splits=full(14), x=["0", "1"]),
    "a root in each part": sign(["median_shift", "x", "2"], splits=full(9), x=["0.001", "0.1"]),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_work_is_limited(name):
    """A tenth of what files of this size are allowed: the campaign goes to the whole."""
    verdict = check(sealed(HOSTILE[name]), work=0.5)
    assert verdict.outcome == "undecided"
    assert verdict.reason.startswith("undecided: the limit of work")
    assert "\n" not in verdict.reason


def test_more_work_decides():
    certificate = sign(["exp", "x"], bits=64, splits=full(6), x=["0", "1"])
    assert check(certificate, work=0.001).outcome == "undecided"
    assert check(certificate).accepted


def test_the_default_grows_with_the_file():
    """Many honest parts are allowed their work, in proportion to what they take to write."""
    assert check(shape_certificate("3", "3.01")).accepted


def test_work_is_spent_before_it_is_done():
    at = Precision(200_000, Work(1_000_000))
    with pytest.raises(BeyondLimit):
        at.spend(2)
    assert at.finer(64).work is at.work


@pytest.mark.parametrize(
    "text",
    [
        b"[" * 100_000,
        b'{"a":' * 100_000,
        b"[" + b"[]," * (MOST_VALUES // 2) + b"[]]",
        b'{"a":"' + b"x" * MOST_BYTES + b'"}',
    ],
    ids=["deep list", "deep object", "many values", "many bytes"],
)
def test_size_and_depth_are_limited(text, tmp_path, capsys):
    file = tmp_path / "a.json"
    file.write_bytes(text)
    assert main([str(file)]) == 3
    assert bounds_main(["check", str(file)]) == 3
    out, err = capsys.readouterr()
    assert out.count("\n") == 2
    assert not err
    assert "undecided" in out


def test_a_rejected_file_counts_more_than_an_undecided_one(tmp_path):
    files = {
        "deep": b"[" * 100_000,
        "bad": b"{}",
        "good": json.dumps(root_certificate("3")).encode(),
    }
    paths = {name: tmp_path / name for name in files}
    for name, text in files.items():
        paths[name].write_bytes(text)
    assert main([str(paths[name]) for name in ("deep", "bad", "good")]) == 1
    assert main([str(paths[name]) for name in ("good", "deep")]) == 3
    assert main([str(paths["good"])]) == 0


def test_the_work_can_be_chosen(tmp_path, capsys):
    file = tmp_path / "a.json"
    file.write_text(json.dumps(root_certificate("3")))
    assert bounds_main(["check", "--work", "0", str(file)]) == 3
    assert bounds_main(["check", "--work", "5", str(file)]) == 0
    assert bounds_main(["check", "--work", "-1", str(file)]) == 2
    capsys.readouterr()


ALONE = [sys.executable, "-m", "bounds.checker"]
COMMAND = [
    sys.executable,
    "-c",
    "import sys; from bounds.cli import main; sys.exit(main())",
    "check",
]


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    folder = tmp_path_factory.mktemp("files")
    contents = {"good": json.dumps(root_certificate("3")), "bad": "{}", "deep": "[" * 100_000}
    for name, text in contents.items():
        (folder / name).write_text(text)
    return folder


PIPES = ["| true", "| head -c 1", "> /dev/full"]
CLOSED = [">&-", "2>&- >&-"]  # of `bounds` as a whole: see the tests of its commands


@pytest.mark.heavy
@pytest.mark.parametrize(
    ("program", "sink"),
    [*((ALONE, sink) for sink in PIPES + CLOSED), *((COMMAND, sink) for sink in PIPES)],
    ids=lambda value: (
        value if isinstance(value, str) else "bounds" if value is COMMAND else "alone"
    ),
)
@pytest.mark.parametrize(
    ("names", "code"), [heavy("bad", 1), ("good", 0), heavy("deep", 3), ("good bad", 1)]
)
def test_a_closed_or_full_output_changes_no_verdict(files, program, sink, names, code):
    """`bounds check bad.json | true` must not exit with 0 under pipefail; and no traceback."""
    ran = in_bash(f"{shlex.join(program)} {names} {sink}", files)
    assert ran.stderr.count("\n") <= 1
    if sink.startswith("|"):
        assert ran.returncode == code
    else:  # what was not written was not told
        assert ran.returncode == (1 if code == 1 else 2)


@pytest.mark.parametrize("sink", ["2>&-", "2> /dev/full", ">&- 2>&-", "> /dev/full 2>&1"])
@pytest.mark.parametrize("words", [heavy(""), "absent", heavy("--help")])
def test_a_word_that_nobody_hears_changes_no_exit_code(files, words, sink):
    assert in_bash(f"{shlex.join(ALONE)} {words} {sink}", files).returncode == 2


@pytest.mark.parametrize("words", ["--help", "check --help", "--version"])
@pytest.mark.parametrize(("sink", "code"), [("> /dev/full", 2), (">&-", 2), ("| true", 0)])
def test_help_that_cannot_be_written_is_told(files, words, sink, code):
    program = shlex.join([*COMMAND[:-1]])
    assert in_bash(f"{program} {words} {sink}", files).returncode == code


def test_names_that_no_terminal_can_show(tmp_path):
    file = tmp_path / "bad\udcff\u03b5.json"
    file.write_text("{}")
    ran = subprocess.run([*ALONE, file], capture_output=True, check=False, env={"LC_ALL": "C"})
    assert ran.returncode == 1
    assert b"Traceback" not in ran.stderr
