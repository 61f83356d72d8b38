"""The docs' page on the claims that Coq has accepted, from the table."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from proofs_check.kernel.missing import MISSING
from proofs_check.kernel.table import Row

PAGE = Path(__file__).resolve().parents[2] / "docs" / "kernel-claims.md"

_HEAD = """# Claims as theorems of Coq

Each row is a theorem of `kernel/claims` that Coq's kernel has accepted, from the paper's own
definitions (`kernel/lib`), with no axiom beyond those of Coq's real numbers and, where intervals
are computed, of its 63-bit integers. The comment above each theorem in its file has the paper's
line. *Whole claim*: the claim as the audit states it. *Printed refuted*: the negation of what is
printed. *Repaired statement*: what the audit certifies in its place. *Part*: less than that, as the
row says. The table is written by `python -m proofs_check.kernel`, which compiles all files; a row
counts only while its file, and all that the file needs, are byte for byte what was compiled.

| claim | file, lines | seconds | what is proved |
| --- | --- | --- | --- |
"""
_MISSING = """
## Claims without a theorem

| claim | what is missing |
| --- | --- |
"""


def page(rows: Iterable[Row]) -> str:
    """The page for these rows, in Markdown."""
    told = sorted(rows, key=lambda row: (row.file, row.lines))
    lines = [
        f"| `{row.claim}` | {Path(row.file).name}, {row.lines[0]} to {row.lines[1]} |"
        f" {row.seconds:.1f} | {row.proves} |"
        for row in told
    ]
    without = [f"| `{claim}` | {reason} |" for claim, reason in sorted(MISSING.items())]
    return _HEAD + "\n".join(lines) + "\n" + _MISSING + "\n".join(without) + "\n"
