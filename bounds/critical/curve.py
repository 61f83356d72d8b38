"""The criterion along the curve y ↦ (x, y, g), which ε runs through as y = l(ε̂) goes from 0 to ∞.

For given Δ, y fixes everything: x + 2S(x) = 2S(y), then ε = d(x), and g from Φ(y − Δ) − Φ(−Δ).
Both x and ε increase with y, so the sign of loss″ over all ε is the sign of one function of y. Here
it is enclosed over boxes of y and Δ together, by the mean value theorem in both.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from flint import arb, arb_series

from bounds.certify.arithmetic.ball import BALL
from bounds.certify.errors import Inconclusive
from bounds.certify.roots.monotone import monotone_root
from bounds.functions.criterion import curvature_criterion_at, curvature_criterion_gradient_at
from bounds.functions.normal import density
from bounds.functions.primitives.ball import sinh_integral
from bounds.functions.shift import coth, decay, median_shift_at
from bounds.functions.window import relative_steepness


def require_on_curve(what: str, root: Sequence[arb]) -> None:
    """Refuse a root of equations between x, y and g that is not proved to lie on the curve.

    The masses are even in x and y, so that there are others: at Δ = 3 one has x = −3.64.

    Args:
        what: what the root is, for the message.
        root: enclosures of its numbers, all of which are positive on the curve.

    Raises:
        Inconclusive: a number is not proved to be positive.
    """
    # step: a root is on the curve in each of its numbers [true 2/3]
    if not all(entry > 0 for entry in root):
        raise Inconclusive(
            f"{what} is not proved to lie on the curve of the loss: a number is not positive"
        )


def _balance(y: arb, delta: arb) -> Callable[[arb], tuple[arb, arb]]:
    """X ↦ (log of the two sides' ratio, its derivative), increasing, with its zero at l(ε).

    The equation ε + φ(Δ)x = ε̂ in the form that does not cancel on this side of Δ, on a log scale,
    where Newton's method is quick whatever the size of the sides.
    """
    if y < delta:
        goal = 2 * sinh_integral(y, delta)

        def estimate(x: arb) -> tuple[arb, arb]:
            side = x + 2 * sinh_integral(x, delta)
            return (side / goal).log(), (1 + relative_steepness(x, delta)) / side

        return estimate
    seen, unit = BALL.interval_mass(y - delta, 2 * delta), density(delta)

    def window(x: arb) -> tuple[arb, arb]:  # f(y) + φ(Δ)x = f(x)
        side, held = seen + unit * x, BALL.interval_mass(x - delta, 2 * delta)
        rate = unit / side + unit * relative_steepness(x, delta) / held
        return (side / held).log(), rate

    return window


def radius_of_estimate_inverse(y: arb, delta: arb, guess: arb | None = None) -> arb:
    """The x = l(ε) at which l(ε̂) = y, for narrow y and Δ: it exists and is unique in (0, y).

    Raises:
        Inconclusive: no interval Newton step contracts.
    """
    return monotone_root(_balance(y, delta), guess if guess is not None else y / 2, y)


@dataclass(frozen=True, slots=True)
class Station:
    """One point of the curve, for one Δ: enclosures of x, y, g and of the criterion there."""

    x: arb
    y: arb
    g: arb
    criterion: arb


def station(y: arb, delta: arb, guess: arb | None = None) -> Station:
    """The point of the curve at y."""
    x = radius_of_estimate_inverse(y, delta, guess)
    g = median_shift_at(y, delta)
    return Station(x, y, g, curvature_criterion_at(x, y, g, delta))


@dataclass(frozen=True, slots=True)
class Piece:
    """Enclosures over a box of y (and Δ).

    Attributes:
        value: the criterion.
        trend: its derivative along the curve, in some positive unit.
    """

    value: arb
    trend: arb


def bends_upward(x: arb, y: arb, delta: arb) -> bool:
    """Whether the bracket of the criterion is proved positive over a box; so is the criterion then.

    The bracket is q(v)(x − Δ coth u)/(1 + s(x))² − 2Δ e^{y²/2 − 3v}/q(v). On a log scale, with
    log(1 + s) ≤ log 2 + max(0, xΔ − x²/2), wide boxes do. At g = 1 the rest of the criterion
    vanishes, and near it no evaluation of the sum would do.
    """
    past = x - delta * coth(x * delta)
    if not past > 0:
        return False
    share = decay(y * delta)
    rise = x * (delta - x / 2)
    # step: by 2 where s falls [first call 1/2]
    steep = rise.nonnegative_part() if rise.is_finite() else rise
    # step: 1 + s is bounded above [last product 5/8]
    # step: q(v) at both places [product 3/8: 1 + 0 * share]
    # step: the pull of the shift [first sum 3/3]
    margin = (share * share * past / (8 * delta)).log() - 2 * steep + y * (3 * delta - y / 2)
    # step: the margin is positive [constant: -1]
    return bool(margin > 0)


def bends_little(x: arb, y: arb, g: arb, delta: arb) -> bool:
    """Whether the bracket is proved too small to matter over a box with g < 1.

    Its size is at most Δ coth u/(1 + s(x))² + 2Δ e^{y²/2 − 3v}/q(v), its weight 2gφ(g)/φ(Δ) at most
    2g e^{Δ²/2}, and 1 + s ≥ max(1, e^{xΔ − x²/2} q(u)).
    """
    # step: the greatest g [function: .lower]
    square = (g * g).upper()
    # step: g < 1 where the loss bends little [true 2/2]
    if not square < 1:
        return False
    low_x, low_y, top = x.lower(), y.lower(), y.upper()
    if not (low_x > 0 and low_y > 0):
        return False
    # step: the greatest weight [function 2/2: .lower]
    log_weight = g.upper().log() + delta * delta / 2
    # step: the least steepness [function 1/3: .upper]
    steep = (x * (delta - x / 2)).lower() + decay(low_x * delta).log()
    first = delta * coth(low_x * delta) * (log_weight - 2 * steep.max(arb(0))).exp()
    # y²/2 − 3yΔ is convex: its greatest value is at an end
    # step: the left end of the pull [last call]
    # step: the right end of the pull [first call]
    pull = (low_y * (low_y / 2 - 3 * delta)).max(top * (top / 2 - 3 * delta))
    second = 2 * delta * (log_weight + pull).exp() / decay(low_y * delta)
    # step: the first term is little [last sum 2/4]
    # step: the second term is little [first sum 2/4]
    # step: by comparison with (1 − g²)² [condition 2/2: first + second < 1]
    return bool(2 * (1 + square) * (first + second) < (1 - square) * (1 - square))


def falls(x: arb, y: arb, g: arb, delta: arb) -> bool:
    """Whether the criterion is proved to decrease along the curve over a box with y > 3Δ.

    There the term B = 2Δ e^{y²/2 − 3v}/q(v) of the bracket outgrows all others, by the factor
    y − 3Δ − 2Δ(1 − q)/q at least, so that ∂/∂y < 0. In units of the criterion's scale, with
    p = |x − Δ coth u| and the rest of the slope bounded factor by factor: q and 1/(1 + s(x)) are
    at most 1; dx/dy ≤ s(y) ≤ e^{y(Δ − y/2)}; dg/dy = ½ e^{(g² − (y − Δ)²)/2}. Exponents are
    bounded before exponentials are taken: wide boxes do.
    """
    past_ends = y - 3 * delta
    if not (past_ends > 0 and x > 0 and g > 0):
        return False
    share = decay(y * delta).lower()
    # step: q is positive over the whole box [true 2/2]
    if not share > 0:  # the product of two wide balls may reach below 0
        return False
    exponent = y * (y / 2 - 3 * delta)
    lead = past_ends - 2 * delta * (1 - share) / share
    if not lead > 0:
        return False
    # step: the least of what leads [function 3/4: .upper]
    least = 2 * delta.lower() * exponent.lower().exp() * lead.lower()
    cotangent = coth(x.lower() * delta.lower())
    past = (x - delta * arb(1).union(cotangent)).abs_upper()
    by_x = 1 + delta * delta * (cotangent * cotangent - 1) + 2 * past * past
    through_x = by_x * (y * (delta - y / 2)).upper().exp()
    bracket = past + 2 * delta.upper() * exponent.upper().exp() / share
    by_g = 2 * ((g - delta) * (g + delta) / 2).upper().exp() + (1 + 1 / g + g) * bracket
    through_g = by_g * ((g - y + delta) * (g + y - delta) / 2).upper().exp() / 2
    through_y = 2 * delta * (1 - share) * past
    # step: it outgrows the change through x [first sum 2/2]
    # step: and through g [first sum 1/2]
    return bool(least > through_y + through_x + through_g)


@dataclass(frozen=True, slots=True)
class Slice:
    """All curves for Δ in a ball, thin or wide."""

    delta: arb

    def wide(self) -> bool:
        """Whether Δ is a range to be proved for, rather than one number with rounding."""
        return bool(self.delta.rel_accuracy_bits() < 40)

    def station(self, y: arb, guess: arb | None = None) -> Station:
        """The point of the curve at y, for the middle Δ."""
        return station(y, self.delta.mid() if self.wide() else self.delta, guess)

    def radius_box(self, left: Station, right: Station) -> arb:
        """l(ε) over y from `left` to `right` and all Δ of the slice.

        x increases with y, and with Δ at fixed y: (1 + s(x)) ∂x/∂Δ = 2 ∫ₓʸ t e^{−t²/2} cosh(tΔ) dt,
        and y > x. So the corners are its ends.
        """
        if not self.wide():
            return left.x.union(right.x)
        # step: the least Δ of the slice [function 2/2: .mid]
        low = radius_of_estimate_inverse(left.y, self.delta.lower(), left.x)
        # step: the greatest Δ of the slice [function 2/2: .mid]
        high = radius_of_estimate_inverse(right.y, self.delta.upper(), right.x)
        # step: the range of y [first call]
        return low.union(high)

    def piece(self, left: Station, right: Station) -> Piece | None:
        """The criterion and its slope over y from `left` to `right`, for all Δ of the slice.

        None where the box is so wide that a denominator may vanish.
        """
        try:
            return self._piece(left, right)
        except ValueError:  # how python-flint refuses to divide series
            return None

    def _piece(self, left: Station, right: Station) -> Piece:
        delta = self.delta
        # step: y over the whole piece [first call]
        y = left.y.union(right.y)
        x = self.radius_box(left, right)
        # step: g over all Δ of the slice [false]
        g = median_shift_at(y, delta) if self.wide() else left.g.union(right.g)
        if bends_upward(x, y, delta) or bends_little(x, y, g, delta):
            return Piece(arb.pos_inf(), arb.nan())
        if self.wide() and falls(x, y, g, delta):
            return Piece(arb(0, arb.pos_inf()), arb(-1))  # the value may be anything
        steep_x = 1 + relative_steepness(x, delta)
        half_density = 2 * density(g)
        value, scale, (by_x, by_y, by_g) = curvature_criterion_gradient_at(x, y, g, delta)
        # along the curve, dx/dy = s(y)/(1 + s(x)) and dg/dy = φ(y − Δ)/(2φ(g))
        # step: the slope through x [last sum 2/3]
        # step: the slope through g [first sum 1/3]
        trend = (
            by_x * relative_steepness(y, delta) / steep_x
            + by_y
            + by_g * density(y - delta) / half_density
        )
        drift = arb(0)
        if self.wide():
            drift = slope_in_delta(x, y, g, delta) * (delta - delta.mid())
        width = right.y - left.y
        # step: from the left end to the right [first call 1/4]
        # step: from the right end to the left [first call 3/4]
        for end, towards in ((left, arb(0).union(width)), (right, arb(0).union(-width))):
            # step: the drift with Δ [first sum 1/2]
            # step: the change along y [first sum 2/2]
            value = _meet(value, end.criterion + scale * trend * towards + drift)
        return Piece(value, trend)


def slope_in_delta(x: arb, y: arb, g: arb, delta: arb) -> arb:
    """The derivative of the criterion in Δ at fixed y, x and g moving with Δ."""
    x_rate = (
        2 * (sinh_moment(y, delta) - sinh_moment(x, delta)) / (1 + relative_steepness(x, delta))
    )
    g_rate = (density(delta) - density(y - delta)) / (2 * density(g))
    # step: x moves with Δ [zero value 3/7]
    # step: g moves with Δ [zero value 6/7]
    slope: arb = curvature_criterion_at(
        arb_series([x, x_rate], prec=2),
        arb_series([y, 0], prec=2),
        arb_series([g, g_rate], prec=2),
        arb_series([delta, 1], prec=2),
    )[1]
    return slope


def bend_along(x: arb, y: arb, g: arb, delta: arb) -> arb:
    """The second derivative of the criterion along the curve, at fixed Δ."""
    line = arb_series([y, 1], prec=3)
    steep_x = 1 + relative_steepness(x, delta)
    xs = arb_series([x, relative_steepness(y, delta) / steep_x], prec=2)
    gs = arb_series([g, density(y - delta) / (2 * density(g))], prec=2)
    x_rate = relative_steepness(line, delta) / (1 + relative_steepness(xs, delta))
    g_rate = density(line - delta) / (2 * density(gs))
    xs = arb_series([x, x_rate[0], x_rate[1] / 2], prec=3)
    gs = arb_series([g, g_rate[0], g_rate[1] / 2], prec=3)
    return 2 * curvature_criterion_at(xs, line, gs, delta)[2]


def sinh_moment(t: arb, delta: arb) -> arb:
    """∂S/∂Δ = ∫₀ᵗ τ e^{−τ²/2} cosh(τΔ) dτ = 1 − e^{−t²/2} cosh(tΔ) + Δ S(t); increasing in t."""

    def at(end: arb) -> arb:
        if not end > 0:
            return arb(0)
        return 1 - (-end * end / 2).exp() * (end * delta).cosh() + delta * sinh_integral(end, delta)

    # step: both ends of ∂S/∂Δ [last call 1/5]
    return at(t.lower()).union(at(t.upper()))


def _meet(one: arb, other: arb) -> arb:
    """The intersection of two enclosures of the same number; a broken one is ignored."""
    if not other.is_finite():
        return one
    if not one.is_finite():
        return other
    return one.intersection(other)
