"""Proofs as small JSON files, for someone who trusts none of our code.

A certificate holds a statement with exact data, the subdivision or box that proves it, and a hash.
The independent checker (`bounds.checker`, command `bounds check`) replays it in MPFR arithmetic.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from flint import arb

from bounds.certify.arithmetic.ball import hull
from bounds.certify.certificates.seal import sealed
from bounds.certify.errors import InputError
from bounds.certify.exact import Exact, show_exact, to_ball
from bounds.certify.numbers.enclosure import dyadic_ends, exact_text
from bounds.certify.numbers.precision import working_precision
from bounds.critical.critical import CriticalValue
from bounds.critical.curve import Slice
from bounds.critical.ends import near_end, near_zero
from bounds.critical.family import ProvedSlice, slice_of
from bounds.critical.fold import Fold
from bounds.critical.passage import pass_through
from bounds.critical.point import Inflection
from bounds.critical.small_delta import LEAST, prove_concave
from bounds.critical.subdivision import between
from bounds.critical.whole_domain import Inflections
from bounds.critical.witnesses import witnesses


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
    text = "the loss has exactly one inflection with (l(eps), l(eps_hat), g(eps_hat)) in the box"
    return sealed(
        "root",
        {
            "delta": show_exact(delta),
            "turn": point.turn,
            "eps": list(point.eps.decimals()),
            "text": text,
        },
        {"bits": point.bits, "box": _box(point)},
    )


def eps_cr_certificate(value: CriticalValue) -> dict[str, Any]:
    """That a root is ε_cr: the first place where the loss turns from concave to convex.

    It holds the shape of the loss on its whole domain, and the box of the root, which lies within
    the first crossing of that shape.

    Args:
        value: an ε_cr at an exact Δ.

    Raises:
        InputError: Δ is a ball.
        Inconclusive: the survey leaves a piece undecided.
    """
    delta = _exact(value.delta)
    part = slice_of(delta, delta)
    evidence = slice_evidence(part)
    del evidence["delta"]
    text = "eps_cr, where the loss first turns convex, and the shape of the loss on its domain"
    return sealed(
        "eps_cr",
        {
            "delta": show_exact(delta),
            "eps": list(value.eps.decimals()),
            "shape": list(part.shape),
            "text": text,
        },
        {"bits": value.bits, "box": _box(value), **evidence},
    )


def _box(point: Inflection) -> dict[str, list[str]]:
    """The box of a root, each side by the name that the checker gives it."""
    return {
        name: [exact_text(end) for end in ends]
        for name, ends in zip("xyg", point.proof.box, strict=True)
    }


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
    text = "for every Delta in the range, the loss bends so from eps = 0 to eps_max"
    ends = [show_exact(slices[0].low), show_exact(slices[-1].high)]
    return sealed(
        "shape",
        {"delta": ends, "shape": list(slices[0].shape), "text": text},
        {"bits": 64, "slices": [slice_evidence(part) for part in slices]},
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
        "witnesses": witnesses(part.low, part.high, part.pieces),
    }


def small_delta_certificate(top: Fraction = LEAST) -> dict[str, Any]:
    """That the loss is concave on its whole domain for every Δ in (0, top].

    Raises:
        Inconclusive: it is not proved.
    """
    prove_concave(top)
    places = [Fraction(step, 40) for step in range(2, 161)]  # the checker proves it between them
    return sealed(
        "small_delta",
        {"delta": show_exact(top), "text": "the loss is concave for all smaller Delta, too"},
        {"bits": 64, "places": [show_exact(place) for place in places]},
    )


def passage_certificate(fold: Fold, low: Fraction, high: Fraction) -> dict[str, Any]:
    """The shape of the loss for every Δ of a range with one fold in it, where it changes.

    Args:
        fold: the fold.
        low: the lower end of the range, exact.
        high: the upper end.

    Raises:
        Inconclusive: the passage is not proved.
    """
    passage = pass_through(fold, low, high)
    left, right = passage.box
    with working_precision(64):
        region = Slice(hull(to_ball(low), to_ball(high)))
        before = [*between(region, near_zero(region.delta), left)]
        after = [*between(region, right, near_end(region.delta))]
        dip = fold.radius_of_estimate.ball().mid()
    return sealed(
        "passage",
        {
            "delta": [show_exact(low), show_exact(high)],
            "before": list(passage.before),
            "after": list(passage.after),
            "text": "the shape of the loss on both sides of a fold, for every Delta of the range",
        },
        {
            "bits": 96,
            "sign": passage.sign,
            "box": [_place(left), _place(right)],
            "dip": _place(dip),
            "witnesses": witnesses(low, high, [*before, *after]),
            "left": [[_place(low), _place(high), mark] for mark, low, high in before],
            "right": [[_place(low), _place(high), mark] for mark, low, high in after],
        },
    )


def certificates_of(value: CriticalValue | Inflections) -> list[dict[str, Any]]:
    """What replays a result: its roots, the shape, and for an ε_cr that the root is this one.

    Args:
        value: an ε_cr, or all inflections, at an exact Δ.
    """
    if isinstance(value, Inflections):
        return [*map(root_certificate, value.points), shape_certificate(value.delta)]
    return [root_certificate(value), shape_certificate(value.delta), eps_cr_certificate(value)]
