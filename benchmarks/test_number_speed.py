"""Numbers with proof: maxima, roots and integrals to many digits, and a table of 10,000 entries.

python -m pytest benchmarks/test_number_speed.py -n 0 --benchmark-enable --benchmark-only
python -m benchmarks.test_number_speed        # one line for each, with the peak of the memory

The peer is what a user of mpmath writes: it gives a number without a proof, and it needs a guess or
a bracket. Of a maximum it is the root of a derivative that was taken by hand. Goals: a second for
1,000 digits of a maximum or a root and for 100 digits of an integral, 5 seconds for the table, and
1 GiB.
"""

from __future__ import annotations

import resource
import sys
from collections.abc import Callable
from time import process_time
from typing import Any

import mpmath
import pytest

import bounds
from bounds.certify.quantities.table_check import check_table


def _root(f: Callable[[Any], Any], guess: Any, digits: int) -> Any:
    with mpmath.workdps(digits + 10):
        return mpmath.findroot(f, guess, tol=mpmath.mpf(10) ** (-2 * digits))


def _integral(digits: int) -> Any:
    with mpmath.workdps(digits + 5):
        return mpmath.quad(lambda x: mpmath.exp(-x * x) * mpmath.cos(x), [0, 2])


def _table() -> str:
    lines = ["x,Phi(x),exp(-x),log(1 + x),Phi(x)*exp(-x)"]
    with mpmath.workdps(20):
        for i in range(2_500):
            x = mpmath.mpf(i) / 1000
            phi, falls = mpmath.ncdf(x), mpmath.exp(-x)
            values = (phi, falls, mpmath.log1p(x), phi * falls)
            entries = (f"{int(mpmath.nint(v * 10**8)) / 10**8:.8f}" for v in values)
            lines.append(f"{i}/1000,{','.join(entries)}")
    return "\n".join(lines) + "\n"


def checked_table() -> None:
    """Every entry of it is right."""
    assert check_table(TABLE).outcome == "right"


TABLE = _table()
OURS: dict[str, Callable[[], Any]] = {
    "maximum to 1,000 digits": lambda: bounds.maximum(
        "x*exp(-x)*(2 + sin(x))", "x in [0, 4]", digits=1000
    ),
    "root to 1,000 digits": lambda: bounds.solve("exp(x) = 3*x^2", "x in [2, 5]", digits=1000),
    "integral to 100 digits": lambda: bounds.integrate("exp(-x^2)*cos(x)", "x", 0, 2, digits=100),
    "10,000 entries checked": checked_table,
}
PEERS: dict[str, Callable[[], Any]] = {
    "maximum to 1,000 digits": lambda: _root(
        lambda x: (1 - x) * (2 + mpmath.sin(x)) + x * mpmath.cos(x), 1.3, 1000
    ),
    "root to 1,000 digits": lambda: _root(lambda x: mpmath.exp(x) - 3 * x * x, 3.7, 1000),
    "integral to 100 digits": lambda: _integral(100),
    "10,000 entries checked": _table,
}
GOALS = dict(zip(OURS, (1.0, 1.0, 1.0, 5.0), strict=True))


@pytest.mark.parametrize("who", ["bounds", "mpmath"])
@pytest.mark.parametrize(
    "name", [pytest.param(name, marks=pytest.mark.benchmark(group=name)) for name in OURS]
)
def test_number(benchmark: Any, name: str, who: str) -> None:
    task = (OURS if who == "bounds" else PEERS)[name]
    benchmark.pedantic(task, rounds=5, warmup_rounds=1)


def main() -> int:
    """Print the time of each beside its peer's, and the most memory that was in use."""
    for name, ours in OURS.items():
        spent = []
        for task in (ours, PEERS[name]):
            start = process_time()
            task()
            first, start = process_time() - start, process_time()
            task()
            spent += [first, process_time() - start]
        first, again, _, peer = spent
        goal = GOALS[name]
        print(f"{name}: {first:.3f} s, again {again:.3f} s (goal {goal:g} s), mpmath {peer:.3f} s,"
              f" ratio {again / peer:.2f}")  # fmt: skip
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"most memory: {most:.0f} MiB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
