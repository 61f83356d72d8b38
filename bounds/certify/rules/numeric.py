"""Signs by numbers, to choose what to try: at points, near the ends, and along an interval.

Nothing here proves anything: a sign that was guessed is proved by the checker, or the proof fails.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

from flint import arb, ctx, fmpq

from bounds.certify.language.expression import BINDERS, Expr, number
from bounds.certify.rules.enclosures import evaluate

_POINT_BITS = (64, 192, 768, 3072)
_END_STEPS = (24, 56, 120, 250)
_FAR_STEPS = (6, 12, 24, 48, 96)


@dataclass(frozen=True)
class Span:
    """An open interval of one variable; an end that is None is infinite."""

    low: Expr | None
    high: Expr | None

    def ends(self) -> tuple[arb | None, arb | None]:
        """The ends as balls, at the working precision."""
        return tuple(None if e is None else evaluate(e, {}) for e in (self.low, self.high))  # type: ignore[return-value]

    @property
    def finite(self) -> bool:
        """Whether both ends are numbers."""
        return self.low is not None and self.high is not None


def ball(q: Fraction | int) -> arb:
    """The ball around a rational number."""
    q = Fraction(q)
    return arb(fmpq(q.numerator, q.denominator))


class precision:  # noqa: N801 - reads like a statement
    """The working precision inside a block."""

    def __init__(self, bits: int) -> None:
        self.bits = bits

    def __enter__(self) -> None:
        self.before, ctx.prec = ctx.prec, self.bits

    def __exit__(self, *error: object) -> None:
        ctx.prec = self.before


def sign_of(value: arb) -> int | None:
    """The sign that a ball proves; None where it proves none."""
    if value > 0:
        return 1
    return -1 if value < 0 else None


def sign_at(f: Expr, name: str, point: Fraction | Expr) -> int | None:
    """The sign at a point; None where a few thousand bits do not tell, or f is undefined."""
    if f.head == "number":
        return (f.value > 0) - (f.value < 0) or None
    for bits in _POINT_BITS[: 1 if slow(f) else None]:
        with precision(bits):
            at = evaluate(point, {}) if isinstance(point, Expr) else ball(point)
            value = evaluate(f, {name: at})
            if not value.is_finite() and bits > 192:
                return None
            if (sign := sign_of(value)) is not None:
                return sign
    return None


@lru_cache(maxsize=20_000)
def slow(f: Expr) -> bool:
    """Whether a value of it takes a numerical integration or a long sum."""
    return f.head in BINDERS or any(isinstance(part, Expr) and slow(part) for part in f.args)


def constant_sign(f: Expr) -> int | None:
    """The sign of an expression without variables."""
    return sign_at(f, "", Fraction(0))


@lru_cache(maxsize=4096)
def points(span: Span) -> tuple[Fraction, ...]:
    """Some sixty rational points of an interval, dense at its ends, in order."""
    with precision(256):
        low, high = (None if end is None else _rational(end) for end in span.ends())
    return tuple(
        sorted(
            {
                p
                for p in _spread(low, high)
                if (low is None or p > low) and (high is None or p < high)
            }
        )
    )


def _rational(value: arb) -> Fraction:
    middle = value.mid().fmpq() if hasattr(value.mid(), "fmpq") else None
    if middle is not None:
        return Fraction(int(middle.p), int(middle.q))
    mantissa, exponent = value.mid().man_exp()
    return Fraction(int(mantissa)) * Fraction(2) ** int(exponent)


def rational_of(value: arb) -> Fraction:
    """The middle of a ball, exactly."""
    return _rational(value)


def _spread(low: Fraction | None, high: Fraction | None) -> Iterator[Fraction]:
    if low is not None and high is not None:
        width = high - low
        for i in range(1, 33):
            yield low + width * Fraction(i, 33)
        for j in range(6, 26, 2):
            yield low + width * Fraction(1, 2**j)
            yield high - width * Fraction(1, 2**j)
        return
    if low is None and high is None:
        yield Fraction(0)
        yield from _outwards(Fraction(0), 1)
        yield from _outwards(Fraction(0), -1)
        return
    base, direction = (low, 1) if low is not None else (high, -1)
    assert base is not None
    yield from _outwards(base, direction)


def _outwards(base: Fraction, direction: int) -> Iterator[Fraction]:
    for j in range(-20, -6, 2):
        yield base + direction * Fraction(2) ** j
    for j in range(-12, 22):  # quarters of an octave where things happen
        yield base + direction * Fraction(2) ** (j // 2) * (1 if j % 2 == 0 else Fraction(7, 5))
    for j in (12, 14, 17, 20):
        yield base + direction * Fraction(2) ** j


@dataclass(frozen=True)
class Guess:
    """Signs along an interval: at points, and the signs with their changes."""

    at: tuple[tuple[Fraction, int], ...]
    signs: tuple[int, ...]


@lru_cache(maxsize=20_000)
def guess(f: Expr, name: str, span: Span) -> Guess | None:
    """The signs at the sampled points; None where f is undefined at one of them."""
    found: list[tuple[Fraction, int]] = []
    step, least = (6, 4) if slow(f) else (1, 8)
    for point in points(span)[::step]:
        sign = sign_at(f, name, point)
        if sign is None:
            if abs(point) <= 64 and undefined(f, name, point):
                return None
            continue
        found.append((point, sign))
    if len(found) < least:
        return None
    signs: list[int] = []
    for _, sign in found:
        if not signs or signs[-1] != sign:
            signs.append(sign)
    return Guess(tuple(found), tuple(signs))


def undefined(f: Expr, name: str, point: Fraction) -> bool:
    """Whether no finite value is found at a point."""
    with precision(256):
        return not evaluate(f, {name: ball(point)}).is_finite()


@lru_cache(maxsize=50_000)
def end_sign(f: Expr, name: str, span: Span, high: bool) -> int | None:
    """The sign very near an end, as far as numbers tell."""
    end = span.high if high else span.low
    signs = []
    steps: tuple[int, ...] = _FAR_STEPS if end is None else _END_STEPS
    for j in steps[: 1 if slow(f) else None]:
        bits = 128 + 12 * j
        with precision(bits):
            if end is None:
                at = ball(Fraction(2) ** j * (1 if high else -1))
            else:
                at = evaluate(end, {}) + ball(Fraction(-1 if high else 1, 2**j) * _scale(span))
            sign = sign_of(evaluate(f, {name: at}))
        if sign is not None:
            signs.append(sign)
    if not signs:
        return None
    return signs[-1]


@lru_cache(maxsize=1024)
def _scale(span: Span) -> Fraction:
    if not span.finite:
        return Fraction(1)
    with precision(64):
        low, high = span.ends()
        if low is None or high is None:
            return Fraction(1)
        return _rational((high - low).mid()) or Fraction(1)


def simplest_between(low: Fraction, high: Fraction) -> Fraction:
    """The rational number of the least denominator in the open interval (low, high)."""
    if low < 0 < high:
        return Fraction(0)
    if high <= 0:
        return -simplest_between(-high, -low)
    wholes: list[int] = []  # of the continued fraction, whose length recursion would not take
    while True:
        whole = low.numerator // low.denominator
        if whole + 1 < high:
            result = Fraction(whole + 1)
            break
        low, high = low - whole, high - whole
        if low == 0:
            result = whole + Fraction(1, high.denominator // high.numerator + 1)
            break
        wholes.append(whole)
        low, high = 1 / high, 1 / low
    for whole in reversed(wholes):
        result = whole + 1 / result
    return result


def to_number(q: Fraction) -> Expr:
    """A rational number as an expression."""
    return number(q)
