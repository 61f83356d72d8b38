"""Replay proof certificates with the independent checker (MPFR, sharing no code with the rest).

With --kernel, have Coq's kernel prove their claims anew, from the paper's definitions.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from bounds.certify.errors import Inconclusive, InputError

if TYPE_CHECKING:
    from bounds.kernel.export import Export

EXAMPLES = """\
examples:
  bounds eps-cr 3 --certificates out && bounds check out/*.json
  bounds check --kernel out/*.json   the same claims as theorems of Coq"""

_DIFFERS, _UNDECIDED = 1, 3


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of `bounds check`."""
    parser.add_argument("file", nargs="+", metavar="FILE", help="certificates to replay")
    parser.add_argument(
        "--kernel", action="store_true", help="generate Coq files and have Coq check them"
    )


def run(arguments: argparse.Namespace) -> int:
    """Print accepted or rejected for each file; the exit code is 1 where one is rejected."""
    from bounds.checker.__main__ import judge, missing

    absent = missing(arguments.file)
    if absent is not None:
        raise InputError(f"there is no file {absent[:200]}: pass the certificates to replay")
    return _judge_by_kernel(arguments.file) if arguments.kernel else judge(arguments.file)


def _judge_by_kernel(paths: Sequence[str]) -> int:
    """Print Coq's verdict for each file: 1 where one is rejected, else 3 where one is open."""
    from bounds.kernel.coq import Kernel

    codes = {"accepted": 0, "rejected": _DIFFERS, "undecided": _UNDECIDED}
    found = set()
    with tempfile.TemporaryDirectory(prefix="bounds-kernel-") as folder:
        kernel = Kernel(Path(folder) / "build")
        for path, made, trouble in each_export(paths):
            if made is None:
                found.add(trouble)
                continue
            verdict = kernel.check(made.text, made.theorem)
            found.add(codes[verdict.outcome])
            if verdict.outcome == "accepted":
                print(f"{path}: accepted by Coq's kernel: {made.says}")
                print(f"  {verdict.reason}", flush=True)
            else:
                print(f"{path}: {verdict.outcome}: {verdict.reason}", flush=True)
    return _DIFFERS if _DIFFERS in found else _UNDECIDED if _UNDECIDED in found else 0


def each_export(paths: Sequence[str]) -> Iterator[tuple[str, Export | None, int]]:
    """Each certificate with its Coq file; where there is none, say why and give the exit code."""
    from bounds.certify.checker.verdict import Rejected
    from bounds.kernel.export import export

    for path in paths:
        try:
            yield path, export(Path(path)), 0
        except Rejected as reason:
            print(f"{path}: rejected: {reason}", flush=True)
            yield path, None, _DIFFERS
        except Inconclusive as reason:
            print(f"{path}: undecided: {reason}", file=sys.stderr, flush=True)
            yield path, None, _UNDECIDED
