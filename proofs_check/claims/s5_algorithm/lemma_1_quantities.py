"""Proof of Lemma 1: c₁ and the ε_i are to bound the error; clusters without a mean are left out.

In words:

1. Δ = 2, mass 0.48 at 4.11 and 0.4746 at 8.09, mean 0: only points next to 6.1 see both atoms and
   pass besides those next to the mean, and 6.1 is farther than 3Δ from these: two cliques. The
   median of the one at 6.1 is the first atom, and clients with z in (2.055, 3) are nearer to it
   than to their own estimate: they err by more than 2.055.
2. A clique without a mean lies 3Δ or more from every mean, and its windows hold at most Φ(−2Δ) of
   genuine mass from either side, as other windows are disjoint. So it takes mass ρ − 2Φ(−2Δ),
   which increases with Δ.
3. Windows of different clusters are disjoint (separation), so no point counts twice.
"""

from __future__ import annotations

from fractions import Fraction

from bounds.certify.inequalities import cdf, prove_less
from proofs_check.audit.calculus import shown
from proofs_check.audit.claim import Claim, Seeded
from proofs_check.audit.facts import Argued, Exact, Proved
from proofs_check.audit.verdict import CERTIFIED, REFUTED, REPAIRED, Decision, Reading
from proofs_check.claims.sb_lemma_4.client_error import decoy, decoy_stands_alone


def check(counted: bool = False, least: Fraction = Fraction(43, 50)) -> Decision:
    """Decide whether c₁ = ε = 0 means no error, and what a cluster without a mean costs.

    Args:
        counted: whether points in cliques without a mean are counted too.
        least: a lower bound claimed on the price of such a clique, Δ ≥ 3/2.
    """
    layout, centre, lure = decoy()
    alone = decoy_stands_alone()
    drawn = (cdf(3) - cdf(lure / 2)) / (cdf(3) - cdf(-3))
    lured = prove_less(Fraction(3, 40), drawn * (lure / 2) * (lure / 2))
    low = Fraction(3, 2)
    price = prove_less(least, 1 - 2 * cdf(-low) - 2 * cdf(-2 * low))
    facts = (
        Proved(
            "witness: Delta = 2, mass 0.48 at 4.11 and 0.4746 at 8.09, mean 0: the component's"
            " cluster holds no adversarial point (eps = 0), there is no non-clique (c1 = 0), but"
            f" the clique at {centre} draws clients, whose error given |z| < 3 is above 3/40:"
            f" {shown(lured)}",
            lured,
            alone,
        ),
        Exact(
            "no adversarial mass is in a window of the component's cluster",
            layout.adversarial(Fraction(2)),
            layout.adversarial(-Fraction(2)),
        ),
        Argued("the clique at 6.1 is isolated and attracts clients", f"{__name__}, step 1"),
        Argued(
            "repair: a clique without a mean takes mass rho - 2 Phi(-2 Delta), which increases",
            f"{__name__}, step 2",
        ),
        Proved(f"at Delta = 3/2: {shown(price)}", price),
        Argued("no point counts twice", f"{__name__}, step 3"),
    )
    if counted:
        return Decision(CERTIFIED, "with them the count is complete", facts)
    return Decision(
        REPAIRED,
        "a third number is needed: c0, the mass in cliques that hold no mean, which may draw"
        " clients of an untouched component; c0 + c1 + sum of eps_i <= c(1 + o(1)), and there are"
        " at most c0/(rho - 2 Phi(-2 Delta)) such cliques",
        facts,
        readings=(
            Reading("the error is bounded in terms of c1 and the eps_i", REFUTED,
                    "false: clients are misled at c1 = eps = 0", needed=True),
            Reading("with the cliques that hold no mean counted too", CERTIFIED, "complete"),
        ),
        certificates=tuple(proof.certificate() for proof in (*alone, lured, price)),
    )  # fmt: skip


CLAIM = Claim(
    id="lemma-1-quantities",
    where="V, before Lemma 1; Appendix B, proof of Lemma 1",
    printed="adversarial points can either bias a cluster's mean or elongate it beyond 3Δ; there"
    " are numbers c₁ and ε_i such that the algorithm's error can be bounded in terms of c₁ and the"
    " ε_i",
    latex=r"\text{error} \le F(c_1, \varepsilon_1, \ldots, \varepsilon_k)",
    hypotheses="c₁ counts points in non-cliques, ε_i those in the clique of component i; D ≥ 9Δ",
    method="an explicit attack with exact masses; geometry of the filter for the repair",
    check=check,
    seeded=(
        Seeded("cliques without a mean counted", lambda: check(counted=True)),
        Seeded("a price of 87/100 in the repair", lambda: check(least=Fraction(87, 100))),
    ),
    rests_on=("separation", "budget", "non-clique-cost", "lemma-1-condition-3"),
)
