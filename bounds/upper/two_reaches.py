r"""Two reaches: the bound of `possible_means` where estimates may move less far than clusters join.

There a client moves its estimate to the nearest point of [X − 2t, X + 2t]. Let this be
[X − s, X + s].

And it plays the minimax estimate in every cluster, also in one that may hold several means.

Theorem. For t ≤ s ≤ 2t with 2(s + t) ≤ D, p = 2Φ(−t) < ½, n = ⌊D/(2t)⌋, λ = (D − 2s)/(2t) and

    Q = n q(2t) + q(D − 2tn) > 1,
    F = E[(|Z| + s)²; |Z| ≥ s],    E = E[(Z + s)²; t ≤ Z < s],
    σ = max(L/(Q − 1), (r*λ(1 − p) + E)/(λ(1 − p) − p), 2E/(1 − 2p)),    L = 2 − 2/(1 + Q)²,

for every k and c, lim sup K(m) ≤ min(1, σ(κ + 2Φ(−s)) + F).

Proof: that of `possible_means`, with these changes, up to O(η).
1. Of its step 3: a cut is wide from g = 2s on, and then costs at most 2Φ(−s).
2. Of its step 4: where |Z| ≥ s any error is at most |Z| + s: F. Let |Z| < s. Another cluster than
that of tⱼ is nearer to X only if its nearest point is r < 2s from tⱼ, and it is the next one, as a
cluster beyond it starts 4t ≥ 2s or more from tⱼ; then ±Z ≥ r/2 ≥ t. So the fooled have t ≤ ±Z < s
and cost E: those beyond s are in F already. In the own cluster μⱼ lies in [X − s, X + s].
3. Of its step 6: a cut that is not wide, between clusters with means: w + w′ ≥ D − g > D − 2s ≥ 2t,
so E + σp ≤ (σ − r*)λ(1 − p) is enough; and λ ≥ 1. If both the last mean of C and the first of C′
were fooled, w + g and w′ + g would both be below 2s, and D + g ≤ w + w′ + 2g < 4s, so
g < 4s − D ≤ 2s − 2t ≤ 2t, and it would be no cut.

4. Of its step 5: Q is what a stretch of length D costs at least, whose gaps are below 2t. The sum
of q over gaps with a given sum is concave in them, so it is least where all but one are 0 or 2t.
With n(C) = 1 the clients of C lose r* M(C) at most. With n(C) = 2 and x the M of the ends,
e ≥ Q − 1 + x, and they lose 2(1 − (1 + M)^{−2}) at most (`lower.set_information`), M ≥ Q + x. That
grows with M at most as 4/(1 + Q)³ < r*, so it is at most L + r*x ≤ σ(Q − 1) + r*x. (Where M exceeds
Q + x, e does so as well.) With n(C) ≥ 3 they lose n ≤ 3(n − 1)/2 ≤ σ(n − 1)(Q − 1), as L > 3/2.

With s = 2t, the fooled counted in F as well, λ = 1, L = 2 and Q ≥ D q(2t)/(2t), it is the theorem
of `possible_means`.

Theorem 2 for the best algorithm, at D ≥ 9Δ:
5. The case c/k > ε_cr for 3/2 ≤ Δ ≤ 7/4: with t = 79Δ/50 up to 33/20 and t = 31Δ/20 from there,
s = 9Δ/2 − t, σ < C₀ and σ·2Φ(−s) + F < C₁ (`prove_first_case`). From 7/4 on t = 3Δ/2 and s = 2t
serve. So that case is true for every Δ of the theorem.
6. The case c/k ≤ ε_cr, C₂κ^{2/9} + 2Φ(−3Δ/2)C₃Δ²: it is concave in κ, and σ(κ + 2Φ(−s)) + F is
affine, so it is enough to compare at κ = 0 and at ε_cr. In units of κ₁ = φ(Δ)/Δ, ε_cr and C₂ are
known on slices of Δ (`second_case_until`; t = 28Δ/25, s = 2t). Where t ≥ 2 the far term falls with
Δ in these units, and σ falls, as p and E do: the slope of E is at most
φ(t)(12 − 9t² + 32t²e^{−3t²/2}) < 0, Q grows, and L/(Q − 1) falls with Q; λ is the same for all Δ.
Before, all are enclosed on the whole slice; so they are on parts of the first slice where this does
not serve, with t = 33Δ/25 and s = 8t/5.
"""

from __future__ import annotations

from fractions import Fraction

from flint import arb

from bounds.certify.errors import Inconclusive
from bounds.certify.exact import to_ball
from bounds.certify.numbers.precision import working_precision
from bounds.critical.large_delta import CriticalSlice, critical_slices, parts_of
from bounds.functions.normal import cdf, density
from bounds.lower.any_set import gap_mass, prove_no_set_beats_two_points
from bounds.lower.bound import risk_to_mass
from bounds.upper.far import PRINTED_FAR_FACTOR
from bounds.upper.over_slices import c1, c2_share
from bounds.upper.possible_means import PAPER_SEPARATION, Parts
from bounds.upper.prices import elongation_price

JOIN = (Fraction(79, 50), Fraction(31, 20))
"""t/Δ of `prove_first_case`, up to `CHANGE` and from there."""

CHANGE = Fraction(33, 20)

SMALL_JOIN = Fraction(28, 25)
"""t/Δ of `second_case_until` on whole slices, where s = 2t."""

FINE_JOIN, FINE_MOVE = Fraction(33, 25), Fraction(8, 5)
"""t/Δ and s/t on the parts of the first slice on which that does not serve."""

_FALLING_FROM = 2  # σ is known to fall with t from here on

LEAST, MOST = Fraction(3, 2), Fraction(7, 4)
"""From where to where `prove_first_case` proves it."""

_BITS = 96
_PIECES = 8
_PARTS = 256  # of a slice


def parts_between(separation: arb, join: arb, move: arb) -> Parts | None:
    """σ, 2Φ(−s) and F; None where a condition is not proved.

    Args:
        separation: D > 0, in standard deviations.
        join: t > 0: points less than 2t apart are one cluster.
        move: s: the caller sees to t ≤ s ≤ 2t and 2(s + t) ≤ D.

    Raises:
        Inconclusive: R*(S) ≤ r* M(S) is not proved (not seen).
    """
    # step: no set beats two points, for two reaches [drop]
    prove_no_set_beats_two_points()
    ratio = risk_to_mass(20).ratio.ball()
    gap = 2 * cdf(-join)
    cost = stretch_mass(separation, 2 * join)
    ends = (separation - 2 * move) / (2 * join) * (1 - gap)
    # step: a cluster of two means costs more than its share [true 2/5]
    if not (gap < 0.5 and cost > 1 and ends > gap):
        return None
    fooled = _square(move, join) - _square(move, move)
    several = (2 - 2 / (1 + cost) ** 2) / (cost - 1)
    # step: who is fooled is paid for [product 1/5: ratio + 0 * fooled]
    own, counterfeit = (ratio * ends + fooled) / (ends - gap), 2 * fooled / (1 - 2 * gap)
    # step: a cluster that may hold several means costs enough [last call 2/2]
    # step: so is who is fooled by counterfeits [first call 1/2]
    slope: arb = several.max(own).max(counterfeit)
    return Parts(slope, 2 * cdf(-move), 2 * _square(move, move))


def stretch_mass(length: arb, gap: arb) -> arb:
    """Q of step 6: the least Σ q(g) over gaps of at most `gap` that add up to `length`.

    Args:
        length: of the stretch, in standard deviations.
        gap: the widest gap, above 0, in standard deviations.
    """
    whole = int(float((length / gap).lower()))  # any whole number below the quotient serves
    # step: the rest of a stretch is a gap of its own [sum 2/2: gap]
    least: arb = whole * gap_mass(gap) + gap_mass(length - whole * gap)
    return least


def _square(move: arb, least: arb) -> arb:
    """E[(Z + s)²; Z ≥ a] = (1 + s²)Φ(−a) + (a + 2s)φ(a)."""
    value: arb = (1 + move * move) * cdf(-least) + (least + 2 * move) * density(least)
    return value


def prove_first_case(join: tuple[Fraction, Fraction] = JOIN) -> int:
    """Prove that lim sup K(m) ≤ C₀κ + C₁ at D ≥ 9Δ for every Δ from 3/2 to 7/4, and every κ.

    Args:
        join: t/Δ up to `CHANGE`, and from there; s = 9Δ/2 − t.

    Returns:
        On how many pieces of Δ.

    Raises:
        Inconclusive: a comparison is not proved on some piece.

    Paper: Theorem 2, the case c/k > ε_cr.
    """
    half = PAPER_SEPARATION / 2
    # step: t ≤ s ≤ 2t, for both reaches [true 2/3]
    if not all(t <= half - t <= 2 * t for t in join):
        raise Inconclusive("t <= s <= 2t fails: the theorem says nothing")
    count = 0
    with working_precision(_BITS):
        for part in critical_slices():
            if part.low >= MOST:
                break
            high = MOST if part.high is None else min(part.high, MOST)
            least = c1(part)
            for number in range(_PIECES):
                low = part.low + (high - part.low) * number / _PIECES
                delta = to_ball(low).union(to_ball(low + (high - part.low) / _PIECES))
                reach = join[0] if low < CHANGE else join[1]
                _prove_piece(delta, least, reach, half - reach)
                count += 1
    return count


def _prove_piece(delta: arb, least: arb, join: Fraction, move: Fraction) -> None:
    parts = parts_between(9 * delta, to_ball(join) * delta, to_ball(move) * delta)
    if parts is None:
        raise Inconclusive(f"a condition fails near Delta = {delta.str(6)}")
    if not parts.slope * elongation_price(delta) < 1:
        raise Inconclusive(f"sigma < C0 is not proved near Delta = {delta.str(6)}")
    if not parts.slope * parts.shared + parts.far < least:
        raise Inconclusive(f"the rest is not proved below C1 near Delta = {delta.str(6)}")


def second_case_until(
    start: Fraction = LEAST,
    join: Fraction = SMALL_JOIN,
    fine: tuple[Fraction, Fraction] = (FINE_JOIN, FINE_MOVE),
) -> Fraction | None:
    """How far the case c/k ≤ ε_cr of Theorem 2 is proved at D ≥ 9Δ, from `start` on.

    Args:
        start: Δ, from which on it is to hold, at least 3/2: nothing is proved below.
        join: t/Δ; s = 2t.
        fine: t/Δ and s/t on parts of the slice on which it does not serve.

    Returns:
        The Δ up to which it is true for the best algorithm; None if it is not proved at the start.

    Paper: Theorem 2, the case c/k ≤ ε_cr.
    """
    reached: Fraction | None = None
    # step: the slices begin at Δ = 3/2 [false]
    if start < LEAST:
        return None
    with working_precision(_BITS):
        for part in critical_slices():
            if part.high is None or part.high <= start:
                continue
            if _small_case_holds(part, join):
                reached = part.high
                continue
            for piece in parts_of(part, _PARTS):
                if piece.low < start or not _holds_on(piece, *fine):
                    break
                reached = piece.high
            break
    return reached


def _holds_on(part: CriticalSlice, join: Fraction, move: Fraction) -> bool:
    """The same on a narrow slice, all enclosed at once."""
    if part.high is None:
        return False
    delta = to_ball(part.low).union(to_ball(part.high))
    # step: t ≤ s ≤ 2t and 2(s + t) ≤ D [true 2/4]
    if not (1 <= move <= 2 and 2 * join * (1 + move) <= PAPER_SEPARATION):
        return False
    reach = to_ball(join) * delta
    parts = parts_between(9 * delta, reach, to_ball(move) * reach)
    return parts is not None and _below_printed(part, parts, to_ball(part.high))


def _small_case_holds(part: CriticalSlice, join: Fraction) -> bool:
    if part.high is None:
        return False
    low, high = to_ball(part.low), to_ball(part.high)
    # step: σ and the far term are known to fall from t = 2 on alone [true 2/2]
    if not to_ball(join) * low >= _FALLING_FROM:
        low = low.union(high)
    reach = to_ball(join) * low  # from there on all three parts fall with Δ, at D = 9Δ
    parts = parts_between(9 * low, reach, 2 * reach)
    return parts is not None and _below_printed(part, parts, high)


def _below_printed(part: CriticalSlice, parts: Parts, high: arb) -> bool:
    """The comparisons at κ = 0 and at ε_cr, in units of κ₁; `high` is the greatest Δ."""
    unit = density(high) / high  # the least κ₁
    far = to_ball(PRINTED_FAR_FACTOR) * 2 * cdf(-3 * high / 2) * high * high / unit
    rest = (parts.slope * parts.shared + parts.far) / unit
    ninth = part.mass.root(9)
    steep = c2_share(part) * ninth * ninth * unit  # C₂ ε_cr^{2/9} in units of κ₁
    # step: the comparison at κ = 0 [true 3/4]
    # step: the comparison at ε_cr [true 4/4]
    return bool(rest < far and parts.slope * part.mass + rest < far + steep)
