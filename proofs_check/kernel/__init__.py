"""The paper's claims as theorems of Coq, in kernel/claims and kernel/measure, and their tables."""

from __future__ import annotations

import warnings
from functools import cache

from bounds.certify.errors import Notice
from proofs_check.audit.paper import Theorem
from proofs_check.kernel.table import Row, rows, rows_of

__all__ = ["Row", "rows", "rows_of", "theorems_of"]


@cache
def _counting() -> dict[str, Row]:
    try:
        return rows()
    except (OSError, ValueError, TypeError, LookupError, RecursionError) as why:
        said = f"no theorem of Coq counts here: {why}"
        warnings.warn(said, Notice, stacklevel=2)
        return {}


def theorems_of(claim: str) -> tuple[Theorem, ...]:
    """The theorems of a claim that count: their sources are those that the kernel read."""
    row = _counting().get(claim)
    return () if row is None else (Theorem(row.theorem, row.file, row.proves),)
