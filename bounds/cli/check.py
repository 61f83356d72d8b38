"""Replay proof certificates with the independent checker, which shares no code with the rest.

It prints the statement that each file proves, with all digits that it confirms. A file beyond a
limit of the checker (its size, or its work) is undecided, and not rejected. With --kernel, Coq
proves the claims again, from the paper's definitions.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Collection, Sequence

from bounds.certify.errors import InputError
from bounds.cli.output import emit, tell, whole_number
from bounds.cli.progress import waiting

EXAMPLES = """\
examples:
  bounds eps-cr 3 --certificates out && bounds check out/*.json
  bounds check --jobs 2 long.json     its pieces in two processes
  bounds check --work 600 long.json   allow more work: about ten minutes of one core
  bounds check --json out/*.json      the verdicts as JSON
  bounds check --coverage             what of each claim of the paper is replayed
  bounds check --kernel out/*.json    the same claims as theorems of Coq"""

_CODES = {"accepted": 0, "rejected": 1, "undecided": 3}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of `bounds check`."""
    parser.add_argument("file", nargs="*", metavar="FILE", help="certificates to replay")
    parser.add_argument(
        "--coverage",
        action="store_true",
        help="decide every claim of the paper, replay its certificates, and list what has none",
    )
    parser.add_argument(
        "--work",
        metavar="N",
        help="units of work for each file, about a second of one core each (default: 5, and one"
        " for each 1,000 bytes)",
    )
    parser.add_argument(
        "--jobs",
        default="1",
        metavar="N",
        help="processes, for several files or for the pieces of one; the limits are those of each"
        " (default 1)",
    )
    parser.add_argument(
        "--kernel", action="store_true", help="generate Coq files and have Coq check them"
    )
    parser.add_argument("--json", action="store_true", help="print JSON")


def run(arguments: argparse.Namespace) -> int:
    """Print each verdict; the exit code is 1 if one is rejected, else 3 if one is undecided."""
    from bounds.checker.__main__ import judge, missing
    from bounds.checker.jobs import MOST_JOBS

    if arguments.json and (arguments.coverage or arguments.kernel):
        raise InputError("--json is for the checker's verdicts: leave out --coverage and --kernel")
    if arguments.coverage:
        return _coverage(arguments.file)
    if not arguments.file:
        raise InputError("no file is named: pass certificates to replay, or --coverage")
    work = None if arguments.work is None else whole_number(arguments.work, "--work")
    jobs = whole_number(arguments.jobs, "--jobs")
    if not 1 <= jobs <= MOST_JOBS:
        raise InputError(f"--jobs must be from 1 to {MOST_JOBS}, not {jobs:,}")
    absent = missing(arguments.file)
    if absent is not None:
        raise InputError(
            f"{absent[:200]} is no file: pass the certificates to replay, as in out/*.json"
        )
    if arguments.kernel:
        return _judge_by_kernel(arguments.file)
    with waiting("replaying", len(arguments.file)) as step:
        if arguments.json:
            return _as_json(arguments.file, work, step, jobs)
        return judge(arguments.file, work, step, jobs)


def _as_json(
    paths: Sequence[str], work: float | None, done: Callable[[], object], jobs: int
) -> int:
    """Print the verdicts as one object; the exit code is that of the same files in words."""
    from bounds.checker.jobs import verdicts

    files = []
    for path, verdict in zip(paths, verdicts(paths, work, jobs), strict=True):
        files.append(
            {
                "file": path,
                "outcome": verdict.outcome,
                "reason": verdict.reason,
                "first_failing_piece": verdict.first_failing_piece,
            }
        )
        done()
    emit({"files": files})
    return _worst({entry["outcome"] for entry in files})


def _judge_by_kernel(paths: Sequence[str]) -> int:
    """Print Coq's verdict on each file: 1 if one is rejected, else 3 if one is undecided."""
    from bounds.kernel.judge import verdicts

    outcomes = set()
    with waiting("compiling", len(paths)) as step:
        for path, verdict, says in verdicts(paths):
            outcomes.add(verdict.outcome)
            if verdict.outcome == "accepted":
                tell(f"{path}: accepted by Coq's kernel: {says}")
                tell(f"  {verdict.reason}")
            else:
                tell(f"{path}: {verdict.outcome}: {verdict.reason}")
            step()
    return _worst(outcomes)


def _worst(outcomes: Collection[str | None]) -> int:
    """The exit code of several verdicts."""
    return next(_CODES[one] for one in ("rejected", "undecided", "accepted") if one in outcomes)


def _coverage(ids: Sequence[str]) -> int:
    """One line for each claim; the exit code is 1 if a certificate of one is not accepted."""
    from bounds.cli.coverage import coverage_lines
    from proofs_check import PAPER, find_claims
    from proofs_check.audit.runner import audit

    code, claims = 0, find_claims(ids or None)
    with waiting("deciding", len(claims)) as step:
        for line in coverage_lines(audit(PAPER, claims, None)):
            code = 1 if ": NOT replayed" in line else code
            tell(line)
            step()
    return code
