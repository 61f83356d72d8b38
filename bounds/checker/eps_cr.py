"""Certificates of ε_cr: which of the roots it is, is part of the statement.

Two proofs are joined. The shape on the whole domain says where the criterion changes sign, with
exactly one change for y = l(ε̂) between the ends of each crossing, and none before the first. The
root is an inflection isolated in a box. If its y lies within the first crossing, it is the first
change of sign, since ε increases with y: the loss is concave from 0 to there and turns convex.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from bounds.certify.checker import reading
from bounds.certify.checker.kinds import Kind
from bounds.certify.checker.number import told_point, told_range
from bounds.certify.checker.precision import Work
from bounds.certify.checker.verdict import Rejected
from bounds.checker.root import RootClaim, prove_root, read_bits, read_box, read_eps
from bounds.checker.shape import (
    ShapeClaim,
    read_delta,
    read_pieces,
    read_stretches,
    replay_shape,
    told_shape,
)

_SHAPE_BITS = 64


@dataclass(frozen=True, slots=True)
class CriticalClaim:
    """At one Δ, the loss has this shape, and ε_cr, where it first turns convex, is this root's."""

    shape: ShapeClaim
    root: RootClaim


def read_eps_cr(statement: Any, evidence: Any) -> CriticalClaim:
    """The claim of an ε_cr.

    Raises:
        Rejected: it is malformed, or its pieces leave a gap.
    """
    delta, eps, shape = reading.statement_fields(statement, "delta", "eps", "shape")
    names = ("bits", "box", "start", "end", "pieces", "crossings")
    bits, box, *rest = reading.fields_or_none(
        evidence, "the evidence of an eps_cr", *names, last="witnesses"
    )
    place = read_delta(delta)
    part = read_pieces((place, place), *rest)
    return CriticalClaim(
        ShapeClaim((place, place), read_stretches(shape), _SHAPE_BITS, (part,)),
        RootClaim(place, "concave to convex", read_eps(eps), read_bits(bits), read_box(box)),
    )


def replay_eps_cr(claim: CriticalClaim, work: Work | None = None) -> Iterator[tuple[int, int]]:
    """Prove the shape, the root, and that the root is the first crossing.

    Raises:
        Rejected: one of them is not proved.
    """
    work = work or Work()
    crossings = claim.shape.slices[0].crossings
    if not crossings:
        raise Rejected("there is no eps_cr where the loss has no turn", "crossings")
    # step: the shape of eps_cr is proved [call: [(1, 1)]]
    yield from replay_shape(claim.shape, work)
    _, y, _ = prove_root(claim.root, work)
    # step: the root of eps_cr is the first crossing [true 2/2]
    if not y.within(crossings[0].low, crossings[0].high):
        raise Rejected("the root is not proved to be the first turn of the loss", "box")


def _told(claim: CriticalClaim) -> str:
    low, high = claim.root.eps
    return (
        f"at Delta = {told_point(claim.root.delta)} the loss is"
        f" {told_shape(claim.shape.shape)}; its first turn, eps_cr, lies in {told_range(low, high)}"
    )


EPS_CR = Kind(read_eps_cr, replay_eps_cr, _told, shared=True)
