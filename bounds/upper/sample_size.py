r"""Theorem 2 at a given m: an algorithm that one can run, and what it is proved to attain.

The algorithm (`bounds.estimation` runs it, with the numbers of the `Tuning` that is proved here).
k components, c, means at least D apart, n = (k + c)m clients, m′ = (n − 1)/(k + c); cells of width
b, a power of ½ from `FINEST_CELL` on, as reports are counted on these; edges at the multiples of b,
t ≤ D/6, a slack δ, q(g) = 2Φ(g/2) − 1.
- A client takes its own report out: ν(I) is the number of the others in I over m′.
- T is the set of all s in 2bℤ with ν(I) ≥ Φ_s(I) − δ for every interval I with edges at its ends,
  inside [s − R, s + R], R = 8.
- Points of T less than 2t apart are joined. A cluster is *long* if its hull is D − 2b or longer.
- The client takes the cluster nearest to its sample X. If that is long, or farther than 2t and D/2
  away, or T is empty, it keeps X. Otherwise it plays the rule of the cluster, and moves the result
  into [X − 2t, X + 2t] or, where the cluster is farther than 2t away, into [X − u, X + u], u =
  max(2t, min(9t/4, 9/2)).
- The rule of a cluster C has two parts. One is that of least worst risk, of the linear one and
  those of the cases (1) to (5) of `lower.any_set`, for the cluster C⁺ widened by b. The other is
  p + w(X − p), with p in C⁺ from the others' reports, any way (`estimation.centres`). They are
  mixed so that the worst risk over C⁺ is at most B(C), see step 8; where that is not possible, the
  first is played.

Theorem. Let η = b ≤ 1/20, p = 2Φ(−t), p′ = 2Φ(−2t + 4η), δ₁ = δ + 2Φ(−R), L = 6φ(0)r*η,
E = E[(Z + 2t)²; Z ≥ t − η], F = 2E[(Z + u)²; Z ≥ 2t − 5η], f = E + σp, ω(a) = a²/(1 + a²) and
Q̃ = (D − 2η)(q(2t) − 2δ₁)/(2t), D ≥ 6t. Let σ ≥ ½, x and w₀ ≤ 11/10 be any numbers with

    (a) σ(Q̃ − 1 − 2δ₁) + 2x ≥ 2;
    (b) 2f ≤ σ(1 − δ₁) and f ≤ σ(q(2t) − 2δ₁);
    (c) x ≥ σq(η) + f w₀/(2t) + ω(w₀/2 + η);
    (d) x + σq(w₀) ≥ 2σδ₁ + f w₀/(2t) + ω(w₀/2 + η);

and either, for wide clusters by the linear rule,

    (e) x + σ(q(2a) − 2φ(0)η) ≥ 2σδ₁ + (f/t)(a − η) + ω(a) at a = 3/5 and a = 2t + η,
        x + 2σ(q(2t) − 3δ₁) ≥ 1 + 2f;

or, for wide clusters by the cases, with w₁ = 21/10 − 2η and (D − 2η)q(2t)/(2t) ≥ 1/r*,

    (e′) x + σq(11/10) ≥ 2σδ₁ + f(11/10)/(2t) + ω(11/20 + η),
         f ≤ (σ − r*)q(2t) − 2σδ₁,
         x + (σ − r*)q(w) ≥ N σδ₁ + f w/(2t) + L at w = 11/10 and w₁ with N = 2, at w = w₁ and 2t
         with N = 4, and at w = 2t with N = 6.

Then K(m) ≤ σ(κ + p′ + d̄) + x + F + P (1 + 4uφ(0) + u²), d̄ and P from step 1.

Proof. It is the proof of `possible_means` with every o(1) counted. The corrupted clients may know
the means, the algorithm and who reports when; not the samples of genuine clients. Given who is
genuine and what the corrupted ones report, the labels and samples of the genuine ones are
independent draws. So the mean over U is the error of one of them, its label j with chance 1/k for
each and Z = X − μⱼ independent of the others' reports: of ν, of the list and of every p. No coins
are needed: nothing is split.
1. The list. Let dⱼ be the largest Φ_{μⱼ}(I) − ν(I) over all intervals I, or 0. If dⱼ ≥ u > 0, the
   genuine reports of label j, its own included if it has that label, number in some I at most
   m′Φ_{μⱼ}(I) − m′u + 1. Let u₁ = Φ(X − μⱼ) for these: uniform, their number binomial with n trials
   and mean m ≥ m′. With fewer trials that is more likely; and a Poisson number of trials of mean n
   is at most n with a chance of ½ or more (the median of a Poisson law with a whole mean is that
   mean). So it has at most twice the chance that it has for a Poisson process G on [0, 1] of rate
   m, for which it is: y(a, b) = m(b − a) − G(a, b) reaches m′u − 1 for some a < b. Let b move from
   0 to where this happens first. What follows is independent of what was, and y(b, 1) ≥ −⅓ with a
   chance of ½ or more (the median of a Poisson law is less than its mean plus ⅓: K. P. Choi,
   Proceedings of the AMS 121, 1994). So y(a, 1) reaches m′u − 4/3 for some a with at least half the
   chance; and, a moving from 1 down, y(0, 1) reaches m′u − 5/3 with a quarter. In all

       P(dⱼ ≥ u) ≤ 8 P(G ≤ l),  l = ⌊m − m′u + 5/3⌋,
       P(G ≤ l) ≤ φ(0) l^{−½} m/(m − l) e^{−(m − l) + l log(m/l)}  for 1 ≤ l < m:

   the chances of l, l − 1, … fall at least like (l/m)ⁱ, and l! ≥ √(2πl)(l/e)^l. Let dⱼ ≤ δ₀ for all
   j but for an event of chance P = 8k P(G ≤ l) at u = δ₀. And with a step h and S steps, as dⱼ ≤ 1,
   E dⱼ ≤ d̄ = Σ h min(1, 8P(G ≤ l) at u = ih) + (8P(G ≤ l) at u = Sh), i from 0 to S − 1. A point
   tⱼ of 2bℤ within b of μⱼ is in T outside of the event, if δ ≥ δ₀ + q(b): the laws N(tⱼ, 1) and
   N(μⱼ, 1) differ by at most q(b) on any set. In any case a client errs by at most |Z| + u.
2. The budget. Choose points of T, at least one in every cluster, each with its lack: δ₁, or for tⱼ
   also dⱼ + q(η). On the intervals between their midpoints, which are multiples of b, the largest
   of their densities is one of them, so 1 + Σ q(g) ≤ ν(ℝ) + Σ lacks = k + c + Σ lacks, with gaps g.
   (ν(ℝ) = k + c exactly, for m′ is defined so.)
3. Clusters. e(C) = 1 + M(C) − (the lacks in C) − n(C), with M(C) of the points chosen in C. Then
   Σ e(C) ≤ c + Σ over cuts of 2Φ(−g/2), as in `possible_means`; a cut between chosen points is at
   least as long as the true one, and costs no more.
4. Clients are as there, with η = b: tⱼ is within η of μⱼ. A client of a cluster C that is not long
   has risk at most ω(a), 2a the hull of C⁺, and at most 1. In (e′) also at most r*m(C⁺): C⁺ is C
   widened by η on both sides of each point, and m the bound of M in the case that serves C⁺, with
   its a and w. This is at most r*M(C) + L, because the points chosen give M(C) ≥ m(C⁺) − 6φ(0)η;
   q′ ≤ φ(0), and
   - (2), (3), wherever a ≤ 21/20: m = q(2a), and the ends of C are 2a − 2η apart;
   - (1): m = 2q(a). A greedy chain in C with steps up to a + 2η has at most four points, as two
     steps exceed a + 2η. Its gaps are at most that, and add up to 2a − 2η, so M is at least
     2q(a)(a − η)/(a + 2η);
   - (4), (5): m = q(2a − w) + q(w). The ends of C and of its largest gap are four points; the
     largest gap of C is 2a − w + 2η, and its others add up to w − 4η;
   - own sample, where r*m ≥ 1: 1 ≤ r*m.
5. The points chosen, where n(C) = 1. A cluster of hull w ≤ w₀: tⱼ. In (e): up to 4t both ends;
   longer ones, a greedy chain with steps below 2t, which has at most w/t + 2 points. In (e′): up to
   w₁ both ends; up to 2t four points; longer ones the chain, and two more serve the case: w/t + 4.
   For n(C) ≥ 2 the chain, for n(C) = 0 one point.
6. What pays. With n(C) = 1: σe(C) + x + σdⱼ ≥ risk + f w/(2t).
   - w ≤ w₀: by (c), for the lack of tⱼ is dⱼ + q(η), and ω increases.
   - By the linear rule h(w) = x + σ(q(w) − 2δ₁) − ω(a) − f w/(2t) ≥ 0, a = w/2 + η. For a ≤ 3/5 it
     is concave: ω″ = (2 − 6a²)/(1 + a²)³ is positive up to 1/√3 and above −1/15 up to 3/5, where
     −q″ = (w/4)φ(w/2) > 1/12. For a ≥ 3/5, q(w) ≥ q(2a) − 2φ(0)η; with that in its place the
     derivative in a is ω′ times 2σφ/ω′ − 1 − (f/t)/ω′. The logarithm of φ/ω′ has the derivative
     −(1 − a²)²/(a(1 + a²)) ≤ 0, and ω′ decreases: so h rises, then falls. On both ranges h is least
     at an end: (d), (e) and (e′) in its first line. (e), its second line, and (b): beyond 4t, where
     M ≥ w q(2t)/(2t), the risk is at most 1, and both sides are linear.
   - By the cases: both sides are concave and linear in w up to 2t, M ≥ q(w); beyond, M is at least
     w q(2t)/(2t), and both are linear. If C is long its client keeps X, and 1 ≤ r*M.
   With n(C) ≥ 2, M − Nδ₁ ≥ w(q(2t) − 2δ₁)/(2t) − 2δ₁, w ≥ (n − 1)(D − 2η) and the ends. So by (b)
   σe(C) + n x ≥ (n − 1)σ(Q̃ − 1) − 2σδ₁ + n x + f·ends/(2t), by (a) at least 2(n − 1) + (n − 2)(2σδ₁
   − x) + f·ends/(2t), and that is n + f·ends/(2t) or more, as x ≤ 1 (otherwise nothing is claimed).
   A counterfeit leaves σ(1 − δ₁). These pay for cuts and for the fooled as in step 6 there:
   E + σp = f for a side.
7. Sum over the k labels: σ(c + k p′) + k x + σ Σ dⱼ + kF, on average at most kσd̄ for the dⱼ; and
   kP E(|Z| + u)² for the event. Divide by k.
8. The mixed rule. Steps 2 to 7 use the rule of a cluster C in three places. Who takes C wrongly, or
   has |Z| ≥ 2t − 5η, is moved by at most 2t or u, whatever the rule: by u only where no cluster is
   within 2t, so that |Z| ≥ 2t − 5η (E, F). Others are within 2t of their mean, so that [X − 2t, X +
   2t] holds it, and within 2t of their cluster, and never keep X. If C is long nobody plays its
   rule; so n(C) ≤ 1, and n(C) = 0 leaves σ(1 − δ₁) whatever the rule. With n(C) = 1 it enters step
   6 by its risk alone, in σe(C) + x + σdⱼ ≥ risk + f w/(2t), w the hull, where the points chosen
   are free. So its worst risk over C⁺, given the others' reports, may be anything up to

       B(C) = x − f w/(2t) + max(−σq(η), max σ(Σ q(g) − Nδ₁)),    N ≥ 1 points with gaps g.

   (i) The others' reports give C, p in C⁺, w and λ; B is the distance from p to the farthest point
   of C⁺. Given them, p is a number and Z is a standard normal, for
   the corrupted clients do not know Z. So p + w(X − p) errs by (1 − w)(p − μⱼ) + wZ, and as μⱼ is
   in C⁺, its mean square is at most (1 − w)²B² + w². This is at least B²/(1 + B²), and the
   algorithm takes the least w ≥ 0 with which it is at most B(C). (ii) If B(C) < B²/(1 + B²), w =
   B²/(1 + B²) makes it least; with a share λ of it and 1 − λ of the other rule, the risk is at most
   the same mixture of the two, for the square is convex; λ is the largest that keeps to B(C). (iii)
   If B(C) is below the risk of the other rule, that is played, as in step 4. (iv) A smaller λ will
   do as well: the other rule pays in step 6, too, where the risk enters linearly. The algorithm
   lowers λ where the others' reports near C do not look normal. Any p will do: whoever moves p
   moves it within C⁺, where B counts it.
9. Unequal numbers of samples (`estimation.samples`). Client i has n_i samples of variance σ₁², n of
   them at least; n_i is public, says nothing of the label, and is true for genuine clients. Let σ₁
   = √n, so that a mean of n samples has the variance 1. The server draws noise ζ_i of variance 1 −
   n/n_i, secretly, and makes T, the clusters and the rules from Y_i = X_i + ζ_i. For a genuine
   client Y_i − μⱼ is a standard normal, independent of all others, and what a corrupted one reports
   plus noise is another thing that it may report: steps 1 to 3 hold. A client takes the cluster
   nearest to X_i, and is moved into [X_i − 2t, X_i + 2t] or [X_i − u, X_i + u]. Its Z_i = X_i − μⱼ
   is normal with the variance v = n/n_i ≤ 1, and what step 4 bounds are means of functions that
   rise with Z_i from some place on and are 0 before, or of |Z_i| alike: they are least for small v,
   so E, F and P are enough. Its rule is p + w(X_i − p), mixed as in step 8 with the mean of the
   other rule at Y_i over ζ_i, which by Jensen is no worse than that at Y_i; or with X_i, where v is
   below the risk of that rule. The first has a risk of (1 − w)²B² + w²v at most. And p, of all
   reports but the client's own, may weigh them in any way. So the bound holds for the average
   client, in units of σ₁²/n.

An adversary who sees all samples is not covered: Z is not independent of ν then, so steps 4 to 8
say nothing of the mean loss. (Steps 1 to 3 hold for him: more reports only raise ν, and they ask
for no independence.)

Floats: those with which T is found err by less than 10⁻⁹, which δ has to spare. That a report is
rounded to a float moves an edge by 2⁻³² at most where means lie within `FARTHEST_MEAN` of 0, as is
supposed; on the event of step 1 no mean lies farther out unless (½ − δ)m′ reports do. The
risk of a rule is compared with what is allowed when it is chosen, up to 10⁻⁷, which x has to spare;
B(C) is taken 10⁻⁷ lower than it is, and compared with the risk of the mixed rule. A report is taken
out of sums over all, which leaves p free of it but for rounding, 10⁻¹² at most.

New clients. A client whose report is not among n that were counted is one of n + 1: its list is
that of all n reports, with m′ = n/(k + c), and the bound is that of n + 1 clients. The algorithm
serves it with the numbers and the m′ of n clients; of that nothing is claimed.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property, lru_cache
from typing import Any, TypeAlias

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
FAR_MOVE = Fraction(9, 2)
"""u need not be more: genuine clients farther from their mean hardly lose anything together."""
NARROW = Fraction(21, 10)
STEPS = 48  # S
_FIRST = Fraction(3, 2)  # standard deviations: what lacks less has a chance of up to 1
NEAR = Fraction(11, 10)
"""w₀ is at most that; up to here the linear rule is counted, then the cases."""
CURVED = Fraction(3, 5)
"""The linear rule: the a at which the two ranges of the proof meet."""
ALONE = Fraction(48)
"""D for one component: a mean is as far from all others as one likes; farther gains nothing."""
_MOST_CLIENTS = 10**18
_FINEST = FINEST_CELL.denominator.bit_length() - 1
_SHORTEST_REACH, _LONGEST_REACH = 1.2, 8.0
_LARGEST_SEARCHED = 4 * 10**9
_FAR = Fraction(10**12)
_FEWEST = 64
_ROOM = 3.0  # standard deviations of a centre
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

    def farthest_moves(self, distance: Fraction) -> tuple[Fraction, Fraction]:  # noqa: ARG002
        """How far a client may be moved: 2t where its cluster is within 2t, and u where not."""
        return 2 * self.reach, farthest_move(self.reach)

    @property
    def roaming(self) -> Fraction:
        """How far beyond its cluster a robust centre may lie: η."""
        return self.widening

    @property
    def can_be_run(self) -> bool:
        """Whether the algorithm has such cells."""
        a_power = self.cell.numerator == 1 and self.cell.denominator.bit_count() == 1
        # step: which are no narrower than its own [true 3/3]
        # step: and made up of these [true 2/3]
        return a_power and self.cell >= FINEST_CELL


@dataclass(frozen=True)
class Unproved(Tuning):
    """The numbers that the algorithm uses where the proof says nothing: nothing binds it then."""

    def farthest_moves(self, distance: Fraction) -> tuple[Fraction, Fraction]:
        """Half of the distance, if that is more: whoever takes a cluster may go there."""
        return self.kept_from(distance), self.kept_from(distance)

    @property
    def roaming(self) -> Fraction:
        """A list of few reports may miss a mean by so much."""
        return Fraction(1, 2)


@dataclass(frozen=True)
class Design(Tuning):
    """The numbers that the algorithm uses, and those that its proof chooses.

    Attributes:
        missed: δ₀, by which the reports of a label may fall short of its law.
        step: h, of the sum d̄.
        slope: σ.
        base: x, what each component costs.
        narrow: w₀, the hull up to which one point of a cluster is counted.
        by_cases: whether wide clusters are paid for by (e′) rather than by (e).
    """

    missed: Fraction
    step: Fraction
    slope: Fraction
    base: Fraction
    narrow: Fraction
    by_cases: bool

    @cached_property
    def prices(self) -> Prices:
        """What step 8 takes from the proof, in floats; the tolerance is off the base already."""
        t, eta, slope = float(self.reach), float(self.widening), float(self.slope)
        # step: prices: δ₁ is more than δ [sum: float(self.slack)]
        missed = float(self.slack) + 2 * guides.tail(HALF_WIDTH_OF_A_LAW)  # δ₁
        f = guides.tail_square(t - eta, t) + slope * 2 * guides.tail(t)
        # step: floats are paid for by the base [call: float(self.base)]
        base = float(self.base - RULE_TOLERANCE)
        # step: the point next to the mean costs its cell [product 4/4: 0.0]
        return Prices(base, slope, slope * missed, f / (2 * t), slope * guides.gap_mass(eta))


@dataclass(frozen=True)
class Prices:
    """What a cluster may cost, x − (f/2t) w + max(−σq(η), σ Σ q(g) − N σδ₁): see step 8.

    Attributes:
        base: x, less `RULE_TOLERANCE`, which covers that all of this is in floats.
        slope: σ.
        point: σδ₁, for each point that is chosen.
        length: f/(2t), for each unit of the hull.
        mean: σq(η), for the point next to the mean.
    """

    base: float
    slope: float
    point: float
    length: float
    mean: float


Sizes: TypeAlias = tuple[Fraction, Fraction]
"""m, the mean number of reports of a label, and m′, what it is counted in."""


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
        parts: σ(κ + p′), σd̄, x, F and the part of the event of step 1, enclosed.
        sizes: m and m′.
    """

    k: int
    c: Fraction
    distance: Fraction
    m: Fraction
    value: Enclosure
    design: Design | None
    parts: dict[str, Enclosure]
    sizes: Sizes

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
    sizes = scale, scale - 1 / (components + mass)
    return _bound(components, mass, apart, scale, sizes, read_digits(digits))


def _bound(
    k: int, mass: Fraction, apart: Fraction, scale: Fraction, sizes: Sizes, digits: int
) -> SampleSizeBound:
    room = _ROOM / math.sqrt(max(float(sizes[1]), 1.0))
    design = choose_design(k, mass, apart, sizes, room)
    # step: no set beats two points, for finite m [drop]
    prove_no_set_beats_two_points()
    with working_precision(max(_BITS, bits_for(digits) + 32)):
        parts = None if design is None else _parts(k, mass, apart, sizes, design)
        total = arb(1) if parts is None else sum(parts.values(), arb(0))
        # step: a bound that is not below 1 is none [condition 1/4: parts is None]
        if parts is None or not total < 1:
            one = Enclosure.of(arb(1), digits)
            return SampleSizeBound(k, mass, apart, scale, one, None, {}, sizes)
        faces = {name: Enclosure.of(part, digits) for name, part in parts.items()}
        value = Enclosure.of(total, digits)
        return SampleSizeBound(k, mass, apart, scale, value, design, faces, sizes)


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


def farthest_move(reach: Fraction) -> Fraction:  # u
    """u: by how much a client may be moved whose cluster is farther than 2t away."""
    return max(2 * reach, min(reach * 9 / 4, FAR_MOVE))


def tail_square(start: arb, move: arb) -> arb:
    """E[(Z + u)²; Z ≥ s] = (1 + u²)Φ(−s) + (s + 2u)φ(s), by parts.

    Args:
        start: s.
        move: u.
    """
    value: arb = (1 + move * move) * cdf(-start) + (start + 2 * move) * density(start)
    return value


def fewest(scale: Fraction, others: Fraction, lack: Fraction) -> int:
    """The l of step 1, ⌊m − m′u + 5/3⌋ for u = `lack`."""
    # step: one report and two thirds more [call 2/2: 0]
    return math.floor(scale - others * lack + Fraction(5, 3))


def poisson_tail(mean: Fraction, most: int) -> arb:
    """At least P(G ≤ l), G a Poisson number with that mean, 1 ≤ l < mean."""
    m, number = to_ball(mean), arb(most)
    exponent = number * (m / number).log() - (m - number)
    # step: no chance is below the tail of Poisson's law [product: arb(1)]
    below = m / (m - number)  # what the chances of l, l − 1, … are together, in units of the first
    value: arb = density(arb(0)) / number.sqrt() * below * exponent.exp()
    return value


def failure(k: int, sizes: Sizes, design: Design) -> arb:
    """P: the reports of a label fall short of its law by δ₀."""
    scale, others = sizes
    most = fewest(scale, others, design.missed)
    if not 1 <= most < scale:
        return arb(k)
    # step: every label may fail, in every way that a lack begins and ends [product 1/2: 8 *
    #   poisson_tail(scale, most)]
    return 8 * k * poisson_tail(scale, most)


def lacks(scale: Fraction, others: Fraction, step: Fraction) -> tuple[int, list[int]]:
    """How many terms of d̄ are h times 1, and l of each other one, and of the last part."""
    ones = math.ceil(float(_FIRST) / (float(step) * math.sqrt(others)))
    return ones, [fewest(scale, others, i * step) for i in range(ones, STEPS + 1)]


def expected_lack(sizes: Sizes, step: Fraction) -> arb | None:
    """d̄ of step 1; None where a chance has no bound.

    Args:
        sizes: m and m′.
        step: h.
    """
    scale, others = sizes
    ones, counts = lacks(scale, others, step)
    if not (ones <= STEPS and all(1 <= most < scale for most in counts)):
        return None
    chances = [8 * poisson_tail(scale, most) for most in counts]
    # step: what lacks more than all steps is counted [sum 1/2: to_ball(step) *
    #   sum(chances[:-1], arb(0)) + chances[-1]]
    value: arb = to_ball(step) * (ones + sum(chances[:-1], arb(0))) + chances[-1]
    return value


def _parts(
    k: int, mass: Fraction, apart: Fraction, sizes: Sizes, design: Design
) -> dict[str, arb] | None:
    """The five parts of the bound; None unless every condition is proved."""
    ratio = risk_to_mass(20).ratio.ball()
    eta, t, sigma = map(to_ball, (design.widening, design.reach, design.slope))
    x, w0, distance = map(to_ball, (design.base, design.narrow, apart))
    delta = to_ball(design.slack) + 2 * cdf(arb(-HALF_WIDTH_OF_A_LAW))  # δ₁
    # step: what wide cuts share, η counted [product 2/4: 2 * cdf(-2 * t)]
    p, shared = 2 * cdf(-t), 2 * cdf(-2 * t + 4 * eta)
    # step: far clients may be moved by more than 2t [call 1/2: 2 * t]
    u = to_ball(farthest_move(design.reach))
    # step: far clients, η counted [product 2/4: 2 * tail_square(2 * t, u)]
    fooled, far = tail_square(t - eta, 2 * t), 2 * tail_square(2 * t - 5 * eta, u)
    f, whole = fooled + sigma * p, gap_mass(2 * t)
    spare = to_ball(RULE_TOLERANCE)
    hull = to_ball(design.long_from(apart)) / (2 * t)
    near, curved = to_ball(NEAR), to_ball(CURVED)
    seam = to_ball(NARROW) - 2 * eta  # w₁

    def owed(w: arb, points: int, risk: arb) -> arb:
        return risk + points * sigma * delta + f * w / (2 * t) + spare

    def ends_pay(w: arb) -> bool:
        return bool(x + sigma * gap_mass(w) >= owed(w, 2, _linear(w / 2 + eta)))

    def ends_pay_far(a: arb) -> bool:
        mass_left = gap_mass(2 * a) - 2 * density(arb(0)) * eta
        return bool(x + sigma * mass_left >= owed(2 * (a - eta), 2, _linear(a)))

    def pays(w: arb, points: int) -> bool:
        widening = 6 * density(arb(0)) * ratio * eta  # L
        return bool(x + (sigma - ratio) * gap_mass(w) >= owed(w, points, widening))

    # step: D ≥ 6t [true 1/11]
    # step: the linear rule is concave up to 3/5, η counted [true 4/11]
    # step: and σ large enough [true 5/11]
    # step: (a) long clusters pay for their components [true 6/11]
    # step: (b) a counterfeit pays for its two cuts [true 7/11]
    # step: (b) length pays for cuts and slack [true 8/11]
    # step: (c) one point of a cluster [true 9/11]
    # step: which serves up to a hull of 11/10 [true 10/11]
    # step: (d) both ends of a cluster [call 4/8: True]
    # step: the algorithm can count on the cells [value 1/36: True]
    # step: the slack holds the law of a mean [true 11/11]
    conditions = [
        design.can_be_run,
        distance >= 6 * t,
        5 * eta < t and 20 * eta <= 1,
        2 * sigma >= 1,
        sigma * (hull * (whole - 2 * delta) - 1 - 2 * delta) + 2 * x >= 2,
        2 * f <= sigma * (1 - delta),
        f <= sigma * (whole - 2 * delta),
        x >= sigma * gap_mass(eta) + owed(w0, 0, _linear(w0 / 2 + eta)),
        w0 <= near,
        ends_pay(w0),
        to_ball(design.slack) >= to_ball(design.missed) + gap_mass(eta) + to_ball(SPARE_SLACK),
    ]
    if design.by_cases:
        # step: (e′) length pays for cuts and slack, by the cases [true 2/10]
        # step: (e′) from 2t on [true 9/10]
        # step: (e′) 2t is beyond the seam of the cases [true 10/10]
        conditions += [
            ratio * hull * whole >= 1,
            f <= (sigma - ratio) * whole - 2 * sigma * delta,
            ends_pay(near),
            pays(near, 2) and pays(seam, 2),
            pays(seam, 4) and pays(2 * t, 4) and pays(2 * t, 6),
            seam <= 2 * t,
        ]
    else:
        # step: (e) both ends, by the linear rule, up to 4t [true 3/4]
        # step: (e) chains beyond [true 4/4]
        conditions += [
            ends_pay_far(curved) and ends_pay_far(2 * t + eta),
            x + 2 * sigma * (whole - 3 * delta) >= 1 + 2 * f + spare,
        ]
    lack = expected_lack(sizes, design.step)
    if lack is None or not all(conditions):
        return None
    # step: what the event costs [sum 2/3: arb(1)]
    # step: what the reports of a label lack on average is paid [product 3/7: arb(0)]
    return {
        "attack": sigma * (to_ball(mass / k) + shared),
        "lack": sigma * lack,
        "sampling": x,
        "far": far,
        "failure": failure(k, sizes, design) * (1 + 4 * u * density(arb(0)) + u * u),
    }


def _linear(a: arb) -> arb:
    """ω(a) = a²/(1 + a²)."""
    return a * a / (1 + a * a)


# ---- a good design, in floats: a guide alone, since any design gives a bound


@lru_cache(maxsize=1024)
def choose_design(
    k: int, mass: Fraction, apart: Fraction, size: tuple[Fraction, Fraction], room: float = 0.0
) -> Design | None:
    """A good design for m and m′ of a list; None where the search finds none below 1.

    With room the base is so large that in a cluster of hull w₀ the rule may be a centre that lies
    so far from its middle. That costs little where there is an attack, and gains much where not.
    """
    kappa, (scale, others) = float(mass) / k, size
    if others < _FEWEST:
        return None
    far = float(min(apart, _FAR))  # floats end, and a lesser D is as good a guide
    step = _dyadic(1 / (8 * math.sqrt(others)))
    lack = _expected(float(scale), float(others), float(step))
    chances = {
        exponent: found
        for exponent in range(6, 24)
        if (found := _chances(k, float(scale), float(others), 10.0 ** (-exponent / 2)))
    }
    reaches = _reaches(far)
    best: tuple[float, Design | None] = (1.0, None)
    near = 0, 0
    for refined in (False, True):  # a coarse pass, and one beside what it has found
        for exponent, chance in chances.items():
            for place, reach in enumerate(reaches):
                if refined and best[1]:
                    wanted = abs(exponent - near[0]) <= 4 and abs(place - near[1]) <= 4
                else:
                    wanted = refined or (exponent % 4 == 0 and place % 4 == 0)
                if not wanted:
                    continue
                for by_cases in (True, False):
                    better = _weigh(kappa + lack, far, reach, chance, by_cases, room, best[0])
                    if better is not None:
                        best, near = better, (exponent, place)
    return replace(best[1], step=step) if best[1] else None


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
    missed: float
    cell: Fraction
    slack: float


def _falls_short(mean: float, others: float, lack: float) -> float:
    """8 P(G ≤ l)."""
    most = math.floor(mean - others * lack + 5 / 3)
    if not 1 <= most < mean:
        return 8.0
    exponent = most * math.log(mean / most) - (mean - most)
    return 8 * guides.density(0) / math.sqrt(most) * mean / (mean - most) * math.exp(exponent)


def _expected(mean: float, others: float, step: float) -> float:
    """d̄."""
    chances = (min(1.0, _falls_short(mean, others, i * step)) for i in range(STEPS))
    return step * sum(chances) + min(1.0, _falls_short(mean, others, STEPS * step))


def _chances(k: int, mean: float, others: float, chance: float) -> _Chances | None:
    """The slack δ that fails with about that chance."""
    low, high = 0.0, 0.9
    if k * _falls_short(mean, others, high) > chance:
        return None
    for _ in range(50):
        middle = (low + high) / 2
        if k * _falls_short(mean, others, middle) > chance:
            low = middle
        else:
            high = middle
    high += 1e-12
    level = _level(high)
    slack = high + guides.gap_mass(0.5**level) + 2e-9
    return _Chances(k * _falls_short(mean, others, high), high, Fraction(1, 2**level), slack)


def _reaches(apart: float) -> list[float]:
    most = min(apart / 6, _LONGEST_REACH)
    return [t for step in range(64, 0, -1) if (t := most * step / 64) >= _SHORTEST_REACH]


def _weigh(
    kappa: float,
    apart: float,
    t: float,
    chances: _Chances,
    by_cases: bool,
    room: float,
    worst: float,
) -> tuple[float, Design] | None:
    """A design with that reach whose bound is below `worst`; all that it owes is affine in σ."""
    eta, delta = float(chances.cell), chances.slack
    whole, p, shared = guides.gap_mass(2 * t), 2 * guides.tail(t), 2 * guides.tail(2 * t - 4 * eta)
    u = float(farthest_move(Fraction(t)))
    fooled, far = guides.tail_square(t - eta, t), 2 * guides.tail_square(2 * t - 5 * eta, u / 2)
    fails = chances.chance * (1 + 4 * u * guides.density(0) + u * u)
    hull = (apart - 2 * eta) / (2 * t)
    if 2 * delta >= 0.41:  # q(w₀) with w₀ up to 11/10
        narrow = float(NEAR)
    else:
        narrow = min(2 * guides.NORMAL.inv_cdf(0.5 + delta), float(NEAR))
    near, curved, seam = float(NEAR), float(CURVED), float(NARROW) - 2 * eta

    def owed(w: float, points: int, risk: float, mass: float) -> tuple[float, float]:
        """What a cluster owes: a constant, and what is multiplied with σ."""
        pull = w / (2 * t)
        return risk + fooled * pull, points * delta + p * pull - mass

    def by_ends(a: float, less: float) -> tuple[float, float]:
        return owed(2 * (a - eta), 2, _weight(a), guides.gap_mass(2 * a) - less)

    near_a_point = guides.gap_mass(eta)
    w0, less = narrow, 2 * guides.density(0) * eta
    lines = [
        owed(w0, 0, (w0 / 2 + eta + room) ** 2 if room else _weight(w0 / 2 + eta), -near_a_point),
        owed(w0, 2, _weight(w0 / 2 + eta), guides.gap_mass(w0)),
        (1.0, (1 + 2 * delta - hull * (whole - 2 * delta)) / 2),
    ]
    spare = [1 - delta - 2 * p, whole - 2 * delta - p]
    due = [2 * fooled, fooled]
    if by_cases:
        ratio, widening = guides.RATIO, 6 * guides.density(0) * guides.RATIO * eta
        if ratio * hull * whole < 1 or seam > 2 * t:
            return None
        spare.append(whole - 2 * delta - p)
        due.append(ratio * whole + fooled)
        lines.append(owed(near, 2, _weight(near / 2 + eta), guides.gap_mass(near)))
        for w, points in ((near, 2), (seam, 2), (seam, 4), (2 * t, 4), (2 * t, 6)):
            mass = guides.gap_mass(w)
            lines.append(owed(w, points, widening + ratio * mass, mass))
    else:
        lines += [by_ends(curved, less), by_ends(2 * t + eta, less)]
        lines.append((1 + 2 * fooled, 2 * p - 2 * (whole - 3 * delta)))
    if min(spare) <= 0:
        return None
    low = max(0.5, *(d / s for d, s in zip(due, spare, strict=True))) * (1 + 1e-7)

    def base(sigma: float) -> float:
        return max(constant + sigma * rate for constant, rate in lines)

    def height(sigma: float) -> float:
        return sigma * (kappa + shared) + base(sigma) + far + fails

    if low * (kappa + shared) + far + fails >= worst:
        return None
    sigma = _lowest(height, low, low + 4)
    value = height(sigma)
    if value >= worst:
        return None
    sigma *= 1 + 1e-9
    return value, Design(
        cell=chances.cell,
        slack=_dyadic(delta),
        reach=_dyadic(t, down=True),
        missed=_dyadic(chances.missed),
        step=Fraction(1),
        slope=_dyadic(sigma),
        base=_dyadic(max(base(sigma), 0.0) + 3e-7),
        narrow=_dyadic(narrow, down=True),
        by_cases=by_cases,
    )


def _weight(a: float) -> float:
    """ω(a) = a²/(1 + a²)."""
    return a * a / (1 + a * a)


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


def _dyadic(value: float, *, down: bool = False) -> Fraction:
    scale = 2**40
    return Fraction(math.floor(value * scale) if down else math.ceil(value * scale), scale)
