"""Decide the claims of any paper: a folder with a file `paper.py` that defines its PAPER.

The folder holds the claims, as `proofs_check` does for its own paper; the rest is `bounds verify`.
"""

from __future__ import annotations

import argparse

from proofs_check.commands import verify

EXAMPLES = """\
examples:
  bounds audit examples/gaussian_mechanism
  bounds audit examples/gaussian_mechanism --why theorem
  bounds audit examples/gaussian_mechanism -o report.html
  bounds audit examples/gaussian_mechanism --seeded"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of `bounds audit`."""
    parser.add_argument("folder", metavar="PATH", help="the folder of the audit")
    verify.add_arguments(parser)


def run(arguments: argparse.Namespace) -> int:
    """Decide the claims and report; the exit code says what came out."""
    from proofs_check.audit.paper import load_folder

    return verify.run_on(load_folder(arguments.folder), arguments)
