"""Section V: "the fact that D > 9Δ is used", where Theorem 2 supposes D ≥ 9Δ."""

from __future__ import annotations

from fractions import Fraction

from proofs_check.audit.calculus import settled
from proofs_check.audit.registry import Claim, Seeded
from proofs_check.audit.verdict import REPAIRED, Decision
from proofs_check.claims.s5_algorithm.layout import EDGE, clusters


def chain(spacing: Fraction, between: int) -> bool:
    """Whether `between` hypotheses can link two that are within 1/100 Δ of two means D apart."""
    start, end = Fraction(1, 100), spacing - Fraction(1, 100)
    step = (end - start) / (between + 1)
    return len(clusters([start + i * step for i in range(between + 2)], Fraction(1))) == 1


def check(spacing: int = 9) -> Decision:
    """Decide whether D > `spacing` Δ and D >= `spacing` Δ come to the same in the argument."""
    at, beyond = Fraction(spacing), spacing + Fraction(1, 10)
    links = spacing // EDGE - 1
    return settled(
        "Theorem 2 supposes D >= 9 Delta only, and at D = 9 Delta the two differ; the bounds that"
        " hold (D >= 14 Delta, or 11 Delta for the price) hold at equality",
        {
            f"at D = {spacing} Delta, {links} hypotheses link two components (from points within"
            " Delta/100 of the means)": chain(at, links),
            f"at D = {spacing} Delta + Delta/10 they do not: one more is needed": not chain(
                beyond, links
            )
            and chain(beyond, links + 1),
        },
        verdict=REPAIRED,
    )


CLAIM = Claim(
    id="separation-strict",
    where="V, before Lemma 1; Theorem 2",
    printed="the fact that D > 9Δ is used (Theorem 2 supposes D ≥ 9Δ)",
    latex=r"D > 9\Delta \quad\text{against}\quad D \ge 9\Delta",
    hypotheses="hypotheses pass within a small distance of each mean",
    method="exact chains of hypotheses",
    check=check,
    seeded=(Seeded("10 Delta, where equality makes no difference", lambda: check(10)),),
    rests_on=("separation",),
)
