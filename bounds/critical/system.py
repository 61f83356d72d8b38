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

from flint import arb, arb_series, ctx

from bounds.certify.arithmetic import Arithmetic, Value
from bounds.certify.arithmetic.ball import BALL
from bounds.certify.arithmetic.series import SERIES
from bounds.certify.arithmetic.tail import upper_tail
from bounds.certify.exact import Exact, to_ball
from bounds.functions.criterion import criterion_of_parts, gradient_of_parts

UNKNOWNS = ("l(eps)", "l(eps_hat)", "g(eps_hat)")


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


class InflectionSystem:
    """The system above for one Δ, at whatever working precision it is evaluated.

    Attributes:
        delta: Δ, exact or a ball.
    """

    def __init__(self, delta: Exact) -> None:
        self.delta = delta
        self._fixed = _Kept(self._of_delta)
        self._tail = _Kept(lambda: [upper_tail(delta)])

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
        steepness = share_x * (x * (delta - x / 2)).exp()
        past = x - delta * (2 - share_x) / share_x
        pull = (y * (y / 2 - 3 * delta)).exp()
        weight = 2 * g * (-(g * g) / 2).exp() * fall
        criterion = criterion_of_parts(g, delta, weight, past, steepness, share_y, pull)
        return [x - gained / unit, masses / unit, criterion], eps

    def residual(self, point: Sequence[arb]) -> list[arb]:
        """The left-hand sides at (x, y, g)."""
        return self.evaluate(point)[0]

    def jacobian(self, point: Sequence[arb]) -> list[list[arb]]:
        """The derivatives of the residual, row by row."""
        return self._slopes(BALL, point)

    def bends(self, box: Sequence[arb], steps: Sequence[arb]) -> list[list[arb]]:
        """Half the second derivatives of the Jacobian's entries along the steps, over the box."""
        lines = [arb_series([b, step], prec=3) for b, step in zip(box, steps, strict=True)]
        return [[arb_series(entry)[2] for entry in row] for row in self._slopes(SERIES, lines)]

    def _slopes(self, a: Arithmetic, point: Sequence[Value]) -> list[list[Value]]:
        x, y, g = point
        delta, _, fall, _ = self._fixed.now()
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
        density = 2 * a.exp(-(g * g) / 2) * fall
        _, scale, partials = gradient_of_parts(
            x,
            y,
            g,
            delta,
            weight=g * density,
            cotangent=(2 - share_x) / share_x,
            steepness=steepness,
            share=share_y,
            pull=fade / rise,
        )
        return [
            [1 + steepness, -share_y * rise, _NIL],
            [_NIL, -rise, density],
            [scale * partial for partial in partials],
        ]


_NIL = arb(0)
