r"""A given number k of components: the adversary's exact best allocation of κk over them.

Let τ be the first turn of the one-component loss L: concave on [0, τ]. An optimum has n components
lost at ε_c, and the others below; L is C¹ with infinite slope at 0, so these have equal slopes, and
those up to τ are equal. If at most one component lies in the middle, (τ, ε_c), then the optimum is

    n + (k − n) L(p),  p = (κk − nε_c)/(k − n) ≤ τ,           or
    n + L(c) + (k − n − 1) L(p),  c in the middle, p = (κk − nε_c − c)/(k − n − 1) ≤ τ,

a search over n and one free mass c. That two in the middle are never best (`_at_most_one`):

- Beyond ε_max L is convex: it is convex in ε̂ there, since (1 + g²)² ≥ 4g², and ε̂ is convex in ε
  where x > Δ coth(xΔ), x = l(ε). If L is convex at both, moving them apart gains.
- Let [τ₂, ε_max] be a second concave stretch, with slopes from λ₂ down to λ₃, and w in it or
  beyond, the other one not beyond. Filling w up to ε_c by η = ε_c − w gains 1 − L(w), at least
  η/sight(g(w)) (see `extended`), and costs the other at most λ₂η: so λ₂ sight(g(τ₂)) < 1 decides.
  The other has slope λ₃ or more, so it lies above τ + ε_c − τ₂ if the slope there is below λ₃: then
  it stays above τ, and no slope between τ and ε_max is above λ₂.

The search over c bounds T(c) = n + L(c) + (k − n − 1)L(p) on pieces, by monotonicity and by T′. At
few bits it leaves short pieces with T″ < 0; there T is at most T(m) + T′(m)²/(2 min|T″|) for any m
of the piece, and Newton's method finds an m where that is close to T(m).
Where the shape of L is another one, the optimum is enclosed: the envelope, and allocations tried.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from flint import arb, ctx

from bounds.certify.errors import Inconclusive, InputError
from bounds.certify.exact import to_ball
from bounds.certify.numbers.enclosure import Enclosure
from bounds.certify.numbers.precision import bits_for, read_digits, working_precision
from bounds.certify.results import Result
from bounds.critical.whole_domain import Inflections, inflections
from bounds.functions.criterion import curvature_criterion_at
from bounds.functions.loss import loss_of_shift
from bounds.functions.normal import density
from bounds.functions.primitives.ball import solve_deficit
from bounds.functions.radius import filter_radius
from bounds.functions.shift import coth, decay, median_shift_at
from bounds.functions.window import central_mass, relative_steepness
from bounds.upper.arguments import read_components, read_mass, read_upper_delta
from bounds.upper.extended import estimate_at, shift_of_mass, sight
from bounds.upper.optimum import Envelope, envelope
from bounds.upper.tangent import slope

_MOST_PIECES = 2000
_NARROW = 24  # bits: a piece is not halved further in the search


@dataclass(frozen=True, repr=False)
class Allocation(Result):
    """The adversary's best mean loss over k components, and how he reaches it.

    Attributes:
        attained: the mean loss of an allocation.
        at_most: an upper bound of the mean loss of every allocation.
        exact: whether the two are the same number, enclosed: the optimum.
        lost: how many components the allocation gives up at ε_c.
        odd: the mass on one component between; None if there is none.
        each: the mass on each other component; None if there is none. With these masses the loss
            is the one attained, to its digits.
    """

    attained: Enclosure
    at_most: Enclosure
    exact: bool
    lost: int
    odd: Enclosure | None
    each: Enclosure | None


def best_allocation(components: int, delta: Any, c_over_k: Any, digits: int = 12) -> Allocation:
    """The adversary's best allocation over k components, against the repaired one-component loss.

    Args:
        components: k, a whole number from 1 to 10⁶.
        delta: Δ, 1/64 to 64, in standard deviations, exact.
        c_over_k: κ = c/k ≥ 0, exact.
        digits: significant decimal digits.

    Returns:
        The near part of the bound for this k, without the far term: exact where the structure of
        the optimum is proved, and enclosed by the envelope and an allocation elsewhere.

    Raises:
        InputError: an argument is malformed or out of range.
        Inconclusive: the envelope is not proved.

    Paper: "the best strategy is to invest in as few components as possible" (Appendix B).
    """
    count, exact, kappa = read_components(components), read_upper_delta(delta), read_mass(c_over_k)
    digits = read_digits(digits)
    if not (isinstance(kappa, Fraction) and isinstance(exact, Fraction)):
        raise InputError("Delta and c/k must be exact for a given k: pass decimals or fractions")
    with working_precision(64):  # ρ − ε_max may be as small as φ(Δ) > 10^(−Δ²/4 − 1)
        inner = digits + 11 + int(float(to_ball(exact).upper()) ** 2 / 2)
    shape = envelope(exact, inner)
    with working_precision(2 * bits_for(inner) + 64):
        tried = _tried(count, kappa, shape)
        if count == 1 or kappa < shape.tangent.low.fraction():  # all alike, as for k → ∞
            value = Enclosure.of(tried.total / count, digits)
            return _shown(tried, value, value, digits)
        try:
            best, total = _Search(count, kappa, shape, tried, digits, inner).run()
            value = Enclosure.of(total / count, digits)
        except Inconclusive:
            attained = Enclosure.of(tried.total / count, digits)
            above = Enclosure.of(shape.at(to_ball(kappa)), digits)
            return _shown(tried, attained, above, digits)
        return _shown(best, value, value, digits)


@dataclass(frozen=True)
class _Plan:
    """n lost, perhaps one at c, the others at p; the total loss."""

    total: arb
    lost: int
    odd: arb | None
    each: arb | None


def _shown(plan: _Plan, attained: Enclosure, at_most: Enclosure, digits: int) -> Allocation:
    odd, each = (
        None if mass is None else Enclosure.of(mass, digits) for mass in (plan.odd, plan.each)
    )
    return Allocation(attained, at_most, attained == at_most, plan.lost, odd, each)


def _tried(components: int, kappa: Fraction, shape: Envelope) -> _Plan:
    """The best of: some components lost, and the rest spread, or laid on one.

    Lost are the share (κ − ε_t)/(ε_c − ε_t) of the envelope, or as many as can be paid. With the
    rest spread that is within 1/k of the envelope.
    """
    delta, budget = to_ball(shape.delta), kappa * components
    corner, tangent = shape.corner.high.fraction(), shape.tangent.high.fraction()
    share = max(Fraction(0), (kappa - tangent) / (corner - tangent))
    best = _Plan(arb(0), 0, None, arb(0))
    for lost in {min(components, int(share * components)), min(components, int(budget / corner))}:
        others, rest = components - lost, budget - lost * corner
        plans = [_Plan(arb(components), lost, None, None)]
        if others:
            each = to_ball(rest / others)
            plans = [_Plan(lost + others * _loss(each, delta), lost, None, each)]
            if others > 1 and 0 < rest < corner:
                odd = to_ball(rest)
                plans.append(_Plan(lost + _loss(odd, delta), lost, odd, arb(0)))
        best = max([best, *plans], key=lambda plan: float(plan.total))
    return best


def _loss(mass: arb, delta: arb) -> arb:
    """L at a narrow mass below ε_c."""
    return loss_of_shift(_place(mass, delta)[2]) if mass > 0 else arb(0)


Place = tuple[arb, arb, arb]
"""x = l(ε), 1 − e^{−2yΔ} with y = l(ε̂), and g(ε̂)."""


def _place(mass: arb, delta: arb) -> Place:
    """The place of a narrow mass 0 < ε < ε_c.

    Raises:
        Inconclusive: ε̂ is not told apart from ρ.
    """
    x = filter_radius(mass, delta)
    estimate, rho = estimate_at(x, delta), central_mass(delta)
    if estimate < rho:
        share = decay(solve_deficit(estimate, delta) * delta)
    elif estimate > rho:
        share = arb(1)
    else:
        raise Inconclusive("a mass is not told apart from eps_max")
    g = shift_of_mass(estimate, delta)
    if not g.is_finite():
        raise Inconclusive("a mass is not told apart from eps_c")
    return x, share, g


def _at_end(radius: arb, delta: arb) -> Place:
    """The place at ε_max, where y is infinite."""
    return radius, arb(1), shift_of_mass(central_mass(delta), delta)


def _rate(low: Place, high: Place, delta: arb) -> arb:
    """L′ between two places, by its factors."""
    x, share, g = (a.union(b) for a, b in zip(low, high, strict=True))
    return slope(x, share, g, delta)


def _bend(mass: arb, delta: arb) -> arb:
    """L″ at a mass, or over all of a narrow ball, from the criterion; no number where ρ is near."""
    if not mass > 0:
        return arb.nan()
    x = filter_radius(mass, delta)
    estimate, rho = estimate_at(x, delta), central_mass(delta)
    rise = 1 + 1 / relative_steepness(x, delta)
    if estimate < rho:
        y = solve_deficit(estimate, delta)
        share, g = decay(y * delta), median_shift_at(y, delta)
        criterion = curvature_criterion_at(x, y, g, delta)
    elif estimate > rho:  # where y is infinite
        share, g = arb(1), shift_of_mass(estimate, delta)
        square, past = g * g, x - delta * coth(x * delta)
        steep = rise * relative_steepness(x, delta)
        criterion = (1 - square) * (1 - square)
        criterion += (1 + square) * 2 * g * density(g) / density(delta) * past / (steep * steep)
    else:
        return arb.nan()
    by_estimate = 1 / (2 * density(g) * share)
    return slope(x, share, g, delta) * criterion * by_estimate * rise / (g * (1 + g * g))


class _Search:
    """All allocations with at most one component in the middle, n by n."""

    def __init__(
        self,
        components: int,
        kappa: Fraction,
        shape: Envelope,
        tried: _Plan,
        digits: int,
        inner: int,
    ) -> None:
        self.components, self.kappa, self.shape = components, kappa, shape
        self.delta = to_ball(shape.delta)
        self.corner = shape.corner.ball()
        self.budget = to_ball(kappa * components)
        turns = inflections(shape.delta, inner)
        self.end = turns.eps_max.ball()
        self.turn, self.middle = _at_most_one(shape, turns, self.delta)
        self.turn = self.turn.min(self.corner)
        self.slack = tried.total.mid() * arb(2) ** -(bits_for(digits) + 6)
        self.least = tried.total.lower()
        self.found: list[_Plan] = []
        self.search_bits = min(ctx.prec, 2 * bits_for(inner - digits + 16) + 64)

    def run(self) -> tuple[_Plan, arb]:
        """The best plan, and the greatest total loss, enclosed."""
        paid = self.kappa * self.components / self.shape.corner.low.fraction()
        start = min(self.components, int(paid))
        at_turn = _loss(self.turn, self.delta) if self.turn < self.corner else arb(1)
        for lost in range(start, -1, -1):
            others = self.components - lost
            if lost + 1 + others * at_turn < self.least or self._too_spread(lost):
                break
            self._with_lost(lost)
        best = max(self.found, key=lambda plan: float(plan.total))
        kept = [plan.total for plan in self.found if not plan.total < best.total.lower()]
        top = kept[0]
        for total in kept[1:]:
            top = top.union(total) if top.overlaps(total) else top.max(total)
        return best, top

    def _too_spread(self, lost: int) -> bool:
        """k·chord(κ) less what the spread ones lack, which grows with their mass beyond ε_t."""
        others = self.components - lost - 1
        if others < 1:
            return False
        each = ((self.budget - lost * self.corner - self.corner) / others).lower()
        if not (each > self.shape.tangent.ball() and each < self.turn.lower()):
            return False
        slope, intercept = self.shape.slope.ball(), self.shape.intercept.ball()
        lacking = slope * each + intercept - _loss(each, self.delta)
        above = self.components * intercept + slope * self.budget
        return bool(above - others * lacking < self.least)

    def _keep(self, plan: _Plan) -> None:
        if plan.total < self.least:
            return
        self.found.append(plan)
        self.least = self.least.max(plan.total.lower())

    def _with_lost(self, lost: int) -> None:
        others = self.components - lost
        rest = self.budget - lost * self.corner
        if others == 0:
            if rest >= 0:
                self._keep(_Plan(arb(lost), lost, None, None))
                return
            raise Inconclusive("the budget is not told apart from k eps_c")
        if rest < 0:
            return
        if not rest >= 0:
            raise Inconclusive("the budget is not told apart from a multiple of eps_c")
        each = rest / others
        if not (each < self.turn or each > self.turn):
            raise Inconclusive("the masses are not told apart from the first turn")
        if each < self.turn:
            self._keep(_Plan(lost + others * _loss(each, self.delta), lost, None, each))
        if not self.middle:
            return
        if others == 1:
            if rest > self.turn and rest < self.corner:
                self._keep(_Plan(lost + _loss(rest, self.delta), lost, rest, None))
            elif not (rest < self.turn or rest > self.corner):
                raise Inconclusive("a mass is not told apart from the ends of the middle")
            return
        self._one_between(lost, others - 1, rest)

    def _one_between(self, lost: int, others: int, rest: arb) -> None:
        """The best c for n lost: pieces of [τ, ε_c] on which the total may have its maximum."""
        low = self.turn.lower().max((rest - others * self.turn).lower())
        high = self.corner.upper().min(rest.upper())
        if not low < high:
            return
        try:
            with working_precision(self.search_bits):
                summits, open_pieces = self._searched(lost, others, rest, low, high)
        except Inconclusive:  # at so few bits
            summits, open_pieces = [], [(low, high)]
        for piece in summits:
            plan = self._summit(lost, others, rest, *piece)
            if plan is None:
                open_pieces.append(piece[:2])
            else:
                self._keep(plan)
        for start, end in open_pieces:
            self._halved(lost, others, rest, start, end)

    def _searched(
        self, lost: int, others: int, rest: arb, low: arb, high: arb
    ) -> tuple[list[tuple[arb, arb, arb]], list[tuple[arb, arb]]]:
        """Where a maximum may lie: pieces with T″ < 0, which is given, and other narrow ones.

        T(c) is the total. What is left out is proved at the working precision, however low.
        """
        waiting = [(self._end(low, others, rest), self._end(high, others, rest))]
        summits: list[tuple[arb, arb, arb]] = []
        narrow: list[tuple[arb, arb]] = []
        for _ in range(_MOST_PIECES):
            if not waiting:
                return summits, narrow
            start, end = waiting.pop()
            if self._piece(lost, others, start, end) is True:
                continue
            bend = self._bend(start.mass.union(end.mass), others, rest)
            # step: a summit: the total is concave on the piece [true]
            if bend < 0:
                summits.append((start.mass, end.mass, bend))
            elif end.mass - start.mass < end.mass * arb(2) ** -_NARROW:
                narrow.append((start.mass, end.mass))
            else:
                middle = self._end(((start.mass + end.mass) / 2).mid(), others, rest)
                waiting += [(start, middle), (middle, end)]
        raise Inconclusive("the best mass between is not found")

    def _summit(
        self, lost: int, others: int, rest: arb, low: arb, high: arb, bend: arb
    ) -> _Plan | None:
        """The greatest total on a piece with T″ < 0: at m it is T(m), and at most T(m) + T′²/2|T″|.

        Newton's method leads to m, proving nothing; None where that m is not good enough.
        """
        full, known = ctx.prec, _NARROW // 4
        mass = ((low + high) / 2).mid()
        steepness = bend.mid()
        while True:
            with working_precision(min(full, known + self.search_bits)):
                here = self._end(mass, others, rest)
                if here.place is None or here.small is None:
                    return None
                rise = _rate(here.place, here.place, self.delta)
                rise -= _rate(here.small, here.small, self.delta)
            if known >= full:
                break
            moved = (mass - (rise / steepness).mid()).mid()
            mass = moved if low < moved < high else mass
            with working_precision(self.search_bits):
                steepness = self._bend(mass, others, rest).mid()
            known *= 2
        below = lost + _height(here.place) + others * _height(here.small)
        # step: it rises above T(m) by what T′ and T″ allow [first sum]
        above = below + rise * rise / (2 * abs(bend))
        # step: that is little [true 2/2]
        if not above - below < self.slack:
            return None
        return _Plan(above.union(below), lost, mass, here.each)

    def _bend(self, mass: arb, others: int, rest: arb) -> arb:
        """T″ at a mass, or over all of a ball."""
        return _bend(mass, self.delta) + _bend((rest - mass) / others, self.delta) / others

    def _halved(self, lost: int, others: int, rest: arb, low: arb, high: arb) -> None:
        """The greatest total on a piece by halving alone."""
        waiting = [(self._end(low, others, rest), self._end(high, others, rest))]
        for _ in range(_MOST_PIECES):
            if not waiting:
                return
            low_end, high_end = waiting.pop()
            outcome = self._piece(lost, others, low_end, high_end)
            if isinstance(outcome, _Plan):
                self._keep(outcome)
            elif not outcome:
                middle = self._end(((low_end.mass + high_end.mass) / 2).mid(), others, rest)
                waiting += [(low_end, middle), (middle, high_end)]
        raise Inconclusive("the best mass between is not found")

    def _end(self, mass: arb, others: int, rest: arb) -> _End:
        each = (rest - mass) / others
        return _End(
            mass,
            each,
            _place(mass, self.delta) if mass < self.corner else None,
            _place(each, self.delta) if each > 0 else None,
        )

    def _piece(self, lost: int, others: int, low: _End, high: _End) -> _Plan | bool:
        """True where no maximum lies inside, a plan where it is narrow, False to be halved."""
        if low.place is None or low.small is None:
            raise Inconclusive("a mass is not told apart from the ends of the middle")
        top = _height(high.place) if high.place else arb(1)
        above = lost + top + others * _height(low.small)
        if above < self.least:
            return True
        if high.small is None:
            below = lost + _height(low.place)
            if high.place:  # down to p = 0 the others only gain in slope
                slowest = _rate(low.small, low.small, self.delta)
                if _rate(low.place, high.place, self.delta) < slowest:
                    return True
        else:
            fastest = _rate(high.small, high.small, self.delta)  # the smallest p gains most
            if high.place is None:
                # convex up to (ε_c, 1): below the line to it, and best there if that is steep
                line = (1 - _height(low.place)) / (self.corner - low.mass)
                if low.mass > self.end and line > fastest:
                    return True
                below = lost + _height(low.place) + others * _height(high.small)
            else:
                slowest = _rate(low.small, high.small, self.delta)
                turning = _rate(low.place, high.place, self.delta) - slowest
                if turning > 0 or turning < 0:
                    return True
                total = lost + _height(low.place) + others * _height(low.small)
                total += turning * arb(0).union(high.mass - low.mass)
                if total.rad() < self.slack:
                    return _Plan(total, lost, low.mass, low.each)
                below = lost + _height(low.place) + others * _height(high.small)
        if above - below < self.slack:
            return _Plan(above.union(below), lost, low.mass, low.each)
        return False


@dataclass(frozen=True)
class _End:
    """A mass c with what is left for each other, and their places; None at ε_c and at 0."""

    mass: arb
    each: arb
    place: Place | None
    small: Place | None


def _height(place: Place) -> arb:
    return loss_of_shift(place[2])


def _at_most_one(shape: Envelope, turns: Inflections, delta: arb) -> tuple[arb, bool]:
    """The first turn τ, and whether there is a middle, where one component at most is best.

    Raises:
        Inconclusive: that is not proved.
    """
    end, radius = turns.eps_max.ball(), turns.radius_max.ball()
    corner = shape.corner.ball()
    # step: the loss is convex beyond ε_max [true 2/2]
    if not radius > delta * coth(radius * delta):
        raise Inconclusive("the loss is not proved convex beyond eps_max")
    kinds = [point.turn for point in turns.points]
    turn = turns.points[0].eps.ball() if turns.points else end
    if corner < turn:
        return turn, False
    # step: the loss has no other turns [false]
    if kinds not in ([], ["concave to convex", "convex to concave"]):
        raise Inconclusive("the loss has another shape")
    if not kinds or corner < turns.points[1].eps.ball():
        return turn, True
    second = turns.points[1]
    top = (
        second.radius.ball(),
        decay(second.radius_of_estimate.ball() * delta),
        second.shift.ball(),
    )
    steepest = _rate(top, top, delta)
    last = _at_end(radius, delta) if end < corner else _place(corner.lower(), delta)
    apart = turn + corner - second.eps.ball()
    start = _place(apart, delta)
    # step: filling one up gains more than the other loses [true 4/5]
    # step: the other one stays above the first turn [true 5/5]
    if not (
        apart < second.eps.ball()
        and steepest * sight(top[2]) < 1
        and _rate(start, start, delta) < _rate(last, last, delta)
    ):
        raise Inconclusive("two components between are not excluded")
    return turn, True
