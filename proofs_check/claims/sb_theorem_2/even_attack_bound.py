"""Appendix B, after Lemma 5: below ε_cr the limit of K(m) is at most the loss at c/k."""

from __future__ import annotations

from fractions import Fraction

from bounds.certify.inequalities import Proved, decide_less, number
from bounds.functions.terms import loss
from proofs_check.audit.calculus import shown
from proofs_check.audit.registry import Claim, Seeded
from proofs_check.audit.verdict import INCONCLUSIVE, REFUTED, Decision
from proofs_check.claims.s4_lower_bound.lower_bound import two_point_mass_term, two_point_risk_terms
from proofs_check.claims.shared.upper_bound import PAPER, critical_between

_T = Fraction(93672, 100_000)
_BUDGET = Fraction(6511, 10_000)
"""A little more than hiding the mean among two at distance 2t costs."""
_EARNED = Fraction(43, 100)
_COMPONENTS = {Fraction(2): 164, Fraction(3): 2979, Fraction(4): 131_000}


def check(components: dict[Fraction, int] | None = None, budget: Fraction = _BUDGET) -> Decision:
    """Compare the loss at κ = c/k next below ε_cr with what hiding one mean among two costs."""
    paid = decide_less(two_point_mass_term(_T), budget)
    earned = decide_less(_EARNED, two_point_risk_terms(_T)[0])
    proofs = [proof for proof in (paid, earned) if isinstance(proof, Proved)]
    chosen, evidence = _COMPONENTS if components is None else components, []
    for delta in PAPER:
        k = chosen[delta]
        kappa = budget / k
        outcome = decide_less(loss(kappa, delta), number(_EARNED / k))
        if isinstance(outcome, Proved) and kappa < critical_between(delta)[0]:
            proofs.append(outcome)
            evidence.append(
                f"witness: Delta = {delta}, k = {k}, c = {float(budget)}, c/k < eps_cr: no"
                f" algorithm errs by less than 0.43/k in the limit, and: {shown(outcome)}"
            )
    if len(proofs) < len(PAPER) + 2:
        return Decision(INCONCLUSIVE, "no witness", tuple(evidence))
    return Decision(
        REFUTED,
        "false next below eps_cr for many components: the even split is not the best attack there"
        " (concave-adversary). A component whose mean is hidden among two, for a mass of 0.6511,"
        " costs the clients of any algorithm more than 0.43 each, and so all clients more than the"
        " loss at c/k. Besides, the argument leaves out far clients (far-term). theorem-2 has the"
        " bound that is proved",
        tuple(evidence),
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
