"""A sweep against the bare calls for each Δ and against Newton's method, as ratios in one run.

python -m pytest benchmarks/test_sweep_speed.py -n 0 --benchmark-enable --benchmark-only \
    --benchmark-timer=time.process_time

Read the bracketed ratios in each group's table. Every round of a sweep proves its panels anew. On
201 values, of which few lie in one panel, the sweep of the columns at ε_cr, with its seven numbers
printed, takes less than twice as long as the calls of `eps_cr` alone.

On 10,000 values the panels are to be four times as fast as the same sweep without them; a mean
below 0.67 s is 15,000 rows a second. The peer is what one writes who knows FLINT and proves
nothing: from the root of the row before, Newton's method for the same equations with as few
exponentials as they need, and the seven numbers printed by FLINT.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from flint import arb, fmpq

import bounds
from bounds.certify.numbers.precision import working_precision
from bounds.critical.model import stored
from bounds.tables.grid import read_grid

GRID = "1.5:8:0.0325"  # 201 values
FEW, MANY = "201 values, 30 digits", "10,000 values, 30 digits"
ROWS = [100, 1_000, 10_000, 100_000]


def grid(rows: int) -> str:
    """So many values of Δ between 1.5 and 8."""
    return f"1.5:8:{Fraction(13, 2) / (rows - 1)}"


@pytest.mark.benchmark(group=FEW, warmup=True, min_rounds=5)
def test_bare_calls(benchmark: Any) -> None:
    values = benchmark(lambda: [bounds.eps_cr(delta, 30) for delta in read_grid(GRID)])
    assert len(values) == 201


def afresh() -> None:
    """Forget which panels are proved."""
    stored._shelf.cache_clear()


@pytest.mark.benchmark(group=FEW)
def test_sweep_of_one_column(benchmark: Any) -> None:
    table = benchmark.pedantic(
        lambda: bounds.sweep(GRID, columns="eps_cr"), setup=afresh, rounds=20
    )
    assert table.tally()["certified"] == 201


@pytest.mark.benchmark(group=FEW)
def test_sweep_of_all_columns_at_eps_cr(benchmark: Any, tmp_path: Path) -> None:
    path = tmp_path / "table.csv"
    benchmark.pedantic(lambda: bounds.sweep(GRID, output=path), setup=afresh, rounds=20)
    assert path.read_bytes().count(b"\n") == 202


@pytest.mark.benchmark(group=FEW, warmup=True, min_rounds=5)
def test_sweep_of_the_end_of_the_domain(benchmark: Any) -> None:
    table = benchmark(lambda: bounds.sweep(GRID, columns="eps_max"))
    assert table.tally()["certified"] == 201


def written(rows: int, path: Path) -> bytes:
    bounds.sweep(grid(rows), output=path)
    table = path.read_bytes()
    path.unlink()
    return table


@pytest.mark.benchmark(group=MANY)
def test_many_rows(benchmark: Any, tmp_path: Path) -> None:
    table = benchmark.pedantic(written, (10_000, tmp_path / "table.csv"), setup=afresh, rounds=5)
    assert table.count(b"certified") == 10_000


@pytest.mark.benchmark(group=MANY)
def test_many_rows_without_panels(
    benchmark: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "table.csv"
    with monkeypatch.context() as patch:
        patch.setattr(stored, "WORTH", 10**9)
        table = benchmark.pedantic(written, (10_000, path), setup=afresh, rounds=2)
    afresh()
    assert table == written(10_000, path)  # byte for byte


@pytest.mark.benchmark(group=MANY)
def test_newton_without_proof(benchmark: Any) -> None:
    rows = benchmark.pedantic(lambda: list(newton(read_grid(grid(10_000)))), rounds=2)
    for row, delta in ((rows[0], Fraction(3, 2)), (rows[-1], Fraction(8))):
        assert float(row[1]) == pytest.approx(float(bounds.eps_cr(delta).eps), rel=1e-15)


def newton(deltas: Sequence[Fraction]) -> Iterator[list[str]]:
    """ε, l, l(ε̂), ε̂, g and the loss at ε_cr, and Δ, as FLINT prints them."""
    start = bounds.eps_cr(deltas[0])
    point = [float(number) for number in (start.radius, start.radius_of_estimate, start.shift)]
    x, y, g = map(arb, point)
    with working_precision(128):
        root, root_of_tau = 1 / arb(2).sqrt(), 1 / (2 * arb.pi()).sqrt()
        for delta in deltas:
            d = arb(fmpq(delta.numerator, delta.denominator))
            whole, unit = (d * root).erf(), (-d * d / 2).exp() * root_of_tau
            while True:
                up, down = (-2 * x * d).exp(), (-2 * y * d).exp()
                s = (1 - up) * (x * (d - x / 2)).exp()
                rise = (y * (d - y / 2)).exp()
                bell = (-g * g / 2).exp() * root_of_tau
                seen, near = ((d + y) * root).erf(), ((d - y) * root).erf()
                lost = (((d + x) * root).erf() + ((d - x) * root).erf()) / 2
                first = x - (lost - (seen + near) / 2) / unit
                second = ((g * root).erf() - (whole - near) / 2) / unit
                share, cotangent, square = 1 - down, (1 + up) / (1 - up), g * g
                weight, past, steep = 2 * g * bell / unit, x - d * cotangent, 1 + s
                pull = 2 * d * (y * (y / 2 - 3 * d)).exp() / share
                bracket = share * past / steep / steep - pull
                scale, fading = (1 + square) * weight, 2 * d * down
                third = (1 - square) * (1 - square) + scale * bracket
                turn = 1 + d * d * (cotangent * cotangent - 1) + 2 * s * past * past / steep
                by_x = scale * share * turn / steep / steep
                by_y = scale * (fading * past / steep / steep - pull * (y - 3 * d - fading / share))
                by_g = -4 * g * (1 - square) + scale * (2 * g / (1 + square) + 1 / g - g) * bracket
                # dx = (s(y) dy − first)/steep and dg = (rise dy − second)/held
                fall, held = rise * share, 2 * bell / unit
                move = -(third - by_x * first / steep - by_g * second / held) / (
                    by_y + by_x * fall / steep + by_g * rise / held
                )
                x = (x + (fall * move - first) / steep).mid()
                g = (g + (rise * move - second) / held).mid()
                y = (y + move).mid()
                if abs(move) < 1e-18:  # the next step would be below 1e-36
                    break
            eps = whole - (((d + x) * root).erf() + ((d - x) * root).erf()) / 2
            numbers = [eps, x, y, eps + unit * x, g, g * g / (1 + g * g)]
            yield [str(delta), *(number.str(30, radius=False) for number in numbers)]


@pytest.mark.benchmark(group="growth, 30 digits")
@pytest.mark.parametrize("rows", ROWS)
def test_growth(benchmark: Any, rows: int, tmp_path: Path) -> None:
    table = benchmark.pedantic(written, (rows, tmp_path / "t.csv"), setup=afresh, rounds=3)
    assert table.count(b"\n") == rows + 1
