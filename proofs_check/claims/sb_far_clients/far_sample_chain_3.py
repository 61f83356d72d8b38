"""Appendix B, last display, line 3: the first integral by parts."""

from __future__ import annotations

from typing import Any

from proofs_check.audit.registry import Claim, Seeded
from proofs_check.audit.verdict import Decision
from proofs_check.claims.sb_far_clients.far_sample_chain import ALL, LINES, bracket, decide_line, x


def check(line: Any = LINES[2]) -> Decision:
    """Decide whether line 2 = line 3."""
    return decide_line(3, line)


CLAIM = Claim(
    id="far-sample-chain-3",
    where="Appendix B, last display, line 3",
    printed="= (−[x e^{−x²/2}] + ∫3xΔ e^{−x²/2} dx)/∫e^{−x²/2} dx + 1 + 2.25Δ², from 1.5Δ",
    latex=r"= \frac{-\left[x e^{-x^2/2}\right]_{1.5\Delta}^\infty + \int 3x\Delta e^{-x^2/2} dx}"
    r"{\int e^{-x^2/2} dx} + 1 + 2.25\Delta^2",
    hypotheses="Δ > 0",
    method="exact moments of the normal tail",
    check=check,
    seeded=(
        Seeded("a plus sign before the bracket", lambda: check(LINES[2] + 2 * bracket(x) / ALL)),
    ),
    rests_on=("far-sample-chain-2",),
)
