r"""Certificates of panels: ε_cr and what belongs to it, as polynomials in Δ, for all Δ of a range.

With t = (Δ − c)/h, c the middle of the range and h half its width, four polynomials p(t) are told
to lie within their radii r of

    x = l(ε_cr),    y = l(ε̂_cr),    e = ε_cr/φ(Δ),    G = g/φ(Δ).

Let D(t) = d(t)/φ(Δ) and W(t) = ∫₀ᵗ e^{wΔ − w²/2} dw. The unknowns solve F = 0,

    F = (e − D(x),  e + x − D(y),  [Φ(g) − Φ(−g)]/φ(Δ) − W(y),  H),

H the criterion times its denominators (1 + s(x))² q(u) q(v), so that F is entire in them and in Δ.

1.  R(t) = F(p(t), Δ(t)) is expanded about t = 0 up to order N − 1, which is bounded on [−1, 1] in
    Chebyshev's polynomials; by Taylor's theorem the rest is at most |R⁽ᴺ⁾/N!| over all of [−1, 1],
    the last coefficient of the expansion about that interval. Together: |Rᵢ(t)| ≤ δᵢ.
2.  [−1, 1] is cut into pieces. On each, with some matrix A, the slopes F′ over all boxes p(t) ± r
    and all Δ: if |A|δ + |I − AF′|r < r in every unknown, then for each t Krawczyk's operator sends
    the box p(t) ± r into its interior, and F has exactly one zero in it (see `krawczyk`).
3.  Where x, y, e and G are positive, a zero of F is a point of the curve of `curve`, and there
    K = 0, as H has its sign.
4.  For all Δ of the range K < 0 up to v = yΔ = v₁, and K rises from there to v₂ (as in
    `critical_slices`). All yΔ of the boxes lie between: so this zero is the first change of sign
    of K, from − to +. It is ε_cr.

D and W are series. Let Σ aₙ σⁿ = e^{bσ − kσ²} with b = tΔ and k = t²/2, so that
n aₙ = b aₙ₋₁ − 2k aₙ₋₂. Then W(t) = t Σ aₙ/(n + 1), and D(t) is 2t times the part of odd n; with
b = 0 and k = g²/2 so is Φ(g) − Φ(−g) = 2gφ(0) Σ aₙ/(n + 1). Let |·| be the sum of the sizes of the
coefficients, which no product exceeds, q = (|b| + 2|k|)/n < 1 and m the greater of |aₙ₋₁|, |aₙ₋₂|.
Then |aₙ|, |aₙ₊₁| ≤ qm, |aₙ₊₂|, |aₙ₊₃| ≤ q²m, …: all from aₙ on are together at most 2mq/(1 − q).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import pairwise
from typing import Any, TypeAlias, TypeVar, cast

import gmpy2  # type: ignore[import-untyped, unused-ignore]

from bounds.certify.checker import reading
from bounds.certify.checker.dual import Dual
from bounds.certify.checker.interval import Interval
from bounds.certify.checker.kinds import Kind
from bounds.certify.checker.krawczyk import middle_of_inverse
from bounds.certify.checker.number import shown, told_number
from bounds.certify.checker.precision import Precision, Rational, Work
from bounds.certify.checker.reading import Ends
from bounds.certify.checker.series import Series
from bounds.certify.checker.verdict import Rejected, Undecided
from bounds.checker.critical_slices import negative_near_zero, region_of, shows
from bounds.checker.shape import MOST_BITS, read_delta_range
from bounds.checker.steps import require_pieces, require_step

UNKNOWNS = ("radius", "radius_of_estimate", "mass", "shift")

_PLACES = 40
_MOST_TERMS, _MOST_DIGITS, _MOST_RADIUS = 64, 60, 1_000
_MOST_ORDER, _MOST_PIECES = 100, 1_000
_MOST_POWERS = 400
_PARTS = 16
_LEAST_BITS, _ROUGH_BITS = 64, 128

T = TypeVar("T", Series, Dual, Interval)
Point: TypeAlias = Sequence[Interval]


@dataclass(frozen=True, slots=True)
class PanelClaim:
    """For every Δ of a range, the unknowns at ε_cr lie within `radii` of the polynomials in t."""

    delta: Ends
    polynomials: tuple[tuple[Rational, ...], ...]
    radii: tuple[Rational, ...]
    bits: int
    order: int
    pieces: int
    start: Rational
    turn: Rational
    top: Rational

    def polynomial(self, number: int, at: Precision) -> list[Interval]:
        """The coefficients of one unknown."""
        return [Interval.enclosing(at, n, n) for n in self.polynomials[number]]

    def middle_and_half(self, at: Precision) -> list[Interval]:
        """Δ as a polynomial in t: c + ht."""
        low, high = self.delta
        return [Interval.enclosing(at, n / 2, n / 2) for n in (low + high, high - low)]


def read_panel(statement: Any, evidence: Any) -> PanelClaim:
    """The claim of a panel.

    Raises:
        Rejected: it is malformed.
    """
    names = ("delta", "places", "polynomials")
    delta, places, polynomials = reading.statement_fields(statement, *names)
    parts = ("bits", "order", "pieces", "start", "turn", "top")
    bits, order, pieces, *marks = reading.fields(evidence, "the evidence of a panel", *parts)
    if places != _PLACES or type(places) is not int:
        raise Rejected(f'"places" must be {_PLACES}')
    rows = [
        reading.fields(row, "a polynomial", "coefficients", "radius")
        for row in reading.fields(polynomials, "the polynomials", *UNKNOWNS)
    ]
    start, turn, top = (reading.number(mark) for mark in marks)
    claim = PanelClaim(
        read_delta_range(delta),
        tuple(_coefficients(row[0]) for row in rows),
        tuple(_radius(row[1]) for row in rows),
        reading.bits(bits, MOST_BITS),
        _count(order, "order", _MOST_ORDER),
        _count(pieces, "pieces", _MOST_PIECES),
        start,
        turn,
        top,
    )
    if not (claim.delta[0] < claim.delta[1] and 0 < start < turn < top):
        raise Rejected("the range of Delta and the places start, turn and top are in order")
    return claim


def _count(value: Any, name: str, most: int) -> int:
    if type(value) is not int or not 1 <= value <= most:
        raise Rejected(f'"{name}" must be a whole number from 1 to {most}, not {shown(value)}')
    return value


def _coefficients(text: Any) -> tuple[Rational, ...]:
    """Whole multiples of 10^−40."""
    parts = text.split(" ") if isinstance(text, str) else []
    if not 0 < len(parts) <= _MOST_TERMS or max(map(len, parts)) > _MOST_DIGITS:
        raise Rejected(f"a polynomial has 1 to {_MOST_TERMS} terms of {_MOST_DIGITS} characters")
    if any("e" in part.lower() or set(part) - set("-0123456789") for part in parts):
        raise Rejected("the coefficients of a polynomial are whole numbers")
    return tuple(reading.number(part) / gmpy2.mpq(10) ** _PLACES for part in parts)


def _radius(text: Any) -> Rational:
    """2^−k."""
    size = text.removeprefix("2^-") if isinstance(text, str) else ""
    if not (size.isascii() and size.isdigit() and text == f"2^-{size}" and len(size) < 5):
        raise Rejected(f"{shown(text)} is not a radius 2^-k")
    if not int(size) <= _MOST_RADIUS:
        raise Rejected(f"a radius is 2^-{_MOST_RADIUS} or more")
    return gmpy2.mpq(1, 2 ** int(size))


def replay_panel(claim: PanelClaim, work: Work | None = None) -> Iterator[tuple[int, int]]:
    """Prove a claim again.

    Raises:
        Rejected: a step is not proved.
    """
    region = region_of(claim.delta, _LEAST_BITS, work)
    first = region.point(claim.start)
    # step: a panel: no turn is passed over near 0 [drop]
    require_step(lambda: negative_near_zero(first, region), "concavity near 0", "start")
    # step: a panel: nor up to where K rises [drop]
    require_step(lambda: shows("-", claim.start, claim.turn, region), "concavity", "turn")
    # step: a panel: nor from there on [drop]
    require_step(lambda: shows("/", claim.turn, claim.top, region), "that K rises", "turn")
    fine, rough = Precision(claim.bits, work), Precision(_ROUGH_BITS, work)
    try:
        bounds = [bound.to(rough).high for bound in residual_bounds(claim, fine, rough)]
    except Undecided as error:
        raise Rejected(f"the residual is not bounded: {error}", "residual") from None
    ends = [gmpy2.mpq(2 * k, claim.pieces) - 1 for k in range(claim.pieces + 1)]
    pieces = [
        partial(_contracts_on, claim, Interval.enclosing(rough, low, high), bounds)
        for low, high in pairwise(ends)
    ]
    yield from require_pieces(pieces, "that every box holds one zero, eps_cr", rough.work)


def residual_bounds(claim: PanelClaim, fine: Precision, rough: Precision) -> list[Interval]:
    """Step 1: at least |F(p(t), Δ(t))| for −1 ≤ t ≤ 1, row by row."""
    zero = Interval.enclosing(fine, gmpy2.mpq(0), gmpy2.mpq(0))
    whole = Interval.enclosing(rough, gmpy2.mpq(-1), gmpy2.mpq(1))
    near = _residual(claim, zero, claim.order - 1)
    over = _residual(claim, whole, claim.order)
    # step: a panel: the residual, but for its last term [last sum]
    # step: a panel: the rest of the residual [first sum]
    return [
        row.most_on_unit_interval() + rest.terms[-1].absolute()
        for row, rest in zip(near, over, strict=True)
    ]


def _residual(claim: PanelClaim, about: Interval, order: int) -> list[Series]:
    """F(p, Δ) expanded about a point or an interval of t."""
    at = about.at
    delta = Series.expansion(claim.middle_and_half(at), about, order)
    x, y, e, scaled = (
        Series.expansion(claim.polynomial(number, at), about, order) for number in range(4)
    )
    _, odd_x = _means(x * delta, x.squared() / 2)
    even, odd = _means(y * delta, y.squared() / 2)
    pi = Interval.pi(at)
    fade = _fading(claim, about, order) * delta.constant(1 / (2 * pi))
    half = _square(scaled, fade) / 2
    central, _ = _means(half * 0, half)
    return [
        e - 2 * x * odd_x,
        e + x - 2 * y * odd,
        2 * scaled * central * central.constant(1 / (2 * pi).sqrt()) - y * (even + odd),
        scaled_criterion(x, y, scaled, delta, fade),
    ]


def _fading(claim: PanelClaim, about: Interval, order: int) -> Series:
    """e^{−Δ²} expanded about a point, or about each part of an interval, for it falls steeply."""
    if about.lo == about.hi:
        parts = [about]
    else:
        width = (about.high - about.low) / _PARTS
        ends = [about.low + k * width for k in range(_PARTS)]
        parts = [a.hull(b) for a, b in pairwise([*ends, about.high])]
    found: Series | None = None
    for part in parts:
        delta = Series.expansion(claim.middle_and_half(about.at), part, order)
        one = (-delta.squared()).exp()
        # step: a panel: the terms of phi(Delta)^2 on each part [choice: found or one]
        found = one if found is None else found.hull(one)
    return cast(Series, found)


def _means(linear: Series, square: Series) -> tuple[Series, Series]:
    """Σ aₙ/(n + 1) over even n and over odd n, with what is left out.

    Raises:
        Undecided: it does not fall below the precision.
    """
    at = linear.terms[0].at
    before, term = linear * 0, linear * 0 + 1
    sums = [term, before]
    growth, least = linear.size() + 2 * square.size(), Interval.power_of_two(at, -at.bits)
    for n in range(1, _MOST_POWERS):
        before, term = term, (linear * term - 2 * square * before) / n
        sums[n % 2] += term / (n + 1)
        ratio, most = growth / (n + 1), _greater(term.size(), before.size())
        # step: a panel: a series ends where the rest is small [true 3/3]
        if ratio * 2 < 1 and 2 * most * ratio / (1 - ratio) < least:
            return sums[0].widened(least), sums[1].widened(least)
    raise Undecided("a series does not end")


def _greater(a: Interval, b: Interval) -> Interval:
    return b if a < b else a


def _at(value: T) -> Precision:
    if isinstance(value, Series):
        return value.terms[0].at
    return value.value.at if isinstance(value, Dual) else value.at


def _constant(number: Interval, like: T) -> T:
    """A number that does not move, as what `like` is."""
    if isinstance(like, Series):
        return like.constant(number)
    return Dual(number) if isinstance(like, Dual) else number


def _square(scaled: T, fade: T) -> T:
    """g² = G² φ(Δ)²."""
    return scaled.squared() * fade


def tilt(t: T, delta: T) -> T:
    """W′(t) = e^{tΔ − t²/2}."""
    return (t * delta - t.squared() / 2).exp()


def scaled_criterion(x: T, y: T, scaled: T, delta: T, fade: T) -> T:
    """H: the criterion times (1 + s(x))² q(u) q(v); the last argument is φ(Δ)²."""
    lost, share_y = (-2 * (x * delta)).exp(), 1 - (-2 * (y * delta)).exp()
    share_x, steep = 1 - lost, 1 + tilt(x, delta) - tilt(-x, delta)
    square = _square(scaled, fade)
    root = (2 * Interval.pi(_at(delta))).sqrt()
    weight = 2 * scaled * (-square / 2).exp() * _constant(1 / root, delta)
    steep_share = steep.squared() * share_x
    bend_of_estimate = share_y.squared() * (x * share_x - delta * (1 + lost))
    bend_of_shift = 2 * delta * (y.squared() / 2 - 3 * (y * delta)).exp() * steep_share
    flat = (1 - square).squared() * steep_share * share_y
    return flat + (1 + square) * weight * (bend_of_estimate - bend_of_shift)


def slopes(point: Point, delta: Interval) -> list[list[Interval]]:
    """F′ in (x, y, e, G), row by row."""
    x, y, _, scaled = point
    zero, pi = x * 0, Interval.pi(delta.at)
    one, fade = zero + 1, (-delta.squared()).exp() / (2 * pi)
    h = scaled_criterion(
        Dual(x, one, zero, zero), Dual(y, zero, one, zero), Dual(scaled, zero, zero, one),
        Dual(delta), Dual(fade),
    )  # fmt: skip
    by_x, by_y, by_scaled = h.slopes
    held = 2 * (-_square(scaled, fade) / 2).exp() / (2 * pi).sqrt()
    return [
        [tilt(-x, delta) - tilt(x, delta), zero, one, zero],
        [one, tilt(-y, delta) - tilt(y, delta), one, zero],
        [zero, -tilt(y, delta), zero, held],
        [by_x, by_y, zero, by_scaled],
    ]


def _value(polynomial: Sequence[Interval], t: Interval) -> Interval:
    """The values of a polynomial on a range of t."""
    total = t * 0
    for coefficient in reversed(polynomial):
        total = total * t + coefficient
    return total


def _contracts_on(claim: PanelClaim, t: Interval, bounds: Sequence[Interval]) -> bool:
    """Steps 2 to 4 on a piece of [−1, 1]."""
    at = t.at
    delta = _value(claim.middle_and_half(at), t)
    point = [
        _value(claim.polynomial(number, at), t) + Interval.enclosing(at, -radius, radius)
        for number, radius in enumerate(claim.radii)
    ]
    # step: a panel: its boxes are positive [true 2/3]
    if not all(entry > 0 for entry in point):
        return False
    # step: a panel: its zeros lie where K rises [true 2/2]
    if not (point[1] * delta).strictly_within(claim.turn, claim.top):
        return False
    radii = [Interval.enclosing(at, radius, radius) for radius in claim.radii]
    return contracts(slopes(point, delta), bounds, radii)


def contracts(
    rows: Sequence[Sequence[Interval]], bounds: Sequence[Interval], radii: Sequence[Interval]
) -> bool:
    """Step 2: whether every box of these radii is sent into its interior."""
    size = range(len(rows))
    matrix = middle_of_inverse(rows)
    for i in size:
        reach = bounds[0] * 0
        for j in size:
            product = matrix[i][0] * rows[0][j]
            for k in size[1:]:
                product += matrix[i][k] * rows[k][j]
            # step: a panel: by how much the residual moves a box [drop]
            reach += matrix[i][j].absolute() * bounds[j]
            # step: a panel: by how much the slopes vary [drop]
            reach += ((i == j) - product).absolute() * radii[j]
        # step: a panel: every box is sent into its interior [true 2/2]
        if not reach < radii[i]:
            return False
    return True


def _told(claim: PanelClaim) -> str:
    low, high = told_number(claim.delta[0], up=True), told_number(claim.delta[1], up=False)
    radii = ", ".join(f"2^-{radius.denominator.bit_length() - 1}" for radius in claim.radii)
    middle = ", ".join(told_number(row[0], up=False) for row in claim.polynomials)
    return (
        f"for every Delta from {low} to {high}, with t from -1 to 1 in proportion, the loss is"
        " concave from eps = 0 to eps_cr and turns convex there, and l(eps_cr), l(eps_hat_cr),"
        " eps_cr/phi(Delta) and g/phi(Delta) lie within (respectively)"
        f" {radii} of the polynomials in t of the statement, which at t = 0 are {middle}"
    )


PANEL = Kind(read_panel, replay_panel, _told, shared=True)
