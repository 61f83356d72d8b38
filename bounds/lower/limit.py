r"""The labelled problem in the limit: solved for small budgets; where Theorem 1 as printed is true.

The relaxed problem of Section IV tells the server the labels; the adversary chooses those of the
corrupted reports. Write b(ε) for the two-point risk B at mass ε, r* for the best ratio, and V(ε)
for the supremum of R*(S), the minimax risk on S, over finite sets S with M(S) ≤ ε (see `any_set`).

Theorem. In the limit of large m the error of the labelled problem is at most the supremum of
(1/k) Σ V(εⱼ) over Σ εⱼ ≤ c, V replaced by any continuous function above it: so at most r* c/k. (V
itself will do, as it is continuous from the right: `bounds.upper.beyond_slope`, step 8.)

Proof. A genuine client with label j uses what the others report with its label, which is
independent of its own sample X = θ + Z. Let ν be these reports divided by m, δ = m^{−1/3}, and S
the set of all means t with ν(I) ≥ Φₜ(I) − δ for every interval I.
- S holds the true mean but for a chance that tends to 0, whatever the adversary does: the genuine
  reports alone see to it (Dvoretzky, Kiefer and Wolfowitz; their number is m + o(m)).
- For n points of S, max φ(x − t) is one of the densities on each of n intervals. So their mass is
  at most ε + nδ, ε = ν(ℝ) − 1. Points at least 1 apart cost q(1) each, so there is a bound, free of
  m, on how many there are, and S has a net T of mesh η of at most N(η, c) points, M(T) ≤ ε + N δ.
- The client plays the minimax estimate for T, clipped to [X − A, X + A]. Clipping costs at most
  E[(|Z| + A)²; |Z| > A], and a mean within η of T instead of one in T costs O(ηA²), as the error is
  at most |Z| + A. Where the true mean is not in S that is its bound too, with a chance → 0.
- The masses εⱼ add up to c + o(1), and each label has a share 1/k + o(1) of the genuine clients.
Let m grow, then let η → 0 and A → ∞. Last, V(ε) ≤ r* ε by `prove_no_set_beats_two_points`.

Small masses. Let ε ≤ 2Φ(a₁) − 1, a₁ = 21/20. A set with M(S) ≤ ε has a hull of half-width a with
2Φ(a) − 1 = q(2a) ≤ M(S), so a ≤ a₁, and case (3) of `any_set`, whose argument holds for every
a ≤ a₁, gives R*(S) ≤ B(a) ≤ b(M(S)), B being increasing there. So V = b up to that mass. And
b(x) + b(y) ≤ b(x + y) for x + y ≤ 0.7062:
- up to the best mass b(ε)/ε increases, which implies it;
- beyond, x + y > 0.651, let y ≤ x. If y ≤ ¼, then x > 0.401 and b(y) ≤ 4y b(¼), and b′ is larger
  than that slope on [0.401, 0.7062]. If u ≤ y ≤ v, with [u, v] one of [¼, 0.3] and [0.3, 0.3531],
  then b(x) + b(y) ≤ b(0.7062 − u) + b(v) < b(0.651). See `prove_one_component_is_best`.
So the labelled problem has the limit b(c)/k for every k and c ≤ 0.7062: lower bound and upper bound
agree, and all goes to one component.

Without labels.
- For k = 1 labels tell nothing: lim K(m) = b(c), exactly, for c ≤ 0.7062.
- For k ≥ 2 and means at least D apart, S from all reports is a union of k clusters: a point of it
  at distance d from the nearest mean costs q(d) − o(1), D → ∞, so d < 2.2, and the masses of the
  clusters add up to c + o(1). A client that takes the cluster nearest to its own sample errs in
  that with chance at most 2Φ(−D/2 + 2.2). So lim sup K(m) tends to b(c)/k as D → ∞. (For any c,
  and explicit in D: `bounds.upper.possible_means`.)

Theorem 1 as printed, in the limit, claims c/(k√(8π)) for every D. As b(ε)/ε increases from 0 to
r* > 1/√(8π), there is one c* with b(c*) = c*/√(8π) up to the best mass (`printed_threshold`). For
c < c* the claim is false: at k = 1 for all large m, and at every k ≥ 2 if D is large and m too. For
c* ≤ c < √(2π) k it is true, for all k and D (the claim theorem-1 proves it beyond the best mass).
"""

from __future__ import annotations

from fractions import Fraction
from functools import cache
from itertools import pairwise

from flint import arb

from bounds.certify.errors import Inconclusive
from bounds.certify.exact import to_ball
from bounds.certify.numbers.enclosure import Enclosure
from bounds.certify.numbers.precision import bits_for, read_digits, working_precision
from bounds.certify.roots.monotone import turning_point
from bounds.functions.normal import density
from bounds.lower.any_set import SEAM, end_excess
from bounds.lower.two_point import mass, ratio_turn, risk, risk_turn, separation_of

EXACT_UP_TO = Fraction(7062, 10_000)
"""Just below 2Φ(21/20) − 1 = 0.70628…: up to this mass the two-point attack is the best one."""

TO_BEST = Fraction(651, 1000)  # below the best mass 0.65109…
SMALL = Fraction(1, 4)
LESSER = (SMALL, Fraction(3, 10), EXACT_UP_TO / 2)
PIECES = 16


def _earned(eps: Fraction) -> arb:  # b
    return risk(separation_of(to_ball(eps)))


def risk_slope(low: Fraction, high: Fraction) -> arb:
    """A lower bound of b′ on [low, high], masses up to 0.78: b′(ε) = B′(t)/(2φ(t)).

    B increases, t B′/B decreases, and φ decreases, so the ends bound each factor.
    """
    start, end = separation_of(to_ball(low)), separation_of(to_ball(high))
    # step: b′: B where it is least [value 1/4: end]
    # step: b′: tB′/B where it is least [value 2/4: start]
    return risk(start) * risk_turn(end) / end / (2 * density(start))


@cache
def prove_one_component_is_best(pieces: int = PIECES) -> Fraction:
    """Prove that b(x) + b(y) ≤ b(x + y) for x + y ≤ `EXACT_UP_TO`, and that V = b there.

    Args:
        pieces: into how many parts [0.401, 0.7062] is cut.

    Returns:
        `EXACT_UP_TO`.

    Raises:
        Inconclusive: a comparison fails.
    """
    # step: on pieces from the first place [first sum]
    start = TO_BEST - SMALL
    # step: to the last mass [first sum 3/3]
    ends = [start + (EXACT_UP_TO - start) * j / pieces for j in range(pieces + 1)]
    with working_precision(64):
        # step: the last mass is below that of the seam [true 2/3]
        # step: the estimate at the seam is the worst at its ends [true 3/3]
        within = to_ball(EXACT_UP_TO) < mass(to_ball(SEAM)) and end_excess(to_ball(SEAM)) > 0
        # step: b increases up to the last mass [true]
        increasing = risk_turn(separation_of(to_ball(EXACT_UP_TO))) > 0
        # step: b(ε)/ε increases up to the best mass [true]
        ratio_increasing = ratio_turn(separation_of(to_ball(TO_BEST))) > 0
        chord = _earned(SMALL) / to_ball(SMALL)
        # step: a small share: the slope is above the chord [true 2/2]
        small = all(risk_slope(low, high) > chord for low, high in pairwise(ends))
        # step: a large share [true 2/2]
        large = all(
            _earned(EXACT_UP_TO - least) + _earned(most) < _earned(TO_BEST)
            for least, most in pairwise(LESSER)
        )
    if not (within and increasing and ratio_increasing and small and large):
        raise Inconclusive(f"b(x) + b(y) <= b(x + y) is not proved with {pieces} pieces")
    return EXACT_UP_TO


def printed_threshold(digits: int = 30) -> Enclosure:
    """The budget c* from which Theorem 1 as printed is true in the limit of large m.

    It is the only c up to the best mass 0.65109… at which the two-point risk is c/√(8π). Below it
    the printed bound is false (for one component; for more, if they lie far enough apart), from it
    to √(2π)k it holds, by better attacks than the printed one.

    Args:
        digits: significant decimal digits.

    Returns:
        c* = 0.12920577…, relative to the mass of one component.

    Raises:
        InputError: digits is not a count.

    Paper: Theorem 1, which claims it for every c below √(2π)k.
    """
    return _printed_threshold(read_digits(digits))


@cache
def _printed_threshold(digits: int) -> Enclosure:
    bits = bits_for(digits) + 24

    def shortfall(t: arb) -> arb:  # decreases up to the best separation 0.936…
        return 1 / (8 * arb.pi()).sqrt() - risk(t) / mass(t)

    t = turning_point(shortfall, 0.16264973850, bits)
    with working_precision(bits + 32):
        return Enclosure.of(mass(t), digits)
