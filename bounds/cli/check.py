"""Replay proof certificates with the independent checker (MPFR, sharing no code with the rest)."""

from __future__ import annotations

import argparse
import os

from bounds.errors import InputError

EXAMPLES = """\
examples:
  bounds eps-cr 3 --certificates out && bounds check out/*.json"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of `bounds check`."""
    parser.add_argument("file", nargs="+", metavar="FILE", help="certificates to replay")


def run(arguments: argparse.Namespace) -> int:
    """Print accepted or rejected for each file; the exit code is 1 where one is rejected."""
    from bounds.checker import check_file

    for path in arguments.file:
        if not os.path.isfile(path):  # False where a name is too long, too
            raise InputError(f"there is no file {path[:200]}: pass the certificates to replay")
    rejected = False
    for path in arguments.file:
        verdict = check_file(path)
        rejected = rejected or not verdict.accepted
        word = "accepted" if verdict.accepted else "rejected"
        print(f"{path}: {word}: {verdict.reason}")
        if verdict.first_failing_piece:
            print(f"  first failing piece: {verdict.first_failing_piece}", flush=True)
    return 1 if rejected else 0
