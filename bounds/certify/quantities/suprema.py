"""A supremum that is approached at an open or infinite end of a range, and no maximum.

The proof: next to the end the function rises towards it, and away from there it is below a number
that it exceeds near the end; so its supremum is its limit. A limit L is enclosed from both sides:
f < L is decided, and at exact points near the end f is within the digits of L.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from flint import arb

from bounds.certify.language.derivative import NoDerivative, smooth_derivative
from bounds.certify.language.domain import Domain, Range
from bounds.certify.language.expression import Expr, call, number, variable
from bounds.certify.numbers.enclosure import Enclosure
from bounds.certify.numbers.precision import bits_for
from bounds.certify.quantities.peaks import below
from bounds.certify.quantities.proving import (
    at,
    ball,
    constant_ball,
    decided,
    decimal_above,
    enclosure,
    is_measured,
    of_fractions,
    statement,
    to_fraction,
)
from bounds.certify.quantities.samples import BITS, Sample
from bounds.certify.rules.enclosures import evaluate
from bounds.certify.rules.goal import Deadline
from bounds.certify.rules.numeric import precision, simplest_between
from bounds.certify.rules.outcome import Outcome
from bounds.certify.rules.points import ends_of, named_constants
from bounds.certify.rules.solving import tidy

_MOST_STEPS = 4000


@dataclass(frozen=True)
class Supremum:
    """What a function approaches at an end, and nowhere exceeds.

    Attributes:
        value: its enclosure.
        exact: the constant that it is, if that is proved.
        approached: the end, as in "x -> inf".
        point: an exact point at which the function is within the digits of it.
        proofs: the statements.
    """

    value: Enclosure
    exact: Expr | None
    approached: str
    point: Expr
    proofs: tuple[Outcome, ...]


def open_ends(allowed: Range, samples: Sequence[Sample]) -> list[bool]:
    """The open or infinite ends next to which the largest of the samples lies (True: the high)."""
    if not samples:
        return []
    top = max(sample.value.mid() for sample in samples)
    found = []
    if allowed.low_open and samples[0].value.mid() >= top:
        found.append(False)
    if allowed.high_open and samples[-1].value.mid() >= top:
        found.append(True)
    return found


def approached_at(
    f: Expr,
    name: str,
    allowed: Range,
    high: bool,
    samples: Sequence[Sample],
    digits: int,
    deadline: Deadline,
    minimum: bool,
) -> Supremum | str:
    """The supremum at an open end, with its proof; or a sentence that says what is missing."""
    end = allowed.high if high else allowed.low
    points = list(_towards(allowed, high, digits))
    values = _values(f, name, points)
    if not values:
        return "next to the open end no value was found"
    infinite = "inf" if high else "-inf"
    word = f"{name} -> {infinite if end is None else end}"
    if _grows(values):
        return "the values next to the open end do not settle"
    near, slack = _settled(values)
    settled = slack * 10**6 <= 1 + abs(near)
    exact = list(_exact_limits(f, name, end, near, slack))
    asked: dict[Expr, Outcome | None] = {}
    for limit in exact if settled else ():
        reached = asked[limit] = _reached(f, name, allowed, high, limit, deadline, minimum)
        if reached is None:
            continue
        bound = decided(below(f, limit, Domain({name: allowed}), minimum), deadline, 10)
        if bound.outcome == "proved":
            value = enclosure(constant_ball(limit, bits_for(digits)), digits)
            point, _ = max(values, key=_middle)
            return Supremum(value, limit, word, number(point), (bound, reached))
    cut = _cut(samples, high, end)
    if cut is None:
        return "next to the open end the values do not rise towards it"
    try:
        slope = smooth_derivative(f, name)
    except NoDerivative:
        return "the function has no derivative here"
    piece = (
        Range(number(cut), allowed.high, False, True)
        if high
        else Range(allowed.low, number(cut), True, False)
    )
    here, zero = Domain({name: piece}), number(0)
    shown = -slope if minimum else slope
    rising = decided(statement(shown, ">" if high != minimum else "<", zero, here), deadline)
    if rising.outcome != "proved":
        return f"not decided: {rising.statement}"
    rest = (
        Range(allowed.low, number(cut), allowed.low_open, False)
        if high
        else Range(number(cut), allowed.high, False, allowed.high_open)
    )
    proofs = [rising]
    with precision(BITS):
        floor = to_fraction(evaluate(f, {name: ball(cut)}))
        best = to_fraction(arb(values[-1][1].lower()))
    if not rest.is_point:
        level = simplest_between(floor + (best - floor) / 3, best - (best - floor) / 8)
        if not level < best:
            return "the values next to the open end are not above the others"
        elsewhere = decided(below(f, level, Domain({name: rest}), minimum), deadline)
        if elsewhere.outcome != "proved":
            return f"not decided: {elsewhere.statement}"
        proofs.append(elsewhere)
    for limit in (*exact, *_decimals_above(near, slack)):
        bound = decided(below(f, limit, here, minimum), deadline, 10)
        if bound.outcome != "proved":
            continue
        point, nearest = max(values, key=_middle)
        reached = (
            asked[limit]
            if limit in asked
            else _reached(f, name, allowed, high, limit, deadline, minimum)
        )
        if reached is not None:
            value = enclosure(constant_ball(limit, bits_for(digits)), digits)
            return Supremum(value, limit, word, number(point), (*proofs, bound, reached))
        enclosed = _enclosed(limit, nearest, digits)
        if enclosed is not None:
            return Supremum(enclosed, None, word, number(point), (*proofs, bound))
    return "the limit at the open end was not enclosed"


def _reached(
    f: Expr,
    name: str,
    allowed: Range,
    high: bool,
    limit: Expr,
    deadline: Deadline,
    minimum: bool,
) -> Outcome | None:
    """A statement f(w(h)) > L - h for all small h > 0, with w(h) in the range: L is the limit."""
    h = variable("h" if name != "h" else "h_0")
    end = allowed.high if high else allowed.low
    sign = number(1 if high else -1)
    steps = (1 / h, 1 / h**2, call("log", 1 / h)) if end is None else (h, h**2)
    for step in steps:
        place = sign * step if end is None else end - sign * step
        if step.head == "log":  # large only where h is very small
            small = call("exp", number(-_least(allowed)))
        else:
            small = number(1 / _least(allowed))
        domain = Domain({h.args[0]: Range(number(0), small, True, True)})
        value = at(f, name, place)
        claim = (
            statement(-value, "<", -limit + h, domain)
            if minimum
            else statement(value, ">", limit - h, domain)
        )
        outcome = decided(claim, deadline, 3)
        if outcome.outcome == "proved":
            return outcome
    return None


def _grows(values: Sequence[tuple[Fraction, arb]]) -> bool:
    """Whether the values grow by no less from each point to the next, as a logarithm does."""
    if len(values) < 4:
        return False
    with precision(BITS):
        steps = [b[1] - a[1] for a, b in zip(values[-4:], values[-3:], strict=False)]
        return bool(steps[2] > steps[1]) and bool(steps[1] > steps[0])


def _middle(entry: tuple[Fraction, arb]) -> Any:
    """What pairs of points and values are compared by."""
    return entry[1].mid()


def _short(q: Fraction) -> bool:
    return q.denominator.bit_length() <= 24


def _cut(samples: Sequence[Sample], high: bool, end: Expr | None) -> Fraction | None:
    """A point from which on the sampled values rise towards the end."""
    ordered = list(samples) if high else list(reversed(samples))
    i = len(ordered) - 1
    while i > 0 and ordered[i - 1].value.mid() < ordered[i].value.mid():
        i -= 1
    run = [sample.at for sample in ordered[i:]]
    if len(run) < 3:
        return None
    if end is None:  # far enough out to be on the way, and no farther
        return min(run[:-1], key=lambda p: abs(abs(p) - max(abs(run[0]), Fraction(4))))
    with precision(BITS):
        base = to_fraction(evaluate(end, {}))
    reach = min(abs(run[0] - base), Fraction(2)) / 2
    return min(run[:-1], key=lambda p: abs(abs(p - base) - reach))


def _size(q: Fraction) -> int:
    return q.numerator.bit_length() + q.denominator.bit_length()


def _towards(allowed: Range, high: bool, digits: int) -> Iterator[Fraction]:
    """Points that go to the end, by ever larger steps."""
    end = allowed.high if high else allowed.low
    sign = -1 if high else 1
    k = 4
    while k <= min(_MOST_STEPS, 16 * bits_for(digits)):
        if end is None:
            yield -sign * Fraction(2) ** k
        elif end.is_number:
            yield end.value + sign * Fraction(1, 2**k)
        else:
            with precision(4 * k + 128):
                base = to_fraction(evaluate(end, {}))
            yield base + sign * Fraction(1, 2**k)
        k += max(1, k // 3)


def _values(f: Expr, name: str, points: Sequence[Fraction]) -> list[tuple[Fraction, arb]]:
    """The values at the points, of those where balls find one to a few hundred bits.

    It ends where a value is too large or too small for an exact fraction.
    """
    found = []
    for point in points:
        bits = 3 * max(_size(point) // 2, 64) + 512
        with precision(bits):
            value = evaluate(f, {name: ball(point)})
        if value.is_finite() and not is_measured(value):
            break
        if value.is_finite() and value.rel_accuracy_bits() > 40:
            found.append((point, value))
    return found


def _settled(values: Sequence[tuple[Fraction, arb]]) -> tuple[Fraction, Fraction]:
    """The last value, and how far from it the limit may be, as the step before suggests."""
    last = values[-1][1]
    with precision(BITS):
        drift = arb((abs(last - values[-2][1]) if len(values) > 1 else abs(last)).upper())
        near = to_fraction(last)
    slack = abs(near) / 10**12 + Fraction(1, 10**200)
    return near, slack + to_fraction(drift) if is_measured(drift) else slack


def _exact_limits(
    f: Expr, name: str, end: Expr | None, near: Fraction, slack: Fraction
) -> Iterator[Expr]:
    """What the limit may be: the value at the end, or a simple constant."""
    if end is not None and constant_ball(at(f, name, end), 64).is_finite():
        yield tidy(at(f, name, end))
    rational = simplest_between(near - slack, near + slack)
    if _short(rational):
        yield number(rational)
    root = [number(n) ** Fraction(1, 2) for n in (2, 3)]
    for constant in (*named_constants(), *root, _gauss()):
        for factor in (1, -1, 2, -2, Fraction(1, 2), Fraction(-1, 2), Fraction(1, 4)):
            candidate = constant * factor
            value = constant_ball(candidate, 128)
            with precision(BITS):
                if abs(value - ball(near)) <= ball(slack):
                    yield tidy(candidate)


def _decimals_above(near: Fraction, slack: Fraction) -> Iterator[Expr]:
    """Decimals just above what the limit may be."""
    for digits in (15, 12, 9, 6):
        above = near + slack + abs(near) / 10**digits
        yield number(decimal_above(above, digits))


def _gauss() -> Expr:
    """sqrt(2/pi), which limits of normal tails often are."""
    return (2 / Expr("pi")) ** Fraction(1, 2)


def _enclosed(limit: Expr, best: arb, digits: int) -> Enclosure | None:
    """From the largest value that was seen up to the limit, if that gives at least two digits."""
    top = constant_ball(limit, bits_for(digits) + 16)
    with precision(bits_for(digits) + 64):
        high = to_fraction(arb(top.upper()))
        low = to_fraction(arb(best.lower()))
    gap = high - low
    if gap < 0:
        return None
    size = max(abs(high), abs(low))
    for shown in (digits, 12, 9, 6, 4, 2):
        if shown <= digits and gap <= size / Fraction(10) ** (shown - 1):
            return of_fractions(low, high, shown)
    return None


def unbounded(
    f: Expr, name: str, allowed: Range, high: bool, deadline: Deadline, minimum: bool
) -> Outcome | None:
    """A statement f(w(M)) > M for all large M, with w(M) in the range: f has no upper bound."""
    bound = variable("M")
    if name == "M":
        bound = variable("M_0")
    end = allowed.high if high else allowed.low
    sign = number(1 if high else -1)
    least = _least(allowed)
    growing = (bound, bound**2, call("exp", bound), call("exp", call("exp", bound)))
    for far in growing:
        place = sign * far if end is None else end - sign / far
        value = at(f, name, place)
        domain = Domain({bound.args[0]: Range(number(least), None, False, True)})
        claim = (
            statement(-value, "<", -bound, domain)
            if minimum
            else statement(value, ">", bound, domain)
        )
        outcome = decided(claim, deadline, 5)
        if outcome.outcome == "proved":
            return outcome
    return None


def _least(allowed: Range) -> Fraction:
    """M from which on 1/M, and a point M away, are inside the range."""
    ends = ends_of(allowed)
    with precision(BITS):
        if ends.low is not None and ends.high is not None:
            width = to_fraction(arb((ends.high - ends.low).lower()))
            return Fraction(int(1 / width) + 2) if width > 0 else Fraction(2)
        other = ends.low if ends.low is not None else ends.high
        far = 0 if other is None else abs(int(to_fraction(other))) + 1
    return Fraction(far + 2)
