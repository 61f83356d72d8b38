"""Theorem 2: the two-case upper bound on K∞.

In words:

1. By lower-bound-reduction no algorithm has an error below B(t)/k in the limit where one
   component's mean is hidden among two at distance 2t, at any D, as soon as c pays for it: c ≥
   2Φ(t) − 1.
2. The k next above c/ε_cr has c/k in (ε_cr(1 − ε_cr/c), ε_cr]; the printed bound increases with
   c/k, so it is enough to compare at ε_cr, in units of φ(Δ)/Δ
   (`proofs_check.claims.shared.every_delta`).
3. Clusters that may hold n means, D apart, cost (n − 1)(Q − 1) or more. With t = 3Δ/2 and D = 9Δ,
   2/(Q − 1) = 1/(1 − 3p/2); it is below C₀, since 3Φ(−3Δ/2)/(2Φ(−Δ)) falls, as the normal hazard
   grows, and is below 1 at Δ = 3/2.
4. Counterfeits and ends of clusters cost more than the clients that they fool lose, where E +
   r*(1 − p) + 2p < 1 ≤ σ: then also 2E < 1 − 2p, as r* > 1/2. E and p fall for t ≥ 7/6, so one Δ
   serves all greater ones. With t = 1.1Δ, p falls too, and 2/(Q − 1) < r* from one Δ on.
5. σ < C₀ and C₁ > 2σΦ(−3Δ) + F give C₀ c/k + C₁ > σ(c/k + 2Φ(−3Δ)) + F for every c/k.
6. The counterfeit attack (`bounds.upper.attack`): one component's cluster is destroyed at the
   price d(3Δ), and a cluster of the adversary's own, with median A and a spotless count, takes
   its clients at the price d(A + Δ): those within 3Δ/2 of A take A for their mean, at full
   weight, and err by A²; the others keep x and err by x². No other point passes where f(A − Δ) <
   ρ/2.
7. For every Δ in [3/2, 4] the place 2Δ + z, z = 2.7Φ(−Δ), is admissible: f(Δ + z) < Φ(−z), and
   ρ/2 = ½ − Φ(−Δ). The price is below d(3Δ) + ρ < 2.003 d(3Δ).
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from fractions import Fraction

from bounds.certify.errors import Inconclusive
from bounds.certify.inequalities import Proved as Inequality
from bounds.certify.inequalities import cdf, density, number, prove_less, variable
from bounds.critical.large_delta import critical_slices
from bounds.functions.terms import loss
from bounds.lower import prove_no_set_beats_two_points, risk_to_mass
from bounds.lower.slope_certificates import any_set_certificate, ratio_certificates
from bounds.upper import constants, counterfeit
from bounds.upper.bridge import bridge
from bounds.upper.constant import PRINTED_EPS_CR
from bounds.upper.over_slices import c1_share
from bounds.upper.possible_means import fooled_term
from bounds.upper.two_reaches import (
    JOIN,
    LEAST,
    MOST,
    SMALL_JOIN,
    prove_first_case,
    second_case_until,
)
from proofs_check.audit.claim import Claim, Seeded
from proofs_check.audit.facts import Argued, Fact, Proved, Run, less
from proofs_check.audit.verdict import CERTIFIED, REFUTED, REPAIRED, Decision, Reading
from proofs_check.claims.s4_lower_bound.lower_bound import two_point_mass_term, two_point_risk_terms
from proofs_check.claims.shared.every_delta import (
    above_from,
    above_on,
    covered,
    hidden_share,
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
_SMALL_UNTIL = Fraction("3.1072")


def check(
    deltas: tuple[Fraction, ...] = PAPER,
    components: int = 131_000,
    budget: Fraction = Fraction(6511, 10_000),
    separation: Fraction = Fraction(9),
    narrow: Fraction = Fraction(11, 10),
    least: Fraction = Fraction(7, 4),
    gain_above: str = "2.2",
    joins: tuple[Fraction, Fraction] = JOIN,
    small_join: Fraction = SMALL_JOIN,
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
        joins: t/Δ of the first case below 7/4, up to 33/20 and from there.
        small_join: t/Δ of the second case.
    """
    small, small_facts = _second_case(components, budget)
    hidden, printed = hidden_share(_RATE, budget), small_case_share(_C3)
    start = above_from(hidden, printed)
    if start is None:
        raise Inconclusive("where the second case is false is not decided")
    repair, repair_facts = _repaired(separation, narrow, least)
    attacks, attack_facts = _algorithms(deltas, gain_above)
    as_computed = _as_computed()
    since, up_to = f"every Delta >= {math.ceil(start * 10**4) / 10**4}", f"{float(_SMALL_UNTIL)}"
    return Decision(
        REPAIRED,
        "the case c/k > eps_cr holds for every Delta >= 3/2, the other one not. Both have one"
        " correction: for means D apart, t <= D/6, every k and c, lim sup K(m) <= min(1,"
        " sigma (c/k + 2 Phi(-2t)) + F), F = E[(|Z| + 2t)^2; |Z| >= 2t]. At D >= 9 Delta: t ="
        " 3 Delta/2 gives sigma = 1/(1 - 3 Phi(-3 Delta/2)) < C0 for every Delta >= 7/4; t ="
        " 1.1 Delta gives a sigma that tends to r* = 0.661..., the slope of the lower bound. It is"
        " not Algorithms 1 and 2 that attain it, but one that lists the possible means",
        (
            *small_facts,
            Proved(
                f"for {since} the value r* eps_cr exceeds C2 eps_cr^(2/9) + 6.5 Delta^2"
                f" Phi(-3 Delta/2); {covered().statement}",
                above_on(hidden, printed, start),
            ),
            Argued("so the second case is false there, if k is large", f"{__name__}, step 2"),
            *repair_facts,
            Proved(
                "C1 exceeds 2 sigma Phi(-3 Delta) + F on every slice from Delta = 7/4 on",
                above_on(c1_share, rest_share, least),
            ),
            Argued(
                "so C0 c/k + C1 is a true bound for every c/k and every Delta >= 7/4 at D >="
                " 9 Delta, since sigma < C0",
                f"{__name__}, step 5",
            ),
            *_between(joins),
            *_small_case(small_join),
            Proved("and with the paper's own eps_cr for Delta = 2, 3, 4", as_computed),
            *attack_facts,
            *_bridges(),
        ),
        readings=(
            Reading(
                "K_infinity, c/k > eps_cr",
                CERTIFIED,
                "true for every Delta >= 3/2 at D >= 9 Delta, for the best algorithm",
            ),
            Reading(
                "K_infinity, c/k <= eps_cr, the true one",
                REFUTED,
                f"false for {since}, at every D, for some k and c; true for Delta from 3/2 to"
                f" {up_to} at D >= 9 Delta (in between not decided)",
                needed=True,
            ),
            Reading(
                "the same with the paper's values of eps_cr",
                CERTIFIED,
                "true for Delta = 2, 3, 4: they are so small that the far term by itself is enough",
            ),
            Reading(
                "the error of Algorithms 1 and 2, c/k > eps_cr",
                REFUTED,
                "false for Delta = 2, 3, 4: counterfeit clusters; and for D = 9 Delta shared"
                " destruction (algorithm-achieves-bound)",
            ),
            Reading(
                "Algorithms 1 and 2 with 4 Delta in line 8, D = 12 Delta: each component is"
                " destroyed at a price of its own, eps_1",
                REFUTED,
                "false for Delta = 2, 3, 4: a bridge destroys two components for less than 2 eps_1;"
                " no correction of these algorithms is proved to attain the bounds called repaired"
                " and sharp",
            ),
        ),
        certificates=(
            *(proof.certificate() for proof in (*small, *repair, *attacks, *as_computed)),
            any_set_certificate,
            *ratio_certificates().values(),
        ),
    )


def _between(joins: tuple[Fraction, Fraction]) -> Iterator[Fact]:
    """The first case where t = 3Δ/2 does not serve, 3/2 ≤ Δ ≤ 7/4."""
    pieces = prove_first_case(joins)
    yield Proved(
        f"for every Delta from {LEAST} to {MOST}, on {pieces} pieces: sigma < C0 and 2 sigma"
        f" Phi(-s) + F < C1, where points less than 2t apart are joined and an estimate moves"
        f" by at most s: t = {joins[0]} Delta, from Delta = 33/20 on t = {joins[1]} Delta, s ="
        " 9 Delta/2 - t",
        Run("bounds.upper.two_reaches.prove_first_case", pieces),
    )
    yield Argued(
        "so the case c/k > eps_cr is true there too, at D >= 9 Delta",
        "bounds.upper.two_reaches, steps 1 to 5",
    )


def _small_case(join: Fraction) -> Iterator[Fact]:
    """The second case as far as it is proved."""
    until = second_case_until(join=join)
    if until is None:
        raise Inconclusive("the second case is not proved at Delta = 3/2")
    slices = sum(part.high is not None and part.high <= until for part in critical_slices())
    yield Proved(
        f"on {slices} slices, for every Delta from {LEAST} to {float(_SMALL_UNTIL)}: sigma (c/k +"
        " 2 Phi(-s)) + F is below C2 (c/k)^(2/9) + 6.5 Delta^2 Phi(-3 Delta/2) at c/k = 0 and at"
        f" eps_cr, t = {join} Delta, s = 2t; on the last part with other t and s",
        Run("bounds.upper.two_reaches.second_case_until", slices),
        less(_SMALL_UNTIL, until),
    )
    yield Argued(
        "so the case c/k <= eps_cr is true for these Delta, at D >= 9 Delta: the printed bound is"
        " concave in c/k and the proved one affine",
        "bounds.upper.two_reaches, step 6",
    )


def _bridges() -> Iterator[Fact]:
    """Two components for less than two prices, where line 8 has 4Δ."""
    found = {delta: bridge(delta, 8) for delta in PAPER}
    yield Argued(
        "with 4 Delta in line 8, at D = 12 Delta, two components fall together at the price rho +"
        " 2 d(Delta)",
        "bounds.upper.bridge, steps 1 to 2",
    )
    told = "; ".join(f"Delta = {delta}: {attack.saving}" for delta, attack in found.items())
    yield Proved(
        f"witness: that is below 2 eps_1, what they are supposed to cost, by {told}",
        (less(0, attack.saving) for attack in found.values()),
    )


def _second_case(components: int, budget: Fraction) -> tuple[list[Inequality], list[Fact]]:
    """Two hidden means at one component of very many, Δ = 4, against C₂κ^{2/9} + far."""
    delta, kappa = Fraction(4), budget / components
    true = constants(delta, 12).true
    if true is None:
        raise AssertionError("Delta = 4 has an eps_cr")
    c2 = Fraction(true.c2.decimals()[1])
    far = far_expectation_term(delta)  # more than 3.25 Delta^2
    printed = number(c2) * root(number(kappa), Fraction(2, 9)) + 2 * cdf(-3 * delta / 2) * far
    earned = two_point_risk_terms(_T)[0]
    affordable = prove_less(two_point_mass_term(_T), budget)
    exceeded = prove_less(printed, earned / components)
    rate = prove_less(number(_RATE * budget), earned)
    told = f"Delta = 4, k = {components}, c = {float(budget)}"
    facts: list[Fact] = [
        Proved(
            f"witness: {told}: c/k is below eps_cr; at one component hide the mean among two at"
            f" distance {float(2 * _T)}: B/k is above C2 (c/k)^(2/9) plus the far term, even with"
            " the exact E[(x + 3 Delta/2)^2 given x >= 3 Delta/2] for C3 Delta^2",
            exceeded,
            affordable,
            less(kappa, critical_between(delta)[0]),
        ),
        Argued(
            "no algorithm has an error below B/k, for any D (lower-bound-reduction)",
            f"{__name__}, step 1",
        ),
        Proved("the two means cost at most c, and B > 0.661 c", affordable, rate),
    ]
    return [affordable, exceeded, rate], facts


def _repaired(
    separation: Fraction, narrow: Fraction, least: Fraction
) -> tuple[list[Inequality], list[Fact]]:
    """The slope σ at the least Δ, for two values of t."""
    lost = 1 - (separation / 3 * (1 - 2 * cdf(-3 * _LEAST / 2)) - 1) / 2  # 1 - 1/sigma
    below = prove_less(lost, 2 * cdf(-_LEAST))
    t = 3 * least / 2
    gap, fooled = 2 * cdf(-t), fooled_term(number(t))
    paid = prove_less(fooled + _RATIO_BELOW * (1 - gap) + 2 * gap, 1)
    best = prove_less(1 + 2 / number(_RATE), 9 / (2 * narrow) * (1 - 2 * cdf(-narrow * _BEST_FROM)))
    ratio, slope = risk_to_mass(12).ratio, prove_no_set_beats_two_points()
    facts: list[Fact] = [
        Argued(
            "the corrected bound: a client lists the means that the reports allow, joins those"
            " closer than 2t, and plays the minimax estimate of the cluster nearest to its sample,"
            " within 2t of it; in clusters that may hold two means it keeps its sample",
            "bounds.upper.possible_means, steps 1 to 7",
        ),
        Proved(
            "it uses R*(S) <= r* M(S) for every set S of means, proved on"
            f" {sum(slope.boxes.values())} boxes, 0.661 < r* < 0.6611",
            Run("bounds.lower.prove_no_set_beats_two_points", sum(slope.boxes.values())),
            less(_RATE, slope.ratio),
            less(ratio, _RATIO_BELOW),
        ),
        Argued(
            "clusters that may hold n means, D apart, cost (n - 1)(Q - 1) or more; so with t ="
            " 3 Delta/2, 2/(Q - 1) = 1/(1 - 3p/2) at D = 9 Delta; it is below C0, as 3 Phi(-3"
            " Delta/2) < 2 Phi(-Delta): so at Delta = 3/2, and the quotient falls, since the normal"
            " hazard grows",
            f"{__name__}, step 3",
        ),
        Proved(f"at Delta = 3/2: {below}", below),
        Argued(
            "counterfeits and ends of clusters cost more than the clients that they fool lose: E +"
            " r*(1 - p) + 2p < 1 <= sigma, E = E[(Z + 2t)^2; Z >= t], for every Delta >="
            f" {float(least)}: so at the least, and E falls for t >= 7/6; with t = {float(narrow)}"
            f" Delta, 2/(Q - 1) < r* for every Delta >= {float(_BEST_FROM)}, and sigma tends to r*",
            f"{__name__}, step 4",
        ),
        Proved(f"at the least Delta: {paid}", paid),
        Proved(f"with t = {float(narrow)} Delta, at Delta = {float(_BEST_FROM)}: {best}", best),
    ]
    return [below, paid, best], facts


def _as_computed() -> list[Inequality]:
    """The proved bound with t = 3Δ/2 at D = 9Δ and the printed ε_cr, against the far term alone."""
    return [
        prove_less(
            (number(kappa) + 2 * cdf(-3 * delta)) / (1 - 3 * cdf(-3 * delta / 2))
            + 2 * cdf(-3 * delta) * far_expectation_term(2 * delta),
            2 * cdf(-3 * delta / 2) * _C3 * delta * delta,
        )
        for delta, kappa in PRINTED_EPS_CR.items()
    ]


def _algorithms(
    deltas: tuple[Fraction, ...], gain_above: str
) -> tuple[list[Inequality], list[Fact]]:
    """Counterfeit clusters against Algorithms 1 and 2, κ = 1/2 and, by its rate, every Δ to 4."""
    proofs: list[Inequality] = []
    facts: list[Fact] = []
    for delta in deltas:
        price, gain = counterfeit_terms(delta)
        printed = number("1/2") / price_term(delta) + loss(critical_between(delta)[1], delta)
        proof = prove_less(printed, number("1/2") * gain / price)
        told = (
            f"witness: Delta = {delta}: counterfeit clusters cause Algorithms 1 and 2 an error of"
            f" {counterfeit(delta, 6).rate} times c/k, against C0 in {constants(delta, 6).c0}; at"
            " c/k = 1/2 it is above C0 c/k + C1"
        )
        facts.append(Proved(told, proof))
        proofs.append(proof)
    place, gained = _over_range(gain_above)
    facts += [
        Argued("what the counterfeit attack costs and gains", f"{__name__}, step 6"),
        Proved(
            "for every Delta in [3/2, 4] the counterfeit may be at 2 Delta + 2.7 Phi(-Delta),"
            f" where f at its inner edge is below rho/2: {place}",
            place,
        ),
        Proved(f"and gains more than {gain_above} there", gained),
        Argued(
            "for a price below 2.003/C0, so that the algorithms lose at least 1.09 C0 times c/k",
            f"{__name__}, step 7",
        ),
    ]
    return [*proofs, place, gained], facts


def _over_range(gain_above: str) -> tuple[Inequality, Inequality]:
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
        prove_less(cdf(-delta) + cdf(-shift), "1/2", box),
        prove_less(gain_above, gain, box),
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
        Seeded(
            "t = 3 Delta/2 for the first case below 7/4",
            lambda: check(joins=(Fraction(3, 2), Fraction(3, 2))),
        ),
        Seeded(
            "t = 3 Delta/2 for the second case, up to 3.1072",
            lambda: check(small_join=Fraction(3, 2)),
        ),
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
