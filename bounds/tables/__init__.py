"""Tables of certified numbers over many values of Δ.

A table of contents: grid (which Δ), columns (what is computed, one entry a column), chunk (a few
rows, as plain data), plan (a sweep cut into chunks), flight (chunks on an executor), workers
(processes of this machine), table and formats (CSV, JSON, Parquet), run (the call).
"""

from bounds.tables.run import sweep
from bounds.tables.table import Table

__all__ = ["Table", "sweep"]
