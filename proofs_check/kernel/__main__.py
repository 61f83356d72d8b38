"""Compile the claims' theorems; write kernel/claims/table.json and docs/kernel-claims.md.

    python -m proofs_check.kernel

Run it in a clone, after every change of kernel/lib or kernel/claims, and read the diff. It takes
some minutes and needs Coq.
"""

from __future__ import annotations

import json
import os
import tempfile
from dataclasses import asdict
from pathlib import Path

from bounds.certify.io.files import write_whole
from proofs_check.kernel.compiled import Compiled
from proofs_check.kernel.page import PAGE, page
from proofs_check.kernel.statements import sources
from proofs_check.kernel.table import TABLE, VERSION


def main() -> None:
    """Write the table and its page."""
    with tempfile.TemporaryDirectory() as folder:
        found = Compiled(Path(folder) / "coq", jobs=os.cpu_count() or 1).rows()
    table = {"version": VERSION, "theorems": [asdict(row) for row in found]}
    write_whole(sources() / TABLE, json.dumps(table, indent=1) + "\n")
    write_whole(PAGE, page(found))
    print(f"{len(found)} theorems written to {sources() / TABLE}")


if __name__ == "__main__":
    main()
