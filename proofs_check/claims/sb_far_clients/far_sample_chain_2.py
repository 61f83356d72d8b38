"""Appendix B, last display, line 2: the square is expanded."""

from __future__ import annotations

from typing import Any

from proofs_check.audit.registry import Claim, Seeded
from proofs_check.audit.verdict import Decision
from proofs_check.claims.sb_far_clients.far_sample_chain import (
    ALL,
    LINES,
    T,
    decide_line,
    delta,
    tail,
    x,
)


def check(line: Any = LINES[1]) -> Decision:
    """Decide whether line 1 = line 2."""
    return decide_line(2, line)


CLAIM = Claim(
    id="far-sample-chain-2",
    where="Appendix B, last display, line 2",
    printed="= (∫x² e^{−x²/2} dx + ∫3xΔ e^{−x²/2} dx + ∫(1.5Δ)² e^{−x²/2} dx)/∫e^{−x²/2} dx, from"
    " 1.5Δ",
    latex=r"= \frac{\int x^2 e^{-x^2/2} dx + \int 3x\Delta e^{-x^2/2} dx + \int (1.5\Delta)^2"
    r" e^{-x^2/2} dx}{\int e^{-x^2/2} dx}",
    hypotheses="Δ > 0",
    method="exact moments of the normal tail",
    check=check,
    seeded=(
        Seeded(
            "x Delta in place of 3 x Delta",
            lambda: check((tail(x**2) + tail(x * delta) + tail(T**2)) / ALL),
        ),
    ),
    rests_on=("far-sample-chain-1",),
)
