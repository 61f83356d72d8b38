"""Proofs as small JSON files, for someone who trusts none of our code.

A certificate holds a statement with exact data, the subdivision or box that proves it, and a hash.
The independent checker (`bounds.checker`, command `bounds check`) replays it in MPFR arithmetic.
"""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from typing import Any

from flint import arb

from bounds.certify.certificates.seal import sealed
from bounds.certify.errors import InputError
from bounds.certify.exact import Exact, show_exact
from bounds.certify.numbers.enclosure import dyadic_ends, exact_text
from bounds.critical.critical import CriticalValue
from bounds.critical.domain import Inflections
from bounds.critical.family import ProvedSlice, slice_of
from bounds.critical.point import Inflection


def _exact(delta: Exact) -> Fraction:
    if not isinstance(delta, Fraction):
        raise InputError("a certificate needs an exact Delta: pass a decimal or fraction")
    return delta


def root_certificate(point: Inflection) -> dict[str, Any]:
    """That an inflection exists and is unique in its box, turns as told, and lies where told.

    Args:
        point: an inflection (or ε_cr) at an exact Δ.

    Raises:
        InputError: Δ is a ball.
    """
    delta = _exact(point.delta)
    names = ("x", "y", "g")
    text = "the loss has exactly one inflection with (l(eps), l(eps_hat), g(eps_hat)) in the box"
    return sealed(
        "root",
        {
            "delta": show_exact(delta),
            "turn": point.turn,
            "eps": list(point.eps.decimals()),
            "text": text,
        },
        {
            "bits": point.bits,
            "box": {
                name: [exact_text(end) for end in ends]
                for name, ends in zip(names, point.proof.box, strict=True)
            },
        },
    )


def shape_certificate(delta: Exact) -> dict[str, Any]:
    """The shape of the loss on its whole domain at one exact Δ.

    Raises:
        InputError: Δ is a ball.
        Inconclusive: the survey leaves a piece undecided.
    """
    exact = _exact(delta)
    return family_certificate([slice_of(exact, exact)])


def family_certificate(slices: list[ProvedSlice]) -> dict[str, Any]:
    """The shape of the loss on its whole domain, for every Δ that the slices cover."""
    return range_certificate(slices[0].shape, [slice_evidence(part) for part in slices])


def range_certificate(shape: Iterable[str], evidence: list[dict[str, Any]]) -> dict[str, Any]:
    """The same, from the evidence of neighbouring slices as `slice_evidence` gives it."""
    ends = [evidence[0]["delta"][0], evidence[-1]["delta"][1]]
    text = "for every Delta in the range, the loss bends so from eps = 0 to eps_max"
    return sealed(
        "shape",
        {"delta": ends, "shape": list(shape), "text": text},
        {"bits": 64, "slices": evidence},
    )


def _place(y: arb) -> str:
    return exact_text(dyadic_ends(y)[0])


def slice_evidence(part: ProvedSlice) -> dict[str, Any]:
    """One slice of Δ as the checker reads it."""
    return {
        "delta": [show_exact(part.low), show_exact(part.high)],
        "start": _place(part.pieces[0][1]),
        "end": _place(part.pieces[-1][2]),
        "pieces": [[_place(low), _place(high), mark] for mark, low, high in part.pieces],
        "crossings": [
            {"low": _place(c.low), "high": _place(c.high), "to_convex": c.to_convex}
            for c in part.crossings
        ],
    }


def certificates_of(value: CriticalValue | Inflections) -> list[dict[str, Any]]:
    """What replays a result: its roots, and the shape that makes them the ones meant.

    Args:
        value: an ε_cr, or all inflections, at an exact Δ.
    """
    points = value.points if isinstance(value, Inflections) else (value,)
    return [*map(root_certificate, points), shape_certificate(value.delta)]
