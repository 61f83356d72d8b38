r"""Beyond the best slope: the bound of `possible_means` for any line α + βM(S) above R*(S).

Theorem. Let R*(S) ≤ α + βM(S) for every set S of means, 0 ≤ α < 1 (see `lower.support_lines`;
`possible_means` is α = 0, β = r*), and E, F, Q, p as there, for a t ≤ D/6 with p < ½. With

    σ = max(2(1 − α)/(Q − 1), (β(1 − p) + E)/(1 − 2p), 2E/(1 − 2p)),

if α + βQ ≥ 1 then, for every k and c, lim sup K(m) ≤ min(1, α + σ(κ + 2Φ(−2t)) + F).

Proof: that of `possible_means`, where the accounts are kept for what a client loses beyond α.
1. Of its step 4: R*(C) ≤ α + βM(C) in place of r* M(C).
2. Of its step 5: up to O(η), σ e(C) covers what the clients of C that are not fooled lose beyond α
each, and leaves what it says there, with β in place of r*. C not long, n = 1: βM. C long, n = 1:
the loss beyond α is 1 − α ≤ βQ ≤ βM. C long, n ≥ 2: n(1 − α) ≤ 2(n − 1)(1 − α) ≤ σ(n − 1)(Q − 1).
3. Step 6 is as it is, with β in place of r*.
4. Of its step 7: the errors add up to at most kα + σ(c + kp′) + kF + O(η)k + o(1).

The limit. Let V(ε) be the supremum of R*(S) over M(S) ≤ ε, V̂ its concave envelope, and

    Λ(c) = (1/k) sup{Σ V(εⱼ): Σ εⱼ ≤ c} over ε₁, …, εₖ ≥ 0.

For every k, c and D: lim inf K(m) ≥ Λ(c). And the limit of lim sup K(m) for D → ∞ is Λ(c), for
every k and c: V is continuous from the right, and so is Λ. Λ ≤ V̂(κ), and Λ → V̂(κ) as k grows with
κ fixed. (For known labels the limit is Λ(c) at every D, by `lower.limit` and step 8.)

Proof.
5. Below: component j hides a set S with M(S) ≤ εⱼ and R*(S) near V(εⱼ), finite, with a
least favourable prior (`lower.limit`, `lower.bound`); means far apart, so D is free.
6. Above: take t = √D/4, and D so large that kp ≤ 1, (c + 2)p ≤ 1 and Q = D q(2t)/(2t) > c + 3.
With N counterfeits there are at most k + N − 1 cuts, so the e(C) add up to c + (k + N)p + o(1) at
most. Counterfeits have e ≥ 1, so N ≤ (c + kp)/(1 − p) + o(1), and the sum is no more than that,
either; and (c + kp)/(1 − p) ≤ (c + 1)/(1 − p) ≤ c + 2. A long cluster has e ≥ M ≥ Q > c + 3 for
n = 1 and e ≥ (n − 1)(Q − 1) > c + 2 for n ≥ 2: so there is none, and each component has a cluster
Cⱼ of its own, e = M(Cⱼ). Each counterfeit fools at most two components, a cut between clusters with
means at most two, and there are fewer than k of these: all the fooled cost at most
2(N + k)E ≤ 2(c + 2 + k)E, which tends to 0 with D, as F and p do. The others lose
R*(Cⱼ) ≤ V(M(Cⱼ)), and Σ M(Cⱼ) ≤ (c + kp)/(1 − p) + o(1). So the limit of lim sup K(m) is at most
that of Λ from the right, which is Λ(c) by step 8.
7. A concave function above V bounds Λ by Jensen's inequality; and V̂(κ) is a mean of values of V at
one or two masses, which for large k are spent on so many components each.
8. V is continuous from the right. Let finite sets Sₙ have M(Sₙ) ≤ ε + 1/n and R*(Sₙ) → V(ε⁺), the
limit from the right. Let G be so large that q(G) ≥ ½, and cut each Sₙ at its gaps of G or more:
they are fewer than 2ε + 3. By step 1 of `lower.support_lines` some piece Pₙ has R*(Pₙ) ≥ R*(Sₙ) −
(2ε + 3)W, W the price of a cut, which tends to 0 as G grows (take s = t/2 there). And M(Pₙ) ≤
M(Sₙ). The gaps of Pₙ are below G and q(g)/g decreases, so its hull is at most ℓ = (ε + 1)G/q(G)
long. Put its left end at 0. A subsequence of these compact subsets of [0, ℓ] tends to a compact P
in Hausdorff's metric. There M is continuous: where each point of one set is within h of one of the
other, sup φ(x − θ) differs at x by at most h times the largest |φ′| within ℓ + h of x, which is
integrable. So is R*: moving a mean by h moves its law by h at most in total variation, and the
error of an estimate with values in the hull by h, so R* differs by O(h(1 + ℓ)²). So M(P) ≤ ε and
R*(P) ≥ V(ε⁺) − (2ε + 3)W. R*(P) is the supremum over finite subsets of P, whose M is no larger; so
V(ε) ≥ R*(P). Let G grow: V(ε) ≥ V(ε⁺).
Λ is continuous from the right, too: V does not fall, so it is upper semicontinuous. For cₙ ↓ c take
masses that come close to the supremum for cₙ; a subsequence tends to masses that add up to c at
most, and the limit of the sums is at most the sum of V there. (So the supremum is attained.)

Collaboration helps at every c/k.
9. V̂(κ) < 1 for every κ: `distant_line` gives a line with α + βκ < 1. With t = √D/4 the σ of its
bound tends to β as D grows, and F and p to 0. So for every κ there is a D from which on, for every
k, the best algorithm errs by less than a client's own sample, in the limit of large m: for large D
by nearly (1 + κ)^{−2}. (The paper has it for c/k < 1/C₀ alone; `information`, for any weights.)
10. It helps by no more than 2π/(κ² + 2π), whatever the weights, k and D: component i hides a
plateau of the mass κ, relative to its own weight wᵢ. That takes Σ wᵢκ = κ, all there is, and each
client errs by h(κ) = κ²/(κ² + 2π) or more (`lower.interval`, `bracket.mixture`).
"""

from __future__ import annotations

import math
from fractions import Fraction
from typing import TYPE_CHECKING

from flint import arb

from bounds.certify.exact import to_ball
from bounds.functions.normal import cdf
from bounds.upper.far import far_term
from bounds.upper.possible_means import Parts, fooled_term

if TYPE_CHECKING:
    from bounds.lower.line import Line

_STEPS = 600


def parts_for(line: Line, separation: arb, reach: arb) -> Parts | None:
    """σ, 2Φ(−2t) and F of the bound α + σ(κ + 2Φ(−2t)) + F; None where a condition is not proved.

    Args:
        line: α and β; that it lies above R* is for the caller to prove (`prove_line`).
        separation: D > 0, in standard deviations.
        reach: t > 0, in standard deviations; the caller sees to t ≤ D/6.
    """
    alpha, beta = to_ball(line.alpha), to_ball(line.beta)
    gap = 2 * cdf(-reach)  # p
    cost = separation * (1 - gap) / (2 * reach)  # Q
    if not (gap < 0.5 and alpha + beta * cost > 1 and cost > 1):
        return None
    fooled, rest = fooled_term(reach), 1 - 2 * gap
    own = (beta * (1 - gap) + fooled) / rest
    slope: arb = (2 * (1 - alpha) / (cost - 1)).max(own).max(2 * fooled / rest)
    return Parts(slope, 2 * cdf(-2 * reach), far_term(4 * reach / 3))


def reach_for(line: Line, separation: float, kappa: float) -> Fraction:
    """A good t, in units of D, at most 1/6: in floats, a guide alone, as any t gives a bound."""
    alpha, beta = float(line.alpha), float(line.beta)

    def height(step: int) -> float:
        t = separation * step / _STEPS
        gap, shared = math.erfc(t / math.sqrt(2)), math.erfc(2 * t / math.sqrt(2))
        cost = _STEPS * (1 - gap) / (2 * step)
        if not (gap < 0.5 and cost > 1 and alpha + beta * cost > 1):
            return math.inf
        density = math.exp(-t * t / 2) / math.sqrt(2 * math.pi)
        fooled = (1 + 4 * t * t) * gap / 2 + 5 * t * density
        rest = 1 - 2 * gap
        own = max((beta * (1 - gap) + fooled) / rest, 2 * fooled / rest)
        slope = max(2 * (1 - alpha) / (cost - 1), own)
        far = (1 + 4 * t * t) * shared + 12 * t * math.exp(-2 * t * t) / math.sqrt(2 * math.pi)
        return alpha + slope * (kappa + shared) + far

    return Fraction(min(range(_STEPS // 6, 0, -1), key=height), _STEPS)
