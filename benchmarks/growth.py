"""How the time grows with digits, Δ and the number of clients: tables of docs/performance.md.

python -m benchmarks.growth

CPU time, the median of interleaved runs. An exponent is that of the growth since the line above.
"""

from __future__ import annotations

import itertools
import math
import time
import tracemalloc
from collections.abc import Callable, Iterable, Iterator, Sequence
from fractions import Fraction
from statistics import median
from typing import Any

import numpy as np
from flint import arb

import bounds
from benchmarks.skilled import skilled_eps_cr
from bounds.certify.exact import to_ball
from bounds.certify.numbers.precision import bits_for, working_precision
from bounds.simulation import ADVERSARIES, ESTIMATORS, Problem, draw_clients

DIGITS = {100: 200, 1_000: 40, 10_000: 5, 100_000: 1}
"""How often each is run."""
PLACES = ("3", "3.1")
SHORT = {2: 300, 3: 300, 8: 300}
WIDE = ("1.5", "8", "40", "200", "1024")
CLIENTS = {10**4: 200, 10**5: 50, 10**6: 9, 10**7: 3}
ROWS_AT = ("0.9", "1.5", "1.75", "2.1", "3", "5", "8")
SHAPES = ("0.9", "1.2", "2", "8", "40", "1000")


def cpu(run: Callable[[], object], times: int = 1) -> float:
    """Seconds of CPU time for one run."""
    start = time.process_time()
    for _ in range(times):
        run()
    return (time.process_time() - start) / times


def interleaved(runs: Sequence[Callable[[], object]], rounds: int, times: int = 1) -> list[float]:
    """The median time of each, run by turns."""
    for run in runs:
        run()
    measured = [[cpu(run, times) for run in runs] for _ in range(rounds)]
    return [median(column) for column in zip(*measured, strict=True)]


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Print a table in Markdown."""
    for row in (head, ["---"] * len(head), *rows):
        print("| " + " | ".join(row) + " |")
    print()


def shown(seconds: float) -> str:
    """A time with its unit, to three figures."""
    for unit, size in (("s", 1.0), ("ms", 1e-3), ("µs", 1e-6)):
        if seconds >= size:
            return f"{seconds / size:.3g} {unit}"
    return f"{seconds:.1e} s"


def erfc_at(delta: str, digits: int) -> Callable[[], object]:
    """One evaluation of erfc(Δ/√2)."""

    def run() -> object:
        with working_precision(bits_for(digits)):
            return (to_ball(Fraction(delta)) / arb(2).sqrt()).erfc()

    return run


def growth_with_digits(delta: str) -> list[list[str]]:
    """ε_cr from 10² to 10⁵ digits, in seconds and in evaluations of erfc."""
    rows: list[list[str]] = []
    before = 0.0
    for digits, rounds in DIGITS.items():
        one, own = interleaved(
            [erfc_at(delta, digits), lambda n=digits: bounds.eps_cr(delta, n)], rounds
        )
        exponent = f"{math.log10(own / before):.2f}" if before else ""
        rows.append([delta, f"{digits:,}", shown(own), f"{own / one:.1f}", exponent])
        before = own
    return rows


def against_a_script() -> list[list[str]]:
    """ε_cr to fifty digits, its proof included, against a script that proves nothing."""
    rows = []
    for delta, times in SHORT.items():
        script, own = interleaved(
            [lambda d=delta: skilled_eps_cr(d, 50), lambda d=delta: bounds.eps_cr(d, 50)], 9, times
        )
        rows.append([str(delta), shown(own), shown(script), f"{own / script:.2f}"])
    return rows


def with_delta() -> list[list[str]]:
    """ε_cr to thirty digits over the engine's whole reach."""
    return [
        [delta, shown(interleaved([lambda d=delta: bounds.eps_cr(d, 30)], 5, 50)[0])]
        for delta in WIDE
    ]


def of_inflections() -> list[list[str]]:
    """All inflections to thirty digits: where the shape is a theorem, and surveyed anew."""
    rows = []
    for delta in SHAPES:
        runs: list[Callable[[], Any]] = [
            lambda d=delta: bounds.inflections(d, 30),
            lambda d=delta: bounds.inflections(d, 30, anew=True),
        ]
        known, anew = interleaved(runs, 3)
        rows.append([delta, shown(known), shown(anew)])
    return rows


def growth_with_clients() -> list[list[str]]:
    """Algorithms 1 and 2 on 10⁴ to 10⁷ clients, beside one sort of their reports."""
    rows: list[list[str]] = []
    before, algorithm = 0.0, ESTIMATORS["algorithm"]
    for number, rounds in CLIENTS.items():
        rng = np.random.default_rng(1)
        clients = draw_clients(Problem.read(4, 1, number // 5, 2), ADVERSARIES["none"], rng, rng)
        sort, own = interleaved(
            [
                lambda reports=clients.reports: np.sort(reports),
                lambda clients=clients: algorithm(clients, np.random.default_rng(2)),
            ],
            rounds,
        )
        exponent = f"{math.log10(own / before):.2f}" if before else ""
        tracemalloc.start()
        algorithm(clients, np.random.default_rng(2))
        held = 8 + tracemalloc.get_traced_memory()[1] / number
        tracemalloc.stop()
        rows.append([f"{number:,}", shown(own), f"{own / sort:.2f}", f"{held:.1f}", exponent])
        before = own
    return rows


def of_columns() -> list[list[str]]:
    """A row's columns that have no batch, to thirty digits, each time at a Δ not met before."""
    rows = []
    for delta in ROWS_AT:
        near = itertools.count(1)

        def fresh(names: str, start: str = delta, near: Iterator[int] = near) -> Callable[[], Any]:
            """What a row takes that no other has shared its work with."""
            return lambda: bounds.sweep(
                [Fraction(start) + Fraction(next(near), 10**6)], columns=names
            )

        runs = [fresh("lim_low,lim_high"), fresh("eps_t,slope,intercept")]
        rows.append([delta, *map(shown, interleaved(runs, 5))])
    return rows


if __name__ == "__main__":
    table(("Δ", "`eps_cr`, proved", "script, not proved", "ratio"), against_a_script())
    rows = [row for place in PLACES for row in growth_with_digits(place)]
    table(("Δ", "digits", "time", "in erfc(Δ/√2)", "exponent"), rows)
    table(("Δ", "`eps_cr`, 30 digits"), with_delta())
    table(("Δ", "`inflections`, 30 digits", "with `anew=True`"), of_inflections())
    table(
        ("clients", "Algorithms 1 and 2", "in `numpy.sort`", "bytes a client", "exponent"),
        growth_with_clients(),
    )
    table(("Δ", "`lim_low`, `lim_high`", "`eps_t`, `slope`, `intercept`"), of_columns())
