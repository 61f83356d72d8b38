"""Appendix B: above ε_cr some components get at most ε_cr and some get more.

In words:

1. Where the whole budget is spent, Σ ε_i = c, the largest ε_i is at least their mean c/k > ε_cr.
2. Components with ε_i ≤ ε_cr contribute at most the loss at ε_cr, as the loss increases
   (combined-bound).
"""

from __future__ import annotations

from fractions import Fraction

from proofs_check.audit.claim import Claim, Seeded
from proofs_check.audit.facts import Argued, Proved, less
from proofs_check.audit.verdict import CERTIFIED, REFUTED, REPAIRED, Decision, Reading
from proofs_check.claims.shared.upper_bound import critical_between


def check(kappa: Fraction = Fraction(1, 100), delta: Fraction = Fraction(2)) -> Decision:
    """Decide it for the even split, ε_i = c/k for all i."""
    above = critical_between(delta)[1]
    return Decision(
        REPAIRED,
        "where the whole budget is spent, some eps_i >= c/k > eps_cr; none need be at most eps_cr."
        " Those that are contribute at most the loss at eps_cr, as the loss increases"
        " (combined-bound)",
        (
            Proved(
                f"witness: Delta = {delta}, the even split eps_i = {kappa} for all i: every eps_i"
                f" is above eps_cr < {float(above):.5f}",
                less(above, kappa),
            ),
            Argued("the largest of k numbers is at least their mean c/k", f"{__name__}, step 1"),
            Argued("the others contribute at most the loss at eps_cr", f"{__name__}, step 2"),
        ),
        readings=(
            Reading("some eps_i <= eps_cr", REFUTED, "not in the even split", needed=True),
            Reading("some eps_i > eps_cr", CERTIFIED, "true where the whole budget is spent"),
        ),
    )


CLAIM = Claim(
    id="both-kinds",
    where="Appendix B, on the case c/k > ε_cr",
    printed="when c/k > ε_cr we will have ε_i ≤ ε_cr for some i and ε_i > ε_cr for some other i;"
    " the former contribute at most g(ε̂_cr)²/(1 + g(ε̂_cr)²)",
    latex=r"\tfrac ck > \varepsilon_{cr} \implies \exists i: \varepsilon_i \le \varepsilon_{cr},"
    r"\ \exists j: \varepsilon_j > \varepsilon_{cr}",
    hypotheses="Σ ε_i = c; the true ε_cr",
    method="exact arithmetic with an enclosure of ε_cr",
    check=check,
    seeded=(Seeded("c/k = 1/1000, below eps_cr", lambda: check(Fraction(1, 1000))),),
    rests_on=("combined-bound",),
)
