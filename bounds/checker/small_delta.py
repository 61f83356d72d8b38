r"""Certificates that for every Δ from 0 to some Δ₁ the loss is concave on its whole domain.

Families of curves with Δ near 0 do not serve, as x and Δ coth u tend to 0 and ∞. Let y ≥ 2Δ₁,
v = yΔ and σ = sinh(v)/v. As Δ grows to Δ₁ ≤ y/2, the mass Φ(y − Δ) − Φ(−Δ) of [−g, g] grows from
Φ(y) − ½, which is the mass of [−g₀, g₀]; so g₀(y) ≤ g. It is below Φ(Δ₁), where that is less than
the mass of [−1, 1], so g < 1. The criterion is

    K = (1 − g²)² − (1 + g²) W B,    B = q(v)(Δ coth u − x)/(1 + s(x))² + 2Δe^{y²/2 − 3v}/q(v).

- W = 2g e^{(Δ² − g²)/2} ≥ 2g e^{−g²/2}, and (1 − g²)²/((1 + g²) 2g e^{−g²/2}) falls with g < 1: so
  K < 0 where (1 − g²)² < (1 + g²) 2g e^{−g²/2} B at g = g₀, or at a smaller g.
- x ≤ 2S(y) ≤ x̄ = 2Δσ(1 − e^{−y²/2}), as sinh(tΔ) ≤ tΔσ for t ≤ y. With Δ coth u ≥ 1/x,
  q(v) = 2vσe^{−v} and s(x) ≤ 2 sinh(x̄Δ), the first term of B is at least
  ye^{−v}(1 − x̄²)/((1 − e^{−y²/2})(1 + 2 sinh x̄Δ)²). As q(v) ≤ 2v, the second is at least
  e^{y²/2 − 3v}/y.
- For small y: the bound of `ends` at Δ₁ holds for all Δ below, as v, σ, Δy²σ and g are greatest
  there, as long as y ≥ 2Δ₁ at the place where it is taken.
- For large y the second term alone does, which grows from where y − 3Δ₁ > 1/y. There the first is
  positive: x ≤ 2S(∞) ≤ 2Δ₁e^{Δ₁²/2} < 1 gives Δ coth u ≥ 1/x > x.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from itertools import pairwise
from typing import Any

from bounds.certify.checker import reading
from bounds.certify.checker.interval import Interval
from bounds.certify.checker.kinds import Kind
from bounds.certify.checker.normal import cdf, central_half_width, two_tails
from bounds.certify.checker.number import told_number
from bounds.certify.checker.precision import Precision, Rational, Work
from bounds.certify.checker.verdict import Rejected
from bounds.checker.criterion import decay
from bounds.checker.ends import negative_up_to
from bounds.checker.shape import MOST_BITS
from bounds.checker.steps import require_all, require_pieces

_SPARE_BITS = 32
_STEP = "concavity for small Delta"


@dataclass(frozen=True, slots=True)
class SmallDeltaClaim:
    """For every Δ in (0, delta], the loss is concave; proved on [y, y′] for neighbouring places."""

    delta: Rational
    bits: int
    places: tuple[Rational, ...]


def read_small_delta(statement: Any, evidence: Any) -> SmallDeltaClaim:
    """The claim for small Δ.

    Raises:
        Rejected: it is malformed, or its places do not go up from 2Δ₁.
    """
    (delta,) = reading.statement_fields(statement, "delta")
    bits, places = reading.fields(evidence, "the evidence for small Delta", "bits", "places")
    claim = SmallDeltaClaim(
        reading.number(delta), reading.bits(bits, MOST_BITS), reading.each(reading.number, places)
    )
    # step: small Delta: y from 2 Delta on [true 5/5]
    if not (claim.delta > 0 and len(claim.places) >= 2 and claim.places[0] >= 2 * claim.delta):
        raise Rejected("Delta is positive, and the places begin at twice it or above")
    if any(low >= high for low, high in pairwise(claim.places)):
        raise Rejected("the places do not go up")
    return claim


def replay_small_delta(
    claim: SmallDeltaClaim, work: Work | None = None
) -> Iterator[tuple[int, int]]:
    """Prove a claim again, piece by piece.

    Raises:
        Rejected: an end or a piece is not proved.
    """
    at = Precision(claim.bits + _SPARE_BITS, work)

    def point(number: Rational) -> Interval:
        return Interval.enclosing(at, number, number)

    top, first, last = point(claim.delta), point(claim.places[0]), point(claim.places[-1])
    # step: small Delta: g < 1 [true 1/2]
    # step: small Delta: x < 1 [true 2/2]
    # step: small Delta: K < 0 up to the first place [call 5/5: True]
    begin = {
        "g < 1": lambda: cdf(top) < 1 - two_tails(top * 0 + 1),
        "x < 1": lambda: 2 * top * (top.squared() / 2).exp() < 1,
        "start": lambda: negative_up_to(first, top),
    }
    require_all(begin, _STEP)
    pieces = [
        partial(_negative, point(low), point(high), top) for low, high in pairwise(claim.places)
    ]
    # step: small Delta: K < 0 on each piece [call: [(1, 1)]]
    yield from require_pieces(pieces, _STEP, at.work)
    pull = (last * (last / 2 - 3 * top)).exp() / last
    # step: small Delta: from the last place on the second term grows [true]
    # step: small Delta: and outweighs [call: True]
    end = {
        "end: it grows": lambda: last - 3 * top > 1 / last,
        "end": lambda: _outweighs(pull, last),
    }
    require_all(end, _STEP)


def _negative(low: Interval, high: Interval, top: Interval) -> bool:
    """Whether K < 0 is proved for y from `low` to `high`, for all Δ up to `top`."""
    return _outweighs(least_bracket(low, high, top), low)


def least_bracket(low: Interval, high: Interval, top: Interval) -> Interval:
    """A number that B is at least, for y from `low` to `high` and all Δ up to `top`."""
    # step: small Delta: the second term over all y of a piece [last call 1/2]
    # step: small Delta: the second term for every Delta [first call 2/2]
    y, delta, v = low.hull(high), (top * 0).hull(top), high * top
    sinh = v.exp() * decay(v) / 2
    # step: small Delta: the first term at the greatest y [value: low]
    seen = -(-high.squared() / 2).expm1()
    radius = 2 * top * (sinh / v) * seen
    steep = 1 + (radius * top).exp() * decay(radius * top)
    # step: small Delta: the first term counts 1 + s [first product 4/4]
    first = low * (-v).exp() * (1 - radius.squared()) / (seen * steep.squared())
    second = (y.squared() / 2 - 3 * y * delta).exp() / y
    return first.low + second.low


def _outweighs(bracket: Interval, y: Interval) -> bool:
    """Whether (1 + g²) 2g e^{−g²/2} times a bound of B is proved above (1 − g²)² at g = g₀(y)."""
    # step: small Delta: g is taken at the least y [value 2/7: y.high]
    g = central_half_width(cdf(y.low) - cdf(y.low * 0), y.high).low
    square = g.squared()
    # step: small Delta: the rest is outweighed [call 2/2: 0 * square]
    return (1 + square) * 2 * g * (-square / 2).exp() * bracket > (1 - square).squared()


def _told(claim: SmallDeltaClaim) -> str:
    top = told_number(claim.delta, up=False)
    return f"for every Delta > 0 up to {top} the loss is concave, from eps = 0 to eps_max"


SMALL_DELTA = Kind(read_small_delta, replay_small_delta, _told, shared=True)
