"""Theorem 2: the two-case upper bound on K∞."""

from __future__ import annotations

from fractions import Fraction

from bounds.inequalities import (
    Counterexample,
    Proved,
    cdf,
    decide_less,
    density,
    loss,
    number,
    variable,
)
from bounds.theorems.upper import constants, counterfeit, upper_bound
from bounds.theorems.upper.bound import Method
from proofs_check.registry import Claim, Seeded
from proofs_check.upper_bound import PAPER, counterfeit_terms, critical_between, price_term
from proofs_check.verdict import GAP, INCONCLUSIVE, Decision

_METHODS: tuple[Method, ...] = ("repaired", "sharp")


def check(
    deltas: tuple[Fraction, ...] = PAPER, kappa: str = "1/2", gain_above: str = "2.2"
) -> Decision:
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
            f"witness: Delta = {delta}: counterfeit clusters cause an error of"
            f" {counterfeit(delta, 6).rate} times c/k, against C0 in {constants(delta, 6).c0}; at"
            f" c/k = {kappa} it is"
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
    place, range_gain = _over_range(gain_above)
    evidence += [
        "for every Delta in [3/2, 4] the counterfeit may stand at 2 Delta + 2.7 Phi(-Delta), where"
        f" f at its inner edge is below rho/2: {place}",
        f"and gains more than {gain_above} for a price below 2.003/C0 there, so that the algorithms"
        " lose at least 1.09 C0 times c/k",
    ]
    outcomes += [place, range_gain]
    proofs = [outcome for outcome in outcomes if isinstance(outcome, Proved)]
    if len(proofs) < len(outcomes):
        return Decision(INCONCLUSIVE, "no witness against the argument", tuple(evidence))
    return Decision(
        GAP,
        "the argument fails for Algorithms 1 and 2, which suffer more than C0 c/k + C1 at"
        " Delta = 2, 3, 4; its steps fail besides (see the claims it rests on). If near clients use"
        " their own component's estimate and no mass serves against two components, the bound is"
        " c/(k eps_1) plus the far term, without C1, for every c/k",
        tuple(evidence),
        certificates=tuple(proof.certificate() for proof in proofs),
    )


def _over_range(gain_above: str) -> tuple[Proved | Counterexample, Proved | Counterexample]:
    """The attack for every Δ in [3/2, 4], with an explicit place A = 2Δ + z, z = 2.7 Φ(−Δ).

    It is admissible when f(Δ + z) < ρ/2: f(Δ + z) < Φ(−z), and ρ/2 = ½ − Φ(−Δ). The gain is at
    least A² P(near < x < far) + E[x²; x < near]; the price is below d(3Δ) + ρ < 2.003 d(3Δ).
    """
    delta = variable("Delta")
    shift = number("2.7") * cdf(-delta)
    place = 2 * delta + shift
    near, far = place - 3 * delta / 2, place + 3 * delta / 2
    gain = place * place * (cdf(-near) - cdf(-far)) + 1 - near * density(near) - cdf(-near)
    box = {"Delta": (Fraction(3, 2), Fraction(4))}
    return (
        decide_less(cdf(-delta) + cdf(-shift), "1/2", box),
        decide_less(gain_above, gain, box),
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
    seeded=(
        Seeded("Delta = 5, where the attack does not pay", lambda: check((Fraction(5),))),
        Seeded("a gain that the attack does not reach", lambda: check(gain_above="2.4")),
    ),
    rests_on=(
        "far-sample",
        "far-term",
        "full-investment",
        "concave-adversary",
        "convex-adversary",
        "upper-majorant",
        "c2-bound",
        "c0-limit",
        "c1-small",
        "c2-small",
        "eps-cr-decreases",
        "even-attack-bound",
        "both-kinds",
        "excess-investment",
        "combined-bound",
        "lemma-1-quantities",
        "limit-exists",
    ),
)
