"""The same table from threads, processes of either kind, and any working precision."""

import concurrent.futures
import multiprocessing
from concurrent.futures import Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor
from fractions import Fraction
from typing import Any

import mpmath
import pytest
from flint import ctx

import bounds
from bounds.critical.model import stored
from bounds.tables.workers import processes

GRID, NAMES = "1.5:8:0.04", "eps_cr,g,turns,l_max"


@pytest.fixture(scope="module")
def straight() -> bounds.tables.Table:
    return bounds.sweep(GRID, columns=NAMES)


@pytest.mark.heavy
def test_threads_give_the_same(straight: bounds.tables.Table) -> None:
    with ThreadPoolExecutor(4) as pool:
        assert bounds.sweep(GRID, columns=NAMES, executor=pool) == straight


@pytest.mark.heavy
@pytest.mark.parametrize("method", ["fork", "spawn"])
@pytest.mark.filterwarnings("ignore:.*multi-threaded.*fork:DeprecationWarning")
def test_processes_give_the_same(straight: bounds.tables.Table, method: str) -> None:
    context = multiprocessing.get_context(method)
    with ProcessPoolExecutor(1, mp_context=context) as pool:
        assert bounds.sweep(GRID, columns=NAMES, executor=pool) == straight


@pytest.mark.heavy
def test_our_own_processes_give_the_same_and_go(straight: bounds.tables.Table) -> None:
    with processes(2) as pool:
        assert bounds.sweep(GRID, columns=NAMES, executor=pool) == straight
    assert not multiprocessing.active_children()


def test_our_own_processes_go_at_an_error() -> None:
    with pytest.raises(ZeroDivisionError), processes(2):
        divmod(1, 0)
    assert not multiprocessing.active_children()


@pytest.mark.heavy
@pytest.mark.parametrize("bits", [10, 53, 700])
def test_the_callers_precision_neither_matters_nor_changes(
    straight: bounds.tables.Table, bits: int
) -> None:
    ctx.prec = mpmath.mp.prec = bits
    try:
        table = bounds.sweep(GRID, columns=NAMES)
        assert (ctx.prec, mpmath.mp.prec) == (bits, bits)
    finally:
        ctx.prec = mpmath.mp.prec = 53
    assert table == straight


class Backwards(Executor):
    """Completes the last of what is waiting first, and counts what waits."""

    def __init__(self) -> None:
        self.most = 0
        self.waiting: list[tuple[Future[Any], Any, Any]] = []

    def submit(self, function: Any, /, *arguments: Any, **_: Any) -> Future[Any]:
        future: Future[Any] = Future()
        self.waiting.append((future, function, arguments))
        self.most = max(self.most, len(self.waiting))
        return future

    def complete_one(self) -> None:
        future, function, arguments = self.waiting.pop()
        future.set_result(function(*arguments))


@pytest.mark.parametrize("in_flight", [1, 3, 1000])
def test_rows_come_in_order_and_few_are_in_flight(
    straight: bounds.tables.Table, in_flight: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    executor, honest = Backwards(), concurrent.futures.wait

    def wait(futures: Any, return_when: str) -> Any:
        executor.complete_one()
        return honest(futures, return_when=return_when)

    monkeypatch.setattr(concurrent.futures, "wait", wait)
    table = bounds.sweep(GRID, columns=NAMES, executor=executor, in_flight=in_flight)
    assert table == straight
    assert executor.most == min(in_flight, -(-len(straight) // 64))


def test_a_worker_that_dies_is_one_clear_line() -> None:
    with processes(2) as pool:
        for child in multiprocessing.active_children():
            child.kill()
        with pytest.raises(bounds.BoundsError, match="run the same sweep again"):
            bounds.sweep(GRID, executor=pool)


def test_progress_is_told_up_to_the_end() -> None:
    told: list[tuple[int, int]] = []
    bounds.sweep("2:3:0.01", columns="eps_cr", progress=lambda *now: told.append(now))
    assert told == [(0, 101), (64, 101), (101, 101)]


@pytest.mark.parametrize("in_flight", [0, -1, 1.5, True, None])
def test_in_flight_must_be_a_count(in_flight: Any) -> None:
    with pytest.raises(bounds.InputError, match="in_flight"):
        bounds.sweep("2", in_flight=in_flight)


def test_panels_know_all_rows_where_one_process_computes_them(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Fifty rows of a panel, in two chunks: each of them alone would not pay."""
    served: list[bool] = []
    stored._shelf.cache_clear()
    honest = stored.panels_for
    monkeypatch.setattr(
        "bounds.critical.model.rows.panels_for",
        lambda deltas: (found := honest(deltas), served.extend(p is not None for p in found))[0],
    )
    try:
        grid = [*range(100, 140), *[Fraction(2) + Fraction(n, 1000) for n in range(50)]]
        bounds.sweep(grid, columns="eps_cr", digits=8)
    finally:
        stored._shelf.cache_clear()
    assert served == [False] * 40 + [True] * 50
