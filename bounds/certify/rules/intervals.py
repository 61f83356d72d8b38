"""Intervals of floats, many boxes at once: what a subdivision expects the checker to see.

Every operation widens its ends by an ulp or by the error that a library function may have. These
are not proofs: the checker encloses each cell that is handed over by itself.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from fractions import Fraction
from typing import Any

import numpy as np

from bounds.certify.language.expression import Expr
from bounds.certify.rules.floats import FLOATS, evaluate_float
from bounds.certify.rules.program import compiled

_SLACK = 4e-14  # relative error that SciPy's functions are trusted with
_LEAST_GAMMA = 1.4616321449683622


class Intervals:
    """An array of intervals [low, high]; an end is infinite where nothing better is known."""

    __slots__ = ("high", "low")
    __array_priority__ = 1000

    def __init__(self, low: Any, high: Any) -> None:
        self.low, self.high = low, high

    def __add__(self, other: Intervals | float) -> Intervals:
        other = lift(other)
        return outwards(self.low + other.low, self.high + other.high)

    __radd__ = __add__

    def __neg__(self) -> Intervals:
        return Intervals(-self.high, -self.low)

    def __sub__(self, other: Intervals | float) -> Intervals:
        return self + (-lift(other))

    def __rsub__(self, other: float) -> Intervals:
        return lift(other) - self

    def __mul__(self, other: Intervals | float) -> Intervals:
        if isinstance(other, (int, float)):
            ends = (self.low * other, self.high * other)
            return outwards(*(ends if other >= 0 else ends[::-1]))
        products = [
            np.where(np.isnan(p), 0.0, p)
            for p in (
                self.low * other.low,
                self.low * other.high,
                self.high * other.low,
                self.high * other.high,
            )
        ]
        low = np.minimum(np.minimum(products[0], products[1]), np.minimum(products[2], products[3]))
        high = np.maximum(
            np.maximum(products[0], products[1]), np.maximum(products[2], products[3])
        )
        return outwards(low, high)

    __rmul__ = __mul__

    def square(self) -> Intervals:
        """The squares, none negative."""
        low, high = self.low * self.low, self.high * self.high
        inside = (self.low <= 0) & (self.high >= 0)
        return outwards(np.where(inside, 0.0, np.minimum(low, high)), np.maximum(low, high), 0.0)

    def inverse(self) -> Intervals:
        """1/x; all reals where 0 is inside."""
        across = (self.low <= 0) & (self.high >= 0)
        at_low = across & (self.low == 0) & (self.high > 0)
        at_high = across & (self.high == 0) & (self.low < 0)
        low = np.where(across & ~at_low, -np.inf, 1 / self.high)
        high = np.where(across & ~at_high, np.inf, 1 / self.low)
        return outwards(np.where(at_low, 1 / self.high, low), np.where(at_high, 1 / self.low, high))


def lift(value: Intervals | float) -> Intervals:
    """A number as an array of intervals that broadcasts."""
    return (
        value if isinstance(value, Intervals) else Intervals(np.float64(value), np.float64(value))
    )


def outwards(low: Any, high: Any, least: float = -np.inf, slack: float = 0.0) -> Intervals:
    """The intervals widened by an ulp or by a relative error, and NaN read as no bound."""
    if slack:
        low, high = low - slack * np.abs(low), high + slack * np.abs(high)
    low = np.nextafter(low, -np.inf)
    high = np.nextafter(high, np.inf)
    low = np.where(np.isnan(low), -np.inf, low)
    high = np.where(np.isnan(high), np.inf, high)
    return Intervals(np.maximum(low, least), high)


def whole_power(x: Intervals, n: int) -> Intervals:
    """xⁿ."""
    if n == 0:
        return lift(1.0)
    if n < 0:
        return whole_power(x, -n).inverse()
    if n == 1:
        return x
    if n == 2:
        return x.square()
    low, high = np.power(x.low, float(n)), np.power(x.high, float(n))
    if n % 2:
        return outwards(low, high, slack=1e-15)
    inside = (x.low <= 0) & (x.high >= 0)
    return outwards(
        np.where(inside, 0.0, np.minimum(low, high)), np.maximum(low, high), 0.0, slack=1e-15
    )


def rational_power(x: Intervals, q: Fraction) -> Intervals:
    """x^q; the part of x below 0 is cut off where q is not whole."""
    if q.denominator == 1:
        return whole_power(x, q.numerator)
    undefined = x.high < 0
    x = Intervals(np.maximum(x.low, 0.0), x.high)
    power = float(abs(q))
    result = outwards(np.power(x.low, power), np.power(x.high, power), 0.0, slack=1e-15)
    if q < 0:
        result = result.inverse()
    return Intervals(
        np.where(undefined, -np.inf, result.low), np.where(undefined, np.inf, result.high)
    )


def _rising(f: Callable[..., Any], least: float = -np.inf, most: float = np.inf) -> Any:
    def ends(x: Intervals) -> Intervals:
        result = outwards(f(x.low), f(x.high), least, _SLACK)
        return Intervals(result.low, np.minimum(result.high, most))

    return ends


def _falling(f: Callable[..., Any], least: float = -np.inf) -> Any:
    def ends(x: Intervals) -> Intervals:
        return outwards(f(x.high), f(x.low), least, _SLACK)

    return ends


def _clipped(f: Any, low: float, high: float) -> Any:
    """A function with a closed domain: the intervals are cut to it."""
    return lambda x: f(Intervals(np.clip(x.low, low, high), np.clip(x.high, low, high)))


def _wave(f: Callable[..., Any], shift: float) -> Any:
    def wave(x: Intervals) -> Intervals:
        first, last = f(x.low), f(x.high)
        low, high = np.minimum(first, last), np.maximum(first, last)
        start, end = x.low / math.pi - shift, x.high / math.pi - shift
        top = np.floor(end / 2) >= np.ceil(start / 2)
        bottom = np.floor((end - 1) / 2) >= np.ceil((start - 1) / 2)
        wide = ~np.isfinite(end - start)
        result = outwards(
            np.where(bottom | wide, -1.0, low), np.where(top | wide, 1.0, high), slack=1e-15
        )
        return Intervals(np.maximum(result.low, -1.0), np.minimum(result.high, 1.0))

    return wave


def _tan(x: Intervals) -> Intervals:
    broken = np.floor(x.high / math.pi - 0.5) != np.floor(x.low / math.pi - 0.5)
    low, high = np.tan(x.low), np.tan(x.high)
    return outwards(np.where(broken, -np.inf, low), np.where(broken, np.inf, high), slack=1e-15)


def magnitude(x: Intervals) -> Intervals:
    """|x|."""
    low, high = np.abs(x.low), np.abs(x.high)
    inside = (x.low <= 0) & (x.high >= 0)
    return Intervals(np.where(inside, 0.0, np.minimum(low, high)), np.maximum(low, high))


def _even(f: Any) -> Any:
    return lambda x: f(magnitude(x))


def _turning(f: Callable[..., Any]) -> Any:
    """Γ and log Γ: falling, then rising."""

    def turned(x: Intervals) -> Intervals:
        least = float(f(np.float64(_LEAST_GAMMA)))
        first, last = f(x.low), f(x.high)
        inside = (x.low <= _LEAST_GAMMA) & (x.high >= _LEAST_GAMMA)
        low = np.where(inside, least, np.minimum(first, last))
        return outwards(low, np.maximum(first, last), slack=_SLACK)

    return turned


def _least(*x: Intervals) -> Intervals:
    result = x[0]
    for other in x[1:]:
        result = Intervals(np.minimum(result.low, other.low), np.minimum(result.high, other.high))
    return result


def _largest(*x: Intervals) -> Intervals:
    return -_least(*(-part for part in x))


def _sign(x: Intervals) -> Intervals:
    return Intervals(np.sign(x.low), np.sign(x.high))


def _floor(x: Intervals) -> Intervals:
    return Intervals(np.floor(x.low), np.floor(x.high))


def _log_ratio(*signed: tuple[Intervals, int]) -> Intervals:
    total = lift(0.0)
    for part, sign in signed:
        value = INTERVALS["loggamma"](part)
        total = total + value if sign > 0 else total - value
    return INTERVALS["exp"](total)


def _beta(a: Intervals, b: Intervals) -> Intervals:
    """Falling in both arguments."""
    f = FLOATS["beta"]
    return outwards(f(a.high, b.high), f(a.low, b.low), 0.0, _SLACK)


def _binomial(n: Intervals, k: Intervals) -> Intervals:
    return _log_ratio((n + 1.0, 1), (k + 1.0, -1), (n - k + 1.0, -1))


def _by_corners(head: str, directions: Sequence[int]) -> Any:
    """A function that is monotone in each argument with a known direction."""
    f = FLOATS[head]

    def corners(*x: Intervals) -> Intervals:
        low = [p.low if d > 0 else p.high for p, d in zip(x, directions, strict=True)]
        high = [p.high if d > 0 else p.low for p, d in zip(x, directions, strict=True)]
        return outwards(f(*low), f(*high), slack=1e-12)

    return corners


def _on_the_line(head: str, rising: bool | None) -> Any:
    """A function with a fixed first argument, monotone in the last one (or of unknown shape)."""
    f = FLOATS[head]

    def ends(*x: Intervals) -> Intervals:
        fixed = [p.low for p in x[:-1]]
        steady = np.all([np.all(p.low == p.high) for p in x[:-1]])
        if rising is None or not steady:
            same = np.all([np.all(p.low == p.high) for p in x])
            value = f(*fixed, x[-1].low)
            if same:
                return outwards(value, value, slack=1e-12)
            return Intervals(np.full_like(x[-1].low, -np.inf), np.full_like(x[-1].low, np.inf))
        low, high = f(*fixed, x[-1].low), f(*fixed, x[-1].high)
        return outwards(*((low, high) if rising else (high, low)), slack=1e-12)

    return ends


def _atan2(y: Intervals, x: Intervals) -> Intervals:
    corners = [np.arctan2(b, a) for b in (y.low, y.high) for a in (x.low, x.high)]
    cut = (x.low <= 0) & (y.low <= 0) & (y.high >= 0)
    low, high = np.min(corners, axis=0), np.max(corners, axis=0)
    return outwards(np.where(cut, -math.pi, low), np.where(cut, math.pi, high), slack=1e-15)


INTERVALS: dict[str, Callable[..., Intervals]] = {
    "exp": _rising(np.exp, 0.0),
    "expm1": _rising(np.expm1, -1.0),
    "log": _rising(np.log),
    "log1p": _rising(np.log1p),
    "cbrt": _rising(np.cbrt),
    "sin": _wave(np.sin, 0.5),
    "cos": _wave(np.cos, 0.0),
    "tan": _tan,
    "asin": _clipped(_rising(np.arcsin), -1.0, 1.0),
    "acos": _clipped(_falling(np.arccos, 0.0), -1.0, 1.0),
    "atan": _rising(np.arctan),
    "atan2": _atan2,
    "sinh": _rising(np.sinh),
    "cosh": _even(_rising(np.cosh, 1.0)),
    "tanh": _rising(np.tanh, -1.0, 1.0),
    "asinh": _rising(np.arcsinh),
    "acosh": _clipped(_rising(np.arccosh, 0.0), 1.0, np.inf),
    "atanh": _rising(np.arctanh),
    "erf": _rising(FLOATS["erf"], -1.0, 1.0),
    "erfc": _falling(FLOATS["erfc"], 0.0),
    "erfcx": _falling(FLOATS["erfcx"], 0.0),
    "phi": _even(_falling(FLOATS["phi"], 0.0)),
    "Phi": _rising(FLOATS["Phi"], 0.0, 1.0),
    "quantile": _rising(FLOATS["quantile"]),
    "mills": _falling(FLOATS["mills"], 0.0),
    "gamma": _turning(FLOATS["gamma"]),
    "loggamma": _turning(FLOATS["loggamma"]),
    "digamma": _rising(FLOATS["digamma"]),
    "polygamma": lambda n, x: (
        _on_the_line("polygamma", False)(n, x)
        if np.all(n.low % 2 == 1)
        else _on_the_line("polygamma", True)(n, x)
    ),
    "beta": _beta,
    "binomial": _binomial,
    "gammap": _by_corners("gammap", (-1, 1)),
    "gammaq": _by_corners("gammaq", (1, -1)),
    "betai": _by_corners("betai", (1, -1, 1)),
    "lambertw": _rising(FLOATS["lambertw"]),
    "besseli": lambda n, x: (
        _on_the_line("besseli", True)(n, x)
        if np.all(x.low >= 0)
        else _on_the_line("besseli", None)(n, x)
    ),
    "besselj": _on_the_line("besselj", None),
    "besselk": _on_the_line("besselk", False),
    "hyp1f1": _on_the_line("hyp1f1", None),
    "hyp2f1": _on_the_line("hyp2f1", None),
    "zeta": _falling(FLOATS["zeta"], 1.0),
    "abs": magnitude,
    "min": _least,
    "max": _largest,
    "floor": _floor,
    "sign": _sign,
}


def _inverse_square(x: Intervals) -> Intervals:
    return x.square().inverse()


_TWO_OVER_ROOT_PI = 2 / math.sqrt(math.pi)
_SLOPES: dict[str, Callable[[Intervals, Intervals], Intervals]] = {
    "exp": lambda _x, v: v,
    "expm1": lambda _x, v: v + 1.0,
    "log": lambda x, _v: x.inverse(),
    "log1p": lambda x, _v: (x + 1.0).inverse(),
    "cbrt": lambda _x, v: (v.square() * 3.0).inverse(),
    "sin": lambda x, _v: INTERVALS["cos"](x),
    "cos": lambda x, _v: -INTERVALS["sin"](x),
    "tan": lambda _x, v: v.square() + 1.0,
    "asin": lambda x, _v: rational_power(1.0 - x.square(), Fraction(-1, 2)),
    "acos": lambda x, _v: -rational_power(1.0 - x.square(), Fraction(-1, 2)),
    "atan": lambda x, _v: (x.square() + 1.0).inverse(),
    "sinh": lambda x, _v: INTERVALS["cosh"](x),
    "cosh": lambda x, _v: INTERVALS["sinh"](x),
    "tanh": lambda _x, v: 1.0 - v.square(),
    "asinh": lambda x, _v: rational_power(x.square() + 1.0, Fraction(-1, 2)),
    "acosh": lambda x, _v: rational_power(x.square() - 1.0, Fraction(-1, 2)),
    "atanh": lambda x, _v: (1.0 - x.square()).inverse(),
    "erf": lambda x, _v: INTERVALS["exp"](-x.square()) * _TWO_OVER_ROOT_PI,
    "erfc": lambda x, _v: INTERVALS["exp"](-x.square()) * -_TWO_OVER_ROOT_PI,
    "erfcx": lambda x, v: x * v * 2.0 - _TWO_OVER_ROOT_PI,
    "phi": lambda x, v: -(x * v),
    "Phi": lambda x, _v: INTERVALS["phi"](x),
    "quantile": lambda _x, v: INTERVALS["phi"](v).inverse(),
    "mills": lambda x, v: x * v - 1.0,
    "gamma": lambda x, v: v * INTERVALS["digamma"](x),
    "loggamma": lambda x, _v: INTERVALS["digamma"](x),
    "digamma": lambda x, _v: INTERVALS["polygamma"](lift(1.0), x),
    "lambertw": lambda _x, v: (INTERVALS["exp"](v) * (v + 1.0)).inverse(),
    "abs": lambda x, _v: Intervals(
        np.where(x.low >= 0, 1.0, -1.0), np.where(x.high <= 0, -1.0, 1.0)
    ),
}


def _unknown(like: Intervals) -> Intervals:
    return Intervals(np.full_like(like.low, -np.inf), np.full_like(like.low, np.inf))


def _several(head: str, x: list[Intervals], v: Intervals) -> list[Intervals]:
    if head in ("min", "max"):
        result = []
        for i, own in enumerate(x):
            sure, never = True, False
            for j, other in enumerate(x):
                if j != i:
                    first, second = (own, other) if head == "min" else (other, own)
                    sure = sure & (first.high < second.low)
                    never = never | (first.low > second.high)
            result.append(Intervals(np.where(sure, 1.0, 0.0), np.where(never, 0.0, 1.0)))
        return result
    if head == "atan2":
        below = (x[0].square() + x[1].square()).inverse()
        return [x[1] * below, -(x[0] * below)]
    if head == "beta":
        psi = INTERVALS["digamma"]
        both = psi(x[0] + x[1])
        return [v * (psi(x[0]) - both), v * (psi(x[1]) - both)]
    if head == "binomial":
        psi = INTERVALS["digamma"]
        rest = psi(x[0] - x[1] + 1.0)
        return [v * (psi(x[0] + 1.0) - rest), v * (rest - psi(x[1] + 1.0))]
    if head in ("besseli", "besselk", "besselj"):
        f, (n, t) = INTERVALS[head], x
        below, above = f(n - 1.0, t), f(n + 1.0, t)
        slope = (below - above if head == "besselj" else below + above) * 0.5
        return [_unknown(v), -slope if head == "besselk" else slope]
    if head == "polygamma":
        return [_unknown(v), INTERVALS[head](x[0] + 1.0, x[1])]
    return [_unknown(v) for _ in x]


def _partials(node: Expr, x: list[Intervals], v: Intervals) -> list[Intervals]:
    head = node.head
    if head == "+":
        return [lift(1.0)] * len(x)
    if head == "*":
        after = [lift(1.0)] * len(x)
        for i in range(len(x) - 2, -1, -1):
            after[i] = after[i + 1] * x[i + 1]
        before, result = lift(1.0), []
        for i, value in enumerate(x):
            result.append(before * after[i])
            before = before * value
        return result
    if head == "^":
        exponent = node.args[1]
        if exponent.is_number:
            q = exponent.value
            return [rational_power(x[0], q - 1) * float(q), lift(0.0)]
        return [x[1] * v * x[0].inverse(), v * INTERVALS["log"](x[0])]
    slope = _SLOPES.get(head)
    return [slope(x[0], v)] if slope is not None else _several(head, x, v)


def _apply(node: Expr, x: list[Intervals], place: dict[str, Intervals]) -> Intervals:
    head = node.head
    if head == "variable":
        return place[node.args[0]]
    if head == "+":
        result = x[0]
        for part in x[1:]:
            result = result + part
        return result
    if head == "*":
        result = x[0]
        for part in x[1:]:
            result = result * part
        return result
    if head == "^":
        exponent = node.args[1]
        if exponent.is_number:
            return rational_power(x[0], exponent.value)
        return INTERVALS["exp"](x[1] * INTERVALS["log"](x[0]))
    f = INTERVALS.get(head)
    if f is None:
        return _unknown(next(iter(place.values())))
    return f(*x)


def _constant(node: Expr) -> Intervals:
    value = float(evaluate_float(node, {}))
    if node.is_number and value == node.value:
        return lift(value)
    return outwards(np.float64(value), np.float64(value), slack=_SLACK)


def _values(expr: Expr, place: dict[str, Intervals]) -> list[Intervals]:
    values: list[Intervals] = []
    for node, arguments in compiled(expr).steps:
        if node.free:
            values.append(_apply(node, [values[j] for j in arguments], place))
        else:
            values.append(_constant(node))
    return values


def _full(x: Intervals, like: Any) -> Intervals:
    return Intervals(np.broadcast_to(x.low, like.shape), np.broadcast_to(x.high, like.shape))


def natural(expr: Expr, names: Sequence[str], low: Any, high: Any) -> Intervals:
    """The interval extension on boxes.

    Args:
        expr: an expression.
        names: its variables, in the order of the boxes' rows.
        low: the boxes' lower ends, of shape (variables, boxes).
        high: their upper ends.

    Returns:
        One interval for each box.
    """
    place = {name: Intervals(low[i], high[i]) for i, name in enumerate(names)}
    with np.errstate(all="ignore"):
        return _full(_values(expr, place)[-1], low[0])


def slopes(
    expr: Expr, names: Sequence[str], low: Any, high: Any
) -> tuple[Intervals, list[Intervals]]:
    """The interval extensions of the expression and of its gradient on boxes."""
    place = {name: Intervals(low[i], high[i]) for i, name in enumerate(names)}
    with np.errstate(all="ignore"):
        values = _values(expr, place)
        steps = compiled(expr).steps
        total: list[Intervals | None] = [None] * len(values)
        total[-1] = lift(1.0)
        found = {name: lift(0.0) for name in names}
        for i in range(len(values) - 1, -1, -1):
            node, arguments = steps[i]
            slope = total[i]
            if slope is None or not node.free:
                continue
            if node.head == "variable":
                found[node.args[0]] = slope
                continue
            if not arguments:
                for name in node.free:
                    found[name] = _unknown(_full(found[name], low[0]))
                continue
            each = _partials(node, [values[j] for j in arguments], values[i])
            for j, partial in zip(arguments, each, strict=True):
                if steps[j][0].free:
                    step = slope * partial
                    before = total[j]
                    total[j] = step if before is None else before + step
        return _full(values[-1], low[0]), [_full(found[name], low[0]) for name in names]
