"""The float64 contract, measured: how far doubles stray from balls, and where.

    python -m benchmarks.accuracy [--points 100000] [--seed 1] [--workers 2]

The contract. For Δ from 0.1 to 30 and ε from 1e-300 to the end of the domain, a float64 result
agrees with the ball evaluation to 1e-10, relatively, wherever the value is a normal double and the
problem's own condition number, max |input · ∂F/∂input / F| over its inputs, is below 1e4. Within
1e-12 of the end of the domain, relatively, a DomainError is as good: doubles cannot tell the sides.

The sample is drawn towards the corners: ε log-uniform, and at log-uniform relative distances from
the end of the domain; Δ uniform, log-uniform, at the two ends and next to them. Every input is the
exact binary number that the double is. The reference and its condition number come from balls at
192 bits or more. The exit status is 1 if any point breaks the contract.
"""

from __future__ import annotations

import argparse
import multiprocessing
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from flint import arb, ctx
from numpy.typing import NDArray

import bounds.functions as functions
from bounds.certify.errors import DomainError, Inconclusive

Doubles = NDArray[np.float64]

TOLERANCE = 1e-10
WORST_CONDITION = 1e4
LEAST_NORMAL, MOST_NORMAL = sys.float_info.min, sys.float_info.max
LEAST_DELTA, MOST_DELTA = 0.1, 30.0
LEAST_EPS = 1e-300
EDGE = 1e-12
_STEP_BITS = 64  # inputs are moved by 2⁻⁶⁴ of themselves to find the condition number
_CHUNK = 250


def draw_delta(rng: np.random.Generator, size: int) -> Doubles:
    """Δ in [0.1, 30]: uniform, log-uniform, at the ends and next to them."""
    close = 10.0 ** -rng.uniform(0.5, 16, size)
    choices = [
        rng.uniform(LEAST_DELTA, MOST_DELTA, size),
        np.exp(rng.uniform(np.log(LEAST_DELTA), np.log(MOST_DELTA), size)),
        np.exp(rng.uniform(np.log(LEAST_DELTA), np.log(MOST_DELTA), size)),
        LEAST_DELTA * (1 + close),
        MOST_DELTA * (1 - close),
        np.where(rng.random(size) < 0.5, LEAST_DELTA, MOST_DELTA),
    ]
    delta = np.choose(rng.integers(len(choices), size=size), choices)
    return np.asarray(np.clip(delta, LEAST_DELTA, MOST_DELTA))


def draw_below(rng: np.random.Generator, end: Doubles) -> Doubles:
    """Numbers in (0, end): log-uniform from 1e-300, uniform, and close to the end."""
    size = end.size
    choices = [
        10.0 ** rng.uniform(np.log10(LEAST_EPS), np.log10(end)),
        10.0 ** rng.uniform(np.log10(LEAST_EPS), np.log10(end)),
        end * 10.0 ** -rng.uniform(0, 20, size),
        end * rng.random(size),
        end * (1 - 10.0 ** -rng.uniform(0, 16, size)),
    ]
    drawn = np.choose(rng.integers(len(choices), size=size), choices)
    return np.asarray(np.clip(drawn, LEAST_EPS, np.nextafter(end, 0)))


def end_of_loss(delta: Doubles) -> Doubles:
    """ε_max(Δ) = ρ − φ(Δ)x, where φ(Δ)x = f(x): by bisection, good to a few ulps."""
    unit = functions.density(delta)
    low, high = np.zeros_like(delta), 2 * delta + 9  # f(2Δ + 9) < φ(Δ + 9) < φ(Δ)(2Δ + 9)
    for _ in range(64):
        middle = (low + high) / 2
        short = unit * middle < functions.window_mass(middle, delta)
        low, high = np.where(short, middle, low), np.where(short, high, middle)
    return np.asarray(functions.central_mass(delta) - unit * low)


def _below_rho(rng: np.random.Generator, delta: Doubles) -> Doubles:
    return draw_below(rng, np.asarray(functions.central_mass(delta)))


def _below_eps_max(rng: np.random.Generator, delta: Doubles) -> Doubles:
    return draw_below(rng, end_of_loss(delta))


def _off_centre(rng: np.random.Generator, delta: Doubles) -> Doubles:
    """x of either sign, from tiny to where the window's mass leaves the normal doubles."""
    far = delta + 38
    return np.asarray(draw_below(rng, far) * np.where(rng.random(delta.size) < 0.8, 1.0, -1.0))


Draw = Callable[[np.random.Generator, Doubles], Doubles]

MEASURED: dict[str, Draw | None] = {
    "window_mass": _off_centre,
    "central_mass": None,
    "mass_deficit": _off_centre,
    "window_mass_inverse": _below_rho,
    "filter_radius": _below_rho,
    "filter_radius_slope": _below_rho,
    "median_shift": _below_rho,
    "median_shift_slope": _below_rho,
    "median_shift_curvature": _below_rho,
    "mass_estimate": _below_rho,
    "mass_estimate_slope": _below_rho,
    "mass_estimate_curvature": _below_rho,
    "loss": _below_eps_max,
    "curvature_criterion": _below_eps_max,
    "printed_criterion": _below_eps_max,
}
"""Each function with what draws its first argument; Δ is always the last."""


def draw(name: str, rng: np.random.Generator, size: int) -> list[Doubles]:
    """The inputs of `size` points for the function of that name."""
    delta = draw_delta(rng, size)
    first = MEASURED[name]
    return [delta] if first is None else [first(rng, delta), delta]


def reference(name: str, inputs: list[float]) -> tuple[arb, float]:
    """The value at the exact doubles, and its condition number.

    Raises:
        DomainError: the exact inputs are outside the domain.
    """
    function: Callable[..., arb] = getattr(functions, name)
    exact, step = [arb(number) for number in inputs], arb(2) ** -_STEP_BITS
    for bits in (192 << doubling for doubling in range(10)):
        with ctx.workprec(bits):
            value = function(*exact)
            conditions = []
            for i in range(len(exact)):  # ε down and Δ up: a step back into the domain
                sign = 1 if i == len(exact) - 1 else -1
                moved = [n * (1 + sign * step) if i == j else n for j, n in enumerate(exact)]
                conditions.append((function(*moved) / value - 1) / step)
        if value.rel_accuracy_bits() > 80 and all(change.rad() < 1 for change in conditions):
            return value, max(float(abs(change).mid()) for change in conditions)
    raise Inconclusive(f"{name}{tuple(inputs)!r} is not settled at {bits} bits: is it 0 there?")


def near_the_end(name: str, inputs: list[float]) -> bool:
    """Whether the first argument is within 1e-12, relatively, of where the domain ends."""
    function: Callable[..., arb] = getattr(functions, name)
    first, *rest = map(arb, inputs)
    try:
        with ctx.workprec(192):
            function(first * (1 + arb(EDGE)), *rest)
    except DomainError:
        return True
    return False


@dataclass
class Row:
    """What was seen of one function.

    Attributes:
        name: the function.
        inside: points within the contract.
        ill: points left out because the condition number reaches 1e4.
        abnormal: points left out because the value is no normal double.
        outside: points that the exact inputs put outside the domain.
        refused: points at which float64 raised DomainError, within 1e-12 of the domain's end.
        error: the largest relative error within the contract.
        where: the inputs there.
        condition: the condition number there.
        broken: points that break the contract, with their errors, the worst first.
    """

    name: str
    inside: int = 0
    ill: int = 0
    abnormal: int = 0
    outside: int = 0
    refused: int = 0
    error: float = 0.0
    where: tuple[float, ...] = ()
    condition: float = 0.0
    broken: list[tuple[float, tuple[float, ...]]] = field(default_factory=list)

    def add(self, other: Row) -> None:
        """Merge what was seen elsewhere of the same function."""
        self.inside += other.inside
        self.ill += other.ill
        self.abnormal += other.abnormal
        self.outside += other.outside
        self.refused += other.refused
        self.broken = sorted(self.broken + other.broken, reverse=True)
        if other.error > self.error or not self.where:
            self.error, self.where, self.condition = other.error, other.where, other.condition


def in_doubles(name: str, inputs: list[Doubles]) -> list[float | None]:
    """The float64 results; None where the function refuses the point."""
    function: Callable[..., Any] = getattr(functions, name)
    results: list[float | None] = []
    with np.errstate(all="ignore"):  # overflow and underflow are what the sample provokes
        try:
            return [float(value) for value in function(*inputs)]
        except DomainError:
            pass
        for point in zip(*inputs, strict=True):
            try:
                results.append(float(function(*point)))
            except DomainError:
                results.append(None)
    return results


def relative_error(result: float, value: arb) -> float:
    """|result − value|/|value|; infinite for a result that is no finite number."""
    if not np.isfinite(result):
        return float("inf")
    return float((abs(arb(result) - value) / abs(value)).mid())


def measure_one(name: str, size: int, seed: tuple[int, ...]) -> Row:
    """Draw `size` points for one function and compare doubles with balls."""
    row = Row(name)
    inputs = draw(name, np.random.default_rng(seed), size)
    results = in_doubles(name, inputs)
    for result, *numbers in zip(results, *inputs, strict=True):
        point = [float(number) for number in numbers]
        try:
            value, condition = reference(name, point)
        except DomainError:
            row.outside += 1
            continue
        if not LEAST_NORMAL <= abs(value) <= MOST_NORMAL:
            row.abnormal += 1
        elif not condition < WORST_CONDITION:
            row.ill += 1
        elif result is None:
            if near_the_end(name, point):
                row.refused += 1
            else:
                row.add(Row(name, broken=[(float("inf"), tuple(point))]))
        else:
            error = relative_error(result, value)
            here = Row(name, inside=1, error=error, where=tuple(point), condition=condition)
            if not error <= TOLERANCE:
                here.broken.append((error, tuple(point)))
            row.add(here)
    return row


def _tasks(points: int, seed: int) -> Iterator[tuple[str, int, tuple[int, ...]]]:
    share, extra = divmod(points, len(MEASURED))
    for index, name in enumerate(MEASURED):
        left, chunk = share + (index < extra), 0
        while left > 0:
            yield name, min(left, _CHUNK), (seed, index, chunk)
            left, chunk = left - _CHUNK, chunk + 1


def measure(points: int, seed: int = 1, workers: int = 1) -> list[Row]:
    """The contract at about `points` points, shared equally among the functions.

    Args:
        points: how many points in all.
        seed: of the random numbers; the result depends on it and on `points` alone.
        workers: processes; 1 stays in this one.
    """
    rows = {name: Row(name) for name in MEASURED}
    tasks = list(_tasks(points, seed))
    if workers == 1:
        for task in tasks:
            rows[task[0]].add(measure_one(*task))
    else:
        with multiprocessing.get_context("spawn").Pool(workers) as pool:
            for row in pool.starmap(measure_one, tasks, chunksize=1):
                rows[row.name].add(row)
    return list(rows.values())


def table(rows: list[Row]) -> str:
    """The rows as text."""
    lines = [
        f"{'function':24}{'in contract':>12}{'ill':>7}{'abnormal':>10}{'refused':>9}"
        f"{'broken':>8}{'worst':>10}  where (first argument, Delta; condition)"
    ]
    for row in rows:
        where = ", ".join(repr(number) for number in row.where)
        lines.append(
            f"{row.name:24}{row.inside:12}{row.ill:7}{row.abnormal:10}{row.refused:9}"
            f"{len(row.broken):8}{row.error:10.1e}  {where}; {row.condition:.1e}"
        )
    return "\n".join(lines)


def main(arguments: list[str] | None = None) -> int:
    """Measure, print the table, and return the exit status."""
    parser = argparse.ArgumentParser(description="Measure the float64 contract against balls.")
    parser.add_argument("--points", type=int, default=100_000, help="points in all")
    parser.add_argument("--seed", type=int, default=1, help="of the random numbers")
    parser.add_argument("--workers", type=int, default=2, help="processes")
    options = parser.parse_args(arguments)
    begun = time.perf_counter()
    rows = measure(options.points, options.seed, options.workers)
    print(table(rows))
    broken = sum(len(row.broken) for row in rows)
    print(f"{broken} points above {TOLERANCE:g}, in {time.perf_counter() - begun:.0f} s")
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
