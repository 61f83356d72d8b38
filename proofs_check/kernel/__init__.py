"""The paper's claims as theorems of Coq, in kernel/claims, and the table of what they prove."""

from proofs_check.kernel.table import Row, rows, rows_of

__all__ = ["Row", "rows", "rows_of"]
