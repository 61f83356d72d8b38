"""Inflections of the loss as roots of a system without inverses.

Unknowns: x = l(ε), y = l(ε̂), g = g(ε̂). With d = ρ − f, and masses in units of φ(Δ), they solve

    x − [d(y) − d(x)]/φ(Δ) = 0                             (ε̂ = ε + φ(Δ) l(ε))
    [Φ(g) − Φ(−g) − (Φ(y − Δ) − Φ(−Δ))]/φ(Δ) = 0           (the definition of g)
    criterion(x, y, g) = 0                                 (loss″ = 0)

Only roots at which all three are positive lie on the curve of the loss: for y > 0 the first two
equations have one such solution each. There are others, as d is even: at Δ = 3 one has x = −3.64.

What is evaluated here many times over takes each exponential and each Φ once.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from flint import arb, arb_series, ctx

from bounds.certify.arithmetic import Arithmetic, Value
from bounds.certify.arithmetic.ball import BALL
from bounds.certify.arithmetic.series import SERIES
from bounds.certify.arithmetic.tail import upper_tail
from bounds.certify.exact import Exact, to_ball
from bounds.functions.criterion import criterion_of_parts, gradient_of_parts

UNKNOWNS = ("l(eps)", "l(eps_hat)", "g(eps_hat)")

_LONG_BITS = 1500  # from here on an exponential near 1 takes less time than another one


class _Kept:
    """Numbers computed once, at the greatest precision that was asked for, and rounded from it."""

    __slots__ = ("_bits", "_compute", "_values")

    def __init__(self, compute: Callable[[], Sequence[arb]]) -> None:
        self._compute, self._bits = compute, 0
        self._values: Sequence[arb] = ()

    def now(self) -> Sequence[arb]:
        """The numbers at the working precision."""
        if self._bits < ctx.prec:
            self._values, self._bits = self._compute(), ctx.prec
        return self._values if self._bits == ctx.prec else [+value for value in self._values]


@dataclass(frozen=True, slots=True)
class _Exponentials:
    """The exponentials at a point, from which those beside it follow by exponentials near 1.

    With many digits these take few terms.

    Attributes:
        delta: Δ.
        point: (x, y, g).
        parts: 1 − e^{−2xΔ}, e^{x(Δ − x/2)}, 1 − e^{−2yΔ}, e^{−2yΔ}, e^{y(Δ − y/2)} and e^{−g²/2}.
        bits: at which they were computed.
    """

    delta: arb
    point: Sequence[arb]
    parts: Sequence[arb]
    bits: int

    def at(self, point: Sequence[arb]) -> tuple[arb, arb, arb, arb, arb, arb]:
        """The same at another point."""
        (x, y, g), (share_x, up, share_y, fade, rise, bell) = self.point, self.parts
        dx, dy, dg = (there - here for there, here in zip(point, self.point, strict=True))
        delta = self.delta
        faded = (-2 * dy * delta).expm1()
        return (
            share_x - (1 - share_x) * (-2 * dx * delta).expm1(),
            up * (dx * (delta - x - dx / 2)).exp(),
            share_y - fade * faded,
            fade + fade * faded,
            rise * (dy * (delta - y - dy / 2)).exp(),
            bell * (-dg * (g + dg / 2)).exp(),
        )


class InflectionSystem:
    """The system above for one Δ, at whatever working precision it is evaluated.

    Attributes:
        delta: Δ, exact or a ball.
    """

    def __init__(self, delta: Exact) -> None:
        self.delta = delta
        self._fixed = _Kept(self._of_delta)
        self._tail = _Kept(lambda: [upper_tail(delta)])
        self._beside: _Exponentials | None = None

    def _of_delta(self) -> Sequence[arb]:
        """Δ, φ(Δ), e^{Δ²/2} and 1/√2."""
        delta = to_ball(self.delta)
        rise = (delta * delta / 2).exp()
        return delta, 1 / (rise * (2 * arb.pi()).sqrt()), rise, arb(0.5).sqrt()

    def prepare(self) -> None:
        """Compute what belongs to Δ alone: evaluations at lower precision round it."""
        self._fixed.now()
        self._tail.now()

    def unit(self) -> arb:
        """φ(Δ)."""
        return self._fixed.now()[1]

    def evaluate(self, point: Sequence[arb]) -> tuple[list[arb], arb]:
        """The left-hand sides at (x, y, g), and ε = d(x)."""
        x, y, g = point
        (delta, unit, fall, half), (tail,) = self._fixed.now(), self._tail.now()
        if y < delta:
            near = ((delta - y) * half).erfc()
            own = ((delta - x) * half).erfc() + ((delta + x) * half).erfc()
            gained = (near + ((delta + y) * half).erfc() - own) / 2
            masses = (g * half).erf() - near / 2 + tail
            eps = own / 2 - 2 * tail
        else:  # the same differences, through the masses that are missing: no cancellation
            far = BALL.cdf(delta - y)
            held = BALL.cdf(delta - x) - BALL.cdf(-delta - x)
            gained = held - far + BALL.cdf(-delta - y)
            masses = far + tail - (g * half).erfc()
            eps = 1 - 2 * tail - held
        # e^{−2u}, s(x), e^{−2v}, e^{y²/2 − 3v} and φ(g)/φ(Δ)
        share_x, share_y = -(-2 * x * delta).expm1(), -(-2 * y * delta).expm1()
        up = (x * (delta - x / 2)).exp()
        steepness = share_x * up
        past = x - delta * (2 - share_x) / share_x
        pull = (y * (y / 2 - 3 * delta)).exp()
        bell = (-(g * g) / 2).exp()
        weight = 2 * g * bell * fall
        if ctx.prec > _LONG_BITS:
            v = y * delta  # of e^{−2v} and 1 − e^{−2v}, the small one is not to be a difference
            fade = 1 - share_y if v < 1 else (-2 * v).exp()
            parts = share_x, up, share_y, fade, fade / pull, bell
            self._beside = _Exponentials(delta, (x, y, g), parts, ctx.prec)
        criterion = criterion_of_parts(g, delta, weight, past, steepness, share_y, pull)
        return [x - gained / unit, masses / unit, criterion], eps

    def residual(self, point: Sequence[arb]) -> list[arb]:
        """The left-hand sides at (x, y, g)."""
        return self.evaluate(point)[0]

    def jacobian(self, point: Sequence[arb]) -> list[list[arb]]:
        """The derivatives of the residual, row by row."""
        near = self._beside
        if near is None or near.bits < ctx.prec:
            return self._slopes(BALL, point)
        share_x, up, share_y, fade, rise, bell = near.at(point)
        return self._rows(point, share_x, share_x * up, share_y, rise, fade / rise, bell)

    def bends(self, box: Sequence[arb], steps: Sequence[arb]) -> list[list[arb]]:
        """Half the second derivatives of the Jacobian's entries along the steps, over the box."""
        lines = [arb_series([b, step], prec=3) for b, step in zip(box, steps, strict=True)]
        return [[arb_series(entry)[2] for entry in row] for row in self._slopes(SERIES, lines)]

    def _slopes(self, a: Arithmetic, point: Sequence[Value]) -> list[list[Value]]:
        x, y, g = point
        delta = self._fixed.now()[0]
        share_x = -a.expm1(-2 * x * delta)
        steepness = share_x * a.exp(x * (delta - x / 2))
        rise = a.exp(y * (delta - y / 2))
        v = y * delta
        if a.point(v) < 1:  # of e^{−2v} and 1 − e^{−2v}, the small one first
            share_y = -a.expm1(-2 * v)
            fade = 1 - share_y
        else:
            fade = a.exp(-2 * v)
            share_y = 1 - fade
        bell = a.exp(-(g * g) / 2)
        return self._rows(point, share_x, steepness, share_y, rise, fade / rise, bell)

    def _rows(
        self,
        point: Sequence[Value],
        share_x: Value,
        steepness: Value,
        share_y: Value,
        rise: Value,
        pull: Value,
        bell: Value,
    ) -> list[list[Value]]:
        x, y, g = point
        delta, _, fall, _ = self._fixed.now()
        density = 2 * bell * fall
        _, scale, partials = gradient_of_parts(
            x,
            y,
            g,
            delta,
            weight=g * density,
            cotangent=(2 - share_x) / share_x,
            steepness=steepness,
            share=share_y,
            pull=pull,
        )
        return [
            [1 + steepness, -share_y * rise, _NIL],
            [_NIL, -rise, density],
            [scale * partial for partial in partials],
        ]


_NIL = arb(0)
