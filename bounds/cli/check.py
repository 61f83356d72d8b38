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
  bounds check --json out/*.json      the verdicts as JSON (also with --coverage and --kernel)
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

    if arguments.coverage:
        return _coverage(arguments.file, as_json=arguments.json)
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
        return _judge_by_kernel(arguments.file, as_json=arguments.json)
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


def _judge_by_kernel(paths: Sequence[str], *, as_json: bool) -> int:
    """Print Coq's verdict on each file: 1 if one is rejected, else 3 if one is undecided."""
    from bounds.kernel.judge import verdicts

    outcomes, entries = set(), []
    with waiting("compiling", len(paths)) as step:
        for path, verdict, says in verdicts(paths):
            outcomes.add(verdict.outcome)
            if as_json:
                reason = f"{says}; {verdict.reason}" if says else verdict.reason
                entry = {"file": path, "outcome": verdict.outcome, "reason": reason}
                entries.append({**entry, "first_failing_piece": None})
            elif verdict.outcome == "accepted":
                tell(f"{path}: accepted by Coq's kernel: {says}")
                tell(f"  {verdict.reason}")
            else:
                tell(f"{path}: {verdict.outcome}: {verdict.reason}")
            step()
    if as_json:
        emit({"files": entries})
    return _worst(outcomes)


def _worst(outcomes: Collection[str | None]) -> int:
    """The exit code of several verdicts."""
    return next(_CODES[one] for one in ("rejected", "undecided", "accepted") if one in outcomes)


def _coverage(ids: Sequence[str], *, as_json: bool) -> int:
    """One line for each claim; the exit code is 1 if a certificate of one is not accepted."""
    from bounds.cli.coverage import coverage, summary
    from proofs_check import PAPER, find_claims
    from proofs_check.audit.runner import audit

    claims, found = find_claims(ids or None), []
    with waiting("deciding", len(claims)) as step:
        for covered in coverage(audit(PAPER, claims, None)):
            found.append(covered)
            if not as_json:
                tell(covered)
            step()
    if as_json:
        emit({"claims": [covered.json() for covered in found]})
    else:
        tell(summary(found))
    return 1 if any(covered.failed for covered in found) else 0
