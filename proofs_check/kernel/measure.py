"""Whether the machine has what kernel/measure needs besides the library: mathcomp-analysis."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from functools import cache
from pathlib import Path

from bounds.kernel.coq import coqc, run_coq

NEEDED = "mathcomp-analysis 1.9 or later is not installed (Debian 13: libcoq-mathcomp-analysis)"

_PROBE = """From mathcomp Require probability gauss_integral Rstruct_topology.
Check @probability.normal_pdf_gt0.
"""
"""Its normal law, and Coq's numbers among its own: both are there from 1.9 on."""


@cache
def mathcomp_analysis() -> str | None:
    """The version of mathcomp-analysis; None if there is none, or one before 1.9."""
    compiler = coqc()
    if compiler is None:
        return None
    with tempfile.TemporaryDirectory(prefix="bounds-kernel-") as folder:
        probe = Path(folder) / "Probe.v"
        probe.write_text(_PROBE)
        if run_coq([compiler, str(probe)], {}, Path(folder)).returncode != 0:
            return None
    return _version() or "1.9 or later"


def _version() -> str | None:
    """As Debian's packages have it, where they do."""
    asks = shutil.which("dpkg-query")
    if asks is None:
        return None
    words = [asks, "--show", "--showformat=${Version}", "libcoq-mathcomp-analysis"]
    told = subprocess.run(words, capture_output=True, text=True, check=False)
    return told.stdout.partition("-")[0] or None
