"""Theorem 2: the two-case upper bound on K∞."""

from __future__ import annotations

from fractions import Fraction

from bounds.inequalities import Proved, decide_less, loss, number
from bounds.theorems.upper import constants, counterfeit, upper_bound
from bounds.theorems.upper.bound import Method
from proofs_check.registry import Claim, Seeded
from proofs_check.upper_bound import PAPER, counterfeit_terms, critical_between, price_term
from proofs_check.verdict import GAP, INCONCLUSIVE, Decision

_METHODS: tuple[Method, ...] = ("repaired", "sharp")


def check(deltas: tuple[Fraction, ...] = PAPER, kappa: str = "1/2") -> Decision:
    """Compare the bound with what the paper's own algorithms suffer from counterfeit clusters."""
    outcomes = []
    for delta in deltas:
        price, gain = counterfeit_terms(delta)
        printed = number(kappa) / price_term(delta) + loss(critical_between(delta)[1], delta)
        outcomes.append(decide_less(printed, number(kappa) * gain / price))
    evidence = [
        "K_infinity is a minimum over all algorithms: the bound itself is not refuted here",
        "Algorithms 1 and 2 do not attain it: destroy a component's cluster from one side, and put"
        " a cluster with a spotless count and its median next to Delta + l(rho/2) on the other;"
        " clients within 3 Delta/2 of that median take it for their mean (m -> infinity, k large)",
        *(
            f"Delta = {delta}: that is an error of {counterfeit(delta, 6).rate} times c/k, against"
            f" C0 in {constants(delta, 6).c0}; at c/k = {kappa} it is"
            f" {'above' if outcome.holds else 'not above'} C0 c/k + C1"
            for delta, outcome in zip(deltas, outcomes, strict=True)
        ),
        "with 4 Delta for 3 Delta in line 8 (and D >= 12 Delta) no client within 3 Delta/2 of its"
        " mean is misled",
    ]
    for delta in PAPER:
        for method in _METHODS:
            bound = upper_bound(delta, kappa, method, 10)
            evidence.append(f"Delta = {delta}, c/k = {kappa}: {method} {bound.value}")
    proofs = [outcome for outcome in outcomes if isinstance(outcome, Proved)]
    if len(proofs) < len(outcomes):
        return Decision(INCONCLUSIVE, "no witness against the argument", tuple(evidence))
    return Decision(
        GAP,
        "the argument fails for the algorithms as printed, which suffer more than C0 c/k + C1 at"
        " Delta = 2, 3, 4; its steps fail besides (see the claims it rests on). If near clients use"
        " their own component's estimate and no mass serves against two components, the bound is"
        " c/(k eps_1) plus the far term, without C1, for every c/k",
        tuple(evidence),
        certificates=tuple(proof.certificate() for proof in proofs),
    )


CLAIM = Claim(
    id="theorem-2",
    where="III",
    printed="K∞ ≤ C₀κ + C₁ for κ > ε_cr, and ≤ C₂κ^{2/9} + 2Φ(−3Δ/2)C₃Δ² for κ ≤ ε_cr",
    latex=r"K_\infty \le \begin{cases} C_0\kappa + C_1 & \kappa > \varepsilon_{cr} \\"
    r" C_2\kappa^{2/9} + 2\Phi(-\tfrac{3\Delta}{2})C_3\Delta^2 & \kappa \le \varepsilon_{cr}"
    r" \end{cases}",
    hypotheses="D ≥ 9Δ, Δ > 1.5; C₀ from the main text's price, the true ε_cr",
    method="an attack on the algorithms, evaluated exactly; the steps decided one by one",
    check=check,
    seeded=(Seeded("Delta = 5, where the attack does not pay", lambda: check((Fraction(5),))),),
    rests_on=(
        "far-sample",
        "far-term",
        "full-investment",
        "concave-adversary",
        "convex-adversary",
        "upper-majorant",
        "c2-bound",
        "lemma-4",
        "separation",
    ),
)
