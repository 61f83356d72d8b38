"""Section IV and Appendix A: from integers to real numbers of components."""

from __future__ import annotations

from fractions import Fraction

import sympy as sp

from bounds.certify.inequalities import PI, Counterexample, decide_less, number, sqrt
from bounds.lower.allocation import best_split
from proofs_check.audit.algebra import to_term
from proofs_check.audit.calculus import equal
from proofs_check.audit.calculus import shown as shown_less
from proofs_check.audit.claim import Claim, Seeded
from proofs_check.audit.facts import Exact, Proved
from proofs_check.audit.verdict import CERTIFIED, REFUTED, REPAIRED, Decision, Reading
from proofs_check.claims.s4_lower_bound.lower_bound import h

_C, _N, _X = sp.symbols("c n X", positive=True)
_SHARE = sp.Rational(8, 9)


def check(
    budget: Fraction = Fraction(1),
    components: int = 1,
    claimed: sp.Expr | None = None,
    share: sp.Expr = _SHARE,
) -> Decision:
    """Decide max over integers ≥ `claimed` at one (k, c); by default the paper's c/(k√(8π)).

    With X = c²/(2πn²) the value at n, over the real maximum, has the square 4X/(1 + X)². The best n
    has (n − 1)/n ≤ X ≤ (n + 1)/n, inside [½, 2] for n ≥ 2, and for n = 1 from c = √π on.

    Args:
        budget: c of the witness.
        components: k of the witness.
        claimed: the value claimed.
        share: square of the share of the real maximum that integers are claimed to keep.
    """
    root = sp.sqrt(2 * sp.pi)
    split = best_split(components, budget)
    n = split.parts
    square = budget * budget
    value = number(square * n / components) / (square + 2 * n * n * PI)
    paper = number(budget / components) / sqrt(8 * PI)
    outcome = decide_less(paper if claimed is None else to_term(claimed), value)
    if not isinstance(outcome, Counterexample):
        shown = f"k = {components}, c = {budget}: the best integer is n = {n}; {outcome}"
        return Decision(CERTIFIED, "so it is at this k and c", (Proved(shown, outcome),))
    step = _N * h(_C / _N) - (_N + 1) * h(_C / (_N + 1))
    rule = _C**2 * (2 * sp.pi * _N * (_N + 1) - _C**2)
    rule /= (_C**2 + 2 * sp.pi * _N**2) * (_C**2 + 2 * sp.pi * (_N + 1) ** 2)
    return Decision(
        REPAIRED,
        "the integer maximum is at most the real one: the printed >= is the wrong way round. It is"
        " c^2 n/(k(c^2 + 2 pi n^2)) at the first n with c^2 <= 2 pi n (n + 1), and at least"
        " c/(3 k sqrt(pi)), 0.94 of the printed value, for sqrt(pi) <= c < sqrt(2 pi) k; below"
        " sqrt(pi) it is h(c)/k, which is of order c^2",
        (
            Proved(
                f"witness: k = {components}, c = {budget}: the best integer is n = {n}, and"
                f" {shown_less(outcome.proof)}",
                outcome.proof,
            ),
            Exact(
                "c/sqrt(8 pi) - n h(c/n) = c (c - sqrt(2 pi) n)^2/(sqrt(8 pi)(c^2 + 2 pi n^2)), so"
                " the real maximum is c/sqrt(8 pi), at only n = c/sqrt(2 pi)",
                equal(
                    _C / (2 * root) - _N * h(_C / _N),
                    _C * (_C - root * _N) ** 2 / (2 * root * (_C**2 + 2 * sp.pi * _N**2)),
                ),
            ),
            "integers are real numbers: the integer maximum is at most that, with equality exactly"
            " if c/sqrt(2 pi) is an integer; for rational c it never is, pi being irrational",
            Exact(
                "n h(c/n) - (n + 1) h(c/(n + 1)) has the sign of 2 pi n (n + 1) - c^2, so the first"
                " n with c^2 <= 2 pi n (n + 1) is best; it is at most k where c < sqrt(2 pi) k",
                equal(step, rule),
            ),
            Exact(
                "over the real maximum that value is 2 sqrt(X)/(1 + X), X = c^2/(2 pi n^2), and 4X"
                " - (8/9)(1 + X)^2 = (4/9)(2X - 1)(2 - X) >= 0 for 1/2 <= X <= 2; (n - 1)/n <= X <="
                " (n + 1)/n is inside for n >= 2, and for n = 1 where c >= sqrt(pi)",
                equal(4 * _X - share * (1 + _X) ** 2, share / 2 * (2 * _X - 1) * (2 - _X)),
            ),
        ),
        readings=(
            Reading("max over integers >= max over real numbers", REFUTED, "the wrong way round",
                    needed=True),
            Reading("max over integers >= (2 sqrt(2)/3) max over real numbers, c >= sqrt(pi)",
                    CERTIFIED, "with equality at c = 2 sqrt(pi)"),
        ),
        certificates=(outcome.proof.certificate(),),
    )  # fmt: skip


CLAIM = Claim(
    id="integer-relaxation",
    where="IV; Appendix A",
    printed="max over k′ ∈ ℤ⁺ ≥ max over k′ ∈ ℝ⁺ = c/(√(8π)k), at k′ = c/√(2π) ≤ k (Section IV: the"
    " best is to split evenly across c/√(2π) components)",
    latex=r"\max_{k' \in \mathbb{Z}^+} \frac{c^2 k'}{c^2 + 2\pi k'^2} \ge"
    r" \max_{k' \in \mathbb{R}^+} \frac{c^2 k'}{c^2 + 2\pi k'^2}",
    hypotheses="0 < c < √(2π) k",
    method="the gap as a square, exactly; a witness in certified arithmetic",
    check=check,
    beside="hessian-formula",
    seeded=(
        Seeded(
            "a claimed value just below the integer maximum",
            lambda: check(claimed=sp.Rational(137, 1000)),
        ),
        Seeded("19/20 in place of 2 sqrt(2)/3", lambda: check(share=sp.Rational(361, 400))),
    ),
    rests_on=("equal-split-value", "local-maxima"),
)
