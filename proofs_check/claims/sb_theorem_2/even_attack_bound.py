"""Appendix B, after Lemma 5: below ε_cr the limit of K(m) is at most the loss at c/k.

In words:

1. By lower-bound-reduction no algorithm has an error below B(t)/k in the limit where the mean of
   one component is hidden among two at distance 2t, for a mass of 2Φ(t) − 1.
"""

from __future__ import annotations

from fractions import Fraction

from bounds.certify.inequalities import number, prove_less
from bounds.functions.terms import loss
from proofs_check.audit.calculus import shown
from proofs_check.audit.claim import Claim, Seeded
from proofs_check.audit.facts import Argued, Proved, less
from proofs_check.audit.verdict import REFUTED, Decision
from proofs_check.claims.s4_lower_bound.lower_bound import two_point_mass_term, two_point_risk_terms
from proofs_check.claims.shared.upper_bound import PAPER, critical_between

_T = Fraction(93672, 100_000)
_BUDGET = Fraction(6511, 10_000)
"""A little more than hiding the mean among two at distance 2t costs."""
_EARNED = Fraction(43, 100)
_COMPONENTS = {Fraction(2): 164, Fraction(3): 2979, Fraction(4): 131_000}


def check(components: dict[Fraction, int] | None = None, budget: Fraction = _BUDGET) -> Decision:
    """Compare the loss at κ = c/k next below ε_cr with what hiding one mean among two costs."""
    paid = prove_less(two_point_mass_term(_T), budget)
    earned = prove_less(_EARNED, two_point_risk_terms(_T)[0])
    proofs, facts = [paid, earned], []
    for delta, k in (_COMPONENTS if components is None else components).items():
        kappa = budget / k
        below = prove_less(loss(kappa, delta), number(_EARNED / k))
        proofs.append(below)
        facts.append(
            Proved(
                f"witness: Delta = {delta}, k = {k}, c = {float(budget)}, c/k < eps_cr:"
                f" {shown(below)}",
                below,
                less(kappa, critical_between(delta)[0]),
            )
        )
    return Decision(
        REFUTED,
        "false next below eps_cr for many components: the even split is not the best attack there"
        " (concave-adversary). A component whose mean is hidden among two, for a mass of 0.6511,"
        " costs the clients of any algorithm more than 0.43 each, and so all clients more than the"
        " loss at c/k. Besides, the argument leaves out far clients (far-term). theorem-2 has the"
        " bound that is proved",
        (
            *facts,
            Proved("the two means cost at most c, and earn more than 0.43", paid, earned),
            Argued("no algorithm has an error below 0.43/k in the limit", f"{__name__}, step 1"),
        ),
        certificates=tuple(proof.certificate() for proof in proofs),
    )


CLAIM = Claim(
    id="even-attack-bound",
    where="Appendix B, after Lemma 5",
    printed="lim K(m) ≤ g(c/k + l(c/k)φ(Δ))²/(1 + g(c/k + l(c/k)φ(Δ))²) for c/k < ε_cr",
    latex=r"\lim_{m \to \infty} K(m) \le \frac{g\left(\frac ck + l(\frac"
    r" ck)\varphi(\Delta)\right)^2}{1 + g\left(\frac ck + l(\frac ck)\varphi(\Delta)\right)^2}",
    hypotheses="D ≥ 9Δ, Δ > 1.5, c/k < ε_cr, the true one",
    method="the lower bound of two hidden means, at exact points",
    check=check,
    seeded=(
        Seeded("too many components", lambda: check(dict.fromkeys(PAPER, 10**9))),
        Seeded("c/k above eps_cr", lambda: check(dict.fromkeys(PAPER, 2))),
        Seeded("less mass than the attack costs", lambda: check(budget=Fraction(13, 20))),
    ),
    rests_on=("combined-bound", "concave-adversary"),
)
