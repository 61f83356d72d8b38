r"""Theorem 2 proved, for an algorithm that lists the possible means: K∞ ≤ σ(κ + 2Φ(−t)) + far.

K∞ is a minimum over all algorithms. Algorithms 1 and 2 do not attain the bound (see `attack`); the
one below does, for every k. Let κ = c/k, means at least D apart, q(g) = 2Φ(g/2) − 1 and r* as in
`lower.any_set`. For a t > 0 let p = 2Φ(−t) = 1 − q(2t), and F = E[(|Z| + t)²; |Z| ≥ t]: the term
`far` where t = 3Δ/2.

Theorem. Let Q = D q(2t)/(2t) > 1 and σ = max(r*, 2/(Q − 1)). Then, for every k and c,

    lim sup K(m) ≤ min(1, σ(κ + p) + F).

Any t will do, and `best_reach` looks for a good one. For D = 9Δ:
- t = 3Δ/2 gives Q = 3(1 − p) and σ = 1/(1 − 3p/2) = 1/(1 − 3Φ(−3Δ/2)), which is below the paper's
  C₀ for Δ ≥ 3/2, and its far term with the exact expectation;
- t = 11Δ/10 gives σ = r* = 0.661… for Δ ≥ 11/5, as Q ≥ 1 + 2/r*. This is the slope of the lower
  bound for many components: no algorithm has a smaller one. As Δ grows, p and F tend to 0.

The algorithm, δ = m^{−1/3}, η > 0 fixed. The server publishes all reports. A client takes its own
sample X out of them; ν(I) is the number of the others in the interval I, divided by m.
- S is the set of all s with ν(I) ≥ Φ_s(I) − δ for every interval I (Φ_s is N(s, 1)). T ⊂ S is
  finite: its points are η or more apart, and each point of S is within η of one (from the left,
  greedily). If S is empty or unbounded, the client keeps X.
- Points of T less than 2t apart are joined. A cluster is *long* if its hull is D − 2η or longer.
- The client takes the cluster nearest to X. If it is long, the client keeps X. Otherwise it plays
  the minimax estimate for means in the cluster (squared error, values in its hull), moved to the
  nearest point of [X − t, X + t].

Proof. Given who is genuine, the labels and samples of genuine clients are independent draws, and
the adversary knows neither. So the mean over U of the errors is, in expectation, the error of one
genuine client, whose label is j with chance 1/k and whose Z = X − μⱼ is independent of ν. (No
client in U: a chance that tends to 0, and so the number 0 for the mean over none.)

1. The list. With a chance that tends to 1, uniformly in the means and the adversary, ν(ℝ) ≤
   k + c + δ, and ν holds each true mean's law: the number of other genuine reports with label j is
   m + O(√m), their law is uniformly within O(1/√m) of N(μⱼ, 1) (Dvoretzky, Kiefer and Wolfowitz),
   and 1/√m ≪ δ. Then every μⱼ is in S. Otherwise the error is at most (|Z| + t)², Z independent of
   that event, so its part tends to 0. From now on the event holds.
2. The budget. For n points of S, the largest of their densities is one of them on each of n
   intervals, so its integral is at most ν(ℝ) + nδ. Points at least 1 apart make it at least
   1 + (n − 1)q(1), so S is bounded with at most N(η, k, c) points in T, and

       1 + Σ q(g) ≤ k + c + o(1),        g the gaps of T in order.

3. Clusters. For a cluster C let M(C) = Σ q(g) over its own gaps. Between clusters g ≥ 2t, so
   1 − q(g) ≤ p, and there is one such gap less than clusters: Σ (1 + M(C) − p) ≤ k + c + o(1). Let
   tⱼ ∈ T be nearest to μⱼ; they are D − 2η or more apart. Let n(C) be their number in C, and
   e(C) = 1 + M(C) − n(C). The n(C) add up to k. A cluster without any adds 1 + M − p > 0; so, over
   those with some, at most k of them,

       Σ e(C) ≤ c + kp + o(1).

4. Long clusters. All gaps g are below 2t and q(g)/g decreases, so M ≥ length · q(2t)/(2t). With
   n ≥ 2 the length is at least (n − 1)(D − 2η), so e ≥ (n − 1)(Q − 1) − O(η) and, as n ≤ 2(n − 1),
   n ≤ (2/(Q − 1) + O(η)) e. With n = 1, e = M ≥ Q − O(η), and 1/Q < 2/(Q − 1). Clusters that are
   not long have n ≤ 1.
5. Near clients, |Z| < t − η. Their X is less than t from tⱼ, and every point of another cluster is
   2t or more from tⱼ: so they take the cluster C of tⱼ. If it is long, they err by Z², in the mean
   at most 1. If not, moving the estimate to [X − t, X + t], which holds μⱼ, brings it no farther
   from μⱼ. The mean square is at most R*(C) + O(η(1 + D)²): a shift of the mean by η moves the law
   of X by at most η in total variation, and the error by η. And R*(C) ≤ r* M(C) = r* e(C), by
   `prove_no_set_beats_two_points`.
6. Far clients, |Z| ≥ t − η: the estimate is within t of X, so the error is at most (|Z| + t)².
7. Sum: the errors of near clients, over the k labels, are at most (σ + O(η)) Σ e(C) + k O(η), and
   those of far clients k (F + O(η)). Divide by k; let m grow, then η → 0. For one η at each m a
   diagonal choice gives one algorithm for all; K(m) is a minimum, so each η bounds lim sup K(m).
   And K(m) ≤ 1, since a client may keep its sample.

D enters through Q alone; with Δ the paper's algorithms have to do, not this one. It is not one to
run: it shows what can be attained.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from fractions import Fraction

from flint import arb

from bounds.functions.normal import cdf
from bounds.theorems.lower.any_set import prove_no_set_beats_two_points
from bounds.theorems.lower.bound import risk_to_mass
from bounds.theorems.upper.far import far_term

PAPER_SEPARATION = Fraction(9)
"""Theorem 2 has D ≥ 9Δ."""

_STEPS = 4096
_SLOPE = 0.66104640  # about r*


@dataclass(frozen=True)
class Parts:
    """What the bound σ(κ + p) + F consists of, as balls.

    Attributes:
        slope: σ.
        shared: p, the mass that two clusters 2t apart may share.
        far: F.
    """

    slope: arb
    shared: arb
    far: arb


def parts_at(separation: arb, reach: arb, digits: int) -> Parts | None:
    """The parts of the bound; None where Q > 1 is not proved, so that only K∞ ≤ 1 is left.

    Args:
        separation: D > 0, in standard deviations.
        reach: t > 0, in standard deviations.
        digits: significant digits of r*.

    Raises:
        Inconclusive: R*(S) ≤ r* M(S) is not proved (not seen).
    """
    prove_no_set_beats_two_points()
    shared: arb = 2 * cdf(-reach)
    excess = separation * (1 - shared) / (2 * reach) - 1
    if not excess > 0:
        return None
    slope: arb = risk_to_mass(digits).ratio.ball().max(2 / excess)
    return Parts(slope, shared, far_term(2 * reach / 3))


def best_reach(separation: float, kappa: float | None) -> Fraction:
    """A good t, in units of D: in floats, a guide alone, as any t gives a bound.

    Args:
        separation: D, in standard deviations.
        kappa: κ, for the least bound there; None for the largest κ at which the bound is 1.
    """

    def height(step: int) -> float:
        t = separation * step / _STEPS
        shared = math.erfc(t / math.sqrt(2))
        excess = _STEPS * (1 - shared) / (2 * step) - 1
        if excess <= 0:
            return math.inf
        slope = max(_SLOPE, 2 / excess)
        bell = math.exp(-t * t / 2) / math.sqrt(2 * math.pi)
        far = (1 + t * t) * shared + 6 * t * bell
        return shared - (1 - far) / slope if kappa is None else slope * (kappa + shared) + far

    # of equally good ones the largest: its far term is least, though it may be below every float
    return Fraction(min(range(_STEPS // 2, 0, -1), key=height), _STEPS)
