"""The docs' page on the claims that Coq has accepted, from the tables."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
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
row says. The tables are written by `python -m proofs_check.kernel`, which compiles all files; a row
counts only while its file, and all that the file needs, are byte for byte what was compiled.

"""
_COLUMNS = """| claim | file, lines | seconds | what is proved |
| --- | --- | --- | --- |
"""
_MEASURE = """
## On measure theory

These theorems, of `kernel/measure`, were accepted by Coq {coq} with mathcomp-analysis {analysis},
and rest on its axioms too: propositional and functional extensionality, and the choice of what
exists (constructive indefinite description, and Coq's ε). Where it is missing or older, nothing
compiles them again.

"""
_MISSING = """
## Claims without a theorem

| claim | what is missing |
| --- | --- |
"""


def page(rows: Iterable[Row], measured: Mapping[str, str]) -> str:
    """The page for these rows, in Markdown; `measured` is what compiled those on measure theory."""
    told = sorted(rows, key=lambda row: (row.file, row.lines))
    on_measure = [row for row in told if row.file.startswith("kernel/measure/")]
    made_by = {"coq": measured["coq"], "analysis": measured["mathcomp-analysis"]}
    without = [f"| `{claim}` | {reason} |" for claim, reason in sorted(MISSING.items())]
    return (
        _HEAD
        + _table(row for row in told if row not in on_measure)
        + _MEASURE.format_map(made_by)
        + _table(on_measure)
        + _MISSING
        + "\n".join(without)
        + "\n"
    )


def _table(rows: Iterable[Row]) -> str:
    lines = [
        f"| `{row.claim}` | {Path(row.file).name}, {row.lines[0]} to {row.lines[1]} |"
        f" {row.seconds:.1f} | {row.proves} |"
        for row in rows
    ]
    return _COLUMNS + "\n".join(lines) + "\n"
