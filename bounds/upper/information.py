r"""A mixture of any weights, labels unknown: what reports do not tell apart, by information.

Component i has the weight wᵢ, Σ wᵢ = 1, the means are at least D apart, κ is the ratio of corrupted
to genuine clients. All of this is known, and no label is. K(m) is the mean error of the genuine
clients, whose number grows with m. Z is a standard normal, and ψ(u) = E[Z²; |Z| ≥ u].

Theorem. For v > 0 with γ = 4v²/D² < 1 and ε = 16φ(v)/v − 8Φ(−v), whatever the weights,

    lim sup K(m) ≤ (1 − e^{−2ε}(1 + κ)^{−2})/(1 − γ).

For one component γ = ε = 0. As D grows the bound tends to 1 − (1 + κ)^{−2}.

With variances. Let each report tell its variance: the clients of kind r, a share Wᵣ of all, have
samples of variance sᵣ², say the means of nᵣ observations each. Put γᵣ = 4v²sᵣ²/D², and γᵣ = εᵣ = 0
for a kind of one component, else εᵣ = ε. Then for every x > 0

    lim sup K(m) ≤ Σ Wᵣ T(x; sᵣ², γᵣ) + 2x(log(1 + κ) + Σ Wᵣεᵣ),

the sums over the kinds with γᵣ < 1, plus Σ Wᵣsᵣ² over the others; T(x; s², γ) is the largest value
of ay + x log(1 − y) over 0 ≤ y ≤ 1 − γ, a = s²/(1 − γ).

A *hypothesis* h is a list of means μ₁, …, μₖ, at least D apart; P_h = Σ wᵢN(μᵢ, 1). The algorithm,
δ = m^{−1/3}, η > 0 and A fixed: the server lists the hypotheses with ν(J) ≥ P_h(J) − δ for all
intervals J, ν(J) being the number of the others' reports in J over that of all genuine clients. It
keeps one for each choice of a box of side η for each mean, and finds the function f of a client's
sample for which the worst loss over them, L_h = Σ wᵢ E(f(μᵢ + Z) − μᵢ)², is least. The client moves
f(X) to the nearest point of [X − A, X + A].

Proof.
1. The list. As in `possible_means` the error is that of one genuine client, whose label is i with
chance wᵢ. Possible means of the least weight lie in boundedly many intervals of length η, as in
`possible_means`; so there are boundedly many boxes, free of m. With a chance that tends to 1 the
truth is listed (Dvoretzky, Kiefer and Wolfowitz for each component), and one kept hypothesis lies
in its box. Moving each mean by η moves each law by η at most in total variation and the error by
η; so the loss is that of a kept hypothesis but for O(ηA²) and E[(|Z| + A)²; |Z| > A], as in
`lower.limit`. A client's own Z is independent of what the others report.
2. The mass. Differences of two P_h have at most 2k − 1 zeros. So for N kept hypotheses
max_h P_h is one of them on at most 2kN² intervals, and ∫ max_h P_h ≤ 1 + κ + 2kN²δ.
3. Minimax. The worst loss of f is the Bayes risk B of some prior on the kept hypotheses: f has
values in a bounded interval, and the loss is convex in f and linear in the prior. Under that prior
let θ be the mean of a client's own component, and X = θ + Z.
4. Information. I(h; X) ≤ log ∫ max_h P_h (step 1 of `lower.set_information`). And h tells nothing
of X besides θ, so I(h; √γθ + Z) = I(θ; √γθ + Z) − I(θ; √γθ + Z | h), for every γ. By its step 2,
I(h; X) ≥ ½ ∫ (mmse(g) − mmse(g | h)) dg over γ ≤ g ≤ 1: at γ itself the information is not
negative.
5. Labels. Who knows h takes its mean next to Y = θ + Z/√g. Where it errs, |Z|/√g ≥ D/2, as the
means are D apart, and it errs by at most 2|Z|/√g. So mmse(g | h) ≤ (4/g)ψ(D√g/2), and with
u = D√g/2 half of its integral is at most 4 ∫ ψ(u)/u du ≤ (4/v) ∫ ψ(u) du over u ≥ v, which is
(4/v) E[Z²(|Z| − v); |Z| ≥ v] = (8/v)(2φ(v) − vΦ(−v)) = ε.
6. Sum. mmse(g) ≥ 1/(1/B − 1 + g) (step 3 there). So log(1 + κ) + ε is at least
½ ∫ dg/(1/B − 1 + g) = −½ log(1 − (1 − γ)B). Let m grow, then η → 0 and A → ∞.
7. Kinds. The lists are made kind by kind: h is listed where νᵣ(J) ≥ P_{h,r}(J) − δ for every kind r
and interval J, νᵣ from the reports of kind r and P_{h,r} = Σ wᵢN(μᵢ, sᵣ²) over its components.
There are at most k kinds, so step 1 holds as it is (with A in units of sᵣ), f being a function of X
and r. So are zeros counted: two P_{h,r} of one kind have one variance, so with kᵣ components they
differ in sign at most 2kᵣ − 1 times (for several variances that number would be another), and step
2 gives Σ ∫ max_h P_{h,r} ≤ Σ νᵣ(ℝ) + Σ 2kᵣN²δ = 1 + κ + 2kN²δ. The left side is the mass of the
largest density of (X, r), so I(h; X, r) is at most its logarithm. h tells nothing of the kind, so
I(h; X, r) = Σ Wᵣ I(h; X | r); in units of sᵣ the means are D/sᵣ apart, and bᵣ, the error over sᵣ²,
has −½ log(1 − (1 − γᵣ)bᵣ) ≤ I(h; X | r) + εᵣ. The error is Σ Wᵣsᵣ²bᵣ, bᵣ ≤ 1; with y = (1 − γᵣ)bᵣ,
adding 2x times what log(1 + κ) leaves gives the bound, for any x > 0. A kind of one component is
told its mean by h, so mmse(g | h) = 0.
(Strict: nothing is asked of the weights, so the bound is the same for equal ones, where
`possible_means` does better for small κ and distant means.)
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from flint import arb

from bounds.certify.exact import to_ball
from bounds.functions.normal import cdf, density

_CUTS = tuple(Fraction(part, 8) for part in range(4, 65))
"""v, in standard deviations: any one gives a bound."""
_STEPS = 60


@dataclass(frozen=True)
class Kind:
    """The clients whose samples have one variance.

    Attributes:
        share: W, of all genuine clients.
        variance: s².
        alone: whether they are all of one component.
    """

    share: Fraction
    variance: Fraction
    alone: bool


def label_cost(cut: arb) -> arb:  # ε
    """ε = 16φ(v)/v − 8Φ(−v): what is left to learn of the label once the hypothesis is known."""
    # step: its two terms [constant 1/2: 8]
    cost: arb = 16 * density(cut) / cut - 8 * cdf(-cut)
    return cost


def lost_share(kind: Kind, distance: Fraction, cut: Fraction) -> Fraction:  # γ
    """γ = 4v²s²/D², at most 1: of the information, what labels take; 0 for one component."""
    if kind.alone:
        return Fraction(0)
    # step: it is (2vs/D)² [last product 3/3]
    near = 4 * cut * cut * kind.variance
    return near / distance**2 if near < distance**2 else Fraction(1)


def bound_at(
    kinds: Sequence[Kind], kappa: Fraction, distance: Fraction, cut: Fraction, price: Fraction
) -> arb:
    """The bound of the theorem with variances, at one v and one x.

    Args:
        kinds: at least one, with shares that add up to 1.
        kappa: κ ≥ 0.
        distance: D ≥ 0; of no effect if each kind is of one component.
        cut: v > 0.
        price: x > 0.
    """
    total, lost, x = arb(0), arb(0), to_ball(price)
    cost = label_cost(to_ball(cut))
    for kind in kinds:
        gamma = lost_share(kind, distance, cut)
        if gamma == 1:
            total += to_ball(kind.share * kind.variance)
            continue
        total += to_ball(kind.share) * _most(kind.variance, gamma, price)
        if not kind.alone:
            lost += to_ball(kind.share) * cost
    # step: what is left to learn of the label is counted [first sum 2/3]
    return total + 2 * x * ((1 + to_ball(kappa)).log() + lost)


def _most(variance: Fraction, gamma: Fraction, price: Fraction) -> arb:  # T
    """The largest value of ay + x log(1 − y): at 0, at the end, or where y = 1 − x/a."""
    # step: the labels' share of the information is taken off [first product]
    a = variance / (1 - gamma)
    if price >= a:
        return arb(0)
    if price <= a * gamma:
        return to_ball(variance) + to_ball(price) * to_ball(gamma).log()
    return to_ball(a - price) + to_ball(price) * to_ball(price / a).log()


def information_bound(kinds: Sequence[Kind], kappa: Fraction, distance: Fraction) -> arb:
    """The bound at a good v and x, or what every client's own sample gives, if that is less.

    Args:
        kinds: at least one, with shares that add up to 1.
        kappa: κ ≥ 0.
        distance: D ≥ 0, of no effect if each kind is of one component.
    """
    own = to_ball(sum((kind.share * kind.variance for kind in kinds), start=Fraction(0)))
    bound = bound_at(kinds, kappa, distance, *_chosen(kinds, kappa, distance))
    return bound if bound < own else own


def _chosen(
    kinds: Sequence[Kind], kappa: Fraction, distance: Fraction
) -> tuple[Fraction, Fraction]:
    """A good v and x: for each v the best x by floats, and the v whose bound is least."""
    most = max(float(kind.variance) for kind in kinds)
    shared = sum(float(kind.share) for kind in kinds if not kind.alone)

    def best_price(cut: Fraction) -> Fraction:
        parts = [
            (float(kind.share), float(kind.variance), float(lost_share(kind, distance, cut)))
            for kind in kinds
        ]
        spent = 2 * (math.log1p(kappa) + shared * float(label_cost(to_ball(cut))))

        def slope(x: float) -> float:  # of the bound in x: it rises
            found = spent
            for share, square, gamma in parts:
                if gamma < 1 and x * (1 - gamma) < square:
                    found += share * math.log(max(gamma, x * (1 - gamma) / square))
            return found

        low, high = most * 1e-300, most * 1e3
        for _ in range(_STEPS):
            middle = math.sqrt(low) * math.sqrt(high)
            low, high = (low, middle) if slope(middle) > 0 else (middle, high)
        return Fraction(high)

    alone = all(kind.alone for kind in kinds)
    pairs = [(cut, best_price(cut)) for cut in (_CUTS[-1:] if alone else _CUTS)]
    return min(pairs, key=lambda pair: float(bound_at(kinds, kappa, distance, *pair)))
