"""Algorithm 1, line 11: the points counted for a cluster fill an interval of length l + 2Δ.

In words:

1. Δ = 2, mass 0.9535 at 6.9: by the bounds at 4.9 and 5.1, and as f falls, the hypotheses that
   pass are near 0, and those from 4.9 to 5.1, and 5 is one. So S_c is at most (−2, 2) and (2.9,
   7.1): ε̃ < ε by the genuine mass in the gap.
2. Where ε < ρ − f(2Δ), every hypothesis is less than 2Δ from the mean (filter-radius), and the
   windows of 0 and of a point less than 2Δ away overlap: no gap is left.
3. f(2Δ) < 2Δφ(Δ) gives ε̂ > ρ already at ε = ρ − f(2Δ), as l = 2Δ there: so this covers the whole
   domain of the loss.
"""

from __future__ import annotations

from fractions import Fraction

import sympy as sp

from bounds.certify.inequalities import cdf, prove_less
from proofs_check.audit.algebra import DENSITY, PHI
from proofs_check.audit.calculus import equal, positive_from, shown
from proofs_check.audit.claim import Claim, Seeded
from proofs_check.audit.facts import Argued, Exact, Proved, less
from proofs_check.audit.verdict import CERTIFIED, REFUTED, REPAIRED, Decision, Reading
from proofs_check.claims.s5_algorithm.layout import EDGE, Layout
from proofs_check.claims.sb_lemma_3.eps_hat_chain import bracket_slopes, delta


def check(far: Fraction = Fraction(5)) -> Decision:
    """Decide whether the windows of a clique with a point `far` from the mean leave no gap."""
    two = Fraction(2)
    if far < 2 * two:
        return Decision(
            CERTIFIED, "the windows overlap", (Proved("far < 2 Delta", less(far, 2 * two)),)
        )
    attack = Layout(two, (Fraction(0),), ((Fraction("6.9"), Fraction("0.9535")),))
    passes, blocked = attack.passes(far), attack.fails(Fraction("4.9"))
    # all the genuine mass that can be counted against the least of Lemma 3 at l = 5
    ceiling = attack.fails(Fraction("5.1"))
    counted = cdf(two) - cdf(-two) + cdf("7.1") - cdf("2.9")
    missing = prove_less(counted, cdf(far + two) - cdf(-two))
    t = sp.Symbol("t", positive=True)
    excess, slope, _ = bracket_slopes(t)
    at_two = 2 * delta * DENSITY(delta) - (PHI(3 * delta) - PHI(delta))
    return Decision(
        REPAIRED,
        "the set S_c is an interval of length l + 2 Delta where eps < rho - f(2 Delta), as then"
        " every hypothesis is less than 2 Delta from the mean; this covers the whole domain of the"
        " loss. For larger eps take all points between min c - Delta and max c + Delta",
        (
            Proved(
                "witness: Delta = 2, mass 0.9535 at 6.9: 5 passes, 4.9 and 5.1 do not, span < 6:"
                f" {shown(passes)}; {shown(blocked)}; {shown(ceiling)}",
                passes,
                blocked,
                ceiling,
                less(far, EDGE * two),
            ),
            Proved(
                "the genuine mass in (-2, 2) and (2.9, 7.1) is below the least of Lemma 3:"
                f" {shown(missing)}",
                missing,
            ),
            Argued(
                "S_c is at most (-2, 2) and (2.9, 7.1), so eps~ < eps, by the mass in the gap",
                f"{__name__}, step 1",
            ),
            Argued(
                "repair: windows of 0 and of a point less than 2 Delta away overlap",
                f"{__name__}, step 2",
            ),
            Exact(
                "f(2 Delta) < 2 Delta phi(Delta): t phi(Delta) - (Phi(Delta + t) - Phi(Delta)) is 0"
                " at t = 0 and grows",
                positive_from(0, excess, t, slope),
                equal(excess.subs(t, 2 * delta), at_two),
            ),
            Argued("so eps^ > rho already at eps = rho - f(2 Delta)", f"{__name__}, step 3"),
        ),
        readings=(
            Reading("S_c as line 11 has it, a union of windows, for every eps < rho", REFUTED,
                    "false for eps = 0.9535 at Delta = 2", needed=True),
            Reading("the same for eps < rho - f(2 Delta)", CERTIFIED, "true"),
        ),
        certificates=tuple(proof.certificate() for proof in (passes, blocked, ceiling, missing)),
    )  # fmt: skip


CLAIM = Claim(
    id="cluster-interval",
    where="Algorithm 1, line 11; proof of Lemma 3",
    printed="the median is taken over an interval of length l + 2Δ",
    latex=r"S_c = T_2 \cap (\min c - \Delta,\, \max c + \Delta)",
    hypotheses="c a clique with hypotheses at the mean; limit m → ∞, δ → 0",
    method="explicit attack with a gap; the tangent of Φ at Δ",
    check=check,
    seeded=(Seeded("a point less than 2 Delta from the mean", lambda: check(Fraction(3))),),
    rests_on=("filter-radius",),
)
