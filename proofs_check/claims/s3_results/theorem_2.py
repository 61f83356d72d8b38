"""Theorem 2: the two-case upper bound on K∞."""

from __future__ import annotations

from fractions import Fraction

from bounds.certify.inequalities import (
    Counterexample,
    Proved,
    cdf,
    decide_less,
    density,
    number,
    variable,
)
from bounds.functions.terms import loss
from bounds.lower import prove_no_set_beats_two_points, risk_to_mass
from bounds.upper import constants, counterfeit
from bounds.upper.constant import PRINTED_EPS_CR
from bounds.upper.over_slices import c1_share
from bounds.upper.possible_means import fooled_term
from proofs_check.audit.calculus import settled
from proofs_check.audit.registry import Claim, Seeded
from proofs_check.audit.verdict import CERTIFIED, REFUTED, REPAIRED, Decision, Reading
from proofs_check.claims.s4_lower_bound.lower_bound import two_point_mass_term, two_point_risk_terms
from proofs_check.claims.shared.every_delta import (
    above_from,
    above_until,
    covered,
    far_share,
    hidden_share,
    proved_share,
    rest_share,
    small_case_share,
)
from proofs_check.claims.shared.upper_bound import (
    PAPER,
    counterfeit_terms,
    critical_between,
    far_expectation_term,
    price_term,
    root,
)

_T = Fraction(93672, 100_000)
"""Half the distance of two hidden means."""
_RATE = Fraction(661, 1000)
_LEAST = Fraction(3, 2)
_RATIO_BELOW = Fraction(6611, 10_000)
_BEST_FROM = Fraction(11, 5)
_C3 = Fraction(13, 4)


def check(
    deltas: tuple[Fraction, ...] = PAPER,
    components: int = 131_000,
    budget: Fraction = Fraction(6511, 10_000),
    separation: Fraction = Fraction(9),
    narrow: Fraction = Fraction(11, 10),
    least: Fraction = Fraction(7, 4),
    gain_above: str = "2.2",
) -> Decision:
    """Refute the case of small c/k, prove what stands in place of both, and attack the algorithms.

    Args:
        deltas: where the counterfeit attack on the algorithms is evaluated.
        components: k of the witness against the second case, Δ = 4.
        budget: its c.
        separation: D/Δ of the repaired bound.
        narrow: t/Δ with which its slope tends to r*.
        least: the Δ from which its slope is 1/(1 − 3p/2).
        gain_above: what the counterfeit attack gains for every Δ in [3/2, 4].
    """
    small, small_facts = _second_case(components, budget)
    start = above_from(hidden_share(_RATE, budget), small_case_share(_C3))
    until = above_until(far_share(_C3), proved_share, least)
    large = above_from(c1_share, rest_share)
    repair, repair_facts = _repaired(separation, narrow, least)
    attacks, attack_facts = _algorithms(deltas, gain_above)
    as_computed = _as_computed()
    outcomes = [*small, *repair, *attacks, *as_computed]
    proofs = [outcome for outcome in outcomes if isinstance(outcome, Proved)]
    since = "no Delta" if start is None else f"every Delta >= {float(start):.4g}"
    up_to = "none" if until is None else f"{float(until):.4g}"
    return settled(
        "the case c/k > eps_cr holds for every Delta >= 7/4, the other one not. Both have one"
        " correction: for means D apart, t <= D/6, every k and c, lim sup K(m) <= min(1,"
        " sigma (c/k + 2 Phi(-2t)) + F), F = E[(|Z| + 2t)^2; |Z| >= 2t]. At D >= 9 Delta: t ="
        " 3 Delta/2 gives sigma = 1/(1 - 3 Phi(-3 Delta/2)) < C0 for every Delta >= 7/4; t ="
        " 1.1 Delta gives a sigma that tends to r* = 0.661..., the slope of the lower bound. It is"
        " not Algorithms 1 and 2 that attain it, but one that lists the possible means",
        {
            **small_facts,
            f"so for {since}, if k is large: r* eps_cr exceeds C2 eps_cr^(2/9) + 6.5 Delta^2"
            f" Phi(-3 Delta/2); {covered()}": start is not None,
            **repair_facts,
            "so C0 c/k + C1 is a true bound for every c/k and every Delta >= 7/4 at D >= 9 Delta:"
            " sigma < C0, and C1 exceeds 2 sigma Phi(-3 Delta) + F on every slice": large
            is not None
            and large <= least,
            f"the case c/k <= eps_cr is true for Delta from 7/4 to {up_to}: sigma eps_cr +"
            " 2 sigma Phi(-3 Delta) + F is below the far term alone": until is not None,
            "and with the paper's own eps_cr for Delta = 2, 3, 4": all(
                outcome.holds for outcome in as_computed
            ),
            **attack_facts,
        },
        verdict=REPAIRED,
        readings=(
            Reading(
                "K_infinity, c/k > eps_cr",
                CERTIFIED,
                "true for every Delta >= 7/4 (between 3/2 and 7/4 not decided)",
            ),
            Reading(
                "K_infinity, c/k <= eps_cr, the true one",
                REFUTED,
                f"false for {since}, at every D, for some k and c; true for Delta from 7/4 to"
                f" {up_to}",
                needed=True,
            ),
            Reading(
                "the same with the paper's values of eps_cr",
                CERTIFIED,
                "true for Delta = 2, 3, 4: they are so small that the far term alone is enough",
            ),
            Reading(
                "the error of Algorithms 1 and 2, c/k > eps_cr",
                REFUTED,
                "false for Delta = 2, 3, 4: counterfeit clusters; and for D = 9 Delta shared"
                " destruction (algorithm-achieves-bound)",
            ),
        ),
        certificates=tuple(proof.certificate() for proof in proofs),
    )


def _second_case(components: int, budget: Fraction) -> tuple[list[Proved], dict[str, bool]]:
    """Two hidden means at one component of very many, Δ = 4, against C₂κ^{2/9} + far."""
    delta, kappa = Fraction(4), budget / components
    true = constants(delta, 12).true
    if true is None:
        raise AssertionError("Delta = 4 has an eps_cr")
    c2 = Fraction(true.c2.decimals()[1])
    far = far_expectation_term(delta)  # more than 3.25 Delta^2
    printed = number(c2) * root(number(kappa), Fraction(2, 9)) + 2 * cdf(-3 * delta / 2) * far
    earned = two_point_risk_terms(_T)[0]
    affordable = decide_less(two_point_mass_term(_T), budget)
    exceeded = decide_less(printed, earned / components)
    rate = decide_less(number(_RATE * budget), earned)
    told = f"Delta = 4, k = {components}, c = {float(budget)}"
    facts = {
        f"witness: {told}: c/k is below eps_cr; at one component hide the mean among two at"
        f" distance {float(2 * _T)}: no algorithm errs by less than B/k, for any D"
        " (lower-bound-reduction), and this is above C2 (c/k)^(2/9) plus the far term, even with"
        " the exact E[(x + 3 Delta/2)^2 given x >= 3 Delta/2] for C3 Delta^2": exceeded.holds
        and affordable.holds
        and kappa < critical_between(delta)[0],
        "the two means cost at most c, and B > 0.661 c": affordable.holds and rate.holds,
    }
    return [p for p in (affordable, exceeded, rate) if isinstance(p, Proved)], facts


def _repaired(
    separation: Fraction, narrow: Fraction, least: Fraction
) -> tuple[list[Proved], dict[str, bool]]:
    """The slope σ at the least Δ, for two values of t."""
    lost = 1 - (separation / 3 * (1 - 2 * cdf(-3 * _LEAST / 2)) - 1) / 2  # 1 - 1/sigma
    less = decide_less(lost, 2 * cdf(-_LEAST))
    t = 3 * least / 2
    gap, fooled = 2 * cdf(-t), fooled_term(number(t))
    paid = decide_less(fooled + _RATIO_BELOW * (1 - gap) + 2 * gap, 1)
    best = decide_less(
        1 + 2 / number(_RATE), 9 / (2 * narrow) * (1 - 2 * cdf(-narrow * _BEST_FROM))
    )
    ratio, slope = risk_to_mass(12).ratio, prove_no_set_beats_two_points()
    known = slope.ratio > _RATE and ratio.high.fraction() < _RATIO_BELOW
    facts = {
        "proof of the corrected bound in words: `bounds.upper.possible_means`. A client"
        " lists the means that the reports allow, joins those closer than 2t, and plays the minimax"
        " estimate of the cluster nearest to its sample, within 2t of it; in clusters that may hold"
        " two means it keeps its sample": True,
        "it uses R*(S) <= r* M(S) for every set S of means, proved on"
        f" {sum(slope.boxes.values())} boxes, 0.661 < r* < 0.6611": known,
        "clusters that may hold n means, D apart, cost (n - 1)(Q - 1) or more; so with t ="
        " 3 Delta/2, 2/(Q - 1) = 1/(1 - 3p/2) at D = 9 Delta; it is below C0, as 3 Phi(-3 Delta/2)"
        " < 2 Phi(-Delta): so at Delta = 3/2, and the quotient falls, since the normal hazard"
        f" grows: {less}": less.holds,
        "counterfeits and ends of clusters cost more than the clients that they fool lose: E +"
        " r*(1 - p) + 2p < 1 <= sigma (then also 2E < 1 - 2p, as r* > 1/2), E = E[(Z + 2t)^2;"
        " Z >= t], for every Delta >="
        f" {float(least)}: so at the least, and E falls for t >= 7/6: {paid}": paid.holds,
        f"with t = {float(narrow)} Delta, 2/(Q - 1) < r* for every Delta >="
        f" {float(_BEST_FROM)}: so at the least, and p falls; sigma tends to r*: {best}": (
            best.holds
        ),
    }
    return [p for p in (less, paid, best) if isinstance(p, Proved)], facts


def _as_computed() -> list[Proved | Counterexample]:
    """The proved bound with t = 3Δ/2 at D = 9Δ and the printed ε_cr, against the far term alone."""
    return [
        decide_less(
            (number(kappa) + 2 * cdf(-3 * delta)) / (1 - 3 * cdf(-3 * delta / 2))
            + 2 * cdf(-3 * delta) * far_expectation_term(2 * delta),
            2 * cdf(-3 * delta / 2) * _C3 * delta * delta,
        )
        for delta, kappa in PRINTED_EPS_CR.items()
    ]


def _algorithms(
    deltas: tuple[Fraction, ...], gain_above: str
) -> tuple[list[Proved], dict[str, bool]]:
    """Counterfeit clusters against Algorithms 1 and 2, κ = 1/2 and, by its rate, every Δ to 4."""
    proofs, facts = [], {}
    for delta in deltas:
        price, gain = counterfeit_terms(delta)
        printed = number("1/2") / price_term(delta) + loss(critical_between(delta)[1], delta)
        outcome = decide_less(printed, number("1/2") * gain / price)
        told = (
            f"witness: Delta = {delta}: counterfeit clusters cause Algorithms 1 and 2 an error of"
            f" {counterfeit(delta, 6).rate} times c/k, against C0 in {constants(delta, 6).c0}; at"
            " c/k = 1/2 it is above C0 c/k + C1"
        )
        facts[told] = outcome.holds
        proofs += [outcome] if isinstance(outcome, Proved) else []
    place, gained = _over_range(gain_above)
    facts[
        "for every Delta in [3/2, 4] the counterfeit may stand at 2 Delta + 2.7 Phi(-Delta), where"
        f" f at its inner edge is below rho/2: {place}"
    ] = place.holds
    facts[
        f"and gains more than {gain_above} for a price below 2.003/C0 there, so that the algorithms"
        " lose at least 1.09 C0 times c/k"
    ] = gained.holds
    return [*proofs, *(p for p in (place, gained) if isinstance(p, Proved))], facts


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
    hypotheses="D ≥ 9Δ, Δ > 1.5; C₀ from the main text's price, the true ε_cr, C₃ = 3.25",
    method="the certified lower bound as a witness; a proof for another algorithm, in words with"
    " certified comparisons; an attack on Algorithms 1 and 2, evaluated exactly",
    check=check,
    seeded=(
        Seeded("c = 0.65, less than the two means cost", lambda: check(budget=Fraction(13, 20))),
        Seeded("k so large that the lower bound is below", lambda: check(components=10**8)),
        Seeded("8 Delta in place of 9 Delta", lambda: check(separation=Fraction(8))),
        Seeded("slope r* with t = 1.2 Delta", lambda: check(narrow=Fraction(6, 5))),
        Seeded("the slope 1/(1 - 3p/2) from 3/2 on", lambda: check(least=_LEAST)),
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
