r"""What a mass can buy at most, by information: R*(S) ≤ 1 − 1/(1 + M(S))² for every set S of means.

(M and R* as in `any_set`; I is mutual information in nats, and mmse(γ) the least mean squared error
of θ given √γ θ + Z, Z a standard normal independent of θ.)

Theorem. R*(S) ≤ 1 − (1 + M(S))^{−2}, so V̂(κ) ≤ 1 − (1 + κ)^{−2} (see `envelope`). With van Trees'
bound for a plateau (`interval`): 1/(1 + κ)² ≤ 1 − V̂(κ) ≤ 2π/(κ² + 2π). So for large κ what
collaboration gains is of the order κ^{−2}, neither more nor less.

Proof. S finite: both sides are suprema over finite subsets. Let θ have any prior on S, X = θ + Z,
and B the Bayes risk.
1. I(θ; X) ≤ log(1 + M(S)): with the density r(x) = max_θ φ(x − θ)/(1 + M(S)),
I(θ; X) ≤ E log(φ(X − θ)/r(X)) ≤ log(1 + M(S)).
2. I(θ; X) = ½ ∫ mmse(γ) dγ over 0 ≤ γ ≤ 1 (D. Guo, S. Shamai and S. Verdú, IEEE Trans. Inf.
Theory 51, 2005).
3. mmse(γ) ≥ 1/(1/B − 1 + γ) for γ ≤ 1, B = mmse(1). Given √γ θ + Z, let V be the variance of θ.
√(1 − γ) θ + Z′, Z′ another normal, tells as much besides as X does in all; linear in it, the
estimate errs by V/(1 + (1 − γ)V), which is concave in V. So B ≤ v/(1 + (1 − γ)v), v = mmse(γ).
4. Hence I(θ; X) ≥ ½ ∫ dγ/(1/B − 1 + γ) = −½ log(1 − B), and B ≤ 1 − (1 + M(S))^{−2}. The largest
of all B is R*(S). (Strict: step 1 has equality where all of S looks alike, step 3 for normal
priors; at small M the bound is 2M, and r*M is the truth.)
5. 1 − (1 + x)^{−2} is concave, so V̂ is below it, and every tangent is a line above every set.
A line α + βx, β ≥ 0, is above it for all x ≥ 0 if 4(1 − α + β)³ ≤ 27β²: the least value of
(1 + x)^{−2} + βx over x > −1 is 3(β/2)^{2/3} − β.
6. A line that is above the bound at M and rises there no less than it, β ≥ 2/(1 + M)³, is above it
from M on. So is one that is above 1.
"""

from __future__ import annotations

from fractions import Fraction
from functools import cache

_PARTS = 1024  # of a unit of mass


def set_bound(mass: Fraction) -> Fraction:
    """1 − (1 + M)^{−2}, above the minimax risk of every set of that mass.

    Args:
        mass: M ≥ 0, relative to the mass of one component.
    """
    return 1 - 1 / (1 + mass) ** 2


def tangent_at(mass: Fraction) -> tuple[Fraction, Fraction]:
    """α and β of the line that touches the bound at a mass: R*(S) ≤ α + βM(S) for every S."""
    beta = 2 / (1 + mass) ** 3
    return set_bound(mass) - beta * mass, beta


def is_above(alpha: Fraction, beta: Fraction) -> bool:
    """Whether α + βM is above the bound at every M ≥ 0: step 5, in exact numbers."""
    # step: a line is above the bound at every mass [true 3/3]
    # step: it does not fall [true 2/3]
    return beta >= 0 and 4 * (1 - alpha + beta) ** 3 <= 27 * beta * beta


def _is_above_from(mass: Fraction, alpha: Fraction, beta: Fraction) -> bool:
    level = alpha + beta * mass
    # step: from a mass on it is above the bound [true 4/5]
    # step: and rises no less [true 5/5]
    return level >= 1 or (level >= set_bound(mass) and beta * (1 + mass) ** 3 >= 2)


@cache
def enough(alpha: Fraction, beta: Fraction) -> Fraction:
    """A mass from which on no set is above the line α + βM: step 6. The least, to 1/1024.

    Args:
        alpha: α < 1.
        beta: β > 0.
    """
    low, high = -1, int((1 - alpha) / beta * _PARTS) + 1
    while high - low > 1:
        middle = (low + high) // 2
        if _is_above_from(Fraction(middle, _PARTS), alpha, beta):
            high = middle
        else:
            low = middle
    return Fraction(high, _PARTS)
