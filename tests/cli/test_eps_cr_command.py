import json
import subprocess
import sys
from fractions import Fraction

import pytest
from refusals import refusal

from bounds.cli import main
from bounds.critical import eps_cr


def test_the_text_shows_the_enclosure_and_the_proof(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["eps-cr", "3", "--digits", "12"]) == 0
    out = capsys.readouterr().out
    assert "eps_cr in [0.000218600729793, 0.000218600729794]" in out
    assert "exactly one root" in out
    assert "at no other place" in out


def test_none_and_several_are_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["eps-cr", "0.5", "1.2", "--digits", "8"]) == 0
    out = capsys.readouterr().out
    assert "no eps_cr: the loss is proved concave" in out
    assert "the first of 2 points" in out


def test_json_has_every_value_and_the_box(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["eps-cr", "5/2", "0.5", "--json", "--digits", "20"]) == 0
    found, none = json.loads(capsys.readouterr().out)
    value = eps_cr("2.5", 20)
    assert found["delta"] == "2.5"
    assert tuple(found["eps_cr"]) == value.eps.decimals()
    assert tuple(found["loss"]) == value.loss.decimals()
    mantissa, exponent = found["proof"]["box"]["l(eps)"][0].split("*2^")
    assert (
        Fraction(int(mantissa)) * Fraction(2) ** int(exponent) == value.proof.box[0][0].fraction()
    )
    assert none["status"] == "none"


def test_a_hundred_thousand_digits_can_be_printed(capsys: pytest.CaptureFixture[str]) -> None:
    """Beyond 4,300 digits Python refuses to print its own integers: ours must not go through it."""
    assert main(["eps-cr", "2", "--digits", "6000", "--json"]) == 0
    assert len(json.loads(capsys.readouterr().out)[0]["eps_cr"][0]) > 6000


@pytest.mark.parametrize(
    "words",
    [
        ["eps-cr", "abc"],
        ["eps-cr", "nan"],
        ["eps-cr", "inf"],
        ["eps-cr", "0"],
        ["eps-cr", "-1"],
        ["eps-cr", ""],
        ["eps-cr", "1e999999"],
        ["eps-cr", "1/0"],
        ["eps-cr", "9" * 20_000],
        ["eps-cr", "2", "x"],
        ["eps-cr"],
        ["eps-cr", "3", "--digits", "0"],
        ["eps-cr", "3", "--digits", "-4"],
        ["eps-cr", "3", "--digits", "ten"],
        ["eps-cr", "3", "--digits", "1" * 5000],
        ["eps-cr", "3", "--nonsense"],
        ["nonsense"],
        [],
    ],
    ids=lambda words: " ".join(words)[:40],
)
def test_bad_input_is_one_line_and_exit_2(
    words: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    refusal(words, capsys)


def test_undecided_is_exit_3(capsys: pytest.CaptureFixture[str]) -> None:
    """At this Δ two inflections are 10⁻¹⁰ from merging: the survey says so, and guesses nothing."""
    code = main(["eps-cr", "1.47659"])
    out = capsys.readouterr().out
    assert code in (0, 3)
    assert ("undecided" in out) == (code == 3)


def test_the_version_names_the_engines(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--version"]) == 0
    out = capsys.readouterr().out
    assert out.startswith("bounds ")
    assert "FLINT" in out
    assert "MPFR" in out


@pytest.mark.parametrize("words", [["--help"], ["eps-cr", "--help"], ["verify", "--help"]])
def test_help_has_an_example(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(words) == 0
    assert "example" in capsys.readouterr().out


def test_a_cold_start_loads_no_heavy_library() -> None:
    code = (
        "import sys; from bounds.cli import main; main(['eps-cr', '3']);"
        "heavy = {'numpy', 'scipy', 'sympy', 'mpmath', 'gmpy2', 'rich'} & set(sys.modules);"
        "sys.exit(f'loaded: {heavy}' if heavy else 0)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_importing_the_package_loads_no_heavy_library() -> None:
    code = (
        "import sys, bounds; bounds.eps_cr(2); bounds.inflections(2);"
        "heavy = {'numpy', 'scipy', 'sympy', 'matplotlib', 'rich', 'pytest'} & set(sys.modules);"
        "sys.exit(f'loaded: {heavy}' if heavy else 0)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


CLOSED = [
    ("eps-cr 2 >&-", 2, "standard output is closed"),
    ("sweep --delta 2 -o /dev/null/t.csv 2>&-", 2, ""),
    ("eps-cr 2 >/dev/full", 2, "No space left"),
    ("eps-cr x 2>/dev/full", 2, ""),
    ("eps-cr 2 --digits=--", 2, "'--' is no value"),
    ("eps-cr --json=-- 2", 2, "'--' is no value"),
]


@pytest.mark.parametrize(("words", "code", "told"), CLOSED, ids=lambda words: str(words)[:40])
def test_closed_and_full_streams_and_options_without_a_value(
    words: str, code: int, told: str
) -> None:
    command = f"{sys.executable} -m bounds {words}"
    done = subprocess.run(command, shell=True, capture_output=True, text=True, check=False)
    assert done.returncode == code
    assert told in done.stderr
    assert done.stderr.count("\n") <= 1


@pytest.mark.parametrize("word", ["x", "9", "--x"])
@pytest.mark.parametrize("words", [["eps-cr"], ["check"], ["verify"], ["figure"], []], ids=str)
def test_no_message_is_long(
    words: list[str], word: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([*words, word * 20_000]) != 0
    told = capsys.readouterr()
    assert len(told.out + told.err) < 1000
    assert told.err.count("\n") == 1


def test_a_closed_pipe_is_no_error() -> None:
    done = subprocess.run(
        f"{sys.executable} -m bounds eps-cr 2 3 4 5 --digits 3000 | head -c 10",
        shell=True,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stderr == ""
