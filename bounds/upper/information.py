r"""A mixture of any weights, labels unknown: what reports do not tell apart, by information.

Component i has the weight wᵢ, Σ wᵢ = 1, the means are at least D apart, κ is the ratio of corrupted
to genuine clients. All of this is known, and no label is. K(m) is the mean error of the genuine
clients, whose number grows with m. Z is a standard normal, and ψ(u) = E[Z²; |Z| ≥ u].

Theorem. For v > 0 with γ = 4v²/D² < 1 and ε = 16φ(v)/v − 8Φ(−v), whatever the weights,

    lim sup K(m) ≤ (1 − e^{−2ε}(1 + κ)^{−2})/(1 − γ).

For one component γ = ε = 0. As D grows the bound tends to 1 − (1 + κ)^{−2}.

With variances. Let each report tell its variance: the clients of kind r, a share Wᵣ of all, have
samples of variance sᵣ², say the means of nᵣ observations each. For vᵣ > 0 put γᵣ = 4vᵣ²sᵣ²/D² and
εᵣ = 16φ(vᵣ)/vᵣ − 8Φ(−vᵣ), and γᵣ = εᵣ = 0 for a kind of one component. Let Bᵣ(κ) be the bound of
the theorem with γᵣ and εᵣ, or 1 where that is less or γᵣ ≥ 1. Then, for every x > 0,

    lim sup K(m) ≤ max{Σ Wᵣsᵣ²Bᵣ(κᵣ): Σ Wᵣκᵣ ≤ κ} ≤ xκ + Σ Wᵣ max{sᵣ²Bᵣ(κ′) − xκ′: κ′ ≥ 0}.

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
2 gives Σ ∫ max_h P_{h,r} ≤ Σ νᵣ(ℝ) + Σ 2kᵣN²δ = 1 + κ + 2kN²δ. Let the integral be Wᵣ(1 + κᵣ). The
law of X given the kind has the density P_{h,r}/Wᵣ, as h tells nothing of the kind, so I(h; X | r) ≤
log(1 + κᵣ). In units of sᵣ the means are D/sᵣ apart, and bᵣ, the error over sᵣ², has −½ log(1 − (1
− γᵣ)bᵣ) ≤ log(1 + κᵣ) + εᵣ by steps 4 to 6: bᵣ ≤ Bᵣ(κᵣ). The error is Σ Wᵣsᵣ²bᵣ under the prior of
step 3, which is one for all kinds; let m grow, and x times what Σ Wᵣκᵣ leaves of κ is not negative.
A kind of one component is told its mean by h, so mmse(g | h) = 0.
(Strict: nothing is asked of the weights, so the bound is the same for equal ones, where
`possible_means` does better for small κ and distant means.)
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from math import isqrt

from flint import arb

from bounds.certify.exact import to_ball
from bounds.upper.dimension import informed_ceiling, label_cost

_CUTS = tuple(Fraction(part, 8) for part in range(-4, 121))
"""v less ⌊√d⌋: any v > 0 gives a bound, and lengths of Z are about √d."""
_STEPS = 60
_ROUNDS = 2
_LARGEST_LOGARITHM = 600.0


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


def lost_share(kind: Kind, distance: Fraction, cut: Fraction) -> Fraction:  # γ
    """γ = 4v²s²/D², at most 1: of the information, what labels take; 0 for one component."""
    if kind.alone:
        return Fraction(0)
    # step: it is (2vs/D)² [last product 3/3]
    near = 4 * cut * cut * kind.variance
    return near / distance**2 if near < distance**2 else Fraction(1)


def bound_at(
    kinds: Sequence[Kind],
    kappa: Fraction,
    distance: Fraction,
    cuts: Sequence[Fraction],
    price: Fraction,
    dimension: int = 1,
) -> arb:
    """The bound of the theorem with variances, at one x, and one v for each kind.

    Args:
        kinds: at least one, with shares that add up to 1.
        kappa: κ ≥ 0.
        distance: D ≥ 0; of no effect if each kind is of one component.
        cuts: v > 0 for each kind, in its own unit.
        price: x > 0.
        dimension: d ≥ 1, of the reports; the bound is on squared lengths.
    """
    # step: what a price takes of the corrupted mass [product: arb(0)]
    total = to_ball(price) * to_ball(kappa)
    for kind, cut in zip(kinds, cuts, strict=True):
        total += to_ball(kind.share) * most_of(kind, distance, cut, price, dimension)
    return total


def most_of(
    kind: Kind, distance: Fraction, cut: Fraction, price: Fraction, dimension: int = 1
) -> arb:
    """The largest value of s²B(κ′) − xκ′ over κ′ ≥ 0.

    It is concave: either its slope is 0 there, or κ′ = 0, or B has come to d, from where on it is
    constant.
    """
    d, x, own = arb(dimension), to_ball(price), dimension * to_ball(kind.variance)
    gamma = lost_share(kind, distance, cut)
    if gamma == 1:
        return own
    # step: what is left to learn of the label is counted [choice: arb(0)]
    cost = arb(0) if kind.alone else label_cost(to_ball(cut), dimension)
    # step: the labels' share of the information is taken off [first product]
    unit = to_ball(kind.variance) / to_ball(1 - gamma)
    told = d / (d + 2) * ((2 * unit / x).log() - 2 * cost / d)  # log(1 + κ′)
    if gamma > 0:
        # step: a kind can lose no more than its own variance [drop]
        told = told.min(-cost - d / 2 * to_ball(gamma).log())
    told = told.max(arb(0))
    bound = unit * informed_ceiling(told + cost, dimension)
    # step: the mass that hides a kind has its price [last product]
    return bound.min(own) - x * told.expm1()


def information_bound(
    kinds: Sequence[Kind], kappa: Fraction, distance: Fraction, dimension: int = 1
) -> arb:
    """The bound at a good v and x, or what every client's own sample gives, if that is less.

    Args:
        kinds: at least one, with shares that add up to 1.
        kappa: κ ≥ 0.
        distance: D ≥ 0, of no effect if each kind is of one component.
        dimension: d ≥ 1, of the reports; the bound is on squared lengths.
    """
    best = dimension * to_ball(sum((kind.share * kind.variance for kind in kinds), Fraction(0)))
    cuts, price = _chosen(kinds, kappa, distance, dimension)
    for x in (price, _steepest(kinds, cuts, distance)):  # the latter where κ is tiny
        bound = bound_at(kinds, kappa, distance, cuts, x, dimension)
        if bound.upper() < best.upper():
            best = bound
    return best


def _steepest(kinds: Sequence[Kind], cuts: Sequence[Fraction], distance: Fraction) -> Fraction:
    """A price at which no kind is worth to be hidden: no slope of s²B is as much as 2a."""
    parts = zip(kinds, cuts, strict=True)
    slopes = [
        2 * kind.variance / (1 - gamma)
        for kind, cut in parts
        if (gamma := lost_share(kind, distance, cut)) < 1
    ]
    return max(slopes, default=Fraction(1)) * (1 + Fraction(1, 2**50))


# equivalent mutants: a good v and x, in floats: every v > 0 and x > 0 gives a bound, which is
#  proved at them
def _chosen(
    kinds: Sequence[Kind], kappa: Fraction, distance: Fraction, d: int
) -> tuple[list[Fraction], Fraction]:
    """A good v for each kind, at the mass that hides it, and the x that spends κ."""
    cuts = [cut + isqrt(d) for cut in _CUTS]
    hidden, price = [float(kappa)] * len(kinds), Fraction(1)
    chosen: list[Fraction] = []
    for _ in range(_ROUNDS):
        chosen = [
            min(cuts, key=lambda cut: _rough(kind, distance, cut, mass, d))
            for kind, mass in zip(kinds, hidden, strict=True)
        ]
        price, hidden = _spent(kinds, chosen, float(kappa), distance, d)
    return chosen, price


# equivalent mutants: a good v, in floats: every v > 0 gives a bound, which is proved at it
def _rough(kind: Kind, distance: Fraction, cut: Fraction, mass: float, d: int) -> float:
    """B at one v, in floats."""
    gamma = float(lost_share(kind, distance, cut))
    if gamma == 1:
        return float(d)
    cost = 0.0 if kind.alone else _cost(cut, d)
    return -d * math.expm1(-2 / d * (cost + math.log1p(mass))) / (1 - gamma)


# equivalent mutants: a good x, in floats: every x > 0 gives a bound, which is proved at it
def _spent(
    kinds: Sequence[Kind], cuts: Sequence[Fraction], kappa: float, distance: Fraction, d: int
) -> tuple[Fraction, list[float]]:
    """The x at which the masses that hide the kinds add up to κ, and these masses."""
    parts: list[tuple[float, float, float]] = []
    for kind, cut in zip(kinds, cuts, strict=True):
        gamma = lost_share(kind, distance, cut)
        if gamma == 1:
            parts.append((0.0, 0.0, 0.0))
            continue
        cost = 0.0 if kind.alone else _cost(cut, d)
        top = -cost - d / 2 * math.log(gamma) if gamma > 0 else _LARGEST_LOGARITHM
        first = math.log(2 * float(kind.variance / (1 - gamma))) - 2 * cost / d
        parts.append((float(kind.share), first, min(max(top, 0.0), _LARGEST_LOGARITHM)))

    # equivalent mutants: a good x, in floats: every x > 0 gives a bound, which is proved at it
    def masses(x: float) -> list[float]:
        height = d / (d + 2)
        return [
            math.expm1(min(max(height * (first - math.log(x)), 0.0), top))
            for _, first, top in parts
        ]

    most = max(float(kind.variance) for kind in kinds)
    low, high = most * 1e-300, most * 1e3
    for _ in range(_STEPS):
        middle = math.sqrt(low) * math.sqrt(high)
        spent = sum(part[0] * mass for part, mass in zip(parts, masses(middle), strict=True))
        low, high = (middle, high) if spent > kappa else (low, middle)
    return Fraction(high), masses(high)


@lru_cache(maxsize=1 << 14)
def _cost(cut: Fraction, d: int) -> float:
    return max(float(label_cost(to_ball(cut), d)), 0.0)
