"""Appendix A: from integers to real numbers of components."""

from __future__ import annotations

from fractions import Fraction

import sympy as sp

from bounds.inequalities import Counterexample, decide_less
from bounds.theorems.lower.allocation import best_split
from proofs_check.algebra import to_term, vanishes
from proofs_check.lower_bound import h
from proofs_check.registry import Claim, Seeded
from proofs_check.verdict import CERTIFIED, INCONCLUSIVE, REFUTED, Decision

_C, _N = sp.symbols("c n", positive=True)


def check(
    budget: Fraction = Fraction(1), components: int = 1, claimed: sp.Expr | None = None
) -> Decision:
    """Decide max over integers ≥ `claimed` at one (k, c); by default the paper's c/(k√(8π)).

    Real n first: 1/√(8π) − n h(c/n)/c is a square over a positive number, zero at n = c/√(2π) only.
    """
    c = sp.Rational(budget.numerator, budget.denominator)
    root = sp.sqrt(2 * sp.pi)
    gap = _C / (2 * root) - _N * h(_C / _N)
    square = _C * (_C - root * _N) ** 2 / (2 * root * (_C**2 + 2 * sp.pi * _N**2))
    if not vanishes(gap - square):
        return Decision(INCONCLUSIVE, "the real maximum is not proved", ("not identical",))
    split = best_split(components, budget)
    value = split.parts * h(c / split.parts) / components
    target = c / (2 * root) / components if claimed is None else claimed
    outcome = decide_less(to_term(target), to_term(value))
    evidence = (
        "c/sqrt(8 pi) - n h(c/n) = c (c - sqrt(2 pi) n)^2/(sqrt(8 pi)(c^2 + 2 pi n^2)), so the real"
        " maximum is c/sqrt(8 pi), at n = c/sqrt(2 pi) alone",
        "integers are real numbers: the integer maximum is at most that, with equality exactly if"
        " c/sqrt(2 pi) is an integer; for rational c it never is, pi being irrational",
        f"witness k = {components}, c = {budget}: the best integer is n = {split.parts}; {outcome}",
    )
    if isinstance(outcome, Counterexample):
        return Decision(
            REFUTED,
            "the integer maximum is below c/(k sqrt(8 pi)) for every rational c; the printed >= is"
            " the wrong way round. It is c^2 n/(k(c^2 + 2 pi n^2)) at the first n with"
            " c^2 <= 2 pi n(n + 1), or n = k",
            evidence,
            certificates=(outcome.proof.certificate(),),
        )
    return Decision(CERTIFIED, "so it is at this k and c", evidence)


CLAIM = Claim(
    id="integer-relaxation",
    where="Appendix A",
    printed="max over k′ ∈ ℤ⁺ ≥ max over k′ ∈ ℝ⁺ = c/(√(8π)k), at k′ = c/√(2π) ≤ k",
    latex=r"\max_{k' \in \mathbb{Z}^+} \frac{c^2 k'}{c^2 + 2\pi k'^2} \ge"
    r" \max_{k' \in \mathbb{R}^+} \frac{c^2 k'}{c^2 + 2\pi k'^2}",
    hypotheses="c < √(2π) k; the ledger's c is rational",
    method="the gap as a square, exactly; a witness in certified arithmetic",
    check=check,
    seeded=(
        Seeded(
            "a claimed value just below the integer maximum",
            lambda: check(claimed=sp.Rational(137, 1000)),
        ),
    ),
    rests_on=("equal-split-value", "local-maxima"),
)
