r"""Certificates that for every Δ from some Δ₀ ≥ 4 on the loss is concave, convex, concave.

Up to v = 15/8 marks of K̂ on pieces of v prove it, for all Δ at once, in the units of `scaled`: one
change of sign, to K̂ > 0. The rest are inequalities in Δ₀ alone. Each has one side that falls and
one that does not as Δ grows, once both are divided by what makes it so: they hold for all Δ ≥ Δ₀.

Write K = (1 − g²)² + (1 + g²) W (A − C) with A = q(v)(x − Δ coth u)/(1 + s(x))² and
C = 2Δ e^{y²/2 − 3v}/q(v). As 2gφ(g) is at most the mass m of [−g, g], W ≤ M/Δ, and

    M ≤ e^v − 1,    M ≤ u + Δ·2S(x) + 1    (as Δ∫₀ʸ e^{tΔ − t²/2} dt ≤ Δ·2S(y) + 1 on the curve).

So −WA ≤ T₁ = M coth u/(1 + s(x))² where A < 0, and WC ≤ T₂ = 2e^{y²/2 − 2v}, which falls up to
y = 2Δ. With g < 1, K > 0 where (1 + g²)(T₁ + T₂) < (1 − g²)²; then also for smaller g.

**Near the turn**, v ≥ 15/8 and x ≤ Δ/2. From s′ = s·(Δ coth(tΔ) − t) ≥ (Δ − x)s follows
2S(x) ≤ 2s(x)/Δ, so M ≤ u + 1 + 2s, and (u + 1 + 2s)/(1 + s)² falls with s ≥ r = 2e^{−u/4} sinh u.
As r′ ≥ ¾r, coth u (u + 1 + 2r)/(1 + r)² falls with u where u ≥ 3/2 and r ≥ 1; and u is at least its
value at v = 15/8 and Δ₀. The mass is m ≤ (Δ²/2 + 1 + 2e^{3Δ²/8}) φ(Δ)/Δ; below ½ it gives g < 1,
and g ≤ m/(2φ(1)).

**Up to the edge**, Δ/2 ≤ x ≤ Δ + ¼. There s ≥ e^{3Δ²/8} q(Δ²/2) ≥ ½e^{3Δ²/8}. As s rises up to Δ
and falls by less than half from there, Δ·2S(x) ≤ 2us. So with coth u ≤ 2, T₁ ≤ 2(2u + 1)/s, and
T₂ ≤ 2e^{−7Δ²/8}. The mass is d(y) + Φ(y + Δ) − Φ(Δ) ≤ d(x) + φ(Δ)x + Φ(−Δ), where d(x) ≤ Φ(¼): so
g < 0.85. And y < 2Δ, here and before: f(y) = f(x) − φ(Δ)x > Φ(−Δ) ≥ f(2Δ).

**Beyond the edge**, x ≥ Δ + ¼ and y ≤ 5Δ: A > C. For u ≥ Δ², x − Δ coth u ≥ ¼ − 2Δ/(e^{2Δ²} − 1),
(1 + s(x))² ≤ 4e^{Δ²}, and y(y − 6Δ)/2 is convex, so at most its value −5Δ²/2 at y = Δ and 5Δ.

**The end**, y ≥ 5Δ: K falls, from a positive value to −∞. There Δ + ¼ ≤ x < 2Δ, so that
0 < x − Δ coth u < Δ, and 1 ≤ g < Δ + 1, as 2Φ(−Δ − 1) ≤ 2e^{−Δ − ½}Φ(−Δ) < Φ(−Δ). In units of
(1 + g²)W the slope of K is at most

    through x: (2 + 2Δ²)e^{−15Δ²/2},    through q in A: 2Δ²e^{−10Δ²},
    through g: γ(2e^{Δ + ½} + (Δ + 1)(Δ + C)),    g′ ≤ γ = ½e^{−15Δ²/2 + Δ + ½},

and through C itself −C(2Δ − 1), as q′/q = 2Δe^{−2v}/q(v) < 1; and C ≥ 2Δe^{−5Δ²/2} grows with y.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any, cast

import gmpy2  # type: ignore[import-untyped, unused-ignore]

from bounds.certify.checker import reading
from bounds.certify.checker.interval import Interval
from bounds.certify.checker.kinds import Kind
from bounds.certify.checker.normal import cdf, normal_density, two_tails
from bounds.certify.checker.number import told_number
from bounds.certify.checker.precision import Rational, Work
from bounds.certify.checker.verdict import Rejected
from bounds.checker.alternation import Run, sign_changes, stretches
from bounds.checker.criterion import coth, decay, sinh
from bounds.checker.critical_slices import negative_near_zero, region_of, shows
from bounds.checker.scaled import Region
from bounds.checker.shape import MOST_BITS, read_delta, read_piece
from bounds.checker.steps import Step, require_all, require_pieces, require_step

SHAPE = ("concave", "convex", "concave")
LAST = gmpy2.mpq(15, 8)
"""The v up to which pieces reach."""

_LEAST_DELTA = 4
_MOST_PIECES = 1_000
_G_BELOW = gmpy2.mpq(17, 20)


@dataclass(frozen=True, slots=True)
class LargeDeltaClaim:
    """For every Δ from delta on, the loss is concave, convex, concave."""

    delta: Rational
    bits: int
    pieces: tuple[Run, ...]


def read_large_delta(statement: Any, evidence: Any) -> LargeDeltaClaim:
    """The claim for large Δ.

    Raises:
        Rejected: it is malformed, or its pieces do not reach v = 15/8, or leave a gap.
    """
    (delta,) = reading.statement_fields(statement, "delta")
    bits, pieces = reading.fields(evidence, "the evidence for large Delta", "bits", "pieces")
    claim = LargeDeltaClaim(
        read_delta(delta), reading.bits(bits, MOST_BITS), reading.each(read_piece, pieces)
    )
    if not claim.delta >= _LEAST_DELTA:
        raise Rejected(f"this proof is one for Delta of {_LEAST_DELTA} or more")
    if not 0 < len(claim.pieces) <= _MOST_PIECES:
        raise Rejected(f"there are 1 to {_MOST_PIECES} pieces")
    cover = [(piece.low, cast(Rational, piece.high)) for piece in claim.pieces]
    reading.require_cover("pieces", (cover[0][0], LAST), cover)
    return claim


def replay_large_delta(
    claim: LargeDeltaClaim, work: Work | None = None
) -> Iterator[tuple[int, int]]:
    """Prove a claim again, piece by piece.

    Raises:
        Rejected: an end, a piece, the shape or an inequality is not proved.
    """
    region = region_of((claim.delta, None), claim.bits, work)
    first = claim.pieces[0].low
    start = region.point(first)
    changes = sign_changes([Run("-", 0, first), *claim.pieces, Run("+", LAST, LAST)])
    if stretches(changes) != SHAPE[:2]:
        raise Rejected("the marks of the pieces do not prove one turn, to convex", "pieces")
    # step: large Delta: K < 0 up to the first piece [drop]
    require_step(lambda: negative_near_zero(start, region), "concavity", "start")
    pieces = [
        partial(shows, piece.mark, piece.low, cast(Rational, piece.high), region)
        for piece in claim.pieces
    ]
    # step: large Delta: the mark of each piece [call: [(1, 1)]]
    yield from require_pieces(pieces, "a mark", region.near.at.work)
    last = region.point(LAST)
    require_step(lambda: region.along(last)[0] > 0, "convexity", f"v = {LAST}")
    # step: large Delta: each inequality [drop]
    require_all(_inequalities(region), "an inequality for large Delta")


def _inequalities(region: Region) -> dict[str, Step]:
    """The inequalities in Δ₀, by the range of x or y that they serve."""
    return {
        **_near_the_turn(region),
        **_up_to_the_edge(region),
        **_beyond_the_edge(region.near),
        **_at_the_end(region.near),
    }


def _outweighs(bracket: Interval, g: Interval) -> bool:
    """Whether (1 + g²)(T₁ + T₂) < (1 − g²)², for g < 1."""
    square = g.squared()
    return g < 1 and (1 + square) * bracket < (1 - square).squared()


def _near_the_turn(region: Region) -> dict[str, Step]:
    delta, v = region.near, region.point(LAST)
    u = region.radius(v).low
    r = 2 * (-u / 4).exp() * sinh(u)
    first = coth(u) * (u + 1 + 2 * r) / (1 + r).squared()
    second = 2 * (v.squared() / delta.squared() / 2 - 2 * v).exp()
    size = delta.squared() / 2 + 1 + 2 * (3 * delta.squared() / 8).exp()
    mass, unit = size * normal_density(delta) / delta, normal_density(u * 0 + 1)
    # step: large Delta: near the turn: u [true 1/3]
    # step: large Delta: near the turn: r [true 2/3]
    # step: large Delta: near the turn: g < 1 [true 3/3]
    # step: large Delta: near the turn [call: True]
    return {
        "near the turn: u": lambda: u * 2 > 3,
        "near the turn: r": lambda: r > 1,
        "near the turn: g < 1": lambda: mass * 2 < 1,
        "near the turn": lambda: _outweighs(first + second, mass / (2 * unit)),
    }


def _up_to_the_edge(region: Region) -> dict[str, Step]:
    delta, square = region.near, region.near.squared()
    quarter, g = region.point(gmpy2.mpq(1, 4)), region.point(_G_BELOW)
    step = normal_density(delta) * (delta + quarter)
    tail = cdf(-delta)
    first = 4 * (2 * square + delta / 2 + 1) * (-3 * square / 8).exp()
    second = 2 * (-7 * square / 8).exp()
    # step: large Delta: up to the edge: g [true 1/5]
    # step: large Delta: up to the edge: y < 2 Delta [true 2/5]
    # step: large Delta: up to the edge: coth u [true 3/5]
    # step: large Delta: up to the edge: s [true 4/5]
    # step: large Delta: up to the edge: S [true 5/5]
    # step: large Delta: up to the edge [call 11/11: True]
    return {
        "up to the edge: g": lambda: cdf(quarter) + step + tail < 1 - two_tails(g),
        "up to the edge: y < 2 Delta": lambda: tail < 1 - cdf(-2 * delta) - cdf(quarter) - step,
        "up to the edge: coth u": lambda: coth(square / 2) < 2,
        "up to the edge: s": lambda: decay(square / 2) * 2 > 1,
        "up to the edge: S": lambda: (region.point(gmpy2.mpq(1, 32))).exp() < 2 * decay(square),
        "up to the edge": lambda: _outweighs(first + second, g),
    }


def _beyond_the_edge(delta: Interval) -> dict[str, Step]:
    square = delta.squared()
    past = (delta * 0 + 1) / 4 - 2 * delta / (2 * square).expm1()
    reach = decay(square).squared() * past * (3 * square / 2).exp()
    # step: large Delta: beyond the edge: x [true 1/2]
    # step: large Delta: beyond the edge [true 2/2]
    return {
        "beyond the edge: x": lambda: past > 0,
        "beyond the edge": lambda: 8 * delta < reach,
    }


def _at_the_end(delta: Interval) -> dict[str, Step]:
    """Both sides of the last one times e^{5Δ²/2}."""
    square, one = delta.squared(), delta * 0 + 1
    half = one / 2
    flow = (-15 * square / 2 + delta + half).exp() / 2
    others = (2 + 2 * square) * (-5 * square).exp() + 2 * square * (-15 * square / 2).exp()
    others += flow * (5 * square / 2).exp() * (2 * (delta + half).exp() + square + delta)
    own = 2 * delta * (2 * delta - 1 - flow * (delta + 1))
    # step: large Delta: the end: g >= 1 [true 1/3]
    # step: large Delta: the end: q [true 2/3]
    # step: large Delta: the end [true 3/3]
    return {
        "the end: g >= 1": lambda: 1 - two_tails(one) < cdf(4 * delta) - cdf(-delta),
        "the end: q": lambda: 2 * delta * (-10 * square).exp() / decay(5 * square) < 1,
        "the end": lambda: others < own,
    }


def _told(claim: LargeDeltaClaim) -> str:
    low = told_number(claim.delta, up=True)
    return (
        f"for every Delta from {low} on the loss is {', '.join(SHAPE)}, in this order, from eps = 0"
        " to eps_max"
    )


LARGE_DELTA = Kind(read_large_delta, replay_large_delta, _told, shared=True)
