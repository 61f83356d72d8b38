"""Appendix B, last display, line 4: the second integral."""

from __future__ import annotations

from typing import Any

from proofs_check.audit.registry import Claim, Seeded
from proofs_check.audit.verdict import Decision
from proofs_check.claims.sb_far_clients.far_sample_chain import (
    ALL,
    LINES,
    bracket,
    decide_line,
    delta,
)


def check(line: Any = LINES[3]) -> Decision:
    """Decide whether line 3 = line 4."""
    return decide_line(4, line)


CLAIM = Claim(
    id="far-sample-chain-4",
    where="Appendix B, last display, line 4",
    printed="= −[(x + 3Δ) e^{−x²/2}]/∫e^{−x²/2} dx + 1 + 2.25Δ², from 1.5Δ",
    latex=r"= \frac{-\left[(x + 3\Delta) e^{-x^2/2}\right]_{1.5\Delta}^\infty}"
    r"{\int e^{-x^2/2} dx} + 1 + 2.25\Delta^2",
    hypotheses="Δ > 0",
    method="exact moments of the normal tail",
    check=check,
    seeded=(
        Seeded("x + Delta in the bracket", lambda: check(LINES[3] + 2 * bracket(delta) / ALL)),
    ),
    rests_on=("far-sample-chain-3",),
)
