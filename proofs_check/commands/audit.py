"""Decide the claims of a paper of your own: a folder with a file `ledger.toml`, or with Python.

A ledger holds the claims as data, and `--new` writes one that shows each kind. Python beside it
decides what data cannot say. A folder with a file `paper.py` that defines PAPER is all Python.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from bounds.certify.errors import InputError
from bounds.cli import DECIDED, DIFFERS
from bounds.cli.output import tell
from proofs_check.commands import verify

EXAMPLES = """\
examples:
  bounds audit --new my-audit                   write a ledger to begin with
  bounds audit my-audit                         decide its claims
  bounds audit my-audit log-upper               one claim, with its evidence
  bounds audit my-audit -o report.html
  bounds audit my-audit --seeded                put errors into each claim: which verdicts change?
  bounds audit my-audit --record                write the verdicts, to compare with later ones
  bounds audit --diff old-audit my-audit        which claims and verdicts differ
  bounds audit my-audit --latex paper           write paper/certified.sty for LaTeX
  bounds audit my-audit --tex paper/paper.tex   prove each number of \\certified{id}{...} again
  bounds audit examples/gaussian_mechanism --why theorem"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of `bounds audit`."""
    parser.add_argument(
        "folder", metavar="PATH", nargs="?", help="the folder of the audit, or its ledger"
    )
    verify.add_arguments(parser)
    parser.add_argument("--new", metavar="FOLDER", help="write a commented ledger there")
    parser.add_argument(
        "--diff", nargs=2, metavar=("OLD", "NEW"), help="compare two ledgers, claim by claim"
    )
    parser.add_argument(
        "--latex", metavar="FOLDER", help="write certified.sty there, which defines \\certified"
    )
    parser.add_argument(
        "--tex",
        action="append",
        metavar="FILE",
        default=[],
        help="prove each number in \\certified{id}{number} of a LaTeX file again",
    )


def run(arguments: argparse.Namespace) -> int:
    """Decide the claims and report; the exit code says what came out."""
    for option in ("new", "diff", "latex", "tex"):
        given = getattr(arguments, option)
        if given == "":
            raise InputError(f"--{option} names a folder: '.' is this one")
        if given:
            _require_alone(arguments, f"--{option}")
    if arguments.new is not None:
        return _new(arguments.new)
    if arguments.diff is not None:
        return _diff(*arguments.diff)
    if arguments.latex is not None:
        _latex(arguments.latex)
        if arguments.folder is None:
            return DECIDED
    if arguments.folder is None:
        raise InputError("name the folder of an audit; `bounds audit --new FOLDER` writes one")
    from proofs_check.audit.paper import load_folder

    paper = load_folder(arguments.folder)
    if arguments.tex:
        from proofs_check.audit.ledger.tex import check_tex

        codes = [check_tex(paper, file) for file in arguments.tex]
        return DIFFERS if DIFFERS in codes else max(codes)
    if arguments.latex is not None:
        return DECIDED
    return verify.run_on(paper, arguments)


def _require_alone(arguments: argparse.Namespace, option: str) -> None:
    """Refuse an option beside others that ask for something else.

    Raises:
        InputError: there is one.
    """
    given = {
        "PATH": arguments.folder,
        "ID": arguments.id,
        "--new": arguments.new,
        "--diff": arguments.diff,
        "--latex": arguments.latex,
        "--tex": arguments.tex,
        "--why": arguments.why,
        "--seeded": arguments.seeded,
        "--record": arguments.record,
        "-o": arguments.output,
        "--format": arguments.format,
        "--certificates": arguments.certificates,
        "--graph": arguments.graph,
    }
    beside = ("PATH", "--latex", "--tex") if option in ("--latex", "--tex") else ()
    others = [name for name, value in given.items() if value and name not in (option, *beside)]
    if others:
        raise InputError(f"{option} does one thing: leave out {', '.join(others)}")


def _new(folder: str) -> int:
    from proofs_check.audit.ledger.new import write_new

    file = write_new(folder)
    tell(f"written to {file}: edit it, and decide its claims with `bounds audit {folder}`")
    return DECIDED


def _diff(old: str, new: str) -> int:
    from proofs_check.audit.ledger.differences import compare

    found = compare(old, new)
    tell(found)
    return DIFFERS if found.any else DECIDED


def _latex(folder: str) -> None:
    from proofs_check.audit.ledger.tex import write_style

    print(f"written to {write_style(Path(folder))}", file=sys.stdout)
