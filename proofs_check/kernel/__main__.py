"""Compile the theorems; write the tables beside them, and docs/kernel-claims.md.

    python -m proofs_check.kernel

Run it in a clone, after every change of kernel/lib, kernel/claims or kernel/measure, and read the
diff. It takes some minutes and needs Coq; without mathcomp-analysis 1.9 or later, the table of
kernel/measure stays as it is, and its rows count while its sources do.
"""

from __future__ import annotations

import json
import os
import tempfile
from dataclasses import asdict
from pathlib import Path

from bounds.certify.io.files import write_whole
from bounds.kernel.coq import coq_version
from proofs_check.kernel.compiled import Compiled
from proofs_check.kernel.measure import NEEDED, mathcomp_analysis
from proofs_check.kernel.page import PAGE, page
from proofs_check.kernel.statements import PREFIX, Theory, sources
from proofs_check.kernel.table import TABLE, VERSION, environment, rows


def main() -> None:
    """Write the tables and their page."""
    with tempfile.TemporaryDirectory() as folder:
        library, analysis = Path(folder) / "lib", mathcomp_analysis()
        for theory in PREFIX:
            made_by = {"coq": coq_version()}
            if theory == "measure":
                if analysis is None:
                    print(f"{sources(theory) / TABLE} stays as it is: {NEEDED}")
                    continue
                made_by["mathcomp-analysis"] = analysis
            _write(theory, library, Path(folder), made_by)
    write_whole(PAGE, page(rows().values(), environment("measure")))


def _write(theory: Theory, library: Path, folder: Path, made_by: dict[str, str]) -> None:
    found = Compiled(folder / theory, library, os.cpu_count() or 1, theory).rows()
    theorems = [asdict(row) for row in found]
    table = {"version": VERSION, "environment": made_by, "theorems": theorems}
    write_whole(sources(theory) / TABLE, json.dumps(table, indent=1) + "\n")
    print(f"{len(found)} theorems written to {sources(theory) / TABLE}")


if __name__ == "__main__":
    main()
