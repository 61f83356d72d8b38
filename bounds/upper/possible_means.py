r"""Theorem 2 proved, for an algorithm that lists the possible means: K∞ ≤ σ(κ + 2Φ(−2t)) + F.

K∞ is a minimum over all algorithms. Algorithms 1 and 2 do not attain the bound (see `attack`); the
one below does, for every k. Let κ = c/k, means at least D apart, q(g) = 2Φ(g/2) − 1 and r* as in
`lower.any_set`, Z a standard normal. For t in (0, D/6] with p = 2Φ(−t) = 1 − q(2t) < ½ let

    F = E[(|Z| + 2t)²; |Z| ≥ 2t],    E = E[(Z + 2t)²; Z ≥ t],    Q = D q(2t)/(2t),
    σ = max(2/(Q − 1), (r*(1 − p) + E)/(1 − 2p), 2E/(1 − 2p)).

Theorem. If r* Q ≥ 1 then, for every k and c, lim sup K(m) ≤ min(1, σ(κ + 2Φ(−2t)) + F).

Any t will do, and `best_reach` looks for a good one. For D = 9Δ and t = 3Δ/2, Q = 3(1 − p), and the
first term of σ is the largest for Δ ≥ 7/4: σ = 1/(1 − 3p/2) = 1/(1 − 3Φ(−3Δ/2)), below the paper's
C₀. With t = 11Δ/10 and Δ ≥ 11/5 the first term is at most r* = 0.661…, and σ tends to r* as Δ
grows: this is the slope of the lower bound for many components.

The algorithm, δ = m^{−1/3}, η > 0 fixed. The server publishes all reports. A client takes its own
sample X out of them; ν(I) is the number of the others in the interval I, divided by m.
- S is the set of all s with ν(I) ≥ Φ_s(I) − δ for every interval I (Φ_s is N(s, 1)). T ⊂ S is
  finite: its points are η or more apart, and each point of S is within η of one (from the left,
  greedily). If S is empty or unbounded, the client keeps X.
- Points of T less than 2t apart are joined. A cluster is *long* if its hull is D − 2η or longer.
- The client takes the cluster nearest to X. If it is long, the client keeps X. Otherwise it plays
  the minimax estimate for means in the cluster (squared error, values in its hull), moved to the
  nearest point of [X − 2t, X + 2t].

Proof. Given who is genuine, the labels and samples of genuine clients are independent draws, and
the adversary knows neither. So the mean over U of the errors is, in expectation, the error of one
genuine client, whose label is j with chance 1/k and whose Z = X − μⱼ is independent of ν. (No
client in U: a chance that tends to 0, and so the number 0 for the mean over none.)

1. The list. With a chance that tends to 1, uniformly in the means and the adversary, ν holds each
   true mean's law: the number of other genuine reports with label j is m + O(√m), their law is
   uniformly within O(1/√m) of N(μⱼ, 1) (Dvoretzky, Kiefer and Wolfowitz), and 1/√m ≪ δ. Then every
   μⱼ is in S. Otherwise the error is at most (|Z| + 2t)², Z independent of that event, so its part
   tends to 0. From now on the event holds. Always ν(ℝ) ≤ k + c.
2. The budget. For n points of S, the largest of their densities is one of them on each of n
   intervals, so its integral is at most ν(ℝ) + nδ. Points at least 1 apart make it at least
   1 + (n − 1)q(1), so S is bounded with at most N(η, k, c) points in T, and

       1 + Σ q(g) ≤ k + c + o(1),        g the gaps of T in order.

3. Clusters. For a cluster C let M(C) = Σ q(g) over its own gaps. Let tⱼ ∈ T be nearest to μⱼ; they
   are D − 2η or more apart. Let n(C) be their number in C, they add up to k, and
   e(C) = 1 + M(C) − n(C). Let a *cut* be a gap between clusters, g ≥ 2t. Then

       Σ e(C) ≤ c + Σ over cuts of 2Φ(−g/2) + o(1).

   A cut costs 2Φ(−g/2) ≤ p; from g = 4t − 8η on ("wide") at most p′ = 2Φ(−2t) + O(η). Clusters with
   n = 0 are *counterfeit*: e ≥ 1. In the others, the *ends* of C are what lies left of its first tⱼ
   and right of its last. As all gaps are below 2t and q(g)/g decreases, any stretch of C between
   points of T, of length w, has M ≥ w q(2t)/(2t).
4. Clients. Let |Z| < 2t − 5η. If the client takes another cluster than that of its tⱼ, that is the
   next one C′, on a side where its nearest point is r < 4t − 8η from tⱼ: a cluster beyond C′ starts
   4t or more from tⱼ. Then ±Z ≥ r/2 − η ≥ t − η: the client is *fooled*. In all it costs at most
   E + O(η) for each component and side where this may happen. Otherwise the client takes the
   cluster C of tⱼ. If C is long, it errs by Z², in the mean at most 1. If not, moving the estimate
   to [X − 2t, X + 2t], which holds μⱼ, brings it no farther from μⱼ; the mean square is at most
   R*(C) + O(η(1 + D)²), as a shift of the mean by η moves the law of X by at most η in total
   variation, and the error by η. And R*(C) ≤ r* M(C) (`prove_no_set_beats_two_points`).
   Where |Z| ≥ 2t − 5η the error is at most (|Z| + 2t)²: F + O(η) in all.
5. What clusters pay for. Up to O(η), σ e(C) covers the clients of C that are not fooled, at most
   r* M(C) if C is not long (then n ≤ 1) and n(C) if it is, and besides it leaves

       σ for a counterfeit C;  (σ − r*) q(2t)/(2t) times the length of its ends for another.

   If C is not long and n = 1, e = M. If it is long with n = 1, e = M ≥ Q ≥ 1/r*, so 1 ≤ r* M. If
   n ≥ 2, e ≥ (n − 1)(Q − 1) and the M of the ends, and n ≤ 2(n − 1) ≤ σ(n − 1)(Q − 1).
6. What is left pays for cuts, σp, and for the fooled. A cut beside a counterfeit: only one
   component, of the other cluster, may be fooled across it, and a counterfeit has two cuts; so
   2(E + σp) ≤ σ is enough. A cut that is not wide, between clusters C and C′ with means: the end
   of C towards it, the cut and the end of C′ towards it are together D − 2η or longer, so the two
   ends are w + w′ ≥ D − 4t + 6η ≥ 2t. Of the last mean of C and the first of C′ at most one may be
   fooled across it: otherwise w + g and w′ + g are both below 4t − 8η, so g < 8t − 14η − D < 2t.
   So E + σp ≤ (σ − r*)(1 − p) is enough. A wide cut between clusters with means, of which there
   are fewer than k: nobody is fooled across it, as r ≥ g; it costs p′.
7. Sum: over the k labels the errors are at most σ(c + kp′) + k F + O(η) k + o(1). Divide by k; let
   m grow, then η → 0. K(m) is a minimum, so the algorithm for each η bounds lim sup K(m). And
   K(m) ≤ 1, since a client may keep its sample.

D enters through Q and t ≤ D/6 alone; with Δ the paper's algorithms have to do, not this one. It
shows what can be attained in the limit; `sample_size` has one to run.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from fractions import Fraction

from flint import arb

from bounds.certify.arithmetic import Value, common
from bounds.functions.normal import cdf, density
from bounds.lower.any_set import prove_no_set_beats_two_points
from bounds.lower.bound import risk_to_mass
from bounds.upper.far import far_term
from bounds.upper.guides import RATIO, tail, tail_square

PAPER_SEPARATION = Fraction(9)
"""Theorem 2 has D ≥ 9Δ."""

_STEPS, _STRIDE = 6144, 16


@dataclass(frozen=True)
class Parts:
    """What the bound σ(κ + p′) + F consists of, as balls.

    Attributes:
        slope: σ.
        shared: p′ = 2Φ(−2t), the mass that two clusters 4t apart may share.
        far: F.
    """

    slope: arb
    shared: arb
    far: arb


def parts_at(separation: arb, reach: arb, digits: int) -> Parts | None:
    """The parts of the bound; None where a condition is not proved, so that only K∞ ≤ 1 is left.

    Args:
        separation: D > 0, in standard deviations.
        reach: t > 0, in standard deviations; the caller sees to t ≤ D/6.
        digits: significant digits of r*.

    Raises:
        Inconclusive: R*(S) ≤ r* M(S) is not proved (not seen).
    """
    # step: no set beats two points, for one reach [drop]
    prove_no_set_beats_two_points()
    ratio = risk_to_mass(digits).ratio.ball()
    gap = 2 * cdf(-reach)  # p
    cost = separation * (1 - gap) / (2 * reach)  # Q
    # step: p < ½ [true 3/4]
    # step: r* Q ≥ 1 [true 4/4]
    if not (gap < 0.5 and ratio * cost > 1):
        return None
    fooled = fooled_term(reach)
    rest = 1 - 2 * gap
    # step: σ: long clusters [last call 2/2]
    # step: σ: cuts between clusters with means [first call 2/2]
    # step: σ: cuts beside a counterfeit [first call 1/2]
    slope: arb = (2 / (cost - 1)).max((ratio * (1 - gap) + fooled) / rest).max(2 * fooled / rest)
    # step: the mass that wide cuts share [zero constant 1/4]
    # step: far clients [constant 3/4: 5]
    return Parts(slope, 2 * cdf(-2 * reach), far_term(4 * reach / 3))


def fooled_term(reach: Value) -> Value:  # E
    """E[(Z + 2t)²; Z ≥ t] = (1 + 4t²)Φ(−t) + 5tφ(t), by parts.

    Args:
        reach: t > 0, in standard deviations.
    """
    _, reach = common(reach)
    return (1 + 4 * reach * reach) * cdf(-reach) + 5 * reach * density(reach)


def best_reach(separation: float, kappa: float | None) -> Fraction:
    """A good t, in units of D, at most 1/6: in floats, a guide alone, as any t gives a bound.

    The best of some of the steps, then the best of all that lie beside it.

    Args:
        separation: D, in standard deviations.
        kappa: κ, for the least bound there; None for the largest κ at which the bound is 1.
    """
    unit = separation / _STEPS

    def height(step: int) -> float:
        t = step * unit
        gap, shared = 2 * tail(t), 2 * tail(2 * t)
        cost, rest = _STEPS * (1 - gap) / (2 * step), 1 - 2 * gap
        if not (rest > 0 and RATIO * cost > 1):
            return math.inf
        fooled = tail_square(t, t)
        slope = max(2 / (cost - 1), (RATIO * (1 - gap) + fooled) / rest, 2 * fooled / rest)
        far = 2 * tail_square(2 * t, t)
        return shared - (1 - far) / slope if kappa is None else slope * (kappa + shared) + far

    # of equally good ones the largest: its far term is least, though it may be below every float
    near = min(range(_STEPS // 6, 0, -_STRIDE), key=height)
    first, last = min(near + _STRIDE, _STEPS // 6), max(near - _STRIDE, 0)
    return Fraction(min(range(first, last, -1), key=height), _STEPS)
