"""Every inflection of the loss on its whole domain (0, ε_max), and that there are no others."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from typing import Any

from flint import arb

from bounds.certify.errors import Inconclusive
from bounds.certify.exact import Exact, to_ball
from bounds.certify.numbers.digits import to_digits
from bounds.certify.numbers.enclosure import Enclosure
from bounds.certify.numbers.precision import read_digits, working_precision
from bounds.certify.results import Result
from bounds.critical.domain import point_at, read_delta, spare_bits, survey, told_of_balls
from bounds.critical.ends import largest_radius
from bounds.critical.family import shape_of
from bounds.critical.point import Inflection, locate
from bounds.critical.regimes import regime_of
from bounds.critical.seeds import GUESS_BITS, guess
from bounds.functions.window import mass_deficit, relative_steepness, window_mass

_BITS = 64


@dataclass(frozen=True, repr=False)
class Inflections(Result):
    """The shape of the loss for one Δ, proved on the whole domain.

    Attributes:
        delta: Δ, exact or a ball.
        eps_max: the end of the domain, where ε + φ(Δ) l(ε) = ρ(Δ).
        radius_max: l(ε_max), in standard deviations.
        points: all inflections, in order of ε.
        distances: ε_max − ε for each of them, to full relative accuracy.
        shape: how the loss bends from ε = 0 to ε_max, stretch by stretch.
        pieces: how many pieces of the domain the proof consists of; 0 where the shape is a theorem
            for a range of Δ (`regimes`).
    """

    delta: Exact
    eps_max: Enclosure
    radius_max: Enclosure
    points: tuple[Inflection, ...]
    distances: tuple[Enclosure, ...]
    shape: tuple[str, ...]
    pieces: int

    @property
    def turns_to_convex(self) -> tuple[Inflection, ...]:
        """The inflections at which the loss turns from concave to convex."""
        return tuple(point for point in self.points if point.turn == "concave to convex")


def near_guesses(
    delta: Exact,
    digits: int,
    shape: tuple[str, ...],
    guesses: Iterable[tuple[list[arb], int]],
) -> Inflections:
    """All inflections of a loss of known shape, if they are near the guesses.

    As many roots, each unique in its own box and with its turn proved, in order of l(ε̂), are all of
    them. A wrong guess proves nothing.

    Args:
        delta: Δ.
        digits: significant decimal digits of every number.
        shape: how the loss is proved to bend.
        guesses: (l(ε), l(ε̂), g(ε̂)) for each inflection, with the bits believed to be right.

    Raises:
        Inconclusive: they are not there.
    """
    located = []
    for start, known in guesses:
        with working_precision(_BITS):
            spare = spare_bits(start[1], to_ball(delta), digits)
        located.append(locate(delta, start, digits, spare, known))
    # step: guesses lead to as many inflections as the shape has [false]
    if len(located) != len(shape) - 1:
        raise Inconclusive(f"{len(located)} guesses are not all of {len(shape) - 1} inflections")
    # step: which are different ones, in order [true 3/3]
    if not all(left[1] < right[1] for (left, _), (right, _) in pairwise(located)):
        raise Inconclusive("the guesses do not lead to as many inflections, in order")
    for (_, point), (before, after) in zip(located, pairwise(shape), strict=True):
        if point.turn != f"{before} to {after}":
            raise Inconclusive(f"the loss does not turn from {before} to {after} there")
    return _whole(delta, digits, located, shape, 0)


def inflections(delta: Any, digits: int = 30, *, anew: bool = False) -> Inflections:
    """All inflections of the loss g(ε̂)²/(1 + g(ε̂)²) on (0, ε_max(Δ)), with proof that they are all.

    How many there are is a theorem for ranges of Δ. Elsewhere, next to the folds, and where Δ is a
    ball, the sign of the second derivative is certified on every piece of the domain, both ends
    included. Each sign change is located as a root that is unique in its box.

    Args:
        delta: Δ, 1/64 to 1024, in standard deviations: int, str, Fraction, Decimal, mpf or ball; a
            float counts as the exact binary number that it is.
        digits: significant decimal digits of every number in the result.
        anew: prove the signs on every piece of the domain even where the shape is a theorem.

    Raises:
        InputError: Δ is not such a number, or digits is not a count.
        Inconclusive: Δ is so close to a value where inflections merge that they cannot be told
            apart, or a ball so wide that the picture changes inside it.

    Paper: Lemma 5, which claims one inflection and convexity up to the end.
    """
    exact, digits = read_delta(delta), read_digits(digits)
    with told_of_balls(exact):
        found = None if anew else _by_theorem(exact, digits)
        return found or _by_survey(exact, digits)


def _by_theorem(delta: Exact, digits: int) -> Inflections | None:
    """All inflections from the stored guesses; None where no shape is known or they do not help."""
    regime = regime_of(delta) if isinstance(delta, Fraction) else None
    if regime is None:
        return None
    try:
        guesses = [(guess(branch, delta), GUESS_BITS[branch]) for branch in regime.branches]
        return near_guesses(delta, digits, regime.shape, guesses)
    except (ValueError, Inconclusive):
        return None


def _by_survey(delta: Exact, digits: int) -> Inflections:
    """All inflections, with the signs proved on every piece of the domain."""
    found, changes = survey(delta)
    located = [point_at(change, delta, digits) for change in changes]
    return _whole(delta, digits, located, shape_of(changes), sum(run.pieces for run in found))


def _whole(
    delta: Exact,
    digits: int,
    located: list[tuple[list[arb], Inflection]],
    shape: tuple[str, ...],
    pieces: int,
) -> Inflections:
    eps_max, radius_max, distances = _the_end(delta, [root for root, _ in located], digits)
    points = tuple(point for _, point in located)
    return Inflections(delta, eps_max, radius_max, points, tuple(distances), shape, pieces)


def end_of_domain(delta: Exact, digits: int) -> tuple[Enclosure, Enclosure]:
    """ε_max(Δ), where ε + φ(Δ) l(ε) = ρ(Δ), and l(ε_max), without a survey of what lies below.

    Args:
        delta: Δ as `read_delta` gives it.
        digits: significant decimal digits of both.
    """
    eps_max, radius_max, _ = _the_end(delta, [], digits)
    return eps_max, radius_max


def _the_end(
    delta: Exact, roots: list[list[arb]], digits: int
) -> tuple[Enclosure, Enclosure, list[Enclosure]]:
    """ε_max, l(ε_max), and the distance of each root from ε_max."""

    def at(bits: int) -> tuple[dict[str, arb], None]:
        with working_precision(bits):
            ball = to_ball(delta)
            radius = largest_radius(ball)
            end = mass_deficit(radius, ball)
            values = {"end": end, "radius": radius}
            for number, (x, y, _) in enumerate(roots):
                # ε_max − ε and f(y) = ρ − ε̂ are ∫ d′ and ∫ (d′ + φ(Δ)) from x to x_max: by Cauchy's
                # mean value theorem their ratio is s/(1 + s) at a point between
                steep = relative_steepness(x.union(radius), ball)
                gap = window_mass(y, ball) * steep / (1 + steep)
                direct = end - mass_deficit(x, ball)
                better = direct.rel_accuracy_bits() > gap.rel_accuracy_bits()
                values[str(number)] = direct if better else gap
        return values, None

    faces, _ = to_digits(at, digits, delta)
    return faces.pop("end"), faces.pop("radius"), list(faces.values())
