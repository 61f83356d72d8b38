r"""The exact worst case of the algorithm for one component: extents, counts and median jointly.

One component at 0 and an adversary of mass ε, both in the limit of many samples. A point h passes
the filter when the adversary's mass within Δ of it is at least d(h), so the points that pass lie in
[−l, l], l = l(ε), with 0 among them. For ε below the price of destruction they are one cluster and
a clique. Let it reach from −a to b, let e ≤ ε be the adversary's mass in its window
(−a − Δ, b + Δ), line 11 read as an interval, and let the median s be at least 0 (else mirror it):

    s ≤ Φ⁻¹(½(1 + e + Φ(b+Δ) − Φ(a+Δ))),      ε̃ = e + E(a, b)   (E: see `sharp`),

less 2d(a) in the first bracket if none of the mass that −a needs lies right of s (s ≥ Δ − a). The
windows of −a and b are disjoint where a + b ≥ 2Δ: there d(a) + d(b) ≤ ε. The clients' risk is

    W(s, G) = (1 − w)² s² M₀ + 2w(1 − w) s M₁ + w² M₂ + rest,   G = g(ε̃)², w = G/(1 + G):

for all clients M_j = E[x^j; |x − s| < t], t = 3Δ/2, and rest = 1 − M₂, as Algorithm 2 has it; for
Lemma 4 ("near") M₀ = 1, M₁ = 0, M₂ = E[x² given |x| < t], and rest = 0.

1. More mass, or a larger b, raises s by ds and G by at most 2φ(s) ds · g/(φ(g)(1 − e^{−2yΔ})), with
   y = l(ε̃). That W then grows (`_grows`) is proved from ∂W/∂s against ∂W/∂G where it is negative:
   W is convex in w, and ∂W/∂G < 0 only for s² ≤ G < G₀(s). So e = ε, and b is as large as a allows.
2. One variable is left: a. On a short first piece dW/da < 0 (`_falls_at_first`); on the others W is
   bounded by its values at the ends of G, and compared with W at a = 0.

If all pieces stay below, the worst attack is the one-sided one, which exists: a = 0, b = l, all
mass right of the mean by Δ or more. Otherwise the greatest bound of a piece is an upper bound.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Literal, get_args

from flint import arb

from bounds.certify.arithmetic.ball import BALL, log2_of
from bounds.certify.errors import DomainError, InputError, shown
from bounds.certify.exact import Exact, read_positive, to_ball
from bounds.certify.numbers.enclosure import Enclosure
from bounds.certify.numbers.precision import bits_for, read_digits, working_precision
from bounds.certify.results import Result
from bounds.critical.domain import read_delta
from bounds.functions.normal import density
from bounds.functions.primitives.ball import solve_deficit
from bounds.functions.radius import filter_radius
from bounds.functions.shift import decay, median_shift_at
from bounds.functions.window import central_mass, mass_deficit
from bounds.upper.extended import shift_of_mass
from bounds.upper.prices import destruction_price
from bounds.upper.sharp import sharp_loss_at

Clients = Literal["near", "all"]

_MOST_DELTA = Fraction(64)
_BITS = 64
_PARTS = 64
_STEEPEST = arb("1.157")
_MOST_PIECES = 500
_FINEST = 1 << 12


@dataclass(frozen=True, repr=False)
class WorstCase(Result):
    """The greatest risk of one component over all adversaries of mass ε, as m → ∞.

    Attributes:
        clients: "near" for those of Lemma 4, "all" for the whole component.
        attained: the risk under the one-sided attack.
        at_most: an upper bound for every adversary (its upper end is meant); None where none is
            proved.
        exact: whether no adversary does better than the one-sided attack, as proved.
    """

    clients: Clients
    attained: Enclosure
    at_most: Enclosure | None
    exact: bool


def worst_case(eps: Any, delta: Any, clients: Clients = "all", digits: int = 12) -> WorstCase:
    """The exact worst-case risk of Algorithms 1 and 2 for one component, many samples.

    Args:
        eps: adversarial mass relative to one component, 0 < ε < the price of destruction.
        delta: Δ, 1/64 to 64, in standard deviations.
        clients: "all", or "near" for Lemma 4's conditional risk, where all clients within 3Δ/2 of
            their mean use the server's estimate (then comparable with `ladder`).
        digits: significant decimal digits.

    Returns:
        What the one-sided attack attains, and an upper bound for all adversaries: the same number
        where the attack is proved the worst.

    Raises:
        InputError: a number is malformed, or there are no such clients.
        DomainError: ε is at or above the price of destruction.

    Paper: Lemmas 2 to 4, each of which takes a worst case of its own.
    """
    exact, digits = read_delta(delta), read_digits(digits)
    mass = read_positive(eps, "eps")
    if clients not in get_args(Clients):
        raise InputError(f"clients must be near or all, not {shown(clients)}")
    if not to_ball(exact) <= to_ball(_MOST_DELTA):
        raise InputError(f"Delta must be at most {_MOST_DELTA} here")
    with working_precision(bits_at(exact, mass, digits)):
        side = OneSided.of(to_ball(mass), to_ball(exact), clients)
        attained = side.risk(side.s, side.s * side.s)
        face = Enclosure.of(attained, digits)
        with working_precision(_BITS):  # plenty for its margins
            grows = _grows(side)
        if not grows:
            simple = sharp_loss_at(side.radius, side.delta) if side.near else None
            return WorstCase(
                clients, face, None if simple is None else Enclosure.of(simple, digits), exact=False
            )
        above, proved = _most(side, attained)
        if proved:
            return WorstCase(clients, face, face, exact=True)
        return WorstCase(clients, face, Enclosure.of(above.upper(), digits), exact=False)


def bits_at(delta: Exact, mass: Exact, digits: int) -> int:
    """A precision that tells ε̃ from ε, and from 1: that may be Φ(−2Δ) > 2^(−3Δ² − 3) away."""
    with working_precision(64):
        square = float(to_ball(delta).upper()) ** 2
        small = max(0.0, -log2_of(to_ball(mass)))
    return 2 * bits_for(digits) + 96 + int(3 * square + small)


@dataclass(frozen=True)
class OneSided:
    """The one-sided attack of mass ε, and the risk as a function of (s, G).

    Attributes:
        eps, delta, t: ε, Δ and 3Δ/2.
        radius: l = l(ε).
        s: g(ε), the greatest shift of the median.
        spread: E[x² given |x| < t].
        near: whether only the clients of Lemma 4 count.
    """

    eps: arb
    delta: arb
    t: arb
    radius: arb
    s: arb
    spread: arb
    near: bool

    @classmethod
    def of(cls, eps: arb, delta: arb, clients: Clients) -> OneSided:
        """The attack.

        Raises:
            DomainError: ε is not surely below the price of destruction.
        """
        if not eps < destruction_price(delta):
            raise DomainError("eps must lie below the price of destruction: there the loss is 1")
        radius, t = filter_radius(eps, delta), 3 * delta / 2
        spread = 1 - 2 * t * density(t) / BALL.interval_mass(-t, 2 * t)
        shift = median_shift_at(radius, delta)
        return cls(eps, delta, t, radius, shift, spread, clients == "near")

    def moments(self, s: arb) -> tuple[arb, arb, arb]:
        """M₀, M₁/s and M₂ at a shift s ≥ 0, which may be a wide ball."""
        if self.near:
            return arb(1), arb(0), self.spread
        low, high = s - self.t, s + self.t
        mass = BALL.interval_mass(low, 2 * self.t)
        # φ(s − t) − φ(s + t) = 2φ(t) e^{−s²/2} sinh(st)
        tilt = 2 * self.t * density(self.t) * (-s * s / 2).exp() * _sinh_ratio(s * self.t)
        return mass, tilt, mass + low * density(low) - high * density(high)

    def risk(self, s: arb, square: arb) -> arb:
        """W(s, G); 1 (or E[x²]) where G is infinite."""
        zeroth, first, second = self.moments(s)
        rest = arb(0) if self.near else 1 - second
        if not square.is_finite():
            return second + rest
        own = square / (1 + square)
        trust = 1 / (1 + square)
        kept = (trust * s) * (trust * s) * zeroth + 2 * own * trust * s * s * first
        return kept + own * own * second + rest

    def by_shift(self, s: arb) -> tuple[arb, arb]:
        """The p, q with (1 + G)²/s · ∂W/∂s = p + qG; clients enter and leave the window."""
        if self.near:
            return arb(2), arb(0)
        zeroth, first, _ = self.moments(s)
        edge = 2 * self.t * density(self.t) * (-s * s / 2).exp()
        turn = s * self.t
        gained, lost = self.t * self.t * _sinh_ratio(turn), 2 * turn.cosh()
        return 2 * zeroth + edge * (gained - lost), 2 * first + edge * (2 * gained - lost)

    def by_square(self, s: arb, square: arb) -> arb:
        """(1 + G)³/2 · ∂W/∂G = G(M₂ − sM₁) + sM₁ − s²M₀."""
        zeroth, first, second = self.moments(s)
        return square * (second - s * s * first) + s * s * (first - zeroth)


def _sinh_ratio(u: arb) -> arb:
    """(sinh u)/u for u ≥ 0, increasing, over a ball."""
    ends = [_sinh_ratio_at(end) for end in (u.lower().max(arb(0)), u.upper())]
    return ends[0].union(ends[1])


def _sinh_ratio_at(u: arb) -> arb:
    return u.sinh() / u if u > 0 else arb(1)


def _pull(g: arb, edge: arb) -> arb:
    """An upper bound of g/(1 − e^{−2yΔ}) up to the given g = g(ε̃), y = l(ε̃); edge = φ(Δ)/Δ.

    For yΔ ≥ 1 the divisor is above 1/1.157. For v = yΔ < 1, 2φ(g)g ≤ φ(Δ)(e^v − 1)/Δ, and
    (e^v − 1)/(1 − e^{−2v}) = e^{2v}/(e^v + 1) < 2.
    """
    return (_STEEPEST * g).max(edge / BALL.density(g)).upper()


def _grows(side: OneSided) -> bool:
    """Whether W is proved to grow with the mass and with b, for every s up to g(ε)."""
    top = side.s.upper()
    cells = [(top * part / _PARTS).union(top * (part + 1) / _PARTS) for part in range(_PARTS)]
    # beyond G₀ the risk grows with G, and must grow with s at every G
    # step: the risk grows with mass and with b [true 3/7]
    # step: and with s beyond G₀ [true 7/7]
    return all(_outweighs(side, s) for s in cells) and (
        side.near or all(_grows_with_shift(side, s) for s in cells)
    )


def _outweighs(side: OneSided, s: arb) -> bool:
    """Whether ∂W/∂s outweighs ∂W/∂G for all s² ≤ G ≤ G₀ and s in a piece."""
    zeroth, first, second = side.moments(s)
    steep = (second - s * s * first).lower()
    if not steep > 0:
        return False
    rate, by_count = side.by_shift(s)
    loss = (s * (zeroth - first)).upper()
    low, last = s.lower(), (s * loss / steep).upper().sqrt()  # √G₀
    least, step = low, (last - low) / (_PARTS - 1)
    edge = density(side.delta) / side.delta
    for _ in range(_PARTS):
        if not low < last:
            return True
        high = low + step
        square = (low * low).union(high * high)
        # −∂W/∂G, over s; G/s is at least s, and at least low²/s
        fall = loss - (low * low / s.upper()).max(least) * steep
        bend = ((high * high - least * least) / 2).exp()  # at least φ(s)/φ(g)
        drag = 4 * fall.max(arb(0)) / (1 + low * low) * _pull(high, edge) * bend
        if not rate + by_count * square > drag:
            return False
        low = high.lower()
    return not low < last


def _grows_with_shift(side: OneSided, s: arb) -> bool:
    """∂W/∂s > 0 for every G ≥ 0 and s in a piece: it is linear in G."""
    rate, by_count = side.by_shift(s)
    # step: for every G [true 3/4]
    # step: however large [true 4/4]
    return bool(rate > 0 and by_count > 0)


def _falls_at_first(side: OneSided, end: arb) -> bool:
    """Whether W falls as a goes from 0 to `end`, with b = l and e = ε (which is no less).

    There ds = −φ(a+Δ)/(2φ(s)) da and dG = 2g g′(ε̃) (φ(a+Δ) − φ(a+l+Δ)) da, with
    g′ = 1/(2φ(g)(1 − e^{−2yΔ})).
    """
    a, delta = arb(0).union(end), side.delta
    s = _shift(side, end, side.radius, arb(0)).union(side.s)
    counted = side.eps + _excess(end, side.radius, delta)
    if not (s > 0 and counted < central_mass(delta)):
        return False
    y = solve_deficit(counted, delta).union(side.radius)
    g = median_shift_at(y.upper(), delta).union(side.s)
    square = g * g
    rise = side.by_square(s, square) / (s * (1 + square)) * 2 * g / (density(g) * decay(y * delta))
    part = 1 - (-(side.radius * (side.radius / 2 + a + delta))).exp()  # 1 − φ(a+l+Δ)/φ(a+Δ)
    rate, by_count = side.by_shift(s)
    fall = (rate + by_count * square) / (2 * density(s))
    return bool(fall > (rise * part).upper().max(arb(0)))


def _excess(a: arb, b: arb, delta: arb) -> arb:
    """E(a, b) = Φ(a+Δ) − Φ(Δ) − [Φ(a+b+Δ) − Φ(b+Δ)]."""
    return BALL.interval_mass(delta, a) - BALL.interval_mass(delta + b, a)


def _shift(side: OneSided, a: arb, b: arb, left: arb) -> arb:
    """The greatest median with all mass right of it but `left`; infinite if there is no end."""
    mass = side.eps - 2 * left + BALL.interval_mass(side.delta, b)
    mass -= BALL.interval_mass(side.delta, a)
    if not mass > 0:
        return arb(0) if mass < 0 else side.s.union(arb(0))
    short = 1 - mass
    return BALL.central_quantile(mass, short) if short > 0 else arb.pos_inf()


def _most(side: OneSided, attained: arb) -> tuple[arb, bool]:
    """An upper bound over all a, and whether the one-sided attack is proved the worst."""
    first = side.radius.mid()
    for _ in range(60):
        # step: it falls at first [true]
        if _falls_at_first(side, first):
            break
        first = (first / 2).mid()
    else:
        first = arb(0)
    worst, pieces = attained, 0
    proved = not first.is_zero()
    waiting = [(first, side.radius.upper())]
    while waiting:
        low, high = waiting.pop()
        pieces += 1
        # step: by its worst bound [call 1/4: next(_bounds(side, low, high))]
        bound = max(_bounds(side, low, high), key=lambda value: float(value.upper()))
        # step: every other piece is below [true]
        if bound < attained.lower():
            continue
        middle = ((low + high) / 2).mid()
        if pieces < _MOST_PIECES and (high - low) * _FINEST > side.radius:
            waiting += [(middle, high), (low, middle)]
        else:
            proved = False
            # step: the greatest counts [first call]
            worst = worst.max(bound)
    return worst, proved


def _bounds(side: OneSided, low: arb, high: arb) -> Iterator[arb]:
    """W at the ends of what s and G can be for a between `low` and `high`."""
    delta = side.delta
    farthest, nearest = _other_end(side, low), _other_end(side, high)
    most = shift_of_mass(side.eps + _excess(high, farthest, delta), delta)
    top = most * most if most.is_finite() else most
    apart = (delta - low).max(arb(0))
    free = _shift(side, low, farthest, arb(0))
    bound = free.min(apart).max(_shift(side, low, farthest, mass_deficit(low, delta)))
    s = bound.min(side.s.upper()).upper()
    if s > 0:
        least = shift_of_mass(side.eps + _excess(low, nearest, delta), delta).lower()
        bottom = least.max(arb(0)) ** 2
        if not free < apart:  # cut short: any G from s² on
            bottom = bottom.min(s * s)
        yield side.risk(s, bottom)
    yield side.risk(s, top)


def _other_end(side: OneSided, a: arb) -> arb:
    """The largest b that a leaves room for: shared mass up to a + b = 2Δ, mass apart beyond."""
    shared = (2 * side.delta - a).min(side.radius)
    rest = side.eps - mass_deficit(a, side.delta)
    apart = solve_deficit(rest, side.delta) if rest > 0 else arb(0)
    return shared.max(apart).max(arb(0)).min(side.radius).upper()
