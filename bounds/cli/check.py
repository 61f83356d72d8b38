"""Replay proof certificates with the independent checker (MPFR, sharing no code with the rest)."""

from __future__ import annotations

import argparse

from bounds.certify.errors import InputError

EXAMPLES = """\
examples:
  bounds eps-cr 3 --certificates out && bounds check out/*.json"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of `bounds check`."""
    parser.add_argument("file", nargs="+", metavar="FILE", help="certificates to replay")


def run(arguments: argparse.Namespace) -> int:
    """Print accepted or rejected for each file; the exit code is 1 where one is rejected."""
    from bounds.checker.__main__ import judge, missing

    absent = missing(arguments.file)
    if absent is not None:
        raise InputError(f"there is no file {absent[:200]}: pass the certificates to replay")
    return judge(arguments.file)
