"""Random terms over random boxes: does an enclosure ever leave out a value?

    python -m campaigns.differential [--terms 1000000] [--jobs 2] [--seed 1]

Each term is a few operations of the engine (all of them are drawn) on exact numbers and variables.
Each variable has a range: across 0, wide, at the end of a domain, narrow, or one number. The engine
(balls) and the independent checker (MPFR) enclose the term over the box, and the checker its
derivative; mpmath computes it at points of the box from the definitions, at two precisions, whose
difference tells how far it is right. It is a failure if a value lies outside a finite enclosure, or
if there is a finite enclosure though the term is undefined at a point. Terms are drawn chunk by
chunk, each from its own seed; finished chunks are kept in campaigns-differential.partial, and a run
that was killed goes on from there. The exit status is 1 if there is a failure.
"""

from __future__ import annotations

import argparse
import math
import multiprocessing
import random
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any

import gmpy2
import mpmath
from flint import arb

import bounds.checker
import bounds.functions
import bounds.lower  # noqa: F401 - both make their operations known
from bounds.certify.arithmetic.ball import hull
from bounds.certify.checker.derivative import derivative
from bounds.certify.checker.interval import Interval
from bounds.certify.checker.precision import Precision, binary_exponent, exact
from bounds.certify.checker.term import evaluate, read_term
from bounds.certify.checker.verdict import Rejected, Undecided
from bounds.certify.errors import BoundsError
from bounds.certify.exact import to_ball
from bounds.certify.inequalities.term import Term
from bounds.certify.io.journal import journal
from bounds.certify.numbers.enclosure import dyadic_ends
from bounds.certify.numbers.precision import working_precision

CHUNK = 250
_BITS = 64
_DIGITS = (30, 60)
_SLOPE_DIGITS = (60, 80)
_POINTS = 4
_MOST_EXPONENT = 20_000

Box = dict[str, tuple[Fraction, Fraction]]
Point = dict[str, Fraction]
Ends = tuple[Fraction, Fraction]


class Undefined(Exception):
    """The term has no value at the point."""


class OutOfReach(Exception):
    """Mpmath is not asked: a number of enormous or vanishing size."""


# --- what is drawn -------------------------------------------------------------------------------

PLAIN = ("exp", "expm1", "log", "sqrt", "density", "cdf", "quantile")
OF_WINDOW = ("window_mass", "mass_deficit")
OF_MASS = ("filter_radius", "median_shift", "mass_estimate", "loss")
OF_MEANS = ("sech_mean", "sech_square_mean")
NUMBERS = tuple(
    map(Fraction, ("0", "1", "-1", "2", "1/2", "-1/2", "1/3", "0.9", "3", "-7/5", "10"))
)


def draw_term(rng: random.Random, depth: int) -> Term:
    """A term of at most so many operations within each other."""
    if depth == 0 or rng.random() < 0.1:
        if rng.random() < 0.25:
            return Term(rng.choice(NUMBERS))
        return Term(rng.choice("xxy"))
    kind = rng.random()
    if kind < 0.45:
        head = rng.choice("+-**/")
        return Term(head, draw_term(rng, depth - 1), draw_term(rng, depth - 1))
    if kind < 0.58:
        return Term("power", draw_term(rng, depth - 1), Term(Fraction(rng.randrange(2, 6))))
    if kind < 0.86:
        return Term(rng.choice(PLAIN), draw_term(rng, depth - 1))
    if kind < 0.89:
        return Term("central_mass", Term("d"))
    if kind < 0.97:
        return Term(rng.choice(OF_WINDOW), draw_term(rng, depth - 1), Term("d"))
    if kind < 0.98:
        return Term(rng.choice(OF_MEANS), Term("d"))
    return Term(rng.choice(OF_MASS), Term("e"), Term("d"))


def _size(rng: random.Random, least: float, most: float) -> Fraction:
    """A number with four digits, its logarithm uniform."""
    return Fraction(f"{math.exp(rng.uniform(math.log(least), math.log(most))):.4g}")


def draw_range(rng: random.Random) -> Ends:
    """A range of a real variable."""
    kind = rng.randrange(7)
    if kind == 0:  # across 0
        return -_size(rng, 1e-3, 10), _size(rng, 1e-3, 10)
    if kind == 1:  # wide
        return rng.choice([(Fraction(-30), Fraction(30)), (Fraction(1, 1000), Fraction(1000))])
    if kind == 2:  # at the ends of domains
        zero, one = Fraction(0), Fraction(1)
        size = _size(rng, 1e-3, 3)
        return rng.choice(
            [(zero, one), (zero, size), (-size, zero), (one - size, one), (-one, one)]
        )
    if kind == 3:  # one number
        at = rng.choice([Fraction(0), Fraction(1), _size(rng, 1e-3, 10), -_size(rng, 1e-3, 10)])
        return at, at
    middle = _size(rng, 1e-2, 10) * rng.choice([1, 1, 1, -1])
    return middle, middle + _size(rng, 1e-6, 1)


def draw_box(rng: random.Random, names: set[str]) -> Box:
    """A range for each variable; Δ is positive, and e a mass that an adversary may have."""
    box: Box = {name: draw_range(rng) for name in sorted(names & {"x", "y"})}
    delta = _size(rng, 0.3, 5)
    if names & {"d"}:
        width = rng.choice([Fraction(0)] * 3 + [_size(rng, 1e-4, 1)])
        box["d"] = delta, delta + width
    if names & {"e"}:
        room = Fraction(f"{math.erf(float(delta) / math.sqrt(2)) / 4:.3g}")
        low = room * _size(rng, 1e-6, 0.9)
        box["e"] = low, rng.choice([low, low + (room - low) * _size(rng, 1e-3, 1)])
    return box


def draw_points(rng: random.Random, box: Box) -> Iterator[Point]:
    """Different points of the box: ends, 0 where it lies between, and others."""
    seen: list[Point] = []
    for _ in range(_POINTS):
        point = {name: _between(rng, low, high) for name, (low, high) in box.items()}
        if point not in seen:
            seen.append(point)
            yield point


def _between(rng: random.Random, low: Fraction, high: Fraction) -> Fraction:
    kind = rng.randrange(5)
    if kind < 2:
        return (low, high)[kind]
    if kind == 2 and low <= 0 <= high:
        return Fraction(0)
    return low + (high - low) * Fraction(rng.randrange(1 << 20), 1 << 20)


# --- mpmath, from the definitions ----------------------------------------------------------------


def _window(x: Any, delta: Any) -> Any:
    x = abs(x)  # on this side the difference does not cancel
    return mpmath.ncdf(delta - x) - mpmath.ncdf(-delta - x)


def _radius(eps: Any, delta: Any) -> Any:
    if not 0 < eps < _window(0, delta):
        raise Undefined
    low, high, goal = 0.0, float(delta) + 40.0, float(eps)
    span, root = float(delta), math.sqrt(2)

    def lost(x: float) -> float:
        return (
            math.erf(span / root)
            - (math.erfc((x - span) / root) - math.erfc((x + span) / root)) / 2
        )

    for _ in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if lost(middle) < goal else (low, middle)
    x = mpmath.mpf(low)
    for _ in range(12):
        rate = mpmath.npdf(x - delta) - mpmath.npdf(x + delta)
        step = (_window(0, delta) - _window(x, delta) - eps) / rate
        x -= step
        if abs(step) < abs(x) * mpmath.mpf(2) ** (12 - mpmath.mp.prec):
            return x
    raise OutOfReach


def _quantile(p: Any) -> Any:
    if not 0 < p < 1:
        raise Undefined
    if not mpmath.mpf("1e-12") < p < 1 - mpmath.mpf("1e-12"):
        raise OutOfReach
    return mpmath.sqrt(2) * mpmath.erfinv(2 * p - 1)


def _shift(eps: Any, delta: Any) -> Any:
    held = mpmath.ncdf(_radius(eps, delta) - delta) - mpmath.ncdf(-delta)
    return _quantile((1 + held) / 2)


def _estimate(eps: Any, delta: Any) -> Any:
    return eps + mpmath.npdf(delta) * _radius(eps, delta)


def _loss(eps: Any, delta: Any) -> Any:
    g = _shift(_estimate(eps, delta), delta)
    return g * g / (1 + g * g)


def _mean(power: int) -> Callable[[Any], Any]:
    """E Z^p sech(tZ) by the trapezoidal rule, with nodes so near that its error is out of sight.

    At the nodes jh, e^{thj} and e^{−(jh)²/2} are products of the ones before, with digits to spare
    for the errors that add up.
    """

    def at(t: Any) -> Any:
        if not 0 < t < 8:
            raise OutOfReach
        nats = mpmath.mp.dps * mpmath.log(10) + 6
        strip = min(mpmath.pi / (2 * t), mpmath.sqrt(nats))
        step = 5 * strip / (nats + strip * strip)
        with mpmath.extradps(15):
            growth, fall = mpmath.exp(t * step), mpmath.exp(-step * step / 2)
            ratio, again = fall, fall * fall  # of neighbouring weights, and of neighbouring ratios
            weight, steep, total, z = mpmath.mpf(1), mpmath.mpf(1), mpmath.mpf(0), mpmath.mpf(0)
            for _ in range(int(mpmath.sqrt(2 * nats) / step)):
                weight *= ratio
                ratio *= again
                steep *= growth
                z += step
                total += z**power * weight * 2 / (steep + 1 / steep)
            return step * mpmath.npdf(0) * (2 * total + (power == 0))

    return at


def _sum(a: Any, b: Any) -> Any:
    total = a + b
    if a and b and abs(total) < abs(a) / 10 ** (_DIGITS[0] - 5):
        raise OutOfReach  # what is left are errors of rounding
    return total


def _exponential(function: Callable[[Any], Any]) -> Callable[[Any], Any]:
    def at(t: Any) -> Any:
        if abs(t) > 5000:
            raise OutOfReach
        return function(t)

    return at


def _log(t: Any) -> Any:
    if t <= 0:
        raise Undefined
    return mpmath.log(t)


def _sqrt(t: Any) -> Any:
    if t < 0:
        raise Undefined
    return mpmath.sqrt(t)


def _normal(function: Callable[[Any], Any]) -> Callable[[Any], Any]:
    def at(t: Any) -> Any:
        if abs(t) > 60:
            raise OutOfReach
        return function(t)

    return at


def _divided(a: Any, b: Any) -> Any:
    if b == 0:
        raise Undefined
    return a / b


def _of_place(function: Callable[[Any, Any], Any]) -> Callable[[Any, Any], Any]:
    def at(x: Any, delta: Any) -> Any:
        if abs(x) > 40:
            raise OutOfReach
        return function(x, delta)

    return at


MEANING: dict[str, Callable[..., Any]] = {
    "+": _sum,
    "-": lambda a, b: _sum(a, -b),
    "*": lambda a, b: a * b,
    "/": _divided,
    "power": lambda base, exponent: base ** int(exponent),
    "sqrt": _sqrt,
    "exp": _exponential(mpmath.exp),
    "expm1": _exponential(mpmath.expm1),
    "log": _log,
    "density": _normal(mpmath.npdf),
    "cdf": _normal(mpmath.ncdf),
    "quantile": _quantile,
    "central_mass": lambda delta: _window(0, delta),
    "window_mass": _of_place(_window),
    "mass_deficit": _of_place(lambda x, delta: _sum(_window(0, delta), -_window(x, delta))),
    "sech_mean": _mean(0),
    "sech_square_mean": _mean(2),
    "filter_radius": _radius,
    "median_shift": _shift,
    "mass_estimate": _estimate,
    "loss": _loss,
}


def value_at(term: Term, point: dict[str, Any]) -> Any:
    """The term's value, at mpmath's precision.

    Raises:
        Undefined: it has none.
        OutOfReach: a number on the way is of enormous size, or its size is not known.
    """
    if isinstance(term.head, Fraction):
        return mpmath.mpf(term.head.numerator) / term.head.denominator
    if not term.arguments:
        return point[term.head]
    values = [value_at(part, point) for part in term.arguments]
    meaning = MEANING[term.head]
    result = meaning(*values)
    if result and not -2000 < mpmath.mag(result) < 20_000:
        raise OutOfReach
    return result


def reference(term: Term, point: Point) -> Ends:
    """Where the value at the point is, by mpmath.

    Raises:
        Undefined: there is none, at neither precision.
        OutOfReach: mpmath is not asked, or its precisions disagree.
    """
    seen: list[Any] = []
    for digits in _DIGITS:
        with mpmath.workdps(digits):
            place = {n: mpmath.mpf(v.numerator) / v.denominator for n, v in point.items()}
            try:
                seen.append(value_at(term, place))
            except Undefined:
                seen.append(None)
    rough, fine = seen
    if rough is None and fine is None:
        raise Undefined
    if not rough or not fine:  # one undefined, or 0, which may be a small number rounded
        raise OutOfReach
    with mpmath.workdps(_DIGITS[1]):
        slack = 1000 * abs(fine - rough) + abs(fine) * mpmath.mpf(10) ** -25
    middle, around = _fraction(fine), _fraction(slack)
    return middle - around, middle + around


def _fraction(number: Any) -> Fraction:
    sign, mantissa, power, _ = number._mpf_
    return (-1) ** sign * Fraction(int(mantissa)) * Fraction(2) ** int(power)


def slope(term: Term, point: Point, name: str) -> Ends:
    """Where the derivative is, from differences of two widths.

    Raises:
        Undefined, OutOfReach: as for the value, at or next to the point.
    """
    found = [_slopes(term, point, name, digits) for digits in _SLOPE_DIGITS]
    (rough, _), (fine, noise) = found
    with mpmath.workdps(_SLOPE_DIGITS[1]):
        slack = noise + 10 * abs(fine[1] - fine[0]) + abs(fine[1]) * mpmath.mpf(10) ** -15
        slack += 1000 * abs(fine[1] - rough[1])
    middle, around = _fraction(fine[1]), _fraction(slack)
    return middle - around, middle + around


def _slopes(term: Term, point: Point, name: str, digits: int) -> tuple[list[Any], Any]:
    """The quotients of differences of two widths, and what rounding may do to the finer one."""
    rates, noise = [], mpmath.mpf(0)
    with mpmath.workdps(digits):
        place = {n: mpmath.mpf(v.numerator) / v.denominator for n, v in point.items()}
        for width in (mpmath.mpf(10) ** -14, mpmath.mpf(10) ** -16):
            above, below = (
                value_at(term, {**place, name: place[name] + side * width}) for side in (1, -1)
            )
            if not above or not below:
                raise OutOfReach  # a small number rounded, it may be
            rates.append((above - below) / (2 * width))
            # what is small may be the difference of parts of size 1, as the deficit of a mass is
            size = 1 + abs(above) + abs(below)
            noise = size * mpmath.mpf(10) ** (8 - digits) / width
    return rates, noise


# --- the two engines -----------------------------------------------------------------------------


def by_engine(term: Term, box: Box) -> Ends | None:
    """The library's enclosure over the box; None where it gives none, or one of enormous size."""
    with working_precision(_BITS):
        place = {name: hull(to_ball(low), to_ball(high)) for name, (low, high) in box.items()}
        try:
            ball = term.at(place)
        except BoundsError:
            return None
        if not ball.is_finite() or any(_enormous(part) for part in (ball.mid(), ball.rad())):
            return None
    low, high = dyadic_ends(ball)
    return low.fraction(), high.fraction()


def _enormous(number: arb) -> bool:
    mantissa, exponent = number.man_exp()
    return bool(mantissa and abs(int(exponent)) > _MOST_EXPONENT)


def by_checker(term: Term, box: Box, name: str | None = None) -> Ends | None:
    """The same by the checker; with a name, that of the derivative in this variable."""
    at = Precision(_BITS)
    place = {n: Interval.enclosing(at, gmpy2.mpq(a), gmpy2.mpq(b)) for n, (a, b) in box.items()}
    try:
        read = read_term(term.json(), box)
        found = evaluate(read if name is None else derivative(read, name), place, at)
    except (Undecided, Rejected):
        return None
    ends = found.lo, found.hi
    if not all(map(gmpy2.is_finite, ends)):
        return None
    if any(end and abs(binary_exponent(end)) > _MOST_EXPONENT for end in ends):
        return None
    low, high = (Fraction(int(end.numerator), int(end.denominator)) for end in map(exact, ends))
    return low, high


# --- the comparison ------------------------------------------------------------------------------


def compare(rng: random.Random) -> tuple[Counter[str], list[str]]:
    """One term over one box: how many comparisons were made, and the failures."""
    term = draw_term(rng, rng.randrange(1, 5))
    while not (names := term.variables()):
        term = draw_term(rng, rng.randrange(1, 5))
    box = draw_box(rng, names)
    told = f"{term} for " + ", ".join(f"{n} in [{a}, {b}]" for n, (a, b) in box.items())
    inner = [name for name, (low, high) in box.items() if low < high and name in "xy"]
    turn = rng.choice(inner) if inner else None
    enclosures = {"engine": by_engine(term, box), "checker": by_checker(term, box)}
    steep = by_checker(term, box, turn) if turn is not None else None
    counts: Counter[str] = Counter(terms=1)
    counts["enclosed"] = sum(enclosure is not None for enclosure in enclosures.values())
    failures = []
    for point in draw_points(rng, box):
        shown = ", ".join(f"{n} = {v}" for n, v in point.items())
        of_value, wrong = _values_kept(term, point, enclosures)
        counts["comparisons"] += of_value
        failures += [f"{what}: {told}, at {shown}" for what in wrong]
        if steep is None or turn is None or not box[turn][0] < point[turn] < box[turn][1]:
            continue
        try:
            low, high = slope(term, point, turn)
        except (OutOfReach, Undefined):
            continue
        counts["comparisons of slopes"] += 1
        if high < steep[0] or steep[1] < low:
            failures.append(f"checker leaves out a slope in {turn}: {told}, at {shown}")
    return counts, failures


def _values_kept(
    term: Term, point: Point, enclosures: dict[str, Ends | None]
) -> tuple[int, list[str]]:
    """How many enclosures were compared with the value at the point, and what is wrong."""
    finite = {who: ends for who, ends in enclosures.items() if ends is not None}
    if not finite:
        return 0, []
    try:
        low, high = reference(term, point)
    except OutOfReach:
        return 0, []
    except Undefined:
        return 0, [f"{who} encloses what is undefined" for who in finite]
    left_out = [who for who, (a, b) in finite.items() if high < a or b < low]
    return len(finite), [f"{who} leaves out a value" for who in left_out]


def chunk(task: tuple[int, int]) -> dict[str, Any]:
    """The counts and the failures of one chunk of terms."""
    seed, number = task
    rng = random.Random(f"{seed}-{number}")
    counts: Counter[str] = Counter()
    failures: list[str] = []
    with gmpy2.context():
        for _ in range(CHUNK):
            found, wrong = compare(rng)
            counts += found
            failures += wrong
    return {"counts": dict(counts), "failures": failures}


def main(words: list[str] | None = None) -> int:
    """Run the campaign and print what it found."""
    parser = argparse.ArgumentParser(
        prog="python -m campaigns.differential",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--terms", type=int, default=1_000_000)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args(words)
    chunks = -(-arguments.terms // CHUNK)
    job = {"seed": arguments.seed, "chunks": chunks}
    counts: Counter[str] = Counter()
    failures: list[str] = []
    with journal(Path("campaigns-differential.partial"), job) as (kept, append):
        tasks = [(arguments.seed, number) for number in range(len(kept), chunks)]
        for entry in kept:
            counts.update(entry["counts"])
            failures += entry["failures"]
        with multiprocessing.get_context("spawn").Pool(arguments.jobs) as pool:
            for done, entry in enumerate(pool.imap(chunk, tasks), len(kept) + 1):
                append(entry)
                counts.update(entry["counts"])
                failures += entry["failures"]
                for failure in entry["failures"]:
                    print(failure, file=sys.stderr, flush=True)
                if done % 40 == 0:
                    print(f"{done * CHUNK:,} terms", file=sys.stderr, flush=True)
    told = ", ".join(f"{number:,} {what}" for what, number in counts.items())
    print(f"seed {arguments.seed}: {told}; {len(failures)} failures")
    for failure in failures:
        print(f"  {failure}")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
