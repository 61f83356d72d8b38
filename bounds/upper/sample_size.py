r"""Theorem 2 at a given m: an algorithm that one can run, and what it is proved to attain.

The algorithm (`bounds.estimation` runs it, with the numbers of the `Tuning` that is proved here).
k components, c, means at least D apart; cells of width b, a power of ½ from `FINEST_CELL` on, as
reports are counted on these; edges at the multiples of b, t ≤ D/6, a slack δ, q(g) = 2Φ(g/2) − 1.
- Each report falls into one of two halves by a fair coin. A half of n′ reports gives a list for the
  clients of the other half: ν(I) is its number of reports in I over m′ = n′/(k + c).
- T is the set of all s in 2bℤ with ν(I) ≥ Φ_s(I) − δ for every interval I with edges at its ends,
  inside [s − R, s + R], R = 8.
- Points of T less than 2t apart are joined. A cluster is *long* if its hull is D − 2b or longer.
- A client takes the cluster nearest to its sample X. If that is long, or farther than 2t and D/2
  away, or T is empty, it keeps X. Otherwise it plays the rule of the cluster, and moves the result
  into [X − 2t, X + 2t].
- The rule of a cluster C has two parts. One is that of the cases (1) to (5) of `lower.any_set`, for
  the cluster C⁺ widened by b. The other is p + w(X − p), with p in C⁺ from all reports but the
  client's own, any way (`estimation.centres`). They are mixed so that the worst risk over C⁺ is at
  most B(C), see step 8; where that is not possible, the first is played.

Theorem. Let η = b, p = 2Φ(−t), p′ = 2Φ(−2t + 4η), δ₁ = δ + 2Φ(−R), L = 6φ(0)r*η,
E = E[(Z + 2t)²; Z ≥ t − η], F = 2E[(Z + 2t)²; Z ≥ 2t − 5η], f = E + σp, Q = (D − 2η)q(2t)/(2t) and
Q̃ = (D − 2η)(q(2t) − 2δ₁)/(2t). Let σ, x and w₀ be any numbers with

    (a) r*Q ≥ 1, D ≥ 6t, σ(Q̃ − 1) ≥ 2;
    (b) 2f ≤ σ(1 − δ₁) and f ≤ (σ − r*)q(2t) − 2σδ₁;
    (c) x ≥ σδ₁ + f w₀/(2t) + a²/(1 + a²), a = w₀/2 + η;
    (d) x + (σ − r*)q(w) ≥ N σδ₁ + f w/(2t) + L at w = w₀ and w₁ with N = 2, at w = w₁ and 2t with
        N = 4, and at w = 2t with N = 6, where w₁ = 21/10 − 2η.

Then K(m) ≤ σ(κ + p′) + x + F + P (1 + 8tφ(0) + 4t²), where P is the chance of the event in step 1.

Proof. It is the proof of `possible_means` with every o(1) counted.
1. The list. Let n₀ ≤ n/2 be a size that each half has with a chance of at least 1 − e^{−2y²/n},
   y = n/2 − n₀ (Hoeffding). Given which n′ ≥ n₀ clients are in a half, N, the number of its genuine
   reports with label j, is binomial with mean m′; N ≥ (1 − τ)m′ but for a chance of
   h(τ) = e^{−m′((1 − τ)log(1 − τ) + τ)} (Chernoff). Let 0 = τ₀ < τ₁ < … < τ_S = τ be equally
   spaced, and N in the slab between (1 − τ_{i+1})m′ and (1 − τ_i)m′, or above if i = 0: a chance of
   at most h(τ_i). The first N′ = ⌈(1 − τ_{i+1})m′⌉ of them are independent draws of N(μⱼ, 1). For
   anchors a/J in (0, 1], the one-sided inequality of Dvoretzky, Kiefer, Wolfowitz and Massart
   bounds Φ(I) − Φ̂(I) for all intervals I that begin at one anchor by v, but for a chance of
   e^{−2N′v²} ≤ ½; an interval that begins elsewhere loses at most 1/J before the next anchor. So
   but for a chance of J e^{−2N′v²}, ν(I) ≥ Φ_{μⱼ}(I) − δ₀ for all intervals, where
   δ₀ = τ_{i+1} + (1 − τ_{i+1} + 1/m′)(v + 1/J): so v is chosen in each slab, for one δ₀. It falls
   from slab to slab, and the last one asks most of it. In all δ₀ fails with a chance of at
   most h(τ) + Σ h(τ_i) J e^{−2(1 − τ_{i+1})m′v_i²}. A point of 2bℤ within b of μⱼ then is in T, if
   δ ≥ δ₀ + q(b): the laws N(s, 1) and N(μⱼ, 1) differ by at most q(b) on any set. P adds up these
   chances over the two halves and the k labels. A client's own Z is independent of the half that
   serves it, of its list and of every p, and in any case it errs by at most |Z| + 2t.
2. The budget. Choose points of T, at least one in every cluster. On the intervals between their
   midpoints, which are multiples of b, the largest of their densities is one of them, so
   1 + Σ q(g) ≤ ν(ℝ) + N_all δ₁ = k + c + N_all δ₁, with gaps g and N_all the number of points.
   (ν(ℝ) = k + c exactly, for m′ is defined so.)
3. Clusters. e(C) = 1 + M(C) − N(C)δ₁ − n(C), with M(C) and N(C) of the points chosen in C. Then
   Σ e(C) ≤ c + Σ over cuts of 2Φ(−g/2), as in `possible_means`; a cut between chosen points is at
   least as long as the true one, and costs no more.
4. Clients are as there, with η = b: tⱼ is within η of μⱼ. A client of a cluster C that is not long
   has risk at most r*m(C⁺), where C⁺ is C widened by η on both sides of each point, and m the bound
   of M in the case that serves C⁺, with its a and w. The risk is at most r*M(C) + L, because the
   points chosen give M(C) ≥ m(C⁺) − 6φ(0)η; q′ ≤ φ(0), and
   - (2), (3), wherever a ≤ 21/20: m = q(2a), and the ends of C are 2a − 2η apart;
   - (1): m = 2q(a). A greedy chain in C with steps up to a + 2η has at most four points, as two
     steps exceed a + 2η. Its gaps are at most that, and add up to 2a − 2η, so M is at least
     2q(a)(a − η)/(a + 2η);
   - (4), (5): m = q(2a − w) + q(w). The ends of C and of its largest gap are four points; the
     largest gap of C is 2a − w + 2η, and its others add up to w − 4η;
   - own sample, where r*m ≥ 1: 1 ≤ r*m.
5. The points chosen. A cluster of hull w ≤ w₀: one point; the linear rule has risk a²/(1 + a²). Up
   to w₁: both ends. Up to 2t: four points. Longer: a greedy chain with steps below 2t has at most
   w/t + 2 points, and two more serve the case; so N ≤ w/t + 4.
6. What pays. With n(C) = 1: σe(C) + x ≥ risk + f w/(2t). For w ≤ w₀ by (c); up to 2t by (d), as
   both sides are concave and linear in w, and M ≥ q(w); beyond, M ≥ w q(2t)/(2t), and both sides
   are linear: (d) at 2t and the second half of (b) are enough. If C is long its client keeps X, and
   1 ≤ r*Q ≤ r*M. With n(C) ≥ 2, M − Nδ₁ ≥ w(q(2t) − 2δ₁)/(2t) − 2δ₁ with N ≤ w/t + 2, so
   σe(C) + n x ≥ (n − 1)σ(Q̃ − 1) + f·ends/(2t), and n ≤ 2(n − 1). A counterfeit leaves σ(1 − δ₁).
   These pay for cuts and for the fooled as in step 6 there: E + σp = f for a side.
7. Sum over the k labels: σ(c + k p′) + k x + kF + kP E(|Z| + 2t)². Divide by k.
8. The mixed rule. Steps 2 to 7 use the rule of a cluster C in three places. Who takes C wrongly, or
   has |Z| ≥ 2t − 5η, is moved by at most 2t, whatever the rule (E, F); others are within 2t of
   their cluster, and never keep X. If C is long nobody plays its rule; so n(C) ≤ 1, and n(C) = 0
   leaves σ(1 − δ₁) whatever the rule. With n(C) = 1 it enters step 6 by its risk alone, in
   σe(C) + x ≥ risk + f w/(2t), w the hull, where the points chosen are free. So its worst risk over
   C⁺, given the half, may be anything up to

       B(C) = x + max σ(Σ q(g) − Nδ₁) − f w/(2t),    over the choices of N ≥ 1 points, gaps g.

   (i) The half gives C, w and λ, and an interval in C⁺ from which p is; B is the distance from
   there to the farthest point of C⁺. Given the coins, the labels and all reports but the client's
   own, p is a number and Z is a standard normal, for the corrupted clients do not know Z. So
   p + w(X − p) errs by (1 − w)(p − μⱼ) + wZ, and as μⱼ is in C⁺, its mean square is at most
   (1 − w)²B² + w². This is at least B²/(1 + B²), and the algorithm takes the least w ≥ 0 with which
   it is at most B(C). (ii) If B(C) < B²/(1 + B²), w = B²/(1 + B²) makes it least; with a share λ of
   it and 1 − λ of the rule of the cases, the risk is at most the same mixture of the two, for the
   square is convex; λ is the largest that keeps to B(C). (iii) If B(C) is below the risk of the
   rule of the cases, that is played, as in step 4. (iv) A smaller λ will do as well: the rule of
   the cases pays in step 6, too, where the risk enters linearly. The algorithm lowers λ where the
   reports of the half near C do not look normal. Any p will do: whoever moves p moves it within
   that interval, where B counts it.

9. Unequal numbers of samples (`estimation.samples`). Client i has n_i samples of variance σ₁², n of
   them at least; n_i is public, says nothing of the label, and is true for genuine clients. Let
   σ₁ = √n, so that a mean of n samples has the variance 1. The server draws noise ζ_i of
   variance 1 − n/n_i, secretly, and makes T, the clusters and the rules from Y_i = X_i + ζ_i. For a
   genuine client Y_i − μⱼ is a standard normal, independent of all others, and what a corrupted one
   reports plus noise is another thing that it may report: steps 1 to 3 hold. A client takes the
   cluster nearest to X_i, and is moved into [X_i − 2t, X_i + 2t]. Its Z_i = X_i − μⱼ is normal with
   the variance v = n/n_i ≤ 1, and what step 4 bounds are means of functions that rise with Z_i from
   some place on and are 0 before, or of |Z_i| alike: they are least for small v, so E, F and P are
   enough. Its rule is p + w(X_i − p), mixed as in step 8 with the mean of the rule of the cases
   at Y_i over ζ_i, which by Jensen is no worse than that at Y_i; or with X_i, where v is below the
   risk of that rule. The first has a risk of (1 − w)²B² + w²v at most. And p, of all reports but
   the client's own, may weigh them in any way. So the bound holds for the average client, in units
   of σ₁²/n.

Floats: those with which T is found err by less than 10⁻⁹, which δ has to spare. That a report is
rounded to a float moves an edge by 2⁻³² at most where means lie within `FARTHEST_MEAN` of 0, as is
supposed; on the event of step 1 no mean lies farther out unless (½ − δ)m′ reports of a half do. The
risk of a rule is compared with r*m when it is chosen, up to 10⁻⁷, which x has to spare; B(C) is
taken 10⁻⁷ lower than it is, and compared with the risk of the mixed rule. A report is taken out of
sums over all, which leaves p free of it but for rounding, 10⁻¹² at most.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property, lru_cache
from itertools import pairwise
from typing import Any

from flint import arb

from bounds.certify.errors import InputError
from bounds.certify.exact import read_positive_rational, read_rational, read_whole, to_ball
from bounds.certify.numbers.enclosure import Enclosure
from bounds.certify.numbers.precision import bits_for, read_digits, working_precision
from bounds.functions.normal import cdf, density
from bounds.lower.any_set import gap_mass, prove_no_set_beats_two_points
from bounds.lower.bound import require_whole_clients, risk_to_mass
from bounds.upper import guides

HALF_WIDTH_OF_A_LAW = 8  # R
"""Intervals of the test lie within so many standard deviations of the mean that is tested."""
FINEST_CELL = Fraction(1, 2**10)
"""The narrowest cells that the algorithm has: it counts on them, and joins them to wider ones."""
FARTHEST_MEAN = 4 * 10**6
"""Means are supposed to be so near to 0, in standard deviations: floats there are fine enough."""
RULE_TOLERANCE = Fraction(1, 10**7)
"""By how much the risk of a rule, found in floats, may exceed what the proof allows."""
SPARE_SLACK = Fraction(1, 10**9)
NARROW = Fraction(21, 10)
SLABS = 32  # S
ALONE = Fraction(48)
"""D for one component: a mean is as far from all others as one likes; farther gains nothing."""
_MOST_CLIENTS = 10**18
_ROOT8 = math.sqrt(8)
_FINEST = FINEST_CELL.denominator.bit_length() - 1
_SHORTEST_REACH, _LONGEST_REACH = 1.2, 8.0
_LARGEST_SEARCHED = 4 * 10**9
_FAR = Fraction(10**12)
_BITS = 96
_MISSED = 1 / 50


@dataclass(frozen=True)
class Tuning:
    """The numbers that the algorithm uses.

    Attributes:
        cell: b, the width of a cell, a power of ½, in standard deviations.
        slack: δ, by which a law may miss the reports.
        reach: t, in standard deviations; clusters are 2t or more apart.
    """

    cell: Fraction
    slack: Fraction
    reach: Fraction

    @property
    def widening(self) -> Fraction:
        """η, by which the grid of possible means may miss a mean."""
        return self.cell

    def long_from(self, distance: Fraction) -> Fraction:
        """D − 2η, the hull from which on a cluster may hold two means."""
        return distance - 2 * self.widening

    def kept_from(self, distance: Fraction) -> Fraction:
        """From so far from every cluster on a client keeps its sample; 2t, at least."""
        return max(2 * self.reach, distance / 2)

    def farthest_move(self, distance: Fraction) -> Fraction:  # noqa: ARG002 - see `Unproved`
        """By how much a client may be moved: 2t."""
        return 2 * self.reach

    @property
    def roaming(self) -> Fraction:
        """How far beyond its cluster a robust centre may lie: η."""
        return self.widening

    @property
    def can_be_run(self) -> bool:
        """Whether the algorithm has such cells."""
        a_power = self.cell.numerator == 1 and self.cell.denominator.bit_count() == 1
        # step: which are no narrower than its own [first condition 1/2]
        # step: and made up of these [last condition 1/2]
        return a_power and self.cell >= FINEST_CELL


@dataclass(frozen=True)
class Unproved(Tuning):
    """The numbers that the algorithm uses where the proof says nothing: nothing binds it then."""

    def farthest_move(self, distance: Fraction) -> Fraction:
        """Half of the distance, if that is more: whoever takes a cluster may go there."""
        return self.kept_from(distance)

    @property
    def roaming(self) -> Fraction:
        """A list of few reports may miss a mean by so much."""
        return Fraction(1, 2)


@dataclass(frozen=True)
class Design(Tuning):
    """The numbers that the algorithm uses, and those that its proof chooses.

    Attributes:
        least_half: n₀, which each half has with a high chance.
        shortfall: τ, by which a label's share may fall short.
        missed: δ₀, by which the reports of a label may fall short of its law.
        anchors: J.
        slope: σ.
        base: x, what each component costs.
        narrow: w₀, the hull up to which one point of a cluster is counted.
    """

    least_half: int
    shortfall: Fraction
    missed: Fraction
    anchors: int
    slope: Fraction
    base: Fraction
    narrow: Fraction

    def slabs(self, half: Fraction) -> list[tuple[Fraction, Fraction, Fraction]]:
        """τ_i, τ_{i+1} and v_i of each slab; `half` is m′."""
        edges = [self.shortfall * i / SLABS for i in range(SLABS + 1)]
        anchor = Fraction(1, self.anchors)
        # step: every slab has a deviation of its own [product 1/2: self.missed]
        return [
            (start, end, (self.missed - end) / (1 - end + 1 / half) - anchor)
            for start, end in pairwise(edges)
        ]

    @cached_property
    def prices(self) -> Prices:
        """What step 8 takes from the proof, in floats; the tolerance is off the base already."""
        t, eta, slope = float(self.reach), float(self.widening), float(self.slope)
        # step: prices: δ₁ is more than δ [first sum]
        missed = float(self.slack) + 2 * guides.tail(HALF_WIDTH_OF_A_LAW)  # δ₁
        f = guides.tail_square(t - eta, t) + slope * 2 * guides.tail(t)
        # step: floats are paid for by the base [first sum]
        base = float(self.base - RULE_TOLERANCE)
        return Prices(base, slope, slope * missed, f / (2 * t))


@dataclass(frozen=True)
class Prices:
    """What a cluster may cost, B(C) = x + σ Σ q(g) − N σδ₁ − (f/2t) w: the numbers of step 8.

    Attributes:
        base: x, less `RULE_TOLERANCE`, which covers that all of this is in floats.
        slope: σ.
        point: σδ₁, for each point that is chosen.
        length: f/(2t), for each unit of the hull.
    """

    base: float
    slope: float
    point: float
    length: float


@dataclass(frozen=True)
class SampleSizeBound:
    """What the algorithm is proved to attain at one m.

    Attributes:
        k: components.
        c: corrupted mass, relative to one component.
        distance: D, in standard deviations.
        m: genuine clients a component, in the mean.
        value: the bound on K(m); exactly 1, a client's own sample, where the proof says no more.
        design: the numbers of the algorithm and its proof; None where the proof says nothing.
        parts: σ(κ + p′), x, F and the part of the event of step 1, enclosed.
    """

    k: int
    c: Fraction
    distance: Fraction
    m: Fraction
    value: Enclosure
    design: Design | None
    parts: dict[str, Enclosure]

    @property
    def says_something(self) -> bool:
        """Whether the bound is below a client's own sample."""
        return self.design is not None

    @cached_property
    def tuning(self) -> Tuning:
        """What the algorithm uses at this size: the proof's numbers where it says something."""
        return self.design or tuning_without_guarantee(self.k, self.distance, self.m)


def sample_size_bound(k: Any, c: Any, distance: Any, m: Any, digits: int = 6) -> SampleSizeBound:
    """What an algorithm that one can run is proved to attain with finitely many clients.

    Args:
        k: components, a whole number from 1 to 10⁹.
        c: corrupted mass, exact, c ≥ 0: each client is corrupted with probability c/(k + c).
        distance: D > 0, exact, in standard deviations: means are at least so far apart.
        m: genuine clients a component, in the mean, exact, m > 0; (k + c)m clients in all.
        digits: significant decimal digits of the bound.

    Returns:
        A bound on K(m), proved in words with certified constants.

    Raises:
        InputError: an argument is malformed or out of range.
        DomainError: (k + c)m is not a whole number of clients.

    Paper: Theorem 2, which is about m → ∞.
    """
    components, mass, apart, scale = read_sizes(k, c, distance, m)
    require_whole_clients(components + mass, scale)
    digits = read_digits(digits)
    design = choose_design(components, mass, apart, scale)
    # step: no set beats two points, for finite m [drop]
    prove_no_set_beats_two_points()
    with working_precision(max(_BITS, bits_for(digits) + 32)):
        parts = None if design is None else _parts(components, mass, apart, scale, design)
        total = arb(1) if parts is None else sum(parts.values(), arb(0))
        # step: a bound that is not below 1 is none [true 4/4]
        if parts is None or not total < 1:
            return SampleSizeBound(
                components, mass, apart, scale, Enclosure.of(arb(1), digits), None, {}
            )
        faces = {name: Enclosure.of(part, digits) for name, part in parts.items()}
        return SampleSizeBound(
            components, mass, apart, scale, Enclosure.of(total, digits), design, faces
        )


def least_sample_size(k: Any, c: Any, distance: Any, below: Any = 1) -> int | None:
    """A small m at which the proved risk is below a level.

    The bound need not fall with every step of m, so smaller ones are not excluded: the number is
    what a search by doubling and halving finds, and at it the bound is certified to be below.

    Args:
        k: components.
        c: corrupted mass.
        distance: D, in standard deviations.
        below: the level, in (0, 1].

    Returns:
        A whole number m for which (k + c)m is one, too: a multiple of the denominator of c. None
        if the level is not reached at 4·10⁹ (or 10¹⁸ clients in all).

    Raises:
        InputError: an argument is malformed or out of range.
    """
    level = read_positive_rational(below, "the level")

    components, mass, _, _ = read_sizes(k, c, distance, 1)
    unit = mass.denominator

    def serves(units: int) -> bool:
        bound = sample_size_bound(k, c, distance, units * unit)
        return bound.says_something and bool(bound.value.ball() < to_ball(level))

    largest = min(_LARGEST_SEARCHED, int(_MOST_CLIENTS / (components + mass))) // unit
    if largest < 1 or not serves(largest):
        return None
    high = min(16, largest)
    while not serves(high):
        high = min(4 * high, largest)
    low = high // 4
    while high - low > max(1, high // 32):
        middle = (low + high) // 2
        low, high = (low, middle) if serves(middle) else (middle, high)
    return high * unit


def read_sizes(k: Any, c: Any, distance: Any, m: Any) -> tuple[int, Fraction, Fraction, Fraction]:
    """k, c, D and m, checked.

    Raises:
        InputError: one of them is malformed or out of range.
    """
    components, mass = read_whole(k, "k"), read_rational(c, "c")
    apart = read_positive_rational(distance, "the distance")
    scale = read_positive_rational(m, "m")
    if components > 10**9:
        raise InputError("k must be at most 10^9 components")
    if mass < 0:
        raise InputError("c must be at least 0: it is corrupted mass")
    if (components + mass) * scale > _MOST_CLIENTS:
        raise InputError(f"(k + c)m must be at most {_MOST_CLIENTS:,} clients: pass a smaller m")
    return components, mass, apart, scale


def tail_square(start: arb, reach: arb) -> arb:
    """E[(Z + 2t)²; Z ≥ s] = (1 + 4t²)Φ(−s) + (s + 4t)φ(s), by parts.

    Args:
        start: s.
        reach: t.
    """
    value: arb = (1 + 4 * reach * reach) * cdf(-start) + (start + 4 * reach) * density(start)
    return value


def failure(k: int, mass: Fraction, scale: Fraction, design: Design) -> arb:
    """P of step 1: a half is too small, a label is short of reports, or its law misses."""
    n = to_ball((k + mass) * scale)
    spare = n / 2 - design.least_half
    exact = Fraction(design.least_half) / (k + mass)  # m′, at least
    half = to_ball(exact)

    def few(tau: Fraction) -> arb:  # h
        kept = to_ball(1 - tau)
        value: arb = (-half * (kept * kept.log() + to_ball(tau))).exp() if tau else arb(1)
        return value

    misses = arb(0)
    for start, end, v in design.slabs(exact):
        # step: of a slab the smallest number counts [sum: 1 - start]
        misses += few(start) * design.anchors * (-2 * half * to_ball((1 - end) * v * v)).exp()
    # step: both halves and every label may fail [product 1/5: (-2 * spare * spare / n).exp() +
    #   few(design.shortfall) + misses]
    chance: arb = 2 * ((-2 * spare * spare / n).exp() + k * (few(design.shortfall) + misses))
    return chance


def _parts(
    k: int, mass: Fraction, apart: Fraction, scale: Fraction, design: Design
) -> dict[str, arb] | None:
    """The four parts of the bound; None unless every condition is proved."""
    ratio = risk_to_mass(20).ratio.ball()
    eta, t, sigma = map(to_ball, (design.widening, design.reach, design.slope))
    x, w0, distance = map(to_ball, (design.base, design.narrow, apart))
    half = Fraction(design.least_half) / (k + mass)
    _, tau, v = design.slabs(half)[-1]
    least = to_ball(design.missed) + gap_mass(eta)
    delta = to_ball(design.slack) + 2 * cdf(arb(-HALF_WIDTH_OF_A_LAW))  # δ₁
    # step: what wide cuts share, η counted [first sum]
    p, shared = 2 * cdf(-t), 2 * cdf(-2 * t + 4 * eta)
    # step: far clients, η counted [first sum 2/2]
    fooled, far = tail_square(t - eta, t), 2 * tail_square(2 * t - 5 * eta, t)
    f, whole = fooled + sigma * p, gap_mass(2 * t)
    widening = 6 * density(arb(0)) * ratio * eta  # L
    spare = to_ball(RULE_TOLERANCE)
    hull = to_ball(design.long_from(apart)) / (2 * t)
    a = w0 / 2 + eta

    def pays(w: arb, points: int) -> bool:
        return bool(
            x + (sigma - ratio) * gap_mass(w)
            >= points * sigma * delta + f * w / (2 * t) + widening + spare
        )

    seam = to_ball(NARROW) - 2 * eta  # w₁
    # step: D ≥ 6t [true 2/20]
    # step: (a) long clusters pay for their components [true 3/20]
    # step: (b) a counterfeit pays for its two cuts [true 4/20]
    # step: (b) length pays for cuts and slack [true 5/20]
    # step: (c) one point of a cluster [true 6/20]
    # step: (d) both ends of a cluster [true 8/20]
    # step: (d) from 2t on [true 13/20]
    # step: both ends serve up to a hull of 21/10 alone [true 15/20]
    # step: 2t is beyond that hull [true 16/20]
    # step: the algorithm can count on the cells [value 1/55: True]
    # step: cells are small beside t [true 17/20]
    # step: the slack holds the law of a mean [true 18/20]
    # step: the one-sided inequality applies [true 19/20]
    # step: n₀ is at most n/2 [true 20/20]
    conditions = (
        design.can_be_run,
        ratio * hull * whole >= 1,
        distance >= 6 * t,
        sigma * (hull * (whole - 2 * delta) - 1) >= 2,
        2 * f <= sigma * (1 - delta),
        f <= (sigma - ratio) * whole - 2 * sigma * delta,
        x >= sigma * delta + f * w0 / (2 * t) + a * a / (1 + a * a) + spare,
        pays(w0, 2) and pays(seam, 2),
        pays(seam, 4) and pays(2 * t, 4) and pays(2 * t, 6),
        w0 < seam and seam <= 2 * t and 5 * eta < t,
        to_ball(design.slack) >= least + to_ball(SPARE_SLACK),
        # the one-sided inequality asks for it, and for v above 0
        to_ball(2 * (1 - tau) * half * v * abs(v)) >= arb(2).log(),
        2 * design.least_half <= (k + mass) * scale,
    )
    if not all(conditions):
        return None
    # step: what the event costs [sum 2/3: arb(1)]
    return {
        "attack": sigma * (to_ball(mass / k) + shared),
        "sampling": x,
        "far": far,
        "failure": failure(k, mass, scale, design) * (1 + 8 * t * density(arb(0)) + 4 * t * t),
    }


# ---- a good design, in floats: a guide alone, since any design gives a bound


@lru_cache(maxsize=1024)
def choose_design(k: int, mass: Fraction, apart: Fraction, scale: Fraction) -> Design | None:
    """A good design; None where the search finds none with a bound below 1."""
    kappa, n = float(mass) / k, float((k + mass) * scale)
    far = float(min(apart, _FAR))  # floats end, and a lesser D is as good a guide
    best: tuple[float, Design | None] = (1.0, None)
    for exponent in range(3, 11):
        chances = _chances(k, float(k + mass), n, 10.0**-exponent)
        if chances is None:
            continue
        for reach in _reaches(far):
            found = _weigh(kappa, far, reach, chances, best[0])
            if found is not None:
                best = found
    return best[1]


def tuning_without_guarantee(k: int, apart: Fraction, group: Fraction) -> Unproved:
    """What the algorithm may take where the proof says nothing; nothing is claimed of it.

    The slack is Φ⁻¹(1 − α/4k)/√m′, α = 1/50: about that of lists that miss one of the k means in
    one of fifty runs, for the reports of a component lack what a Brownian path falls (Kuiper's
    statistic, with a random number of reports). It is never so large that copies of one report
    would make a mean possible.

    Args:
        k: components.
        apart: D.
        group: m′, how many reports count as one component; one list is made, of all.
    """
    slack = min(-guides.NORMAL.inv_cdf(_MISSED / (4 * k)) / math.sqrt(group), 0.4)
    cell = Fraction(1, 2 ** _level(slack))
    slack_of_a_law = _dyadic(slack + guides.gap_mass(float(cell)))
    return Unproved(cell, slack_of_a_law, _dyadic(float(min(apart / 6, Fraction(9, 2))), down=True))


def _level(slack: float) -> int:
    """Cells are 2^−level wide: a sixteenth of the slack, or less."""
    return min(max(math.ceil(math.log2(16 / slack)), 5), _FINEST)


@dataclass(frozen=True)
class _Chances:
    chance: float
    half: int
    tau: float
    missed: float
    anchors: int
    cell: Fraction
    slack: float


def _chances(k: int, total: float, n: float, chance: float) -> _Chances | None:
    """The slack δ that fails with about that chance."""
    least = math.floor(n / 2 - math.sqrt(n * math.log(8 / chance) / 2))
    half = least / total
    if half < 16:
        return None
    logs = math.log(8 * k / chance)
    tau = math.sqrt(2 * logs / half)
    if tau >= 0.5:
        return None
    anchors = max(2, round(8 * math.sqrt(half)))
    slabs = []  # τ_{i+1}, the chance h(τ_i), and what v² is multiplied with
    for i in range(SLABS):
        start, end = tau * i / SLABS, tau * (i + 1) / SLABS
        fall = half * ((1 - start) * math.log1p(-start) + start)
        slabs.append((end, fall, 2 * (1 - end) * half))

    def fails(missed: float) -> bool:
        total = 0.0
        for end, fall, times in slabs:
            v = (missed - end) / (1 - end + 1 / half) - 1 / anchors
            total += math.exp(-fall - times * v * v)
        return not (v > 0 and times * v * v > 0.7) or anchors * total > chance / (8 * k)

    low, high = tau, 0.95
    if fails(high):
        return None
    for _ in range(26):
        middle = (low + high) / 2
        low, high = (middle, high) if fails(middle) else (low, middle)
    level = _level(high)
    slack = high + guides.gap_mass(0.5**level) + 2e-9
    return _Chances(chance, least, tau, high, anchors, Fraction(1, 2**level), slack)


def _reaches(apart: float) -> list[float]:
    most = min(apart / 6, _LONGEST_REACH)
    return [t for step in range(32, 0, -1) if (t := most * step / 32) >= _SHORTEST_REACH]


def _weigh(
    kappa: float, apart: float, t: float, chances: _Chances, worst: float
) -> tuple[float, Design] | None:
    eta, delta = float(chances.cell), chances.slack
    whole, p, shared = guides.gap_mass(2 * t), 2 * guides.tail(t), 2 * guides.tail(2 * t - 4 * eta)
    fooled, far = guides.tail_square(t - eta, t), 2 * guides.tail_square(2 * t - 5 * eta, t)
    fails = chances.chance * (1 + 8 * t * guides.density(0) + 4 * t * t)
    hull = (apart - 2 * eta) / (2 * t)
    slope_of_long = hull * (whole - 2 * delta) - 1
    lead, spare = whole - 2 * delta - p, 1 - delta - 2 * p
    if guides.RATIO * hull * whole < 1 or min(slope_of_long, lead, spare) <= 0:
        return None
    least = max(2 / slope_of_long, (guides.RATIO * whole + fooled) / lead, 2 * fooled / spare)

    def height(sigma: float) -> float:
        x, _ = _base(sigma, t, eta, delta, fooled + sigma * p)
        return sigma * (kappa + shared) + x + far + fails

    low = least * (1 + 1e-7)
    if low * (kappa + shared + delta) + far + fails >= worst:  # x is σδ at least
        return None
    high = low + 4
    ends = [
        (end * (kappa + shared) + far + fails, *_owed_wide(end, t, eta, delta, fooled + end * p))
        for end in (low, high)
    ]
    # and what clusters that are not narrow owe, which is affine in σ
    if max(min(rest + owed[i] for rest, *owed in ends) for i in (0, 1)) >= worst:
        return None
    sigma = _lowest(height, low, high)
    value = height(sigma)
    if value >= worst:
        return None
    x, narrow = _base(sigma, t, eta, delta, fooled + sigma * p)
    return value, Design(
        cell=chances.cell,
        slack=_dyadic(delta),
        reach=_dyadic(t, down=True),
        least_half=chances.half,
        shortfall=_dyadic(chances.tau),
        missed=_dyadic(chances.missed),
        anchors=chances.anchors,
        slope=_dyadic(sigma * (1 + 1e-9)),
        base=_dyadic(x + 3e-7),
        narrow=_dyadic(narrow, down=True),
    )


def _lowest(height: Callable[[float], float], low: float, high: float) -> float:
    """Where a function that falls and then rises is about lowest, by golden sections."""
    part = (math.sqrt(5) - 1) / 2
    left, right = high - part * (high - low), low + part * (high - low)
    at_left, at_right = height(left), height(right)
    for _ in range(24):
        if at_left <= at_right:
            high, right, at_right = right, left, at_left
            left = high - part * (high - low)
            at_left = height(left)
        else:
            low, left, at_left = left, right, at_right
            right = low + part * (high - low)
            at_right = height(right)
    return low if height(low) <= min(at_left, at_right) else left


def _owed(
    sigma: float, t: float, eta: float, delta: float, f: float
) -> Callable[[float, int], float]:
    """What a cluster of width w owes at least, by how many of its points count."""
    widening = 6 * guides.density(0) * guides.RATIO * eta
    step, pull, rate = sigma * delta, f / (2 * t), sigma - guides.RATIO
    return lambda w, points: points * step + pull * w + widening - rate * math.erf(w / _ROOT8)


def _owed_wide(sigma: float, t: float, eta: float, delta: float, f: float) -> tuple[float, float]:
    """What clusters owe that are not narrow: at the seam, and at the widest."""
    owed = _owed(sigma, t, eta, delta, f)
    return owed(float(NARROW) - 2 * eta, 4), owed(2 * t, 6)


def _base(sigma: float, t: float, eta: float, delta: float, f: float) -> tuple[float, float]:
    """The least x and its w₀: where one point of a cluster owes as much as two."""
    owed, wide = _owed(sigma, t, eta, delta, f), max(_owed_wide(sigma, t, eta, delta, f))
    step, pull = sigma * delta, f / (2 * t)

    def one(w: float) -> float:
        a = w / 2 + eta
        return step + pull * w + a * a / (1 + a * a)

    low, high = 0.0, float(NARROW) - 2 * eta - 1e-3
    for _ in range(24):
        middle = (low + high) / 2
        if one(middle) < max(owed(middle, 2), wide):
            low = middle
        else:
            high = middle
    return max(one(high), owed(high, 2), wide), high


def _dyadic(value: float, *, down: bool = False) -> Fraction:
    scale = 2**40
    return Fraction(math.floor(value * scale) if down else math.ceil(value * scale), scale)
