"""Integrals over an infinite range, or up to an end at which the integrand has no finite value.

Near such an end the integrand is bounded by a multiple of a power or of an exponential, on all of
the rest of the range: a statement that the decider proves and the checker replays. So the rest of
the integral lies between two small numbers. What is left is finite, and balls enclose it: in x, or
in u with x = B·e^u, x = a + B·e^(−u), where powers become exponentials.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from fractions import Fraction

from flint import acb, arb, ctx

from bounds.certify.errors import DomainError, Inconclusive, shown
from bounds.certify.language.comparison import Comparison
from bounds.certify.language.domain import Domain, Range
from bounds.certify.language.expression import Expr, call, number, substitute, variable
from bounds.certify.language.statement import Statement
from bounds.certify.numbers.precision import bits_for, working_precision
from bounds.certify.quantities.proving import ball, constant_ball, decided, to_fraction
from bounds.certify.rules.complex import at_complex
from bounds.certify.rules.enclosures import evaluate
from bounds.certify.rules.goal import Deadline
from bounds.certify.rules.normal import TooLarge, normal_expr
from bounds.certify.rules.numeric import precision
from bounds.certify.rules.outcome import Outcome

_POWERS = tuple(Fraction(n, 12) for n in (96, 48, 36, 30, 24, 21, 18, 16, 15, 14, 13))
_SINGULAR = tuple(Fraction(n, 48) for n in (0, 6, 12, 16, 20, 24, 28, 32, 36, 40, 42, 45))
_BASES = (1, 8, 64)
_EACH, _GUARD, _MOST_EVALUATIONS = 8.0, 24, 60_000
_LONGEST = 40_000
"""The most bits of a place that is so near to an end, or so far out."""


@dataclass(frozen=True)
class Side:
    """An end at which an integral is improper, as a function of t with t → ∞ or t → 0+.

    Attributes:
        f: the integrand in t, such that the integral over t is that part of the whole.
        name: t.
        infinite: whether t → ∞.
        base: the integrand is bounded for t >= base, or for 0 < t <= base.
        constant: C of the bound.
        rate: of C·t^(−rate), or of C·exp(−rate·t).
        exponential: which of the two.
        proof: the proved bound.
    """

    f: Expr
    name: str
    infinite: bool
    base: Fraction
    constant: Fraction
    rate: Fraction
    exponential: bool
    proof: Outcome

    def cut(self, tolerance: Fraction) -> int:
        """The k such that the rest beyond base·2^k (or below base·2^(−k)) is small enough.

        Of an exponential bound it is the whole number at which the range is cut.
        """
        wanted = math.log(float(self.constant)) - _log(tolerance)
        if self.exponential:
            rate = float(self.rate)
            return max(int((wanted - math.log(rate)) / rate) + 2, math.ceil(self.base) + 1)
        power = abs(float(self.rate) - 1)
        base = math.log(float(self.base))
        sign = 1 if self.infinite else -1
        k = ((wanted - math.log(power)) / power - sign * base) / math.log(2)
        return max(int(k) + 2, 1)

    def rest(self, k: int) -> Expr:
        """A bound of what is cut off, of either sign."""
        c, rate = number(self.constant), self.rate
        if self.exponential:
            return c / number(rate) * call("exp", number(-rate * k))
        place = self.base * Fraction(2) ** (k if self.infinite else -k)
        return c / number(abs(rate - 1)) * number(place) ** number(1 - rate)

    def integrand(self) -> tuple[Expr, Expr, str]:
        """The part that is left, as an integrand in u from 0, and the factor of its upper end.

        The end is k·log 2; of an exponential bound, k − base.
        """
        u = variable(_other(self.name))
        if self.exponential:
            return substitute(self.f, {self.name: u + number(self.base)}), number(1), u.args[0]
        grown = number(self.base) * call("exp", u if self.infinite else -u)
        return substitute(self.f, {self.name: grown}) * grown, call("log", 2), u.args[0]

    def upper(self, k: int) -> Expr:
        """The upper end of u."""
        return number(k - self.base) if self.exponential else number(k) * call("log", 2)


def _other(name: str) -> str:
    return "u" if name != "u" else "v"


def _log(q: Fraction) -> float:
    """The logarithm of a small positive number, which may be no float."""
    return math.log(q.numerator) - math.log(q.denominator)


@dataclass(frozen=True)
class Improper:
    """An improper integral, enclosed.

    Attributes:
        value: the ball.
        proofs: the bounds at the ends, replayed by the checker.
        parts: the integrals that are left, as expressions.
        rests: what is cut off is between minus and plus the sum of these.
    """

    value: arb
    proofs: tuple[Outcome, ...]
    parts: tuple[Expr, ...]
    rests: tuple[Expr, ...]

    def statement(self, low: Fraction, high: Fraction) -> Statement:
        """That the integral lies between two numbers: the bounds at the ends, and what is left."""
        comparisons, ranges = list[Comparison](), dict[str, Range]()
        for i, proof in enumerate(self.proofs, 1):
            ((name, allowed),) = proof.statement.domain.ranges.items()
            own = f"{name}{i}"
            ranges[own] = allowed
            comparisons += [c.at({name: variable(own)}) for c in proof.statement.comparisons]
        left, rest = sum(self.parts, number(0)), sum(self.rests, number(0))
        # step: an improper integral is greater than what is left less what is cut off [first sum]
        comparisons.append(Comparison(number(low), "<=", left - rest))
        # step: and less than both together [first sum]
        comparisons.append(Comparison(left + rest, "<=", number(high)))
        return Statement(tuple(comparisons), Domain(ranges))


def improper(
    body: Expr, name: str, low: Expr | None, high: Expr | None, digits: int, deadline: Deadline
) -> Improper:
    """The integral of an expression from low to high; None is infinite.

    Raises:
        Inconclusive: no bound at an end is proved, or the digits are not reached.
    """
    middle = _middle(low, high)
    sides: list[Side] = []
    plain: list[tuple[Expr, Expr]] = []
    for end, sign in ((low, -1), (high, 1)):
        if end is not None and _is_regular(body, name, end):
            plain.append((end, middle) if sign < 0 else (middle, end))
            continue
        side = _side(body, name, end, sign, middle, deadline)
        sides.append(side)
        near = _place(side, end, sign)
        plain.append((near, middle) if sign < 0 else (middle, near))
    rough = _total(body, name, plain, sides, 5)
    size = max(abs(to_fraction(rough.value)), to_fraction(rough.value.rad()), Fraction(1, 10**300))
    found = _total(body, name, plain, sides, digits, size)
    if found.value.rel_accuracy_bits() < bits_for(digits) - 12:
        reached = max(0, int(found.value.rel_accuracy_bits()) * 30103 // 100000)
        raise Inconclusive(
            f"the integral is enclosed to about {reached} digits only: ask for fewer, or cut the"
            " range where the integrand is not analytic"
        )
    return found


def _middle(low: Expr | None, high: Expr | None) -> Expr:
    """A point inside the range, away from its ends."""
    if low is None and high is None:
        return number(0)
    if low is None:
        assert high is not None
        return high - number(1)
    return low + number(1) if high is None else (low + high) / 2


def _is_regular(body: Expr, name: str, end: Expr) -> bool:
    """Whether the integrand is enclosed on a small ball around an end."""
    with precision(128):
        near = evaluate(end, {}) + arb(0, arb(2) ** -30)
        value = at_complex(body, {name: acb(near)}, True)
    return bool(value.is_finite())


def _place(side: Side, end: Expr | None, sign: int) -> Expr:
    """Where the part near an end begins, in the variable of the integral."""
    base = number(side.base)
    if end is None:
        return base if sign > 0 else -base
    return end - base if sign > 0 else end + base


def _side(
    body: Expr, name: str, end: Expr | None, sign: int, middle: Expr, deadline: Deadline
) -> Side:
    """A proved bound near an end.

    Raises:
        Inconclusive: none is found.
    """
    t = variable(name)
    f = substitute(body, {name: t * number(sign) if end is None else end - t * number(sign)})
    with suppress(TooLarge, ZeroDivisionError):
        f = normal_expr(f)
    at_middle = abs(to_fraction(constant_ball(middle, 64)))
    for base, rate, exponential in _candidates(f, name, end is None, at_middle):
        constant = _constant(f, name, end is None, base, rate, exponential)
        if constant is None:
            continue
        if exponential:
            bound = number(constant) * call("exp", number(-rate) * t)
        else:
            bound = number(constant) * t ** number(-rate)
        allowed = (
            Range(number(base), None, False, True)
            if end is None
            else Range(None if base is None else number(0), number(base), True, False)
        )
        claim = Statement(
            (Comparison(-bound, "<=", f), Comparison(f, "<=", bound)), Domain({name: allowed})
        )
        outcome = decided(claim, deadline, _EACH)
        # step: what an improper integral has near its end is bounded by proof [true]
        if outcome.outcome == "proved":
            return Side(f, name, end is None, base, constant, rate, exponential, outcome)
        if deadline.over():
            break
    where = f"{name} -> {'inf' if sign > 0 else '-inf'}" if end is None else f"{name} = {end}"
    raise Inconclusive(
        f"no bound of the integrand {shown(str(body))} near {where} was proved, by a power or an"
        " exponential: the integral may diverge there; or give more seconds"
    )


def _candidates(
    f: Expr, name: str, infinite: bool, middle: Fraction
) -> Iterator[tuple[Fraction, Fraction, bool]]:
    """Bases and rates of bounds that floats do not contradict, the fastest decay first."""
    bases = [Fraction(b) for b in _BASES if b >= middle] or [Fraction(math.ceil(middle) + 1)]
    if not infinite:
        bases = [Fraction(1, 4), Fraction(1, 64)]
    for base in bases:
        if infinite:
            near, far = _size(f, name, base * 8), _size(f, name, base * 16)
            if near is not None and (far is None or far < near - 2 * float(base) * 0.9):
                drop = (near - far) / (8 * float(base)) if far is not None else 4.0
                for rate in (Fraction(4), Fraction(1), Fraction(1, 2), Fraction(1, 8)):
                    if float(rate) <= drop * 1.05:
                        yield base, rate, True
                        break
            wide = [(base * 2**20, base * 2**30), (base * 16, base * 64)]
        else:
            wide = [(base / 2**30, base / 2**20)]
        for one, two in wide:
            first, second = _size(f, name, one), _size(f, name, two)
            if first is None or second is None:
                continue
            slope = (second - first) / (math.log(float(two)) - math.log(float(one)))
            if infinite:
                yield from [(base, p, False) for p in _POWERS if p <= -slope * 1.02 + 0.02][:3]
            else:
                yield from [(base, q, False) for q in _SINGULAR if q >= -slope - 0.005][:3]
            break


def _size(f: Expr, name: str, point: Fraction) -> float | None:
    """Log |f| at a point; None where it is 0 or unknown."""
    with precision(256):
        value = evaluate(f, {name: ball(point)})
        if not value.is_finite() or value.contains(0):
            return None
        return float(abs(value).log())


def _constant(
    f: Expr, name: str, infinite: bool, base: Fraction, rate: Fraction, exponential: bool
) -> Fraction | None:
    """A simple C that is a little more than the samples need."""
    worst = None
    for i in range(24):
        scale = Fraction(5, 4) ** (4 * i if not exponential else i)
        point = base * scale if infinite else base / scale
        size = _size(f, name, point)
        if size is None:
            continue
        x = float(point)
        size += float(rate) * (x if exponential else math.log(x))
        worst = size if worst is None else max(worst, size)
    if worst is None or worst > 300:
        return None
    wanted = math.exp(max(worst, -300)) * 1.25
    power = math.floor(math.log10(wanted))
    digit = math.ceil(wanted / 10.0**power)
    return Fraction(digit) * Fraction(10) ** power


def _total(
    body: Expr,
    name: str,
    plain: list[tuple[Expr, Expr]],
    sides: list[Side],
    digits: int,
    size: Fraction = Fraction(1),
) -> Improper:
    """The sum of the parts, and of what is cut off."""
    tolerance = size / Fraction(10) ** (digits + 3)
    bits = bits_for(digits) + _GUARD
    value, parts, rests = arb(0), list[Expr](), list[Expr]()
    for start, stop in plain:
        parts.append(call("integral", body, variable(name), start, stop))
        value = _plus(value, _enclosed(body, name, start, stop, bits), bits)
    for side in sides:
        k = side.cut(tolerance)
        if k > _LONGEST:
            raise Inconclusive("the integrand falls too slowly for so many digits: ask for fewer")
        inner, _, own = side.integrand()
        upper = side.upper(k)
        parts.append(call("integral", inner, variable(own), number(0), upper))
        rests.append(side.rest(k))
        extra = 0 if side.exponential else 2 * k  # what is very near to an end, or far out
        value = _plus(value, _enclosed(inner, own, number(0), upper, bits + extra), bits)
        with working_precision(bits):
            # step: what is cut off of an improper integral is added to its radius [drop]
            value += arb(0, evaluate(rests[-1], {}).upper())
    return Improper(value, tuple(side.proof for side in sides), tuple(parts), tuple(rests))


def _plus(one: arb, other: arb, bits: int) -> arb:
    with working_precision(bits + 16):
        return one + other


def _enclosed(body: Expr, name: str, start: Expr, stop: Expr, bits: int) -> arb:
    """A finite part of the integral."""
    with working_precision(bits):
        return quadrature(body, name, evaluate(start, {}), evaluate(stop, {}), _MOST_EVALUATIONS)


def quadrature(body: Expr, name: str, start: arb, stop: arb, most: int) -> arb:
    """An enclosure of an integral between finite ends, at the working precision.

    Args:
        body: the integrand.
        name: its variable.
        start: the lower end.
        stop: the upper end.
        most: how often the integrand is evaluated at most, but for the precision's share.

    Raises:
        DomainError: an end has no real value.
        Inconclusive: the integrand could not be evaluated.
    """

    def integrand(z: acb, analytic: bool) -> acb:
        return at_complex(body, {name: z}, analytic)

    if not (start.is_finite() and stop.is_finite()):
        raise DomainError("an end of the integral has no real value")
    try:
        return acb.integral(
            integrand,
            acb(start),
            acb(stop),
            rel_tol=arb(2) ** -ctx.prec,
            abs_tol=arb(2) ** (-2 * ctx.prec),  # also where the integral is small
            eval_limit=most + 20 * ctx.prec,
        ).real
    except (ValueError, ZeroDivisionError, OverflowError) as error:
        raise Inconclusive(f"the quadrature broke off: {error}") from None
