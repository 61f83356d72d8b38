"""The checker alone: `python -m bounds.checker FILE...` needs these files and gmpy2, no more.

Exit codes: 0 all are accepted; 1 one is rejected; 2 there is no such file, or none is named.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence


def judge(paths: Sequence[str]) -> int:
    """Print accepted or rejected for each file; 1 if one is rejected, else 0."""
    from bounds.certify.checker.replay import check_file

    code = 0
    for path in paths:
        verdict = check_file(path)
        code = code if verdict.accepted else 1
        word = "accepted" if verdict.accepted else "rejected"
        print(f"{path}: {word}: {verdict.reason}")
        if verdict.first_failing_piece:
            print(f"  first failing piece: {verdict.first_failing_piece}", flush=True)
    return code


def missing(paths: Sequence[str]) -> str | None:
    """The first that is no file, if there is one."""
    return next((path for path in paths if not os.path.isfile(path)), None)  # False if too long


def main(paths: Sequence[str]) -> int:
    """Judge the files, and return the exit code."""
    if not paths or paths[0].startswith("-"):
        print("usage: python -m bounds.checker FILE...", file=sys.stderr)
        return 2
    absent = missing(paths)
    if absent is not None:
        print(f"there is no file {absent[:200]}: name certificates to replay", file=sys.stderr)
        return 2
    try:
        return judge(paths)
    except KeyboardInterrupt:
        print("interrupted", file=sys.stderr)
        return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
