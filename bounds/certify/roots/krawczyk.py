r"""Roots of square systems, with proof: Newton at rising precision, then one Krawczyk step.

For F: Rⁿ → Rⁿ, a box X around c and any matrix Y, the Krawczyk operator is

    K(X) = c − Y F(c) + (I − Y F′(X)) (X − c).

If K(X) lies in the interior of X, then F has exactly one root in X, and it lies in K(X)
(R. Krawczyk, Computing 4, 1969; A. Neumaier, Interval Methods for Systems of Equations, 1990,
section 5.1). F is evaluated once at the last precision; F′ and Y need half of it, because the
radius of X is about the square root of the final error.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from flint import arb, arb_mat

from bounds.certify.errors import Inconclusive
from bounds.certify.numbers.enclosure import Dyadic, dyadic_ends
from bounds.certify.numbers.precision import working_precision

Vector = list[arb]
Residual = Callable[[Sequence[arb]], Vector]
Jacobian = Callable[[Sequence[arb]], list[Vector]]
Bends = Callable[[Sequence[arb], Sequence[arb]], list[Vector]]

_START_BITS = 64
_START_ROUNDS = 60
_SETTLED = 44  # bits that are right after a Newton step below 2⁻²⁶
SPARE = 24
"""Working bits beyond the accuracy asked for."""
_FAMILY_BITS = 80
_LONG_BITS = 1500  # from here on steps of third order take less time


@dataclass(frozen=True, slots=True)
class RootProof:
    """Evidence that a system has exactly one root in a box.

    Attributes:
        statement: what is proved, in words.
        variables: the names of the unknowns.
        box: the exact ends of the box, unknown by unknown.
        contraction: an upper bound of ‖I − Y F′(box)‖, in the maximum norm scaled by the box.
        bits: the working precision of the final evaluation.
    """

    statement: str
    variables: tuple[str, ...]
    box: tuple[tuple[Dyadic, Dyadic], ...]
    contraction: float
    bits: int

    def __str__(self) -> str:
        return f"{self.statement} (contraction {self.contraction:.2g} at {self.bits} bits)"

    def __repr__(self) -> str:
        return f"<RootProof of {', '.join(self.variables)} at {self.bits} bits>"


def _schedule(bits: int, known: int) -> list[int]:
    """Accuracies to pass through from `known` bits to a little over half of `bits`.

    They double at each step, and triple where steps of third order take less time.
    """
    steps: list[int] = []
    goal = bits // 2 + 8
    while goal > known:
        steps.insert(0, goal)
        goal = goal // 3 + 16 if goal > _LONG_BITS else (goal + 1) // 2
    return steps


def _inverse(centres: arb_mat) -> arb_mat:
    """Y, the inverse of exact slopes, enclosed."""
    try:
        return centres.inv()
    except ZeroDivisionError:
        raise Inconclusive("the Jacobian is not surely invertible near the root") from None


def _newton_step(slopes: list[Vector], value: Vector) -> Vector:
    step: Vector = (_inverse(arb_mat(slopes).mid()) * _column(value)).entries()
    return step


def _krawczyk_step(value: Vector, centres: arb_mat, slopes: arb_mat, radii: Vector) -> Vector:
    """Y (F(c) + (F′(X) − C)(X − c)), for Y the inverse of exact C and a box X of these radii.

    As I − Y F′(X) is Y (C − F′(X)), this is what the Krawczyk operator takes from c.
    """
    # step: the spread is over the whole radius [call 2/2: arb(0)]
    spread = (slopes - centres) * _column([arb(0, r) for r in radii])
    # step: the image counts their spread over the box [first sum]
    # step: the image is moved by YF(c) [last sum]
    step: Vector = (_inverse(centres) * (_column(value) + spread)).entries()
    return step


def _column(vector: Vector) -> arb_mat:
    return arb_mat(len(vector), 1, vector)


def _lies_inside(image: Vector, box: Vector) -> bool:
    """Whether the image lies in the interior of the box: then there is exactly one root."""
    # step: the image lies in the interior of the box [true 4/4]
    # step: for every unknown [function 1/4: any]
    return all(i.is_finite() and b.contains_interior(i) for i, b in zip(image, box, strict=True))


def approximate_root(residual: Residual, jacobian: Jacobian, start: Sequence[arb]) -> Vector:
    """Newton's method at low precision until it stops moving: a good guess, no proof.

    Raises:
        Inconclusive: it does not settle.
    """
    point = [entry.mid() for entry in start]
    with working_precision(_START_BITS):
        for _ in range(_START_ROUNDS):
            step = _newton_step(jacobian(point), residual(point))
            if not all(entry.is_finite() for entry in step):
                break
            # unknowns are positive: at most halve or double one in a step
            scale = max(float(abs(s / p).mid()) for s, p in zip(step, point, strict=True))
            damp = min(1.0, 0.5 / scale) if scale > 0 else 1.0
            point = [(p - s * damp).mid() for s, p in zip(step, point, strict=True)]
            if scale < 2.0**-26:
                return point
    raise Inconclusive(
        f"Newton's method did not settle in {_START_ROUNDS} rounds near "
        + ", ".join(entry.str(6, radius=False) for entry in point)
    )


def certified_root(
    residual: Residual,
    jacobian: Jacobian,
    start: Sequence[arb],
    bits: int,
    variables: tuple[str, ...],
    statement: str,
    known: int = 0,
) -> tuple[Vector, list[Vector], RootProof]:
    """The root near `start`, enclosed to about `bits` bits, with its proof.

    Args:
        residual: F, on exact points and on balls, at the working precision.
        jacobian: F′, row by row, on exact points and on balls.
        start: a guess from which Newton's method settles.
        bits: relative accuracy of the enclosure.
        variables: names of the unknowns, for the proof.
        statement: what the root means, for the proof.
        known: bits of the guess that are believed to be right; 0 for a rough guess.

    Returns:
        The enclosure of each unknown, F′ over the box of the proof, and the proof of existence and
        uniqueness in that box.

    Raises:
        Inconclusive: no box contracts.
    """
    point = refined_root(residual, jacobian, start, bits, known)
    with working_precision(bits + SPARE):
        value = residual(point)
    return proved_root(value, jacobian, point, bits, variables, statement)


def refined_root(
    residual: Residual, jacobian: Jacobian, start: Sequence[arb], bits: int, known: int = 0
) -> Vector:
    """A point so near the root that one step more gives about `bits` bits: no proof.

    Raises:
        Inconclusive: Newton's method does not settle.
    """
    if known:
        point = [entry.mid() for entry in start]
    else:
        point, known = approximate_root(residual, jacobian, start), _SETTLED
    for goal in _schedule(bits, known):
        with working_precision(goal + SPARE):
            value = residual(point)
        if goal > _LONG_BITS:  # the slopes half-way: third order
            with working_precision(goal // 3 + SPARE):
                step = _newton_step(jacobian(point), value)
            with working_precision(2 * goal // 3 + SPARE):
                slopes = jacobian([(p - s / 2).mid() for p, s in zip(point, step, strict=True)])
        else:
            with working_precision(goal // 2 + SPARE):
                slopes = jacobian(point)
        with working_precision(goal + SPARE):
            step = _newton_step(slopes, value)
            point = [(p - s).mid() for p, s in zip(point, step, strict=True)]
    return point


def proved_root(
    value: Vector,
    jacobian: Jacobian,
    point: Vector,
    bits: int,
    variables: tuple[str, ...],
    statement: str,
) -> tuple[Vector, list[Vector], RootProof]:
    """The root near an exact point, from F there, with its proof: one Krawczyk step.

    Y is the inverse of the centres of F′(X). Arguments and results are those of `certified_root`.

    Raises:
        Inconclusive: no box contracts.
    """
    half, full = bits // 2 + 32, bits + SPARE
    share = arb(2) ** (-bits // 2 - 4)
    with working_precision(half):
        radii = [(abs(p) * share).upper() for p in point]
        for _ in range(4):
            box = [arb(p, r) for p, r in zip(point, radii, strict=True)]
            # step: the slopes are those over the box [list: point]
            rows = jacobian([entry + 0 for entry in box])
            slopes = arb_mat(rows)
            step = _krawczyk_step(value, slopes.mid(), slopes, radii)
            with working_precision(full):
                image = [p - s for p, s in zip(point, step, strict=True)]
            if _lies_inside(image, box):
                # step: the contraction told is the image's radius [product: r - r]
                shares = [float((s.rad() / r).upper()) for s, r in zip(step, radii, strict=True)]
                proof = RootProof(
                    statement=statement,
                    variables=variables,
                    box=tuple(dyadic_ends(entry) for entry in box),
                    contraction=math.nextafter(max(shares), math.inf),
                    bits=full,
                )
                return image, rows, proof
            radii = [
                (2 * r).max(4 * abs(s).upper()).upper() for r, s in zip(radii, step, strict=True)
            ]
    raise Inconclusive(f"no box contracts at {bits} bits around {point[0].str(10, radius=False)}")


def sharpened_root(
    value: Vector, jacobian: Jacobian, bends: Bends, point: Vector, root: Vector, bits: int
) -> tuple[Vector, list[Vector]]:
    """A proved root, enclosed to three times the accuracy of the point, by one step of third order.

    With h = root − c, F(c) = −A h for the mean A of F′ from c to the root: by the midpoint rule
    F′(c + h/2), and a 24th of a second derivative along h, at some place between.

    Args:
        value: F at the point.
        jacobian: F′, on balls.
        bends: half the second derivatives of the entries of F′ along a vector, over a box.
        point: c, exact, to about a third of the accuracy.
        root: an enclosure of the one root, to about two thirds.
        bits: relative accuracy of the new enclosure.

    Returns:
        The enclosure of each unknown, and A.
    """
    with working_precision(2 * bits // 3 + 32):
        steps = [r - p for r, p in zip(root, point, strict=True)]
        # step: third order: the slopes are taken half-way [product: 0 * step]
        slopes = jacobian([p + step / 2 for p, step in zip(point, steps, strict=True)])
    with working_precision(_START_BITS):
        # step: over all of the box [first call 1/2]
        box = [(p + 0).union(r + 0) for p, r in zip(point, root, strict=True)]
        rest = bends(box, [step + 0 for step in steps])
    with working_precision(2 * bits // 3 + 32):
        # step: the mean counts how they bend [first sum]
        mean = [
            [s + b / 12 for s, b in zip(*rows, strict=True)]
            for rows in zip(slopes, rest, strict=True)
        ]
        inverse = arb_mat(mean).inv()
    with working_precision(bits + SPARE):
        step = (inverse * _column(value)).entries()
        return [p - s for p, s in zip(point, step, strict=True)], mean


class System(Protocol):
    """A square system, at whatever precision it is evaluated."""

    def residual(self, point: Sequence[arb]) -> Vector:
        """The left-hand sides."""

    def jacobian(self, point: Sequence[arb]) -> list[Vector]:
        """Their derivatives, row by row."""


def box_for_all(
    middle: System, whole: System, start: Sequence[arb], told: str
) -> tuple[Vector, list[Vector]]:
    """A box that holds exactly one root of each system of a family: the same test, on all at once.

    Args:
        middle: one system of the family, or one near it: it only leads to the box.
        whole: all of them, with balls in place of what tells them apart.
        start: where Newton's method may begin.
        told: which family, for the message of an error.

    Returns:
        The box, and F′ over it.

    Raises:
        Inconclusive: no box contracts.
    """
    point = approximate_root(middle.residual, middle.jacobian, start)
    # step: the values are those of the whole family [value 3/4: middle]
    slopes, value = whole.jacobian(point), whole.residual(point)
    centres = arb_mat(slopes).mid()
    radii = [(3 * abs(s)).upper() + arb(2) ** -_FAMILY_BITS for s in _newton_step(slopes, value)]
    for _ in range(12):
        box = [p + arb(0, r) for p, r in zip(point, radii, strict=True)]
        # step: the slopes are those over the box, for the whole family [call 3/3:
        #   middle.jacobian(point)]
        step = _krawczyk_step(value, centres, arb_mat(whole.jacobian(box)), radii)
        image = [p - s for p, s in zip(point, step, strict=True)]
        # step: a family: every image is a finite ball in the interior of the box [true]
        # step: for both unknowns [call: _lies_inside(image[:1], box[:1])]
        if _lies_inside(image, box):
            # step: the slopes told are those over the image [value 3/3: point]
            return image, whole.jacobian(image)
        radii = [(2 * radius).upper() for radius in radii]
    raise Inconclusive(f"no box contracts for {told}")
