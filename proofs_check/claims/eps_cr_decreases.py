"""Section III: ε_cr is very small and decreases quickly to 0 as Δ grows."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise

from bounds.convexity import eps_cr
from proofs_check.calculus import settled
from proofs_check.registry import Claim, Seeded
from proofs_check.verdict import REFUTED, Decision

_GRID = tuple(Fraction(i, 2) for i in range(3, 21))


def check(grid: tuple[Fraction, ...] = _GRID, share: Fraction = Fraction(3, 10)) -> Decision:
    """Decide whether ε_cr falls to less than `share` of itself with each step of Δ."""
    values = [eps_cr(delta, 12).eps for delta in grid]
    falls = all(b.high.fraction() < share * a.low.fraction() for a, b in pairwise(values))
    rises = any(b.low.fraction() > share * a.high.fraction() for a, b in pairwise(values))
    if rises:
        return Decision(REFUTED, "a step falls less", (f"eps_cr from {values[0]} to {values[1]}",))
    return settled(
        "for Delta = 3/2, 2, ..., 10 each step of 1/2 leaves less than 3/10 of eps_cr: from 0.0137"
        " at 3/2 to 1.2e-24 at 10 (a family of values, not a proof for all Delta)",
        {
            "each step leaves less than 3/10": falls,
            "ends": values[0].high.fraction() < Fraction(137, 10000)
            and values[-1].high.fraction() < Fraction(12, 10**25),
        },
    )


CLAIM = Claim(
    id="eps-cr-decreases",
    where="III, after Theorem 2",
    printed="ε_cr is very small and decreases quickly to 0 as Δ → ∞",
    latex=r"\varepsilon_{cr}(\Delta) \to 0 \quad (\Delta \to \infty)",
    hypotheses="Δ = 3/2, 2, …, 10",
    method="enclosures of the roots, compared strictly",
    check=check,
    seeded=(
        Seeded("a fall to 1/4 with each step", lambda: check(share=Fraction(1, 4))),
        Seeded("the values in reverse", lambda: check(_GRID[::-1])),
    ),
    rests_on=("eps-cr-exists",),
)
