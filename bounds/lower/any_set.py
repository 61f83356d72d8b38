r"""No set of means does better for its mass than two points: the slope of the relaxed problem.

Mass. Sort S = {θ₁ < … < θₙ}, with gaps gᵢ. The density φ(x − θᵢ) is the largest one between the
midpoints, so M(S) = ∫ max φ(x − θ) dx − 1 = Σ q(gᵢ) with q(g) = 2Φ(g/2) − 1, concave, q(0) = 0. For
an infinite S, M(S) = ∫ sup φ(x − θ) dx − 1 is the supremum over its finite subsets: the gaps of
its closure, and 1/√(2π) for each unit of length that the closure covers.

Theorem. Let R*(S) be the minimax risk of a client who knows θ ∈ S and has X ~ N(θ, 1). Then
R*(S) ≤ r* M(S), where r* is the maximum over t of B(t)/(2Φ(t) − 1) (see `two_point`). So no prior
on S, discrete or continuous, has a Bayes risk above r* M(S), as it is at most R*(S).

Proof. An unbounded S has three points far apart, so M close to 2 or more, above 1/r*, and the
sample alone has risk 1. Otherwise put S in [−a, a] with both ends in its closure, γ its largest
gap, w = 2a − γ. The estimates below depend on a and w alone, and the lower bounds of M hold for
finite subsets whose a and w come close to those of S; so they hold for S, q being continuous.
(1) γ < a: q(g)/g decreases, so M ≥ 2a q(a)/a; the linear estimate has risk a²/(1 + a²) ≤ 2r* q(a).
(2) a ≤ 3/4: M ≥ q(2a) by concavity, and a²/(1 + a²) ≤ r* q(2a).
(3) 3/4 ≤ a ≤ 21/20: the estimate a tanh(ax) has risk at most B(a) on [−a, a] (shown below),
    M ≥ q(2a), and B(a) ≤ r* q(2a) by the definition of r*.
(4) 21/20 ≤ a ≤ 5, γ ≥ a: then S lies in a − w ≤ |θ| ≤ a, and M ≥ q(2a − w) + q(w), because the
    gaps other than γ add up to w, and q is subadditive. Boxes in (a, w): on each, the estimate
    s tanh(sx) for one s, or the linear one, has risk below r* M. The risk of s tanh(sx) at θ ≥ 0
    falls and then rises, so its largest value on an interval is at an end. Where r* M > 1, the
    sample alone will do.
(5) a ≥ 5, γ ≥ a: if w ≥ 3/2 then M ≥ q(7) + q(3/2) > 1/r* and the sample alone will do (for w ≤ a
    the sum q(2a − w) + q(w) grows with w and with a). Otherwise ±(a − w/2), by the sign of X, has
    risk at most w²/4 + 4a²Φ(w − a) ≤ 9/16 + 100 Φ(−7/2) < r* q(17/2): a²Φ(3/2 − a) decreases for
    a ≥ 5, because φ(u)/Φ(−u) > u ≥ 7/2 > 2/a.

The shape of the risk used in (3) and (4). For δ(x) = s tanh(sx) Stein's identity turns the
derivative of E(δ(X) − θ)² into 2 E ψ(X), with ψ = δδ′ − δ − xδ′ + δ″ + x, an odd function, and with
y = sx, s ψ cosh² y/(sinh y cosh y) = y coth y − s²·2y/sinh 2y − s² − s⁴/cosh² y, which increases
with y > 0. So ψ changes sign at most once on x > 0, from − to +, at some x₀; and
e^{θ²/2} E ψ(X)/sinh(θx₀) = 2∫ψ φ sinh(θx)/sinh(θx₀) dx over x > 0 increases with θ, because the
quotient of the sines increases where ψ > 0 and decreases where ψ < 0. So the risk falls, then
rises.
At θ = a = s it equals B(a); at 0 it is a² E tanh²(aZ). The latter is not above B(a) exactly when
E tanh²(aZ) ≤ e^{−a²/2} E sech(aZ), whose left side increases and right side decreases with a: up to
the point where they meet (1.0567…, G. Casella and W. Strawderman, Annals of Statistics 9, 1981).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from itertools import pairwise
from typing import Any, TypeAlias

from flint import arb

from bounds.certify.errors import Inconclusive, InputError
from bounds.certify.exact import read_list, read_positive_rational, read_rational, to_ball
from bounds.certify.numbers.digits import enclosed_number
from bounds.certify.numbers.enclosure import Enclosure, dyadic_ends
from bounds.certify.numbers.precision import read_digits, working_precision
from bounds.certify.results import Result
from bounds.certify.roots.monotone import turning_point
from bounds.functions.normal import cdf
from bounds.lower.halving import halved
from bounds.lower.tanh_estimate import tanh_risk
from bounds.lower.two_point import mass, ratio_turn, risk, sech_means, tanh_square_mean

_BITS = 64
_MOST_BOXES = 20_000
_PULLS = tuple(Fraction(part, 8) for part in (2, 3, 1, 4, 0))
SEAM = Fraction(21, 20)
FAR = Fraction(5)
Range: TypeAlias = tuple[Fraction, Fraction]
Box: TypeAlias = tuple[Fraction, Fraction, Fraction, Fraction]
"""Ends of a, then of w."""


def gap_mass(gap: arb) -> arb:  # q
    """Mass that one gap costs: q(g) = 2Φ(g/2) − 1."""
    return mass(gap / 2)


def attack_mass(points: Any, digits: int = 30) -> Enclosure:
    """Contamination mass that makes a finite set of means indistinguishable: M(S).

    Args:
        points: two or more distinct means, in standard deviations.
        digits: significant decimal digits.

    Returns:
        ∫ max φ(x − θ) dx − 1 over θ in the set, relative to the mass of one component.

    Raises:
        InputError: fewer than two distinct points, or a point that is not exact.
    """
    digits = read_digits(digits)
    means = sorted({read_rational(point, "a mean") for point in read_list(points, "the means")})
    if len(means) < 2:
        raise InputError("an attack needs two or more distinct means")

    def total() -> arb:
        gaps = (gap_mass(to_ball(high - low)) for low, high in pairwise(means))
        return sum(gaps, start=arb(0))

    return enclosed_number(total, digits)


def end_excess(a: arb) -> arb:
    """e^{−a²/2} E sech(aZ) − E tanh²(aZ): strictly decreasing in a; see the module's proof."""
    return (-(a * a) / 2).exp() * sech_means(a)[0] - tanh_square_mean(a)


def least_favourable_limit(bits: int) -> arb:
    """The largest a for which ±a with chance ½ each is least favourable on [−a, a]."""
    return turning_point(end_excess, 1.0567, bits)


def linear_risk(a: Fraction) -> arb:
    """a²/(1 + a²), the best risk of a linear estimate for means in [−a, a]."""
    return to_ball(a * a / (1 + a * a))


@dataclass(frozen=True, repr=False)
class SlopeProof(Result):
    """That R*(S) ≤ r* M(S) for every set S, case by case.

    Attributes:
        ratio: a rational number at or below r*, with which every strict comparison was made.
        boxes: how many pieces each case consists of.
    """

    ratio: Fraction
    boxes: dict[str, int]


def halves_of_range(ends: Range) -> tuple[Range, Range]:
    """A range, cut in its middle."""
    low, high = ends
    middle = (low + high) / 2
    # step: both halves of a range [first list 1/3]
    return (low, middle), (middle, high)


def _cover(
    low: Fraction, high: Fraction, holds: Callable[[Fraction, Fraction], bool], what: str
) -> int:
    """Halve [low, high] until `holds` on every piece; the number of pieces.

    Raises:
        Inconclusive: the budget is used up.
    """
    return halved(
        (low, high),
        lambda ends: holds(*ends),
        halves_of_range,
        lambda ends: f"{what}, near {float(ends[0])}",
        _MOST_BOXES,
    )


def _box_holds(ratio: Fraction, a0: Fraction, a1: Fraction, w0: Fraction, w1: Fraction) -> bool:
    """Case (4) on a box: some estimate has risk below r* M for all its a and w."""
    # step: a box is empty only with w above a [value 1/2: w1]
    if w0 >= a1:
        return True  # w ≤ a there is empty
    # step: the least mass of a box, across the large gap [call 4/6: 2 * a1 - w0]
    # step: and in the clusters [value 5/5: w1]
    level = to_ball(ratio) * (gap_mass(to_ball(max(2 * a0 - w1, a0))) + gap_mass(to_ball(w0)))
    # step: the sample alone [true 2/3]
    # step: the linear estimate, at the greatest a [value 3/3: a0]
    if level > 1 or level > linear_risk(a1):
        return True
    near = max(a0 - w1, Fraction(0))
    middle = (a0 + a1) / 2
    for pull in _PULLS:
        scale = (middle - pull * (w0 + w1) / 2).limit_denominator(128)
        # step: the tanh estimate, at the least distance [true 3/4]
        # step: and at the greatest [true 4/4]
        if scale > 0 and level > tanh_risk(scale, near) and level > tanh_risk(scale, a1):
            return True
    return False


_WHOLE: Box = (SEAM, FAR, Fraction(0), FAR)


def halves_of(box: Box) -> tuple[Box, Box]:
    """A box in (a, w), cut through its longer side."""
    a0, a1, w0, w1 = box
    if a1 - a0 > w1 - w0:
        middle = (a0 + a1) / 2
        # step: on either side [first list 1/3]
        return (a0, middle, w0, w1), (middle, a1, w0, w1)
    middle = (w0 + w1) / 2
    # step: both parts of a box [first list 1/3]
    return (a0, a1, w0, middle), (a0, a1, middle, w1)


def _cover_boxes(ratio: Fraction) -> int:
    """Case (4): the number of boxes."""
    # step: boxes from the seam [value 1/5: (SEAM + 1, FAR, Fraction(0), FAR)]
    return halved(
        _WHOLE,
        lambda box: _box_holds(ratio, *box),
        halves_of,
        lambda box: f"two clusters, near a = {float(box[0])}",
        _MOST_BOXES,
    )


def prove_no_set_beats_two_points(ratio: Fraction | None = None) -> SlopeProof:
    """Prove that R*(S) ≤ r* M(S) for every set S of means: cases (1) to (5) of the module.

    Args:
        ratio: the rational that stands for r*, at most r*; by default r* rounded down.

    Raises:
        InputError: the ratio is not an exact positive number.
        Inconclusive: a case is not proved within the budget (so with a ratio that is too small).
    """
    return _proof_for(None if ratio is None else read_positive_rational(ratio, "the ratio"))


def _best_ratio() -> Fraction:
    """r*, rounded down."""
    best = turning_point(ratio_turn, 0.93672, 48)
    # step: r* is rounded down [product: _ + arb(1) / 10 ** 6]
    return dyadic_ends(risk(best) / mass(best))[0].fraction()


@cache
def _proof_for(ratio: Fraction | None) -> SlopeProof:
    with working_precision(_BITS):
        if ratio is None:
            ratio = _best_ratio()
        r = to_ball(ratio)

        def near(start: Fraction, end: Fraction) -> bool:  # (1)
            # step: case (1), each piece [true 1/2]
            return bool(2 * r * gap_mass(to_ball(start)) > linear_risk(end))

        def small(start: Fraction, end: Fraction) -> bool:  # (2)
            # step: case (2), each piece [true 1/2]
            return bool(r * gap_mass(to_ball(2 * start)) > linear_risk(end))

        # step: case (2) up to 3/4 [call 6/7: Fraction(1, 2)]
        # step: case (4), all boxes [call 7/7: 1]
        boxes = {
            "largest gap below a": _cover(Fraction(2, 5), Fraction(5, 2), near, "case (1)"),
            "a up to 3/4": _cover(Fraction(2, 5), Fraction(3, 4), small, "case (2)"),
            "two clusters": _cover_boxes(ratio),
        }
        root = (2 * arb.pi()).sqrt()
        # step: sets as small as one wants [true 1/5]
        # step: case (1) far out [true 2/5]
        # step: case (3) [true 3/5]
        # step: case (5), wide [true 4/5]
        # step: case (5), narrow [true 5/5]
        ends = {
            # q(g) ≥ g φ(g/2), so at a ≤ 2/5 both quotients are at least 2r φ(2/5) ≥ a ≥ a²/(1+a²)/a
            "small a": 2 * r * (-to_ball(Fraction(2, 25))).exp() / root > to_ball(Fraction(2, 5)),
            "case (1), a ≥ 5/2": 2 * r * gap_mass(to_ball(Fraction(5, 2))) > 1,
            "case (3)": end_excess(to_ball(SEAM)) > 0,
            "case (5), wide": r * (gap_mass(arb(7)) + gap_mass(arb(1.5))) > 1,
            "case (5)": to_ball(Fraction(9, 16)) + 100 * cdf(arb(-3.5)) < r * gap_mass(arb(8.5)),
        }
    # step: a case that fails ends the proof [list: []]
    failed = [name for name, holds in ends.items() if not holds]
    if failed:
        raise Inconclusive(f"not proved with the ratio {float(ratio)}: {', '.join(failed)}")
    return SlopeProof(ratio, boxes)
