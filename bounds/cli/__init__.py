"""The command `bounds`. One command a file; a file is imported only when its command runs."""

from __future__ import annotations

import argparse
import io
import os
import re
import sys
import warnings
from collections.abc import Generator, Sequence
from contextlib import suppress
from importlib import import_module
from typing import Any, NoReturn

from bounds.certify.errors import BoundsError, Inconclusive, InputError, Notice, shortened
from bounds.certify.names import read_name

DECIDED, DIFFERS, BAD_INPUT, UNDECIDED = 0, 1, 2, 3
"""Exit codes: ran and decided; a verdict differs from the recorded one; bad usage; undecided."""

_COMMANDS = {
    "eps-cr": ("bounds.cli.eps_cr", "the critical value eps_cr for your own Delta, with proof"),
    "inflections": (
        "bounds.cli.inflections",
        "every inflection of the loss, with proof",
    ),
    "folds": ("bounds.cli.folds", "where the shape of the loss changes with Delta"),
    "large-delta": (
        "bounds.cli.large_delta",
        "the limit of eps_cr for large Delta, with error bound",
    ),
    "lower": ("bounds.cli.lower", "lower bounds for k components and budget c, with the attack"),
    "upper": ("bounds.cli.upper", "the upper bound for your Delta and c/k"),
    "bracket": (
        "bounds.cli.bracket",
        "the best error from both sides, for your K, C, D and m",
    ),
    "mixture": (
        "bounds.cli.mixture",
        "the best error from both sides, for components of your own weights",
    ),
    "constants": ("bounds.cli.constants", "the constants of Theorem 2, printed and certified"),
    "prove": ("bounds.cli.prove", "the shape of the loss for a whole range of Delta"),
    "sweep": ("bounds.cli.sweep", "a table of certified numbers over many Delta"),
    "figure": ("bounds.cli.figure", "the paper's figures, from certified numbers"),
    "explore": ("bounds.cli.explore", "one page in which the bounds move with D, c/k, k and m"),
    "check": ("bounds.cli.check", "replay certificates with the independent checker"),
    "export": ("bounds.cli.export", "write certificates as files for Coq's kernel"),
    "simulate": ("bounds.cli.simulate", "measure the error of algorithms, next to the bounds"),
    "advise": ("bounds.cli.advise", "whether your clients gain by collaborating"),
    "estimate": ("bounds.cli.estimate", "the mean of every client, from a file of reports"),
    "decide": ("bounds.cli.decide", "decide an inequality of your own, with proof"),
    "evaluate": ("bounds.cli.evaluate", "the value of an expression to any number of digits"),
    "integrate": ("bounds.cli.integrate", "an integral to any number of digits"),
    "maximum": ("bounds.cli.maximum", "the maximum of an expression on a domain, with proof"),
    "minimum": ("bounds.cli.maximum", "the minimum of an expression on a domain, with proof"),
    "solve": ("bounds.cli.solve", "all roots of an equation, and proof that there is no other"),
    "sharpen": ("bounds.cli.sharpen", "the best constant in an inequality, with proof"),
    "table": ("bounds.cli.table", "a table of formulas, or a printed table checked"),
    "verify": ("proofs_check.commands.verify", "decide the claims of the paper that began this"),
    "audit": ("proofs_check.commands.audit", "decide the claims of a paper of your own"),
}
_GROUPS = {
    "Decide (inequalities and numbers)": (
        "decide", "maximum", "minimum", "solve", "sharpen", "evaluate", "integrate", "table",
    ),
    "Verify (papers and proofs)": ("audit", "verify", "check", "export"),
    "Bounds (of the paper, for your own numbers)": (
        "bracket", "lower", "upper", "mixture", "eps-cr", "sweep", "explore",
    ),
    "Estimate (means for your clients)": ("advise", "estimate", "simulate"),
    "More (the paper in depth)": (
        "constants", "inflections", "folds", "large-delta", "prove", "figure",
    ),
}  # fmt: skip
"""The order in which the commands are listed: what most people want comes first."""
_NO_VALUE = re.compile(r"--[a-z-]+=--")
_CODES = """\
exit codes: 0 decided, as expected; 1 refuted, or a verdict differs from the recorded one;
2 a mistake in the input; 3 undecided within the budget; 130 interrupted"""


class _Version(argparse.Action):
    """Print the version, and those of the engines that a certified number is as good as."""

    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> NoReturn:
        from importlib.metadata import version

        import flint
        import gmpy2

        print(f"bounds {version('robust-mean-bounds')}")
        print(f"FLINT {flint.__FLINT_VERSION__} (python-flint {flint.__version__}) proves")
        print(f"{gmpy2.mpfr_version()} (gmpy2 {gmpy2.version()}) checks")
        parser.exit()


class _Completion(argparse.Action):
    """Print the script that completes words in a shell."""

    def __call__(
        self, parser: argparse.ArgumentParser, _: object, shell: Any, *__: object
    ) -> NoReturn:
        from bounds.cli.completion import SHELLS, script

        print(script(_parser(None, every=True), read_name(shell, SHELLS, "shell")))
        parser.exit()


class Parser(argparse.ArgumentParser):
    """A parser whose errors are one line, and which says if its help cannot be written."""

    def _print_message(self, message: str, file: Any = None) -> None:
        """Write at once, where argparse would pass over a full or closed output."""
        if message:
            stream = file or sys.stderr
            stream.write(message)
            stream.flush()

    def error(self, message: str) -> NoReturn:
        """Print one line and stop with the code for bad input."""
        self.exit(BAD_INPUT, f"{self.prog}: {shortened(message)} (see {self.prog} --help)\n")


class _InGroups(argparse.RawDescriptionHelpFormatter):
    """Help in which the description lists the commands, and nothing lists them again."""

    def _iter_indented_subactions(
        self, _: argparse.Action
    ) -> Generator[argparse.Action, None, None]:
        yield from ()


def _listed() -> str:
    """The commands in groups, each with what it does."""
    width = max(map(len, _COMMANDS))
    return "\n\n".join(
        "\n".join([f"{title}:", *(f"  {name:<{width}}  {_COMMANDS[name][1]}" for name in names)])
        for title, names in _GROUPS.items()
    )


_FIRST = """\
examples:
  bounds decide '1 + x <= e^x' --for 'x real'
  bounds audit --new mine && bounds audit mine
  bounds bracket 100 5 18
  bounds advise --groups 10 --clients 200000 --corrupted 5% --distance 20"""


def _parser(command: str | None, *, every: bool = False) -> argparse.ArgumentParser:
    """The parser, with the arguments of `command` alone: the others need not be imported.

    Args:
        command: the name of a command; None for no arguments of any.
        every: with those of every command.
    """
    parser = Parser(
        prog="bounds",
        usage="bounds [--help | --version] COMMAND ...",
        description=f"Inequalities and numbers with proof.\n\n{_listed()}",
        epilog=f"{_FIRST}\n\n{_CODES}",
        formatter_class=_InGroups,
    )
    parser.add_argument(
        "--version", nargs=0, action=_Version, help="print the versions of bounds and its engines"
    )
    parser.add_argument(
        "--print-completion",
        action=_Completion,
        metavar="SHELL",
        help="print a script that completes words, for bash, zsh or tcsh",
    )
    commands = parser.add_subparsers(
        prog="bounds",
        dest="command",
        metavar="COMMAND",
        required=True,
        parser_class=Parser,
        help="see `bounds COMMAND --help` for its options and examples",
    )
    for name, (module, help_text) in _COMMANDS.items():
        sub = commands.add_parser(
            name, help=help_text, formatter_class=argparse.RawDescriptionHelpFormatter
        )
        if every or name == command:
            home = import_module(module)
            sub.description = home.__doc__
            sub.epilog = f"{home.EXAMPLES}\n\n{_CODES}"
            home.add_arguments(sub)
            sub.set_defaults(run=home.run)
    return parser


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit code.

    Args:
        arguments: the words after `bounds`; by default those of the process.
    """
    words = list(sys.argv[1:] if arguments is None else arguments)
    for stream in (sys.stdout, sys.stderr):  # a terminal without Greek gets \u03b5 for ε
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    if sys.stderr is None:  # closed by the caller: `2>&-`
        sys.stderr = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115 - it lives as long
    if sys.stdout is None:  # closed by the caller: `>&-`
        _tell("standard output is closed: nothing could be shown; send it to a file")
        return BAD_INPUT
    if valueless := next((word for word in words if _NO_VALUE.fullmatch(word)), None):
        _tell(f"argument {valueless.partition('=')[0]}: '--' is no value")
        return BAD_INPUT
    with warnings.catch_warnings():
        warnings.simplefilter("always", Notice)
        warnings.showwarning = _tell  # type: ignore[assignment]  # it needs no more
        return _run(words)


def _tell(message: Warning | str, *_: Any) -> None:
    """One line for people, on standard error if that takes it."""
    with suppress(OSError):
        print(f"bounds: {shortened(str(message))}", file=sys.stderr)


def _show_place(mistake: BoundsError) -> None:
    """The text that was not read, with a mark under the place, if the error has them."""
    with suppress(OSError):
        for line in getattr(mistake, "marked", ()):
            print(f"  {line}", file=sys.stderr)


def _meant(word: str) -> str:
    """The command that is spelt like this but for case, hyphens and underscores; else the word."""
    bare = re.sub(r"[-_ ]", "", word.lower())
    return next((name for name in _COMMANDS if name.replace("-", "") == bare), word)


def _run(words: list[str]) -> int:
    plain = () if words[:1] == ["--print-completion"] else words  # its shell is no command
    command = next((word for word in plain if not word.startswith("-")), None)
    try:
        if command is not None and command not in _COMMANDS:
            if (near := _meant(command)) in _COMMANDS:
                raise InputError(f"no command is called {command[:40]!r}: did you mean {near}?")
            read_name(command, _COMMANDS, "command")
        parsed, unknown = _parser(command).parse_known_args(words)
        if unknown:  # told by the command's own parser, whose help lists what there is
            Parser(prog=f"bounds {command}").error(f"unrecognized arguments: {' '.join(unknown)}")
        code: int = parsed.run(parsed)
        sys.stdout.flush()
    except SystemExit as stop:  # argparse: --help, or an error already told
        return stop.code if isinstance(stop.code, int) else BAD_INPUT
    except Inconclusive as undecided:
        _tell(f"undecided: {undecided}")
        return UNDECIDED
    except BoundsError as mistake:
        _tell(": ".join([*getattr(mistake, "__notes__", ()), str(mistake).partition("\n")[0]]))
        _show_place(mistake)
        return BAD_INPUT
    except KeyboardInterrupt as stop:
        _tell("; ".join(["interrupted", *getattr(stop, "__notes__", ())]))
        return 130
    except BrokenPipeError:  # the reader went away: say nothing, also not at shutdown
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DECIDED
    except OSError as reason:
        where = "" if reason.filename is None else f": {str(reason.filename)[:200]!r}"
        _tell(f"{reason.strerror}{where}")
        return BAD_INPUT
    return code
