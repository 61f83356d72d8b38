"""The maximum of a function of one variable, with a box for each place where it is attained.

The proof has two parts. In a box around each place the function is strictly concave (or monotone,
at an end of the range), by an enclosure of a derivative: so its maximum there is the value at the
zero of the derivative, which is enclosed to as many digits as asked. Outside the boxes the function
is below a number c that is less than that value: statements that the decider proves.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from flint import arb

from bounds.certify.language.derivative import NoDerivative, smooth_derivative
from bounds.certify.language.domain import Domain, Range
from bounds.certify.language.expression import Expr, number
from bounds.certify.language.statement import Statement
from bounds.certify.numbers.precision import bits_for
from bounds.certify.quantities.proving import (
    as_exact,
    at,
    ball,
    constant_ball,
    decided,
    enclosure,
    of_fractions,
    sign_at_point,
    statement,
    to_fraction,
)
from bounds.certify.quantities.results import Place
from bounds.certify.quantities.samples import BITS, Sample
from bounds.certify.quantities.zeros import simple_zero
from bounds.certify.rules.conditions import conditions
from bounds.certify.rules.enclosures import evaluate
from bounds.certify.rules.goal import Deadline
from bounds.certify.rules.numeric import precision, simplest_between
from bounds.certify.rules.outcome import Outcome
from bounds.certify.rules.points import ends_of, named_constants

_MOST_PEAKS, _MOST_WINNERS = 200, 40
_GUARD = 48
_STEPS_FROM_END = range(1, 60)


@dataclass(frozen=True)
class Peak:
    """The maximum of F over a box.

    Attributes:
        value: a ball around it.
        place: where it is.
        low, high: the ends of the box; None where the box reaches an end of the range.
        beside: F at those ends of the box that are inside the range, at most.
        point: an exact point of the box at which F is within the digits of the maximum.
    """

    value: arb
    place: Place
    low: Fraction | None
    high: Fraction | None
    beside: arb | None
    point: Expr


@dataclass(frozen=True)
class Proved:
    """The maximum of F on a range: the peaks where it is attained, and what excludes others."""

    value: arb
    peaks: tuple[Peak, ...]
    proofs: tuple[Outcome, ...]


def interior_peaks(f: Expr, name: str, samples: Sequence[Sample], digits: int) -> list[Peak]:
    """The local maxima between samples that are proved to be unique in their boxes."""
    try:
        first = smooth_derivative(f, name)
        second = smooth_derivative(first, name)
    except NoDerivative:
        return []
    found = []
    for i in _tops(samples)[:_MOST_PEAKS]:
        bracket = (samples[i - 1].at, samples[i + 1].at)
        peak = interior_peak(f, first, second, name, bracket, digits)
        if peak is not None:
            found.append(peak)
    return found


def _tops(samples: Sequence[Sample]) -> list[int]:
    """Where a value is at least its neighbours', the highest first."""
    tops = [
        i
        for i in range(1, len(samples) - 1)
        if samples[i].value.mid() >= samples[i - 1].value.mid()
        and samples[i].value.mid() >= samples[i + 1].value.mid()
    ]
    return sorted(tops, key=lambda i: -float(samples[i].value.mid()))


def interior_peak(
    f: Expr, first: Expr, second: Expr, name: str, bracket: tuple[Fraction, Fraction], digits: int
) -> Peak | None:
    """The maximum inside a bracket, at a zero of f′ in a box on which f″ < 0."""
    zero = simple_zero(first, second, name, bracket, digits, conditions(f))
    if zero is None or zero.slope > 0:
        return None
    centre = (zero.low + zero.high) / 2
    with precision(bits_for(digits) + _GUARD):  # the mean value form, with f' next to its zero
        near = {name: ball(zero.low).union(ball(zero.high))}
        radius = ball((zero.high - zero.low) / 2)
        value = evaluate(f, {name: ball(centre)}) + evaluate(first, near) * arb(0, radius.upper())
    with precision(BITS):
        beside = [evaluate(f, {name: ball(end)}) for end in zero.box]
    if not (value.is_finite() and all(each.is_finite() for each in beside)):
        return None
    exact = as_exact(first, name, zero.low, zero.high, named_constants())
    middle = simplest_between(zero.low, zero.high)
    place = Place(
        {name: of_fractions(zero.low, zero.high, digits)},
        None if exact is None else {name: exact},
        unique=True,
    )
    point = number(middle) if exact is None else exact
    return Peak(value, place, zero.box[0], zero.box[1], beside[0].max(beside[1]), point)


def end_peaks(f: Expr, name: str, allowed: Range, digits: int, deadline: Deadline) -> list[Peak]:
    """The closed ends of the range next to which f decreases inwards."""
    found = []
    for high in (False, True):
        end = allowed.high if high else allowed.low
        is_open = allowed.high_open if high else allowed.low_open
        if end is None or is_open:
            continue
        value = constant_ball(at(f, name, end), bits_for(digits) + 8)
        inner = _falls_from(f, name, allowed, end, high, deadline) if value.is_finite() else None
        if inner is None:
            continue
        with precision(BITS):
            beside = evaluate(f, {name: ball(inner)})
        place = Place(
            {name: enclosure(constant_ball(end, bits_for(digits)), digits)},
            {name: end},
            unique=True,
            kind="end",
        )
        sides = (inner, None) if high else (None, inner)
        found.append(Peak(value, place, sides[0], sides[1], beside, end))
    return found


def _falls_from(
    f: Expr, name: str, allowed: Range, end: Expr, high: bool, deadline: Deadline
) -> Fraction | None:
    """A point such that f is less than its value at the end, everywhere between them."""
    ends = ends_of(allowed)
    with precision(BITS):
        there = ends.high if high else ends.low
        other = ends.low if high else ends.high
        assert there is not None
        width = Fraction(1) if other is None else abs(to_fraction(other - there))
        base = to_fraction(there)
    if not width:
        return None
    try:
        slope: Expr | None = smooth_derivative(f, name)
    except NoDerivative:
        slope = None
    for k in _STEPS_FROM_END:
        step = width / 2**k * (-1 if high else 1)
        inner = _short_point(base + step, abs(step))
        if slope is not None:
            with precision(128):
                hull = ball(inner).union(there)
                rate = evaluate(slope, {name: hull})
                if (rate > 0) if high else (rate < 0):
                    return inner
            if k == 12 and not _may_be_smooth(slope, name, end):
                break
    for k in (3, 6, 12):
        inner = _short_point(base + width / 2**k * (-1 if high else 1), width / 2**k)
        piece = (
            Range(number(inner), end, False, True)
            if high
            else Range(end, number(inner), True, False)
        )
        if sign_at_point(f - at(f, name, end), name, inner) != -1:
            continue
        claim = statement(f, "<", at(f, name, end), Domain({name: piece}))
        if decided(claim, deadline, 3).outcome == "proved":
            return inner
    return None


def _may_be_smooth(slope: Expr, name: str, end: Expr) -> bool:
    return constant_ball(at(slope, name, end), 64).is_finite()


def _short_point(q: Fraction, width: Fraction) -> Fraction:
    return simplest_between(q - width / 8, q + width / 8)


def highest(
    f: Expr,
    name: str,
    allowed: Range,
    peaks: Sequence[Peak],
    samples: Sequence[Sample],
    deadline: Deadline,
    minimum: bool,
) -> Proved | tuple[Fraction, ...] | str:
    """The maximum of f on the range, if peaks attain it and it is less elsewhere.

    Args:
        f: an expression in one variable.
        name: the variable.
        allowed: its range.
        peaks: candidates with their boxes.
        samples: values at other points.
        deadline: when to stop.
        minimum: whether the statements are to speak of -f, of which this is the minimum.

    Returns:
        The maximum with its proof; or points at which f is higher than thought; or a sentence that
        says which statement was not decided.
    """
    if not peaks:
        return "no place was found at which a maximum is attained"
    top = max(peaks, key=lambda peak: float_key(peak.value)).value
    winners = [peak for peak in peaks if not peak.value < top][:_MOST_WINNERS]
    top = winners[0].value
    with precision(max(BITS, top.bits() + _GUARD)):
        for peak in winners[1:]:
            top = top.max(peak.value)
    winners = _apart(winners)
    level = _level(winners, peaks, samples, top)
    if level is None:
        return "values elsewhere are as large as the maximum, as far as balls show"
    if isinstance(level, tuple):
        return level
    proofs = []
    for piece in outside(allowed, [(peak.low, peak.high) for peak in winners]):
        claim = below(f, level, Domain({name: piece}), minimum)
        outcome = decided(claim, deadline)
        if outcome.outcome == "refuted" and outcome.witness is not None:
            with precision(BITS):
                return (to_fraction(evaluate(outcome.witness[name], {})),)
        if outcome.outcome != "proved":
            return f"not decided: {claim}"
        proofs.append(outcome)
    return Proved(top, tuple(winners), tuple(proofs))


def below(f: Expr, level: Fraction | Expr, domain: Domain, minimum: bool) -> Statement:
    """The statement f < level; of the negatives, if the minimum of -f is meant."""
    bound = level if isinstance(level, Expr) else number(level)
    if minimum:
        return statement(-f, ">", -bound, domain)
    return statement(f, "<", bound, domain)


def float_key(value: arb) -> tuple[float, arb]:
    """A key for sorting balls by their middle."""
    return (float(value.mid()), value.mid())


def _apart(peaks: Sequence[Peak]) -> list[Peak]:
    """The peaks in order, without one whose box meets the box before it."""
    ordered = sorted(peaks, key=lambda p: (p.low is not None, p.low or Fraction(0)))
    kept: list[Peak] = []
    for peak in ordered:
        if kept and (kept[-1].high is None or (peak.low is not None and peak.low <= kept[-1].high)):
            continue
        kept.append(peak)
    return kept


def _level(
    winners: Sequence[Peak],
    peaks: Sequence[Peak],
    samples: Sequence[Sample],
    top: arb,
) -> Fraction | tuple[Fraction, ...] | None:
    """A number between the maximum and all that is seen outside the boxes of the winners."""
    chosen = {id(peak) for peak in winners}
    others: list[tuple[Fraction | None, arb]] = [
        (None, peak.value) for peak in peaks if id(peak) not in chosen and peak.value < top
    ]
    others += [(None, peak.beside) for peak in winners if peak.beside is not None]
    for sample in samples:
        inside = any(
            (peak.low is None or peak.low <= sample.at)
            and (peak.high is None or sample.at <= peak.high)
            for peak in winners
        )
        if not inside:
            others.append((sample.at, sample.value))
    with precision(BITS):
        most = None
        for place, value in others:
            if not value < top:
                return None if place is None else (place,)
            if most is None or value > most:
                most = value
        low = to_fraction(arb(top.lower()))
        if most is None:
            return simplest_between(low - abs(low) - 1, low)
        high = to_fraction(arb(most.upper()))
    gap = low - high
    if gap <= 0:
        return None
    return simplest_between(high + gap / 3, low - gap / 8)


def outside(
    allowed: Range, boxes: Sequence[tuple[Fraction | None, Fraction | None]]
) -> list[Range]:
    """The pieces of a range outside boxes that are in order; None is an end of the range."""
    pieces = []
    low, low_open, closed = allowed.low, allowed.low_open, False
    for start, stop in boxes:
        if start is not None:
            pieces.append(Range(low, number(start), low_open, False))
        closed = stop is None
        if stop is not None:
            low, low_open = number(stop), False
    if not closed:
        pieces.append(Range(low, allowed.high, low_open, allowed.high_open))
    return pieces
