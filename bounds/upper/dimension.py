r"""Reports in d dimensions: what they do not tell apart, by information.

Reports are vectors: a genuine one is X = μ + Z, with Z a standard normal in ℝ^d. There are k
components of known weights wᵢ, Σ wᵢ = 1, the means are at least D apart, κ is the ratio of
corrupted to genuine clients, and K(m) is the mean of the squared length of the error of the genuine
clients, whose number grows with m. A client's own sample has d. ψ(u) = E[|Z|²; |Z| ≥ u].

Theorem (sets). Let S be a finite set of means in ℝ^d, φ the density of Z, and 1 + M the integral of
max φ(x − θ), the maximum over θ in S. For every prior on S the Bayes risk B of the estimate of θ
from θ + Z is at most d(1 − (1 + M)^{−2/d}).

Theorem (clients). For v > 0 with γ = 4v²/D² < 1 and ε = (4/v) E[|Z|²(|Z| − v); |Z| ≥ v],

    lim sup K(m) ≤ d(1 − e^{−2ε/d}(1 + κ)^{−2/d})/(1 − γ).

For one component γ = ε = 0. As D grows the bound tends to d(1 − (1 + κ)^{−2/d}), at most 2 log(1 +
κ) in every dimension, where a client's own sample has d.

Proof. It is that of `information`, and these steps say what is other for vectors.
1. The information. I(θ; θ + Z) ≤ log ∫ max φ(x − θ) dx = log(1 + M), as in `lower.set_information`.
2. How it grows. For Y = √g θ + Z let mmse(g) be the mean of |θ − E[θ | Y]|², the trace of the mean
   of the covariance Σ of θ given Y. The information about θ has the derivative ½ mmse(g) (Guo,
   Shamai and Verdú, IEEE Transactions on Information Theory 51, 2005), and mmse′(g) = −E tr Σ² (M.
   Payaró and D. Palomar there, 55, 2009). As Σ has d eigenvalues ≥ 0, tr Σ² ≥ (tr Σ)²/d; and by
   Jensen E (tr Σ)² ≥ mmse². So 1/mmse rises by 1/d or more for each unit of g: with B = mmse(1) > 0

       1/mmse(g) ≤ 1/B − (1 − g)/d  for 0 ≤ g ≤ 1.

   The right side is positive, as B ≤ mmse(0)/(1 + mmse(0)/d) < d.
3. Sets. ½ ∫ mmse over 0 ≤ g ≤ 1 is at least ½ ∫ dg/(1/B − (1 − g)/d) = −(d/2) log(1 − B/d), and at
   most log(1 + M).
4. The list. Let the class 𝒜 have all sets {P_h > P_h′} of two hypotheses and all that N steps of
   intersections and complements make of N² of them. These sets are given by signs of boundedly many
   sums of 2k exponentials of linear and quadratic forms, with boundedly many parameters. So their
   Vapnik–Chervonenkis dimension is finite (M. Karpinski and A. Macintyre, Journal of Computer and
   System Sciences 54, 1997), and the genuine reports miss their law on no set of 𝒜 by more than
   δ = m^{−1/3}, with a chance that tends to 1. A hypothesis is listed where ν(J) ≥ P_h(J) − δ for
   all J in 𝒜 and all balls J. A listed mean has at least w/4 of ν in a ball around it of a radius
   that is free of m, w its weight; as ν(ℝ^d) = 1 + κ, such means lie in boundedly many cubes of
   side η. So at most N hypotheses are kept, one for each choice of cubes, N free of m, and one of
   them has all its means within η√d of the truth.
5. The mass. On the set where P_h is the first largest of the kept ones, a set of 𝒜, it is at most
   ν + δ. So ∫ max P_h ≤ 1 + κ + Nδ.
6. The rest is steps 3 to 6 of `information` with |·| in place of the absolute value: the server
   plays the minimax f, which has values in a bounded ball, and moves f(X) to the nearest point
   within A of X. Who knows h takes the mean next to Y = θ + Z/√g. Where it errs |Z|/√g ≥ D/2, and
   it errs by at most 2|Z|/√g. So mmse(g | h) ≤ (4/g)ψ(D√g/2), and half of the integral over γ ≤ g ≤
   1 is at most ε. With step 2, log(1 + κ) + ε ≥ ½ ∫ dg/(1/B − (1 − g)/d) over γ ≤ g ≤ 1, and that
   is −(d/2) log(1 − (1 − γ)B/d). Let m grow, then η → 0 and A → ∞.
7. Kinds. Let clients of kind r have samples of variance sᵣ² in every coordinate, and tell the kind.
   What `information` says of kinds holds in d dimensions with Bᵣ(κ) = d(1 − e^{−2ε/d}(1 +
   κ)^{−2/d})/(1 − γ), γ = 4vᵣ²sᵣ²/D², or d where that is less: the lists are made kind by kind with
   the sets 𝒜 of the kind, so that steps 4 and 5 give Σ ∫ max P_{h,r} ≤ 1 + κ + kNδ, and in units of
   sᵣ step 6 is as it is. The slope of Bᵣ falls in κ, so that what is proved at a price x holds,
   too.
8. From below. An algorithm for vectors serves numbers: clients and adversary add d − 1 coordinates
   of noise, of the variance that the kind tells, and the first coordinate of the error is no longer
   than the error. So what is proved of K(m) from below in one dimension holds in d, at every m.
9. Coordinates. For one component, or where labels are known, each coordinate is the problem of one
   dimension, with the same clients corrupted. So an algorithm of one dimension that is used for
   each coordinate errs by d times its bound there, in the limit or at a given m. With unknown
   labels that is no algorithm: two means may have a coordinate in common.

What is not proved here: equal weights, where `possible_means` does better in one dimension for
small κ; a bound at a given m and for several components, of which `lower.window_median` has one for
means far apart; and that the estimator for vectors attains any of it.
"""

from __future__ import annotations

from flint import arb


def set_ceiling(mass: arb, dimension: int) -> arb:
    """d(1 − (1 + M)^{−2/d}): the most that the Bayes risk of a set of mass M can be."""
    return informed_ceiling((1 + mass).log(), dimension)


def informed_ceiling(information: arb, dimension: int) -> arb:
    """d(1 − e^{−2I/d}): the same by the information I about the mean."""
    # step: d eigenvalues share the covariance [call: arb(1)]
    d = arb(dimension)
    # step: a square has two halves of information [product 1/3: arb(1)]
    value: arb = -d * (-2 * information / d).expm1()
    return value


def label_cost(cut: arb, dimension: int) -> arb:
    """ε = (4/v)(E[|Z|³; |Z| ≥ v] − vE[|Z|²; |Z| ≥ v]): what is left to learn of the label."""
    half, place = arb(dimension) / 2, cut * cut / 2
    cube = 2 * arb(2).sqrt() * (half + arb(3) / 2).gamma() / half.gamma()
    third = cube * place.gamma_upper(half + arb(3) / 2, 1)
    second = dimension * place.gamma_upper(half + 1, 1)
    # step: beyond v every length counts [first sum]
    cost: arb = 4 * (third - cut * second) / cut
    return cost
