"""Section V: "the fact that D > 9Δ is used", where Theorem 2 supposes D ≥ 9Δ."""

from __future__ import annotations

from fractions import Fraction

from proofs_check.audit.calculus import equal
from proofs_check.audit.claim import Claim, Seeded
from proofs_check.audit.facts import Exact, Proved, less
from proofs_check.audit.verdict import REPAIRED, Decision
from proofs_check.claims.s5_algorithm.layout import EDGE, clusters


def chain(spacing: Fraction, between: int) -> int:
    """How many clusters two hypotheses within 1/100 Δ of two means D apart and others between make.

    Args:
        spacing: D/Δ.
        between: how many hypotheses stand between them, at equal distances.
    """
    start, end = Fraction(1, 100), spacing - Fraction(1, 100)
    step = (end - start) / (between + 1)
    return len(clusters([start + i * step for i in range(between + 2)], Fraction(1)))


def check(spacing: int = 9) -> Decision:
    """Decide whether D > `spacing` Δ and D >= `spacing` Δ come to the same in the argument."""
    at, beyond = Fraction(spacing), spacing + Fraction(1, 10)
    links = spacing // EDGE - 1
    return Decision(
        REPAIRED,
        "Theorem 2 supposes D >= 9 Delta only, and at D = 9 Delta the two differ; the bounds that"
        " hold (D >= 14 Delta, or 11 Delta for the price) hold at equality",
        (
            Exact(
                f"at D = {spacing} Delta, {links} hypotheses link two components (from points"
                " within Delta/100 of the means)",
                equal(chain(at, links), 1),
            ),
            Proved(
                f"at D = {spacing} Delta + Delta/10 they do not: one more is needed",
                less(1, chain(beyond, links)),
                less(chain(beyond, links + 1), 2),
            ),
        ),
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
