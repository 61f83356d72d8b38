"""Power series over balls: what a formula does to a curve, hence its derivatives, enclosed.

A series a₀ + a₁t + … with ball coefficients in gives the Taylor polynomial of the result out, each
coefficient an enclosure (of the Taylor coefficients at every point of a₀ when a₀ is wide).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flint import arb, arb_series, ctx

from bounds.certify.arithmetic.ball import BALL
from bounds.certify.errors import DomainError
from bounds.certify.exact import read_exact, to_ball


def constant(series: Any) -> arb:
    """The value at t = 0; an arb as it is."""
    return series if isinstance(series, arb) else series[0]


def _order(*arguments: Any) -> int:
    """The number of terms that the arguments determine, within the library's cap."""
    return min(ctx.cap, *(a.prec for a in arguments if isinstance(a, arb_series)))


def integrated(start: arb, rate: Any, argument: Any) -> arb_series:
    """Start + ∫ rate · d(argument): the primitive along the curve, without cancellation."""
    order = _order(argument)
    area = (rate * argument.derivative()).integral()
    terms = [start, *(area[i] for i in range(1, order))]
    return arb_series(terms, prec=order)


class SeriesArithmetic:
    """See `bounds.certify.arithmetic.Arithmetic`."""

    name = "series"

    def coerce(self, value: Any) -> Any:
        if isinstance(value, (arb_series, arb)):
            return value
        return to_ball(read_exact(value, "the argument"))

    def point(self, value: Any) -> arb:
        return constant(value)

    def finite(self, value: Any) -> bool:
        terms = [value] if isinstance(value, arb) else list(value)
        return all(term.is_finite() for term in terms)

    def require(self, condition: Any, message: str) -> None:
        if not condition:
            raise DomainError(message)

    def exp(self, t: Any) -> Any:
        return t.exp()

    def expm1(self, t: Any) -> Any:
        if isinstance(t, arb):
            return t.expm1()
        result = t.exp()
        result[0] = t[0].expm1()
        return result

    def sqrt(self, t: Any) -> Any:
        return t.sqrt()

    def root(self, t: Any, degree: int) -> Any:
        return t.root(degree) if isinstance(t, arb) else (t.log() / degree).exp()

    def pi(self) -> arb:
        return arb.pi()

    def density(self, t: Any) -> Any:
        return self.exp(-(t * t) / 2) / (2 * arb.pi()).sqrt()

    def cdf(self, t: Any) -> Any:
        if isinstance(t, arb):
            return BALL.cdf(t)
        return integrated(BALL.cdf(t[0]), self.density(t), t)

    def quantile(self, p: Any) -> Any:
        if isinstance(p, arb):
            return BALL.quantile(p)
        return self.newton(BALL.quantile(p[0]), lambda t: (self.cdf(t) - p) / self.density(t), p)

    def interval_mass(self, start: Any, width: Any) -> Any:
        result: Any = BALL.interval_mass(constant(start), constant(width))
        end = start + width
        if isinstance(end, arb_series):
            result = result + integrated(arb(0), self.density(end), end)
        if isinstance(start, arb_series):
            result = result - integrated(arb(0), self.density(start), start)
        return result

    def central_quantile(self, mass: Any, tail: Any) -> Any:
        start = BALL.central_quantile(constant(mass), constant(tail))
        if isinstance(mass, arb):
            return start
        return self.newton(
            start, lambda t: (self.interval_mass(-t, 2 * t) - mass) / (2 * self.density(t)), mass
        )

    def newton(self, start: arb, step: Callable[[Any], Any], like: Any) -> arb_series:
        """Newton's method on series: each pass doubles the number of right coefficients."""
        order = _order(like)
        result = arb_series([start], prec=order)
        right = 1
        while right < order:
            right = min(2 * right, order)
            try:
                moved = result - step(result)
            except (ValueError, ZeroDivisionError):  # how python-flint refuses to divide series
                raise DomainError(
                    f"the inverse has no power series at {like[0].str(5)}: move away from the end"
                    " of its domain, or pass a narrower ball"
                ) from None
            moved[0] = start
            result = arb_series([moved[i] for i in range(right)], prec=order)
        return result


SERIES = SeriesArithmetic()
"""The one instance."""
