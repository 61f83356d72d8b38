"""Decide an inequality of your own: by proof on its whole domain, or by an exact counterexample.

A claim compares: `x*phi(x)/(1 + x^2) < Phi(-x)`, `0 < a <= b and a != 1`. LaTeX is read, too. The
domain says where the variables are: `x > 0`, `x in (0, 1], y < x`, `n integer, n >= 1`. In place of
a claim you can name a file. It has one statement a line, `claim for domain`. # begins a comment,
and `name:` before a claim names it. The independent checker replays a proof before it is printed.

The exit code is 0 if all is proved. It is 1 if something is refuted or undefined, and 3 if
something is undecided.
"""

from __future__ import annotations

import argparse
import re
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bounds.certify.errors import InputError
from bounds.certify.exact import read_positive_rational
from bounds.certify.io.files import write_whole
from bounds.cli.output import emit, json_text, tell, whole_number
from bounds.cli.progress import searching

if TYPE_CHECKING:
    from bounds.certify.language.statement import Statement
    from bounds.certify.rules.outcome import Outcome
    from bounds.certify.statements import Line

EXAMPLES = """\
examples:
  bounds decide '1 + x <= e^x' --for 'x real'
  bounds decide 'x*phi(x)/(1 + x^2) < Phi(-x)' --for 'x > 0' --explain
  bounds decide 'sin(x) < x' --for 'x > 0' --kernel     and Coq accepts it
  bounds decide 'log(1 + x) < x' --for 'x in (0, inf)' --certificate log.json
  bounds decide lemmas.txt --time 10                    a table, one statement a line"""

_RELATION_SIGNS = frozenset("<>=≤≥≠\\")
_BEGINS_WITH_MINUS = re.compile(r"-[^-].*[<>=≤≥≠\\]|-\d")
_CODES = {"proved": 0, "equal": 0, "refuted": 1, "undefined": 1, "undecided": 3}
_LONGEST_FILE = 10_000_000


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of `bounds decide`."""
    parser._negative_number_matcher = _BEGINS_WITH_MINUS  # `-x<1` is no option, as -1 is none
    add = parser.add_argument
    add("claim", metavar="CLAIM", help="a claim, or a file with a statement a line")
    add("--for", dest="domain", metavar="DOMAIN", help="where the variables lie, as in 'x > 0'")
    add(
        "--time",
        default="60",
        metavar="SECONDS",
        help="how long to try a statement (default 60)",
    )
    add("--jobs", default="1", metavar="N", help="processes for one statement (default 1)")
    add("--given", metavar="FILE", help="lemmas to use, `name: claim for domain`, proved first")
    add("--certificate", metavar="FILE", help="write the proof, for `bounds check`")
    add("--kernel", action="store_true", help="have Coq's kernel check the proof, too")
    add("--export", choices=("coq", "lean"), help="write the statement and proof as a file")
    add("-o", dest="output", metavar="FILE", help="where --export writes (default statement.v)")
    add("--explain", action="store_true", help="print the proof as a person would write it")
    shown = parser.add_mutually_exclusive_group()
    shown.add_argument("--latex", action="store_true", help="print the proof as LaTeX")
    shown.add_argument("--json", action="store_true", help="print JSON")


@dataclass(frozen=True)
class Asked:
    """How each statement is to be decided."""

    seconds: float
    jobs: int
    given: dict[str, Outcome]


def run(arguments: argparse.Namespace) -> int:
    """Decide one statement, or those of a file."""
    from bounds.certify.language.statement import Statement

    seconds = float(read_positive_rational(arguments.time, "--time"))
    jobs = whole_number(arguments.jobs, "--jobs")
    _refuse_beside_the_kernel(arguments)
    if arguments.domain is None and not _RELATION_SIGNS & set(arguments.claim):
        lines = _lines_of(arguments.claim, "CLAIM")
        _refuse_for_files(arguments)
        return _table(lines, Asked(seconds, jobs, _lemmas(arguments, seconds, jobs)), arguments)
    statement = Statement.read(arguments.claim, arguments.domain)
    asked = Asked(seconds, jobs, _lemmas(arguments, seconds, jobs))
    outcome, interrupted = _decided(statement, asked, "deciding")
    _show(outcome, arguments)
    if interrupted is not None:
        raise interrupted
    if arguments.certificate is not None:
        _write(outcome, Path(arguments.certificate))
    code = _code(outcome)
    if code == 0 and (arguments.kernel or arguments.export):
        code = _down_to_the_kernel(outcome, arguments)
    return code


def _down_to_the_kernel(outcome: Outcome, arguments: argparse.Namespace) -> int:
    """Write the statement for a proof assistant, and have Coq check it: 3 where it is undecided."""
    from bounds.kernel.one import checked, exported

    if arguments.export:
        ending = "v" if arguments.export == "coq" else "lean"
        path = Path(arguments.output or f"statement.{ending}")
        text = exported(outcome.certificate(), arguments.export)
        write_whole(path, text)
        unchecked = "" if arguments.export == "coq" else " (not checked by Lean)"
        tell(f"  written to {path}{unchecked}")
    if not arguments.kernel:
        return 0
    with searching("compiling"):
        verdict = checked(outcome.certificate())
    word = "accepted by" if verdict.outcome == "accepted" else f"{verdict.outcome} by"
    tell(f"  {word} Coq's kernel: {verdict.reason}")
    return {"accepted": 0, "rejected": 1, "undecided": 3}[verdict.outcome]


def _decided(
    statement: Statement, asked: Asked, what: str
) -> tuple[Outcome, KeyboardInterrupt | None]:
    """The outcome; after Ctrl-C an undecided one, with what was tried, and the interruption."""
    from bounds.certify.statements import decide

    tried: list[str] = []
    started = time.monotonic()
    with searching(what) as say:
        try:
            return (
                decide(
                    statement,
                    seconds=asked.seconds,
                    jobs=asked.jobs,
                    given=asked.given,
                    progress=_both(say, tried.append),
                ),
                None,
            )
        except KeyboardInterrupt as stop:
            from bounds.certify.rules.outcome import Outcome

            told = tuple(dict.fromkeys(tried))
            spent = time.monotonic() - started
            reason = "the search was interrupted"
            return Outcome(statement, "undecided", reason, tried=told, seconds=spent), stop


def _both(*heard: Callable[[str], object]) -> Callable[[str], None]:
    def say(text: str) -> None:
        for one in heard:
            one(text)

    return say


def _show(outcome: Outcome, arguments: argparse.Namespace) -> None:
    if arguments.json:
        emit(outcome.json(), 1)
    elif arguments.latex:
        print(outcome.latex(), flush=True)
    elif arguments.explain and outcome.outcome != "undecided":
        tell(outcome.explain())
    else:
        tell(outcome)
        tell(f"  {_how(outcome)}")


def _code(outcome: Outcome) -> int:
    """0 only for what holds on its whole domain: x < x has equal sides, and holds nowhere."""
    code = _CODES[outcome.outcome]
    return code if code or outcome.holds_everywhere else 1


def _how(outcome: Outcome) -> str:
    rules = f"by {', '.join(outcome.rules)}; " if outcome.rules else ""
    basis = "" if outcome.basis in ("machine", "none") else f"{outcome.basis}; "
    return f"{rules}{basis}{outcome.seconds:.2f} s"


def _write(outcome: Outcome, path: Path) -> None:
    if outcome.holds_everywhere:
        write_whole(path, json_text(outcome.certificate(), 1) + "\n")


def _refuse_for_files(arguments: argparse.Namespace) -> None:
    for option in ("certificate", "latex", "kernel", "export"):
        if getattr(arguments, option):
            raise InputError(f"--{option} is for one claim, not for a file of them: pass the claim")


def _refuse_beside_the_kernel(arguments: argparse.Namespace) -> None:
    if arguments.json and (arguments.kernel or arguments.export):
        raise InputError("--json is for the outcome: leave out --kernel and --export")
    if arguments.output is not None and not arguments.export:
        raise InputError("-o says where --export writes: add --export coq or --export lean")


def _lines_of(name: str, argument: str) -> list[Line]:
    """The statements of a file.

    Raises:
        InputError: there is no such file, it is no text, or a line is not read.
    """
    from bounds.certify.statements import read_lines

    return read_lines(_text_of(name, argument), name[:100])


def _text_of(name: str, argument: str) -> str:
    path = Path(name)
    if "\0" in name or not path.is_file():
        raise InputError(
            f"{argument} {name[:80]!r} is no file and compares nothing: pass a claim such as"
            " '1 + x <= e^x', or a file with one a line"
        )
    if path.stat().st_size > _LONGEST_FILE:
        raise InputError(f"{name[:80]!r} is longer than {_LONGEST_FILE:,} bytes: split it")
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        raise InputError(f"{name[:80]!r} is no text in UTF-8: save it as such") from None


def _lemmas(arguments: argparse.Namespace, seconds: float, jobs: int) -> dict[str, Outcome]:
    if arguments.given is None:
        return {}
    from bounds.certify.statements import prove_lemmas

    text = _text_of(arguments.given, "--given")
    with searching("proving the lemmas"):
        return prove_lemmas(text, arguments.given[:100], seconds=seconds, jobs=jobs)


def _table(lines: Sequence[Line], asked: Asked, arguments: argparse.Namespace) -> int:
    """One row for each statement, told as soon as it is decided."""
    outcomes: list[Outcome] = []
    stop = None
    width = max(len(_label(line)) for line in lines)
    for line in lines:
        label = _label(line)
        outcome, stop = _decided(line.statement, asked, f"deciding {label} of {len(lines)}")
        outcomes.append(outcome)
        if not arguments.json:
            spent = f"{outcome.seconds:6.2f} s"
            tell(f"{label:<{width}}  {outcome.outcome:<9}  {spent}  {_brief(outcome)}")
            if arguments.explain and outcome.proofs:
                tell(outcome.explain())
        if stop is not None:
            break
    if arguments.json:
        emit([_row(line, one) for line, one in zip(lines, outcomes, strict=False)], 1)
    else:
        tell(_summary(outcomes))
    if stop is not None:
        raise stop
    codes = {_code(outcome) for outcome in outcomes}
    return 1 if 1 in codes else max(codes)


def _label(line: Line) -> str:
    return line.name or f"line {line.number}"


def _brief(outcome: Outcome) -> str:
    where = "" if outcome.witness is None else f": {outcome.reason}"
    return f"{outcome.statement}{where}"


def _row(line: Line, outcome: Outcome) -> dict[str, Any]:
    return {"line": line.number, "name": line.name, **outcome.json()}


def _summary(outcomes: Sequence[Outcome]) -> str:
    counts = {word: sum(one.outcome == word for one in outcomes) for word in _CODES}
    return ", ".join(f"{count} {word}" for word, count in counts.items() if count)
