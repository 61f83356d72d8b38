"""Arb, MPFR and mpmath on the same points: do their answers ever exclude one another?

    python -m campaigns.engines [--points 1000000] [--jobs 2] [--seed 1]

Each point is one function at one exact argument, drawn towards the corners of its domain. Arb and
the independent checker (MPFR) give enclosures; mpmath gives a number, taken as right to 25 of its
40 digits. Two answers that do not overlap are a failure of one engine. Points are drawn chunk by
chunk, each from its own seed, so that the run is the same for any number of jobs; finished chunks
are kept in campaigns-engines.partial, and a run that was killed goes on from there. The exit status
is 1 if any two answers exclude each other.
"""

from __future__ import annotations

import argparse
import math
import multiprocessing
import random
import sys
from collections import Counter
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from typing import Any

import gmpy2
import mpmath
from flint import arb

from bounds import functions
from bounds.certify.checker.interval import Interval
from bounds.certify.checker.precision import Precision, exact
from bounds.certify.checker.verdict import Undecided
from bounds.certify.errors import BoundsError
from bounds.certify.exact import to_ball
from bounds.certify.io.journal import journal
from bounds.certify.numbers.enclosure import dyadic_ends
from bounds.certify.numbers.precision import working_precision
from bounds.checker import implicit, masses

CHUNK = 1000
_BITS = 128
_DIGITS, _TRUSTED = 40, 25

Ends = tuple[Fraction, Fraction]

WEIGHTS = (480, 480, 10, 10, 10, 10)
"""How often each function is drawn: the roots cost the engines ten to thirty times as much."""

# name: (the checker's function, whether the first argument is a mass ε rather than a place x)
FUNCTIONS: dict[str, tuple[Callable[[Interval, Interval], Interval], bool]] = {
    "window_mass": (masses.window, False),
    "mass_deficit": (masses.deficit, False),
    "filter_radius": (implicit.filter_radius, True),
    "median_shift": (implicit.median_shift, True),
    "mass_estimate": (implicit.mass_estimate, True),
    "loss": (implicit.loss, True),
}


def draw(rng: random.Random) -> tuple[str, Fraction, Fraction]:
    """A function, its first argument, and Δ."""
    name = rng.choices(list(FUNCTIONS), WEIGHTS)[0]
    corner = rng.random()
    if corner < 0.1:
        delta = Fraction(rng.choice([1, 2, 3, 8, 20, 40]))
    else:
        delta = Fraction(math.exp(rng.uniform(math.log(1 / 32), math.log(40))))
    if not FUNCTIONS[name][1]:
        reach = 3 * float(delta) + 3
        shares = (rng.uniform(0, 1), 10 ** rng.uniform(-30, 0), 1 - 10 ** rng.uniform(-15, 0))
        return name, Fraction(rng.choice(shares)) * Fraction(reach), delta
    rho = Fraction(math.erf(float(delta) / math.sqrt(2)) * (1 - 1e-12))
    end = rho * Fraction("0.6") if name == "loss" else rho  # ε̂ < ρ ends the domain before ρ
    shares = (rng.uniform(0, 1), 10 ** rng.uniform(-60, 0), 1 - 10 ** rng.uniform(-9, 0))
    return name, Fraction(rng.choice(shares)) * end, delta


def by_arb(name: str, first: Fraction, delta: Fraction) -> Ends:
    """The library's own enclosure."""
    with working_precision(_BITS):
        ball: arb = getattr(functions, name)(to_ball(first), to_ball(delta))
    low, high = dyadic_ends(ball)
    return low.fraction(), high.fraction()


def by_mpfr(name: str, first: Fraction, delta: Fraction) -> Ends:
    """The checker's enclosure."""
    at = Precision(_BITS)
    place, width = (Interval.enclosing(at, *(gmpy2.mpq(t),) * 2) for t in (first, delta))
    with gmpy2.context():
        result = FUNCTIONS[name][0](place, width)
    low, high = exact(result.lo), exact(result.hi)
    return Fraction(int(low.numerator), int(low.denominator)), Fraction(
        int(high.numerator), int(high.denominator)
    )


def by_mpmath(name: str, first: Fraction, delta: Fraction) -> Ends:
    """Mpmath's number, with what it is trusted to around it."""
    with mpmath.workdps(_DIGITS):
        arguments = (mpmath.mpf(t.numerator) / t.denominator for t in (first, delta))
        value: Any = getattr(functions, name)(*arguments)
    sign, mantissa, power, _ = value._mpf_
    number = (-1) ** sign * Fraction(int(mantissa)) * Fraction(2) ** int(power)
    slack = abs(number) / 10**_TRUSTED
    return number - slack, number + slack


ENGINES = {"arb": by_arb, "mpfr": by_mpfr, "mpmath": by_mpmath}


def compare(name: str, first: Fraction, delta: Fraction) -> list[str]:
    """What went otherwise than it should at one point: "disjoint ..." is a failure."""
    answers: dict[str, Ends] = {}
    notes = []
    for engine, evaluate in ENGINES.items():
        try:
            answers[engine] = evaluate(name, first, delta)
        except (BoundsError, Undecided) as reason:
            notes.append(f"unanswered by {engine} in {name}: {type(reason).__name__}")
    for one, other in (("arb", "mpfr"), ("arb", "mpmath"), ("mpfr", "mpmath")):
        if one in answers and other in answers:
            (a, b), (c, d) = answers[one], answers[other]
            if b < c or d < a:
                notes.append(f"disjoint {one} and {other}: {name}({first}, {delta})")
    return notes


def chunk(task: tuple[int, int]) -> list[str]:
    """The notes of one chunk of points."""
    seed, number = task
    rng = random.Random(f"{seed}-{number}")
    return [note for _ in range(CHUNK) for note in compare(*draw(rng))]


def main(words: list[str] | None = None) -> int:
    """Run the campaign and print what it found."""
    parser = argparse.ArgumentParser(
        prog="python -m campaigns.engines",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--points", type=int, default=1_000_000)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args(words)
    chunks = -(-arguments.points // CHUNK)
    found: Counter[str] = Counter()
    head = {"seed": arguments.seed, "chunks": chunks}
    with journal(Path("campaigns-engines.partial"), head) as (kept, append):
        for entry in kept:
            found.update(entry)
        tasks = [(arguments.seed, number) for number in range(len(kept), chunks)]
        with multiprocessing.get_context("spawn").Pool(arguments.jobs) as pool:
            for done, notes in enumerate(pool.imap(chunk, tasks), len(kept) + 1):
                append(notes)
                found.update(notes)
                if done % 10 == 0:
                    print(f"{done * CHUNK:,} points", file=sys.stderr, flush=True)
    disjoint = {note: count for note, count in found.items() if note.startswith("disjoint")}
    print(f"{chunks * CHUNK:,} points, seed {arguments.seed}: {len(disjoint)} disjoint enclosures")
    for note, count in sorted(found.items()):
        print(f"  {count:,} x {note}")
    return 1 if disjoint else 0


if __name__ == "__main__":
    sys.exit(main())
